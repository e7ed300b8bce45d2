"""Bar charts (条形图) as geometry; the template draws them as SVG without styles of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LABEL, WIDTH, ROW = 190, 640, 28
"""Room for labels, whole width and height of a row, in user units."""
_NUMBER = 60
LONGEST = 14
"""Characters of a label that fit; the table beside the chart has it whole."""
MOST = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """条: one bar.

    Attributes:
        label: Label, shortened.
        count: What it stands for.
        y: Upper edge.
        width: Length.
    """

    label: str
    count: int
    y: int
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """条形图.

    Attributes:
        bars: Bars from above.
        height: Height.
        left_out: Number of lines that are in the table alone.
    """

    bars: tuple[Bar, ...]
    height: int
    left_out: int


def chart(lines: Sequence[tuple[str, int]]) -> Chart:
    """Return the chart of some counts; beyond `MOST` lines the rest is left to the table."""
    shown = lines[:MOST]
    greatest = max((count for _, count in shown), default=0) or 1
    room = WIDTH - LABEL - _NUMBER
    bars = tuple(
        Bar(
            label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…",
            count,
            place * ROW,
            round(room * count / greatest, 1),
        )
        for place, (label, count) in enumerate(shown)
    )
    return Chart(bars, len(shown) * ROW, len(lines) - len(shown))
