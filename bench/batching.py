"""What a batch costs beyond the work itself.

Packages of ``duibiao synth`` (every industry and hand in turn, half of them with a fault that has to be found):

* the work: judged one after the other in one process, with page, JSON and entry of each,
* ``duibiao batch`` with one process and with two: pool, journal and hashes on top of it; and apart from that, what the
  tables, lists and pages cost over all of them, which a second run shows that has nothing to judge,
* the same work by `concurrent.futures.ProcessPoolExecutor` with two processes: no limits, no journal, no resuming.

CPU time (user and system) of all processes, children included, and wall time, both without the start of the processes,
which a batch of one package measures. Memory: peak of the processes that judge, after the first tenth of the packages and
at the end.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from batches import Batch, batch, missed
from given import MADE, Given
from results import Against, Results, Row

from duibiao.testing.synth import Settings
from duibiao.testing.synth.writing import write_packages

WORKERS = 2
LEAST = 25
"""Packages a second and core."""
FLAT = 1.1
"""How many times the memory after a tenth it may be at the end."""

_WORK = """
import json, os, sys, time
from pathlib import Path
from duibiao.service import Service
from duibiao.work.judging import Asked, judge
os.nice(5)  # as the processes of a batch are
service, paths, out = Service(), sorted(Path(sys.argv[1]).glob("*.docx")), Path(sys.argv[2])
judge(service, paths[0], Asked(), out / "first.html")
begun = time.process_time(), time.monotonic()
for path in paths:
    assert judge(service, path, Asked(), out / f"{path.stem}.html").report
print(json.dumps([time.process_time() - begun[0], time.monotonic() - begun[1]]))
"""
_POOL = f"""
import json, os, sys, time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from duibiao.service import Service
from duibiao.work.judging import Asked, judge

def prepare():
    global service
    os.nice(5)
    service = Service()

def one(path):
    return judge(service, path, Asked(), Path(sys.argv[2], f"{{path.stem}}.html"))

if __name__ == "__main__":
    paths = sorted(Path(sys.argv[1]).glob("*.docx"))
    with ProcessPoolExecutor({WORKERS}, initializer=prepare) as pool:
        list(pool.map(one, paths[:{WORKERS}]))
        begun = time.monotonic()
        assert all(done.report for done in pool.map(one, paths, chunksize=16))
        print(json.dumps(time.monotonic() - begun))
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a batch took beyond that of a single package.

    Attributes:
        cpu: CPU seconds of judging, pool and journal.
        wall: The same in wall seconds.
        results: CPU seconds of tables, lists and pages.
        early: Peak memory of the processes that judge, after a tenth of the packages, in MB.
        late: The same at the end.
        driver: Peak memory of the process that hands out and writes, in MB.
    """

    cpu: float
    wall: float
    results: float
    early: float
    late: float
    driver: float


@dataclass(frozen=True, slots=True)
class Batched:
    """What a package costs in a batch beside its own judging.

    Attributes:
        packages: Folder of the packages.
        out: Folder of the results.
        count: How many packages.
        pool: CPU ms of handing out, journal and hashes.
        results: CPU ms of tables, lists and pages.
        memory: Bytes by which the process that hands out and writes grows.
    """

    packages: Path
    out: Path
    count: int
    pool: float
    results: float
    memory: float


def measure(given: Given, results: Results, folder: Path) -> Batched:
    """Measure; return what a package costs."""
    count, many, one = given.packages, folder / "many", folder / "one"
    write_packages(Settings(count=count), many)
    one.mkdir()
    shutil.copy(min(many.glob("*.docx")), one)
    size = sum(path.stat().st_size for path in many.glob("*.docx")) / count
    results.sizes[f"批量，{MADE}"] = (
        f"`duibiao synth {count}` 的 {count} 份，平均 {size / 1e3:.0f} KB，四个行业、各种写法，一半有缺陷"
    )
    work, alone = _said(_WORK, many, folder / "work")
    apart = {workers: _judged(many, one, folder, workers) for workers in (1, WORKERS)}
    single, both = apart[1], apart[WORKERS]
    results.problems += missed(many, folder / f"out-{WORKERS}")
    ms, rate = 1000 / count, count / both.wall
    peers: tuple[Against, ...] = ()
    if given.peers:
        (pool,) = _said(_POOL, many, folder / "pool")
        peers = (Against(f"ProcessPoolExecutor {WORKERS} 个进程", count / pool),)
    each = count / work
    results.rows += [
        Row("审查，一个进程依次做", MADE, each, "份/秒", aim=(f"≥ {LEAST} 份/秒·核", each >= LEAST)),
        Row(
            "批量，1 个进程，处理器", MADE, ms * single.cpu, floor=Against("依次做", ms * work), most=1.05
        ),
        Row("批量，1 个进程，钟表", MADE, ms * single.wall, floor=Against("依次做", ms * alone)),
        Row(
            f"批量，{WORKERS} 个进程", MADE, rate, "份/秒",
            Against(f"1 个进程的 {WORKERS} 倍", WORKERS * count / single.wall), peers,
        ),
        Row("批量，表、清单和汇总", MADE, ms * single.results, floor=Against("依次做", ms * work)),
        Row(
            "批量，审查进程的内存", MADE, both.late, "MB", Against("做完一成时", both.early), most=FLAT
        ),
    ]  # fmt: skip
    out = folder / f"out-{WORKERS}"
    pool, growth = max(0.0, ms * (single.cpu - work)), _growth(many, folder, count, both.driver)
    return Batched(many, out, count, pool, ms * single.results, growth)


def _growth(many: Path, folder: Path, count: int, whole: float) -> float:
    """Return the bytes by which the driver grows with each package, from a quarter of them to all."""
    quarter = folder / "quarter"
    quarter.mkdir()
    paths = sorted(many.glob("*.docx"))[: count // 4]
    for path in paths:
        shutil.copy(path, quarter)
    took = batch(quarter, folder / "out-quarter", "--workers", str(WORKERS))
    return max(0.0, 1e6 * (whole - took.driver) / (count - len(paths)))


def _judged(many: Path, one: Path, folder: Path, workers: int) -> Judged:
    """Run a batch, and take away what starting, and the results, cost."""
    option, out = ("--workers", str(workers)), folder / f"out-{workers}"
    start = batch(one, folder / f"start-{workers}", *option)
    took = batch(many, out, *option)
    again = batch(many, out, *option)
    still = batch(one, folder / f"start-{workers}", *option)
    count = len(list(many.glob("*.docx")))
    whole = _less(took, start, count)
    nothing = _less(again, still, 0)
    return Judged(
        whole[0] - nothing[0],
        whole[1] - nothing[1],
        nothing[0],
        took.early,
        took.late,
        took.driver - start.driver,
    )


def _less(took: Batch, start: Batch, count: int) -> tuple[float, float]:
    """CPU and wall seconds beyond a batch of one package; what that one itself takes is given back."""
    share = count / (count - 1) if count > 1 else 1
    return share * (took.cpu - start.cpu), share * (took.wall - start.wall)


def _said(program: str, source: Path, out: Path) -> list[float]:
    out.mkdir()
    script = out / "program.py"
    script.write_text(program, "utf-8")
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, script, source, out], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])
    said = json.loads(done.stdout)
    return said if isinstance(said, list) else [said]
