"""Writing a list as an Excel workbook: forms on A4 across, every text a text and never a formula.

Rows are written as they come and none is kept; what a sheet of Excel cannot take goes on in a further sheet.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal
"""A text, a count, or a share with two decimals."""

BODY, HEAD = "仿宋", "黑体"
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no zones
"""Stands in every workbook, so that equal lists are equal files."""

LINE, ROW_LINE = 18, 14
"""Heights of a line outside and inside the table, in points."""

TALLEST = 409
"""Greatest height of a row in Excel, in points."""

NARROW = 19
"""Columns up to this width are centred."""

LONGEST = 32_767
"""Most UTF-16 units that Excel takes in a cell."""

MOST_ROWS = 1_000_000
"""Most rows of a table in one sheet: Excel takes 1,048,576 with the lines above and below."""

SHEET_NAME = 12
"""Most characters taken of a sheet's name: Excel takes 31 units, two of which may be one letter."""

CUT = "……（后略，单元格已满）"

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]+"
)


Row = tuple[Cell, ...]


class Rows:
    """表格的各行, made anew whenever somebody goes through them, so that nobody has to keep them."""

    def __init__(self, make: Callable[[], Iterable[Row]]) -> None:
        """Remember what makes them."""
        self._make = make

    def __iter__(self) -> Iterator[Row]:
        """Make them."""
        return iter(self._make())

    def __eq__(self, other: object) -> bool:
        """Whether the other ones are the same."""
        return tuple(self) == (tuple(other) if isinstance(other, Rows) else other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Page:
    """工作表: one form with its table.

    Attributes:
        name: Name of the sheet; made fit and unique when it is written.
        title: Title.
        header: Header rows; equal neighbours are one cell.
        widths: Widths of the columns in characters.
        rows: Rows of the table.
        above: Lines between title and table.
        below: Lines below the table.
    """

    name: str
    title: str
    header: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    rows: Rows | tuple[Row, ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def render(pages: Iterable[Page]) -> bytes:
    """Return the workbook of some pages; equal pages give equal bytes."""
    stream = BytesIO()
    _write_book(pages, stream, None)
    return stream.getvalue()


def render_to(pages: Iterable[Page], path: Path, folder: Path) -> None:
    """Write the workbook of some pages, however many rows they have.

    Args:
        pages: The pages.
        path: The file.
        folder: Where halves lie meanwhile.

    Raises:
        OSError: If it cannot be written.
    """
    with path.open("wb") as stream:
        _write_book(pages, stream, folder)


def _write_book(pages: Iterable[Page], stream: IO[bytes], folder: Path | None) -> None:
    options = {"constant_memory": True, "tmpdir": folder and str(folder)}
    book = xlsxwriter.Workbook(stream, options)
    book.use_zip64()
    book.set_properties({"created": CREATED})
    styles = _Styles(book)
    taken: set[str] = set()
    for page in pages:
        for part in _parts(page.rows):
            _write(book.add_worksheet(_sheet_name(page.name, taken)), page, part, styles)
    book.close()


def _parts(rows: Iterable[Row]) -> Iterator[Iterable[Row]]:
    """Give the rows of one sheet after the other; each part is to be gone through before the next."""
    coming = iter(rows)
    yield islice(coming, MOST_ROWS)
    for row in coming:
        yield chain((row,), islice(coming, MOST_ROWS - 1))


class _Styles:
    """The formats of a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        def style(font: str, size: int, **more: Any) -> Format:
            every = {"text_wrap": True, "valign": "vcenter", "num_format": "@"}
            return book.add_format({"font_name": font, "font_size": size, **every, **more})

        self.title = style(HEAD, 18, align="center")
        self.line = style(BODY, 11)
        self.header = style(HEAD, 11, align="center", border=1)
        self.text = style(BODY, 10, border=1)
        self.word = style(BODY, 10, border=1, align="center")
        self.count = style(BODY, 10, border=1, align="center", num_format="0")
        self.share = style(BODY, 10, border=1, align="center", num_format="0.00")


def _write(sheet: Worksheet, page: Page, rows: Iterable[Row], styles: _Styles) -> None:
    """Write a page into a sheet, row by row: what is above the row in hand is out of reach."""
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    last, total = len(page.widths) - 1, sum(page.widths)
    row = _line(sheet, 0, last, page.title, styles.title, 2 * LINE)
    for line in page.above:
        row = _line(sheet, row, last, line, styles.line, LINE * lines_of([line], [total]))
    top = row
    row = _header(sheet, top, page, styles.header)
    sheet.repeat_rows(top, row - 1)
    sheet.freeze_panes(row, 0)
    for cells in rows:
        height = ROW_LINE * lines_of([str(cell) for cell in cells], page.widths) + 4
        sheet.set_row(row, min(height, TALLEST))
        for column, cell in enumerate(cells):
            _cell(sheet, row, column, cell, styles, narrow=page.widths[column] <= NARROW)
        _let_go(sheet, row - 1)
        row += 1
    for line in page.below:
        row = _line(sheet, row, last, line, styles.line, LINE * lines_of([line], [total]))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C第&P页，共&N页")


def _let_go(sheet: Worksheet, row: int) -> None:
    """Forget the height of a row that is written: the library keeps it for pictures and for files that it writes at the end."""
    sheet.row_info.pop(row, None)
    sheet.row_sizes.pop(row, None)


def _header(sheet: Worksheet, top: int, page: Page, style: Format) -> int:
    """Write the header and return the row below it."""
    texts = {}
    heights = [1] * len(page.header)
    for name, (low, high), (left, right) in merged(page.header):
        texts[low, left] = name
        if (low, left) != (high, right):
            # merge_range would write rows below before this one is complete
            sheet.merge.append([top + low, left, top + high, right])
        if low == high:
            width = sum(page.widths[left : right + 1])
            heights[low] = max(heights[low], lines_of([name], [width]))
    for low, height in enumerate(heights):
        sheet.set_row(top + low, LINE * height)
        for column in range(len(page.widths)):
            _text(sheet, top + low, column, texts.get((low, column), ""), style)
    return top + len(heights)


def _line(sheet: Worksheet, row: int, last: int, line: str, style: Format, height: int) -> int:
    """Write a line across the table and return the row below it."""
    sheet.set_row(row, height)
    sheet.merge_range(row, 0, row, last, "", style)
    _text(sheet, row, 0, line, style)
    return row + 1


def _cell(
    sheet: Worksheet, row: int, column: int, cell: Cell, styles: _Styles, *, narrow: bool
) -> None:
    if isinstance(cell, str):
        _text(sheet, row, column, cell, styles.word if narrow else styles.text)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, styles.count)
    else:
        sheet.write_number(row, column, float(cell), styles.share)


def _text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text: blank where there is none."""
    sheet.write_string(row, column, printable(text), style)


def merged(
    header: Sequence[Sequence[str]],
) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Yield the cells of a header, each once, with their first and last row and column: equal neighbours are one."""
    done: set[tuple[int, int]] = set()
    for row, names in enumerate(header):
        for column, name in enumerate(names):
            if (row, column) in done:
                continue
            right = column
            while right + 1 < len(names) and names[right + 1] == name:
                right += 1
            low = row
            while low + 1 < len(header) and header[low + 1][column] == name:
                low += 1
            done |= {(r, c) for r in range(row, low + 1) for c in range(column, right + 1)}
            yield name, (row, low), (column, right)


def printable(value: str) -> str:
    """Return foreign text as a cell may hold it: printable, on lines, and not too long."""
    text = _UNPRINTABLE.sub(" ", value)
    if 2 * len(text) <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def lines_of(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return how many lines a row needs: programs differ in finding it out by themselves."""
    return max(
        sum(max(1, math.ceil(_width(line) / (0.92 * width))) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )


class _Widths(dict[str, int]):
    """Widths of letters: a Chinese one is two."""

    def __missing__(self, letter: str) -> int:
        self[letter] = width = 2 if unicodedata.east_asian_width(letter) in "WFA" else 1
        return width


_WIDTHS = _Widths()


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_WIDTHS.__getitem__, text))


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel accepts for a sheet and that no other one has."""
    plain = re.sub(r"[\[\]:*?/\\']", "", printable(wanted)).strip()[:SHEET_NAME].strip() or "未命名"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain}（{number}）"
    taken.add(name.casefold())
    return name
