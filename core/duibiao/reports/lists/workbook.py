"""Writing a list as an Excel workbook: forms on A4 across, every text a text and never a formula."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any

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

SHEET_NAME = 12
"""Most characters taken of a sheet's name: Excel takes 31 units, two of which may be one letter."""

CUT = "……（后略，单元格已满）"

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]+"
)


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
    rows: tuple[tuple[Cell, ...], ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def render(pages: Iterable[Page]) -> bytes:
    """Return the workbook of some pages; equal pages give equal bytes."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": CREATED})
    styles = _Styles(book)
    taken: set[str] = set()
    for page in pages:
        _write(book.add_worksheet(_sheet_name(page.name, taken)), page, styles)
    book.close()
    return stream.getvalue()


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


def _write(sheet: Worksheet, page: Page, styles: _Styles) -> None:
    for column, width in enumerate(page.widths):
        sheet.set_column(column, column, width)
    last, total = len(page.widths) - 1, sum(page.widths)
    sheet.merge_range(0, 0, 0, last, "", styles.title)
    sheet.write_string(0, 0, printable(page.title), styles.title)
    sheet.set_row(0, 2 * LINE)
    row = 1
    for line in page.above:
        row = _line(sheet, row, last, total, line, styles.line)
    top = row
    heights = [1] * len(page.header)
    for name, (low, high), (left, right) in _merged(page.header):
        if (low, left) != (high, right):
            sheet.merge_range(top + low, left, top + high, right, "", styles.header)
        sheet.write_string(top + low, left, printable(name), styles.header)
        if low == high:
            width = sum(page.widths[left : right + 1])
            heights[low] = max(heights[low], lines_of([name], [width]))
    for height in heights:
        sheet.set_row(row, LINE * height)
        row += 1
    sheet.repeat_rows(top, row - 1)
    sheet.freeze_panes(row, 0)
    for cells in page.rows:
        for column, cell in enumerate(cells):
            _cell(sheet, row, column, cell, styles, narrow=page.widths[column] <= NARROW)
        height = ROW_LINE * lines_of([str(cell) for cell in cells], page.widths) + 4
        sheet.set_row(row, min(height, TALLEST))
        row += 1
    for line in page.below:
        row = _line(sheet, row, last, total, line, styles.line)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C第&P页，共&N页")


def _line(sheet: Worksheet, row: int, last: int, total: int, line: str, style: Format) -> int:
    """Write a line across the table and return the row below it."""
    text, lines = printable(line), lines_of([line], [total])
    sheet.merge_range(row, 0, row, last, "", style)
    sheet.write_string(row, 0, text, style)
    sheet.set_row(row, LINE * lines)
    return row + 1


def _cell(
    sheet: Worksheet, row: int, column: int, cell: Cell, styles: _Styles, *, narrow: bool
) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, printable(cell), styles.word if narrow else styles.text)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, styles.count)
    else:
        sheet.write_number(row, column, float(cell), styles.share)


def _merged(
    header: Sequence[Sequence[str]],
) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Yield the cells of a header with their first and last row and column."""
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


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that Excel accepts for a sheet and that no other one has."""
    plain = re.sub(r"[\[\]:*?/\\']", "", printable(wanted)).strip()[:SHEET_NAME].strip() or "未命名"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain}（{number}）"
    taken.add(name.casefold())
    return name
