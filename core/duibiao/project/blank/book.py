"""Writing 申报数据.xlsx: one sheet for each of the catalogue, a guide before them, long lists behind them."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from duibiao.model.errors import ProjectError, reason
from duibiao.model.sheets import Field, Sheet
from duibiao.project.blank import layout
from duibiao.project.blank.guide import write_guide
from duibiao.project.blank.hints import comment, how, purpose
from duibiao.project.blank.lists import Lists
from duibiao.project.blank.styles import (
    OPTIONAL_HEADER,
    REQUIRED_HEADER,
    ROW_HEIGHT,
    Styles,
    breadth,
    column_width,
    header_text,
    height,
    make_styles,
)
from duibiao.project.catalogue import Catalogue
from duibiao.project.data import ProjectData, Record
from duibiao.project.headings import EXAMPLE, LABEL, NUMBER, VALUE
from duibiao.project.values import LONGEST
from duibiao.project.workbook import GUIDE

Remarks = Mapping[tuple[str, int, str], str]
"""Sheet, row (from 0) and field → a note on the cell."""

_CREATED = datetime(2022, 6, 20)  # noqa: DTZ001 - a day, not a moment: that of the measures
_FORM_WIDTHS = (24, 48, 52, 40)
_NUMBER_WIDTH = 6


def write_workbook(
    target: Path | BinaryIO,
    catalogue: Catalogue,
    data: ProjectData | None = None,
    remarks: Remarks | None = None,
) -> None:
    """Write the workbook of a project; the same content gives the same bytes.

    Args:
        target: Where to; a file appears whole or not at all.
        catalogue: Its sheets and lists.
        data: What is filled in already.
        remarks: Notes on cells that are filled in.

    Raises:
        ProjectError: A value is too long for a cell, or the file cannot be written.
    """
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED, "title": "申报数据", "author": "对标"})
        _Writer(book, catalogue, remarks or {}).write(data or ProjectData("", "", 0, {}, {}))
    if not isinstance(target, Path):
        target.write(content.getvalue())
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content.getvalue())
        part.replace(target)
    except OSError as error:
        with suppress(FileNotFoundError):
            part.unlink()
        raise ProjectError(
            f"无法写入{target.name}（{reason(error)}）；请检查位置、权限和磁盘空间"
        ) from error


class _Writer:
    """Writes one workbook."""

    def __init__(self, book: Workbook, catalogue: Catalogue, remarks: Remarks) -> None:
        self._book = book
        self._catalogue = catalogue
        self._remarks = remarks
        self._styles: Styles = make_styles(book)
        self._lists = Lists(book, catalogue)

    def write(self, data: ProjectData) -> None:
        guide = self._book.add_worksheet(GUIDE)
        write_guide(guide, self._styles, self._catalogue)
        for sheet in self._catalogue.sheets:
            page = self._book.add_worksheet(sheet.title)
            page.set_tab_color(REQUIRED_HEADER if sheet.required else OPTIONAL_HEADER)
            if sheet.is_list:
                self._list(page, sheet, data.rows(sheet.key))
            else:
                self._form(page, sheet, data.form(sheet.key))
        self._lists.write()
        guide.activate()

    # ------------------------------------------------------------------------------- forms

    def _form(self, page: Worksheet, sheet: Sheet, record: Record) -> None:
        self._head(page, sheet, _FORM_WIDTHS, layout.VALUE_COLUMN)
        styles = self._styles
        for column, (width, text) in enumerate(
            zip(_FORM_WIDTHS, (LABEL, VALUE, "怎样写", EXAMPLE), strict=True)
        ):
            page.set_column(column, column, width, styles.free)
            page.write_string(layout.HEADER_ROW, column, text, styles.optional_header)
        for row, field in enumerate(sheet.fields, layout.FIRST_LINE):
            header = styles.required_header if field.required else styles.optional_header
            page.write_string(row, layout.LABEL_COLUMN, field.header, header)
            self._comment(page, row, layout.LABEL_COLUMN, comment(field, self._catalogue.law))
            value = self._cell(page, row, layout.VALUE_COLUMN, field, record)
            page.write_string(row, layout.HINT_COLUMN, how(field), styles.optional_cell)
            page.write_string(row, layout.EXAMPLE_COLUMN, field.example, styles.example)
            texts = zip((value, how(field), field.example), _FORM_WIDTHS[1:], strict=True)
            page.set_row(row, max(26, *(height(text, width) for text, width in texts)))
            if validation := self._lists.validation(field):
                page.data_validation(row, layout.VALUE_COLUMN, row, layout.VALUE_COLUMN, validation)
            self._remark(page, row, layout.VALUE_COLUMN, (sheet.key, 0, field.key))
        page.freeze_panes(layout.FIRST_LINE, 0)
        self._print(page, layout.FIRST_LINE + len(sheet.fields) - 1, len(_FORM_WIDTHS) - 1)

    # ------------------------------------------------------------------------------- lists

    def _list(self, page: Worksheet, sheet: Sheet, records: tuple[Record, ...]) -> None:
        styles = self._styles
        widths = (_NUMBER_WIDTH, *map(column_width, sheet.fields))
        self._head(page, sheet, widths, 1)
        page.set_column(0, 0, _NUMBER_WIDTH, styles.free)
        page.write_string(layout.HEADER_ROW, 0, NUMBER, styles.optional_header)
        page.write_string(layout.EXAMPLE_ROW, 0, EXAMPLE, styles.example_mark)
        rows = max(layout.FRAMED_ROWS, len(records) + layout.FRAMED_ROWS // 2)
        for column, field in enumerate(sheet.fields, 1):
            header = styles.required_header if field.required else styles.optional_header
            page.set_column(column, column, widths[column], styles.free)
            page.write_string(layout.HEADER_ROW, column, header_text(field), header)
            self._comment(page, layout.HEADER_ROW, column, comment(field, self._catalogue.law))
            page.write_string(layout.EXAMPLE_ROW, column, field.example, styles.example)
            if validation := self._lists.validation(field):
                page.data_validation(layout.FIRST_ROW, column, layout.LAST_ROW, column, validation)
            if field.required:
                self._mark_missing(page, column, len(sheet.fields))
        for index in range(rows):
            self._row(page, sheet, index, records[index] if index < len(records) else None, widths)
        headers = (
            height(header_text(f), w - 1) for f, w in zip(sheet.fields, widths[1:], strict=True)
        )
        examples = (height(f.example, w) for f, w in zip(sheet.fields, widths[1:], strict=True))
        page.set_row(layout.HEADER_ROW, max(28, *headers))
        page.set_row(layout.EXAMPLE_ROW, max(22, *examples))
        page.freeze_panes(layout.FIRST_ROW, 2 if len(sheet.fields) > 4 else 1)
        page.repeat_rows(layout.HEADER_ROW)
        last = layout.FIRST_ROW + max(len(records), 15) - 1
        self._print(page, last, len(sheet.fields))

    def _row(
        self,
        page: Worksheet,
        sheet: Sheet,
        index: int,
        record: Record | None,
        widths: tuple[float, ...],
    ) -> None:
        row = layout.FIRST_ROW + index
        last = xl_col_to_name(len(sheet.fields))
        number = f'=IF(COUNTA(B{row + 1}:{last}{row + 1})=0,"",MAX(A${layout.FIRST_ROW}:A{row})+1)'
        shown = str(index + 1) if record else ""
        page.write_formula(row, 0, number, self._styles.number, index + 1 if record else "")
        tallest = height(shown, _NUMBER_WIDTH)
        for column, field in enumerate(sheet.fields, 1):
            value = self._cell(page, row, column, field, record)
            tallest = max(tallest, height(value, widths[column]))
            self._remark(page, row, column, (sheet.key, index, field.key))
        if record:
            page.set_row(row, min(tallest, 400))

    def _mark_missing(self, page: Worksheet, column: int, count: int) -> None:
        """Colour a required cell that is blank in a row with something in it."""
        row, letter = layout.FIRST_ROW + 1, xl_col_to_name(column)
        begun = f"COUNTA($B{row}:${xl_col_to_name(count)}{row})>0"
        page.conditional_format(
            layout.FIRST_ROW,
            column,
            layout.LAST_ROW,
            column,
            {
                "type": "formula",
                "criteria": f"=AND({begun},ISBLANK({letter}{row}))",
                "format": self._styles.missing,
            },
        )

    # --------------------------------------------------------------------------------- both

    def _head(
        self, page: Worksheet, sheet: Sheet, widths: tuple[float, ...], title_column: int
    ) -> None:
        styles = self._styles
        page.hide_gridlines(2)
        page.set_default_row(ROW_HEIGHT)
        page.set_row(layout.TITLE_ROW, 28)
        page.write_url(
            layout.TITLE_ROW, 0, f"internal:'{GUIDE}'!A1", styles.link, "返回", "回到填写说明"
        )
        page.write_string(layout.TITLE_ROW, title_column, sheet.title, styles.title)
        text = purpose(sheet, self._catalogue.law)
        last = len(widths) - 1
        if last > title_column:
            page.merge_range(
                layout.NOTE_ROW, title_column, layout.NOTE_ROW, last, text, styles.note
            )
        else:
            page.write_string(layout.NOTE_ROW, title_column, text, styles.note)
        page.set_row(layout.NOTE_ROW, height(text, sum(widths[title_column:])))

    def _cell(
        self, page: Worksheet, row: int, column: int, field: Field, record: Record | None
    ) -> str:
        style = self._styles.required_cell if field.required else self._styles.optional_cell
        text = record.get(field.key) if record else None
        if text is None:
            page.write_blank(row, column, None, style)
            return ""
        if len(text.value) > LONGEST:
            raise ProjectError(
                f"“{field.title}”有{len(text.value)}字，一个单元格最多{LONGEST}字；请分成几行填写"
            )
        page.write_string(row, column, text.value, style)
        return text.value

    def _comment(self, page: Worksheet, row: int, column: int, text: str) -> None:
        lines = sum(-(-max(1, breadth(line)) // 44) for line in text.split("\n"))
        page.write_comment(
            row,
            column,
            text,
            {"author": "对标", "font_size": 9, "width": 300, "height": 16 * lines + 14},
        )

    def _remark(self, page: Worksheet, row: int, column: int, key: tuple[str, int, str]) -> None:
        if text := self._remarks.get(key):
            self._comment(page, row, column, text)

    def _print(self, page: Worksheet, last_row: int, last_column: int) -> None:
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.print_area(0, 0, last_row, last_column)
        page.set_footer("&C&9&A　第&P页，共&N页")
