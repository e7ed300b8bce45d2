"""The findings of a stored report as a page lists them: by chapter and cause, filtered, with what was said of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from duibiao.office.remarks import Said
from duibiao.office.reports import every_finding
from duibiao.reports.model import CHAPTERS
from duibiao.rules.definition import Severity

Json = Mapping[str, Any]

HANDLED = {"open": "待处理", "handled": "已处理"}
"""Values of the filter by what was done."""
_GRAVITY = [severity.value for severity in Severity]


@dataclass(frozen=True, slots=True)
class Entry:
    """一条意见 of the list.

    Attributes:
        number: Number of the finding in the report, waived ones after the others, from 0.
        finding: As the report has it.
        said: What was said of it.
    """

    number: int
    finding: Json
    said: Said

    @property
    def waiver(self) -> Json | None:
        """The waiver that the report counts, or None."""
        waiver: Json | None = self.finding.get("waiver")
        return waiver

    @property
    def expired(self) -> Json | None:
        """The waiver that was counted at the check and has expired since, or None."""
        waiver: Json | None = self.finding.get("expired")
        return waiver

    @property
    def is_handled(self) -> bool:
        """Whether somebody has dealt with it."""
        return self.waiver is not None or self.said.disposition is not None


@dataclass(frozen=True, slots=True)
class Filter:
    """筛选条件; "" for any.

    Attributes:
        chapter: Title of the chapter.
        severity: Severity.
        rule: Code of the rule.
        handled: One of HANDLED.
    """

    chapter: str = ""
    severity: str = ""
    rule: str = ""
    handled: str = ""

    def lets(self, entry: Entry) -> bool:
        """Whether it lets an entry through."""
        finding = entry.finding
        return (
            self.chapter in ("", finding["chapter"])
            and self.severity in ("", finding["severity"])
            and self.rule in ("", finding["code"])
            and self.handled in ("", "handled" if entry.is_handled else "open")
        )

    @property
    def query(self) -> str:
        """It as part of an address, with ``&`` before; "" for a filter that lets everything through."""
        given = {
            "chapter": self.chapter,
            "severity": self.severity,
            "rule": self.rule,
            "handled": self.handled,
        }
        said = urlencode({name: value for name, value in given.items() if value})
        return f"&{said}" if said else ""


@dataclass(frozen=True, slots=True)
class Cause:
    """同一处的意见: the findings of one cause, gravest first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """意见列表.

    Attributes:
        chapters: Causes by title of the chapter, in the order of the package, gravest first; none is empty.
        waived: Waived findings.
        shown: Everything that is shown, in the order in which it is.
        every: Everything in the report, by number.
    """

    chapters: Mapping[str, tuple[Cause, ...]]
    waived: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    every: tuple[Entry, ...]

    @property
    def expired(self) -> int:
        """How many of all count again because their waiver has expired since the check."""
        return sum(entry.expired is not None for entry in self.every)

    @property
    def handled(self) -> int:
        """How many of all were dealt with."""
        return sum(entry.is_handled for entry in self.every)

    def choices(self, name: str) -> dict[str, str]:
        """Return the values that a field of the findings has, with what to show, in order; ``code`` with the rule's title."""
        found = {entry.finding[name]: entry.finding for entry in self.every}
        if name == "chapter":
            return {title: title for title in CHAPTERS.values() if title in found}
        if name == "severity":
            return {severity.value: severity.label for severity in Severity if severity in found}
        return {code: f"{code} {found[code]['title']}" for code in sorted(found)}

    def chosen(self, number: int | None, fingerprint: str = "") -> Entry | None:
        """Return the entry that is shown first: by fingerprint, by number, or the first of all; None where nothing is shown."""
        by_mark = (e for e in self.shown if fingerprint and e.finding["fingerprint"] == fingerprint)
        by_number = (e for e in self.shown if e.number == number)
        return next(by_mark, None) or next(by_number, None) or next(iter(self.shown), None)


def listed(report: Json, said: Mapping[str, Said], filter_: Filter) -> Listed:
    """Return the findings of a report as a page lists them.

    Args:
        report: The report as it stands today.
        said: What was said, by fingerprint.
        filter_: What to show.
    """
    every = tuple(
        Entry(number, finding, said.get(finding["fingerprint"], Said()))
        for number, finding in enumerate(every_finding(report))
    )
    through = [entry for entry in every if filter_.lets(entry)]
    causes: dict[int, list[Entry]] = {}
    for entry in through:
        if entry.waiver is None:
            causes.setdefault(entry.finding["cause"], []).append(entry)
    ordered = sorted(
        (Cause(tuple(sorted(entries, key=_gravity))) for entries in causes.values()),
        key=lambda cause: _gravity(cause.entries[0]),
    )
    chapters = {
        title: found
        for title in CHAPTERS.values()
        if (found := tuple(c for c in ordered if c.entries[0].finding["chapter"] == title))
    }
    waived = tuple(entry for entry in through if entry.waiver is not None)
    shown = [e for found in chapters.values() for cause in found for e in cause.entries]
    return Listed(chapters, waived, (*shown, *waived), every)


def _gravity(entry: Entry) -> int:
    return _GRAVITY.index(entry.finding["severity"])
