"""Tables whose columns are not known beforehand, as Word writes them: ledgers, and tables that are evidence only."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import zip_longest
from xml.sax.saxutils import escape

from duibiao.rendering.inline import Raw

TEXT_WIDTH = 8844
"""Width between the margins in twentieths of a point: 156 mm."""

TABLE_STYLE, HEAD_STYLE, CELL_STYLE, LEFT_STYLE = "DataTable", "TableHead", "TableText", "TableLeft"
"""Ids of the styles that a template must have for these tables."""

SHORT = 6
"""Most rows of a table that is kept on one page; of longer ones the last two stay together."""

_LONGEST = 24
_SHORTEST = 4
_LINE = 12
_MARGIN = 2
_CENTRED = 16
"""Longest text, in half-width letters, that is centred in its cell."""


def grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Raw:
    """Return a table with a header that is repeated on every page; short rows are filled up with blank cells."""
    columns = list(zip_longest(header, *rows, fillvalue=""))
    widths = column_widths(columns)
    parts = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
        _row(header, widths, [HEAD_STYLE] * len(widths), is_header=True),
    ]
    styles = [CELL_STYLE if _widest(column) <= _CENTRED else LEFT_STYLE for column in columns]
    last = len(rows)
    parts += [
        _row(cells, widths, styles, stays=number == last - 1 or number < last <= SHORT)
        for number, cells in enumerate(rows, 1)
    ]
    return Raw("".join((*parts, "</w:tbl>")))


def column_widths(columns: Sequence[Sequence[str]]) -> list[int]:
    """Return widths that add up to `TEXT_WIDTH`, by the longest text of each column within limits."""
    wanted = [
        _MARGIN
        + max(_SHORTEST, min(_LONGEST, _widest(column[1:])), min(_LINE, _columns_of(column[0])))
        for column in columns
    ]
    whole = sum(wanted)
    widths = [TEXT_WIDTH * share // whole for share in wanted]
    widths[-1] += TEXT_WIDTH - sum(widths)
    return widths


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    styles: Sequence[str],
    *,
    is_header: bool = False,
    stays: bool = False,
) -> str:
    repeated = "<w:tblHeader/>" if is_header else ""
    kept = "<w:keepNext/>" if stays else ""
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{_runs(text)}</w:p></w:tc>'
        for text, width, style in zip_longest(cells, widths, styles, fillvalue="")
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{drawn}</w:tr>"


def _runs(text: str) -> str:
    if not text:
        return ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(_printable(line))}</w:t>' for line in text.splitlines()
    )
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{lines}</w:r>'


def _printable(text: str) -> str:
    """Return `text` without the control characters that XML does not know."""
    return "".join(
        char
        for char in text
        if char == "\t"
        or (unicodedata.category(char) not in ("Cc", "Cs") and char not in "\ufffe\uffff")
    )


def _widest(texts: Sequence[str]) -> int:
    return max(map(_columns_of, texts), default=0)


def _columns_of(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
