"""Holding a measured concentration against limits: baseline oxygen, ranges, several conditions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

from duibiao.law.in_force import GradeLimit
from duibiao.model.classes import dataclass
from duibiao.model.quantities import MG_PER_M3, Quantity

AMBIENT_OXYGEN = Decimal(21)
"""Oxygen content of air, in %, as the conversion formula has it."""


class Comparison(Enum):
    """Outcome of holding a value against limits."""

    MEETS = "meets"
    FAILS = "fails"
    DEPENDS = "depends"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """A value held against limits.

    Attributes:
        comparison: The outcome.
        value: The value compared, in mg/m³, after conversion; None if unknown.
        converted: Whether it was converted to baseline oxygen.
        limit: The limit that decided, or None.
        verified: Whether that limit may make a package fail; if not, a person has to verify it.
    """

    comparison: Comparison
    value: Decimal | None = None
    converted: bool = False
    limit: GradeLimit | None = None
    verified: bool = False


def at_baseline(concentration: Decimal, measured: Decimal, baseline: Decimal) -> Decimal | None:
    """Convert a concentration to baseline oxygen: C × (21 − baseline) / (21 − measured).

    Args:
        concentration: Measured concentration.
        measured: Measured oxygen in % of dry gas.
        baseline: Baseline oxygen in %.

    Returns:
        The converted concentration, or None where measured oxygen is 21 % or more, or below 0.
    """
    if not 0 <= measured < AMBIENT_OXYGEN:
        return None
    return concentration * (AMBIENT_OXYGEN - baseline) / (AMBIENT_OXYGEN - measured)


def judge(concentration: Quantity, oxygen: Quantity | None, limits: Sequence[GradeLimit]) -> Judged:
    """Hold a concentration against the limits that may apply.

    The upper end of a range decides. "Not detected" meets every limit. Where several limits differ by a condition
    that the package does not state, a value fails only if it fails all of them.

    Args:
        concentration: The concentration as read.
        oxygen: Measured oxygen in %, where the package gives it.
        limits: Limits for one pollutant, one step and one grade.

    Returns:
        The outcome; UNKNOWN without limits, without a number or with a unit other than mg/m³.
    """
    if not limits:
        return Judged(Comparison.UNKNOWN)
    if concentration.not_detected and concentration.high is None:
        return Judged(Comparison.MEETS, Decimal(0), False, limits[0], limits[0].may_fail)
    if concentration.high is None or concentration.unit not in ("", MG_PER_M3):
        return Judged(Comparison.UNKNOWN)
    outcomes = [_one(concentration.high, oxygen, entry) for entry in limits]
    if concentration.comparator in ("≥", ">") and any(
        outcome.comparison is Comparison.MEETS for outcome in outcomes
    ):  # "more than" says nothing about how much
        return Judged(Comparison.UNKNOWN)
    held = {outcome.comparison for outcome in outcomes}
    if Comparison.FAILS in held and concentration.comparator == "<" and concentration.is_one:
        # nor does "less than" say that it is more than something smaller
        return Judged(Comparison.UNKNOWN)
    verified = all(entry.may_fail for entry in limits)
    if held == {Comparison.MEETS}:
        strictest = min(outcomes, key=_bound)
        return Judged(
            strictest.comparison, strictest.value, strictest.converted, strictest.limit, verified
        )
    if held == {Comparison.FAILS}:
        mildest = max(outcomes, key=_bound)
        return Judged(mildest.comparison, mildest.value, mildest.converted, mildest.limit, verified)
    if Comparison.UNKNOWN in held:
        return Judged(Comparison.UNKNOWN)
    broken = next(outcome for outcome in outcomes if outcome.comparison is Comparison.FAILS)
    return Judged(Comparison.DEPENDS, broken.value, broken.converted, broken.limit, verified)


def _one(value: Decimal, oxygen: Quantity | None, entry: GradeLimit) -> Judged:
    baseline = entry.limit.oxygen
    converted = False
    if baseline is not None and oxygen is not None and oxygen.high is not None:
        compared = at_baseline(value, oxygen.high, baseline)
        if compared is None:
            return Judged(Comparison.UNKNOWN)
        value, converted = compared, True
    if entry.limit.figure.unit != MG_PER_M3:
        return Judged(Comparison.UNKNOWN)
    outcome = Comparison.MEETS if entry.limit.figure.holds(value) else Comparison.FAILS
    return Judged(outcome, value, converted, entry)


def _bound(outcome: Judged) -> Decimal:
    return outcome.limit.limit.figure.value if outcome.limit else Decimal(0)
