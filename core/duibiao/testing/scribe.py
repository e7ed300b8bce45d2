"""Writes a dossier down in order, so that every value gets the place that it has in the Word file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duibiao.model.dates import Day, parse_date
from duibiao.model.emissions import Photo
from duibiao.model.evidence import Section
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.model.quantities import Measure, halfwidth, parse_quantity, unit_in_header
from duibiao.testing.pictures import PHOTO_SIZE, key_for

_LINES_PER_PAGE = 38
_SIGNS_PER_LINE = 38
_LINES_PER_PHOTO = 12
_NUMBER = re.compile(r"图\s*(\d{1,3})|(\d{1,3})\s*#")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was written: its cells with their places."""

    at: Location
    cells: tuple[Text, ...]
    units: tuple[str, ...]

    def __getitem__(self, column: int) -> Text:
        """Return the cell in `column`, counted from 1."""
        return self.cells[column - 1]

    def measure(self, column: int) -> Measure:
        """Return the cell as a quantity, in the unit of its header unless it names one."""
        cell = self[column]
        return Located(parse_quantity(cell.value, self.units[column - 1]), cell.at)

    def day(self, column: int) -> Day | None:
        """Return the cell as a date."""
        found = parse_date(self[column].value)
        return Located(found, self[column].at) if found else None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that was written."""

    at: Location
    header: tuple[Text, ...]
    rows: tuple[Row, ...]


class Scribe:
    """Takes headings, lines, tables and photos in the order of the file, and counts as Word does.

    Attributes:
        file: Name of the file.
        texts: All text so far.
        sections: Sections so far.
        pages: Section → first page and last page, as estimated.
    """

    def __init__(self, file: str) -> None:
        """Start on the title page."""
        self.file = file
        self.texts: list[Text] = []
        self.sections: list[Section] = []
        self.pages: dict[str, list[int]] = {}
        self._base = Location(file, "封面", "封面")
        self._index = 0
        self._tables = 0
        self._captions = 0
        self._page, self._lines = 1, 0.0
        self._open: list[str] = []
        self._after_table = False

    def heading(self, key: str, number: str, title: str, *, page: bool = False) -> Location:
        """Open a section.

        Args:
            key: Its place in the outline.
            number: Its number.
            title: Its title.
            page: It begins a new page.
        """
        self._paragraph()
        if page:
            self._page, self._lines = self._page + 1, 0.0
        self._open = [name for name in self._open if key.startswith(f"{name}.")] + [key]
        self._fill(2)
        label = f"{number}{'' if number.endswith('、') else ' '}{title}"
        at = Location(self.file, key, label, paragraph=self._index, quote=shorten(label))
        self._base = at
        self.texts.append(Located(label, at))
        self.sections.append(Section(key, number, title, 1 + key.count("."), at))
        return at

    def line(self, value: str, *, weight: float | None = None) -> Text:
        """Write a paragraph."""
        self._paragraph()
        text = self.cell(value, paragraph=self._index)
        self.texts.append(text)
        self._fill(1 + len(value) // _SIGNS_PER_LINE if weight is None else weight)
        if self.sections:
            section = self.sections[-1]
            self._count(
                characters=section.characters + len(value),
                na=section.not_applicable or _disclaims(value),
            )
        return text

    def lines(self, values: Sequence[str]) -> tuple[Text, ...]:
        """Write paragraphs."""
        return tuple(self.line(value) for value in values)

    def caption(self, title: str) -> Text:
        """Write the caption of the table that follows, with the next number."""
        self._captions += 1
        return self.line(f"表{self._captions} {title}")

    def picture(self, *, lines: float = _LINES_PER_PHOTO) -> None:
        """Put a picture into a paragraph of its own."""
        self._paragraph()
        self._fill(lines)
        self.pictured()

    def pictured(self) -> None:
        """Note a picture in the paragraph just written."""
        if self.sections:
            self._count(pictures=self.sections[-1].pictures + 1)

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
        """Write a table with a header row."""
        self._next_table()
        base = self.cell("", paragraph=self._index + 1, table=self._tables).at
        units = tuple(unit_in_header(name) for name in header)
        written = [self._row(number, row, base) for number, row in enumerate((header, *rows), 1)]
        if self.sections:
            self._count(tables=self.sections[-1].tables + 1)
        done = tuple(
            Row(_row_place(base, number, cells), cells, units)
            for number, cells in enumerate(written[1:], 2)
        )
        return Grid(base, written[0], done)

    def pairs(self, rows: Sequence[tuple[str, str]]) -> tuple[Text, ...]:
        """Write a form of labels and values; return the values."""
        grid = self.table(rows[0], rows[1:])
        return (grid.header[1], *(row[2] for row in grid.rows))

    def photos(self, captions: Sequence[str]) -> tuple[Photo, ...]:
        """Write a table of photos, two a row, each with its caption below."""
        self._next_table()
        first = self._index + 1
        found = []
        for start in range(0, len(captions), 2):
            pair = captions[start : start + 2]
            self._index += 4
            self._fill(_LINES_PER_PHOTO)
            for column, value in enumerate(pair, 1):
                text = self.cell(
                    value, paragraph=first, table=self._tables, row=start + 2, column=column
                )
                self.texts.append(text)
                found.append(self._photo(text))
        section = self.sections[-1]
        self._count(pictures=section.pictures + len(captions))
        return tuple(found)

    def cell(self, value: str, **where: int) -> Text:
        """Return text at a place in the section that is open, without writing it; line feeds are folded."""
        base = self._base
        at = Location(base.file, base.section, base.heading, **where, quote=shorten(value))  # type: ignore[arg-type]
        return Located(value.replace("\n", ""), at)

    def _paragraph(self) -> None:
        self._index += 1
        self._after_table = False

    def _next_table(self) -> None:
        self._tables += 1
        self._index += self._after_table  # an empty paragraph keeps two tables apart
        self._after_table = True

    def _row(self, number: int, row: Sequence[str], base: Location) -> tuple[Text, ...]:
        cells = tuple(
            self.cell(
                value,
                paragraph=base.paragraph or 0,
                table=base.table or 0,
                row=number,
                column=column,
            )
            for column, value in enumerate(row, 1)
        )
        self._index += len(cells)
        self.texts.extend(cell for cell in cells if cell.value)
        self._fill(1.5 * max(1 + len(value) // (2 * _SIGNS_PER_LINE // len(row)) for value in row))
        return cells

    def _photo(self, caption: Text) -> Photo:
        match = _NUMBER.match(halfwidth(caption.value))
        number = int(match[1] or match[2]) if match else None
        width, height = PHOTO_SIZE
        return Photo(
            caption.at,
            caption,
            number,
            key_for(f"{caption.at.table} {caption.value}"),
            width,
            height,
        )

    def _count(
        self,
        *,
        characters: int | None = None,
        tables: int | None = None,
        pictures: int | None = None,
        na: bool | None = None,
    ) -> None:
        old = self.sections[-1]
        self.sections[-1] = Section(
            old.key,
            old.number,
            old.title,
            old.level,
            old.at,
            old.characters if characters is None else characters,
            old.tables if tables is None else tables,
            old.pictures if pictures is None else pictures,
            old.not_applicable if na is None else na,
        )

    def _fill(self, lines: float) -> None:
        self._lines += lines
        while self._lines > _LINES_PER_PAGE:
            self._page, self._lines = self._page + 1, self._lines - _LINES_PER_PAGE
        for key in self._open:
            self.pages.setdefault(key, [self._page, self._page])[1] = self._page


def _disclaims(value: str) -> bool:
    return len(value) <= 30 and "不涉及" in value


def _row_place(base: Location, number: int, cells: Sequence[Text]) -> Location:
    quote = shorten(" | ".join(dict.fromkeys(cell.value for cell in cells if cell.value)))
    return Location(
        base.file,
        base.section,
        base.heading,
        paragraph=base.paragraph,
        table=base.table,
        row=number,
        quote=quote,
    )
