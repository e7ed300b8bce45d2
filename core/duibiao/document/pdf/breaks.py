"""What a page break cuts: rows that go on over the page, merged cells that reach over it, pictures and their captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from duibiao.document.pdf.layout import Item, Sheet
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


def mend(sheets: Sequence[Sheet]) -> None:
    """Put what a page break cut off a table or a picture back to it."""
    last: Item | None = None
    for before, after in pairwise(sheets):
        last = before.items[-1] if before.items else last
        if not after.items or before.number + 1 != after.number:
            last = None
            continue
        first = after.items[0]
        if isinstance(last, PictureRow) and len(last.images) > 1 and isinstance(first, TextLine):
            _give_captions(before, after, last, first.top)
        elif (
            isinstance(last, TableDraft)
            and isinstance(first, TableDraft)
            and _same_columns(last, first)
            and _go_together(last, first, after.number)
        ):
            after.items.remove(first)


def _give_captions(before: Sheet, after: Sheet, row: PictureRow, top: float) -> None:
    """Make a table of pictures side by side and the captions below them that begin the next page."""
    left, _, right, _ = row.box
    lines = [item for item in after.items if isinstance(item, TextLine)]
    table = captioned(PictureRow((left, top, right, top), row.images), lines, after.width)
    if table is not None:
        before.items[-1] = table
        after.items = [
            item for item in after.items if not isinstance(item, TextLine) or item in lines
        ]


def _go_together(upper: TableDraft, lower: TableDraft, page: int) -> bool:
    """Join the part of a table on the next page to it; return whether all of it has gone there."""
    headers = 0
    while headers < min(_MOST_HEADERS, lower.rows, upper.rows) and (
        _texts(upper, headers + 1) == _texts(lower, headers + 1) and any(_texts(upper, headers + 1))
    ):
        headers += 1
    if not (upper.ruled and lower.ruled) or (
        headers and _TOTAL.search("".join(_texts(upper, upper.rows)))
    ):
        return False  # after a total, the same header begins another table
    for _ in range(headers):
        _remove_row(lower, 1)
    if lower.rows:
        _mend(upper, lower)
    for cell in lower.cells:
        cell.page = cell.page or page
        cell.place = replace(cell.place, row=cell.place.row + upper.rows)
    upper.cells += lower.cells
    upper.rows += lower.rows
    return True


def _mend(upper: TableDraft, lower: TableDraft) -> None:
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
        if not _blank(above) and _blank(cell) and _merges(upper, lower, cell):
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


def _merges(upper: TableDraft, lower: TableDraft, cell: CellDraft) -> bool:
    """Return whether cells of this column are merged downwards elsewhere in the table."""
    column = cell.place.column
    return any(
        other.place.rowspan > 1 and other.place.column == column
        for other in (*upper.cells, *lower.cells)
    )


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
