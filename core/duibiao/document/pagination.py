"""True page numbers for a Word file, taken from the PDF of the same text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from duibiao.document.model import Block, Cell, Document, Paragraph, Table

KEY = 24
"""Characters of a paragraph by which it is found on a page."""

CELL_KEY = 6
"""Characters of a cell by which it is found: a cell's lines are broken, and lie between those of its neighbours."""

FAR = 40
"""Pages ahead in which a paragraph is looked for: as many pages of pictures may lie between two texts."""

_SHORTEST = 4


def with_pages(document: Document, pdf: Path | bytes, name: str) -> Document:
    """Return a document whose paragraphs know the page they stand on.

    Args:
        document: The Word file.
        pdf: The PDF of the same text, handed in beside it or laid out by LibreOffice.
        name: Its file name, for messages.

    Returns:
        The document; a paragraph that is found on no page gets the page of the one before it.

    Raises:
        IntakeError: If the PDF cannot be read.
    """
    pages = tuple(_page_texts(pdf, name))
    return replace(document, blocks=tuple(_placed(document.blocks, pages)))


def _placed(blocks: Sequence[Block], pages: Sequence[str]) -> Iterator[Block]:
    reached, offset = 0, 0
    for block in blocks:
        if isinstance(block, Paragraph):
            key = _plain(block.number + block.text.partition("\t")[0])[:KEY]
            reached, offset = _find(key, pages, reached, offset)
            yield replace(block, page=reached + 1)
        else:
            table, reached = _table(block, pages, reached)
            offset = 0
            yield table


def _find(key: str, pages: Sequence[str], reached: int, offset: int) -> tuple[int, int]:
    far = FAR if len(key) >= _SHORTEST else 2
    for page in range(reached, min(reached + far, len(pages))) if key else ():
        found = pages[page].find(key, offset if page == reached else 0)
        if found >= 0:
            return page, found + len(key)
    return reached, offset


def _table(table: Table, pages: Sequence[str], reached: int) -> tuple[Table, int]:
    placed: dict[int, Cell] = {}
    for row in table.grid:
        keys = [_plain(cell.text)[:CELL_KEY] for cell in row if cell.text]
        reached = _row_page([key for key in keys if len(key) > 1], pages, reached)
        for cell in row:
            if id(cell) not in placed:
                texts = tuple(replace(text, page=reached + 1) for text in cell.paragraphs)
                placed[id(cell)] = replace(cell, paragraphs=texts)
    grid = tuple(tuple(placed[id(cell)] for cell in row) for row in table.grid)
    return replace(table, grid=grid), reached


def _row_page(keys: Sequence[str], pages: Sequence[str], reached: int) -> int:
    """The first page from `reached` on that holds most of a row's cells; `reached` where none does."""
    for page in range(reached, min(reached + 3, len(pages))):
        if keys and 2 * sum(key in pages[page] for key in keys) > len(keys):
            return page
    return reached


def _page_texts(pdf: Path | bytes, name: str) -> Iterator[str]:
    from duibiao.document.pdf.file import open_pdf  # PDFium is only needed here

    with open_pdf(pdf, name) as upload:
        for page in upload.handle:
            text = page.get_textpage()
            yield _plain(text.get_text_range())
            text.close()
            page.close()


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
