"""The verdict on a package. It can never be falsely good."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from duibiao.rules.definition import Severity
from duibiao.rules.engine import Outcome, Status


class Verdict(StrEnum):
    """审查结论."""

    PASS = "通过"  # noqa: S105 - no password
    FAIL = "不通过"
    REVIEW = "需人工核实"
    INCOMPLETE = "未完成检查"


def conclude(
    outcomes: Iterable[Outcome], *, incomplete: Iterable[str] = (), unverified: Iterable[str] = ()
) -> tuple[Verdict, tuple[str, ...]]:
    """Draw the verdict.

    A requirement that is not met fails the package whatever else happened; after that anything unfinished makes the
    check incomplete; after that anything that nobody verified asks for a person. Only then does a package pass.

    Args:
        outcomes: Outcome of every rule that was run.
        incomplete: Reasons outside the rules why the check is not complete, such as a missing plugin.
        unverified: Reasons outside the rules why a person has to look, such as a table that was not understood.

    Returns:
        The verdict, and the reasons for anything but a pass, gravest first.
    """
    every = tuple(outcomes)
    errors = _count(every, Severity.ERROR)
    crashed = [outcome for outcome in every if outcome.status is Status.CRASHED]
    unfinished = [*incomplete, *(f"规则 {outcome.rule.code} 检查出错" for outcome in crashed)]
    if not every:
        unfinished.append("没有运行任何规则")
    doubtful = [*unverified]
    if reviews := _count(every, Severity.REVIEW):
        doubtful.append(f"{reviews} 条意见需人工核实")
    skipped = sum(o.status is Status.SKIPPED and not o.unjudged for o in every)
    if unjudged := skipped + sum(len(outcome.unjudged) for outcome in every):
        doubtful.append(f"{unjudged} 处程序不能判断，须由人判断")
    reasons = ([errors_said(errors)] if errors else []) + unfinished + doubtful
    if errors:
        return Verdict.FAIL, tuple(reasons)
    if unfinished:
        return Verdict.INCOMPLETE, tuple(reasons)
    if doubtful:
        return Verdict.REVIEW, tuple(reasons)
    return Verdict.PASS, ()


def errors_said(count: int) -> str:
    """Return the reason why so many requirements that are not met fail a package."""
    return f"{count} 项不符合要求"


def _count(outcomes: Iterable[Outcome], severity: Severity) -> int:
    return sum(f.severity is severity for outcome in outcomes for f in outcome.findings)
