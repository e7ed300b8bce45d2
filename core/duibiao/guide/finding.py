"""Finding the indicator tables of a guide: caption, headings, and the pieces that pages have cut them into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from duibiao.document.model import Block, Document, Paragraph, Table
from duibiao.guide.layout import Columns, Grid, columns_of, turned
from duibiao.guide.words import caption_number, indicator_of, is_caption, plain

_LONGEST_HEADING = 40
_RANKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^第[\d一二三四五六七八九十百]+[章部篇]",
        r"^[一二三四五六七八九十百]+[、.]",
        r"^\([一二三四五六七八九十百]+\)",
        r"^\d+[、.](?!\d)",
        r"^\d+\.\d+",
    )
)
_CONTINUED = re.compile(r"^(?:续表|\(?续\)?$)|\(续\)|^续附?表")
_PAGE_NUMBER = re.compile(r"^[-—–·\s]*\d{1,4}[-—–·\s]*$|^第\d+页")
_TITLE = re.compile(r"指标(?:要求)?(?:一?览?表)?$")
_NOTE = re.compile(r"^(?:备?注|说明)[\d:、.]")


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the file, as far as it belongs to an indicator table.

    Attributes:
        grid: Its rows; turned where the grades stand in rows.
        columns: What its columns are.
        table: Its number in the file.
        start: First row that is no header.
    """

    grid: Grid
    columns: Columns
    table: int
    start: int


@dataclass(slots=True)
class GuideTable:
    """绩效分级指标表: one indicator table of a guide.

    Attributes:
        parts: Its pieces, in order.
        caption: Its caption, or "".
        headings: Headings that it stands under, outermost first.
        notes: Notes below it.
    """

    parts: list[Part]
    caption: str
    headings: tuple[str, ...]
    notes: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What a person finds it by."""
        return self.caption or f"文中第{self.parts[0].table}个表格"

    @property
    def number(self) -> str:
        """Its number as the caption has it, such as ``表15-1``, or ""."""
        return caption_number(self.caption)


def find_tables(document: Document) -> list[GuideTable]:
    """Return the indicator tables of a guide, those that pages have cut put together again."""
    return list(_Search().tables(document.blocks))


class _Search:
    """Goes through a document once."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, str]] = []
        self._caption = ""
        self._open: GuideTable | None = None
        self._adjacent = False

    def tables(self, blocks: tuple[Block, ...]) -> Iterator[GuideTable]:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif (found := self._table(block)) is not None:
                yield found

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text.strip()
        said = plain(text)
        if not said or paragraph.contents or _PAGE_NUMBER.match(said):
            return
        if self._adjacent and self._open and _NOTE.match(said):
            self._open.notes.append(text)
            return
        if _CONTINUED.search(said) and self._open and self._continues(said):
            return
        rank = _rank(paragraph, said)
        if _is_title(text, said, rank):
            self._caption = text
        elif rank is not None:
            self._headings = [entry for entry in self._headings if entry[0] < rank]
            self._headings.append((rank, f"{paragraph.number}{text}"))
            self._caption = ""
        self._adjacent = False

    def _continues(self, said: str) -> bool:
        number = caption_number(said)
        return self._adjacent and (not number or not self._open or number == self._open.number)

    def _table(self, table: Table) -> GuideTable | None:
        part, title = _part(table)
        if part is None:
            self._continue_bare(table)
            self._caption = ""
            return None
        caption, self._caption = self._caption or title, ""
        last = self._open
        if last is not None and self._adjacent and not caption and _goes_on(last, part):
            last.parts.append(part)
            return None
        headings = tuple(text for _, text in self._headings)
        self._open, self._adjacent = GuideTable([part], caption, headings), True
        return self._open

    def _continue_bare(self, table: Table) -> None:
        """Take a table without a header for the rest of the one before, where it fits right below it."""
        last = self._open
        width = len(table.grid[0]) if table.grid else 0
        if last is None or not self._adjacent or self._caption:
            self._adjacent = False
            return
        head = last.parts[0]
        if head.columns.turned or width != len(head.grid[0]):
            self._adjacent = False
            return
        last.parts.append(Part(table.grid, head.columns, table.index, 0))


def _part(table: Table) -> tuple[Part | None, str]:
    for grid, is_turned in ((table.grid, False), (turned(table.grid), True)):
        found = columns_of(grid, is_turned=is_turned)
        if found is not None:
            columns, start, title = found
            return Part(grid, columns, table.index, start), title
    return None, ""


def _goes_on(last: GuideTable, part: Part) -> bool:
    """Whether a table with a header of its own repeats the header of the one before and goes on below it."""
    if part.columns != last.parts[0].columns:
        return False
    before = [name for piece in last.parts for name in _indicators(piece)]
    return not (set(_indicators(part)) & set(before[:-1]))


def _indicators(part: Part) -> list[str]:
    names = (indicator_of(row[0].text) for row in part.grid[part.start :])
    return list(dict.fromkeys(filter(None, names)))


def _is_title(text: str, said: str, rank: int | None) -> bool:
    """Whether a paragraph is the caption of the table below it."""
    if is_caption(text):
        return len(said) <= 2 * _LONGEST_HEADING and not said.endswith("。")
    return rank is None and len(said) <= _LONGEST_HEADING and _TITLE.search(said) is not None


def _rank(paragraph: Paragraph, said: str) -> int | None:
    """Return how deep a heading stands, or None for what is none."""
    if len(said) > _LONGEST_HEADING or said.endswith(("。", "；", ";", "，")):
        return None
    numbered = plain(paragraph.number) + said
    for rank, pattern in enumerate(_RANKS):
        if pattern.match(numbered):
            return rank
    return None if paragraph.level is None else paragraph.level - 1
