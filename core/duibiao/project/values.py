"""Values as text: what a workbook, a TOML file or a JSON file holds, as the person who filled it in sees it."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

LONGEST = 32_767
"""Longest value, in characters: what a cell of a workbook holds."""

ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that neither a workbook nor a Word file may hold."""

_DIGITS = 15
_TOO_LONG = 1e15
_BITS = 256


def trimmed(text: str) -> str:
    """Return a text as it counts: line feeds of one kind, no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def number_text(number: float, *, percent: bool = False) -> str:
    """Return a number as a sheet shows it: fifteen digits, no noise, no exponent.

    Args:
        number: The number.
        percent: The cell shows it in per cent.
    """
    shown = Decimal(format(number * 100 if percent else number, f".{_DIGITS}g"))
    text = format(shown, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return f"{text}%" if percent else text


def loses_digits(number: float) -> bool:
    """Return whether a whole number is too long for a number cell, which keeps fifteen digits."""
    return abs(number) >= _TOO_LONG


def date_text(day: date, *, month: bool = False) -> str:
    """Return a date in Chinese, to the month where no more is shown."""
    return f"{day.year}年{day.month}月" + ("" if month else f"{day.day}日")


def text_of(value: object) -> object:
    """Return a value of a TOML or JSON file as text, trimmed; what is no single value is returned as it is."""
    match value:
        case str():
            return trimmed(value)
        case bool():
            return "是" if value else "否"
        case int() if value.bit_length() <= _BITS:
            return str(value)
        case float():
            return number_text(value)
        case date():
            return date_text(value)
        case time():
            return str(value)
        case None:
            return ""
    return value
