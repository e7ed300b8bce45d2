"""Quantities and grades as people write them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duibiao.model.grades import Grade, parse_grade
from duibiao.model.quantities import Quantity, parse_quantity, standard_unit, unit_in_header

MG = "mg/m3"

WRITTEN = [
    # as written, low, high, unit in a column of mg/m3, comparator
    ("12", "12", "12", MG, ""),
    ("  12.0  ", "12.0", "12.0", MG, ""),
    ("１２．５", "12.5", "12.5", MG, ""),
    (".5", "0.5", "0.5", MG, ""),
    ("0", "0", "0", MG, ""),
    ("-5", "-5", "-5", MG, ""),
    ("1,234.5", "1234.5", "1234.5", MG, ""),
    ("1，234，567", "1234567", "1234567", MG, ""),
    ("约10", "10", "10", MG, ""),
    ("10以下", "10", "10", MG, ""),
    ("10（折算值）", "10", "10", MG, ""),
    # ranges
    ("10-20", "10", "20", MG, ""),
    ("10~20", "10", "20", MG, ""),
    ("10～20", "10", "20", MG, ""),
    ("10—20", "10", "20", MG, ""),
    ("10–20", "10", "20", MG, ""),
    ("10——20", "10", "20", MG, ""),
    ("10－20", "10", "20", MG, ""),
    ("10 至 20", "10", "20", MG, ""),
    ("10到20mg/m³", "10", "20", MG, ""),
    ("约2.5~3.5", "2.5", "3.5", MG, ""),
    ("20~10", "10", "20", MG, ""),
    ("-5~3", "-5", "3", MG, ""),
    ("10~", "10", "10", MG, ""),
    # comparators
    ("≤10", "10", "10", MG, "≤"),
    ("<=10", "10", "10", MG, "≤"),
    ("＜10", "10", "10", MG, "<"),
    ("< 1.0", "1.0", "1.0", MG, "<"),
    ("＞10", "10", "10", MG, ">"),
    ("≥95%", "95", "95", "%", "≥"),
    ("不大于10毫克/立方米", "10", "10", MG, "≤"),
    ("不超过10", "10", "10", MG, "≤"),
    ("不高于10", "10", "10", MG, "≤"),
    ("不低于95％", "95", "95", "%", "≥"),
    ("不小于95", "95", "95", MG, "≥"),
    ("大于90%", "90", "90", "%", ">"),
    ("小于5", "5", "5", MG, "<"),
    # a unit in the cell
    ("15mg/m3", "15", "15", MG, ""),
    ("15 mg/Nm³", "15", "15", MG, ""),
    ("15㎎/㎥", "15", "15", MG, ""),
    ("15毫克/立方米", "15", "15", MG, ""),
    ("15 （mg/m³）", "15", "15", MG, ""),
    ("98.5%", "98.5", "98.5", "%", ""),
    ("2.5‰", "2.5", "2.5", "‰", ""),
    ("0.5 万吨/年", "0.5", "0.5", "万t/a", ""),
    ("30万元", "30", "30", "万元", ""),
    ("5mg/L", "5", "5", "mg/L", ""),
    ("500 μg/m³", "500", "500", "ug/m3", ""),
    ("20 mg/kg", "20", "20", "mg/kg", ""),
    # no number
    ("十", None, None, MG, ""),
    ("达标", None, None, MG, ""),
]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "comparator"), WRITTEN, ids=[row[0] for row in WRITTEN]
)
def test_quantity(text, low, high, unit, comparator):
    expected = Quantity(text, low and Decimal(low), high and Decimal(high), unit, comparator)
    assert parse_quantity(text, MG) == expected
    assert str(expected) == text
    assert expected.is_number is (low is not None)


@pytest.mark.parametrize("text", ["", "  ", "/", "-", "—", "——", "－", "无", "不涉及", "\\"])
def test_cell_that_says_that_there_is_no_value(text):
    assert parse_quantity(text).is_blank


@pytest.mark.parametrize("text", ["0", "十", "未检出", "ND", "见附件", "/5"])
def test_cell_that_is_not_blank(text):
    assert not parse_quantity(text).is_blank


@pytest.mark.parametrize(
    ("text", "high", "comparator"),
    [
        ("未检出", None, ""),
        ("ND", None, ""),
        ("n.d.", None, ""),
        ("N．D", None, ""),
        ("低于检出限", None, ""),
        ("未检出（＜3）", "3", "<"),
        ("低于检出限（3mg/m³）", "3", ""),
    ],
)
def test_below_the_detection_limit(text, high, comparator):
    found = parse_quantity(text, MG)
    number = high and Decimal(high)
    assert found == Quantity(text, number, number, MG, comparator, not_detected=True)


MISREAD = [
    # as written, upper end, unit: what a careful reader takes; None where he takes nothing
    ("8mg/m³~12mg/m³", "12", MG),
    ("8mg/m³-12mg/m³", "12", MG),
    ("95%~98%", "98", "%"),
    ("3.2×10⁴", "32000", MG),
    ("3.2×10^4", "32000", MG),
    ("1.2E3", "1200", MG),
    ("12 000", "12000", MG),
    ("5-10-15", None, MG),
    ("mg/m³", None, MG),
    ("12①", "12", MG),
    ("10ppm", "10", "ppm"),
    ("3000000元", "3000000", "元"),
]


@pytest.mark.parametrize(("text", "high", "unit"), MISREAD, ids=[row[0] for row in MISREAD])
def test_quantity_that_is_more_than_its_first_number(text, high, unit):
    """Half a quantity is worse than none: it may lie below a limit that the whole exceeds."""
    found = parse_quantity(text, MG)
    assert (found.high, found.unit) == (high and Decimal(high), unit)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10", "１０.0 mg/m³", True),
        ("10~20", "20-10", True),
        ("未检出", "ND", True),
        ("10", "10~10", True),
        ("10", "11", False),
        ("10", "10~11", False),
        ("未检出", "/", False),
        ("未检出(<3)", "3", False),
    ],
)
def test_same_value(one, other, same):
    assert parse_quantity(one).same_value(parse_quantity(other)) is same


UNITS = {
    MG: ["mg/m³", "mg/m3", "mg/m^3", "MG/M3", "mg/Nm³", "mg／m³", "㎎/㎥", "毫克/立方米",
         "毫克/标立方米", "毫克/标准立方米", "毫克每立方米", "mg·m-3", "mg / m³"],
    "ug/m3": ["μg/m³", "µg/m3", "ug/Nm3", "微克/立方米"],
    "g/m3": ["g/m³", "克/立方米"],
    "m3/h": ["m³/h", "Nm³/h", "立方米/时", "标立方米/小时"],
    "t/a": ["t/a", "吨/年", "t/年", "吨／年"],
    "万t/a": ["万t/a", "万吨/年", "万 t/a", "万吨/a"],
    "t": ["t", "吨"],
    "万t": ["万吨", "万t"],
    "%": ["%", "％"],
    "‰": ["‰"],
    "万元": ["万元"],
    "kg/h": ["kg/h", "千克/小时", "千克/时"],
    "万m3": ["万m³", "万Nm³", "万立方米", "万方"],
    "万kWh": ["万kWh", "万千瓦时", "万度"],
    "h": ["h", "小时"],
    "h/a": ["h/a", "小时/年"],
    "": ["", "  "],
    "ppm": ["ppm"],
    "台": ["台"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit"), [(text, unit) for unit, texts in UNITS.items() for text in texts]
)
def test_standard_unit(text, unit):
    assert standard_unit(text) == unit
    assert standard_unit(unit) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [("mg·Nm⁻³", MG), ("mg·m⁻³", MG), ("立方米/h", "m3/h"), ("万吨每年", "万t/a")],
)
def test_standard_unit_in_rarer_spellings(text, unit):
    assert standard_unit(text) == unit


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("排放浓度（mg/m³）", MG),
        ("排放浓度(mg/m3)", MG),
        ("排放浓度（标态）（mg/Nm3）", MG),
        ("排放浓度（mg/m³）（折算）", MG),
        ("排放浓度（（mg/m3））", MG),
        ("去除效率（％）", "%"),
        ("运输量（万吨/年）", "万t/a"),
        ("含量（mg/kg）", "mg/kg"),
        ("排放浓度（mg/L）", "mg/L"),
        ("浓度（ppm）", "ppm"),
        ("数量（台）", ""),
        ("日期（2023）", ""),
        ("名称", ""),
        ("", ""),
        ("（", ""),
    ],
)
def test_unit_in_header(header, unit):
    assert unit_in_header(header) == unit


GRADES = {
    Grade.A_PLUS: ["A+", "A+级", "A＋级", "a+"],
    Grade.A: ["A", "A级", "Ａ级", "a级", "A 级", "申报A级企业", " A ", "《A级》"],
    Grade.B: ["B", "B级", "Ｂ级", "B级及以上"],
    Grade.B_MINUS: ["B-", "B-级", "B－级", "B—级", "Ｂ－级", "B - 级"],
    Grade.C: ["C级", "C", "c 级"],
    Grade.D: ["D级", "D"],
    Grade.LEADING: ["引领性", "绩效引领性", "绩效引领性企业", "引领"],
    Grade.NOT_LEADING: ["非引领性", "非引领", "非 引领性企业"],
    Grade.ADVANCED: ["先进性", "绩效先进性"],
    None: ["", "/", "级", "甲级", "E级", "PVC级", "AB级", "A类", "一级", "XX级", "CEMS"],
}


@pytest.mark.parametrize(
    ("text", "grade"), [(text, grade) for grade, texts in GRADES.items() for text in texts]
)
def test_parse_grade(text, grade):
    assert parse_grade(text) is grade


@pytest.mark.parametrize("text", ["B–级", "B−级", "B‐级", "B‑级"])
def test_parse_grade_with_another_dash(text):
    assert parse_grade(text) is Grade.B_MINUS


@pytest.mark.parametrize("grade", list(Grade))
def test_every_grade_reads_its_own_label(grade):
    assert parse_grade(grade.label) is grade
    assert parse_grade(grade.value) is grade


# ---------------------------------------------------------------------------------- properties

NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3)
PIECES = st.sampled_from(
    [*"0123456789.,，-~—至+×^E%/（）() ", "mg", "m³", "万", "≤", "未检出", "①", "½"]
)
CELLS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))


@given(CELLS, st.sampled_from(["", MG, "%"]))
def test_any_cell_is_read_without_an_error(text, unit):
    found = parse_quantity(text, unit)
    assert found.text == text
    assert (found.low is None) is (found.high is None)
    if found.low is not None and found.high is not None:
        assert found.low <= found.high
        assert found.low.is_finite()
        assert found.high.is_finite()
    assert found.comparator in ("", "≤", "≥", "<", ">")
    assert not (found.is_blank and found.is_number)
    assert found.same_value(found)


@given(NUMBERS)
def test_any_number_is_read_as_it_is(number):
    assert parse_quantity(f"{number:f}", MG).high == number
    assert parse_quantity(f"{number:,f} mg/m³").low == number


@given(NUMBERS.map(abs), NUMBERS.map(abs), st.sampled_from(["~", "-", "—", "～", "至", " - "]))
def test_any_range_is_read_from_low_to_high(one, other, sign):
    found = parse_quantity(f"{one:f}{sign}{other:f}", MG)
    assert (found.low, found.high) == (min(one, other), max(one, other))


@given(st.text(max_size=20))
def test_any_unit_is_read_without_an_error(text):
    assert not re.search(r"\s", standard_unit(text))


@given(st.text(max_size=40))
def test_any_header_and_any_grade_is_read_without_an_error(text):
    assert isinstance(unit_in_header(text), str)
    assert parse_grade(text) in (None, *Grade)
