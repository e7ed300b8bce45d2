"""kill -9 of a worker in the middle of checks, and of the server in the middle of an upload: nothing lost, nothing done twice."""

import contextlib
import os
import re
import signal
import socket
import time
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import func, select, text
from tests.web.postgres import postgres
from tests.web.processes import package, process, wait_for
from tests.web.world import PASSWORD, add_user

from duibiao.procedure.roles import Role
from duibiao.storage.database import Database
from duibiao.storage.packages import Job, Submission
from duibiao.storage.records import Entry

CHECKS = int(os.environ.get("CHECKS", "12"))
"""How many packages are checked; more by hand."""


def signed_in(base: str, login: str) -> httpx.Client:
    """Wait for the server and return a client with a session."""
    client = httpx.Client(base_url=base, timeout=60)

    def up() -> bool:
        with contextlib.suppress(httpx.TransportError):
            return client.get("/healthz").status_code == 200
        return False

    wait_for(up)
    client.post("/sign-in", data={"login": login, "password": PASSWORD})
    token = re.search(r'data-csrf="([^"]+)"', client.get("/password").text)
    assert token
    client.headers["X-CSRF-Token"] = token[1]
    return client


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path) -> Iterator[dict[str, str]]:
    """Give the environment of server and workers that share a database."""
    common = {"DUIBIAO_HOME": str(tmp_path), "DUIBIAO_JOBS": "1", "DUIBIAO_SILENT": "6"}
    if request.param == "sqlite":
        yield common
        return
    with postgres() as url:
        yield {**common, "DUIBIAO_DATABASE": url}


def test_killing_worker_and_server_loses_nothing_and_repeats_nothing(settings, tmp_path):
    url = settings.get("DUIBIAO_DATABASE", f"sqlite:///{tmp_path}/duibiao.db")
    database = Database(url)
    database.migrate()
    add_user(database, "applicant", Role.APPLICANT, "虚构市", "青石县")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    serve = ("serve", "--port", str(port))
    only_serving = {**settings, "DUIBIAO_JOBS": "0"}
    where = {"city": "虚构市", "county": "青石县"}

    def count(*conditions) -> int:
        with database.reading() as session:
            return session.scalar(select(func.count()).select_from(Job).where(*conditions)) or 0

    accepted: list[str] = []
    with process(settings, "worker") as doomed, process(settings, "worker"):
        with process(only_serving, *serve) as server:
            client = signed_in(base, "applicant")
            for number in range(CHECKS):
                answer = client.post(
                    "/upload", params={"file": f"{number}.docx", **where}, content=package(number)
                )
                accepted.append(answer.json()["parts"][0]["submission"])
            wait_for(lambda: count(Job.state == "running") and count(Job.state == "done"))
            os.killpg(doomed.pid, signal.SIGKILL)
            half_sent(port, client, where)
            os.killpg(server.pid, signal.SIGKILL)
        with process(only_serving, *serve):
            client = signed_in(base, "applicant")
            answer = client.post(
                "/upload", params={"file": "again.docx", **where}, content=package(CHECKS)
            )
            accepted.append(answer.json()["parts"][0]["submission"])
            wait_for(lambda: count(Job.state == "done") == CHECKS + 1)

    with database.reading() as session:
        submissions = session.scalars(select(Submission)).all()
        assert sorted(each.id for each in submissions) == sorted(accepted)
        assert all(each.report for each in submissions)
        checked = session.scalars(
            select(Entry.detail["submission"].as_string()).where(Entry.action == "package.checked")
        ).all()
        assert sorted(checked) == sorted(accepted)
    assert count() == CHECKS + 1
    database.close()


def half_sent(port: int, client: httpx.Client, where: dict[str, str]) -> None:
    """Begin an upload and leave it in the middle."""
    data = package(1000)
    query = httpx.QueryParams({"file": "half.docx", **where})
    head = (
        f"POST /upload?{query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(data)}\r\n"
        f"X-CSRF-Token: {client.headers['X-CSRF-Token']}\r\n"
        f"Cookie: duibiao={client.cookies['duibiao']}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head.encode() + data[: len(data) // 2])
        time.sleep(0.3)


def test_a_server_that_is_told_to_stop_gives_back_what_is_left(tmp_path):
    settings = {"DUIBIAO_HOME": str(tmp_path), "DUIBIAO_JOBS": "1"}
    database = Database(f"sqlite:///{tmp_path}/duibiao.db")
    database.migrate()
    add_user(database, "applicant", Role.APPLICANT, "虚构市", "青石县")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = ("serve", "--port", str(port))

    def done() -> int:
        with database.reading() as session:
            finished = select(func.count()).select_from(Job).where(Job.state == "done")
            return session.scalar(finished) or 0

    with process(settings, *serve) as server:
        client = signed_in(f"http://127.0.0.1:{port}", "applicant")
        for number in range(6):
            client.post(
                "/upload",
                params={"file": f"{number}.docx", "city": "虚构市", "county": "青石县"},
                content=package(number),
            )
        wait_for(done)
        os.kill(server.pid, signal.SIGTERM)
        assert server.wait(60) == 0
    assert done() < 6
    with process(settings, *serve):
        wait_for(lambda: done() == 6)
    database.close()


def test_a_database_that_cuts_every_connection_loses_nothing(tmp_path):
    with postgres() as url:
        settings = {"DUIBIAO_HOME": str(tmp_path), "DUIBIAO_DATABASE": url, "DUIBIAO_JOBS": "1"}
        database = Database(url)
        database.migrate()
        add_user(database, "applicant", Role.APPLICANT, "虚构市", "青石县")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]

        def checked() -> list[str]:
            with database.reading() as session:
                told = select(Entry.detail["submission"].as_string())
                return sorted(session.scalars(told.where(Entry.action == "package.checked")))

        accepted: list[str] = []
        with process(settings, "serve", "--port", str(port)):
            client = signed_in(f"http://127.0.0.1:{port}", "applicant")
            for number in range(8):
                answer = client.post(
                    "/upload",
                    params={"file": f"{number}.docx", "city": "虚构市", "county": "青石县"},
                    content=package(number),
                )
                accepted.append(answer.json()["parts"][0]["submission"])
            with database.writing() as session:
                cut = session.scalars(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                ).all()
            wait_for(lambda: len(checked()) >= 8)
            assert client.get("/packages").status_code == 200
        assert cut
        assert checked() == sorted(accepted)
        database.close()
