"""燃料与物料: fuels that a grade rules out, and how dusty materials are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.rules import CannotJudge, NotApplicable, Problem, Severity, Yield, rule, stored_openly

_DIRTY = re.compile("煤(?!气|层气|制气)|焦炭|石油焦|重油|渣油|生物质|木柴|兰炭")


@rule("GEN-104", severity=Severity.REVIEW, cites="G21")
def fuel_not_clean(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """锅炉、炉窑申报A级、B级而使用煤、重油等燃料。

    为什么：A级、B级锅炉、炉窑优先使用电、天然气（凭记忆收录，须核实）。

    通过：燃料为天然气、电。

    不通过：申报A级，燃料表列有烟煤。
    """
    wanted = law.requirements_of("能源（燃料）类型", law.grade) if law.grade else ()
    if not wanted:
        yield NotApplicable("没有查到该分组、该等级的燃料要求")
        return
    fuels = [
        material
        for material in dossier.production.materials
        if material.kind is not None and re.search("燃料|能源", material.kind.value)
    ]
    listed = [*fuels, *dossier.production.energies]
    if not listed:
        yield CannotJudge(dossier.at, "没有列燃料和能源")
    for material in listed:
        if _DIRTY.search(material.name.value):
            yield Problem(
                material.at,
                f"使用{material.name.value}，要求“{wanted[0].text}”",
                "对照技术指南核对；改用电、天然气，或按能达到的等级申报",
                grounds=wanted[0].provenance,
            )


@rule("GEN-105", severity=Severity.REVIEW, cites="G21")
def dusty_material_stored_openly(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """涉PM企业的物料露天或敞开堆放。

    为什么：粉状物料入封闭料仓，粒状、块状物料入封闭料棚并抑尘（凭记忆收录，须核实）。

    通过：封闭料棚、封闭料仓，或袋装入半封闭料棚。

    不通过：石料露天堆放，防尘网苫盖。
    """
    wanted = [
        row
        for row in (law.requirements_of("无组织管控", law.grade) if law.grade else ())
        if row.process == "物料储存" and "料仓" in row.text
    ]
    if not wanted:
        yield NotApplicable("没有查到该分组、该等级的物料储存要求")
        return
    todo = "改为封闭料仓或封闭料棚，并写明抑尘措施"
    yield from stored_openly(dossier, wanted[0].provenance, todo, half_closed=False)
