"""PDF pages taken apart → the blocks of the neutral document, numbered in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from duibiao.document.model import Block, Cell, Paragraph, Picture, Table
from duibiao.document.pdf.layout import Sheet
from duibiao.document.pdf.paragraphs import (
    TextDraft,
    columns_of,
    continues,
    mark_contents,
    paragraphs_in_cell,
    shape,
)
from duibiao.document.pdf.pictures import REACHES_IN, CellDraft, PictureRow, TableDraft
from duibiao.document.pdf.text import Column, TextLine
from duibiao.model.classes import dataclass
from duibiao.model.location import Box


@dataclass(slots=True)
class _Placed:
    """A paragraph, a row of pictures or a table with its page."""

    page: int
    what: TextDraft | PictureRow | TableDraft
    pictures: list[Picture] = field(default_factory=list)


class Blocks:
    """Makes the blocks of one file."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        """Take the pages, headers and footers already off them."""
        self._sheets = sheets
        self._columns = columns_of(sheets)
        self._paragraphs = 0
        self._tables = 0

    def read(self) -> tuple[Block, ...]:
        """Return the blocks."""
        placed = self._anchored(list(self._placed()))
        mark_contents([item.what for item in placed if isinstance(item.what, TextDraft)])
        return tuple(self._block(item) for item in placed)

    def _placed(self) -> Iterator[_Placed]:
        """Yield what stands in the file, wrapped lines as paragraphs."""
        open_draft: TextDraft | None = None
        for sheet in self._sheets:
            column = self._columns.get(shape(sheet), Column(0.0, sheet.width))
            for item in sheet.items:
                if not isinstance(item, TextLine):
                    if isinstance(item, TableDraft) or not _over_text(item, sheet):
                        open_draft = None
                    yield _Placed(sheet.number, item)
                    continue
                if open_draft is not None and continues(open_draft, item, sheet.number):
                    open_draft.lines.append(item)
                    open_draft.last_page = sheet.number
                    continue
                open_draft = TextDraft([item], sheet.number, sheet.number, column)
                yield _Placed(sheet.number, open_draft)

    def _anchored(self, placed: list[_Placed]) -> list[_Placed]:
        """Give pictures that reach into a line, such as seals and signatures, to its paragraph."""
        texts: dict[int, list[_Placed]] = {}
        for item in placed:
            if isinstance(item.what, TextDraft):
                texts.setdefault(item.page, []).append(item)
        kept = []
        for item in placed:
            if isinstance(item.what, PictureRow):
                row = item.what
                owners = [(_overlap(row.box, text), text) for text in texts.get(item.page, ())]
                best, owner = max(owners, key=lambda pair: pair[0], default=(0.0, None))
                if owner is not None and best >= REACHES_IN:
                    owner.pictures.extend(image.picture for image in row.images)
                    continue
            kept.append(item)
        return kept

    # ----------------------------------------------------------------------------------- blocks

    def _block(self, item: _Placed) -> Block:
        what = item.what
        if isinstance(what, TextDraft):
            return self._text(what, tuple(item.pictures))
        if isinstance(what, PictureRow):
            pictures = tuple(image.picture for image in what.images)
            return self._paragraph("", item.page, what.box, pictures)
        return self._table(what, item.page)

    def _text(self, draft: TextDraft, pictures: tuple[Picture, ...] = ()) -> Paragraph:
        self._paragraphs += 1
        first = draft.lines[0]
        return Paragraph(
            index=self._paragraphs,
            text=draft.text,
            pictures=pictures,
            page=draft.page,
            bold=draft.bold,
            size=round(first.size * 2),
            centred=draft.centred,
            contents=draft.contents,
            box=_around(draft),
        )

    def _paragraph(
        self, text: str, page: int, box: Box, pictures: tuple[Picture, ...] = ()
    ) -> Paragraph:
        self._paragraphs += 1
        return Paragraph(self._paragraphs, text, pictures=pictures, page=page, box=_rounded(box))

    def _table(self, draft: TableDraft, page: int) -> Table:
        self._tables += 1
        index = self._tables
        rows: list[list[Cell | None]] = [[None] * draft.columns for _ in range(draft.rows)]
        for item in draft.cells:
            cell, place = self._cell(item, page), item.place
            for row in rows[place.row - 1 : place.row - 1 + place.rowspan]:
                start = place.column - 1
                row[start : start + place.colspan] = [cell] * place.colspan
        grid = tuple(tuple(cell for cell in row if cell is not None) for row in rows)
        return Table(index, grid)

    def _cell(self, draft: CellDraft, page: int) -> Cell:
        place, page = draft.place, draft.page or page
        left, _, right, _ = place.box
        texts = paragraphs_in_cell(draft.lines, left, right, page)
        pictures = tuple(image.picture for image in draft.images)
        paragraphs = [self._text(text) for text in texts]
        if pictures or not paragraphs:
            paragraphs.insert(0, self._paragraph("", page, place.box, pictures))
        text = "\n".join(paragraph.text for paragraph in paragraphs).strip()
        box = _rounded(place.box)
        return Cell(
            place.row, place.column, place.rowspan, place.colspan, tuple(paragraphs), text, box
        )


def _overlap(box: Box, item: _Placed) -> float:
    """Return which share of a paragraph's line at its height a picture covers, at most."""
    draft = item.what
    if not isinstance(draft, TextDraft) or draft.page != draft.last_page:
        return 0.0
    shares = (
        (min(box[3], line.bottom) - max(box[1], line.top)) / max(line.bottom - line.top, 1.0)
        for line in draft.lines
    )
    return max(shares)


def _over_text(row: PictureRow, sheet: Sheet) -> bool:
    """Return whether a picture lies over lines and so does not part them."""
    return any(
        isinstance(item, TextLine) and row.box[1] < item.base - item.size / 2 < row.box[3]
        for item in sheet.items
    )


def _around(draft: TextDraft) -> Box:
    """Return the place of a paragraph on the page where it begins."""
    lines = [draft.lines[0]]
    for line in draft.lines[1:]:
        if line.base < lines[-1].base:
            break
        lines.append(line)
    lefts, tops, rights, bottoms = zip(*(line.box for line in lines), strict=True)
    return _rounded((min(lefts), min(tops), max(rights), max(bottoms)))


def _rounded(box: Box) -> Box:
    return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)
