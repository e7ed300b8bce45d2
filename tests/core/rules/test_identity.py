"""主体信息: one enterprise, one industry and one grade throughout (DB-101 to DB-106, DB-111)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from duibiao.rules.definition import Severity

from .support import (
    AT,
    BRANCH,
    OFFICIAL,
    RECALLED,
    cement,
    changed,
    finding,
    findings,
    furniture,
    passed,
    text,
    unjudged,
    without,
)

NAME = "豫虚构青石岭水泥有限公司"
CODE = "91110108551385082Q"
OTHER = "91411221MA0XG1QH51"


# DB-101


def test_enterprise_name_differs_passes() -> None:
    assert passed("DB-101", cement())
    assert passed("DB-101", furniture())


def test_enterprise_name_differs_fails() -> None:
    wrong = "豫虚构青石岭建材有限公司"
    d = changed(cement(), {"profile.enterprise.value": wrong, "plan.enterprise.value": wrong})
    assert findings("DB-101", d) == (
        finding(
            "DB-101",
            d.profile.enterprise.at,
            f"企业基本信息的企业名称为“{wrong}”，与“{NAME}”不同",
            "对照营业执照，各处改为同一名称",
            also=(d.form.enterprise.at, d.plan.enterprise.at),
        ),
    )


def test_enterprise_name_differs_boundary() -> None:
    """Spaces and widths are no difference; in the text, a name that is nearly the same is a misspelling."""
    bracketed = {"form": "豫虚构（三门峡）水泥有限公司", "cover": "豫虚构(三门峡) 水泥有限公司"}
    d = changed(cement(), {f"{part}.enterprise.value": name for part, name in bracketed.items()})
    d = without(d, "profile.enterprise", "plan.enterprise", "letters.1.enterprise")
    assert passed("DB-101", changed(d, paragraphs=()))

    near, far = "豫虚构青石领水泥有限公司", "豫虚构青石岭建材有限公司"
    written = (*cement().paragraphs, text(f"本方案由{far}编制。"))
    assert passed("DB-101", changed(cement(), paragraphs=written))
    written = (*cement().paragraphs, text(f"本方案由{near}编制。"))
    assert findings("DB-101", changed(cement(), paragraphs=written)) == (
        finding(
            "DB-101",
            AT,
            f"正文的企业名称为“{near}”，与“{NAME}”不同",
            "对照营业执照，各处改为同一名称",
            also=(cement().form.enterprise.at,),
        ),
    )


def test_enterprise_name_differs_cannot_judge() -> None:
    d = changed(cement(), {"form.enterprise.value": " ", "cover.enterprise": None})
    (doubt,) = unjudged("DB-101", d)
    assert (doubt.at, doubt.reason) == (d.at, "封面和申请表都没有企业名称，无法核对")


# DB-102


def test_credit_code_invalid_passes() -> None:
    assert passed("DB-102", cement())
    assert passed("DB-102", changed(cement(), {"form.credit_code.value": CODE}))


def test_credit_code_invalid_fails() -> None:
    wrong = CODE[:-1] + "R"
    both = ("form.credit_code.value", "profile.credit_code.value")
    d = changed(cement(), dict.fromkeys(both, wrong))
    assert findings("DB-102", d) == (
        finding(
            "DB-102",
            d.form.credit_code.at,
            f"申请表的统一社会信用代码“{wrong}”校验不通过",
            "对照营业执照改正代码",
            also=(d.profile.credit_code.at,),
        ),
    )


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (CODE, ""),
        (CODE.lower(), ""),
        ("９１１１０１０８ 551385082Q", ""),
        (CODE[:-1], "为17位，应为18位"),
        (CODE + "0", "为19位，应为18位"),
        (CODE.replace("0", "O", 1), "校验不通过"),
    ],
)
def test_credit_code_invalid_boundary(code: str, fault: str) -> None:
    d = changed(cement(), {"profile.credit_code.value": code})
    todo = "对照营业执照改正代码"
    message = f"企业基本信息的统一社会信用代码“{code}”{fault}"
    expected = finding("DB-102", d.profile.credit_code.at, message, todo)
    assert findings("DB-102", d) == ((expected,) if fault else ())


def test_credit_code_invalid_cannot_judge() -> None:
    d = without(cement(), "form.credit_code", "profile.credit_code")
    (doubt,) = unjudged("DB-102", d)
    assert (doubt.at, doubt.reason) == (d.form.at, "没有填写统一社会信用代码")


# DB-103


def test_credit_code_differs_passes() -> None:
    assert passed("DB-103", cement())


def test_credit_code_differs_fails() -> None:
    d = changed(cement(), {"form.credit_code.value": CODE, "profile.credit_code.value": OTHER})
    assert findings("DB-103", d) == (
        finding(
            "DB-103",
            d.profile.credit_code.at,
            f"企业基本信息的统一社会信用代码为“{OTHER}”，申请表为“{CODE}”",
            "对照营业执照，改正有误的一处",
            also=(d.form.credit_code.at,),
        ),
    )


def test_credit_code_differs_boundary() -> None:
    """Full-width digits and spaces are no difference, one letter is."""
    d = changed(cement(), {"form.credit_code.value": CODE})
    wide = "９１１１０１０８ 551385082Q"
    assert passed("DB-103", changed(d, {"profile.credit_code.value": wide}))
    other = changed(d, {"profile.credit_code.value": CODE[:-1] + "R"})
    assert len(findings("DB-103", other)) == 1


def test_credit_code_differs_in_case_only() -> None:
    d = changed(cement(), {"form.credit_code.value": CODE})
    assert passed("DB-103", changed(d, {"profile.credit_code.value": CODE.lower()}))


def test_credit_code_differs_cannot_judge() -> None:
    d = changed(cement(), {"profile.credit_code.value": ""})
    (doubt,) = unjudged("DB-103", d)
    assert (doubt.at, doubt.reason) == (d.form.at, "统一社会信用代码不足两处，无从核对")


# DB-104


def test_permit_number_not_built_on_credit_code_passes() -> None:
    assert passed("DB-104", cement())


def test_permit_number_not_built_on_credit_code_fails() -> None:
    d = changed(cement(), {"profile.permit_number.value": f"{CODE}001P"})
    code = d.form.credit_code
    assert findings("DB-104", d) == (
        finding(
            "DB-104",
            d.profile.permit_number.at,
            f"排污许可证编号前18位“{CODE}”与统一社会信用代码“{code.value}”不同",
            "对照营业执照和排污许可证，改正其中有误的一处",
            also=(code.at,),
        ),
    )


@pytest.mark.parametrize("length", [21, 22, 23])
def test_permit_number_not_built_on_credit_code_boundary(length: int) -> None:
    written = (cement().form.credit_code.value.lower() + "001P0")[:length]
    d = changed(cement(), {"profile.permit_number.value": written})
    message = f"排污许可证编号“{written}”为{length}位，应为22位"
    expected = finding("DB-104", d.profile.permit_number.at, message, "对照排污许可证改正")
    assert findings("DB-104", d) == (() if length == 22 else (expected,))


def test_permit_number_not_built_on_credit_code_cannot_judge() -> None:
    d = changed(cement(), {"profile.permit_number.value": "H9141122100000001001Q"})
    number = d.profile.permit_number.at
    (doubt,) = unjudged("DB-104", d)
    reason = "许可证编号以H9开头（无统一社会信用代码的排污单位），请人工核对"
    assert (doubt.at, doubt.reason) == (number, reason)

    (doubt,) = unjudged("DB-104", without(cement(), "profile.permit_number"))
    assert (doubt.at, doubt.reason) == (d.profile.at, "没有填写排污许可证编号")

    (doubt,) = unjudged("DB-104", without(cement(), "form.credit_code", "profile.credit_code"))
    assert (doubt.at, doubt.reason) == (number, "没有统一社会信用代码可供核对")


# DB-105


def test_industry_differs_passes() -> None:
    assert passed("DB-105", cement())
    assert passed("DB-105", furniture())


def test_industry_differs_fails() -> None:
    heading = "铸造行业B级绩效指标要求"
    d = changed(cement(), {"letters.0.industry.value": "铸造", "indicators.heading.value": heading})
    assert findings("DB-105", d) == tuple(
        finding(
            "DB-105",
            place.at,
            f"{where}的行业为“{place.value}”，其他处为“{d.form.industry.value}”",
            "按排污许可证和技术指南确定行业，各处统一",
            also=(d.form.industry.at,),
        )
        for where, place in (
            ("申报材料真实性承诺书", d.letters[0].industry),
            ("对标总表表头", d.indicators.heading),
        )
    )


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("水泥", True),
        ("水泥 熟料", True),
        ("水泥行业（熟料生产企业）", True),
        ("水泥粉磨站", False),
    ],
)
def test_industry_differs_boundary(written: str, same: bool) -> None:
    """More or less detail is no difference; other detail is."""
    d = changed(cement(), {"letters.0.industry.value": written, "letters.1.industry": None})
    assert len(findings("DB-105", d)) == (0 if same else 1)


def test_industry_differs_reads_the_heading_to_its_first_word() -> None:
    heading = "水泥行业B级绩效指标要求，见行业指南"
    assert passed("DB-105", changed(cement(), {"indicators.heading.value": heading}))
    assert passed("DB-105", without(cement(), "indicators"))


def test_industry_differs_from_general_industry() -> None:
    d = changed(cement(), {"form.industry.value": "铸造", "letters.0.industry.value": "通用行业"})
    d = without(d, "letters.1.industry", "indicators.heading")
    assert findings("DB-105", d) == (
        finding(
            "DB-105",
            d.letters[0].industry.at,
            "申报材料真实性承诺书的行业为“通用行业”，其他处为“铸造”",
            "按排污许可证和技术指南确定行业，各处统一",
            also=(d.form.industry.at,),
        ),
    )


def test_industry_differs_cannot_judge() -> None:
    d = without(cement(), "form.industry", "letters.0.industry", "letters.1.industry")
    (doubt,) = unjudged("DB-105", d)
    assert (doubt.at, doubt.reason) == (d.at, "没有找到行业类型")


# DB-106


def test_grade_differs_passes() -> None:
    assert passed("DB-106", cement())
    assert passed("DB-106", furniture())


def test_grade_differs_fails() -> None:
    d = changed(cement(), {"letters.1.grade.value": "绩效引领性"})
    assert findings("DB-106", d) == (
        finding(
            "DB-106",
            d.letters[1].grade.at,
            "落实重污染天气应急减排承诺书的申报等级为“绩效引领性”，其他处为“B级”",
            "确定申报等级，各处统一",
            also=(d.form.grade.at,),
        ),
    )


@pytest.mark.parametrize(
    ("written", "same"),
    [("B", True), ("Ｂ 级", True), ("待定", True), ("B-级", False), ("A级", False)],
)
def test_grade_differs_boundary(written: str, same: bool) -> None:
    """Another way to write it is no difference, and what names no grade is not judged here."""
    d = changed(cement(), {"profile.grade.value": written})
    assert len(findings("DB-106", d)) == (0 if same else 1)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("公司属于水泥行业，申报绩效等级为B级，产能80万吨/年。", 0),
        ("公司属于水泥行业，绩效分级等级：A级。", 1),
        ("公司现有绩效等级为C级，申报绩效等级为B级。", 0),
        ("公司2024年绩效等级为C级。", 0),
        ("目前绩效等级为C级，申报绩效等级为A级。", 1),
        ("公司属于水泥行业，绩效等级B级，主要产品水泥。", 0),
        ("公司属于水泥行业，绩效等级A级，主要产品水泥。", 1),
        ("按照绩效等级要求落实减排措施。", 0),
    ],
)
def test_the_plan_names_the_same_grade(line: str, found: int) -> None:
    """What the enterprise was graded before does not count."""
    d = changed(cement(), {"plan.profile.0.value": line})
    assert len(findings("DB-106", d)) == found


def test_grade_differs_cannot_judge() -> None:
    d = without(cement(), "letters.0.grade", "letters.1.grade", "profile.grade")
    d = changed(d, {"form.grade.value": "待定", "indicators.heading": None, "plan.profile": ()})
    (doubt,) = unjudged("DB-106", d)
    assert (doubt.at, doubt.reason) == (d.form.at, "没有找到申报等级")


# DB-111


def test_grade_not_on_ladder_passes() -> None:
    assert passed("DB-111", cement(), grade="B")


def test_grade_not_on_ladder_fails() -> None:
    leading = dict.fromkeys(("form.grade.value", "letters.0.grade.value"), "绩效引领性")
    d = without(changed(cement(), leading), "letters.1.grade", "profile.grade")
    assert findings("DB-111", d, grade="引领性") == (
        finding(
            "DB-111",
            d.form.grade.at,
            "测试行业所知的等级为A级、B级、C级、D级，申报的是绩效引领性",
            "对照技术指南核对行业类型和等级",
            grounds=OFFICIAL,
        ),
    )


def test_grade_not_on_ladder_boundary() -> None:
    """The lowest grade is on the ladder; a ladder that was only remembered fails nobody."""
    assert passed("DB-111", changed(cement(), {"form.grade.value": "D级"}), grade="D")
    remembered = replace(BRANCH, provenance=RECALLED)
    (found,) = findings("DB-111", cement(), grade="A+", branch=remembered)
    assert (found.severity, found.grounds) == (Severity.REVIEW, RECALLED)


def test_grade_not_on_ladder_cannot_judge() -> None:
    d = cement()
    (doubt,) = unjudged("DB-111", d, grade=None)
    assert (doubt.at, doubt.reason) == (d.form.at, "没有写明可识别的申报等级")

    (doubt,) = unjudged("DB-111", d, branch=None)
    reason = "没有该行业的插件，不知道该行业设哪些等级"
    assert (doubt.at, doubt.reason) == (d.form.grade.at, reason)

    (doubt,) = unjudged("DB-111", d, branch=replace(BRANCH, ladder=()))
    assert (doubt.at, doubt.reason) == (d.form.grade.at, "测试行业的等级设置尚未查明")
