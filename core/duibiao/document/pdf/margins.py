"""Headers, footers and page numbers: what stands at the same place of many pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duibiao.document.pdf.layout import Sheet
from duibiao.document.pdf.text import TextLine

ZONE = 0.12
"""Share of the page's height, at the top and at the bottom, in which headers and footers are looked for."""

REPEATED = 0.25
"""Share of the pages on which the same text at the same height is a header or footer."""

_FEWEST = 3
_SAME_HEIGHT = 4.0
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页)?"
    r"(?:\s*[/／,，]?\s*(?:共|of|/)?\s*\d{1,4}\s*页?)?\W{0,3}",
    re.IGNORECASE,
)

Key = tuple[str, int]


def take_margins(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Take headers and footers off the pages; return their texts, each once."""
    seen: dict[Key, set[int]] = {}
    for sheet in sheets:
        for line, from_top in _edges(sheet):
            for key in _keys(line, sheet, from_top):
                seen.setdefault(key, set()).add(sheet.number)
    needed = max(_FEWEST, REPEATED * len(sheets))
    texts: dict[str, str] = {}
    for sheet in sheets:
        inside = {True: False, False: False}  # text has begun, seen from the top or from the foot
        for line, from_top in list(_edges(sheet)):
            key = max(_keys(line, sheet, from_top), key=lambda key: len(seen[key]))
            if inside[from_top]:
                continue
            if len(seen[key]) >= needed or _is_page_number(line, sheet, from_top):
                sheet.items.remove(line)
                texts.setdefault(key[0], line.text.strip())
            else:
                inside[from_top] = True
    return tuple(texts.values())


def _edges(sheet: Sheet) -> Iterator[tuple[TextLine, bool]]:
    """Yield the lines near the edges that nothing but other such lines stands outside of."""
    for from_top, items in ((True, sheet.items), (False, sheet.items[::-1])):
        for item in items:
            if not isinstance(item, TextLine):
                break
            outside = item.base if from_top else sheet.height - item.base
            if outside > ZONE * sheet.height:
                break
            yield item, from_top


def _keys(line: TextLine, sheet: Sheet, from_top: bool) -> tuple[Key, Key]:
    """Return what makes lines of two pages the same; heights are rounded both ways."""
    text = re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text))
    height = (line.base if from_top else sheet.height - line.base) / _SAME_HEIGHT
    side = 1 if from_top else -1
    return (text, side * (int(height) + 1)), (text, side * (int(height + 0.5) + 100_000))


def _is_page_number(line: TextLine, sheet: Sheet, from_top: bool) -> bool:
    """Return whether a line at the very foot is nothing but a page number."""
    return (
        not from_top
        and bool(_PAGE_NUMBER.fullmatch(" ".join(line.text.split())))
        and abs((line.left + line.right) / 2 - sheet.width / 2) < 0.1 * sheet.width
    )
