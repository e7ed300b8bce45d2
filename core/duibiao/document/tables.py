"""The grid of a table: where each cell stands, and how far it reaches."""

from __future__ import annotations

from duibiao.document.making import maker
from duibiao.document.model import Cell, Paragraph

MAX_COLUMNS = 256
_cell = maker(Cell)


class Draft:
    """A cell while its table is being read.

    Attributes:
        paragraphs: What stands in it; the reader adds to it.
    """

    __slots__ = ("colspan", "column", "paragraphs", "row", "rowspan")

    def __init__(self, row: int, column: int, colspan: int) -> None:
        """Start an empty cell, one row high."""
        self.row = row
        self.column = column
        self.colspan = colspan
        self.rowspan = 1
        self.paragraphs: list[Paragraph] = []

    def cell(self) -> Cell:
        """Return the finished cell."""
        paragraphs = self.paragraphs
        text = "\n".join([item.text for item in paragraphs]).strip()
        return _cell(self.row, self.column, self.rowspan, self.colspan, tuple(paragraphs), text)


class Grid:
    """Takes the cells of a table in the order of the file."""

    def __init__(self) -> None:
        """Start without rows."""
        self._rows: list[list[Draft]] = []
        self._row: list[Draft] = []
        self._width = 0

    @property
    def positions(self) -> int:
        """Grid positions that the table will have."""
        return len(self._rows) * self._width

    def start_row(self, skipped: int = 0) -> None:
        """Begin a row that leaves its first columns empty."""
        self._row = []
        self._rows.append(self._row)
        for _ in range(min(skipped, MAX_COLUMNS)):
            self.place(1)

    def place(self, colspan: int) -> Draft:
        """Place the next cell of the row, so many grid columns wide; return it to be filled."""
        row = self._row
        width = len(row)
        draft = Draft(len(self._rows), width + 1, colspan)
        if colspan == 1:
            row.append(draft)
        else:
            draft.colspan = colspan = _fitting(colspan, width)
            row.extend([draft] * colspan)
        if width + colspan > self._width:
            self._width = width + colspan
        return draft

    def continued(self, colspan: int, *, down: bool = False, right: bool = False) -> Draft | None:
        """Place a cell that continues the one above or to the left.

        Returns:
            None, since it is swallowed and its content is not shown; the cell to be filled where there is nothing
            to continue, or something with other edges, for then Word shows both.
        """
        row = self._row
        if right and row and row[-1].row == len(self._rows):
            colspan = _fitting(colspan, len(row))
            row[-1].colspan += colspan
            row.extend(row[-1:] * colspan)
            self._width = max(self._width, len(row))
            return None
        above = self._rows[-2][len(row)] if down and self._has_above() else None
        if above is None or above.column != len(row) + 1 or above.colspan != colspan:
            return self.place(colspan)
        above.rowspan += 1
        row.extend([above] * colspan)
        return None

    def finish(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows, all equally long: short ones are filled up with empty cells."""
        cells: dict[Draft, Cell] = {}
        rows = []
        for number, row in enumerate(self._rows, 1):
            while len(row) < self._width:
                row.append(Draft(number, len(row) + 1, 1))
            for draft in row:
                if draft not in cells:
                    cells[draft] = draft.cell()
            rows.append(tuple([cells[draft] for draft in row]))
        return tuple(rows)

    def _has_above(self) -> bool:
        return len(self._rows) > 1 and len(self._row) < len(self._rows[-2])


def _fitting(colspan: int, width: int) -> int:
    return max(1, min(colspan, MAX_COLUMNS - width))
