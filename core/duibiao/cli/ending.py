"""How a command ends: with the exit code of its work."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from click.exceptions import Exit

from duibiao.cli.guard import guarded


def finish(work: Callable[[], int]) -> NoReturn:
    """Do the work of a command and end with its exit code."""
    raise Exit(guarded(work))
