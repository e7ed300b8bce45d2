"""Runs readers in turns, each in a process that lives as long as its size, and keeps what they took."""

from __future__ import annotations

import json
import select
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PEERS_PYTHON = Path(__file__).parents[1] / "build/.venv-bench/bin/python"
"""Python of the environment that has the peers."""


@dataclass(slots=True)
class Runner:
    """One reader.

    Attributes:
        name: Its name in its script.
        version: What it uses, with its version.
        base: Memory after its imports, in bytes.
        problem: Why it did not run, "" where it did.
        cpu: CPU seconds of the runs kept.
        peaks: Highest memory of the runs kept, in bytes.
        planned: Runs that are to be kept.
    """

    name: str
    process: subprocess.Popen[str]
    version: str = ""
    base: int = 0
    problem: str = ""
    cpu: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    planned: int = 0

    @classmethod
    def start(cls, name: str, script: Path, *, elsewhere: bool = False) -> Runner:
        """Start the process of `script` and wait until it has imported what it needs.

        Args:
            name: What it shall be.
            script: `readers`, `ours` or `renderers`.
            elsewhere: Whether it runs in the environment of the peers.
        """
        python = PEERS_PYTHON if elsewhere and PEERS_PYTHON.exists() else sys.executable
        process = subprocess.Popen(  # noqa: S603  our own file
            [python, script, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        runner = cls(name, process)
        said = runner.answer(120)
        if "missing" in said:
            runner.problem = "没有安装"
        elif not runner.problem:
            runner.version, runner.base = said["version"], said["base"]
        return runner

    @property
    def median(self) -> float | None:
        """Median CPU time in milliseconds, None where there is none."""
        return 1000 * statistics.median(self.cpu) if self.cpu else None

    @property
    def memory(self) -> float | None:
        """Median of the highest memory beyond what the imports need, in megabytes."""
        return (statistics.median(self.peaks) - self.base) / 1e6 if self.peaks else None

    def keep(self, said: Mapping[str, Any]) -> None:
        """Keep what a run took."""
        self.cpu.append(said["cpu"])
        self.peaks.append(said["peak"])

    def run(self, path: Path, limit: float) -> dict[str, Any]:
        """Read a file once; a problem is noted."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(str(path)) + "\n")
        self.process.stdin.flush()
        return self.answer(limit)

    def answer(self, limit: float) -> dict[str, Any]:
        """Wait for an answer; what takes longer than `limit` seconds is stopped."""
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], limit)
        if not ready:
            self.problem = f"超过 {limit:.0f} 秒"
            self.process.kill()
            return {}
        line = self.process.stdout.readline()
        said: dict[str, Any] = json.loads(line) if line else {"error": "ended"}
        if "error" in said:
            self.problem = said["error"]
        return said

    def stop(self) -> None:
        """End the process."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait(timeout=30)


def take_turns(
    runners: Sequence[Runner], path: Path, rounds: int, seconds: float, limits: Mapping[str, float]
) -> None:
    """Let all readers read a file in turns.

    Args:
        runners: They; what they took is kept in them.
        path: The file.
        rounds: Most runs that are kept of each.
        seconds: What the runs kept of one reader may take together; of one that needs more for a single run, the first
            is kept.
        limits: Seconds for one run, for readers that are stopped when it takes longer.
    """
    for runner in runners:
        if (
            not runner.problem
        ):  # the first run warms up and is dropped, unless there is time for no other
            first = runner.run(path, limits.get(runner.name, 600))
            if runner.problem:
                continue
            runner.planned = min(rounds, int(seconds / first["wall"]))
            if not runner.planned:
                runner.keep(first)
    for number in range(rounds):
        for runner in runners:
            if runner.problem or number >= runner.planned:
                continue
            said = runner.run(path, limits.get(runner.name, 600))
            if not runner.problem:
                runner.keep(said)
