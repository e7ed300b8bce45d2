"""What a rule is: a pure generator over a dossier and the law in force, stamped by `@rule`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Provenance
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.location import Location


class Severity(StrEnum):
    """严重程度: what a finding does to the verdict.

    ERROR is a "must" that is not met; WARNING a "should"; REVIEW something that a person has to look at, because
    the figures behind it are not verified; INFO changes nothing.
    """

    ERROR = "error"
    WARNING = "warning"
    REVIEW = "review"
    INFO = "info"

    @property
    def label(self) -> str:
        """The severity in Chinese."""
        return {"error": "不符合", "warning": "建议改正", "review": "需人工核实", "info": "提示"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Problem:
    """问题: what a rule found.

    Attributes:
        at: Where.
        message: What is wrong, with the values seen.
        todo: What to do about it.
        also: Other places that belong to it.
        grounds: The row of the law behind it, where it is more than the article that the rule cites.
        verified: False where the figures behind it may not make a package fail; the finding then asks for a person.
    """

    at: Location
    message: str
    todo: str
    also: tuple[Location, ...] = ()
    grounds: Provenance | None = None
    verified: bool = True


@dataclass(frozen=True, slots=True)
class CannotJudge:
    """无法判断: something that the rule should judge and cannot."""

    at: Location
    reason: str


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """不适用: the rule has no subject in this dossier, by the law itself."""

    reason: str


Yield = Problem | CannotJudge | NotApplicable
Check = Callable[[Dossier, LawInForce], Iterator[Yield]]

FIRST = "0.1.0"
"""The first version of all."""

PARTS = ("为什么", "通过", "不通过")
"""Parts that a rule's docstring must have after its first line."""

_CODE = re.compile(r"[A-Z]{2,4}-\d{3}")


@dataclass(frozen=True, slots=True)
class Rule:
    """规则: one condition.

    Attributes:
        code: Permanent code, such as ``DB-101``.
        severity: Severity of its findings.
        cites: Articles, as ``SOURCE:place``.
        check: The generator.
        title: The bad condition in one sentence.
        parts: Text by part of the docstring (为什么, 通过, 不通过).
        slug: Name of the function.
        topic: Name of the module, which is the topic.
        printed: It looks at what only the finished document has: signatures, seals, page numbers, the forms' fixed
            wording. It does not apply to a project.
        since: Version of its distribution that has it first.
        by_industry: It asks the industry's law: where a package names several industries, it runs once for each, on
            the outlets of that industry.
    """

    code: str
    severity: Severity
    cites: tuple[str, ...]
    check: Check
    title: str
    parts: tuple[tuple[str, str], ...]
    slug: str
    topic: str
    printed: bool = False
    since: str = FIRST
    by_industry: bool = False


def rule(
    code: str,
    *,
    severity: Severity,
    cites: str | tuple[str, ...],
    printed: bool = False,
    since: str = FIRST,
    by_industry: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a generator function.

    The docstring is the rule's page in the catalogue, so it is in Chinese: its first line names the bad condition,
    then follow paragraphs that begin with 为什么：, 通过： and 不通过：.

    Args:
        code: Permanent code: the owner's prefix, a dash and three digits.
        severity: Severity of its findings.
        cites: Articles that demand it, as ``SOURCE:place``; at least one.
        printed: It looks at what only the finished document has; see `Rule.printed`.
        since: Version of the distribution that has it first.
        by_industry: It asks the industry's law; see `Rule.by_industry`. Needless for rules of plugins: all of them do.

    Raises:
        ValueError: If the code is malformed, nothing is cited, or the docstring lacks a part.
    """
    cited = (cites,) if isinstance(cites, str) else tuple(cites)
    if not _CODE.fullmatch(code):
        raise ValueError(f"规则编号 {code!r} 不合格式；应为前缀加三位数字，如 DB-101")
    if not all(cited) or not cited:
        raise ValueError(f"规则 {code} 没有引用条款；请在 cites 中写明“来源:条款”")

    def stamp(check: Check) -> Rule:
        title, parts = _page(code, inspect.getdoc(check) or "")
        return Rule(
            code=code,
            severity=severity,
            cites=cited,
            check=check,
            title=title,
            parts=parts,
            slug=check.__name__,
            topic=check.__module__.rpartition(".")[2],
            printed=printed,
            since=since,
            by_industry=by_industry,
        )

    return stamp


def _page(code: str, docstring: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    title, _, rest = docstring.partition("\n")
    found: dict[str, str] = {}
    for paragraph in re.split(r"\n\s*\n", rest.strip()):
        name, _, text = "".join(paragraph.splitlines()).partition("：")
        found[name.strip()] = text.strip()
    missing = [part for part in PARTS if not found.get(part)]
    if not title or missing:
        raise ValueError(f"规则 {code} 的说明缺少：{'、'.join(missing) or '首行（问题是什么）'}")
    return title.strip().rstrip("。"), tuple((part, found[part]) for part in PARTS)
