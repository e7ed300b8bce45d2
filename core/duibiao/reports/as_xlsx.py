"""The report as an Excel workbook: one row a finding, a rule, an item of the ladder; to filter, sort and pass on."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import xlsxwriter

from duibiao.model.classes import dataclass
from duibiao.reports.causes import group
from duibiao.reports.comparison import Comparison
from duibiao.reports.lists.workbook import (
    BODY,
    CREATED,
    HEAD,
    ROW_LINE,
    TALLEST,
    lines_of,
    printable,
)
from duibiao.reports.model import CheckReport, chapter_of, reach
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding

Cell = str | int

_COLOURS = {"error": "#FCEFEE", "warning": "#FDF5E6", "review": "#F6F0FA", "info": "#EDF5FA"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """工作表: a table with a header in its first row.

    Attributes:
        name: Name of the sheet.
        columns: Names of the columns with their widths in characters.
        rows: Rows of texts and counts.
        coloured: Column in which severities are coloured, or None.
    """

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]
    coloured: int | None = None


def render(report: CheckReport) -> bytes:
    """Return the workbook of the report of one check; equal reports give equal bytes."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": CREATED, "title": "审查报告"})
    base = {"font_name": BODY, "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
    head = book.add_format({**base, "font_name": HEAD, "bold": True, "bg_color": "#E9EFF5"})
    text = book.add_format({**base, "num_format": "@"})
    tinted = {
        severity.label: book.add_format({**base, "num_format": "@", "bg_color": _COLOURS[severity]})
        for severity in Severity
    }
    for sheet in sheets(report):
        page = book.add_worksheet(sheet.name)
        for column, (name, width) in enumerate(sheet.columns):
            page.set_column(column, column, width)
            page.write_string(0, column, name, head)
        widths = [width for _, width in sheet.columns]
        for number, row in enumerate(sheet.rows, 1):
            height = ROW_LINE * lines_of([str(cell) for cell in row], widths) + 4
            page.set_row(number, min(height, TALLEST))
            for column, cell in enumerate(row):
                style = tinted.get(str(cell), text) if column == sheet.coloured else text
                if isinstance(cell, int):
                    page.write_number(number, column, cell, style)
                else:
                    page.write_string(number, column, printable(cell), style)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
        page.repeat_rows(0)
        page.set_landscape()
        page.set_paper(8)
        page.fit_to_pages(1, 0)
        page.set_footer("&C第&P页，共&N页")
    book.close()
    return stream.getvalue()


def sheets(report: CheckReport) -> tuple[Sheet, ...]:
    """Return the tables of the workbook."""
    made = [
        Sheet("结论", (("项目", 22), ("内容", 90)), tuple(_facts(report))),
        Sheet("审查意见", _FINDINGS, tuple(_findings(report)), coloured=2),
        Sheet("不能判断", _UNJUDGED, tuple(_unjudged(report))),
        Sheet("规则执行情况", _OUTCOMES, tuple(_outcomes(report)), coloured=2),
        Sheet("分级阶梯", _RUNGS, tuple(_rungs(report))),
    ]
    if report.comparison is not None:
        made.append(Sheet("与上次比较", _COMPARED, tuple(_compared(report.comparison))))
    return tuple(made)


_FINDINGS = (
    ("序号", 7), ("同一处", 8), ("严重程度", 11), ("规则", 9), ("检查什么", 22), ("章节", 16), ("位置", 26), ("页码", 7),
    ("原文", 20), ("问题", 36), ("怎么办", 26), ("条款", 30), ("数值依据", 20), ("相关位置", 26), ("豁免", 20),
)  # fmt: skip
_UNJUDGED = (("规则", 10), ("检查什么", 40), ("位置", 44), ("原文", 30), ("为什么不能判断", 60))
_OUTCOMES = (
    ("规则", 10), ("检查什么", 50), ("严重程度", 12), ("结果", 12), ("意见", 8), ("未能判断", 10), ("说明", 60),
)  # fmt: skip
_RUNGS = (
    ("指标", 22), ("项目", 34), ("材料中的值", 34), ("位置", 34), ("达到等级", 10), ("对照申报等级", 13), ("申报等级的要求", 34),
    ("再上一级", 10), ("再上一级的要求", 34), ("依据", 44), ("依据已核实", 11), ("说明", 40),
)  # fmt: skip
_COMPARED = (("比较", 12), ("规则", 10), ("位置", 40), ("问题", 60), ("上次的问题", 60))


def _facts(report: CheckReport) -> Iterator[tuple[Cell, ...]]:
    judge = report.judge
    yield "企业名称", report.enterprise
    yield "申报材料", report.file
    yield "行业类型", report.industry
    yield "申报等级", report.declared
    yield "审查结论", report.verdict.value
    for reason in report.reasons:
        yield "为什么", reason
    for severity in Severity:
        yield severity.label, report.count(severity)
    yield "同一处的意见归并后", len(group(report))
    yield "已豁免", len(report.waived)
    if report.comparison is not None:
        yield "与上次比较", str(report.comparison)
    yield "基准日期", f"{judge.day.isoformat()}（{judge.day_origin}）"
    yield "指标版本", judge.edition or "无"
    yield "行业插件", f"{judge.distribution} {judge.version}".strip() or "无"
    for one in judge.others:
        yield f"指标版本（{one.branch}）", one.edition or "无"
        yield f"行业插件（{one.branch}）", f"{one.distribution} {one.version}".strip()
        yield f"行业法规数据（{one.branch}）", one.law_sha256
    yield "审查程序", f"duibiao {judge.engine}"
    yield "通用法规数据", judge.common_sha256
    yield "行业法规数据", judge.law_sha256 or "无"
    yield "申报材料校验值", report.sha256
    for entry in report.unread:
        yield "没有读懂", f"{entry.at.quoted()}：{entry.what}，{entry.why}"
    for warning in report.warnings:
        yield "文件的异常", warning
    for plugin in report.left_out:
        yield "停用的插件", f"{plugin.name}：{plugin.reason}"


def _findings(report: CheckReport) -> Iterator[tuple[Cell, ...]]:
    number = 0
    for place, cause in enumerate(group(report), 1):
        for finding in cause.findings:
            number += 1
            yield (number, place, *_finding(finding), "")
    for entry in report.waived:
        number += 1
        yield (number, "", *_finding(entry.finding), str(entry.waiver))


def _finding(finding: Finding) -> tuple[Cell, ...]:
    at = finding.at
    return (
        finding.severity.label,
        finding.code,
        finding.title,
        chapter_of(at),
        str(at),
        at.page if at.page is not None else "",
        at.quote,
        finding.message,
        finding.todo,
        "\n".join(map(str, finding.cites)),
        str(finding.grounds) if finding.grounds else "",
        "\n".join(place.quoted() for place in finding.also),
    )


def _unjudged(report: CheckReport) -> Iterator[tuple[Cell, ...]]:
    for rule, entry in report.unjudged:
        yield rule.code, rule.title, str(entry.at), entry.at.quote, entry.reason


def _outcomes(report: CheckReport) -> Iterator[tuple[Cell, ...]]:
    for outcome in report.outcomes:
        rule = outcome.rule
        yield (
            rule.code,
            rule.title,
            rule.severity.label,
            outcome.status.label,
            len(outcome.findings),
            len(outcome.unjudged),
            outcome.reason,
        )


def _rungs(report: CheckReport) -> Iterator[tuple[Cell, ...]]:
    for rung in report.ladder.rungs:
        yield (
            rung.indicator,
            rung.item,
            rung.value,
            str(rung.at),
            rung.reached.label if rung.reached else "",
            reach(report.ladder, rung).label,
            rung.requirement,
            rung.next_grade.label if rung.next_grade else "",
            rung.next_requirement,
            str(rung.grounds) if rung.grounds else "",
            "是" if rung.verified else "否",
            rung.reason,
        )


def _compared(comparison: Comparison) -> Iterator[tuple[Cell, ...]]:
    for seen in comparison.fixed:
        yield "已改正", seen.code, seen.place, "", seen.message
    for seen, finding in comparison.still:
        yield "仍存在", finding.code, str(finding.at), finding.message, seen.message
    for finding in comparison.new:
        yield "新出现", finding.code, str(finding.at), finding.message, ""
    for seen in comparison.unsure:
        yield "不能确认", seen.code, seen.place, "", seen.message
