"""What the readers of 7z and rar tell about the entries; only the unpacker's process uses it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class Take(Protocol):
    """What becomes of the entries of an archive."""

    def entries(self, count: int) -> None:
        """Count the entries."""

    def announce(self, name: str, size: int) -> None:
        """Look at an entry before anything is unpacked."""

    def link(self, name: str) -> None:
        """Leave out a link."""

    def open(self, name: str) -> tuple[Path, Callable[[int], None]]:
        """Return where a file goes, and what is called with the size of every piece."""


class PasswordError(Exception):
    """The archive is encrypted."""
