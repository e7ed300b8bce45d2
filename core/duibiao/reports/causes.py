"""Findings by cause (原因): one wrong cell is one entry, however many rules meet it.

Findings that stand at a cell, or name it among their further places, have one cause; where a finding names several
cells, the one that most findings name decides. A cause gathers around one cell and never chains on to the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush

from duibiao.model.classes import dataclass
from duibiao.model.location import Location
from duibiao.reports.model import CHAPTERS, CheckReport, chapter_of
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding

_ORDER = list(Severity)

Cell = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """原因: the findings of one cause.

    Attributes:
        at: Where: the cell around which the findings gather, or the place of the only one.
        findings: At least one, gravest first.
    """

    at: Location
    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """The gravest finding."""
        return self.findings[0]

    @property
    def severity(self) -> Severity:
        """The gravest severity."""
        return self.lead.severity


def group(report: CheckReport) -> tuple[Cause, ...]:
    """Return the causes of a report's findings, in the order in which the findings first name them."""
    return grouped(report.findings)


def grouped(findings: Sequence[Finding]) -> tuple[Cause, ...]:
    """Return the causes of findings; each finding has one cause."""
    named: dict[Cell, dict[int, Location]] = {}
    for number, finding in enumerate(findings):
        for at in (finding.at, *finding.also):
            if (cell := _cell(at)) is not None:
                named.setdefault(cell, {}).setdefault(number, at)
    taken: set[int] = set()
    found: list[tuple[int, Location, list[int]]] = []
    cells = list(named.values())
    heap = [(-len(held), -_standing(held, findings), place) for place, held in enumerate(cells)]
    heapify(heap)
    while heap:
        count, standing, place = heappop(heap)
        held = {number: at for number, at in cells[place].items() if number not in taken}
        now = (-len(held), -_standing(held, findings))
        if len(held) < 2:
            continue
        if now != (count, standing):
            heappush(heap, (*now, place))
            continue
        numbers = sorted(held)
        own = next((held[n] for n in numbers if held[n] == findings[n].at), held[numbers[0]])
        taken |= set(numbers)
        found.append((numbers[0], own, numbers))
    found += [
        (number, finding.at, [number])
        for number, finding in enumerate(findings)
        if number not in taken
    ]
    return tuple(
        Cause(at, tuple(sorted((findings[n] for n in numbers), key=_gravity)))
        for _, at, numbers in sorted(found, key=lambda entry: entry[0])
    )


def by_chapter(report: CheckReport) -> dict[str, tuple[Cause, ...]]:
    """Return causes by chapter title, in the order of the package, gravest first in each; none is empty."""
    found: dict[str, list[Cause]] = {title: [] for title in CHAPTERS.values()}
    for cause in group(report):
        found[chapter_of(cause.at)].append(cause)
    return {
        title: tuple(sorted(causes, key=lambda cause: _gravity(cause.lead)))
        for title, causes in found.items()
        if causes
    }


def how_many(causes: Sequence[Cause]) -> str:
    """Return the number of findings in words, and that of causes where it differs: ``2 条``, or ``2 处 5 条``."""
    findings = sum(len(cause.findings) for cause in causes)
    return f"{findings} 条" if findings == len(causes) else f"{len(causes)} 处 {findings} 条"


def counts(causes: Iterable[Cause]) -> Mapping[Severity, int]:
    """Return the number of causes by their gravest severity."""
    found = [cause.severity for cause in causes]
    return {severity: found.count(severity) for severity in Severity}


def _gravity(finding: Finding) -> int:
    return _ORDER.index(finding.severity)


def _standing(held: Mapping[int, Location], findings: Sequence[Finding]) -> int:
    """Return how many findings stand at a cell themselves."""
    return sum(_cell(findings[number].at) == _cell(at) for number, at in held.items())


def _cell(at: Location) -> Cell | None:
    """Return the cell of a table or sheet at which a place is, or None where it is no single cell."""
    if at.column is None or (at.table is None and at.sheet is None):
        return None
    return at.file, at.sheet, at.table, at.row, at.column
