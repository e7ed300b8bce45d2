"""Findings by cause (原因): one wrong cell is one entry, however many rules meet it.

Two findings have one cause where one of them stands at a cell to which the other belongs: at the same cell, or at
one that the other names among its further places. Findings that only share a further place, such as all that are held
against the declared grade, have causes of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from duibiao.model.location import Location
from duibiao.reports.model import CHAPTERS, CheckReport, chapter_of
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding

_ORDER = list(Severity)


@dataclass(frozen=True, slots=True)
class Cause:
    """原因: the findings of one cause.

    Attributes:
        findings: At least one, gravest first.
    """

    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """The gravest finding, which stands for all."""
        return self.findings[0]

    @property
    def severity(self) -> Severity:
        """The gravest severity."""
        return self.lead.severity

    @property
    def at(self) -> Location:
        """Where."""
        return self.lead.at


def group(report: CheckReport) -> tuple[Cause, ...]:
    """Return the causes of a report's findings, in the order in which the findings first name them."""
    return grouped(report.findings)


def grouped(findings: Sequence[Finding]) -> tuple[Cause, ...]:
    """Return the causes of findings; each finding has one cause."""
    first_at: dict[tuple[object, ...], int] = {}
    parent = list(range(len(findings)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for number, finding in enumerate(findings):
        if (cell := _cell(finding.at)) is not None:
            parent[number] = root(first_at.setdefault(cell, number))
    for number, finding in enumerate(findings):
        for at in finding.also:
            other = first_at.get(cell) if (cell := _cell(at)) is not None else None
            if other is not None:
                low, high = sorted((root(number), root(other)))
                parent[high] = low
    together: dict[int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        together.setdefault(root(number), []).append(finding)
    return tuple(
        Cause(tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity))))
        for found in together.values()
    )


def by_chapter(report: CheckReport) -> dict[str, tuple[Cause, ...]]:
    """Return causes by chapter title, in the order of the package, gravest first in each; none is empty."""
    found: dict[str, list[Cause]] = {title: [] for title in CHAPTERS.values()}
    for cause in group(report):
        found[chapter_of(cause.at)].append(cause)
    return {
        title: tuple(sorted(causes, key=lambda cause: _ORDER.index(cause.severity)))
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


def _cell(at: Location) -> tuple[object, ...] | None:
    """Return the cell of a table or sheet at which a place is, or None where it is no single cell."""
    if at.column is None or (at.table is None and at.sheet is None):
        return None
    return at.file, at.sheet, at.table, at.row, at.column
