"""Grades of all industries in one order: an enterprise with several industries has the worst of their grades."""

from __future__ import annotations

from duibiao.model.grades import Grade

GRADES = (
    Grade.A_PLUS,
    Grade.A,
    Grade.LEADING,
    Grade.ADVANCED,
    Grade.B,
    Grade.B_MINUS,
    Grade.C,
    Grade.D,
    Grade.NOT_LEADING,
)
"""Grades of all industries in one order, best first."""


def rank(grade: Grade | None) -> int:
    """Return the place of a grade in that order; the unknown one comes last."""
    return len(GRADES) if grade is None else GRADES.index(grade)
