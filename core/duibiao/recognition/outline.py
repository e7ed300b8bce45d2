"""Cuts a document at its headings: which paragraph opens which section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from duibiao.document.model import Block, Document, Paragraph
from duibiao.law.common import Heading
from duibiao.model.classes import dataclass
from duibiao.model.location import Location, shorten
from duibiao.model.quantities import halfwidth
from duibiao.recognition.cells import one_line
from duibiao.recognition.titles import Outline

SHORTEST_CONTENTS = 3
"""Fewest empty headings in a row, all repeated later, that are taken for typed contents."""

LONGEST_TITLE = 60
"""Longest text, in characters, that may be a heading without a heading style."""

_CHINESE = "[一二三四五六七八九十]{1,3}"
_TYPED = re.compile(
    rf"(?P<number>附件?\s*[\d一二三]{{0,2}}(?=[\s:：]|[^\w\s])|附件|第{_CHINESE}(?:部分|章|节|篇)[、.．]?"
    rf"|{_CHINESE}[、.．]|[(（]{_CHINESE}[)）][、.．]?|[(（]\d{{1,2}}[)）]"
    r"|\d{1,2}(?:\s?[.．、]\s?\d{1,2}){0,4}[.．、]?)[\s:：]*(?P<title>\D.*)$",
    re.DOTALL,
)
_SURELY_NUMBER = re.compile(r"[、.．)）]|^[第附]")
_PART_NUMBER = re.compile(rf"附|第{_CHINESE}(?:部分|章|篇)|[(]?{_CHINESE}[)]?[、.]?$")
_BRACKETED = re.compile(r"[(]\d")
_CONTENTS_LINE = re.compile(r"(?:[.．]{3,}|…+|[·•]{3,}|[-—]{3,}|_{3,}|\t|\s{3,})\s*\d{1,4}\s*$")


@dataclass(slots=True)
class Chunk:
    """A heading with what stands under it, sub-sections excluded.

    Attributes:
        key: Place in the outline, or "" where the outline has none.
        number: Number as shown, or "".
        title: Title as shown.
        level: Level counted from 1.
        heading: The heading, or None for what stands before the first one.
        blocks: Blocks under it.
    """

    key: str
    number: str
    title: str
    level: int
    heading: Paragraph | None
    blocks: list[Block] = field(default_factory=list)
    _at: Location | None = None

    @property
    def label(self) -> str:
        """Number and title as shown."""
        space = "" if self.number.endswith("、") or not self.number else " "
        return f"{self.number}{space}{self.title}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing but blank lines stands under it."""
        return not any(_says_something(block) for block in self.blocks)

    @property
    def only_lists(self) -> bool:
        """Whether nothing stands under it but numbered lines as short as titles, and blank ones."""
        return all(map(_may_be_title, self.blocks))

    def at(self, file: str) -> Location:
        """Return the place of the heading."""
        if self._at is None:
            self._at = self._place(file)
        return self._at

    def _place(self, file: str) -> Location:
        if self.heading is None:
            return Location(file, self.key, self.label)
        return Location(
            file=file,
            section=self.key,
            heading=self.label,
            page=self.heading.page,
            paragraph=self.heading.index,
            box=self.heading.box,
            quote=shorten(self.label),
        )


def split(document: Document, headings: Sequence[Heading]) -> list[Chunk]:
    """Cut a document at its headings.

    Args:
        document: The document.
        headings: The prescribed outline.

    Returns:
        Chunks in the order found; the first holds what stands before the first heading (cover and contents). A plan
        that is a document of its own has no such cover: its title page stands under its title.
    """
    return _with_title_page(_without_contents(_cut(document.blocks, Outline(headings))))


def numbered(paragraph: Paragraph) -> tuple[str, str]:
    """Return number and title of a paragraph: the number typed in front, else the computed one, else "".

    Where both stand, the typed one is what the author meant; then it must be plain that it is a number (2.1, 四、).
    """
    text = paragraph.text.strip()
    match = _TYPED.match(text)
    if match and (not paragraph.number or _SURELY_NUMBER.search(match["number"])):
        return re.sub(r"\s+", "", halfwidth(match["number"])), match["title"].strip()
    return halfwidth(paragraph.number or ""), text


def _cut(blocks: Iterable[Block], outline: Outline) -> list[Chunk]:
    chunks = [Chunk("封面", "", "封面", 1, None)]
    for block in blocks:
        chunk = _open(block, outline, chunks[-1]) if isinstance(block, Paragraph) else None
        if chunk is None:
            chunks[-1].blocks.append(block)
            continue
        outline.open(chunk.key)
        if chunk.key and chunk.key == chunks[-1].key and chunks[-1].is_empty:
            chunks.pop()  # a title page, whose title stands again above what it announces
        chunks.append(chunk)
    return chunks


def _open(paragraph: Paragraph, outline: Outline, before: Chunk) -> Chunk | None:
    """Return the chunk that a paragraph opens, or None where it is no heading.

    A heading has a heading style, or a number and a short title of the outline. One with neither counts only where
    its look says so (bold or centred), its words are the outline's own and the section has not been opened yet; a
    number that is usual for lists, such as （1）, is no better than none. What repeats the title above is no heading.
    """
    text = paragraph.text
    styled = paragraph.level is not None
    if paragraph.contents or (not styled and len(text) > 2 * LONGEST_TITLE):
        return None
    if not text.strip() or _CONTENTS_LINE.search(text[-2 * LONGEST_TITLE :]):
        return None
    number, title = numbered(paragraph)
    if not styled and (
        len(title) > LONGEST_TITLE or (before.key == "封面" and title[-1:].isdecimal())
    ):
        return None  # in front, a title with a number behind it is a line of the contents
    if styled or (number and not _BRACKETED.match(number)):
        key = outline.find(number, title, parts=styled or bool(_PART_NUMBER.match(number)))
    else:
        key = outline.named(title) if paragraph.bold or paragraph.centred else ""
    if not key and not styled:
        return None
    if key and key == before.key and not number and before.is_empty:
        return None
    level = 1 + key.count(".") if key else (paragraph.level or 1)
    return Chunk(key, number, one_line(title), level, paragraph)


def _without_contents(chunks: list[Chunk]) -> list[Chunk]:
    """Put back into the front what is a list of headings and not the headings themselves.

    Contents that were typed without page numbers open every section once, with nothing under it but lines for what
    the outline does not know; the sections themselves follow.
    """
    listed = next((n for n, chunk in enumerate(chunks) if n and not chunk.only_lists), 0)
    later = {chunk.key for chunk in chunks[listed:] if chunk.key}
    while listed > 1 and chunks[listed - 1].key not in later:
        listed -= 1
    if listed - 1 < SHORTEST_CONTENTS:
        return chunks
    front = chunks[0]
    for chunk in chunks[1:listed]:
        if chunk.heading is not None:
            front.blocks.append(replace(chunk.heading, contents=True))
        front.blocks.extend(
            replace(block, contents=True) if isinstance(block, Paragraph) else block
            for block in chunk.blocks
        )
    return [front, *chunks[listed:]]


def _with_title_page(chunks: list[Chunk]) -> list[Chunk]:
    """Put the front of a plan that is a document of its own under the plan's title."""
    parts = {chunk.key.partition(".")[0] for chunk in chunks[1:] if chunk.key}
    if parts == {"附"} and chunks[1].key == "附":
        chunks[1].blocks[:0] = chunks[0].blocks
        chunks[0].blocks = []
    return chunks


def _may_be_title(block: Block) -> bool:
    """Whether a block is blank, or a line that a table of contents may hold."""
    if not _says_something(block):
        return True
    if not isinstance(block, Paragraph) or block.pictures:
        return False
    number, title = numbered(block)
    return bool(number) and not _BRACKETED.match(number) and len(title) <= LONGEST_TITLE


def _says_something(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(block.text.strip() or block.pictures)
