"""What tables, their rows and their columns are called, so that a person finds a cell without counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field

from duibiao.document.model import Block, Cell, Paragraph, Table
from duibiao.model.classes import dataclass
from duibiao.model.location import shorten
from duibiao.model.quantities import halfwidth
from duibiao.recognition.cells import first_cells, one_line
from duibiao.recognition.forms import is_form

_LONGEST_NAME = 20
"""Longest text of a cell, in characters, that a name quotes."""

_LONGEST_TITLE = 40
"""Longest paragraph above a table that may be its title."""

_ENOUGH = 3
"""Cells that a row is named by at most."""


@dataclass(slots=True)
class TableNames:
    """The names in one table; nothing is looked up before a place is put into words.

    Attributes:
        table: The table.
        around: What stands under the same heading, the table among it.
    """

    table: Table
    around: Sequence[Block]
    _rows: list[tuple[str, ...]] = field(default_factory=list)
    _form: list[int | None] = field(default_factory=list)
    _alike: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def words(self, row: int | None, column: int | None) -> Iterator[str]:
        """Yield what leads to a row, a column, a cell, or the whole table where both are None."""
        label, title = self._label(row, column), self._title()
        several = sum(isinstance(block, Table) for block in self.around) > 1
        if several and title:
            yield title
        elif (several and not label) or (row is None and column is None):
            yield title or f"表“{self._beginning()}”"
        if label:
            yield f"“{label}”一格"
            return
        top, depth = self._header()
        if row is not None:
            in_header = top < row <= top + depth
            name = "、".join(self._row(row))
            yield "表头" if in_header else f"“{name}”一行" if name else f"第{row}行"
            if name and not in_header and self._alike[self._row(row)] > 1:
                yield f"第{row}行"
        if column is not None:
            name = self._column(column)
            yield f"“{name}”一列" if name else f"第{column}列"

    def _title(self) -> str:
        """Return the paragraph above the table, where it may be its title, or ""."""
        before = ""
        for block in self.around:
            if block is self.table:
                break
            if not isinstance(block, Paragraph):
                before = ""
            elif block.text.strip():
                before = one_line(block.text)
        if before and len(before) <= _LONGEST_TITLE and before[-1] not in "。；，：:":
            return f"“{before}”"
        return ""

    def _beginning(self) -> str:
        said = (one_line(cell.text) for row in self.table.grid for cell in first_cells(row))
        return shorten("、".join(list(filter(None, said))[:_ENOUGH]), _LONGEST_TITLE)

    def _label(self, row: int | None, column: int | None) -> str:
        """Return the label of a cell of a form, or "" where it is none."""
        if row is None or column is None:
            return ""
        groups = self._groups()
        if groups is None:
            return ""
        cells = list(first_cells(self.table.grid[row - 1]))[groups:]
        for number, cell in enumerate(cells):
            if cell.column <= column < cell.column + cell.colspan:
                return _name(cells[number - number % 2])
        return ""

    def _groups(self) -> int | None:
        """Return how many columns of a form name groups of labels, or None where the table is no form."""
        if not self._form:
            self._form.append(next((n for n in (0, 1) if is_form(self.table, n)), None))
        return self._form[0]

    def _header(self) -> tuple[int, int]:
        """Return how many rows stand above the header (a title), and how many the header has; 0 where there is none."""
        grid = self.table.grid
        top = 0
        while top < len(grid) - 1 and len({id(cell) for cell in grid[top]}) == 1 < len(grid[top]):
            top += 1
        texts = [cell.text for cell in first_cells(grid[top])]
        if len(set(texts)) < len(texts) or any(halfwidth(t).isdecimal() for t in texts):
            return top, 0
        divided = any(cell.colspan > 1 for cell in grid[top])
        return top, max([1 + divided, *(cell.rowspan for cell in grid[top])])

    def _row(self, row: int) -> tuple[str, ...]:
        """Return the first texts of a row that tell it apart from the others, running numbers left out."""
        if not self._rows:
            for cells in self.table.grid:
                names = dict.fromkeys(map(_name, first_cells(cells)))
                self._rows.append(tuple(n for n in names if n and not halfwidth(n).isdecimal()))
            for texts in self._rows:
                self._alike.update({texts[:count] for count in range(1, _ENOUGH + 1)})
        texts = self._rows[row - 1][:_ENOUGH]
        for count in range(1, len(texts)):
            if self._alike[texts[:count]] == 1:
                return texts[:count]
        return texts

    def _column(self, column: int) -> str:
        """Return the header of a column, or ""."""
        top, depth = self._header()
        rows = self.table.grid[top : top + depth]
        return " ".join(filter(None, dict.fromkeys(_name(row[column - 1]) for row in rows)))


def _name(cell: Cell) -> str:
    return shorten(one_line(cell.text), _LONGEST_NAME)
