"""What a start costs, against bare Python.

Median CPU time (user and system) of whole processes that take turns:

* bare Python, and Python that imports what a program of this kind is usually made with,
* ``duibiao --version`` and ``duibiao --help``,
* ``duibiao check``, stopped where it would read the first byte of the package: with the law kept from an earlier
  start, and where it has to be checked anew,
* the whole check of a small package, for what is loaded only once there is something to judge.

Bytecode is compiled beforehand, as an installation does; it and what is kept lie in a folder of the benchmark's own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from given import Given
from results import Against, Results, Row

from duibiao.cli.guard import Exit
from duibiao.testing import enterprises
from duibiao.testing.dossiers import build_dossier
from duibiao.testing.word import write_word

READY = 77
"""Exit code of a check that was stopped where it would read."""

_CHECK = f"""
from duibiao.__main__ import main
from duibiao.service import package

def stop(*_, **__):
    raise SystemExit({READY})

package.open_package = stop
main()
"""
BARE, VERSION, HELP = "空的 Python", "duibiao --version", "duibiao --help"
KEPT, ANEW = "duibiao check，读文件之前", "同上，重新校验法规数据"
WHOLE = "duibiao check，一份小材料从头到尾"
CLICK, DOCX = "import click", "import docx"
CASES: dict[str, tuple[str, ...]] = {
    BARE: ("-c", "pass"),
    CLICK: ("-c", CLICK),
    DOCX: ("-c", DOCX),
    VERSION: ("-m", "duibiao", "--version"),
    HELP: ("-m", "duibiao", "--help"),
    KEPT: ("-c", _CHECK, "check", "PACKAGE"),
    ANEW: ("-c", _CHECK, "check", "PACKAGE"),
    WHOLE: ("-m", "duibiao", "check", "DOSSIER"),
}


def measure(given: Given, results: Results, folder: Path) -> None:
    """Measure; a program that does not do what it should ends it."""
    taken = _measured(folder, given.rounds)
    cpu = {name: 1000 * statistics.median(times) for name, times in taken.items()}
    bare = Against(BARE, cpu[BARE])
    click, docx = ((Against(name, cpu[name]),) if given.peers else () for name in (CLICK, DOCX))
    results.rows += [
        Row(VERSION, "", cpu[VERSION], floor=bare, peers=click),
        Row(HELP, "", cpu[HELP], floor=bare, peers=click, most=8),
        Row(KEPT, "", cpu[KEPT], floor=bare, peers=docx, most=10),
        Row(ANEW, "", cpu[ANEW], floor=bare, peers=docx),
        Row(WHOLE, "", cpu[WHOLE], floor=bare, peers=docx),
    ]


def _measured(folder: Path, rounds: int) -> dict[str, list[float]]:
    files = {"PACKAGE": folder / "材料.docx", "DOSSIER": folder / "小材料.docx"}
    files["PACKAGE"].touch()
    write_word(build_dossier(enterprises.load("boiler_kiln")), files["DOSSIER"])
    ends = {KEPT: READY, ANEW: READY, WHOLE: Exit.FINDINGS}
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
            command = [str(files.get(part, part)) for part in arguments]
            seconds = _run(command, environment, ends.get(name, Exit.CLEAN))
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
