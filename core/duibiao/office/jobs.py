"""Jobs: what is on the queue, as users see it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from duibiao.office.desk import Office
from duibiao.procedure.rights import Actor
from duibiao.storage.packages import Job, Submission

CHECK, BUILD, NOTIFY, LAPSE, LISTS = "check", "build", "notify", "lapse", "lists"
"""What can be on the queue."""
QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
STATES = {QUEUED: "排队中", RUNNING: "进行中", DONE: "已完成", FAILED: "失败"}
"""State of a job → what users read."""


def words(job: Job) -> str:
    """Return how far a job is, in words."""
    return f"{STATES[job.state]}：{job.stage}" if job.state == RUNNING else STATES[job.state]


def add_check(
    office: Office, session: Session, actor: Actor, submission: Submission, *, batch: str = ""
) -> Job:
    """Put the check of a version on the queue, in the transaction of `session`."""
    job = Job(
        kind=CHECK, submission_id=submission.id, user_id=actor.user, batch=batch, stage="排队"
    )
    session.add(job)
    session.flush()
    office.enqueue(session, CHECK, job.id)
    return job
