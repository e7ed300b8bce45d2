"""差异化指标: the items that keep a package from its target, and what to do about each."""

from __future__ import annotations

from collections.abc import Iterator

from duibiao.grading.ladder import Rung
from duibiao.law.common import CommonLaw
from duibiao.model.grades import Grade
from duibiao.reports.lists.entry import Aim, Gap, Graded
from duibiao.reports.lists.measures import measure

_NO_ITEMS = Gap("", "没有读到2.14排放限值和对标总表，找不出差异化指标", "补齐后重新审查")


def gaps_of(graded: Graded, aim: Aim, common: CommonLaw) -> Iterator[Gap]:
    """Give the items that miss the target, or may; where there can be no target, why."""
    target = aim.target
    if target is None:
        if not aim.at_top:
            yield Gap("", aim.open, aim.todo)
        return
    differing = [rung for rung in graded.ladder.rungs if _differs(rung, target, graded)]
    for rung in differing:
        grounds = f"判定依据：{rung.grounds}" if rung.reached and rung.grounds else ""
        todo = measure(rung, graded, target, common)
        yield Gap(rung.indicator, _problem(rung), todo, grounds)
    if not differing:
        yield _NO_ITEMS


def _differs(rung: Rung, target: Grade, graded: Graded) -> bool:
    """Return whether an item misses the target, or may."""
    grades = graded.ladder.grades
    return rung.reached is None or grades.index(rung.reached) > grades.index(target)


def _problem(rung: Rung) -> str:
    said = f"“{rung.value}”" if rung.value else "没有填写"
    value = said if rung.item == rung.indicator else f"{rung.item} {rung.value or said}"
    reached = f"只到{rung.reached.label}" if rung.reached else "不能判断是否达到"
    why = f"（{rung.reason}）" if rung.reason else ""
    return f"{value}，{reached}{why}；位置：{rung.at}"
