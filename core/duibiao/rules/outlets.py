"""Rows of a table by the outlet (排放口) that they name: the places where every outlet is held against a whole table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from duibiao.model.location import Text
from duibiao.rules.support import OutletName, outlet_name


class OfOutlet(Protocol):
    """A row that belongs to an outlet."""

    @property
    def outlet(self) -> Text | None:
        """Name or code of the outlet."""

    @property
    def step(self) -> Text | None:
        """Emitting step."""


R = TypeVar("R", bound=OfOutlet)


class RowsByOutlet(Generic[R]):
    """按排放口分列的行: finds the rows that may mean an outlet, without asking every row.

    It says the same as `OutletName.means` of each row.
    """

    def __init__(self, rows: Iterable[R]) -> None:
        """Sort the rows by what their outlets are told by."""
        self._rows = tuple(rows)
        self._by_code: dict[str, list[int]] = {}
        self._by_step: dict[str, list[int]] = {}
        self._by_step_alone: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            name = outlet_name(row.outlet, row.step)
            if name.step:
                self._by_step.setdefault(name.step, []).append(number)
            if name.code:
                self._by_code.setdefault(name.code, []).append(number)
            elif name.step:
                self._by_step_alone.setdefault(name.step, []).append(number)

    def meant_by(self, name: OutletName) -> list[R]:
        """Return the rows that may mean the outlet, in their order."""
        if not name.code:
            return [self._rows[number] for number in self._by_step.get(name.step, ())]
        coded = self._by_code.get(name.code, [])
        uncoded = self._by_step_alone.get(name.step, [])
        numbers = sorted(coded + uncoded) if coded and uncoded else coded or uncoded
        return [self._rows[number] for number in numbers]
