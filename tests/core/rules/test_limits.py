"""Measured concentrations against what the package states and against the limits of the grade applied for."""

import pytest

from duibiao.law.provenance import Regime
from duibiao.model.location import Located
from duibiao.model.quantities import parse_quantity
from duibiao.rules.definition import Severity

from .law_builders import (
    INDUSTRY,
    REPORTED,
    THIRD_PARTY,
    UNVERIFIED,
    basis,
    limit,
    quantity,
)
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
)

NO_TABLE = "没有2.14的限值对标表可查"
CHECK = "核对监测报告；确实超过的，改造后重新监测，或按能达到的等级申报"

CONDITIONED = (
    limit("20", condition="现有窑"),
    limit("10", condition="新建窑"),
    limit("15", condition="其他"),
)
"""Three limits for one outlet that a condition tells apart which no package states."""


def one_row(concentration: str, *, oxygen: str = "/", unit: str = "mg/m3", **fields):
    """Return the cement works with only the first row of 2.14, kiln tail and 颗粒物, with other values.

    Args:
        concentration: As the cell says.
        oxygen: Measured oxygen, as the cell says.
        unit: Unit of the column.
        fields: Other fields of the row.
    """
    row = changed(
        at(cement(), "evidence.limits.0"),
        {
            "concentration.value": parse_quantity(concentration, unit),
            "oxygen.value": parse_quantity(oxygen, "%"),
            **fields,
        },
    )
    return changed(cement(), {"evidence.limits": (row,)})


PLACE = at(cement(), "evidence.limits.0.concentration.at")
AT_20 = {"limit.value": parse_quantity("20", "mg/m3")}

# -- DB-401


@pytest.mark.parametrize(
    "written", ["4.9", "未检出", "ND", "＜0.5", "10.0", "2.3~10", "0", "9.9（标况）"]
)
def test_stated_limit_exceeded_passes(written):
    assert passed("DB-401", cement())
    assert passed("DB-401", furniture())
    assert passed("DB-401", one_row(written))


def test_stated_limit_exceeded_fails():
    dossier = one_row("24.5~53.9", limit=quantity("35"))
    assert findings("DB-401", dossier) == (
        finding(
            "DB-401",
            PLACE,
            "DA001 水泥窑窑尾 颗粒物监测浓度24.5~53.9超过所列绩效限值35",
            CHECK,
            also=(at(dossier, "evidence.limits.0.limit.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("measured", "stated", "found"),
    [
        ("10", "≤10", 0),
        ("10.01", "≤10", 1),
        ("3~10.01", "≤10", 1),
        ("10.01~3", "≤10", 1),
        ("9", "5~10", 0),
        ("<3~20", "≤10", 1),
    ],
)
def test_stated_limit_exceeded_boundary(measured, stated, found):
    """The upper end decides on both sides."""
    assert len(findings("DB-401", one_row(measured, limit=quantity(stated)))) == found


@pytest.mark.parametrize(
    ("dossier", "place", "reason"),
    [
        (changed(cement(), {"evidence.limits": ()}), cement().at, NO_TABLE),
        (
            one_row("未检出（<20）", limit=quantity("≤10")),
            PLACE,
            "DA001 水泥窑窑尾 颗粒物只知道未检出（<20），看不出是否超过≤10",
        ),
        (one_row("4", limit=None), None, "缺少绩效限值或监测浓度"),
        (one_row("4", limit=quantity("/")), None, "的绩效限值或监测浓度不是数字"),
        (one_row("检测中"), None, "的绩效限值或监测浓度不是数字"),
        (one_row("4", limit=quantity("0.01g/m³")), None, "的限值与浓度单位不同，无法比较"),
    ],
)
def test_stated_limit_exceeded_cannot_judge(dossier, place, reason):
    (only,) = unjudged("DB-401", dossier)
    assert only.at == (place or at(dossier, "evidence.limits.0.at"))
    assert only.reason == (reason if place else f"DA001 水泥窑窑尾 颗粒物{reason}")


# -- DB-402


@pytest.mark.parametrize(
    ("dossier", "row"),
    [
        (one_row("4.9"), limit("10")),
        (one_row("未检出"), limit("10")),
        (one_row("4.9", oxygen="9.1"), limit("10", oxygen="10", process="kiln")),
        (one_row("4.9mg/Nm³"), limit("10", provenance=REPORTED)),
    ],
)
def test_grade_limit_exceeded_passes(dossier, row):
    assert passed("DB-402", dossier, industry=INDUSTRY, limits=(row,))


def test_grade_limit_exceeded_fails():
    """The process's own limit goes before the one for every outlet; the row of the law stands behind it."""
    limits = (limit("30"), limit("10", process="kiln"))
    assert findings("DB-402", one_row("2.3-10.8"), industry=INDUSTRY, limits=limits) == (
        finding(
            "DB-402",
            PLACE,
            "DA001 水泥窑窑尾 颗粒物浓度2.3-10.8超过B级限值≤10 mg/m³",
            CHECK,
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("oxygen", "bound", "message"),
    [
        ("6", "23.33", "浓度20（折算后23.3 mg/m³）超过B级限值≤23.33 mg/m³"),
        ("6", "23.34", None),
        ("3.5", "20", None),
        ("5~6", "23.33", "浓度20（折算后23.3 mg/m³）超过B级限值≤23.33 mg/m³"),
        ("0", "16.67", None),
        ("0", "16.66", "浓度20（折算后16.7 mg/m³）超过B级限值≤16.66 mg/m³"),
        ("/", "20", None),
        ("/", "19.9", "浓度20超过B级限值≤19.9 mg/m³"),
    ],
)
def test_grade_limit_exceeded_boundary(oxygen, bound, message):
    """20 mg/m³ at 6 % oxygen is 20 × 17.5 / 15 = 23.33 at 3.5 %; without measured oxygen it stays 20."""
    told = findings("DB-402", one_row("20", oxygen=oxygen), limits=(limit(bound, oxygen="3.5"),))
    expected = [] if message is None else [f"DA001 水泥窑窑尾 颗粒物{message}"]
    assert [found.message for found in told] == expected


@pytest.mark.parametrize(
    ("provenance", "severity"),
    [
        (OFFICIAL, Severity.ERROR),
        (REPORTED, Severity.ERROR),
        (THIRD_PARTY, Severity.REVIEW),
        (RECALLED, Severity.REVIEW),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_standing_of_the_limit_decides_how_grave_it_is(provenance, severity):
    (found,) = findings("DB-402", one_row("10.1"), limits=(limit("10", provenance=provenance),))
    assert (found.severity, found.grounds) == (severity, provenance)


@pytest.mark.parametrize("provenance", UNVERIFIED.values(), ids=UNVERIFIED)
@pytest.mark.parametrize("written", ["4.9", "10", "未检出"])
def test_an_unverified_limit_never_passes_silently(provenance, written):
    (only,) = unjudged("DB-402", one_row(written), limits=(limit("10", provenance=provenance),))
    assert only.at == PLACE
    assert only.reason == (
        "DA001 水泥窑窑尾 颗粒物未超过B级限值≤10 mg/m³，"
        f"但该限值{provenance.standing.label}，请对照技术指南核对"
    )


@pytest.mark.parametrize(
    ("written", "status", "told"),
    [
        ("10", "passed", []),
        ("10.1", "skipped", ["浓度10.1是否达到B级，取决于适用条件（新建窑）"]),
        ("20", "skipped", ["浓度20是否达到B级，取决于适用条件（新建窑）"]),
        ("20.1", "found", ["浓度20.1超过B级限值≤20 mg/m³"]),
    ],
)
def test_limits_with_conditions_leave_open_what_lies_between(written, status, told):
    """Below the strictest it passes, above the mildest it fails, in between nobody can tell."""
    result = outcome("DB-402", one_row(written), limits=CONDITIONED)
    said = [one.message for one in result.findings] + [one.reason for one in result.unjudged]
    assert result.status == status
    assert said == [f"DA001 水泥窑窑尾 颗粒物{reason}" for reason in told]


NOT_KNOWN = "不知道申报等级，或没有该行业的插件，无法与指南限值比较"


@pytest.mark.parametrize(
    ("dossier", "given", "place", "reason"),
    [
        (cement(), {"grade": None}, at(cement(), "form.at"), NOT_KNOWN),
        (cement(), {"branch": None}, at(cement(), "form.at"), NOT_KNOWN),
        (changed(cement(), form=None), {"grade": None}, cement().at, NOT_KNOWN),
        (changed(cement(), {"evidence.limits": ()}), {}, cement().at, NO_TABLE),
        (
            one_row("4"),
            {"limits": (limit("10", grades=("A",)),)},
            PLACE,
            "DA001 水泥窑窑尾 颗粒物：没有查到B级的限值（缺），请对照技术指南核对",
        ),
        (
            one_row("4", pollutant=text("臭气浓度")),
            {"limits": (limit("10"),)},
            PLACE,
            "DA001 水泥窑窑尾 臭气浓度：没有查到B级的限值（缺），请对照技术指南核对",
        ),
        *(
            (
                one_row(written, oxygen=oxygen),
                {"limits": (limit("10", oxygen="10", unit=unit),)},
                PLACE,
                f"DA001 水泥窑窑尾 颗粒物浓度“{written}”无法与B级限值比较",
            )
            for written, oxygen, unit in (
                ("检测中", "/", "mg/m3"),
                ("4g/m³", "/", "mg/m3"),
                ("4", "21", "mg/m3"),
                ("4", "/", "kg/h"),
            )
        ),
    ],
)
def test_grade_limit_exceeded_cannot_judge(dossier, given, place, reason):
    (only,) = unjudged("DB-402", dossier, **given)
    assert (only.at, only.reason) == (place, reason)


def test_grade_limit_exceeded_by_a_basis_that_nobody_verified():
    """The limit is official; that the grade uses it is only remembered."""
    rows = {
        "limits": (limit("10", grades=(), regime=Regime.ULTRA_LOW),),
        "bases": (basis("B", Regime.ULTRA_LOW, RECALLED),),
    }
    (found,) = findings("DB-402", one_row("11"), **rows)
    assert (found.severity, found.grounds) == (Severity.REVIEW, OFFICIAL)


@pytest.mark.parametrize("part", ["concentration", "oxygen", "step"])
def test_grade_limit_exceeded_goes_on_after_a_gap(part):
    """A row without a concentration is left to DB-401; without oxygen or a step, the limit for all holds."""
    row = changed(at(one_row("11"), "evidence.limits.0"), {part: None})
    dossier = changed(cement(), {"evidence.limits": (row, at(one_row("12"), "evidence.limits.0"))})
    told = findings("DB-402", dossier, limits=(limit("10", oxygen="10"),))
    assert len(told) == (1 if part == "concentration" else 2)


@pytest.mark.parametrize("condition", ["新建窑", ""])
def test_grade_limit_exceeded_where_a_condition_decides(condition):
    limits = (limit("10", condition=condition), limit("20", condition="现有窑"))
    (only,) = unjudged("DB-402", one_row("15"), limits=limits)
    said = condition or "见技术指南"
    reason = f"DA001 水泥窑窑尾 颗粒物浓度15是否达到B级，取决于适用条件（{said}）"
    assert (only.at, only.reason) == (PLACE, reason)


# -- DB-403


@pytest.mark.parametrize("stated", ["≤10", "10", "5", "10 mg/m³", "<10"])
def test_stated_limit_too_lax_passes(stated):
    assert passed("DB-403", one_row("4", limit=quantity(stated)), limits=(limit("10"),))


def test_stated_limit_too_lax_fails():
    dossier = one_row("4", **{"limit.value": parse_quantity("≤20", "mg/m3")})
    assert findings("DB-403", dossier, grade="A", limits=(limit("10", grades=("A",)),)) == (
        finding(
            "DB-403",
            at(dossier, "evidence.limits.0.limit.at"),
            "DA001 水泥窑窑尾 颗粒物所列绩效限值≤20，指南中A级为≤10 mg/m³",
            "按技术指南中所申报等级的限值改正，并重新判定是否达标",
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("stated", "limits", "severities"),
    [
        ("10.01", (limit("10"),), [Severity.ERROR]),
        ("10.01", (limit("10", provenance=RECALLED),), [Severity.REVIEW]),
        ("10.01", (limit("10", provenance=THIRD_PARTY),), [Severity.REVIEW]),
        ("20", CONDITIONED, []),
        ("20.01", CONDITIONED, [Severity.ERROR]),
        ("/", (limit("10"),), []),
        ("35", (limit("10", grades=("A",)),), []),
    ],
)
def test_stated_limit_too_lax_boundary(stated, limits, severities):
    """The mildest limit that may apply decides; one that nobody verified asks for a person."""
    told = findings("DB-403", one_row("4", limit=quantity(stated)), limits=limits)
    assert [found.severity for found in told] == severities


def test_stated_limit_too_lax_by_a_basis_that_nobody_verified():
    """The limit is official; that the grade uses it is only remembered."""
    rows = {
        "limits": (limit("10", grades=(), regime=Regime.ULTRA_LOW),),
        "bases": (basis("B", Regime.ULTRA_LOW, RECALLED),),
    }
    (found,) = findings("DB-403", one_row("4", limit=quantity("20")), **rows)
    assert (found.severity, found.grounds) == (Severity.REVIEW, OFFICIAL)


def test_stated_limit_too_lax_goes_on_after_a_gap():
    rows = at(cement(), "evidence.limits")
    dossier = changed(
        cement(), {"evidence.limits": (changed(rows[0], limit=None), changed(rows[0], AT_20))}
    )
    assert len(findings("DB-403", dossier, limits=(limit("10"),))) == 1


@pytest.mark.parametrize("given", [{"grade": None}, {"branch": None}])
def test_stated_limit_too_lax_cannot_judge(given):
    (only,) = unjudged("DB-403", cement(), **given)
    assert only.at == at(cement(), "form.at")
    assert only.reason == "不知道申报等级，或没有该行业的插件，无法核对限值"
    (only,) = unjudged("DB-403", changed(cement(), {"evidence.limits": ()}))
    assert (only.at, only.reason) == (cement().at, NO_TABLE)


# -- one row of 2.14 is enough for each of them


def test_a_row_without_names_is_still_told():
    row = changed(at(cement(), "evidence.limits.0"), outlet=None, step=None, pollutant=None)
    row = changed(row, concentration=Located(parse_quantity("11"), PLACE), oxygen=None)
    (found,) = findings("DB-401", changed(cement(), {"evidence.limits": (row,)}))
    assert found.message == "该行监测浓度11超过所列绩效限值≤10"


@pytest.mark.parametrize(
    ("oxygen", "baseline", "told"),
    [
        ("6", "3.5", ["20（折算后23.3）"]),
        ("3.5", "3.5", []),
        ("6", "/", []),
        ("/", "3.5", []),
    ],
)
def test_stated_limit_exceeded_after_conversion(oxygen, baseline, told):
    """20 mg/m³ at 6 % oxygen is 23.33 at 3.5 %, above a stated limit of 22."""
    dossier = one_row("20", oxygen=oxygen, limit=quantity("22"), baseline_oxygen=quantity(baseline))
    expected = [f"DA001 水泥窑窑尾 颗粒物监测浓度{value}超过所列绩效限值22" for value in told]
    assert [found.message for found in findings("DB-401", dossier)] == expected


def test_stated_limit_exceeded_cannot_convert():
    dossier = one_row("20", oxygen="21", limit=quantity("22"), baseline_oxygen=quantity("3.5"))
    (left,) = unjudged("DB-401", dossier)
    assert left.at == at(dossier, "evidence.limits.0.at")
    assert left.reason == "DA001 水泥窑窑尾 颗粒物的实测含氧量不能用于折算，无法比较"


def test_stated_limit_exceeded_goes_on_after_a_gap():
    """What is not detected is passed over; a row that states no baseline is taken as measured."""
    first = at(one_row("未检出"), "evidence.limits.0")
    second = changed(at(one_row("11", oxygen="6"), "evidence.limits.0"), baseline_oxygen=None)
    (found,) = findings("DB-401", changed(cement(), {"evidence.limits": (first, second)}))
    assert found.message == "DA001 水泥窑窑尾 颗粒物监测浓度11超过所列绩效限值≤10"
