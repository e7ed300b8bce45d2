"""The bureau's papers: 审核意见表 with the findings as 初审意见, and 整改通知, as people read them."""

from dataclasses import replace

import pytest

from duibiao.document.model import Paragraph, Table
from duibiao.document.word import read_word
from duibiao.rendering.view import notice_view, opinions, review_of, schema
from duibiao.reports.faces import Face
from duibiao.reports.model import Applicant, CheckReport
from duibiao.reports.waivers import Waived
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Outcome, Status
from duibiao.service.papers import encoded

from .sample_reports import (
    CLEAN,
    FORM,
    LIMIT,
    NAMES,
    OTHER,
    OTHER_OUTLET,
    OUTLET,
    PHONE,
    a_report,
    finding,
)  # fmt: skip
from .test_view import unlike
from .test_waivers import waiver

OVER = finding(LIMIT, OUTLET)
DIFFERS = finding(
    NAMES, OTHER_OUTLET, message="两处浓度不同", todo="改为相同", also=(OUTLET,), cites=(OTHER,)
)
CALL = finding(PHONE, FORM, message="不是手机号", todo="填写手机号")
DOUBT = finding(LIMIT, OTHER_OUTLET, severity=Severity.REVIEW, message="限值未核实")
NOTE = finding(PHONE, OTHER_OUTLET, severity=Severity.INFO)


def report(*, waived: bool = True) -> CheckReport:
    """A report with a cause of two findings, one to improve and one waived."""
    outcomes = (
        Outcome(LIMIT, Status.FOUND, (OVER,)),
        Outcome(NAMES, Status.FOUND, (DIFFERS,)),
        Outcome(PHONE, Status.FOUND, (CALL, replace(NOTE, at=replace(FORM, row=9)))),
    )
    return a_report(
        outcomes=outcomes,
        enterprise="某铸造厂",
        waived=(Waived(DOUBT, waiver()),) if waived else (),
    )


def printed(made: CheckReport, face: Face) -> tuple[list[str], list[list[list[str]]]]:
    """The paragraphs and the tables of a paper."""
    document = read_word(encoded(made, face), "表.docx")
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.text]
    tables = [
        [[cell.text for cell in row] for row in block.grid]
        for block in document.blocks
        if isinstance(block, Table)
    ]
    return texts, tables


def test_opinions_are_numbered_and_one_a_cause() -> None:
    assert opinions(report()) == (
        f"1. 〔不符合〕{OUTLET.quoted()}：颗粒物 12.5 mg/m³，超过 10 mg/m³。核对监测报告，或改报 B级。两处浓度不同。改为相同。",
        f"2. 〔建议改正〕{FORM.quoted()}：不是手机号。填写手机号。",
        f"3. 〔已豁免〕{OTHER_OUTLET.quoted()}：限值未核实（某科长同意豁免，有效期至2026-12-31，理由：正在改造）。",
    )
    assert opinions(a_report())[-1] == "5. 〔不能判断〕1 处程序不能判断，见审查报告，须由人判断。"


def test_the_review_form_has_them_as_first_opinion() -> None:
    _, (table,) = printed(report(), Face.REVIEW)

    assert [list(dict.fromkeys(row)) for row in table[:2]] == [
        ["企业名称", "某铸造厂", "日期", "2022年10月1日"],
        ["行业类型", "铸造", "申请分级类型", "A级"],
    ]
    assert table[2][1].split("\n")[: len(opinions(report()))] == list(opinions(report()))
    assert table[3][1] == ""


def test_the_notice_lists_place_article_and_what_to_do() -> None:
    texts, (musts, shoulds, waived) = printed(report(), Face.NOTICE)

    assert texts[0].replace("\n", "") == "重污染天气重点行业绩效分级申报材料整改通知"
    assert texts[1] == "某铸造厂："
    assert texts[2].startswith(
        "你单位提交的铸造行业A级绩效分级申报材料（某铸造厂.docx）已经审查。审查按2022年10月1日有效的规定和《河南2021年版》进行，"
        "发现问题2处，列在下面。请逐条整改，并于　　　　年　　月　　日前重新提交"
    )
    assert [text for text in texts if text.startswith(("一、", "二、", "三、"))] == [
        "一、须整改的问题", "二、建议改正的问题", "三、已豁免的问题",
    ]  # fmt: skip
    assert musts == [
        ["序号", "位置", "问题", "条款", "整改要求"],
        [
            "1",
            f"{OUTLET}\n“12.5”",
            "颗粒物 12.5 mg/m³，超过 10 mg/m³\n两处浓度不同",
            "三环文〔2022〕68号第五条（三）\n三环文〔2022〕68号附件4 四",
            "核对监测报告，或改报 B级\n改为相同",
        ],
    ]
    assert shoulds[1][0] == "2"
    assert waived[1] == [OTHER_OUTLET.quoted(), "限值未核实", "正在改造", "某科长", "2026-12-31"]
    assert "渑池县生态环境分局（盖章）" in texts
    assert "《重点行业绩效分级管理办法》（三环文〔2022〕68号）" in texts


def test_a_notice_without_findings_says_so() -> None:
    texts, tables = printed(a_report(**CLEAN, applicant=Applicant()), Face.NOTICE)

    assert texts[2].endswith("没有发现须整改的问题。")
    assert tables == []
    assert "　　　　生态环境分局（盖章）" in texts


@pytest.mark.parametrize("made", [report(), report(waived=False), a_report(), a_report(**CLEAN)])
def test_the_view_is_what_the_schema_says(made: CheckReport) -> None:
    assert unlike(schema.NOTICE, notice_view(made)) == []
    assert unlike(schema.REVIEW, review_of(made)) == []


@pytest.mark.parametrize("face", [Face.REVIEW, Face.NOTICE])
def test_equal_reports_are_equal_papers(face: Face) -> None:
    assert encoded(a_report(), face) == encoded(a_report(), face)
