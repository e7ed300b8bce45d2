"""Verdicts of versions whose waivers have lapsed: drawn anew from the stored report, so that every list says what holds today."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select

from duibiao.office.desk import Office
from duibiao.office.errors import ConflictError
from duibiao.office.reports import report_of
from duibiao.office.watchers import tell
from duibiao.reports.lapsing import as_of, lapses
from duibiao.storage import audit
from duibiao.storage.packages import Submission

_log = logging.getLogger(__name__)


def settle(submission: Submission, report: Mapping[str, Any], today: date) -> None:
    """Write into a version what its report says today, and until when.

    Args:
        submission: The version.
        report: Its report, as it was stored.
        today: The day.
    """
    standing = as_of(dict(report), today)
    submission.verdict = standing["verdict_label"]
    submission.errors = standing["counts"]["error"]
    submission.lapses = lapses(standing)


def refresh(office: Office) -> int:
    """Settle every version whose waivers have lapsed, or of which nobody knows whether they do; those whose report is lost stay.

    Returns:
        The number of versions whose verdict has changed.
    """
    today = office.today
    past = and_(Submission.lapses != "", Submission.lapses < today.isoformat())
    due = select(Submission.id).where(
        Submission.report != "", or_(Submission.lapses.is_(None), past)
    )
    with office.database.reading() as session:
        found = list(session.scalars(due))
    return sum(_refreshed(office, each, today) for each in found)


def _refreshed(office: Office, submission_id: str, today: date) -> bool:
    """Settle a version; returns whether its verdict has changed."""
    with office.database.reading() as session:
        read = session.get_one(Submission, submission_id)
    try:
        report = report_of(office, read)
    except ConflictError as error:
        _log.warning("a version keeps its verdict: %s", error)
        return False
    with office.database.writing() as session:
        submission = session.get_one(Submission, submission_id, with_for_update=True)
        if submission.report != read.report:  # checked anew meanwhile
            return False
        before = submission.verdict
        settle(submission, report, today)
        if submission.verdict == before:
            return False
        audit.append(
            session, "system", "package.lapsed", submission.package_id,
            submission=submission.id, before=before, verdict=submission.verdict,
        )  # fmt: skip
        tell(office, session, submission.package, "package.lapsed")
        return True
