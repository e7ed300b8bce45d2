"""Editions (版本) by name: on which day one of them is in force."""

from __future__ import annotations

from datetime import date, timedelta

from duibiao.law.records import Edition, Industry


def edition_named(industry: Industry, text: str) -> Edition | None:
    """Return the edition of an industry whose id is `text`, or None."""
    return next((one for one in industry.editions if one.provenance.id == text), None)


def day_within(industry: Industry, edition: Edition, day: date) -> date:
    """Return the day on which an edition is in force that is nearest to `day`.

    Args:
        industry: The industry, with its editions, oldest first.
        edition: One of them; it is in force until the next one begins.
        day: The day that is wanted.
    """
    start = edition.start.earliest()
    later = [one.start.earliest() for one in industry.editions if one.start.earliest() > start]
    last = min(later) - timedelta(days=1) if later else day
    return max(start, min(day, last))
