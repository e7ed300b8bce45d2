"""Notes to other programs."""

import contextlib
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select
from tests.web.programs import program
from tests.web.world import CLEAN, World

from duibiao.office import stepping, watchers
from duibiao.procedure.roles import Role
from duibiao.storage.records import Delivery
from duibiao.work import delivering, posting
from duibiao.work.posting import RefusedError, is_outside, post


class Receiver(ThreadingHTTPServer):
    """A program that is told; it answers with the statuses that it is given, the last one from then on."""

    def __init__(self, *statuses: int, location: str = "", delay: float = 0) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.statuses = list(statuses)
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                time.sleep(delay)
                status = receiver.statuses[0]
                if len(receiver.statuses) > 1:
                    receiver.statuses.pop(0)
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.end_headers()

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}/told"


@contextlib.contextmanager
def receiving(*statuses: int, **how) -> Iterator[Receiver]:
    with Receiver(*statuses, **how) as receiver:
        thread = threading.Thread(target=receiver.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            receiver.shutdown()
            thread.join()


def delivered(world: World, webhook: str, seconds: float = 20) -> list[Delivery]:
    """Wait until no note to an address is under way."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with world.office.database.reading() as session:
            query = select(Delivery).where(Delivery.webhook_id == webhook)
            notes = list(session.scalars(query.order_by(Delivery.created)))
        if notes and all(note.state != "queued" for note in notes):
            return notes
        time.sleep(0.1)
    raise AssertionError("the notes did not arrive in time")


@pytest.fixture
def inside(world, monkeypatch):
    monkeypatch.setattr(world.office, "webhooks_inside", True)


@pytest.mark.usefixtures("inside")
def test_a_program_is_told_that_a_check_has_ended_and_can_know_who_tells(world: World):
    town = world.settle()
    client = program(world, town, Role.APPLICANT)
    with receiving(204) as receiver:
        webhook = client.post("/webhooks", json={"url": receiver.url}).json()
        package = world.hand_in(town.actors[Role.APPLICANT], CLEAN)
        (note,) = delivered(world, webhook["id"])
    assert (note.state, note.answer) == ("done", "")
    ((headers, body),) = receiver.got
    told = json.loads(body)
    assert set(told) == {"event", "package", "state", "at"}
    assert (told["event"], told["package"], told["state"]) == (
        "package.checked",
        package.id,
        "draft",
    )
    assert headers["Host"] == f"localhost:{receiver.server_port}"
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Duibiao-Delivery"] == note.id
    moment, _, signed = headers["X-Duibiao-Signature"].removeprefix("t=").partition(",v1=")
    expected = hmac.new(
        webhook["secret"].encode(), f"{moment}.".encode() + body, hashlib.sha256
    ).hexdigest()
    assert signed == expected
    assert abs(int(moment) - time.time()) < 60


@pytest.mark.usefixtures("inside")
def test_an_address_that_fails_is_tried_again_and_then_shows_its_failure(world: World, monkeypatch):
    monkeypatch.setattr(delivering, "WAITS", (0.2, 0.2))
    town = world.settle()
    actor = town.actors[Role.APPLICANT]
    with receiving(500, 503, 200) as receiver:
        webhook = watchers.add_webhook(world.office, actor, receiver.url)
        package = world.hand_in(actor, CLEAN)
        (note,) = delivered(world, webhook.id)
        assert (note.state, len(receiver.got)) == ("done", 3)
        receiver.statuses[:] = [500]
        receiver.got.clear()
        stepping.take(world.office, actor, package.id, "withdraw")
        notes = delivered(world, webhook.id)
        assert ([one.state for one in notes], len(receiver.got)) == (["done", "failed"], 3)
    shown = program(world, town, Role.APPLICANT).get(f"/webhooks/{webhook.id}").json()
    assert shown["failure"].endswith("试了 3 次没有送到：答复的状态是 500，不是 2xx")
    changed = program(world, town, Role.APPLICANT).patch(
        f"/webhooks/{webhook.id}", json={"active": False}
    )
    assert (changed.json()["active"], changed.json()["failure"]) == (False, "")


def test_who_is_told_is_who_sees_the_package(world: World):
    town = world.settle()
    neighbour = world.add(town, Role.APPLICANT, f"{town.city}-neighbour")
    other = world.add(town, Role.COUNTY, f"{town.city}-county", county="白石县")
    actors = town.actors | {"neighbour": neighbour, "other": other}
    watching = (Role.APPLICANT, Role.COUNTY, Role.CITY, "neighbour", "other")
    hooks = {
        who: watchers.add_webhook(world.office, actors[who], "https://localhost:9/")
        for who in watching
    }
    package = world.hand_in(actors[Role.APPLICANT], CLEAN)

    def told():
        with world.office.database.reading() as session:
            notes = session.execute(select(Delivery.webhook_id, Delivery.event)).all()
        return {who: [event for hook, event in notes if hook == hooks[who].id] for who in watching}

    nobody = {who: [] for who in watching}
    assert told() == nobody | {Role.APPLICANT: ["package.checked"]}
    stepping.take(world.office, actors[Role.APPLICANT], package.id, "apply")
    assert told() == nobody | {
        Role.APPLICANT: ["package.checked", "package.apply"],
        Role.COUNTY: ["package.apply"],
        Role.CITY: ["package.apply"],
    }


def test_webhooks_belong_to_one_organisation_and_their_number_is_limited(world: World):
    town = world.settle()
    client, stranger = program(world, town, Role.CITY), program(world, town, Role.COUNTY)
    made = [client.post("/webhooks", json={"url": f"https://x.org/{n}"}) for n in range(11)]
    assert [one.status_code for one in made] == [201] * 10 + [422]
    first = made[0].json()
    assert "secret" not in client.get(f"/webhooks/{first['id']}").json()
    for method in ("GET", "PATCH", "DELETE"):
        answer = stranger.request(
            method, f"/webhooks/{first['id']}", json={} if method == "PATCH" else None
        )
        assert answer.status_code == 404
    assert client.delete(f"/webhooks/{first['id']}").status_code == 204
    assert client.get(f"/webhooks/{first['id']}").status_code == 404
    assert len(client.get("/webhooks").json()["items"]) == 9


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x.org/", "//x.org/", "https://", "https://用户.org/", "https://a:b@x.org/", "https://x.org:0/",
        "https://x.org:99999/", "https://x.org/ a", "javascript:alert(1)", "https://[::1", "",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(world: World, url):
    client = program(world, world.settle(), Role.CITY)
    answer = client.post("/webhooks", json={"url": url})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_of_ones_own_network_are_inside(address):
    assert not is_outside(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_addresses_of_the_world_are_outside(address):
    assert is_outside(address)


def test_nothing_is_posted_inside_unless_it_is_allowed():
    with receiving(200) as receiver:
        for host in ("localhost", "127.0.0.1", "127.1"):
            url = f"http://{host}:{receiver.server_port}/"
            with pytest.raises(RefusedError, match="内部网络"):
                post(url, "s", b"{}", "n", inside=False)
        assert receiver.got == []


def test_redirects_are_not_followed():
    with receiving(200) as target, receiving(307, location=target.url) as receiver:
        with pytest.raises(RefusedError, match="答复的状态是 307，不是 2xx"):
            post(receiver.url, "s", b"{}", "n", inside=True)
        assert (len(receiver.got), target.got) == (1, [])


def test_who_does_not_answer_in_time_is_given_up(monkeypatch):
    monkeypatch.setattr(posting, "SECONDS", 0.3)
    with receiving(200, delay=1) as receiver, pytest.raises(RefusedError, match="秒内没有答复"):
        post(receiver.url, "s", b"{}", "n", inside=True)


def test_nobody_there_is_said_in_words():
    with pytest.raises(RefusedError, match="连接不上"):
        post("http://127.0.0.1:9/", "s", b"{}", "n", inside=True)
    with pytest.raises(RefusedError, match="查不到这个主机名"):
        post("http://nobody.invalid/", "s", b"{}", "n", inside=True)
