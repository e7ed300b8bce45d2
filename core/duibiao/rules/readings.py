"""What rules read out of running text: coordinates, how long data are kept, a known fact of the common law."""

from __future__ import annotations

import re
from decimal import Decimal

from duibiao.law.common import CommonLaw
from duibiao.law.records import Fact
from duibiao.model.classes import dataclass
from duibiao.model.quantities import halfwidth

_PRIMES = str.maketrans({"º": "°", "˚": "°", "度": "°", "″": '"', "”": '"', "“": '"', "秒": '"',
                         "′": "'", "’": "'", "‘": "'", "分": "'"})  # fmt: skip
_ANGLE = re.compile(
    r"""(?<![\d.])(\d{1,3}(?:\.\d+)?)\s*°?(?:\s*(?<=[°\s])(\d{1,3}(?:\.\d+)?)\s*'(?!'))?"""
    r"""(?:\s*(?<=['\s])(\d{1,3}(?:\.\d+)?)\s*(?:"|''))?"""
)
_AXIS = re.compile(
    r"[东西]经|[南北]纬|经°|纬°|[经纬]|(?<![A-Za-z])[EWNS](?![A-Za-z])", re.IGNORECASE
)
_LATITUDE = re.compile(r"纬|[NS]", re.IGNORECASE)
_KEEPS = re.compile(r"保存|留存|存储|储存|保留|存档")
_TERM = re.compile(
    r"(?<![\d.年])(?P<digits>\d{1,3})\s*(?:个?(?P<month>月)|(?P<year>年)|(?P<day>[天日]))"
    r"|(?P<words>十[一二]|[一二两三四五六七八九十])(?:个(?P<month2>月)|(?P<year2>年))|(?P<half>半年)"
)
_WORDS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {
    "两": 2, "十一": 11, "十二": 12,
}  # fmt: skip

MONTHS_A_YEAR = 12
DAYS_A_MONTH = 30
"""Days that count as a month where a term is written in days: the mildest reading."""


@dataclass(frozen=True, slots=True)
class Angle:
    """A part of a pair of coordinates: degrees, minutes and seconds as written."""

    degrees: Decimal
    minutes: Decimal = Decimal(0)
    seconds: Decimal = Decimal(0)

    @property
    def value(self) -> Decimal:
        """The angle in degrees."""
        return self.degrees + self.minutes / 60 + self.seconds / 3600


def coordinates(text: str) -> tuple[Angle, Angle] | None:
    """Return longitude and latitude as `text` gives them, or None where it is not a pair of angles.

    What is called latitude is latitude; without names the order is longitude, latitude, unless only the second one is
    too large for a latitude.
    """
    plain = halfwidth(text.translate(_PRIMES)).replace("′", "'")
    angles = [
        Angle(*(Decimal(part or 0) for part in match.groups())) for match in _ANGLE.finditer(plain)
    ]
    axes = [_LATITUDE.search(name) is not None for name in _AXIS.findall(plain)]
    if len(angles) != 2 or len(axes) not in (0, 2):
        return None
    first, second = angles
    if axes and axes[0] == axes[1]:
        return None
    swapped = axes[0] if axes else first.value <= 90 < second.value
    return (second, first) if swapped else (first, second)


def months_kept(text: str) -> Decimal | None:
    """Return for how many months a cell says that data are kept, or None where it gives no term; the shortest counts."""
    terms = [_months(match) for match in _TERM.finditer(halfwidth(text))]
    return min(terms, default=None)


def clauses_on_keeping(text: str) -> list[str]:
    """Return the clauses of a text that say how long something is kept."""
    return [
        clause
        for clause in re.split(r"[，。；,;]", text)
        if _KEEPS.search(clause) and months_kept(clause) is not None
    ]


def known_fact(common: CommonLaw, number: str) -> Fact:
    """Return the fact with that id; a figure that a rule needs stands there with its source.

    Raises:
        KeyError: If there is none.
    """
    for row in common.facts:
        if row.provenance.id == number:
            return row
    raise KeyError(number)


def _months(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal(MONTHS_A_YEAR) / 2
    number = Decimal(match["digits"] or _WORDS[match["words"]])
    if match["year"] or match["year2"]:
        return number * MONTHS_A_YEAR
    return number / DAYS_A_MONTH if match["day"] else number
