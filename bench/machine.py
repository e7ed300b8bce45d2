"""Whether the machine is quiet enough for its figures to be trusted."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass

MOST_LOAD = 0.5
"""Load average of the last minute, for each processor, above which others are at work."""

MOST_SPREAD = 0.10
"""Spread of equal work, as CPU time, above which the processor is shared."""

MOST_WAITING = 0.05
"""Share of the time without the processor above which others hold it."""

_LOOPS = 25
_STEPS = 400_000


@dataclass(frozen=True, slots=True)
class Calm:
    """How quiet the machine was.

    Attributes:
        load: Load average of the last minute.
        processors: Processors that may be used.
        loop: Median CPU time of the calibration loop, in milliseconds.
        spread: From the fastest tenth to the slowest tenth of the loops, divided by their median.
        waiting: Share of the time that the loops did not have the processor.
    """

    load: float
    processors: int
    loop: float
    spread: float
    waiting: float

    def complaints(self, *, ours: float = 0.0) -> list[str]:
        """Return what is wrong; `ours` is the load that the benchmark itself makes."""
        found = []
        if self.load - ours > MOST_LOAD * self.processors:
            found.append(f"load average {self.load:.1f} on {self.processors} processors")
        if self.spread > MOST_SPREAD:
            found.append(f"equal work takes {self.spread:.0%} more or less")
        if self.waiting > MOST_WAITING:
            found.append(f"the processor was away {self.waiting:.0%} of the time")
        return found

    def __str__(self) -> str:
        return (
            f"load {self.load:.2f} on {self.processors} processors; calibration loop {self.loop:.1f} ms,"
            f" spread {self.spread:.0%}, without processor {self.waiting:.0%}"
        )


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
    median = statistics.median(cpu)
    return Calm(
        load=os.getloadavg()[0],
        processors=len(os.sched_getaffinity(0)),
        loop=1000 * median,
        spread=(cuts[-1] - cuts[0]) / median,
        waiting=max(0.0, 1 - sum(cpu) / sum(wall)),
    )
