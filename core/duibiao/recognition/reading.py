"""What all recognisers share: the chunks of one document, its tables by kind, and the list of what was not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field

from duibiao.document.model import Block, Cell, Paragraph, Table
from duibiao.law.common import CommonLaw
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Unread
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.model.quantities import halfwidth
from duibiao.recognition.cells import (
    cell_text,
    first_cells,
    has_pictures,
    one_line,
    paragraph_text,
    place,
)
from duibiao.recognition.frames import Frame, continued, frame, is_title
from duibiao.recognition.headers import OUTLET_CODE, Kind
from duibiao.recognition.kinds import kinds_at
from duibiao.recognition.naming import TableNames
from duibiao.recognition.outline import Chunk
from duibiao.recognition.pollutants import Named, apart, spread

_CAPTION = re.compile(r"[续附]?表\s*\d|续表")
_UNIT_LINE = re.compile(r"[(]?(?:计量)?单位\s*[:：].{1,30}$")
"""A line between a caption and its table."""
_CONTINUED = re.compile(r"续表|[(（]\s*续\s*[)）]|[接续]上[页表]")
_CUT = re.compile(r"\s*(?:续表|[接续]上[页表])[\s\d.-]*$")
_LONGEST_CAPTION = 40
_SENTENCE = re.compile(r"[。;；:：]$")
_COUNTED = re.compile(r"^[(（]?[\d一二三四五六七八九十]{1,3}[)）.、]\s*")

_PHOTO_WORDS = re.compile(r"照片|现场图|图片")


@dataclass(frozen=True, slots=True)
class Standing:
    """A table where it stands.

    Attributes:
        table: The table.
        at: Its place.
        caption: Its caption, or None.
        after: The table above it, where nothing but blank lines and 续表 stands between.
        told: 续表 or the like stands between.
    """

    table: Table
    at: Location
    caption: Text | None
    after: Table | None
    told: bool


@dataclass(slots=True)
class Reading:
    """One document while it is being recognised.

    Attributes:
        file: File name.
        common: Common law.
        chunks: Headings with what stands under them.
        unread: What was not understood, filled on the way.
        forms: Numbers of the tables that were read as forms.
    """

    file: str
    common: CommonLaw
    chunks: Sequence[Chunk]
    unread: list[Unread] = field(default_factory=list)
    forms: set[int] = field(default_factory=set)
    _frames: dict[int, tuple[Frame, ...]] = field(default_factory=dict)
    _pictures: dict[int, int] = field(default_factory=dict)
    _arranging: dict[int, bool] = field(default_factory=dict)
    _pollutants: list[Named] = field(default_factory=list)
    _named: dict[int, TableNames] = field(default_factory=dict)

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
            if isinstance(block, Paragraph) and block.text.strip() and not _CUT.match(block.text)
        )

    @property
    def pollutants(self) -> Named:
        """Names of pollutants, as headers of columns hold them."""
        if not self._pollutants:
            names = (
                (name, pollutant.key)
                for pollutant in self.common.pollutants
                for name in (pollutant.name, *pollutant.aliases)
            )
            self._pollutants.append(Named(names))
        return self._pollutants[0]

    def lines(self, chunk: Chunk) -> Iterator[tuple[Paragraph, Text]]:
        """Yield the lines of a chunk that has no lists: its paragraphs, and those of tables that only arrange them.

        A label that ends with a colon and its value in the next cell are one line.
        """
        base = chunk.at(self.file)
        for block in chunk.blocks:
            if isinstance(block, Paragraph):
                yield block, paragraph_text(block, base)
                continue
            at = self.table_at(block, chunk)
            for number, row in enumerate(block.grid, 1):
                label = ""
                for cell in first_cells(row):
                    if cell.row != number:
                        continue
                    for line in cell.paragraphs:
                        if line.text.strip() or line.pictures:
                            said = f"{label}{one_line(line.text)}"
                            at_cell = place(at, number, cell.column, shorten(said), cell)
                            yield line, Located(said, at_cell)
                    written = one_line(cell.text)
                    label = written if written.endswith(("：", ":")) else ""

    def frames(self, key: str) -> Iterator[Frame]:
        """Yield the tables at `key` and below by kind; tables that should be one and are none are noted as unread."""
        for chunk in self.under(key):
            if id(chunk) not in self._frames:
                self._frames[id(chunk)] = tuple(self._framed(chunk, kinds_at(chunk.key or key)))
            yield from self._frames[id(chunk)]

    def tables(self, chunk: Chunk) -> Iterator[Standing]:
        """Yield the tables of a chunk."""
        before: Block | None = None
        above: Table | None = None
        told = False
        for block in chunk.blocks:
            if isinstance(block, Table):
                caption = None
                at = self.table_at(block, chunk)
                if isinstance(before, Paragraph) and self._is_caption(halfwidth(before.text)):
                    caption = paragraph_text(before, chunk.at(self.file))
                elif len(block.grid) > 1 and is_title(block.grid[0]):
                    caption = cell_text(block.grid[0][0], at)
                if block.grid:
                    yield Standing(block, at, caption, above, told)
                above, told = block, False
            elif _CONTINUED.search(block.text):
                told = True
            elif block.text.strip() or block.pictures:
                above, told = None, False
            if isinstance(block, Table) or block.pictures or _counts(block.text):
                before = block

    def table_at(self, table: Table, chunk: Chunk) -> Location:
        """Return the place of a table."""
        heading = chunk.at(self.file)
        first = table.grid[0][0].paragraphs if table.grid else ()
        return Location(
            file=self.file,
            section=chunk.key,
            heading=chunk.label,
            page=first[0].page if first else heading.page,
            paragraph=first[0].index if first else heading.paragraph,
            table=table.index,
            names=self._named.setdefault(table.index, TableNames(table, chunk.blocks)),
        )

    def shows_pictures(self, table: Table) -> bool:
        """Return whether a table only arranges pictures and their captions."""
        if table.index not in self._arranging:
            self._arranging[table.index] = (
                not any(map(_lists_pictures, table.grid))
                if self.pictures(table)
                else all(not c.text or _PHOTO_WORDS.search(c.text) for c in table.cells())
            )
        return self._arranging[table.index]

    def pictures(self, table: Table) -> int:
        """Return how many pictures stand in a table."""
        if table.index not in self._pictures:
            self._pictures[table.index] = sum(
                len(paragraph.pictures) for cell in table.cells() for paragraph in cell.paragraphs
            )
        return self._pictures[table.index]

    def shows_any(self, chunk: Chunk) -> bool:
        """Return whether a picture stands anywhere in a chunk."""
        return any(
            self.pictures(block) if isinstance(block, Table) else block.pictures
            for block in chunk.blocks
        )

    def _is_caption(self, text: str) -> bool:
        """Return whether a line above a table is its caption: 表3 …, or a short one that names an outlet or a pollutant."""
        if _CAPTION.match(text):
            return True
        if len(text) > _LONGEST_CAPTION or _SENTENCE.search(text):
            return False
        named = _COUNTED.sub("", text)
        return bool(OUTLET_CODE.search(text)) or self.pollutants.heads(named)

    def _framed(self, chunk: Chunk, kinds: Sequence[Kind]) -> Iterator[Frame]:
        last: Frame | None = None
        for standing in self.tables(chunk) if kinds else ():
            if self.shows_pictures(standing.table):
                continue
            by_pollutant = spread(
                standing.table, kinds, standing.at, standing.caption, self.pollutants
            )
            if by_pollutant:
                if last is not None:
                    yield apart(last, self.pollutants)
                yield from by_pollutant
                last = None
                continue
            found = frame(standing.table, kinds, standing.at, standing.caption)
            if last is not None and standing.after is (last.rest or (last,))[-1].table:
                going_on = found or continued(last, standing.table, standing.at)
                if whole := last.joined(going_on, told=standing.told):
                    last = whole
                    continue
            if last is not None:
                yield apart(last, self.pollutants)
            last = found
            if found is None and standing.table.index not in self.forms:
                self._note(standing, kinds)
        if last is not None:
            yield apart(last, self.pollutants)

    def _note(self, standing: Standing, kinds: Sequence[Kind]) -> None:
        table = standing.table
        header = "、".join(
            dict.fromkeys(one_line(cell.text) for cell in table.grid[0] if cell.text)
        )
        wanted = "、".join(kind.name for kind in kinds)
        unread = Unread(
            at=standing.at,
            what=f"一个表格（首行：{shorten(header)}）",
            why=f"表头与此处应有的表（{wanted}）对不上；请人工查看，或按提纲改写表头",
        )
        self.unread.append(unread)


def _counts(text: str) -> bool:
    """Return whether a line parts a caption from the table below it: blank ones and those of units do not."""
    return bool(text.strip()) and not _UNIT_LINE.match(halfwidth(text))


def _lists_pictures(row: Sequence[Cell]) -> bool:
    """Return whether a row says several things, and shows a picture besides."""
    cells = list(first_cells(row))
    said = sum(bool(cell.text) and not has_pictures(cell) for cell in cells)
    return said > 1 and any(map(has_pictures, cells))
