"""WordprocessingML by small functions: runs, paragraphs, tables. Texts hold docxtpl's tags as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from xml.sax.saxutils import escape

TEXT_WIDTH = 8844
"""Width between the margins in twentieths of a point: 210 - 28 - 26 = 156 mm."""

_STAYS = "loop.revindex == 2 or (loop.length <= 6 and not loop.last)"
"""Which rows stay with the next one: all of a short table, and the last but one of any."""

_HINT = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def run(text: str) -> str:
    """Return a run; line feeds are line breaks."""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{_HINT}{lines}</w:r>"


def p(style: str, *content: str, more: str = "") -> str:
    """Return a paragraph.

    Args:
        style: Id of its style.
        content: Texts, or XML that begins with ``<w:`` or ``<mc:``.
        more: Further elements of w:pPr, in the order of the schema after w:pStyle.
    """
    inner = "".join(part if part.startswith(("<w:", "<mc:")) else run(part) for part in content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inner}</w:p>'


def gap() -> str:
    """Return a little space between running text and what stands below it, on whose page it stays."""
    return p("End", more='<w:keepNext/><w:spacing w:before="80" w:line="20" w:lineRule="exact"/>')


def tag(text: str) -> str:
    """Return a paragraph that holds nothing but a tag such as ``{%p if draft %}``; it is never printed."""
    return p("Tag", text)


def when(condition: str, *blocks: str) -> str:
    """Return blocks that are printed where a condition holds."""
    return "".join((tag(f"{{%p if {condition} %}}"), *blocks, tag("{%p endif %}")))


def each(name: str, values: str, *blocks: str) -> str:
    """Return blocks that are printed for each of some values."""
    return "".join((tag(f"{{%p for {name} in {values} %}}"), *blocks, tag("{%p endfor %}")))


def field(instruction: str, result: str) -> str:
    """Return a complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(width: int, *blocks: str, more: str = "") -> str:
    """Return a table cell; `more` are further elements of w:tcPr after w:tcW."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{"".join(blocks)}</w:tc>'
    )


def row(*cells: str, height: int = 0, exact: bool = False, is_header: bool = False) -> str:
    """Return a table row that is not split by a page break; heights in twentieths of a point."""
    rule = "exact" if exact else "atLeast"
    properties = "<w:cantSplit/>"
    properties += f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>' if height else ""
    properties += "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tag_row(widths: Sequence[int], text: str) -> str:
    """Return a row that holds nothing but a tag such as ``{%tr endfor %}``; it is never printed."""
    first = cell(sum(widths), p("Tag", text), more=_span(len(widths)))
    return f"<w:tr>{first}</w:tr>"


def table(style: str, widths: Sequence[int], rows: Iterable[str]) -> str:
    """Return a table with fixed column widths."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def listing(widths: Sequence[int], header: Sequence[str], rows: str, values: Sequence[str]) -> str:
    """Return a table of data: a header that is repeated on every page, and a row for each of some values.

    The row stands there twice, with and without 与下段同页, so that no row is left alone on a page.

    Args:
        widths: Widths of the columns in millimetres; the last one takes the rest of the line.
        header: Its header.
        rows: Expression of the rows, each of which is called ``row``.
        values: Attributes of ``row`` in the order of the columns; those that end with ``<`` stand at the left.
    """
    made = [round(width * 56.6929) for width in widths[:-1]]
    made.append(TEXT_WIDTH - sum(made))
    head = row(
        *(cell(w, p("TableHead", name)) for w, name in zip(made, header, strict=True)),
        is_header=True,
    )
    kept, free = (
        row(*(cell(w, _value(name, more)) for w, name in zip(made, values, strict=True)))
        for more in ("<w:keepNext/>", "")
    )
    loop = (
        tag_row(made, f"{{%tr for row in {rows} %}}"),
        tag_row(made, f"{{%tr if {_STAYS} %}}"),
        kept,
        tag_row(made, "{%tr else %}"),
        free,
        tag_row(made, "{%tr endif %}"),
        tag_row(made, "{%tr endfor %}"),
    )
    return table("DataTable", made, (head, *loop))


def caption(number: str, title: str) -> str:
    """Return the caption of a table: its number is an expression, its title a text with tags."""
    return p("Caption", f"表{{{{ {number} }}}} {title}")


def _value(name: str, more: str) -> str:
    plain = name.removesuffix("<")
    text = plain if plain.startswith("{") else f"{{{{ row.{plain} }}}}"
    return p("TableText" if plain == name else "TableLeft", text, more=more)


def _span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""


class Shapes:
    """Draws shapes with ids of their own, from 9001 on."""

    def __init__(self) -> None:
        """Start at the first id."""
        self._ids = count(9001)

    def sheet(self, colour: str) -> str:
        """Return a run with a rectangle that covers the whole page behind the text, as modern and as old markup."""
        number = next(self._ids)
        width, height = 7_560_000, 10_692_000
        modern = (
            '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
            ' behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            f'<wp:docPr id="{number}" name="红色彩纸 {number}"/><wp:cNvGraphicFramePr/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
            f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
            "<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
            "</wp:anchor></w:drawing>"
        )
        old = (
            f'<w:pict><v:rect id="sheet{number}" style="position:absolute;margin-left:0;margin-top:0;width:595.3pt;'
            'height:841.9pt;z-index:-1;mso-position-horizontal-relative:page;mso-position-vertical-relative:page"'
            f' fillcolor="#{colour}" stroked="f"/></w:pict>'
        )
        return (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{modern}</mc:Choice>'
            f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
        )
