"""Checks mutants of the demo dossiers for as long as is asked: `python tests/fuzz/word.py --seconds N`.

Whatever the file, a check ends in a report that is not a pass, or in an IntakeError, within `SECONDS` of processor
time and `MEMORY`. What breaks this is written to `--keep` with the number of its seed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from duibiao.model.errors import IntakeError
from duibiao.rules.engine import Status
from duibiao.rules.verdict import Verdict
from duibiao.service import Service

if __package__:
    from .mutation import mutant
else:
    from mutation import mutant

ROOT = Path(__file__).parents[2]
SEEDS = tuple(sorted((ROOT / "demo").glob("*.docx")))
SECONDS = 10.0
MEMORY = 1 << 30
BATCH = 100
_HANG = 60
_SPACE = 3 << 30


@dataclass(frozen=True)
class Result:
    """What became of one file.

    Attributes:
        what: Which file, and what was done to it.
        end: How it ended: verdict, message kind, or "" where the promise was broken.
        broken: How the promise was broken, or "".
        crashed: Rules that crashed, which is no broken promise but a fault of theirs.
        seconds: Processor time.
        memory: Most memory that the process took while at it, beyond what it had before.
    """

    what: str
    end: str
    broken: str
    crashed: tuple[str, ...]
    seconds: float
    memory: int


def check(service: Service, what: str, data: bytes, path: Path) -> Result:
    """Check one file and see whether the promise held."""
    path.write_bytes(data)
    broken, crashed, end = "", (), ""
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = _kibibytes("VmRSS")
    begin = time.process_time()
    try:
        report = service.check(path)
        end = report.verdict.value
        crashed = tuple(
            f"{outcome.rule.code}: {outcome.reason}"
            for outcome in report.with_status(Status.CRASHED)
        )
        if report.verdict is Verdict.PASS:
            broken = "passed"
    except IntakeError as error:
        end = "无法读取"
        if not str(error).startswith(f"《{path.name}》"):
            broken = f"message without the file's name: {error}"
    except Exception:  # noqa: BLE001 - whatever escapes is what is looked for
        broken = traceback.format_exc()
    seconds = time.process_time() - begin
    memory = (_kibibytes("VmHWM") - before) * 1024
    if seconds > SECONDS:
        broken = broken or f"{seconds:.1f} s"
    if memory > MEMORY:
        broken = broken or f"{memory >> 20} MiB"
    return Result(what, end, broken, crashed, seconds, memory)


def _kibibytes(field: str) -> int:
    """A figure of this process's memory (proc(5))."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))


_service: Service | None = None
_seeds: list[bytes] = []
_path = Path()


def prepare(folder: Path) -> None:
    """Make ready a process that checks mutants."""
    global _service, _seeds, _path  # noqa: PLW0603 - one process, one service
    _service = Service()
    _seeds = [path.read_bytes() for path in SEEDS]
    _path = folder / f"{multiprocessing.current_process().pid}.docx"


def check_mutant(number: int) -> Result:
    """Make and check one mutant in a process made ready."""
    assert _service is not None
    signal.signal(signal.SIGALRM, _interrupt)
    signal.alarm(_HANG)
    try:
        what, data = mutant(_seeds, number)
        return check(_service, what, data, _path)
    finally:
        signal.alarm(0)


def _interrupt(number: int, frame: object) -> None:
    raise TimeoutError(f"still at it after {_HANG} s")


def run(start: int, seconds: float, folder: Path, workers: int) -> Iterator[Result]:
    """Check mutants in processes of their own until the time is over."""
    deadline = time.monotonic() + seconds
    context = multiprocessing.get_context("fork")
    with context.Pool(workers, prepare, (folder,), maxtasksperchild=100) as pool:
        while time.monotonic() < deadline:
            yield from pool.imap_unordered(check_mutant, range(start, start + BATCH), chunksize=4)
            start += BATCH


def main(argv: list[str]) -> int:
    """Fuzz for a while and print what came of it."""
    from tempfile import TemporaryDirectory

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--start", type=int, default=0, help="number of the first mutant")
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz")
    given = arguments.parse_args(argv)
    resource.setrlimit(resource.RLIMIT_AS, (_SPACE, _SPACE))
    with TemporaryDirectory() as folder:
        results = run(given.start, given.seconds, Path(folder), given.workers)
        return report(results, given.keep, print)


def report(results: Iterator[Result], keep: Path, say: Callable[[str], None]) -> int:
    """Tell how the files ended; keep the mutants that broke the promise."""
    ends: Counter[str] = Counter()
    faults: dict[str, str] = {}
    slowest, slow, most = 0.0, "", 0
    for result in results:
        ends[result.end or "broken"] += 1
        most = max(most, result.memory)
        if result.seconds > slowest:
            slowest, slow = result.seconds, result.what
        for fault in (*result.crashed, *([result.broken] if result.broken else [])):
            key = fault.strip().splitlines()[-1][:120]
            if key not in faults:
                faults[key] = result.what
                number = int(result.what[1:].split()[0])
                keep.mkdir(parents=True, exist_ok=True)
                seeds = [path.read_bytes() for path in SEEDS]
                (keep / f"{number}.docx").write_bytes(mutant(seeds, number)[1])
                say(f"{result.what}\n{fault}\n")
    say(f"{sum(ends.values())} files: {dict(ends)}; most {most >> 20} MiB")
    say(f"slowest {slowest:.1f} s: {slow}")
    say(f"{len(faults)} kinds of fault")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
