"""Draws blocks as Word saves them: a style or a look in every run, split runs, revision ids, noted page breaks.

Text is split where Word splits it, at edits; rows that share a first cell are merged; some text is tracked.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from duibiao.model.evidence import Section
from duibiao.testing import forms
from duibiao.testing.blocks import Album, Block, Line, Sheet
from duibiao.testing.front import begins_page
from duibiao.testing.numbering import numbers

PLAN_LIST, MAIN_LIST = 91, 90
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_TEXT_WIDTH = 9070  # twentieths of a point
_LINES, _SIGNS = 38, 38
_PHOTO_LINES = 12
_WHO = 'w:author="审核员" w:date="2026-08-20T09:00:00Z"'
_INSERTED, _DELETED, _NOTED = 60, 85, 110
_BROKEN = "<w:lastRenderedPageBreak/>"


class Drawing:
    """The main part of one file.

    Attributes:
        pictures: Pictures placed so far; the first has relationship ``rIdImage1``.
        revisions: Tracked changes written so far.
        comments: Comments written so far.
        page: Page reached.
    """

    def __init__(self, found: Sequence[Block], seed: int = 1) -> None:
        """Start on the first page."""
        self._blocks = found
        self._chance = random.Random(seed)  # noqa: S311
        self._automatic = numbers(block for block in found if isinstance(block, Section))
        self._bodies = 0
        self._bookmarks = 0
        self._lines = 0.0
        self.pictures = 0
        self.revisions = 0
        self.comments = 0
        self.page = 1

    def xml(self) -> str:
        """Return document.xml."""
        body = "".join(self._body())
        section = (
            '<w:sectPr w:rsidR="00A13F2B"><w:footerReference w:type="default" r:id="rIdFooter"/>'
            '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418"'
            ' w:header="851" w:footer="992" w:gutter="0"/><w:cols w:space="425"/>'
            '<w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr>'
        )
        return f'<w:document {NAMESPACES} mc:Ignorable="w14"><w:body>{body}{section}</w:body></w:document>'

    def _body(self) -> Iterator[str]:
        before: Block | None = None
        in_contents = False
        for block in self._blocks:
            listed = isinstance(block, Line) and block.role == "contents"
            if listed and not in_contents:
                yield _CONTENTS
            if in_contents and not listed:
                yield f"{self._paragraph(_END, '')}</w:sdtContent></w:sdt>"
            if isinstance(before, Sheet | Album) and isinstance(block, Sheet | Album):
                yield self._paragraph("", "")  # Word would join the two tables
            yield self._block(block, first=listed and not in_contents)
            before, in_contents = block, listed

    def _block(self, block: Block, *, first: bool) -> str:
        if isinstance(block, Section):
            return self._heading(block)
        if isinstance(block, Sheet):
            return self._sheet(block)
        if isinstance(block, Album):
            return self._album(block)
        return self._entry(block, first=first) if block.role == "contents" else self._line(block)

    # ------------------------------------------------------------------------------ paragraphs

    def _heading(self, section: Section) -> str:
        typed = section.number != self._automatic.get(id(section))
        space = "" if section.number.endswith("、") or not section.number else " "
        text = f"{section.number}{space}{section.title}" if typed else section.title
        layout = f'<w:pStyle w:val="{min(section.level, 4)}"/>'
        broken = ""
        if begins_page(section.key, applies=not section.not_applicable):
            layout += "<w:pageBreakBefore/>"
            broken = self._turn()
        if typed or section.key.startswith("附"):
            number = 0 if typed else PLAN_LIST
            layout += f'<w:numPr><w:ilvl w:val="{section.level - 1}"/><w:numId w:val="{number}"/></w:numPr>'
        self._bookmarks += 1
        mark = f'<w:bookmarkStart w:id="{self._bookmarks}" w:name="_Toc2079{self._bookmarks:05d}"/>'
        broken = broken or self._fill(2)
        runs = self._runs(text, '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>', broken)
        return self._paragraph(f'{mark}{runs}<w:bookmarkEnd w:id="{self._bookmarks}"/>', layout)

    def _line(self, line: Line) -> str:
        size, bold, layout = _ROLES.get(line.role, _ROLES["body"])
        broken = ""
        if line.text == forms.CONTENTS_TITLE:
            layout = "<w:pageBreakBefore/>" + layout
            broken = self._turn()
        broken = broken or self._fill(
            _PHOTO_LINES if line.picture else 1 + len(line.text) // _SIGNS
        )
        inner = self._runs(line.text, _look(size, bold=bold), broken)
        if line.seal:
            inner += f"<w:r><w:rPr><w:noProof/></w:rPr>{self._picture(936_000, 936_000, floating=True)}</w:r>"
        elif line.picture:
            inner += f"<w:r><w:rPr><w:noProof/></w:rPr>{self._picture(3_240_000, 2_430_000)}</w:r>"
        if line.role == "body":
            inner = self._reviewed(inner)
        return self._paragraph(inner, layout)

    def _reviewed(self, inner: str) -> str:
        """Let a reviewer insert, delete or remark now and then."""
        self._bodies += 1
        number = self._bodies
        if number % _INSERTED == 0:
            self.revisions += 1
            return f'<w:ins w:id="{90_000 + number}" {_WHO}>{inner}</w:ins>'
        if number % _DELETED == 0:
            self.revisions += 1
            gone = f"<w:r>{_look(24)}<w:delText>（此句待核实）</w:delText></w:r>"
            return f'{inner}<w:del w:id="{90_000 + number}" {_WHO}>{gone}</w:del>'
        if number % _NOTED == 0:
            where = f'w:id="{self.comments}"'
            self.comments += 1
            return (
                f"<w:commentRangeStart {where}/>{inner}<w:commentRangeEnd {where}/>"
                f'<w:r><w:rPr><w:rStyle w:val="a8"/></w:rPr><w:commentReference {where}/></w:r>'
            )
        return inner

    def _entry(self, line: Line, *, first: bool) -> str:
        """A line of the contents: a link with the page in a field."""
        self._fill(0.8)
        look = "<w:rPr><w:noProof/></w:rPr>"
        anchor = f"_Toc2079{self._bookmarks + 1:05d}"
        page = (
            ""
            if line.page is None
            else f'<w:r>{look}<w:tab/></w:r>{_mark("begin")}<w:r>{look}<w:instrText xml:space="preserve"> PAGEREF'
            f" {anchor} \\h </w:instrText></w:r>{_mark('separate')}<w:r>{look}<w:t>{line.page}</w:t></w:r>{_END}"
        )
        start = (
            f'{_mark("begin")}<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
            f"{_mark('separate')}"
            if first
            else ""
        )
        link = f'<w:hyperlink w:anchor="{anchor}" w:history="1">{self._runs(line.text, look)}{page}</w:hyperlink>'
        layout = f'<w:pStyle w:val="TOC{max(1, min(line.level, 3))}"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs>'
        return self._paragraph(start + link, layout)

    def _paragraph(self, inner: str, layout: str, look: str = "") -> str:
        identity = self._chance.randrange(0x10000000, 0x7FFFFFFF)
        return (
            f'<w:p w14:paraId="{identity:08X}" w14:textId="77777777" w:rsidR="00A13F2B" w:rsidRDefault="00D52C11">'
            f"<w:pPr>{layout}{look}</w:pPr>{inner}</w:p>"
        )

    def _runs(self, text: str, look: str, broken: str = "") -> str:
        """Return a text in one to four runs of the same look, lines broken at line feeds."""
        if not text:
            return f"<w:r>{look}{broken}</w:r>" if broken else ""
        chance = self._chance
        cuts = sorted({0, *(chance.randrange(len(text)) for _ in range(min(3, len(text) // 6)))})
        parts = []
        for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
            lines = escape(text[start:end]).split("\n")
            words = "<w:br/>".join(
                f"<w:t{_space(line)}>{line}</w:t>" if line else "" for line in lines
            )
            parts.append(
                f'<w:r w:rsidR="00{chance.randrange(1 << 24):06X}">{look}{broken}{words}</w:r>'
            )
            broken = ""
        return "".join(parts)

    # ---------------------------------------------------------------------------------- tables

    def _sheet(self, sheet: Sheet) -> str:
        widths = _widths(sheet)
        rows = []
        for number, row in enumerate(sheet.rows):
            head = not number and not sheet.is_form
            above = sheet.rows[number - 1][0] if number > 1 and "日" in row[0] else None
            below = sheet.rows[number + 1][0] if number + 1 < len(sheet.rows) else None
            merge = ""
            if number and "日" in row[0] and row[0] in (above, below):
                merge = "<w:vMerge/>" if row[0] == above else '<w:vMerge w:val="restart"/>'
            rows.append(self._row(row, widths, merge, head=head))
        return f"<w:tbl>{_frame(widths)}{''.join(rows)}</w:tbl>"

    def _row(self, row: Sequence[str], widths: Sequence[int], merge: str, *, head: bool) -> str:
        signs = (max(3, width // 190) for width in widths)
        broken = self._fill(
            1.2 * max(1 + len(text) // fitting for text, fitting in zip(row, signs, strict=True))
        )
        look = _look(19, bold=head)
        cells = []
        for column, (text, width) in enumerate(zip(row, widths, strict=True)):
            swallowed = merge == "<w:vMerge/>" and not column
            inner = self._paragraph(
                "" if swallowed else self._runs(text, look, broken),
                '<w:spacing w:after="0"/><w:jc w:val="center"/>',
                look,
            )
            broken = broken if swallowed else ""
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{"" if column else merge}{_SHADE if head else ""}'
                f'<w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'
            )
        repeated = (
            '<w:trPr><w:cantSplit/><w:tblHeader/><w:jc w:val="center"/></w:trPr>' if head else _ROW
        )
        identity = self._chance.randrange(0x10000000, 0x7FFFFFFF)
        return (
            f'<w:tr w:rsidR="00A13F2B" w14:paraId="{identity:08X}" w14:textId="77777777" w:rsidTr="00D52C11">'
            f"{repeated}{''.join(cells)}</w:tr>"
        )

    def _album(self, album: Album) -> str:
        """Pictures two a row, their captions below."""
        widths = (4535, 4535)
        rows = []
        for start in range(0, len(album.photos), 2):
            pair = album.photos[start : start + 2]
            broken = self._fill(_PHOTO_LINES)
            drawn, said = [], []
            for photo in pair:
                picture = self._picture(photo.width or 2_340_000, photo.height or 1_755_000)
                drawn.append(f"<w:r><w:rPr><w:noProof/></w:rPr>{broken}{picture}</w:r>")
                said.append(self._runs(photo.caption.value if photo.caption else "", _look(20)))
                broken = ""
            for inner in (drawn, said):
                inner.extend([""] * (2 - len(inner)))
                rows.append(
                    '<w:tr w:rsidR="00A13F2B" w:rsidTr="00D52C11"><w:trPr><w:jc w:val="center"/></w:trPr>'
                    + "".join(
                        f'<w:tc><w:tcPr><w:tcW w:w="4535" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
                        f"{self._paragraph(runs, _CENTRED)}</w:tc>"
                        for runs in inner
                    )
                    + "</w:tr>"
                )
        return f"<w:tbl>{_frame(widths)}{''.join(rows)}</w:tbl>"

    def _picture(self, width: int, height: int, *, floating: bool = False) -> str:
        self.pictures += 1
        number = self.pictures
        graphic = (
            f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
            f"{'<wp:wrapNone/>' if floating else ''}"
            f'<wp:docPr id="{number}" name="图片 {number}" descr="IMG_2026{number:04d}"/><wp:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="图片 {number}"/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdImage{number}"/>'
            '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic>"
        )
        if not floating:
            return f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{graphic}</wp:inline></w:drawing>'
        return (
            '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="1"'
            ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
            '<wp:posOffset>2400000</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph">'
            f"<wp:posOffset>-300000</wp:posOffset></wp:positionV>{graphic}</wp:anchor></w:drawing>"
        )

    # ----------------------------------------------------------------------------------- pages

    def _fill(self, lines: float) -> str:
        """Fill some of the page; return the mark of a page break where they no longer fit."""
        if self._lines + lines <= _LINES:
            self._lines += lines
            return ""
        broken = self._turn()
        self._lines = lines % _LINES
        return broken

    def _turn(self) -> str:
        self.page += 1
        self._lines = 0.0
        return _BROKEN


def _look(size: int, *, bold: bool = False) -> str:
    return (
        '<w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312" w:hAnsi="Times New Roman" w:hint="eastAsia"/>'
        f'{"<w:b/><w:bCs/>" if bold else ""}<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def _space(text: str) -> str:
    return ' xml:space="preserve"' if text != text.strip() else ""


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _widths(sheet: Sheet) -> list[int]:
    if sheet.is_form:
        return [_TEXT_WIDTH * 4 // 10, _TEXT_WIDTH * 6 // 10]
    lengths = [max(4, min(24, max(map(len, column)))) for column in zip(*sheet.rows, strict=True)]
    return [_TEXT_WIDTH * length // sum(lengths) for length in lengths]


def _frame(widths: Sequence[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tblPr><w:tblStyle w:val="a7"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1"'
        f' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


_CENTRED = '<w:jc w:val="center"/>'
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="D9E2F3"/>'
_ROW = '<w:trPr><w:trHeight w:val="454"/><w:jc w:val="center"/></w:trPr>'
_END = _mark("end")
_CONTENTS = (
    '<w:sdt><w:sdtPr><w:id w:val="-1"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
    "</w:docPartObj></w:sdtPr><w:sdtContent>"
)
_ROLES = {
    "body": (
        24,
        False,
        '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="480"/>',
    ),
    "cover": (52, True, f'<w:spacing w:before="1200"/>{_CENTRED}'),
    "title": (36, True, _CENTRED),
    "caption": (21, True, f'<w:keepNext/><w:spacing w:before="120"/>{_CENTRED}'),
    "signed": (24, False, '<w:jc w:val="right"/>'),
}
"""Size, boldness and layout by role."""
