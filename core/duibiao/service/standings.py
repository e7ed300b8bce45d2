"""How well the rows of the law are vouched for, and what is missing, plugin by plugin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from duibiao.law.provenance import Provenance, Standing
from duibiao.law.records import Edition, Hole
from duibiao.model.classes import dataclass
from duibiao.plugins import Plugin


class _Vouched(Protocol):
    """A row of the law that says where it comes from."""

    @property
    def provenance(self) -> Provenance: ...


@dataclass(frozen=True, slots=True)
class Vouched:
    """依据状态: how many rows of a kind there are, by standing.

    Attributes:
        what: Kind of row, in Chinese.
        counts: Number by standing, best first; standings without a row are left out.
    """

    what: str
    counts: tuple[tuple[Standing, int], ...]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(count for _, count in self.counts)


@dataclass(frozen=True, slots=True)
class Known:
    """版本: an edition with how well its rows are vouched for.

    Attributes:
        edition: The edition.
        rows: Limits, requirements, checklist and measures.
        holes: What is missing.
    """

    edition: Edition
    rows: tuple[Vouched, ...]
    holes: tuple[Hole, ...]


def standings(plugin: Plugin) -> tuple[Known, ...]:
    """Return the editions of a plugin, oldest first."""
    return tuple(
        Known(
            edition,
            (
                _vouched("限值", volume.table.limits),
                _vouched("指标要求", volume.table.requirements),
                _vouched("材料要求", volume.checklist.items),
                _vouched("减排措施", volume.measures),
            ),
            volume.table.holes,
        )
        for edition, volume in plugin.book.volumes
    )


def holes_of(plugin: Plugin) -> tuple[Hole, ...]:
    """Return what is missing in any edition of a plugin, each once."""
    found = {hole.id: hole for known in standings(plugin) for hole in known.holes}
    return tuple(found.values())


def _vouched(what: str, rows: Sequence[_Vouched]) -> Vouched:
    counted = Counter(row.provenance.standing for row in rows)
    return Vouched(what, tuple((each, counted[each]) for each in Standing if counted[each]))
