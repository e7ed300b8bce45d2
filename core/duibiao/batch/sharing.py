"""Entries of thousands of packages say the same of the law: what is equal is kept once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import TypeVar

from duibiao.grading.ladder import Ladder
from duibiao.grading.rungs import Rung
from duibiao.reports.lists.data import Entry

T = TypeVar("T", bound=Hashable)


class Shared:
    """Parts of entries that were seen before."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seen: dict[Hashable, Hashable] = {}

    def entry(self, entry: Entry) -> Entry:
        """Return an equal entry that takes a third of the memory or less."""
        return replace(entry, ladder=self._ladder(entry.ladder), holes=self._once(entry.holes))

    def _ladder(self, ladder: Ladder) -> Ladder:
        return replace(
            ladder,
            rungs=tuple(map(self._rung, ladder.rungs)),
            eligibility=self._once(ladder.eligibility),
            others=tuple(map(self._ladder, ladder.others)),
        )

    def _rung(self, rung: Rung) -> Rung:
        return replace(
            rung,
            requirement=self._once(rung.requirement),
            next_requirement=self._once(rung.next_requirement),
            grounds=self._once(rung.grounds),
            reason=self._once(rung.reason),
            steps=tuple(map(self._once, rung.steps)),
        )

    def _once(self, part: T) -> T:
        return self._seen.setdefault(part, part)  # type: ignore[return-value]
