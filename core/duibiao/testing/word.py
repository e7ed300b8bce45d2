"""Writes dossiers as Word files: built-in heading styles, automatic numbers, real tables and pictures.

Needs python-docx (``pip install duibiao[testing]``). The same dossier gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml as _parsed
from docx.oxml.ns import nsdecls, qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.text.paragraph import Paragraph

from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Section
from duibiao.testing import forms
from duibiao.testing.altered import drawn
from duibiao.testing.blocks import Album, Block, Line, Sheet
from duibiao.testing.front import begins_page
from duibiao.testing.layout import blocks
from duibiao.testing.numbering import definition_of, numbers
from duibiao.testing.pictures import PHOTO_SIZE, key_for, photo, seal

_STAMP = (1980, 1, 1, 0, 0, 0)
_TEXT_WIDTH = 9070  # twentieths of a point
_PLAN_LIST, _MAIN_LIST = 91, 90


def write_word(dossier: Dossier, path: Path | str) -> None:
    """Write a dossier as a Word file.

    Args:
        dossier: A dossier of `duibiao.testing.dossiers`, changed or not; one that was read will do, too, but loses
            merged cells. Running text, table headers and order come from its paragraphs and places, values from
            its typed parts.
        path: The file to write.
    """
    Path(path).write_bytes(word_bytes(dossier))


def word_bytes(dossier: Dossier) -> bytes:
    """Return a dossier as the bytes of a Word file."""
    writer = _Writer(dossier)
    writer.write()
    plain = io.BytesIO()
    writer.document.save(plain)
    return _restamped(plain.getvalue())


class _Writer:
    """Draws the blocks of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.document = docx.Document()
        self.blocks = tuple(blocks(dossier))
        self.automatic = numbers(block for block in self.blocks if isinstance(block, Section))
        cover = dossier.cover
        self.name = cover.enterprise.value if cover and cover.enterprise else ""
        self.names = _names(self.blocks)
        self.external = dossier.source.external
        self._in_contents = False
        self.pictures = 0
        self.parts: dict[bytes, tuple[str, Image]] = {}

    def write(self) -> None:
        """Write everything."""
        _prepare(self.document, self.name)
        before: object = None
        for block in self.blocks:
            if isinstance(before, Sheet | Album) and isinstance(block, Sheet | Album):
                self.document.add_paragraph()  # Word would join the two tables
            before = block
            if isinstance(block, Section):
                self._end_contents()
                self._heading(block)
            elif isinstance(block, Line):
                self._line(block)
            elif isinstance(block, Sheet):
                self._sheet(block)
            else:
                self._album(block)
        self._end_contents()
        for target in self.external:
            self.document.part.relate_to(target, RELATIONSHIP_TYPE.IMAGE, is_external=True)

    def _heading(self, section: Section) -> None:
        typed = section.number != self.automatic.get(id(section))
        space = "" if section.number.endswith("、") or not section.number else " "
        text = f"{section.number}{space}{section.title}" if typed else section.title
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = f"Heading{min(section.level, 4)}"
        if begins_page(section.key, applies=not section.not_applicable):
            paragraph.paragraph_format.page_break_before = True
        if typed or section.key.startswith("附"):
            number = 0 if typed else _PLAN_LIST
            _number(paragraph._p.get_or_add_pPr(), number, section.level - 1)

    def _line(self, line: Line) -> None:
        if line.role == "contents":
            self._contents(line)
            return
        paragraph = self.document.add_paragraph(line.text)
        form = paragraph.paragraph_format
        if line.role in _CENTRED:
            form.alignment = WD_ALIGN_PARAGRAPH.CENTER
            size, before = _CENTRED[line.role]
            form.space_before = Pt(before)
            for run in paragraph.runs:
                run.font.size, run.font.bold = Pt(size), True
        elif line.role == "signed":
            form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif line.text:
            form.first_line_indent = Pt(24)
        if line.text == forms.CONTENTS_TITLE:
            form.page_break_before = True
        if line.seal:
            self._picture(paragraph, seal(self.name), Cm(2.6))
        elif line.picture:
            form.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._picture(paragraph, photo(line.picture), Cm(9))

    def _contents(self, line: Line) -> None:
        paragraph = self.document.add_paragraph()
        paragraph._p.style = f"toc{max(1, min(line.level, 3))}"
        if not self._in_contents:
            self._in_contents = True
            for kind in ("begin", "instruction", "separate"):
                paragraph.add_run()._r.append(_field(kind))
        paragraph.add_run(line.text + ("" if line.page is None else f"\t{line.page}"))
        self._last_entry = paragraph

    def _end_contents(self) -> None:
        if self._in_contents:
            self._in_contents = False
            self._last_entry.add_run()._r.append(_field("end"))

    def _sheet(self, sheet: Sheet) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, _xml(_table_xml(sheet)))  # before the section properties

    def _album(self, album: Album) -> None:
        columns = 2
        table = self.document.add_table(rows=0, cols=columns)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for start in range(0, len(album.photos), columns):
            pictures, captions = table.add_row().cells, table.add_row().cells
            for column, entry in enumerate(album.photos[start : start + columns]):
                if entry.picture is not None:
                    image = drawn(self.names.get(entry.picture, entry.picture))
                    width = Emu(entry.width or PHOTO_SIZE[0])
                    self._picture(pictures[column].paragraphs[0], image, width, entry.height)
                if entry.caption is not None:
                    captions[column].paragraphs[0].add_run(entry.caption.value).font.size = Pt(10)
            for cell in (*pictures, *captions):
                cell.paragraphs[0].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _picture(
        self, paragraph: Paragraph, data: bytes, width: int, height: int | None = None
    ) -> None:
        """Put a picture into a run of its own.

        python-docx would hash all pictures and search the whole file for each: half of the time that writing takes.
        """
        if data not in self.parts:
            image = Image.from_blob(data)
            name = PackURI(f"/word/media/image{len(self.parts) + 1}.{image.ext}")
            made = ImagePart.from_image(image, name)
            related = self.document.part.relate_to(made, RELATIONSHIP_TYPE.IMAGE)
            self.parts[data] = related, image
        related, image = self.parts[data]
        wide, high = image.scaled_dimensions(Emu(width), Emu(height) if height else None)
        self.pictures += 1
        inline = CT_Inline.new_pic_inline(self.pictures, related, image.filename, wide, high)
        paragraph.add_run()._r.add_drawing(inline)


_CENTRED = {"cover": (26, 60), "title": (18, 6), "caption": (10.5, 6)}
"""Centred roles, with font size and space before."""


def _names(all_blocks: Iterable[Block]) -> dict[str, str]:
    """Return the names after which the pictures of the samples are drawn, by their keys."""
    photos = (entry for block in all_blocks if isinstance(block, Album) for entry in block.photos)
    names = (f"{entry.at.table} {entry.caption.value if entry.caption else ''}" for entry in photos)
    return {key_for(name): name for name in names}


def _prepare(document: WordDocument, name: str) -> None:
    """Set page, fonts, styles, numbering, footer and properties."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2.5)
    for style, size, font in (
        ("Normal", 12, "宋体"), ("Heading 1", 18, "黑体"), ("Heading 2", 15, "黑体"), ("Heading 3", 13, "黑体"), ("Heading 4", 12, "黑体"),
    ):  # fmt: skip
        look = document.styles[style].font
        look.name, look.size, look.color.rgb = "Times New Roman", Pt(size), RGBColor(0, 0, 0)
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:eastAsia"), font)
    _add_numbering(document)
    for level in (1, 2, 3):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.paragraph_format.left_indent = Pt(12 * (level - 1))
        style.paragraph_format.tab_stops.add_tab_stop(
            Emu(_TEXT_WIDTH * 635), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
        style.paragraph_format.space_after = Pt(0)
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer._p.append(
        _xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    properties = document.core_properties
    properties.author, properties.title, properties.comments = (
        "对标测试数据（企业均为虚构）",
        name,
        "",
    )
    properties.created = properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001  python-docx wants it naive


def _add_numbering(document: WordDocument) -> None:
    """Add the two multi-level lists and tie the heading styles to the first."""
    root = document.part.numbering_part.element
    first = root.find(qn("w:num"))
    for number in (_MAIN_LIST, _PLAN_LIST):
        definition = _xml(definition_of(number, nsdecls("w"), tied=number == _MAIN_LIST))
        first.addprevious(definition)
        root.append(
            _xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
            )
        )
    for level in range(4):
        style = document.styles[f"Heading {level + 1}"]
        _number(style.element.get_or_add_pPr(), _MAIN_LIST, level)


def _xml(text: str) -> Any:
    return _parsed(text)


def _number(properties: Any, number: int, level: int) -> None:
    """Put a paragraph or a style on a level of a list; list 0 is none."""
    numbered = properties.get_or_add_numPr()
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = number


def _field(kind: str) -> Any:
    if kind == "instruction":
        return _xml(
            f'<w:instrText {nsdecls("w")} xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText>'
        )
    return _xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>')


def _table_xml(sheet: Sheet) -> str:
    width = max(map(len, sheet.rows))
    shares = _shares(sheet, width)
    grid = "".join(f'<w:gridCol w:w="{share}"/>' for share in shares)
    rows = "".join(
        _row_xml(row, shares, head=not index and not sheet.is_form)
        for index, row in enumerate(sheet.rows)
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(shares)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _row_xml(row: Sequence[str], shares: Iterable[int], *, head: bool) -> str:
    bold = "<w:b/>" if head else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:spacing w:after="0"/>'
        f'<w:jc w:val="center"/></w:pPr>{_run_xml(text, bold)}</w:p></w:tc>'
        for text, share in zip(row, shares, strict=True)
    )
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if head else ''}{cells}</w:tr>"


def _run_xml(text: str, bold: str) -> str:
    if not text:
        return ""
    parts = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")
    )
    return f'<w:r><w:rPr>{bold}<w:sz w:val="19"/></w:rPr>{parts}</w:r>'


def _shares(sheet: Sheet, width: int) -> list[int]:
    """Column widths, by the length of what stands in them."""
    if sheet.is_form:
        return [_TEXT_WIDTH * 4 // 10, _TEXT_WIDTH * 6 // 10]
    lengths = [
        max(4, min(24, max(len(row[column]) for row in sheet.rows))) for column in range(width)
    ]
    return [_TEXT_WIDTH * length // sum(lengths) for length in lengths]


def _restamped(data: bytes) -> bytes:
    """Return the same zip with fixed times."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return target.getvalue()
