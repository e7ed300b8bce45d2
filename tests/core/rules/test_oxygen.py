"""Baseline and measured oxygen, by which concentrations are converted."""

import pytest

from duibiao.law.provenance import Regime
from duibiao.model.quantities import parse_quantity
from duibiao.rules.definition import Severity

from .law_builders import INDUSTRY, THIRD_PARTY, limit, quantity
from .support import (
    OFFICIAL,
    RECALLED,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    unjudged,
    without,
)

TAIL = "evidence.limits.0"
"""颗粒物 at the kiln tail: measured oxygen 9.1 %, baseline 10 %."""

MILL = "evidence.limits.9"
"""颗粒物 at a cement mill: both blank."""

LAW = {
    "industry": INDUSTRY,
    "limits": (
        limit("10", process="kiln", oxygen="10", regime=Regime.ULTRA_LOW),
        limit("20", process="mill"),
    ),
}


def oxygen(path: str, measured: str | None = None, baseline: str | None = None):
    """Return the cement works with other contents of oxygen in a row of 2.14."""
    dossier = cement()
    for name, value in (("oxygen", measured), ("baseline_oxygen", baseline)):
        if value is not None:
            dossier = changed(dossier, {f"{path}.{name}.value": parse_quantity(value, "%")})
    return dossier


STATED = quantity("16", "%")

# -- DB-408


@pytest.mark.parametrize("written", ["10", "10%", "10.0", "１０"])
def test_baseline_oxygen_differs_passes(written):
    assert passed("DB-408", oxygen(TAIL, baseline=written), **LAW)


def test_baseline_oxygen_differs_fails():
    dossier = oxygen(TAIL, baseline="16")
    assert findings("DB-408", dossier, **LAW) == (
        finding(
            "DB-408",
            at(dossier, f"{TAIL}.baseline_oxygen.at"),
            "DA001 水泥窑窑尾 颗粒物的基准含氧量为16，规定为10%",
            "按规定的基准含氧量重新折算浓度",
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("limits", "severities"),
    [
        (LAW["limits"], [Severity.ERROR]),
        ((limit("10", process="kiln", oxygen="10", provenance=RECALLED),), [Severity.REVIEW]),
        ((limit("10", process="kiln", oxygen="10", provenance=THIRD_PARTY),), [Severity.REVIEW]),
        ((*LAW["limits"], limit("10", process="kiln", oxygen="16", provenance=RECALLED)), []),
        ((limit("10", process="kiln"),), []),
        ((limit("10", process="mill", oxygen="10"),), []),
        ((limit("10", process="kiln", oxygen="10", pollutant="SO2"),), []),
    ],
)
def test_baseline_oxygen_differs_boundary(limits, severities):
    """Any of the figures that the law has for this process and pollutant will do."""
    dossier = oxygen(TAIL, baseline="16")
    told = findings("DB-408", dossier, industry=INDUSTRY, limits=limits)
    assert [found.severity for found in told] == severities


@pytest.mark.parametrize("order", [1, -1])
def test_baseline_oxygen_differs_from_several(order):
    """All that the law has are said, and the best vouched for stands behind them; a row that agrees is passed over."""
    limits = (
        limit("10", process="kiln", oxygen="10", provenance=RECALLED),
        limit("10", process="kiln", oxygen="8"),
    )[::order]
    dossier = changed(
        oxygen(TAIL, baseline="10"),
        {"evidence.limits.4.step.value": "水泥窑窑尾", "evidence.limits.4.baseline_oxygen": STATED},
    )
    (found,) = findings("DB-408", dossier, industry=INDUSTRY, limits=limits)
    assert found.message.endswith("颗粒物的基准含氧量为16，规定为8%、10%")
    assert (found.severity, found.grounds) == (Severity.ERROR, OFFICIAL)


def test_baseline_oxygen_differs_cannot_judge():
    (only,) = unjudged("DB-408", oxygen(TAIL, baseline="16"), branch=None)
    assert (only.at, only.reason) == (
        at(cement(), f"{TAIL}.at"),
        "没有该行业的插件，无法核对基准含氧量",
    )
    assert inapplicable("DB-408", furniture(), **LAW) == "2.14没有写基准含氧量"


# -- DB-409


def test_measured_oxygen_blank_passes():
    assert passed("DB-409", cement(), **LAW)
    assert passed("DB-409", without(cement(), f"{TAIL}.oxygen"), **LAW)


def test_measured_oxygen_blank_fails():
    """A row that states a baseline itself, and one for which the law has one."""
    own, law = oxygen(TAIL, measured="/"), oxygen(TAIL, measured="", baseline="/")
    for dossier, grounds in ((own, None), (law, OFFICIAL)):
        assert findings("DB-409", dossier, **LAW) == (
            finding(
                "DB-409",
                at(dossier, f"{TAIL}.oxygen.at"),
                "DA001 水泥窑窑尾 颗粒物没有填实测含氧量，无法折算",
                "按监测报告补上实测含氧量，或写折算浓度",
                grounds=grounds,
            ),
        )


@pytest.mark.parametrize(
    ("dossier", "found"),
    [
        (oxygen(TAIL, measured="9.1"), 0),
        (oxygen(TAIL, measured="—"), 1),
        (oxygen(MILL, measured="/", baseline="/"), 0),
        (oxygen(MILL, measured="/", baseline="10"), 1),
        (
            changed(
                oxygen(TAIL, measured="/"),
                {f"{TAIL}.concentration.value": parse_quantity("未检出")},
            ),
            0,
        ),
    ],
)
def test_measured_oxygen_blank_boundary(dossier, found):
    """What is not detected needs no conversion; where the measured value counts, oxygen does not matter."""
    assert len(findings("DB-409", dossier, **LAW)) == found


def test_measured_oxygen_blank_in_a_row_without_names():
    row = changed(at(oxygen(TAIL, measured="/"), TAIL), outlet=None, step=None, pollutant=None)
    (found,) = findings("DB-409", changed(cement(), {"evidence.limits": (row,)}), **LAW)
    assert found.message == "该行没有填实测含氧量，无法折算"


def test_measured_oxygen_blank_cannot_judge():
    """Without a column of oxygen the concentrations may be converted ones."""
    rows = [f"evidence.limits.{number}.oxygen" for number in range(12)]
    reason = "2.14没有实测含氧量一栏，或已列折算浓度"
    assert inapplicable("DB-409", without(cement(), *rows), **LAW) == reason
    assert findings("DB-409", oxygen(TAIL, measured="/", baseline="/"), branch=None) == ()
