"""What a target needs (目标差距): the shortest list of what must change, and of what nobody can tell, for a grade."""

from __future__ import annotations

from duibiao.grading.eligibility import Bar
from duibiao.grading.ladder import Ladder
from duibiao.grading.order import rank
from duibiao.grading.rungs import Held, Rung
from duibiao.model.classes import dataclass
from duibiao.model.grades import Grade


@dataclass(frozen=True, slots=True)
class Gap:
    """差距: an item that misses the target, or may.

    Attributes:
        industry: Industry branch, or "".
        grade: The grade that this industry needs for the target.
        rung: The item.
        requirement: What that grade requires, with the standing; "" where it is not known.
        why: Why it cannot be told; "" where the item is known to miss the grade.
    """

    industry: str
    grade: Grade
    rung: Rung
    requirement: str
    why: str = ""

    @property
    def is_presumed_short(self) -> bool:
        """Whether the item misses the grade by a figure that nobody verified."""
        step = self.rung.step(self.grade)
        return step is not None and step.held is Held.FAILS and not step.verified


@dataclass(frozen=True, slots=True)
class Doubts:
    """同一原因的待定项: items that cannot be told for the same reason.

    Attributes:
        why: The reason.
        gaps: The items.
    """

    why: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """目标差距.

    Attributes:
        target: The grade aimed at.
        bars: Why it may not be applied for.
        doubts: What may bar it and cannot be told.
        blocked: Items that are known to miss it.
        open: Items that nobody can tell from the package, or by verified figures.
        unclimbed: Industries of the package that have no ladder, or that no plugin knows.
    """

    target: Grade
    bars: tuple[Bar, ...]
    doubts: tuple[Bar, ...]
    blocked: tuple[Gap, ...]
    open: tuple[Gap, ...]
    unclimbed: tuple[str, ...]

    @property
    def is_reached(self) -> bool:
        """Whether verified judgement alone says that the target is reached and may be applied for."""
        left = (self.bars, self.doubts, self.blocked, self.open, self.unclimbed)
        return not any(left)

    @property
    def is_missed(self) -> bool:
        """Whether it is certain that the target is not reached, or may not be applied for."""
        return bool(self.bars or self.blocked)

    def by_doubt(self) -> tuple[Doubts, ...]:
        """Return the open items by reason: those first that miss the target by figures that nobody verified."""
        grouped: dict[str, list[Gap]] = {}
        for gap in sorted(self.open, key=lambda gap: not gap.is_presumed_short):
            grouped.setdefault(gap.why, []).append(gap)
        return tuple(Doubts(why, tuple(gaps)) for why, gaps in grouped.items())


def prospect_of(ladder: Ladder, target: Grade) -> Prospect:
    """Return what a package needs for a grade, over all its industries.

    Args:
        ladder: The ladder of the package.
        target: The grade; an industry whose ladder does not have it needs one that is no worse.
    """
    bars: dict[Bar, None] = {}
    doubts: dict[Bar, None] = {}
    gaps: list[Gap] = []
    for one in ladder.every:
        if not one.grades:
            continue
        grade = grade_for(one.grades, target)
        bars |= dict.fromkeys(one.eligibility.bars_of(grade))
        doubts |= dict.fromkeys(one.eligibility.doubts_of(grade))
        for rung in one.rungs:
            held = rung.stands(grade, one.grades)
            if held is not Held.MEETS:
                gaps.append(_gap(one, grade, rung, held))
    without = [one.industry or "行业类型" for one in ladder.every if not one.grades]
    return Prospect(
        target,
        tuple(bars),
        tuple(doubts),
        tuple(gap for gap in gaps if not gap.why),
        tuple(gap for gap in gaps if gap.why),
        (*without, *ladder.ungraded),
    )


def grade_for(grades: tuple[Grade, ...], target: Grade) -> Grade:
    """Return the worst of an industry's grades that is no worse than the target; its best one where none is."""
    good = [grade for grade in grades if rank(grade) <= rank(target)]
    return target if target in grades else good[-1] if good else grades[0]


def _gap(ladder: Ladder, grade: Grade, rung: Rung, held: Held) -> Gap:
    step = rung.step(grade)
    requirement = step.requirement if step else ""
    if held is Held.FAILS:
        return Gap(ladder.industry, grade, rung, requirement)
    if step is None or step.held is Held.OPEN:
        why = (step.why if step else "") or rung.reason
    else:
        why = f"按未经核实的数值{step.held.label}{grade.label}，须查对官方文本"
    return Gap(ladder.industry, grade, rung, requirement, why)
