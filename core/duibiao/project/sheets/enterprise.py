"""The enterprise, its compliance and its production: part 四 of 附件4, sections 1 to 3."""

from __future__ import annotations

from duibiao.model.sheets import Field, FieldKind, Sheet

COMPLIANCE_TOPICS = (
    "环保手续",
    "提标改造完成情况",
    "排污许可管理",
    "污染物达标排放",
    "行政处罚",
    "环境投诉与群体性上访",
    "重大安全与环境事故",
    "信用情况",
)
"""环保守法说明: the eight topics (附件4 四、2)."""

_PROFILE = "SMX2022:附件4 四、1"
_PRODUCTS = "SMX2022:附件4 四、3.1"
_MATERIALS = "SMX2022:附件4 四、3.3"
_TRANSPORT = "SMX2022:附件4 四、3.4"

SHEETS = (
    Sheet(
        "profile",
        "企业基本信息",
        (
            Field("coordinates", "经纬度", required=True, cites=_PROFILE, example="东经111°46′12″，北纬34°46′12″"),
            Field("industry_code", "所属行业及代码", required=True, cites=_PROFILE, example="水泥制造C3011"),
            Field("park", "所属工业园区", required=True, cites=_PROFILE, example="渑池县虚构工业园区", note="没有的写“无”"),
            Field("legal_person", "法定代表人", required=True, cites=_PROFILE, example="裘虚安"),
            Field("permit_number", "排污许可证编号", required=True, cites=_PROFILE, example="91411221MA9XK00005001P",
                  note="统一社会信用代码加四位顺序号"),
            Field("permit_term", "排污许可证有效期", required=True, cites=_PROFILE, example="2023年7月1日至2028年6月30日"),
            Field("standard", "执行的排放标准", FieldKind.LONG, required=True, cites=_PROFILE,
                  example="《水泥工业大气污染物排放标准》（GB 4915-2013）", note="国家或地方标准的名称和编号"),
            Field("introduction", "企业简介", FieldKind.LONG, cites=_PROFILE, note="可以不写；不写时按产品和产能生成一句"),
        ),
        is_list=False,
        cites=_PROFILE,
        required=True,
        note="有排污许可证的，与许可证副本一致",
    ),
    Sheet(
        "totals",
        "排放总量",
        (
            Field("pollutant", "污染物", required=True, cites=_PROFILE, example="颗粒物"),
            Field("permitted", "许可排放量", FieldKind.QUANTITY, unit="t/a", required=True, cites=_PROFILE, example="58.60"),
            Field("actual", "上年实际排放量", FieldKind.QUANTITY, unit="t/a", required=True, cites=_PROFILE, example="31.42"),
        ),
        cites=_PROFILE,
        required=True,
        note="大气污染物排放信息，每种污染物一行",
    ),
    Sheet(
        "compliance",
        "环保守法",
        (
            Field("topic", "方面", FieldKind.CHOICE, required=True, choices=COMPLIANCE_TOPICS, cites="SMX2022:附件4 四、2",
                  example="行政处罚"),
            Field("statement", "说明", FieldKind.LONG, required=True, cites="SMX2022:附件4 四、2",
                  example="申报日前一年内，公司未受到环境行政处罚。"),
        ),
        cites="SMX2022:附件4 四、2",
        required=True,
        note="八个方面逐条说明；申报日前一年内有违法行为的须写明日期（第十八条）",
    ),
    Sheet(
        "products",
        "产品产能",
        (
            Field("product", "产品", required=True, cites=_PRODUCTS, example="水泥熟料"),
            Field("line", "生产线", required=True, cites=_PRODUCTS, example="1#熟料线"),
            Field("equipment", "主要生产设施", required=True, cites=_PRODUCTS, example="4500t/d新型干法窑1台"),
            Field("capacity", "设计产能", FieldKind.QUANTITY, required=True, cites=_PRODUCTS, example="139.5"),
            Field("capacity_unit", "产能单位", required=True, cites=_PRODUCTS, example="万t/a"),
            Field("output", "上年产量", FieldKind.QUANTITY, required=True, cites=_PRODUCTS, example="118.2"),
            Field("output_unit", "产量单位", required=True, cites=_PRODUCTS, example="万t"),
        ),
        cites=_PRODUCTS,
        required=True,
        note="分生产线，每条线每种产品一行；同一产品用同一单位，合计由程序算",
    ),
    Sheet(
        "processes",
        "生产工艺",
        (Field("text", "生产工艺说明", FieldKind.LONG, required=True, cites="SMX2022:附件4 四、3.2",
               example="石灰石经破碎、均化后与辅料配料，入生料磨粉磨，经窑外分解窑煅烧成熟料。"),),
        cites="SMX2022:附件4 四、3.2",
        required=True,
        note="每行一段：工艺流程、生产设施、工艺与装备的先进性；流程图放进证据文件夹",
    ),
    Sheet(
        "materials",
        "原辅材料",
        (
            Field("name", "名称", required=True, cites=_MATERIALS, example="石灰石"),
            Field("kind", "类别", FieldKind.CHOICE, required=True, choices=("原料", "辅料", "燃料"), cites=_MATERIALS,
                  example="原料"),
            Field("unit", "单位", required=True, cites=_MATERIALS, example="万t"),
            Field("used", "上年使用量", FieldKind.QUANTITY, required=True, cites=_MATERIALS, example="152.3"),
            Field("storage", "储存方式", required=True, cites=_MATERIALS, example="封闭料棚"),
            Field("handling", "装卸方式", required=True, cites=_MATERIALS, example="封闭皮带"),
        ),
        cites=_MATERIALS,
        required=True,
    ),
    Sheet(
        "energies",
        "能源",
        (
            Field("name", "能源种类", required=True, cites=_MATERIALS, example="电"),
            Field("unit", "单位", required=True, cites=_MATERIALS, example="万kWh"),
            Field("used", "上年消耗量", FieldKind.QUANTITY, required=True, cites=_MATERIALS, example="9600"),
            Field("handling", "来源及输送方式", required=True, cites=_MATERIALS, example="外购电网"),
        ),
        cites=_MATERIALS,
        required=True,
    ),
    Sheet(
        "transports",
        "物料运输",
        (
            Field("goods", "物料（产品）", required=True, cites=_TRANSPORT, example="石灰石"),
            Field("direction", "进/出厂", FieldKind.CHOICE, required=True, choices=("进厂", "出厂", "厂内"), cites=_TRANSPORT,
                  example="进厂"),
            Field("mode", "运输方式", required=True, cites=_TRANSPORT, example="封闭皮带廊道",
                  choices=("铁路", "水路", "管道", "封闭皮带廊道", "公路（新能源车辆）", "公路（国六车辆）", "公路（国五车辆）")),
            Field("amount", "上年运输量", FieldKind.QUANTITY, required=True, cites=_TRANSPORT, example="152.3"),
            Field("unit", "单位", FieldKind.CHOICE, required=True, choices=("万吨", "吨"), cites=_TRANSPORT, example="万吨",
                  note="全表用同一单位"),
            Field("clean", "是否清洁运输", FieldKind.CHOICE, required=True, choices=("是", "否"), cites=_TRANSPORT, example="是"),
        ),
        cites=_TRANSPORT,
        required=True,
        note="2.17 的运输方式占比由程序按此表计算",
    ),
)  # fmt: skip
