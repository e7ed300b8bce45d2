"""Holding off the search for cyclic garbage while a document is built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search() -> Iterator[None]:
    """Do not look for cyclic garbage inside.

    Reading makes ten thousands of objects and no cycles among them, yet Python looks for some after every 700: a
    twentieth of the time. Where the search is off already it stays so, hence several threads may do this at once; at
    worst it is on again early.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
