"""Where a value stands in what was handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Generic, Protocol, TypeVar

from duibiao.model.classes import dataclass

T = TypeVar("T")

Box = tuple[float, float, float, float]
"""A place on a page: left, top, right and bottom in points (1/72 inch) from its upper left corner."""

QUOTE_LENGTH = 60
"""Longest quote, in characters, that a location carries."""


def shorten(text: str, length: int = QUOTE_LENGTH) -> str:
    """Return `text` on one line, cut to `length` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


class Names(Protocol):
    """What a table, its rows and its columns are called."""

    def words(self, row: int | None, column: int | None) -> Iterator[str]:
        """Yield what leads to a row, a column, a cell, or the whole table where both are None."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a value stands: file, section, and paragraph or table cell.

    Attributes:
        file: Name of the file as the user knows it.
        section: Section path in the official outline of 附件4, such as ``五.2.13.1``; "" before the first one.
        heading: The heading as it is shown, such as ``2.13.1 除尘设施``.
        page: Physical page, counted from 1, or None where it is not known.
        paragraph: Paragraph number in the file, counted from 1.
        table: Table number in the file, counted from 1.
        row: Row in the table (or sheet), counted from 1.
        column: Column in the table (or sheet), counted from 1.
        sheet: Sheet of a workbook.
        box: Place on the page, where the file has fixed pages.
        quote: A short quotation of what stands there.
        names: The names in its table; places are equal without them.
    """

    file: str = ""
    section: str = ""
    heading: str = ""
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    box: Box | None = None
    quote: str = ""
    names: Names | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """Return the place in words that a clerk can follow, without the file name and the quote."""
        return "，".join(self._words())

    def quoted(self, gap: str = " ") -> str:
        """Return the place with what stands there, once, with `gap` between."""
        place = str(self)
        return place if self.quote in place else f"{place}{gap}“{self.quote}”"

    def _words(self) -> Iterator[str]:
        heading = self.heading or self.section
        if heading or self.sheet is None:
            yield heading or "正文"
        if self.page is not None:
            yield f"第{self.page}页"
        if self.sheet is not None:
            yield f"工作表“{self.sheet}”"
        if self.table is not None and self.names is not None:
            yield from self.names.words(self.row, self.column)
            return
        if self.table is not None:
            yield f"第{self.table}个表格"
        if self.sheet is not None and self.row is not None and self.column is not None:
            yield f"单元格{_letters(self.column)}{self.row}"
            return
        if self.row is not None:
            in_text = self.file and self.table is None and self.sheet is None
            yield f"《{self.file}》第{self.row}行" if in_text else f"第{self.row}行"
        if self.column is not None:
            yield f"第{self.column}列"


def _letters(column: int) -> str:
    """Return a column as spreadsheets call it: A for 1, AA for 27."""
    above, last = divmod(column - 1, 26)
    return (_letters(above) if above else "") + chr(ord("A") + last)


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value together with the place where it was read."""

    value: T
    at: Location

    def __str__(self) -> str:
        """Return the value as text."""
        return str(self.value)


Text = Located[str]
"""A piece of text and its place."""
