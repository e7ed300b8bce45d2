"""Jobs, for those who follow them from outside."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from duibiao.office.desk import Office, require
from duibiao.office.errors import NotFoundError
from duibiao.office.jobs import LISTS
from duibiao.office.seeing import visible
from duibiao.procedure.rights import Actor, Right
from duibiao.storage.packages import Job, Submission
from duibiao.storage.projects import Project


def newest_job(office: Office, submission: Submission) -> str:
    """Return the id of the newest job on a version that whoever asks has just handed in."""
    query = select(Job.id).where(Job.submission_id == submission.id)
    with office.database.reading() as session:
        return session.scalars(query.order_by(Job.created.desc())).first() or ""


def open_job(office: Office, actor: Actor, job_id: str) -> Job:
    """Return a job on a package or project that an actor sees, or for lists that the actor has ordered.

    Raises:
        ForbiddenError: If the role sees no packages.
        NotFoundError: If there is none, or the actor may not know of it.
    """
    require(actor, Right.SEE_PACKAGES)
    with office.database.reading() as session:
        job = session.get(Job, job_id)
        if job is None or not _seen(session, actor, job):
            raise NotFoundError("没有这个任务，或者不归您办理")
        return job


def _seen(session: Session, actor: Actor, job: Job) -> bool:
    if job.kind == LISTS:
        return job.user_id == actor.user
    if job.submission is None:
        project = session.get(Project, job.project_id)
        return project is not None and project.organisation_id == actor.organisation
    try:
        visible(session, actor, job.submission.package_id)
    except NotFoundError:
        return False
    return True
