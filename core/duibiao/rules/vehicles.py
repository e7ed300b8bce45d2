"""车辆台账: the electronic ledger of vehicles is complete and its numbers are real (2.18)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Vehicle
from duibiao.model.location import Text
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import (
    filled,
    plain,
)

_NO_LEDGER = "没有运输车辆电子台账可查"
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
)
_SIGNS_OF_OTHERS = 7
_ELECTRIC = "D"
_BURNT = re.compile(".*(?:柴油|汽油|天然气|燃气|CNG|LNG|LPG)")
"""Fuels of vehicles that have ordinary plates; a hybrid is none of them."""


@rule("DB-601", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.18")
def vin_invalid(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """车辆识别代号（VIN）无效。

    为什么：VIN共17位，不含I、O、Q，第9位是校验位；校验不过说明抄错，无法在平台上核对车辆。

    通过：17位，字符和校验位都正确。

    不通过：只有16位，或校验位不对。
    """
    from vininfo import Vin
    from vininfo.exceptions import ValidationError

    vehicles = [vehicle for vehicle in dossier.evidence.transport.vehicles if filled(vehicle.vin)]
    if not vehicles:
        yield CannotJudge(dossier.at, _NO_LEDGER)
    for vehicle in vehicles:
        assert vehicle.vin is not None
        code = plain(vehicle.vin.value).upper()
        try:
            valid = Vin(code).verify_checksum(check_year=False)
            fault = "校验位不对"
        except ValidationError:
            valid = False
            fault = f"为{len(code)}位，应为17位" if len(code) != 17 else "含有不允许的字符"
        if not valid:
            yield Problem(
                vehicle.vin.at, f"{_plate(vehicle)}的VIN“{code}”{fault}", "对照行驶证改正"
            )


@rule("DB-603", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.18")
def plate_malformed(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """车牌号格式不对。

    为什么：电子台账须写明车牌号，格式不对无法核对车辆。

    通过：省份简称加字母，后接5位（新能源6位）。

    不通过：少一位，或含有字母I、O。
    """
    vehicles = [vehicle for vehicle in dossier.evidence.transport.vehicles if filled(vehicle.plate)]
    if not vehicles:
        yield CannotJudge(dossier.at, _NO_LEDGER)
    for vehicle in vehicles:
        assert vehicle.plate is not None
        if not _PLATE.fullmatch(_sign(vehicle.plate)):
            yield Problem(
                vehicle.plate.at, f"车牌号“{vehicle.plate.value}”格式不对", "对照行驶证改正"
            )


@rule("DB-604", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.18")
def vehicle_listed_twice(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """电子台账中车牌号或VIN重复。

    为什么：一车重复登记会使各排放阶段的比例失真。

    通过：每个车牌号、每个VIN只出现一次。

    不通过：两行写同一个VIN。
    """
    vehicles = dossier.evidence.transport.vehicles
    if not vehicles:
        yield CannotJudge(dossier.at, _NO_LEDGER)
        return
    for name, fields in (
        ("车牌号", [v.plate for v in vehicles if v.plate and filled(v.plate)]),
        ("VIN", [v.vin for v in vehicles if v.vin and filled(v.vin)]),
    ):
        counted = Counter(map(_sign, fields))
        for value, count in counted.items():
            if count > 1:
                places = [text.at for text in fields if _sign(text) == value]
                yield Problem(
                    places[1],
                    f"{name}“{value}”出现{count}次",
                    "核对行驶证，删去重复的一行",
                    also=(places[0],),
                )


@rule(
    "DB-607",
    severity=Severity.WARNING,
    cites=("SMX2022:附件4 五、2.16.2（8）", "SMX2022:附件4 五、2.18"),
)
def ledger_vehicle_unknown(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """企业运输台账中的车辆不在电子台账里。

    为什么：进出厂车辆都应在电子台账中登记，否则排放阶段无从核对。

    通过：运输台账的车牌号都能在电子台账中找到。

    不通过：运输台账有一辆车，电子台账没有。
    """
    known = {_sign(v.plate) for v in dossier.evidence.transport.vehicles if v.plate}
    plates = [
        row[column]
        for ledger in dossier.evidence.ledgers
        if ledger.kind == 8
        for column, header in enumerate(ledger.header)
        if re.search(r"车牌|号牌", header)
        for row in ledger.rows
        if column < len(row)
    ]
    if not known or not plates:
        yield CannotJudge(dossier.at, "缺少企业运输台账或电子台账的车牌号，无法对照")
        return
    for plate in plates:
        if _sign(plate) and _sign(plate) not in known:
            yield Problem(
                plate.at, f"运输台账中的“{plate.value}”不在电子台账里", "在电子台账中登记该车"
            )


@rule("DB-608", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.18")
def ledger_column_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """电子台账缺少规定的内容。

    为什么：电子台账须包括车牌号、VIN号、发动机号、排放阶段、随车清单和行驶证等信息。

    通过：每辆车各项齐全。

    不通过：没有发动机号一列，或有一辆车没有填。
    """
    vehicles = dossier.evidence.transport.vehicles
    if not vehicles:
        yield CannotJudge(dossier.at, _NO_LEDGER)
        return
    fields: tuple[tuple[str, Callable[[Vehicle], Text | None]], ...] = (
        ("车牌号", lambda vehicle: vehicle.plate),
        ("VIN号", lambda vehicle: vehicle.vin),
        ("发动机号", lambda vehicle: vehicle.engine),
        ("排放阶段", lambda vehicle: vehicle.stage),
        ("随车清单、行驶证", lambda vehicle: vehicle.papers),
    )
    for name, read in fields:
        if all(read(vehicle) is None for vehicle in vehicles):
            yield Problem(vehicles[0].at, f"电子台账没有“{name}”一列", f"补充{name}")
            continue
        for vehicle in vehicles:
            if not filled(read(vehicle)):
                yield Problem(vehicle.at, f"{_plate(vehicle)}没有填写{name}", f"补充{name}")


@rule("DB-609", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.18")
def stage_unknown(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """排放阶段的写法无法识别。

    为什么：排放阶段决定车辆在预警期间能否使用，须写国几或新能源。

    通过：国五、国六、新能源（纯电动）等。

    不通过：写“达标”；机械的排放阶段空白（车辆的空白见DB-608）。
    """
    fields = [
        *((_plate(vehicle), vehicle.stage) for vehicle in dossier.evidence.transport.vehicles),
        *(
            (machine.name.value if machine.name else "该机械", machine.stage)
            for machine in dossier.evidence.transport.machines
        ),
    ]
    if not fields:
        yield CannotJudge(dossier.at, "没有车辆和机械的排放阶段可查")
    for machine in dossier.evidence.transport.machines:
        if machine.stage is not None and not filled(machine.stage):
            name = machine.name.value if machine.name else "该机械"
            yield Problem(machine.stage.at, f"{name}没有写明排放阶段", "写明国几，或新能源种类")
    for name, text in fields:
        if text is not None and filled(text) and law.common.stage(text.value) is None:
            yield Problem(
                text.at, f"{name}的排放阶段“{text.value}”无法识别", "写明国几，或新能源种类"
            )


@rule("DB-616", severity=Severity.REVIEW, cites="SMX2022:附件4 五、2.18")
def plate_not_of_the_fuel(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """车牌号与燃料、排放阶段不符。

    为什么：新能源车辆的号牌比普通号牌多一位（共8位），二者不符，必有一处填错；号牌规则凭一般知识，因此请人核实。

    通过：纯电动车辆为豫M12345D，柴油车辆为豫M8A271。

    不通过：豫M8A271的排放阶段写“新能源（纯电动）”。
    """
    vehicles = [vehicle for vehicle in dossier.evidence.transport.vehicles if filled(vehicle.plate)]
    if not vehicles:
        yield CannotJudge(dossier.at, _NO_LEDGER)
    for vehicle in vehicles:
        assert vehicle.plate is not None
        sign = _sign(vehicle.plate)
        stage = law.common.stage(vehicle.stage.value) if vehicle.stage else None
        fuel = plain(vehicle.fuel.value) if vehicle.fuel else ""
        if stage is None or not _PLATE.fullmatch(sign):
            continue
        is_electric = stage.code == _ELECTRIC
        burns = stage.code.isdecimal() and _BURNT.fullmatch(fuel)
        is_green = len(sign) > _SIGNS_OF_OTHERS and sign[-1].isascii()
        if burns if is_green else is_electric:
            written = vehicle.stage.value if vehicle.stage else ""
            kind = "新能源" if is_green else "普通"
            yield Problem(
                vehicle.plate.at,
                f"{vehicle.plate.value}是{kind}号牌，台账写“{'，'.join(filter(None, (fuel, written)))}”",
                "对照行驶证和随车清单，改正车牌号、燃料或排放阶段",
                also=(vehicle.stage.at,) if vehicle.stage else (),
            )


@rule("DB-617", severity=Severity.REVIEW, cites=("SMX2022:附件4 五、2.17", "M9:21213913286"))
def machine_without_code(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """非道路移动机械没有环保登记编码。

    为什么：在用的台账系统以环保登记编码认定每台机械的排放阶段；该字段取自在用系统，并非标准规定，因此请人核实。

    通过：每台机械都有编码，如4-M240417。

    不通过：编码一栏空白。
    """
    machines = [machine for machine in dossier.evidence.transport.machines if machine.code]
    if not machines:
        yield NotApplicable("没有非道路移动机械的编码一栏")
    for machine in machines:
        assert machine.code is not None
        name = machine.name.value if machine.name else "该机械"
        if not re.search("[0-9A-Z]", _sign(machine.code)):
            yield Problem(
                machine.code.at, f"{name}没有写环保登记编码", "补上编码；尚未登记的，先办理编码登记"
            )


def _sign(text: Text) -> str:
    """A plate or VIN in capitals without spaces, dots and dashes, for comparison."""
    return re.sub(r"[·•・.-]", "", plain(text.value)).upper()


def _plate(vehicle: Vehicle) -> str:
    return vehicle.plate.value if vehicle.plate else "该车"
