"""申报资格: grades that may not be applied for whatever the figures say (第十三条, 第十八条, 第十九条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Citation
from duibiao.model.dossier import Dossier
from duibiao.model.grades import BARRED_AFTER_VIOLATION, Grade
from duibiao.model.location import Location, Text
from duibiao.rules.dates import a_year_before
from duibiao.rules.support import application_day

VIOLATION = "SMX2022:第十八条"
ASSURED = "SMX2022:第十三条"
FALSEHOOD = "SMX2022:第十九条"
LOWEST = "SMX2022:第十二条"

GOOD_FOR_ASSURED = frozenset({Grade.A_PLUS, Grade.A, Grade.B, Grade.LEADING})
"""B and better, or 引领性: what 第十三条 asks of 保障类 in key industries. It does not name B-."""


@dataclass(frozen=True, slots=True)
class Bar:
    """资格限制: why a grade may not be applied for, or may not be as far as can be told.

    Attributes:
        at: Where the package says so.
        what: What it is, in words.
        cite: The article.
    """

    at: Location
    what: str
    cite: Citation


@dataclass(frozen=True, slots=True)
class Eligibility:
    """申报资格: what caps the grade of a package.

    Attributes:
        barred: Grades of the ladder that may not be applied for, best first; all that 第十八条 names, where it bars.
        because: Why they are barred.
        doubts: What may bar them and cannot be told from the package; where there is any, a person has to decide.
        assured_at: Where the package applies for 保障类, or None where it does not.
        assured_needs: Grades of the ladder of which 保障类 needs one, or () where the industry is no key industry.
    """

    barred: tuple[Grade, ...] = ()
    because: tuple[Bar, ...] = ()
    doubts: tuple[Bar, ...] = ()
    assured_at: Location | None = None
    assured_needs: tuple[Grade, ...] = ()

    def allows(self, grade: Grade) -> bool:
        """Return whether a grade may be applied for, as far as can be told."""
        return grade not in self.barred

    def is_sure(self, grade: Grade) -> bool:
        """Return whether it is certain that a grade may, or may not, be applied for."""
        return bool(self.because) or not self.doubts or grade not in BARRED_AFTER_VIOLATION

    @property
    def bars_assured(self) -> bool:
        """Whether 保障类 may not be applied for (第十八条)."""
        return bool(self.because)


def eligibility_of(dossier: Dossier, law: LawInForce) -> Eligibility:
    """Return what the package's own account of violations means for the grades of the ladder.

    Whether material is hidden or false (第十九条: the lowest grade) is for a person to judge, and left out.
    """
    because, doubts = tuple(_violations(dossier, law)), tuple(_doubts(dossier, law))
    barred = [grade for grade in law.ladder if grade in BARRED_AFTER_VIOLATION]
    assured = _assured(dossier)
    is_key = law.branch is not None and law.branch.national_no is not None
    return Eligibility(
        tuple(barred) if because else (),
        because,
        doubts,
        assured.at if assured else None,
        tuple(grade for grade in law.ladder if grade in GOOD_FOR_ASSURED)
        if assured and is_key
        else (),
    )


def _violations(dossier: Dossier, law: LawInForce) -> Iterator[Bar]:
    """Yield the violations that lie within the year before the application."""
    day = application_day(dossier)
    for statement in dossier.compliance if day else ():
        assert day is not None
        for violation in statement.violation_dates:
            if a_year_before(day) <= violation.value.earliest() <= day:
                what = f"{violation.value}有违法或处罚记录，在申报日期{day:%Y-%m-%d}前一年内"
                yield Bar(violation.at, what, law.cite(VIOLATION))


def _doubts(dossier: Dossier, law: LawInForce) -> Iterator[Bar]:
    """Yield what may be such a violation."""
    cite, day = law.cite(VIOLATION), application_day(dossier)
    if not dossier.compliance:
        yield Bar(dossier.at, "没有“环保守法说明”，不知道申报日前一年内有无违法行为", cite)
    for statement in dossier.compliance:
        if statement.undated_violation:
            yield Bar(statement.text.at, "写到违法或处罚而没有写日期，不知道是否在一年内", cite)
        for violation in statement.violation_dates:
            when = violation.value
            if day is None:
                what = f"{when}有违法或处罚记录，封面没有申报日期，不知道是否在一年内"
                yield Bar(violation.at, what, cite)
            elif when.earliest() < a_year_before(day) <= when.latest():
                what = f"违法或处罚日期只写到“{when}”，不知道是否在一年内"
                yield Bar(violation.at, what, cite)


def _assured(dossier: Dossier) -> Text | None:
    """Return 申请管控类型 where it asks for 保障类."""
    form = dossier.form
    written = form.control_type if form else None
    return written if written and "保障" in written.value else None
