"""What the benchmarks share: options, the report on screen and in a file, whether the machine was quiet, and aims."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO

from machine import Calm, calm

PEERS_PYTHON = Path(__file__).parents[1] / "build/.venv-bench/bin/python"
OUR_LOAD = 1.0
"""Load that the measuring itself makes."""


class Report:
    """Lines for the screen, and for a file where one is wanted."""

    def __init__(self, out: Path | None) -> None:
        """Open the file."""
        self._file: TextIO | None = out.open("w", encoding="utf-8") if out else None

    def say(self, *lines: str) -> None:
        """Print lines."""
        for line in lines:
            print(line, flush=True)  # noqa: T201
            if self._file:
                self._file.write(line + "\n")

    def begin(self, title: str, how: str) -> None:
        """Print the title, the machine and how it is measured."""
        seen = calm()
        self.say(
            f"# {title}, {datetime.now().astimezone():%Y-%m-%d %H:%M}",
            "",
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors. {how}",
            "",
            _verdict("Before", seen, seen.complaints()),
        )

    def after(self) -> None:
        """Print whether the machine was quiet meanwhile."""
        seen = calm()
        self.say(_verdict("After", seen, seen.complaints(ours=OUR_LOAD)))

    def close(self) -> None:
        """Close the file."""
        if self._file:
            self._file.close()


def options(description: str | None, sizes: Iterable[str], seconds: float) -> argparse.Namespace:
    """Read the command line.

    Args:
        description: What the benchmark does.
        sizes: The sizes that it has.
        seconds: Most time for the kept runs of one, unless told otherwise.
    """
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    known = list(sizes)
    parser.add_argument("--sizes", nargs="+", choices=known, default=known)
    parser.add_argument("--rounds", type=int, default=9, help="most runs kept of each (9)")
    parser.add_argument(
        "--seconds", type=float, default=seconds, help=f"most time for the kept runs ({seconds:g})"
    )
    parser.add_argument("--no-peers", action="store_true", help="leave out other programs")
    parser.add_argument(
        "--peers-python", type=Path, default=PEERS_PYTHON, help="Python that has the peers"
    )
    parser.add_argument("--keep", type=Path, help="folder in which documents stay")
    parser.add_argument("--out", type=Path, help="file for the report, besides the screen")
    return parser.parse_args()


def told(aims: Sequence[tuple[str, str, bool]]) -> list[str]:
    """Return a line for each aim: what it is, its value, whether it is met."""
    return [f"* {'met' if met else '**missed**'}: {aim}: {value}" for aim, value, met in aims]


def _verdict(when: str, seen: Calm, complaints: Sequence[str]) -> str:
    if not complaints:
        return f"{when}: the machine is quiet ({seen})."
    return (
        f"**{when}: THE MACHINE IS TOO BUSY ({'; '.join(complaints)}): trust no absolute time, ratios only roughly.**"
        f" ({seen}.)"
    )
