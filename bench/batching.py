"""What a batch costs beyond the work itself. ``make bench``, or ``python bench/batching.py``.

The same small packages, each another file, photos looked at:

* judged one after the other in one process, with what the results need of each: the work,
* as ``duibiao batch`` with one process and with one per processor: pool, journal and hashes on top of it; and apart from
  that, what the tables, lists and pages cost over all of them, which a second run shows that has nothing to judge.

CPU time (user and system) of everything, children included, without the start of the processes, which a second, empty batch
measures. Memory: peak of the processes that judge, after the first tenth of the packages and at the end.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from container import write
from packages import SIZES, package
from reporting import Report, options, told

PACKAGES = {"small": 200, "medium": 40, "large": 8}
LOOK = 0.05
"""Seconds from one look at the processes to the next."""

_WORK = """
import json, os, sys, time
from pathlib import Path
from duibiao.service import Service
from duibiao.work.judging import Asked, judge
os.nice(5)  # as the processes of a batch are
service, paths, out = Service(), sorted(Path(sys.argv[1]).iterdir()), Path(sys.argv[2])
judge(service, paths[0], "first", Asked(), out / "first.html")
begun = time.process_time()
for path in paths:
    assert judge(service, path, path.name, Asked(), out / f"{path.stem}.html").report
print(json.dumps(time.process_time() - begun))
"""


@dataclass(slots=True)
class Batch:
    """What a batch took: CPU and wall seconds, and the peak memory of those that judge, in bytes, early and at the end."""

    cpu: float
    wall: float
    early: int = 0
    late: int = 0


def main() -> int:
    """Measure and print."""
    given = options(__doc__, SIZES, 0)
    report = Report(given.out)
    report.begin(
        "Batches", "CPU time (user + system) of all processes; every way judges the same packages."
    )
    aims: list[tuple[str, str, bool]] = []
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            aims += _measured(report, size, Path(folder))
    report.say("", *told(aims), "")
    report.after()
    report.close()
    return 0


def _measured(report: Report, size: str, folder: Path) -> list[tuple[str, str, bool]]:
    many, one = folder / "many", folder / "one"
    count = PACKAGES[size]
    _fill(many, size, count)
    _fill(one, size, 1)
    (folder / "pages").mkdir()
    work = float(json.loads(_run([sys.executable, "-c", _WORK, str(many), str(folder / "pages")])))
    report.say(
        "", f"## {size}, {count} packages", "",
        "| way | CPU ms a package | / the work | packages a second | memory early MB | at the end MB |",
        "|---|---:|---:|---:|---:|---:|",
        f"| the work, one process | {1000 * work / count:.1f} | 1.00 | {count / work:.1f} | | |",
    )  # fmt: skip
    aims = []
    for workers in sorted({1, os.cpu_count() or 1}):
        out = folder / f"out-{workers}"
        start = _batch(one, folder / f"start-{workers}", workers)
        took, again = _batch(many, out, workers), _batch(many, out, workers)
        results = again.cpu - _batch(one, folder / f"start-{workers}", workers).cpu
        own = took.cpu - start.cpu + work / count - results
        report.say(
            f"| duibiao batch, {workers} at once | {1000 * own / count:.1f} | {own / work:.2f}"
            f" | {count / (took.wall - start.wall):.1f} | {took.early / 1e6:.0f} | {took.late / 1e6:.0f} |",
            f"| its tables, lists and pages | {1000 * results / count:.1f} | {results / work:.2f} | | | |",
        )
        if workers == 1:
            cost = own / work - 1
            aims.append(
                (f"{size}: overhead of the pool ≤ 5 % of the work", f"{cost:.1%}", cost <= 0.05)
            )
    if size == "small":
        each = count / work
        aims.append(("small: ≥ 25 packages per second and core", f"{each:.1f}", each >= 25))
    return aims


def _fill(folder: Path, size: str, count: int) -> None:
    """Write a package as often as is wanted, each time another file by a remark in the archive."""
    folder.mkdir()
    data = write(package(SIZES[size]), folder / "first.docx").path.read_bytes()
    (folder / "first.docx").unlink()
    for number in range(count):
        stream = io.BytesIO(data)
        with zipfile.ZipFile(stream, "a") as archive:
            archive.comment = f"number {number}".encode()
        (folder / f"{number:05}.docx").write_bytes(stream.getvalue())


def _batch(source: Path, out: Path, workers: int) -> Batch:
    before, begun = getrusage(RUSAGE_CHILDREN), time.monotonic()
    arguments = ("--workers", str(workers), "--progress", "quiet")
    with subprocess.Popen(  # noqa: S603  our own arguments
        [sys.executable, "-m", "duibiao", "batch", source, "--out", out, *arguments],
        stdout=subprocess.DEVNULL,
    ) as process:
        early, late = _watched(process, len(list(source.iterdir())) // 10, out)
    after = getrusage(RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Batch(cpu, time.monotonic() - begun, early, late)


def _watched(process: subprocess.Popen[bytes], tenth: int, out: Path) -> tuple[int, int]:
    """Return the peak memory of the processes that judge, after a tenth of the packages, and at the end."""
    early = late = 0
    while process.poll() is None:
        late = max([late, *map(_peak, _children(process.pid))])
        if not early and len(list(out.glob("reports/*/*"))) >= tenth:
            early = late
        time.sleep(LOOK)
    return early, late


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except OSError:
        return []
    return [int(child) for child in text.split()]


def _peak(pid: int) -> int:
    """Return the peak memory of a process in bytes, 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def _run(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(main())
