"""Tables by meaning: columns recognised by what their header cells say, in any order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from duibiao.document.model import Cell, Table
from duibiao.model.classes import dataclass
from duibiao.model.dates import Day, date_in_cell
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.model.quantities import MG_PER_M3, Measure, parse_quantity, unit_in_header
from duibiao.recognition.cells import compact, first_cells, one_line, place, quote

HEADER_ROWS = 3
"""Rows from the top in which a header is looked for."""

_ASIDE = re.compile(r"高度|内径|直径|型号|规格|坐标|经度|纬度|厂家|材质")
"""Headers of columns that are kept as text: more than the forms ask for."""

_TOTAL = re.compile(r"(?:合计|总计|小计|共计)(?:[(].*[)])?")
OUTLET_CODE = re.compile(r"D[A-Z]\d{3,4}", re.IGNORECASE)
"""The code of an outlet, such as DA001."""

_NONE = ("", "/", "-", "—", "--", "——", "无", "不涉及")
"""What stands in the columns of a pollutant that an outlet does not emit."""

_LOWEST, _HIGHEST = ("最小", "最低", "下限"), ("最大", "最高", "上限")
_EXTREME = re.compile("|".join((*_LOWEST, *_HIGHEST, "平均")))
"""Words by which the columns of one quantity differ that gives its least, greatest and mean value."""

_NOTHING = Cell(0, 0, 1, 1, (), "")

_SEPARATORS = tuple(map(re.compile, (r"\n", r"[;；]", r"[、，,]", r"\s*/\s*(?!\s*(?:[a-zA-Z]|$))")))
_SEPARATOR = re.compile(r"[\n;；、，,/+和及]")
_UNIT_ALONE = re.compile(r"\([^()]+\)")
_LONGEST_NAME = 5
"""Longest text, in characters, in which two names of pollutants cannot stand."""

_LABEL = re.compile("[:：]")
_NOTE = re.compile(r"[(（].*?[)）]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table.

    Attributes:
        name: What it is, in Chinese.
        columns: Field → patterns, of which its header must contain one; earlier fields and patterns take precedence.
        needed: Fields without which it is not this kind.
    """

    name: str
    columns: Mapping[str, tuple[re.Pattern[str], ...]]
    needed: frozenset[str]


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


@dataclass(frozen=True, slots=True)
class Frame:
    """A recognised table: which column holds what.

    Attributes:
        kind: The kind.
        table: The table.
        caption: Its caption, or None.
        columns: Field → column, counted from 1.
        headers: Column → header text.
        body: Rows below the header, as (row number, cells).
        base: Place of the table.
        turned: Its records stand side by side, one a column, and its labels in the first column.
        places: Where it is a form of one record with labels and values side by side: column → row and column of the
            value in the table; empty otherwise.
        rest: Tables that go on from it, where a page break has cut it.
        lows: Field whose column holds the highest value → column of the lowest.
        pollutant: The pollutant that heads these columns, where each has columns of its own; None otherwise.
    """

    kind: Kind
    table: Table
    caption: Text | None
    columns: Mapping[str, int]
    headers: Mapping[int, str]
    body: tuple[tuple[int, tuple[Cell, ...]], ...]
    base: Location
    turned: bool = False
    places: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    rest: tuple[Frame, ...] = ()
    lows: Mapping[str, int] = field(default_factory=dict)
    pollutant: Text | None = None

    def rows(self) -> Iterator[RowReader]:
        """Yield a reader for every row that is not blank, a repeated header or one cell (a title, a note)."""
        header = [compact(self.headers[column]) for column in sorted(self.headers)]
        for part in (self, *self.rest):
            for number, cells in part.body:
                texts = [cell.text for cell in cells]
                if _is_title(cells):
                    continue
                if any(texts) and (
                    len(texts) != len(header) or list(map(compact, texts)) != header
                ):
                    yield RowReader(part, number, cells)

    def joined(self, following: Frame | None, *, told: bool) -> Frame | None:
        """Return this table with the one that follows it, or None where that is a table of its own.

        Args:
            following: It, or None where its header is not one.
            told: 续表 or the like stands between the two.
        """
        if following is None or following.kind is not self.kind or following.turned != self.turned:
            return None
        if self.places or following.places:
            return None
        mine, its = (map(compact, item.headers.values()) for item in (self, following))
        if list(mine) != list(its) or not (told or not self._ends_with_total()):
            return None
        return replace(self, rest=(*self.rest, following))

    def _ends_with_total(self) -> bool:
        rows = list(self.rows())
        return bool(rows) and rows[-1].is_total()


@dataclass(frozen=True, slots=True)
class RowReader:
    """One row of a recognised table, read by field."""

    frame: Frame
    number: int
    cells: tuple[Cell, ...]

    @property
    def at(self) -> Location:
        """The place of the row."""
        said = shorten(" | ".join(dict.fromkeys(cell.text for cell in self.cells if cell.text)))
        first = self.cells[0] if self.cells else None
        if self.frame.places:
            return place(self.frame.base, quote=said, cell=first)
        if self.frame.turned:
            return place(self.frame.base, column=self.number, quote=said, cell=first)
        return place(self.frame.base, row=self.number, quote=said, cell=first)

    def cell(self, field: str) -> Cell | None:
        """Return the cell of a field, or None where the table has no such column.

        What is written across several columns belongs to the first of them.
        """
        column = self.frame.columns.get(field)
        if column is None:
            return None
        cell = self.cells[column - 1]
        return cell if cell.column == column else _NOTHING

    def header(self, field: str) -> str:
        """Return the header of a field's column, or "" where the table has no such column."""
        column = self.frame.columns.get(field)
        return "" if column is None else self.frame.headers[column]

    def text(self, field: str) -> Text | None:
        """Return the text of a field; empty where the cell is, None where there is no such column."""
        cell = self.cell(field)
        return None if cell is None else Located(one_line(cell.text), self._at(field, cell))

    def code(self, field: str) -> Text | None:
        """Return the text of a field without any blanks: a number plate, a VIN."""
        text = self.text(field)
        return text and Located("".join(text.value.split()), text.at)

    def measure(self, field: str) -> Measure | None:
        """Return the quantity of a field, its unit from the cell or the header."""
        cell = self.cell(field)
        if cell is None:
            return None
        unit = unit_in_header(self.header(field))
        written = one_line(cell.text)
        low = self.frame.lows.get(field)
        if low is not None and (lowest := one_line(self.cells[low - 1].text)) not in ("", written):
            written = f"{lowest}~{written}"
        return Located(parse_quantity(written, unit), self._at(field, cell))

    def day(self, field: str) -> Day | None:
        """Return the date of a field, or None where there is none."""
        cell = self.cell(field)
        found = date_in_cell(one_line(cell.text)) if cell else None
        return Located(found, self._at(field, cell)) if found and cell else None

    def is_total(self) -> bool:
        """Return whether the row is a total (合计)."""
        return any(cell.text and _TOTAL.fullmatch(compact(cell.text)) for cell in self.cells)

    def _at(self, field: str, cell: Cell) -> Location:
        row, column = self.number, self.frame.columns[field]
        if self.frame.places:
            row, column = self.frame.places[column]
        elif self.frame.turned:
            row, column = column, row
        return place(self.frame.base, row=row, column=column, quote=quote(cell.text), cell=cell)


def frame(
    table: Table, kinds: Sequence[Kind], base: Location, caption: Text | None
) -> Frame | None:
    """Recognise a table.

    Args:
        table: The table.
        kinds: Kinds that may stand here.
        base: Place of the table.
        caption: Its caption, or None.

    Returns:
        The table as the kind of which most columns are found, turned on its side or read as a form of one record if
        need be, or None where no kind fits.
    """
    upright = _frame(table, kinds, base, caption)
    if upright is not None or len(table.grid) < 2:
        return upright
    turned = _frame(_turned(table), kinds, base, caption)
    if turned is not None:
        return replace(turned, table=table, turned=True)
    return _record(table, kinds, base, caption)


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
    for headers, body in _headed(table):
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
                columns = _columns(kind, dict(sorted(plain.items())))
                columns.pop("pollutant", None)
                lows = _reach(columns, plain)
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


def _is_title(cells: Sequence[Cell]) -> bool:
    """Return whether a row is one cell: a title of the rows below it, or a note."""
    return len(cells) > 1 and cells[0].colspan == len(cells)


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


def continued(before: Frame, table: Table, base: Location) -> Frame | None:
    """Read a table without a header with the columns of the one before it, or None where it is not as wide."""
    if before.turned or before.places or len(table.grid[0]) != len(before.headers):
        return None
    return replace(before, table=table, base=base, body=tuple(enumerate(table.grid, 1)), rest=())


def _frame(
    table: Table, kinds: Sequence[Kind], base: Location, caption: Text | None
) -> Frame | None:
    best: Frame | None = None
    for headers, body in _headed(table):
        plain = {column: compact(header) for column, header in headers.items() if header}
        for kind in kinds:
            columns = _columns(kind, plain)
            if kind.needed <= columns.keys() and (best is None or len(columns) > len(best.columns)):
                lows = _reach(columns, plain)
                best = Frame(kind, table, caption, columns, headers, body, base, lows=lows)
    return best


def _headed(
    table: Table,
) -> Iterator[tuple[dict[int, str], tuple[tuple[int, tuple[Cell, ...]], ...]]]:
    """Yield what may be the header, column → text, with the numbered rows below it."""
    for depth in range(1, min(HEADER_ROWS, len(table.grid)) + 1):
        if any(cell.row + cell.rowspan - 1 > depth for cell in table.grid[depth - 1]):
            continue  # a header ends where none of its cells goes on
        if depth > 1 and not any(map(_divided, table.grid[:depth])):
            continue  # rows that are each complete are records, not one header
        if any(OUTLET_CODE.fullmatch(compact(cell.text)) for cell in table.grid[depth - 1]):
            continue  # a row about one outlet is a record
        yield _headers(table.grid[:depth]), tuple(enumerate(table.grid[depth:], depth + 1))


def _divided(row: Sequence[Cell]) -> bool:
    """Return whether a row has a cell that is blank or covers several rows or columns."""
    return any(not cell.text or cell.rowspan > 1 or cell.colspan > 1 for cell in row)


def _turned(table: Table) -> Table:
    """Return a table with rows and columns exchanged."""
    made = {
        id(cell): replace(
            cell,
            row=cell.column,
            column=cell.row,
            rowspan=cell.colspan,
            colspan=cell.rowspan,
        )
        for row in table.grid
        for cell in row
    }
    grid = tuple(
        tuple(made[id(cell)] for cell in column) for column in zip(*table.grid, strict=True)
    )
    return replace(table, grid=grid)


def _record(
    table: Table, kinds: Sequence[Kind], base: Location, caption: Text | None
) -> Frame | None:
    """Read a form that holds one record, its labels and values side by side; None where a label stands twice."""
    rows = [list(first_cells(row)) for row in table.grid]
    if any(len(row) % 2 for row in rows):
        return None
    cells = [cell for row in rows for cell in row]
    labels, values = cells[::2], cells[1::2]
    if len({compact(label.text) for label in labels}) < len(labels):
        return None
    lines = (
        tuple(
            replace(cell, row=number, column=column, rowspan=1, colspan=1)
            for column, cell in enumerate(line, 1)
        )
        for number, line in enumerate((labels, values), 1)
    )
    found = _frame(replace(table, grid=tuple(lines)), kinds, base, caption)
    places = {column: (cell.row, cell.column) for column, cell in enumerate(values, 1)}
    return found and replace(found, table=table, places=places)


def _headers(rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """Join the header rows column by column; a cell that spans a whole row is a caption and left out."""
    width = len(rows[0])
    headers = {}
    for column in range(1, width + 1):
        parts = dict.fromkeys(
            one_line(row[column - 1].text)
            for row in rows
            if row[column - 1].colspan < width or width == 1
        )
        headers[column] = "".join(parts)
    return headers


def _columns(kind: Kind, headers: Mapping[int, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, patterns in kind.columns.items():
        for pattern in patterns:
            column = _column(pattern, headers, found.values())
            if column is not None:
                found[name] = column
                break
    return found


def _reach(columns: dict[str, int], headers: Mapping[int, str]) -> dict[str, int]:
    """Lead the fields that have a column for the highest value to it; return the columns of the lowest values."""
    lows: dict[str, int] = {}
    for name, column in columns.items():
        if not _EXTREME.search(headers[column]):
            continue
        stem = _EXTREME.sub("", headers[column])
        for other, header in headers.items():
            extreme = _EXTREME.search(header)
            if extreme is None or _EXTREME.sub("", header) != stem:
                continue
            if extreme.group() in _HIGHEST:
                columns[name] = other
            elif extreme.group() in _LOWEST:
                lows[name] = other
    return {name: low for name, low in lows.items() if columns[name] != low}


def _column(
    pattern: re.Pattern[str], headers: Mapping[int, str], taken: Collection[int]
) -> int | None:
    for column, header in headers.items():
        if column not in taken and pattern.search(header) and not _ASIDE.search(header):
            return column
    return None
