"""What the rows and columns of an indicator table are, and what each of its cells says for which grades."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duibiao.document.model import Cell
from duibiao.guide.words import header_grades, indicator_of, is_blank, plain
from duibiao.model.grades import Grade

Grid = tuple[tuple[Cell, ...], ...]

_HEADER_ROWS = 6
_ALONE = frozenset({Grade.LEADING, Grade.ADVANCED})
_OTHER_TABLES = ("预警", "减排措施")


@dataclass(frozen=True, slots=True)
class Columns:
    """列: what the columns of an indicator table are.

    Attributes:
        labels: Number of leading columns that name the indicator and its items.
        grades: Grades of every further column; empty for remarks.
        items: What stands in the header below the grades, by column; "" for nothing.
        turned: The grades stand in rows of the file.
    """

    labels: int
    grades: tuple[tuple[Grade, ...], ...]
    items: tuple[str, ...]
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """一格要求: what one cell asks of which grades.

    Attributes:
        indicator: The indicator as written.
        items: Process, pollutant or whatever else names the row, from the outside in.
        grades: Grades, best first as in the table.
        text: The words of the cell.
        cell: Row and column of the file, counted from 1.
        remark: What the row says in a column of remarks, or "".
        row: Number of the row among all of the table, to find the other grades' cells.
    """

    indicator: str
    items: tuple[str, ...]
    grades: tuple[Grade, ...]
    text: str
    cell: tuple[int, int]
    remark: str = ""
    row: int = 0


def turned(grid: Grid) -> Grid:
    """Return a grid with rows and columns exchanged."""
    return tuple(zip(*grid, strict=True))


def columns_of(grid: Grid, *, is_turned: bool) -> tuple[Columns, int, str] | None:
    """Tell whether a table is an indicator table.

    Args:
        grid: Its rows.
        is_turned: They are the columns of the file.

    Returns:
        Its columns, the first row below the header, and the title that stands in the table, or ""; None for other tables.
    """
    for number, row in enumerate(grid[:_HEADER_ROWS]):
        grades = [() if _spans(row) else header_grades(cell.text) for cell in row]
        if "指标" in row[0].text:
            grades[0] = ()  # 引领性指标 names the column of the indicators
        first = next((column for column, found in enumerate(grades) if found), 0)
        distinct = {grade for found in grades for grade in found}
        if not first or (len(distinct) < 2 and not distinct & _ALONE):
            continue
        start = number + 1
        while start < len(grid) and grid[start][0] is row[0]:
            start += 1
        heads = " ".join(plain(cell.text) for line in grid[:start] for cell in line[:first])
        named = [indicator_of(line[0].text) for line in grid[start:]]
        told = any(named) or "差异化指标" in heads
        if (
            not told
            or any(word in heads for word in _OTHER_TABLES)
            or (is_turned and not any(named))
        ):
            return None
        items = tuple(
            "" if grid[start - 1][column] is cell else grid[start - 1][column].text.strip()
            for column, cell in enumerate(row)
        )
        title = next((line[0].text for line in grid[:number] if _spans(line)), "")
        found = Columns(first, tuple(grades[first:]), items[first:], is_turned)
        return found, start, title
    return None


def _spans(row: Sequence[Cell]) -> bool:
    """Whether a row is one cell from end to end."""
    return len(row) > 1 and row[0] is row[-1]


@dataclass(slots=True)
class Rows:
    """Reads the rows of an indicator table, one part after the other.

    Attributes:
        notes: Notes found in rows of the table.
    """

    columns: Columns
    notes: list[str]
    _indicator: str = ""
    _band: str = ""
    _count: int = 0

    def pieces(self, grid: Grid, start: int, *, goes_on: bool) -> Iterator[tuple[Piece, bool]]:
        """Yield what the cells say, and whether that continues the row before.

        Args:
            grid: The rows of a part.
            start: First row below its header.
            goes_on: There was a part before; a row without a label continues its last row.
        """
        labels = self.columns.labels
        for number in range(start, len(grid)):
            row = grid[number]
            if _spans(row):
                self._across(row[0].text.strip())
                continue
            names = [cell.text.strip() for cell in _once(row[:labels])]
            continues = (
                goes_on
                and number == start
                and not any(names[1:])
                and (not names[0] or names[0] == self._indicator)
            )
            if names[0] and names[0] != self._indicator:
                self._indicator, self._band = names[0], ""
            if not continues:
                self._count += 1
            items = tuple(name for name in (self._band, *names[1:]) if not is_blank(name))
            above = grid[number - 1] if number > start else None
            for piece in self._cells(row, above, items):
                yield piece, continues

    def _across(self, text: str) -> None:
        if plain(text).startswith(("注", "备注", "说明")):
            self.notes.append(text)
        elif indicator_of(text):
            self._indicator, self._band = text, ""
        else:
            self._band = text

    def _cells(
        self, row: Sequence[Cell], above: Sequence[Cell] | None, items: tuple[str, ...]
    ) -> Iterator[Piece]:
        labels = self.columns.labels
        remark = "；".join(
            cell.text.strip()
            for cell, grades in zip(row[labels:], self.columns.grades, strict=True)
            if not grades and not is_blank(cell.text)
        )
        asked: dict[int, tuple[Cell, set[str], list[Grade]]] = {}
        own = {id(cell) for cell in row[:labels]}
        same = above is not None and all(
            mine is theirs for mine, theirs in zip(row[:labels], above[:labels], strict=True)
        )
        for offset, (grades, item) in enumerate(
            zip(self.columns.grades, self.columns.items, strict=True)
        ):
            cell = row[labels + offset]
            if not grades or id(cell) in own or is_blank(cell.text) or header_grades(cell.text):
                continue  # a header that reaches down asks nothing
            if same and above is not None and above[labels + offset] is cell:
                continue
            _, below, held = asked.setdefault(id(cell), (cell, set(), []))
            below.add(item)
            held.extend(grades)
        for cell, below, held in asked.values():
            item = below.pop() if len(below) == 1 else ""
            yield Piece(
                indicator=self._indicator,
                items=(*items, item) if item else items,
                grades=tuple(dict.fromkeys(held)),
                text=cell.text.strip(),
                cell=(cell.row, cell.column),
                remark=remark,
                row=self._count,
            )


def _once(cells: Sequence[Cell]) -> list[Cell]:
    return [
        cell for number, cell in enumerate(cells) if not number or cell is not cells[number - 1]
    ]
