"""申报数据.xlsx: sheets are found by their titles, columns and lines by the words of their headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from duibiao.model.dossier import Misfit
from duibiao.model.errors import ProjectError
from duibiao.model.location import Location, shorten
from duibiao.model.sheets import Field, Sheet
from duibiao.project import texts
from duibiao.project.book import Book
from duibiao.project.catalogue import plain
from duibiao.project.cells import Cell, Cells
from duibiao.project.draft import Draft
from duibiao.project.headings import (
    EXAMPLE,
    NUMBER,
    Heading,
    headings_of_form,
    headings_of_list,
    repeated,
    value_column,
)
from duibiao.project.places import Path
from duibiao.project.sheets import SHEETS
from duibiao.project.texts import Saying
from duibiao.project.values import ILLEGAL

GUIDE = "填写说明"
"""Title of the sheet that says how to fill in the others."""

LISTS = "选项"
"""Title of the hidden sheet that holds the lists to choose from."""

_RESERVED = "WpsReserved"


class WorkbookSource:
    """A workbook while it is open."""

    def __init__(self, stream: BinaryIO, name: str, sha256: str, size: int) -> None:
        """Open a workbook.

        Args:
            stream: The file.
            name: Its name, for messages.
            sha256: Hash of its bytes, in hexadecimal.
            size: Its size in bytes.

        Raises:
            ProjectError: It cannot be read, or is the workbook of something else.
        """
        self._file = (name, sha256, size)
        self._book = Book(stream, name)
        self._titles = {plain(title): title for title in self._book.titles}
        if not any(plain(sheet.title) in self._titles for sheet in SHEETS):
            shown = "、".join(f"“{shorten(title, 20)}”" for title in self._book.titles[:5])
            raise ProjectError(
                f"《{name}》不是申报数据：没有一张认识的工作表（只有{shown}）；"
                "请用 duibiao new 新建，把内容填进新建的 申报数据.xlsx"
            )

    def draft(self, sheets: Sequence[Sheet]) -> Draft:
        """Return what stands in the given sheets, and what stands in none of them.

        Raises:
            ProjectError: A sheet is damaged, or holds more than it may.
        """
        name = self._file[0]
        readings = [
            SheetReading(sheet, self._book.sheet(title), Location(name, sheet=title))
            for sheet in sheets
            if (title := self._titles.get(plain(sheet.title))) is not None
        ]
        places = {reading.sheet.key: reading for reading in readings}
        titles = {sheet.key: sheet.title for sheet in sheets}

        def locate(path: Path) -> Location:
            reading = places.get(str(path[0]))
            if reading is None:
                return Location(name, heading=titles.get(str(path[0]), ""))
            return reading.locate(path)

        return Draft(
            *self._file,
            {reading.sheet.key: reading.content for reading in readings},
            locate,
            misfits=(
                *(misfit for reading in readings for misfit in reading.misfits),
                *self._strangers(sheets),
            ),
        )

    def _strangers(self, sheets: Sequence[Sheet]) -> Iterator[Misfit]:
        """Yield a misfit for each sheet that is none of ours and holds something."""
        known = {plain(title) for title in (GUIDE, LISTS, *(sheet.title for sheet in sheets))}
        for title in self._book.titles:
            if plain(title) in known or title.startswith(_RESERVED) or self._is_blank(title):
                continue
            yield Misfit(Location(self._file[0], sheet=title), *texts.strange_sheet(title))

    def _is_blank(self, title: str) -> bool:
        try:
            return not self._book.sheet(title).texts
        except ProjectError:
            return False


@dataclass(slots=True)
class SheetReading:
    """What a sheet says.

    Attributes:
        sheet: The sheet of the catalogue.
        cells: The sheet of the workbook.
        at: Its place.
        content: What stands in it (see `Draft.content`).
        misfits: What is wrong with it.
    """

    sheet: Sheet
    cells: Cells
    at: Location
    content: Any = None
    misfits: list[Misfit] = field(default_factory=list)
    _headings: list[Heading] = field(default_factory=list)
    _fields: dict[str, Heading] = field(default_factory=dict)
    _rows: list[int] = field(default_factory=list)
    _values: int = 0

    def __post_init__(self) -> None:
        """Read it."""
        find = headings_of_list if self.sheet.is_list else headings_of_form
        self._headings = find(self.cells, self.sheet)
        self._fields = {
            heading.field.key: heading for heading in reversed(self._headings) if heading.field
        }
        self.content = [] if self.sheet.is_list else {}
        if not self._fields:
            if self.cells.texts or self.sheet.required:
                self.misfits.append(Misfit(self.at, *texts.no_header(self.sheet.title)))
        elif self.sheet.is_list:
            self._read_list()
        else:
            self._values = value_column(self.cells, self._headings)
            self._read_form()

    def locate(self, path: Path) -> Location:
        """Return where a value stands, or would stand."""
        key = str(path[-1])
        if not self._fields or len(path) == 1:
            return self.at
        if self.sheet.is_list:
            row = self._rows[int(path[1])]
            if len(path) == 2:
                return Location(self.at.file, sheet=self.at.sheet, row=row)
            if key in self._fields:
                return self._place((row, self._fields[key].cell[1]))
        elif key in self._fields:
            return self._place((self._fields[key].cell[0], self._values))
        return self._header

    @property
    def _header(self) -> Location:
        """The row of a list's headers; the whole of a form."""
        row = self._headings[0].cell[0] if self.sheet.is_list else None
        return Location(self.at.file, sheet=self.at.sheet, row=row)

    def _place(self, cell: Cell) -> Location:
        row, column = cell
        quote = shorten(ILLEGAL.sub("", self.cells.text(row, column)))
        return Location(self.at.file, sheet=self.at.sheet, row=row, column=column, quote=quote)

    def _read_list(self) -> None:
        header = self._headings[0].cell[0]
        mark = next((h.cell[1] for h in self._headings if plain(h.text) == NUMBER), 0)
        if not mark:
            self._tell(self._header, texts.missing_column(NUMBER))
        self._check_headings({mark})
        for row in range(header + 1, self.cells.height + 1):
            if mark and EXAMPLE in self.cells.text(row, mark):
                continue
            cells = {key: (row, heading.cell[1]) for key, heading in self._fields.items()}
            if values := self._read(cells):
                self._rows.append(row)
                self.content.append(values)
        self._tell_headless(header, mark)

    def _read_form(self) -> None:
        self._check_headings(set())
        cells = {key: (heading.cell[0], self._values) for key, heading in self._fields.items()}
        self.content.update(self._read(cells))

    def _read(self, cells: dict[str, Cell]) -> dict[str, str]:
        """Return the values of a row or form, and tell what is wrong with their cells."""
        values = {}
        for entry in self.sheet.fields:
            cell = cells.get(entry.key)
            if cell is None:
                continue
            if said := self._fault(entry, cell):
                self._tell(self._place(cell), said)
            if text := self.cells.text(*cell):
                values[entry.key] = text
        return values

    def _fault(self, entry: Field, cell: Cell) -> Saying | None:
        if cell in self.cells.errors:
            return texts.cell_error(entry, self.cells.errors[cell])
        if cell in self.cells.uncalculated:
            return texts.uncalculated(entry)
        if cell in self.cells.shortened:
            return texts.digits_lost(entry, self.cells.text(*cell))
        return None

    def _check_headings(self, others: set[int]) -> None:
        """Tell of headings that mean nothing, come twice, name another unit, or are not there."""
        first = next(heading.cell for heading in self._headings if heading.field)
        for heading in self._headings:
            row, column = heading.cell
            if heading.field is not None and heading.unit_differs:
                self._tell(self._place(heading.cell), texts.other_unit(heading.text, heading.field))
            elif heading.field is None and heading.text and column not in others:
                is_line = row > first[0] and bool(self.cells.text(row, self._values))
                if self.sheet.is_list or is_line:
                    self._tell(self._place(heading.cell), texts.unknown_column(heading.text))
        for heading in repeated(self._headings):
            self._tell(self._place(heading.cell), texts.repeated_column(heading.text))
        for entry in self.sheet.fields:
            if entry.required and entry.key not in self._fields:
                self._tell(self._header, texts.missing_column(entry.header))

    def _tell_headless(self, header: int, mark: int) -> None:
        """Tell of the first cell in each column without a header."""
        for heading in self._headings:
            column = heading.cell[1]
            if not heading.text and column != mark:
                rows = range(header + 1, self.cells.height + 1)
                if row := next((row for row in rows if self.cells.text(row, column)), 0):
                    self._tell(self._place((row, column)), texts.headless_column())

    def _tell(self, at: Location, said: Saying) -> None:
        self.misfits.append(Misfit(at, *said))
