"""The jobs themselves, as DBOS runs them: what is written in one transaction at the end makes doing it again harmless.

A worker that was silent for too long counts as dead and is robbed of its jobs, but may still be at them: two may do
the same job at the same time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from dbos import DBOS
from sqlalchemy.orm import Session

from duibiao.office.jobs import CHECK, DONE, FAILED, LAPSE, RUNNING
from duibiao.office.lapsing import refresh, settle
from duibiao.office.watchers import tell
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.blobs import StoreError
from duibiao.storage.packages import Job
from duibiao.work import child
from duibiao.work.children import FailedError, workplace
from duibiao.work.folders import lay_out
from duibiao.work.shop import Workshop, current

ATTEMPTS = 3
"""How often a job is begun; one whose worker died as often is given up as a poisoned file."""


@DBOS.workflow(name=CHECK)
def check(job_id: str) -> str:
    """Check a version of a package. Returns the state in which the job ended."""

    def work(shop: Workshop, folder: Path) -> None:
        with shop.office.database.reading() as session:
            job = session.get_one(Job, job_id)
            assert job.submission_id is not None
            lay_out(shop.office, session, job.submission_id, folder)
        shop.children.run(child.check, folder, watch=lambda stage: say(shop, job_id, stage))
        _keep(shop, job_id, folder)

    return carry_out(job_id, work)


@DBOS.workflow(name=LAPSE)
def lapse(_id: str) -> int:
    """Settle the versions whose waivers have lapsed. Returns how many verdicts have changed."""
    return refresh(current().office)


def carry_out(job_id: str, work: Callable[[Workshop, Path], None]) -> str:
    """Do a job in a folder that is gone afterwards; one that cannot be done has failed, and says why.

    Args:
        job_id: The job.
        work: Does it, and writes down what came of it.

    Returns:
        The state in which it ended.
    """
    shop = current()
    try:
        if _begin(shop, job_id):
            with workplace() as folder:
                work(shop, folder)
    except (FailedError, StoreError) as error:
        _fail(shop, job_id, str(error))
        return FAILED
    return DONE


def not_done(session: Session, job_id: str) -> Job | None:
    """Return a job, kept from others until the transaction ends, or None if it is done: then it stays as it is."""
    job = session.get_one(Job, job_id, with_for_update=True)
    return None if job.state == DONE else job


def _begin(shop: Workshop, job_id: str) -> bool:
    """Note that a job is begun. Returns whether there is anything left to do.

    Raises:
        FailedError: If it was begun too often.
    """
    with shop.office.database.writing() as session:
        job = not_done(session, job_id)
        if job is None:
            return False
        job.attempts += 1
        job.state, job.started = RUNNING, job.started or now()
        job.stage = "读取文件"
        attempts = job.attempts
    if attempts > ATTEMPTS:
        raise FailedError(f"处理这个文件时程序中断了 {ATTEMPTS} 次，不再重试；请检查文件是否损坏")
    return True


def say(shop: Workshop, job_id: str, stage: str) -> None:
    """Note what is done now."""
    with shop.office.database.writing() as session:
        job = not_done(session, job_id)
        if job:
            job.stage = stage


def _keep(shop: Workshop, job_id: str, folder: Path) -> None:
    """Write the report down, once: a job that is done already stays as it is, and so does what a later check has found."""
    with (folder / child.REPORT).open("rb") as stream:
        report = shop.office.blobs.put(stream)
    told = json.loads((folder / child.REPORT).read_bytes())
    with shop.office.database.writing() as session:
        job = not_done(session, job_id)
        if job is None:
            return
        submission = job.submission
        assert submission is not None
        end(job)
        if any(other.created > job.created and other.state == DONE for other in submission.jobs):
            return
        submission.report = report
        settle(submission, told, shop.office.today)
        package = submission.package
        if submission.number == max(each.number for each in package.submissions):
            package.enterprise, package.industry = told["enterprise"], told["industry"]
            package.credit_code = told["applicant"]["credit_code"]
            package.declared = told["declared"]
        audit.append(
            session, "system", "package.checked", package.id,
            submission=submission.id, verdict=submission.verdict, report=report,
        )  # fmt: skip
        tell(shop.office, session, package, "package.checked")


def end(job: Job, message: str = "") -> None:
    """Note that a job is done, though another worker may have failed at it, and what is left to do."""
    job.state, job.stage, job.message, job.finished = DONE, "完成", message, now()


def _fail(shop: Workshop, job_id: str, message: str) -> None:
    """Note that a job has failed, and why, unless another worker has done it."""
    with shop.office.database.writing() as session:
        job = not_done(session, job_id)
        if job is None:
            return
        job.state, job.message, job.stage, job.finished = FAILED, message, "失败", now()
        audit.append(
            session, "system", f"{job.kind}.failed", job.submission_id or job.project_id or ""
        )
