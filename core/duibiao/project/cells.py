"""The cells of a sheet as texts, counted while they are read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from duibiao.model.errors import ProjectError
from duibiao.project.formats import Shows, shown
from duibiao.project.values import loses_digits, trimmed

MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_CELLS = 400_000
MOST_LETTERS = 20_000_000
MOST_MERGED = 20_000
"""What one sheet may hold."""

RESAVE = "请用 Excel 或 WPS 打开核对，另存为新的 .xlsx"

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_INDEX = re.compile(r"\d{1,8}", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Cell = tuple[int, int]
"""Row and column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the sheets of a workbook share.

    Attributes:
        strings: Texts by number.
        formats: What each cell format shows.
        from_1904: Days count from 1904.
    """

    strings: Sequence[str] = ()
    formats: Sequence[Shows] = ()
    from_1904: bool = False


@dataclass(slots=True)
class Cells:
    """单元格: what a sheet holds.

    Attributes:
        texts: Cell → what it shows; blank ones are left out.
        errors: Cells whose formula went wrong, with what they show.
        uncalculated: Cells with a formula whose result is not on file.
        shortened: Cells with whole numbers that have lost their last digits.
        height: Its rows.
        width: Its columns.
    """

    texts: dict[Cell, str] = field(default_factory=dict)
    errors: dict[Cell, str] = field(default_factory=dict)
    uncalculated: set[Cell] = field(default_factory=set)
    shortened: set[Cell] = field(default_factory=set)
    height: int = 0
    width: int = 0

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows, "" where it is blank."""
        return self.texts.get((row, column), "")


def read_cells(data: bytes, shared: Shared) -> Cells:
    """Read a sheet. A cell merged downwards counts in each row that has something of its own.

    Args:
        data: The part of the sheet.
        shared: What the sheets of its workbook share.

    Raises:
        ProjectError: It holds more than it may, or what it refers to is not there; the message goes behind its name.
        XMLSyntaxError: It is not well-formed.
    """
    cells = Cells()
    merged: list[str] = []
    count = letters = 0
    for element in _elements(data, "{*}row", "{*}c", "{*}mergeCell"):
        name = _name(element)
        if name == "mergeCell":
            merged.append(element.get("ref", ""))
        elif name == "c" and len(element):
            cell = _within(_position(element.get("r", "")))
            text = _text(element, cell, cells, shared)
            count += 1
            letters += len(text)
            if text:
                cells.texts[cell] = text
                cells.height = max(cells.height, cell[0])
                cells.width = max(cells.width, cell[1])
        if count > MOST_CELLS or letters > MOST_LETTERS or len(merged) > MOST_MERGED:
            raise ProjectError("内容过多，没有读取；请删去多余的内容")
    _spread(cells, merged)
    return cells


def read_strings(data: bytes) -> Iterator[str]:
    """Yield the shared strings of a workbook: rich text as plain text, without what says how it is pronounced."""
    for item in _elements(data, "{*}si"):
        yield _letters(item)


def _text(element: etree._Element, cell: Cell, cells: Cells, shared: Shared) -> str:
    """Return what a cell shows, and note what is wrong with it."""
    parts = {_name(child): child for child in element}
    written = parts["v"].text or "" if "v" in parts else ""
    kind = element.get("t", "n")
    if kind == "inlineStr":
        return _letters(parts["is"]) if "is" in parts else ""
    if "f" in parts and not written:
        cells.uncalculated.add(cell)
    elif kind == "s":
        return _shared_string(written.strip(), shared.strings)
    elif kind == "e":
        cells.errors[cell] = written
    elif kind == "b":
        return "是" if written.strip() == "1" else "否"
    elif kind == "n":
        return _number(written.strip(), element.get("s", ""), cell, cells, shared)
    else:
        return trimmed(_unescaped(written))
    return ""


def _number(written: str, style: str, cell: Cell, cells: Cells, shared: Shared) -> str:
    try:
        number = float(written)
    except ValueError:
        return written
    shows = Shows.NUMBER
    if _INDEX.fullmatch(style) and int(style) < len(shared.formats):
        shows = shared.formats[int(style)]
    if loses_digits(number):
        cells.shortened.add(cell)
    return shown(number, shows, from_1904=shared.from_1904)


def _shared_string(index: str, strings: Sequence[str]) -> str:
    if not _INDEX.fullmatch(index) or int(index) >= len(strings):
        raise ProjectError(f"所用的文字表（sharedStrings.xml）不完整；{RESAVE}")
    return strings[int(index)]


def _letters(item: etree._Element) -> str:
    """Return the letters of a string: those of its own and those of its runs."""
    own = [child for child in item if _name(child) in ("t", "r")]
    runs = [run for child in own for run in (child if _name(child) == "r" else (child,))]
    return trimmed(_unescaped("".join(run.text or "" for run in runs if _name(run) == "t")))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _position(reference: str) -> Cell:
    found = _CELL.fullmatch(reference)
    if found is None:
        raise ProjectError(f"有没有编号的单元格；{RESAVE}")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _within(cell: Cell) -> Cell:
    row, column = cell
    if row > MOST_ROWS or column > MOST_COLUMNS:
        raise ProjectError(
            f"在第{row}行第{column}列还有内容，超过{MOST_ROWS}行、{MOST_COLUMNS}列的上限；"
            "请删去那里的内容，只留要填报的各行"
        )
    return cell


def _spread(cells: Cells, merged: Sequence[str]) -> None:
    """Let cells that are merged downwards count in each row that has something of its own."""
    alive = {row for row, _ in cells.texts}
    owners: Mapping[Cell, str] = dict(cells.texts)
    left = MOST_CELLS
    for reference in merged:
        first, _, last = reference.partition(":")
        (top, column), (bottom, _) = _position(first), _position(last or first)
        text = owners.get((top, column), "")
        rows = range(top + 1, min(bottom, cells.height) + 1 if text else 0)
        left -= len(rows)
        if left < 0:
            raise ProjectError("合并的单元格过多，没有读取；请取消合并")
        for row in rows:
            if row in alive:
                cells.texts.setdefault((row, column), text)


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
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""
