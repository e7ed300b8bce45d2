"""Headings by number and title: which paragraph opens which section of the outline of 附件4 and 附件2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from duibiao.document.model import Block, Document, Paragraph
from duibiao.law.common import Heading
from duibiao.model.location import Location, shorten
from duibiao.model.quantities import halfwidth

SIMILARITY = 84
"""Least likeness (0 to 100, rapidfuzz ratio) of a title to the outline's wording for it to count as that section."""

LONGEST_TITLE = 60
"""Longest text, in characters, that may be a heading without a heading style."""

_TYPED = re.compile(
    r"(?P<number>附件\s*\d*|[(]?[一二三四五六七八九十]{1,3}[)]?[、.]|\d{1,2}(?:\.\d{1,2}){0,4}[.、]?)[\s:]*(?P<title>\D.*)$",
    re.DOTALL,
)
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|…+|·{3,}|\t)\s*\d{1,4}\s*$")
_PART_NUMBER = re.compile(r"附件|[一二三四五六七八九十]{1,3}[、.]")


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
    for block in document.blocks:
        chunk = _open(block, outline, part) if isinstance(block, Paragraph) else None
        if chunk is None:
            chunks[-1].blocks.append(block)
            continue
        if chunk.level == 1 and chunk.key:
            part = chunk.key
        chunks.append(chunk)
    return chunks


def numbered(paragraph: Paragraph) -> tuple[str, str]:
    """Return number and title of a paragraph: the computed number, else one typed in front, else ""."""
    text = halfwidth(paragraph.text)
    if paragraph.number:
        return halfwidth(paragraph.number), text
    if match := _TYPED.match(text):
        return match["number"].strip(), match["title"].strip()
    return "", text


def _open(paragraph: Paragraph, outline: Sequence[Heading], part: str) -> Chunk | None:
    if paragraph.contents or not paragraph.text.strip() or _CONTENTS_LINE.search(paragraph.text):
        return None
    number, title = numbered(paragraph)
    styled = paragraph.level is not None
    if not styled and (not number or len(title) > LONGEST_TITLE):
        return None
    is_part = paragraph.level == 1 or (not styled and bool(_PART_NUMBER.match(number)))
    key = _match(
        title,
        [h for h in outline if ("." not in h.key) is is_part and _below(h.key, part, is_part)],
    )
    if not key and not styled:
        return None
    level = 1 + key.count(".") if key else (paragraph.level or 1)
    return Chunk(
        key, number, _one_line(paragraph.text if paragraph.number else title), level, paragraph
    )


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
