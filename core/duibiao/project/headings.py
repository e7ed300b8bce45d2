"""Where the headers of a list, or the names of a form's lines, stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duibiao.model.quantities import standard_unit
from duibiao.model.sheets import Field, Sheet
from duibiao.project.catalogue import plain
from duibiao.project.cells import Cell, Cells

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


def headings_of_list(cells: Cells, sheet: Sheet) -> list[Heading]:
    """Return the headers of a list: the row of the first ones in which most fields are named."""
    names = _names(sheet)
    best: list[Heading] = []
    for row in range(1, min(cells.height, _HEADER_ROWS) + 1):
        found = [_understood((row, column), cells, names) for column in range(1, cells.width + 1)]
        if _named(found) > _named(best):
            best = found
    return best


def headings_of_form(cells: Cells, sheet: Sheet) -> list[Heading]:
    """Return the names of a form's lines: the column in which most fields are named."""
    names = _names(sheet)
    best: list[Heading] = []
    for column in range(1, min(cells.width, _HEADER_ROWS) + 1):
        found = [_understood((row, column), cells, names) for row in range(1, cells.height + 1)]
        if _named(found) > _named(best):
            best = found
    return best


def value_column(cells: Cells, labels: Sequence[Heading]) -> int:
    """Return the column of a form's values: the one that says so above, else the next one."""
    first = next(label.cell for label in labels if label.field)
    for row in range(1, first[0]):
        for column in range(1, cells.width + 1):
            if plain(cells.text(row, column)) == VALUE:
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


def _names(sheet: Sheet) -> dict[str, Field]:
    """Return the fields of a sheet by the words of their headers, with their units and without."""
    return {plain(name): field for field in sheet.fields for name in (field.header, field.title)}


def _understood(cell: Cell, cells: Cells, names: Mapping[str, Field]) -> Heading:
    text = cells.text(*cell)
    wanted = plain(_MARKS.sub("", text)) if text else ""
    if field := names.get(wanted):
        return Heading(cell, text, field)
    found = _BRACKETED.fullmatch(wanted)
    if found and (field := names.get(found[1])):
        same = bool(field.unit) and standard_unit(found[2]) == standard_unit(field.unit)
        return Heading(cell, text, field, unit_differs=not same)
    return Heading(cell, text, None)
