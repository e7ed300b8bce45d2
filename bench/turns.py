"""Runs readers in turns, each in a process that lives as long as its size, and keeps what they took."""

from __future__ import annotations

import json
import select
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_READERS = Path(__file__).with_name("readers.py")


@dataclass(slots=True)
class Runner:
    """One reader.

    Attributes:
        name: Its name in `readers.READERS`.
        version: Version of what it uses.
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
    def start(cls, name: str, python: Path, script: Path = _READERS) -> Runner:
        """Start the process of `script` and wait until it has imported what it needs."""
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
            runner.problem = "not installed"
        elif not runner.problem:
            runner.version, runner.base = said["version"], said["base"]
        return runner

    @property
    def median(self) -> float | None:
        """Median CPU time in milliseconds, None where there is none."""
        return 1000 * statistics.median(self.cpu) if self.cpu else None

    @property
    def memory(self) -> float | None:
        """Median of the highest memory beyond what the imports need, in bytes."""
        return statistics.median(self.peaks) - self.base if self.peaks else None

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
            self.problem = f"more than {limit:.0f} s"
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
        seconds: What the runs kept of one reader may take together; one is always kept.
        limits: Seconds for one run, for readers that are stopped when it takes longer.
    """
    for runner in runners:
        if not runner.problem:  # the first run warms up and is dropped
            first = runner.run(path, limits.get(runner.name, 600))
            if not runner.problem:
                runner.planned = max(1, min(rounds, int(seconds / first["wall"])))
    for number in range(rounds):
        for runner in runners:
            if runner.problem or number >= runner.planned:
                continue
            said = runner.run(path, limits.get(runner.name, 600))
            if not runner.problem:
                runner.cpu.append(said["cpu"])
                runner.peaks.append(said["peak"])
