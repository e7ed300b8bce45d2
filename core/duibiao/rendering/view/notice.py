"""What the bureau's papers print: 审核意见表 (附件1) with the findings as 初审意见, and 整改通知."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from duibiao.law.provenance import Citation
from duibiao.reports.causes import Cause, group
from duibiao.reports.model import CheckReport
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding

BUREAU = "生态环境分局"

_PARTS = {
    Severity.ERROR: "须整改的问题",
    Severity.WARNING: "建议改正的问题",
    Severity.REVIEW: "须说明或补充证明的问题",
}
_NUMERALS = "一二三四"


def opinions(report: CheckReport) -> tuple[str, ...]:
    """Return 初审意见: a numbered line a cause, then what was not judged, and what is waived."""
    causes = [cause for cause in group(report) if cause.severity is not Severity.INFO]
    said = [
        f"〔{cause.severity.label}〕{cause.at.quoted()}："
        + "".join(f"{finding.message}。{finding.todo}。" for finding in _serious(cause))
        for cause in causes
    ]
    if report.unjudged:
        said.append(f"〔不能判断〕{len(report.unjudged)} 处程序不能判断，见审查报告，须由人判断。")
    said += [
        f"〔已豁免〕{entry.finding.at.quoted()}：{entry.finding.message}（{entry.waiver}）。"
        for entry in report.waived
    ]
    return tuple(f"{number}. {line}" for number, line in enumerate(said, 1))


def review_of(report: CheckReport) -> Mapping[str, object]:
    """Return what the template of 审核意见表 prints of a report, as `schema.REVIEW` describes it."""
    judge = report.judge
    return {
        "enterprise": report.enterprise,
        "date": _day(judge.day) if judge.day_origin == "封面日期" else "",
        "industry": report.industry,
        "grade": report.declared,
        "findings": list(opinions(report)),
        "conclusion": "",
    }


def notice_view(report: CheckReport) -> Mapping[str, object]:
    """Return what the template of 整改通知 prints, as `schema.NOTICE` describes it."""
    judge, county = report.judge, report.applicant.county
    editions = (judge.edition, *(one.edition for one in judge.others))
    parts: list[Mapping[str, object]] = []
    number = 0
    for severity, title in _PARTS.items():
        causes = [cause for cause in group(report) if cause.severity is severity]
        if causes:
            rows = [_row(number + place, cause) for place, cause in enumerate(causes, 1)]
            parts.append({"title": f"{_NUMERALS[len(parts)]}、{title}", "rows": rows})
            number += len(causes)
    waived = [
        {
            "place": entry.finding.at.quoted(),
            "problem": entry.finding.message,
            "reason": entry.waiver.reason,
            "by": entry.waiver.by,
            "until": entry.waiver.until.isoformat(),
        }
        for entry in report.waived
    ]
    return {
        "enterprise": report.enterprise,
        "industry": report.industry.removesuffix("行业"),
        "grade": report.declared,
        "file": report.file,
        "edition": "、".join(map(_titled, filter(None, dict.fromkeys(editions)))),
        "day": _day(judge.day),
        "count": number,
        "parts": parts,
        "sources": list(dict.fromkeys(cite.source.label for cite in _cites(report))),
        "waived_title": f"{_NUMERALS[len(parts)]}、已豁免的问题",
        "waived": waived,
        "bureau": f"{county}{BUREAU}" if county else "",
        "sha256": report.sha256,
        "engine": judge.engine,
    }


def _titled(edition: str) -> str:
    """Return the name of an edition in title marks, its standing behind them; "" for none."""
    name, mark, standing = edition.partition("［")
    return f"《{name.strip('《》')}》{mark}{standing}" if name else ""


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _serious(cause: Cause) -> Sequence[Finding]:
    return [finding for finding in cause.findings if finding.severity is not Severity.INFO]


def _row(number: int, cause: Cause) -> Mapping[str, str]:
    findings = _serious(cause)
    return {
        "number": str(number),
        "place": cause.at.quoted("\n"),
        "problem": _lines(finding.message for finding in findings),
        "articles": _lines(_short(cite) for finding in findings for cite in finding.cites),
        "todo": _lines(finding.todo for finding in findings),
    }


def _cites(report: CheckReport) -> Iterator[Citation]:
    for cause in group(report):
        for finding in _serious(cause):
            yield from finding.cites


def _short(cite: Citation) -> str:
    """Return a citation by the number of its document, where it has one."""
    number = cite.source.number
    return f"{number}{cite.place}" if number else str(cite)


def _lines(texts: Iterable[str]) -> str:
    """Return texts, each once, one a line."""
    return "\n".join(dict.fromkeys(texts))
