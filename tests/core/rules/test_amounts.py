"""Flows, consumption and annual emission against each other, and what is emitted against what is permitted."""

from dataclasses import replace

import pytest

from duibiao.model.quantities import parse_quantity

from .law_builders import quantity
from .support import (
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    path_of,
    unjudged,
    without,
)

DUST, NITROGEN = "evidence.facilities.0.rows", "evidence.facilities.2.rows"
LOG = path_of(cement(), "evidence.ledgers", "kind", 4)
"""Consumption of the month; limestone, of which the year takes 82.4 万吨, stands first: 6.87."""
PRODUCTION = path_of(cement(), "evidence.ledgers", "kind", 1)
DUST_TOTAL = "profile.totals.0"


def valued(path: str, value: str, unit: str = ""):
    """Return the cement works with another quantity at `path`."""
    return changed(cement(), {f"{path}.value": parse_quantity(value, unit)})


def valued_in(dossier, path: str, value: str):
    """Return a dossier with another quantity at `path`."""
    return changed(dossier, {f"{path}.value": parse_quantity(value)})


def blowing(flow: str, unit: str = "m3/h"):
    """Return the cement works whose part four gives the flow of the kiln tail, of 586000 m³/h."""
    return changed(cement(), {"outlets.0.flow": quantity(flow, unit)})


# -- DB-318


@pytest.mark.parametrize(
    ("flow", "unit"),
    [("586000", "m3/h"), ("586,000", "m3/h"), ("58.6", "万m3/h"), ("58.6万m³/h", "m3/h")],
)
def test_flow_differs_passes(flow, unit):
    assert passed("DB-318", blowing(flow, unit))


def test_flow_differs_fails():
    """The outlet is told once, whatever the number of its facilities."""
    dossier = changed(blowing("620000"), {"outlets.10.flow": quantity("620000", "m3/h")})
    assert findings("DB-318", dossier) == (
        finding(
            "DB-318",
            at(dossier, f"{DUST}.0.flow.at"),
            "DA001 水泥窑窑尾的排放风量：第四部分为620000，治理设施一览表为586000m³/h",
            "核对监测报告，两处改为相同",
            also=(at(dossier, "outlets.0.flow.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("flow", "found"), [("586000", 0), ("1172000", 0), ("586001", 1), ("0", 1)]
)
def test_flow_differs_boundary(flow, found):
    """Two dust filters share the stack: either one's flow or their sum will do."""
    rows = at(cement(), DUST)
    twins = (rows[0], replace(rows[0], number=10))
    dossier = changed(blowing(flow), {DUST: twins})
    assert len(findings("DB-318", dossier)) == found


def test_flow_differs_converts():
    """Flows of the table of facilities may stand in 万m³/h, too."""
    dossier = changed(cement(), {"outlets.1.flow": quantity("586000", "m3/h")})
    assert passed("DB-318", valued_in(dossier, f"{DUST}.1.flow", "58.6万m³/h"))
    (found,) = findings("DB-318", valued_in(dossier, f"{DUST}.1.flow", "58.7万m³/h"))
    assert found.message.endswith("第四部分为586000，治理设施一览表为58.7万m³/h")


def test_flow_differs_goes_on_after_an_outlet_without_facility():
    dust = at(cement(), "evidence.facilities.0")
    dossier = changed(
        blowing("1"),
        {
            "outlets.1.flow": quantity("1", "m3/h"),
            "evidence.facilities": (replace(dust, rows=dust.rows[1:]),),
        },
    )
    (found,) = findings("DB-318", dossier)
    assert found.also == (at(dossier, "outlets.1.flow.at"),)


def test_flow_differs_cannot_judge():
    """Without flows in part four there is nothing to compare; units that have nothing in common cannot be."""
    assert inapplicable("DB-318", furniture()) == "第四部分没有列排放风量"
    (only,) = unjudged("DB-318", blowing("586", "m3/min"))
    assert only.reason == "DA001 水泥窑窑尾两处风量的单位不同，无法比较"
    later = changed(blowing("586", "m3/min"), {"outlets.1.flow": quantity("1", "m3/h")})
    (found,) = findings("DB-318", later)
    assert found.also == (at(later, "outlets.1.flow.at"),)
    assert passed("DB-318", changed(blowing("1"), {"evidence.facilities": ()}))


# -- DB-322


def consuming(used: str, unit: str = "万吨"):
    """Return the cement works whose ledger gives another consumption of limestone."""
    return changed(cement(), {f"{LOG}.rows.0.2.value": used, f"{LOG}.rows.0.1.value": unit})


@pytest.mark.parametrize(("used", "unit"), [("6.87", "万吨"), ("68700", "t"), ("68700", "吨")])
def test_consumption_far_from_ledger_passes(used, unit):
    assert passed("DB-322", furniture())
    assert passed("DB-322", consuming(used, unit))


def test_consumption_far_from_ledger_fails():
    dossier = consuming("687")
    assert findings("DB-322", dossier) == (
        finding(
            "DB-322",
            at(dossier, f"{LOG}.rows.0.2.at"),
            "石灰石台账月消耗量687，折全年约8244，第四部分年使用量为82.4，相差3倍以上",
            "核对单位和小数点；季节性生产的，说明理由",
            also=(at(dossier, "production.materials.0.used.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("used", "found"), [("20.6", 0), ("20.7", 1), ("2.29", 0), ("2.28", 1), ("0", 0), ("/", 0)]
)
def test_consumption_far_from_ledger_boundary(used, found):
    """Three times the twelfth of a year, or a third of it; a month without any is a stop, not a slip."""
    assert len(findings("DB-322", consuming(used))) == found


@pytest.mark.parametrize(("yearly", "found"), [("82.8", 0), ("82.9", 1), ("9.2", 0), ("9.19", 1)])
def test_consumption_far_from_ledger_at_three_times(yearly, found):
    """2.3 a month is 27.6 a year: three times that, and the third of it, are near enough."""
    dossier = valued_in(consuming("2.3"), "production.materials.0.used", f"{yearly}万t")
    assert len(findings("DB-322", dossier)) == found


def test_consumption_far_from_ledger_reads_the_unit_of_the_cell():
    """A cell's own unit goes before that of its column."""
    dossier = valued_in(consuming("6.87"), "production.materials.0.used", "824000t")
    assert passed("DB-322", dossier)


def test_consumption_far_from_ledger_cannot_judge():
    reason = "没有原辅材料、能源表，或没有按月的消耗台账"
    assert inapplicable("DB-322", changed(cement(), {"evidence.ledgers": ()})) == reason
    daily = changed(
        cement(),
        {"evidence.ledgers": (replace(at(cement(), LOG), header=("名称", "单位", "当日消耗量")),)},
    )
    assert inapplicable("DB-322", daily) == reason
    (only,) = unjudged("DB-322", consuming("6.87", "m³"))
    assert only.reason == "石灰石的年使用量与台账单位不同，无法比较"


def test_several_months_are_averaged():
    rows = at(cement(), f"{LOG}.rows")
    months = tuple(
        (row[0], row[1], replace(row[2], value=used))
        for row, used in ((rows[0], "1.0"), (rows[0], "12.7"))
    )
    assert passed("DB-322", changed(cement(), {f"{LOG}.rows": months}))


# -- DB-323


def test_annual_emission_implausible_passes():
    assert passed("DB-323", cement())
    assert passed("DB-323", furniture())


def test_annual_emission_implausible_fails():
    dossier = valued(f"{DUST_TOTAL}.actual", "4635", "t/a")
    assert findings("DB-323", dossier) == (
        finding(
            "DB-323",
            at(dossier, f"{DUST_TOTAL}.actual.at"),
            "颗粒物实际排放量为4635，按各排放口浓度、风量、每日24小时计算约35.7~77.9t/a，相差10倍以上",
            "核对排放量、风量和浓度的单位；确实如此的，说明核算方法和运行天数",
            also=(at(dossier, f"{DUST}.0.flow.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("actual", "found"),
    [("779", 0), ("780", 1), ("3.58", 0), ("3.56", 1), ("0.0046万t", 0), ("/", 0), ("约46", 0)],
)
def test_annual_emission_implausible_boundary(actual, found):
    """Ten times the upper end of every concentration, or a tenth of the lower; the unit counts."""
    assert len(findings("DB-323", valued(f"{DUST_TOTAL}.actual", actual, "t/a"))) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [("46t", 0), ("4635t", 1), ("0.0046万t/a", 0), ("0.4635万t/a", 1), ("4635kg", 0)],
)
def test_annual_emission_implausible_knows_tonnes(written, found):
    dossier = valued_in(cement(), f"{DUST_TOTAL}.actual", written)
    assert len(findings("DB-323", dossier)) == found


def test_annual_emission_implausible_in_other_words():
    """A pollutant by another of its names, a flow in 万m³/h: the same amount."""
    dossier = valued(f"{DUST_TOTAL}.actual", "4635", "t/a")
    dossier = changed(dossier, {f"{DUST_TOTAL}.pollutant.value": "烟尘"})
    (found,) = findings("DB-323", valued_in(dossier, f"{DUST}.0.flow", "58.6万m³/h"))
    assert "计算约35.7~77.9t/a" in found.message


@pytest.mark.parametrize("written", ["<5", "≤5", "未检出（<5）"])
def test_annual_emission_implausible_below_detection(written):
    low = valued(f"{DUST_TOTAL}.actual", "0.01", "t/a")
    fine = {
        f"outlets.{number}.concentration.value": parse_quantity(written, "mg/m3")
        for number in range(9)
    }
    assert passed("DB-323", changed(low, fine))


def test_annual_emission_implausible_of_part_of_the_outlets():
    """A flow in a unit that is not known, or an outlet of that name and another code in 2.14: there may be more."""
    high = valued(f"{DUST_TOTAL}.actual", "4635", "t/a")
    assert passed("DB-323", valued_in(high, f"{DUST}.8.flow", "586m3/min"))
    last = max(n for n, row in enumerate(high.evidence.limits) if row.outlet.value == "DA009")
    assert passed("DB-323", changed(high, {f"evidence.limits.{last}.outlet.value": "DA010"}))


def test_annual_emission_implausible_cannot_judge():
    """An outlet without a flow may emit anything more; a value below detection may be none at all."""
    reason = "没有实际排放量或治理设施表"
    assert inapplicable("DB-323", changed(cement(), {"evidence.facilities": ()})) == reason
    assert inapplicable("DB-323", changed(cement(), profile=None)) == reason
    high, low = (valued(f"{DUST_TOTAL}.actual", value, "t/a") for value in ("4635", "0.01"))
    assert passed("DB-323", without(high, f"{DUST}.8.flow"))
    untreated = tuple(row for row in high.outlets if row.outlet.value != "DA009")
    assert passed("DB-323", changed(high, outlets=untreated))  # 2.14 compares it
    fine = {
        f"outlets.{number}.concentration.value": parse_quantity("<5", "mg/m3")
        for number in range(9)
    }
    assert passed("DB-323", changed(low, fine))
    assert len(findings("DB-323", changed(low, {f"{PRODUCTION}.rows": ()}))) == 1
    assert passed(
        "DB-323", changed(high, {"outlets.0.concentration.value": parse_quantity("5μg/m³")})
    )


# -- DB-324


@pytest.mark.parametrize("actual", ["71.20", "71.2t/a", "0.00712万t/a", "/"])
def test_permitted_emission_exceeded_passes(actual):
    assert passed("DB-324", furniture())
    assert passed("DB-324", valued(f"{DUST_TOTAL}.actual", actual, "t/a"))


def test_permitted_emission_exceeded_fails():
    dossier = valued(f"{DUST_TOTAL}.actual", "75.20", "t/a")
    assert findings("DB-324", dossier) == (
        finding(
            "DB-324",
            at(dossier, f"{DUST_TOTAL}.actual.at"),
            "颗粒物实际排放量75.20超过许可排放量71.20",
            "核对执行报告；确实超过的，当年不得申报该等级",
            also=(at(dossier, f"{DUST_TOTAL}.permitted.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("actual", "found"), [("71.20", 0), ("71.21", 1), ("50~71.3", 1), ("71.2万t/a", 1), ("", 0)]
)
def test_permitted_emission_exceeded_boundary(actual, found):
    assert len(findings("DB-324", valued(f"{DUST_TOTAL}.actual", actual, "t/a"))) == found


@pytest.mark.parametrize(("permitted", "found"), [("0.00712万t/a", 0), ("0.007万t/a", 1)])
def test_permitted_emission_exceeded_converts(permitted, found):
    dossier = valued(f"{DUST_TOTAL}.actual", "71.2", "t/a")
    dossier = valued_in(dossier, f"{DUST_TOTAL}.permitted", permitted)
    assert len(findings("DB-324", dossier)) == found


@pytest.mark.parametrize("part", ["permitted", "actual"])
def test_permitted_emission_exceeded_goes_on_after_a_gap(part):
    """A pollutant of which one figure is missing or blank is not compared; the next one is."""
    later = valued("profile.totals.1.actual", "99999", "t/a")
    for dossier in (
        without(later, f"{DUST_TOTAL}.{part}"),
        valued_in(later, f"{DUST_TOTAL}.{part}", "/"),
    ):
        (found,) = findings("DB-324", dossier)
        assert found.at == at(later, "profile.totals.1.actual.at")
    rows = at(cement(), "profile.totals")
    none = without(cement(), *(f"profile.totals.{n}.{part}" for n in range(len(rows))))
    (only,) = unjudged("DB-324", none)
    assert only.reason == "没有列出许可排放量和实际排放量，无法比较"


def test_permitted_emission_exceeded_cannot_judge():
    (only,) = unjudged("DB-324", changed(cement(), {"profile.totals": ()}))
    assert (only.at, only.reason) == (
        at(cement(), "profile.at"),
        "没有列出许可排放量和实际排放量，无法比较",
    )
    (only,) = unjudged("DB-324", changed(cement(), profile=None))
    assert only.at == cement().at
    (only,) = unjudged("DB-324", valued(f"{DUST_TOTAL}.actual", "达标", "t/a"))
    assert only.at == at(cement(), f"{DUST_TOTAL}.actual.at")
    assert only.reason == "颗粒物的排放量无法与许可排放量比较"
