"""Long lists (生成清单): the three workbooks of a bureau, made as a job and kept for a while for whoever ordered them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, NotFoundError
from duibiao.office.jobs import DONE, FAILED, LISTS
from duibiao.office.listings import KINDS
from duibiao.procedure.rights import Actor, Right
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.packages import Job, ListFile

KEPT = timedelta(days=7)
"""How long they are kept."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """生成的清单.

    Attributes:
        job: The job that makes them.
        county: Only this 县（市、区）, or "" for all that its user sees.
    """

    job: Job
    county: str

    @property
    def under_way(self) -> bool:
        """Whether the job has not ended."""
        return self.job.state not in (DONE, FAILED)


def order(office: Office, actor: Actor, county: str = "") -> Job:
    """Have the lists made; where the same ones are being made for the same person already, that job is returned.

    Args:
        office: The office.
        actor: Who orders them.
        county: Only this 县（市、区）, or "" for all that the actor sees.

    Raises:
        ForbiddenError: If the role has no lists.
    """
    require(actor, Right.SEE_STATISTICS)
    with office.database.writing() as session:
        for found in _mine(session, actor):
            if found.under_way and found.county == county:
                return found.job
        job = Job(kind=LISTS, user_id=actor.user, stage="排队")
        session.add(job)
        session.flush()
        session.add_all(ListFile(job_id=job.id, kind=kind, county=county) for kind in KINDS)
        office.enqueue(session, LISTS, job.id)
        audit.append(session, actor.user, "lists.order", job.id, county=county)
        return job


def mine(office: Office, actor: Actor) -> Sequence[Ordered]:
    """Return what one has ordered and is kept, the newest first.

    Raises:
        ForbiddenError: If the role has no lists.
    """
    require(actor, Right.SEE_STATISTICS)
    with office.database.reading() as session:
        return _mine(session, actor)


def one(office: Office, actor: Actor, job_id: str) -> Ordered:
    """Return one of the jobs that one has ordered.

    Raises:
        ForbiddenError: If the role has no lists.
        NotFoundError: If there is none of one's own.
    """
    for found in mine(office, actor):
        if found.job.id == job_id:
            return found
    raise NotFoundError("没有这次生成的清单，或者已过保存期限；请重新生成")


def made(office: Office, actor: Actor, job_id: str, kind: str) -> tuple[str, str]:
    """Return file name and SHA-256 of a list that was made.

    Raises:
        ForbiddenError: If the role has no lists.
        NotFoundError: If there is none of one's own, or no such kind.
        ConflictError: If it is not made yet, or could not be.
    """
    ordered = one(office, actor, job_id)
    if kind not in KINDS:
        raise NotFoundError("没有这种清单")
    if ordered.job.state != DONE:
        raise ConflictError(ordered.job.message or "清单还没有生成完；请稍后再下载")
    with office.database.writing() as session:
        file = session.get_one(ListFile, (job_id, kind))
        audit.append(session, actor.user, "lists.download", job_id, list=kind, sha256=file.blob)
    return KINDS[kind], file.blob


def forget(session: Session) -> None:
    """Remove lists that are past their term."""
    past = select(Job.id).where(Job.kind == LISTS, Job.finished < now() - KEPT)
    session.execute(delete(ListFile).where(ListFile.job_id.in_(past)))
    session.execute(delete(Job).where(Job.kind == LISTS, Job.finished < now() - KEPT))


def _mine(session: Session, actor: Actor) -> tuple[Ordered, ...]:
    query = (
        select(Job, ListFile.county)
        .join(ListFile, ListFile.job_id == Job.id)
        .where(Job.kind == LISTS, Job.user_id == actor.user, ListFile.kind == next(iter(KINDS)))
        .order_by(Job.created.desc(), Job.id)
    )
    return tuple(Ordered(job, county) for job, county in session.execute(query))
