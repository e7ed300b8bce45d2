"""What stands on a PDF page, in reading order: lines of text, tables, pictures."""

from __future__ import annotations

from collections.abc import Sequence

from duibiao.document.pdf.chars import Char
from duibiao.document.pdf.grid import PageGrid, grids
from duibiao.document.pdf.lines import lines_of
from duibiao.document.pdf.page import Page
from duibiao.document.pdf.pictures import (
    CellDraft,
    PictureRow,
    TableDraft,
    captioned,
    foreground,
    picture_rows,
)
from duibiao.document.pdf.text import TextLine
from duibiao.model.classes import dataclass

_INSIDE = 3.0  # from the left side of a picture that its cell cuts off on the right

Item = TextLine | TableDraft | PictureRow


@dataclass(slots=True)
class Sheet:
    """A page taken apart.

    Attributes:
        number: Number of the page, counted from 1.
        width: Its width in points.
        height: Its height in points.
        items: What stands on it, from top to bottom.
        crowded: There are too many lines or pictures on it to tell tables and pictures.
    """

    number: int
    width: float
    height: float
    items: list[Item]
    crowded: bool = False


class _Slots:
    """Finds the cell of a ruled table that holds a point."""

    def __init__(self, grid: PageGrid) -> None:
        self.grid = grid
        self.table = TableDraft(grid.box, len(grid.ys) - 1, len(grid.xs) - 1, [], ruled=True)
        self._at: dict[tuple[int, int], CellDraft] = {}
        for place in grid.cells:
            cell = CellDraft(place)
            self.table.cells.append(cell)
            for row in range(place.row, place.row + place.rowspan):
                for column in range(place.column, place.column + place.colspan):
                    self._at[row, column] = cell

    def cell(self, x: float, y: float) -> CellDraft | None:
        square = self.grid.square(x, y)
        return self._at.get(square) if square else None


def lay_out(page: Page) -> Sheet:
    """Take a page apart."""
    found = grids(page.rules)
    tables = [_Slots(grid) for grid in found or ()]
    free: list[Char] = []
    held: dict[int, list[Char]] = {}
    cells = [cell for slots in tables for cell in slots.table.cells]
    for char in page.text.chars:
        at = _cell(tables, (char.left + char.right) / 2, (char.top + char.bottom) / 2)
        if at is None:
            free.append(char)
        else:
            held.setdefault(id(at), []).append(char)
    for cell in cells:
        cell.lines = lines_of(held.get(id(cell), ()))
    lines = lines_of(free)
    images = []
    for image in foreground(page):
        left, top, right, bottom = image.box
        middle = (top + bottom) / 2
        at = _cell(tables, (left + right) / 2, middle) or _cell(tables, left + _INSIDE, middle)
        if at is None:
            images.append(image)
        else:
            at.images.append(image)
    items: list[Item] = [slots.table for slots in tables]
    items += [captioned(row, lines, page.width) or row for row in picture_rows(images)]
    items += lines
    items.sort(key=_order)
    return Sheet(page.number, page.width, page.height, items, page.crowded or found is None)


def _order(item: Item) -> tuple[float, float]:
    """Sort by where things begin; a picture that reaches into a line comes with it."""
    return (item.base - item.size if isinstance(item, TextLine) else item.box[1]), item.box[0]


def _cell(tables: Sequence[_Slots], x: float, y: float) -> CellDraft | None:
    return next((cell for slots in tables if (cell := slots.cell(x, y)) is not None), None)
