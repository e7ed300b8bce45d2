"""The report of one check (审查报告): what every face of it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from duibiao.grading.ladder import Ladder, Rung
from duibiao.grading.rungs import Held
from duibiao.law.provenance import Citation
from duibiao.law.records import Hole
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Unread
from duibiao.model.location import Location
from duibiao.reports.comparison import Comparison
from duibiao.reports.waivers import Waived
from duibiao.rules.definition import CannotJudge, Rule, Severity
from duibiao.rules.engine import Finding, Outcome, Status
from duibiao.rules.verdict import Verdict

if TYPE_CHECKING:
    from duibiao.plugins import LeftOut

CHAPTERS = {
    "封面": "封面和目录",
    "一": "一、绩效分级申请表",
    "二": "二、资料真实性承诺书",
    "三": "三、落实重污染天气应急减排承诺书",
    "四": "四、企业基本情况",
    "五": "五、绩效分级材料",
    "附": "附、“一厂一策”实施方案",
    "": "全文",
}
"""Chapter of a section key → title under which findings are grouped, in order."""


def chapter_of(at: Location) -> str:
    """Return the title of the chapter in which a place lies."""
    return CHAPTERS.get(at.section.partition(".")[0], CHAPTERS[""])


class Reach(StrEnum):
    """达标情况: how an item of the ladder stands to the declared grade."""

    MEETS = "meets"
    SHORT = "short"
    OPEN = "open"
    RATED = "rated"

    @property
    def label(self) -> str:
        """The standing to the declared grade in Chinese."""
        return {
            "meets": "达到",
            "short": "达不到",
            "open": "不能判断",
            "rated": "未申报等级",
        }[self.value]


_REACH = {Held.MEETS: Reach.MEETS, Held.FAILS: Reach.SHORT, Held.OPEN: Reach.OPEN}


def reach(ladder: Ladder, rung: Rung) -> Reach:
    """Return how `rung` stands to the grade that `ladder` declares."""
    if ladder.declared is None or ladder.declared not in ladder.grades:
        return Reach.RATED if rung.reached else Reach.OPEN
    return _REACH[rung.stands(ladder.declared, ladder.grades)]


@dataclass(frozen=True, slots=True)
class Further:
    """所含的其他行业: by what a further industry of a package was judged (第五条（三）).

    Attributes:
        branch: Industry branch.
        edition: Name of the edition, or "".
        plugin: Name of the plugin.
        distribution: Its distribution.
        version: Its version.
        law_sha256: Hash of its law files.
        national_no: Number of the branch among the national key industries, or None.
    """

    branch: str
    edition: str
    plugin: str
    distribution: str
    version: str
    law_sha256: str
    national_no: int | None = None


@dataclass(frozen=True, slots=True)
class Judge:
    """审查依据: by what a package was judged.

    Attributes:
        engine: Version of duibiao.
        common_sha256: Hash of core's law files.
        plugin: Name of the plugin, or "" where none knows the industry.
        distribution: Its distribution.
        version: Its version.
        law_sha256: Hash of its law files.
        branch: Industry branch, or "".
        edition: Name of the edition, or "".
        pages: Where the page numbers come from, in words.
        day: Reference date.
        day_origin: Where the reference date comes from, in words.
        national_no: Number of the branch among the national key industries, or None.
        others: Further industries that the package names, by which it was judged, too.
    """

    engine: str
    common_sha256: str
    day: date
    day_origin: str
    plugin: str = ""
    distribution: str = ""
    version: str = ""
    law_sha256: str = ""
    branch: str = ""
    edition: str = ""
    pages: str = ""
    national_no: int | None = None
    others: tuple[Further, ...] = ()


@dataclass(frozen=True, slots=True)
class Applicant:
    """申报企业: who applies, as the package says; "" where it does not.

    Attributes:
        city: 所属省辖市.
        county: 所属县（市、区）.
        address: 详细地址, or else 地址名称 of the form.
        credit_code: 统一社会信用代码.
        responsible: 企业应急措施落实责任人.
        phone: 联系方式（手机号）.
        names: The places that name the enterprise, with what they say.
    """

    city: str = ""
    county: str = ""
    address: str = ""
    credit_code: str = ""
    responsible: str = ""
    phone: str = ""
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """审查报告: the result of checking one package.

    Attributes:
        file: File name.
        sha256: Hash of the file.
        enterprise: Enterprise name, or "".
        industry: Industry as declared, or "".
        declared: Grade as declared, or "".
        verdict: The verdict.
        reasons: Why it is not a pass, gravest first.
        judge: By what it was judged.
        outcomes: Every rule that was considered.
        ladder: The ladder.
        unread: What could not be read.
        warnings: What is out of the ordinary about the file.
        left_out: Plugins that are not in use, and why.
        articles: Text of cited articles.
        applicant: Who applies.
        holes: What is not known of the law of its industry branch.
        waived: Findings that somebody answers for; `outcomes` are without them.
        comparison: How it stands to an earlier submission, or None.
    """

    file: str
    sha256: str
    enterprise: str
    industry: str
    declared: str
    verdict: Verdict
    reasons: tuple[str, ...]
    judge: Judge
    outcomes: tuple[Outcome, ...]
    ladder: Ladder
    unread: tuple[Unread, ...] = ()
    warnings: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    articles: Mapping[Citation, str] = field(default_factory=dict)
    applicant: Applicant = Applicant()
    holes: tuple[Hole, ...] = ()
    waived: tuple[Waived, ...] = ()
    comparison: Comparison | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding that is not waived, in the order of the rules."""
        return tuple(finding for outcome in self.outcomes for finding in outcome.findings)

    @property
    def unjudged(self) -> tuple[tuple[Rule, CannotJudge], ...]:
        """Everything that a rule should judge and could not."""
        return tuple(
            (outcome.rule, entry) for outcome in self.outcomes for entry in outcome.unjudged
        )

    @property
    def is_clean(self) -> bool:
        """Whether the package passed and nothing but information was found, nor anything waived."""
        return (
            self.verdict is Verdict.PASS
            and not self.waived
            and all(finding.severity is Severity.INFO for finding in self.findings)
        )

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def with_status(self, status: Status) -> tuple[Outcome, ...]:
        """Return the outcomes of a status."""
        return tuple(outcome for outcome in self.outcomes if outcome.status is status)
