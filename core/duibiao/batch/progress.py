"""Showing how a batch goes: a live bar for people, JSON lines for machines, or nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from duibiao.batch.running import Told

EVERY = 1.0
"""Seconds from one JSON line to the next."""


class Showing(StrEnum):
    """显示方式."""

    BAR = "bar"
    JSON = "json"
    QUIET = "quiet"


@contextmanager
def shown(showing: Showing, console: Console, stream: TextIO) -> Iterator[Callable[[Told], None]]:
    """Give what a batch calls to tell how it goes.

    Args:
        showing: How to show it.
        console: Where the bar goes.
        stream: Where JSON lines go.
    """
    match showing:
        case Showing.BAR:
            with _bar(console) as bar:
                yield bar
        case Showing.JSON:
            lines = _Lines(stream)
            yield lines.tell
            lines.end()
        case Showing.QUIET:
            yield lambda _told: None


@contextmanager
def _bar(console: Console) -> Iterator[Callable[[Told], None]]:
    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[verdicts]}"),
        TextColumn("{task.fields[slowest]}", style="dim"),
    )
    start = time.monotonic()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None, rate="", verdicts="", slowest="")

        def tell(told: Told) -> None:
            progress.update(
                task,
                total=told.total,
                completed=told.kept + told.done,
                rate=f"{told.done / max(time.monotonic() - start, 0.1):.1f} 份/秒",
                verdicts="，".join(f"{name} {count}" for name, count in told.verdicts.items()),
                slowest=_slowest(told),
            )

        yield tell


def _slowest(told: Told) -> str:
    if not told.in_hand:
        return ""
    name, begun = min(told.in_hand.items(), key=lambda pair: pair[1])
    seconds = time.monotonic() - begun
    return f"最慢：{name}（{seconds:.0f} 秒）" if seconds >= EVERY else ""


class _Lines:
    """One JSON object a line, not more often than `EVERY`, and one at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = time.monotonic()
        self._last = 0.0
        self._told = Told()

    def tell(self, told: Told) -> None:
        self._told = told
        if time.monotonic() - self._last >= EVERY:
            self._write(ended=False)

    def end(self) -> None:
        self._write(ended=True)

    def _write(self, *, ended: bool) -> None:
        now, told = time.monotonic(), self._told
        self._last = now
        rate = told.done / max(now - self._begun, 0.001)
        left = told.total - told.kept - told.done
        line = {
            "total": told.total,
            "kept": told.kept,
            "done": told.done,
            "rate": round(rate, 2),
            "seconds_left": round(left / rate) if rate else None,
            "verdicts": told.verdicts,
            "in_hand": list(told.in_hand),
            "ended": ended,
        }
        self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._stream.flush()
