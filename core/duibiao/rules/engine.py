"""Running rules: every rule that applies is accounted for; one that crashes stops nothing."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from enum import StrEnum

from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Citation, Provenance
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.location import Location
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Rule, Severity


class Status(StrEnum):
    """检查状态: what became of a rule."""

    PASSED = "passed"
    FOUND = "found"
    SKIPPED = "skipped"
    NOT_APPLICABLE = "not_applicable"
    CRASHED = "crashed"

    @property
    def label(self) -> str:
        """The status in Chinese."""
        return {
            "passed": "通过",
            "found": "发现问题",
            "skipped": "未能判断",
            "not_applicable": "不适用",
            "crashed": "检查出错",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """审查意见: one finding, as every report shows it.

    Attributes:
        code: Code of the rule.
        title: Title of the rule.
        severity: Severity.
        at: Where.
        message: What is wrong.
        todo: What to do.
        cites: Articles.
        also: Other places that belong to it.
        grounds: The row of the law behind it, or None.
    """

    code: str
    title: str
    severity: Severity
    at: Location
    message: str
    todo: str
    cites: tuple[Citation, ...]
    also: tuple[Location, ...] = ()
    grounds: Provenance | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """检查结果: what one rule did.

    Attributes:
        rule: The rule.
        status: What became of it.
        findings: What it found.
        unjudged: What it could not judge; a rule may both find something and leave something unjudged.
        reason: Why it was skipped, does not apply or crashed; "" otherwise.
    """

    rule: Rule
    status: Status
    findings: tuple[Finding, ...] = ()
    unjudged: tuple[CannotJudge, ...] = ()
    reason: str = ""


AFTER_BUILDING = "申报数据里还没有这一项，编制成文件后检查"
"""Why a rule on the finished document does not apply to a project."""


def run(rules: Iterable[Rule], dossier: Dossier, law: LawInForce) -> tuple[Outcome, ...]:
    """Run every rule over a dossier.

    Args:
        rules: The rules.
        dossier: The dossier.
        law: The law in force on the reference date.

    Returns:
        One outcome a rule, in the order given.
    """
    return tuple(_run(rule, dossier, law) for rule in rules)


def _run(rule: Rule, dossier: Dossier, law: LawInForce) -> Outcome:
    if rule.printed and dossier.source.is_project:
        return Outcome(rule, Status.NOT_APPLICABLE, reason=AFTER_BUILDING)
    findings: list[Finding] = []
    unjudged: list[CannotJudge] = []
    reason = ""
    try:
        cites = tuple(law.cite(cite) for cite in rule.cites)
        for result in rule.check(dossier, law):
            match result:
                case Problem():
                    findings.append(_finding(rule, result, cites))
                case CannotJudge():
                    unjudged.append(result)
                case NotApplicable():
                    reason = result.reason
                case _:
                    raise TypeError(
                        f"规则给出了 {result!r}，应为 Problem、CannotJudge 或 NotApplicable"
                    )
    except Exception as error:  # noqa: BLE001 - a rule's fault must not stop the others
        return Outcome(rule, Status.CRASHED, tuple(findings), tuple(unjudged), _fault(error))
    if findings:
        return Outcome(rule, Status.FOUND, tuple(findings), tuple(unjudged))
    if unjudged:
        return Outcome(rule, Status.SKIPPED, (), tuple(unjudged), unjudged[0].reason)
    if reason:
        return Outcome(rule, Status.NOT_APPLICABLE, reason=reason)
    return Outcome(rule, Status.PASSED)


def _finding(rule: Rule, problem: Problem, cites: tuple[Citation, ...]) -> Finding:
    grounds = problem.grounds
    verified = problem.verified and (grounds is None or grounds.may_fail)
    severity = rule.severity
    if not verified and severity in (Severity.ERROR, Severity.WARNING):
        severity = Severity.REVIEW
    return Finding(
        code=rule.code,
        title=rule.title,
        severity=severity,
        at=problem.at,
        message=problem.message,
        todo=problem.todo,
        cites=cites,
        also=problem.also,
        grounds=grounds,
    )


def _fault(error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}（{frame.name} 第{frame.lineno}行）"
