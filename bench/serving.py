"""How much the service bears on this machine: uploads a minute, how fast pages come meanwhile, memory.

Starts a service of its own with SQLite and as many jobs at once as there are processors, hands in dossiers of one size one after the
other (each another file), and asks for pages all the while. Sustained uploads are those whose checks are done.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
from container import write
from given import NAMES
from machine import calm, described
from packages import SIZES, package
from sqlalchemy import func, select

from duibiao.office.people import hashed
from duibiao.storage.database import Database
from duibiao.storage.packages import Job
from duibiao.storage.people import Organisation, User

LOGIN, PASSWORD = "bench", "correct horse battery"
PLACE = {"city": "三门峡市", "county": "渑池县"}


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--size", choices=[name for name in NAMES if NAMES[name] in SIZES], default="medium"
    )
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--out", type=Path, help="file for the report, besides the screen")
    options = parser.parse_args()
    seen = calm()
    lines = [
        f"# The service under load, {datetime.now().astimezone():%Y-%m-%d %H:%M}",
        "",
        f"{described()}. {options.uploads} dossiers of size {options.size}, SQLite, {os.cpu_count()} jobs at once.",
        "",
        f"**Too busy a machine: {'; '.join(seen.complaints())}**"
        if seen.complaints()
        else str(seen),
    ]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (url, pid):
        written = write(package(SIZES[NAMES[options.size]]), Path(folder, "dossier.docx"))
        data = written.path.read_bytes()
        lines += measure(Path(folder), url, pid, data, options.uploads)
    text = "\n".join(lines) + "\n"
    print(text)  # noqa: T201
    if options.out:
        options.out.write_text(text, "utf-8")


@contextlib.contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """Start a service and give its address and process."""
    database = Database(f"sqlite:///{home}/duibiao.db")
    database.migrate()
    with database.writing() as session:
        organisation = Organisation(name="bench", **PLACE)
        session.add(organisation)
        session.flush()
        session.add(
            User(
                organisation_id=organisation.id, login=LOGIN, name=LOGIN, role="applicant",
                password=hashed(PASSWORD, LOGIN), must_change=False,
            )
        )  # fmt: skip
    database.close()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "duibiao", "serve", "--port", str(port)],
        env={**os.environ, "DUIBIAO_HOME": str(home), "DUIBIAO_JOBS": str(os.cpu_count())},
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{url}/readyz").status_code == 200:
                    break
            time.sleep(0.2)
        yield url, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def signed_in(url: str) -> httpx.Client:
    """Return a client with a session."""
    client = httpx.Client(base_url=url, timeout=120)
    client.post("/sign-in", data={"login": LOGIN, "password": PASSWORD})
    found = re.search(r'data-csrf="([^"]+)"', client.get("/password").text)
    assert found, "signing in failed"
    client.headers["X-CSRF-Token"] = found[1]
    return client


def measure(home: Path, url: str, pid: int, data: bytes, uploads: int) -> list[str]:
    """Hand in, look at pages meanwhile, wait until everything is checked, and return how it went."""
    client, looker = signed_in(url), signed_in(url)
    first = hand_in(client, data, 0)
    wait(home, 1)
    before = memory(pid)
    stop = threading.Event()
    latencies: dict[str, list[float]] = {"/packages": [], f"{first}/findings": []}
    thread = threading.Thread(target=look, args=(looker, stop, latencies))
    thread.start()
    begun = time.perf_counter()
    taking = []
    for number in range(1, uploads + 1):
        start = time.perf_counter()
        hand_in(client, data, number)
        taking.append(time.perf_counter() - start)
    taken = time.perf_counter() - begun
    wait(home, uploads + 1)
    seconds = time.perf_counter() - begun
    stop.set()
    thread.join()
    after = memory(pid)
    return [
        "",
        f"Size of one file: {len(data) / 2**20:.2f} MiB.",
        f"Sustained: **{uploads / seconds * 60:.0f} uploads a minute**, checked"
        f" ({seconds / uploads * 1000:.0f} ms each); taken in: {uploads / taken * 60:.0f} a minute,"
        f" median {statistics.median(taking) * 1000:.0f} ms an upload.",
        "",
        "| Page, meanwhile | Median, ms | 95th percentile, ms | Requests |",
        "|---|---:|---:|---:|",
        *(
            f"| {'the list' if path == '/packages' else 'the findings of one'}"
            f" | {statistics.median(found) * 1000:.0f}"
            f" | {statistics.quantiles(found, n=20)[-1] * 1000:.0f} | {len(found)} |"
            for path, found in latencies.items()
        ),
        "",
        "| Memory (proportional set), MiB | Server | Its children |",
        "|---|---:|---:|",
        f"| after 1 upload | {before[0]:.0f} | {before[1]:.0f} |",
        f"| after {uploads + 1} | {after[0]:.0f} | {after[1]:.0f} |",
        "",
    ]


def hand_in(client: httpx.Client, data: bytes, number: int) -> str:
    """Hand in a file that is like no other, and return the address of its package."""
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = f"number {number}".encode()
    answer = client.post(
        "/upload", params={"file": f"{number}.docx", **PLACE}, content=stream.getvalue()
    )
    answer.raise_for_status()
    href: str = answer.json()["parts"][0]["href"]
    return href


def look(client: httpx.Client, stop: threading.Event, latencies: dict[str, list[float]]) -> None:
    """Ask for pages, twice a second each."""
    while not stop.wait(0.25):
        for path, found in latencies.items():
            start = time.perf_counter()
            client.get(path).raise_for_status()
            found.append(time.perf_counter() - start)


def wait(home: Path, count: int) -> None:
    """Wait until so many checks are done."""
    database = Database(f"sqlite:///{home}/duibiao.db")
    query = select(func.count()).select_from(Job).where(Job.state.in_(("done", "failed")))
    while True:
        with database.reading() as session:
            if (session.scalar(query) or 0) >= count:
                break
        time.sleep(0.2)
    database.close()


def memory(pid: int) -> tuple[float, float]:
    """Return the memory of a process, and that of its descendants, in MiB."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    children = " ".join(task.read_text() for task in tasks).split()
    below = [memory(int(child)) for child in children]
    return _proportional(pid), sum(own + further for own, further in below)


def _proportional(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
