"""The rules of the steel plugin, each passing, failing, at its edge and where it cannot judge."""

import pytest

import duibiao_steel
from duibiao.model.grades import Grade
from duibiao.rules import CannotJudge, Severity
from duibiao.rules.engine import Status

PASSED = (Status.PASSED, "")


@pytest.fixture
def steel(bench):
    return bench.judge(duibiao_steel.plugin, "long_process", Grade.A)


# ------------------------------------------------------------- STL-101 denitration_not_advanced


@pytest.mark.parametrize("treatment", ["SCR脱硝", "活性炭脱硫脱硝", "活性焦吸附", "臭氧氧化脱硝"])
def test_denitration_not_advanced_passes(steel, desk, treatment):
    dossier = desk.dossier(outlets=(desk.outlet("烧结机机头", "氮氧化物", treatment),))
    assert steel.status("STL-101", dossier) == PASSED


def test_denitration_not_advanced_fails(steel, desk):
    sound = desk.outlet("球团竖炉", "NOx", "SCR")
    poor = desk.outlet("烧结机机头", "NOx", "低氮燃烧+SNCR")
    dossier = desk.dossier(outlets=(sound, poor))
    assert steel.findings("STL-101", dossier) == (
        steel.finding(
            "STL-101",
            "烧结、球团焙烧烟气的脱硝没有采用活性炭（焦）或SCR等技术",
            Severity.WARNING,
            poor.treatment.at,
            "烧结机机头脱硝工艺为“低氮燃烧+SNCR”",
            "核对实际工艺；未采用SCR、活性炭（焦）等技术的，说明能否稳定达标",
            ["O5:第5项"],
        ),
    )


def test_denitration_not_advanced_boundary(steel, desk):
    """Small letters do; other pollutants and other processes are nobody's business here."""
    dossier = desk.dossier(
        outlets=(
            desk.outlet("链篦机-回转窑", "氮氧化物", "低氮燃烧＋scr"),
            desk.outlet("烧结机机头", "颗粒物", "四电场静电除尘器"),
            desk.outlet("轧钢加热炉", "氮氧化物", "低氮燃烧"),
            desk.outlet("烧结机机头", None, "四电场静电除尘器"),
        )
    )
    assert steel.status("STL-101", dossier) == PASSED


def test_denitration_not_advanced_cannot_judge(steel, desk):
    absent = desk.outlet("烧结机机头", "NOx")
    blank = desk.outlet("球团竖炉", "NOx", "")
    assert steel.unjudged("STL-101", desk.dossier(outlets=(absent, blank))) == (
        CannotJudge(absent.at, "没有写治理工艺"),
        CannotJudge(blank.at, "没有写治理工艺"),
    )


def test_denitration_not_advanced_not_applicable(steel, desk):
    dossier = desk.dossier(outlets=(desk.outlet("轧钢加热炉", "氮氧化物", "低氮燃烧"),))
    reason = "没有烧结、球团焙烧的氮氧化物排放口"
    assert steel.status("STL-101", dossier) == (Status.NOT_APPLICABLE, reason)


# ---------------------------------------------------------- STL-102 desulfurisation_bypass_left


@pytest.mark.parametrize(
    "text",
    [
        "脱硫设施未设烟气旁路。",
        "已取消脱硫旁路。",
        "烟气旁路已封堵。",
        "旁路式水处理",
        "烟气无旁路排放。",
    ],
)
def test_desulfurisation_bypass_left_passes(steel, desk, text):
    assert steel.status("STL-102", desk.dossier("烧结机配套脱硫。", text)) == PASSED


def test_desulfurisation_bypass_left_fails(steel, desk):
    dossier = desk.dossier(
        "烟气旁路已封堵。", "脱硫塔两台。", "脱硫塔检修时保留烟气旁路作应急使用。"
    )
    assert steel.findings("STL-102", dossier) == (
        steel.finding(
            "STL-102",
            "烟气旁路没有取消",
            Severity.ERROR,
            dossier.paragraphs[2].at,
            "提到烟气旁路：“脱硫塔检修时保留烟气旁路作应急使用。”",
            "取消或封堵旁路，并写明完成时间和证明材料",
            ["O5:第5项"],
        ),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("取消一二三四五六烟气旁路", False),
        ("取消了计划，烟气旁路仍在使用", True),
        ("烟气旁路已于2021年12月31日前全部拆除", False),
        ("企业不设烟气旁路", False),
        ("1号机已取消烟气旁路，2号机保留烟气旁路应急", True),
        pytest.param(*("因无备用脱硫塔保留烟气旁路", True)),
        pytest.param(*("计划于明年拆除烟气旁路", True)),
        ("脱硫塔运行正常，保留烟气旁路", True),
    ],
)
def test_desulfurisation_bypass_left_boundary(steel, desk, text, found):
    outcome = steel.outcome("STL-102", desk.dossier(text))
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_desulfurisation_bypass_left_cannot_judge(steel, desk):
    """There is nothing that it could not judge: what is not mentioned is not there."""
    assert steel.status("STL-102", desk.dossier()) == PASSED


# ------------------------------------------------------------- STL-103 sintering_gas_untreated


def outlets_of(desk, step, pollutants, code=None):
    return tuple(desk.outlet(step, pollutant, code=code) for pollutant in pollutants)


def untreated(steel, at, step, name):
    return steel.finding(
        "STL-103",
        "烧结、球团焙烧烟气缺少二氧化硫或氮氧化物的治理",
        Severity.ERROR,
        at,
        f"{step}没有列{name}的治理措施",
        f"在第四部分补充{name}的治理设施、效率和浓度",
        ["O5:第5项"],
    )


def test_sintering_gas_untreated_passes(steel, desk):
    outlets = outlets_of(desk, "烧结机机头", ("颗粒物", "SO₂", "NOx"), "DA001")
    assert steel.status("STL-103", desk.dossier(outlets=outlets)) == PASSED


def test_sintering_gas_untreated_fails(steel, desk):
    head = outlets_of(desk, "烧结机机头", ("颗粒物", "二氧化硫"), "DA001")
    shaft = outlets_of(desk, "球团竖炉", ("颗粒物",), "DA002")
    assert steel.findings("STL-103", desk.dossier(outlets=head + shaft)) == (
        untreated(steel, head[0].at, "烧结机机头", "氮氧化物"),
        untreated(steel, shaft[0].at, "球团竖炉", "二氧化硫"),
        untreated(steel, shaft[0].at, "球团竖炉", "氮氧化物"),
    )


def test_sintering_gas_untreated_boundary(steel, desk):
    """Outlets without a code are told apart by their steps; two codes are two outlets."""
    whole = ("颗粒物", "二氧化硫", "氮氧化物")
    by_step = outlets_of(desk, "烧结机机头", whole)
    steps = (*by_step, *outlets_of(desk, "球团竖炉", whole[:2]))
    split = (
        *outlets_of(desk, "球团竖炉", whole[:2], "DA002"),
        *outlets_of(desk, "球团竖炉", whole[2:], "DA003"),
    )
    assert steel.status("STL-103", desk.dossier(outlets=by_step)) == PASSED
    assert steel.findings("STL-103", desk.dossier(outlets=steps)) == (
        untreated(steel, steps[3].at, "球团竖炉", "氮氧化物"),
    )
    assert steel.findings("STL-103", desk.dossier(outlets=split)) == (
        untreated(steel, split[0].at, "球团竖炉", "氮氧化物"),
        untreated(steel, split[2].at, "球团竖炉", "颗粒物"),
        untreated(steel, split[2].at, "球团竖炉", "二氧化硫"),
    )


@pytest.mark.parametrize("pollutant", [None, "虚构污染物"])
def test_sintering_gas_untreated_knows_only_the_three(steel, desk, pollutant):
    """A row without a pollutant, or with one that nobody knows, treats nothing."""
    (head,) = outlets_of(desk, "烧结机机头", (pollutant,))
    assert steel.findings("STL-103", desk.dossier(outlets=(head,))) == tuple(
        untreated(steel, head.at, "烧结机机头", name) for name in ("颗粒物", "二氧化硫", "氮氧化物")
    )


def test_sintering_gas_untreated_cannot_judge(steel, desk):
    outlets = (desk.outlet("转炉二次烟气", "颗粒物"), desk.outlet(None, "颗粒物"))
    for dossier in (desk.dossier(), desk.dossier(outlets=outlets)):
        assert steel.status("STL-103", dossier) == (
            Status.NOT_APPLICABLE,
            "没有烧结、球团焙烧排放口",
        )


# ---------------------------------------------------------------------- STL-104 coking_on_site


def test_coking_on_site_passes(steel, desk):
    outlets = (desk.outlet("烧结机机头", "颗粒物"), desk.outlet("高炉矿焦槽", "颗粒物"))
    assert steel.status("STL-104", desk.dossier(outlets=outlets)) == PASSED


def test_coking_on_site_fails(steel, desk):
    coke, quenching = desk.outlet("2#焦炉烟囱", "SO2"), desk.outlet("干熄焦", "颗粒物")
    assert steel.findings("STL-104", desk.dossier(outlets=(coke, quenching))) == (
        steel.finding(
            "STL-104",
            "厂内有焦化工序，须按焦化行业另行评级",
            Severity.REVIEW,
            coke.step.at,
            "产污环节“2#焦炉烟囱”属焦化工序",
            "焦化工序按焦化行业指标另行对标，总体等级取两者中较差的",
            ["O5:第22项"],
        ),
    )


@pytest.mark.parametrize(
    ("step", "found"),
    [
        ("推焦地面站", True),
        ("装煤除尘", True),
        ("焦炭转运", False),
        ("焦粉破碎", False),
    ],
)
def test_coking_on_site_boundary(steel, desk, step, found):
    outcome = steel.outcome("STL-104", desk.dossier(outlets=(desk.outlet(step, "颗粒物"),)))
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_coking_on_site_cannot_judge(steel, desk):
    """There is nothing that it could not judge: an outlet without a step is another rule's finding."""
    dossier = desk.dossier(outlets=(desk.outlet(None, "颗粒物"),))
    assert steel.status("STL-104", dossier) == PASSED


# ------------------------------------------------------- STL-105 low_nox_combustion_missing


@pytest.mark.parametrize("treatment", ["低氮燃烧", "分级燃烧器", "scr脱硝", "低NOx烧嘴"])
def test_low_nox_combustion_missing_passes(steel, desk, treatment):
    dossier = desk.dossier(outlets=(desk.outlet("高炉热风炉", "氮氧化物", treatment),))
    assert steel.status("STL-105", dossier) == PASSED


def test_low_nox_combustion_missing_fails(steel, desk):
    sound = desk.outlet("高炉热风炉", "NOx", "低氮燃烧")
    poor = desk.outlet("轧钢热处理炉", "NOx", "直接排放")
    assert steel.findings("STL-105", desk.dossier(outlets=(sound, poor))) == (
        steel.finding(
            "STL-105",
            "高炉热风炉、轧钢热处理炉没有采用低氮燃烧",
            Severity.WARNING,
            poor.treatment.at,
            "轧钢热处理炉氮氧化物治理工艺为“直接排放”，没有低氮燃烧",
            "核对实际工艺并补充；确实没有的，改造为低氮燃烧",
            ["O5:第5项"],
        ),
    )


def test_low_nox_combustion_missing_boundary(steel, desk):
    """Heating furnaces, other steps and other pollutants are not what the plan names."""
    dossier = desk.dossier(
        outlets=(
            desk.outlet("高炉热风炉", "氮氧化物", "低氮燃烧"),
            desk.outlet("轧钢加热炉", "氮氧化物", "直接排放"),
            desk.outlet("高炉热风炉", "二氧化硫", "直接排放"),
        )
    )
    assert steel.status("STL-105", dossier) == PASSED


def test_low_nox_combustion_missing_cannot_judge(steel, desk):
    blank = desk.outlet("高炉热风炉", "NOx", "")
    assert steel.unjudged("STL-105", desk.dossier(outlets=(blank,))) == (
        CannotJudge(blank.at, "没有写治理工艺"),
    )
    reason = "没有高炉热风炉、轧钢热处理炉的氮氧化物排放口"
    assert steel.status("STL-105", desk.dossier()) == (Status.NOT_APPLICABLE, reason)


# -------------------------------------------------- STL-106 coke_oven_gas_not_desulfurised


def test_coke_oven_gas_not_desulfurised_passes(steel, desk):
    gas = desk.material("焦炉煤气")
    assert (
        steel.status("STL-106", desk.dossier("焦炉煤气经精脱硫后使用。", materials=(gas,)))
        == PASSED
    )
    treated = (desk.outlet("轧钢加热炉", "二氧化硫", "焦炉煤气精脱硫"),)
    assert steel.status("STL-106", desk.dossier(outlets=treated, materials=(gas,))) == PASSED


def test_coke_oven_gas_not_desulfurised_fails(steel, desk):
    gas = desk.material("外购焦炉煤气")
    dossier = desk.dossier("烧结烟气脱硫。", materials=(desk.material("焦炭"), gas))
    assert steel.findings("STL-106", dossier) == (
        steel.finding(
            "STL-106",
            "使用焦炉煤气而没有写精脱硫",
            Severity.WARNING,
            gas.at,
            "使用外购焦炉煤气，材料没有写煤气精脱硫",
            "写明焦炉煤气精脱硫工艺和硫化氢含量，并附证明材料",
            ["O5:第5项"],
        ),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("煤气采用干法脱硫", False),
        ("煤气加压，烟气脱硫", True),
        ("精脱硫", False),
        ("脱硫石膏", True),
    ],
)
def test_coke_oven_gas_not_desulfurised_boundary(steel, desk, text, found):
    """It is the gas that has to be desulphurised, not the smoke."""
    outcome = steel.outcome("STL-106", desk.dossier(text, materials=(desk.material("焦炉煤气"),)))
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_coke_oven_gas_not_desulfurised_cannot_judge(steel, desk):
    """There is nothing that it could not judge: what is not listed is not used."""
    dossier = desk.dossier(materials=(desk.material("高炉煤气"),))
    assert steel.status("STL-106", dossier) == (Status.NOT_APPLICABLE, "没有使用焦炉煤气")
