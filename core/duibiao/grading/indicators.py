"""The other indicators (对标总表) on the ladder: judged where a requirement is a number that the package tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from duibiao.grading.facts import SUBJECTS, Fact, find
from duibiao.grading.rungs import LIMITS, MISSING, Held, Rung, Step, make_rung
from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Regime, Standing
from duibiao.law.records import Requirement
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.evidence import IndicatorRow
from duibiao.model.grades import Grade
from duibiao.model.location import Location
from duibiao.rules.support import indicator_name

_NOUN = "要求"
_BY_HAND = "文字要求，须由审核人员对照证明材料判定"
_UNKNOWN = "没有查到指标要求（缺），须对照技术指南判定"
_NO_ROW = "对标总表没有这一项"


@dataclass(frozen=True, slots=True)
class _Required:
    """A requirement as it counts for a grade: the standing is that of the weakest link, see `LawInForce.bases`."""

    row: Requirement
    standing: Standing
    may_fail: bool


def indicator_rungs(dossier: Dossier, law: LawInForce) -> Iterator[Rung]:
    """Yield the rungs of the rows of 对标总表, and of those that every package needs and this one lacks."""
    rows = dossier.indicators.rows if dossier.indicators else ()
    named = [(indicator_name(row, law.common) or row.indicator.value, row) for row in rows]
    seen: set[str] = set()
    for name, row in named:
        if name != LIMITS:
            if name not in seen:
                yield from _counted(name, dossier, law)
            seen.add(name)
            if not _is_counted_whole(name, law):
                yield _in_words(name, row, dossier, law)
    for indicator in law.common.indicators if law.ladder else ():
        if indicator.if_applicable or indicator.name in {*seen, LIMITS}:
            continue
        yield from _counted(indicator.name, dossier, law)
        yield _in_words(indicator.name, None, dossier, law)


def _counted(name: str, dossier: Dossier, law: LawInForce) -> Iterator[Rung]:
    """Yield a rung for every subject of an indicator that is a number."""
    required = {grade: _required(name, grade, law) for grade in law.ladder}
    for subject in _counted_subjects(name, law):
        facts: dict[Grade, Fact] = {}
        steps = []
        for grade, rows in required.items():
            own = [one for one in rows if one.row.subject == subject and one.row.figure]
            step, found = _step(grade, own, dossier, law)
            steps.append(step)
            facts |= {grade: found} if found else {}
        shown = facts.get(law.grade) if law.grade else None
        shown = shown or next(iter(facts.values()), None)
        yield make_rung(
            steps,
            law.grade,
            _NOUN,
            indicator=name,
            item=SUBJECTS[subject][0],
            value=shown.said if shown else "",
            at=shown.at if shown else _table_at(dossier),
        )


def _step(
    grade: Grade, rows: Sequence[_Required], dossier: Dossier, law: LawInForce
) -> tuple[Step, Fact | None]:
    """Hold the package against what one grade requires of a subject; return the number that decided, too."""
    text = _texts(rows)
    if not rows:
        return Step(grade, text, Held.OPEN, why=MISSING.format(_NOUN)), None
    held, decided, told = Held.MEETS, rows[0].row.provenance, None
    for one in rows:
        fact = find(dossier, law.common, one.row)
        if isinstance(fact, str):
            return Step(grade, text, Held.OPEN, grounds=one.row.provenance, why=fact), None
        assert one.row.figure is not None  # it is counted
        fails = bool(fact.short) or not one.row.figure.holds(fact.value)
        if fails or told is None:
            told, decided = fact, one.row.provenance
        held = Held.FAILS if fails else held
    return Step(grade, text, held, all(one.may_fail for one in rows), decided), told


def _in_words(name: str, row: IndicatorRow | None, dossier: Dossier, law: LawInForce) -> Rung:
    """Return the rung of an indicator that a person has to judge."""
    counted = _counted_subjects(name, law)

    def words(grade: Grade) -> tuple[_Required, ...]:
        rows = _required(name, grade, law)
        return tuple(one for one in rows if one.row.subject not in counted or not one.row.figure)

    def why(rows: Sequence[_Required]) -> str:
        return _NO_ROW if row is None else _BY_HAND if rows else _UNKNOWN

    steps = []
    for grade in law.ladder:
        rows = words(grade)
        grounds = rows[0].row.provenance if rows else None
        steps.append(Step(grade, _texts(rows), Held.OPEN, grounds=grounds, why=why(rows)))
    declared = words(law.grade) if law.grade else ()
    status = row.status if row else None
    rung = make_rung(
        steps,
        law.grade,
        _NOUN,
        indicator=name,
        item=row.indicator.value if row else name,
        value=status.value if status else "",
        at=status.at if status else row.at if row else _table_at(dossier),
        unranked=_texts(declared),
    )
    grounds = declared[0].row.provenance if declared else None
    return replace(rung, grounds=grounds, reason=why(declared))


def _required(name: str, grade: Grade, law: LawInForce) -> tuple[_Required, ...]:
    """Return what a grade requires for an indicator, each as well vouched for as the regime that the grade uses."""
    required = []
    for row in law.requirements_of(name, grade):
        standing, may_fail = row.provenance.standing, row.provenance.may_fail
        if row.regime is not Regime.GRADE:
            chain = [
                basis.provenance
                for basis in law.bases
                if basis.grade is grade and basis.regime is row.regime
            ]
            for link in chain:
                standing, may_fail = standing.weaker(link.standing), may_fail and link.may_fail
        required.append(_Required(row, standing, may_fail))
    return tuple(required)


def _counted_subjects(name: str, law: LawInForce) -> tuple[str, ...]:
    """Return the subjects of an indicator that are numbers for a grade above the lowest, which is what remains."""
    rows = [one.row for grade in law.ladder[:-1] for one in _required(name, grade, law)]
    return tuple(
        dict.fromkeys(row.subject for row in rows if row.subject in SUBJECTS and row.figure)
    )


def _is_counted_whole(name: str, law: LawInForce) -> bool:
    """Whether all that is required for an indicator is known and a number."""
    rows = [one.row for grade in law.ladder[:-1] for one in _required(name, grade, law)]
    known = bool(rows) and not any(hole.topic == name for hole in law.holes)
    return known and all(row.subject in SUBJECTS and row.figure for row in rows)


def _texts(rows: Sequence[_Required]) -> str:
    return "；".join(f"{one.row.text}［{one.standing.label}］" for one in rows)


def _table_at(dossier: Dossier) -> Location:
    return dossier.indicators.at if dossier.indicators else dossier.at
