"""The one-plant-one-plan: every alert level has measures, graded, with a person in charge."""

import pytest

from duibiao.model.plan import AlertLevel
from duibiao.model.quantities import parse_quantity

from .support import (
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

NO_PLAN = "没有“一厂一策”方案可查"
RED, ORANGE, YELLOW = "plan.levels.0", "plan.levels.1", "plan.levels.2"
PLANLESS = changed(cement(), plan=None)
LEVELLESS = changed(cement(), {"plan.levels": ()})


def rated(**ratios: str | None):
    """Return the cement works with other reduction ratios, by level."""
    paths = {"red": RED, "orange": ORANGE, "yellow": YELLOW}
    dossier = cement()
    for name, ratio in ratios.items():
        path = f"{paths[name]}.ratio"
        change = {path: None} if ratio is None else {f"{path}.value": parse_quantity(ratio, "%")}
        dossier = changed(dossier, change)
    return dossier


# -- DB-701


def test_alert_level_without_measures_passes():
    assert passed("DB-701", cement())
    assert passed("DB-701", furniture())


def test_alert_level_without_measures_fails():
    """The gravest level first; a level that is there but says nothing is told at its own section."""
    dossier = without(changed(cement(), {f"{YELLOW}.measures": ()}), RED)
    assert findings("DB-701", dossier) == tuple(
        finding(
            "DB-701",
            place,
            f"没有{level}预警下的应急减排措施",
            f"补充{level}预警下的减排措施、减排比例、责任人及联系方式",
        )
        for level, place in (
            ("红色", at(cement(), "plan.at")),
            ("黄色", at(cement(), f"{YELLOW}.at")),
        )
    )


def test_alert_level_without_measures_boundary():
    """One paragraph is enough; a plan without any level lacks all three."""
    dossier = changed(cement(), {f"{ORANGE}.measures": (text("限产20%"),)})
    assert passed("DB-701", dossier)
    told = [found.message[2:4] for found in findings("DB-701", LEVELLESS)]
    assert told == [level.value for level in reversed(AlertLevel)]


def test_alert_level_without_measures_cannot_judge():
    (only,) = unjudged("DB-701", PLANLESS)
    assert (only.at, only.reason) == (cement().at, NO_PLAN)


# -- DB-702


def test_person_in_charge_missing_passes():
    assert passed("DB-702", cement())
    assert passed("DB-702", furniture())


def test_person_in_charge_missing_fails():
    dossier = without(cement(), f"{RED}.phone", f"{ORANGE}.responsible")
    assert findings("DB-702", dossier) == tuple(
        finding("DB-702", at(cement(), f"{path}.at"), f"{level}预警没有写明{name}", f"写明{name}")
        for path, level, name in ((RED, "红色", "联系方式"), (ORANGE, "橙色", "落实责任人"))
    )


@pytest.mark.parametrize(("value", "found"), [("张三", 0), ("", 1), ("　 ", 1)])
def test_person_in_charge_missing_boundary(value, found):
    """A blank that was left to be filled in is no name."""
    dossier = changed(cement(), {f"{YELLOW}.responsible.value": value})
    assert len(findings("DB-702", dossier)) == found


@pytest.mark.parametrize("dossier", [PLANLESS, LEVELLESS], ids=["no plan", "no levels"])
def test_person_in_charge_missing_cannot_judge(dossier):
    (only,) = unjudged("DB-702", dossier)
    assert (only.at, only.reason) == (cement().at, NO_PLAN)


# -- DB-703


def test_ratio_not_graded_passes():
    assert passed("DB-703", cement())
    assert passed("DB-703", furniture())


def test_ratio_not_graded_fails():
    assert findings("DB-703", rated(red="10%", orange="20%", yellow="5%")) == (
        finding(
            "DB-703",
            at(cement(), f"{RED}.at"),
            "红色预警减排比例10%，小于橙色预警的20%",
            "调整减排比例，使较重级别不低于较轻级别",
            also=(at(cement(), f"{ORANGE}.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("ratios", "told"),
    [
        ({"red": "20%", "orange": "20%", "yellow": "20%"}, []),
        ({"orange": "10%", "yellow": "10.1%"}, ["橙色预警减排比例10%，小于黄色预警的10.1%"]),
        ({"red": "9%", "orange": None}, ["红色预警减排比例9%，小于黄色预警的10%"]),
        ({"red": "自主减排", "orange": "自主减排", "yellow": "自主减排"}, []),
        ({"red": "15~30%", "orange": "20%"}, ["红色预警减排比例15%，小于橙色预警的20%"]),
    ],
)
def test_ratio_not_graded_boundary(ratios, told):
    """Equal ratios are graded; a level without a number is passed over; the lower end of a range counts."""
    assert [found.message for found in findings("DB-703", rated(**ratios))] == told


def test_ratio_not_graded_cannot_judge():
    (only,) = unjudged("DB-703", PLANLESS)
    assert (only.at, only.reason) == (cement().at, NO_PLAN)


# -- DB-704


def test_undertaking_missing_passes():
    assert passed("DB-704", cement())
    assert passed("DB-704", furniture())


def test_undertaking_missing_fails():
    assert findings("DB-704", without(cement(), "plan.undertaking")) == (
        finding(
            "DB-704",
            at(cement(), "plan.at"),
            "方案没有“我单位承诺：以上内容真实有效，确保重污染天气预警期间按以上应急减排措施严格落实。”",
            "在方案末尾补上该承诺",
        ),
    )


def test_undertaking_missing_boundary():
    """What the undertaking says is up to whoever reads the package in; here it is there or not."""
    assert passed("DB-704", changed(cement(), {"plan.undertaking.value": "我单位承诺严格落实"}))


def test_undertaking_missing_cannot_judge():
    (only,) = unjudged("DB-704", PLANLESS)
    assert (only.at, only.reason) == (cement().at, NO_PLAN)


# -- DB-705


@pytest.mark.parametrize("ratio", ["30%", "自主减排", "0", "不低于20%"])
def test_ratio_missing_passes(ratio):
    assert passed("DB-705", furniture())
    assert passed("DB-705", rated(orange=ratio))


def test_ratio_missing_fails():
    assert findings("DB-705", rated(orange=None)) == (
        finding("DB-705", at(cement(), f"{ORANGE}.at"), "橙色预警没有写明减排比例", "写明减排比例"),
    )


@pytest.mark.parametrize("ratio", ["", " ", "　"])
def test_ratio_missing_boundary(ratio):
    (found,) = findings("DB-705", rated(yellow=ratio))
    assert found.message == "黄色预警没有写明减排比例"


@pytest.mark.parametrize("dossier", [PLANLESS, LEVELLESS], ids=["no plan", "no levels"])
def test_ratio_missing_cannot_judge(dossier):
    (only,) = unjudged("DB-705", dossier)
    assert (only.at, only.reason) == (cement().at, NO_PLAN)


# -- DB-706


def test_self_chosen_without_right_passes():
    assert passed("DB-706", cement())
    assert passed("DB-706", cement(), grade="C")


def test_self_chosen_without_right_fails():
    dossier = changed(rated(yellow="自主减排"), {f"{RED}.measures.0.value": "企业自主采取减排措施"})
    assert findings("DB-706", dossier) == tuple(
        finding(
            "DB-706",
            at(cement(), f"{path}.at"),
            f"申报B级，{level}预警却写自主减排",
            "按技术指南写明该等级、该预警级别的限产、停产和车辆管控措施",
            also=(at(cement(), "form.grade.at"),),
        )
        for path, level in ((RED, "红色"), (YELLOW, "黄色"))
    )


def test_self_chosen_without_right_fails_by_the_form():
    dossier = changed(cement(), {"form.control_type.value": "自主采取减排措施"})
    assert findings("DB-706", dossier) == (
        finding(
            "DB-706",
            at(cement(), "form.control_type.at"),
            "申报B级，申请管控类型却写“自主采取减排措施”",
            "改为差异化管控，并在“一厂一策”写明各预警级别的措施",
            also=(at(cement(), "form.grade.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("grade", "found"), [("B", 1), ("B-", 1), ("C", 1), ("D", 1), ("非引领性", 1)]
)
def test_self_chosen_without_right_boundary(grade, found):
    """Every grade below A and 引领性 is bound."""
    assert len(findings("DB-706", rated(orange="自主减排"), grade=grade)) == found


def test_self_chosen_without_right_without_a_form():
    """Judged by the grade that the caller knows, though the package names none."""
    bare = changed(rated(orange="自主减排"), form=None, letters=(), indicators=None)
    bare = changed(without(bare, "profile.grade"), {"plan.profile": ()})
    (found,) = findings("DB-706", bare)
    assert found.also == ()


def test_self_chosen_without_right_cannot_judge():
    """Grades that may choose are not applicable; without a grade or a plan nothing can be said."""
    for grade in ("A+", "A", "引领性", "先进性"):
        result = outcome("DB-706", rated(orange="自主减排"), grade=grade)
        assert result.status == "not_applicable"
        assert result.reason.endswith("可自主采取减排措施")
    for dossier, given, reason in (
        (cement(), {"grade": None}, "没有写明可识别的申报等级"),
        (PLANLESS, {}, NO_PLAN),
    ):
        (only,) = unjudged("DB-706", dossier, **given)
        assert (only.at, only.reason) == (at(cement(), "form.at"), reason)
