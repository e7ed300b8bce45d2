"""The Word reader, on files written by hand."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from duibiao.document.model import Block, Document, Paragraph, Picture, Table
from duibiao.document.word import read_word
from duibiao.model.errors import IntakeError

SHARED = Path(__file__).resolve().parents[3] / "shared"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": OFFICE,
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
}
STRICT = (
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "wordprocessingml/main"),
    (OFFICE, "officeDocument/relationships"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "drawingml/main"),
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:latentStyles w:count="1"><w:lsdException w:name="x"/></w:latentStyles>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="table" w:styleId="t"><w:name w:val="Table Grid"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>
  <w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="Heading 2"/><w:basedOn w:val="1"/>
  <w:pPr><w:numPr><w:ilvl w:val="7"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="我的标题"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="bare"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="mid"><w:name w:val="居中"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="loop"/><w:basedOn w:val="loop"/></w:style>
<w:style w:type="paragraph" w:styleId="toc1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="ghost"><w:name w:val="ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="2"/>
    <w:lvlText w:val="%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2.%3"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""


def word(
    body: str,
    *,
    styles: str | None = STYLES,
    numbering: str | None = NUMBERING,
    parts: dict[str, str | bytes] | None = None,
    links: str = "",
    strict: bool = False,
) -> bytes:
    """Write a Word file around a body."""
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
    }
    for name, xml in (("styles", styles), ("numbering", numbering)):
        if xml is not None:
            contents[f"word/{name}.xml"] = f"<w:{name} {names}>{xml}</w:{name}>"
            links += f'<Relationship Id="{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
    contents["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (contents | (parts or {})).items():
            text = content if isinstance(content, str) else ""
            for transitional, local in STRICT if strict else ():
                text = text.replace(transitional, f"http://purl.oclc.org/ooxml/{local}")
            archive.writestr(name, text or content)
    return file.getvalue()


def read(body: str, **more: Any) -> Document:
    return read_word(word(body, **more), "甲.docx")


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def only(body: str, **more: Any) -> Paragraph:
    (block,) = read(body, **more).blocks
    assert isinstance(block, Paragraph)
    return block


def p(content: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text) if text else '')}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def image(relation: str, size: str = '<wp:extent cx="360000" cy="180000"/>') -> str:
    return (
        f"<w:r><w:drawing><wp:inline>{size}<a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:embed="{relation}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def image_link(relation: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{relation}" Type="{OFFICE}/image" Target="{target}"{more}/>'


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# --------------------------------------------------------------------------------- the whole


def test_a_document_whole() -> None:
    data = word(
        p(r("总则"), '<w:pStyle w:val="1"/>') + tbl(tr(tc("名称"), tc("乙公司"))) + p(r("完"))
    )
    document = read_word(data, "甲.docx")
    assert document.name == "甲.docx"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.size == len(data)
    assert (document.revisions, document.comments, document.external) == (0, 0, ())
    assert (document.margins, document.warnings) == ((), ())
    heading, table, last = document.blocks
    assert heading == Paragraph(1, "总则", "一、", 1, "heading 1", bold=True, size=32)
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.grid] == [["名称", "乙公司"]]
    assert table.grid[0][1].paragraphs == (Paragraph(3, "乙公司", size=21),)
    assert last == Paragraph(4, "完", size=21)


def test_a_path_is_read_like_bytes(tmp_path: Path) -> None:
    data = word(p(r("正文")))
    path = tmp_path / "甲.docx"
    path.write_bytes(data)
    assert read_word(path, "甲.docx") == read_word(data, "甲.docx")


def test_strict_files_read_the_same() -> None:
    body = p(r("总则") + image("rId7"), '<w:pStyle w:val="1"/>')
    more: dict[str, Any] = {
        "links": image_link("rId7", "media/1.png"),
        "parts": {"word/media/1.png": b"x"},
    }
    assert read(body, strict=True, **more).blocks == read(body, **more).blocks


def test_utf16_parts() -> None:
    xml = f'<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="{NAMES["w"]}"><w:body>' \
          f"{p(r('总则'))}</w:body></w:document>"  # fmt: skip
    document = read("", parts={"word/document.xml": xml.encode("utf-16")})
    assert texts(document.blocks) == ["总则"]


def test_other_prefixes_and_single_quotes() -> None:
    xml = f"<d:document xmlns:d='{NAMES['w']}'><d:body><d:p><d:r><d:t>甲</d:t></d:r></d:p></d:body></d:document>"
    assert texts(read("", parts={"word/document.xml": xml}).blocks) == ["甲"]


def test_comments_and_cdata_inside_text() -> None:
    assert (
        only("<w:p><w:r><w:t>甲<!-- 注 --><![CDATA[<w:lang/>]]>乙</w:t></w:r></w:p>").text
        == "甲<w:lang/>乙"
    )


def test_neither_styles_nor_numbering() -> None:
    body = p(r("总则"), '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    assert only(body, styles=None, numbering=None) == Paragraph(1, "总则")


# --------------------------------------------------------------------- what a paragraph says


@pytest.mark.parametrize(
    ("properties", "number", "outline", "style"),
    [
        ('<w:pStyle w:val="1"/>', "一、", 1, "heading 1"),
        ('<w:pStyle w:val="2"/>', "1.", 2, "heading 2"),  # bound by w:pStyle of the level
        ('<w:pStyle w:val="own"/>', "1.", 2, "我的标题"),  # by the style that it is based on
        ('<w:pStyle w:val="bare"/>', "", 3, "heading 3"),  # the level by its name alone
        ('<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>', "", 1, "heading 1"),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', "一、", None, "heading 1"),
        ('<w:outlineLvl w:val="3"/>', "", 4, ""),
        ('<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>', "1.1", None, ""),
        ('<w:numPr><w:numId w:val="1"/></w:numPr>', "一、", None, ""),
        ('<w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="1"/></w:numPr>', "1.", 1, "heading 1"),
        ('<w:pStyle w:val="loop"/>', "", None, "loop"),
        ('<w:pStyle w:val="unknown"/>', "", None, ""),
    ],
)
def test_number_and_level(properties: str, number: str, outline: int | None, style: str) -> None:
    paragraph = only(p(r("甲"), properties))
    assert (paragraph.number, paragraph.level, paragraph.style) == (number, outline, style)


@pytest.mark.parametrize(
    ("runs", "bold", "size"),
    [
        (r("甲", "<w:b/>") + r("乙", "<w:b/>"), True, 21),
        (r("甲", "<w:b/>") + r("乙"), False, 21),
        (r("甲", "<w:b/>") + r(" "), True, 21),
        (r("甲", '<w:b w:val="0"/><w:sz w:val="28"/>') + r("乙", "<w:b/>"), False, 28),
        (r("甲", '<w:rStyle w:val="strong"/>'), True, 21),
        ("", False, None),
    ],
)
def test_bold_and_size(runs: str, bold: bool, size: int | None) -> None:
    paragraph = only(p(runs))
    assert (paragraph.bold, paragraph.size) == (bold, size)


def test_centred() -> None:
    assert only(p(r("甲"), '<w:jc w:val="center"/>')).centred
    assert only(p(r("甲"), '<w:pStyle w:val="mid"/>')).centred
    assert not only(p(r("甲"), '<w:pStyle w:val="mid"/><w:jc w:val="left"/>')).centred


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (r("2.1") + r("3.1"), "2.13.1"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/></w:r>", "甲\t乙\n丙\n"),
        ('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', "甲乙"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>", "a-bc"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="00A3"/></w:r>', "☐"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0A3"/><w:t>10</w:t></w:r>', "≤10"),
        ('<w:r><w:sym w:font="Webdings" w:char="F041"/></w:r>', "\N{REPLACEMENT CHARACTER}"),
        ('<w:r><w:sym w:font="宋体" w:char="2611"/></w:r>', "☑"),
        (f"<w:hyperlink>{r('甲')}</w:hyperlink>{r('乙')}", "甲乙"),
        (f"<w:smartTag><w:smartTag>{r('甲')}</w:smartTag></w:smartTag>", "甲"),
        (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{r('☒')}</w:sdtContent></w:sdt>", "☒"),
        (f"<w:fldSimple w:instr='PAGE'>{r('7')}</w:fldSimple>", "7"),
        (field(" REF _x ", r("表1")) + r("。"), "表1。"),
        (field(f"IF {field('PAGE', r('1'))} = 1", r("甲")), "甲"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("甲"), "甲"),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("甲"), "甲"),
        (f"<w:r><w:ruby><w:rt>{r('jia')}</w:rt><w:rubyBase>{r('甲')}</w:rubyBase></w:ruby></w:r>", "甲"),
        ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
        ("<w:r><w:footnoteReference w:id='1'/><w:t>甲</w:t></w:r>", "甲"),
        (r("密", "<w:vanish/>") + r("甲") + r("文", '<w:rStyle w:val="ghost"/>'), "甲"),
        (r("甲", '<w:rStyle w:val="ghost"/><w:vanish w:val="0"/>'), "甲"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
            '<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>' + r("是"),
            "☑是",
        ),
    ],
)  # fmt: skip
def test_visible_text(content: str, expected: str) -> None:
    assert only(p(content)).text == expected


def test_a_broken_field_hides_nothing_behind_its_paragraph() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF</w:instrText></w:r>'
    document = read(p(broken + broken + r("甲")) + p(r("乙")))
    assert texts(document.blocks)[1] == "乙"


# -------------------------------------------------------------------------------- revisions

BY = 'w:id="1" w:author="某"'


def test_revisions() -> None:
    moved = f"<w:moveFrom {BY}>{r('移')}</w:moveFrom><w:moveTo {BY}>{r('移')}</w:moveTo>"
    deleted = f"<w:del {BY}><w:r><w:delText>旧</w:delText></w:r></w:del>"
    document = read(p(r("甲") + deleted + f"<w:ins {BY}>{r('新')}</w:ins>" + moved))
    assert texts(document.blocks) == ["甲新移"]
    assert document.revisions == 4


def test_a_paragraph_whose_end_is_deleted_runs_into_the_next_one() -> None:
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"
    numbered = '<w:pStyle w:val="1"/>'
    document = read(p(r("甲"), numbered + mark) + p(r("乙"), numbered) + p(r("丙"), numbered))
    assert document.blocks == (
        Paragraph(1, "甲乙", "一、", 1, "heading 1", bold=True, size=32),
        Paragraph(2, "丙", "二、", 1, "heading 1", bold=True, size=32),
    )
    assert document.revisions == 1


def test_a_deleted_row_is_gone() -> None:
    document = read(tbl(tr(tc("甲")), tr(tc("乙"), properties=f"<w:del {BY}/>"), tr(tc("丙"))))
    assert grid(document) == ["甲", "丙"]
    assert document.revisions == 1


# ------------------------------------------------------------------------------------ tables


def grid(document: Document) -> list[str]:
    """Return the rows of the first table, the cells' texts separated by bars."""
    table = next(block for block in document.blocks if isinstance(block, Table))
    return ["|".join(cell.text for cell in row) for row in table.grid]


def spans(document: Document) -> dict[str, tuple[int, int, int, int]]:
    """Return row, column, height and width of each cell with text."""
    table = next(block for block in document.blocks if isinstance(block, Table))
    return {
        cell.text: (cell.row, cell.column, cell.rowspan, cell.colspan)
        for cell in table.cells()
        if cell.text
    }


SPAN2 = '<w:gridSpan w:val="2"/>'
BEGIN = '<w:vMerge w:val="restart"/>'
GO_ON = "<w:vMerge/>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([tr(tc("甲"), tc("乙", SPAN2)), tr(tc("1"), tc("2"), tc("3"))], ["甲|乙|乙", "1|2|3"]),
        (
            [tr(tc("甲", BEGIN), tc("1")), tr(tc("隐", GO_ON), tc("2")), tr(tc("", GO_ON), tc("3"))],
            ["甲|1", "甲|2", "甲|3"],
        ),
        (
            [tr(tc("甲", BEGIN + SPAN2), tc("1")), tr(tc("", GO_ON + SPAN2), tc("2"))],
            ["甲|甲|1", "甲|甲|2"],
        ),
        ([tr(tc("甲", BEGIN + SPAN2)), tr(tc("乙", GO_ON), tc("2"))], ["甲|甲", "乙|2"]),
        ([tr(tc("甲", GO_ON)), tr(tc("", GO_ON))], ["甲", "甲"]),
        (
            [tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙"))],
            ["甲|甲|乙"],
        ),
        ([tr(tc("甲"), tc("乙"), tc("丙")), tr(tc("1"))], ["甲|乙|丙", "1||"]),
        ([tr(tc("甲"), tc("乙")), tr(tc("1"), properties='<w:gridBefore w:val="1"/>')], ["甲|乙", "|1"]),
        (
            [f"<w:sdt><w:sdtContent>{tr(tc('甲'))}</w:sdtContent></w:sdt>", tr(tc("乙"))],
            ["甲", "乙"],
        ),
        ([tr(f"<w:sdt><w:sdtContent>{tc('甲')}</w:sdtContent></w:sdt>", tc("乙"))], ["甲|乙"]),
        (["<w:tr><w:tc/><w:tc><w:p/></w:tc></w:tr>"], ["|"]),
        ([tr(tc("甲", '<w:gridSpan w:val="-4"/>'), tc("乙", '<w:gridSpan w:val="x"/>'))], ["甲|乙"]),
    ],
)  # fmt: skip
def test_grids(rows: list[str], expected: list[str]) -> None:
    assert grid(read(tbl(*rows))) == expected


def test_spans_of_merged_cells() -> None:
    document = read(
        tbl(
            tr(tc("甲", BEGIN), tc("乙", SPAN2)),
            tr(tc("", GO_ON), tc("丙"), tc("丁")),
        )
    )
    assert spans(document) == {
        "甲": (1, 1, 2, 1),
        "乙": (1, 2, 1, 2),
        "丙": (2, 2, 1, 1),
        "丁": (2, 3, 1, 1),
    }


def test_header_rows_are_the_leading_ones() -> None:
    repeated = "<w:tblHeader/>"
    rows = [tr(tc("甲"), properties=repeated)] * 2 + [
        tr(tc("乙")),
        tr(tc("丙"), properties=repeated),
    ]
    (table,) = read(tbl(*rows)).blocks
    assert isinstance(table, Table)
    assert table.header_rows == 2


def test_nested_tables_lie_in_their_cell() -> None:
    inner = tbl(tr(tc("内1"), tc("内2")))
    outer = tbl(tr(f"<w:tc>{p(r('外'))}{inner}{p()}</w:tc>", tc("乙")))
    document = read(outer + tbl(tr(tc("下"))))
    assert grid(document) == ["外\n内1\n内2|乙"]
    assert [block.index for block in document.blocks] == [1, 2]


def test_a_table_that_is_but_a_frame_gives_what_it_holds() -> None:
    inner = tbl(tr(tc("内1"), tc("内2")))
    document = read(tbl(tr(f"<w:tc>{p(r('题'))}{inner}{p()}</w:tc>")) + tbl(tr(tc("下"))))
    assert grid(document) == ["内1|内2"]
    assert [block.index for block in document.blocks if isinstance(block, Table)] == [1, 2]
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].text == "题"


def test_tables_without_rows_are_left_out() -> None:
    assert texts(read(tbl() + p(r("甲"))).blocks) == ["甲"]


def test_tables_too_large_are_refused() -> None:
    wide = tr(tc("甲", '<w:gridSpan w:val="99999999"/>'))
    narrow = tr("<w:tc/>") * 4000
    with pytest.raises(IntakeError, match="表格超过 100 万格"):
        read(tbl(wide, narrow))


# ------------------------------------------------------------------- text boxes and pictures


def box(*paragraphs: str) -> str:
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        f"<a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    document = read(p(r("前") + box(p(r("框1")), p(r("框2"))) + r("后")) + p(r("下")))
    assert texts(document.blocks) == ["前后", "框1", "框2", "下"]
    assert [block.index for block in document.blocks] == [1, 2, 3, 4]


def test_a_text_box_in_a_cell_stays_in_the_cell() -> None:
    cell = f"<w:tc>{p(r('甲') + box(p(r('框'))))}</w:tc>"
    assert grid(read(tbl(tr(cell)))) == ["甲\n框"]


def test_old_text_boxes() -> None:
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(r('框'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert texts(read(p(old)).blocks) == ["", "框"]


def test_pictures() -> None:
    photo = b"\x89PNG"
    key = f"{zlib.crc32(photo):08x}-4"
    picture = Picture("word/media/1.png", key, 360_000, 180_000)
    links = image_link("rId7", "media/1.png")
    body = p(image("rId7") + r("甲") + image("rId7"))
    assert only(body, links=links, parts={"word/media/1.png": photo}).pictures == (picture, picture)


def test_equal_pictures_have_equal_keys() -> None:
    links = (
        image_link("a", "media/1.png")
        + image_link("b", "/word/media/2.png")
        + image_link("c", "media/3.png")
    )
    parts: dict[str, str | bytes] = {
        f"word/media/{n}.png": data for n, data in ((1, b"xx"), (2, b"xx"), (3, b"yy"))
    }
    one, two, three = only(
        p(image("a") + image("b") + image("c")), links=links, parts=parts
    ).pictures
    assert one.key == two.key != three.key


def test_pictures_in_old_drawings_and_groups() -> None:
    links = image_link("rId7", "media/1.png")
    parts: dict[str, str | bytes] = {"word/media/1.png": b"x"}
    old = '<w:r><w:pict><v:shape style="width:72pt;height:1in"><v:imagedata r:id="rId7"/></v:shape></w:pict></w:r>'
    (picture,) = only(p(old), links=links, parts=parts).pictures
    assert (picture.width, picture.height) == (914_400, 914_400)
    member = ('<pic:pic><pic:blipFill><a:blip r:embed="rId7"/></pic:blipFill><pic:spPr><a:xfrm>'
              '<a:ext cx="11" cy="22"/></a:xfrm></pic:spPr></pic:pic>')  # fmt: skip
    group = (f'<w:r><w:drawing><wp:anchor><wp:extent cx="90" cy="90"/><wpg:wgp>{member}{member}</wpg:wgp>'
             "</wp:anchor></w:drawing></w:r>")  # fmt: skip
    assert [
        (item.width, item.height) for item in only(p(group), links=links, parts=parts).pictures
    ] == [(11, 22)] * 2


def test_missing_and_linked_pictures() -> None:
    links = image_link("out", "http://example.com/a.png", ' TargetMode="External"') + image_link(
        "gone", "media/9.png"
    )
    document = read(p(image("out") + image("gone") + image("none")), links=links)
    (paragraph,) = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert {(item.part, item.key) for item in paragraph.pictures} == {("", "")}
    assert document.external == ("http://example.com/a.png",)
    assert document.warnings == (
        "有 3 张图片不在文件中，没有读取：http://example.com/a.png、word/media/9.png、none",
    )


# -------------------------------------------------------------- contents, pages, other parts


def test_contents_by_style_field_and_control() -> None:
    toc = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    control = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p(r('丁'))}</w:sdtContent></w:sdt>"
    )
    body = (
        p(r("甲"), '<w:pStyle w:val="toc1"/>')
        + p(toc + r("乙"))
        + p(r("丙") + field("PAGEREF _1", r("3")))
        + p(r("丙末") + end)
        + control
        + p(field("PAGE", r("正文")))
    )
    found = {
        block.text: block.contents for block in read(body).blocks if isinstance(block, Paragraph)
    }
    assert found == {"甲": True, "乙": True, "丙3": True, "丙末": True, "丁": True, "正文": False}


def test_the_end_of_contents_does_not_claim_the_text_behind_it() -> None:
    toc = field("TOC", r("甲")).removesuffix('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    body = p(toc) + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("正文"))
    assert [block.contents for block in read(body).blocks if isinstance(block, Paragraph)] == [
        True,
        False,
    ]


NOTED = "<w:r><w:lastRenderedPageBreak/></w:r>"
SET = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (p(r("甲")) + p(SET) + p(r("乙")), [None, None, None]),
        (p(r("甲")) + p(NOTED + r("乙")), [1, 2]),
        (p(r("甲")) + p(r("乙") + NOTED + r("丙")) + p(r("丁")), [1, 1, 2]),
        (p(r("甲")) + p(SET) + p(NOTED + r("乙")) + p(NOTED + r("丙")), [1, 2, 2, 3]),
        (p(r("甲") + NOTED) + p(SET) + p(r("乙")), [1, 3, 3]),
        (p(r("甲")) + p(NOTED + r("乙"), "<w:pageBreakBefore/>") + p(r("丙")), [1, 2, 2]),
        (p(r("甲"), "<w:sectPr/>") + p(NOTED + r("乙")), [1, 2]),
        (
            p(r("甲") + NOTED, '<w:sectPr><w:type w:val="continuous"/></w:sectPr>') + p(r("乙")),
            [1, 2],
        ),
    ],
)
def test_pages(body: str, pages: list[int | None]) -> None:
    assert [block.page for block in read(body).blocks if isinstance(block, Paragraph)] == pages


def cell_pages(body: str) -> list[list[int | None]]:
    table = next(block for block in read(body).blocks if isinstance(block, Table))
    return [[cell.paragraphs[0].page for cell in row] for row in table.grid]


def test_pages_in_rows() -> None:
    def cell(content: str) -> str:
        return f"<w:tc>{p(content)}</w:tc>"

    split = tr(cell(r("甲") + NOTED + r("乙")), cell(r("丙") + NOTED + r("丁")))
    moved = tr(cell(NOTED + r("甲")), cell(r("乙")))
    moved_noted_twice = tr(cell(NOTED + r("甲")), cell(NOTED + r("乙")))
    after = tr(cell(r("末")), cell(r("末")))
    assert cell_pages(p(r("前")) + tbl(split, after)) == [[1, 1], [2, 2]]
    assert cell_pages(p(r("前")) + tbl(moved, after)) == [[2, 2], [2, 2]]
    assert cell_pages(p(r("前")) + tbl(moved_noted_twice, after)) == [[2, 2], [2, 2]]


def test_headers_comments_and_what_is_not_read() -> None:
    links = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in (
            ("header", "header1.xml"),
            ("footer", "footer1.xml"),
            ("comments", "comments.xml"),
            ("vbaProject", "vbaProject.bin"),
            ("chart", "charts/chart1.xml"),
        )
    )
    w = f'xmlns:w="{NAMES["w"]}"'
    settings = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/'
        'attachedTemplate" Target="http://example.com/t.dotm" TargetMode="External"/></Relationships>'
    )
    document = read(
        p(r("甲")),
        links=links,
        parts={
            "word/header1.xml": f"<w:hdr {w}>{p(r('页眉'))}{p()}{p(r('二行'))}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {w}>{p()}</w:ftr>",
            "word/comments.xml": f"<w:comments {w}><w:comment/><w:comment/></w:comments>",
            "word/_rels/settings.xml.rels": settings,
        },
    )
    assert document.margins == ("页眉\n二行",)
    assert document.comments == 2
    assert document.external == ("http://example.com/t.dotm",)
    assert document.warnings == ("文件含有宏，宏没有运行", "文件含有图表，其中的文字和数据没有读取")


def test_deep_nesting_does_not_end_in_a_crash() -> None:
    inner = p(r("底"))
    for _ in range(75):
        inner = tbl(tr(f"<w:tc>{inner}</w:tc>"))
    assert grid(read(inner)) == ["底"]
    with pytest.raises(IntakeError, match="不是正确的 XML"):
        read("<w:sdt>" * 300 + "</w:sdt>" * 300)


# ------------------------------------------------------------------------------- real files


def foreign() -> list[Path]:
    return [*sorted(SHARED.glob("corpus/word/*")), *sorted(SHARED.glob("samples/*.docx"))]


@pytest.mark.skipif(not foreign(), reason="../shared is not here")
def test_every_foreign_file_is_read_or_refused() -> None:
    read_files = 0
    for path in foreign():
        try:
            document = read_word(path, path.name)
        except IntakeError:
            continue
        read_files += bool(document.blocks)
    assert read_files >= len(foreign()) - 2


@pytest.mark.skipif(not foreign(), reason="../shared is not here")
def test_computed_numbers_agree_with_the_contents() -> None:
    document = read_word(SHARED / "samples" / "sample-06.docx", "sample-06.docx")
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    contents = {
        item.text.partition("\t")[0].replace(" ", "") for item in paragraphs if item.contents
    }
    headings = {
        item.number + item.text for item in paragraphs if item.level in (1, 2, 3) and item.number
    }
    assert len(headings) == 40
    assert {item.replace(" ", "") for item in headings} <= contents


def test_footnotes_and_endnotes_are_read_without_their_separators() -> None:
    w = f'xmlns:w="{NAMES["w"]}"'
    separator = f"<w:footnote w:type='separator' w:id='-1'>{p(r('——'))}</w:footnote>"
    links = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
        for kind in ("footnotes", "endnotes")
    )
    document = read(
        p(r("甲")),
        links=links,
        parts={
            "word/footnotes.xml": f"<w:footnotes {w}>{separator}"
            f"<w:footnote w:id='1'>{p(r('甲注'))}{p(r('二段'))}</w:footnote>"
            f"<w:footnote w:id='2'>{p(r('乙注'))}</w:footnote></w:footnotes>",
            "word/endnotes.xml": f"<w:endnotes {w}>"
            f"<w:endnote w:id='1'>{p(r('尾注'))}</w:endnote></w:endnotes>",
        },
    )
    assert document.margins == ("甲注\n二段\n乙注", "尾注")
