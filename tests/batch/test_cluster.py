"""One batch, several machines: workers on PostgreSQL, each with a folder of its own; one is killed, and so is the driver."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from dbos import DBOSClient
from sqlalchemy import func, select
from tests.batch.runs import ROOT, batch, begun, contents, fill, package, pages, put
from tests.web.postgres import postgres

from duibiao.storage.database import Database
from duibiao.storage.records import Chunk
from duibiao.work import queue

COUNT = int(os.environ.get("PACKAGES", "24"))
"""How many packages; more by hand."""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give packages, a broken one and a project among them."""
    folder = fill(tmp_path_factory.mktemp("source"), COUNT - 2)
    put(folder / "broken.docx", b"broken")
    project = ROOT / "demo/projects"
    copy = folder / "project"
    subprocess.run(["cp", "-R", min(project.iterdir()), copy], check=True)
    return folder


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the results of this machine alone."""
    out = tmp_path_factory.mktemp("whole")
    assert batch(source, out).code == 2
    return contents(out)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the environment of driver and workers."""
    with postgres() as url:
        yield {
            "DUIBIAO_DATABASE": url,
            "DUIBIAO_FILES": str(tmp_path / "files"),
            "DUIBIAO_JOBS": "1",
            "DUIBIAO_SILENT": "6",
        }


@contextlib.contextmanager
def worker(shared: dict[str, str], folder: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker in a folder of its own; whatever is left of it is killed at the end."""
    folder.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-m", "duibiao", "worker"],
        env={**os.environ, **shared, "DUIBIAO_HOME": str(folder / "home"), **more},
        cwd=folder,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def until(what, seconds: float = 180) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


def test_killed_worker_and_killed_driver_lose_nothing(source, whole, shared, tmp_path):
    out, url = tmp_path / "out", shared["DUIBIAO_DATABASE"]
    options = ("--cluster", url)
    with worker(shared, tmp_path / "one") as doomed, worker(shared, tmp_path / "two"):
        with begun(source, out, *options, env=shared) as driver:
            until(lambda: pages(out) > 2)
            time.sleep(random.uniform(0, 0.5))  # noqa: S311
            os.killpg(doomed.pid, signal.SIGKILL)
            driver.kill()
            driver.wait()
        known = pages(out)
        ran = batch(source, out, *options, env=shared)
    assert (ran.code, ran.last["kept"] + ran.last["done"]) == (2, COUNT)
    assert ran.last["kept"] > 0
    assert known < COUNT
    assert contents(out) == whole
    database = Database(url)
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Chunk)) == 0
    database.close()


def test_a_worker_with_another_law_refuses(shared, tmp_path):
    source = tmp_path / "source"
    put(source / "one.docx", package(0))
    law = tmp_path / "law/duibiao_cement"
    subprocess.run(["mkdir", "-p", law.parent], check=True)
    subprocess.run(["cp", "-R", ROOT / "plugins/cement/duibiao_cement", law], check=True)
    with (law / "law/holes.toml").open("a", encoding="utf-8") as file:
        file.write("\n# amended\n")
    options = ("--cluster", shared["DUIBIAO_DATABASE"])
    with worker(shared, tmp_path / "other", PYTHONPATH=str(law.parent)):
        ran = batch(source, tmp_path / "out", *options, env=shared)
    assert (ran.code, ran.err.splitlines()[-1]) == (
        2,
        "工作进程没有做：工作进程的程序、规定或插件与批量审查的不是同一版本；做完的都在，改正后再运行一次即可",
    )
    with worker(shared, tmp_path / "same"):
        assert batch(source, tmp_path / "out", *options, env=shared).last["done"] == 1
    database = Database(shared["DUIBIAO_DATABASE"])
    client = DBOSClient(system_database_url=database.address, application_name=queue.APPLICATION)
    left = [work.name for work in client.list_workflows()]
    assert set(left) <= {"lapse"}  # with which every worker begins its day
    client.destroy()
    database.close()


def test_a_database_that_cannot_be_reached(source, tmp_path):
    ran = batch(source, tmp_path / "out", "--cluster", "postgresql://nobody@127.0.0.1:9/none")
    assert ran.code == 2
    assert ran.err.startswith("打不开数据库：")
