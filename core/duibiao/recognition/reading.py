"""What all recognisers share: the chunks of one document, its tables by kind, and the list of what was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from duibiao.document.model import Block, Cell, Paragraph, Picture, Table
from duibiao.law.common import CommonLaw
from duibiao.model.dossier import Unread
from duibiao.model.emissions import Photo
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.model.quantities import halfwidth
from duibiao.recognition.cells import (
    Frame,
    Kind,
    continued,
    frame,
    one_line,
    paragraph_text,
    place,
)
from duibiao.recognition.forms import is_form
from duibiao.recognition.kinds import kinds_at
from duibiao.recognition.outline import Chunk

_CAPTION = re.compile(r"表\s*\d|续表")
_PHOTO_NUMBER = re.compile(r"图\s*(\d{1,3})|(\d{1,3})\s*(?:#|号|[、.:])")
_PHOTO_WORDS = re.compile(r"照片|现场图|图片")


@dataclass(slots=True)
class Reading:
    """One document while it is being recognised.

    Attributes:
        file: File name.
        common: Common law.
        chunks: Headings with what stands under them.
        unread: What was not understood, filled on the way.
    """

    file: str
    common: CommonLaw
    chunks: Sequence[Chunk]
    unread: list[Unread] = field(default_factory=list)

    def chunk(self, key: str) -> Chunk | None:
        """Return the first chunk at `key`, or None."""
        return next((chunk for chunk in self.chunks if chunk.key == key), None)

    def under(self, key: str) -> Iterator[Chunk]:
        """Yield the chunk at `key` and those below it, unknown sub-headings among them."""
        inside = False
        for chunk in self.chunks:
            if chunk.key:
                inside = chunk.key == key or chunk.key.startswith(f"{key}.")
            if inside:
                yield chunk

    def paragraphs(self, key: str) -> tuple[Text, ...]:
        """Return the body paragraphs with text at `key` and below, tables left out."""
        return tuple(
            paragraph_text(block, chunk.at(self.file))
            for chunk in self.under(key)
            for block in chunk.blocks
            if isinstance(block, Paragraph) and block.text.strip()
        )

    def frames(self, key: str) -> Iterator[Frame]:
        """Yield the tables at `key` and below by kind; tables that should be one and are none are noted as unread."""
        for chunk in self.under(key):
            kinds = kinds_at(chunk.key or key)
            before: Frame | None = None
            for table, caption in self.tables(chunk):
                if not kinds or not table.grid or is_picture_table(table):
                    continue
                at = self.table_at(table, chunk)
                found = frame(table, kinds, at, caption)
                if found is None and before is not None and _joins(before.table, table, chunk):
                    found = continued(before, table, at)
                if found is not None:
                    yield found
                elif not is_form(table):
                    self._note(table, chunk, kinds)
                before = found

    def tables(self, chunk: Chunk) -> Iterator[tuple[Table, Text | None]]:
        """Yield the tables of a chunk with their captions."""
        before: Block | None = None
        for block in chunk.blocks:
            if isinstance(block, Table):
                caption = None
                if isinstance(before, Paragraph) and _CAPTION.match(halfwidth(before.text)):
                    caption = paragraph_text(before, chunk.at(self.file))
                yield block, caption
            if isinstance(block, Table) or block.text.strip() or block.pictures:
                before = block

    def table_at(self, table: Table, chunk: Chunk) -> Location:
        """Return the place of a table."""
        first = next(iter(table.cells()), None)
        heading = chunk.at(self.file)
        paragraph = first.paragraphs[0] if first and first.paragraphs else None
        return Location(
            file=self.file,
            section=chunk.key,
            heading=chunk.label,
            page=paragraph.page if paragraph else heading.page,
            paragraph=paragraph.index if paragraph else heading.paragraph,
            table=table.index,
        )

    def photos(self, key: str) -> tuple[Photo, ...]:
        """Return the photos at `key` and below, in order."""
        return tuple(photo for chunk in self.under(key) for photo in self._photos(chunk))

    def _photos(self, chunk: Chunk) -> Iterator[Photo]:
        base = chunk.at(self.file)
        blocks = [b for b in chunk.blocks if isinstance(b, Table) or b.text.strip() or b.pictures]
        for block, following in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Table):
                if is_picture_table(block):
                    yield from _table_photos(block, self.table_at(block, chunk))
            elif block.pictures:
                caption = paragraph_text(block, base) if block.text.strip() else None
                if caption is None and isinstance(following, Paragraph) and not following.pictures:
                    caption = paragraph_text(following, base)
                at = caption.at if caption else paragraph_text(block, base).at
                for picture in block.pictures:
                    yield _photo(at, caption, picture)

    def _note(self, table: Table, chunk: Chunk, kinds: Sequence[Kind]) -> None:
        header = "、".join(
            dict.fromkeys(one_line(cell.text) for cell in table.grid[0] if cell.text)
        )
        wanted = "、".join(kind.name for kind in kinds)
        unread = Unread(
            at=self.table_at(table, chunk),
            what=f"第{table.index}个表格（首行：{shorten(header)}）",
            why=f"表头与此处应有的表（{wanted}）对不上；请人工查看，或按提纲改写表头",
        )
        if unread not in self.unread:
            self.unread.append(unread)


def _joins(before: Table, table: Table, chunk: Chunk) -> bool:
    """Return whether nothing but blank lines and 续表 stands between two tables."""
    start = next(n for n, block in enumerate(chunk.blocks) if block is before)
    end = next(n for n, block in enumerate(chunk.blocks) if block is table)
    return all(
        isinstance(block, Paragraph) and (not block.text.strip() or "续表" in block.text)
        for block in chunk.blocks[start + 1 : end]
    )


def is_picture_table(table: Table) -> bool:
    """Return whether a table only arranges pictures and their captions."""
    return any(cell.pictures for cell in table.cells()) or all(
        not cell.text or _PHOTO_WORDS.search(cell.text) for cell in table.cells()
    )


def cell_text(cell: Cell, base: Location) -> Text:
    """Return the text of a cell with its place."""
    at = place(base, row=cell.row, column=cell.column, quote=shorten(cell.text), cell=cell)
    return Located(one_line(cell.text), at)


def _table_photos(table: Table, base: Location) -> Iterator[Photo]:
    """Pair captions with the pictures above them (or in the same cell), column by column."""
    waiting: dict[int, Cell] = {}
    for cell in table.cells():
        if cell.pictures and not cell.text:
            waiting[cell.column] = cell
            continue
        if not cell.text and not cell.pictures:
            continue
        held = cell if cell.pictures else waiting.pop(cell.column, None)
        caption = cell_text(cell, base)
        yield _photo(caption.at, caption, held.pictures[0] if held else None)
    for cell in waiting.values():
        yield _photo(
            place(base, row=cell.row, column=cell.column, cell=cell), None, cell.pictures[0]
        )


def _photo(at: Location, caption: Text | None, picture: Picture | None) -> Photo:
    match = _PHOTO_NUMBER.match(halfwidth(caption.value)) if caption else None
    number = int(match[1] or match[2]) if match else None
    if picture is None:
        return Photo(at, caption, number)
    return Photo(at, caption, number, picture.key, picture.width, picture.height)
