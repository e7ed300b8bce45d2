"""The columns of tables whose cells are made in loops: as many as the widest row has, the table as wide as before."""

from __future__ import annotations

import re

_PIECE = re.compile(
    r'<(/?)w:(tbl|tr|tc|tcPr|trPr)(?=[ >])|<w:(gridCol|gridSpan|gridBefore|gridAfter)(?: w:\w+="([0-9]*)[^"]*")?'
)
_GRID = re.compile(r"<w:tblGrid(?:/>|>.*?</w:tblGrid>)", re.DOTALL)


def fitted(table: str) -> str:
    """Return a table whose grid has as many columns as its widest row.

    Args:
        table: Its XML. Tables in its cells have been through here before.
    """
    widths, columns = _measured(table)
    if not columns or not widths or len(widths) == columns:
        return table
    total = sum(widths)
    if len(widths) < columns:
        mean = total / columns
        share = len(widths) / columns
        widths = [int(width * share) for width in widths]
        widths += [int(mean)] * (columns - len(widths))
    else:
        widths = widths[:columns]
        widths = [int(width + (total - sum(widths)) / columns) for width in widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return _GRID.sub(f"<w:tblGrid>{grid}</w:tblGrid>", table, count=1)


def _measured(table: str) -> tuple[list[int], int]:
    """Return the widths of the columns of a table, and how many its widest row has."""
    widths: list[int] = []
    depth = columns = widest = 0
    for piece in _PIECE.finditer(table):
        closing, element, measure, value = piece.groups()
        if element == "tbl":
            depth += -1 if closing else 1
        elif depth != 1:
            continue
        elif element == "tr":
            widest = max(widest, columns)
            columns = 0
        elif element == "tc" and not closing:
            columns += 1
        elif measure == "gridCol":
            widths.append(int(value or 0))
        elif measure:
            columns += int(value or 0) - (measure == "gridSpan")
    return widths, widest
