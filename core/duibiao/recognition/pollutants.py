"""Tables about several pollutants at once: side by side in columns of their own, or together in one row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from duibiao.document.model import Cell, Table
from duibiao.model.location import Located, Location, Text
from duibiao.model.quantities import MG_PER_M3, unit_in_header
from duibiao.recognition.cells import compact, place
from duibiao.recognition.frames import Frame
from duibiao.recognition.headers import HEADER_ROWS, Kind, columns_of, headed, reach

_NONE = ("", "/", "-", "—", "--", "——", "无", "不涉及")
"""What stands in the columns of a pollutant that an outlet does not emit."""

_SEPARATORS = tuple(map(re.compile, (r"\n", r"[;；]", r"[、，,]", r"\s*/\s*(?!\s*(?:[a-zA-Z]|$))")))
_SEPARATOR = re.compile(r"[\n;；、，,/+和及]")
_UNIT_ALONE = re.compile(r"\([^()]+\)")
_LONGEST_NAME = 5
"""Longest text, in characters, in which two names of pollutants cannot stand."""

_LABEL = re.compile("[:：]")
_NOTE = re.compile(r"[(（].*?[)）]")


class Named:
    """Names of pollutants in headers.

    Attributes:
        keys: Name, compact → what is the same for all names of one pollutant.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take each name as it is written, with its key."""
        self.keys = {compact(name): key for name, key in names}
        longest_first = "|".join(map(re.escape, sorted(self.keys, key=len, reverse=True)))
        self._one = re.compile(longest_first)
        self._labels = re.compile(f"(?=(?:{longest_first})[:：])")
        self._row = re.compile(f"(?:{longest_first}){{2,}}")
        self._at_an_end = re.compile(f"^(?:{longest_first})|(?:{longest_first})$")

    def heads(self, text: str) -> bool:
        """Return whether a header may begin or end with a name; quick."""
        return bool(text) and self._at_an_end.search(compact(text)) is not None

    def listed(self, text: str) -> list[str]:
        """Return the names that stand one after another in a cell, with or without marks between them."""
        plain = compact(text)
        if self._row.fullmatch(plain):
            return self._one.findall(plain)
        parts = (part.strip() for part in _SEPARATOR.split(_NOTE.sub("", text)))
        return [part for part in parts if part]

    def labelled(self, text: str) -> list[str]:
        """Cut a text before each name that has a colon behind it."""
        return self._labels.split(compact(text))

    def split(self, header: str) -> tuple[str, str] | None:
        """Return the name that a compact header begins or ends with, and the rest; None where there is none."""
        found = self._at_an_end.search(header)
        return found and (found.group(), header[: found.start()] + header[found.end() :])


def spread(
    table: Table,
    kinds: Sequence[Kind],
    base: Location,
    caption: Text | None,
    pollutants: Named,
) -> tuple[Frame, ...]:
    """Recognise a table in which every pollutant has columns of its own, beside those that all share.

    Args:
        table: The table.
        kinds: Kinds that may stand here; only those count that have a column for the pollutant.
        base: Place of the table.
        caption: Its caption, or None.
        pollutants: Names of pollutants.

    Returns:
        One frame a pollutant, of the rows that say something about it; none where the table is not of this sort.
    """
    fitting = [kind for kind in kinds if "pollutant" in kind.columns]
    top = table.grid[: HEADER_ROWS if fitting else 0]
    if not any(pollutants.heads(cell.text) for row in top for cell in row):
        return ()
    for headers, body in headed(table):
        groups: dict[str, dict[int, tuple[str, str]]] = {}
        for column, header in headers.items():
            if named := pollutants.split(compact(header)):
                groups.setdefault(pollutants.keys[named[0]], {})[column] = named
        if len(groups) < 2:
            continue
        grouped = {column for group in groups.values() for column in group}
        shared = {c: compact(header) for c, header in headers.items() if c not in grouped}
        best: tuple[Frame, ...] = ()
        for kind in fitting:
            found = []
            for group in groups.values():
                plain = {**shared, **{column: _named(rest) for column, (_, rest) in group.items()}}
                columns = columns_of(kind, dict(sorted(plain.items())))
                columns.pop("pollutant", None)
                lows = reach(columns, plain)
                if kind.needed - {"pollutant"} <= columns.keys():
                    first = min(group)
                    at = place(base, row=1, column=first, quote=headers[first])
                    said = tuple(
                        (number, cells)
                        for number, cells in body
                        if any(compact(cells[c - 1].text) not in _NONE for c in group)
                    )
                    name = Located(group[first][0], at)
                    found.append(
                        Frame(
                            kind,
                            table,
                            caption,
                            columns,
                            headers,
                            said,
                            base,
                            lows=lows,
                            pollutant=name,
                        )
                    )
            if len(found) == len(groups) and (
                not best or len(found[0].columns) > len(best[0].columns)
            ):
                best = tuple(found)
        if best:
            return best
    return ()


def _named(rest: str) -> str:
    """Return what a column of a pollutant holds: the words beside its name; a concentration where only its unit is."""
    return (
        f"浓度{rest}" if _UNIT_ALONE.fullmatch(rest) and unit_in_header(rest) == MG_PER_M3 else rest
    )


def apart(found: Frame, pollutants: Named) -> Frame:
    """Read each row that is about several pollutants at once as one row a pollutant.

    Of a cell that has as many entries as there are pollutants, or names them in front of its entries, each has its
    own entry; they share the other cells. An efficiency that is none of theirs is nobody's.

    Args:
        found: A table.
        pollutants: Names of pollutants.
    """
    if found.rest:
        found = replace(found, rest=tuple(apart(part, pollutants) for part in found.rest))
    column, measured = found.columns.get("pollutant"), found.columns.get("concentration")
    if column is None or not any(
        len(cells[column - 1].text) > _LONGEST_NAME
        or _SEPARATOR.search(cells[column - 1].text)
        or (measured is not None and _LABEL.search(cells[measured - 1].text))
        for _, cells in found.body
    ):
        return found
    body: list[tuple[int, tuple[Cell, ...]]] = []
    for number, cells in found.body:
        names = pollutants.listed(cells[column - 1].text)
        keys = [pollutants.keys.get(compact(name), "") for name in names]
        if not all(keys) or len(set(keys)) < len(keys):
            body.append((number, cells))
            continue
        if len(keys) < 2:
            entries: list[list[str] | None] = [
                _entries(cell, keys, pollutants) if at == measured else None
                for at, cell in enumerate(cells, 1)
            ]
        else:
            entries = [_entries(cell, keys, pollutants) for cell in cells]
        entries[column - 1] = names
        efficiency = found.columns.get("efficiency")
        if len(keys) > 1 and efficiency is not None and entries[efficiency - 1] is None:
            entries[efficiency - 1] = [""] * len(names)
        for n in range(len(names)):
            own = (
                cell if entry is None else replace(cell, text=entry[n])
                for cell, entry in zip(cells, entries, strict=True)
            )
            body.append((number, tuple(own)))
    return replace(found, body=tuple(body))


def _entries(cell: Cell, keys: Sequence[str], pollutants: Named) -> list[str] | None:
    """Return what a cell says of each pollutant; None where that cannot be told apart."""
    cuts = (pollutants.labelled(cell.text), *(one.split(cell.text) for one in _SEPARATORS))
    for cut in cuts:
        parts = [stripped for part in cut if (stripped := part.strip(" \n;；、，,"))]
        named: dict[str, str] = {}
        for part in parts:
            if label := pollutants.split(compact(part)):
                named[pollutants.keys[label[0]]] = label[1].strip(":")
        if named and named.keys() == set(keys):
            return [named[key] for key in keys]
        if len(parts) == len(keys) and not named:
            return parts
    return None
