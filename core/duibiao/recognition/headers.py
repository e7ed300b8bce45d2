"""Headers of tables: where they end, and which column is which by what its cells say."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from duibiao.document.model import Cell, Table
from duibiao.model.classes import dataclass
from duibiao.model.quantities import is_unit
from duibiao.recognition.cells import compact, one_line

HEADER_ROWS = 3
"""Rows from the top in which a header is looked for."""

OUTLET_CODE = re.compile(r"D[A-Z]\d{3,4}", re.IGNORECASE)
"""The code of an outlet, such as DA001."""

_ASIDE = re.compile(r"高度|内径|直径|型号|规格|坐标|经度|纬度|厂家|材质")
"""Headers of columns that are kept as text: more than the forms ask for."""

_LOWEST, _HIGHEST = ("最小", "最低", "下限"), ("最大", "最高", "上限")
_EXTREME = re.compile("|".join((*_LOWEST, *_HIGHEST, "平均")))
"""Words by which the columns of one quantity differ that gives its least, greatest and mean value."""

_NO_UNIT = frozenset(("", "/", "-", "—", "--", "——", "单位"))
_COUNTED = re.compile(r"[台套个条座辆人次年月天米]|m|d|℃|kW|MW")
"""Units of what nothing is calculated with."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table.

    Attributes:
        name: What it is, in Chinese.
        columns: Field → patterns, of which its header must contain one; earlier fields and patterns take precedence.
        needed: Fields without which it is not this kind.
    """

    name: str
    columns: Mapping[str, tuple[re.Pattern[str], ...]]
    needed: frozenset[str]


def headed(
    table: Table,
) -> Iterator[tuple[dict[int, str], tuple[tuple[int, tuple[Cell, ...]], ...]]]:
    """Yield what may be the header, column → text, with the numbered rows below it."""
    for depth in range(1, min(HEADER_ROWS, len(table.grid)) + 1):
        if any(cell.row + cell.rowspan - 1 > depth for cell in table.grid[depth - 1]):
            continue  # a header ends where none of its cells goes on
        if depth > 1 and not any(map(_divided, table.grid[:depth])):
            continue  # rows that are each complete are records, not one header
        if any(OUTLET_CODE.fullmatch(compact(cell.text)) for cell in table.grid[depth - 1]):
            continue  # a row about one outlet is a record
        headers, first = _headers(table.grid[:depth]), depth
        if depth < len(table.grid) and (units := _units(table.grid[depth])):
            first += 1
            for column, unit in units.items():
                headers[column] += f"({unit})"
        yield headers, tuple(enumerate(table.grid[first:], first + 1))


def _units(row: Sequence[Cell]) -> dict[int, str]:
    """Return the units, column by column, of a row below a header that holds nothing else; none where it is no such row."""
    said = {column: compact(cell.text).strip("()") for column, cell in enumerate(row, 1)}
    units = {column: unit for column, unit in said.items() if unit not in _NO_UNIT}
    whole = all(is_unit(unit) or _COUNTED.fullmatch(unit) for unit in units.values())
    return units if whole and any(map(is_unit, units.values())) else {}


def _divided(row: Sequence[Cell]) -> bool:
    """Return whether a row has a cell that is blank or covers several rows or columns."""
    return any(not cell.text or cell.rowspan > 1 or cell.colspan > 1 for cell in row)


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


def columns_of(kind: Kind, headers: Mapping[int, str]) -> dict[str, int]:
    """Return the column of each field of a kind that a header has; the header texts are compact."""
    found: dict[str, int] = {}
    for name, patterns in kind.columns.items():
        for pattern in patterns:
            column = _column(pattern, headers, found.values())
            if column is not None:
                found[name] = column
                break
    return found


def reach(columns: dict[str, int], headers: Mapping[int, str]) -> dict[str, int]:
    """Lead the fields that have a column for the highest value to it; return the columns of the lowest values."""
    lows: dict[str, int] = {}
    for name, column in columns.items():
        if not _EXTREME.search(headers[column]):
            continue
        stem = _EXTREME.sub("", headers[column])
        for other, header in headers.items():
            extreme = _EXTREME.search(header)
            if extreme is None or _EXTREME.sub("", header) != stem:
                continue
            if extreme.group() in _HIGHEST:
                columns[name] = other
            elif extreme.group() in _LOWEST:
                lows[name] = other
    return {name: low for name, low in lows.items() if columns[name] != low}


def _column(
    pattern: re.Pattern[str], headers: Mapping[int, str], taken: Collection[int]
) -> int | None:
    for column, header in headers.items():
        if column not in taken and pattern.search(header) and not _ASIDE.search(header):
            return column
    return None
