"""The characters of a PDF page: where they stand and how they look."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from duibiao.document.pdf.shapes import View
from duibiao.document.symbols import UNKNOWN, symbol
from duibiao.model.classes import dataclass
from duibiao.model.location import Box

MAX_CHARACTERS = 200_000
"""Most characters that one page may have."""

_FORCE_BOLD = 1 << 18
_HEAVY = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|simhei|heiti|黑体", re.IGNORECASE)
_HYPHENS = {2: "-", 0xFFFE: "-"}  # what PDFium makes of a hyphen at the end of a line
_INVISIBLE = 3
_PRIVATE = range(0xE000, 0xF900)
_SLANT = 0.1  # rise of a line of text from which on it runs aslant
_STROKED_TOO = 2


class TooComplexError(Exception):
    """A page has more on it than can be read in bounded time."""


class Char(NamedTuple):
    """A character: text, left, right, top, bottom, base line, size in points, bold."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool


@dataclass(slots=True)
class Characters:
    """The text of a page.

    Attributes:
        chars: Characters, blanks included, in no order that could be relied on.
        slanted: Text that runs aslant over the page, such as a watermark.
        invisible: Characters that are there to be searched and not to be seen.
        unknown: Characters of which the file does not say what they are.
        lost: Pieces of text in a font that the file does not hold, of which nothing could be read.
    """

    chars: list[Char] = field(default_factory=list)
    slanted: str = ""
    invisible: int = 0
    unknown: int = 0
    lost: int = 0


class _Look(NamedTuple):
    """How a piece of text looks: font, size in points, bold, not to be seen, aslant."""

    font: str
    size: float
    bold: bool
    hidden: bool
    slanted: bool


_PLAIN = _Look("", 0.0, False, False, False)


def read_characters(source: Any, view: View, pieces: Sequence[Any]) -> Characters:
    """Read the characters of a page; raise TooComplexError where there are too many.

    Args:
        source: The page.
        view: How it is shown.
        pieces: The pieces of text among its objects.
    """
    page = Characters()
    text = source.get_textpage()
    try:
        count = text.count_chars()
        if count > MAX_CHARACTERS:
            raise TooComplexError
        rect, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        run, look = 0, _PLAIN
        seen: set[int] = set()
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if code in (10, 13) or pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            owner = pdfium.FPDFText_GetTextObject(text, index)
            address = ctypes.addressof(owner.contents) if owner else 0
            if address != run or not run:
                run, look = address, _look(text, index, owner)
                seen.add(address)
            if code < 32 and code not in _HYPHENS and code != 9:
                code = 0
            if (
                code == 0
                or 0xD800 <= code < 0xE000
                or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1
            ):
                page.unknown += 1
                continue
            pdfium.FPDFText_GetLooseCharBox(text, index, rect)
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            box = view.box(rect.left, rect.bottom, rect.right, rect.top)
            _, base = view.point(x.value, y.value)
            if not view.holds(box):
                continue
            shown = _HYPHENS.get(code) or _character(code, look.font)
            page.unknown += shown == UNKNOWN
            if look.slanted:
                page.slanted += shown
                continue
            page.invisible += look.hidden and not shown.isspace()
            page.chars.append(Char(shown, *_sides(box), base, look.size, look.bold))
        page.lost = sum(
            ctypes.addressof(piece.contents) not in seen and not _is_embedded(piece)
            for piece in pieces
        )
    finally:
        text.close()
    return page


def _is_embedded(piece: Any) -> bool:
    return bool(pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(piece)))


def _character(code: int, font: str) -> str:
    if code in (9, 160):
        return " "
    return symbol(_symbol_font(font), f"{code:X}") if code in _PRIVATE else chr(code)


def _symbol_font(name: str) -> str:
    """Return the name of a symbol font as Word knows it, of its name in the file: ABCDEF+Wingdings2."""
    if match := re.search(r"(wingdings|symbol)[\s-]*([23]?)", name, re.IGNORECASE):
        return " ".join(filter(None, match.groups()))
    return name


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box[0], box[2], box[1], box[3]


def _look(text: Any, index: int, owner: Any) -> _Look:
    matrix = pdfium.FS_MATRIX()
    size, slanted = pdfium.FPDFText_GetFontSize(text, index), False
    if pdfium.FPDFText_GetMatrix(text, index, matrix):
        size *= (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
        slope = sorted((abs(matrix.a), abs(matrix.b)))
        slanted = slope[0] > _SLANT * slope[1]
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 128, flags)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
    font = name.value.decode("utf-8", "replace")
    bold = (
        mode == _STROKED_TOO
        or bool(flags.value & _FORCE_BOLD)
        or pdfium.FPDFText_GetFontWeight(text, index) >= _HEAVY
        or bool(_BOLD_NAME.search(font))
    )
    return _Look(font, size, bold, mode == _INVISIBLE, slanted)
