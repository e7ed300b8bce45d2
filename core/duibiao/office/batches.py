"""Batches (批次): uploads that belong together under one id, as their uploader follows them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from duibiao.office.desk import Office, require
from duibiao.office.errors import NotFoundError
from duibiao.office.jobs import CHECK
from duibiao.procedure.rights import Actor, Right
from duibiao.storage.packages import Job, Package, Submission


@dataclass(frozen=True, slots=True)
class Batch:
    """批次.

    Attributes:
        states: Number of checks by state.
        verdicts: Number of versions that are checked by verdict.
        jobs: The checks, the oldest first.
    """

    states: dict[str, int]
    verdicts: dict[str, int]
    jobs: tuple[Job, ...]


def open_batch(office: Office, actor: Actor, batch: str) -> Batch:
    """Return a batch of the actor's own organisation.

    Raises:
        ForbiddenError: If the role hands nothing in.
        NotFoundError: If there is no such batch.
    """
    require(actor, Right.UPLOAD)
    query = (
        select(Job)
        .join(Submission, Job.submission_id == Submission.id)
        .join(Package)
        .where(Job.batch == batch, Job.kind == CHECK, Package.organisation_id == actor.organisation)
        .order_by(Job.created, Job.id)
    )
    with office.database.reading() as session:
        jobs = tuple(session.scalars(query)) if batch else ()
        verdicts = Counter(job.submission.verdict for job in jobs if job.submission)
    if not jobs:
        raise NotFoundError("没有这个批次")
    del verdicts[""]
    return Batch(dict(Counter(job.state for job in jobs)), dict(verdicts), jobs)
