"""The one-plant-one-plan (一厂一策) of 附件2."""

from __future__ import annotations

from duibiao.model.plan import AlertLevel
from duibiao.model.sheets import Choices, Field, FieldKind, Sheet

_PLAN = "SMX2022:附件2"
_LEVELS = "SMX2022:附件2 4"

SHEETS = (
    Sheet(
        "plan",
        "一厂一策",
        (
            Field("profile", "企业基本情况", FieldKind.LONG, cites=f"{_PLAN} 1",
                  note="空着时按产品、原辅材料、能源、运输各表生成"),
            Field("process", "主要生产工艺流程", FieldKind.LONG, cites=f"{_PLAN} 2", note="空着时按“产品产能”“生产工艺”生成"),
            Field("emissions", "大气污染物产生、治理及排放情况", FieldKind.LONG, cites=f"{_PLAN} 3",
                  note="空着时按“有组织排放”“排放总量”生成"),
        ),
        is_list=False,
        cites=_PLAN,
    ),
    Sheet(
        "measures",
        "减排措施",
        (
            Field("level", "预警级别", FieldKind.CHOICE, required=True, choices=tuple(level.value for level in reversed(AlertLevel)),
                  cites=_LEVELS, example="红色"),
            Field("line", "生产线", choices=Choices.LINE, cites=_LEVELS, example="1#熟料线",
                  note="写“产品产能”表中的生产线；空着表示全厂"),
            Field("measure", "减排措施", FieldKind.LONG, required=True, cites=_LEVELS, example="1#熟料线停产"),
            Field("cut", "该生产线限产比例", FieldKind.QUANTITY, unit="%", cites=_LEVELS, example="100",
                  note="停产写100；与产量无关的措施（如车辆管控）空着"),
        ),
        cites=_LEVELS,
        note="每个级别的措施逐条写；某一级别一条也没有写时，按插件中该等级的措施生成",
    ),
    Sheet(
        "levels",
        "预警减排比例",
        (
            Field("level", "预警级别", FieldKind.CHOICE, required=True, choices=tuple(level.value for level in reversed(AlertLevel)),
                  cites=_LEVELS, example="红色"),
            Field("ratio", "减排比例", cites=_LEVELS, example="30%",
                  note="空着时按“有组织排放”的浓度、风量和年运行时间计算；自主减排的写“自主减排”"),
            Field("responsible", "措施落实责任人", cites=_LEVELS, example="晏虚平", note="空着时用申请表中的责任人"),
            Field("phone", "联系方式", cites=_LEVELS, example="13700000101", note="空着时用申请表中的手机号"),
        ),
        cites=_LEVELS,
        note="可以不写",
    ),
)  # fmt: skip
