"""Performance grades (绩效等级) and how they are written."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from duibiao.model.quantities import halfwidth


class Grade(StrEnum):
    """绩效等级: the labels in use; which of them an industry has is its ladder."""

    A_PLUS = "A+"
    A = "A"
    B = "B"
    B_MINUS = "B-"
    C = "C"
    D = "D"
    LEADING = "引领性"
    NOT_LEADING = "非引领性"
    ADVANCED = "先进性"

    @property
    def label(self) -> str:
        """The grade as documents write it, such as ``A级`` or ``绩效引领性``."""
        if self in (Grade.LEADING, Grade.NOT_LEADING, Grade.ADVANCED):
            return f"绩效{self.value}" if self is not Grade.NOT_LEADING else self.value
        return f"{self.value}级"


SELF_CHOSEN = frozenset({Grade.A_PLUS, Grade.A, Grade.LEADING, Grade.ADVANCED})
"""Grades whose holders choose their own measures in an alert (第五条（二）)."""

BARRED_AFTER_VIOLATION = frozenset(
    {Grade.A_PLUS, Grade.A, Grade.B, Grade.B_MINUS, Grade.LEADING, Grade.ADVANCED}
)
"""Grades that may not be applied for within a year of a violation (第十八条)."""

_PATTERNS: tuple[tuple[Grade, re.Pattern[str]], ...] = (
    (Grade.NOT_LEADING, re.compile(r"非引领性?")),
    (Grade.LEADING, re.compile(r"引领性?")),
    (Grade.ADVANCED, re.compile(r"先进性")),
    (Grade.A_PLUS, re.compile(r"A\+级?", re.IGNORECASE)),
    (Grade.B_MINUS, re.compile(r"B-级?", re.IGNORECASE)),
    (Grade.A, re.compile(r"(?<![A-Za-z])A级|^A$", re.IGNORECASE)),
    (Grade.B, re.compile(r"(?<![A-Za-z])B级|^B$", re.IGNORECASE)),
    (Grade.C, re.compile(r"(?<![A-Za-z])C级|^C$", re.IGNORECASE)),
    (Grade.D, re.compile(r"(?<![A-Za-z])D级|^D$", re.IGNORECASE)),
)


@lru_cache(maxsize=1024)  # rule after rule asks for the same few
def parse_grade(text: str) -> Grade | None:
    """Return the grade that `text` names, or None.

    Args:
        text: Such as ``A级``, ``Ｂ－级``, ``绩效引领性`` or ``A``.
    """
    plain = re.sub(r"[‐‑–—−]", "-", re.sub(r"\s+", "", halfwidth(text)))
    for grade, pattern in _PATTERNS:
        if pattern.search(plain):
            return grade
    return None
