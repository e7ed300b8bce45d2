"""Quantities (数值及单位) as they are written in application packages."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from duibiao.model.classes import dataclass
from duibiao.model.location import Located

MG_PER_M3 = "mg/m3"

_UNITS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (unit, re.compile(rf"^(?:{pattern})$", re.IGNORECASE))
    for unit, pattern in (
        (
            MG_PER_M3,
            r"mg/n?m3|mg/标?立方米|毫克/(?:标准?)?立方米|毫克/标?m3|毫克每立方米|mg·?n?m\^?[-−]3",
        ),
        ("ug/m3", r"[uμ]g/n?m3|微克/立方米"),
        ("g/m3", r"g/n?m3|克/立方米"),
        ("mg/L", r"mg/l|毫克/升"),
        ("m3/h", r"n?m3/(?:h|小?时)|标?立方米/(?:小?时|h)"),
        ("万m3/h", r"万n?m3/(?:h|小?时)|万标?立方米/(?:小?时|h)"),
        ("t/a", r"t/a|吨/年|t/年"),
        ("万t/a", r"万t/a|万吨/年|万吨每年|万吨/a|万t/年"),
        ("t", r"t|吨"),
        ("万t", r"万t|万吨"),
        ("%", r"%|百分之"),
        ("‰", r"‰"),
        ("万元", r"万元"),
        ("kg/h", r"kg/h|千克/(?:小)?时"),
        ("万m3", r"万n?m3|万立方米|万方"),
        ("万kWh", r"万kwh|万千瓦时|万度"),
        ("h", r"h|小时"),
        ("h/a", r"h/a|小时/年"),
    )
)

LONGEST_QUANTITY = 300
"""Longest text, in characters, that is read as a quantity; more is prose."""

_LOOKALIKES = str.maketrans(
    {**dict.fromkeys("‐‑‒―−─﹣", "-"), **dict.fromkeys("∼〜˜", "~"), "≦": "≤", "≧": "≥"}
)
_NONE = {"", "/", "-", "—", "——", "－", "无", "不涉及", "\\"}
_NOT_DETECTED = re.compile(r"未检出|低于检出限|^n\.?d\.?$|^l$", re.IGNORECASE)
_NUMBER = r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?|[-+]?\.\d+"
_POWER = r"(?:\s*[×xX*]\s*10\^?[-+]?\d{1,2}(?!\d)|[eE][-+]?\d{1,2}(?!\d))?"
_RANGE_SIGN = r"\s*(?:~|-|—|–|至|到|～)+\s*"
_UNIT_BETWEEN = r"\s*([^\d\s~—–～至到()<>≤≥-]*)"
_RANGE = re.compile(rf"({_NUMBER})({_POWER}){_UNIT_BETWEEN}{_RANGE_SIGN}({_NUMBER})({_POWER})")
_SINGLE = re.compile(rf"({_NUMBER})({_POWER})")
_GOES_ON = re.compile(rf"{_RANGE_SIGN}\d|\s*[、;,/±+.<>]?\s*\d")
_FOOTNOTE = re.compile("[\u2460-\u2473\u2776-\u277f]")
_SUPERSCRIPTS = {ord(raised): f"^{digit}" for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_BRACKETS = str.maketrans("【】[]〔〕", "()()()")
_LAST_UNIT = re.compile(
    r"(?<![a-zμ])(?:万?[tg]|[mkuμ]g|万?n?m[³3])/[a-z年小时³3]+$|[%‰]$", re.IGNORECASE
)
_FOREIGN_UNIT = re.compile(r"[a-zμ]{2,5}|元|亿元", re.IGNORECASE)
_COMPARATOR = re.compile(r"≤|≥|<=|>=|<|>|不大于|不小于|不低于|不高于|不超过|小于|大于")
_COMPARATORS = {
    "<=": "≤", "不大于": "≤", "不高于": "≤", "不超过": "≤",
    ">=": "≥", "不小于": "≥", "不低于": "≥",
    "小于": "<", "大于": ">",
}  # fmt: skip


def halfwidth(text: str) -> str:
    """Return `text` with full-width digits, letters and punctuation in their normal width (NFKC), trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or range as written, with what could be made of it.

    Attributes:
        text: The text exactly as written.
        low: Lower end, or the number itself; None where there is no number.
        high: Upper end, or the number itself; None where there is no number.
        unit: The unit in its standard spelling (``mg/m3``, ``%``, ``t/a`` …) or as written if unknown; "" if none.
        comparator: One of ``≤ ≥ < >`` or "".
        not_detected: The text says that the value is below the detection limit.
        headed: The unit that the column header gives, where it is another one than mg/m3 and the value's own is mg/m3.
    """

    text: str
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    comparator: str = ""
    not_detected: bool = False
    headed: str = ""

    def __str__(self) -> str:
        """Return the text as written."""
        return self.text

    @property
    def is_blank(self) -> bool:
        """Whether the cell says that there is no value ("/", "—", empty)."""
        return self.low is None and not self.not_detected and halfwidth(self.text) in _NONE

    @property
    def is_number(self) -> bool:
        """Whether at least one number could be read."""
        return self.low is not None

    @property
    def is_one(self) -> bool:
        """Whether it is one number and no range."""
        return self.low is not None and self.low == self.high

    def same_value(self, other: Quantity) -> bool:
        """Whether both stand for the same numbers, whatever their spelling."""
        return (self.low, self.high, self.not_detected) == (
            other.low,
            other.high,
            other.not_detected,
        )


Measure = Located[Quantity]
"""A quantity and its place."""


def standard_unit(text: str) -> str:
    """Return the standard spelling of a unit.

    Args:
        text: A unit in any of its usual spellings, such as ``mg/Nm³`` or ``毫克/立方米``.

    Returns:
        The standard spelling, or the text in normal width where the unit is not known.
    """
    plain = re.sub(r"\s+", "", halfwidth(text)).replace("³", "3").replace("^3", "3")
    for unit, pattern in _UNITS:
        if pattern.match(plain):
            return unit
    return plain


@lru_cache(maxsize=1024)  # asked of each cell below it
def unit_in_header(header: str) -> str:
    """Return the standard unit that a table header gives in brackets or at its end, or ""."""
    plain = halfwidth(header).translate(_BRACKETS)
    found = re.findall(r"\(([^()]*)\)", plain)
    if not found and (last := _LAST_UNIT.search(plain)):
        return standard_unit(last.group())
    for inside in reversed(found):
        unit = standard_unit(inside)
        if _is_unit(unit) or re.fullmatch(r"[a-zμ%‰万]+", unit, re.IGNORECASE):
            return unit
    return ""


@lru_cache(maxsize=4096)  # a package says the same few hundred values again and again
def parse_quantity(text: str, unit: str = "") -> Quantity:
    """Read a quantity from a cell.

    Args:
        text: The cell's text.
        unit: The unit that the column header gives; a unit in the cell itself overrides it.

    Returns:
        The quantity; its numbers are None where none could be read or the text is longer than `LONGEST_QUANTITY`.
    """
    if len(text) > LONGEST_QUANTITY:
        return Quantity(text, None, None, unit)
    plain = halfwidth(_FOOTNOTE.sub("", text.translate(_LOOKALIKES)).translate(_SUPERSCRIPTS))
    plain = plain.replace("，", ",")
    plain = re.sub(r"(?<=m)\^?3", "³", plain)  # the 3 of a cubic metre is no number
    plain = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", plain)
    detected = _NOT_DETECTED.search(plain) is not None
    sign = _COMPARATOR.search(plain)
    comparator = _COMPARATORS.get(sign.group(), sign.group()) if sign else ""
    low: Decimal | None = None
    high: Decimal | None = None
    rest = plain
    if (
        (span := _RANGE.search(plain))
        and not plain[: span.start()].strip("约 ≤≥<>")
        and (not span.group(3) or _is_unit(standard_unit(span.group(3))))
    ):
        rest = plain[span.end() :]
        if not _GOES_ON.match(rest):  # three numbers in a row are no range
            low, high = sorted((_decimal(*span.group(1, 2)), _decimal(*span.group(4, 5))))
    elif one := _SINGLE.search(plain):
        rest = plain[one.end() :]
        if not _GOES_ON.match(rest):  # nor are two without a sign between them a number
            low = high = _decimal(*one.group(1, 2))
    own = standard_unit(re.sub(r"[(（].*$", "", rest)) if low is not None else ""
    if own == "万":  # of the column's unit
        own = standard_unit(f"万{unit}")
    own_counts = own.startswith("万") or _is_unit(own) or _FOREIGN_UNIT.fullmatch(own)
    headed = unit if own == MG_PER_M3 != unit else ""
    own = own if own_counts else (unit or own)
    return Quantity(text, low, high, own, comparator, detected, headed)


def is_unit(text: str) -> bool:
    """Whether a text is a unit, in any spelling."""
    return _is_unit(standard_unit(text))


def _is_unit(text: str) -> bool:
    """Whether a text is a unit: a known one, or two of them with a stroke between, such as mg/kg."""
    known = any(text == name for name, _ in _UNITS)
    return known or re.fullmatch(r"[a-zμ]{1,4}/[a-z]{1,4}\d?", text, re.IGNORECASE) is not None


def _decimal(number: str, power: str = "") -> Decimal:
    found = re.search(r"(?:10\^?|[eE])([-+]?\d+)$", power)
    return Decimal(number.replace(",", "")).scaleb(int(found.group(1)) if found else 0)
