"""Deadlines (时间节点) on the calendar."""

from __future__ import annotations

import calendar
from datetime import date

from duibiao.law.common import CommonLaw, Deadline
from duibiao.law.in_force import holds_on


def binding(common: CommonLaw, city: str, day: date) -> tuple[Deadline, ...]:
    """Return the deadlines that the bureau of a city (``三门峡市``) has set and that hold on `day`."""
    return tuple(
        row
        for row in common.deadlines
        if city
        and row.provenance.cites[0].source.issuer.startswith(city)
        and holds_on(row.provenance, day)
    )


def is_dated(deadline: Deadline) -> bool:
    """Whether a deadline falls on a day; some are open all year."""
    return deadline.month is not None or deadline.day is not None or deadline.month_end


def next_time(day: date, deadline: Deadline) -> date:
    """Return when a deadline falls next, on `day` or after it.

    Raises:
        ValueError: If it never falls.
    """
    for ahead in range(13):
        year, month = day.year + (day.month - 1 + ahead) // 12, (day.month - 1 + ahead) % 12 + 1
        if deadline.month in (None, month) and is_dated(deadline):
            last = calendar.monthrange(year, month)[1]
            when = date(year, month, last if deadline.month_end else deadline.day or last)
            if when >= day:
                return when
    raise ValueError(f"{deadline.provenance.id} never falls")
