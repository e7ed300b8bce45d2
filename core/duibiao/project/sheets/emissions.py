"""Outlets, facilities, limits and fugitive emission: 附件4 四、4 and 五、2.13 to 2.15."""

from __future__ import annotations

from duibiao.model.emissions import FacilityKind
from duibiao.model.sheets import Choices, Field, FieldKind, Sheet

_OUTLETS = "SMX2022:附件4 四、4"
_FACILITIES = "SMX2022:附件4 五、2.13.1"
_LIMITS = "SMX2022:附件4 五、2.14"
_CONTROLS = "SMX2022:附件4 五、2.15"

SHEETS = (
    Sheet(
        "outlets",
        "有组织排放",
        (
            Field("outlet", "排放口编号", required=True, cites=_OUTLETS, example="DA001", note="与排污许可证一致"),
            Field("step", "产污环节", required=True, cites=_OUTLETS, example="1#窑窑尾"),
            Field("line", "所属生产线", choices=Choices.LINE, cites=_OUTLETS, example="1#熟料线",
                  note="写“产品产能”表中的生产线；公用的空着。用来计算一厂一策的减排比例"),
            Field("pollutant", "污染物", required=True, choices=Choices.POLLUTANT, cites=_OUTLETS, example="氮氧化物"),
            Field("kind", "设施类别", FieldKind.CHOICE, choices=tuple(kind.value for kind in FacilityKind), cites=_FACILITIES,
                  example="脱硝", note="列入 2.13 的哪一节；没有治理设施的空着"),
            Field("treatment", "治理设施（工艺）", cites=_OUTLETS, example="低氮燃烧+SCR", note="没有治理设施的空着"),
            Field("efficiency", "处理效率", FieldKind.QUANTITY, cites=_OUTLETS, example="92%", note="写百分数；有治理设施的必填"),
            Field("concentration", "排放浓度", FieldKind.QUANTITY, unit="mg/m³", required=True, cites=_OUTLETS,
                  example="25.3-41.6", note="监测报告或在线监测的数值；规定了基准含氧量的写折算浓度，或在后面写实测含氧量"),
            Field("limit", "绩效限值", FieldKind.QUANTITY, unit="mg/m³", required=True, cites=_LIMITS, example="≤50"),
            Field("oxygen", "实测含氧量", FieldKind.QUANTITY, unit="%", cites=_LIMITS, example="8.2",
                  note="浓度已折算的空着"),
            Field("baseline_oxygen", "基准含氧量", FieldKind.QUANTITY, unit="%", cites=_LIMITS, example="10"),
            Field("flow", "排放风量", FieldKind.QUANTITY, unit="m³/h", cites=_FACILITIES, example="420000",
                  note="有治理设施的必填"),
            Field("hours", "年运行时间", FieldKind.QUANTITY, unit="h", cites="SMX2022:附件2 3", example="7200",
                  note="用来计算年排放量和减排比例"),
            Field("commissioned", "投用时间", FieldKind.DATE, cites=_FACILITIES, example="2019年6月", note="有治理设施的必填"),
            Field("retrofitted", "改造完成时间", FieldKind.DATE, cites=_OUTLETS, example="2021年9月",
                  note="没有改造过的写投用时间"),
            Field("condition", "运行状况", cites=_FACILITIES, example="正常运行", choices=("正常运行", "备用", "停用")),
            Field("report", "数据来源（报告编号）", required=True, cites=_LIMITS, example="YXGJC-202607-175",
                  note="监测报告编号，或写在线监测的时段"),
            Field("conclusion", "是否达标", FieldKind.CHOICE, required=True, choices=("达标", "不达标"), cites=_LIMITS, example="达标"),
        ),
        cites=_OUTLETS,
        required=True,
        note="每个排放口每种污染物一行，填写一次；第四部分、2.13 和 2.14 都用它，前后必然一致",
    ),
    Sheet(
        "fugitives",
        "无组织排放",
        (
            Field("step", "产污环节", required=True, cites=_OUTLETS, example="原料堆场"),
            Field("pollutants", "主要污染物", required=True, cites=_OUTLETS, example="颗粒物"),
            Field("requirement", "指标要求", FieldKind.LONG, required=True, cites=_CONTROLS, example="物料封闭储存"),
            Field("measure", "防治措施和落实情况", FieldKind.LONG, required=True, cites=_CONTROLS, example="全封闭料棚，配喷雾抑尘"),
            Field("conclusion", "是否符合", FieldKind.CHOICE, required=True, choices=("符合", "不符合"), cites=_CONTROLS, example="符合"),
        ),
        cites=_CONTROLS,
        required=True,
        note="照片放进证据文件夹 2.15，按行号编号",
    ),
)  # fmt: skip
