"""Lines of a PDF file → paragraphs: what was wrapped is one sentence again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from duibiao.document.pdf.layout import Sheet
from duibiao.document.pdf.text import Column, TextLine, joined
from duibiao.model.classes import dataclass

_SLACK = 0.6  # of the font size: how far edges may be off and still be the same
_LOOSE = 2.5  # the same for where the lines of an indented paragraph end: its next line tells
_INDENT = 4.5  # of the font size: deepest first-line or hanging indent
_DEEPEST = 6.0  # of the font size: what begins further in, such as a signature, is not wrapped
_PITCH = 1.25  # of the pitch so far: how far the next line of a paragraph may lie below
_FIRST_PITCH = 2.8  # of the font size: the same for its second line
_SIZES_DIFFER = 0.7
_SUPPORT = 3  # lines, of many, that must reach an edge for it to be that of the text
_WIDE_ENOUGH = 0.6  # of the page: least width of a column of which some lines are full
_SENTENCE_ENDS = "。；：！？;:!?"

_MARK = re.compile(
    r"(?:\d{1,2}[、）)]|\d{1,2}(?:[.．]\d{1,2})*[.．]?[\s　]*(?=[^\W\d])|[（(][\d一二三四五六七八九十]{1,3}[）)]"
    r"|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部条]"
    r"|[表图]\s*\d|附件|续表|注[：:]|[①-⑳●■◆▪•·☑☒□☐])"
)
_LEADER = re.compile(r"(?:\.{3,}|…{2,}|·{3,}|_{3,}|．{3,})[\s　]*[（(－-]?\d{1,4}[）)－-]?\s*$")
_DOTS = re.compile(r"(?<!\s)\s*+\.{4,}[\s　]*")
_NUMBER_AT_RIGHT = re.compile(r"\S.*\t\s*\d{1,4}\s*$")


@dataclass(slots=True)
class TextDraft:
    """A paragraph in the making: its lines with the numbers of their pages."""

    lines: list[TextLine]
    page: int
    last_page: int
    column: Column
    contents: bool = False

    @property
    def text(self) -> str:
        """The text on one line; the dots that lead to a page number as a tab."""
        text = joined(self.lines, self.column.width)
        return _DOTS.sub("\t", text) if self.contents else text

    @property
    def bold(self) -> bool:
        """All of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def centred(self) -> bool:
        """It stands in the middle of its column, with room on both sides."""
        column = self.column
        middle = (column.left + column.right) / 2
        return all(
            abs((line.left + line.right) / 2 - middle) <= line.size
            and line.left - column.left > 2.5 * line.size
            for line in self.lines
        )


def columns_of(sheets: Iterable[Sheet]) -> dict[tuple[int, int], Column]:
    """Return, for pages of each size, from where to where their text runs."""
    edges: dict[tuple[int, int], tuple[list[float], list[float]]] = {}
    for sheet in sheets:
        lefts, rights = edges.setdefault(shape(sheet), ([], []))
        for item in sheet.items:
            if isinstance(item, TextLine):
                lefts.append(item.left)
                rights.append(item.right)
    found = {}
    for size, (lefts, rights) in edges.items():
        if lefts:
            left = -_supported([-left for left in lefts])
            right = _supported(rights)
            if right - left < _WIDE_ENOUGH * size[0]:  # no line is full: take the margins as equal
                right = max(right, size[0] - left)
            found[size] = Column(left, right)
    return found


def _supported(values: list[float]) -> float:
    """Return the greatest value that a few others come near to."""
    values.sort(reverse=True)
    support = min(_SUPPORT, 1 + len(values) // 10)
    for value, other in zip(values, values[support - 1 :], strict=False):
        if value - other <= 8.0:
            return value
    return values[0]


def shape(sheet: Sheet) -> tuple[int, int]:
    """Return the size of a page, rounded."""
    return round(sheet.width), round(sheet.height)


def continues(draft: TextDraft, line: TextLine, page: int) -> bool:
    """Return whether a line goes on with a paragraph."""
    last, first = draft.lines[-1], draft.lines[0]
    size = first.size
    if draft.contents or is_contents(line) or abs(last.size - line.size) > _SIZES_DIFFER:
        return False
    if draft.bold != line.bold:
        return False
    indented = first.left - draft.column.left > _SLACK * size
    spare = draft.column.right - last.right - line.head
    if draft.centred:
        spare += last.left - draft.column.left
    if spare >= (_LOOSE if indented and not draft.centred else _SLACK) * size:
        return False
    if page == draft.last_page and not _near(draft, line):
        return False
    if draft.centred and _centred(line, draft.column):
        return True
    if not _aligned(draft, line):
        return False
    starts = line.left > first.left - _SLACK * size or last.text.rstrip()[-1:] in _SENTENCE_ENDS
    return not (starts and _MARK.match(line.text))


def _near(draft: TextDraft, line: TextLine) -> bool:
    step = line.base - draft.lines[-1].base
    same_page = [b.base - a.base for a, b in pairwise(draft.lines) if b.base > a.base]
    limit = _PITCH * max(same_page) if same_page else _FIRST_PITCH * line.size
    return 0 < step <= limit


def _aligned(draft: TextDraft, line: TextLine) -> bool:
    first, slack = draft.lines[0], _SLACK * line.size
    if first.left - draft.column.left > _DEEPEST * first.size:
        return False
    if len(draft.lines) > 1:
        return abs(line.left - draft.lines[-1].left) <= slack
    shift = line.left - first.left
    if shift > slack:  # hanging
        return shift <= _INDENT * line.size and bool(_MARK.match(first.text))
    if first.left - draft.column.left > slack:  # its first line is indented
        return line.left - draft.column.left <= slack
    return shift >= -slack


def _centred(line: TextLine, column: Column) -> bool:
    return abs((line.left + line.right - column.left - column.right) / 2) <= line.size


def is_contents(line: TextLine) -> bool:
    """Return whether a line is one of a table of contents: a leader and a page number."""
    return bool(_LEADER.search(line.text[-80:]))


def mark_contents(drafts: Sequence[TextDraft]) -> None:
    """Mark the lines of tables of contents, those without a leader too where several stand together."""
    for draft in drafts:
        draft.contents = len(draft.lines) <= 2 and is_contents(draft.lines[-1])
    titled = False
    for number, draft in enumerate(drafts):
        if re.sub(r"\s+", "", draft.text) in ("目录", "目次"):
            titled = True
        elif titled and not draft.contents:
            titled = draft.contents = bool(_NUMBER_AT_RIGHT.match(draft.text)) and number > 0


def paragraphs_in_cell(
    lines: Sequence[TextLine], left: float, right: float, page: int
) -> list[TextDraft]:
    """Put the lines of a table cell into paragraphs."""
    if not lines:
        return []
    padding = min(max(min(line.left - left for line in lines), 0.0), 6.0)
    padding = min(padding, max(min(right - line.right for line in lines), 0.0))
    column = Column(left + padding, right - padding)
    drafts: list[TextDraft] = []
    for line in lines:
        draft = drafts[-1] if drafts else None
        if draft is not None and _wraps(draft, line):
            draft.lines.append(line)
        else:
            drafts.append(TextDraft([line], page, page, column))
    return drafts


def _wraps(draft: TextDraft, line: TextLine) -> bool:
    last = draft.lines[-1]
    return (
        draft.column.right - last.right < line.head + 2 * _SLACK * line.size
        and abs(last.size - line.size) <= _SIZES_DIFFER
        and not _MARK.match(line.text)
    ) or (last.head == 0)
