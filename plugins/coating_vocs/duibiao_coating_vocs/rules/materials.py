"""原辅材料: the share of low-VOC inks, and how VOC materials are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from duibiao.law import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.enterprise import Material
from duibiao.rules import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import plain

_INK = re.compile("油墨")
_LOW = re.compile(r"水性|水基|能量固化|光固化|辐射固化|UV|EB|LED", re.IGNORECASE)
_SOLVENT = re.compile("溶剂|油性|醇溶|酯溶|苯溶")
_TONNES = {
    unit: Decimal(factor)
    for unit, factor in (("", 1), ("t", 1), ("t/a", 1), ("吨", 1), ("万t", 10_000), ("kg", "0.001"))
}
_VOC_MATERIAL = re.compile("漆|涂料|稀释剂|固化剂|油墨|胶粘剂|胶黏剂|清洗剂|溶剂|润版液")
_CLOSED = re.compile("密闭|密封|封闭|闭口|桶装|专用库|储罐")
_KEPT_CLOSED = "VOCs物料存放于密闭"
"""How the requirement on storage begins."""


@rule("VOC-105", severity=Severity.ERROR, cites="XC:原辅材料")
def low_voc_ink_share_below_guide(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """低VOCs油墨的占比低于申报等级的要求。

    为什么：包装印刷按印刷工艺规定水性、能量固化油墨的最低占比；承印物不明的，按其中最宽的要求判断。

    通过：凹版印刷A级，水性油墨占全部油墨的60%。

    不通过：凹版印刷A级，水性油墨占20%（最宽的要求也要30%）。
    """
    wanted = [
        row
        for row in (law.requirements_of("原辅材料", law.grade) if law.grade else ())
        if row.subject == "low_voc_share" and row.figure is not None and "润版液" not in row.text
    ]
    if not wanted:
        yield NotApplicable("没有查到该行业、该等级的油墨占比要求")
        return
    steps = [row.step.value for row in dossier.outlets if row.step]
    texts = [*steps, *(text.value for text in dossier.production.processes)]
    used = {process.key for text in texts if (process := law.process_named(text))}
    own = [row for row in wanted if used == {row.process}]
    inks = [
        material for material in dossier.production.materials if _INK.search(material.name.value)
    ]
    if not own or not inks:
        reason = "没有列油墨的用量" if own else "有几种印刷工艺，或没有写印刷工艺"
        yield CannotJudge(inks[0].at if inks else dossier.at, f"{reason}，无法计算油墨占比")
        return
    amounts = [(_is_low(ink), _tonnes(ink)) for ink in inks]
    total = sum((amount for _, amount in amounts if amount is not None), Decimal(0))
    if not total or any(low is None or amount is None for low, amount in amounts):
        yield CannotJudge(inks[0].at, "油墨的类型或用量不明，无法计算占比")
        return
    low = sum((amount for is_low, amount in amounts if is_low and amount), Decimal(0))
    share = 100 * low / total
    mildest = min(own, key=lambda row: row.figure.value if row.figure else Decimal(0))
    if mildest.figure and not mildest.figure.holds(share):
        yield Problem(
            inks[0].at,
            f"水性、能量固化油墨占{share:.1f}%，要求{mildest.figure}（{mildest.text}）",
            "核对油墨用量和检测报告；确实不够的，改用低VOCs油墨，或按能达到的等级申报",
            grounds=mildest.provenance,
        )


@rule("VOC-106", severity=Severity.REVIEW, cites="G340:工业涂装")
def voc_material_not_closed(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """涉VOCs物料没有密闭储存。

    为什么：VOCs物料应存放于密闭的容器、包装袋中，并存放于密闭储库（凭记忆收录，须核实）。

    通过：密闭桶装，专用库房。

    不通过：溶剂型涂料的储存方式写“敞口槽”。
    """
    wanted = [
        row
        for row in (law.requirements_of("无组织管控", law.grade) if law.grade else ())
        if row.text.startswith(_KEPT_CLOSED)
    ]
    if not wanted:
        yield NotApplicable("没有查到该行业、该等级的VOCs物料储存要求")
        return
    materials = [
        material
        for material in dossier.production.materials
        if _VOC_MATERIAL.search(material.name.value) and material.storage is not None
    ]
    if not materials:
        yield CannotJudge(dossier.at, "没有列涉VOCs物料的储存方式")
    for material in materials:
        assert material.storage is not None
        if not _CLOSED.search(material.storage.value):
            yield Problem(
                material.storage.at,
                f"{material.name.value}的储存方式为“{material.storage.value}”",
                "改为密闭容器并入密闭储库，或写明密闭措施",
                grounds=wanted[0].provenance,
            )


def _is_low(ink: Material) -> bool | None:
    """Whether an ink is water-based or energy-cured; None where its name does not tell."""
    if _LOW.search(plain(ink.name.value)):
        return True
    return False if _SOLVENT.search(ink.name.value) else None


def _tonnes(ink: Material) -> Decimal | None:
    if ink.used is None or ink.used.value.high is None:
        return None
    unit = ink.used.value.unit or (ink.unit.value if ink.unit else "")
    factor = _TONNES.get(unit)
    return None if factor is None else ink.used.value.high * factor
