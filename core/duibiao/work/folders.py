"""Laying out the folder that a child process works on."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from duibiao.office.desk import Office
from duibiao.office.remarks import DECISIONS, Disposition
from duibiao.reports.waivers import Waiver
from duibiao.storage.packages import Remark, Submission
from duibiao.work.child import Asked

_UNSAFE = re.compile(r"[\x00-\x1f/\\:*?\"<>|]")
LONGEST = 120


WAIVED_HERE = "审查意见处理"
"""Where waivers come from that people give in the service."""


def lay_out(
    office: Office,
    session: Session,
    submission_id: str,
    folder: Path,
    *,
    before: datetime | None = None,
) -> Asked:
    """Write the file of a version and what is asked of it into a folder.

    Args:
        office: The office.
        session: A session.
        submission_id: The version.
        folder: The folder.
        before: Count only waivers that were given until then; None for all.

    Raises:
        StoreError: If the file is not in the store any more.
    """
    submission = session.get_one(Submission, submission_id)
    waivers = waivers_of(session, submission.package_id, before=before)
    asked = Asked(safe_name(submission.file), waivers)
    office.blobs.fetch(submission.blob, folder / asked.file)
    asked.write(folder)
    return asked


def safe_name(file: str) -> str:
    """Return a file name that is one on every machine; its suffix stays."""
    path = Path(_UNSAFE.sub("_", file.replace("\\", "/").rsplit("/", 1)[-1]).strip(". ") or "材料")
    stem = path.stem.encode()[:LONGEST].decode("utf-8", "ignore")
    return f"{stem}{path.suffix[:10]}"


def waivers_of(
    session: Session, package_id: str, *, before: datetime | None = None
) -> tuple[Waiver, ...]:
    """Return the waivers that count for a package: of each finding, what was decided last, or last until `before`."""
    query = (
        select(Remark)
        .where(Remark.package_id == package_id, Remark.disposition.in_(DECISIONS))
        .order_by(Remark.created, Remark.id)
    )
    if before is not None:
        query = query.where(Remark.created <= before)
    last = {remark.fingerprint: remark for remark in session.scalars(query)}
    return tuple(
        Waiver(
            code=remark.code,
            reason=remark.text,
            by=remark.who,
            until=date.fromisoformat(remark.until),
            place=remark.place,
            source=WAIVED_HERE,
            fingerprint=remark.fingerprint,
        )
        for remark in last.values()
        if remark.disposition == Disposition.WAIVE
    )
