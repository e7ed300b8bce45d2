"""What templates may ask for: every variable of the Word templates, in the words that README shows to authors.

The view gives exactly these; a test holds it. Values are texts, "" where nothing was filled in; lists are empty and
tables are None where there is nothing to print.
"""

from __future__ import annotations

from collections.abc import Mapping

from duibiao.rendering.templating.schema import Schema, Shape

Named = Mapping[str, str]

PHOTO: Named = {"picture": "图片；缺图时为空", "caption": "图名"}
_PAIR: Named = {"label": "名称", "value": "内容"}
_TEXTS = ["一段文字"]
_NUMBER = "表号，全文连续"
_SERIAL = "序号；合计行为“合计”"

PRODUCT: Named = {
    "serial": _SERIAL, "line": "生产线", "equipment": "主要生产设施", "product": "产品", "capacity": "设计产能", "output": "上年产量",
}  # fmt: skip
MATERIAL: Named = {
    "serial": "序号", "name": "名称", "kind": "类别", "unit": "单位", "used": "上年使用量", "storage": "储存方式", "handling": "装卸方式",
}  # fmt: skip
ENERGY: Named = {
    "serial": "序号", "name": "能源种类", "unit": "单位", "used": "上年消耗量", "handling": "来源及输送方式",
}  # fmt: skip
TRANSPORT: Named = {
    "serial": _SERIAL, "goods": "物料（产品）", "direction": "进/出厂", "mode": "运输方式", "amount": "运输量", "clean": "是否清洁运输",
}  # fmt: skip
OUTLET: Named = {
    "serial": "序号", "outlet": "排放口编号", "step": "产污环节", "pollutant": "污染物", "treatment": "治理设施（工艺）",
    "efficiency": "处理效率", "concentration": "排放浓度", "retrofitted": "改造完成时间",
}  # fmt: skip
FUGITIVE: Named = {
    "serial": "序号", "step": "产污环节", "pollutants": "主要污染物", "measure": "防治措施",
}  # fmt: skip
TOTAL: Named = {"pollutant": "污染物", "permitted": "许可排放量", "actual": "实际排放量"}
INDICATOR: Named = {
    "indicator": "差异化指标", "requirement": "绩效指标要求", "status": "企业对标情况", "remark": "备注",
    "start": "证明材料起始书签；没有相应章节时为空", "end": "证明材料结束书签", "first": "起始页码", "last": "结束页码",
    "is_range": "起止页不同", "pages": "没有相应章节时照写的页码",
}  # fmt: skip
FACILITY: Named = {
    "number": "序号", "step": "产污环节", "process": "治理工艺", "commissioned": "投用时间", "condition": "运行状况",
    "efficiency": "去除效率", "concentration": "污染物排放浓度", "flow": "污染物排放风量",
}  # fmt: skip
LIMIT: Named = {
    "outlet": "排放口", "step": "产污环节", "pollutant": "污染物", "limit": "绩效限值", "concentration": "监测浓度",
    "oxygen": "实测含氧量", "baseline_oxygen": "基准含氧量", "report": "数据来源（报告编号）", "conclusion": "是否达标",
}  # fmt: skip
CONTROL: Named = {
    "serial": "序号", "step": "工序（环节）", "requirement": "指标要求", "status": "企业落实情况", "conclusion": "是否符合", "photo": "照片编号",
}  # fmt: skip
REPORT: Named = {
    "serial": "序号", "number": "报告编号", "kind": "检测类别", "date": "报告日期", "laboratory": "检测单位",
}  # fmt: skip
APPROVAL: Named = {
    "serial": "序号", "project": "项目名称", "approval": "环评批复文号", "acceptance": "验收方式", "accepted": "验收时间",
}  # fmt: skip
RATING: Named = {"year": "年度", "rating": "评级结果"}
STAFF: Named = {
    "serial": "序号", "name": "姓名", "post": "职务", "education": "学历", "subject": "专业", "certificate": "证书",
}  # fmt: skip
MODE: Named = {
    "serial": _SERIAL, "mode": "运输方式", "amount": "运输量", "share": "占比", "clean": "是否清洁方式",
}  # fmt: skip
SHARE: Named = {"serial": _SERIAL, "stage": "排放阶段", "count": "车辆数", "share": "占比"}
MACHINE: Named = {"serial": "序号", "name": "机械名称", "code": "环保编码", "stage": "排放阶段"}
GATE: Named = {
    "serial": "序号", "position": "位置", "equipment": "设备", "connected": "联网情况", "retention": "数据保存时间",
}  # fmt: skip
VEHICLE: Named = {
    "serial": "序号", "plate": "车牌号", "kind": "车辆类型", "vin": "车辆识别代号（VIN）", "engine": "发动机（电机）号",
    "fuel": "燃料", "stage": "排放阶段", "registered": "注册日期", "papers": "随车清单及行驶证",
}  # fmt: skip
FORM: Named = {
    "city": "所属省辖市", "county": "所属县（市、区）", "address": "地址名称", "enterprise": "企业名称（公章）", "credit_code": "统一社会信用代码",
    "industry": "行业类型", "grade": "自评估等级", "control_type": "申请管控类型", "responsible": "企业应急措施落实责任人",
    "phone": "联系方式（手机号）", "output_value": "工业总产值（万元）",
}  # fmt: skip
PROFILE: Named = {
    "enterprise": "企业名称", "credit_code": "统一社会信用代码", "region": "行政区划", "address": "详细地址", "coordinates": "经纬度",
    "industry": "所属行业及代码", "park": "所属工业园区", "legal_person": "法定代表人", "permit_number": "排污许可证编号",
    "permit_term": "排污许可证有效期", "grade": "申报等级",
}  # fmt: skip


def _table(row: Named, **more: str) -> Shape:
    return {"number": _NUMBER, **more, "rows": [row]}


GROUP: Mapping[str, Shape] = {
    "kind": "这一组是什么：facilities（设施一览表）、photos（设施照片）、papers（合同和报告）、listed（带序号的一项）、whole（不分项）",
    "number": "项目序号；不分项时为0",
    "title": "项目名称；不分项时为空",
    "new_page": "从新的一页开始",
    "texts": _TEXTS,
    "facilities": _table(
        FACILITY,
        efficiency_unit="去除效率的单位；数值自带单位时为空",
        concentration_unit="浓度的单位；数值自带单位时为空",
        flow_unit="风量的单位；数值自带单位时为空",
    ),
    "limits": _table(LIMIT, has_oxygen="有含氧量"),
    "controls": _table(CONTROL),
    "approvals": _table(APPROVAL),
    "reports": _table(REPORT),
    "ratings": _table(RATING),
    "staff": _table(STAFF),
    "modes": _table(
        MODE,
        amount_unit="运输量的单位；数值自带单位时为空",
        share_unit="占比的单位；数值自带单位时为空",
    ),
    "shares": _table(SHARE, share_unit="占比的单位；数值自带单位时为空"),
    "machines": _table(MACHINE),
    "gates": _table(GATE),
    "vehicles": _table(VEHICLE),
    "tables": [{"number": _NUMBER, "title": "表名", "grid": "整张表，用 {{p }} 打印"}],
    "album": {
        "per_page": "每页照片数，2 或 6",
        "new_page": "从新的一页开始",
        "photos": [PHOTO],
        "pairs": [{"left": PHOTO, "right": PHOTO}],
    },
    "documents": [PHOTO],
    "is_bare": "项目名称下只有整页的证明文件，名称排在第一页证明文件上",
    "continues": "这样的一组紧接着上一组的证明文件",
    "ends": ["这一组末尾的书签"],
}

PART: Mapping[str, Shape] = {
    "number": "节号，如 2.13.1",
    "title": "节名",
    "level": "标题级别，3 或 4",
    "start": "节首书签",
    "new_page": "从新的一页开始",
    "facility": "治理设施的类别，如 除尘；其他章节为空",
    "groups": [GROUP],
}

DOSSIER: Schema = {
    "draft": "是草稿",
    "enterprise": "企业名称",
    "date": "申报日期",
    "last_year": "上年，如 2025年；没有申报日期时为“上年”",
    "seal": "公章图片；没有时为空",
    "signature": "法定代表人签字图片；没有时为空",
    "contents": [
        {"level": "级别，1 至 3", "label": "标题", "start": "书签", "page": "页码，未排定时为0"}
    ],
    "form": {**FORM, "other": [_PAIR]},
    "authenticity": {"city": "致送的市", "year": "申报年份", "industry": "行业", "grade": "等级", "signature": "签字", "date": "日期"},
    "reduction": {"enterprise": "企业名称", "industry": "行业", "grade": "等级", "signature": "签字", "date": "日期"},
    "profile": {**PROFILE, "other": [_PAIR], "texts": _TEXTS, "totals": _table(TOTAL)},
    "compliance": _TEXTS,
    "products": {
        "texts": _TEXTS,
        "tables": [
            {
                "number": _NUMBER,
                "title": "表名",
                "capacity_unit": "产能单位；数值自带单位时为空",
                "output_unit": "产量单位；数值自带单位时为空",
                "rows": [PRODUCT],
            }
        ],
    },
    "processes": {"texts": _TEXTS, "figures": [PHOTO]},
    "consumption": {"texts": _TEXTS, "materials": _table(MATERIAL), "energies": _table(ENERGY)},
    "transports": {"texts": _TEXTS, "goods": _table(TRANSPORT, unit="运输量的单位；数值自带单位时为空")},
    "emissions": {
        "texts": _TEXTS,
        "outlets": [
            {
                "number": _NUMBER,
                "pollutant": "污染物",
                "efficiency_unit": "处理效率的单位；数值自带单位时为空",
                "rows": [OUTLET],
            }
        ],
        "fugitives": _table(FUGITIVE),
    },
    "indicators": {
        "texts": _TEXTS,
        "number": _NUMBER,
        "industry": "行业",
        "grade": "等级",
        "rows": [INDICATOR],
    },
    "proof": {"texts": _TEXTS},
    "evidence": [PART],
}  # fmt: skip
"""申报材料 (dossier.docx)."""

_LEVEL: Mapping[str, Shape] = {
    "measures": ["一条措施，带序号"],
    "ratio": "减排比例；没有时为空",
    "responsible": "措施落实责任人",
    "phone": "联系方式",
}

PLAN: Schema = {
    "draft": "是草稿",
    "enterprise": "企业名称",
    "month": "方案日期，到月",
    "seal": "公章图片；没有时为空",
    "profile": _TEXTS,
    "process": _TEXTS,
    "emissions": _TEXTS,
    "red": _LEVEL,
    "orange": _LEVEL,
    "yellow": _LEVEL,
}
"""“一厂一策”实施方案 (plan.docx)."""

REVIEW: Schema = {
    "enterprise": "企业名称",
    "date": "日期",
    "industry": "行业类型",
    "grade": "申请分级类型",
    "findings": ["一条审查意见"],
    "conclusion": "分级意见结论；没有时为空",
}
"""审核意见表 (review.docx)."""

NOTICE: Schema = {
    "enterprise": "企业名称",
    "industry": "行业类型，不带“行业”二字",
    "grade": "申报等级",
    "file": "申报材料的文件名",
    "edition": "审查所按的指标版本；没有时为空",
    "day": "基准日期",
    "count": "问题的处数",
    "parts": [
        {
            "title": "这一类问题的标题，带序号",
            "rows": [
                {
                    "number": "序号，全文连续",
                    "place": "位置，有原文的带原文",
                    "problem": "问题，每条规则一行",
                    "articles": "条款，每条一行，有文号的写文号",
                    "todo": "整改要求，每条规则一行",
                }
            ],
        }
    ],
    "sources": ["一份文件的名称和文号，条款出自其中"],
    "waived_title": "已豁免问题的标题，带序号",
    "waived": [
        {
            "place": "已豁免问题的位置",
            "problem": "已豁免的问题",
            "reason": "豁免的理由",
            "by": "同意豁免的人",
            "until": "豁免的有效期",
        }
    ],
    "bureau": "县级分局；申请表没有写县（市、区）时为空",
    "sha256": "申报材料的校验值",
    "engine": "审查程序的版本",
}
"""整改通知 (notice.docx)."""
