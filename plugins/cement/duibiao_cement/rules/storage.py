"""无组织管控: how the materials of a cement works are stored."""

from __future__ import annotations

from collections.abc import Iterator

from duibiao.law import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.rules import NotApplicable, Severity, Yield, rule, stored_openly

STORAGE = ("粉状物料储存", "块状物料储存")
"""Processes of the requirements on storage."""


@rule("CEM-106", severity=Severity.REVIEW, cites="O2")
def material_stored_openly(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """物料露天或敞开堆放。

    为什么：GB 4915修改单要求粉状物料入密闭储仓，块状物料入密闭料仓或封闭料棚；新建企业自2026年4月1日起，现有企业自2028年1月1日起执行，是否已到期由人核实。

    通过：全封闭堆棚、密闭筒仓。

    不通过：石灰石露天堆放，防尘网苫盖。
    """
    wanted = [row for row in law.requirements if row.process in STORAGE]
    if not wanted:
        yield NotApplicable("基准日期时没有物料储存的要求")
        return
    todo = "改为密闭料仓或封闭料棚；尚未到执行期限的，写明改造计划"
    yield from stored_openly(dossier, wanted[0].provenance, todo, half_closed=True)
