"""What those who run the service use: health, metrics, headers, audit, retention."""

import json
import logging
from datetime import timedelta

import pytest
from sqlalchemy import exc, text, update
from sqlalchemy.exc import DBAPIError
from tests.web.programs import program
from tests.web.world import CLEAN, World

from duibiao.office import retention, stepping
from duibiao.procedure.roles import Role
from duibiao.storage import audit
from duibiao.storage.base import Base, new_id, now
from duibiao.storage.blobs import Blobs
from duibiao.storage.database import Database
from duibiao.storage.packages import Package, Submission
from duibiao.web.headers import POLICY


def test_a_running_service_is_alive_and_ready(world):
    client = world.client()
    assert client.get("/healthz").text == "ok"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "problems": []})


def test_while_the_database_does_not_answer_the_service_says_so_and_is_not_ready(
    world, monkeypatch
):
    town = world.settle()
    person = world.client(town.logins[Role.APPLICANT])
    caller = program(world, town, Role.APPLICANT)
    nowhere = Database("postgresql://nobody@127.0.0.1:9/none")
    monkeypatch.setattr(world.office.database, "_sessions", nowhere._sessions)
    monkeypatch.setattr(world.office.database, "engine", nowhere.engine)
    for told in (person.get("/packages"), caller.get("/packages")):
        assert (told.status_code, told.headers["Retry-After"]) == (503, "10")
        assert "数据库没有回应，没有保存任何内容；请过一会再试" in told.text
    answer = person.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "problems": ["数据库没有回应"]},
    )
    assert person.get("/healthz").text == "ok"


def test_where_all_connections_are_taken_it_is_said_as_well(world, monkeypatch):
    town = world.settle()
    client = world.client(town.logins[Role.APPLICANT])

    def taken():
        raise exc.TimeoutError

    monkeypatch.setattr(world.office.database, "_sessions", taken)
    assert client.get("/packages").status_code == 503


UNKEPT = "文件写不进文件库，没有保存；请稍后再试，或告诉系统管理员检查磁盘空间、权限和网络"


@pytest.fixture
def unwritable(world, monkeypatch, tmp_path):
    """Put a file where the folder of the file store was."""
    blobs = Blobs(str(tmp_path / "files"))
    (tmp_path / "files").rmdir()
    (tmp_path / "files").touch()
    monkeypatch.setattr(world.office.blobs, "_store", blobs._store)


@pytest.mark.usefixtures("unwritable")
def test_a_service_that_cannot_keep_files_is_not_ready(world):
    answer = world.client().get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"ready": False, "problems": [UNKEPT]},
    )


@pytest.mark.usefixtures("unwritable")
def test_an_upload_that_cannot_be_kept_says_so_and_leaves_nothing(world):
    town = world.settle()
    client = world.client(town.logins[Role.APPLICANT])
    answer = client.post(
        "/upload",
        params={"file": CLEAN.name, "city": town.city, "county": town.county},
        content=CLEAN.read_bytes(),
    )
    assert answer.status_code == 503
    assert UNKEPT in answer.text


def test_metrics_are_for_this_machine_or_whoever_has_the_token(world):
    assert (
        world.client().get("/metrics").status_code == 403
    )  # the test client is no loopback address
    object.__setattr__(world.settings, "metrics", "let me in")
    try:
        assert world.client().get("/metrics").status_code == 403
        shown = world.client().get("/metrics", headers={"Authorization": "Bearer let me in"})
    finally:
        object.__setattr__(world.settings, "metrics", "")
    assert shown.status_code == 200
    assert 'duibiao_requests_total{method="GET",route="/metrics",status="403"}' in shown.text
    assert "duibiao_workers 1.0" in shown.text


def test_neither_metrics_nor_logs_say_who_or_what(world, caplog):
    caplog.set_level(logging.INFO, "duibiao.requests")
    town = world.settle()
    package = world.hand_in(town.actors[Role.APPLICANT], CLEAN)
    client = world.client(town.logins[Role.APPLICANT])
    client.get(f"/packages/{package.id}?text=机密")
    said = " ".join(json.dumps(record.__dict__, default=str) for record in caplog.records)
    shown = world.app.state.instruments.look(world.office, 30).decode()
    for secret in (package.id, package.enterprise, "机密", town.logins[Role.APPLICANT]):
        assert secret not in said
        assert secret not in shown


def test_the_log_says_by_number_who_asked_by_session_or_token(world, caplog):
    caplog.set_level(logging.INFO, "duibiao.requests")
    town = world.settle()
    world.client(town.logins[Role.EXPERT]).get("/packages")
    caller = program(world, town, Role.CITY)
    caller.get("/packages", headers={"Authorization": "Bearer nonsense"})
    caller.get("/packages")
    said = [(record.route, record.user) for record in caplog.records if hasattr(record, "route")]
    assert said[-3:] == [
        ("/packages", town.actors[Role.EXPERT].user),
        ("/api/v1/packages", ""),
        ("/api/v1/packages", town.actors[Role.CITY].user),
    ]


def test_every_answer_carries_the_headers_of_safety(world):
    client = world.client()
    for path in ("/sign-in", "/nowhere", "/packages", "/static/app.css"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_a_fault_of_ours_is_one_sentence_and_no_traceback(world, monkeypatch):
    town = world.settle()
    client = world.client(town.logins[Role.CITY])

    def broken(*_args, **_kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("duibiao.office.seeing.find", broken)
    answer = client.get("/packages")
    assert answer.status_code == 500
    assert "程序出错，没有保存任何内容" in answer.text
    assert "secret detail" not in answer.text


def test_the_audit_log_cannot_be_changed_and_a_change_from_outside_is_found(tmp_path):
    from tests.web.world import opened_database

    with opened_database(tmp_path) as database:
        for number in range(3):
            with database.writing() as session:
                audit.append(session, "who", "did", str(number), what="某事")
        with pytest.raises(DBAPIError), database.writing() as session:
            session.execute(text("UPDATE audit SET actor = 'x'"))
        with pytest.raises(DBAPIError), database.writing() as session:
            session.execute(text("DELETE FROM audit"))
        with database.reading() as session:
            assert audit.verify(session) == (3, None)
        with database.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER audit_kept"))
            connection.execute(text("UPDATE audit SET actor = 'x' WHERE number = 2"))
        with database.reading() as session:
            assert audit.verify(session) == (1, audit.Broken(2, "内容改动过"))


def test_an_entry_that_is_missing_is_found(tmp_path):
    from tests.web.world import opened_database

    with opened_database(tmp_path) as database:
        for number in range(3):
            with database.writing() as session:
                audit.append(session, "who", "did", str(number))
        with database.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER audit_held"))
            connection.execute(text("DELETE FROM audit WHERE number = 2"))
        with database.reading() as session:
            assert audit.verify(session) == (1, audit.Broken(3, "第 2 条不见了"))


def test_the_tables_are_what_the_migrations_make(world):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with world.office.database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in Base.metadata.tables}
        )  # fmt: skip
        assert compare_metadata(context, Base.metadata) == []


def test_files_of_finished_packages_go_after_their_term_and_others_stay(world: World, monkeypatch):
    town = world.settle()
    applicant = town.actors[Role.APPLICANT]
    gone = world.hand_in(applicant, CLEAN.read_bytes() + new_id().encode())
    kept = world.hand_in(applicant, CLEAN.read_bytes() + new_id().encode())
    stepping.take(world.office, applicant, gone.id, "withdraw")
    with world.office.database.writing() as session:
        session.execute(
            update(Package).where(Package.id == gone.id).values(since=now() - timedelta(days=31))
        )
    monkeypatch.setattr(world.office, "retention", 30)
    monkeypatch.setattr(retention, "STRAY", timedelta(0))
    digests = [package.submissions[-1].blob for package in (gone, kept)]
    retention.sweep(world.office)
    assert [world.office.blobs.has(digest) for digest in digests] == [False, True]
    with world.office.database.reading() as session:
        purged = session.get_one(Submission, gone.submissions[-1].id)
        assert purged.purged is not None
        assert world.office.blobs.has(purged.report)
