"""数量核对: totals against their rows, shares and counts against the tables they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from duibiao.law.common import Code
from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.enterprise import ProductLine
from duibiao.model.evidence import Machine, Vehicle, VehicleShare
from duibiao.model.location import Text
from duibiao.model.quantities import Measure
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import clean_transport_share, common_scales, indicator_row, plain

ROUNDING = Decimal("0.01")
"""Relative difference up to which a written total counts as its rows' sum (rounding)."""

_SUMS = ("合计", "总计", "小计")


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
        yield from _claims_that_differ(dossier, law)
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
        lacking = "排放阶段统计表" if transport.vehicles else "运输车辆电子台账"
        yield CannotJudge(dossier.at, f"缺少{lacking}，无法对照")
        return
    listed = [law.common.stage(v.stage.value) if v.stage else None for v in transport.vehicles]
    counted: dict[Code, list[VehicleShare]] = {}
    unknown = False
    for share in transport.shares:
        if plain(share.stage.value) in _SUMS:
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


@rule("DB-614", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.17")
def share_wrong(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """2.17统计表的占比与同表的运输量、车辆数算出的不符。

    为什么：2.17须说明各种方式、各排放阶段所占比例，占比由同一张表的数量算出。

    通过：14辆中9辆为新能源，占比写64.3%。

    不通过：14辆中9辆为新能源，占比写84.3%。
    """
    transport = dossier.evidence.transport
    tables = {
        "运输方式": [(row.mode, row.amount, row.share) for row in transport.modes],
        "排放阶段": [(row.stage, row.count, row.share) for row in transport.shares],
    }
    if not any(tables.values()):
        yield NotApplicable("2.17没有运输方式、排放阶段统计表")
    for name, table in tables.items():
        rows = [row for row in table if plain(row[0].value) not in ("", *_SUMS)]
        amounts = [amount for _, amount, _ in rows if amount and amount.value.is_number]
        scales = common_scales([amount.value for amount in amounts])
        if not rows or len(amounts) < len(rows) or scales is None:
            if rows:
                yield CannotJudge(rows[0][0].at, f"{name}统计表的数量缺失或单位不同，无法核对占比")
            continue
        parts = [_number(amount) * scale for amount, scale in zip(amounts, scales, strict=True)]
        whole = sum(parts, Decimal(0))
        for (kind, amount, share), part in zip(rows, parts, strict=True):
            if not whole or share is None or share.value.high is None:
                continue
            computed = 100 * part / whole
            if abs(share.value.high - computed) > Decimal("0.5"):
                yield Problem(
                    share.at,
                    f"{kind.value}的占比为{share.value}，按同表数量计算为{computed:.1f}%",
                    "重新计算占比",
                    also=(amount.at,) if amount else (),
                )


@rule("DB-615", severity=Severity.ERROR, cites=("SMX2022:附件4 四、3.4", "SMX2022:附件4 五、2.18"))
def vehicle_numbers_in_words_differ(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """第四部分所写的车辆、机械数量与台账不符。

    为什么：3.4须写明汽油、柴油、燃气、新能源车辆的数量，应由2.18的电子台账和2.17的机械表汇总得出。

    通过：文中写新能源车辆9辆，台账中有9辆。

    不通过：文中写登记运输车辆14辆，台账只有12辆。
    """
    transport = dossier.evidence.transport
    fuels = [_fuel(vehicle) for vehicle in transport.vehicles]
    counted = {
        "运输车辆": len(fuels),
        "新能源车辆": fuels.count("新能源"),
        "燃气车辆": fuels.count("燃气"),
        "柴油车辆": fuels.count("柴油"),
        "汽油车辆": fuels.count("汽油"),
        "非道路移动机械": len(transport.machines),
    }
    if "" in fuels:  # a fuel that is not told leaves only their sum
        counted = {kind: counted[kind] for kind in ("运输车辆", "非道路移动机械")}
    told = [
        (text, kind, int(match[1]))
        for text in dossier.production.transport_text
        for kind in counted
        for match in re.finditer(rf"{kind}(?:共|为|有|数量为?|:)*(\d+)[辆台]", plain(text.value))
    ]
    if not told:
        yield NotApplicable("3.4没有写车辆、机械的数量")
    for text, kind, number in told:
        is_machine = kind == "非道路移动机械"
        listed: Sequence[Machine | Vehicle] = (
            transport.machines if is_machine else transport.vehicles
        )
        if listed and number != counted[kind]:
            where = "2.17的机械表" if is_machine else "2.18的电子台账"
            yield Problem(
                text.at,
                f"文中写{kind}{number}{'台' if is_machine else '辆'}，{where}为{counted[kind]}",
                "按台账重新统计，改正有误的一处",
                also=(listed[0].at,),
            )


def _fuel(vehicle: Vehicle) -> str:
    """The fuel of a vehicle as 3.4 counts it, or "" where that cannot be told."""
    stage = plain(vehicle.stage.value) if vehicle.stage else ""
    fuel = plain(vehicle.fuel.value) if vehicle.fuel else ""
    if re.search("新能源|电动|^电", stage) or re.fullmatch(
        "电|电力|纯电动?|电动|新能源|氢.*", fuel
    ):
        return "新能源"
    kinds = {"燃气": "天然气|燃气|CNG|LNG|LPG", "柴油": "柴油", "汽油": "汽油"}
    found = [kind for kind, words in kinds.items() if re.search(words, fuel)]
    return found[0] if len(found) == 1 and "混" not in fuel else ""


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


def _claims_that_differ(dossier: Dossier, law: LawInForce) -> Iterator[Problem]:
    """Compare the shares that parts four and five claim with each other, where the table does not give one."""
    row = indicator_row(dossier, "运输方式", law.common)
    stated = [row.status] if row and row.status else []
    claims = [*_shares_in(stated), *_clean_shares(dossier)]
    for text, share in claims[1:]:
        elsewhere, first = claims[0]
        if abs(share - first) > Decimal("0.5"):
            yield Problem(
                text.at,
                f"清洁运输比例此处为{share}%，另一处为{first}%",
                "核对运输量和运输方式，各处改为一致",
                also=(elsewhere.at,),
            )


def _clean_shares(dossier: Dossier) -> Iterator[tuple[Text, Decimal]]:
    """The clean-transport shares that the text of 四、3.4 and 2.17 claims."""
    texts = (*dossier.production.transport_text, *dossier.evidence.transport.text)
    yield from _shares_in(texts)


def _shares_in(texts: Iterable[Text]) -> Iterator[tuple[Text, Decimal]]:
    for text in texts:
        for match in re.finditer(
            r"清洁(?:方式)?运输(?:比例|占比)(?:已?达到?了?|约?为|是|:)?约?(\d+(?:\.\d+)?)\s*%",
            plain(text.value),
        ):
            yield text, Decimal(match[1])
