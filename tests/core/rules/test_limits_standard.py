"""Emission standards, oxygen contents, conclusions, and pollutants that nobody compared."""

import pytest

from duibiao.law.provenance import Regime
from duibiao.model.quantities import parse_quantity
from duibiao.rules.definition import Severity

from .law_builders import INDUSTRY, THIRD_PARTY, basis, limit, quantity
from .support import (
    OFFICIAL,
    RECALLED,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    outcome,
    passed,
    text,
    unjudged,
    without,
)

NO_TABLE = "没有2.14的限值对标表可查"


def standard(value: str, **given):
    """Return a limit of an emission standard."""
    return limit(value, regime=Regime.STANDARD, grades=(), **given)


def measuring(written: str, oxygen: str = "/"):
    """Return the cement works with another concentration in the first row of 2.14."""
    return changed(
        cement(),
        {
            "evidence.limits.0.concentration.value": parse_quantity(written, "mg/m3"),
            "evidence.limits.0.oxygen.value": parse_quantity(oxygen, "%"),
        },
    )


# -- DB-404


@pytest.mark.parametrize("written", ["29.9", "30", "未检出", "12~30"])
def test_emission_standard_exceeded_passes(written):
    limits = (standard("30", process="kiln"), standard("20"))
    assert passed("DB-404", measuring(written), industry=INDUSTRY, limits=limits)
    assert passed("DB-404", measuring(written), grade=None, industry=INDUSTRY, limits=limits)


def test_emission_standard_exceeded_fails():
    """It binds every grade, so no grade has to be known; grade limits are other rules' business."""
    dossier = measuring("33", "6")
    limits = (limit("1"), standard("38", process="kiln", oxygen="3.5"))
    assert findings("DB-404", dossier, grade=None, industry=INDUSTRY, limits=limits) == (
        finding(
            "DB-404",
            at(dossier, "evidence.limits.0.concentration.at"),
            "DA001 水泥窑窑尾 颗粒物浓度33（折算后38.5 mg/m³）超过排放标准≤38 mg/m³",
            "立即整改，达标后再申报",
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("written", "limits", "severities"),
    [
        ("30.01", (standard("30"),), [Severity.ERROR]),
        ("5~30.01", (standard("30"),), [Severity.ERROR]),
        ("30.01", (standard("30", provenance=RECALLED),), [Severity.REVIEW]),
        ("30.01", (standard("30", provenance=THIRD_PARTY),), [Severity.REVIEW]),
        ("30.01", (standard("30"), standard("50", condition="现有窑")), []),
        ("50.01", (standard("30"), standard("50", condition="现有窑")), [Severity.ERROR]),
        ("50.01", (limit("30", regime=Regime.LOCAL),), []),
    ],
)
def test_emission_standard_exceeded_boundary(written, limits, severities):
    told = findings("DB-404", measuring(written), limits=limits)
    assert [found.severity for found in told] == severities


def test_emission_standard_exceeded_asks_a_person_where_one_of_several_is_not_verified():
    limits = (standard("30", provenance=RECALLED), standard("50", condition="现有窑"))
    (found,) = findings("DB-404", measuring("50.01"), limits=limits)
    assert (found.severity, found.grounds) == (Severity.REVIEW, OFFICIAL)


@pytest.mark.parametrize("part", ["concentration", "oxygen", "step"])
def test_emission_standard_exceeded_goes_on_after_a_gap(part):
    """A row without a concentration is left alone; without oxygen or a step, the standard for all holds."""
    row = changed(at(measuring("31"), "evidence.limits.0"), {part: None})
    dossier = changed(
        cement(), {"evidence.limits": (row, at(measuring("32"), "evidence.limits.0"))}
    )
    told = findings("DB-404", dossier, limits=(standard("30", oxygen="10"),))
    assert len(told) == (1 if part == "concentration" else 2)


def test_emission_standard_exceeded_cannot_judge():
    (only,) = unjudged("DB-404", changed(cement(), {"evidence.limits": ()}))
    assert (only.at, only.reason) == (cement().at, NO_TABLE)


# -- DB-405


@pytest.mark.parametrize("written", ["0", "9.1", "8~10.5", "20.9", "/", ""])
def test_oxygen_impossible_passes(written):
    assert passed("DB-405", furniture())
    assert passed("DB-405", measuring("4", written))


def test_oxygen_impossible_fails():
    dossier = changed(measuring("4", "21.5"), {"outlets.1.oxygen": quantity("23", "%")})
    assert findings("DB-405", dossier) == tuple(
        finding("DB-405", place, f"实测含氧量为{value}", "核对监测报告，改正含氧量")
        for place, value in (
            (at(dossier, "outlets.1.oxygen.at"), "23"),
            (at(dossier, "evidence.limits.0.oxygen.at"), "21.5"),
        )
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [("20.99", 0), ("21", 1), ("21.0%", 1), ("18~21", 1), ("-0.1", 1), ("0", 0)],
)
def test_oxygen_impossible_boundary(written, found):
    """At 21 % the formula divides by nothing; both ends of a range have to be possible."""
    assert len(findings("DB-405", measuring("4", written))) == found


def test_oxygen_impossible_cannot_judge():
    """A package without oxygen contents passes: only what is burnt has one."""
    dossier = measuring("4", "富氧")
    (only,) = unjudged("DB-405", dossier)
    assert only.at == at(dossier, "evidence.limits.0.oxygen.at")
    assert only.reason == "实测含氧量“富氧”不是数字"
    rows = tuple(changed(row, oxygen=None) for row in cement().evidence.limits)
    assert passed("DB-405", changed(cement(), {"evidence.limits": rows}))


# -- DB-406


@pytest.mark.parametrize("word", ["达标", "符合", "是", "√", " 达 标 ", "基本符合", ""])
def test_conclusion_not_compliant_passes(word):
    assert passed("DB-406", furniture())
    path = "evidence.limits.2.conclusion.value"
    assert passed("DB-406", changed(cement(), {path: word}))


def test_conclusion_not_compliant_fails():
    changes = {
        "evidence.limits.2.conclusion.value": "不达标",
        "evidence.controls.1.conclusion.value": "否",
    }
    dossier = changed(cement(), changes)
    todo = "整改达标后再申报，或按能达到的等级申报"
    assert findings("DB-406", dossier) == (
        finding(
            "DB-406",
            at(dossier, "evidence.limits.2.conclusion.at"),
            "限值对标：DA001 水泥窑窑尾 氮氧化物的结论为“不达标”",
            todo,
        ),
        finding(
            "DB-406",
            at(dossier, "evidence.controls.1.conclusion.at"),
            "无组织管控：物料输送的结论为“否”",
            todo,
        ),
    )


@pytest.mark.parametrize(
    ("word", "found"),
    [("不符合", 1), ("未达标", 1), ("超标", 1), (" 不 达标", 1), ("整改后达标", 0)],
)
def test_conclusion_not_compliant_boundary(word, found):
    path = "evidence.controls.0.conclusion.value"
    assert len(findings("DB-406", changed(cement(), {path: word}))) == found


def test_conclusion_not_compliant_of_a_nameless_step():
    row = {"evidence.controls.0.conclusion.value": "不符合", "evidence.controls.0.step": None}
    (only,) = findings("DB-406", changed(cement(), row))
    assert only.message == "无组织管控：该工序的结论为“不符合”"


@pytest.mark.parametrize(("word", "found"), [("满足", 0), ("不满足", 1), ("不涉及", 0), ("×", 1)])
def test_conclusion_not_compliant_in_the_table_of_indicators(word, found):
    concluded = text(word)
    dossier = changed(cement(), {"indicators.rows.2.conclusion": concluded})
    name = dossier.indicators.rows[2].indicator.value
    assert findings("DB-406", dossier) == found * (
        finding(
            "DB-406",
            concluded.at,
            f"对标总表：“{name}”的结论为“{word}”",
            "整改达标后再申报，或按能达到的等级申报",
        ),
    )


def test_conclusion_not_compliant_cannot_judge():
    dossier = changed(cement(), {"evidence.limits": (), "evidence.controls": ()})
    (only,) = unjudged("DB-406", dossier)
    assert (only.at, only.reason) == (cement().at, "没有对标总表、限值对标和无组织管控的结论可查")


# -- DB-407

KILN_LIMITS = tuple(
    limit(value, pollutant=pollutant, process="kiln")
    for pollutant, value in (("PM", "10"), ("SO2", "50"), ("NOx", "100"))
)


@pytest.mark.parametrize("name", ["氮氧化物", "NOx", "氮氧化物（以NO2计）"])
def test_pollutant_not_compared_passes(name):
    dossier = changed(cement(), {"evidence.limits.2.pollutant.value": name})
    assert passed("DB-407", dossier, industry=INDUSTRY, limits=KILN_LIMITS)


def test_pollutant_not_compared_fails():
    dossier = without(cement(), "evidence.limits.2")
    assert findings("DB-407", dossier, industry=INDUSTRY, limits=KILN_LIMITS) == (
        finding(
            "DB-407",
            at(dossier, "evidence.limits.0.at"),
            "DA001 水泥窑窑尾没有对标氮氧化物，B级限值为≤100 mg/m³",
            "补充氮氧化物的监测浓度和对标结果；确实不排放的，说明理由",
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("row", "severities"),
    [
        (limit("100", pollutant="NOx", process="kiln"), [Severity.ERROR]),
        (limit("100", pollutant="NOx", process="kiln", provenance=RECALLED), [Severity.REVIEW]),
        (limit("100", pollutant="NOx", process="kiln", provenance=THIRD_PARTY), [Severity.REVIEW]),
        (limit("100", pollutant="NOx"), []),
        (limit("50", pollutant="NOx", process="kiln", grades=("A",)), []),
        (limit("320", pollutant="NOx", process="kiln", regime=Regime.STANDARD), []),
    ],
)
def test_pollutant_not_compared_boundary(row, severities):
    """Only a limit that the grade sets for the process itself has to be compared, not one for every outlet."""
    dossier = without(cement(), "evidence.limits.2")
    told = findings("DB-407", dossier, industry=INDUSTRY, limits=(row,))
    assert [found.severity for found in told] == severities


def outlet_row(code, step, pollutant):
    """Return a row of 2.14."""
    names = {"outlet": code, "step": step, "pollutant": pollutant}
    parts = {name: value and text(value) for name, value in names.items()}
    return changed(at(cement(), "evidence.limits.0"), **parts)


@pytest.mark.parametrize("other", [("DA101", "水泥窑窑尾"), (None, "窑尾"), ("DA101", "窑尾")])
def test_pollutant_not_compared_by_each_outlet(other):
    """An outlet is told from others by its code or by its step; one without a step is left alone."""
    first = (None if other[0] is None else "DA001", "水泥窑窑尾")
    rows = (
        *(outlet_row(*first, pollutant) for pollutant in ("颗粒物", "二氧化硫", "氮氧化物")),
        outlet_row("DA009", None, "颗粒物"),
        outlet_row(*other, "颗粒物"),
    )
    dossier = changed(cement(), {"evidence.limits": rows})
    name = " ".join(filter(None, other))
    told = findings("DB-407", dossier, industry=INDUSTRY, limits=KILN_LIMITS)
    assert [found.message for found in told] == [
        f"{name}没有对标二氧化硫，B级限值为≤50 mg/m³",
        f"{name}没有对标氮氧化物，B级限值为≤100 mg/m³",
    ]


def test_pollutant_not_compared_by_a_basis_that_nobody_verified():
    """The limit is official; that the grade uses it is only remembered."""
    row = limit("100", pollutant="NOx", process="kiln", grades=(), regime=Regime.ULTRA_LOW)
    (found,) = findings(
        "DB-407",
        without(cement(), "evidence.limits.2"),
        industry=INDUSTRY,
        limits=(row,),
        bases=(basis("B", Regime.ULTRA_LOW, RECALLED),),
    )
    assert (found.severity, found.grounds) == (Severity.REVIEW, OFFICIAL)


def test_pollutant_not_compared_where_a_condition_decides():
    row = limit("100", pollutant="NOx", process="kiln", condition="新建窑")
    (only,) = unjudged(
        "DB-407", without(cement(), "evidence.limits.2"), industry=INDUSTRY, limits=(row,)
    )
    reason = "DA001 水泥窑窑尾没有对标氮氧化物，是否须对标取决于适用条件（新建窑）"
    assert (only.at, only.reason) == (at(cement(), "evidence.limits.0.at"), reason)


def test_pollutant_not_compared_cannot_judge():
    """A step that the industry does not know is left alone."""
    for given in ({"grade": None}, {"branch": None}):
        (only,) = unjudged("DB-407", cement(), **given)
        assert only.at == at(cement(), "form.at")
        assert only.reason == "不知道申报等级，或没有该行业的插件，不知道应对标哪些污染物"
    (only,) = unjudged("DB-407", changed(cement(), {"evidence.limits": ()}))
    assert (only.at, only.reason) == (cement().at, NO_TABLE)
    steps = tuple(changed(row, step=text("锅炉")) for row in cement().evidence.limits[:2])
    dossier = changed(cement(), {"evidence.limits": steps})
    assert outcome("DB-407", dossier, industry=INDUSTRY, limits=KILN_LIMITS).status == "passed"
