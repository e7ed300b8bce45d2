"""One version of a package held against an earlier one, by their stored reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duibiao.office.reports import every_finding
from duibiao.reports.comparing import hold, judged_in, seen_in
from duibiao.reports.comparison import Seen

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Now:
    """A finding of the later version.

    Attributes:
        number: Its number in the report, waived ones after the others, from 0.
        seen: The finding.
        before: How it was in the earlier version, or None where it was not there.
    """

    number: int
    seen: Seen
    before: Seen | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """两稿的比较.

    Attributes:
        fixed: Gone, and their rules have judged everything.
        still: There again.
        new: Not there before.
        unsure: Gone, while their rules have not judged everything.
    """

    fixed: tuple[Seen, ...]
    still: tuple[Now, ...]
    new: tuple[Now, ...]
    unsure: tuple[Seen, ...]


def compare(earlier: Json, later: Json) -> Compared:
    """Hold a stored report against an earlier one; findings on waivers do not count."""
    before, now = seen_in(earlier), seen_in(later)
    held = hold(before, now, judged_in(later))
    numbers = _numbers(later, now)
    return Compared(
        fixed=tuple(before[old] for old in held.fixed),
        still=tuple(Now(numbers[new], now[new], before[old]) for old, new in held.still),
        new=tuple(Now(numbers[new], now[new]) for new in held.new),
        unsure=tuple(before[old] for old in held.unsure),
    )


def _numbers(report: Json, seen: tuple[Seen, ...]) -> list[int]:
    codes = {each.code for each in seen}
    return [n for n, finding in enumerate(every_finding(report)) if finding["code"] in codes]
