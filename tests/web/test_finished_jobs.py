"""What the queue remembers: jobs that have ended are forgotten in time, those under way never."""

from datetime import timedelta
from pathlib import Path

import pytest
from dbos import DBOS
from tests.web.world import World

from duibiao.office.jobs import CHECK, NOTIFY
from duibiao.procedure.roles import Role
from duibiao.storage.base import new_id
from duibiao.work import queue

CLEAN = Path(__file__).parents[2] / "demo/clean-cement.docx"


def remembered(*ids: str) -> list[str]:
    """Return which jobs the queue remembers, with their steps and what they were told."""
    found = DBOS.list_workflows(workflow_ids=list(ids))
    return sorted(one.workflow_id for one in found)


def checked(world: World) -> str:
    """Have a package checked, and return the job as the queue knows it."""
    package = world.hand_in(
        world.settle().actors[Role.APPLICANT], CLEAN.read_bytes() + new_id().encode()
    )
    (job,) = package.submissions[-1].jobs
    DBOS.retrieve_workflow(f"{CHECK}-{job.id}").get_result()
    return f"{CHECK}-{job.id}"


@pytest.fixture
def later(world: World) -> str:
    """Give a job that begins in an hour."""
    note = new_id()
    with world.office.database.writing() as session:
        world.office.enqueue(session, NOTIFY, note, delay=3600)
    return f"{NOTIFY}-{note}"


def test_jobs_that_have_ended_are_forgotten_after_their_term(world: World, later: str, monkeypatch):
    ended = checked(world)
    queue.sweep()
    assert remembered(ended, later) == sorted((ended, later))
    monkeypatch.setattr(queue, "KEPT", timedelta(0))
    assert queue.sweep() > 0
    assert remembered(ended, later) == [later]
    assert queue.sweep() == 0


def test_chunks_are_forgotten_by_who_sent_them(world: World, later: str, monkeypatch):
    monkeypatch.setattr(queue, "_PATIENCE", 0.5)
    kept, ended = checked(world), checked(world)
    enqueuer = queue.Enqueuer(world.office.database)
    enqueuer.forget(CHECK, [ended.removeprefix(f"{CHECK}-"), "unknown"])
    enqueuer.forget(NOTIFY, [later.removeprefix(f"{NOTIFY}-")])
    enqueuer.close()
    assert remembered(kept, ended, later) == sorted((kept, later))
