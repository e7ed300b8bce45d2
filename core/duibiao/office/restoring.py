"""After a restore: what was on the queue goes there again."""

from __future__ import annotations

from sqlalchemy import select

from duibiao.office.desk import Office
from duibiao.office.jobs import NOTIFY, QUEUED, RUNNING
from duibiao.storage import audit
from duibiao.storage.packages import Job
from duibiao.storage.records import Delivery


def requeue(office: Office) -> int:
    """Put every unfinished job and note on the queue.

    Returns:
        How many.
    """
    with office.database.writing() as session:
        jobs = list(session.scalars(select(Job).where(Job.state.in_((QUEUED, RUNNING)))))
        for job in jobs:
            job.state, job.stage, job.attempts = QUEUED, "排队", 0
            office.enqueue(session, job.kind, job.id)
        notes = list(session.scalars(select(Delivery).where(Delivery.state == QUEUED)))
        for note in notes:
            office.enqueue(session, NOTIFY, note.id)
        audit.append(session, "system", "restored", "", jobs=len(jobs), notes=len(notes))
    return len(jobs) + len(notes)
