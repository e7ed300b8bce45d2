"""Quantities and dates as they stand in cells."""

from decimal import Decimal

import pytest

from duibiao.model.dates import date_in_cell
from duibiao.model.quantities import parse_quantity, unit_in_header


@pytest.mark.parametrize("sign", "~-～－—–−‐‑‒―─∼〜至到")
def test_a_range_has_both_ends_whatever_its_sign(sign: str) -> None:
    found = parse_quantity(f"5.2{sign}8.6")
    assert (found.low, found.high) == (Decimal("5.2"), Decimal("8.6"))


@pytest.mark.parametrize("text", ["3.1 4.5", "2.1、3.4", "3.1/4.5", "5,2", "15±2"])
def test_two_numbers_are_not_read_as_the_first_of_them(text: str) -> None:
    assert not parse_quantity(text).is_number


@pytest.mark.parametrize(
    ("text", "header", "low", "unit"),
    [
        ("≦10", "浓度（mg/m³）", "10", "mg/m3"),
        ("3.5万", "风量（m³/h）", "3.5", "万m3/h"),
        ("1.2万", "产能（吨）", "1.2", "万t"),
        ("3.5万Nm³/h", "风量", "3.5", "万m3/h"),
        ("35000m³/小时", "风量", "35000", "m3/h"),
        ("1.2 g/m³", "浓度（mg/m³）", "1.2", "g/m3"),
    ],
)
def test_units(text: str, header: str, low: str, unit: str) -> None:
    found = parse_quantity(text, unit_in_header(header))
    assert (found.low, found.unit) == (Decimal(low), unit)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("排放浓度mg/m³", "mg/m3"),
        ("排放浓度 单位：mg/Nm3", "mg/m3"),
        ("浓度【mg/m³】", "mg/m3"),
        ("去除效率%", "%"),
        ("排放浓度mg/L", "mg/L"),
        ("是否达标", ""),
        ("CEMS/DCS数据", ""),
    ],
)
def test_the_unit_of_a_header(header: str, unit: str) -> None:
    assert unit_in_header(header) == unit


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2022.05", "2022年5月"),
        ("2022.5", "2022年5月"),
        ("2022-5", "2022年5月"),
        ("202205", "2022年5月"),
        ("20220501", "2022年5月1日"),
        ("２０２２年５月份", "2022年5月"),
        ("2022", "2022年"),
    ],
)
def test_a_cell_that_should_hold_a_date(text: str, shown: str) -> None:
    assert str(date_in_cell(text)) == shown


@pytest.mark.parametrize("text", ["", "/", "3.5", "12345678", "2022.13", "正常"])
def test_a_cell_without_a_date(text: str) -> None:
    assert date_in_cell(text) is None
