"""Where things stand on a sheet of the workbook, counted from 0."""

from __future__ import annotations

TITLE_ROW = 0
NOTE_ROW = 1
HEADER_ROW = 2
EXAMPLE_ROW = 3
"""In lists; a form has its examples in a column."""

FIRST_ROW = 4
"""First row of a list that counts."""

FIRST_LINE = 3
"""First line of a form."""

LAST_ROW = 1999
"""Last row of a list with drop-down lists."""

FRAMED_ROWS = 60
"""Rows of a list that have frames and numbers, at least."""

LABEL_COLUMN, VALUE_COLUMN, HINT_COLUMN, EXAMPLE_COLUMN = range(4)
"""Columns of a form."""
