"""The figures of the common law: alert levels, codes, deadlines, targets, facts are as read."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from duibiao.law.common import CommonLaw, load_common
from duibiao.law.provenance import Provenance, Standing
from duibiao.model.dates import PartialDate
from duibiao.model.plan import AlertLevel

COUNTIES = [
    *("城乡一体化示范区", "龙亭区", "鼓楼区", "禹王台区", "顺河回族区"),
    *("祥符区", "通许县", "杞县", "尉氏县", "兰考县"),
]


@pytest.fixture(scope="module")
def common() -> CommonLaw:
    return load_common()


def fact(common: CommonLaw, number: str):
    return next(row for row in common.facts if row.provenance.id == number)


# ------------------------------------------------------------------------------ alerts


def starts(common: CommonLaw, day: date) -> dict[AlertLevel, str]:
    return {
        alert.level: alert.text
        for alert in common.alerts
        if alert.cut is None and _holds(alert.provenance, day)
    }


def _holds(provenance: Provenance, day: date) -> bool:
    start, end = provenance.start, provenance.end
    return (start is None or start.earliest() <= day) and (end is None or day <= end.latest())


def test_alert_starts_change_in_2024(common):
    old, new = starts(common, date(2022, 12, 1)), starts(common, date(2026, 1, 5))
    assert set(old) == set(new) == set(AlertLevel)
    assert "96小时" in old[AlertLevel("红色")]
    assert ">300持续24小时" in new[AlertLevel("红色")]
    assert ">150持续48小时" in new[AlertLevel("黄色")]


def test_no_two_starts_of_one_level_hold_on_one_day(common):
    for day in (date(2017, 11, 1), date(2018, 1, 1), date(2023, 12, 31), date(2024, 1, 1)):
        levels = [a.level for a in common.alerts if a.cut is None and _holds(a.provenance, day)]
        assert len(levels) == len(set(levels))


def test_city_wide_cuts(common):
    cuts = {row.level: (row.cut, row.provenance.standing) for row in common.alerts if row.cut}
    assert cuts == {
        AlertLevel("黄色"): (10, Standing.RECALLED),
        AlertLevel("橙色"): (20, Standing.SECONDARY),
        AlertLevel("红色"): (30, Standing.RECALLED),
    }


# ------------------------------------------------------------------------------ pollutants, code lists


@pytest.mark.parametrize(
    ("text", "key", "code"),
    [
        ("颗粒物", "PM", "a34013"),
        ("烟尘", "PM", "a34013"),
        ("ＳＯ₂", "SO2", "a21026"),
        ("NOₓ", "NOx", "a21002"),
        ("氨逃逸", "NH3", "a21001"),
        ("VOCs（以非甲烷总烃计）", "NMHC", "a24088"),
        ("总挥发性有机物", "TVOC", ""),
        ("氟化物", "fluoride", ""),
        ("苯系物", "benzenes", ""),
    ],
)
def test_pollutants_by_the_names_of_dossiers(common, text, key, code):
    found = common.pollutant(text)
    assert (found.key, found.code, found.unit) == (key, code, "mg/m3")


def test_plain_vocs_is_not_taken_for_another_pollutant(common):
    assert common.pollutant("VOCs") is None


def test_ammonia_code_is_recalled(common):
    provenance = common.pollutant("氨").provenance
    assert (provenance.standing, provenance.confidence) == (Standing.RECALLED, "moderate")


@pytest.mark.parametrize(
    ("text", "code"),
    list(zip(("国0", "国三", "国Ⅴ", "国VI", "国六b", "新能源（纯电动）"), "03566D", strict=True)),
)
def test_emission_stages_by_the_names_of_dossiers(common, text, code):
    assert common.stage(text).code == code


def test_no_name_stands_for_two_codes_of_one_list(common):
    seen: dict[tuple[str, str], str] = {}
    for entry in common.codes:
        for name in (entry.name, *entry.aliases):
            assert seen.setdefault((entry.list, name), entry.code) == entry.code, name


def test_code_lists(common):
    counts = Counter(entry.list for entry in common.codes)
    assert counts == {"emission_stage": 9, "fuel": 14, "plate_color": 6}
    names = {(entry.list, entry.code): entry.name for entry in common.codes}
    assert names["fuel", "B"] == "柴油"
    assert names["fuel", "P"] == "氢"
    assert names["plate_color", "4"] == "新能源"


# ------------------------------------------------------------------------------ deadlines, targets


@pytest.mark.parametrize(
    ("number", "month", "day", "month_end"),
    [
        ("SMX-10.1", None, None, False),
        ("SMX-10.2", None, 20, False),
        ("SMX-10.3", None, None, True),
        ("SMX-10.4", 9, 20, False),
        ("SMX-10.5", 9, 30, False),
        ("SMX-10.6", 11, 15, False),
        ("KF-4.1", 5, 31, False),
        ("KF-4.2-L", 6, 14, False),
        ("KF-5.2-E", 7, 1, False),
        ("KF-4.3-1", 8, 5, False),
        ("KF-4.3-2", 8, 15, False),
        ("KF-4.3-3", 8, 30, False),
        ("KF-4.3-4", 9, 15, False),
    ],
)
def test_deadlines(common, number, month, day, month_end):
    found = next(row for row in common.deadlines if row.provenance.id == number)
    assert (found.month, found.day, found.month_end) == (month, day, month_end)
    assert found.provenance.standing is Standing.OFFICIAL


def test_deadlines_of_the_plan_end_with_its_year(common):
    ends = {row.provenance.end for row in common.deadlines if row.provenance.id.startswith("KF-")}
    assert ends == {PartialDate(2021)}


def test_targets(common):
    wanted = {
        "national": {"declared": 25, "passed": 20},
        "provincial": {"declared": 30, "passed": 25},
    }
    counties = [row.county for row in common.targets]
    assert counties == [county for county in COUNTIES for _ in range(4)]
    for row in common.targets:
        assert (row.figure.op, row.figure.unit) == (">", "%")
        assert row.figure.value == wanted[row.tier][row.kind]
        assert not row.figure.holds(row.figure.value)


# ------------------------------------------------------------------------------ facts


@pytest.mark.parametrize(
    ("number", "op", "value", "unit", "standing"),
    [
        ("CC-1.08", ">=", "2", "year", Standing.SECONDARY),
        ("CC-4.17-O", "=", "20", "%", Standing.SECONDARY),
        ("CC-4.18-Y", "=", "50", "%", Standing.SECONDARY),
        ("CC-5.05", ">=", "12", "months", Standing.SECONDARY),
        ("CC-5.06", ">=", "24", "months", Standing.SECONDARY),
        ("CC-5.08", ">=", "95", "%", Standing.SECONDARY),
        ("CC-5.12", ">=", "80", "%", Standing.SECONDARY),
        ("CC-5.13-A", ">=", "150", "t/d", Standing.RECALLED),
        ("CC-5.13-B", ">=", "10", "passes/d", Standing.RECALLED),
        ("CC-5.15", ">=", "80", "%", Standing.RECALLED),
        ("CC-8.01", "=", "18", "位", Standing.SECONDARY),
        ("CC-9.02", "=", "22", "位", Standing.OFFICIAL),
        ("CC-11.05", "=", "23.33", "mg/m3", Standing.SECONDARY),
        ("CC-11.06", "=", "9", "%", Standing.SECONDARY),
        ("CC-11.07", "=", "3.5", "%", Standing.SECONDARY),
        ("CC-11.08", "=", "3.5", "%", Standing.RECALLED),
        ("SMX-14", "<", "60", "%", Standing.OFFICIAL),
        ("SMX-A4-2.16.1-5", ">=", "2019", "year", Standing.OFFICIAL),
        ("KF-2-N", ">=", "20", "%", Standing.OFFICIAL),
    ],
)
def test_figures(common, number, op, value, unit, standing):
    found = fact(common, number)
    assert (found.figure.op, found.figure.value, found.figure.unit) == (op, Decimal(value), unit)
    assert found.provenance.standing is standing


def test_the_check_value_follows_from_the_formula(common):
    assert round(20 * (21 - Decimal("3.5")) / (21 - 6), 2) == fact(common, "CC-11.05").figure.value


def test_vendors_alone_make_no_package_fail(common):
    assert not fact(common, "CC-5.05").provenance.may_fail
    assert not fact(common, "CC-5.13-A").provenance.may_fail
    assert fact(common, "SMX-18").provenance.may_fail


def test_credit_code_alphabet_and_weights(common):
    alphabet = re.search(r"[0-9A-Z]{31}", fact(common, "CC-8.02").text)[0]
    assert not set(alphabet) & set("IOSVZ")
    weights = re.search(r"为([\d、]+)，", fact(common, "CC-8.03").text)[1].split("、")
    assert [int(weight) for weight in weights] == [pow(3, power, 31) for power in range(17)]


def _check_sign_holds(code: str, alphabet: str) -> bool:
    total = sum(alphabet.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return alphabet[(31 - total % 31) % 31] == code[17]


@pytest.mark.parametrize(
    ("number", "valid"),
    [("CC-8.07-A", 1), ("CC-8.07-B", 1), ("CC-8.07-C", 1), ("CC-8.08-A", 0), ("CC-8.08-B", 0)],
)
def test_credit_code_examples(common, number, valid):
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    code = re.search(r"[0-9A-Z]{18}", fact(common, number).text)[0]
    assert _check_sign_holds(code, alphabet) == bool(valid)


def test_what_is_missing_names_a_document_to_look_in(common):
    assert len(common.holes) == 9
    assert all(hole.look_in for hole in common.holes)
