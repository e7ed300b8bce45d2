"""The ladder: per outlet, pollutant and indicator, the grade that the evidence supports and what the next one needs.

The enterprise's grade is the worst over all items (第五条（三）, 短板). An item that nobody can judge from the
package alone, or whose requirement is not verified, keeps the grade open: it is said, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duibiao.law.in_force import GradeLimit, LawInForce
from duibiao.law.judging import Comparison, Judged, judge
from duibiao.law.provenance import Provenance
from duibiao.law.records import Requirement
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import LimitComparison
from duibiao.model.grades import Grade
from duibiao.model.location import Location
from duibiao.model.quantities import halfwidth

LIMITS = "排放限值"


@dataclass(frozen=True, slots=True)
class Rung:
    """阶梯上的一项: one item and the grade that it reaches.

    Attributes:
        indicator: One of the nineteen indicators.
        item: What is judged, such as ``DA001 1#喷涂 颗粒物``.
        value: The value as written, or the enterprise's own statement.
        at: Where it stands.
        reached: Best grade that it reaches, or None where that cannot be told.
        requirement: What the declared grade requires, or "" where it is not known.
        next_grade: The next better grade, or None at the top.
        next_requirement: What the next grade requires, or "".
        grounds: The row of the law that decided, or None.
        verified: Whether the judgement rests on verified figures only.
        reason: Why it cannot be told, or why it goes no higher; "" at the top.
    """

    indicator: str
    item: str
    value: str
    at: Location
    reached: Grade | None
    requirement: str = ""
    next_grade: Grade | None = None
    next_requirement: str = ""
    grounds: Provenance | None = None
    verified: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """分级阶梯: every item, and the grade of the whole.

    Attributes:
        grades: Grades of the branch, best first; empty where not established.
        declared: Grade applied for, or None.
        rungs: Items.
        supported: Worst grade over all items, or None where any item cannot be told.
        ceiling: Best grade that the judged items still allow, or None without a ladder.
    """

    grades: tuple[Grade, ...]
    declared: Grade | None
    rungs: tuple[Rung, ...]
    supported: Grade | None
    ceiling: Grade | None


def climb(dossier: Dossier, law: LawInForce) -> Ladder:
    """Place every item of a dossier on the ladder.

    Args:
        dossier: The dossier.
        law: The law in force on the reference date, which knows the grade to judge by.

    Returns:
        The ladder; without an established ladder its items are listed but not judged.
    """
    declared = law.grade
    rungs = (*_limit_rungs(dossier, law, declared), *_indicator_rungs(dossier, law, declared))
    reached = [rung.reached for rung in rungs]
    known = [grade for grade in reached if grade is not None]
    ceiling = max(known, key=law.ladder.index, default=law.ladder[0] if law.ladder else None)
    supported = ceiling if rungs and len(known) == len(reached) else None
    return Ladder(law.ladder, declared, rungs, supported, ceiling)


def _limit_rungs(dossier: Dossier, law: LawInForce, declared: Grade | None) -> Iterator[Rung]:
    """One rung for every outlet and pollutant of 2.14."""
    for row in dossier.evidence.limits:
        found = law.common.pollutant(row.pollutant.value) if row.pollutant else None
        name = " ".join(text.value for text in (row.outlet, row.step, row.pollutant) if text)
        value = str(row.concentration) if row.concentration else ""
        at = row.concentration.at if row.concentration else row.at
        pollutant = found.key if found else ""
        step = row.step.value if row.step else ""
        held = {
            grade: (limits, _held(row, limits))
            for grade in law.ladder
            for limits in (law.grade_limits(step, pollutant, grade),)
        }
        reached, reason, decided, verified = _best(law, held)
        following = _next_grade(law.ladder, reached or declared)
        yield Rung(
            indicator=LIMITS,
            item=name,
            value=value,
            at=at,
            reached=reached,
            requirement=_bounds(law, step, pollutant, declared),
            next_grade=following,
            next_requirement=_bounds(law, step, pollutant, following),
            grounds=decided.limit.limit.provenance if decided and decided.limit else None,
            verified=verified,
            reason=reason,
        )


def _held(row: LimitComparison, limits: tuple[GradeLimit, ...]) -> Judged:
    if row.concentration is None:
        return Judged(Comparison.UNKNOWN)
    return judge(row.concentration.value, row.oxygen.value if row.oxygen else None, limits)


def _best(
    law: LawInForce, held: dict[Grade, tuple[tuple[GradeLimit, ...], Judged]]
) -> tuple[Grade | None, str, Judged | None, bool]:
    """Return the best grade that is met, why it is no better or cannot be told, what decided, and if it is verified.

    One limit on the way that nobody verified leaves the grade open; the reason then says what it would be. The lowest
    grade needs no limit: it is what remains.
    """
    if not law.ladder:
        return None, "该行业的等级设置尚未查明", None, False
    lowest = law.ladder[-1]
    verified = True
    decided: Judged | None = None
    for grade in law.ladder:
        limits, outcome = held[grade]
        if grade is lowest and decided is not None and not limits:
            break
        if outcome.comparison not in (Comparison.MEETS, Comparison.FAILS):
            cause = (
                "没有查到限值（缺）"
                if not limits
                else "取决于适用条件"
                if outcome.comparison is Comparison.DEPENDS
                else "浓度不能与限值比较"
            )
            return None, f"{grade.label}：{cause}", outcome, False
        verified = verified and outcome.verified
        if outcome.comparison is Comparison.MEETS:
            if not verified:
                return None, f"按未经核实的限值可达{grade.label}", outcome, False
            return grade, "" if decided is None else "高一级的限值未达到", outcome, True
        decided = outcome
    if not verified:
        return None, f"按未经核实的限值只能为{lowest.label}", decided, False
    return lowest, "没有达到更高等级的限值", decided, True


def _indicator_rungs(dossier: Dossier, law: LawInForce, declared: Grade | None) -> Iterator[Rung]:
    """One rung for every other row of 对标总表: what it requires and what the enterprise states."""
    names = {
        _plain(name): indicator.name
        for indicator in law.common.indicators
        for name in (indicator.name, *indicator.aliases)
    }
    for row in dossier.indicators.rows if dossier.indicators else ():
        name = names.get(
            _plain(re.sub(r"[(（]如涉及[)）]", "", row.indicator.value)), row.indicator.value
        )
        if name == LIMITS:
            continue
        following = _next_grade(law.ladder, declared)
        required = law.requirements_of(name, declared) if declared else ()
        yield Rung(
            indicator=name,
            item=row.indicator.value,
            value=row.status.value if row.status else "",
            at=row.status.at if row.status else row.at,
            reached=None,
            requirement=_texts(required),
            next_grade=following,
            next_requirement=_texts(law.requirements_of(name, following)) if following else "",
            grounds=required[0].provenance if required else None,
            reason="文字要求，须由审核人员对照证明材料判定"
            if required
            else "没有查到指标要求（缺），须对照技术指南判定",
        )


def _next_grade(ladder: tuple[Grade, ...], grade: Grade | None) -> Grade | None:
    if grade is None or grade not in ladder or grade is ladder[0]:
        return None
    return ladder[ladder.index(grade) - 1]


def _bounds(law: LawInForce, step: str, pollutant: str, grade: Grade | None) -> str:
    if grade is None:
        return ""
    return "；".join(
        dict.fromkeys(
            f"{entry.limit.figure}［{entry.standing.label}］"
            for entry in law.grade_limits(step, pollutant, grade)
        )
    )


def _texts(requirements: tuple[Requirement, ...]) -> str:
    return "；".join(f"{row.text}［{row.provenance.standing.label}］" for row in requirements)


def _plain(text: str) -> str:
    return "".join(halfwidth(text).split())
