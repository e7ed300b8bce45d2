"""How much emission an alert level's measures save: the ratio of the one-plant-one-plan (减排比例).

Basis: the annual emission of each pollutant at each outlet is its concentration (upper end) times flow times hours; a
measure cuts it by the share by which it cuts the production line of the outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from duibiao.model.quantities import MG_PER_M3, Quantity

BASIS = "按各排放口排放浓度（取上限）、风量和年运行时间计算"
"""The basis of the ratio in words, as the plan states it."""

WHOLE = Decimal(100)
"""A cut, in %, that stops a line."""

_MG_EXPONENT = 9  # milligrams of a tonne, as a power of ten
_TENTH = Decimal("0.1")
_FLOWS = {"": Decimal(1), "m3/h": Decimal(1), "万m3/h": Decimal(10_000)}
_HOURS = ("", "h", "h/a")


@dataclass(frozen=True, slots=True)
class Discharge:
    """年排放量: one pollutant at one outlet.

    Attributes:
        line: Production line of the outlet; "" where several lines share it.
        tonnes: Annual emission, t/a.
    """

    line: str
    tonnes: Decimal


@dataclass(frozen=True, slots=True)
class Cut:
    """限产: by how much a measure cuts production.

    Attributes:
        line: The production line; "" for the whole plant.
        share: In %, 0 to 100.
    """

    line: str
    share: Decimal


def upper(quantity: Quantity) -> Decimal | None:
    """Return the most that a quantity may be, or None where it has no upper bound (未检出 without a number, ≥5)."""
    return None if quantity.comparator in ("≥", ">") else quantity.high


def annual_tonnes(concentration: Quantity, flow: Quantity, hours: Quantity) -> Decimal | None:
    """Return an annual emission in t/a: mg/m³ × m³/h × h ÷ 10⁹, at the upper end of every range.

    Args:
        concentration: In mg/m³. ``<1.0`` counts as 1.0.
        flow: In m³/h or 万m³/h.
        hours: Running hours of a year.

    Returns:
        The emission, or None where a number is missing, has no upper bound or stands in another unit.
    """
    numbers = [upper(quantity) for quantity in (concentration, flow, hours)]
    units_known = (
        concentration.unit in ("", MG_PER_M3) and flow.unit in _FLOWS and hours.unit in _HOURS
    )
    if not units_known or any(number is None or number < 0 for number in numbers):
        return None
    amount = _FLOWS[flow.unit]
    for number in numbers:
        amount *= number or Decimal()
    return amount.scaleb(-_MG_EXPONENT)


def cut_of(line: str, cuts: Iterable[Cut]) -> Decimal:
    """Return the cut of an outlet's line in %: cuts do not add, the greatest counts; "" follows whole-plant cuts only."""
    return max((cut.share for cut in cuts if cut.line in ("", line)), default=Decimal())


def reduction_ratio(discharges: Sequence[Discharge], cuts: Sequence[Cut]) -> Decimal | None:
    """Return by how much cuts reduce all emission, in % with one decimal (half up), or None where nothing is emitted."""
    whole = sum((discharge.tonnes for discharge in discharges), Decimal())
    if not whole:
        return None
    saved = sum((d.tonnes * cut_of(d.line, cuts) for d in discharges), Decimal())
    return (saved / whole).quantize(_TENTH, ROUND_HALF_UP)
