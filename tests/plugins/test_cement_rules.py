"""The rules of the cement plugin, each passing, failing, at its edge and where it cannot judge."""

from dataclasses import replace
from datetime import date

import pytest

import duibiao_cement
from duibiao.model.evidence import Evidence
from duibiao.model.grades import Grade
from duibiao.model.plan import EmergencyPlan
from duibiao.rules import CannotJudge, Severity
from duibiao.rules.engine import Status

PASSED = (Status.PASSED, "")


@pytest.fixture
def cement(bench):
    return bench.judge(duibiao_cement.plugin, "clinker", Grade.B)


@pytest.fixture
def later(bench):
    """The amended standard, in force since 2026-04-01."""
    return bench.judge(duibiao_cement.plugin, "clinker", Grade.B, date(2026, 4, 1))


@pytest.fixture
def grinding(bench):
    return bench.judge(duibiao_cement.plugin, "grinding", Grade.LEADING)


# ------------------------------------------------------------- CEM-101 kiln_without_denitration


def undenitrated(cement, at, message, todo):
    title = "水泥窑窑尾没有SNCR、SCR等脱硝设施"
    return cement.finding("CEM-101", title, Severity.ERROR, at, message, todo, ["O3:附件4"])


@pytest.mark.parametrize("treatment", ["SNCR", "低氮燃烧+分级燃烧+SCR", "sncr（氨水）"])
def test_kiln_without_denitration_passes(cement, desk, treatment):
    outlets = (desk.outlet("窑尾", "颗粒物", "袋式"), desk.outlet("窑尾", "氮氧化物", treatment))
    assert cement.status("CEM-101", desk.dossier(outlets=outlets)) == PASSED


def test_kiln_without_denitration_fails(cement, desk):
    outlet = desk.outlet("水泥窑窑尾", "NOx", "低氮燃烧")
    assert cement.findings("CEM-101", desk.dossier(outlets=(outlet,))) == (
        undenitrated(
            cement,
            outlet.treatment.at,
            "窑尾脱硝工艺为“低氮燃烧”，没有SNCR或SCR",
            "核对实际工艺并补充；确实没有的，改造后再申报",
        ),
    )


def test_kiln_without_denitration_boundary(cement, desk):
    """A kiln tail of which the nitrogen oxides are not listed at all, beside other outlets that list them."""
    tail = desk.outlet("窑尾", "颗粒物", "覆膜袋式")
    dryer = desk.outlet("独立热源烘干机", "氮氧化物", "SNCR")
    assert cement.findings("CEM-101", desk.dossier(outlets=(dryer, tail))) == (
        undenitrated(
            cement, tail.at, "窑尾没有列氮氧化物的治理措施", "补充窑尾脱硝设施、效率和排放浓度"
        ),
    )


def test_kiln_without_denitration_cannot_judge(cement, desk):
    outlet = desk.outlet("窑尾", "氮氧化物")
    assert cement.unjudged("CEM-101", desk.dossier(outlets=(outlet,))) == (
        CannotJudge(outlet.at, "窑尾氮氧化物没有写治理工艺"),
    )


def test_kiln_without_denitration_not_applicable(grinding, cement, desk):
    dossier = desk.dossier(outlets=(desk.outlet("窑尾", "氮氧化物", "低氮燃烧"),))
    reason = (Status.NOT_APPLICABLE, "没有水泥窑窑尾排放口")
    assert grinding.status("CEM-101", dossier) == reason
    assert cement.status("CEM-101", desk.dossier()) == reason


# --------------------------------------------------- CEM-102 kiln_dust_removal_not_efficient


@pytest.mark.parametrize(
    "treatment", ["覆膜滤料袋式除尘", "电袋复合除尘", "袋式除尘器", "湿式电除尘"]
)
def test_kiln_dust_removal_not_efficient_passes(cement, desk, treatment):
    outlets = tuple(desk.outlet(step, "颗粒物", treatment) for step in ("窑头", "窑尾"))
    assert cement.status("CEM-102", desk.dossier(outlets=outlets)) == PASSED


def test_kiln_dust_removal_not_efficient_fails(cement, desk):
    head = desk.outlet("窑头（篦冷机）", "颗粒物", "静电除尘器")
    tail = desk.outlet("窑尾", "颗粒物", "覆膜袋式")
    assert cement.findings("CEM-102", desk.dossier(outlets=(head, tail))) == (
        cement.finding(
            "CEM-102",
            "窑头、窑尾没有采用覆膜袋式等高效除尘",
            Severity.WARNING,
            head.treatment.at,
            "窑头（篦冷机）除尘工艺为“静电除尘器”",
            "核对实际工艺；不是覆膜袋式的，说明除尘效率不低于覆膜袋式",
            ["O3:附件4"],
        ),
    )


def test_kiln_dust_removal_not_efficient_boundary(cement, desk):
    """Gases of the kiln, and dust of the mills, are nobody's business here."""
    outlets = (
        desk.outlet("窑尾", "氮氧化物", "SNCR"),
        desk.outlet("窑尾", "颗粒物", "布袋（覆膜）"),
        desk.outlet("水泥磨", "颗粒物", "静电除尘器"),
        desk.outlet("窑尾", None, "静电除尘器"),
        desk.outlet("窑尾", "虚构污染物", "静电除尘器"),
    )
    assert cement.status("CEM-102", desk.dossier(outlets=outlets)) == PASSED


def test_kiln_dust_removal_not_efficient_cannot_judge(cement, desk):
    outlet = desk.outlet("窑头", "颗粒物", "")
    assert cement.unjudged("CEM-102", desk.dossier(outlets=(outlet,))) == (
        CannotJudge(outlet.at, "没有写除尘工艺"),
    )


def test_kiln_dust_removal_not_efficient_not_applicable(cement, desk):
    dossier = desk.dossier(outlets=(desk.outlet("水泥磨", "颗粒物", "静电除尘器"),))
    reason = "没有水泥窑窑头、窑尾的颗粒物排放口"
    assert cement.status("CEM-102", dossier) == (Status.NOT_APPLICABLE, reason)


@pytest.mark.parametrize("treatment", ["布袋除尘器", "脉冲布袋"])
def test_kiln_dust_removal_by_its_usual_name(cement, desk, treatment):
    dossier = desk.dossier(outlets=(desk.outlet("窑头", "颗粒物", treatment),))
    assert cement.status("CEM-102", dossier) == PASSED


# ----------------------------------------------------------------- CEM-103 ammonia_not_compared


def compared(desk, *pollutants):
    return Evidence(limits=tuple(desk.limit("窑尾", pollutant) for pollutant in pollutants))


@pytest.mark.parametrize("name", ["氨", "NH3", "NH₃"])
def test_ammonia_not_compared_passes(cement, desk, name):
    outlets = (desk.outlet("窑尾", "氮氧化物", "SNCR"),)
    dossier = desk.dossier(outlets=outlets, evidence=compared(desk, "颗粒物", name))
    assert cement.status("CEM-103", dossier) == PASSED


def test_ammonia_not_compared_fails(cement, desk):
    outlet = desk.outlet("窑尾", "氮氧化物", "SNCR（氨水）")
    evidence = compared(desk, "颗粒物", "二氧化硫", "氮氧化物")
    assert cement.findings("CEM-103", desk.dossier(outlets=(outlet,), evidence=evidence)) == (
        cement.finding(
            "CEM-103",
            "用氨或尿素脱硝的水泥窑没有对标氨",
            Severity.ERROR,
            evidence.limits[0].at,
            "窑尾用氨或尿素脱硝，排放限值对标表没有氨",
            "补充窑尾氨的监测浓度和限值",
            ["O2"],
            also=(outlet.at,),
        ),
    )


@pytest.mark.parametrize(
    ("treatment", "applies"), [("尿素热解", True), ("scr", True), ("低氮燃烧+分级燃烧", False)]
)
def test_ammonia_not_compared_boundary(cement, desk, treatment, applies):
    outlets = (desk.outlet("窑尾", "氮氧化物", treatment),)
    dossier = desk.dossier(outlets=outlets, evidence=compared(desk, "颗粒物", None))
    outcome = cement.outcome("CEM-103", dossier)
    assert outcome.status is (Status.FOUND if applies else Status.NOT_APPLICABLE)


def test_ammonia_not_compared_cannot_judge(cement, desk):
    dossier = desk.dossier(outlets=(desk.outlet("窑尾", "氮氧化物", "SNCR"),))
    assert cement.unjudged("CEM-103", dossier) == (
        CannotJudge(dossier.at, "没有2.14的限值对标表可查"),
    )


def test_ammonia_not_compared_not_applicable(cement, desk):
    outlets = (desk.outlet("窑尾", "氮氧化物"), desk.outlet("窑尾", "颗粒物", "袋式除尘"))
    assert cement.status("CEM-103", desk.dossier(outlets=outlets)) == (
        Status.NOT_APPLICABLE,
        "没有用氨或尿素脱硝的水泥窑",
    )


# -------------------------------------------------- CEM-104 staggered_production_not_mentioned


def test_staggered_production_not_mentioned_passes(cement, desk):
    assert cement.status("CEM-104", desk.dossier("公司概况。", "冬季按规定错峰生产。")) == PASSED


def test_staggered_production_not_mentioned_fails(cement, desk):
    dossier = desk.dossier("冬季按规定停产检修。", plan=EmergencyPlan(desk.at("附")))
    expected = cement.finding(
        "CEM-104",
        "熟料企业没有说明错峰生产",
        Severity.REVIEW,
        dossier.plan.at,
        "材料没有提到错峰生产",
        "说明错峰生产执行情况及与应急减排措施的衔接",
        ["N23"],
    )
    assert cement.findings("CEM-104", dossier) == (expected,)
    without = replace(dossier, plan=None)
    assert cement.findings("CEM-104", without) == (replace(expected, at=without.at),)


def test_staggered_production_not_mentioned_boundary(cement, desk):
    """Words broken by a space, as Word's justified lines leave them."""
    assert cement.status("CEM-104", desk.dossier("执行错 峰生产计划")) == PASSED


def test_staggered_production_not_mentioned_cannot_judge(grinding, bench, desk):
    """Only clinker works stagger; where the branch is not known there is nothing to say."""
    unknown = bench.judge(duibiao_cement.plugin)
    for judge in (grinding, unknown):
        assert judge.status("CEM-104", desk.dossier()) == (
            Status.NOT_APPLICABLE,
            "不是水泥熟料企业",
        )


# --------------------------------------------------- CEM-105 kiln_without_low_nox_combustion


@pytest.mark.parametrize(
    "treatment", ["低氮燃烧器+SNCR", "分级燃烧+SCR", "分解炉还原燃烧", "低NOx燃烧器"]
)
def test_kiln_without_low_nox_combustion_passes(cement, desk, treatment):
    outlets = (desk.outlet("窑尾", "氮氧化物", treatment),)
    assert cement.status("CEM-105", desk.dossier(outlets=outlets)) == PASSED


def test_kiln_without_low_nox_combustion_fails(cement, desk):
    poor = desk.outlet("水泥窑窑尾", "NOx", "SNCR+SCR")
    assert cement.findings("CEM-105", desk.dossier(outlets=(poor,))) == (
        cement.finding(
            "CEM-105",
            "水泥窑没有采用低氮燃烧、分级燃烧",
            Severity.WARNING,
            poor.treatment.at,
            "窑尾氮氧化物治理工艺为“SNCR+SCR”，没有低氮燃烧、分级燃烧",
            "核对实际工艺并补充；确实没有的，说明理由",
            ["O3:附件4"],
        ),
    )


def test_kiln_without_low_nox_combustion_boundary(cement, desk):
    """Other pollutants and other steps are nobody's business here."""
    outlets = (
        desk.outlet("窑尾", "氮氧化物", "低氮燃烧"),
        desk.outlet("窑尾", "二氧化硫", "湿法脱硫"),
        desk.outlet("独立热源烘干", "氮氧化物", "SNCR"),
    )
    assert cement.status("CEM-105", desk.dossier(outlets=outlets)) == PASSED


def test_kiln_without_low_nox_combustion_cannot_judge(cement, desk):
    blank = desk.outlet("窑尾", "氮氧化物")
    assert cement.unjudged("CEM-105", desk.dossier(outlets=(blank,))) == (
        CannotJudge(blank.at, "窑尾氮氧化物没有写治理工艺"),
    )
    reason = "没有水泥窑窑尾的氮氧化物排放口"
    assert cement.status("CEM-105", desk.dossier()) == (Status.NOT_APPLICABLE, reason)


# ------------------------------------------------------------- CEM-106 material_stored_openly


def stored(desk, storage, name="石灰石"):
    return replace(desk.material(name), storage=desk.maybe(storage))


@pytest.mark.parametrize("storage", ["全封闭堆棚", "密闭筒仓，气力输送", "不露天堆放，封闭库"])
def test_material_stored_openly_passes(later, desk, storage):
    assert later.status("CEM-106", desk.dossier(materials=(stored(desk, storage),))) == PASSED


def test_material_stored_openly_fails(later, desk):
    sound, poor = stored(desk, "全封闭联合储库"), stored(desk, "露天堆场，防尘网苫盖", "砂岩")
    assert later.findings("CEM-106", desk.dossier(materials=(sound, poor))) == (
        later.finding(
            "CEM-106",
            "物料露天或敞开堆放",
            Severity.REVIEW,
            poor.storage.at,
            "砂岩的储存方式为“露天堆场，防尘网苫盖”",
            "改为密闭料仓或封闭料棚；尚未到执行期限的，写明改造计划",
            ["O2"],
            grounds=later.row("CE-U02"),
        ),
    )


@pytest.mark.parametrize(
    ("storage", "found"), [("半封闭料棚", True), ("堆棚", False), ("敞开式料仓", True), ("", False)]
)
def test_material_stored_openly_boundary(later, desk, storage, found):
    outcome = later.outcome("CEM-106", desk.dossier(materials=(stored(desk, storage),)))
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_material_stored_openly_cannot_judge(cement, later, desk):
    """Before the amendment nothing was demanded."""
    dossier = desk.dossier(materials=(stored(desk, None),))
    assert later.unjudged("CEM-106", dossier) == (
        CannotJudge(dossier.at, "原辅材料表没有写储存方式"),
    )
    open_air = desk.dossier(materials=(stored(desk, "露天"),))
    reason = "基准日期时没有物料储存的要求"
    assert cement.status("CEM-106", open_air) == (Status.NOT_APPLICABLE, reason)
