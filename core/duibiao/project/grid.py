"""A sheet of a workbook as texts, and where its headers stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from python_calamine import CalamineSheet

from duibiao.model.quantities import standard_unit
from duibiao.model.sheets import Field, Sheet
from duibiao.project.catalogue import plain
from duibiao.project.seen import Cell, Seen
from duibiao.project.values import date_text, loses_digits, number_text, trimmed

NUMBER = "序号"
"""Header of the first column of a list."""

EXAMPLE = "示例"
"""What the row says in its first column that is not counted."""

LABEL = "填写项"
"""Header of the lines' names in a form."""

VALUE = "填写内容"
"""Header of the lines' values in a form."""

_HEADER_ROWS = 30
_BRACKETED = re.compile(r"(.+?)[（(]([^（()）]+)[）)]")
_MARKS = re.compile(r"[*＊]+|[（(]必填[）)]")


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as texts.

    Attributes:
        rows: Texts from A1 on; "" where a cell is blank.
        seen: What calamine does not tell of it.
        shortened: Cells with numbers that have lost their last digits.
    """

    rows: Sequence[Sequence[str]]
    seen: Seen
    shortened: frozenset[Cell]

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, counted from 1."""
        cells = self.rows[row - 1] if 0 < row <= len(self.rows) else ()
        return cells[column - 1] if 0 < column <= len(cells) else ""

    @property
    def height(self) -> int:
        """Its rows."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """Its columns."""
        return max(map(len, self.rows), default=0)


def make_grid(sheet: CalamineSheet, seen: Seen) -> Grid:
    """Return a sheet as texts; a cell merged downwards counts in each row that has something of its own."""
    shortened: set[Cell] = set()
    rows = []
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        rows.append(
            [_text(value, (number, column), seen) for column, value in enumerate(values, 1)]
        )
        shortened |= {
            (number, column)
            for column, value in enumerate(values, 1)
            if isinstance(value, float) and loses_digits(value)
        }
    alive = [any(row) for row in rows]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for below in range(top + 1, min(bottom + 1, len(rows))):
            if alive[below] and left < len(rows[below]) and not rows[below][left]:
                rows[below][left] = rows[top][left]
    return Grid(rows, seen, frozenset(shortened))


def _text(value: object, cell: Cell, seen: Seen) -> str:
    match value:
        case str():
            return trimmed(value)
        case bool():
            return "是" if value else "否"
        case float() | int():
            return number_text(value, percent=cell in seen.percents)
        case date():
            return date_text(value, month=cell in seen.months)
        case time() | timedelta():
            return str(value)
    return ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A header or a line's name, as it was understood.

    Attributes:
        cell: Where it stands.
        text: What stands there.
        field: The field that it means, or None.
        unit_differs: It names another unit than the field has.
    """

    cell: Cell
    text: str
    field: Field | None
    unit_differs: bool = False


def headings_of_list(grid: Grid, sheet: Sheet) -> list[Heading]:
    """Return the headers of a list: the row of the first ones in which most fields are named."""
    best: list[Heading] = []
    for row in range(1, min(grid.height, _HEADER_ROWS) + 1):
        found = [_understood((row, column), grid, sheet) for column in range(1, grid.width + 1)]
        if _named(found) > _named(best):
            best = found
    return best


def headings_of_form(grid: Grid, sheet: Sheet) -> list[Heading]:
    """Return the names of a form's lines: the column in which most fields are named."""
    best: list[Heading] = []
    for column in range(1, min(grid.width, _HEADER_ROWS) + 1):
        found = [_understood((row, column), grid, sheet) for row in range(1, grid.height + 1)]
        if _named(found) > _named(best):
            best = found
    return best


def value_column(grid: Grid, labels: Sequence[Heading]) -> int:
    """Return the column of a form's values: the one that says so above, else the next one."""
    first = next(label.cell for label in labels if label.field)
    for row in range(1, first[0]):
        for column in range(1, grid.width + 1):
            if plain(grid.text(row, column)) == VALUE:
                return column
    return first[1] + 1


def repeated(headings: Sequence[Heading]) -> Iterator[Heading]:
    """Yield the headings of fields that were named before."""
    counts: Counter[str] = Counter()
    for heading in headings:
        if heading.field is not None:
            counts[heading.field.key] += 1
            if counts[heading.field.key] > 1:
                yield heading


def _named(headings: Sequence[Heading]) -> int:
    return len({heading.field.key for heading in headings if heading.field})


def _understood(cell: Cell, grid: Grid, sheet: Sheet) -> Heading:
    text = grid.text(*cell)
    wanted = plain(_MARKS.sub("", text))
    for field in sheet.fields:
        if wanted and wanted in (plain(field.header), plain(field.title)):
            return Heading(cell, text, field)
    if found := _BRACKETED.fullmatch(wanted):
        for field in sheet.fields:
            if found[1] == plain(field.title):
                same = bool(field.unit) and standard_unit(found[2]) == standard_unit(field.unit)
                return Heading(cell, text, field, unit_differs=not same)
    return Heading(cell, text, None)
