"""The plan's measures level against level, and against their own ratio."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duibiao.law import load_common
from duibiao.model.quantities import parse_quantity
from duibiao.rules.definition import Severity
from duibiao.rules.engine import run

from .support import (
    RECALLED,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    law_on,
    passed,
    text,
    the_rule,
    unjudged,
    without,
)

NO_PLAN = "没有“一厂一策”方案可查"
RED, ORANGE, YELLOW = "plan.levels.0", "plan.levels.1", "plan.levels.2"
PLANLESS = changed(cement(), plan=None)


def planned(**levels: str):
    """Return the cement works with one measure at each of some levels, which are called red, orange and yellow."""
    paths = {"red": RED, "orange": ORANGE, "yellow": YELLOW}
    changes = {f"{paths[name]}.measures": (text(words),) for name, words in levels.items()}
    return changed(cement(), changes)


# -- DB-709


@pytest.mark.parametrize(
    "levels",
    [
        {},
        {"red": "停止公路运输"},
        {"yellow": "限产10%", "orange": "停用国三及以下车辆"},
        {"red": "停用国五及以下排放标准车辆", "yellow": "停用国二及以下非道路移动机械"},
    ],
)
def test_vehicle_ban_not_graded_passes(levels):
    assert passed("DB-709", furniture())
    assert passed("DB-709", planned(**levels))


def test_vehicle_ban_not_graded_fails():
    dossier = planned(red="水泥熟料生产线停产", yellow="停止公路运输")
    problems = [
        ("黄色预警停止公路运输，橙色预警停用国四及以下车辆", "橙色", "黄色", ORANGE, YELLOW),
        ("橙色预警停用国四及以下车辆，红色预警没有车辆管控", "红色", "橙色", RED, ORANGE),
    ]
    assert findings("DB-709", dossier) == tuple(
        finding(
            "DB-709",
            at(dossier, f"{here}.at"),
            message,
            f"在{graver}预警的措施中写明不低于{milder}预警的车辆管控",
            also=(at(dossier, f"{other}.at"),),
        )
        for message, graver, milder, here, other in problems
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("停用国四及以下车辆", 0),
        ("停用国三及以下车辆", 1),
        ("停用国五以下车辆", 0),
        ("停用国四及以下非道路移动机械", 1),
    ],
)
def test_vehicle_ban_not_graded_boundary(words, found):
    """Machinery is not a vehicle."""
    assert len(findings("DB-709", planned(red=words))) == found


def test_vehicle_ban_not_graded_cannot_judge():
    """A level that the plan leaves out is told by another rule; the ones around it are compared."""
    (only,) = unjudged("DB-709", PLANLESS)
    assert (only.at, only.reason) == (cement().at, NO_PLAN)
    assert passed("DB-709", without(cement(), RED))
    assert len(findings("DB-709", without(planned(red="停产"), ORANGE))) == 1


# -- DB-710

TODO = "调整措施，使较重级别不轻于较轻级别"


@pytest.mark.parametrize(
    "levels",
    [
        {},
        {"yellow": "2#水泥磨线限产20%", "orange": "2#水泥磨线限产50%", "red": "2#水泥磨线停产"},
        {"yellow": "2#水泥磨线限产20%", "orange": "（1）全厂限产30%", "red": "（1）停产"},
        {"orange": "2#水泥磨线停产", "red": "全部生产线停产"},
        {"orange": "2＃水泥磨线降低负荷20%", "red": "2号水泥磨线限产20%"},
    ],
)
def test_line_cut_not_graded_passes(levels):
    assert passed("DB-710", furniture())
    assert passed("DB-710", planned(**levels))


def test_line_cut_not_graded_fails():
    dossier = planned(
        yellow="1#水泥磨线限产30%",
        orange="2#水泥磨线停产，1#水泥磨线限产20%",
        red="2#水泥磨线限产50%，1#水泥磨线停产",
    )
    problems = [
        ("1#水泥磨线在黄色预警下限产30%，橙色预警下限产20%", ORANGE, YELLOW),
        ("2#水泥磨线在橙色预警下停产，红色预警下限产50%", RED, ORANGE),
    ]
    assert findings("DB-710", dossier) == tuple(
        finding(
            "DB-710", at(dossier, f"{here}.at"), message, TODO, also=(at(dossier, f"{other}.at"),)
        )
        for message, here, other in problems
    )


@pytest.mark.parametrize(
    ("red", "found"),
    [
        ("2#水泥磨线限产50%", 0),
        ("2#水泥磨线限产49%", 1),
        ("1#熟料线停产", 1),
        ("全厂限产50%", 0),
        ("其余生产线限产40%", 1),
        ("2#水泥磨线不停产", 1),
        ("（1）停产", 0),
        ("1、停产", 0),
        ("加强管理，停产", 0),
    ],
)
def test_line_cut_not_graded_boundary(red, found):
    """What cuts the whole plant cuts the line, too."""
    dossier = planned(orange="2#水泥磨线限产50%", red=red, yellow="加强管理")
    assert len(findings("DB-710", dossier)) == found


def test_line_cut_not_graded_tells_2_from_12():
    assert passed("DB-710", planned(orange="12#水泥磨线停产", red="加强管理"))


def test_line_cut_not_graded_by_leaving_it_out():
    (found,) = findings("DB-710", planned(orange="2#水泥磨线停产", red="加强管理"))
    assert found.message == "2#水泥磨线在橙色预警下停产，红色预警下没有停限产"


def test_line_cut_not_graded_cannot_judge():
    (only,) = unjudged("DB-710", PLANLESS)
    assert only.reason == NO_PLAN
    assert (
        inapplicable("DB-710", changed(cement(), {"production.products": ()}))
        == "3.1没有写生产线名称"
    )


# -- DB-712


def rated(path: str, ratio: str):
    """Return the cement works with another ratio at a level."""
    return changed(cement(), {f"{path}.ratio.value": parse_quantity(ratio, "%")})


def city_cut(level: str):
    return next(alert for alert in load_common().alerts if alert.level == level and alert.cut)


def test_ratio_below_city_cut_passes():
    """20 % at orange, 10 % at yellow, 100 % at red."""
    assert passed("DB-712", cement())
    assert passed("DB-712", rated(RED, "30%"))


def test_ratio_below_city_cut_fails():
    dossier = rated(ORANGE, "10%")
    assert findings("DB-712", dossier, grade="C") == (
        finding(
            "DB-712",
            at(dossier, f"{ORANGE}.ratio.at"),
            "橙色预警减排比例为10%，全社会减排比例不低于20%",
            "对照技术指南核对该等级的减排比例；指南另有规定的，写明依据",
            grounds=city_cut("橙色").provenance,
            severity=Severity.REVIEW,
        ),
    )


@pytest.mark.parametrize(
    ("path", "ratio", "found"),
    [
        (ORANGE, "20%", 0),
        (ORANGE, "19.9%", 1),
        (ORANGE, "15~30%", 1),
        (YELLOW, "9%", 1),
        (RED, "29%", 1),
        (RED, "停产", 0),
    ],
)
def test_ratio_below_city_cut_boundary(path, ratio, found):
    assert len(findings("DB-712", rated(path, ratio))) == found


def test_ratio_below_city_cut_cannot_judge():
    """Those who may choose their measures are not bound; what holds on no day binds nobody."""
    (only,) = unjudged("DB-712", PLANLESS)
    assert (only.at, only.reason) == (cement().at, NO_PLAN)
    assert passed("DB-712", without(cement(), f"{RED}.ratio"))
    reason = "自主采取减排措施的等级，或不知道申报等级"
    assert inapplicable("DB-712", rated(RED, "1%"), grade="A") == reason
    assert inapplicable("DB-712", rated(RED, "1%"), grade=None) == reason
    assert passed("DB-712", rated(RED, "1%"), day=date(2018, 5, 1))


@pytest.mark.parametrize("order", [1, -1])
def test_ratio_below_city_cut_goes_by_the_best_vouched_for(order):
    """20 % that are official count, whatever nobody verified."""
    sure = city_cut("橙色")
    alerts = (sure, replace(sure, provenance=RECALLED, cut=Decimal(40)))[::order]
    law = law_on(date(2026, 9, 10))
    law = replace(law, common=replace(law.common, alerts=alerts))
    for ratio, found in (("19%", 1), ("30%", 0)):
        (result,) = run([the_rule("DB-712")], rated(ORANGE, ratio), law)
        assert [one.grounds for one in result.findings] == [sure.provenance] * found


# -- DB-713

CHOSEN = "企业自主采取减排措施"


@pytest.mark.parametrize(
    "words", [f"{CHOSEN}，压减喷涂线负荷", "限产10%", f"（1）{CHOSEN}，错峰生产；"]
)
def test_self_chosen_without_measures_passes(words):
    assert passed("DB-713", furniture(), grade="A")
    assert passed("DB-713", changed(furniture(), {f"{RED}.measures": (text(words),)}), grade="A")


def test_self_chosen_without_measures_fails():
    dossier = changed(furniture(), {f"{YELLOW}.measures": (text(f"（1）{CHOSEN}。"),)})
    assert findings("DB-713", dossier, grade="A") == (
        finding(
            "DB-713",
            at(dossier, f"{YELLOW}.at"),
            f"黄色预警只写“（1）{CHOSEN}。”",
            "写明自主采取的具体措施，如压减哪条生产线的负荷、停用哪些车辆",
        ),
    )
    both = changed(dossier, {f"{YELLOW}.measures": (text(CHOSEN), text("落实措施"))})
    (found,) = findings("DB-713", both, grade="A")
    assert found.message == f"黄色预警只写“{CHOSEN}；落实措施”"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("自主减排", 1),
        ("公司根据预警情况自主采取相应的应急减排措施", 1),
        ("自主减排，停用国四车辆", 0),
        ("", 0),
    ],
)
def test_self_chosen_without_measures_boundary(words, found):
    """No measures at all are another rule's business."""
    dossier = changed(furniture(), {f"{RED}.measures": (text(words),)})
    assert len(findings("DB-713", dossier, grade="引领性")) == found


def test_self_chosen_without_measures_cannot_judge():
    (only,) = unjudged("DB-713", PLANLESS, grade="A")
    assert (only.at, only.reason) == (cement().at, NO_PLAN)
    for grade in ("B", None):
        assert inapplicable("DB-713", furniture(), grade=grade) == "不是可自主采取减排措施的等级"


# -- DB-714


def whole(words: str, ratio: str = "100%"):
    """Return the cement works that saves everything at the red level by one measure."""
    return changed(rated(RED, ratio), {f"{RED}.measures": (text(words),)})


@pytest.mark.parametrize(
    "words", ["水泥熟料生产线停产", "全厂停产", "1#水泥磨线限产100%", "停用车辆"]
)
def test_whole_ratio_though_lines_go_on_passes(words):
    assert passed("DB-714", furniture())
    assert passed("DB-714", whole(words))


def test_whole_ratio_though_lines_go_on_fails():
    dossier = whole("水泥熟料生产线限产50%")
    assert findings("DB-714", dossier) == (
        finding(
            "DB-714",
            at(dossier, f"{RED}.measures.0.at"),
            "红色预警减排比例为100%，措施却写“限产50%”",
            "按措施重新计算减排比例，或改为全部停产",
            also=(at(dossier, f"{RED}.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("words", "ratio", "found"),
    [
        ("限产50%", "99.9%", 0),
        ("限产50%", "100", 1),
        ("压减生产负荷30%以上", "100%", 1),
        ("1#线停产，2#线维持生产", "100%", 1),
        ("部分生产线停产", "100%", 1),
        ("企业不停产", "停产", 0),
    ],
)
def test_whole_ratio_though_lines_go_on_boundary(words, ratio, found):
    assert len(findings("DB-714", whole(words, ratio))) == found


def test_whole_ratio_though_lines_go_on_cannot_judge():
    """A level without a ratio is told by another rule."""
    (only,) = unjudged("DB-714", PLANLESS)
    assert (only.at, only.reason) == (cement().at, NO_PLAN)
    unrated = without(whole("限产50%"), f"{RED}.ratio")
    assert passed("DB-714", unrated)
    orange = changed(unrated, {f"{ORANGE}.ratio.value": parse_quantity("100%", "%")})
    orange = changed(orange, {f"{ORANGE}.measures": (text("限产50%"),)})
    assert len(findings("DB-714", orange)) == 1
