"""Cover, application form and letters: parts 一 to 三 of 附件4."""

from __future__ import annotations

from duibiao.model.sheets import Choices, Field, FieldKind, Sheet

_FORM = "SMX2022:附件4 一"

SHEETS = (
    Sheet(
        "form",
        "申请表",
        (
            Field("date", "申报日期", FieldKind.DATE, required=True, cites="SMX2022:附件4", example="2026年9月10日",
                  note="写在封面和承诺书上；检查按这一天的规定进行"),
            Field("city", "所属省辖市", required=True, cites=_FORM, example="三门峡市"),
            Field("county", "所属县（市、区）", required=True, cites=_FORM, example="渑池县"),
            Field("address", "地址名称", required=True, cites=_FORM, example="三门峡市渑池县虚构工业园区一路1号",
                  note="写全：市、县（市、区）、乡镇（街道）、门牌"),
            Field("enterprise", "企业名称", required=True, cites=_FORM, example="豫虚构示例水泥有限公司",
                  note="与营业执照、公章、排污许可证一致"),
            Field("credit_code", "统一社会信用代码", required=True, cites=_FORM, example="91411221MA9XK00005",
                  note="18位"),
            Field("industry", "行业类型", FieldKind.CHOICE, required=True, choices=Choices.BRANCH, cites=_FORM,
                  note="按技术指南的行业名称选"),
            Field("grade", "自评估等级", FieldKind.CHOICE, required=True, choices=Choices.GRADE, cites=_FORM),
            Field("control_type", "申请管控类型", required=True, cites=_FORM,
                  choices=("自主采取减排措施", "差异化管控"), example="差异化管控",
                  note="A级、引领性企业可自主采取减排措施，其余实施差异化管控"),
            Field("responsible", "企业应急措施落实责任人", required=True, cites=_FORM, example="晏虚平"),
            Field("phone", "联系方式（手机号）", required=True, cites=_FORM, example="13700000101",
                  note="责任人的手机号，11位；一厂一策也用它"),
            Field("output_value", "工业总产值", FieldKind.QUANTITY, unit="万元", required=True, cites=_FORM,
                  example="56000"),
        ),
        is_list=False,
        cites=_FORM,
        required=True,
        note="封面、申请表和两份承诺书用这些内容",
    ),
)  # fmt: skip
