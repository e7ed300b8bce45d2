"""The workbook: one row a finding, a rule, an item of the ladder; texts stay texts."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from duibiao.reports import as_xlsx
from duibiao.reports.comparing import compare, earlier_of
from duibiao.reports.waivers import Waived
from duibiao.rules.engine import Outcome, Status

from .sample_reports import CLEAN, LIMIT, OUTLET, a_report, finding
from .test_waivers import waiver

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows(data: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(sheet).to_python()


def test_every_finding_rule_and_item_has_a_row() -> None:
    report = a_report()
    data = as_xlsx.render(report)

    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names == [
        "结论", "审查意见", "不能判断", "规则执行情况", "分级阶梯",
    ]  # fmt: skip
    found = rows(data, "审查意见")
    assert [row[:4] for row in found] == [
        ["序号", "同一处", "严重程度", "规则"],
        [1, 1, "不符合", "DB-101"],
        [2, 2, "建议改正", "DB-104"],
        [3, 3, "不符合", "DB-201"],
        [4, 4, "需人工核实", "DB-203"],
    ]
    assert found[3][4:12] == [
        LIMIT.title, "四、企业基本情况", str(OUTLET), 7, "12.5", "颗粒物 12.5 mg/m³，超过 10 mg/m³",
        "核对监测报告，或改报 B级", "《重点行业绩效分级管理办法》（三环文〔2022〕68号）第五条（三）",
    ]  # fmt: skip
    assert [row[0] for row in rows(data, "规则执行情况")[1:]] == [
        outcome.rule.code for outcome in report.outcomes
    ]
    assert len(rows(data, "分级阶梯")) == 1 + len(report.ladder.rungs)
    assert rows(data, "不能判断")[1][0] == "DB-201"
    assert ["审查结论", "不通过"] in rows(data, "结论")


def test_panes_are_frozen_and_columns_have_filters() -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx.render(a_report()))) as book:
        sheets = [etree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml")) for n in range(1, 6)]

    for sheet in sheets:
        assert sheet.find(f".//{S}pane").get("state") == "frozen"
        assert sheet.find(f"{S}autoFilter") is not None


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "@SUM(A1)", "http://a.b/", "internal:Sheet1!A1", "\x00\u202e甲"]
)
def test_what_the_package_says_stays_a_text(text: str) -> None:
    over = finding(LIMIT, OUTLET, message=text)
    data = as_xlsx.render(a_report(outcomes=(Outcome(LIMIT, Status.FOUND, (over,)),)))

    assert rows(data, "审查意见")[1][9].strip() == text.replace("\x00\u202e", "")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert not [name for name in book.namelist() if "_rels/sheet" in name]
        assert b"<f>" not in book.read("xl/worksheets/sheet2.xml")


def test_waived_findings_and_the_comparison_are_shown() -> None:
    report = a_report(**CLEAN, waived=(Waived(finding(LIMIT, OUTLET), waiver()),))
    data = as_xlsx.render(replace(report, comparison=compare(report, earlier_of(a_report()))))

    (waived,) = rows(data, "审查意见")[1:]
    assert (waived[0], waived[3], waived[14]) == (
        1, "DB-201", "某科长同意豁免，有效期至2026-12-31，理由：正在改造",
    )  # fmt: skip
    assert [row[0] for row in rows(data, "与上次比较")[1:]] == ["仍存在", *["不能确认"] * 3]


def test_equal_reports_are_equal_files() -> None:
    assert as_xlsx.render(a_report()) == as_xlsx.render(a_report())
    assert rows(as_xlsx.render(a_report(**CLEAN)), "审查意见")[1:] == []
