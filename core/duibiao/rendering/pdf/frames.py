"""Where on its pages a layout draws the blanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from duibiao.rendering.placeholders import places


@dataclass(frozen=True, slots=True)
class Frame:
    """A place for a picture.

    Attributes:
        key: Of the exhibit; "" for a blank that nobody asked for.
        pictures: The dictionary in which the blank stands, and
        name: its name there; LibreOffice has one dictionary for all pages.
        width: Width on paper in points.
        height: Height likewise.
        sheet: Page of the PDF, from 1.
    """

    key: str
    pictures: pikepdf.Object
    name: str
    width: float
    height: float
    sheet: int


def frames(layout: pikepdf.Pdf, keys: Iterable[str]) -> Iterator[Frame]:
    """Yield the frames of a layout, page by page as they are drawn.

    Args:
        layout: The layout as LibreOffice made it.
        keys: The keys of the exhibits.
    """
    known = tuple(keys)
    seen: dict[tuple[int, int], dict[str, str]] = {}
    for sheet, page in enumerate(layout.pages, start=1):
        pictures = page.resources.get("/XObject")
        if pictures is None:
            continue
        holder = page.resources.objgen
        if holder == (0, 0) or holder not in seen:
            seen[holder] = places(pictures.items(), known)
        blanks = seen[holder]
        for name, matrix in _drawn(page) if blanks else ():
            if name in blanks:
                yield Frame(blanks[name], pictures, name, *_size(matrix), sheet)


def _drawn(page: pikepdf.Page) -> Iterator[tuple[str, pikepdf.Matrix]]:
    """Yield what a page draws: its name, and the matrix that the unit square goes through."""
    now, kept = pikepdf.Matrix(), []
    for instruction in pikepdf.parse_content_stream(page, "q Q cm Do"):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "q":
                kept.append(now)
            case "Q" if kept:
                now = kept.pop()
            case "cm":
                now = pikepdf.Matrix(*map(float, operands)) @ now
            case "Do":
                yield str(operands[0]), now


def _size(matrix: pikepdf.Matrix) -> tuple[float, float]:
    return (
        (matrix.a**2 + matrix.b**2) ** 0.5,
        (matrix.c**2 + matrix.d**2) ** 0.5,
    )
