"""Characters of a PDF page → lines of text, with the blanks that are seen and not always there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from duibiao.document.pdf.chars import Char
from duibiao.document.pdf.text import Segment, TextLine, is_wide

_SAME_LINE = 0.4  # of the font size: how far base lines of one line may lie apart
_PART = 0.4  # of the font size: a gap that parts what stands under two pictures
_TAB = 1.5  # of the font size: a gap so wide stands for a tab
_WORD_GAP = 0.15
_MIXED_GAP = 0.29  # between Chinese and Latin; less is set by the program and no blank
_CHINESE_GAP = 0.2
_WIDE_GAP = 0.75
_OVERPRINT = 0.3

_CLOSING = "，。、；：？！）】〕》〉”’％‰℃°/／,.;:?!)]}>%"
_SLASHES = "/／"
_OPENING = "（【〔《〈“‘([{<"


def lines_of(chars: Iterable[Char]) -> list[TextLine]:
    """Put characters into lines, from top to bottom."""
    rows: list[list[Char]] = []
    base, size = 0.0, 0.0
    for char in sorted(chars, key=lambda char: char.base):
        if rows and char.base - base <= _SAME_LINE * max(size, char.size):
            rows[-1].append(char)
            if char.size > size:
                base, size = char.base, char.size
        else:
            rows.append([char])
            base, size = char.base, char.size
    made = (_line(row) for row in rows)
    return [line for line in made if line is not None]


def _line(row: list[Char]) -> TextLine | None:
    row.sort(key=lambda char: (char.left, char.right))
    chars = _without_overprint(row)
    inked = [char for char in chars if not char.text.isspace()]
    if not inked:
        return None
    trailing = chars[-1].text.isspace()
    segments: list[Segment] = []
    last: Char | None = None
    blank = False
    for char in chars:
        if char.text.isspace():
            blank = blank or char.text != "　"
            if char.text == "　" and segments:
                segments[-1].text += char.text
            continue
        gap = _gap(last, char, blank=blank) if last else ""
        if last is None or char.left - last.right >= _PART * char.size:
            segments.append(Segment(char.left, char.right, char.text, gap))
        else:
            segments[-1].text += gap + char.text
            segments[-1].right = char.right
        last, blank = char, False
    if trailing and segments:
        segments[-1].text += " "
    size = max(_by_size(inked).items(), key=lambda entry: entry[1])[0]
    main = max(inked, key=lambda char: char.size)
    return TextLine(
        segments=segments,
        left=inked[0].left,
        right=inked[-1].right,
        top=min(char.top for char in inked),
        bottom=max(char.bottom for char in inked),
        base=main.base,
        size=size,
        bold=all(char.bold for char in inked),
        head=_head(inked),
        tail=_tail(chars),
    )


def _by_size(chars: Sequence[Char]) -> dict[float, float]:
    widths: dict[float, float] = {}
    for char in chars:
        size = round(char.size * 2) / 2
        widths[size] = widths.get(size, 0.0) + char.right - char.left
    return widths


def _without_overprint(row: list[Char]) -> list[Char]:
    """Leave out what is printed twice, a little apart, to look bold."""
    kept: list[Char] = []
    for char in row:
        if kept and kept[-1].text == char.text and not char.text.isspace():
            shift = char.left - kept[-1].left
            if shift < _OVERPRINT * (kept[-1].right - kept[-1].left):
                kept[-1] = kept[-1]._replace(bold=True)
                continue
        kept.append(char)
    return kept


def _gap(last: Char, char: Char, *, blank: bool) -> str:
    """Return what stands between two characters: nothing, a blank, an ideographic one or a tab."""
    size = min(last.size, char.size) or 1.0
    gap = (char.left - last.right) / size
    if gap >= _TAB:
        return "\t"
    if blank:
        return " "
    first, second = is_wide(last.text), is_wide(char.text)
    if first and second:
        return "　" if gap >= _WIDE_GAP else " " if gap >= _CHINESE_GAP else ""
    needed = _MIXED_GAP if first or second else _WORD_GAP
    return " " if gap >= needed else ""


def _head(inked: Sequence[Char]) -> float:
    """Return the width of what a line break before these characters kept together."""
    end = 1
    while end < len(inked) and inked[end - 1].text in _OPENING:
        end += 1
    if not is_wide(inked[end - 1].text):
        while end < len(inked) and _glued(inked[end - 1], inked[end]):
            end += 1
    while end < len(inked) and (inked[end].text in _CLOSING or inked[end - 1].text in _SLASHES):
        end += 1
    return inked[end - 1].right - inked[0].left


def _tail(chars: Sequence[Char]) -> float:
    """Return the width of the Latin word or number at the end, 0 where there is none."""
    if is_wide(chars[-1].text) or chars[-1].text.isspace():
        return 0.0
    start = len(chars) - 1
    while start and _glued(chars[start - 1], chars[start]):
        start -= 1
    return chars[-1].right - chars[start].left


def _glued(first: Char, second: Char) -> bool:
    if is_wide(first.text) or is_wide(second.text):
        return False
    if first.text.isspace() or second.text.isspace():
        return False
    return second.left - first.right < _WORD_GAP * max(first.size, second.size)
