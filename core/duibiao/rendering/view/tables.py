"""Tables of the view: rows of text, their numbers, and the units that belong into their headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from duibiao.model.location import Located
from duibiao.model.quantities import Measure, Quantity, parse_quantity

TOTALS = frozenset({"合计", "总计", "小计"})

_RAISED = str.maketrans({"3": "³", "2": "²"})
_SAID = {"万t/a": "万吨/年", "t/a": "吨/年", "万t": "万吨", "t": "吨"}


def text_of(value: object) -> str:
    """Return a value of the dossier as it is printed, "" for None."""
    if value is None:
        return ""
    return str(value.value if isinstance(value, Located) else value)


def texts_of(values: Iterable[object]) -> list[str]:
    """Return values as they are printed."""
    return [text_of(value) for value in values]


def row(model: Any, shape: Mapping[str, str], **more: object) -> dict[str, str]:
    """Return one row: the fields that `shape` names, and `more` instead of those that it gives."""
    return {name: text_of(more[name] if name in more else getattr(model, name)) for name in shape}


def counted(models: Iterable[Any], shape: Mapping[str, str]) -> list[dict[str, str]]:
    """Return rows with their 序号; rows that are totals are not counted."""
    rows = []
    number = 0
    for model in models:
        said = row(model, shape, serial="")
        if _is_total(model, said):
            said["serial"] = "" if TOTALS & set(said.values()) else "合计"
        else:
            number += 1
            said["serial"] = str(number)
        rows.append(said)
    return rows


def table(
    numbers: Iterator[int], rows: Sequence[Mapping[str, str]], **more: object
) -> dict[str, object] | None:
    """Return a table with the next number, or None where it has no rows."""
    return {"number": next(numbers), **more, "rows": list(rows)} if rows else None


def header_unit(measures: Iterable[Measure | None]) -> str:
    """Return the unit that a column's header has to give: the one of all quantities that do not name theirs.

    Returns:
        Such as ``mg/m³`` or ``万吨/年``; "" where every quantity names its unit, or where they differ.
    """
    units = {
        measure.value.unit
        for measure in measures
        if measure is not None and measure.value.unit and not _names_unit(measure.value)
    }
    return _said_unit(units.pop()) if len(units) == 1 else ""


def _names_unit(quantity: Quantity) -> bool:
    return bool(parse_quantity(quantity.text).unit)


def _said_unit(unit: str) -> str:
    if unit in _SAID:
        return _SAID[unit]
    number, stroke, rest = unit.partition("/")
    return f"{number.translate(_RAISED)}{stroke}{rest.translate(_RAISED)}"


def _is_total(model: Any, said: Mapping[str, str]) -> bool:
    """Whether a row is a total: it says so, or names nothing but figures (运输方式占比表)."""
    if hasattr(model, "is_total"):
        return bool(model.is_total)
    first = next(name for name in said if name != "serial")
    return said[first] in TOTALS or (not said[first] and "share" in said)
