"""Lines of text as they stand on a page, and how lines become text again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from duibiao.model.classes import dataclass
from duibiao.model.location import Box

_OFF_MIDDLE = 24.0  # twice the distance of two middles, in points, that are the same
_WIDE = re.compile(
    "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff“”‘’…—·]"
)


_SINGLE = re.compile("(?<![A-Za-z0-9])[A-Za-z]$")


@dataclass(frozen=True, slots=True)
class Column:
    """From where to where something runs across a page."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left

    def is_central(self, outer: Column) -> bool:
        """Return whether it lies in the middle of another one."""
        return abs(self.left + self.right - outer.left - outer.right) < _OFF_MIDDLE


@dataclass(slots=True)
class Segment:
    """A part of a line between gaps, and what stands for the gap before it."""

    left: float
    right: float
    text: str
    before: str = ""


@dataclass(slots=True)
class TextLine:
    """A line of text.

    Attributes:
        segments: Its parts between gaps, from left to right.
        left: Left edge in points, as are the others.
        right: Right edge, blanks at the end left out.
        top: Top edge.
        bottom: Bottom edge.
        base: Base line.
        size: Font size of most of it.
        bold: All of it is bold.
        head: Width of what could not have been left on the line before.
        tail: Width of its last word, 0 where a line may end anywhere.
    """

    segments: list[Segment]
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    head: float
    tail: float

    @property
    def text(self) -> str:
        """The text, wide gaps as tabs."""
        return "".join(segment.before + segment.text for segment in self.segments)

    @property
    def box(self) -> Box:
        """The place."""
        return self.left, self.top, self.right, self.bottom


def is_wide(char: str) -> bool:
    """Return whether a character takes a full square, so that lines may break beside it."""
    return bool(_WIDE.match(char))


def joined(lines: Sequence[TextLine], room: float) -> str:
    """Return the text of the lines of one paragraph.

    Args:
        lines: The lines.
        room: Width of the column that they stand in; a Latin word is broken only where it is wider than that, or
            would leave a single letter behind.
    """
    text = lines[0].text
    for before, line in pairwise(lines):
        one, other = text[-1:], line.text[:1]
        if one.isspace() and (is_wide(text.rstrip()[-1:]) or is_wide(other)):
            text = text.rstrip()
        elif (
            not one.isspace()
            and one.isascii()
            and other.isascii()
            and one.isalnum()
            and other.isalnum()
            and before.tail + line.head <= room
            and not _SINGLE.search(text)
        ):
            text += " "
        text += line.text
    return text.strip()
