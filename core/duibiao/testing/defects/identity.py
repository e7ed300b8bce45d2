"""主体信息的缺陷: names, codes, persons, industry and grade that are wrong or disagree."""

from __future__ import annotations

from duibiao.model.dossier import Dossier
from duibiao.testing.changing import rewritten
from duibiao.testing.codes import credit_code
from duibiao.testing.defects.model import (
    CannotPlant,
    Defect,
    added,
    existing,
    first,
    says,
    writes,
    written,
)


def misspelt(name: str) -> str:
    """Return an enterprise name with one sign wrong: the one before 有限公司."""
    stem, _, end = name.partition("有限")
    return f"{stem[:-1]}{'材' if stem[-1] != '材' else '料'}有限{end}"


def _name_misspelt_in_profile(dossier: Dossier) -> Dossier:
    path = "profile.enterprise"
    return written(dossier, path, misspelt(_value(dossier, path)))


def _name_misspelt_in_plan(dossier: Dossier) -> Dossier:
    path = "plan.enterprise"
    return written(dossier, path, misspelt(_value(dossier, path)))


def _wrong_check_digit(dossier: Dossier) -> Dossier:
    code = _value(dossier, "form.credit_code")
    return rewritten(dossier, code, f"{code[:-1]}{'0' if code[-1] != '0' else '1'}")


def _code_cut_short(dossier: Dossier) -> Dossier:
    code = _value(dossier, "form.credit_code")
    return written(dossier, "form.credit_code", code[:-1])


def _other_code(dossier: Dossier) -> str:
    """A valid code of another enterprise."""
    body = _value(dossier, "form.credit_code")[:-1]
    return credit_code(f"{body[:-1]}{'1' if body[-1] != '1' else '2'}")


def _codes_differ(dossier: Dossier) -> Dossier:
    return written(dossier, "profile.credit_code", _other_code(dossier))


def _permit_of_another(dossier: Dossier) -> Dossier:
    """Everywhere, so that only the codes contradict it."""
    number = _value(dossier, "profile.permit_number")
    return rewritten(dossier, number, _other_code(dossier) + number[18:])


def _permit_cut_short(dossier: Dossier) -> Dossier:
    number = _value(dossier, "profile.permit_number")
    return written(dossier, "profile.permit_number", number[:-1])


def _permit_of_another_in_words(dossier: Dossier) -> Dossier:
    number = _value(dossier, "profile.permit_number")
    return says(number, _other_code(dossier) + number[18:], "四.2")(dossier)


def _grade_of_another_industry(dossier: Dossier) -> Dossier:
    """Everywhere, so that nothing contradicts it."""
    return rewritten(dossier, _value(dossier, "form.grade"), "绩效引领性")


def _other_grade_in_form(dossier: Dossier) -> Dossier:
    return written(dossier, "form.grade", "C级")


def _other_class_code(dossier: Dossier) -> Dossier:
    own = _value(dossier, "profile.industry")
    return written(
        dossier, "profile.industry", "谷物磨制C1310" if "C1310" not in own else "制糖C1340"
    )


def _other_enterprise(dossier: Dossier) -> Dossier:
    return added(dossier, "五.2.16", "河南另一家虚构铸造有限公司严格落实各项环境管理制度。")


def _other_industry_in_table(dossier: Dossier) -> Dossier:
    path = first(dossier, "indicators.rows", lambda row: row.status is not None, "没有对标总表")
    own = _value(dossier, "form.industry")
    other = "玻璃" if "玻璃" not in own else "水泥"
    return written(dossier, f"{path}.status", f"符合{other}行业绩效指标要求。")


def _person_in_level(dossier: Dossier) -> Dossier:
    return written(dossier, "plan.levels.0.responsible", "另有其人")


def _value(dossier: Dossier, path: str) -> str:
    value = existing(dossier, path, f"没有{path}").value
    if not isinstance(value, str) or not value:
        raise CannotPlant(f"{path}空白")
    return value


DEFECTS = (
    Defect(
        "name misspelt in the basic information",
        "enterprise-name-mismatch",
        "企业基本信息中的企业名称错一个字",
        ("DB-101",),
        _name_misspelt_in_profile,
    ),
    Defect(
        "name misspelt on the plan's title page",
        "enterprise-name-mismatch",
        "“一厂一策”封面的企业名称错一个字",
        ("DB-101",),
        _name_misspelt_in_plan,
    ),
    Defect(
        "credit code whose check digit is wrong",
        "credit-code-invalid",
        "统一社会信用代码校验位不对",
        ("DB-102",),
        _wrong_check_digit,
    ),
    Defect(
        "credit code too short",
        "credit-code-invalid",
        "申请表的统一社会信用代码少一位",
        ("DB-102", "DB-103"),
        _code_cut_short,
    ),
    Defect(
        "two credit codes",
        "credit-code-mismatch",
        "申请表与企业基本信息的统一社会信用代码不同",
        ("DB-103",),
        _codes_differ,
    ),
    Defect(
        "permit number of another credit code",
        "permit-number-wrong",
        "排污许可证编号是别的单位的",
        ("DB-104",),
        _permit_of_another,
    ),
    Defect(
        "permit number too short",
        "permit-number-wrong",
        "排污许可证编号少一位",
        ("DB-104",),
        _permit_cut_short,
    ),
    Defect(
        "permit number of another in words",
        "permit-number-wrong",
        "环保守法说明写了别的单位的许可证编号",
        ("DB-117",),
        _permit_of_another_in_words,
    ),
    Defect(
        "another industry in a letter",
        "industry-mismatch",
        "真实性承诺书写了别的行业",
        ("DB-105",),
        writes("letters.0.industry", "铸造"),
    ),
    Defect(
        "another grade in the form",
        "grade-mismatch",
        "申请表的等级与其他各处不同",
        ("DB-106",),
        _other_grade_in_form,
    ),
    Defect(
        "another grade in a letter",
        "grade-mismatch",
        "应急减排承诺书的等级与其他各处不同",
        ("DB-106",),
        writes("letters.1.grade", "C级"),
    ),
    Defect(
        "phone too short",
        "phone-invalid",
        "申请表的手机号少一位",
        ("DB-107",),
        writes("form.phone", "1390000010"),
    ),
    Defect(
        "another person answers for the measures of one level",
        "responsible-person-mismatch",
        "一个预警级别的责任人与申请表不同",
        ("DB-108",),
        _person_in_level,
    ),
    Defect(
        "letter signed by somebody else",
        "signature-wrong",
        "真实性承诺书由别人签字",
        ("DB-109",),
        writes("letters.0.signature", "另有其人"),
    ),
    Defect(
        "address in another county",
        "address-mismatch",
        "地址不在所填的县（市、区）",
        ("DB-110",),
        writes("form.address", "郑州市中原区虚构镇1号"),
    ),
    Defect(
        "grade that the industry does not have",
        "grade-unknown",
        "申报该行业没有的等级",
        ("DB-111",),
        _grade_of_another_industry,
        not_in={"家具": "家具制造的等级设置尚未查明"},
    ),
    Defect(
        "letter of another year",
        "year-wrong",
        "真实性承诺书写着上一年",
        ("DB-112",),
        writes("letters.0.year", "2024"),
    ),
    Defect(
        "coordinates the wrong way round",
        "coordinates-wrong",
        "经度与纬度写反",
        ("DB-113",),
        writes("profile.coordinates", "东经34°46′12″，北纬111°45′36″"),
    ),
    Defect(
        "class code of another industry",
        "class-code-wrong",
        "行业代码是别的行业的",
        ("DB-114",),
        _other_class_code,
        not_in={"锅炉": "没有查到涉锅炉/炉窑的行业代码"},
    ),
    Defect(
        "another phone in one level",
        "phone-mismatch",
        "一个预警级别的手机号与申请表不同",
        ("DB-115",),
        writes("plan.levels.0.phone", "13900009999"),
    ),
    Defect(
        "letter to another bureau",
        "addressee-wrong",
        "真实性承诺书致送别的市的生态环境局",
        ("DB-116",),
        writes("letters.0.addressee", "信阳市生态环境局："),
    ),
    Defect(
        "another enterprise named",
        "copied-text",
        "正文留有别的企业名称",
        ("DB-907",),
        _other_enterprise,
    ),
    Defect(
        "another industry named",
        "copied-text",
        "对标总表写着别的行业",
        ("DB-908",),
        _other_industry_in_table,
    ),
)
