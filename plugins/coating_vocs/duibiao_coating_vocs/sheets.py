"""填写工作表: what a project of this industry fills in beside the sheets of every project."""

from __future__ import annotations

from duibiao.model.sheets import Field, FieldKind, Sheet

_MATERIALS = "SMX2022:附件4 五、2.4"

ALL = (
    Sheet(
        "voc_materials",
        "VOCs物料",
        (
            Field("name", "物料名称", required=True, cites=_MATERIALS, example="水性木器面漆",
                  note="写产品名称和型号，与检测报告一致"),
            Field("kind", "类型", FieldKind.CHOICE, required=True, cites=_MATERIALS, example="水性",
                  choices=("溶剂型", "水性", "无溶剂", "高固体分", "辐射固化", "粉末")),
            Field("step", "使用工序", required=True, cites=_MATERIALS, example="1#喷涂、晾干"),
            Field("content", "VOCs含量", FieldKind.QUANTITY, required=True, cites=_MATERIALS, example="62",
                  note="检测报告中施工状态下的数值；粉末涂料等未检出的写“未检出”"),
            Field("content_unit", "含量单位", FieldKind.CHOICE, required=True, cites=_MATERIALS, example="g/L",
                  choices=("g/L", "g/kg", "%"), note="与检测报告一致"),
            Field("report", "检测报告编号", required=True, cites=_MATERIALS, example="YXJC-2026-0318"),
            Field("used", "上年用量", FieldKind.QUANTITY, unit="t", required=True, cites=_MATERIALS, example="71"),
        ),
        cites=_MATERIALS,
        note="涂料、油墨、稀释剂、固化剂、清洗剂、胶粘剂逐种列出；检测报告、合格证、进货单放进证据文件夹2.4",
        section="五.2.4",
    ),
)  # fmt: skip
"""Every sheet of this industry's own."""
