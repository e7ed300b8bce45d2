"""Chapter 四 against chapter 五, value by value: concentrations, efficiencies, treatments and their units."""

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
    passed,
    text,
    unjudged,
    without,
)

NO_FACILITIES = "缺少第四部分的产排污环节表或第五部分的治理设施表，无法对照"
NO_LIMITS = "缺少第四部分的产排污环节表或2.14的限值对标表，无法对照"
ONLY_ONE_SIDE = {"no outlets": {"outlets": ()}, "no facilities": {"evidence.facilities": ()}}

SAME_NUMBERS = [
    "2.3~4.9",
    "2.30-4.90",
    "２．３－４．９",
    "4.9～2.3",
    "2.3至4.9mg/m³",
    "2.3—4.9 mg/Nm³",
]
"""Ways to write the concentration that the cement works' kiln tail has."""

CHECK = "核对监测报告，两处改为相同"


def valued(path: str, value: str, unit: str = "mg/m3"):
    """Return the cement works with another quantity at `path`."""
    return changed(cement(), {f"{path}.value": parse_quantity(value, unit)})


# -- DB-301


@pytest.mark.parametrize("written", SAME_NUMBERS)
def test_concentration_differs_from_facility_table_passes(written):
    assert passed("DB-301", furniture())
    assert passed("DB-301", valued("evidence.facilities.0.rows.0.concentration", written))


def test_concentration_differs_from_facility_table_fails():
    """Every facility of the outlet is compared with the row of its own pollutant only."""
    dossier = valued("evidence.facilities.2.rows.0.concentration", "41.6-68.4")
    assert findings("DB-301", dossier) == (
        finding(
            "DB-301",
            at(dossier, "evidence.facilities.2.rows.0.concentration.at"),
            "DA001 水泥窑窑尾氮氧化物的排放浓度：第四部分为41.6-68.3，治理设施一览表为41.6-68.4",
            CHECK,
            also=(at(dossier, "outlets.10.concentration.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("written", "found"), [("2.3-4.9", 0), ("2.3-4.91", 1), ("4.9", 1), ("未检出", 1), ("/", 0)]
)
def test_concentration_differs_from_facility_table_boundary(written, found):
    """Equal numbers only; a cell that says that there is no value says nothing else."""
    dossier = valued("evidence.facilities.0.rows.0.concentration", written)
    assert len(findings("DB-301", dossier)) == found


@pytest.mark.parametrize("missing", ONLY_ONE_SIDE.values(), ids=ONLY_ONE_SIDE)
def test_concentration_differs_from_facility_table_cannot_judge(missing):
    (only,) = unjudged("DB-301", changed(cement(), missing))
    assert (only.at, only.reason) == (cement().at, NO_FACILITIES)


# -- DB-302


@pytest.mark.parametrize("written", SAME_NUMBERS)
def test_concentration_differs_from_limit_table_passes(written):
    assert passed("DB-302", furniture())
    assert passed("DB-302", valued("evidence.limits.0.concentration", written))


def test_concentration_differs_from_limit_table_fails():
    dossier = valued("evidence.limits.1.concentration", "2.6~6.8")
    assert findings("DB-302", dossier) == (
        finding(
            "DB-302",
            at(dossier, "evidence.limits.1.concentration.at"),
            "DA001 水泥窑窑尾二氧化硫的排放浓度：第四部分为6.2-15.7，排放限值对标表为2.6~6.8",
            CHECK,
            also=(at(dossier, "outlets.9.concentration.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"evidence.limits.0.pollutant.value": "烟尘"}, 0),
        ({"evidence.limits.0.outlet.value": "da001"}, 0),
        ({"evidence.limits.0.concentration.value": parse_quantity("2.3-5.0")}, 1),
        (
            {
                "evidence.limits.0.concentration.value": parse_quantity("2.3-5.0"),
                "evidence.limits.0.outlet.value": "DA099",
            },
            0,
        ),
    ],
)
def test_concentration_differs_from_limit_table_boundary(changes, found):
    """Rows belong together by outlet and pollutant, however the two are spelt."""
    assert len(findings("DB-302", changed(cement(), changes))) == found


@pytest.mark.parametrize("missing", ["outlets", "evidence.limits"])
def test_concentration_differs_from_limit_table_cannot_judge(missing):
    (only,) = unjudged("DB-302", changed(cement(), {missing: ()}))
    assert (only.at, only.reason) == (cement().at, NO_LIMITS)


# -- DB-305


@pytest.mark.parametrize("written", ["91%", "91.0%", "９１％", "91"])
def test_efficiency_differs_passes(written):
    assert passed("DB-305", furniture())
    assert passed("DB-305", valued("evidence.facilities.1.rows.0.efficiency", written, "%"))


def test_efficiency_differs_fails():
    dossier = valued("evidence.facilities.1.rows.0.efficiency", "84%", "%")
    assert findings("DB-305", dossier) == (
        finding(
            "DB-305",
            at(dossier, "evidence.facilities.1.rows.0.efficiency.at"),
            "DA001 水泥窑窑尾二氧化硫的处理效率：第四部分为91%，治理设施一览表为84%",
            CHECK,
            also=(at(dossier, "outlets.9.efficiency.at"),),
        ),
    )


@pytest.mark.parametrize(("written", "found"), [("91.01%", 1), ("90~91%", 1), ("—", 0)])
def test_efficiency_differs_boundary(written, found):
    dossier = valued("evidence.facilities.1.rows.0.efficiency", written, "%")
    assert len(findings("DB-305", dossier)) == found


@pytest.mark.parametrize("missing", ONLY_ONE_SIDE.values(), ids=ONLY_ONE_SIDE)
def test_efficiency_differs_cannot_judge(missing):
    (only,) = unjudged("DB-305", changed(cement(), missing))
    assert (only.at, only.reason) == (cement().at, NO_FACILITIES)


# -- DB-306


@pytest.mark.parametrize(
    "written",
    ["覆膜袋式除尘器", "高效覆膜滤料袋式除尘器1台", "袋式除尘器", " 高效覆膜滤料 袋式除尘器"],
)
def test_treatment_differs_passes(written):
    assert passed("DB-306", furniture())
    path = "evidence.facilities.0.rows.0.process.value"
    assert passed("DB-306", changed(cement(), {path: written}))


def test_treatment_differs_fails():
    dossier = changed(cement(), {"evidence.facilities.1.rows.0.process.value": "活性炭吸附"})
    assert findings("DB-306", dossier) == (
        finding(
            "DB-306",
            at(dossier, "evidence.facilities.1.rows.0.process.at"),
            "DA001 水泥窑窑尾的治理工艺第四部分为“窑内固硫+湿法脱硫”，治理设施一览表为“活性炭吸附”",
            "核对实际工艺，两处统一",
            also=(at(dossier, "outlets.9.treatment.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [("甲乙丙丁戊", "甲乙丙子丑", 0), ("甲乙丙丁戊", "甲乙子丑寅", 1), ("甲乙丙丁戊", "", 0)],
)
def test_treatment_differs_boundary(one, other, found):
    """Three signs of five alike (60 %) are the same treatment, two are not; a blank cell is none of this rule's."""
    paths = {
        "outlets.9.treatment.value": one,
        "evidence.facilities.1.rows.0.process.value": other,
    }
    assert len(findings("DB-306", changed(cement(), paths))) == found


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("覆膜滤料袋式除尘器", "静电除尘器", 1),
        ("覆膜滤料袋式除尘器", "滤筒除尘器", 0),
        ("电袋复合除尘+湿法脱硫+SCR脱硝", "布袋除尘器", 0),
        ("SNCR脱硝", "SCR脱硝", 1),
        ("半干法脱硫", "SDS干法脱硫", 1),
        ("高效除尘器", "袋式除尘器", 0),
    ],
)
def test_treatment_differs_by_technique(one, other, found):
    """Names that look alike may stand for different techniques; what names none is compared by its words."""
    paths = {
        "outlets.9.treatment.value": one,
        "evidence.facilities.1.rows.0.process.value": other,
    }
    assert len(findings("DB-306", changed(cement(), paths))) == found


@pytest.mark.parametrize("side", ["outlets.0.treatment", "evidence.facilities.0.rows.0.process"])
def test_treatment_differs_goes_on_after_a_gap(side):
    """A treatment that one side leaves out or blank is not compared; the next outlet's is."""
    later = changed(cement(), {"evidence.facilities.0.rows.1.process.value": "活性炭吸附"})
    for dossier in (without(later, side), changed(later, {f"{side}.value": " "})):
        (found,) = findings("DB-306", dossier)
        assert found.at == at(later, "evidence.facilities.0.rows.1.process.at")


@pytest.mark.parametrize("missing", ONLY_ONE_SIDE.values(), ids=ONLY_ONE_SIDE)
def test_treatment_differs_cannot_judge(missing):
    (only,) = unjudged("DB-306", changed(cement(), missing))
    assert (only.at, only.reason) == (cement().at, NO_FACILITIES)


# -- DB-314


@pytest.mark.parametrize("unit", ["mg/m³", "mg/Nm3", "毫克/立方米", "ＭＧ／ｍ３", ""])
def test_concentration_unit_wrong_passes(unit):
    assert passed("DB-314", furniture())
    assert passed("DB-314", valued("evidence.limits.4.concentration", f"2.6{unit}"))


def test_concentration_unit_wrong_fails():
    """One finding a table and unit, which names each column once, however many rows the header spoils."""
    cells = [
        f"evidence.limits.{row}.{column}" for row in (0, 2) for column in ("limit", "concentration")
    ]
    dossier = changed(cement(), {f"{cell}.value": parse_quantity("5", "mg/L") for cell in cells})
    dossier = changed(dossier, {"outlets.0.concentration.value": parse_quantity("5ppm")})
    assert findings("DB-314", dossier) == (
        finding(
            "DB-314",
            at(dossier, "outlets.0.concentration.at"),
            "排放浓度一列的单位为“ppm”",
            "改为mg/m³，并核对数值",
        ),
        finding(
            "DB-314",
            at(dossier, "evidence.limits.0.limit.at"),
            "排放浓度一列的单位为“mg/L”",
            "改为mg/m³，并核对数值",
            also=(at(dossier, "evidence.limits.0.concentration.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [("1级", 0), ("20（无量纲）", 0), ("/", 0), ("3.2μg/m³", 1), ("0.2kg/h", 1)],
)
def test_concentration_unit_wrong_boundary(written, found):
    """Blackness and odour have no unit of concentration; everything in another unit has to be looked at."""
    dossier = valued("evidence.limits.3.limit", written)
    assert len(findings("DB-314", dossier)) == found


def test_concentration_unit_wrong_in_the_header_above_right_ones():
    cell = "outlets.0.concentration"
    dossier = changed(cement(), {f"{cell}.value": parse_quantity("5mg/m³", "mg/L")})
    assert findings("DB-314", dossier) == (
        finding(
            "DB-314",
            at(dossier, f"{cell}.at"),
            "排放浓度一列的单位为“mg/L”",
            "改为mg/m³，并核对数值",
        ),
    )
    assert passed("DB-314", changed(dossier, {f"{cell}.value": parse_quantity("5mg/m³", "mg/m3")}))


def test_concentration_unit_wrong_cannot_judge():
    dossier = changed(cement(), {"outlets": (), "evidence.facilities": (), "evidence.limits": ()})
    (only,) = unjudged("DB-314", dossier)
    assert (only.at, only.reason) == (dossier.at, "没有排放浓度可查")


# -- DB-315


def test_efficiency_impossible_passes():
    assert passed("DB-315", cement())
    assert passed("DB-315", furniture())


def test_efficiency_impossible_fails():
    """A slip that was copied is one finding, which names every place."""
    rows = ["outlets.3", "evidence.facilities.0.rows.3"]
    dossier = changed(cement(), {f"{row}.efficiency.value": parse_quantity("199%") for row in rows})
    assert findings("DB-315", dossier) == (
        finding(
            "DB-315",
            at(dossier, "outlets.3.efficiency.at"),
            "去除效率为199%",
            "核对后改正",
            also=(at(dossier, "evidence.facilities.0.rows.3.efficiency.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [("0", 0), ("100%", 0), ("≥99.9%", 0), ("100.1%", 1), ("-1%", 1), ("95~101%", 1), ("/", 0)],
)
def test_efficiency_impossible_boundary(written, found):
    dossier = valued("outlets.0.efficiency", written, "%")
    assert len(findings("DB-315", dossier)) == found


def test_efficiency_impossible_cannot_judge():
    dossier = cement()
    for row in range(len(dossier.outlets)):
        dossier = without(dossier, f"outlets.{row}.efficiency")
    (only,) = unjudged("DB-315", changed(dossier, {"evidence.facilities": ()}))
    assert (only.at, only.reason) == (dossier.at, "没有去除效率可查")


# -- what DB-301, DB-305 and DB-306 have in common


@pytest.mark.parametrize(
    "uncoded", [("outlets.4.outlet",), ("evidence.facilities.0.rows.4.outlet",), "both"]
)
def test_rows_without_a_code_are_matched_by_their_step(uncoded):
    """Where a code is missing on either side the emitting step tells outlets apart, brackets aside."""
    both = ("outlets.4.outlet", "evidence.facilities.0.rows.4.outlet")
    dossier = without(cement(), *(both if uncoded == "both" else uncoded))
    path = "evidence.facilities.0.rows.4.concentration"
    (found,) = findings("DB-301", changed(dossier, {path: quantity("9.9")}))
    assert found.message.endswith(
        "生料均化库顶颗粒物的排放浓度：第四部分为2.0-4.4，治理设施一览表为9.9"
    )


def test_pollutants_without_a_kind_of_facility_are_not_compared():
    dossier = changed(cement(), {"outlets.0.pollutant": text("氟化物")})
    assert passed("DB-301", changed(dossier, {"outlets.0.concentration": quantity("9.9")}))


# -- DB-301, a cell that could not be read


@pytest.mark.parametrize("code", ["DB-301", "DB-302"])
def test_several_numbers_in_one_cell_are_not_compared(code):
    """A cell with the values of several pollutants, run together, differs from nothing; a person has to look."""
    dossier = valued("outlets.0.concentration", "2.8~5.19.5~17.622.0~35.4")
    assert findings(code, dossier) == ()
    assert [doubt.at for doubt in unjudged(code, dossier)] == [
        at(dossier, "outlets.0.concentration.at")
    ]
