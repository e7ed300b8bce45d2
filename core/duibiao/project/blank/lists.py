"""Drop-down lists: short ones stand in the cell, long ones on a hidden sheet, lines where they are filled in."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from duibiao.model.sheets import Choices, Field, FieldKind
from duibiao.project.blank.layout import FIRST_ROW, LAST_ROW
from duibiao.project.catalogue import Catalogue
from duibiao.project.workbook import LISTS

_SHORT = 200


class Lists:
    """The lists of one workbook."""

    def __init__(self, book: Workbook, catalogue: Catalogue) -> None:
        """Take the workbook and what its lists offer."""
        self._book = book
        self._catalogue = catalogue
        self._columns: dict[tuple[str, ...], int] = {}

    def validation(self, field: Field) -> dict[str, Any] | None:
        """Return the drop-down list of a field, or None where it has none."""
        source = self._source(field)
        if source is None:
            return None
        is_held = field.kind is FieldKind.CHOICE
        return {
            "validate": "list",
            "source": source,
            "show_error": is_held,
            "error_title": "请从列表中选",
            "error_message": f"“{field.title}”只能从下拉列表中选。",
        }

    def write(self) -> None:
        """Write the hidden sheet, where a list needs it; it is the last one."""
        if not self._columns:
            return
        sheet = self._book.add_worksheet(LISTS)
        for values, column in self._columns.items():
            for row, value in enumerate(values):
                sheet.write_string(row, column, value)
        sheet.hide()

    def _source(self, field: Field) -> str | list[str] | None:
        if field.choices is Choices.LINE:
            return self._lines()
        offer = self._catalogue.offer(field.choices)
        if offer is None or not offer.values:
            return None
        values = offer.values
        if sum(map(len, values)) + len(values) <= _SHORT and not any("," in v for v in values):
            return list(values)
        column = self._columns.setdefault(values, len(self._columns))
        letter = xl_col_to_name(column, True)
        return f"='{LISTS}'!{letter}$1:{letter}${len(values)}"

    def _lines(self) -> str | None:
        """Return a formula for the production lines as far as they are filled in."""
        for sheet in self._catalogue.sheets:
            for column, field in enumerate(sheet.fields, 1):
                if (sheet.key, field.key) == ("products", "line"):
                    first = xl_rowcol_to_cell(FIRST_ROW, column, True, True)
                    last = xl_rowcol_to_cell(LAST_ROW, column, True, True)
                    named = f"'{sheet.title}'!{first}"
                    return f"=OFFSET({named},0,0,MAX(1,COUNTA({named}:{last})),1)"
        return None
