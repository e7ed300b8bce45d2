"""Where the paragraphs and cells of a Word file, as they were numbered in reading, stand in its XML."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from duibiao.document.blocks import Blocks
from duibiao.document.model import Cell, Paragraph, Table
from duibiao.document.numbering import Numbering
from duibiao.document.package import Package
from duibiao.document.pages import Pages
from duibiao.document.paragraphs import Paragraphs
from duibiao.document.pictures import Gallery
from duibiao.document.story import Story
from duibiao.document.styles import Styles
from duibiao.document.xml import W
from duibiao.intake.refusal import refusal
from duibiao.model.location import Location

_P, _BOX = W + "p", W + "txbxContent"

Stretch = tuple[int, int]
"""First and last paragraph of a place, by their numbers."""


class Places:
    """The places of one file, found by reading it once more.

    Attributes:
        root: The w:document.
        first: The stretch of the first paragraph.
    """

    def __init__(self, package: Package) -> None:
        """Read the main story of `package`.

        Raises:
            IntakeError: It cannot be read, or there is no paragraph in it.
        """
        self.root = package.xml(package.main)
        body = self.root.find(W + "body")
        styles = next(iter(package.linked("styles")), None)
        blocks, pages = Blocks(), Pages(False)
        self._paragraphs = _Recorder(
            Styles(package.xml(styles) if styles else None),
            Numbering(),
            Gallery(package.archive, package.links, {}),
            blocks,
            pages,
        )
        story = Story(self._paragraphs, blocks, pages, package.archive.name)
        read = [] if body is None else story.blocks(body)
        self._tables = {block.index: block for block in read if isinstance(block, Table)}
        if not self._paragraphs.found:
            raise refusal(
                package.archive.name, "正文里没有段落，没有可以加批注的地方", "请核对文件"
            )
        self.first: Stretch = (1, 1)

    def find(self, at: Location) -> Stretch | None:
        """Return where a location lies: a cell, a row, a paragraph; None where it is not in the body.

        A table is its first row, a column its first cell.
        """
        table = self._tables.get(at.table or 0)
        if table is not None:
            numbers = [item.index for cell in _cells(table, at) for item in cell.paragraphs]
            if numbers:
                return min(numbers), max(numbers)
        if at.paragraph is not None and 1 <= at.paragraph <= len(self._paragraphs.found):
            return at.paragraph, at.paragraph
        return None

    def ends(self, stretch: Stretch) -> tuple[etree._Element, etree._Element]:
        """Return the w:p in which a stretch begins, and the one in which it ends.

        Comments are not allowed in text boxes, and what stands in one may be there twice: it is the paragraph that
        the box is anchored in that is returned.
        """
        begin, _ = self._paragraphs.found[stretch[0] - 1]
        _, end = self._paragraphs.found[stretch[1] - 1]
        return _outside(begin), _outside(end)


class _Recorder(Paragraphs):
    """Keeps the elements of every paragraph: the first and the last w:p, where one runs into the next."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        gallery: Gallery,
        blocks: Blocks,
        pages: Pages,
    ) -> None:
        super().__init__(styles, numbering, gallery, blocks, pages)
        self.found: list[tuple[etree._Element, etree._Element]] = []
        self._begun: etree._Element | None = None

    def read(self, element: etree._Element, contents: bool = False) -> Paragraph | None:
        paragraph = super().read(element, contents)
        begun = element if self._begun is None else self._begun
        if paragraph is None:
            self._begun = begun
        else:
            self._begun = None
            self.found.append((begun, element))
        return paragraph


def _cells(table: Table, at: Location) -> Iterator[Cell]:
    """Yield what is meant of a table: a cell, or its row where it holds nothing; a row; the first of it otherwise.

    A column is meant where the rows of a list stand side by side: its uppermost cell stands for it, for a comment on
    all of them would take in the columns beside.
    """
    row = table.grid[min(max(at.row or 1, 1), len(table.grid)) - 1]
    column = at.column or 0
    if 1 <= column <= len(row) and row[column - 1].paragraphs:
        yield row[column - 1]
        return
    begun = [cell for cell in row if cell.row == (at.row or 1) and cell.paragraphs]
    yield from begun or row


def _outside(paragraph: etree._Element) -> etree._Element:
    """Return the paragraph that holds the text box in which a paragraph stands, or the paragraph itself."""
    found, boxed = paragraph, False
    for outer in paragraph.iterancestors(_P, _BOX):
        if outer.tag == _BOX:
            boxed = True
        elif boxed:
            found, boxed = outer, False
    return found
