"""Forms: labels with their values beside or below them, in any number of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from duibiao.document.model import Cell, Table
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.model.quantities import halfwidth
from duibiao.recognition.cells import one_line, place

LONGEST_LABEL = 24
"""Longest label, in characters, that a form may have."""

_TICKED = "☑☒■√✓✔▣●"
_UNTICKED = "☐□○◯"
_BEFORE = re.compile(rf"([{_TICKED}{_UNTICKED}])\s*([^{_TICKED}{_UNTICKED}]*)")
_AFTER = re.compile(rf"([^\s{_TICKED}{_UNTICKED}]+)\s*([{_TICKED}{_UNTICKED}])")


@dataclass(frozen=True, slots=True)
class Form:
    """What some forms say.

    Attributes:
        values: Value by field.
        other: Label and value of what fits no field.
    """

    values: Mapping[str, Text]
    other: tuple[tuple[Text, Text], ...]


def is_form(table: Table) -> bool:
    """Return whether a table is a form: short labels, without digits, each with its value to the right."""
    width = len(table.grid[0]) if table.grid else 0
    labels = [cell.text for row in table.grid for cell in list(dict.fromkeys(row))[::2]]
    return (
        width in (2, 4, 6)
        and len(table.grid) > 1
        and all(len(label) <= LONGEST_LABEL and not re.search(r"\d", label) for label in labels)
    )


def read_forms(tables: Iterable[tuple[Table, Location]], fields: Mapping[str, str]) -> Form:
    """Read forms.

    Args:
        tables: Tables with their places.
        fields: Field → pattern that its label must contain; earlier fields take precedence.

    Returns:
        The values; where labels stand above their values and not beside them, they are read that way.
    """
    values: dict[str, Text] = {}
    other: list[tuple[Text, Text]] = []
    for table, base in tables:
        beside = [(_field(label, fields), label, value) for label, value in _beside(table, base)]
        above = [(_field(label, fields), label, value) for label, value in _above(table, base)]
        chosen = above if _known(above) > _known(beside) else beside
        for field, label, value in chosen:
            if field is None or field in values:
                other.append((label, value))
            else:
                values[field] = value
    return Form(values, tuple(other))


def ticked(text: str) -> str:
    """Return the choice that is ticked, or the text itself where nothing is to be ticked.

    Args:
        text: Such as ``☑A级 □B级`` or ``A级√ B级``.
    """
    if text[:1] in _TICKED + _UNTICKED:
        choices = [words for mark, words in _BEFORE.findall(text) if mark in _TICKED]
    else:
        choices = [words for words, mark in _AFTER.findall(text) if mark in _TICKED]
        if not re.search(f"[{_TICKED}{_UNTICKED}]", text):
            return text
    return "、".join(words.strip() for words in choices)


def _beside(table: Table, base: Location) -> Iterator[tuple[Text, Text]]:
    for number, row in enumerate(table.grid, 1):
        cells = list(dict.fromkeys(row))
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            if label.row == number and label.text:
                yield _text(label, base), _value(value, base)


def _above(table: Table, base: Location) -> Iterator[tuple[Text, Text]]:
    for upper, lower in list(pairwise(table.grid))[::2]:
        for label, value in dict.fromkeys(zip(upper, lower, strict=True)):
            if label.text and label is not value:
                yield _text(label, base), _value(value, base)


def _known(found: list[tuple[str | None, Text, Text]]) -> int:
    return len({field for field, _, _ in found if field is not None})


def _field(label: Text, fields: Mapping[str, str]) -> str | None:
    plain = re.sub(r"\s+", "", halfwidth(label.value))
    if len(plain) > LONGEST_LABEL:
        return None
    return next((field for field, words in fields.items() if re.search(words, plain)), None)


def _text(cell: Cell, base: Location) -> Text:
    at = place(base, row=cell.row, column=cell.column, quote=shorten(cell.text), cell=cell)
    return Located(one_line(cell.text), at)


def _value(cell: Cell, base: Location) -> Text:
    text = _text(cell, base)
    return replace(text, value=ticked(text.value))
