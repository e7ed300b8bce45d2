"""The rules of the coating and VOCs plugin, each passing, failing, at its edge and where it cannot judge."""

from dataclasses import replace

import pytest

import duibiao_coating_vocs
from duibiao.model.dossier import Unread
from duibiao.model.emissions import FacilityKind
from duibiao.model.evidence import Evidence
from duibiao.model.grades import Grade
from duibiao.model.location import Location
from duibiao.rules import CannotJudge, Severity
from duibiao.rules.engine import Status

PASSED = (Status.PASSED, "")


@pytest.fixture
def printing(bench):
    return bench.judge(duibiao_coating_vocs.plugin, "packaging_printing", Grade.A)


@pytest.fixture
def coating(bench):
    return bench.judge(duibiao_coating_vocs.plugin, "industrial_coating", Grade.A)


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


def test_vocs_without_facility_knows_both_measures(coating, desk):
    (only,) = coating.findings("VOC-101", desk.dossier(outlets=(desk.outlet("烘干", "TVOC"),)))
    assert only.message == "有VOCs排放口，2.13.4没有列VOCs治理设施"


def test_vocs_without_facility_cannot_judge(coating, desk):
    for outlets in ((), (desk.outlet("打磨", "颗粒物"), desk.outlet("喷涂", None))):
        dossier = desk.dossier(outlets=outlets)
        reason = "第四部分没有列VOCs排放口；涉VOCs行业请人工核实是否漏列"
        assert coating.unjudged("VOC-101", dossier) == (CannotJudge(dossier.at, reason),)


def test_vocs_facilities_may_stand_in_what_is_unread(coating, desk):
    dossier = desk.dossier(outlets=(desk.outlet("喷涂", "NMHC"),))
    unread = Unread(Location("测试.docx", "五.2.13.4"), "一个表格", "表头对不上")
    dossier = replace(dossier, unread=(unread,))
    reason = "2.13有没有读懂的内容，不知道VOCs治理设施是否列在其中"
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
    coating = bench.judge(duibiao_coating_vocs.plugin, "industrial_coating", grade)
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
    none = treating(desk)
    assert coating.unjudged("VOC-102", none) == (
        CannotJudge(none.at, "没有VOCs治理设施表，无法核对去除效率"),
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
        judge = bench.judge(duibiao_coating_vocs.plugin, branch, grade)
        assert judge.status("VOC-102", treating(desk, "80")) == unknown
    for change in ({"subject": "收集效率"}, {"figure": None}):
        rows = tuple(replace(row, **change) for row in coating.law.requirements)
        other = replace(coating, law=replace(coating.law, requirements=rows))
        assert other.status("VOC-102", treating(desk, "80")) == unknown


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
        judge = bench.judge(duibiao_coating_vocs.plugin, branch, grade)
        assert judge.status("VOC-103", dossier) == (
            Status.NOT_APPLICABLE,
            "不是申报A级的涂装类企业",
        )


@pytest.mark.parametrize(
    "branch", ["industrial_coating", "furniture", "vehicle", "construction_machinery"]
)
def test_manual_air_spraying_applies_to_every_coater(bench, desk, branch):
    judge = bench.judge(duibiao_coating_vocs.plugin, branch, Grade.A)
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
        judge = bench.judge(duibiao_coating_vocs.plugin, branch)
        assert len(judge.findings("VOC-104", desk.dossier())) == 1


# ------------------------------------------------------ VOC-105 low_voc_ink_share_below_guide


def inks(desk, *steps, unit="吨", **used):
    """Return a dossier of a printer with some inks of so many tonnes a year."""
    materials = tuple(
        replace(desk.material(name), unit=desk.text(unit), used=desk.measure(amount))
        for name, amount in used.items()
    )
    outlets = tuple(desk.outlet(step, "非甲烷总烃") for step in steps)
    return desk.dossier(outlets=outlets, materials=materials)


def test_low_voc_ink_share_below_guide_passes(printing, desk):
    dossier = inks(desk, "凹版印刷", 水性油墨="30", UV油墨="10", 溶剂型油墨="60")
    assert printing.status("VOC-105", dossier) == PASSED


def test_low_voc_ink_share_below_guide_fails(printing, desk):
    dossier = inks(desk, "1#凹版印刷机", "烘干", 水性油墨="20", 溶剂型油墨="80")
    assert printing.findings("VOC-105", dossier) == (
        printing.finding(
            "VOC-105",
            "低VOCs油墨的占比低于申报等级的要求",
            Severity.ERROR,
            dossier.production.materials[0].at,
            "水性、能量固化油墨占20.0%，要求≥30%"
            "（凹版印刷（非吸收性承印物）符合要求的水性油墨与能量固化油墨合计占比≥30%）",
            "核对油墨用量和检测报告；确实不够的，改用低VOCs油墨，或按能达到的等级申报",
            ["XC:原辅材料"],
            grounds=printing.row("VO-2.03-SHARE"),
        ),
    )


@pytest.mark.parametrize(
    ("step", "low", "found"),
    [("凹印", "30", False), ("凹印", "29.9", True), ("柔印", "60", False), ("丝印", "59", True)],
)
def test_low_voc_ink_share_below_guide_boundary(printing, desk, step, low, found):
    """The mildest demand on a printing process decides, since the substrate is not known."""
    rest = str(100 - float(low))
    dossier = inks(desk, step, 水性油墨=low, 溶剂型油墨=rest)
    outcome = printing.outcome("VOC-105", dossier)
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_low_voc_ink_share_below_guide_cannot_judge(printing, coating, desk):
    for dossier, reason in (
        (
            inks(desk, "凹印", "柔印", 水性油墨="1"),
            "有几种印刷工艺，或没有写印刷工艺，无法计算油墨占比",
        ),
        (inks(desk, "复合", 水性油墨="1"), "有几种印刷工艺，或没有写印刷工艺，无法计算油墨占比"),
        (inks(desk, "凹印", 稀释剂="1"), "没有列油墨的用量，无法计算油墨占比"),
        (inks(desk, "凹印", 油墨="1", 水性油墨="1"), "油墨的类型或用量不明，无法计算占比"),
        (inks(desk, "凹印", unit="桶", 水性油墨="1"), "油墨的类型或用量不明，无法计算占比"),
    ):
        (only,) = printing.unjudged("VOC-105", dossier)
        assert only.reason == reason
    reason = "没有查到该行业、该等级的油墨占比要求"
    assert coating.status("VOC-105", inks(desk, "喷涂")) == (Status.NOT_APPLICABLE, reason)


# ------------------------------------------------------------ VOC-106 voc_material_not_closed


def kept(desk, name, storage):
    return replace(desk.material(name), storage=desk.maybe(storage))


@pytest.mark.parametrize("storage", ["密闭桶装，专用库房", "密封容器", "封闭仓库"])
def test_voc_material_not_closed_passes(coating, desk, storage):
    dossier = desk.dossier(materials=(kept(desk, "水性涂料", storage), kept(desk, "钢板", "露天")))
    assert coating.status("VOC-106", dossier) == PASSED


def test_voc_material_not_closed_fails(coating, desk):
    sound, poor = kept(desk, "面漆", "密闭桶装"), kept(desk, "稀释剂", "敞口槽")
    assert coating.findings("VOC-106", desk.dossier(materials=(sound, poor))) == (
        coating.finding(
            "VOC-106",
            "涉VOCs物料没有密闭储存",
            Severity.REVIEW,
            poor.storage.at,
            "稀释剂的储存方式为“敞口槽”",
            "改为密闭容器并入密闭储库，或写明密闭措施",
            ["G340:工业涂装"],
            grounds=coating.row("VO-3.14"),
        ),
    )


@pytest.mark.parametrize(
    ("name", "storage", "found"),
    [("固化剂", "仓库", True), ("胶粘剂", "桶装", False), ("焊丝", "货架", False)],
)
def test_voc_material_not_closed_boundary(coating, desk, name, storage, found):
    dossier = desk.dossier(materials=(kept(desk, "面漆", "密闭"), kept(desk, name, storage)))
    outcome = coating.outcome("VOC-106", dossier)
    assert outcome.status is (Status.FOUND if found else Status.PASSED)


def test_voc_material_not_closed_cannot_judge(coating, printing, desk):
    dossier = desk.dossier(materials=(kept(desk, "面漆", None),))
    assert coating.unjudged("VOC-106", dossier) == (
        CannotJudge(dossier.at, "没有列涉VOCs物料的储存方式"),
    )
    reason = "没有查到该行业、该等级的VOCs物料储存要求"
    assert printing.status("VOC-106", dossier) == (Status.NOT_APPLICABLE, reason)
