"""The outline of 附件4 and 附件2, and which of its sections a number and a title name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from duibiao.intake.sorting import SIMILARITY
from duibiao.law.common import Heading
from duibiao.model.classes import dataclass
from duibiao.model.quantities import halfwidth

SHORTEST_ENDING = 6
"""Shortest wording of a part, in characters, that may follow the enterprise's name in a title."""

SHORTEST_SAID = 4
"""Shortest wording, in characters, of which a title may say more."""

LONGEST_UNSURE = 10
"""Longest title, in characters, that needs no wording where its number is a single one, as those of lists are."""

_PROSE = re.compile("[，,。；;：:]")
_RARE = 2  # headings: words of so many of them, at most, tell one
_LEVEL = re.compile("([红橙黄])色预警")
_LEVEL_SECTIONS = {"红": "附.4.1", "橙": "附.4.2", "黄": "附.4.3"}
"""Alert level → section of the plan that holds its measures, whatever else its title says."""

_PREFIXED = 99.0
_DIGITS = "〇一二三四五六七八九"
_COUNT = re.compile(rf"\d{{1,9}}|[{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}]")
_MARKS = re.compile(r"[\W_]+")
_HINTS = re.compile(r"[(（](?:如涉及|红色彩纸|参照.*?)[)）]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A heading of the outline, ready for comparison."""

    key: str
    part: str
    ordinal: tuple[int, ...]
    wordings: tuple[str, ...]

    endings: tuple[str, ...]
    pairs: frozenset[str]
    is_part: bool

    def likeness(self, title: str) -> float:
        """Return how like a plain title is that is none of the wordings, 0 where it is less than SIMILARITY."""
        if title.endswith(self.endings):
            return _PREFIXED
        best = process.extractOne(title, self.wordings, scorer=fuzz.ratio, score_cutoff=SIMILARITY)
        return best[1] if best else 0.0

    def is_about(self, title: str, counted: tuple[int, ...]) -> bool:
        """Return whether a plain title that is unlike the wordings may still be meant for it.

        It may say more than a wording (2.14 排放限值对标分析) where its number is as deep as that of the outline; with
        the very number of the outline, it need only have words that few headings have (2.16.3 专职环保人员).
        """
        if self.is_part or len(counted) != len(self.ordinal):
            return False
        long = tuple(wording for wording in self.wordings if len(wording) >= SHORTEST_SAID)
        if long and (title.startswith(long) or title.endswith(long)):
            return True
        return (
            counted == self.ordinal
            and (len(counted) > 1 or len(title) <= LONGEST_UNSURE)
            and any(pair in title for pair in self.pairs)
        )


class Outline:
    """The prescribed outline, and how much of it has been met in a document.

    Attributes:
        part: The part that is open, or "".
        opened: Keys of all sections opened so far.
    """

    def __init__(self, headings: Sequence[Heading]) -> None:
        """Start before the first heading."""
        self._entries = _entries(tuple(headings))
        self.part = ""
        self.opened: set[str] = set()

    def open(self, key: str) -> None:
        """Note that a section begins."""
        self.opened.add(key)
        if key:
            self.part = key.partition(".")[0]

    def find(self, number: str, title: str, *, parts: bool) -> str:
        """Return the key of the section that a title names, "" where it names none.

        The likest wording counts; among equals the one whose number agrees, then one that is not opened yet. Where
        the heading of a part is missing, exact titles with their numbers open its sections all the same.

        Args:
            number: The number in front of it, or "".
            title: The title.
            parts: It may be the title of a part.
        """
        plain = plain_title(title)
        if not plain:
            return ""
        counted = ordinal(number)
        standing = [
            entry
            for entry in self._entries
            if (parts if entry.is_part else entry.part == self.part)
        ]
        found = [(100.0, entry) for entry in standing if plain in entry.wordings] or [
            (likeness, entry) for entry in standing if (likeness := entry.likeness(plain))
        ]
        if found:
            return max(
                found,
                key=lambda item: (
                    item[0],
                    item[1].ordinal == counted,
                    item[1].key not in self.opened,
                ),
            )[1].key
        levels = set(_LEVEL.findall(plain)) if self.part == "附" and "措施" in plain else set()
        if len(levels) == 1:
            return _LEVEL_SECTIONS[levels.pop()]
        meant = [
            entry
            for entry in ([] if levels or _PROSE.search(title) else standing)
            if entry.key not in self.opened and entry.is_about(plain, counted)
        ]
        if len(meant) == 1:
            return meant[0].key
        begun = {key.partition(".")[0] for key in self.opened}
        for entry in self._entries:
            if entry.part not in begun and entry.ordinal == counted and plain in entry.wordings:
                return entry.key
        return ""

    def named(self, title: str) -> str:
        """Return the key of the section that a title without a number names word for word, if it is not opened yet."""
        plain = plain_title(title)
        named = [
            entry
            for entry in self._entries
            if plain in entry.wordings or (entry.is_part and plain.endswith(entry.endings))
        ]
        for entry in named:
            if entry.part == self.part and not entry.is_part and entry.key not in self.opened:
                return entry.key
        return next(
            (entry.key for entry in named if entry.is_part and entry.key not in self.opened), ""
        )


def ordinal(number: str) -> tuple[int, ...]:
    """Return a number as counts: 2.13.1 as (2, 13, 1); 五、, （五） and 第五章 as (5,)."""
    return tuple(_counts(halfwidth(number)))


def plain_title(title: str) -> str:
    """Return a title in normal width and small letters, without blanks, punctuation and the outline's own hints."""
    return _MARKS.sub("", halfwidth(_HINTS.sub("", title))).casefold()


@lru_cache(maxsize=4)
def _entries(headings: tuple[Heading, ...]) -> tuple[_Entry, ...]:
    written = [
        {pair for title in _titles(heading) for pair in _pairs(title)} for heading in headings
    ]
    seen = Counter(pair for pairs in written for pair in pairs)
    return tuple(
        _entry(heading, frozenset(pair for pair in pairs if seen[pair] <= _RARE))
        for heading, pairs in zip(headings, written, strict=True)
    )


def _titles(heading: Heading) -> tuple[str, ...]:
    return tuple(map(plain_title, (heading.title, *heading.aliases)))


def _pairs(title: str) -> Iterator[str]:
    return (title[at : at + 2] for at in range(len(title) - 1))


def _entry(heading: Heading, pairs: frozenset[str]) -> _Entry:
    wordings = _titles(heading)
    part = heading.key.partition(".")[0]
    long = tuple(wording for wording in wordings if len(wording) >= SHORTEST_ENDING)
    is_part = heading.key == part
    return _Entry(
        heading.key,
        part,
        ordinal(heading.number),
        wordings,
        long if is_part else (),
        pairs,
        is_part,
    )


def _counts(number: str) -> Iterator[int]:
    for count in _COUNT.findall(number):
        if count.isdecimal():
            yield int(count)
            continue
        tens, ten, ones = count.rpartition("十")
        yield 10 * (_DIGITS.index(tens) if tens else 1) * bool(ten) + (
            _DIGITS.index(ones) if ones else 0
        )
