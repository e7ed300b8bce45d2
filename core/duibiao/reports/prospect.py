"""What a grade needs (`duibiao grade`): for a terminal and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from duibiao.grading.eligibility import Bar
from duibiao.grading.ladder import Ladder
from duibiao.grading.prospect import Gap, Prospect
from duibiao.reports.json_parts import Json, bar_object, ladder_object, place
from duibiao.reports.model import CheckReport
from duibiao.reports.text import clean, grade_label, ladder_lines, listing

NO_PART = "未主动参与绩效评级的，按最低等级（{}）管理（三环文〔2022〕68号第十二条）。"
FALSEHOOD = "是否隐瞒或提供虚假材料（第十九条，直接评定为最低等级），由审核人员判断，这里不作判断。"


def prospect_view(report: CheckReport, prospect: Prospect) -> Group:
    """Return the ladder in short and what the target needs, ready to print."""
    judge, ladder = report.judge, report.ladder
    return Group(
        clean(report.file, "bold"),
        clean(f"企业：{report.enterprise or '未识别'}　行业：{report.industry or '未识别'}"),
        clean(f"指标版本：{judge.edition or '无'}　基准日期：{judge.day}（{judge.day_origin}）"),
        *(part for one in ladder.every for part in _ladder(one)),
        *(
            [Text(f"总体绩效（各行业中最差的）：{grade_label(ladder.overall)}")]
            if ladder.others or ladder.ungraded
            else []
        ),
        "",
        _conclusion(prospect),
        *_eligibility(prospect),
        *_blocked(prospect),
        *_open(prospect),
        Text(FALSEHOOD, "dim"),
    )


def render_json(report: CheckReport, prospect: Prospect) -> str:
    """Return the same as an indented JSON document of ``kind`` ``prospect``."""
    whole: Json = {
        "schema_version": 1,
        "kind": "prospect",
        "file": report.file,
        "sha256": report.sha256,
        "enterprise": report.enterprise,
        "industry": report.industry,
        "declared": report.declared,
        "edition": report.judge.edition,
        "day": report.judge.day.isoformat(),
        "target": prospect.target,
        "result": _result(prospect),
        "bars": list(map(bar_object, prospect.bars)),
        "doubts": list(map(bar_object, prospect.doubts)),
        "blocked": list(map(_gap, prospect.blocked)),
        "open": list(map(_gap, prospect.open)),
        "unclimbed": list(prospect.unclimbed),
        "ladder": ladder_object(report.ladder),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _result(prospect: Prospect) -> str:
    return "reached" if prospect.is_reached else "missed" if prospect.is_missed else "open"


def _gap(gap: Gap) -> Json:
    return {
        "industry": gap.industry,
        "grade": gap.grade,
        "indicator": gap.rung.indicator,
        "item": gap.rung.item,
        "line": gap.rung.line,
        "process": gap.rung.process,
        "value": gap.rung.value,
        "at": place(gap.rung.at),
        "requirement": gap.requirement,
        "why": gap.why,
    }


def _ladder(ladder: Ladder) -> Iterator[RenderableType]:
    yield ""
    if not ladder.grades:
        yield clean(f"{ladder.industry or '该行业'}：没有等级阶梯，不能评级。", "yellow")
        return
    grades = "、".join(grade.label for grade in ladder.grades)
    yield clean(f"{ladder.industry}　等级由高到低：{grades}", "bold")
    yield from ladder_lines(ladder)
    if ladder.lowest:
        yield Text(NO_PART.format(ladder.lowest.label), "dim")
    table = listing("工序（生产线）", "已判定", "不能判断", "达到等级")
    for where, rungs in ladder.by_place().items():
        told = [rung for rung in rungs if rung.reached]
        worst = ladder.reached(told)
        open_ = len(rungs) - len(told)
        said = "不能确定" if worst is None else f"不高于{worst.label}" if open_ else worst.label
        table.add_row(clean(where), f"{len(told)} 项", f"{open_} 项" if open_ else "", Text(said))
    yield table


def _conclusion(prospect: Prospect) -> Text:
    target = prospect.target.label
    if prospect.is_reached:
        return Text(f"目标 {target}：达到，各项都已按核实过的数值判定", "bold green")
    changes = len(prospect.bars) + len(prospect.blocked)
    told = len(prospect.doubts) + len(prospect.open) + len(prospect.unclimbed)
    left = f"{told} 项须由人核定" if told else ""
    if prospect.is_missed:
        said = f"目标 {target}：达不到，须改变 {changes} 项"
        return Text("；另有 ".join(filter(None, (said, left))), "bold red")
    return Text(f"目标 {target}：不能确定，没有已判定达不到的项目，{left}", "bold yellow")


def _eligibility(prospect: Prospect) -> Iterator[RenderableType]:
    if prospect.bars or prospect.doubts:
        yield Text("申报资格", "bold underline")
    for bar in prospect.bars:
        yield _bar("不得申报", "red", bar)
    for bar in prospect.doubts:
        yield _bar("须核实", "yellow", bar)


def _bar(label: str, style: str, bar: Bar) -> Text:
    return Text.assemble(
        (f"  {label} ", style), clean(f"{bar.what}；{bar.at.quoted()}；{bar.cite}")
    )


def _blocked(prospect: Prospect) -> Iterator[RenderableType]:
    if not prospect.blocked:
        return
    yield Text(f"须改变的项目（{len(prospect.blocked)}）", "bold underline")
    table = listing("项目", "现状", "要求", "依据", "位置")
    for gap in prospect.blocked:
        step = gap.rung.step(gap.grade)
        grounds = (step.grounds if step else None) or gap.rung.grounds
        table.add_row(
            clean(f"{gap.rung.indicator} {gap.rung.item}"),
            clean(gap.rung.value),
            clean(f"{gap.grade.label}：{gap.requirement or '不详'}"),
            clean(grounds or ""),
            clean(gap.rung.at),
        )
    yield table


def _open(prospect: Prospect) -> Iterator[RenderableType]:
    if not prospect.open and not prospect.unclimbed:
        return
    yield Text("须由人核定的项目", "bold underline")
    table = listing("原因", "项目")
    for doubts in prospect.by_doubt():
        named = "；".join(dict.fromkeys(map(_named, doubts.gaps)))
        table.add_row(clean(doubts.why), clean(named))
    if prospect.unclimbed:
        why = "没有这个行业的等级阶梯，不能评级"
        table.add_row(why, clean("、".join(prospect.unclimbed)))
    yield table


def _named(gap: Gap) -> str:
    rung = gap.rung
    name = rung.item if rung.item == rung.indicator else f"{rung.indicator} {rung.item}"
    return f"{name}：{rung.value} → {gap.requirement}" if gap.is_presumed_short else name
