"""The rules of the general-industry plugin, each passing, failing, at its edge and where it cannot judge."""

from dataclasses import replace
from datetime import date

import pytest

import duibiao_general_industry
from duibiao.model.evidence import Evidence, Gate, TransportEvidence
from duibiao.model.grades import Grade
from duibiao.rules import CannotJudge, Severity
from duibiao.rules.engine import Status

PASSED = (Status.PASSED, "")


@pytest.fixture
def dust(bench):
    return bench.judge(duibiao_general_industry.plugin, "pm", Grade.LEADING)


@pytest.fixture
def kiln(bench):
    return bench.judge(duibiao_general_industry.plugin, "boiler_kiln", Grade.A)


@pytest.fixture
def vocs(bench):
    return bench.judge(duibiao_general_industry.plugin, "vocs", Grade.LEADING)


# --------------------------------------------------------------------- GEN-101 second_group_touched


def second_group(judge, at, message, other):
    return judge.finding(
        "GEN-101",
        "企业涉及两个分组，只按一个分组申报",
        Severity.REVIEW,
        at,
        message,
        f"同时按{other}的指标对标，总体等级取两者中较差的",
        ["G21"],
    )


def test_second_group_touched_passes(dust, kiln, vocs, desk):
    powder, gas, solvent = (
        desk.outlet("工序", pollutant) for pollutant in ("颗粒物", "氮氧化物", "非甲烷总烃")
    )
    assert dust.status("GEN-101", desk.dossier(outlets=(powder,))) == PASSED
    assert kiln.status("GEN-101", desk.dossier(outlets=(powder, gas))) == PASSED
    assert vocs.status("GEN-101", desk.dossier(outlets=(powder, solvent))) == PASSED


def test_second_group_touched_fails(kiln, vocs, desk):
    solvent, gas = desk.outlet("喷漆", "NMHC"), desk.outlet(None, "SO2")
    assert kiln.findings("GEN-101", desk.dossier(outlets=(gas, solvent, solvent))) == (
        second_group(kiln, solvent.at, "按涉锅炉/炉窑申报，喷漆排放非甲烷总烃，属涉VOCs", "涉VOCs"),
    )
    assert vocs.findings("GEN-101", desk.dossier(outlets=(solvent, gas))) == (
        second_group(
            vocs, gas.at, "按涉VOCs申报，排放口排放二氧化硫，属涉锅炉/炉窑", "涉锅炉/炉窑"
        ),
    )


@pytest.mark.parametrize(
    ("pollutant", "group"),
    [("NMHC", "涉VOCs"), ("TVOC", "涉VOCs"), ("SO2", "涉锅炉/炉窑"), ("NOx", "涉锅炉/炉窑")],
)
def test_second_group_touched_by_each_pollutant(dust, desk, pollutant, group):
    (found,) = dust.findings("GEN-101", desk.dossier(outlets=(desk.outlet("工序", pollutant),)))
    assert found.message.endswith(f"，属{group}")


def test_second_group_touched_boundary(dust, desk):
    """Dust belongs to every group; what is no known pollutant, to none."""
    outlets = (
        desk.outlet("破碎", "颗粒物"),
        desk.outlet("酸洗", "氯化氢"),
    )
    assert dust.status("GEN-101", desk.dossier(outlets=outlets)) == PASSED


def test_second_group_touched_cannot_judge(bench, desk):
    dossier = desk.dossier(outlets=(desk.outlet("喷漆", "NMHC"),))
    assert bench.judge(duibiao_general_industry.plugin).unjudged("GEN-101", dossier) == (
        CannotJudge(dossier.at, "不知道所申报的分组"),
    )


@pytest.mark.parametrize("pollutant", [None, " "])
def test_second_group_touched_without_a_pollutant(dust, desk, pollutant):
    outlet = desk.outlet("喷漆", pollutant)
    assert dust.unjudged("GEN-101", desk.dossier(outlets=(outlet,))) == (
        CannotJudge(outlet.at, "没有写明污染物，不知道属哪个分组"),
    )
    later = desk.dossier(outlets=(outlet, desk.outlet("喷漆", "NMHC")))
    assert len(dust.outcome("GEN-101", later).findings) == 1


# ---------------------------------------------------------------------- GEN-102 gate_system_missing

YEARLY = 150 * 365
"""Tonnes a year at which the gate system is due."""


def gates(desk):
    return Evidence(transport=TransportEvidence(gates=(Gate(desk.at("五.2.18")),)))


def test_gate_system_missing_passes(dust, desk):
    little = desk.dossier(transports=(desk.transport("2000"), desk.transport("3000")))
    much = desk.dossier(transports=(desk.transport("9", "万t/a"),), evidence=gates(desk))
    assert dust.status("GEN-102", little) == PASSED
    assert dust.status("GEN-102", much) == PASSED


@pytest.mark.parametrize("amount", [("73000", "t/a"), ("7.3", "万t/a"), ("7.3", "万t")])
def test_gate_system_missing_fails(dust, desk, amount):
    """The figure is recalled, so the finding asks for a person, as the rule does anyhow."""
    section = desk.section("五.2.18")
    rows = (desk.transport(*amount), desk.transport("73000", total=True))
    dossier = desk.dossier(transports=rows, sections=(section,))
    expected = dust.finding(
        "GEN-102",
        "运输量达到条件而没有门禁视频监控系统",
        Severity.REVIEW,
        section.at,
        "日均进出货物约200吨，达到≥150 t/d，没有列门禁视频监控系统",
        "建设门禁视频监控系统和电子台账，并在2.18列表说明",
        ["G21"],
        grounds=dust.row("GE-3.21"),
    )
    assert dust.findings("GEN-102", dossier) == (expected,)
    without = replace(dossier, sections=())
    assert dust.findings("GEN-102", without) == (replace(expected, at=without.at),)


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        ((YEARLY,), True),
        ((YEARLY - 1,), False),
        ((YEARLY - 1, 1), True),
    ],
)
def test_gate_system_missing_boundary(dust, desk, amounts, found):
    dossier = desk.dossier(transports=tuple(desk.transport(str(amount)) for amount in amounts))
    outcome = dust.outcome("GEN-102", dossier)
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


@pytest.mark.parametrize(
    ("amount", "unit", "found"),
    [
        ("54750", "", True),
        ("54749", "", False),
        ("54750", "t", True),
        ("54749", "t", False),
        ("5.475", "万t", True),
        ("5.4749", "万t", False),
        ("5.475", "万t/a", True),
        ("5.4749", "万t/a", False),
    ],
)
def test_gate_system_missing_converts(dust, desk, amount, unit, found):
    outcome = dust.outcome("GEN-102", desk.dossier(transports=(desk.transport(amount, unit),)))
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_gate_system_missing_cannot_judge(dust, desk):
    for rows in ((), (desk.transport(None), desk.transport("9000", total=True))):
        dossier = desk.dossier(transports=rows)
        assert dust.unjudged("GEN-102", dossier) == (
            CannotJudge(dossier.at, "运输量缺失，或不是以吨计的数字，无法判断是否达到门禁条件"),
        )


def test_gate_system_missing_not_applicable(bench, desk):
    dossier = desk.dossier(transports=(desk.transport("90000"),))
    for branch, grade in (("pm", Grade.NOT_LEADING), ("pm", None), ("boiler_kiln", Grade.A)):
        judge = bench.judge(duibiao_general_industry.plugin, branch, grade)
        assert judge.status("GEN-102", dossier) == (
            Status.NOT_APPLICABLE,
            "没有查到该分组、该等级的门禁条件",
        )


@pytest.mark.parametrize(
    "other",
    [
        ((None, "t/a"),),
        (("若干", "t/a"),),
        (("60000", "m3"),),
    ],
)
def test_amounts_that_are_not_understood_are_not_judged(dust, desk, other):
    rows = (desk.transport("2000"), *(desk.transport(*amount) for amount in other))
    outcome = dust.outcome("GEN-102", desk.dossier(transports=rows))
    assert outcome.status is Status.SKIPPED


# -------------------------------------------------------------------- GEN-103 combustion_without_gases


def compared(desk, step, *pollutants, code=None):
    return tuple(desk.limit(step, pollutant, code) for pollutant in pollutants)


def gasless(kiln, at, message):
    return kiln.finding(
        "GEN-103",
        "锅炉、炉窑没有列二氧化硫和氮氧化物",
        Severity.REVIEW,
        at,
        message,
        "补充监测浓度和对标结果",
        ["G21"],
    )


def test_combustion_without_gases_passes(kiln, desk):
    limits = (
        *compared(desk, "燃气锅炉", "颗粒物", "SO2", "NOx", code="DA001"),
        *compared(desk, "辊道窑", "二氧化硫", "氮氧化物", code="DA002"),
    )
    assert kiln.status("GEN-103", desk.dossier(evidence=Evidence(limits=limits))) == PASSED


def test_combustion_without_gases_fails(kiln, desk):
    roller = compared(desk, "天然气辊道窑", "颗粒物", code="DA001")
    boiler = compared(desk, "燃气锅炉", "颗粒物", "二氧化硫")
    dossier = desk.dossier(evidence=Evidence(limits=roller + boiler))
    assert kiln.findings("GEN-103", dossier) == (
        gasless(kiln, roller[0].at, "天然气辊道窑没有对标二氧化硫、氮氧化物"),
        gasless(kiln, boiler[0].at, "燃气锅炉没有对标氮氧化物"),
    )


def test_combustion_without_gases_boundary(kiln, desk):
    """Electric furnaces and dust collectors are left out; one outlet may stand in several rows."""
    limits = (
        *compared(desk, "电加热炉", "颗粒物"),
        *compared(desk, "破碎", "颗粒物", code="DA009"),
        *compared(desk, "1#炉窑", "颗粒物", "二氧化硫", code="DA001"),
        *compared(desk, "2#炉窑", "氮氧化物", code="DA001"),
    )
    assert kiln.status("GEN-103", desk.dossier(evidence=Evidence(limits=limits))) == PASSED


@pytest.mark.parametrize("pollutant", [None, "虚构污染物"])
def test_combustion_without_gases_knows_only_the_two(kiln, desk, pollutant):
    (row,) = compared(desk, "燃气锅炉", pollutant)
    assert kiln.findings("GEN-103", desk.dossier(evidence=Evidence(limits=(row,)))) == (
        gasless(kiln, row.at, "燃气锅炉没有对标二氧化硫、氮氧化物"),
    )


def test_combustion_without_gases_cannot_judge(kiln, desk):
    others = [compared(desk, step, "颗粒物") for step in ("破碎", "电炉", None)]
    for limits in ((), *others):
        dossier = desk.dossier(evidence=Evidence(limits=limits))
        assert kiln.unjudged("GEN-103", dossier) == (
            CannotJudge(dossier.at, "排放限值对标表中没有锅炉、炉窑排放口"),
        )


def test_combustion_without_gases_not_applicable(dust, bench, desk):
    dossier = desk.dossier(evidence=Evidence(limits=compared(desk, "燃气锅炉", "颗粒物")))
    for judge in (dust, bench.judge(duibiao_general_industry.plugin)):
        assert judge.status("GEN-103", dossier) == (Status.NOT_APPLICABLE, "不是涉锅炉/炉窑企业")


@pytest.mark.parametrize("step", ["自备电厂燃煤锅炉", "热电锅炉", "电瓷窑炉"])
def test_boilers_that_make_electricity_burn_fuel(kiln, desk, step):
    limits = (*compared(desk, "燃气锅炉", "SO2", "NOx"), *compared(desk, step, "颗粒物"))
    dossier = desk.dossier(evidence=Evidence(limits=limits))
    assert len(kiln.findings("GEN-103", dossier)) == 1


def test_rules_run_under_the_later_edition_as_well(bench, desk):
    kiln = bench.judge(duibiao_general_industry.plugin, "boiler_kiln", Grade.A, date(2025, 6, 1))
    assert kiln.law.edition.provenance.id == "henan-2024"
    limits = compared(desk, "燃气锅炉", "颗粒物", "二氧化硫")
    assert kiln.findings("GEN-103", desk.dossier(evidence=Evidence(limits=limits))) == (
        gasless(kiln, limits[0].at, "燃气锅炉没有对标氮氧化物"),
    )


# ----------------------------------------------------------------------- GEN-104 fuel_not_clean


def fuelled(desk, *names, kind="燃料"):
    """Return a dossier with some rows of raw materials and fuels."""
    rows = tuple(replace(desk.material(name), kind=desk.text(kind)) for name in names)
    return desk.dossier(materials=rows)


def test_fuel_not_clean_passes(kiln, desk):
    assert kiln.status("GEN-104", fuelled(desk, "管道天然气", "电", "高炉煤气")) == PASSED


def test_fuel_not_clean_fails(kiln, desk):
    dossier = fuelled(desk, "天然气", "烟煤")
    assert kiln.findings("GEN-104", dossier) == (
        kiln.finding(
            "GEN-104",
            "锅炉、炉窑申报A级、B级而使用煤、重油等燃料",
            Severity.REVIEW,
            dossier.production.materials[1].at,
            "使用烟煤，要求“优先使用电、天然气”",
            "对照技术指南核对；改用电、天然气，或按能达到的等级申报",
            ["G21"],
            grounds=kiln.row("GE-5.11"),
        ),
    )


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("煤气", "燃料", False),
        ("煤层气", "燃料", False),
        ("生物质成型燃料", "燃料", True),
        ("煤", "原料", False),
        ("石油焦", "燃料", True),
    ],
)
def test_fuel_not_clean_boundary(kiln, desk, name, kind, found):
    """Coal as a raw material is no fuel; gas made of coal is a gas."""
    dossier = fuelled(desk, name, kind=kind)
    energies = (desk.material("电"),)
    dossier = replace(dossier, production=replace(dossier.production, energies=energies))
    outcome = kiln.outcome("GEN-104", dossier)
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_fuel_not_clean_cannot_judge(kiln, dust, desk):
    dossier = desk.dossier()
    assert kiln.unjudged("GEN-104", dossier) == (CannotJudge(dossier.at, "没有列燃料和能源"),)
    reason = "没有查到该分组、该等级的燃料要求"
    assert dust.status("GEN-104", fuelled(desk, "烟煤")) == (Status.NOT_APPLICABLE, reason)


# --------------------------------------------------------- GEN-105 dusty_material_stored_openly


def stored(desk, storage, name="石料"):
    return replace(desk.material(name), storage=desk.maybe(storage))


@pytest.mark.parametrize("storage", ["封闭料棚", "密闭料仓", "袋装，半封闭料棚", "不露天堆放"])
def test_dusty_material_stored_openly_passes(dust, desk, storage):
    assert dust.status("GEN-105", desk.dossier(materials=(stored(desk, storage),))) == PASSED


def test_dusty_material_stored_openly_fails(dust, desk):
    poor = stored(desk, "露天堆放，防尘网苫盖")
    assert dust.findings("GEN-105", desk.dossier(materials=(stored(desk, "料仓"), poor))) == (
        dust.finding(
            "GEN-105",
            "涉PM企业的物料露天或敞开堆放",
            Severity.REVIEW,
            poor.storage.at,
            "石料的储存方式为“露天堆放，防尘网苫盖”",
            "改为封闭料仓或封闭料棚，并写明抑尘措施",
            ["G21"],
            grounds=dust.row("GE-3.05"),
        ),
    )


@pytest.mark.parametrize(
    ("storage", "found"), [("敞开式料棚", True), ("料棚", False), ("苫盖", True), ("", False)]
)
def test_dusty_material_stored_openly_boundary(dust, desk, storage, found):
    outcome = dust.outcome("GEN-105", desk.dossier(materials=(stored(desk, storage),)))
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


@pytest.mark.parametrize("change", [{"process": "物料转移"}, {"text": "物料储存区域地面硬化。"}])
def test_dusty_material_stored_openly_needs_the_requirement(dust, desk, change):
    """Neither another process nor a requirement of storage that asks for no silo will do."""
    rows = tuple(replace(row, **change) for row in dust.law.requirements)
    other = replace(dust, law=replace(dust.law, requirements=rows))
    open_air = desk.dossier(materials=(stored(desk, "露天"),))
    reason = "没有查到该分组、该等级的物料储存要求"
    assert other.status("GEN-105", open_air) == (Status.NOT_APPLICABLE, reason)


def test_dusty_material_stored_openly_cannot_judge(dust, kiln, desk):
    dossier = desk.dossier(materials=(stored(desk, None),))
    assert dust.unjudged("GEN-105", dossier) == (
        CannotJudge(dossier.at, "原辅材料表没有写储存方式"),
    )
    reason = "没有查到该分组、该等级的物料储存要求"
    open_air = desk.dossier(materials=(stored(desk, "露天"),))
    assert kiln.status("GEN-105", open_air) == (Status.NOT_APPLICABLE, reason)
