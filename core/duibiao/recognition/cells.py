"""Tables by meaning: columns recognised by what their header cells say, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from duibiao.document.model import Cell, Paragraph, Table
from duibiao.model.dates import Day, parse_date
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.model.quantities import Measure, halfwidth, parse_quantity, unit_in_header

HEADER_ROWS = 3
"""Rows from the top in which a header is looked for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table.

    Attributes:
        name: What it is, in Chinese.
        columns: Field → pattern that its header must contain; earlier fields take precedence.
        needed: Fields without which it is not this kind.
    """

    name: str
    columns: Mapping[str, str]
    needed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Frame:
    """A recognised table: which column holds what.

    Attributes:
        kind: The kind.
        table: The table.
        caption: Its caption, or None.
        columns: Field → column, counted from 1.
        headers: Column → header text.
        body: Rows below the header, as (row number, cells).
        base: Place of the table.
        turned: Its records stand side by side, one a column, and its labels in the first column.
    """

    kind: Kind
    table: Table
    caption: Text | None
    columns: Mapping[str, int]
    headers: Mapping[int, str]
    body: tuple[tuple[int, tuple[Cell, ...]], ...]
    base: Location
    turned: bool = False

    def rows(self) -> Iterator[RowReader]:
        """Yield a reader for every row that is not blank and not a repeated header."""
        header = [self.headers[column] for column in sorted(self.headers)]
        for number, cells in self.body:
            texts = [cell.text for cell in cells]
            if any(texts) and [_plain(text) for text in texts] != [_plain(text) for text in header]:
                yield RowReader(self, number, cells)


@dataclass(frozen=True, slots=True)
class RowReader:
    """One row of a recognised table, read by field."""

    frame: Frame
    number: int
    cells: tuple[Cell, ...]

    @property
    def at(self) -> Location:
        """The place of the row."""
        quote = shorten(" | ".join(dict.fromkeys(cell.text for cell in self.cells if cell.text)))
        first = self.cells[0] if self.cells else None
        if self.frame.turned:
            return place(self.frame.base, column=self.number, quote=quote, cell=first)
        return place(self.frame.base, row=self.number, quote=quote, cell=first)

    def cell(self, field: str) -> Cell | None:
        """Return the cell of a field, or None where the table has no such column."""
        column = self.frame.columns.get(field)
        return None if column is None else self.cells[column - 1]

    def text(self, field: str) -> Text | None:
        """Return the text of a field; empty where the cell is, None where there is no such column."""
        cell = self.cell(field)
        return None if cell is None else Located(one_line(cell.text), self._at(field, cell))

    def measure(self, field: str) -> Measure | None:
        """Return the quantity of a field, its unit from the cell or the header."""
        cell = self.cell(field)
        if cell is None:
            return None
        unit = unit_in_header(self.frame.headers[self.frame.columns[field]])
        return Located(parse_quantity(one_line(cell.text), unit), self._at(field, cell))

    def day(self, field: str) -> Day | None:
        """Return the date of a field, or None where there is none."""
        cell = self.cell(field)
        found = parse_date(cell.text) if cell else None
        return Located(found, self._at(field, cell)) if found and cell else None

    def is_total(self) -> bool:
        """Return whether the row is a total (合计)."""
        return any(_plain(cell.text) in ("合计", "总计", "小计") for cell in self.cells[:3])

    def _at(self, field: str, cell: Cell) -> Location:
        row, column = self.number, self.frame.columns[field]
        if self.frame.turned:
            row, column = column, row
        return place(self.frame.base, row=row, column=column, quote=shorten(cell.text), cell=cell)


def place(
    base: Location,
    *,
    row: int | None = None,
    column: int | None = None,
    quote: str = "",
    cell: Cell | None = None,
) -> Location:
    """Return a place in the table that stands at `base`; `cell` gives its page and its box."""
    page = cell.page if cell else None
    return Location(
        file=base.file,
        section=base.section,
        heading=base.heading,
        page=base.page if page is None else page,
        paragraph=base.paragraph,
        table=base.table,
        row=row,
        column=column,
        box=cell.box if cell else None,
        quote=quote,
    )


def frame(
    table: Table, kinds: Sequence[Kind], base: Location, caption: Text | None
) -> Frame | None:
    """Recognise a table.

    Args:
        table: The table.
        kinds: Kinds that may stand here.
        base: Place of the table.
        caption: Its caption, or None.

    Returns:
        The table as the kind of which most columns are found, turned on its side if need be, or None where no kind
        fits.
    """
    upright = _frame(table, kinds, base, caption)
    if upright is not None or len(table.grid) < 2:
        return upright
    turned = _frame(_turned(table), kinds, base, caption)
    return turned and replace(turned, turned=True)


def continued(before: Frame, table: Table, base: Location) -> Frame | None:
    """Read a table without a header as the rest of the one before it, which a page break has cut.

    Returns:
        The table with the columns of `before`, or None where it is not as wide.
    """
    if before.turned or not table.grid or len(table.grid[0]) != len(before.headers):
        return None
    return replace(before, table=table, base=base, body=tuple(enumerate(table.grid, 1)))


def _frame(
    table: Table, kinds: Sequence[Kind], base: Location, caption: Text | None
) -> Frame | None:
    best: Frame | None = None
    for depth in range(1, min(HEADER_ROWS, len(table.grid)) + 1):
        headers = _headers(table.grid[:depth])
        for kind in kinds:
            columns = _columns(kind, headers)
            if kind.needed <= columns.keys() and (best is None or len(columns) > len(best.columns)):
                body = tuple(enumerate(table.grid[depth:], depth + 1))
                best = Frame(kind, table, caption, columns, headers, body, base)
    return best


def one_line(text: str) -> str:
    """Return `text` with its line breaks and runs of spaces folded, trimmed."""
    return re.sub(r"[ \t　]+", " ", re.sub(r"\s*\n\s*", "", text)).strip()


def paragraph_text(paragraph: Paragraph, base: Location) -> Text:
    """Return a body paragraph with its place."""
    value = one_line(paragraph.text)
    at = Location(
        file=base.file,
        section=base.section,
        heading=base.heading,
        page=paragraph.page,
        paragraph=paragraph.index,
        box=paragraph.box,
        quote=shorten(value),
    )
    return Located(value, at)


def _turned(table: Table) -> Table:
    """Return a table with rows and columns exchanged."""
    made = {
        id(cell): replace(
            cell,
            row=cell.column,
            column=cell.row,
            rowspan=cell.colspan,
            colspan=cell.rowspan,
        )
        for row in table.grid
        for cell in row
    }
    grid = tuple(
        tuple(made[id(cell)] for cell in column) for column in zip(*table.grid, strict=True)
    )
    return replace(table, grid=grid)


def _headers(rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Join the header rows column by column; a cell that spans a whole row is a caption and left out."""
    width = len(rows[0])
    headers = {}
    for column in range(1, width + 1):
        parts = dict.fromkeys(
            one_line(row[column - 1].text)
            for row in rows
            if row[column - 1].colspan < width or width == 1
        )
        headers[column] = "".join(parts)
    return headers


def _columns(kind: Kind, headers: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for field, pattern in kind.columns.items():
        for column, header in headers.items():
            if column not in found.values() and re.search(pattern, _plain(header)):
                found[field] = column
                break
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", halfwidth(text))
