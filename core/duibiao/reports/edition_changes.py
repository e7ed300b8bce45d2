"""One package under two editions of the law (版本比较): what changes for it."""

from __future__ import annotations

from collections.abc import Iterator

from duibiao.grading.ladder import Ladder
from duibiao.grading.rungs import Rung, Step
from duibiao.model.classes import dataclass
from duibiao.model.grades import Grade
from duibiao.reports.model import CheckReport
from duibiao.rules.engine import Finding

Item = tuple[str, str, str]
"""By what an item is known under both editions: industry, indicator and item."""


@dataclass(frozen=True, slots=True)
class RungChange:
    """评级变化: an item that is rated otherwise; None where one of the editions does not ask for it."""

    item: Item
    before: Rung | None
    after: Rung | None


@dataclass(frozen=True, slots=True)
class RequirementChange:
    """要求变化: what a grade requires of some items under each edition.

    Attributes:
        indicator: The indicator.
        items: The items, in the order of the ladder.
        grade: The grade.
        before: The step under the first edition, or None where its ladder does not have the grade.
        after: The same under the second.
    """

    indicator: str
    items: tuple[str, ...]
    grade: Grade
    before: Step | None
    after: Step | None


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """版本比较.

    Attributes:
        before: The report under the first edition.
        after: The report under the second.
        vanished: Findings under the first only.
        appeared: Findings under the second only.
        rungs: Items that are rated otherwise.
        requirements: Grades that require something else of items.
    """

    before: CheckReport
    after: CheckReport
    vanished: tuple[Finding, ...]
    appeared: tuple[Finding, ...]
    rungs: tuple[RungChange, ...]
    requirements: tuple[RequirementChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changes for the package."""
        changed = (self.vanished, self.appeared, self.rungs, self.requirements)
        return not any(changed) and _outcome(self.before) == _outcome(self.after)


def changes_between(before: CheckReport, after: CheckReport) -> EditionChanges:
    """Return what changes for a package between two reports on it."""
    old, new = before.findings, after.findings
    first, second = _items(before.ladder), _items(after.ladder)
    items = dict.fromkeys((*first, *second))
    return EditionChanges(
        before,
        after,
        tuple(finding for finding in old if finding not in new),
        tuple(finding for finding in new if finding not in old),
        tuple(_rungs(items, first, second)),
        tuple(_requirements(items, first, second)),
    )


def _outcome(report: CheckReport) -> tuple[object, ...]:
    ladder = report.ladder
    return (report.verdict, ladder.grades, ladder.supported, ladder.ceiling)


def _items(ladder: Ladder) -> dict[Item, Rung]:
    return {
        (one.industry, rung.indicator, rung.item): rung
        for one in ladder.every
        for rung in one.rungs
    }


def _rungs(
    items: dict[Item, None], first: dict[Item, Rung], second: dict[Item, Rung]
) -> Iterator[RungChange]:
    for item in items:
        before, after = first.get(item), second.get(item)
        if before is None or after is None or _rating(before) != _rating(after):
            yield RungChange(item, before, after)


def _rating(rung: Rung) -> tuple[object, ...]:
    return (rung.reached, rung.reason)


def _requirements(
    items: dict[Item, None], first: dict[Item, Rung], second: dict[Item, Rung]
) -> Iterator[RequirementChange]:
    """Yield the steps whose requirement or ground differs, those of several items in one."""
    grouped: dict[tuple[str, Grade, str, str], list[tuple[str, Step | None, Step | None]]] = {}
    for item in items:
        before, after = first.get(item), second.get(item)
        steps = (*(before.steps if before else ()), *(after.steps if after else ()))
        for grade in dict.fromkeys(step.grade for step in steps):
            old = before.step(grade) if before else None
            new = after.step(grade) if after else None
            first_text, second_text = _requirement(old), _requirement(new)
            if first_text != second_text:
                key = (item[1], grade, first_text, second_text)
                grouped.setdefault(key, []).append((item[2], old, new))
    for (indicator, grade, *_), found in grouped.items():
        names = tuple(dict.fromkeys(name for name, _, _ in found))
        yield RequirementChange(indicator, names, grade, found[0][1], found[0][2])


def _requirement(step: Step | None) -> str:
    return step.requirement if step else ""
