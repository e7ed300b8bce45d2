"""VOCs治理: what coating and printing need beyond what every industry needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import FacilityKind
from duibiao.rules import CannotJudge, NotApplicable, Problem, Severity, Yield, rule

COATING = ("industrial_coating", "furniture", "vehicle", "construction_machinery")
"""Branches that coat workpieces."""

_SOLVENT_BORNE = re.compile(r"溶剂型|油性漆|油漆|稀释剂|香蕉水|天那水|聚氨酯漆|硝基漆")
_MANUAL = re.compile(r"(?:人工|手工|手动)(?:空气)?喷(?:涂|漆)|空气喷涂")
_NEGATED = re.compile(r"(?:不|未|无|禁止|取消|杜绝)[^，。；]{0,6}$")


@rule("VOC-101", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.13.4")
def vocs_without_facility(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """有VOCs排放口，而没有VOCs治理设施。

    为什么：涉VOCs行业的治理设施是污染治理技术指标的核心，须逐台列表并附照片。

    通过：列有非甲烷总烃或TVOC的排放口，2.13.4都列有治理设施。

    不通过：第四部分有非甲烷总烃排放口，2.13.4是空的。
    """
    emitting = [
        row
        for row in dossier.outlets
        if row.pollutant is not None
        and (found := law.common.pollutant(row.pollutant.value)) is not None
        and found.key in ("NMHC", "TVOC")
    ]
    if not emitting:
        yield CannotJudge(dossier.at, "第四部分没有列VOCs排放口；涉VOCs行业请人工核实是否漏列")
    elif not any(
        table.kind is FacilityKind.VOCS and table.rows for table in dossier.evidence.facilities
    ):
        if dossier.is_unread("五.2.13"):
            yield CannotJudge(dossier.at, "2.13有没有读懂的内容，不知道VOCs治理设施是否列在其中")
            return
        section = dossier.section("五.2.13.4")
        yield Problem(
            section.at if section else dossier.at,
            "有VOCs排放口，2.13.4没有列VOCs治理设施",
            "补充VOCs治理设施一览表和照片",
            also=(emitting[0].at,),
        )


@rule("VOC-102", severity=Severity.ERROR, cites="G340:工业涂装")
def removal_efficiency_below_guide(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """使用溶剂型涂料而VOCs去除效率低于申报等级的要求。

    为什么：溶剂型涂料的调漆、喷涂、流平、烘干、清洗废气须高效治理；效率要求凭记忆收录，因此只提示核实。

    通过：A级去除效率不低于95%，B级不低于85%。

    不通过：申报A级，使用溶剂型涂料，去除效率92%。
    """
    wanted = [
        row
        for row in (law.requirements_of("污染治理技术", law.grade) if law.grade else ())
        if row.subject == "removal_efficiency" and row.figure is not None
    ]
    if not wanted:
        yield NotApplicable("没有查到该行业、该等级的去除效率要求")
        return
    names = [*dossier.production.materials]
    if not names:
        yield CannotJudge(dossier.at, "没有原辅材料表，不知道是否使用溶剂型涂料")
        return
    if not any(_SOLVENT_BORNE.search(material.name.value) for material in names):
        yield NotApplicable("原辅材料中没有溶剂型涂料")
        return
    facilities = [
        row
        for table in dossier.evidence.facilities
        if table.kind is FacilityKind.VOCS
        for row in table.rows
    ]
    if not facilities:
        yield CannotJudge(dossier.at, "没有VOCs治理设施表，无法核对去除效率")
    for row in facilities:
        efficiency = row.efficiency.value.low if row.efficiency else None
        if row.efficiency is None or efficiency is None:
            yield CannotJudge(row.at, "没有写去除效率")
            continue
        for requirement in wanted:
            assert requirement.figure is not None
            if not requirement.figure.holds(efficiency):
                yield Problem(
                    row.efficiency.at,
                    f"去除效率{row.efficiency.value}，要求{requirement.figure}",
                    "核对监测报告；确实达不到的，改造治理设施，或改用水性、粉末等低VOCs涂料",
                    grounds=requirement.provenance,
                )


@rule("VOC-103", severity=Severity.REVIEW, cites="G340:工业涂装")
def manual_air_spraying(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """A级涂装企业使用人工空气喷涂。

    为什么：A级涂装企业应采用静电、自动、无气或高流量低压喷涂，不用人工空气喷涂（凭记忆收录，须核实）。

    通过：自动喷涂、静电喷涂、机器人喷涂。

    不通过：写“人工喷涂”。
    """
    if (
        law.branch is None
        or law.branch.key not in COATING
        or law.grade is None
        or law.grade.value != "A"
    ):
        yield NotApplicable("不是申报A级的涂装类企业")
        return
    for text in dossier.paragraphs:
        for match in _MANUAL.finditer(text.value):
            if not _NEGATED.search(text.value[: match.start()]):
                yield Problem(
                    text.at,
                    f"提到“{match.group()}”",
                    "核对喷涂方式；A级企业改用静电、自动、无气或高流量低压喷涂",
                )
                return


@rule("VOC-104", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.4")
def materials_not_proved(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """涉VOCs原辅材料没有质量检测报告等证明。

    为什么：涂料、油墨、胶粘剂的VOCs含量是原辅材料指标的内容，须附质量检测报告、合格证等资料。

    通过：2.4列有检测报告或附有图片。

    不通过：2.4写不涉及，或没有这一节。
    """
    section = dossier.section("五.2.4")
    if section is None:
        parent = dossier.section("五.2")
        yield Problem(
            parent.at if parent else dossier.at,
            "没有“2.4 原辅材料”的证明材料",
            "附涂料、油墨、胶粘剂的质量检测报告和合格证",
        )
    elif section.not_applicable or not (section.tables or section.pictures):
        yield Problem(
            section.at, "“原辅材料”没有证明材料", "附涂料、油墨、胶粘剂的质量检测报告和合格证"
        )
