"""How the versions of a package came out, and how far their findings were dealt with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from duibiao.office.desk import Office
from duibiao.office.remarks import Said, suggestion, to_correct
from duibiao.office.reports import LostError, every_finding, standing
from duibiao.storage.packages import Package

RETURNS = ("county-return", "city-return")
"""Steps by which a bureau returns a package, with the notice and the list of what to correct."""


@dataclass(frozen=True, slots=True)
class Tally:
    """审查和处理情况 of a checked version.

    Attributes:
        counts: Findings by severity, waived ones apart.
        waived: Waived findings.
        expired: Findings that count again because their waiver has expired since the check.
        findings: All findings.
        handled: Findings that somebody has dealt with.
        correct: Findings whose correction was asked for.
        note: The note of a return that lists those; "" for none.
        earlier: The checked version before it, or None.
    """

    counts: Mapping[str, int]
    waived: int
    expired: int
    findings: int
    handled: int
    correct: int
    note: str
    earlier: int | None


def tallies(office: Office, package: Package, said: Mapping[str, Said]) -> dict[int, Tally]:
    """Return the tally of every checked version of a package, by its number; those whose report cannot be read are left out.

    Args:
        office: The office.
        package: The package, as somebody sees it.
        said: What was said of its findings, by fingerprint.
    """
    found: dict[int, Tally] = {}
    earlier: int | None = None
    for submission in package.submissions:
        if not submission.report:
            continue
        try:
            report = standing(office, submission)
        except LostError:
            continue
        every = every_finding(report)
        asked = to_correct(report, said)
        handled = [
            f for f in every if "waiver" in f or said.get(f["fingerprint"], Said()).disposition
        ]
        found[submission.number] = Tally(
            report["counts"], len(report["waived"]), sum("expired" in f for f in every), len(every), len(handled), len(asked), suggestion(asked), earlier
        )  # fmt: skip
        earlier = submission.number
    return found
