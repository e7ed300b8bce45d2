"""Dates (日期) as they are written: to the day, to the month or only to the year."""

from __future__ import annotations

import calendar
import re
from datetime import date

from duibiao.model.classes import dataclass
from duibiao.model.location import Located
from duibiao.model.quantities import halfwidth

_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_WRITTEN = re.compile(
    r"(?<![\d.])(?:"
    r"(?P<year>\d{4})\s*年\s*(?:(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*日?)?)?"
    r"|(?P<year2>(?:19|20)\d{2})[-/.—](?P<month2>\d{1,2})[-/.—](?P<day2>\d{1,2})(?!\d)"
    r"|(?P<year3>(?:19|20)\d{2})[-/](?P<month3>0[1-9]|1[0-2])(?![\d-])"
    r")"
)
_SEPARATED = re.compile(r"(?:19|20)\d\d[-/.—]\d")
_WHOLE = re.compile(
    r"((?:19|20)\d{2})(?:[-/.](0?[1-9]|1[0-2])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?)?"
)
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_CHINESE_SMALL = re.compile(r"(?<=[年月])([〇零○一二三四五六七八九十]{1,3})(?=[月日])")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date that may lack its day or its month.

    Attributes:
        year: Year, four digits.
        month: Month, or None where only the year is written.
        day: Day, or None where only the month is written.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def earliest(self) -> date:
        """Return the first day that the date may stand for."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """Return the last day that the date may stand for."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        """Return the date in Chinese."""
        text = f"{self.year}年"
        if self.month is not None:
            text += f"{self.month}月"
        if self.day is not None:
            text += f"{self.day}日"
        return text


Day = Located[PartialDate]
"""A date and its place."""


def find_dates(text: str) -> tuple[PartialDate, ...]:
    """Return the real calendar dates written in `text`, in order; impossible ones (13月) are left out."""
    plain = halfwidth(text)
    if "年" not in plain and not (("20" in plain or "19" in plain) and _SEPARATED.search(plain)):
        return ()  # most texts hold no date, and looking closely takes long
    found = []
    for match in _WRITTEN.finditer(_arabic(plain)):
        parts = [int(part) for part in match.groups() if part]
        if 0 in parts:
            continue
        try:
            candidate = PartialDate(*parts)
            candidate.earliest()
        except ValueError:
            continue
        found.append(candidate)
    return tuple(found)


def parse_date(text: str) -> PartialDate | None:
    """Return the first date written in `text`, or None."""
    found = find_dates(text)
    return found[0] if found else None


def date_in_cell(text: str) -> PartialDate | None:
    """Return the first date written in a cell that should hold one: 2022.05, 202205 and 20220501 are dates there."""
    if found := parse_date(text):
        return found
    match = _WHOLE.fullmatch(halfwidth(text))
    return PartialDate(*(int(part) for part in match.groups() if part)) if match else None


def _arabic(text: str) -> str:
    text = _CHINESE_YEAR.sub(lambda m: m.group().translate(_CHINESE_DIGITS), text)
    return _CHINESE_SMALL.sub(lambda m: str(_small(m.group(1))), text)


def _small(numeral: str) -> int:
    import cn2an  # only dates in Chinese numerals need it

    try:
        return int(cn2an.cn2an(numeral, "smart"))
    except ValueError:
        return 0  # no month and no day, so the date is left out
