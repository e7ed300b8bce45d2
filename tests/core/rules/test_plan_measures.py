"""The plan's measures against the technical guide: production that stops or is limited, and vehicles."""

import pytest

from duibiao.model.plan import AlertLevel
from duibiao.model.quantities import parse_quantity
from duibiao.rules.definition import Severity

from .law_builders import THIRD_PARTY, measure
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

RED, ORANGE, YELLOW = "plan.levels.0", "plan.levels.1", "plan.levels.2"
NOT_KNOWN = "缺少申报等级、“一厂一策”方案或该行业的插件，无法与指南比较"
STRONGER = "按技术指南加强该级别的减排措施"

GUIDE = (
    measure("limit", "限产10%", ratio="10", levels=(AlertLevel.YELLOW,)),
    measure("limit", "限产20%", ratio="20", levels=(AlertLevel.ORANGE,)),
    measure("stop", "停产", levels=(AlertLevel.RED,)),
)
"""What a guide asks of the cement works' grade; the plan does just that."""


def planned(path: str, words: str, ratio: str | None = None):
    """Return the cement works with one measure at a level, and another ratio."""
    changes = {f"{path}.measures": (text(words),)}
    if ratio is None:
        return without(changed(cement(), changes), f"{path}.ratio")
    return changed(cement(), {**changes, f"{path}.ratio.value": parse_quantity(ratio, "%")})


# -- DB-707


@pytest.mark.parametrize(
    "dossier",
    [
        cement(),
        planned(RED, "全部停产"),
        planned(RED, "停止生产"),
        planned(RED, "停产。", "100%"),
        planned(RED, "减排", "100%"),
        planned(ORANGE, "限产", "30%"),
        planned(ORANGE, "限产", "20~30%"),
    ],
)
def test_measure_weaker_than_guide_passes(dossier):
    assert passed("DB-707", dossier, measures=GUIDE)


def test_measure_weaker_than_guide_fails():
    dossier = planned(RED, "水泥熟料生产线限产20%", "20%")
    dossier = without(dossier, f"{ORANGE}.ratio")
    assert findings("DB-707", dossier, measures=GUIDE) == (
        finding(
            "DB-707",
            at(cement(), f"{ORANGE}.at"),
            "B级在橙色预警下应“限产20%”，方案没有写比例",
            STRONGER,
            grounds=OFFICIAL,
        ),
        finding(
            "DB-707",
            at(cement(), f"{RED}.at"),
            "B级在红色预警下应“停产”，方案减排比例20%",
            STRONGER,
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("ratio", "kind", "provenance", "severities"),
    [
        ("20%", "limit", OFFICIAL, []),
        ("19.9%", "limit", OFFICIAL, [Severity.ERROR]),
        ("15~30%", "limit", OFFICIAL, [Severity.ERROR]),
        ("19.9%", "limit", RECALLED, [Severity.REVIEW]),
        ("19.9%", "limit", THIRD_PARTY, [Severity.REVIEW]),
        ("19.9%", "stop", OFFICIAL, [Severity.ERROR]),
        ("20%", "stop", OFFICIAL, []),
    ],
)
def test_measure_weaker_than_guide_boundary(ratio, kind, provenance, severities):
    """The lower end of a range counts; a stop of a share of the lines is a ratio too."""
    orange = measure(
        kind, "限产20%", ratio="20", levels=(AlertLevel.ORANGE,), provenance=provenance
    )
    dossier = planned(ORANGE, "限产", ratio)
    told = findings("DB-707", dossier, measures=(GUIDE[0], orange, GUIDE[2]))
    assert [found.severity for found in told] == severities


def test_measure_weaker_than_guide_cannot_judge():
    """A level of which nothing is known and a limit without a ratio are left to a person; A may choose."""
    for dossier, given in (
        (cement(), {"grade": None}),
        (cement(), {"branch": None}),
        (changed(cement(), plan=None), {}),
    ):
        (only,) = unjudged("DB-707", dossier, measures=GUIDE, **given)
        assert (only.at, only.reason) == (at(cement(), "form.at"), NOT_KNOWN)
    result = outcome("DB-707", furniture(), grade="A", measures=GUIDE)
    assert (result.status, result.reason) == ("not_applicable", "A级可自主采取减排措施")

    for known in (GUIDE[:2], (*GUIDE[:2], measure("stop", "停产", grades=("C",)))):
        (only,) = unjudged("DB-707", cement(), measures=known)
        assert only.at == at(cement(), f"{RED}.at")
        assert only.reason == "没有查到B级在红色预警下的停限产要求（缺），请对照技术指南核对"
    (only,) = unjudged("DB-707", without(cement(), RED), measures=GUIDE[:2])
    assert only.at == at(cement(), "plan.at")

    vague = measure("limit", "错峰生产", levels=(AlertLevel.RED,))
    (only,) = unjudged("DB-707", cement(), measures=(*GUIDE[:2], vague))
    assert only.at == at(cement(), f"{RED}.at")
    assert only.reason == "B级在红色预警下应“错峰生产”，没有规定比例，请人工判断"
    partial = measure("stop", "水泥磨停产", levels=(AlertLevel.RED,), process="mill")
    (only,) = unjudged("DB-707", cement(), measures=(*GUIDE[:2], partial))
    assert (only.at, only.reason) == (
        at(cement(), f"{RED}.at"),
        "B级在红色预警下应“水泥磨停产”，只对部分工序，请人工判断",
    )


def test_measure_weaker_than_guide_where_the_plan_stops_something():
    """Some lines stop, and no ratio says how much that is."""
    whole = measure("stop", "停产", levels=(AlertLevel.RED,))
    dossier = without(planned(RED, "部分生产线停产"), f"{RED}.ratio")
    (only,) = unjudged("DB-707", dossier, measures=(*GUIDE[:2], whole))
    assert (only.at, only.reason) == (
        at(cement(), f"{RED}.at"),
        "B级在红色预警下应“停产”，方案停的是哪些生产线、够不够，请人工判断",
    )


def test_a_level_that_the_plan_leaves_out_is_another_rules_business():
    assert passed("DB-707", without(cement(), RED), measures=GUIDE)
    assert passed("DB-707", changed(cement(), {f"{RED}.measures": ()}), measures=GUIDE)


# -- DB-708

BAN = measure("vehicles", "禁止使用国四及以下重型货车（含燃气）运输。")
STANDSTILL = measure("vehicles", "停止公路运输。", levels=(AlertLevel.RED,))


@pytest.mark.parametrize(
    "words",
    ["停用国四及以下车辆", "禁止国四以下货车进厂", "停止公路运输", "停止运输", "国 四 及以下 停用"],
)
def test_vehicle_ban_missing_passes(words):
    assert passed("DB-708", cement(), measures=(BAN,))
    assert passed("DB-708", planned(RED, words), measures=(BAN,))


def test_vehicle_ban_missing_fails():
    dossier = planned(ORANGE, "水泥熟料生产线限产20%")
    assert findings("DB-708", dossier, measures=(BAN,)) == (
        finding(
            "DB-708",
            at(cement(), f"{ORANGE}.at"),
            "橙色预警没有写“禁止使用国四及以下重型货车（含燃气）运输。”",
            "在该级别的减排措施中写明车辆管控",
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("words", "row", "severities"),
    [
        ("停用国三及以下车辆", BAN, [Severity.ERROR]),
        ("减少国四车辆", BAN, [Severity.ERROR]),
        ("停用国四及以下车辆", STANDSTILL, [Severity.ERROR]),
        ("停止公路运输", STANDSTILL, []),
        ("限产", measure("vehicles", BAN.text, provenance=RECALLED), [Severity.REVIEW]),
        ("限产", measure("vehicles", BAN.text, provenance=THIRD_PARTY), [Severity.REVIEW]),
        ("限产", measure("vehicles", BAN.text, grades=("A",)), []),
        ("限产", measure("vehicles", BAN.text, levels=(AlertLevel.YELLOW,)), []),
        ("限产", measure("machinery", "停用国二及以下机械"), []),
    ],
)
def test_vehicle_ban_missing_boundary(words, row, severities):
    """A milder ban is none; a standstill contains every ban; grade, level and kind have to fit."""
    told = findings("DB-708", planned(RED, words), measures=(row,))
    assert [found.severity for found in told] == severities


def test_vehicle_ban_missing_cannot_judge():
    """A level that the plan leaves out is told by another rule."""
    for dossier, given in (
        (cement(), {"grade": None}),
        (cement(), {"branch": None}),
        (changed(cement(), plan=None), {}),
    ):
        (only,) = unjudged("DB-708", dossier, measures=(BAN,), **given)
        assert (only.at, only.reason) == (at(cement(), "form.at"), NOT_KNOWN)
    assert passed("DB-708", without(cement(), RED), measures=(BAN,))
    for left_out in ("plan.levels.2", RED):
        gap = without(planned(ORANGE, "限产"), left_out)
        (found,) = findings("DB-708", gap, measures=(BAN,))
        assert found.at == at(cement(), f"{ORANGE}.at")
