"""申报资格: grades that may not be applied for whatever the figures say (第十三条, 第十八条, 第十九条)."""

from __future__ import annotations

from collections.abc import Iterator

from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Citation
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.grades import BARRED_AFTER_VIOLATION, Grade
from duibiao.model.location import Location
from duibiao.rules.dates import a_year_before
from duibiao.rules.support import application_day

VIOLATION = "SMX2022:第十八条"
ASSURED = "SMX2022:第十三条"

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
        assured: That the package applies for 保障类 and what this asks for, or None where it does not.
        assured_needs: Grades of the ladder of which 保障类 needs one, or () where the industry is no key industry.
    """

    barred: tuple[Grade, ...] = ()
    because: tuple[Bar, ...] = ()
    doubts: tuple[Bar, ...] = ()
    assured: Bar | None = None
    assured_needs: tuple[Grade, ...] = ()

    def allows(self, grade: Grade) -> bool:
        """Return whether a grade may be applied for, as far as can be told."""
        return grade not in self.barred

    def is_sure(self, grade: Grade) -> bool:
        """Return whether it is certain that a grade may, or may not, be applied for."""
        return bool(self.because) or not self.doubts or grade not in BARRED_AFTER_VIOLATION

    def bars_of(self, grade: Grade) -> tuple[Bar, ...]:
        """Return why a grade may not be applied for, as a grade and, where that is wanted, as 保障类."""
        bars = self.because if not self.allows(grade) else ()
        if self.assured is None:
            return bars
        short = bool(self.assured_needs) and grade not in self.assured_needs
        return (*self.because, *((self.assured,) if short else ()))

    def doubts_of(self, grade: Grade) -> tuple[Bar, ...]:
        """Return what may bar a grade, or 保障类, and cannot be told."""
        return self.doubts if self.assured or not self.is_sure(grade) else ()


def eligibility_of(dossier: Dossier, law: LawInForce) -> Eligibility:
    """Return what the package's own account of violations means for the grades of the ladder.

    Whether material is hidden or false (第十九条: the lowest grade) is for a person to judge, and left out.
    """
    because, doubts = tuple(_violations(dossier, law)), tuple(_doubts(dossier, law))
    barred = [grade for grade in law.ladder if grade in BARRED_AFTER_VIOLATION]
    assured = _assured(dossier, law)
    is_key = law.branch is not None and law.branch.national_no is not None
    return Eligibility(
        tuple(barred) if because else (),
        because,
        doubts,
        assured,
        tuple(g for g in law.ladder if g in GOOD_FOR_ASSURED) if assured and is_key else (),
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


def _assured(dossier: Dossier, law: LawInForce) -> Bar | None:
    """Return that 申请管控类型 asks for 保障类, or None."""
    written = dossier.form.control_type if dossier.form else None
    if written is None or "保障" not in written.value:
        return None
    what = f"申请管控类型为“{written.value}”，重点行业的保障类须达到B级及以上或引领性"
    return Bar(written.at, what, law.cite(ASSURED))
