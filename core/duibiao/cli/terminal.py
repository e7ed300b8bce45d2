"""The consoles of the command line."""

from __future__ import annotations

import sys

from rich.console import Console

from duibiao.reports.text import WIDTH


class _Pipe(Console):
    """A console that leaves it to the caller what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def output() -> Console:
    """Return the console for results."""
    return _console(stderr=False)


def messages() -> Console:
    """Return the console for progress."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else WIDTH
    return _Pipe(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)
