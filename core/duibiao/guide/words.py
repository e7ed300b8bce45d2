"""The words of a guide: grades in headers, indicators, and of whom a heading or caption speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from duibiao.law.common import load_common
from duibiao.model.grades import Grade
from duibiao.model.quantities import halfwidth

LIMITS = "排放限值"
"""The indicator whose cells hold figures."""

_NUMBERING = re.compile(
    r"^(?:续?附?表[\dA-Z一二三四五六七八九十]*(?:[-－.—–][\dA-Z]+)*|第[\d一二三四五六七八九十百]+[章节部分篇条]+"
    r"|[一二三四五六七八九十百]+[、.]|\([\d一二三四五六七八九十]+\)|\d+(?:\.\d+)*[、.]?)[:、.]?"
)
_ANYBODY = re.compile(
    r"重污染天气|重点行业|应急减排措施?|减排措施|制定|技术指南|绩效|分级|差异化|先进性|"
    r"管控|指标|要求|水平|企业|行业|工业|制造业?|生产|一览|对照|续表|表|\(续\)|续$|"
    r"[A-D][+-]?级|非?引领性|[()、,:.《》“”]|[及和与的]$"
)
_GRADE = re.compile(r"(A\+|A|B-|B|C|D)级?|绩效?(非?引领性|先进性)|(非?引领性|先进性)")
_GRADE_FILLING = re.compile(r"企业|绩效|指标|要求|级别|水平|标准|基本|[、/,和及与()]|级")
_BLANK = frozenset({"", "/", "-", "—", "——", "－", "无", "\\"})
_CAPTION = re.compile(r"^续?附?表\s*[\dA-Z一二三四五六七八九十]")


def plain(text: str) -> str:
    """Return text in normal width, without white space."""
    return "".join(halfwidth(text).split())


def is_blank(text: str) -> bool:
    """Whether a cell says nothing."""
    return text.strip() in _BLANK


def is_caption(text: str) -> bool:
    """Whether a paragraph begins as the caption of a table does, such as 表15-1."""
    return _CAPTION.match(halfwidth(text)) is not None


def caption_number(text: str) -> str:
    """Return the number in a caption, such as ``表15-1``, or ""."""
    found = re.match(r"续?(附?表[\dA-Z一二三四五六七八九十]+(?:[-.—–][\dA-Z]+)*)", plain(text))
    return found[1] if found else ""


def header_grades(text: str) -> tuple[Grade, ...]:
    """Return the grades that a header cell stands for; empty where it says anything else.

    Args:
        text: Such as ``A级企业``, ``引领性企业`` or ``C级、D级``.
    """
    said = re.sub(r"[‐‑–—−－]", "-", plain(text)).upper()
    grades = tuple(Grade(next(filter(None, found))) for found in _GRADE.findall(said))
    rest = _GRADE_FILLING.sub("", _GRADE.sub("", said))
    return () if rest else tuple(dict.fromkeys(grades))


def indicator_of(text: str) -> str:
    """Return which of the nineteen indicators a label names, or ""."""
    names = _indicators()
    said = re.sub(r"\(如涉及\)", "", _NUMBERING.sub("", plain(text)))
    bare = re.sub(r"\([^()]*\)$", "", said)
    for form in (said, bare, bare.removesuffix("要求"), bare.removesuffix("水平")):
        if form in names:
            return names[form]
    return ""


def subject(text: str) -> str:
    """Return of whom a heading or caption speaks, without number and the words that every industry has; "" if nobody."""
    said = plain(text)
    while (cut := _NUMBERING.sub("", said, count=1)) != said:
        said = cut
    return re.sub(r"[及和与的]$", "", _ANYBODY.sub("", said)).casefold()


def names_one_of(text: str, names: Iterable[str]) -> bool:
    """Whether a heading or caption speaks of exactly one of the names, not of a longer one that holds it."""
    said = subject(text)
    return bool(said) and any(said == subject(name) for name in names)


@cache
def _indicators() -> dict[str, str]:
    return {
        plain(name): indicator.name
        for indicator in load_common().indicators
        for name in (indicator.name, *indicator.aliases)
    }
