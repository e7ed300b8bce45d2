"""Building the package of a project: putting it on the queue, what came of it, handing it in."""

from __future__ import annotations

import tempfile
from typing import BinaryIO, cast

from sqlalchemy import select

from duibiao.office.desk import Office
from duibiao.office.errors import ConflictError
from duibiao.office.jobs import BUILD, QUEUED, RUNNING
from duibiao.office.packages import Received, receive
from duibiao.office.projects import own
from duibiao.procedure.rights import Actor
from duibiao.storage import audit
from duibiao.storage.packages import Job
from duibiao.storage.projects import Project

_IN_MEMORY = 8 << 20


def build(office: Office, actor: Actor, project_id: str, *, forced: bool = False) -> Job:
    """Put the building of a project's package on the queue.

    Args:
        office: The office.
        actor: Who builds it.
        project_id: The project.
        forced: Build a draft (草稿) in spite of errors.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project.
        ConflictError: If it is being built already.
    """
    with office.database.writing() as session:
        project = own(session, actor, project_id, changing=True)
        jobs = select(Job).where(Job.project_id == project.id, Job.state.in_((QUEUED, RUNNING)))
        if session.scalar(jobs.limit(1)):
            raise ConflictError("正在编制；请等这一次结束后再编")
        job = Job(
            kind=BUILD, project_id=project.id, user_id=actor.user, forced=forced, stage="排队"
        )
        session.add(job)
        session.flush()
        office.enqueue(session, BUILD, job.id)
        audit.append(session, actor.user, "project.build", project.id, job=job.id, forced=forced)
        return job


def newest_build(office: Office, actor: Actor, project_id: str) -> Job | None:
    """Return the last build of a project, or None where it was never built.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project.
    """
    with office.database.reading() as session:
        project = own(session, actor, project_id)
        query = select(Job).where(Job.project_id == project.id, Job.kind == BUILD)
        return session.scalar(query.order_by(Job.created.desc(), Job.id).limit(1))


def built(office: Office, actor: Actor, project_id: str) -> Project:
    """Return a project that has a built package.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project.
        ConflictError: If it was not built yet.
    """
    with office.database.reading() as session:
        project = own(session, actor, project_id)
    if not project.package:
        raise ConflictError("还没有编制；请先编制")
    return project


def file_name(project: Project) -> str:
    """Return the name of the archive of a built package."""
    return f"{project.name}申报材料{'（草稿）' if project.draft else ''}.zip"


def hand_in(office: Office, actor: Actor, project_id: str, *, package_id: str = "") -> Received:
    """Hand the built package in, as if it had been uploaded.

    Args:
        office: The office.
        actor: Who hands it in.
        project_id: The project.
        package_id: The package of which it is a new version, or "" for a new package.

    Raises:
        ForbiddenError: If the role may not fill in projects or hand in.
        NotFoundError: If there is no such project or package.
        ConflictError: If it was not built, is a draft, was changed since, or the package takes no new version.
        InvalidError: If the application form does not say where the enterprise lies.
    """
    project = built(office, actor, project_id)
    if project.draft:
        raise ConflictError("这一份是草稿，不能上传；请改正不符合之处，重新编制后再上传")
    if project.built != project.version:
        raise ConflictError("编制之后项目又改动过；请重新编制后再上传")
    form = project.data.get("form", {})
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as archive:
        for piece in office.blobs.stream(project.package):
            archive.write(piece)
        archive.seek(0)
        done = receive(
            office, actor, file_name(project), cast("BinaryIO", archive),
            city=form.get("city", ""), county=form.get("county", ""), package_id=package_id,
        )  # fmt: skip
    with office.database.writing() as session:
        audit.append(session, actor.user, "project.hand-in", project.id, package=done.package.id)
    return done
