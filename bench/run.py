"""Everything at once: ``make bench``, or ``python bench/run.py``.

Parts follow one another; within a part, programs take turns. Before, the machine is looked at, and during each part, what
others do on it; rows measured meanwhile are marked. A whole run writes `results.FILE` and README.md, one that leaves
something out writes to the screen only. Ends with 1 where something was not read, not found or not the same as it should
be: then the figures are worth nothing, and nothing is written.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import batching
import reading
import rendering
import starting
import unit_costs
from given import Given, given
from machine import MOST_OTHERS, Watch, calm, described
from results import ROOT, Results, publish

Found = TypeVar("Found")
TABLE, COSTS = "测速", "用量"


def main() -> int:
    """Measure, print, write."""
    asked, results, seen = given(sys.argv[1:]), Results(), calm()
    complaints, begun = seen.complaints(), time.monotonic()
    is_busy = bool(complaints)
    told: list[str] = []

    def part(name: str, run: Callable[[Given, Results, Path], Found]) -> Found | None:
        """Run a part, if it is asked for, in a folder of its own."""
        if name not in asked.parts:
            return None
        _say(f"{name} ……")
        watch, before = Watch(), len(results.rows)
        folder = home / name
        folder.mkdir()
        found = run(asked, results, folder)
        others = watch.others()
        if others > MOST_OTHERS:
            complaints.append(f"测 {name} 时别的程序占用 {others:.1f} 核")
        if is_busy or others > MOST_OTHERS:
            results.rows[before:] = [replace(row, quiet=False) for row in results.rows[before:]]
        return found

    with tempfile.TemporaryDirectory(prefix="duibiao-bench-") as temporary:
        home = Path(temporary)
        steps = part("read", reading.measure)
        part("build", rendering.measure)
        batch = part("batch", batching.measure)
        part("start", starting.measure)
        if "costs" in asked.parts and steps and batch:
            _say("costs ……")
            told = unit_costs.told(steps, batch, home)
    minutes = (time.monotonic() - begun) / 60
    parts = {
        TABLE: [*_head(str(seen), complaints, results, minutes), "", *results.table()],
        COSTS: ["**机器不空闲时测的，须重测。**", "", *told] if complaints and told else told,
    }
    _say("\n".join(line for lines in parts.values() for line in lines))
    if results.problems:
        _say("下面这些不对，所以数字没有意义，什么也没有写：", *results.problems[:20])
        return 1
    if asked == Given():
        publish(parts)
        _say("写在 bench/results.md 和 README.md。")
    else:
        _say("只测了一部分，没有写 bench/results.md。")
    return 0


def _head(seen: str, complaints: Sequence[str], results: Results, minutes: float) -> list[str]:
    """Return when, where and with what it was measured, and whether the machine was quiet."""
    quiet = (
        f"**测的时候机器不空闲（{'；'.join(complaints)}），绝对时间不可信，倍数只能粗看，须在空闲的机器上重测。**"
        if complaints
        else f"机器空闲（{seen}）。"
    )
    return [
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M}，提交 {_commit()}，{described()}，用时 {minutes:.0f} 分钟。{quiet}",
        f"版本：{'、'.join(sorted(results.versions)) or '没有比较'}。",
    ]


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(  # noqa: S603
            ["git", *words],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    changed = "，另有未提交的改动" if git("status", "--porcelain") else ""
    return (git("rev-parse", "--short", "HEAD") or "不明") + changed


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
