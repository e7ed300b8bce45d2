"""Reports (审查报告) of versions, as they are stored; nothing is checked again here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, NotFoundError
from duibiao.office.jobs import DONE, FAILED, QUEUED, add_check
from duibiao.office.seeing import newest, visible
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.states import State
from duibiao.reports.lapsing import as_of
from duibiao.storage import audit
from duibiao.storage.blobs import StoreError
from duibiao.storage.packages import Job, Submission

Json = dict[str, Any]


class LostError(ConflictError):
    """The stored report of a version cannot be read."""

    def __init__(self, submission: Submission) -> None:
        """Say so, and what to do."""
        super().__init__(
            f"第 {submission.number} 稿保存的审查报告读不到：文件库里没有，或者文件库暂时连不上。"
            "请稍后再看；仍然读不到，请重新审查这一稿，或告诉系统管理员"
        )


def open_version(office: Office, actor: Actor, package_id: str, number: int = 0) -> Submission:
    """Return a version of a package, with its package and jobs.

    Args:
        office: The office.
        actor: Who asks.
        package_id: The package.
        number: 稿次; 0 for the newest.

    Raises:
        ForbiddenError: If the role sees no packages.
        NotFoundError: If there is none, or the actor may not know of it.
    """
    require(actor, Right.SEE_PACKAGES)
    with office.database.reading() as session:
        return version_in(session, actor, package_id, number)


def version_in(session: Session, actor: Actor, package_id: str, number: int) -> Submission:
    """Return a version of a package in a session; 0 is the newest.

    Raises:
        NotFoundError: If there is none, or the actor may not know of it.
    """
    package = visible(session, actor, package_id)
    found = next((s for s in package.submissions if s.number == number), None)
    submission = found if number else newest(package)
    if submission is None:
        raise NotFoundError(f"没有第 {number} 稿；请从申报页面打开")
    _ = submission.package, submission.jobs
    return submission


def report_of(office: Office, submission: Submission) -> Json:
    """Return the stored report of a version; its fields are those of ``report.schema.json``.

    Raises:
        ConflictError: If the version has not been checked yet.
        LostError: If the report cannot be read.
    """
    if not submission.report:
        raise ConflictError(f"第 {submission.number} 稿还没有审查完；请在申报页面查看进度")
    try:
        report: Json = json.loads(office.blobs.get(submission.report))
    except StoreError:
        raise LostError(submission) from None
    return report


def standing(office: Office, submission: Submission) -> Json:
    """Return the report of a version as it stands today: findings whose waiver has expired are among the others again.

    See `duibiao.reports.lapsing.as_of`.

    Raises:
        ConflictError: If the version has not been checked yet.
        LostError: If the report cannot be read.
    """
    return as_of(report_of(office, submission), office.today)


def every_finding(report: Mapping[str, Any]) -> list[Json]:
    """Return the findings of a report followed by the waived ones: what numbers of findings count, from 0."""
    return [*report["findings"], *report["waived"]]


def checked_by(submission: Submission) -> Job | None:
    """Return the job that made the report of a version."""
    return next((job for job in reversed(submission.jobs) if job.state == DONE), None)


def under_way(submission: Submission) -> Job | None:
    """Return the job that checks a version now, or waits to."""
    return next((job for job in submission.jobs if job.state not in (DONE, FAILED)), None)


def make_sure_of_check(
    office: Office, session: Session, actor: Actor, submission: Submission
) -> None:
    """Make sure that a check of a version begins after the transaction of `session`, which must be a writing one."""
    waiting = select(Job).where(Job.submission_id == submission.id, Job.state == QUEUED)
    if session.scalars(waiting.with_for_update()).first() is None:
        add_check(office, session, actor, submission)


def check_again(office: Office, actor: Actor, package_id: str, number: int) -> Job:
    """Have a version checked again, by the rules, the law and the waivers of now.

    Raises:
        ForbiddenError: If the role may not.
        NotFoundError: If there is no such version, or the actor may not know of it.
        ConflictError: If it is being checked, the package is finished, or its files are gone.
    """
    require(actor, Right.REMARK)
    with office.database.writing() as session:
        submission = version_in(session, actor, package_id, number)
        demand_open(submission)
        if under_way(submission):
            raise ConflictError("这一稿正在审查；请等审查完成")
        job = add_check(office, session, actor, submission)
        audit.append(
            session, actor.user, "package.check", package_id, submission=submission.id
        )  # fmt: skip
        return job


def may_check_again(actor: Actor, submission: Submission) -> bool:
    """Whether an actor may have a version checked again now."""
    is_open = State(submission.package.state).is_open and submission.purged is None
    return actor.may(Right.REMARK) and is_open and under_way(submission) is None


def demand_open(submission: Submission) -> None:
    """Make sure that a version may be checked again.

    Raises:
        ConflictError: If the package is finished, or the files are gone.
    """
    state = State(submission.package.state)
    if not state.is_open:
        raise ConflictError(f"这份申报“{state.label}”，不再重新审查；请下载保存的 JSON 报告")
    if submission.purged is not None:
        raise ConflictError("这一稿的文件已过保存期限、已经删除，不能再审查")
