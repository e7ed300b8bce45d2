"""The ladder as a coloured matrix (grades × items): what each cell shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from duibiao.grading.rungs import Held, Rung, Step
from duibiao.model.classes import dataclass
from duibiao.model.grades import Grade

LONGEST = 12
"""Longest requirement, in characters, that a cell shows; longer ones stand in the table below."""

_STANDING = re.compile("［[^］]*］")
_MARKS = {Held.MEETS: "✓", Held.FAILS: "✗"}


@dataclass(frozen=True, slots=True)
class Cell:
    """矩阵的一格.

    Attributes:
        kind: Class of the cell: meets, fails, presumed-meets, presumed-fails (by figures that nobody verified), open
            or missing (nobody knows the requirement).
        mark: ✓ or ✗, in brackets where presumed; ？ where open; 缺 where missing; — where nothing is required.
        text: The requirement, where it is short; limits without their unit.
    """

    kind: str
    mark: str
    text: str


def cell_of(step: Step, rung: Rung, grades: Sequence[Grade]) -> Cell:
    """Return what the cell of an item and a grade shows; an item that reaches a grade reaches those below it.

    Args:
        step: The item held against the grade.
        rung: The item.
        grades: Grades of the ladder, best first.
    """
    text = _STANDING.sub("", step.requirement).replace(" mg/m³", "")
    text = text if len(text) <= LONGEST else ""
    reached = grades.index(rung.reached) if rung.reached in grades else len(grades)
    if step.grade in grades[reached:]:
        return Cell("meets", _MARKS[Held.MEETS], text)
    if step.held is not Held.OPEN:
        mark = _MARKS[step.held]
        if step.verified:
            return Cell(step.held.value, mark, text)
        return Cell(f"presumed-{step.held.value}", f"（{mark}）", text)
    if step.requirement:
        return Cell("open", "？", text)
    return Cell("meets", "—", "") if step.grade is grades[-1] else Cell("missing", "缺", "")
