"""What a start costs, against bare Python. ``make bench``, or ``python bench/starting.py``.

Median CPU time (user and system) of whole processes that take turns:

* bare Python, and Python that imports the two libraries which every check needs most of,
* ``duibiao --version`` and ``duibiao --help``,
* ``duibiao check``, stopped where it would begin to read the package: with the law kept from an earlier start, and
  where it has to be checked anew.

Bytecode is compiled beforehand, as an installation does; it and what is kept lie in a folder of the benchmark's own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from packages import SIZES
from reporting import Report, options, told

READY = 77
"""Exit code of a check that was stopped where it would read."""

_CHECK = f"""
import sys
from duibiao.cli.app import run
from duibiao import service

def stop(*_, **__):
    raise SystemExit({READY})

service.read_package = stop
run(["check", sys.argv[1]])
"""
BARE, HELP, KEPT = "bare Python", "duibiao --help", "**duibiao check, ready to read**"
ANEW = "duibiao check, ready to read, law checked anew"
CASES: dict[str, tuple[str, ...]] = {
    BARE: ("-c", "pass"),
    "import lxml.etree": ("-c", "import lxml.etree"),
    "import typer": ("-c", "import typer"),
    "duibiao --version": ("-m", "duibiao", "--version"),
    HELP: ("-m", "duibiao", "--help"),
    KEPT: ("-c", _CHECK, "PACKAGE"),
    ANEW: ("-c", _CHECK, "PACKAGE"),
}


def main() -> int:
    """Measure and print; a program that does not do what it should ends it."""
    given = options(__doc__, SIZES, 0)  # sizes and peers mean nothing here
    report = Report(given.out)
    report.begin(
        "Start-up",
        "CPU time (user + system) of whole processes, medians; they take turns, the first run of each is dropped.",
    )
    with tempfile.TemporaryDirectory() as folder:
        taken = _measured(Path(folder), given.rounds)
    bare = statistics.median(taken[BARE])
    report.say(
        "", "| program | CPU ms | min–max | n | / bare Python |", "|---|---:|---:|---:|---:|"
    )
    for name, times in taken.items():
        median = statistics.median(times)
        report.say(
            f"| {name} | {1000 * median:.1f} | {1000 * min(times):.1f}–{1000 * max(times):.1f} | {len(times)}"
            f" | {median / bare:.1f} |"
        )
    shown, ready = (statistics.median(taken[name]) / bare for name in (HELP, KEPT))
    aims = [
        ("--help ≤ 8 × bare Python", f"{shown:.1f}", shown <= 8),
        ("check ready to read ≤ 10 × bare Python", f"{ready:.1f}", ready <= 10),
    ]
    report.say("", *told(aims), "")
    report.after()
    report.close()
    return 0


def _measured(folder: Path, rounds: int) -> dict[str, list[float]]:
    package = folder / "材料.docx"
    package.touch()
    in_the_way = folder / "file"
    in_the_way.touch()
    taken: dict[str, list[float]] = {name: [] for name in CASES}
    for number in range(rounds + 1):
        for name, arguments in CASES.items():
            kept = in_the_way if name == ANEW else folder / "cache"
            environment = {
                **os.environ,
                "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
                "XDG_CACHE_HOME": str(kept),
            }
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            command = [str(package) if part == "PACKAGE" else part for part in arguments]
            seconds = _run(command, environment, READY if "PACKAGE" in arguments else 0)
            if number:
                taken[name].append(seconds)
    return taken


def _run(arguments: Sequence[str], environment: Mapping[str, str], wanted: int) -> float:
    """Run Python and return its CPU seconds.

    Raises:
        RuntimeError: If it ends with another code than the one that is wanted.
    """
    before = getrusage(RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603  our own arguments
        [sys.executable, *arguments], env=environment, capture_output=True, check=False
    )
    after = getrusage(RUSAGE_CHILDREN)
    if done.returncode != wanted:
        raise RuntimeError(f"{arguments}: {done.returncode}, {done.stderr.decode()[-500:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
