"""运输的缺陷: vehicles, machines, gates and clean transport that are wrong or not good enough."""

from __future__ import annotations

from duibiao.model.dossier import Dossier
from duibiao.testing.changing import changed, part
from duibiao.testing.codes import vin_check
from duibiao.testing.defects.model import (
    CannotPlant,
    Defect,
    Plant,
    existing,
    first,
    says,
    writes,
    written,
)

_LEDGER = "evidence.transport.vehicles"
_MACHINES = "evidence.transport.machines"
_NO_LEDGER = "没有运输车辆电子台账"


def _wrong_check_digit(dossier: Dossier) -> Dossier:
    code = existing(dossier, f"{_LEDGER}.0.vin", _NO_LEDGER).value
    wrong = "1" if vin_check(code) != "1" else "2"
    return written(dossier, f"{_LEDGER}.0.vin", f"{code[:8]}{wrong}{code[9:]}")


def _vin_cut_short(dossier: Dossier) -> Dossier:
    code = existing(dossier, f"{_LEDGER}.0.vin", _NO_LEDGER).value
    return written(dossier, f"{_LEDGER}.0.vin", code[:-1])


def _old_vehicle(dossier: Dossier) -> Dossier:
    """One that burns something, so that its plate goes with it."""
    path = first(dossier, _LEDGER, lambda v: "国" in v.stage.value, "没有燃油、燃气车辆")
    return written(dossier, f"{path}.stage", "国三")


def _plate_cut_short(dossier: Dossier) -> Dossier:
    plate = existing(dossier, f"{_LEDGER}.0.plate", _NO_LEDGER).value
    return written(dossier, f"{_LEDGER}.0.plate", plate[:-2])


def _copied(field: str) -> Plant:
    """Write a value of the first vehicle for the second, too."""

    def plant(dossier: Dossier) -> Dossier:
        existing(dossier, f"{_LEDGER}.1", "电子台账不足两辆")
        value = part(dossier, f"{_LEDGER}.0.{field}").value
        return written(dossier, f"{_LEDGER}.1.{field}", value)

    return plant


def _row(name: str, field: str, value: str) -> Plant:
    """Write something into the row of an indicator."""

    def plant(dossier: Dossier) -> Dossier:
        path = first(
            dossier, "indicators.rows", lambda r: r.indicator.value == name, f"没有“{name}”一行"
        )
        return written(dossier, f"{path}.{field}", value)

    return plant


def _clean_share_too_low(dossier: Dossier) -> Dossier:
    path = first(
        dossier,
        "indicators.rows",
        lambda r: r.indicator.value == "运输方式" and "清洁运输比例" in r.requirement.value,
        "对标总表没有要求清洁运输比例",
    )
    return written(dossier, f"{path}.status", "清洁运输比例为70%。")


def _clean_share_truly_low(dossier: Dossier) -> Dossier:
    """The table of transports has it, and all that is computed from it."""
    for number, row in enumerate(dossier.production.transports):
        if row.clean is not None and row.clean.value == "是" and number:
            dossier = written(dossier, f"production.transports.{number}.clean", "否")
    return dossier


def _old_machine(dossier: Dossier) -> Dossier:
    path = first(dossier, _MACHINES, lambda m: m.stage is not None, "没有非道路移动机械")
    return written(dossier, f"{path}.stage", "国二")


def _machines_below_guide(dossier: Dossier) -> Dossier:
    """The table of indicators asks for no more than there is."""
    return says("国三及以上", "国二及以上")(_old_machine(dossier))


def _unknown_in_ledger(dossier: Dossier) -> Dossier:
    path = first(dossier, "evidence.ledgers", lambda e: e.kind == 8 and e.rows, "没有企业运输台账")
    held = part(dossier, path)
    column = next(n for n, name in enumerate(held.header) if "车牌" in name)
    value = held.rows[0][column].value
    return changed(dossier, {f"{path}.rows.0.{column}.value": f"{value[:2]}9X999"})


def _plain_plate(dossier: Dossier) -> Dossier:
    path = first(dossier, _LEDGER, lambda v: "新能源" in v.stage.value, "没有新能源车辆")
    plate = part(dossier, f"{path}.plate").value
    return written(dossier, f"{path}.plate", f"{plate[:2]}2C178")


def _share_of_table(dossier: Dossier) -> Dossier:
    existing(dossier, "evidence.transport.shares.0.share", "没有排放阶段统计表")
    return written(dossier, "evidence.transport.shares.0.share", "3.1%")


def _vehicles_in_words(dossier: Dossier) -> Dossier:
    number = len(dossier.evidence.transport.vehicles)
    return says(f"运输车辆{number}辆", f"运输车辆{number + 3}辆", "四.3.4")(dossier)


def _no_gate(dossier: Dossier) -> Dossier:
    """And enough transport for one to be due, in tonnes."""
    if not any(row.amount for row in dossier.production.transports):
        raise CannotPlant("没有运输情况表")
    words = "公司登记运输车辆"
    done = changed(dossier, {"evidence.transport.gates": ()})
    return says(words, f"日均进出车辆120辆次。{words}", "四.3.4")(done)


def _gates_keep(term: str) -> Plant:
    def plant(dossier: Dossier) -> Dossier:
        existing(dossier, "evidence.transport.gates.0", "没有列门禁系统")
        for number in range(len(dossier.evidence.transport.gates)):
            dossier = written(dossier, f"evidence.transport.gates.{number}.retention", term)
        return dossier

    return plant


def _guide_on_data(dossier: Dossier) -> Dossier:
    """Requirement and status agree with each other, only not with the guide."""
    return says("数据保存一年以上", "数据保存六个月以上", "五.1")(dossier)


DEFECTS = (
    Defect(
        "VIN whose check digit is wrong",
        "vin-invalid",
        "VIN校验位不对",
        ("DB-601",),
        _wrong_check_digit,
    ),
    Defect("VIN too short", "vin-invalid", "VIN少一位", ("DB-601",), _vin_cut_short),
    Defect(
        "vehicle below the table's own requirement",
        "vehicle-below-required-stage",
        "一辆车的排放阶段低于要求",
        ("DB-602",),
        _old_vehicle,
        ("DB-312", "DB-610"),
    ),
    Defect("plate too short", "plate-malformed", "车牌号少两位", ("DB-603",), _plate_cut_short),
    Defect(
        "vehicle listed twice",
        "vehicle-listed-twice",
        "两行写同一个车牌号",
        ("DB-604",),
        _copied("plate"),
    ),
    Defect(
        "VIN listed twice",
        "vehicle-listed-twice",
        "两行写同一个VIN",
        ("DB-604",),
        _copied("vin"),
    ),
    Defect(
        "share of clean transport below the requirement",
        "clean-transport-below-threshold",
        "清洁运输比例低于对标总表的要求",
        ("DB-605", "DB-613"),
        _clean_share_too_low,
    ),
    Defect(
        "share of clean transport below the guide",
        "clean-transport-below-threshold",
        "清洁运输比例按表计算低于技术指南的要求",
        ("DB-611",),
        _clean_share_truly_low,
        ("DB-310", "DB-613"),
        only="钢铁",
    ),
    Defect(
        "machine below the requirement",
        "machine-below-required-stage",
        "一台机械的排放阶段低于要求",
        ("DB-606",),
        _old_machine,
        ("DB-610",),
    ),
    Defect(
        "vehicle in the ledger that is not listed",
        "ledger-vehicle-unknown",
        "运输台账中的一辆车不在电子台账里",
        ("DB-607",),
        _unknown_in_ledger,
    ),
    Defect(
        "number of an engine blank",
        "vehicle-field-blank",
        "一辆车没有填写发动机号",
        ("DB-608",),
        writes(f"{_LEDGER}.0.engine", ""),
    ),
    Defect(
        "stage that says nothing",
        "stage-unknown",
        "一辆车的排放阶段写“达标”",
        ("DB-609",),
        writes(f"{_LEDGER}.0.stage", "达标"),
        ("DB-312",),
    ),
    Defect(
        "machine below the guide",
        "machine-below-required-stage",
        "达到排放阶段要求的机械比例低于技术指南的要求",
        ("DB-610",),
        _machines_below_guide,
        only="水泥",
    ),
    Defect(
        "claim of all vehicles that the ledger contradicts",
        "claim-contradicted",
        "对标总表称全部使用新能源车辆，台账不是",
        ("DB-612",),
        _row("运输方式", "status", "物料公路运输全部使用新能源车辆。"),
    ),
    Defect(
        "claim of clean transport that the table contradicts",
        "clean-transport-mismatch",
        "对标总表所称的清洁运输比例与运输情况表算出的不符",
        ("DB-613",),
        _row("运输方式", "status", "清洁运输比例为99.9%。"),
    ),
    Defect(
        "share of a table wrong",
        "share-wrong",
        "排放阶段统计表的占比与车辆数算出的不符",
        ("DB-614",),
        _share_of_table,
    ),
    Defect(
        "vehicles in words differ",
        "vehicle-count-mismatch",
        "文字所写的车辆数与电子台账不符",
        ("DB-615",),
        _vehicles_in_words,
    ),
    Defect(
        "plain plate on an electric vehicle",
        "plate-mismatch",
        "新能源车辆写着普通号牌",
        ("DB-616",),
        _plain_plate,
    ),
    Defect(
        "machine without its code",
        "machine-code-blank",
        "一台机械没有环保登记编码",
        ("DB-617",),
        writes(f"{_MACHINES}.0.code", ""),
    ),
    Defect(
        "video kept too short for the table",
        "retention-too-short",
        "门禁数据的保存时间短于对标总表的要求",
        ("DB-621",),
        _gates_keep("6个月"),
    ),
    Defect(
        "video kept too short for every guide",
        "retention-too-short",
        "门禁数据的保存时间短于技术规范的要求",
        ("DB-621", "DB-622"),
        _gates_keep("1个月"),
    ),
    Defect(
        "data kept too short for the table",
        "retention-too-short",
        "监测数据的保存时间短于对标总表的要求",
        ("DB-623",),
        _row("监测监控水平", "status", "按自行监测方案开展监测，数据保存六个月。"),
        ("DB-624",),
    ),
    Defect(
        "data kept too short for the guide",
        "retention-too-short",
        "监测数据的保存时间短于技术指南的要求",
        ("DB-624",),
        _guide_on_data,
        not_in=dict.fromkeys(("家具", "锅炉"), "没有查到该行业对数据保存时间的要求"),
    ),
    Defect(
        "gate system missing",
        "gate-missing",
        "日均120辆次，没有门禁视频监控系统",
        ("DB-625",),
        _no_gate,
    ),
)
