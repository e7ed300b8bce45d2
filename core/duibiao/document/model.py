"""The neutral model of a page-based document: paragraphs, tables, pictures. Nothing of the domain.

Every reader (Word now) gives a `Document`; recognition looks at nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from duibiao.model.classes import dataclass
from duibiao.model.location import Box


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is placed.

    Attributes:
        part: Name of its part in the file; "" where the part is missing.
        key: CRC-32 and size of its content as stored in the file, such as ``9f3c…-10324``: equal keys, equal pictures.
        width: Drawn width in EMU of the whole picture, what is cropped included, or None.
        height: Drawn height likewise.
    """

    part: str
    key: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        index: Number in the file, counted from 1 in document order, table cells included.
        text: Visible text: tabs as tabs, line breaks as line feeds, deleted and hidden text left out.
        number: Number that the file computes and does not hold as text, such as ``2.13.1`` or ``一、``; "" if none.
        level: Outline level counted from 1 (heading 1), or None for body text.
        style: Name of its style in lower case, "" for the default one.
        pictures: Pictures in it.
        page: Page counted from 1, or None where it is not known.
        bold: All of its visible text is bold.
        size: Font size in half-points of its first visible run, or None where it does not say.
        centred: It is centred.
        contents: It is a line of a table of contents.
        box: Place on its page in points from the upper left corner, where the file has fixed pages.
    """

    index: int
    text: str
    number: str = ""
    level: int | None = None
    style: str = ""
    pictures: tuple[Picture, ...] = ()
    page: int | None = None
    bold: bool = False
    size: int | None = None
    centred: bool = False
    contents: bool = False
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell, once for all the grid positions that it covers.

    Attributes:
        row: First grid row that it covers, counted from 1.
        column: First grid column that it covers, counted from 1.
        rowspan: Rows covered.
        colspan: Columns covered.
        paragraphs: Its paragraphs, those of nested tables included.
        text: Their texts, joined by line feeds, trimmed.
        box: Place on its page in points from the upper left corner, where the file has fixed pages.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    paragraphs: tuple[Paragraph, ...]
    text: str
    box: Box | None = None

    @property
    def page(self) -> int | None:
        """Page on which it begins, or None where it is not known."""
        return self.paragraphs[0].page if self.paragraphs else None

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Pictures in the cell."""
        return tuple(picture for paragraph in self.paragraphs for picture in paragraph.pictures)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its merges resolved.

    Attributes:
        index: Number in the file, counted from 1; tables nested in one of several cells are not counted, and a table
            of one cell around others is but a frame.
        grid: Rows of cells; a merged cell stands at every position it covers, so all rows are equally long.
        header_rows: Leading rows marked to be repeated on every page.
    """

    index: int
    grid: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0

    def cells(self) -> Iterator[Cell]:
        """Yield every cell once, row by row."""
        for number, row in enumerate(self.grid, 1):
            previous: Cell | None = None
            for cell in row:
                if cell is not previous and cell.row == number:
                    yield cell
                previous = cell


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read.

    Attributes:
        name: File name as the user knows it.
        sha256: Hash of the file's bytes, in hexadecimal.
        size: Size of the file in bytes.
        blocks: Paragraphs and tables of the body, in order.
        margins: Texts of headers, footers, footnotes and endnotes.
        revisions: Insertions, deletions and moves that are still tracked.
        comments: Comments.
        external: Targets outside the file that it refers to; never fetched.
        warnings: What could not be read, or is out of the ordinary (macros, missing parts), for the report.
    """

    name: str
    sha256: str
    size: int
    blocks: tuple[Block, ...]
    margins: tuple[str, ...] = ()
    revisions: int = 0
    comments: int = 0
    external: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())
