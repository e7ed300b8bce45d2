"""What is asked of a run: its options, and its sizes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

MADE, SMALL, MEDIUM, LARGE = SIZES = ("合成", "小", "中", "大")
"""Sizes: a package of ``duibiao synth``, and three that are drawn as Word saves them."""

PARTS = ("read", "build", "batch", "start", "costs")


@dataclass(frozen=True, slots=True)
class Given:
    """选项.

    Attributes:
        parts: What is measured, of `PARTS`; costs need read and batch.
        sizes: Sizes of what is read, checked and built.
        rounds: Most runs that are kept of each program and size.
        seconds: What they may take together.
        packages: Packages of a batch.
        peers: Whether other programs are measured.
    """

    parts: tuple[str, ...] = PARTS
    sizes: tuple[str, ...] = SIZES
    rounds: int = 7
    seconds: float = 8.0
    packages: int = 400
    peers: bool = True


NAMES = dict(zip(("made", "small", "medium", "large"), SIZES, strict=True))


def given(arguments: Sequence[str]) -> Given:
    """Read the command line."""
    whole = Given()
    parser = argparse.ArgumentParser(
        description="Measures, and writes bench/results.md and README.md."
    )
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--sizes", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--rounds", type=int, default=whole.rounds, help="most runs kept of each")
    parser.add_argument(
        "--seconds", type=float, default=whole.seconds, help="most time for the runs kept of each"
    )
    parser.add_argument("--packages", type=int, default=whole.packages, help="packages of a batch")
    parser.add_argument("--no-peers", action="store_true", help="leave out other programs")
    read = parser.parse_args(arguments)
    return Given(
        tuple(read.parts),
        tuple(NAMES[name] for name in read.sizes),
        read.rounds,
        read.seconds,
        read.packages,
        not read.no_peers,
    )
