"""Pictures on a PDF page: those side by side, those in the background, and the captions below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import pairwise

from duibiao.document.pdf.grid import GridCell
from duibiao.document.pdf.page import Image, Page
from duibiao.document.pdf.text import Column, Segment, TextLine
from duibiao.model.classes import dataclass
from duibiao.model.location import Box

BACKGROUND = 0.8
"""Share of the page from which a picture behind text is its background."""

REACHES_IN = 0.3
"""Share of the height of a line from which a picture beside it belongs to it, as seals and signatures do."""

_OFF_CENTRE = 0.3  # of the width of a picture: how far its caption may be off its middle
_CAPTION_PITCH = 2.0  # of the font size: from one line of a caption to the next
_CAPTION_BELOW = 4.0  # of the font size: from the picture to the base line of its caption
_FILLED = 0.6  # of the width of a column: from where on a caption goes on below
_FEW = 20


@dataclass(slots=True)
class CellDraft:
    """A cell with what stands in it; `page` where it is another one than that on which its table begins."""

    place: GridCell
    lines: list[TextLine] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    page: int = 0


@dataclass(slots=True)
class TableDraft:
    """A table, `ruled` or made by pictures that stand side by side over their captions."""

    box: Box
    rows: int
    columns: int
    cells: list[CellDraft]
    ruled: bool = False


@dataclass(slots=True)
class PictureRow:
    """Pictures side by side."""

    box: Box
    images: list[Image]


def foreground(page: Page) -> list[Image]:
    """Leave out a picture over the whole page with the text printed on it."""
    if len(page.text.chars) <= _FEW:
        return page.images
    whole = page.width * page.height
    return [image for image in page.images if _area(image.box) < BACKGROUND * whole]


def _area(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def picture_rows(images: Sequence[Image]) -> list[PictureRow]:
    """Put pictures that stand side by side into rows, from top to bottom."""
    rows: list[PictureRow] = []
    for image in sorted(images, key=lambda image: (image.box[3], image.box[0])):
        last = rows[-1] if rows else None
        if last is not None and _beside(last.images, image):
            last.images.append(image)
            last.images.sort(key=lambda image: image.box[0])
            last.box = _around([image.box for image in last.images])
        else:
            rows.append(PictureRow(image.box, [image]))
    return rows


def _beside(images: Sequence[Image], image: Image) -> bool:
    """Return whether an image stands beside others: most of it at their height, and none of it over them."""
    left, top, right, bottom = image.box
    return all(
        (right <= other[0] + 1 or other[2] <= left + 1)
        and min(bottom, other[3]) - max(top, other[1])
        > 0.5 * min(bottom - top, other[3] - other[1])
        for other in (one.box for one in images)
    )


def captioned(row: PictureRow, lines: list[TextLine], width: float) -> TableDraft | None:
    """Make a table of pictures with captions centred below them; take these from `lines`.

    One of the pictures may be missing. A lone picture in the middle of the page is no table, nor is one
    over a line that is not right below its middle: that may be the next heading as well.
    """
    if any(_reaches_in(row.box, line) for line in lines):
        return None
    text = _extent(lines, width)
    columns = pictured = [Column(image.box[0], image.box[2]) for image in row.images]
    captions: list[list[TextLine]] = []
    used: list[TextLine] = []
    last = row.box[3]
    for line in sorted(lines, key=lambda line: line.base):
        if line.base < row.box[3]:
            continue
        if line.base - last > (_CAPTION_PITCH if used else _CAPTION_BELOW) * line.size:
            break
        if not used:
            columns = _with_missing(line, columns)
            captions = [[] for _ in columns]
        elif not _same_look(used[0], line):
            break
        parts = _parts(line, columns)
        if not all(_goes_on(captions[at], part, columns[at]) for at, part in parts.items()):
            break
        for at, part in parts.items():
            captions[at].append(_alone(line, part))
        used.append(line)
        last = line.base
    if not any(lines for lines, at in zip(captions, columns, strict=False) if at in pictured):
        return None
    if len(columns) == 1 and not _is_photo_cell(used[0], columns[0], text):
        return None
    for line in used:
        lines.remove(line)
    return _picture_table(row, columns, captions, max(line.bottom for line in used))


def _extent(lines: Sequence[TextLine], width: float) -> Column:
    """Return from where to where the text of a page may run: as far from the right as from the left."""
    left = min([line.left for line in lines], default=0.0)
    left = min(left, width - max([line.right for line in lines], default=width))
    return Column(left, width - left)


def _is_photo_cell(caption: TextLine, picture: Column, text: Column) -> bool:
    """Return whether a lone picture is the last of a row of photos of two or more."""
    return Column(caption.left, caption.right).is_central(picture) and not picture.is_central(text)


def _reaches_in(box: Box, line: TextLine) -> bool:
    """Return whether a picture, such as a seal, stands beside a line or over it."""
    inside = min(box[3], line.bottom) - max(box[1], line.top)
    return inside >= REACHES_IN * (line.bottom - line.top)


def _picture_table(
    row: PictureRow, columns: Sequence[Column], captions: Sequence[list[TextLine]], bottom: float
) -> TableDraft:
    _, top, _, middle = row.box
    cells = []
    for number, column in enumerate(columns, 1):
        upper = CellDraft(GridCell(1, number, 1, 1, (column.left, top, column.right, middle)))
        upper.images = [
            image
            for image in row.images
            if column.left <= (image.box[0] + image.box[2]) / 2 <= column.right
        ]
        lower = CellDraft(GridCell(2, number, 1, 1, (column.left, middle, column.right, bottom)))
        lower.lines = captions[number - 1]
        cells += [upper, lower]
    cells.sort(key=lambda cell: (cell.place.row, cell.place.column))
    box = (columns[0].left, top, columns[-1].right, bottom)
    return TableDraft(box, 2, len(columns), cells)


def _with_missing(line: TextLine, columns: Sequence[Column]) -> list[Column]:
    """Add columns for what stands beside the captions of pictures, with no picture above it."""
    beside: list[Column] = []
    for segment in line.segments:
        if any(column.left < segment.right and segment.left < column.right for column in columns):
            continue
        if beside and segment.before != "\t":
            beside[-1] = Column(beside[-1].left, segment.right)
        else:
            beside.append(Column(segment.left, segment.right))
    return sorted([*columns, *beside], key=lambda column: column.left)


def _same_look(one: TextLine, other: TextLine) -> bool:
    return one.bold == other.bold and abs(one.size - other.size) < 1.0


def _goes_on(caption: Sequence[TextLine], part: Segment, column: Column) -> bool:
    """Return whether a piece of text is centred in its column, and below a line that fills it."""
    off = (part.left + part.right - column.left - column.right) / 2
    filled = not caption or caption[-1].right - caption[-1].left > _FILLED * column.width
    return filled and abs(off) <= _OFF_CENTRE * column.width


def _parts(line: TextLine, columns: Sequence[Column]) -> dict[int, Segment]:
    """Cut a line where the columns part; return what stands in which."""
    middles = [(one.right + other.left) / 2 for one, other in pairwise(columns)]
    parts: dict[int, Segment] = {}
    for segment in line.segments:
        centre = (segment.left + segment.right) / 2
        at = sum(middle < centre for middle in middles)
        if at in parts:
            parts[at].text += segment.before + segment.text
            parts[at].right = segment.right
        else:
            parts[at] = Segment(segment.left, segment.right, segment.text)
    return parts


def _alone(line: TextLine, segment: Segment) -> TextLine:
    return TextLine(
        [segment], segment.left, segment.right, line.top, line.bottom, line.base,
        line.size, line.bold, segment.right - segment.left, 0.0,
    )  # fmt: skip


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
