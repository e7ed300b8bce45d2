"""Two workers at the same job, as where one was taken for dead while it was only slow: it is written down once."""

import threading

from dbos import DBOS
from sqlalchemy import select
from tests.web.world import CLEAN, World

from duibiao.office.jobs import CHECK, DONE, FAILED
from duibiao.procedure.roles import Role
from duibiao.storage.packages import Job, Submission
from duibiao.storage.records import Entry
from duibiao.work import tasks
from duibiao.work.children import FailedError


def handed_in(world: World) -> tuple[str, str]:
    """Hand a package in and order another check that is on no queue; return its version and the job."""
    package = world.hand_in(world.settle().actors[Role.APPLICANT], CLEAN.read_bytes())
    with world.office.database.writing() as session:
        submission = session.get_one(Submission, package.submissions[-1].id)
        job = Job(
            kind=CHECK,
            submission_id=submission.id,
            user_id=submission.jobs[0].user_id,
            stage="排队",
        )
        session.add(job)
        session.flush()
        return submission.id, job.id


def ends(world: World, submission: str, job: str) -> tuple[str, str, int]:
    """Return state and message of the job, and how often the version was noted as checked."""
    with world.office.database.reading() as session:
        checked = session.scalars(
            select(Entry.number).where(
                Entry.action == "package.checked",
                Entry.detail["submission"].as_string() == submission,
            )
        ).all()
        found = session.get_one(Job, job)
        return found.state, found.message, len(checked)


def test_what_two_find_at_the_same_moment_is_written_down_once(world: World, monkeypatch):
    submission, job = handed_in(world)
    run, both = world.shop.children.run, threading.Barrier(2, timeout=60)

    def meet(*arguments, **options):
        run(*arguments, **options)
        both.wait()

    monkeypatch.setattr(world.shop.children, "run", meet)
    begun = [DBOS.start_workflow(tasks.check, job) for _ in range(2)]
    assert [each.get_result() for each in begun] == [DONE, DONE]
    assert ends(world, submission, job) == (DONE, "", 2)


def test_a_job_that_is_done_is_not_begun_again(world: World):
    submission, job = handed_in(world)
    assert DBOS.start_workflow(tasks.check, job).get_result() == DONE
    begun = []
    assert tasks.carry_out(job, lambda *_: begun.append(True)) == DONE
    assert (begun, ends(world, submission, job)) == ([], (DONE, "", 2))


def test_who_fails_at_a_job_that_another_has_done_changes_nothing(world: World):
    submission, job = handed_in(world)

    def overtaken(*_):
        assert DBOS.start_workflow(tasks.check, job).get_result() == DONE
        raise FailedError("文件存储没有回应")

    tasks.carry_out(job, overtaken)
    assert ends(world, submission, job) == (DONE, "", 2)


def test_a_job_at_which_another_has_failed_is_done_all_the_same(world: World):
    submission, job = handed_in(world)

    def lost(*_):
        raise FailedError("文件存储没有回应")

    assert tasks.carry_out(job, lost) == FAILED
    assert ends(world, submission, job) == (FAILED, "文件存储没有回应", 1)
    assert DBOS.start_workflow(tasks.check, job).get_result() == DONE
    assert ends(world, submission, job) == (DONE, "", 2)
