"""选缺陷: faults of the catalogue that stand side by side in one dossier, none hiding another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from duibiao.model.dossier import Dossier
from duibiao.model.location import Located
from duibiao.testing.defects import CATALOGUE, CannotPlant, Defect, carries


def planted(
    dossier: Dossier, hand: str, count: int, order: Sequence[str]
) -> tuple[Dossier, tuple[Defect, ...]]:
    """Return a dossier with faults, and which they are.

    Faults that touch the same section are not taken together.

    Args:
        dossier: A dossier without a fault.
        hand: The hand that will write it; what it cannot carry is not taken.
        count: How many faults; fewer are taken where no more fit.
        order: Names of faults, the preferred ones first.
    """
    taken: list[Defect] = []
    touched: set[str] = set()
    clean, before = dossier, _said(dossier)
    for name in order:
        if len(taken) == count:
            break
        defect = CATALOGUE[name]
        if carries(name, hand):
            continue
        try:
            sections = {section for section, _ in before ^ _said(defect.plant(clean))}
            if not sections or sections & touched:
                continue
            dossier = defect.plant(dossier)
        except CannotPlant:
            continue
        taken.append(defect)
        touched |= sections
    return dossier, tuple(taken)


def _said(dossier: Dossier) -> frozenset[tuple[str, str]]:
    """All that a dossier says and shows, with the section (of the third level at most) where it does."""
    return frozenset(_walked(dossier))


def _walked(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Located):
        at = value.at
        yield (
            ".".join(at.section.split(".")[:3]),
            f"{at.paragraph} {at.table} {at.row} {at.column} {value.value!r}",
        )
    elif isinstance(value, tuple):
        for item in value:
            yield from _walked(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            item = getattr(value, field.name)
            yield from _walked(item)
            if isinstance(item, str | int | bool):
                yield type(value).__name__, f"{field.name} {item!r}"
