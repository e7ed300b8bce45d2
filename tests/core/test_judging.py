"""Concentrations against limits: conversion to baseline oxygen, ranges, conditions, what nobody verified."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duibiao.law.judging import Comparison, Judged, at_baseline, judge
from duibiao.model.quantities import parse_quantity

from .rules.law_builders import REPORTED, THIRD_PARTY, grade_limit
from .rules.support import RECALLED

MEETS, FAILS, DEPENDS, UNKNOWN = Comparison
OXYGEN = st.decimals(0, Decimal("20.9"), places=1)
VALUE = st.decimals(0, 1000, places=2)


def held(written: str, *limits, oxygen: str | None = None) -> Judged:
    """Hold a cell of a column in mg/m³ against limits."""
    measured = None if oxygen is None else parse_quantity(oxygen, "%")
    return judge(parse_quantity(written, "mg/m3"), measured, limits)


# -- conversion


@pytest.mark.parametrize(
    ("concentration", "measured", "baseline", "converted"),
    [
        ("20", "6", "3.5", "23.33"),
        ("20", "3.5", "3.5", "20.00"),
        ("41", "9.1", "10", "37.90"),
        ("8", "16", "9", "19.20"),
        ("0", "6", "3.5", "0.00"),
        ("20", "0", "3.5", "16.67"),
        ("20", "20.9", "3.5", "3500.00"),
    ],
)
def test_conversion_by_hand(concentration, measured, baseline, converted):
    found = at_baseline(Decimal(concentration), Decimal(measured), Decimal(baseline))
    assert found is not None
    assert f"{found:.2f}" == converted


@pytest.mark.parametrize("measured", ["21", "21.5", "-0.1", "100"])
def test_air_cannot_be_converted(measured):
    assert at_baseline(Decimal(20), Decimal(measured), Decimal("3.5")) is None


@given(VALUE, OXYGEN, OXYGEN)
def test_conversion_goes_there_and_back(concentration, measured, baseline):
    there = at_baseline(concentration, measured, baseline)
    assert there is not None
    back = at_baseline(there, baseline, measured)
    assert back is not None
    assert abs(back - concentration) < Decimal("1e-15")


@given(VALUE, OXYGEN, OXYGEN, OXYGEN)
def test_more_air_means_a_higher_converted_value(concentration, one, other, baseline):
    less, more = (at_baseline(concentration, oxygen, baseline) for oxygen in sorted((one, other)))
    assert less is not None
    assert more is not None
    assert less <= more


# -- one limit


@pytest.mark.parametrize(
    ("written", "comparison", "value"),
    [
        ("9.9", MEETS, "9.9"),
        ("10", MEETS, "10"),
        ("10.01", FAILS, "10.01"),
        ("2~10", MEETS, "10"),
        ("2~10.1", FAILS, "10.1"),
        ("未检出", MEETS, "0"),
        ("ND", MEETS, "0"),
        ("未检出（＜1.0）", MEETS, "1.0"),
        ("<20（未检出）", UNKNOWN, None),
        ("9.9毫克/立方米", MEETS, "9.9"),
        ("0.5g/m³", UNKNOWN, None),
        ("3%", UNKNOWN, None),
        ("/", UNKNOWN, None),
        ("检测中", UNKNOWN, None),
    ],
)
def test_one_limit(written, comparison, value):
    """The upper end decides; nothing found meets, unless the detection limit is above; other units say nothing."""
    outcome = held(written, grade_limit("10"))
    assert outcome.comparison is comparison
    assert outcome.value == (None if value is None else Decimal(value))


@pytest.mark.parametrize("sign", ["≥", ">"])
@pytest.mark.parametrize(
    ("number", "bounds", "comparison"),
    [
        ("5", ("10",), UNKNOWN),
        ("10", ("10",), UNKNOWN),
        ("15", ("10",), FAILS),
        ("15", ("10", "20"), UNKNOWN),
        ("25", ("10", "20"), FAILS),
    ],
)
def test_more_than_says_nothing_about_how_much(sign, number, bounds, comparison):
    """It fails what it exceeds for certain, and meets nothing."""
    assert held(f"{sign}{number}", *map(grade_limit, bounds)).comparison is comparison


def test_a_condition_decides_between_two_limits():
    """20 at 6 % oxygen is 22.5 at 4.125 %: above 21, below 30; the limit that is broken is told with the value."""
    mild, strict = grade_limit("30", condition="现有窑"), grade_limit("21", oxygen="4.125")
    expected = Judged(DEPENDS, Decimal("22.5"), True, strict, True)
    assert held("20", mild, strict, oxygen="6") == expected


def test_what_is_not_detected_is_nothing():
    limit = grade_limit("10", oxygen="3.5")
    assert held("未检出", limit, oxygen="6") == Judged(MEETS, Decimal(0), False, limit, True)


def test_below_is_not_at_most():
    assert held("10", grade_limit("10", op="<")).comparison is FAILS
    assert held("9.99", grade_limit("10", op="<")).comparison is MEETS


def test_nothing_to_hold_against():
    assert held("10") == Judged(UNKNOWN)
    assert held("10", grade_limit("10", unit="kg/h")).comparison is UNKNOWN


@pytest.mark.parametrize(
    ("oxygen", "bound", "comparison", "converted"),
    [
        ("6", "23.33", FAILS, True),
        ("6", "23.34", MEETS, True),
        ("5~6", "23.33", FAILS, True),
        ("/", "20", MEETS, False),
        (None, "20", MEETS, False),
        ("21", "100", UNKNOWN, False),
    ],
)
def test_limit_at_baseline_oxygen(oxygen, bound, comparison, converted):
    """Converted where both contents are known; the upper end of a range of oxygen counts."""
    outcome = held("20", grade_limit(bound, oxygen="3.5"), oxygen=oxygen)
    assert (outcome.comparison, outcome.converted) == (comparison, converted)


def test_limit_without_baseline_takes_the_measured_value():
    outcome = held("20", grade_limit("20"), oxygen="6")
    assert (outcome.comparison, outcome.value, outcome.converted) == (MEETS, Decimal(20), False)


@pytest.mark.parametrize("written", ["9", "11", "未检出"])
@pytest.mark.parametrize(
    ("provenance", "verified"), [(REPORTED, True), (RECALLED, False), (THIRD_PARTY, False)]
)
def test_whether_the_limit_is_verified_is_said(written, provenance, verified):
    assert held(written, grade_limit("10", provenance=provenance)).verified is verified


# -- several limits


LIMITS = [grade_limit(bound, condition=f"条件{bound}") for bound in ("15", "10", "20")]


@pytest.mark.parametrize(
    ("written", "comparison", "bound"),
    [
        ("10", MEETS, "10"),
        ("10.1", DEPENDS, "10"),
        ("15.1", DEPENDS, "15"),
        ("20", DEPENDS, "15"),
        ("20.1", FAILS, "20"),
    ],
)
def test_several_limits(written, comparison, bound):
    """The strictest decides that all are met, the mildest that all are broken, one that is broken what it depends on."""
    outcome = held(written, *LIMITS)
    assert outcome.comparison is comparison
    assert outcome.limit is not None
    assert outcome.limit.limit.figure.value == Decimal(bound)


@pytest.mark.parametrize("written", ["5", "12", "25"])
def test_one_unverified_limit_among_several_spoils_them(written):
    mixed = [grade_limit("10"), grade_limit("20", provenance=RECALLED)]
    assert held(written, *LIMITS).verified
    assert not held(written, *mixed).verified


def test_limits_that_cannot_all_be_compared_leave_it_open():
    mixed = [grade_limit("10"), grade_limit("20", unit="kg/h")]
    assert [held(written, *mixed).comparison for written in ("5", "15", "25")] == [UNKNOWN] * 3


LIMIT = st.builds(
    grade_limit,
    st.decimals(1, 500, places=1).map(str),
    oxygen=st.none() | OXYGEN.map(str),
    provenance=st.sampled_from([REPORTED, RECALLED]),
)
GRAVITY = [MEETS, DEPENDS, FAILS]


@given(VALUE, VALUE, st.lists(LIMIT, min_size=1, max_size=4), st.none() | OXYGEN.map(str))
def test_a_higher_concentration_is_never_judged_better(one, other, limits, oxygen):
    low, high = (held(str(value), *limits, oxygen=oxygen) for value in sorted((one, other)))
    assert GRAVITY.index(low.comparison) <= GRAVITY.index(high.comparison)


@given(VALUE, st.lists(LIMIT, min_size=1, max_size=4), LIMIT)
def test_another_limit_never_turns_a_failure_into_a_pass(value, limits, more):
    before = held(str(value), *limits).comparison
    after = held(str(value), *limits, more).comparison
    assert {before, after} != {MEETS, FAILS}


@given(VALUE, VALUE, st.lists(LIMIT, min_size=1, max_size=4))
def test_only_the_upper_end_of_a_range_counts(one, other, limits):
    low, high = sorted((one, other))
    assert held(f"{low}~{high}", *limits) == held(str(high), *limits)
