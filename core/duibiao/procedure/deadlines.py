"""When a package is due (第十条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duibiao.law.common import CommonLaw, Deadline
from duibiao.law.deadlines import binding, is_dated, next_time
from duibiao.procedure.roles import Track
from duibiao.procedure.states import State

COUNTY, CITY, GUARANTEE, PUBLISH = "SMX-10.2", "SMX-10.3", "SMX-10.4", "SMX-10.5"


@dataclass(frozen=True, slots=True)
class Due:
    """节点: a deadline on the calendar.

    Attributes:
        deadline: The row of the law.
        day: The last day.
    """

    deadline: Deadline
    day: date

    def days_left(self, today: date) -> int:
        """Days from `today` to the last day; negative when it is late."""
        return (self.day - today).days


def calendar_of(common: CommonLaw, city: str, today: date) -> tuple[Due, ...]:
    """Return every deadline of a city that is still to come, the nearest first."""
    found = [
        Due(row, next_time(today, row)) for row in binding(common, city, today) if is_dated(row)
    ]
    return tuple(sorted(found, key=lambda due: (due.day, due.deadline.provenance.id)))


def due_of(common: CommonLaw, city: str, state: State, track: Track, since: date) -> Due | None:
    """Return until when a package must leave its state, or None where the measures set no day.

    Args:
        common: The common law.
        city: 省辖市 whose measures bind.
        state: Where the package stands.
        track: Its track.
        since: The day on which it came there.
    """
    assured = track is Track.GUARANTEE
    named = {
        State.APPLIED: GUARANTEE if assured else COUNTY,
        State.COUNTY_PASSED: PUBLISH if assured else CITY,
        State.ON_SITE: PUBLISH if assured else CITY,
        State.NOTICE: PUBLISH,
    }.get(state)
    row = next((d for d in binding(common, city, since) if d.provenance.id == named), None)
    return Due(row, next_time(since, row)) if row else None


def last_day(common: CommonLaw, city: str, deadline: str, today: date) -> date | None:
    """Return the last day of the year of `today` on which something is open; None where the city has set none.

    Args:
        common: The common law.
        city: 省辖市 whose measures bind.
        deadline: Id of the deadline, or "".
        today: The day.
    """
    row = next((d for d in binding(common, city, today) if d.provenance.id == deadline), None)
    return next_time(date(today.year, 1, 1), row) if row else None
