"""What is moved and by which vehicles: 四.3.4, 2.17 and 2.18."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from duibiao.model.enterprise import Transport
from duibiao.model.evidence import (
    Gate,
    Machine,
    TransportMode,
    Vehicle,
    VehicleShare,
)
from duibiao.model.location import Located, Text
from duibiao.model.quantities import Measure, parse_quantity, standard_unit
from duibiao.project.compose.desk import Desk, exact, share, written
from duibiao.project.data import Record

_FUELS = {"天然气": "燃气", "柴油": "柴油", "汽油": "汽油"}
_NEW_ENERGY_FUELS = ("电", "氢")
_WHOLE = "100%"


@dataclass(frozen=True, slots=True)
class Haulage:
    """运输统计: what the sheet of transports adds up to.

    Attributes:
        unit: Unit of its amounts as written, "" where there is none.
        amounts: Amount by mode and whether it is clean, in order of first appearance.
        total: Everything moved.
        clean: Share of clean transport in %, one decimal.
    """

    unit: str
    amounts: dict[tuple[str, bool], Decimal]
    total: Decimal
    clean: Decimal


def haulage(desk: Desk) -> Haulage | None:
    """Add up the sheet of transports; None where amounts are missing, no exact numbers or in two units."""
    rows = desk.data.rows("transports")
    unit = _unit(desk)
    amounts: dict[tuple[str, bool], Decimal] = {}
    for row in rows:
        measure = _amount(desk, row, "四.3.4")
        number = exact(measure.value)
        if number is None or measure.value.unit != standard_unit(unit):
            return None
        key = desk.cell(row, "mode", "五.2.17").value, _is_clean(desk, row)
        amounts[key] = amounts.get(key, Decimal()) + number
    total = sum(amounts.values(), Decimal())
    if not total:
        return None
    clean = sum((amount for (_, is_clean), amount in amounts.items() if is_clean), Decimal())
    return Haulage(unit, amounts, total, share(clean, total))


def transports(desk: Desk, moved: Haulage | None) -> tuple[Transport, ...]:
    """Compose the table of 四.3.4 with its total."""
    unit = _unit(desk)
    rows = []
    for row in desk.data.rows("transports"):
        _doubtful(desk, row, unit)
        rows.append(
            Transport(
                desk.placed(row.at, "四.3.4"),
                goods=desk.cell(row, "goods", "四.3.4"),
                direction=desk.cell(row, "direction", "四.3.4"),
                mode=desk.cell(row, "mode", "四.3.4"),
                amount=_amount(desk, row, "四.3.4"),
                clean=desk.cell(row, "clean", "四.3.4"),
            )
        )
    if moved is None:
        return tuple(rows)
    at = desk.home("transports", "四.3.4")
    nothing, total = (
        Located("", at),
        Located(parse_quantity(written(moved.total), standard_unit(unit)), at),
    )
    return (*rows, Transport(at, True, nothing, nothing, nothing, total, nothing))


def transport_text(desk: Desk, moved: Haulage | None) -> tuple[Text, ...]:
    """Compose the sentence of 四.3.4: clean share, vehicles by fuel, machines."""
    parts = [f"经统计，{desk.last_year}清洁方式运输比例为{moved.clean}%。"] if moved else []
    counted = [counts for counts in (_vehicles(desk), _machines(desk)) if counts]
    if counted:
        parts.append(f"{'；'.join(counted)}。")
    return (desk.say("四.3.4", "transports", "".join(parts)),) if parts else ()


def modes(desk: Desk, moved: Haulage | None) -> tuple[TransportMode, ...]:
    """Compose the shares of the modes of transport with their total."""
    if moved is None:
        return ()
    at, unit = desk.home("transports", "五.2.17"), standard_unit(moved.unit)

    def row(mode: str, amount: Decimal, part: str, clean: str) -> TransportMode:
        return TransportMode(
            at,
            Located(mode, at),
            Located(parse_quantity(written(amount), unit), at),
            Located(parse_quantity(part), at),
            Located(clean, at),
        )

    rows = [
        row(mode, amount, f"{share(amount, moved.total)}%", "是" if clean else "否")
        for (mode, clean), amount in moved.amounts.items()
    ]
    return (*rows, row("", moved.total, _WHOLE, f"清洁运输比例{moved.clean}%"))


def shares(desk: Desk) -> tuple[VehicleShare, ...]:
    """Compose the vehicles by emission stage."""
    stages = [desk.cell(row, "stage", "五.2.17").value for row in desk.data.rows("vehicles")]
    at = desk.home("vehicles", "五.2.17")
    whole = Decimal(len(stages))
    return tuple(
        VehicleShare(
            at,
            Located(stage, at),
            Located(parse_quantity(str(count)), at),
            Located(parse_quantity(f"{share(Decimal(count), whole)}%"), at),
        )
        for stage, count in sorted(Counter(stages).items())
    )


def claim(desk: Desk, requirement: str) -> tuple[Text, ...]:
    """Compose the running text of 2.17: what is required, and how the enterprise says it meets it."""
    opening = f"对照绩效指标“{requirement}”，公司运输方式情况如下。"
    said = desk.lines(desk.data.form("transport"), "claim", "五.2.17")
    return (*([desk.say("五.2.17", "indicators", opening)] if requirement else ()), *said)


def machines(desk: Desk) -> tuple[Machine, ...]:
    """Compose the list of non-road machinery."""
    return tuple(
        Machine(
            desk.placed(row.at, "五.2.17"),
            *(desk.cell(row, key, "五.2.17") for key in ("name", "code", "stage")),
        )
        for row in desk.data.rows("machines")
    )


def gates(desk: Desk) -> tuple[Gate, ...]:
    """Compose the list of gates and cameras."""
    keys = ("position", "equipment", "connected", "retention")
    return tuple(
        Gate(desk.placed(row.at, "五.2.18"), *(desk.cell(row, key, "五.2.18") for key in keys))
        for row in desk.data.rows("gates")
    )


def monitoring(desk: Desk) -> tuple[Text, ...]:
    """Compose the running text of 2.18."""
    return desk.lines(desk.data.form("transport"), "monitoring", "五.2.18")


def vehicles(desk: Desk) -> tuple[Vehicle, ...]:
    """Compose the electronic ledger."""
    section = "五.2.18"
    return tuple(
        Vehicle(
            desk.placed(row.at, section),
            plate=desk.code(row, "plate", section),
            kind=desk.cell(row, "kind", section),
            vin=desk.code(row, "vin", section),
            engine=desk.code(row, "engine", section),
            fuel=desk.cell(row, "fuel", section),
            stage=desk.cell(row, "stage", section),
            registered=desk.day(row, "registered", section),
            papers=desk.cell(row, "papers", section),
        )
        for row in desk.data.rows("vehicles")
    )


def _unit(desk: Desk) -> str:
    rows = desk.data.rows("transports")
    return next((unit for row in rows if (unit := desk.cell(row, "unit", "四.3.4").value)), "")


def _amount(desk: Desk, row: Record, section: str) -> Measure:
    """The amount of a row; a unit other than that of the table stands in the cell."""
    text = desk.cell(row, "amount", section)
    own, unit = desk.cell(row, "unit", section).value, _unit(desk)
    bare = parse_quantity(text.value)
    if bare.is_number and not bare.unit and standard_unit(own) != standard_unit(unit):
        return Located(parse_quantity(f"{text.value}{own}"), text.at)
    return Located(parse_quantity(text.value, standard_unit(unit)), text.at)


def _doubtful(desk: Desk, row: Record, unit: str) -> None:
    """Note why a row cannot be added up."""
    measure, own = _amount(desk, row, "四.3.4"), desk.cell(row, "unit", "四.3.4")
    if standard_unit(own.value) != standard_unit(unit):
        desk.misfit(
            own.at,
            f"运输量用了两种单位：“{unit}”和“{own.value}”，合计和占比算不出来",
            f"全表改用“{unit}”，数值随之换算",
        )
    elif exact(measure.value) is None or measure.value.unit != standard_unit(unit):
        desk.misfit(
            measure.at,
            f"运输量“{measure.value}”不是以“{unit}”计的确定数值，合计和占比算不出来",
            "只写一个数，单位写在“单位”一列",
        )


def _is_clean(desk: Desk, row: Record) -> bool:
    return desk.cell(row, "clean", "四.3.4").value == "是"


def _vehicles(desk: Desk) -> str:
    rows = desk.data.rows("vehicles")
    if not rows:
        return ""
    counted = Counter(_fuel(desk, row) for row in rows)
    kinds = ["新能源", *_FUELS.values()]
    told = "、".join(f"{kind}车辆{counted[kind]}辆" for kind in kinds)
    others = [
        f"、{fuel}车辆{count}辆" for fuel, count in counted.items() if fuel not in kinds and fuel
    ]
    return f"公司登记运输车辆{len(rows)}辆，其中{told}{''.join(others)}"


def _fuel(desk: Desk, row: Record) -> str:
    """The fuel as 四.3.4 counts it: new-energy vehicles by their stage, too."""
    fuel, stage = desk.cell(row, "fuel", "四.3.4").value, desk.cell(row, "stage", "四.3.4").value
    if fuel in _NEW_ENERGY_FUELS or stage.startswith("新能源"):
        return "新能源"
    return _FUELS.get(fuel, fuel)


def _machines(desk: Desk) -> str:
    rows = desk.data.rows("machines")
    return f"场内非道路移动机械{len(rows)}台" if rows else ""
