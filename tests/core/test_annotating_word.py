"""Comments in Word files of every make: at the very paragraph or cell, and nothing else changed."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from duibiao.document.model import Document, Paragraph
from duibiao.document.word import read_word
from duibiao.model.errors import IntakeError
from duibiao.model.location import Location
from duibiao.rendering.annotating.notes import Done
from duibiao.rendering.annotating.word import annotate_word, suffix_of
from duibiao.reports.waivers import Waived, Waiver
from duibiao.rules.definition import CannotJudge
from duibiao.rules.engine import Outcome, Status

from .annotated import comments, found, reporting
from .archives import packed

NAME = "材料.docx"
URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MARKS = re.compile(
    rb'<w:commentRangeStart w:id="\d+"/>|<w:commentRangeEnd w:id="\d+"/><w:r><w:commentReference w:id="\d+"/></w:r>'
)


def p(text: str = "", inside: str = "") -> str:
    return f"<w:p><w:pPr><w:jc w:val='left'/></w:pPr>{inside}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(*content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(content)}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def box(content: str) -> str:
    return (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<w:txbxContent>{content}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def main(body: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{prefix}="{uri}"'
        for prefix, uri in (
            ("w", URI),
            ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
            ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        )
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<w:document {spaces}><w:body>{body}<w:sectPr/></w:body></w:document>'.encode()


def file(
    document: bytes, more: Mapping[str, bytes] = {}, *, kind: str = f"{KIND}.document.main+xml"
) -> bytes:
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="x/y"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    rels = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types.encode(), "_rels/.rels": rels.encode()}
    return packed({**parts, "word/document.xml": document, **more})


def relations(*items: str) -> dict[str, bytes]:
    whole = f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(items)}</Relationships>'
    return {"word/_rels/document.xml.rels": whole.encode()}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def annotated(data: bytes, *at: Location, name: str = NAME) -> tuple[bytes, Done]:
    target = io.BytesIO()
    report = reporting(name, *(found(replace(one, file=name)) for one in at))
    done = annotate_word(data, name, report, target)
    return target.getvalue(), done


def place(document: Document, text: str) -> Location:
    """Where a text stands: the paragraph, or the cell."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text == text:
                return Location(paragraph=block.index)
        else:
            for cell in block.cells():
                if text in cell.text.split("\n"):
                    return Location(table=block.index, row=cell.row, column=cell.column)
    raise AssertionError(text)


IN_TABLES = tbl(
    tr(tc(p("甲一")), tc(p("甲二")), tc(p("甲三"))),
    tr(
        tc(p("乙一"), properties='<w:vMerge w:val="restart"/>'),
        tc(p("乙二"), properties='<w:gridSpan w:val="2"/>'),
    ),
    tr(tc(p("藏"), properties="<w:vMerge/>"), tc("<w:p/>"), tc(p("丙三"), p("丙四"))),
    tr(tc(tbl(tr(tc(p("内一")), tc(p("内二")))), "<w:p/>"), tc(p("丁二"))),
)


@pytest.mark.parametrize(
    ("body", "wanted", "text"),
    [
        (p("前") + p("中") + p("后"), "中", "中"),
        (p("前") + IN_TABLES, "甲二", "甲二"),
        (p("前") + tbl(tr(tc(p("别的")))) + IN_TABLES, "乙二", "乙二"),
        (IN_TABLES, "乙一", "乙一"),
        (IN_TABLES, "丙四", "丙三丙四"),
        (IN_TABLES, "内二", "内一内二"),
        (IN_TABLES, "丁二", "丁二"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>", "控件", "控件"),
        (tbl(f"<w:sdt><w:sdtContent>{tr(tc(p('行')))}</w:sdtContent></w:sdt>"), "行", "行"),
        (tbl(tr(f"<w:sdt><w:sdtContent>{tc(p('格'))}</w:sdtContent></w:sdt>")), "格", "格"),
        (p("", "<w:sdt><w:sdtContent><w:r><w:t>选</w:t></w:r></w:sdtContent></w:sdt>"), "选", "选"),
        (p("前") + box(p("框中")) + p("后"), "框中", "框中"),
        (tbl(tr(tc(box(p("格框")) + p("外")), tc(p("旁")))), "格框", "格框外"),
        (p("", "<w:ins w:id='9' w:author='a'><w:r><w:t>增</w:t></w:r></w:ins><w:del w:id='8' w:author='a'><w:r>"
                 "<w:delText>删</w:delText></w:r></w:del>"), "增", "增"),
        ("<w:p><w:pPr><w:rPr><w:del w:id='1' w:author='a'/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p>" + p("下"),
         "上下", "上下"),
        ("<w:p><w:r><w:t>无属性</w:t></w:r></w:p>", "无属性", "无属性"),
    ],
)  # fmt: skip
def test_the_very_paragraph_or_cell(body: str, wanted: str, text: str) -> None:
    data = file(main(body))
    at = place(read_word(data, NAME), wanted)

    made, done = annotated(data, at)

    summary, comment = comments(made)
    assert (comment.author, comment.text, done) == ("对标-不符合", text, Done(1, 0, ()))
    assert summary.author == "对标-审查结论"
    assert "txbxContent" not in comment.within
    kept = parts(made)["word/document.xml"]
    assert (
        MARKS.sub(b"", kept).replace(b"<w:p></w:p>", b"<w:p/>") == parts(data)["word/document.xml"]
    )


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (Location(table=1, row=3, column=2), ""),
        (Location(table=1, row=3), "丙三丙四"),
        (Location(table=1, row=1), "甲一甲二甲三"),
        (Location(table=1, row=2), "乙一乙二"),
        (Location(table=1), "甲一甲二甲三"),
        (Location(table=1, column=2), "甲二"),
        (Location(table=1, row=9, column=9), "内一内二丁二"),
        (Location(table=7, row=1, paragraph=1), "前"),
        (Location(table=1, row=4, column=3), "内一内二丁二"),
    ],
)
def test_rows_columns_and_what_holds_nothing(at: Location, text: str) -> None:
    made, _ = annotated(file(main(p("前") + IN_TABLES)), at)
    assert comments(made)[1].text == text


def test_everything_else_is_copied_byte_for_byte() -> None:
    body = (
        "<!-- 说明 --><?x y?>" + p("甲 &amp; 乙&#x4e19;") + '<w:p  w:rsidR = "a>b/"  />' + IN_TABLES
    )
    more = {
        "word/styles.xml": b"<x/>",
        "word/media/image1.jpeg": bytes(range(256)) * 9,
        "customXml/item1.xml": b"",
    }
    data = file(main(body), more)
    document = read_word(data, NAME)
    made, _ = annotated(data, Location(paragraph=1), Location(paragraph=2), place(document, "甲二"))

    before, after = parts(data), parts(made)
    changed = {name for name, content in before.items() if after[name] != content}
    assert changed == {"[Content_Types].xml", "word/document.xml"}
    assert after.keys() - before.keys() == {"word/comments.xml", "word/_rels/document.xml.rels"}
    kept = MARKS.sub(b"", after["word/document.xml"])
    assert kept == before["word/document.xml"].replace(b'"a>b/"  />', b'"a>b/"  ></w:p>')
    assert read_word(made, NAME).blocks == document.blocks
    assert [c.text for c in comments(made)] == ["甲 & 乙丙", "甲 & 乙丙", "", "甲二"]


def test_comments_that_are_there_stay() -> None:
    old = f'<w:comments xmlns:w="{URI}"><w:comment w:id="41" w:author="李工"><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:comment></w:comments>'
    marked = p("有", '<w:commentRangeStart w:id="41"/>').replace(
        "</w:p>", '<w:commentRangeEnd w:id="41"/><w:r><w:commentReference w:id="41"/></w:r></w:p>'
    )
    kept = {"word/notes9.xml": old.encode()}
    told = relations(f'<Relationship Id="rId1" Type="{OFFICE}/comments" Target="notes9.xml"/>')
    data = file(main(marked + p("新")), {**kept, **told})

    made, _ = annotated(data, Location(paragraph=2))

    after = parts(made)
    assert after.keys() == parts(data).keys()
    assert after["word/notes9.xml"].startswith(old.removesuffix("</w:comments>").encode())
    assert re.findall(rb'<w:comment w:id="(\d+)"', after["word/notes9.xml"]) == [
        b"41",
        b"42",
        b"43",
    ]
    assert read_word(made, NAME).comments == 3


@pytest.mark.parametrize(
    ("change", "uri"),
    [
        (lambda text: text.replace(URI, f"{STRICT}/wordprocessingml/main"), STRICT),
        (lambda text: text.replace("w:", "").replace("xmlns:w=", "xmlns=").replace("xmlns=", f'xmlns:w="{URI}" xmlns=', 1)
            .replace(" val=", " w:val="), URI),
        (lambda text: text.replace("w:", "字:").replace("xmlns:w=", "xmlns:字="), URI),
        (lambda text: text.replace('encoding="UTF-8"', 'encoding="UTF-16"'), URI),
        (lambda text: text.replace('encoding="UTF-8"', 'encoding="GB18030"'), URI),
        (lambda text: "\ufeff" + text, URI),
    ],
    ids=["strict", "no prefix", "another prefix", "UTF-16", "GB18030", "byte order mark"],
)  # fmt: skip
def test_every_way_to_write_xml(change: Callable[[str], str], uri: str) -> None:
    text = change(main(p("前") + tbl(tr(tc(p("格")), tc("<w:p/>")))).decode())
    told = re.search(r'encoding="([^"]+)"', text)
    data = file(text.encode(told[1] if told else "utf-8"))
    if uri == STRICT:
        entries = parts(data)
        entries["_rels/.rels"] = entries["_rels/.rels"].replace(
            OFFICE.encode(), f"{STRICT}/officeDocument/relationships".encode()
        )
        data = packed(entries)

    made, _ = annotated(
        data, Location(table=1, row=1, column=1), Location(table=1, row=1, column=2)
    )

    document = read_word(made, NAME)
    assert document.blocks == read_word(data, NAME).blocks
    assert document.comments == 3
    assert uri.encode() in parts(made)["word/comments.xml"]
    assert f'Type="{uri}'.encode() in parts(made)["word/_rels/document.xml.rels"].replace(
        OFFICE.encode(), URI.encode()
    )
    if uri == URI:
        assert [comment.text for comment in comments(made)] == ["前", "格", ""]


def test_what_has_no_place_in_the_body_stands_in_the_summary() -> None:
    data = file(main(p("封面") + p("正文")))
    at = Location(NAME, "四.1", "1. 企业基本信息", paragraph=2, quote="正文")
    report = reporting(
        NAME,
        found(Location(NAME, heading="页眉、页脚或脚注", quote="甲公司"), "页眉写着别的企业", at),
        found(replace(at, file="一厂一策.docx"), "方案不同"),
        found(at, "写错了", at, Location("别的.xlsx", sheet="表一", row=3)),
    )
    rule = report.outcomes[0].rule
    report = replace(
        report,
        outcomes=(
            *report.outcomes,
            Outcome(rule, Status.SKIPPED, unjudged=(CannotJudge(at, "没有写单位"),)),
            Outcome(replace(rule, code="DB-999"), Status.CRASHED, reason="KeyError"),
        ),
        warnings=("文件含有宏，宏没有运行",),
        waived=(
            Waived(found(at, "可以不写"), Waiver("DB-101", "上级同意", "王科长", date(2030, 1, 2))),
        ),
    )
    target = io.BytesIO()

    done = annotate_word(data, NAME, report, target)

    summary, beside, own = comments(target.getvalue())
    assert done == Done(1, 2, ())
    assert summary.text == "封面"
    assert summary.lines[0] == f"审查结论：{report.verdict.value}"
    assert summary.lines[-9:] == (
        "以下 2 条意见针对全文、页眉页脚或其他文件，在正文中没有对应位置：",
        "1. ［不符合］页眉、页脚或脚注 “甲公司”：页眉写着别的企业。办法：改成一致。（DB-101）",
        "2. ［不符合］《一厂一策.docx》1. 企业基本信息 “正文”：方案不同。办法：改成一致。（DB-101）",
        "已豁免的意见（1）：",
        "· ［不符合］1. 企业基本信息 “正文”：可以不写；王科长同意豁免，有效期至2030-01-02，理由：上级同意（DB-101）",
        "没有检查或不能判断的内容（3）：",
        "· 规则 DB-999 检查出错：KeyError",
        f"· 不能判断（{rule.code}）1. 企业基本信息 “正文”：没有写单位",
        "· 文件异常：文件含有宏，宏没有运行",
    )
    assert (beside.text, beside.lines) == (
        "正文",
        ("与另一处的意见有关：页眉写着别的企业", "见：页眉、页脚或脚注 “甲公司”", "编号：DB-101"),
    )
    assert (own.text, own.lines) == (
        "正文",
        (
            "问题：写错了",
            "办法：改成一致",
            "另见：1. 企业基本信息 “正文”",
            "另见：《别的.xlsx》工作表“表一”，第3行",
            "编号：DB-101",
        ),
    )


def test_the_same_input_gives_the_same_bytes_dated_by_the_day_of_the_law() -> None:
    data = file(main(p("甲")))
    made, _ = annotated(data, Location(paragraph=1))
    assert made == annotated(data, Location(paragraph=1))[0]
    day = reporting(NAME).judge.day
    assert {comment.date for comment in comments(made)} == {f"{day}T00:00:00Z"}


def test_hostile_words_are_words() -> None:
    data = file(main(p("甲")))
    target = io.BytesIO()
    message = "</w:t><b a='\"'>&amp;\x00\x1b\ud800\u202e]]>"
    annotate_word(data, NAME, reporting(NAME, found(Location(NAME, paragraph=1), message)), target)
    assert comments(target.getvalue())[1].lines[0] == "问题：</w:t><b a='\"'>&amp; ]]>"


def test_macros_and_signatures_are_kept_and_told() -> None:
    active = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro", "_xmlsignatures/sig1.xml": b"<s/>"}
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    data = file(main(p("甲")), active, kind=kind)

    made, done = annotated(data)

    assert active.items() <= parts(made).items()
    assert suffix_of(data, NAME) == suffix_of(made, NAME) == ".docm"
    assert done.remarks == (
        "文件带有数字签名；批注件加了批注，其中的签名不再有效，原件的签名不受影响",
        "文件含有宏，宏没有运行，在批注件中原样保留",
    )


def test_a_file_without_a_paragraph_is_refused() -> None:
    with pytest.raises(IntakeError, match="正文里没有段落，没有可以加批注的地方"):
        annotated(file(main("")))


def test_a_file_that_only_one_parser_understands_is_refused() -> None:
    body = main(p("甲")).replace(b"<w:sectPr/>", "<w:\u2c9f/>".encode())
    assert read_word(file(body), NAME).blocks
    with pytest.raises(IntakeError, match="XML 的写法特殊"):
        annotated(file(body))
