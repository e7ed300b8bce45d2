"""Texts with their places: paragraphs, cells, and how their line breaks and blanks are folded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duibiao.document.making import maker
from duibiao.document.model import Cell, Paragraph
from duibiao.model.location import QUOTE_LENGTH, Located, Location, Text, shorten
from duibiao.model.quantities import halfwidth

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_FOLDED = re.compile(rf"[\s{_INVISIBLE}]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_BETWEEN_WORDS = re.compile(r"(?<=[0-9A-Za-z])\n(?=[0-9A-Za-z])")
_BLANKS = re.compile(r"\s+")
_location = maker(Location)


def is_plain(text: str) -> bool:
    """Return whether there is nothing to be folded in `text`.

    What is printable has no blanks but the plain one and nothing invisible: that is known a third of the time sooner
    than by the pattern, and nearly always.
    """
    return (text.isprintable() and " " not in text) or not _FOLDED.search(text)


def one_line(text: str) -> str:
    """Return `text` on one line: soft hyphens dropped, runs of blanks folded, trimmed.

    A line break stands for a blank between Latin letters or digits and for nothing elsewhere.
    """
    if is_plain(text):
        return text
    text = _BLANKS.sub(_blank, _HIDDEN.sub("", text).strip())
    return _BETWEEN_WORDS.sub(" ", text).replace("\n", "")


def _blank(run: re.Match[str]) -> str:
    return "\n" if "\n" in run.group() else " "


def quote(text: str) -> str:
    """Return a short quotation of `text`."""
    return text if len(text) <= QUOTE_LENGTH and is_plain(text) else shorten(text)


def compact(text: str) -> str:
    """Return `text` in normal width and without any blanks, as headers and codes are compared."""
    text = halfwidth(text)
    return text if is_plain(text) else _FOLDED.sub("", text)


def first_cells(row: Sequence[Cell]) -> Iterator[Cell]:
    """Yield every cell of a grid row once, however many columns it covers."""
    for column, cell in enumerate(row, 1):
        if cell.column == column:
            yield cell


def has_pictures(cell: Cell) -> bool:
    """Return whether a picture stands in a cell."""
    return any(paragraph.pictures for paragraph in cell.paragraphs)


def place(
    base: Location,
    row: int | None = None,
    column: int | None = None,
    quote: str = "",
    cell: Cell | None = None,
) -> Location:
    """Return a place in the table that stands at `base`; `cell` gives its page and its box."""
    page, box = base.page, None
    if cell is not None:
        box = cell.box
        if cell.paragraphs and (own := cell.paragraphs[0].page) is not None:
            page = own
    return _location(
        base.file,
        base.section,
        base.heading,
        page,
        base.paragraph,
        base.table,
        row,
        column,
        None,
        box,
        quote,
        base.names,
    )


def cell_text(cell: Cell, base: Location) -> Text:
    """Return the text of a cell with its place."""
    written = cell.text
    value = one_line(written)
    said = value if value is written and len(value) <= QUOTE_LENGTH else shorten(written)
    return Located(value, place(base, cell.row, cell.column, said, cell))


def paragraph_text(paragraph: Paragraph, base: Location) -> Text:
    """Return a body paragraph with its place."""
    value = one_line(paragraph.text)
    at = _location(
        file=base.file,
        section=base.section,
        heading=base.heading,
        page=paragraph.page,
        paragraph=paragraph.index,
        box=paragraph.box,
        quote=quote(value),
    )
    return Located(value, at)
