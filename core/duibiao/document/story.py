"""A story of a Word file (its body, a header, a footer): from the XML to paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from duibiao.document.blocks import Blocks, Known
from duibiao.document.model import Block, Paragraph, Table
from duibiao.document.pages import Pages
from duibiao.document.paragraphs import Paragraphs
from duibiao.document.pictures import choice
from duibiao.document.tables import Draft, Grid
from duibiao.document.xml import MC, VAL, W, flag, integer
from duibiao.intake.refusal import refusal

_P, _TBL, _TR, _TC = W + "p", W + "tbl", W + "tr", W + "tc"
_TC_PR, _TR_PR = W + "tcPr", W + "trPr"
_GRID_BEFORE, _TBL_HEADER, _INS, _DEL = W + "gridBefore", W + "tblHeader", W + "ins", W + "del"
_GRID_SPAN, _V_MERGE, _H_MERGE = W + "gridSpan", W + "vMerge", W + "hMerge"
_SDT, _SDT_CONTENT = W + "sdt", W + "sdtContent"
_WRAPPERS = frozenset({W + "customXml", W + "ins", W + "moveTo"})
_MAX_POSITIONS = 1_000_000


class _Place(NamedTuple):
    """What a cell says about its place: columns it spans, continuing the cell above or to the left."""

    colspan: int = 1
    down: bool = False
    right: bool = False

    def taken(self, grid: Grid) -> Draft | None:
        """Take the next place in the row; return None where the content of the cell is not shown."""
        if self.down or self.right:
            return grid.continued(self.colspan, down=self.down, right=self.right)
        return grid.place(self.colspan)


_USUAL = _Place()


class Story:
    """Reads the blocks of one part, once, in document order."""

    def __init__(self, paragraphs: Paragraphs, blocks: Blocks, pages: Pages, name: str) -> None:
        """Start before the first block of the file `name`."""
        self._paragraphs = paragraphs
        self._places = Known(blocks, _place)
        self._pages = pages
        self._name = name
        self._tables = 0
        self._nesting = 0
        self._positions = 0

    def blocks(self, container: etree._Element, contents: bool = False) -> list[Block]:
        """Return the paragraphs and tables in an element.

        Args:
            container: The w:body, or anything else that holds w:p and w:tbl.
            contents: It is a table of contents.
        """
        blocks: list[Block] = []
        for child in container:
            if child.tag == _P:
                paragraph = self._paragraphs.read(child, contents)
                if paragraph is not None:
                    blocks.append(paragraph)
                for box in self._paragraphs.boxes:
                    blocks += self.blocks(box)
            else:
                blocks += self._block(child, contents)
        return blocks

    def _block(self, element: etree._Element, contents: bool) -> list[Block]:
        """Return what stands in a table or in something wrapped around blocks."""
        tag = element.tag
        if tag == _TBL:
            return self._table(element)
        if tag == _SDT:
            inner = element.find(_SDT_CONTENT)
            contents = contents or _is_contents(element)
        elif tag == MC + "AlternateContent":
            inner = choice(element)
        else:
            inner = element if tag in _WRAPPERS else None
        return [] if inner is None else self.blocks(inner, contents)

    # ---------------------------------------------------------------------------------- tables

    def _table(self, element: etree._Element) -> list[Block]:
        frame = _drawn_around(element)
        if frame is not None:
            return self.blocks(frame)
        self._tables += not self._nesting
        index = self._tables
        grid = Grid()
        header_rows = 0
        for number, row in enumerate(_unwrapped(element, _TR)):
            if self._row(row, grid) and header_rows == number:
                header_rows += 1
            if self._positions + grid.positions > _MAX_POSITIONS:
                reason = f"表格超过 {_MAX_POSITIONS // 10_000} 万格，为安全起见没有继续读取"
                raise refusal(self._name, reason)
        self._positions += grid.positions
        return [Table(index, grid.finish(), header_rows)] if grid.positions else []

    def _row(self, row: etree._Element, grid: Grid) -> bool:
        """Read a row into the grid; return whether it is to be repeated on every page."""
        skipped, repeated = 0, False
        for properties in row.iterchildren(_TR_PR):
            for child in properties:
                tag = child.tag
                if tag == _GRID_BEFORE:
                    skipped = integer(child.get(VAL)) or 0
                elif tag == _TBL_HEADER:
                    repeated = flag(child)
                elif tag in (_INS, _DEL):
                    self._paragraphs.revisions += 1
                    if tag == _DEL:
                        return False
        grid.start_row(skipped)
        self._nesting += 1
        self._pages.start_row()
        for cell in _unwrapped(row, _TC):
            self._cell(cell, grid)
            self._pages.end_cell()
        self._pages.end_row()
        self._nesting -= 1
        return repeated

    def _cell(self, cell: etree._Element, grid: Grid) -> None:
        draft: Draft | None = None
        for child in cell:
            tag = child.tag
            if tag == _TC_PR:
                if draft is None and (said := self._places(child)) is not _USUAL:
                    draft = said.taken(grid)
                    if draft is None:
                        return
                continue
            if draft is None:
                draft = grid.place(1)
            if tag == _P:
                paragraph = self._paragraphs.read(child)
                if paragraph is not None:
                    draft.paragraphs.append(paragraph)
                for box in self._paragraphs.boxes:
                    draft.paragraphs += flat(self.blocks(box))
            else:
                draft.paragraphs += flat(self._block(child, contents=False))
        if draft is None:
            grid.place(1)


def _place(properties: etree._Element) -> _Place:
    """Read w:tcPr; what says nothing is `_USUAL`, for a condensed part does not even have it."""
    colspan, down, right = 1, False, False
    for child in properties:
        tag = child.tag
        if tag == _GRID_SPAN:
            colspan = integer(child.get(VAL)) or 1
        elif tag == _V_MERGE:
            down = child.get(VAL, "continue") == "continue"
        elif tag == _H_MERGE:
            right = child.get(VAL, "continue") == "continue"
    said = _Place(colspan, down, right)
    return _USUAL if said == _USUAL else said


def _drawn_around(table: etree._Element) -> etree._Element | None:
    """Return the only cell of a table where that holds tables again, for it is but a frame; None otherwise."""
    rows = _unwrapped(table, _TR)
    row = next(rows, None)
    if row is None or next(rows, None) is not None:
        return None
    cells = _unwrapped(row, _TC)
    cell = next(cells, None)
    if cell is None or next(cells, None) is not None or cell.find(_TBL) is None:
        return None
    return cell


def flat(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield the paragraphs among blocks, those in tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells():
                yield from cell.paragraphs


def _unwrapped(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those in content controls included."""
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag == _SDT:
            inner = child.find(_SDT_CONTENT)
            if inner is not None:
                yield from _unwrapped(inner, wanted)
        elif tag in _WRAPPERS:
            yield from _unwrapped(child, wanted)


def _is_contents(sdt: etree._Element) -> bool:
    gallery = sdt.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(VAL) == "Table of Contents"
