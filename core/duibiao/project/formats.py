"""Number formats of workbooks: what a cell with a number shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

from lxml import etree

from duibiao.project.values import date_text, number_text


class Shows(Enum):
    """显示方式: what a number format makes of a number."""

    NUMBER = "数值"
    PERCENT = "百分数"
    DAY = "日期"
    MONTH = "年月"
    TIME = "时间"


_BUILT_IN = {
    **dict.fromkeys((9, 10), Shows.PERCENT),
    **dict.fromkeys((14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58), Shows.DAY),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), Shows.MONTH),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), Shows.TIME),
}
"""Formats that have a number and no code; those from 27 on are what they are in Chinese."""

_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|am/pm|a/p|general|g/通用格式', re.IGNORECASE)
_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_DAY = 2_900_000
_SECONDS = 24 * 60 * 60


def cell_formats(styles: etree._Element) -> Iterator[Shows]:
    """Yield for each cell format of a workbook what it shows.

    Args:
        styles: Root of the part xl/styles.xml.
    """
    codes = {
        entry.get("numFmtId", ""): entry.get("formatCode", "")
        for entry in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    for entry in styles.iterfind("{*}cellXfs/{*}xf"):
        number = entry.get("numFmtId", "")
        if code := codes.get(number):
            yield shown_by(code)
        else:
            yield _BUILT_IN.get(int(number) if number.isdecimal() else 0, Shows.NUMBER)


def shown_by(code: str) -> Shows:
    """Return what a format code such as ``yyyy"年"m"月"`` shows."""
    first = code.partition(";")[0]
    if _ELAPSED.search(first):
        return Shows.TIME
    letters = set(_LITERAL.sub("", first).lower())
    if "%" in letters:
        return Shows.PERCENT
    if "d" in letters:
        return Shows.DAY
    if "y" in letters or ("e" in letters and letters.isdisjoint("0#?")):
        return Shows.MONTH if "m" in letters else Shows.DAY
    return Shows.TIME if letters & {"h", "s"} else Shows.NUMBER


def shown(number: float, shows: Shows, *, from_1904: bool = False) -> str:
    """Return a number as its cell shows it.

    Args:
        number: The number.
        shows: What the cell's format makes of it.
        from_1904: The workbook counts its days from 1904.
    """
    if shows in (Shows.DAY, Shows.MONTH) and 1 <= number <= _LAST_DAY:
        day = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=int(number))
        return date_text(day, month=shows is Shows.MONTH)
    if shows is Shows.TIME and 0 <= number <= _LAST_DAY:
        return str(timedelta(seconds=round(number * _SECONDS)))
    return number_text(number, percent=shows is Shows.PERCENT)
