"""Tables by meaning: columns recognised by what their header cells say, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from duibiao.document.model import Cell, Table
from duibiao.model.classes import dataclass
from duibiao.model.dates import Day, date_in_cell
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.model.quantities import Measure, parse_quantity, unit_in_header
from duibiao.recognition.cells import compact, first_cells, one_line, place, quote
from duibiao.recognition.forms import BOXES, MARKS, ticked
from duibiao.recognition.headers import Kind, columns_of, headed, reach

_TOTAL = re.compile(r"(?:合计|总计|小计|共计)(?:[(].*[)])?")
_NOTHING = Cell(0, 0, 1, 1, (), "")


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
        places: Where it is a form of one record with labels and values side by side: column → row and column of the
            value in the table; empty otherwise.
        rest: Tables that go on from it, where a page break has cut it.
        lows: Field whose column holds the highest value → column of the lowest.
        pollutant: The pollutant that heads these columns, where each has columns of its own; None otherwise.
    """

    kind: Kind
    table: Table
    caption: Text | None
    columns: Mapping[str, int]
    headers: Mapping[int, str]
    body: tuple[tuple[int, tuple[Cell, ...]], ...]
    base: Location
    turned: bool = False
    places: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    rest: tuple[Frame, ...] = ()
    lows: Mapping[str, int] = field(default_factory=dict)
    pollutant: Text | None = None

    def rows(self) -> Iterator[RowReader]:
        """Yield a reader for every row that is not blank, a repeated header or one cell (a title, a note)."""
        headers = self._header_rows()
        for part in (self, *self.rest):
            for number, cells in part.body:
                texts = tuple(compact(cell.text) for cell in cells)
                if any(texts) and not is_title(cells) and texts not in headers:
                    yield RowReader(part, number, cells)

    def _header_rows(self) -> set[tuple[str, ...]]:
        """Return the rows of the header as they may be repeated further down: each by itself, or all of them as one."""
        rows = {tuple(compact(self.headers[column]) for column in sorted(self.headers))}
        if self.body and not self.turned and not self.places:
            above = self.table.grid[: self.body[0][0] - 1]
            rows |= {tuple(compact(cell.text) for cell in row) for row in above}
        return rows

    def records(self) -> Iterator[RowReader]:
        """Yield a reader for every row that is about one thing: totals left out."""
        return (row for row in self.rows() if not row.is_total())

    def joined(self, following: Frame | None, *, told: bool) -> Frame | None:
        """Return this table with the one that follows it, or None where that is a table of its own.

        Args:
            following: It, or None where its header is not one.
            told: 续表 or the like stands between the two.
        """
        if following is None or following.kind is not self.kind or following.turned != self.turned:
            return None
        if self.places or following.places:
            return None
        titles = [str(item.caption) for item in (self, following) if item.caption]
        if not told and len(set(titles)) > 1:
            return None
        mine, its = (map(compact, item.headers.values()) for item in (self, following))
        if list(mine) != list(its) or not (told or not self._ends_with_total()):
            return None
        return replace(self, rest=(*self.rest, following))

    def _ends_with_total(self) -> bool:
        rows = list(self.rows())
        return bool(rows) and rows[-1].is_total()


@dataclass(frozen=True, slots=True)
class RowReader:
    """One row of a recognised table, read by field."""

    frame: Frame
    number: int
    cells: tuple[Cell, ...]

    @property
    def at(self) -> Location:
        """The place of the row."""
        said = shorten(" | ".join(dict.fromkeys(cell.text for cell in self.cells if cell.text)))
        first = self.cells[0] if self.cells else None
        if self.frame.places:
            return place(self.frame.base, quote=said, cell=first)
        if self.frame.turned:
            return place(self.frame.base, column=self.number, quote=said, cell=first)
        return place(self.frame.base, row=self.number, quote=said, cell=first)

    def cell(self, field: str) -> Cell | None:
        """Return the cell of a field, or None where the table has no such column.

        What is written across several columns belongs to the first of them.
        """
        column = self.frame.columns.get(field)
        if column is None:
            return None
        cell = self.cells[column - 1]
        return cell if cell.column == column else _NOTHING

    def header(self, field: str) -> str:
        """Return the header of a field's column, or "" where the table has no such column."""
        column = self.frame.columns.get(field)
        return "" if column is None else self.frame.headers[column]

    def text(self, field: str) -> Text | None:
        """Return the text of a field, a number that Word counts among it; empty where the cell is, None where there is no such column."""
        cell = self.cell(field)
        if cell is None:
            return None
        written = cell.text or (cell.paragraphs[0].number if cell.paragraphs else "")
        return Located(one_line(written), self._at(field, cell))

    def choice(self, field: str) -> Text | None:
        """Return what is ticked in a field (☑满足 □不满足), or its text where there is nothing to tick."""
        text = self.text(field)
        if text is None or not (words := MARKS.sub("", text.value)) or words == text.value:
            return text
        return Located(ticked(text.value), text.at)

    def ticked(self, field: str) -> Text | None:
        """Return what is ticked in a field besides its text (…满足要求 ☑符合 ☐不符合), or None where no boxes stand."""
        text = self.text(field)
        boxes = BOXES.search(text.value) if text else None
        if text is None or boxes is None:
            return None
        return Located(ticked(boxes.group()), text.at)

    def code(self, field: str) -> Text | None:
        """Return the text of a field without any blanks: a number plate, a VIN."""
        text = self.text(field)
        return text and Located("".join(text.value.split()), text.at)

    def measure(self, field: str) -> Measure | None:
        """Return the quantity of a field, its unit from the cell or the header."""
        cell = self.cell(field)
        if cell is None:
            return None
        unit = unit_in_header(self.header(field))
        written = one_line(cell.text)
        low = self.frame.lows.get(field)
        if low is not None and (lowest := one_line(self.cells[low - 1].text)) not in ("", written):
            written = f"{lowest}~{written}"
        return Located(parse_quantity(written, unit), self._at(field, cell))

    def day(self, field: str) -> Day | None:
        """Return the date of a field, or None where there is none."""
        cell = self.cell(field)
        found = date_in_cell(one_line(cell.text)) if cell else None
        return Located(found, self._at(field, cell)) if found and cell else None

    def is_total(self) -> bool:
        """Return whether the row is a total (合计)."""
        return any(cell.text and _TOTAL.fullmatch(compact(cell.text)) for cell in self.cells)

    def _at(self, field: str, cell: Cell) -> Location:
        row, column = self.number, self.frame.columns[field]
        if self.frame.places:
            row, column = self.frame.places[column]
        elif self.frame.turned:
            row, column = column, row
        return place(self.frame.base, row=row, column=column, quote=quote(cell.text), cell=cell)


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
        The table as the kind of which most columns are found, turned on its side or read as a form of one record if
        need be, or None where no kind fits.
    """
    upright = _frame(table, kinds, base, caption)
    if upright is not None or len(table.grid) < 2:
        return upright
    turned = _frame(_turned(table), kinds, base, caption)
    if turned is not None:
        return replace(turned, table=table, turned=True)
    return _record(table, kinds, base, caption)


def continued(before: Frame, table: Table, base: Location) -> Frame | None:
    """Read a table without a header with the columns of the one before it, or None where it is not as wide."""
    if before.turned or before.places or len(table.grid[0]) != len(before.headers):
        return None
    return replace(before, table=table, base=base, body=tuple(enumerate(table.grid, 1)), rest=())


def _frame(
    table: Table, kinds: Sequence[Kind], base: Location, caption: Text | None
) -> Frame | None:
    best: Frame | None = None
    for headers, body in headed(table):
        plain = {column: compact(header) for column, header in headers.items() if header}
        for kind in kinds:
            columns = columns_of(kind, plain)
            if kind.needed <= columns.keys() and (best is None or len(columns) > len(best.columns)):
                lows = reach(columns, plain)
                best = Frame(kind, table, caption, columns, headers, body, base, lows=lows)
    return best


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


def _record(
    table: Table, kinds: Sequence[Kind], base: Location, caption: Text | None
) -> Frame | None:
    """Read a form that holds one record, its labels and values side by side; None where a label stands twice."""
    rows = [list(first_cells(row)) for row in table.grid]
    if any(len(row) % 2 for row in rows):
        return None
    cells = [cell for row in rows for cell in row]
    labels, values = cells[::2], cells[1::2]
    if len({compact(label.text) for label in labels}) < len(labels):
        return None
    lines = (
        tuple(
            replace(cell, row=number, column=column, rowspan=1, colspan=1)
            for column, cell in enumerate(line, 1)
        )
        for number, line in enumerate((labels, values), 1)
    )
    found = _frame(replace(table, grid=tuple(lines)), kinds, base, caption)
    places = {column: (cell.row, cell.column) for column, cell in enumerate(values, 1)}
    return found and replace(found, table=table, places=places)


def is_title(cells: Sequence[Cell]) -> bool:
    """Return whether a row is one cell: a title of the rows below it, or a note."""
    return len(cells) > 1 and cells[0].colspan == len(cells)
