"""The machine: what it is, and whether it is quiet enough for its figures to be trusted."""

from __future__ import annotations

import os
import platform
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

MOST_LOAD = 0.5
"""Load average of the last minute, for each processor, above which others are at work."""

MOST_SPREAD = 0.10
"""Spread of equal work, as CPU time, above which the processor is shared."""

MOST_WAITING = 0.05
"""Share of the time without the processor above which others hold it."""

MOST_OTHERS = 0.15
"""Processors that others may have kept busy while something was measured."""

_LOOPS = 25
_STEPS = 400_000


@dataclass(frozen=True, slots=True)
class Calm:
    """How quiet the machine was before the measuring.

    Attributes:
        load: Load average of the last minute.
        processors: Processors that may be used.
        spread: From the fastest tenth to the slowest tenth of equal loops, divided by their median.
        waiting: Share of the time that the loops did not have the processor.
    """

    load: float
    processors: int
    spread: float
    waiting: float

    def complaints(self) -> list[str]:
        """Return what is wrong, in Chinese; empty where nothing is."""
        found = []
        if self.load > MOST_LOAD * self.processors:
            found.append(f"{self.processors} 个处理器上的平均负载是 {self.load:.1f}")
        if self.spread > MOST_SPREAD:
            found.append(f"同样的工作用时相差 {self.spread:.0%}")
        if self.waiting > MOST_WAITING:
            found.append(f"{self.waiting:.0%} 的时间分不到处理器")
        return found

    def __str__(self) -> str:
        return f"负载 {self.load:.2f}，同样的工作用时相差 {self.spread:.0%}，分不到处理器的时间 {self.waiting:.0%}"


def calm() -> Calm:
    """Do equal work many times and look how equally long it takes; needs less than a second."""
    cpu, wall = [], []
    for _ in range(_LOOPS):
        began = time.process_time(), time.perf_counter()
        total = 0
        for step in range(_STEPS):
            total += step & 7
        cpu.append(time.process_time() - began[0])
        wall.append(time.perf_counter() - began[1])
    cuts = statistics.quantiles(cpu, n=10)
    return Calm(
        load=os.getloadavg()[0],
        processors=len(os.sched_getaffinity(0)),
        spread=(cuts[-1] - cuts[0]) / statistics.median(cpu),
        waiting=max(0.0, 1 - sum(cpu) / sum(wall)),
    )


@dataclass(slots=True)
class Watch:
    """What others do from its making on; processes of ours count once they have ended."""

    _begun: tuple[float, float, float] = field(
        default_factory=lambda: (_busy(), _own(), time.monotonic())
    )

    def others(self) -> float:
        """Return how many processors others have kept busy, on average."""
        busy, own, begun = self._begun
        return max(0.0, (_busy() - busy - _own() + own) / (time.monotonic() - begun))


def described() -> str:
    """Return processor, memory, system and Python in one line."""
    model = _first("/proc/cpuinfo", "model name") or platform.machine()
    memory = int(_first("/proc/meminfo", "MemTotal").split()[0]) / 2**20
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    processors = len(os.sched_getaffinity(0))
    return f"{model}，{processors} 核，内存 {memory:.0f} GiB，{system}，Python {platform.python_version()}"


def _busy() -> float:
    """Seconds that all processors have been busy, or taken away by the host, since the start of the system."""
    user, nice, system, _idle, _waiting, *rest = map(
        int, Path("/proc/stat").read_text("ascii").split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    used = getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in used)


def _first(file: str, key: str) -> str:
    lines = Path(file).read_text("utf-8", "replace").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")
