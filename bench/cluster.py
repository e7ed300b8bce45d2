"""What a batch over several machines asks of PostgreSQL: ``duibiao batch --cluster`` with one worker, both on this machine.

Statements are counted by pg_stat_statements, rows by the server itself. What a waiting worker asks over and over, begin and
commit among it, is told apart: it goes with time and workers, not with packages.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import psycopg
from batches import batch
from results import ROOT

from duibiao.batch.cluster import MOST, PIECES

IDLE = 6.0
"""Seconds for which the waiting worker is watched."""
SETTLING = 2.0
"""Seconds after which the server has counted everything."""

_CALLS = "SELECT queryid::text, sum(calls) FROM pg_stat_statements GROUP BY queryid"
_SERVER = """
SELECT tup_inserted + tup_updated + tup_deleted, pg_database_size(datname)
FROM pg_stat_database WHERE datname = current_database()
"""


@dataclass(frozen=True, slots=True)
class Load:
    """数据库负担 of a chunk of packages, and what the driver does for each package.

    Attributes:
        statements: Statements that a waiting worker does not send.
        rows: Rows written, changed or deleted.
        size: Bytes by which the database grows.
        waiting: Statements that a waiting worker sends each second.
        driver: CPU seconds of the driver for a package, its start not among them.
    """

    statements: float
    rows: float
    size: float
    waiting: float
    driver: float


def measure(packages: Path, count: int, home: Path) -> Load | None:
    """Judge some packages of a folder; None where PostgreSQL is not installed."""
    sys.path.append(str(ROOT))
    server = import_module("tests.web.postgres")
    if server.programs() is None:
        return None
    few, one = home / "few", home / "single"
    for folder, number in ((few, count), (one, 1)):
        folder.mkdir()
        for path in sorted(packages.glob("*.docx"))[:number]:
            shutil.copy(path, folder)
    with server.postgres("shared_preload_libraries=pg_stat_statements") as url:
        shared = {
            "DUIBIAO_DATABASE": url,
            "DUIBIAO_FILES": str(home / "files"),
            "DUIBIAO_JOBS": "1",
        }
        with psycopg.connect(url, autocommit=True) as database, _worker(shared, home / "worker"):
            database.execute("CREATE EXTENSION pg_stat_statements")
            start = batch(one, home / "out-single", "--cluster", url, environment=shared)
            idle = _calls(database)
            time.sleep(IDLE)
            before, rows, size = _calls(database), *_server(database)
            took = batch(few, home / "out-few", "--cluster", url, environment=shared)
            time.sleep(SETTLING)
            after, rows_after, size_after = _calls(database), *_server(database)
    asked = {query for query, calls in before.items() if calls > idle.get(query, 0)}
    waiting = sum(before[query] - idle.get(query, 0) for query in asked) / IDLE
    own = sum(calls - before.get(query, 0) for query, calls in after.items() if query not in asked)
    chunks, driver = _chunks(count), (took.cpu - start.cpu) / (count - 1)
    return Load(
        own / chunks, (rows_after - rows) / chunks, (size_after - size) / chunks, waiting, driver
    )


def _chunks(count: int) -> int:
    size = max(1, min(MOST, count // PIECES))
    return -(-count // size)


def _calls(database: psycopg.Connection) -> dict[str, float]:
    """Return how often each statement was sent."""
    return {query: float(calls) for query, calls in database.execute(_CALLS).fetchall()}


def _server(database: psycopg.Connection) -> tuple[float, float]:
    """Return rows written, changed or deleted, and the size of the database in bytes."""
    row = database.execute(_SERVER).fetchone()
    assert row is not None
    return float(row[0]), float(row[1])


@contextmanager
def _worker(shared: Mapping[str, str], folder: Path) -> Iterator[None]:
    folder.mkdir()
    running = subprocess.Popen(
        [sys.executable, "-m", "duibiao", "worker"],
        env={**os.environ, **shared, "DUIBIAO_HOME": str(folder)},
        cwd=folder,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait()
