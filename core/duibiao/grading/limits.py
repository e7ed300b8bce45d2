"""排放限值 on the ladder: one rung for every outlet and pollutant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duibiao.grading.rungs import LIMITS, MISSING, Held, Rung, Step, make_rung
from duibiao.law.in_force import GradeLimit, LawInForce
from duibiao.law.judging import Comparison, Judged, judge
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import LimitComparison, OutletEmission
from duibiao.model.grades import Grade
from duibiao.rules.outlets import RowsByOutlet
from duibiao.rules.support import outlet_name, plain

_NOUN = "限值"

_HELD = {Comparison.MEETS: Held.MEETS, Comparison.FAILS: Held.FAILS}


def limit_rungs(dossier: Dossier, law: LawInForce) -> Iterator[Rung]:
    """Yield a rung for every outlet and pollutant of 2.14, and of 四、4 where 2.14 leaves it out.

    Where the package has neither, a single rung says that nothing can be told.
    """
    rows: tuple[LimitComparison | OutletEmission, ...]
    rows = (*dossier.evidence.limits, *_left_out(dossier, law))
    if not rows and law.ladder:
        section = dossier.section("五.2.14")
        steps = [Step(grade, "", Held.OPEN, why="没有可判断的排放口") for grade in law.ladder]
        yield make_rung(
            steps,
            law.grade,
            _NOUN,
            indicator=LIMITS,
            item=LIMITS,
            value="",
            at=section.at if section else dossier.at,
        )
    for row in rows:
        yield _rung(row, dossier, law)


def _rung(row: LimitComparison | OutletEmission, dossier: Dossier, law: LawInForce) -> Rung:
    pollutant, step = _pollutant(row, law), row.step.value if row.step else ""
    process = law.process_named(step)
    steps = [_step(row, grade, law.grade_limits(step, pollutant, grade)) for grade in law.ladder]
    return make_rung(
        steps,
        law.grade,
        _NOUN,
        indicator=LIMITS,
        item=" ".join(text.value for text in (row.outlet, row.step, row.pollutant) if text),
        value=str(row.concentration) if row.concentration else "",
        at=row.concentration.at if row.concentration else row.at,
        line=line_of(step, dossier),
        process=process.name if process else "",
        unranked=_bounds(law.grade_limits(step, pollutant, law.grade)) if law.grade else "",
    )


def _step(
    row: LimitComparison | OutletEmission, grade: Grade, limits: tuple[GradeLimit, ...]
) -> Step:
    judged, oxygen = Judged(Comparison.UNKNOWN), row.oxygen.value if row.oxygen else None
    if row.concentration is not None:
        judged = judge(row.concentration.value, oxygen, limits)
    held = _HELD.get(judged.comparison, Held.OPEN)
    return Step(
        grade,
        _bounds(limits),
        held,
        held is not Held.OPEN and judged.verified,
        judged.limit.limit.provenance if judged.limit else None,
        "" if held is not Held.OPEN else _why(limits, judged),
    )


def _why(limits: Sequence[GradeLimit], judged: Judged) -> str:
    if not limits:
        return MISSING.format(_NOUN)
    return "取决于适用条件" if judged.comparison is Comparison.DEPENDS else "浓度不能与限值比较"


def _bounds(limits: Sequence[GradeLimit]) -> str:
    return "；".join(
        dict.fromkeys(f"{entry.limit.figure}［{entry.standing.label}］" for entry in limits)
    )


def _left_out(dossier: Dossier, law: LawInForce) -> Iterator[OutletEmission]:
    """Yield the rows of 四、4 whose outlet and pollutant no row of 2.14 means."""
    compared = RowsByOutlet(dossier.evidence.limits)
    for row in dossier.outlets:
        same_outlet = compared.meant_by(outlet_name(row.outlet, row.step))
        if _pollutant(row, law) not in {_pollutant(other, law) for other in same_outlet}:
            yield row


def _pollutant(row: LimitComparison | OutletEmission, law: LawInForce) -> str:
    found = law.common.pollutant(row.pollutant.value) if row.pollutant else None
    return found.key if found else ""


def line_of(step: str, dossier: Dossier) -> str:
    """Return the production line (生产线) of 四、3.1 that an emitting step names, or "".

    A step names a line by its name without 线, such as ``1#烧结机机头`` names ``1#烧结线``; the longest name wins.
    """
    written = plain(step)
    names = {
        row.line.value.strip(): re.sub(r"(?:生产)?线$", "", plain(row.line.value))
        for table in dossier.production.products
        for row in table.rows
        if row.line is not None and not row.is_total
    }
    found = [
        name
        for name, key in names.items()  # 12#水泥磨 is no 2#水泥磨
        if len(key) > 1 and re.search(rf"(?<!\d){re.escape(key)}", written)
    ]
    return max(found, key=len, default="")
