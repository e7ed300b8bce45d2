"""Which section of the outline the name of a folder means, by its number and by its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from duibiao.intake.sorting import SIMILARITY
from duibiao.law.common import CommonLaw, Heading
from duibiao.model.quantities import halfwidth

FLOW_CHART = "四.3.2"
EVIDENCE = "五.2"

_EXTRA = {FLOW_CHART: ("生产工艺（流程图）", "生产工艺流程图", "工艺流程图", "流程图")}
_NUMBERED = re.compile(
    r"(?:(?P<part>[四五45])\s*[、.]\s*)?"
    r"(?P<number>\d{1,2}(?:\s*[.。]\s*\d{1,2}){1,2})(?!\d)"
    r"(?:\s*[-–—_.]\s*(?P<order>\d{1,3})(?!\d))?"
    r"(?!\s*(?:吨|万|米|级|号|年|月|日|千|%))[、.\s_–—-]*(?P<title>.*)",
    re.DOTALL,
)
_PARTS = {"4": "四", "5": "五"}
_MARKS = re.compile(r"[\W_]+")
_HINT = re.compile(r"\((?:如涉及|参照.*?)\)")
_TAIL = re.compile(r"(?:相关|现场|证明|的)*(?:材料|照片|图片|资料|文件|复印件|扫描件)+$")


def plain(text: str) -> str:
    """Return the letters and digits of a title, as titles are compared."""
    return _MARKS.sub("", _HINT.sub("", halfwidth(text))).casefold()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the name of a folder means.

    Attributes:
        key: The section.
        title: The name without number.
        order: The number of a facility or item that follows the section's number (2.13.1-4), or None.
        certain: Number and title both say so.
        against: Key of another section that the title means, where it contradicts the number; else "".
    """

    key: str
    title: str
    order: int | None = None
    certain: bool = False
    against: str = ""


class Sections:
    """The sections that evidence may belong to, and those above them."""

    def __init__(self, common: CommonLaw) -> None:
        """Take the outline of the common law."""
        self._headings = {
            heading.key: heading
            for heading in sorted(common.outline, key=lambda heading: heading.key[0] != "五")
            if is_within(heading.key, EVIDENCE)
            or is_within(EVIDENCE, heading.key)
            or is_within(FLOW_CHART, heading.key)
        }
        self._wordings = {
            key: tuple(map(plain, (heading.title, *heading.aliases, *_EXTRA.get(key, ()))))
            for key, heading in self._headings.items()
        }
        self.leaves = tuple(
            heading.key
            for heading in common.outline
            if heading.key in self._headings
            and not any(key.startswith(f"{heading.key}.") for key in self._headings)
        )
        """Keys of the sections that files belong to, in the order of the outline."""

    def heading(self, key: str) -> Heading:
        """Return a heading of the outline."""
        return self._headings[key]

    def meaning(self, name: str) -> Meaning | None:
        """Return what the name of a folder means, or None where it means no section.

        A title means a section where it is at least SIMILARITY like one of its wordings.
        """
        found = _NUMBERED.match(halfwidth(name))
        numbered = self._by_number(found) if found else ""
        title = found["title"] if found and numbered else name
        titled = self._by_title(title)
        if not numbered:
            return Meaning(titled, title) if titled else None
        assert found is not None
        order = int(found["order"]) if found["order"] else None
        if self._likeness(plain(title), numbered) >= SIMILARITY:
            return Meaning(numbered, title, order, certain=True)
        if is_within(titled, numbered):
            return Meaning(titled, title, order)
        against = titled if titled and not is_within(numbered, titled) else ""
        return Meaning(numbered, title, order, against=against)

    def _by_number(self, found: re.Match[str]) -> str:
        number = re.sub(r"\s*[.。]\s*", ".", found["number"])
        parts = (_PARTS.get(found["part"], found["part"]),) if found["part"] else ("五", "四")
        return next((key for part in parts if (key := f"{part}.{number}") in self._headings), "")

    def _by_title(self, title: str) -> str:
        wanted = plain(title)
        best = max(self._headings, key=lambda key: self._likeness(wanted, key))
        return best if self._likeness(wanted, best) >= SIMILARITY else ""

    def _likeness(self, wanted: str, key: str) -> float:
        return max(
            fuzz.ratio(form, wording) for form in _forms(wanted) for wording in self._wordings[key]
        )


def is_within(key: str, outer: str) -> bool:
    """Return whether a section is another one or lies below it."""
    return key == outer or key.startswith(f"{outer}.")


def _forms(wanted: str) -> Iterator[str]:
    yield wanted
    if trimmed := _TAIL.sub("", wanted):
        yield trimmed
