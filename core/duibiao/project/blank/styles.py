"""How the workbook looks: colours, formats, widths."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from duibiao.model.sheets import Field, FieldKind

FONT = "微软雅黑"
REQUIRED_HEADER = "#1F4E79"
OPTIONAL_HEADER = "#D6DCE4"
REQUIRED_CELL = "#FFF6D9"
MISSING_CELL = "#F8B99A"
EXAMPLE_CELL = "#F2F2F2"
GREY = "#808080"
LINE = "#BFBFBF"

ROW_HEIGHT = 22

_TEXT = 49
"""Number of the text format: what is typed stays as it is typed."""

_NARROWEST = 10
_WIDEST = 34
_LONG = 46


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook."""

    title: Format
    note: Format
    link: Format
    text: Format
    framed: Format
    number: Format
    required_header: Format
    optional_header: Format
    required_cell: Format
    optional_cell: Format
    example: Format
    example_mark: Format
    missing: Format
    free: Format


def make_styles(book: Workbook) -> Styles:
    """Add the formats to a workbook."""

    def made(**properties: object) -> Format:
        return book.add_format(
            {"font_name": FONT, "font_size": 10, "valign": "vcenter", **properties}
        )

    framed = {"border": 1, "border_color": LINE, "text_wrap": True}
    header = {**framed, "bold": True, "align": "center"}
    shown = {"italic": True, "font_color": GREY, "bg_color": EXAMPLE_CELL}
    return Styles(
        title=made(bold=True, font_size=14, font_color=REQUIRED_HEADER),
        note=made(font_color=GREY, text_wrap=True),
        link=made(font_color="#0563C1", underline=1),
        text=made(text_wrap=True),
        framed=made(**framed),
        number=made(**framed, align="center", font_color=GREY),
        required_header=made(**header, bg_color=REQUIRED_HEADER, font_color="#FFFFFF"),
        optional_header=made(**header, bg_color=OPTIONAL_HEADER, font_color="#1F1F1F"),
        required_cell=made(**framed, bg_color=REQUIRED_CELL, num_format=_TEXT),
        optional_cell=made(**framed, num_format=_TEXT),
        example=made(**framed, **shown, num_format=_TEXT),
        example_mark=made(**framed, **shown, align="center"),
        missing=book.add_format({"bg_color": MISSING_CELL}),
        free=made(num_format=_TEXT, text_wrap=True),
    )


def breadth(text: str) -> int:
    """Return how many columns of letters a text takes on its longest line; a Chinese letter takes two."""
    return max(
        (
            sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
            for line in text.split("\n")
        ),
        default=0,
    )


def column_width(field: Field) -> float:
    """Return the width of a field's column, in letters."""
    if field.kind is FieldKind.LONG:
        return _LONG
    header = breadth(header_text(field))
    wanted = max(
        header if header <= 14 else header / 2 + 1, breadth(field.example), *_choices(field)
    )
    return min(max(wanted + 3, _NARROWEST), _WIDEST)


def header_text(field: Field) -> str:
    """Return the header of a field's column, its unit on a line of its own."""
    return f"{field.title}\n（{field.unit}）" if field.unit else field.title


def height(text: str, width: float) -> float:
    """Return the height, in points, that a text takes in a column of that width."""
    lines = sum(max(1, -(-breadth(line) // max(1, int(width) - 1))) for line in text.split("\n"))
    return max(ROW_HEIGHT, 15 * lines + 7)


def _choices(field: Field) -> tuple[int, ...]:
    return tuple(map(breadth, field.choices)) if isinstance(field.choices, tuple) else ()
