"""Automatic numbers of headings: the list definition for Word, and what it will show."""

from __future__ import annotations

from collections.abc import Iterable

from duibiao.model.evidence import Section

_CHINESE = "一二三四五六七八九"

_LEVELS = (
    ("chineseCounting", "%1、", "nothing"),
    ("decimal", "%2.", "space"),
    ("decimal", "%2.%3", "space"),
    ("decimal", "%2.%3.%4", "space"),
)


def definition_of(number: int, namespaces: str, *, tied: bool) -> str:
    """Return the definition of a list of four levels: 一、 1. 3.1 2.13.1.

    Args:
        number: Its number.
        namespaces: Declarations of the namespaces used.
        tied: Its levels are those of the built-in headings.
    """
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + (f'<w:pStyle w:val="Heading{level + 1}"/>' if tied else "")
        + f'<w:suff w:val="{after}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for level, (form, text, after) in enumerate(_LEVELS)
    )
    return (
        f'<w:abstractNum {namespaces} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )


def numbers(sections: Iterable[Section]) -> dict[int, str]:
    """Return the number that Word will show, by the section's identity, where it is the section's own.

    Headings that carry another number have to be typed, and so do those of which Word would then lose count.
    """
    shown: dict[int, str] = {}
    counts = [0, 0, 0, 0]
    in_plan = False
    for section in sections:
        if not section.key or section.level > len(counts):
            continue
        if section.key == "附":
            in_plan, counts = True, [0, 0, 0, 0]
            continue
        level = section.level - 1
        after = [*counts[:level], counts[level] + 1, *[0] * (len(counts) - level - 1)]
        number = _text(level, after)
        if number == section.number and section.key.startswith("附") == in_plan:
            counts = after
            shown[id(section)] = number
    return shown


def _text(level: int, counts: list[int]) -> str:
    if level == 0:
        return f"{_CHINESE[counts[0] - 1]}、"
    inner = ".".join(map(str, counts[1 : level + 1]))
    return f"{inner}." if level == 1 else inner
