"""What is printed below photos and documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from duibiao.project.evidence.placing import CONTROLS, Place, Placing
from duibiao.recognition.cells import one_line

_CHINESE = "[一二三四五六七八九十]{1,3}"
_DIGITS = r"\d{1,3}(?:[.．-]\d{1,3}){0,3}"
_UNIT = r"(?!吨|万|亿|米|立|平|公|级|号|年|月|日|度|千|季|期|版|倍|寸|[#%])"
_ORDER = re.compile(
    r"\s*(?:"
    rf"[(（]\s*(?:\d{{1,3}}|{_CHINESE})\s*[)）][、.．\s_-]*"
    rf"|附件?\s*(?:(?:\d{{1,2}}|{_CHINESE})[、.．:：\s_-]*|[、.．:：\s_-]+){_UNIT}"
    rf"|(?:{_DIGITS}|{_CHINESE})\s*[、.．](?!\d)\s*"
    rf"|{_DIGITS}(?:[\s_]+|-(?!\d)){_UNIT}"
    rf"|\d{{1,2}}[.．]\d{{1,2}}(?=[\u4e00-\u9fff]){_UNIT}"
    r"|\d{1,2}(?:[.．]\d{1,2}){2,3}(?!\d)"
    r"|附件(?=.{0,30}一厂一策)"
    r")+"
)
"""Numbers that only put files in order; left standing, some would be taken for headings of the outline."""

_BARE = re.compile(r"\d*")


def caption(placing: Placing, place: Place, stem: str, *, is_document: bool) -> str:
    """Return the caption of a file at `place`: of photos what they show, of documents their name."""
    own = without_order(stem)
    if is_document:
        return own or placing.sections.heading(place.section).title
    if place.section in placing.facilities and place.group:
        return placing.facilities[place.section].caption(place.group)
    if place.section == CONTROLS and place.row:
        names = (without_order(place.row_name), own)
        return one_line(f"图{place.row} {next((n for n in names if not _BARE.fullmatch(n)), '')}")
    return own or placing.sections.heading(place.section).title


def unlike(wanted: str, taken: Collection[str]) -> str:
    """Return the caption, with （2）, （3） … where a photo has it already."""
    count, found = 1, wanted
    while found in taken:
        count += 1
        found = f"{wanted}（{count}）"
    return found


def without_order(stem: str) -> str:
    """Return a name on one line, as it can be printed, without the number that only puts it in order."""
    letters = (letter if unicodedata.category(letter)[0] != "C" else " " for letter in stem)
    name = one_line("".join(letters))
    found = _ORDER.match(name)
    return name[found.end() :].strip() if found and found.end() < len(name) else name
