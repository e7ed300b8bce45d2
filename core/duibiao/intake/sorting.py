"""Which section of the outline a file belongs to, told by its folders and its name."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz

from duibiao.law.common import load_common
from duibiao.model.quantities import halfwidth

SIMILARITY = 84
"""Least likeness (0 to 100, rapidfuzz ratio) of a title or a name to the outline's wording for it to mean that section."""

_NUMBER = re.compile(
    r"[(\[]?(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[)\]]?(?![\d.]*\d)[.、\s_-]*(?P<title>.*)$",
    re.DOTALL,
)
_UNIT = re.compile(
    r"(?:吨|t|kg|公斤|千克|m|米|万|亿|%|升|l|年|月|日|号|kw|mw|℃|度|版)", re.IGNORECASE
)
_PART = re.compile(r"(?:第)?([一二三四五])(?:部分|章)?[、.\s]")
_TAIL = re.compile(
    r"(?:证明|相关|现场)?(?:材料|照片|图片|合同|复印件|扫描件|彩色|附件|资料|文件|情况|说明)*[\s()_-]*\d*[)]*$"
)
_FIGURES = {"4": "四", "5": "五"}
_SHORTEST = 3


def section_of(name: str) -> str:
    """Return the key of the section that a file belongs to, such as ``五.2.13.1``, or "" where nothing tells it.

    The innermost folder or name that says something decides.

    Args:
        name: Name with folders, as `names.harmless` gives it.
    """
    pieces = [piece for piece in halfwidth(name).split("/") if piece]
    if not pieces:
        return ""
    pieces[-1] = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", pieces[-1])
    part = next((found[1] for piece in pieces if (found := _PART.match(piece))), "")
    return next((key for piece in reversed(pieces) if (key := _section(piece, part))), "")


def _section(piece: str, part: str) -> str:
    number, title = "", piece
    if (found := _NUMBER.match(piece)) and not _UNIT.match(found["title"]):
        number, title = found["number"], found["title"]
    numbered = _by_number(number, part)
    plain = _plain(title)
    if numbered and plain and _likeness(plain, numbered) >= SIMILARITY:
        return numbered
    return _by_title(plain, part) or numbered


def _by_number(number: str, part: str) -> str:
    """Return the section of a number; single figures say nothing without their part."""
    if not number:
        return ""
    keys = {heading for heading, _ in _titles()}
    if part:
        key = f"{part}.{number}"
        return key if key in keys else ""
    if "." not in number:
        return ""
    first, _, rest = number.partition(".")
    whole = f"{_FIGURES.get(first, '')}.{rest}" if "." in rest else ""
    return next((key for key in (f"五.{number}", f"四.{number}", whole) if key in keys), "")


def _by_title(plain: str, part: str) -> str:
    """Return the section with that title: in its part, else among the evidence first."""
    if len(plain) < 2:
        return ""
    best, best_key = 0.0, ""
    trimmed = _TAIL.sub("", plain)
    for key, wordings in _titles():
        for wording in wordings:
            likeness = _one_likeness(plain, trimmed, wording)
            if part and not key.startswith(part):
                likeness -= 5
            if likeness > best:
                best, best_key = likeness, key
    return best_key if best >= SIMILARITY else ""


def _likeness(plain: str, key: str) -> float:
    trimmed = _TAIL.sub("", plain)
    return max(
        _one_likeness(plain, trimmed, wording)
        for heading, wordings in _titles()
        if heading == key
        for wording in wordings
    )


def _one_likeness(plain: str, trimmed: str, wording: str) -> float:
    if wording in (plain, trimmed):
        return 100.0
    likeness = max(fuzz.ratio(plain, wording), fuzz.ratio(trimmed, wording) if trimmed else 0.0)
    if len(wording) >= _SHORTEST and wording in plain:
        likeness = max(likeness, 90.0 + min(len(wording), 8))
    return min(likeness, 99.0)


@cache
def _titles() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return keys and wordings of the outline, the evidence first."""
    outline = load_common().outline
    order = {"五": 0, "四": 1, "一": 2, "二": 2, "三": 2, "附": 3}
    return tuple(
        (heading.key, tuple(map(_plain, (heading.title, *heading.aliases))))
        for heading in sorted(outline, key=lambda heading: order[heading.key[0]])
    )


def _plain(title: str) -> str:
    text = re.sub(r"[\s_]+", "", halfwidth(title)).casefold()
    return re.sub(r"\((?:如涉及|红色彩纸|参照.*?)\)", "", text)
