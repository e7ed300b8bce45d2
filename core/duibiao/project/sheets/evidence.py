"""Indicator table and evidence sections: part 五 of 附件4."""

from __future__ import annotations

from duibiao.model.sheets import Choices, Field, FieldKind, Sheet

_TABLE = "SMX2022:附件4 五、1"
_PROOFS = "SMX2022:附件4 五、2"
_ARCHIVE = "SMX2022:附件4 五、2.16.1"
_STAFF = "SMX2022:附件4 五、2.16.3"
_MODES = "SMX2022:附件4 五、2.17"
_GATES = "SMX2022:附件4 五、2.18"

SHEETS = (
    Sheet(
        "indicators",
        "对标总表",
        (
            Field("indicator", "差异化指标", FieldKind.CHOICE, required=True, choices=Choices.INDICATOR, cites=_TABLE,
                  example="装备水平"),
            Field("requirement", "绩效指标要求", FieldKind.LONG, cites=_TABLE, example="熟料生产线规模4000t/d及以上",
                  note="空着时按插件中该等级的要求填写"),
            Field("status", "企业对标情况", FieldKind.LONG, required=True, cites=_TABLE, example="4500t/d新型干法窑，符合"),
            Field("remark", "备注", cites=_TABLE, note="空着时写“见2.x”"),
        ),
        cites=_TABLE,
        required=True,
        note="不涉及的指标不写；顺序由程序排，证明材料页码在编制时写入",
    ),
    Sheet(
        "proofs",
        "证明材料说明",
        (
            Field("section", "章节", FieldKind.CHOICE, required=True, choices=Choices.SECTION, cites=_PROOFS, example="2.2"),
            Field("text", "说明", FieldKind.LONG, required=True, cites=_PROOFS,
                  example="公司采用新型干法窑外分解工艺，环评批复、排污许可证和设备购置合同附后。"),
        ),
        cites=_PROOFS,
        note="2.1 至 2.12 中涉及的章节各写一段；没有写的按不涉及处理。证明文件和照片放进证据文件夹",
    ),
    Sheet(
        "items",
        "证明材料清单",
        (
            Field("section", "章节", FieldKind.CHOICE, required=True, choices=Choices.SECTION, cites=_PROOFS, example="2.1"),
            Field("name", "名称", required=True, cites=_PROOFS, example="天然气供用合同"),
            Field("number", "编号或型号", cites=_PROOFS, example="HT-2025-018"),
            Field("party", "单位或厂家", cites=_PROOFS, example="豫虚构燃气有限公司"),
            Field("date", "日期", FieldKind.DATE, cites=_PROOFS, example="2025年12月20日"),
            Field("remark", "备注", cites=_PROOFS),
        ),
        cites=_PROOFS,
        note="可以不写；2.1 至 2.12 中的合同、进货单、报告等逐份列出，按章节各成一张表",
    ),
    Sheet(
        "reports",
        "监测报告",
        (
            Field("number", "报告编号", required=True, cites=_ARCHIVE, example="YXGJC-202607-175"),
            Field("kind", "检测类别", required=True, cites=_ARCHIVE, example="季度（有组织废气、无组织废气）"),
            Field("date", "报告日期", FieldKind.DATE, required=True, cites=_ARCHIVE, example="2026年7月15日"),
            Field("laboratory", "检测单位", required=True, cites=_ARCHIVE, example="豫虚构晴空检测技术有限公司"),
        ),
        cites=_ARCHIVE,
        required=True,
        note="按时间先后，附在满足时限要求的监测报告",
    ),
    Sheet(
        "approvals",
        "环评验收",
        (
            Field("project", "项目名称", required=True, cites=_ARCHIVE, example="主体工程环境影响报告书"),
            Field("approval", "环评批复文号", required=True, cites=_ARCHIVE, example="虚环审〔2015〕97号"),
            Field("acceptance", "验收方式", required=True, cites=_ARCHIVE, example="自主验收"),
            Field("accepted", "验收时间", FieldKind.DATE, required=True, cites=_ARCHIVE, example="2017年11月"),
        ),
        cites=_ARCHIVE,
        required=True,
        note="按时间先后",
    ),
    Sheet(
        "ratings",
        "信用评级",
        (
            Field("year", "年度", required=True, cites=_ARCHIVE, example="2025"),
            Field("rating", "评级结果", required=True, cites=_ARCHIVE, example="诚信企业（绿标）"),
        ),
        cites=_ARCHIVE,
        required=True,
        note="2019年度及以来各年",
    ),
    Sheet(
        "staff",
        "环保人员",
        (
            Field("name", "姓名", required=True, cites=_STAFF, example="晏虚禾"),
            Field("post", "职务", required=True, cites=_STAFF, example="环保科长"),
            Field("education", "学历", cites=_STAFF, example="本科"),
            Field("subject", "专业", cites=_STAFF, example="环境工程"),
            Field("certificate", "证书", cites=_STAFF, example="环境工程师证书"),
        ),
        cites=_STAFF,
        required=True,
    ),
    Sheet(
        "transport",
        "运输和门禁说明",
        (
            Field("claim", "运输方式说明", FieldKind.LONG, required=True, cites=_MODES,
                  example="公司大宗物料和产品采用清洁方式运输，厂内运输车辆全部为新能源车辆。"),
            Field("monitoring", "运输监控说明", FieldKind.LONG, required=True, cites=_GATES,
                  example="公司在物料进出口建设门禁和视频监控系统，覆盖所有运输车辆，视频数据保存12个月以上。"),
        ),
        is_list=False,
        cites=_MODES,
        required=True,
        note="清洁运输比例和各排放阶段占比由程序按“物料运输”“运输车辆”计算",
    ),
    Sheet(
        "vehicles",
        "运输车辆",
        (
            Field("plate", "车牌号", required=True, cites=_GATES, example="豫M8A271"),
            Field("kind", "车辆类型", required=True, cites=_GATES, example="重型半挂牵引车"),
            Field("vin", "车辆识别代号（VIN）", required=True, cites=_GATES, example="LZZ1CCND5KA000007"),
            Field("engine", "发动机（电机）号", required=True, cites=_GATES, example="WP12.371013"),
            Field("fuel", "燃料", FieldKind.CHOICE, required=True, choices=("柴油", "天然气", "汽油", "电", "氢", "混合动力"),
                  cites=_GATES, example="柴油"),
            Field("stage", "排放阶段", required=True, cites=_GATES, example="国六",
                  choices=("国六", "国五", "国四", "新能源（纯电动）", "新能源（氢燃料）")),
            Field("registered", "注册日期", FieldKind.DATE, required=True, cites=_GATES, example="2022-03-18"),
            Field("papers", "随车清单及行驶证", required=True, cites=_GATES, example="齐全"),
        ),
        cites=_GATES,
        required=True,
        note="运输车辆电子台账",
    ),
    Sheet(
        "machines",
        "非道路移动机械",
        (
            Field("name", "机械名称", required=True, cites=_MODES, example="装载机"),
            Field("code", "环保编码", required=True, cites=_MODES, example="4-M240417"),
            Field("stage", "排放阶段", required=True, cites=_MODES, example="国三", choices=("国四", "国三", "新能源（纯电动）")),
        ),
        cites=_MODES,
    ),
    Sheet(
        "gates",
        "门禁和视频",
        (
            Field("position", "位置", required=True, cites=_GATES, example="厂区入口"),
            Field("equipment", "设备", required=True, cites=_GATES, example="车牌识别道闸、抓拍摄像机"),
            Field("connected", "联网情况", required=True, cites=_GATES, example="已联网"),
            Field("retention", "数据保存时间", required=True, cites=_GATES, example="12个月以上"),
        ),
        cites=_GATES,
        required=True,
    ),
)  # fmt: skip
