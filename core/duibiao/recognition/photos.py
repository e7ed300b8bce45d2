"""Photos with their captions: in paragraphs, in tables that arrange them, in a column of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duibiao.document.model import Cell, Paragraph, Picture, Table
from duibiao.model.emissions import Photo
from duibiao.model.location import Location, Text
from duibiao.model.quantities import halfwidth
from duibiao.recognition.cells import cell_text, first_cells, has_pictures, paragraph_text, place
from duibiao.recognition.outline import Chunk
from duibiao.recognition.reading import Reading

_INTRODUCES = re.compile(r"^[(（]\d{1,2}[)）]|[：:。；;]$")
"""A line that says what follows, and is no caption."""

_COUNT = re.compile(r"(\d{1,9})(?:-\d{1,2})?#?")
_NUMBER = re.compile(r"(?:图|序号)\s*(\d{1,3})|(\d{1,3})(?:-\d{1,2})?\s*(?:#|号|[、.:])")


def photos(reading: Reading, key: str) -> tuple[Photo, ...]:
    """Return the photos at `key` and below, in order."""
    return tuple(photo for chunk in reading.under(key) for photo in _photos(reading, chunk))


def caption_number(caption: str) -> int | None:
    """Return the running number that a caption begins with (图3, 3#, 3、), or None."""
    match = _NUMBER.match(halfwidth(caption))
    return int(match[1] or match[2]) if match else None


def _photos(reading: Reading, chunk: Chunk) -> Iterator[Photo]:
    base = chunk.at(reading.file)
    run: list[Paragraph] = []
    for block in (*chunk.blocks, None):
        if isinstance(block, Paragraph) and not _INTRODUCES.search(block.text.strip()):
            if block.text.strip() or block.pictures:
                run.append(block)
            continue
        yield from _one_by_one(run, base)
        run = []
        if isinstance(block, Table):
            at = reading.table_at(block, chunk)
            if reading.shows_pictures(block):
                yield from _arranged(block, at)
            else:
                yield from _listed(block, at)
        elif block is not None and block.pictures:
            yield from _one_by_one([block], base)


def _one_by_one(run: Sequence[Paragraph], base: Location) -> Iterator[Photo]:
    """Pair pictures in paragraphs with their captions.

    A caption stands in the same paragraph or in the next one; in the one before where the run of pictures and
    captions begins with a caption and ends with a picture.
    """
    above = bool(run) and not run[0].pictures and bool(run[-1].pictures)
    for before, block, following in zip((None, *run), run, (*run[1:], None), strict=False):
        if not block.pictures:
            continue
        words = block if block.text.strip() else before if above else following
        caption = paragraph_text(words, base) if words and not _is_bare(words) else None
        at = caption.at if caption else paragraph_text(block, base).at
        for picture in block.pictures:
            yield _photo(at, caption, picture)


def _is_bare(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is a picture without words."""
    return bool(paragraph.pictures) and not paragraph.text.strip()


def _arranged(table: Table, base: Location) -> Iterator[Photo]:
    """Pair captions with the pictures above them (below them, in the same cell), column by column."""
    waiting: dict[int, Cell] = {}
    for cell in _captions_last(table):
        pictured = has_pictures(cell)
        if pictured and not cell.text:
            waiting[cell.column] = cell
        elif cell.text:
            held = cell if pictured else waiting.pop(cell.column, None)
            caption = cell_text(cell, base)
            yield _photo(caption.at, caption, held.pictures[0] if held else None)
    for cell in waiting.values():
        yield _photo(
            place(base, row=cell.row, column=cell.column, cell=cell), None, cell.pictures[0]
        )


def _captions_last(table: Table) -> Iterator[Cell]:
    """Yield the cells row by row; where rows of captions and of pictures take turns, the pictures first."""
    rows = [[cell for cell in first_cells(row) if cell.text or cell.pictures] for row in table.grid]
    rows = [row for row in rows if row]
    pairs = list(zip(rows[::2], rows[1::2], strict=False))
    if len(rows) % 2 == 0 and all(
        all(cell.text and not has_pictures(cell) for cell in words)
        and all(has_pictures(cell) and not cell.text for cell in pictures)
        and len(pictures) <= len(words)
        for words, pictures in pairs
    ):
        for words, pictures in pairs:
            yield from pictures
            yield from words
    else:
        yield from table.cells()


def _listed(table: Table, base: Location) -> Iterator[Photo]:
    """Pictures in a row of a list show what the row is about."""
    for row in table.grid:
        cells = list(first_cells(row))
        pictures = [picture for cell in cells for picture in cell.pictures]
        if not pictures:
            continue
        words = [cell for cell in cells if cell.text and not _COUNT.fullmatch(halfwidth(cell.text))]
        number = _COUNT.fullmatch(halfwidth(cells[0].text))
        for picture in pictures:
            shown = _photo(base, cell_text(words[0], base) if words else None, picture)
            yield Photo(
                shown.caption.at if shown.caption else base,
                shown.caption,
                int(number[1]) if number else shown.number,
                picture.key,
                picture.width,
                picture.height,
            )


def _photo(at: Location, caption: Text | None, picture: Picture | None) -> Photo:
    number = caption_number(caption.value) if caption else None
    if picture is None:
        return Photo(at, caption, number)
    return Photo(at, caption, number, picture.key, picture.width, picture.height)
