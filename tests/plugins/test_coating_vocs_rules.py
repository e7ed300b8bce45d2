"""The rules of the coating and VOCs plugin, each passing, failing, at its edge and where it cannot judge."""

from dataclasses import replace

import pytest

import duibiao_coating_vocs
from duibiao.model.emissions import FacilityKind
from duibiao.model.evidence import Evidence
from duibiao.model.grades import Grade
from duibiao.rules import CannotJudge, Severity
from duibiao.rules.engine import Status

PASSED = (Status.PASSED, "")


@pytest.fixture
def coating(bench):
    return bench.judge(duibiao_coating_vocs, "industrial_coating", Grade.A)


# ----------------------------------------------------------------- VOC-101 vocs_without_facility


def test_vocs_without_facility_passes(coating, desk):
    evidence = Evidence(facilities=desk.facilities(desk.facility("95")))
    dossier = desk.dossier(outlets=(desk.outlet("喷涂", "非甲烷总烃"),), evidence=evidence)
    assert coating.status("VOC-101", dossier) == PASSED


def test_vocs_without_facility_fails(coating, desk):
    outlets = (
        desk.outlet("打磨", "颗粒物"),
        desk.outlet("喷涂", "NMHC"),
        desk.outlet("烘干", "TVOC"),
    )
    dossier = desk.dossier(outlets=outlets, sections=(desk.section("五.2.13.4"),))
    expected = coating.finding(
        "VOC-101",
        "有VOCs排放口，而没有VOCs治理设施",
        Severity.ERROR,
        dossier.sections[0].at,
        "有VOCs排放口，2.13.4没有列VOCs治理设施",
        "补充VOCs治理设施一览表和照片",
        ["SMX2022:附件4 五、2.13.4"],
        also=(outlets[1].at,),
    )
    assert coating.findings("VOC-101", dossier) == (expected,)
    without = replace(dossier, sections=())
    assert coating.findings("VOC-101", without) == (replace(expected, at=without.at),)


@pytest.mark.parametrize("kind", [FacilityKind.VOCS, FacilityKind.DUST])
def test_vocs_without_facility_boundary(coating, desk, kind):
    """A table without a row, and a table of other facilities, are no facility."""
    rows = () if kind is FacilityKind.VOCS else (desk.facility("99"),)
    evidence = Evidence(facilities=desk.facilities(*rows, kind=kind))
    dossier = desk.dossier(outlets=(desk.outlet("喷涂", "NMHC"),), evidence=evidence)
    assert len(coating.findings("VOC-101", dossier)) == 1


def test_vocs_without_facility_cannot_judge(coating, desk):
    for outlets in ((), (desk.outlet("打磨", "颗粒物"), desk.outlet("喷涂", None))):
        dossier = desk.dossier(outlets=outlets)
        reason = "第四部分没有列VOCs排放口；涉VOCs行业请人工核实是否漏列"
        assert coating.unjudged("VOC-101", dossier) == (CannotJudge(dossier.at, reason),)


# ---------------------------------------------------- VOC-102 removal_efficiency_below_guide


def treating(desk, *efficiencies, material="溶剂型涂料", kind=FacilityKind.VOCS):
    rows = map(desk.facility, efficiencies)
    return desk.dossier(
        materials=(desk.material("钢板"), desk.material(material)),
        evidence=Evidence(facilities=desk.facilities(*rows, kind=kind)),
    )


def test_removal_efficiency_below_guide_passes(coating, desk):
    assert coating.status("VOC-102", treating(desk, "96", "≥95")) == PASSED


@pytest.mark.parametrize(
    ("grade", "written", "row", "wanted"),
    [(Grade.A, "92", "VO-3.08", "≥95%"), (Grade.B, "80~90", "VO-3.09", "≥85%")],
)
def test_removal_efficiency_below_guide_fails(bench, desk, grade, written, row, wanted):
    """The figures are recalled, so the finding asks for a person and fails nothing."""
    coating = bench.judge(duibiao_coating_vocs, "industrial_coating", grade)
    dossier = treating(desk, "99", written)
    assert coating.findings("VOC-102", dossier) == (
        coating.finding(
            "VOC-102",
            "使用溶剂型涂料而VOCs去除效率低于申报等级的要求",
            Severity.REVIEW,
            dossier.evidence.facilities[0].rows[1].efficiency.at,
            f"去除效率{written}，要求{wanted}",
            "核对监测报告；确实达不到的，改造治理设施，或改用水性、粉末等低VOCs涂料",
            ["G340:工业涂装"],
            grounds=coating.row(row),
        ),
    )


@pytest.mark.parametrize(("written", "found"), [("95", False), ("95.0%", False), ("94.9", True)])
def test_removal_efficiency_below_guide_boundary(coating, desk, written, found):
    outcome = coating.outcome("VOC-102", treating(desk, written))
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_removal_efficiency_below_guide_cannot_judge(coating, desk):
    dossier = treating(desk, None, "/")
    first, second = dossier.evidence.facilities[0].rows
    assert coating.unjudged("VOC-102", dossier) == (
        CannotJudge(first.at, "没有写去除效率"),
        CannotJudge(second.at, "没有写去除效率"),
    )
    empty = desk.dossier()
    assert coating.unjudged("VOC-102", empty) == (
        CannotJudge(empty.at, "没有原辅材料表，不知道是否使用溶剂型涂料"),
    )


def test_removal_efficiency_below_guide_not_applicable(bench, coating, desk):
    assert coating.status("VOC-102", treating(desk, "80", material="水性涂料")) == (
        Status.NOT_APPLICABLE,
        "原辅材料中没有溶剂型涂料",
    )
    unknown = (Status.NOT_APPLICABLE, "没有查到该行业、该等级的去除效率要求")
    for branch, grade in (
        ("furniture", Grade.A),
        ("industrial_coating", Grade.C),
        ("industrial_coating", None),
    ):
        judge = bench.judge(duibiao_coating_vocs, branch, grade)
        assert judge.status("VOC-102", treating(desk, "80")) == unknown


@pytest.mark.parametrize("kind", [FacilityKind.DUST, FacilityKind.VOCS])
def test_removal_efficiency_of_no_facility_is_not_judged(coating, desk, kind):
    efficiencies = ("99",) if kind is FacilityKind.DUST else ()
    assert coating.status("VOC-102", treating(desk, *efficiencies, kind=kind)) != PASSED


# ---------------------------------------------------------------------- VOC-103 manual_air_spraying


def test_manual_air_spraying_passes(coating, desk):
    dossier = desk.dossier("采用静电喷涂和机器人喷涂。", "禁止人工喷涂。", "高压无气喷涂")
    assert coating.status("VOC-103", dossier) == PASSED


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("面漆采用人工喷涂。", "人工喷涂"),
        ("手工空气喷漆", "手工空气喷漆"),
        ("底漆为空气喷涂", "空气喷涂"),
    ],
)
def test_manual_air_spraying_fails(coating, desk, text, seen):
    dossier = desk.dossier("静电喷涂", text, "人工喷漆")
    assert coating.findings("VOC-103", dossier) == (
        coating.finding(
            "VOC-103",
            "A级涂装企业使用人工空气喷涂",
            Severity.REVIEW,
            dossier.paragraphs[1].at,
            f"提到“{seen}”",
            "核对喷涂方式；A级企业改用静电、自动、无气或高流量低压喷涂",
            ["G340:工业涂装"],
        ),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("不再保留任何的人工喷涂", False),
        ("不再保留任何形式的人工喷涂", True),
        ("设备不停，采用人工喷涂", True),
        pytest.param(*("大件不用人工喷涂，小件补漆用人工喷涂", True)),
    ],
)
def test_manual_air_spraying_boundary(coating, desk, text, found):
    """A negation counts within six characters and one clause."""
    outcome = coating.outcome("VOC-103", desk.dossier(text))
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_manual_air_spraying_cannot_judge(bench, desk):
    """It is for coaters who declare A; everybody else, and whoever is not known, is out of its reach."""
    dossier = desk.dossier("人工喷涂")
    for branch, grade in (
        ("industrial_coating", Grade.B),
        ("industrial_coating", None),
        ("packaging_printing", Grade.A),
        ("", Grade.A),
    ):
        judge = bench.judge(duibiao_coating_vocs, branch, grade)
        assert judge.status("VOC-103", dossier) == (
            Status.NOT_APPLICABLE,
            "不是申报A级的涂装类企业",
        )


@pytest.mark.parametrize(
    "branch", ["industrial_coating", "furniture", "vehicle", "construction_machinery"]
)
def test_manual_air_spraying_applies_to_every_coater(bench, desk, branch):
    judge = bench.judge(duibiao_coating_vocs, branch, Grade.A)
    assert len(judge.findings("VOC-103", desk.dossier("人工喷涂"))) == 1


# -------------------------------------------------------------------- VOC-104 materials_not_proved


def unproved(coating, at, message):
    return coating.finding(
        "VOC-104",
        "涉VOCs原辅材料没有质量检测报告等证明",
        Severity.ERROR,
        at,
        message,
        "附涂料、油墨、胶粘剂的质量检测报告和合格证",
        ["SMX2022:附件4 五、2.4"],
    )


@pytest.mark.parametrize("parts", [{"tables": 1}, {"pictures": 1}])
def test_materials_not_proved_passes(coating, desk, parts):
    dossier = desk.dossier(sections=(desk.section("五.2.4", **parts),))
    assert coating.status("VOC-104", dossier) == PASSED


def test_materials_not_proved_fails(coating, desk):
    parent = desk.section("五.2")
    missing = "没有“2.4 原辅材料”的证明材料"
    dossier = desk.dossier(sections=(parent,))
    assert coating.findings("VOC-104", dossier) == (unproved(coating, parent.at, missing),)
    empty = desk.dossier()
    assert coating.findings("VOC-104", empty) == (unproved(coating, empty.at, missing),)


@pytest.mark.parametrize(
    "parts", [{}, {"characters": 200}, {"not_applicable": True, "pictures": 1}]
)
def test_materials_not_proved_boundary(coating, desk, parts):
    """Words alone prove nothing, and neither does a picture where the section says that it does not apply."""
    section = desk.section("五.2.4", **parts)
    assert coating.findings("VOC-104", desk.dossier(sections=(section,))) == (
        unproved(coating, section.at, "“原辅材料”没有证明材料"),
    )


def test_materials_not_proved_cannot_judge(bench, desk):
    """There is nothing that it could not judge, and no branch that it leaves out."""
    for branch in ("packaging_printing", "ink_manufacture", "vehicle"):
        judge = bench.judge(duibiao_coating_vocs, branch)
        assert len(judge.findings("VOC-104", desk.dossier())) == 1
