"""The passage of a document (原文片段) at which a finding stands, from the view that `duibiao.work.viewing` makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

BEFORE, AFTER = 20, 30
"""Most blocks that are shown before and after the one that is meant, should no heading come earlier."""
ROWS = 25
"""Rows that are shown on each side of the one that is meant."""
ROWS_BESIDE = 12
"""Rows that are shown of other tables."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown.

    Attributes:
        cell: The cell as the view has it.
        rowspan: Rows that it covers in what is shown.
        mark: ``here`` for the place itself, ``also`` for a place that belongs to it, "" for neither.
    """

    cell: Json
    rowspan: int
    mark: str


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph or table of a passage.

    Attributes:
        block: As the view has it.
        mark: Of a paragraph, as `Shown` has it.
        rows: Of a table: row number and its cells.
        gaps: Numbers of rows before which rows are left out; one past the last row stands for the end.
    """

    block: Json
    mark: str = ""
    rows: tuple[tuple[int, tuple[Shown, ...]], ...] = ()
    gaps: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """原文片段.

    Attributes:
        number: Place of the document in the view, from 0.
        document: Name of the document.
        found: Whether the place was found in it.
        parts: What is shown of a document without fixed pages.
        page: Page that is shown of a document with fixed pages, from 1; 0 for none.
        pages: How many it has.
        size: Width and height of the page in points.
        boxes: Boxes on the page, each with its mark; the place itself first.
    """

    number: int
    document: str
    found: bool
    parts: tuple[Part, ...] = ()
    page: int = 0
    pages: int = 0
    size: tuple[float, float] = (0, 0)
    boxes: tuple[tuple[str, Sequence[float]], ...] = ()


def passage(view: Json, at: Json, also: Sequence[Json] = (), page: int = 0) -> Passage:
    """Return what to show of a view for a place.

    Args:
        view: The view.
        at: The place, as reports give it.
        also: Places that belong to it.
        page: Another page to show of a document with fixed pages; 0 for that of the place.
    """
    documents = view["documents"]
    number = next((n for n, each in enumerate(documents) if each["name"] == at["file"]), 0)
    document = documents[number]
    near = [place for place in also if place["file"] == at["file"]]
    if document["pages"]:
        return _on_page(number, document, at, near, page)
    place = _index(document["blocks"], at)
    if place is None:
        return Passage(number, document["name"], found=False)
    around = _around(document["blocks"], place)
    parts = tuple(_part(document["blocks"][index], at, near, index == place) for index in around)
    return Passage(number, document["name"], found=True, parts=parts)


def _on_page(number: int, document: Json, at: Json, also: Sequence[Json], page: int) -> Passage:
    spots = [
        (mark, spot)
        for mark, place in (("here", at), *(("also", one) for one in also))
        if (spot := _spot(document["blocks"], place)) is not None
    ]
    here = next((spot for mark, spot in spots if mark == "here"), None)
    pages = document["pages"]
    shown = page or (here[0] if here else None) or at["page"] or 1
    shown = min(max(shown, 1), len(pages))
    boxes = tuple((mark, spot[1]) for mark, spot in spots if spot[0] == shown and spot[1])
    width, height = pages[shown - 1]
    return Passage(
        number, document["name"], found=here is not None or at["page"] is not None,
        page=shown, pages=len(pages), size=(width, height), boxes=boxes,
    )  # fmt: skip


def _spot(blocks: Sequence[Json], at: Json) -> tuple[int | None, Sequence[float] | None] | None:
    """Return page and box of a place: of its cell, of its row, of its paragraph."""
    index = _index(blocks, at)
    if index is None:
        return None
    block = blocks[index]
    if "cells" not in block:
        return block["page"], block["box"]
    meant = [cell for cell in block["cells"] if _is_meant(cell, at)]
    page = next((c["page"] for c in meant if c["page"]), at["page"])
    boxes = [c["box"] for c in meant if c["box"] and c["page"] in (None, page)]
    if not boxes:
        return page, None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return page, (min(lefts), min(tops), max(rights), max(bottoms))


def _index(blocks: Sequence[Json], at: Json) -> int | None:
    """Return which block a place is in."""
    for key in ("table", "paragraph"):
        if at[key] is not None:
            for index, block in enumerate(blocks):
                if block.get(key) == at[key]:
                    return index
    return None


def _around(blocks: Sequence[Json], place: int) -> range:
    """Return the section of a block: from its heading to the next one, within BEFORE and AFTER."""
    first = place
    while first > max(0, place - BEFORE) and not _is_heading(blocks[first]):
        first -= 1
    last = place
    while last + 1 < min(len(blocks), place + AFTER) and not _is_heading(blocks[last + 1]):
        last += 1
    return range(first, last + 1)


def _is_heading(block: Json) -> bool:
    return bool(block.get("level"))


def _part(block: Json, at: Json, also: Sequence[Json], meant: bool) -> Part:
    if "cells" not in block:
        places = [p for p in also if p["table"] is None and p["paragraph"] == block["paragraph"]]
        return Part(block, "here" if meant else "also" if places else "")
    rows = _rows(block, at["row"] or 1) if meant else range(1, ROWS_BESIDE + 1)
    heads = block["header_rows"] or 1
    shown = [n for n in range(1, block["rows"] + 1) if n in rows or n <= heads]
    gaps = {n for n in range(2, block["rows"] + 2) if (n in shown or n > block["rows"]) and n - 1 not in shown}  # fmt: skip
    near = [place for place in also if place["table"] == block["table"]]
    cells = {
        number: tuple(_cells(block, number, shown, at if meant else None, near)) for number in shown
    }
    return Part(block, rows=tuple(cells.items()), gaps=frozenset(gaps))


def _rows(table: Json, row: int) -> range:
    return range(max(1, row - ROWS), min(table["rows"], row + ROWS) + 1)


def _cells(
    table: Json, row: int, shown: Sequence[int], at: Json | None, also: Sequence[Json]
) -> Iterator[Shown]:
    """Yield the cells that begin in a row of what is shown: a cell from above begins after a gap once more."""
    for cell in sorted(table["cells"], key=lambda cell: cell["column"]):
        covered = range(cell["row"], cell["row"] + cell["rowspan"])
        if row not in covered or (row - 1 in covered and row - 1 in shown):
            continue
        span = 1
        while row + span in covered and row + span in shown:
            span += 1
        here = at is not None and _is_meant(cell, at)
        near = any(_is_meant(cell, place) for place in also)
        yield Shown(cell, span, "here" if here else "also" if near else "")


def _is_meant(cell: Json, at: Json) -> bool:
    """Whether a place means a cell: it is the cell, or in its row or column where only that is given, or in its table."""
    rows = range(cell["row"], cell["row"] + cell["rowspan"])
    columns = range(cell["column"], cell["column"] + cell["colspan"])
    return (at["row"] is None or at["row"] in rows) and (
        at["column"] is None or at["column"] in columns
    )
