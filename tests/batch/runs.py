"""Batches to test: packages, the command in a process of its own, and what stands in the folder of its results."""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).parents[2]
CEMENT, FURNITURE = ROOT / "demo/clean-cement.docx", ROOT / "demo/faulty-furniture.docx"

TROUBLE = """
import os
if "TROUBLE" in os.environ:
    from datetime import datetime, timedelta
    from duibiao import service
    from duibiao.batch import running
    from duibiao.service import terms

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=int(os.environ["TROUBLE"]))

    service.datetime = terms.datetime = running.datetime = Later
    real = service.Service.check

    def check(self, path, request=service.AS_DECLARED):
        match path.stem:
            case "dies":
                os._exit(11)
            case "hangs":
                while True:
                    pass
            case "grows":
                bytearray(1 << 40)
            case "fails":
                raise RuntimeError("a rule that nobody has tested")
        return real(self, path, request)

    service.Service.check = check
"""
"""A start of Python after which packages of some names end, stop, fill or fail the process that checks them.

TROUBLE is by how many days the clock is fast."""


@dataclass
class Ran:
    """How a run of the command ended: exit code, what it printed, and its JSON lines."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> dict[str, Any]:
        """The last JSON line."""
        line: dict[str, Any] = json.loads(self.out.splitlines()[-1])
        return line


def package(number: int, base: Path | None = None) -> bytes:
    """Return a demo package, made another file by a remark in the archive."""
    stream = io.BytesIO((base or (CEMENT, FURNITURE)[number % 2]).read_bytes())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = f"number {number}".encode()
    return stream.getvalue()


def fill(folder: Path, count: int) -> Path:
    """Write packages into a folder and return it."""
    for number in range(count):
        put(folder / f"{number % 3}" / f"{number:03}.docx", package(number))
    return folder


def put(path: Path, data: bytes) -> None:
    """Write a file, with the folders that it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def command(source: Path | str, out: Path, *options: str) -> list[str]:
    """Return the command line of a batch; photos are not looked at, to be quick."""
    common = ("--progress", "json", "--workers", "1", "--no-photos")
    return [
        sys.executable,
        "-m",
        "duibiao",
        "batch",
        str(source),
        "--out",
        str(out),
        *common,
        *options,
    ]


def batch(
    source: Path | str, out: Path, *options: str, env: Mapping[str, str] | None = None
) -> Ran:
    """Run a batch to its end."""
    done = subprocess.run(
        command(source, out, *options),
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@contextlib.contextmanager
def begun(
    source: Path | str, out: Path, *options: str, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Begin a batch; whatever is left of it is killed at the end."""
    running = subprocess.Popen(
        command(source, out, *options),
        env={**os.environ, **(env or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def pages(out: Path) -> int:
    """Return how many packages have a page of their own."""
    return len(list(out.glob("reports/*/*.html")))


def contents(out: Path) -> dict[str, bytes]:
    """Return every file of the results by its path, but the journal and the times."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.stem != "用时" and not path.name.startswith("batch.db")
    }


def verdicts(out: Path) -> dict[str, str]:
    """Return the verdict of every package by its name."""
    return dict(query(out, "SELECT name, verdict FROM 'packages.parquet'"))


def query(out: Path, sql: str) -> list[tuple[Any, ...]]:
    """Ask the tables, as another program reads them."""
    for table in ("packages", "findings", "outcomes"):
        sql = sql.replace(f"'{table}.parquet'", f"'{out}/{table}.parquet'")
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


def troubled(folder: Path, days: int = 0) -> dict[str, str]:
    """Return an environment in which Python begins with `TROUBLE`."""
    put(folder / "sitecustomize.py", TROUBLE.encode())
    return {"PYTHONPATH": str(folder), "TROUBLE": str(days)}
