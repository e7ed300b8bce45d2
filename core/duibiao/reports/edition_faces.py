"""Two editions over one package (`duibiao diff-editions`): for a terminal and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from duibiao.grading.rungs import Rung, Step
from duibiao.reports.edition_changes import EditionChanges, RequirementChange
from duibiao.reports.json_parts import Json, grounds_of, place, step_object
from duibiao.reports.model import CheckReport
from duibiao.reports.text import VERDICT_STYLES, clean, grade_label, listing
from duibiao.rules.engine import Finding


def changes_view(changes: EditionChanges) -> Group:
    """Return what changes for the package, ready to print."""
    before, after = changes.before, changes.after
    facts = listing("", "甲", "乙")
    for label, one, other in (
        ("基准日期", before.judge.day, after.judge.day),
        ("指标版本", before.judge.edition or "无", after.judge.edition or "无"),
        ("等级设置", _grades(before), _grades(after)),
        ("材料能支持", _supported(before), _supported(after)),
        ("最高允许", _ceiling(before), _ceiling(after)),
    ):
        facts.add_row(label, clean(one), clean(other))
    verdicts = [Text(r.verdict.value, VERDICT_STYLES[r.verdict]) for r in (before, after)]
    facts.add_row("结论", *verdicts)
    return Group(
        clean(before.file, "bold"),
        clean(f"企业：{before.enterprise or '未识别'}　行业：{before.industry or '未识别'}"),
        facts,
        *_findings("只按甲有的意见", changes.vanished),
        *_findings("只按乙有的意见", changes.appeared),
        *_rungs(changes),
        *_requirements(changes.requirements),
        *([Text("按两者审查，结果相同。", "bold green")] if changes.is_same else []),
    )


def render_json(changes: EditionChanges) -> str:
    """Return the same as an indented JSON document of ``kind`` ``edition_changes``."""
    whole: Json = {
        "schema_version": 1,
        "kind": "edition_changes",
        "file": changes.before.file,
        "sha256": changes.before.sha256,
        "same": changes.is_same,
        "before": _side(changes.before),
        "after": _side(changes.after),
        "vanished": list(map(_finding, changes.vanished)),
        "appeared": list(map(_finding, changes.appeared)),
        "rungs": [
            {
                "industry": change.item[0],
                "indicator": change.item[1],
                "item": change.item[2],
                "before": _rating(change.before),
                "after": _rating(change.after),
            }
            for change in changes.rungs
        ],
        "requirements": [
            {
                "indicator": change.indicator,
                "items": list(change.items),
                "grade": change.grade,
                "before": step_object(change.before) if change.before else None,
                "after": step_object(change.after) if change.after else None,
            }
            for change in changes.requirements
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _side(report: CheckReport) -> Json:
    judge, ladder = report.judge, report.ladder
    return {
        "day": judge.day.isoformat(),
        "edition": judge.edition,
        "law_sha256": judge.law_sha256,
        "common_sha256": judge.common_sha256,
        "verdict": report.verdict.name.lower(),
        "grades": [grade.value for grade in ladder.grades],
        "supported": ladder.supported,
        "ceiling": ladder.ceiling,
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "at": place(finding.at),
        "message": finding.message,
        "grounds": grounds_of(finding.grounds),
    }


def _rating(rung: Rung | None) -> Json | None:
    if rung is None:
        return None
    return {"reached": rung.reached, "value": rung.value, "reason": rung.reason}


def _grades(report: CheckReport) -> str:
    return "、".join(grade.label for grade in report.ladder.grades) or "没有等级阶梯"


def _supported(report: CheckReport) -> str:
    return grade_label(report.ladder.supported)


def _ceiling(report: CheckReport) -> str:
    return grade_label(report.ladder.ceiling)


def _findings(title: str, findings: Sequence[Finding]) -> Iterator[RenderableType]:
    if not findings:
        return
    yield Text(f"{title}（{len(findings)}）", "bold underline")
    table = listing("编号", "性质", "意见", "依据", "位置")
    for one in findings:
        row = (one.code, one.severity.label, one.message, one.grounds or "", one.at)
        table.add_row(*map(clean, row))
    yield table


def _rungs(changes: EditionChanges) -> Iterator[RenderableType]:
    if not changes.rungs:
        return
    yield Text(f"评级有变化的项目（{len(changes.rungs)}）", "bold underline")
    table = listing("项目", "甲", "乙")
    for change in changes.rungs:
        _, indicator, item = change.item
        name = item if item == indicator else f"{indicator} {item}"
        table.add_row(clean(name), clean(_rated(change.before)), clean(_rated(change.after)))
    yield table


def _rated(rung: Rung | None) -> str:
    if rung is None:
        return "没有这一项"
    if rung.reached is None:
        return f"不能判断：{rung.reason}"
    return f"{rung.reached.label}{f'（{rung.reason}）' if rung.reason else ''}"


def _requirements(changes: Sequence[RequirementChange]) -> Iterator[RenderableType]:
    if not changes:
        return
    yield Text(f"要求有变化的（{len(changes)}）", "bold underline")
    table = listing("项目", "等级", "甲", "乙")
    for change in changes:
        items = [item for item in change.items if item != change.indicator]
        name = "：".join(filter(None, (change.indicator, "；".join(items))))
        required = [_required(step) for step in (change.before, change.after)]
        table.add_row(clean(name), change.grade.label, *map(clean, required))
    yield table


def _required(step: Step | None) -> str:
    if step is None or not step.requirement:
        return "没有查到（缺）" if step else "没有这一项或这一级"
    cites = "；".join(map(str, step.grounds.cites)) if step.grounds else ""
    return f"{step.requirement}{f'　{cites}' if cites else ''}"
