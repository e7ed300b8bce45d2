"""Forms: labels with their values beside or below them, in any number of columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from duibiao.document.model import Cell, Table
from duibiao.model.classes import dataclass
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.recognition.cells import cell_text, compact, first_cells

LONGEST_LABEL = 24
"""Longest label, in characters, that a form may have."""

_TICKED = "☑☒■√✓✔▣●"
_UNTICKED = "☐□○◯"
MARKS = re.compile(f"[{_TICKED}{_UNTICKED}]")
BOXES = re.compile(
    rf"[{_TICKED}{_UNTICKED}][^{_TICKED}{_UNTICKED}]{{1,6}}[{_TICKED}{_UNTICKED}][^{_TICKED}{_UNTICKED}]{{1,6}}$"
)
"""Two choices at the end of a text, each behind its box."""

_BEFORE = re.compile(rf"([{_TICKED}{_UNTICKED}])\s*([^{_TICKED}{_UNTICKED}]*)")
_AFTER = re.compile(
    rf"(?<![^\s{_TICKED}{_UNTICKED}])([^\s{_TICKED}{_UNTICKED}]++)\s*+([{_TICKED}{_UNTICKED}])"
)
_IN_BRACKETS = re.compile(rf"[(（\[【]\s*([{_TICKED}]?)\s*[)）\]】]")

_LINE = re.compile(rf"(?P<label>[^：:，。；]{{2,{LONGEST_LABEL}}})[：:]\s*(?P<value>[^。；]+)$")

_MOBILE = re.compile(r"(?<!\S)1[3-9]\d{9}(?!\S)")
"""A mobile number with blanks or nothing around it: what stands beside it is another number."""

_BETWEEN = re.compile(r"[；;。]")
_LABELLED = re.compile(rf"[^：:，。；]{{2,{LONGEST_LABEL}}}[：:]")

_Pairs = list[tuple[str | None, Text, Text]]


@dataclass(frozen=True, slots=True)
class Form:
    """What some forms say.

    Attributes:
        values: Value by field.
        other: Label and value of what fits no field.
        tables: Numbers of the tables of which something was known.
    """

    values: Mapping[str, Text]
    other: tuple[tuple[Text, Text], ...]
    tables: frozenset[int]


def is_form(table: Table, groups: int = 0) -> bool:
    """Return whether a table is a form: short labels, without digits, each with its value to the right.

    Args:
        table: The table.
        groups: Columns in front that name groups of labels.
    """
    width = len(table.grid[0]) - groups if table.grid else 0
    labels = [cell.text for row in table.grid for cell in list(first_cells(row))[groups::2]]
    return (
        width in (2, 4, 6)
        and len(table.grid) > 1
        and all(len(label) <= LONGEST_LABEL and not re.search(r"\d", label) for label in labels)
    )


def read_forms(
    tables: Iterable[tuple[Table, Location]],
    lines: Iterable[Text],
    fields: Mapping[str, str],
    codes: frozenset[str] = frozenset(),
) -> Form:
    """Read forms.

    Args:
        tables: Tables with their places.
        lines: Paragraphs; those that read 标签：值 count for fields that no table holds.
        fields: Field → pattern that its label must contain; earlier fields take precedence.
        codes: Fields that hold a code or a number, in which blanks say nothing.

    Returns:
        The values. Labels stand beside or above their values, whichever makes more of them known; beside them, a
        first column that names groups of labels is passed over.
    """
    values: dict[str, Text] = {}
    other: list[tuple[Text, Text]] = []
    known: set[int] = set()
    for table, base in tables:
        ways = (_beside(table.grid), _beside(table.grid, 1), _above(table.grid))
        chosen = max((_read(pairs, base, fields) for pairs in ways), key=_known)
        if _known(chosen):
            known.add(table.index)
        for field, label, value in chosen:
            if field is None or field in values:
                other.append((label, value))
            else:
                values[field] = _told(field, codes, value)
    for line in chain.from_iterable(map(_entries, lines)):
        match = _LINE.match(line.value)
        field = match and _field(match["label"], fields)
        if match and field and field not in values:
            values[field] = _told(field, codes, Located(ticked(match["value"]), line.at))
    return Form(values, tuple(other), frozenset(known))


def _entries(line: Text) -> Iterator[Text]:
    """Yield what reads 标签：值 of a paragraph: the whole of it, or each of several one after another."""
    parts = [part for part in _BETWEEN.split(line.value) if part.strip()]
    if len(parts) < 2 or not all(map(_LABELLED.match, parts)):
        yield line
        return
    for part in parts:
        yield Located(part.strip(), replace(line.at, quote=shorten(part.strip())))


def ticked(text: str) -> str:
    """Return the choice that is ticked, or the text itself where nothing is to be ticked.

    Args:
        text: Such as ``☑A级 □B级``, ``A级√ B级`` or ``（√）A级 （ ）B级``.
    """
    if re.search(rf"[(（\[【]\s*[{_TICKED}]", text):
        text = _IN_BRACKETS.sub(lambda match: match[1] or _UNTICKED[0], text)
    if not MARKS.search(text):
        return text
    if MARKS.match(text):
        choices = [words for mark, words in _BEFORE.findall(text) if mark in _TICKED]
    else:
        choices = [words for words, mark in _AFTER.findall(text) if mark in _TICKED]
    return "、".join(words.strip() for words in choices)


def _read(pairs: Iterable[tuple[Cell, Cell]], base: Location, fields: Mapping[str, str]) -> _Pairs:
    found = []
    for label_cell, value_cell in pairs:
        label, value = cell_text(label_cell, base), cell_text(value_cell, base)
        found.append(
            (_field(label.value, fields), label, replace(value, value=ticked(value.value)))
        )
    return found


def _beside(grid: Sequence[Sequence[Cell]], skipped: int = 0) -> Iterator[tuple[Cell, Cell]]:
    for number, row in enumerate(grid, 1):
        cells = list(first_cells(row))[skipped:]
        for label, value in zip(cells[::2], cells[1::2], strict=False):
            if label.row == number and label.text:
                yield label, value


def _above(grid: Sequence[Sequence[Cell]]) -> Iterator[tuple[Cell, Cell]]:
    rows = list(grid)
    while rows and len(list(first_cells(rows[0]))) == 1:
        del rows[0]  # a title
    for upper, lower in list(pairwise(rows))[::2]:
        for label in first_cells(upper):
            value = lower[label.column - 1]
            if label.text and label is not value:
                yield label, value


def _told(field: str, codes: frozenset[str], value: Text) -> Text:
    if field not in codes or _MOBILE.search(value.value):
        return value
    return replace(value, value="".join(value.value.split()))


def _known(found: _Pairs) -> int:
    return len({field for field, _, _ in found if field is not None})


def _field(label: str, fields: Mapping[str, str]) -> str | None:
    plain = compact(label)
    if len(plain) > LONGEST_LABEL:
        return None
    return next((field for field, words in fields.items() if re.search(words, plain)), None)
