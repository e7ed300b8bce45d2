"""批注: what is written beside a document: one note a finding and place, and one for the whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from duibiao.model.classes import dataclass
from duibiao.model.location import Location, shorten
from duibiao.reports.model import CheckReport
from duibiao.reports.writing import VERDICT_AUTHOR
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding, Status

ARTICLE_LENGTH = 120
"""Longest piece of an article, in characters, that a note quotes."""

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+"
)
_INITIALS = {
    Severity.ERROR: "不符",
    Severity.WARNING: "建议",
    Severity.REVIEW: "核实",
    Severity.INFO: "提示",
}
_HOW_TO_READ = (
    "看法：每条意见批注在它所指的段落、单元格或表格行上；作者“对标-不符合”“对标-建议改正”“对标-需人工核实”“对标-提示”"
    "就是严重程度。改正后请对原文件重新审查，不要在批注件上改了提交。"
)

Spot = TypeVar("Spot", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Note:
    """One note.

    Attributes:
        author: Who it is from, which tells its severity: ``对标-不符合``.
        initials: That in two letters.
        lines: Its paragraphs; printable.
        severity: Severity of its finding, or None for the note about the whole.
    """

    author: str
    initials: str
    lines: tuple[str, ...]
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Pinned(Generic[Spot]):
    """All notes of a report with their places in one document.

    Attributes:
        notes: Notes that have one, in the order of the findings.
        summary: The note about the whole; it holds the findings that have none.
        placed: Findings that have a place.
        apart: Findings that have none.
    """

    notes: tuple[tuple[Spot, Note], ...]
    summary: Note
    placed: int
    apart: int


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a report's findings in an annotated copy.

    Attributes:
        placed: Findings at a place of their own.
        apart: Findings in the note about the whole.
        remarks: What the user should know of the copy.
    """

    placed: int
    apart: int
    remarks: tuple[str, ...]


def pinned(report: CheckReport, find: Callable[[Location], Spot | None]) -> Pinned[Spot]:
    """Give every finding its place.

    Args:
        report: The report.
        find: Gives the place in the document for a location in its file, or None where there is none.
    """
    notes: list[tuple[Spot, Note]] = []
    apart: list[Finding] = []
    for finding in report.findings:
        spots = [find(at) if at.file == report.file else None for at in (finding.at, *finding.also)]
        if spots[0] is None:
            apart.append(finding)
        else:
            notes.append((spots[0], _note(finding, _main_lines(finding, report))))
        beside = dict.fromkeys(spot for spot in spots[1:] if spot is not None and spot != spots[0])
        notes += [(spot, _note(finding, _lines_beside(finding, report))) for spot in beside]
    summary = Note(VERDICT_AUTHOR, "结论", tuple(map(_clean, _summary(report, apart))))
    return Pinned(tuple(notes), summary, len(report.findings) - len(apart), len(apart))


def _note(finding: Finding, lines: Iterator[str]) -> Note:
    severity = finding.severity
    return Note(f"对标-{severity.label}", _INITIALS[severity], tuple(map(_clean, lines)), severity)


def _main_lines(finding: Finding, report: CheckReport) -> Iterator[str]:
    yield f"问题：{finding.message}"
    for cite in finding.cites:
        text = report.articles.get(cite, "")
        yield f"依据：{cite}" + (f"　“{shorten(text, ARTICLE_LENGTH)}”" if text else "")
    if finding.grounds:
        yield f"数据来源：{finding.grounds}"
    yield f"办法：{finding.todo}"
    for at in finding.also:
        yield f"另见：{_place(at, report)}"
    yield f"编号：{finding.code}"


def _lines_beside(finding: Finding, report: CheckReport) -> Iterator[str]:
    yield f"与另一处的意见有关：{finding.message}"
    yield f"见：{_place(finding.at, report)}"
    yield f"编号：{finding.code}"


def _summary(report: CheckReport, apart: Sequence[Finding]) -> Iterator[str]:
    yield f"审查结论：{report.verdict.value}"
    yield (
        f"企业：{report.enterprise or '未识别'}　行业：{report.industry or '未识别'}"
        f"　申报等级：{report.declared or '未识别'}"
    )
    for reason in report.reasons:
        yield f"· {reason}"
    counts = "，".join(f"{severity.label} {report.count(severity)}" for severity in Severity)
    yield f"审查意见：{counts}"
    yield _HOW_TO_READ
    judge = report.judge
    yield (
        f"基准日期 {judge.day.isoformat()}（{judge.day_origin}）；版本 {judge.edition or '无'}；"
        f"duibiao {judge.engine}"
    )
    if apart:
        yield f"以下 {len(apart)} 条意见针对全文、页眉页脚或其他文件，在正文中没有对应位置："
    for number, finding in enumerate(apart, 1):
        cites = "；".join(map(str, finding.cites))
        yield (
            f"{number}. ［{finding.severity.label}］{_place(finding.at, report)}：{finding.message}。"
            f"办法：{finding.todo}。{f'依据：{cites}' if cites else ''}（{finding.code}）"
        )
    if report.waived:
        yield f"已豁免的意见（{len(report.waived)}）："
    for entry in report.waived:
        finding = entry.finding
        yield (
            f"· ［{finding.severity.label}］{_place(finding.at, report)}：{finding.message}；"
            f"{entry.waiver}（{finding.code}）"
        )
    unchecked = list(_unchecked(report))
    if unchecked:
        yield f"没有检查或不能判断的内容（{len(unchecked)}）："
    for line in unchecked:
        yield f"· {line}"


def _unchecked(report: CheckReport) -> Iterator[str]:
    for outcome in report.with_status(Status.CRASHED):
        yield f"规则 {outcome.rule.code} 检查出错：{outcome.reason}"
    for rule, entry in report.unjudged:
        yield f"不能判断（{rule.code}）{_place(entry.at, report)}：{entry.reason}"
    for unread in report.unread:
        yield f"没有读懂 {_place(unread.at, report)}：{unread.what}，{unread.why}"
    for warning in report.warnings:
        yield f"文件异常：{warning}"
    for plugin in report.left_out:
        yield f"插件 {plugin.name} 停用：{plugin.reason}"


def _place(at: Location, report: CheckReport) -> str:
    """Return a place in words, with its file where that is another one, and its quote."""
    file = f"《{at.file}》" if at.file and at.file != report.file else ""
    return f"{file}{at.quoted()}"


def _clean(line: str) -> str:
    return _UNPRINTABLE.sub(" ", line)
