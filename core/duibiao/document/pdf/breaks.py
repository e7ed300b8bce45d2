"""What a page break cuts: rows that go on over the page, merged cells that reach over it, pictures and their captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from duibiao.document.pdf.layout import Sheet
from duibiao.document.pdf.pictures import CellDraft, PictureRow, TableDraft, captioned
from duibiao.document.pdf.text import TextLine, is_wide

_SAME_EDGE = 4.0
_MOST_HEADERS = 3
_FULL = 2.0  # of the font size: how far from its right side the last line of a cut cell may end
_PADDING = 6.0  # most room between the text of a cell and its right side
_TOTAL = re.compile(r"合计|总计|小计|共计")
_NUMBER = re.compile(r"[\d.,]+(?:[~～\-–—][\d.,]+)?[%％‰]?")
_NEVER_LAST = "（【〔《〈“‘([{<"
_NEVER_FIRST = re.compile(r"[，。、；：？！）】〕》〉”’％,.;:?!)\]}%]")


Chain = list[tuple[int, TableDraft]]
"""The parts of a table, with the numbers of their pages."""


def mend(sheets: Sequence[Sheet]) -> None:
    """Put what a page break cut off a table or a picture back to it."""
    chain: Chain = []
    for before, after in pairwise(sheets):
        if before.items:  # else all of the page has gone to the table that is open
            _close(chain)
            last = before.items[-1]
            chain = [(before.number, last)] if isinstance(last, TableDraft) else []
        if not after.items or before.number + 1 != after.number:
            _close(chain)
            chain = []
            continue
        first = after.items[0]
        if isinstance(first, TextLine) and before.items:
            _give_captions(before, after, first.top)
        elif isinstance(first, TableDraft) and chain and _goes_on_in(chain, first):
            chain.append((after.number, first))
            after.items.remove(first)
    _close(chain)


def _close(chain: Chain) -> None:
    """Make one table of its parts."""
    for number, part in chain[1:]:
        whole = chain[0][1]
        for cell in part.cells:
            cell.page = number
            cell.place = replace(cell.place, row=cell.place.row + whole.rows)
        whole.cells += part.cells
        whole.rows += part.rows


def _give_captions(before: Sheet, after: Sheet, top: float) -> None:
    """Make a table of pictures side by side and the captions below them that begin the next page, at `top`."""
    row = before.items[-1]
    if not isinstance(row, PictureRow) or len(row.images) < 2:
        return
    left, _, right, _ = row.box
    lines = [item for item in after.items if isinstance(item, TextLine)]
    table = captioned(PictureRow((left, top, right, top), row.images), lines, after.width)
    if table is not None:
        before.items[-1] = table
        after.items = [
            item for item in after.items if not isinstance(item, TextLine) or item in lines
        ]


def _goes_on_in(chain: Chain, lower: TableDraft) -> bool:
    """Return whether a table is a part of the one that is open; then its repeated header and cut row are gone."""
    head = chain[0][1]
    tail = next((part for _, part in reversed(chain) if part.rows), head)
    if not (head.ruled and lower.ruled and _same_columns(head, lower)):
        return False
    headers = 0
    while headers < min(_MOST_HEADERS, lower.rows, head.rows) and (
        _texts(head, headers + 1) == _texts(lower, headers + 1) and any(_texts(head, headers + 1))
    ):
        headers += 1
    if headers and _TOTAL.search("".join(_texts(tail, tail.rows))):
        return False  # after a total, the same header begins another table
    for _ in range(headers):
        _remove_row(lower, 1)
    _mend(head, tail, lower)
    return True


def _mend(head: TableDraft, upper: TableDraft, lower: TableDraft) -> None:
    """Put back what was cut off the last row; say what a merged cell says below the break, too."""
    pairs = [
        (above, cell)
        for cell in lower.cells
        if cell.place.row == 1
        for above in upper.cells
        if _last_row(above) == upper.rows and above.place.column == cell.place.column
    ]
    if any(above.place.colspan != cell.place.colspan for above, cell in pairs):
        return
    blank = bool(pairs) and all(_blank(cell) for _, cell in pairs)
    if blank or _is_cut(pairs) or _is_cut_below_captions(upper, pairs):
        for above, cell in pairs:
            above.images += cell.images
            if cell.place.rowspan > 1:
                cell.lines = list(above.lines)  # it reaches over the rows below, too
            else:
                above.lines += cell.lines
        _remove_row(lower, 1)
        return
    for above, cell in pairs:
        merges = any(_merges(part, cell.place.column) for part in (head, upper, lower))
        if merges and not _blank(above) and _blank(cell):
            cell.lines = list(above.lines)


def _is_cut(pairs: Sequence[tuple[CellDraft, CellDraft]]) -> bool:
    """Return whether a row goes on: some cells are over, the others end in a full line before the break."""
    over = [above for above, cell in pairs if _blank(cell) and not _blank(above)]
    going_on = [(above, cell) for above, cell in pairs if not _blank(cell)]
    return bool(over and going_on) and all(_goes_on(above, cell) for above, cell in going_on)


def _is_cut_below_captions(upper: TableDraft, pairs: Sequence[tuple[CellDraft, CellDraft]]) -> bool:
    """Return whether captions have stayed above the break, and the pictures of the same cells have not."""
    shown = [(above, cell) for above, cell in pairs if not (_blank(above) and _blank(cell))]
    together = any(cell.lines and cell.images for cell in upper.cells)  # as they stand elsewhere
    return (
        together
        and bool(shown)
        and all(
            above.lines and not above.images and cell.images and not cell.lines
            for above, cell in shown
        )
    )


def _goes_on(above: CellDraft, cell: CellDraft) -> bool:
    """Return whether what stands below the break could not have been left on the line above it."""
    if not above.lines or cell.images or cell.place.rowspan > 1:
        return False
    last, first, *rest = (above.lines[-1], *cell.lines)
    room = above.place.box[2] - last.right
    if _NUMBER.fullmatch(last.text) and _NUMBER.fullmatch(first.text):
        return room < last.size  # two numbers, unless the first fills its line
    together = first.head
    if rest and _is_torn(first.text, rest[0].text):
        together += rest[0].head
    return room < max(_FULL * last.size, together + _PADDING)


def _is_torn(text: str, after: str) -> bool:
    """Return whether a line ends where none may: it was too narrow for what belongs together."""
    marks = _NEVER_FIRST.match(after) or text[-1] in _NEVER_LAST
    return bool(marks) or not (is_wide(text[-1]) or is_wide(after[0]))


def _merges(table: TableDraft, column: int) -> bool:
    """Return whether cells of a column are merged downwards."""
    return any(cell.place.rowspan > 1 and cell.place.column == column for cell in table.cells)


def _remove_row(table: TableDraft, row: int) -> None:
    """Take a row out; a cell that goes on below it begins there."""
    table.cells = [cell for cell in table.cells if cell.place.row != row or cell.place.rowspan > 1]
    for cell in table.cells:
        place = cell.place
        if place.row > row:
            cell.place = replace(place, row=place.row - 1)
        elif place.row + place.rowspan > row:
            cell.place = replace(place, rowspan=place.rowspan - 1)
    table.rows -= 1


def _texts(table: TableDraft, row: int) -> list[str]:
    return [
        "".join(line.text for line in cell.lines) for cell in table.cells if cell.place.row == row
    ]


def _last_row(cell: CellDraft) -> int:
    return cell.place.row + cell.place.rowspan - 1


def _blank(cell: CellDraft) -> bool:
    return not cell.lines and not cell.images


def _same_columns(upper: TableDraft, lower: TableDraft) -> bool:
    one, other = _edges(upper), _edges(lower)
    return upper.columns == lower.columns and all(
        abs(a - b) <= _SAME_EDGE for a, b in zip(one, other, strict=False)
    )


def _edges(table: TableDraft) -> list[float]:
    """Return where the columns begin."""
    edges: dict[int, float] = {}
    for cell in table.cells:
        edges.setdefault(cell.place.column, cell.place.box[0])
    return [edge for _, edge in sorted(edges.items())]
