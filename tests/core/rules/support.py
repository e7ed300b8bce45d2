"""What the tests of rules share: running one rule, and dossiers that differ in one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from duibiao.law import load_common
from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Citation, Provenance, Source, SourceKind, Standing
from duibiao.law.records import Branch
from duibiao.model.dossier import Dossier
from duibiao.model.grades import Grade
from duibiao.model.location import Located, Location, Text
from duibiao.rules.catalogue import CORE_RULES
from duibiao.rules.definition import CannotJudge, Rule
from duibiao.rules.engine import Finding, Outcome, Status, run
from duibiao.rules.support import application_day
from duibiao.testing import changing
from duibiao.testing.dossiers import clean_dossier

AT = Location(file="测试.docx", heading="测试处")
"""A place that no sample has, for what a test adds."""

OFFICIAL = Provenance(
    "test-official",
    Standing.OFFICIAL,
    (Citation(Source("TEST", "测试用文件", SourceKind.OFFICIAL, read=True), "第一条"),),
)
"""A row that may make a package fail."""

RECALLED = replace(OFFICIAL, id="test-recalled", standing=Standing.RECALLED, confidence="low")
"""A row that may not."""

BRANCH = Branch(
    provenance=OFFICIAL,
    key="test",
    name="测试行业",
    aliases=(),
    national_no=None,
    ladder=(Grade.A, Grade.B, Grade.C, Grade.D),
    codes=(),
)
"""An industry with the usual four grades."""

at, changed, path_of, without = (
    changing.part,
    changing.changed,
    changing.path_of,
    changing.without,
)

_RULES = {rule.code: rule for rule in CORE_RULES}


def cement() -> Dossier:
    """Return the dossier of the cement works, declared B, without a fault."""
    return clean_dossier("cement")


def furniture() -> Dossier:
    """Return the dossier of the furniture maker, declared A, without a fault."""
    return clean_dossier("furniture")


def the_rule(code: str) -> Rule:
    """Return core's rule of that code."""
    return _RULES[code]


def law_on(
    day: date, *, grade: Grade | str | None = "B", branch: Branch | None = BRANCH, **parts: Any
) -> LawInForce:
    """Return the real common law with an industry made by hand.

    Args:
        day: The reference date.
        grade: The grade to judge by, or None where it is unknown.
        branch: The branch, or None where no plugin knows the industry.
        parts: Further fields of `LawInForce`, such as ``limits`` or ``measures``.
    """
    known = Grade(grade) if grade is not None else None
    return LawInForce(day=day, common=load_common(), branch=branch, grade=known, **parts)


def outcome(
    code: str,
    dossier: Dossier,
    *,
    grade: Grade | str | None = "B",
    branch: Branch | None = BRANCH,
    day: date | None = None,
    **parts: Any,
) -> Outcome:
    """Run one rule through the engine.

    Args:
        code: Code of the rule.
        dossier: The dossier.
        grade: See `law_on`.
        branch: See `law_on`.
        day: The reference date; the date on the cover where it is left out.
        parts: See `law_on`.
    """
    on = day or application_day(dossier) or date(2026, 9, 10)
    (result,) = run([the_rule(code)], dossier, law_on(on, grade=grade, branch=branch, **parts))
    return result


def passed(code: str, dossier: Dossier, **given: Any) -> bool:
    """Return whether the rule judged everything and found nothing; see `outcome`."""
    result = outcome(code, dossier, **given)
    return result.status is Status.PASSED and not result.unjudged


def findings(code: str, dossier: Dossier, **given: Any) -> tuple[Finding, ...]:
    """Return what the rule found; see `outcome`. A crash is shown instead of passing for silence."""
    result = outcome(code, dossier, **given)
    assert result.status is not Status.CRASHED, result.reason
    return result.findings


def unjudged(code: str, dossier: Dossier, **given: Any) -> tuple[CannotJudge, ...]:
    """Return what a rule that found nothing could not judge; see `outcome`."""
    result = outcome(code, dossier, **given)
    assert result.status is Status.SKIPPED, result
    return result.unjudged


def inapplicable(code: str, dossier: Dossier, **given: Any) -> str:
    """Return why a rule has no subject in the dossier; see `outcome`."""
    result = outcome(code, dossier, **given)
    assert result.status is Status.NOT_APPLICABLE, result
    return result.reason


def finding(
    code: str,
    at: Location,
    message: str,
    todo: str,
    *,
    also: tuple[Location, ...] = (),
    **other: Any,
) -> Finding:
    """Return the whole finding that a test expects; title and citations are the rule's own.

    Args:
        code: Code of the rule.
        at: Where.
        message: What is wrong.
        todo: What to do.
        also: Other places.
        other: Where it is not the rule's own: ``severity``, ``grounds``.
    """
    rule = the_rule(code)
    whole = Finding(
        code=code,
        title=rule.title,
        severity=rule.severity,
        at=at,
        message=message,
        todo=todo,
        cites=tuple(load_common().cite(cite) for cite in rule.cites),
        also=also,
    )
    return replace(whole, **other)


def text(value: str, at: Location = AT) -> Text:
    """Return a piece of text at a place that no sample has."""
    return Located(value, at)
