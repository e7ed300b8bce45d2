"""Hands that draw the same tables in another way: merged, cut, turned, in another order."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise

from lxml import etree

from duibiao.testing.hand_file import (
    W,
    WordFile,
    cell,
    cells,
    grid_of,
    row,
    rows,
    set_text,
    text_of,
    xml,
)

_FORMS = ("一", "四.1")
_FACILITIES = ("五.2.13.1", "五.2.13.2", "五.2.13.3", "五.2.13.4")
_LISTS = (
    "四.3.1", "四.3.3", "四.3.4", "四.4", "五.1", *_FACILITIES, "五.2.14", "五.2.15",
    "五.2.16.1", "五.2.16.3", "五.2.17", "五.2.18",
)  # fmt: skip
_CUT_FROM = 3
_GROUPS = (
    ("污染物排放浓度", "污染物排放风量", "污染物排放", "浓度", "风量"),
    ("实测含氧量（%）", "基准含氧量（%）", "含氧量（%）", "实测", "基准"),
    ("设计产能", "年产量", "产能及产量", "", ""),
)
"""Two neighbouring headers, the words that may stand above both, and what is left of each ("" for all of it)."""


def merged(file: WordFile) -> None:
    """Equal cells merged downwards, blank ones merged with the label before them, headers in two rows."""
    for key in _LISTS:
        for table in file.tables_at(key):
            _merge_blanks(table)
            _merge_down(table)
            _group_headers(table)


def cut(file: WordFile) -> None:
    """Tables cut over pages: 续表 between, the header repeated."""
    _cut(file, repeated=True)


def cut_bare(file: WordFile) -> None:
    """Tables cut over pages: only a blank line between, no header on the second page."""
    _cut(file, repeated=False)


def labels_above(file: WordFile) -> None:
    """Forms with their labels above the values, three columns, and a title over them."""
    for table, pairs in _pairs(file):
        parts = [pairs[start : start + 3] for start in range(0, len(pairs), 3)]
        lines = [line for part in parts for line in zip(*part, strict=True)]
        _redraw(table, [[*line, *[""] * (3 - len(line))] for line in lines])
        table.insert(2, row(cell("登记表", span=3)))


def four_columns(file: WordFile) -> None:
    """Forms of two labels and values a row."""
    _in_columns(file, 2)


def six_columns(file: WordFile) -> None:
    """Forms of three labels and values a row."""
    _in_columns(file, 3)


def grouped_form(file: WordFile) -> None:
    """Forms whose first column names a group of rows."""
    for table, pairs in _pairs(file):
        _redraw(table, [["", *pair] for pair in pairs])
        for number, line in enumerate(rows(table)):
            line.replace(cells(line)[0], cell("" if number else "基本信息", merge=_how(number)))


def turned_facilities(file: WordFile) -> None:
    """Tables of facilities with their labels in the first column, one facility a column."""
    for key in _FACILITIES:
        for table in file.tables_at(key):
            _redraw(table, [list(line) for line in zip(*_values(table), strict=True)])


def reordered(file: WordFile) -> None:
    """Columns in reverse order, and some more of them."""
    for key in _LISTS:
        for table in file.tables_at(key):
            values = [list(reversed(line)) for line in _values(table)]
            for number, line in enumerate(values):
                line.insert(1, "设备型号" if number == 0 else f"LCM-{number}00")
                line.insert(0, "排气筒高度（m）" if number == 0 else "15")
                line.append("填表说明" if number == 0 else "无")
            _redraw(table, values)


def pictured(file: WordFile) -> None:
    """The photos of the facilities stand in a column of their table."""
    for key in _FACILITIES:
        tables = [block for block in file.blocks_at(key) if block.tag == f"{W}tbl"]
        if len(tables) < 2:
            continue
        table, album = tables[:2]
        shown = [held for line in rows(album)[::2] for held in cells(line)]  # above their captions
        lines = rows(table)
        lines[0].append(cell("现场照片"))
        for line, held in zip(lines[1:], shown, strict=False):
            holder = cell()
            next(holder.iter(f"{W}r")).extend(list(held.iter(f"{W}drawing")))
            line.append(holder)
        file.body.remove(album)


def _values(table: etree._Element) -> list[list[str]]:
    return [[text_of(held) for held in cells(line)] for line in rows(table)]


def _redraw(table: etree._Element, values: list[list[str]]) -> None:
    for line in rows(table):
        table.remove(line)
    grid_of(table, max(map(len, values)))
    for texts in values:
        held = [cell() for _ in texts]
        for one, text in zip(held, texts, strict=True):
            set_text(one, text)
        table.append(row(*held))


def _pairs(file: WordFile) -> list[tuple[etree._Element, list[list[str]]]]:
    tables = [table for key in _FORMS for table in file.tables_at(key)[:1]]
    return [(table, _values(table)) for table in tables]


def _in_columns(file: WordFile, pairs_in_row: int) -> None:
    for table, pairs in _pairs(file):
        filled = [*pairs, *[["", ""]] * (-len(pairs) % pairs_in_row)]
        _redraw(
            table,
            [
                [text for pair in filled[start : start + pairs_in_row] for text in pair]
                for start in range(0, len(filled), pairs_in_row)
            ],
        )


def _how(number: int) -> str:
    return "continue" if number else "restart"


def _merge_blanks(table: etree._Element) -> None:
    """Merge the blank cells after 合计 into it."""
    for line in rows(table)[1:]:
        first, *others = cells(line)
        blanks = 0
        while text_of(first) == "合计" and blanks < len(others) and not text_of(others[blanks]):
            line.remove(others[blanks])
            blanks += 1
        if blanks:
            line.replace(first, cell("合计", span=blanks + 1))


def _merge_down(table: etree._Element) -> None:
    """Merge equal neighbours in the second and later columns of full rows."""
    width = len(cells(rows(table)[0]))
    full = [line for line in rows(table)[1:] if len(cells(line)) == width]
    for column in range(1, width):
        for upper, lower in pairwise(full):
            above, below = cells(upper)[column], cells(lower)[column]
            if (
                upper.getnext() is not lower
                or not text_of(above)
                or text_of(above) != text_of(below)
            ):
                continue
            _merge(above, "restart")
            _merge(below, "continue")


def _merge(held: etree._Element, how: str) -> None:
    properties = held.find(f"{W}tcPr")
    assert properties is not None
    if properties.find(f"{W}vMerge") is None:
        properties.append(xml(f'<w:vMerge w:val="{how}"/>'))


def _group_headers(table: etree._Element) -> None:
    head = rows(table)[0]
    names = [text_of(held) for held in cells(head)]
    for left, right, group, *rest in _GROUPS:
        for column, (one, two) in enumerate(pairwise(names)):
            if left in one and right in two:
                lower = [rest[0] or one, rest[1] or two]
                _two_rows(head, names, column, group, lower)
                return


def _two_rows(
    head: etree._Element, names: list[str], column: int, group: str, lower: list[str]
) -> None:
    upper = [cell(name, merge="restart") for name in names]
    upper[column : column + 2] = [cell(group, span=2)]
    under = [cell(merge="continue") for _ in names]
    under[column : column + 2] = [cell(name) for name in lower]
    head.addprevious(row(*upper))
    head.addprevious(row(*under))
    parent = head.getparent()
    assert parent is not None
    parent.remove(head)


def _cut(file: WordFile, *, repeated: bool) -> None:
    for key in (*_LISTS, "五.2.16.2"):
        for table in file.tables_at(key):
            lines = rows(table)
            if len(lines) <= _CUT_FROM:
                continue
            second = deepcopy(table)
            for line in rows(second)[int(repeated) : _CUT_FROM - (not repeated)]:
                second.remove(line)
            if not repeated:
                second.remove(rows(second)[0])
            for line in lines[_CUT_FROM:]:
                table.remove(line)
            words = "续表" if repeated else ""
            between = xml("<w:p><w:r><w:t/></w:r></w:p>")
            set_text(between, words)
            table.addnext(second)
            table.addnext(between)
