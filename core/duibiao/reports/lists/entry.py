"""The entry of a package in the lists: only what they print, so that a million of them can be kept."""

from __future__ import annotations

from dataclasses import dataclass

from duibiao.grading.ladder import Ladder
from duibiao.grading.order import rank
from duibiao.law.records import Hole
from duibiao.model.grades import Grade
from duibiao.reports.lists.kinds import Kind
from duibiao.reports.model import Applicant
from duibiao.rules.support import plain
from duibiao.rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Graded:
    """评级结果 of a package, of which its entry is made.

    Attributes:
        industry: Industry as declared, or "".
        declared: Grade as declared, or "".
        kind: Industry as the technical guides name it.
        branch: Branch by which it was graded, or "".
        edition: Edition by which it was graded, or "".
        ladder: The ladder; its declared grade is the grade applied for.
        holes: What is not known of the law of its branch.
    """

    industry: str
    declared: str
    kind: Kind
    branch: str
    edition: str
    ladder: Ladder
    holes: tuple[Hole, ...]


@dataclass(frozen=True, slots=True)
class Aim:
    """现状和目标.

    Attributes:
        present: The present grade, or None.
        target: The next better one; None at the top, or where it cannot be told.
        remark: On what the present grade rests.
        open: Why there can be no target, or "".
        todo: What to do about that, or "".
    """

    present: Grade | None
    target: Grade | None
    remark: str
    open: str = ""
    todo: str = ""

    @property
    def at_top(self) -> bool:
        """Whether there is nothing better."""
        return self.target is None and not self.open


@dataclass(frozen=True, slots=True)
class Gap:
    """差距: an item that misses the target, or may.

    Attributes:
        indicator: 差异化指标, or "".
        problem: 存在问题.
        measure: 改造措施.
        remark: The row of the law that decided, or "".
    """

    indicator: str
    problem: str
    measure: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """清单的一项: what the lists need of one package and its check.

    Attributes:
        file: The package.
        enterprise: Enterprise name; never "".
        industry: Industry as declared, or "".
        declared: Grade as declared, or "".
        applicant: Who applies.
        verdict: The verdict.
        kind: Industry as the technical guides name it.
        branch: Branch by which it was graded, or "".
        grade: The grade applied for, or None.
        supported: The grade that the package supports, or None where that cannot be told.
        aim: The present grade and the next better one.
        gaps: What lies between them.
    """

    file: str
    enterprise: str
    industry: str
    declared: str
    applicant: Applicant
    verdict: Verdict
    kind: Kind
    branch: str
    grade: Grade | None
    supported: Grade | None
    aim: Aim
    gaps: tuple[Gap, ...]

    @property
    def county(self) -> str:
        """所属县（市、区）, or ""."""
        return plain(self.applicant.county)

    @property
    def identity(self) -> str:
        """By what packages of one enterprise are told to be so."""
        return plain(self.applicant.credit_code).upper() or plain(self.enterprise)

    @property
    def order(self) -> bytes:
        """Place among entries, as bytes to compare: by industry of the guides, then by grade (附件3)."""
        tier, number, name, branch = self.kind.order
        numbers = f"{tier} {number:06}", f"{rank(self.grade):02}"
        parts = (numbers[0], name, branch, numbers[1], self.enterprise, self.file)
        return b"\0".join(part.encode("utf-8", "surrogatepass") for part in parts)
