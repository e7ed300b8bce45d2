"""The report for a terminal, in colour where there is any, and as plain text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from duibiao.grading.ladder import Ladder, Rung
from duibiao.model.grades import Grade
from duibiao.reports.causes import Cause, by_chapter, group, how_many
from duibiao.reports.model import CheckReport, Reach, reach
from duibiao.reports.summary import Summary
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding, Status
from duibiao.rules.verdict import Verdict

WIDTH = 100
"""Columns where there is no terminal that says how many it has."""

SEVERITY_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.REVIEW: "magenta",
    Severity.INFO: "cyan",
}
VERDICT_STYLES = {
    Verdict.PASS: "bold green",
    Verdict.FAIL: "bold red",
    Verdict.REVIEW: "bold magenta",
    Verdict.INCOMPLETE: "bold yellow",
    None: "bold red",
}

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


def clean(text: object, style: str = "") -> Text:
    """Return foreign text as it is safe to print: no markup, no control characters, on one line."""
    return Text(_CONTROLS.sub(" ", str(text)), style)


def render(report: CheckReport) -> str:
    """Return the report of one check as plain text."""
    return _plain(report_view(report))


def render_summary(summary: Summary) -> str:
    """Return the table of a run over many packages as plain text."""
    return _plain(summary_view(summary))


def facts_grid() -> Table:
    """Return a grid of labels and texts; the texts are folded, never cut."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def listing(*headers: str) -> Table:
    """Return a table whose cells are folded, never cut."""
    table = Table(header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def report_view(report: CheckReport) -> Group:
    """Return the report of one check, ready to print."""
    return Group(
        verdict_view(report),
        *_comparison(report),
        *_findings(report),
        *_waived(report),
        *_unchecked(report),
        *_ladder(report),
        *_judge(report),
    )


def verdict_view(report: CheckReport) -> Group:
    """Return what was checked, the verdict and why, ready to print."""
    facts = (
        f"企业：{report.enterprise or '未识别'}",
        f"行业：{report.industry or '未识别'}",
        f"申报等级：{report.declared or '未识别'}",
    )
    counts = "，".join(f"{severity.label} {report.count(severity)}" for severity in Severity)
    causes = group(report)
    if len(causes) != len(report.findings):
        counts += f"；同一处的归并后共 {how_many(causes)}"
    if report.waived:
        counts += f"；已豁免 {len(report.waived)}"
    if report.unjudged:
        counts += f"；另有不能判断的 {len(report.unjudged)} 处"
    return Group(
        clean(report.file, "bold"),
        clean("　".join(facts)),
        Text.assemble("结论：", (report.verdict.value, VERDICT_STYLES[report.verdict])),
        *(_bullet(clean(reason)) for reason in report.reasons),
        Text(f"审查意见：{counts}"),
    )


def summary_view(summary: Summary) -> Group:
    """Return the table of a run over many packages, ready to print."""
    table = listing("结论", "文件", "企业", "申报等级", *(severity.label for severity in Severity))
    for column in table.columns[-len(Severity) :]:
        column.justify = "right"
    folder = _common_folder(summary)
    for line in summary.lines:
        table.add_row(
            Text(line.conclusion, VERDICT_STYLES[line.verdict]),
            clean(os.path.relpath(line.file, folder) if folder else line.file),
            clean(line.problem, "red") if line.problem else clean(line.enterprise),
            clean(line.declared),
            *(str(line.counts.get(severity, "")) for severity in Severity),
        )
    tally = "，".join(f"{name} {count}" for name, count in summary.tally().items())
    parts: list[RenderableType] = [clean(f"文件夹：{folder}")] if folder else []
    parts += [table, Text(f"共 {len(summary.lines)} 个文件：{tally}")]
    if summary.skipped_note:
        parts.append(clean(summary.skipped_note, "yellow"))
    return Group(*parts)


def _common_folder(summary: Summary) -> str:
    try:
        return os.path.commonpath([os.path.dirname(line.file) for line in summary.lines])  # noqa: PTH120
    except ValueError:  # no files, or on different drives
        return ""


def _plain(view: RenderableType) -> str:
    stream = StringIO()
    Console(file=stream, width=WIDTH, color_system=None, highlight=False).print(view)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def _indent(view: RenderableType, columns: int) -> Padding:
    return Padding(view, (0, 0, 0, columns), expand=False)


def _bullet(view: RenderableType) -> Padding:
    grid = facts_grid()
    grid.add_row("·", view)
    return _indent(grid, 2)


def _heading(text: str) -> Group:
    return Group("", Text(text, "bold underline"))


def _findings(report: CheckReport) -> Iterator[RenderableType]:
    for chapter, causes in by_chapter(report).items():
        yield _heading(f"{chapter}（{how_many(causes)}）")
        for cause in causes:
            yield _indent(_cause(cause), 2)


def _cause(cause: Cause) -> Group:
    if len(cause.findings) == 1:
        return Group(_head(cause.lead), _indent(_finding(cause.lead), 4))
    head = Text.assemble((f"同一处 {len(cause.findings)} 条意见", "bold"), " ", clean(cause.at))
    parts = [
        part
        for finding in cause.findings
        for part in (_indent(_head(finding), 4), _indent(_finding(finding), 8))
    ]
    return Group(head, *parts)


def _head(finding: Finding) -> Text:
    return Text.assemble(
        (f"[{finding.severity.label}]", SEVERITY_STYLES[finding.severity]),
        " ",
        clean(finding.code, "bold"),
        " ",
        clean(finding.at),
    )


def _finding(finding: Finding) -> RenderableType:
    rows = facts_grid()
    facts: list[tuple[str, object]] = [("问题", finding.message)]
    if finding.at.quote:
        facts.append(("原文", f"“{finding.at.quote}”"))
    facts += [("相关", at.quoted()) for at in finding.also]
    facts.append(("办法", finding.todo))
    facts += [("条款", cite) for cite in finding.cites]
    if finding.grounds:
        facts.append(("依据", finding.grounds))
    for label, value in facts:
        rows.add_row(Text(label, "dim"), clean(value))
    return rows


def _waived(report: CheckReport) -> Iterator[RenderableType]:
    if report.waived:
        yield _heading(f"已豁免的意见（{len(report.waived)}）")
    for entry in report.waived:
        yield _indent(_head(entry.finding), 2)
        yield _indent(clean(f"{entry.finding.message}；{entry.waiver}"), 6)


def _comparison(report: CheckReport) -> Iterator[RenderableType]:
    comparison = report.comparison
    if comparison is None:
        return
    earlier = comparison.earlier
    yield _heading(f"与上次申报比较（{_CONTROLS.sub(' ', earlier.file)}）")
    yield _indent(clean(f"上次结论 {earlier.verdict}，基准日期 {earlier.day}；{comparison}"), 2)
    for label, style, seen in (
        ("已改正", "green", comparison.fixed),
        ("不能确认", "yellow", comparison.unsure),
    ):
        for one in seen:
            said = clean(f"{one.code} {one.place}：{one.message}")
            yield _bullet(Text.assemble((label, style), " ", said))
    for label, style, found in (
        ("仍存在", "red", [finding for _, finding in comparison.still]),
        ("新出现", "bold red", comparison.new),
    ):
        for finding in found:
            said = clean(f"{finding.code} {finding.at}：{finding.message}")
            yield _bullet(Text.assemble((label, style), " ", said))


def _unchecked(report: CheckReport) -> Iterator[RenderableType]:
    lines = [
        *(f"规则 {o.rule.code} 检查出错：{o.reason}" for o in report.with_status(Status.CRASHED)),
        *(
            f"不能判断（{rule.code}）{entry.at.quoted()}：{entry.reason}"
            for rule, entry in report.unjudged
        ),
        *(f"没有读懂 {entry.at.quoted()}：{entry.what}，{entry.why}" for entry in report.unread),
        *(f"文件异常：{warning}" for warning in report.warnings),
        *(f"插件 {entry.name} 停用：{entry.reason}" for entry in report.left_out),
    ]
    if lines:
        yield _heading(f"没有检查或不能判断的内容（{len(lines)}）")
    for line in lines:
        yield _bullet(clean(line))


def _ladder(report: CheckReport) -> Iterator[RenderableType]:
    yield _heading("分级阶梯")
    whole = report.ladder
    for ladder in whole.every:
        if len(whole.every) > 1:
            yield _indent(clean(ladder.industry, "bold"), 2)
        if ladder.grades:
            yield from ladder_lines(ladder)
        else:
            yield _indent(Text("没有这个行业的等级阶梯，不能评级。"), 2)
    if whole.others or whole.ungraded:
        names = f"；没有插件认识的行业：{'、'.join(whole.ungraded)}" if whole.ungraded else ""
        yield _indent(clean(f"总体绩效以较差的行业为准：{grade_label(whole.overall)}{names}"), 2)


def ladder_lines(ladder: Ladder) -> Iterator[RenderableType]:
    """Yield what a ladder comes to: grades, eligibility, and the items that miss the declared grade."""
    declared = ladder.declared.label if ladder.declared else "未申报"
    supported, ceiling = grade_label(ladder.supported), grade_label(ladder.ceiling)
    said = f"申报 {declared}；材料能支持 {supported}；已能判断的项目最高允许 {ceiling}"
    yield _indent(Text(said), 2)
    held = {kind: [r for r in ladder.rungs if reach(ladder, r) is kind] for kind in Reach}
    counts = "，".join(f"{kind.label} {len(rungs)} 项" for kind, rungs in held.items() if rungs)
    yield _indent(Text(f"对照申报等级：{counts or '没有可评的项目'}"), 2)
    for bar in ladder.eligibility.because:
        barred = "、".join(grade.label for grade in ladder.eligibility.barred)
        said = f"{bar.what}（{bar.at.quoted()}），当年不得申报{barred}（{bar.cite}）"
        yield _bullet(Text.assemble(("资格 ", "red"), clean(said)))
    for bar in ladder.eligibility.doubts:
        yield _bullet(
            Text.assemble(
                ("资格待定 ", "yellow"), clean(f"{bar.what}（{bar.at.quoted()}；{bar.cite}）")
            )
        )
    for rung in held[Reach.SHORT]:
        yield _bullet(_short(rung))


def grade_label(grade: Grade | None) -> str:
    """Return a grade as documents write it, or that it cannot be told."""
    return grade.label if grade else "不能确定"


def _short(rung: Rung) -> Text:
    reached = rung.reached.label if rung.reached else ""
    standing = f"［{rung.grounds.standing.label}］" if rung.grounds else ""
    return Text.assemble(
        ("达不到 ", "red"),
        clean(
            f"{rung.indicator} {rung.item}：{rung.value}，只到 {reached}；"
            f"申报等级要求：{rung.requirement or '不详'}{standing}"
        ),
    )


def _judge(report: CheckReport) -> Iterator[RenderableType]:
    judge = report.judge
    statuses = "，".join(f"{status.label} {len(report.with_status(status))}" for status in Status)
    plugin = f"{judge.distribution or judge.plugin} {judge.version}" if judge.plugin else "无"
    yield _heading("审查依据")
    for line in (
        f"规则 {len(report.outcomes)} 条：{statuses}",
        f"基准日期 {judge.day.isoformat()}（{judge.day_origin}）",
        f"页码 {judge.pages or '未知'}",
        f"行业 {judge.branch or '未识别'}；版本 {judge.edition or '无'}；插件 {plugin}",
        *(
            f"行业 {one.branch}；版本 {one.edition or '无'}；"
            f"插件 {one.distribution or one.plugin} {one.version}"
            for one in judge.others
        ),
        f"duibiao {judge.engine}；法规数据 {judge.common_sha256[:12]} {judge.law_sha256[:12]}",
    ):
        yield _indent(clean(line), 2)
