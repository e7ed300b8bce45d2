"""What is seen of a sheet before it is opened: how much it holds, and what python-calamine does not tell of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from duibiao.model.errors import ProjectError

MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 400_000
MOST_LETTERS = 20_000_000
"""What one sheet may hold."""

RESAVE = "请用 Excel 或 WPS 打开核对，另存为新的 .xlsx"

_CELL = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_INDEX = re.compile(r"\d{1,8}", re.ASCII)
_PERCENTS = frozenset({"9", "10"})
_MONTHS = frozenset({"17", "27", "36", "50", "52", "57"})

Cell = tuple[int, int]
"""Row and column, counted from 1."""


@dataclass(slots=True)
class Seen:
    """What was seen of a sheet.

    Attributes:
        percents: Cells that show their number in per cent.
        months: Cells that show their date to the month.
        errors: Cells whose formula went wrong, with what they show.
        uncalculated: Cells with a formula whose result is not on file.
        is_blank: No cell holds anything.
    """

    percents: set[Cell] = field(default_factory=set)
    months: set[Cell] = field(default_factory=set)
    errors: dict[Cell, str] = field(default_factory=dict)
    uncalculated: set[Cell] = field(default_factory=set)
    is_blank: bool = True


def look(data: bytes, formats: Sequence[str], lengths: Sequence[int]) -> Seen:
    """Look at every cell of a sheet.

    Args:
        data: The part of the sheet.
        formats: See `cell_formats`.
        lengths: See `string_lengths`.

    Raises:
        ProjectError: It holds more than it may, or what it refers to is not there; the message goes behind its name.
        XMLSyntaxError: It is not well-formed.
    """
    seen = Seen()
    cells = letters = 0
    for element in _elements(data, "{*}row", "{*}c"):
        if _name(element) == "row" or not len(element):
            continue
        parts = {_name(child): (child.text or "").strip() for child in element}
        cell = _position(element.get("r", ""))
        cells += 1
        letters += _length(element.get("t", ""), parts.get("v", ""), lengths)
        if cells > MOST_CELLS or letters > MOST_LETTERS:
            raise ProjectError("内容过多，没有读取；请删去多余的内容")
        _note(seen, cell, element, parts, formats)
    return seen


def cell_formats(styles: etree._Element) -> Iterator[str]:
    """Yield for each cell format of a workbook what it shows: "%", "month" or "" for anything else."""
    codes = {
        entry.get("numFmtId", ""): entry.get("formatCode", "")
        for entry in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    for entry in styles.iterfind("{*}cellXfs/{*}xf"):
        number = entry.get("numFmtId", "0")
        yield _shown(number, codes.get(number, ""))


def string_lengths(data: bytes) -> Iterator[int]:
    """Yield the length of each shared string of a workbook."""
    for item in _elements(data, "{*}si"):
        yield sum(len(text.text or "") for text in item.iter("{*}t"))


def _shown(number: str, code: str) -> str:
    if not code:
        return "%" if number in _PERCENTS else "month" if number in _MONTHS else ""
    plain = _LITERAL.sub("", code.partition(";")[0]).lower()
    if "%" in plain:
        return "%"
    is_month = "m" in plain and "d" not in plain and ("y" in plain or plain.startswith("e"))
    return "month" if is_month else ""


def _position(reference: str) -> Cell:
    found = _CELL.fullmatch(reference)
    if found is None:
        raise ProjectError(f"有没有编号的单元格；{RESAVE}")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    if row > MOST_ROWS or column > MOST_COLUMNS:
        raise ProjectError(
            f"在第{row}行第{column}列还有内容，超过{MOST_ROWS}行、{MOST_COLUMNS}列的上限；"
            "请删去那里的内容，只留要填报的各行"
        )
    return row, column


def _length(kind: str, value: str, lengths: Sequence[int]) -> int:
    """Return how many letters of the shared strings a cell has; others stand in the sheet, which was counted."""
    if kind != "s":
        return 0
    if not _INDEX.fullmatch(value) or int(value) >= len(lengths):
        raise ProjectError(f"所用的文字表（sharedStrings.xml）不完整；{RESAVE}")
    return lengths[int(value)]


def _note(
    seen: Seen, cell: Cell, element: etree._Element, parts: dict[str, str], formats: Sequence[str]
) -> None:
    kind, value, style = element.get("t", "n"), parts.get("v", ""), element.get("s", "")
    seen.is_blank = seen.is_blank and not (value or "is" in parts)
    if kind == "e":
        seen.errors[cell] = value
    elif "f" in parts and not value:
        seen.uncalculated.add(cell)
    elif kind == "n" and _INDEX.fullmatch(style) and int(style) < len(formats):
        shown = formats[int(style)]
        if shown == "%":
            seen.percents.add(cell)
        elif shown == "month":
            seen.months.add(cell)


def _elements(data: bytes, *tags: str) -> Iterator[etree._Element]:
    """Yield elements as they end; all that came before a row or string is forgotten with it."""
    walk = etree.iterparse(
        io.BytesIO(data), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in walk:
        yield element
        if _name(element) == "c":
            continue
        element.clear()
        parent = element.getparent()
        while parent is not None and len(parent) > 1:
            del parent[0]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
