"""Runs ``duibiao batch`` and looks at it from outside: CPU and wall time, memory of its processes, what it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pyarrow.parquet as parquet

LOOK = 0.05
"""Seconds from one look at the processes to the next."""

TABLES = ("packages", "findings", "outcomes")


@dataclass(frozen=True, slots=True)
class Batch:
    """一次批量审查.

    Attributes:
        cpu: CPU seconds of all its processes.
        wall: Wall seconds.
        early: Peak memory of the processes that judge after a tenth of the packages, in MB.
        late: The same at the end.
        driver: Peak memory of the process that hands out and writes, in MB.
    """

    cpu: float
    wall: float
    early: float
    late: float
    driver: float


def batch(
    source: Path, out: Path, *options: str, environment: Mapping[str, str] | None = None
) -> Batch:
    """Judge a folder.

    Raises:
        RuntimeError: If packages have no result, or it fails otherwise.
    """
    command = [
        sys.executable,
        "-m",
        "duibiao",
        "batch",
        source,
        "--out",
        out,
        "--progress",
        "quiet",
    ]
    before, begun = _cpu(), time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(  # noqa: S603  our own arguments
            [*command, *options],
            env={**os.environ, **(environment or {})},
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        early, late, driver = _watched(process, len(list(source.glob("*.docx"))) // 10, out)
        if process.returncode not in (0, 1):
            said.seek(0)
            raise RuntimeError(f"duibiao batch: {process.returncode}, {said.read()[-500:]}")
    return Batch(_cpu() - before, time.monotonic() - begun, early, late, driver)


def left_behind(out: Path) -> dict[str, float]:
    """Return bytes of what a batch leaves, by what it is, and rows of its tables."""
    tables = [out / f"{name}.parquet" for name in TABLES]
    return {
        "pages": _bytes(out.glob("reports/*/*")),
        "journal": _bytes(out.glob("batch.db*")),
        "tables": _bytes(tables),
        "rows": sum(parquet.read_metadata(table).num_rows for table in tables),
    }


def missed(source: Path, out: Path) -> list[str]:
    """Return the known faults of made-up packages that the batch has not found, and what it did not judge."""
    found: dict[str, set[str]] = {}
    table = parquet.read_table(out / "findings.parquet", columns=["name", "code"]).to_pylist()
    for row in table:
        found.setdefault(row["name"], set()).add(row["code"])
    wrong = [
        f"{row['name']}：{row['problem']}"
        for row in parquet.read_table(out / "packages.parquet").to_pylist()
        if row["problem"]
    ]
    for line in (source / "truth.jsonl").read_text("utf-8").splitlines():
        truth = json.loads(line)
        wrong += [
            f"{truth['file']}：缺陷 {defect['name']} 没有查出"
            for defect in truth["defects"]
            if not found.get(truth["file"], set()) & {*defect["codes"], *defect["also"]}
        ]
    return wrong


def _bytes(paths: Iterable[Path]) -> float:
    return sum(path.stat().st_size for path in paths)


def _cpu() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watched(process: subprocess.Popen[bytes], tenth: int, out: Path) -> tuple[float, float, float]:
    early = late = driver = 0.0
    while process.poll() is None:
        driver = max(driver, _peak(process.pid))
        late = max([late, *map(_peak, _children(process.pid))])
        if not early and len(list(out.glob("reports/*/*"))) >= tenth:
            early = late
        time.sleep(LOOK)
    return early, late, driver


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except OSError:
        return []
    return [int(child) for child in text.split()]


def _peak(pid: int) -> float:
    """Return the peak memory of a process in MB, 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM")), 0.0
    )
