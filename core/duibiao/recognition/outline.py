"""Headings by number and title: which paragraph opens which section of the outline of 附件4 and 附件2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from duibiao.document.model import Block, Document, Paragraph
from duibiao.law.common import Heading
from duibiao.model.location import Location, shorten
from duibiao.model.quantities import halfwidth

SIMILARITY = 84
"""Least likeness (0 to 100, rapidfuzz ratio) of a title to the outline's wording for it to count as that section."""

SHORTEST_CONTENTS = 3
"""Fewest empty headings in a row, all repeated later, that are taken for typed contents."""

LONGEST_TITLE = 60
"""Longest text, in characters, that may be a heading without a heading style."""

_CHINESE = "[一二三四五六七八九十]{1,3}"
_TYPED = re.compile(
    rf"(?P<number>附件\s*[\d一二三]{{0,2}}|第{_CHINESE}(?:部分|章|节)[、.]?|{_CHINESE}[、.]|[(]{_CHINESE}[)][、.]?"
    r"|\d{1,2}(?:\.\d{1,2}){0,4}[.、]?)[\s:]*(?P<title>\D.*)$",
    re.DOTALL,
)
_PART_NUMBER = re.compile(rf"附件|第{_CHINESE}(?:部分|章)|[(]?{_CHINESE}[)]?[、.]?$")
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|…+|·{3,}|\t|\s{3,})\s*\d{1,4}\s*$")


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

    @property
    def label(self) -> str:
        """Number and title as shown."""
        space = "" if self.number.endswith("、") or not self.number else " "
        return f"{self.number}{space}{self.title}"

    def at(self, file: str) -> Location:
        """Return the place of the heading."""
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


def split(document: Document, outline: Sequence[Heading]) -> list[Chunk]:
    """Cut a document at its headings.

    Args:
        document: The document.
        outline: The prescribed outline.

    Returns:
        Chunks in the order found; the first holds what stands before the first heading (cover and contents).
    """
    chunks = [Chunk("封面", "", "封面", 1, None)]
    part = ""
    opened: set[str] = set()
    for block in document.blocks:
        chunk = _open(block, outline, part, opened) if isinstance(block, Paragraph) else None
        if chunk is None:
            chunks[-1].blocks.append(block)
            continue
        if chunk.level == 1 and chunk.key:
            part = chunk.key
        opened.add(chunk.key)
        chunks.append(chunk)
    return _without_contents(chunks)


def numbered(paragraph: Paragraph) -> tuple[str, str]:
    """Return number and title of a paragraph: the computed number, else one typed in front, else ""."""
    text = halfwidth(paragraph.text)
    if paragraph.number:
        return halfwidth(paragraph.number), text
    if match := _TYPED.match(text):
        return match["number"].strip(), match["title"].strip()
    return "", text


def _open(
    paragraph: Paragraph, outline: Sequence[Heading], part: str, opened: set[str]
) -> Chunk | None:
    """Return the chunk that a paragraph opens, or None where it is no heading.

    A heading has a heading style, or a number and a short title of the outline. One with neither counts only where
    its look says so (bold or centred), its words are the outline's own and the section has not been opened yet.
    """
    text = paragraph.text
    if paragraph.contents or not text.strip() or _CONTENTS_LINE.search(text):
        return None
    number, title = numbered(paragraph)
    styled = paragraph.level is not None
    if not styled and len(title) > LONGEST_TITLE:
        return None
    is_part = paragraph.level == 1 or (not styled and bool(_PART_NUMBER.match(number)))
    if not styled and not number:
        key = _by_look(paragraph, title, outline, part)
        if not key or key in opened:
            return None
    else:
        key = _match(title, _candidates(outline, part, is_part))
        if not key and is_part and not styled:
            key = _match(title, _candidates(outline, part, is_part=False))
    if not key and not styled:
        return None
    level = 1 + key.count(".") if key else (paragraph.level or 1)
    return Chunk(key, number, _one_line(text if paragraph.number else title), level, paragraph)


def _by_look(paragraph: Paragraph, title: str, outline: Sequence[Heading], part: str) -> str:
    if not (paragraph.bold or paragraph.centred):
        return ""
    plain = _plain(title)
    for is_part in (False, True):
        for heading in _candidates(outline, part, is_part):
            if plain in {_plain(wording) for wording in (heading.title, *heading.aliases)}:
                return heading.key
    return ""


def _candidates(outline: Sequence[Heading], part: str, is_part: bool) -> list[Heading]:
    return [
        heading
        for heading in outline
        if ("." not in heading.key) is is_part and _below(heading.key, part, is_part)
    ]


def _without_contents(chunks: list[Chunk]) -> list[Chunk]:
    """Put back into the front what is a list of headings and not the headings themselves.

    Contents that were typed without page numbers open every section once, with nothing under it; the sections
    themselves follow.
    """
    for number, chunk in enumerate(chunks[1:], 1):
        if any(not isinstance(b, Paragraph) or b.text.strip() for b in chunk.blocks):
            listed = number
            break
    else:
        return chunks
    later = {chunk.key for chunk in chunks[listed:] if chunk.key}
    while listed > 1 and chunks[listed - 1].key not in later:
        listed -= 1
    if listed - 1 < SHORTEST_CONTENTS:
        return chunks
    front = chunks[0]
    for chunk in chunks[1:listed]:
        if chunk.heading is not None:
            front.blocks.append(replace(chunk.heading, contents=True))
        front.blocks.extend(chunk.blocks)
    return [front, *chunks[listed:]]


def _below(key: str, part: str, is_part: bool) -> bool:
    return is_part or key.startswith(f"{part}.")


def _match(title: str, headings: Iterable[Heading]) -> str:
    plain = _plain(title)
    best, best_key = 0.0, ""
    for heading in headings:
        for wording in (heading.title, *heading.aliases):
            wanted = _plain(wording)
            score = 100.0 if plain == wanted else min(fuzz.ratio(plain, wanted), 99.0)
            if "." not in heading.key and plain.endswith(wanted):
                score = max(score, 98.0)
            if score > best:
                best, best_key = score, heading.key
    return best_key if best >= SIMILARITY else ""


def _plain(title: str) -> str:
    text = re.sub(r"\s+", "", halfwidth(title)).casefold()
    return re.sub(r"\((?:如涉及|红色彩纸|参照.*?)\)", "", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
