"""Waivers (豁免): a finding that somebody answers for by name, until a day.

A waived finding is shown in every face with reason, name and term. It no longer fails the package, but a package with
a waived 不符合 or 需人工核实 never passes by it: the verdict is at best 需人工核实.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Citation
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.location import Location
from duibiao.reports.fingerprints import fingerprint
from duibiao.rules.definition import Rule, Severity, Yield, rule
from duibiao.rules.engine import Finding, Outcome, Status

Cite = Callable[[str], Citation]

_SECTION = re.compile(r"(?:封面|[一二三四五附])(?:\.\d+)*")


@dataclass(frozen=True, slots=True)
class Waiver:
    """豁免.

    Attributes:
        code: Code of the rule whose findings are waived.
        reason: Why.
        by: Who answers for it.
        until: Last day on which it counts.
        enterprise: The enterprise, or "" for any that `file` allows.
        file: File name of the package, or "" for any of `enterprise`.
        place: Section key such as ``五.2.14``, or part of the place as reports write it; "" for all places.
        source: Name of the file in which it is written.
        line: Line there; 0 where it was not written in a file.
        fingerprint: The one finding that it is for, wherever that moves; "" for those at `place`, which then decides.
    """

    code: str
    reason: str
    by: str
    until: date
    enterprise: str = ""
    file: str = ""
    place: str = ""
    source: str = ""
    line: int = 0
    fingerprint: str = ""

    def is_for(self, file: str, enterprise: str) -> bool:
        """Return whether it is meant for a package."""
        return all(
            _plain(wanted) == _plain(found)
            for wanted, found in ((self.file, file), (self.enterprise, enterprise))
            if wanted
        )

    def covers(self, finding: Finding) -> bool:
        """Return whether it waives a finding, as far as code, and fingerprint or place say."""
        if self.code != finding.code:
            return False
        if self.fingerprint:
            return self.fingerprint == fingerprint(
                finding.code, finding.at.section, finding.message
            )
        if _SECTION.fullmatch(self.place):
            return f"{finding.at.section}.".startswith(f"{self.place}.")
        return _plain(self.place) in _plain(finding.at.quoted())

    def __str__(self) -> str:
        """Return who answers for it, why and until when."""
        return f"{self.by}同意豁免，有效期至{self.until}，理由：{self.reason}"


@dataclass(frozen=True, slots=True)
class Waived:
    """已豁免的意见."""

    finding: Finding
    waiver: Waiver


@rule("WV-001", severity=Severity.REVIEW, cites="SMX2022:第十四条")
def expired(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:  # noqa: ARG001 - `apply` judges it
    """豁免已经到期。

    为什么：审核结论的真实性由审核部门负责；豁免只在同意的期限内有效，到期后意见重新计入结论。

    通过：豁免的期限未到。

    不通过：豁免至2026年6月30日，2026年7月1日审查时仍有这条意见。
    """
    yield from ()


@rule("WV-002", severity=Severity.INFO, cites="SMX2022:第十四条")
def unused(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:  # noqa: ARG001 - `apply` judges it
    """豁免没有用到。

    为什么：没有用到的豁免可能写错了编号或位置，也可能问题已经改正；留着会掩盖以后的问题。

    通过：每条豁免都对应至少一条意见。

    不通过：豁免 DB-405，材料没有这条意见。
    """
    yield from ()


WAIVER_RULES: tuple[Rule, ...] = (expired, unused)
"""Rules on the waivers themselves."""


def apply(
    outcomes: Sequence[Outcome],
    waivers: Iterable[Waiver],
    *,
    file: str,
    enterprise: str,
    day: date,
    cite: Cite,
) -> tuple[tuple[Outcome, ...], tuple[Waived, ...]]:
    """Take the waived findings out of what rules found.

    Args:
        outcomes: What the rules did.
        waivers: All waivers that are known; those for other packages are left aside.
        file: File name of the package.
        enterprise: Its enterprise.
        day: The day of the check, which decides whether a waiver has expired.
        cite: Resolves ``SOURCE:place``.

    Returns:
        The outcomes without waived findings, followed by those of the rules on waivers where there are waivers for
        the package; and the waived findings.
    """
    ours = tuple(waiver for waiver in waivers if waiver.is_for(file, enterprise))
    if not ours:
        return tuple(outcomes), ()
    valid = [waiver for waiver in ours if waiver.until >= day]
    kept, waived = [], []
    for outcome in outcomes:
        pairs = [(finding, _first(valid, finding)) for finding in outcome.findings]
        given = [Waived(finding, waiver) for finding, waiver in pairs if waiver is not None]
        left = tuple(finding for finding, waiver in pairs if waiver is None)
        if given:
            told = f"{len(given)} 条意见已豁免"
            said = f"{outcome.reason}；{told}" if outcome.reason else told
            outcome = replace(outcome, findings=left, reason=said)  # noqa: PLW2901
        kept.append(outcome)
        waived += given
    every = [finding for outcome in outcomes for finding in outcome.findings]
    late = [w for w in ours if w not in valid and any(map(w.covers, every))]
    idle = [w for w in ours if not any(map(w.covers, every))]
    cites = tuple(map(cite, expired.cites))
    kept += [
        _outcome(expired, [_expired(waiver, cites) for waiver in late]),
        _outcome(unused, [_unused(waiver, cites) for waiver in idle]),
    ]
    return tuple(kept), tuple(waived)


def doubt(waived: Iterable[Waived]) -> tuple[str, ...]:
    """Return why a package with these waived findings cannot pass; nothing where they would not have stopped it."""
    return doubt_of(entry.finding.severity for entry in waived)


def doubt_of(severities: Iterable[Severity]) -> tuple[str, ...]:
    """Return what `doubt` does, for waived findings of these severities."""
    grave = sum(severity in (Severity.ERROR, Severity.REVIEW) for severity in severities)
    return (f"{grave} 项已豁免，需人工核实",) if grave else ()


def _first(waivers: Iterable[Waiver], finding: Finding) -> Waiver | None:
    return next((waiver for waiver in waivers if waiver.covers(finding)), None)


def _outcome(which: Rule, findings: Sequence[Finding]) -> Outcome:
    return Outcome(which, Status.FOUND if findings else Status.PASSED, tuple(findings))


def _expired(waiver: Waiver, cites: tuple[Citation, ...]) -> Finding:
    message = f"{waiver.by}同意的豁免（{waiver.code}）已于{waiver.until}到期，意见重新计入结论"
    return _finding(expired, waiver, message, "改正材料；确需延长的，重新决定并写明新的期限", cites)


def _unused(waiver: Waiver, cites: tuple[Citation, ...]) -> Finding:
    where = f"“{waiver.place}”" if waiver.place else "材料"
    message = f"{waiver.by}同意的豁免（{waiver.code}）没有用到：{where}没有这条意见"
    return _finding(unused, waiver, message, "核对编号和位置；问题已改正的，删去这条豁免", cites)


def _finding(
    which: Rule, waiver: Waiver, message: str, todo: str, cites: tuple[Citation, ...]
) -> Finding:
    line = f" 第{waiver.line}行" if waiver.line else ""
    at = Location(file=waiver.source, heading=f"{waiver.source}{line}")
    return Finding(which.code, which.title, which.severity, at, message, todo, cites)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
