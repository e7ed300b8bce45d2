"""The ledgers of 2.16.2 that are tables; those that are copies lie in the evidence folder."""

from __future__ import annotations

from duibiao.model.sheets import Field, FieldKind, Sheet

_LEDGERS = "SMX2022:附件4 五、2.16.2"
_COPIES = "节选一个月即可；原始台账的扫描件放进证据文件夹"

LEDGER_NUMBERS = {
    "ledger_production": 1,
    "ledger_treatment": 2,
    "ledger_materials": 4,
    "ledger_energy": 5,
    "ledger_waste": 6,
    "ledger_transport": 8,
}
"""Sheet → number of the ledger in 2.16.2."""


def _consumed(what: str, example: tuple[str, str, str]) -> tuple[Field, ...]:
    name, unit, used = example
    return (
        Field("month", "月份", FieldKind.DATE, required=True, cites=_LEDGERS, example="2026年7月"),
        Field("name", what, required=True, cites=_LEDGERS, example=name),
        Field("unit", "单位", required=True, cites=_LEDGERS, example=unit),
        Field(
            "used", "当月消耗量", FieldKind.QUANTITY, required=True, cites=_LEDGERS, example=used
        ),
    )


SHEETS = (
    Sheet(
        "ledger_production",
        "台账1生产设备",
        (
            Field("date", "日期", FieldKind.DATE, required=True, cites=_LEDGERS, example="2026年7月3日"),
            Field("line", "生产线", required=True, cites=_LEDGERS, example="1#熟料线"),
            Field("hours", "运行时间", FieldKind.QUANTITY, unit="h", required=True, cites=_LEDGERS, example="24"),
            Field("load", "运行负荷", FieldKind.QUANTITY, required=True, cites=_LEDGERS, example="91%"),
            Field("output", "产品产量", required=True, cites=_LEDGERS, example="4120t", note="连同单位写"),
        ),
        cites=_LEDGERS,
        required=True,
        note=_COPIES,
    ),
    Sheet(
        "ledger_treatment",
        "台账2治理设施",
        (
            Field("date", "日期", FieldKind.DATE, required=True, cites=_LEDGERS, example="2026年7月3日"),
            Field("facility", "治理设施", required=True, cites=_LEDGERS, example="1#窑窑尾除尘设施"),
            Field("hours", "运行时间", FieldKind.QUANTITY, unit="h", required=True, cites=_LEDGERS, example="24"),
            Field("parameters", "关键参数", required=True, cites=_LEDGERS, example="压差860Pa"),
            Field("consumables", "耗材更换/药剂用量", required=True, cites=_LEDGERS, example="正常，无更换"),
            Field("recorder", "记录人", required=True, cites=_LEDGERS, example="喻虚雪"),
        ),
        cites=_LEDGERS,
        required=True,
        note=_COPIES,
    ),
    Sheet("ledger_materials", "台账4原辅料", _consumed("名称", ("石灰石", "万t", "12.69")), cites=_LEDGERS, required=True, note=_COPIES),
    Sheet("ledger_energy", "台账5燃料能源", _consumed("能源", ("电", "万kWh", "800.00")), cites=_LEDGERS, note=_COPIES),
    Sheet(
        "ledger_waste",
        "台账6固废危废",
        (
            Field("month", "月份", FieldKind.DATE, required=True, cites=_LEDGERS, example="2026年7月"),
            Field("name", "名称", required=True, cites=_LEDGERS, example="废机油"),
            Field("kind", "类别", FieldKind.CHOICE, required=True, choices=("一般固废", "危险废物"), cites=_LEDGERS, example="危险废物"),
            Field("amount", "当月产生量", FieldKind.QUANTITY, unit="t", required=True, cites=_LEDGERS, example="0.25"),
            Field("disposal", "处置去向", required=True, cites=_LEDGERS, example="委托有资质单位处置"),
        ),
        cites=_LEDGERS,
        note=_COPIES,
    ),
    Sheet(
        "ledger_transport",
        "台账8运输",
        (
            Field("date", "日期", FieldKind.DATE, required=True, cites=_LEDGERS, example="2026年7月3日"),
            Field("plate", "车牌号", required=True, cites=_LEDGERS, example="豫M8A271"),
            Field("goods", "货物", required=True, cites=_LEDGERS, example="石灰石"),
            Field("direction", "进/出厂", FieldKind.CHOICE, required=True, choices=("进厂", "出厂"), cites=_LEDGERS, example="进厂"),
            Field("stage", "排放阶段", required=True, cites=_LEDGERS, example="国六"),
        ),
        cites=_LEDGERS,
        required=True,
        note=_COPIES,
    ),
)  # fmt: skip
