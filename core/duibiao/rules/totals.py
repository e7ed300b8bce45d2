"""数量核对: totals against their rows, shares and counts against the tables they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from duibiao.law.common import Code
from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.enterprise import ProductLine
from duibiao.model.evidence import VehicleShare
from duibiao.model.location import Text
from duibiao.model.quantities import Measure
from duibiao.rules.definition import CannotJudge, Problem, Severity, Yield, rule
from duibiao.rules.support import clean_transport_share, common_scales, plain

ROUNDING = Decimal("0.01")
"""Relative difference up to which a written total counts as its rows' sum (rounding)."""


@rule("DB-307", severity=Severity.ERROR, cites="SMX2022:附件4 四、3.1")
def product_total_wrong(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """产品产能或产量的合计与分项不符。

    为什么：产能、产量分生产线列出，合计须等于各线之和，减排比例以此为基数。

    通过：合计等于各生产线之和（允许四舍五入的差别）。

    不通过：两条线产量4120、2760，合计写5985。
    """
    if not dossier.production.products:
        yield CannotJudge(dossier.at, "没有产品产能及产量表可查")
    for table in dossier.production.products:
        lines: list[ProductLine] = []
        for row in table.rows:
            if not row.is_total:
                lines.append(row)
                continue
            yield from _total("设计产能", row.capacity, [line.capacity for line in lines])
            yield from _total("产量", row.output, [line.output for line in lines])
            lines = []


@rule("DB-308", severity=Severity.WARNING, cites="SMX2022:附件4 四、3.1")
def output_above_capacity(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """实际产量超过设计产能。

    为什么：产量超过产能，可能超出环评批复或排污许可，须说明。

    通过：产量不大于产能。

    不通过：产能10万件/年，产量12万件。
    """
    if not dossier.production.products:
        yield CannotJudge(dossier.at, "没有产品产能及产量表可查")
    for table in dossier.production.products:
        for row in table.rows:
            capacity, output = row.capacity, row.output
            if capacity is None or output is None or row.is_total:
                continue
            if not capacity.value.is_number or not output.value.is_number:
                yield CannotJudge(row.at, "产能或产量不是数字")
                continue
            scales = common_scales((output.value, capacity.value))
            if scales is None:
                yield CannotJudge(row.at, "产能与产量的单位不同，无法比较")
            elif _number(output) * scales[0] > _number(capacity) * scales[1]:
                line = row.line.value if row.line else "该生产线"
                yield Problem(
                    output.at,
                    f"{line}产量{output.value}超过设计产能{capacity.value}",
                    "核对数据；确实超产的，说明原因并附环评、排污许可依据",
                    also=(capacity.at,),
                )


@rule("DB-309", severity=Severity.ERROR, cites="SMX2022:附件4 四、3.4")
def transport_total_wrong(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """运输量的合计与分项不符。

    为什么：清洁运输比例按运输量计算，合计不对，比例就不对。

    通过：合计等于各项之和。

    不通过：各项之和6262吨，合计写6000吨。
    """
    if not dossier.production.transports:
        yield CannotJudge(dossier.at, "没有运输情况表可查")
    parts: list[Measure | None] = []
    for row in dossier.production.transports:
        if row.is_total:
            yield from _total("运输量", row.amount, parts)
            parts = []
        else:
            parts.append(row.amount)


@rule("DB-310", severity=Severity.ERROR, cites=("SMX2022:附件4 四、3.4", "SMX2022:附件4 五、2.17"))
def clean_share_differs_from_table(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """所称清洁运输比例与运输情况表算出的不符。

    为什么：清洁运输比例是运输方式指标的关键数字，须与运输量对得上。

    通过：文中比例与按表计算的比例相差不超过0.5个百分点。

    不通过：按表计算为44.9%，文中写89.0%。
    """
    rows = [row for row in dossier.production.transports if not row.is_total]
    if not rows:
        yield CannotJudge(dossier.at, "没有运输情况表可查")
        return
    computed = clean_transport_share(dossier)
    if computed is None:
        yield CannotJudge(rows[0].at, "运输情况表缺少运输量或“是否清洁运输”，无法计算比例")
        return
    for text, share in _clean_shares(dossier):
        if abs(share - computed) > Decimal("0.5"):
            yield Problem(
                text.at,
                f"文中清洁运输比例为{share}%，按运输情况表计算为{computed:.1f}%",
                "核对运输量和运输方式，改正有误的一处",
                also=(rows[0].at,),
            )


@rule("DB-312", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.17")
def vehicle_counts_differ(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """车辆排放阶段统计与电子台账的车辆对不上。

    为什么：2.17的统计应由2.18的台账汇总得出。

    通过：各排放阶段的车辆数与台账逐辆统计相同。

    不通过：统计国六6辆，台账只有5辆。
    """
    transport = dossier.evidence.transport
    if not transport.shares or not transport.vehicles:
        yield CannotJudge(dossier.at, "缺少排放阶段统计表或运输车辆电子台账，无法对照")
        return
    listed = [law.common.stage(v.stage.value) if v.stage else None for v in transport.vehicles]
    counted: dict[Code, list[VehicleShare]] = {}
    unknown = False
    for share in transport.shares:
        if plain(share.stage.value) in ("合计", "总计", "小计"):
            continue
        stage = law.common.stage(share.stage.value)
        count = share.count.value if share.count else None
        if stage is None:
            unknown = True
            yield CannotJudge(share.at, f"不认识的排放阶段“{share.stage.value}”")
        elif count is None or not (count.is_number or count.is_blank):
            unknown = True
            yield CannotJudge(share.at, f"{share.stage.value}的车辆数不是数字")
        else:
            counted.setdefault(stage, []).append(share)
    for stage, rows in counted.items():
        numbers = [row.count.value.low or 0 for row in rows if row.count]
        if sum(numbers) != listed.count(stage):
            assert rows[0].count is not None
            yield Problem(
                rows[0].count.at,
                f"{rows[0].stage.value if len(rows) == 1 else stage.name}统计为{sum(numbers)}辆，"
                f"电子台账为{listed.count(stage)}辆",
                "按台账重新统计",
                also=(transport.vehicles[0].at,),
            )
    for stage in dict.fromkeys(code for code in listed if code and code not in counted):
        if not unknown:
            yield Problem(
                transport.shares[0].at,
                f"统计表没有{stage.name}，电子台账有{listed.count(stage)}辆",
                "按台账重新统计",
                also=(transport.vehicles[0].at,),
            )


def _total(name: str, total: Measure | None, parts: Iterable[Measure | None]) -> Iterator[Yield]:
    if total is None or total.value.is_blank:
        return
    held = [part for part in parts if part is not None]
    if not total.value.is_number or any(not part.value.is_number for part in held):
        yield CannotJudge(total.at, f"{name}的合计或分项不是数字")
        return
    scales = common_scales([measure.value for measure in (total, *held)])
    if scales is None:
        yield CannotJudge(total.at, f"{name}的合计与分项单位不同，无法相加")
        return
    parts_scaled = zip(held, scales[1:], strict=True)
    added = sum((_number(part) * scale for part, scale in parts_scaled), Decimal(0)) / scales[0]
    if held and abs(added - _number(total)) > abs(added) * ROUNDING:
        yield Problem(
            total.at, f"{name}合计为{total.value}，各项之和为{added}", "核对各项，改正合计"
        )


def _number(measure: Measure | None) -> Decimal:
    assert measure is not None
    assert measure.value.high is not None
    return measure.value.high


def _clean_shares(dossier: Dossier) -> Iterator[tuple[Text, Decimal]]:
    """The clean-transport shares that the text of 四、3.4 and 2.17 claims."""
    for text in (*dossier.production.transport_text, *dossier.evidence.transport.text):
        for match in re.finditer(
            r"清洁(?:方式)?运输(?:比例|占比)(?:已?达到?了?|约?为|是|:)?约?(\d+(?:\.\d+)?)\s*%",
            plain(text.value),
        ):
            yield text, Decimal(match[1])
