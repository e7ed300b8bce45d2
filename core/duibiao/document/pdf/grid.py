"""The grids that ruled lines make on a page: which cells there are, and how far each reaches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from duibiao.model.classes import dataclass
from duibiao.model.location import Box

MAX_LINES = 2_000
"""Most lines, after joining, in which grids are looked for on one page."""

_SAME = 2.0  # lines closer than this, in points, are one
_REACH = 3.5  # and one that ends this near another touches it
_SHORTEST = 4.0
_OPEN = 12.0  # a side without a line is open where the lines stick out so far


@dataclass(slots=True)
class Line:
    """A ruled line: its place across, and from where to where it runs."""

    at: float
    start: float
    end: float

    def covers(self, low: float, high: float) -> bool:
        """Return whether it runs along the middle of a stretch."""
        return self.start - _REACH <= (low + high) / 2 <= self.end + _REACH


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: grid row and column counted from 1, rows and columns covered, place."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True, slots=True)
class PageGrid:
    """A ruled table.

    Attributes:
        xs: Edges of its columns.
        ys: Edges of its rows.
        cells: Its cells, row by row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        """Its place."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def square(self, x: float, y: float) -> tuple[int, int] | None:
        """Return row and column, counted from 1, of the square that holds a point, or None."""
        column, row = bisect_right(self.xs, x), bisect_right(self.ys, y)
        inside = 0 < column < len(self.xs) and 0 < row < len(self.ys)
        return (row, column) if inside else None


def grids(rules: Iterable[Box]) -> list[PageGrid] | None:
    """Find the tables that lines make, from top to bottom; those inside a cell of another are left out.

    Returns:
        The tables; None where there are too many lines to look.
    """
    across, down = [], []
    for left, top, right, bottom in rules:
        if right - left >= bottom - top:
            across.append(Line((top + bottom) / 2, left, right))
        else:
            down.append(Line((left + right) / 2, top, bottom))
    across, down = _joined(across), _joined(down)
    if len(across) + len(down) > MAX_LINES:
        return None
    found = [grid for part in _touching(across, down) if (grid := _grid(*part)) is not None]
    found = [grid for grid in found if len(grid.cells) > 1]
    kept = [grid for grid in found if not any(_within(grid, other) for other in found)]
    return sorted(kept, key=lambda grid: (grid.box[1], grid.box[0]))


def _joined(lines: list[Line]) -> list[Line]:
    """Join pieces of the same line."""
    lines.sort(key=lambda line: (line.at, line.start))
    bands: list[list[Line]] = []
    for line in lines:
        if bands and line.at - bands[-1][0].at <= _SAME:
            bands[-1].append(line)
        else:
            bands.append([line])
    joined = []
    for band in bands:
        at = sum(line.at for line in band) / len(band)
        band.sort(key=lambda line: line.start)
        pieces = [Line(at, band[0].start, band[0].end)]
        for line in band[1:]:
            if line.start - pieces[-1].end <= _REACH:
                pieces[-1].end = max(pieces[-1].end, line.end)
            else:
                pieces.append(Line(at, line.start, line.end))
        joined += [piece for piece in pieces if piece.end - piece.start >= _SHORTEST]
    return joined


def _touching(across: list[Line], down: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Sort lines into groups of those that touch, directly or by way of others."""
    groups: list[tuple[list[Line], list[Line]]] = []
    for line in across:
        touched = [group for group in groups if any(_meet(line, upright) for upright in group[1])]
        fresh = [
            upright
            for upright in down
            if _meet(line, upright) and not any(upright in group[1] for group in touched)
        ]
        merged = ([line], fresh)
        for group in touched:
            merged[0].extend(group[0])
            merged[1].extend(group[1])
            groups.remove(group)
        groups.append(merged)
    return [group for group in groups if len(group[0]) > 1 and len(group[1]) > 0]


def _meet(across: Line, down: Line) -> bool:
    return (
        across.start - _REACH <= down.at <= across.end + _REACH
        and down.start - _REACH <= across.at <= down.end + _REACH
    )


def _grid(across: list[Line], down: list[Line]) -> PageGrid | None:
    left, right = min(line.start for line in across), max(line.end for line in across)
    top, bottom = min(line.at for line in across), max(line.at for line in across)
    xs = {line.at for line in down}
    for side, nearest in ((left, min(xs)), (right, max(xs))):
        if abs(side - nearest) > _OPEN:
            down = [*down, Line(side, top, bottom)]
            xs.add(side)
    columns, rows = _clustered(xs), _clustered({line.at for line in across})
    if len(columns) < 2 or len(rows) < 2:
        return None
    return PageGrid(tuple(columns), tuple(rows), tuple(_cells(across, down, columns, rows)))


def _clustered(values: Iterable[float]) -> list[float]:
    clusters: list[list[float]] = []
    for value in sorted(values):
        if clusters and value - clusters[-1][0] <= _REACH:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return [sum(cluster) / len(cluster) for cluster in clusters]


def _cells(
    across: list[Line], down: list[Line], xs: Sequence[float], ys: Sequence[float]
) -> Iterable[GridCell]:
    """Yield the cells: squares of the grid with no line between them are one, if they make a rectangle."""
    height, width = len(ys) - 1, len(xs) - 1
    right_of = [[line for line in down if abs(line.at - x) <= _REACH] for x in xs]
    below = [[line for line in across if abs(line.at - y) <= _REACH] for y in ys]
    walls = [
        [any(line.covers(ys[r], ys[r + 1]) for line in right_of[c + 1]) for c in range(width)]
        for r in range(height)
    ]
    floors = [
        [any(line.covers(xs[c], xs[c + 1]) for line in below[r + 1]) for c in range(width)]
        for r in range(height)
    ]
    taken = [[False] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if taken[row][column]:
                continue
            end = column + 1
            while end < width and not walls[row][end - 1] and not taken[row][end]:
                end += 1
            last = row + 1
            while last < height and _open(floors, walls, last, column, end):
                last += 1
            for r in range(row, last):
                taken[r][column:end] = [True] * (end - column)
            box = (xs[column], ys[row], xs[end], ys[last])
            yield GridCell(row + 1, column + 1, last - row, end - column, box)


def _open(
    floors: list[list[bool]], walls: list[list[bool]], row: int, start: int, end: int
) -> bool:
    """Return whether the squares of a row belong to those above them."""
    return not any(floors[row - 1][start:end]) and not any(walls[row][start : end - 1])


def _within(grid: PageGrid, other: PageGrid) -> bool:
    if grid is other:
        return False
    left, top, right, bottom = grid.box
    return any(
        cell.box[0] - _SAME <= left
        and cell.box[1] - _SAME <= top
        and right <= cell.box[2] + _SAME
        and bottom <= cell.box[3] + _SAME
        for cell in other.cells
    )
