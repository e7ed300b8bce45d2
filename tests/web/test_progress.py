"""Progress of a check, as server-sent events."""

import threading

import pytest
from tests.web.world import CLEAN

from duibiao.office.reports import check_again
from duibiao.procedure.roles import Role
from duibiao.work import child


@pytest.fixture
def go(world, monkeypatch):
    """Hold back every check that begins while this is not set."""
    event, run = threading.Event(), world.shop.children.run
    event.set()

    def held(function, *args, **more):
        if function is child.check:
            event.wait(60)
        run(function, *args, **more)

    monkeypatch.setattr(world.shop.children, "run", held)
    yield event
    event.set()


def test_the_end_of_a_check_is_told(world):
    town = world.settle()
    package = world.hand_in(town.actors[Role.APPLICANT], CLEAN)
    client = world.client(town.logins[Role.APPLICANT])
    for query in ("", "?number=1"):
        answer = client.get(f"/packages/{package.id}/progress{query}")
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.text == "data: 已完成\n\nevent: end\ndata: 已完成\n\n"
    assert client.get(f"/packages/{package.id}/progress?number=2").status_code == 404


def test_a_new_check_is_followed_to_its_end(world, go):
    town = world.settle()
    actor = town.actors[Role.APPLICANT]
    package = world.hand_in(actor, CLEAN)
    go.clear()
    check_again(world.office, actor, package.id, 1)
    client = world.client(town.logins[Role.APPLICANT])
    assert "正在重新审查" in client.get(f"/packages/{package.id}/findings").text
    assert client.post(f"/packages/{package.id}/check").status_code == 409
    go.set()
    told = client.get(f"/packages/{package.id}/progress").text
    assert told.endswith("event: end\ndata: 已完成\n\n")


def test_why_a_check_failed_is_told(world):
    town = world.settle()
    package = world.hand_in(town.actors[Role.APPLICANT], b"PK\3\4 nothing", name="坏.docx")
    client = world.client(town.logins[Role.APPLICANT])
    assert "event: end\ndata: 失败" in client.get(f"/packages/{package.id}/progress").text
    assert client.get(f"/packages/{package.id}/findings").status_code == 409
