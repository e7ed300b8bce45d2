"""Idempotency keys: what is sent twice is done once, whatever happens between."""

import io
import json
import threading
import zipfile

from sqlalchemy import func, select, text
from tests.web.programs import checked, hand_in, problem, program
from tests.web.world import CLEAN, World

from duibiao.office import idempotency
from duibiao.procedure.roles import Role
from duibiao.storage.packages import Job, Package, Remark, StepTaken, Submission
from duibiao.storage.projects import Exhibit, Project
from duibiao.storage.records import Answered, Entry, Webhook

WRITTEN = (Answered, Exhibit, Job, Package, Project, Remark, StepTaken, Submission, Webhook)


def test_the_same_request_with_the_same_key_is_done_once(world: World):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    url = {"url": "https://example.org/told"}
    key = {"Idempotency-Key": "one"}
    first = client.post("/webhooks", json=url, headers=key)
    again = client.post("/webhooks", json=url, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.json(), first.headers["location"]) == (again.json(), again.headers["location"])
    assert len(client.get("/webhooks").json()["items"]) == 1
    other = client.post("/webhooks", json={"url": "https://example.org/other"}, headers=key)
    assert problem(other) == (
        422,
        "这个 Idempotency-Key 已经用于另一个请求；请为每个请求换一个新的",
    )
    neighbour = program(world, world.settle(), Role.APPLICANT)
    assert neighbour.post("/webhooks", json=url, headers=key).json()["id"] != first.json()["id"]


def test_a_refused_request_may_be_sent_again_with_its_key(world: World):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    told = hand_in(world, town, client, CLEAN).json()
    checked(world, client, told)
    key, step = {"Idempotency-Key": "step"}, f"/packages/{told['package']}/steps/withdraw"
    wrong = f"/packages/{told['package']}/steps/object"
    assert client.post(wrong, json={"note": "x"}, headers=key).status_code == 409
    assert client.post(step, json={}, headers=key).json()["state"] == "withdrawn"
    assert client.post(step, json={}, headers=key).json()["state"] == "withdrawn"
    assert client.post(step, json={}).status_code == 409


def test_many_that_send_the_same_at_once_get_one_thing(world: World):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    answers = []

    def send():
        headers = {"Idempotency-Key": "many"}
        answers.append(client.post("/webhooks", json={"url": "https://x.org/"}, headers=headers))

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {201}
    (told,) = {answer.text for answer in answers}
    assert [one["id"] for one in client.get("/webhooks").json()["items"]] == [
        json.loads(told)["id"]
    ]


def counts(world):
    """Return how many rows every table has that a request with a key may write, the queue among them; not what workers write."""
    with world.office.database.reading() as session:
        rows = [session.scalar(select(func.count()).select_from(table)) for table in WRITTEN]
        prefix = "" if world.office.database.is_sqlite else "dbos."
        rows.append(session.scalar(select(func.count()).where(Entry.actor != "system")))
        ours = f"SELECT count(*) FROM {prefix}workflow_status WHERE name IN ('check', 'build')"  # noqa: S608
        queue = session.scalar(text(ours))
    return [*rows, queue]


def zipped(*files):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for name, content in files:
            opened.writestr(name, content)
    return archive.getvalue()


def test_a_request_that_dies_before_its_key_is_noted_leaves_nothing(world: World, monkeypatch):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    told = hand_in(world, town, client).json()
    checked(world, client, told)
    project = client.post("/projects", json={"name": "甲", "industry": "水泥熟料"}).json()["id"]
    package = f"/packages/{told['package']}"
    finding = client.get(f"{package}/versions/1/findings").json()["items"][0]["fingerprint"]
    folder = client.get(f"/projects/{project}/evidence").json()["items"][0]["name"]
    place = {"city": town.city, "county": town.county}
    two = zipped(("甲/a.docx", CLEAN.read_bytes() + b"1"), ("乙/b.docx", CLEAN.read_bytes() + b"2"))
    requests = {
        "/webhooks": {"json": {"url": "https://example.org/"}},
        "/projects": {"json": {"name": "乙", "industry": "水泥熟料"}},
        f"/projects/{project}/evidence": {"params": {"folder": folder, "file": "a.png"}, "content": b"\x89PNG\r\n\x1a\n" + bytes(64)},
        f"/projects/{project}/build": {"json": {}},
        "/packages": {"params": {"file": "a.docx", **place}, "content": CLEAN.read_bytes()},
        f"{package}/versions": {"params": {"file": "b.docx"}, "content": CLEAN.read_bytes() + b"3"},
        f"{package}/versions/1/remarks": {"json": {"fingerprint": finding, "disposition": "accept"}},
        "/batches": {"params": place, "content": two},
        f"{package}/steps/withdraw": {"json": {}},
    }  # fmt: skip

    def die(*_):
        raise RuntimeError("the process dies here")

    for path, request in requests.items():
        asked = {**request, "headers": {"Idempotency-Key": path}}
        before = counts(world)
        with monkeypatch.context() as dying:
            dying.setattr(idempotency, "keep", die)
            assert client.post(path, **asked).status_code == 500
        assert counts(world) == before, path
        answer = client.post(path, **asked)
        assert answer.status_code in (200, 201), answer.text
        done = counts(world)
        assert done != before
        assert client.post(path, **asked).text == answer.text
        assert counts(world) == done, path
