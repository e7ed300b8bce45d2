"""运输: vehicles, machinery, clean transport, gates and the electronic ledger (2.17, 2.18)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from duibiao.law.common import Code, CommonLaw
from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Vehicle
from duibiao.model.location import Text
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import (
    clean_transport_share,
    filled,
    form_at,
    indicator_row,
    plain,
)

_NO_LEDGER = "没有运输车辆电子台账可查"
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
)
_NUMERALS = "零一二三四五六"
_AT_LEAST_STAGE = re.compile(r"国([三四五六3-6])(?:及以上|以上|或以上)")
_SHARE = re.compile(r"(?:不低于|不少于|≥|>=|大于等于|达到)(\d+(?:\.\d+)?)%")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


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


@rule("DB-602", severity=Severity.ERROR, cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.17"))
def vehicle_below_required_stage(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """车辆排放阶段低于对标总表所列的要求。

    为什么：运输方式是绩效分级指标之一，台账中有一辆车不满足，该项就不满足。

    通过：台账中每辆车都达到要求的排放阶段，或为新能源车辆。

    不通过：要求国六及以上，台账中有国三车辆。
    """
    transport = dossier.evidence.transport
    required = _required_stage(dossier, law, lambda text: "非道路" not in text)
    if not transport.vehicles or required is None:
        reason = _NO_LEDGER if not transport.vehicles else "对标总表没有写明车辆的排放阶段要求"
        yield CannotJudge(dossier.at, reason)
        return
    text, minimum = required
    for vehicle in transport.vehicles:
        yield from _below(vehicle.stage, _plate(vehicle), text, minimum, law.common)


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
        if not _PLATE.fullmatch(re.sub(r"[·.\s]", "", plain(vehicle.plate.value)).upper()):
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
    for name, read in (
        ("车牌号", lambda vehicle: vehicle.plate),
        ("VIN", lambda vehicle: vehicle.vin),
    ):
        fields = [text for vehicle in vehicles if filled(text := read(vehicle))]
        counted = Counter(plain(text.value).upper() for text in fields)
        for value, count in counted.items():
            if count > 1:
                places = [text.at for text in fields if plain(text.value).upper() == value]
                yield Problem(
                    places[1],
                    f"{name}“{value}”出现{count}次",
                    "核对行驶证，删去重复的一行",
                    also=(places[0],),
                )


@rule("DB-605", severity=Severity.ERROR, cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、1"))
def clean_share_below_requirement(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """清洁运输比例低于对标总表所列的要求。

    为什么：有一项未满足即降级评定。

    通过：企业对标情况所写的比例不低于指标要求。

    不通过：要求不低于80%，企业为44.9%。
    """
    row = indicator_row(dossier, "运输方式", law.common)
    if row is None or row.requirement is None or row.status is None:
        yield CannotJudge(dossier.at, "对标总表没有“运输方式”的要求或对标情况")
        return
    required = next(
        (
            match
            for part in _clauses(row.requirement.value)
            if "清洁" in part and (match := _SHARE.search(part))
        ),
        None,
    )
    if required is None:
        return
    claimed = next(
        (
            match
            for part in _clauses(row.status.value)
            if "清洁" in part and (match := _PERCENT.search(part))
        ),
        None,
    )
    if claimed is None:
        yield CannotJudge(row.status.at, "企业对标情况没有写清洁运输比例")
    elif Decimal(claimed[1]) < Decimal(required[1]):
        evidence = dossier.section("五.2.17")
        yield Problem(
            row.status.at,
            f"清洁运输比例为{claimed[1]}%，要求不低于{required[1]}%",
            "提高铁路、管道、新能源等清洁运输比例后再申报，或按能达到的等级申报",
            also=(evidence.at,) if evidence else (),
        )


@rule("DB-606", severity=Severity.ERROR, cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.17"))
def machine_below_required_stage(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """非道路移动机械排放阶段低于对标总表所列的要求。

    为什么：厂内非道路移动机械也在运输方式指标之内。

    通过：每台机械都达到要求的排放阶段，或为新能源机械。

    不通过：要求国三及以上，有国二叉车。
    """
    machines = dossier.evidence.transport.machines
    required = _required_stage(dossier, law, lambda text: "非道路" in text)
    if not machines or required is None:
        reason = (
            "没有非道路移动机械表可查"
            if not machines
            else "对标总表没有写明非道路移动机械的排放阶段要求"
        )
        yield CannotJudge(dossier.at, reason)
        return
    text, minimum = required
    for machine in machines:
        name = machine.name.value if machine.name else "该机械"
        yield from _below(machine.stage, name, text, minimum, law.common)


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
    known = {plain(v.plate.value).upper() for v in dossier.evidence.transport.vehicles if v.plate}
    plates = [
        row[column]
        for ledger in dossier.evidence.ledgers
        if ledger.kind == 8
        for column, header in enumerate(ledger.header)
        if re.search(r"车牌|号牌", header)
        for row in ledger.rows
    ]
    if not known or not plates:
        yield CannotJudge(dossier.at, "缺少企业运输台账或电子台账的车牌号，无法对照")
        return
    for plate in plates:
        if plain(plate.value) and plain(plate.value).upper() not in known:
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

    不通过：写“达标”或空白。
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
    for name, text in fields:
        if text is not None and filled(text) and law.common.stage(text.value) is None:
            yield Problem(
                text.at, f"{name}的排放阶段“{text.value}”无法识别", "写明国几，或新能源种类"
            )


@rule("DB-610", severity=Severity.ERROR, cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.17"))
def stage_share_below_guide(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """达到排放阶段要求的车辆、机械比例低于技术指南对申报等级的要求。

    为什么：各等级对公路运输车辆和非道路移动机械的排放阶段比例有不同要求。

    通过：按台账计算的比例不低于指南要求。

    不通过：B级要求国五及以上或新能源不低于80%，台账中只有60%。
    """
    if law.grade is None or law.branch is None:
        yield CannotJudge(
            form_at(dossier.form, dossier), "不知道申报等级，或没有该行业的插件，不知道车辆要求"
        )
        return
    transport = dossier.evidence.transport
    stages = {
        "road_stage_share": ("运输车辆", [vehicle.stage for vehicle in transport.vehicles]),
        "nonroad_stage_share": (
            "非道路移动机械",
            [machine.stage for machine in transport.machines],
        ),
    }
    for row in law.requirements_of("运输方式", law.grade):
        match = _AT_LEAST_STAGE.search(plain(row.text))
        if row.subject not in stages or row.figure is None or match is None or row.condition:
            continue
        name, listed = stages[row.subject]
        codes = [law.common.stage(text.value) if text else None for text in listed]
        if not codes or None in codes:
            yield CannotJudge(dossier.at, f"{name}没有台账，或有无法识别的排放阶段，无法计算比例")
            continue
        enough = sum(not _older(code, _stage_in(match)) for code in codes if code)
        share = Decimal(100 * enough) / len(codes)
        if not row.figure.holds(share):
            at = next(text.at for text in listed if text)
            yield Problem(
                at,
                f"{name}中国{match[1]}及以上或新能源占{share:.1f}%，{law.grade.label}要求{row.figure}",
                "更新车辆（机械），或按能达到的等级申报",
                grounds=row.provenance,
            )


@rule("DB-611", severity=Severity.ERROR, cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.17"))
def clean_share_below_guide(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """清洁运输比例低于技术指南对申报等级的要求。

    为什么：大宗物料和产品的清洁运输比例是运输方式的核心指标。

    通过：按运输情况表计算的比例不低于指南要求。

    不通过：要求不低于80%，计算为44.9%。
    """
    if law.grade is None or law.branch is None:
        yield CannotJudge(
            form_at(dossier.form, dossier), "不知道申报等级，或没有该行业的插件，不知道清洁运输要求"
        )
        return
    wanted = [
        row
        for row in law.requirements_of("运输方式", law.grade)
        if row.subject == "clean_transport_share" and row.figure is not None and not row.condition
    ]
    if not wanted:
        yield NotApplicable(f"没有查到{law.grade.label}的清洁运输比例要求")
        return
    share = clean_transport_share(dossier)
    if share is None:
        yield CannotJudge(dossier.at, "运输情况表缺少运输量或“是否清洁运输”，无法计算比例")
        return
    for row in wanted:
        if row.figure is not None and not row.figure.holds(share):
            yield Problem(
                dossier.production.transports[0].at,
                f"清洁运输比例按表计算为{share:.1f}%，{law.grade.label}要求{row.figure}",
                "提高清洁运输比例，或按能达到的等级申报",
                grounds=row.provenance,
            )


def _required_stage(
    dossier: Dossier, law: LawInForce, wanted: Callable[[str], bool]
) -> tuple[Text, int] | None:
    """The lowest emission stage that the package's own 运输方式 requirement allows to a kind of vehicle."""
    row = indicator_row(dossier, "运输方式", law.common)
    if row is None or row.requirement is None:
        return None
    for part in _clauses(row.requirement.value):
        match = _AT_LEAST_STAGE.search(part)
        if match and wanted(part):
            return row.requirement, _stage_in(match)
    return None


def _stage_in(match: re.Match[str]) -> int:
    return int(match[1]) if match[1].isdigit() else _NUMERALS.index(match[1])


def _below(
    stage: Text | None, name: str, requirement: Text, minimum: int, common: CommonLaw
) -> Iterator[Yield]:
    code = common.stage(stage.value) if stage else None
    if stage is None or code is None:
        yield CannotJudge(stage.at if stage else requirement.at, f"{name}没有可识别的排放阶段")
    elif _older(code, minimum):
        yield Problem(
            stage.at,
            f"{name}的排放阶段为{stage.value}，要求国{_NUMERALS[minimum]}及以上",
            "更换车辆（机械），或不再使用并从台账中删去",
            also=(requirement.at,),
        )


def _older(code: Code, minimum: int) -> bool:
    """Whether a stage is below 国`minimum`; electric and other new-energy vehicles never are."""
    return code.code.isdigit() and int(code.code) < minimum


def _clauses(text: str) -> list[str]:
    return re.split(r"[；;。]", plain(text))


def _plate(vehicle: Vehicle) -> str:
    return vehicle.plate.value if vehicle.plate else "该车"
