"""Backup and restore: from either kind of database to either kind, wholly or not at all."""

import tarfile

import pytest
from sqlalchemy import select
from tests.web.world import CLEAN, opened_database

from duibiao.office import stepping
from duibiao.office.restoring import requeue
from duibiao.procedure.roles import Role
from duibiao.storage import audit
from duibiao.storage.backup import BackupError, restore, save, tables
from duibiao.storage.blobs import Blobs
from duibiao.storage.packages import Job


@pytest.fixture(scope="module")
def saved(world, tmp_path_factory):
    """Give a backup of a service with a package in the middle of the procedure, and every row of it."""
    town = world.settle()
    applicant = town.actors[Role.APPLICANT]
    package = world.hand_in(applicant, CLEAN)
    stepping.take(world.office, applicant, package.id, "apply")
    out = tmp_path_factory.mktemp("backup") / "备份.tar"
    counts = save(world.office.database, world.office.blobs, out)
    return out, counts, rows_of(world.office.database)


def rows_of(database):
    """Return every row of every table that is saved."""
    with database.reading() as session:
        return {
            table.name: sorted(str(tuple(row)) for row in session.execute(select(*table.columns)))
            for table in tables()
        }


def test_a_restored_service_has_every_row_and_every_file(saved, tmp_path):
    out, counts, rows = saved
    blobs = Blobs(str(tmp_path / "files"))
    with opened_database(tmp_path) as database:
        assert restore(database, blobs, out) == counts
        assert rows_of(database) == rows
        with database.reading() as session:
            number, broken = audit.verify(session)
            assert (number, broken) == (counts["audit"], None)
    with tarfile.open(out) as tar:
        files = [name for name in tar.getnames() if name.startswith("files/")]
    assert len(files) == counts["files"] > 0
    assert all(blobs.has(name.removeprefix("files/")) for name in files)


def test_what_was_on_the_queue_is_put_there_again(saved, tmp_path, world):
    out, _, _ = saved
    queued: list[tuple[str, str]] = []
    with opened_database(tmp_path) as database:
        restore(database, Blobs(str(tmp_path / "files")), out)
        with database.writing() as session:
            job = session.scalars(select(Job)).first()
            job.state = "running"
            expected = ("check", job.id)
        office = type(world.office)(
            database, world.office.blobs, lambda _session, what, id_: queued.append((what, id_))
        )
        assert requeue(office) >= 1
    assert expected in queued


def test_a_database_with_content_is_left_alone(saved, tmp_path, world):
    out, _, _ = saved
    before = rows_of(world.office.database)
    with pytest.raises(BackupError, match="数据库里已有内容，没有恢复"):
        restore(world.office.database, world.office.blobs, out)
    assert rows_of(world.office.database) == before


def test_a_backup_does_not_overwrite(saved, world):
    out, _, _ = saved
    before = out.read_bytes()
    with pytest.raises(BackupError, match="已经存在"):
        save(world.office.database, world.office.blobs, out)
    assert out.read_bytes() == before


@pytest.mark.parametrize("damage", ["cut", "flipped", "no tar"])
def test_a_damaged_backup_restores_nothing(saved, tmp_path, damage):
    out, _, _ = saved
    data = bytearray(out.read_bytes())
    if damage == "cut":
        data = data[: len(data) // 2]
    elif damage == "flipped":
        with tarfile.open(out) as tar:
            member = next(m for m in tar if m.name.startswith("files/"))
        data[member.offset_data + 5] ^= 1
    else:
        data = bytearray(b"not a tar")
    broken = tmp_path / "broken.tar"
    broken.write_bytes(data)
    with opened_database(tmp_path) as database:
        with pytest.raises(BackupError, match=r"broken\.tar .*；请用另一份备份$"):
            restore(database, Blobs(str(tmp_path / "files")), broken)
        assert all(not rows for rows in rows_of(database).values())


def test_a_backup_that_is_not_there_is_told(tmp_path):
    with (
        opened_database(tmp_path) as database,
        pytest.raises(BackupError, match=r"没有\.tar 没有恢复（文件不存在）；请检查路径"),
    ):
        restore(database, Blobs(str(tmp_path / "files")), tmp_path / "没有.tar")
