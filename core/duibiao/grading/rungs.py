"""A rung of the ladder: one item, how it stands to every grade, and the best grade that it reaches."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from duibiao.law.provenance import Provenance
from duibiao.model.classes import dataclass
from duibiao.model.grades import Grade
from duibiao.model.location import Location

LIMITS = "排放限值"
"""The indicator that is judged outlet by outlet."""

MISSING = "没有查到{}（缺）"
"""Why nothing can be held against a grade whose figure nobody knows."""


class Held(StrEnum):
    """对照结果: how an item stands to one grade."""

    MEETS = "meets"
    FAILS = "fails"
    OPEN = "open"

    @property
    def label(self) -> str:
        """The result in Chinese."""
        return {"meets": "达到", "fails": "达不到", "open": "不能判断"}[self.value]


@dataclass(frozen=True, slots=True)
class Step:
    """阶梯的一格: one item held against one grade.

    Attributes:
        grade: The grade.
        requirement: What it requires, with the standing; "" where that is not known or nothing is required.
        held: How the item stands to it.
        verified: Whether that rests on verified figures only; where not, a person has to verify them.
        grounds: The row of the law that decided, or None.
        why: Why it cannot be told, or "".
    """

    grade: Grade
    requirement: str
    held: Held
    verified: bool = False
    grounds: Provenance | None = None
    why: str = ""

    @property
    def is_told(self) -> bool:
        """Whether the item is known to meet the grade, or to miss it."""
        return self.verified and self.held is not Held.OPEN


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
        line: Production line (生产线) that the item belongs to, or "".
        process: Process (工序) as the industry calls it, or "".
        steps: How it stands to each grade, best first; empty without a ladder.
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
    line: str = ""
    process: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def place(self) -> str:
        """Line and process in one; 全厂 for what concerns the whole enterprise."""
        known = "　".join(filter(None, (self.line, self.process)))
        return known or ("未识别的工序" if self.indicator == LIMITS else "全厂")

    def step(self, grade: Grade | None) -> Step | None:
        """Return how the item stands to a grade, or None where the ladder does not have it."""
        return next((step for step in self.steps if step.grade is grade), None)

    def stands(self, target: Grade, ladder: Sequence[Grade]) -> Held:
        """Return how the item stands to a target, by verified judgement only.

        Args:
            target: A grade of the ladder.
            ladder: Grades, best first.
        """
        if target is ladder[-1]:
            return Held.MEETS
        if self.reached in ladder:
            good = ladder.index(self.reached) <= ladder.index(target)
            return Held.MEETS if good else Held.FAILS
        step = self.step(target)
        return step.held if step is not None and step.is_told else Held.OPEN


@dataclass(frozen=True, slots=True)
class Outcome:
    """达到的等级: what the steps of an item come to; see the fields of `Rung` by the same names."""

    reached: Grade | None
    reason: str
    grounds: Provenance | None = None
    verified: bool = False


def outcome_of(steps: Sequence[Step], noun: str) -> Outcome:
    """Return the best grade that is met, why it is no better or cannot be told, what decided, and if it is verified.

    One figure on the way that nobody verified leaves the grade open; the reason then says what it would be. The lowest
    grade is what remains, whatever it requires.

    Args:
        steps: The item held against every grade, best first.
        noun: What the grades require, such as 限值.
    """
    if not steps:
        return Outcome(None, "该行业的等级设置尚未查明")
    lowest = steps[-1].grade
    verified = True
    decided: Step | None = None
    for step in steps:
        if step.grade is lowest and decided is not None and not step.requirement:
            break
        if step.held is Held.OPEN:
            return Outcome(None, f"{step.grade.label}：{step.why}", step.grounds)
        verified = verified and step.verified
        if step.held is Held.MEETS:
            if not verified:
                return Outcome(None, f"按未经核实的{noun}可达{step.grade.label}", step.grounds)
            why = f"高一级的{noun}未达到" if decided else ""
            return Outcome(step.grade, why, step.grounds, verified=True)
        decided = step
    grounds = decided.grounds if decided else None
    if not verified:
        return Outcome(None, f"按未经核实的{noun}只能为{lowest.label}", grounds)
    return Outcome(lowest, f"没有达到更高等级的{noun}", grounds, verified=True)


def next_grade(ladder: Sequence[Grade], grade: Grade | None) -> Grade | None:
    """Return the next better grade, or None at the top or where the ladder does not have the grade."""
    if grade is None or grade not in ladder or grade is ladder[0]:
        return None
    return ladder[ladder.index(grade) - 1]


def make_rung(
    steps: Sequence[Step],
    declared: Grade | None,
    noun: str,
    *,
    indicator: str,
    item: str,
    value: str,
    at: Location,
    line: str = "",
    process: str = "",
    unranked: str = "",
) -> Rung:
    """Return the rung of an item: the grade that it reaches, with what the declared and the next grade require.

    Args:
        steps: The item held against every grade, best first.
        declared: The grade applied for, or None.
        noun: What the grades require, such as 限值.
        indicator: See `Rung`, as all that follow.
        item: The item.
        value: Its value as written.
        at: Where it stands.
        line: Its production line.
        process: Its process.
        unranked: What the declared grade requires where the ladder does not have it.
    """
    outcome = outcome_of(steps, noun)
    required = {step.grade: step.requirement for step in steps}
    following = next_grade(tuple(required), outcome.reached or declared)
    return Rung(
        indicator=indicator,
        item=item,
        value=value,
        at=at,
        reached=outcome.reached,
        requirement=required.get(declared, unranked) if declared else "",
        next_grade=following,
        next_requirement=required[following] if following else "",
        grounds=outcome.grounds,
        verified=outcome.verified,
        reason=outcome.reason,
        line=line,
        process=process,
        steps=tuple(steps),
    )
