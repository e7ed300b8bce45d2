"""Word templates: docxtpl's language, values as they are, pictures, fields, bookmarks; the same bytes every time."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docxtpl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from duibiao.document.office import office_program, paginate
from duibiao.model.errors import BuildError
from duibiao.rendering.drawing import Drawing
from duibiao.rendering.engine import WordTemplate
from duibiao.rendering.inline import Raw, bookmark, pageref, seq
from duibiao.rendering.writing import written
from duibiao.testing.pictures import photo

from .templates import (
    PNG,
    W,
    blocks,
    body,
    cell,
    check_document,
    loaded,
    paragraph,
    part,
    read,
    rendered,
    table,
    template,
    text,
)

ROWS = [{"code": "DA001", "name": "窑头"}, {"code": "DA002", "name": "窑尾"}]
LANGUAGE: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "values": (("企业：{{ name }}，等级{{ grade }}",), {"name": "豫东 & <水泥>", "grade": "A"}),
    "a tag in pieces": (
        (paragraph("企业：{", "{ na", "me ", "}", "}。", properties="<w:b/>"),),
        {"name": "豫东水泥"},
    ),
    "a statement in pieces": ((paragraph("甲{", "% i", "f x %", "}乙{% end", "if %}丙"),), {"x": 0}),
    "quotes as Word writes them": (("{{ “甲” }}{{ ‘乙’ }}{% if a < 2 and 3 > a %}丙{% endif %}",), {"a": 1}),
    "if in a paragraph": (("甲{% if x %}乙{% else %}丙{% endif %}",), {"x": []}),
    "if over paragraphs": (("甲", "{%p if x %}", "乙", "{%p else %}", "丙", "{%p endif %}", "丁"), {"x": 1}),
    "if without a letter over paragraphs": (("甲{% if x %}乙", "丙{% endif %}丁"), {"x": 1}),
    "for over paragraphs": (("{%p for a in xs %}", "第{{ loop.index }}：{{ a }}", "{%p endfor %}"), {"xs": "甲乙"}),
    "for in a paragraph": (("{% for a in xs %}{{ a }}{% if not loop.last %}、{% endif %}{% endfor %}",), {"xs": [1, 2]}),
    "set": (("{% set a = x * 2 %}{{ a }}",), {"x": 3}),
    "a comment": (("甲{# 说明 #}乙", "{#p 整段 #}", "丙"), {}),
    "runs": ((paragraph("甲{%r if x %}", "乙", "{%r endif %}丙"),), {"x": 1}),
    "merging with the paragraph before": (("甲", "{%- if x %}", "乙", "{% endif -%}", "丙"), {"x": 1}),
    "braces": (("{_{ 甲 }_} {_% 乙 %_}",), {}),
    "rows": (
        (table(("编号", "名称"), ("{%tr for r in rows %}", ""), ("{{ r.code }}", "{{ r.name }}"), ("{%tr endfor %}", "")),),
        {"rows": ROWS},
    ),
    "columns": (
        (table(("{%tc for r in rows %}", "{{ r.code }}", "{%tc endfor %}"), widths=(900, 900, 900)),),
        {"rows": [*ROWS, *ROWS]},
    ),
    "fewer columns": (
        (table(("{%tc for r in rows %}", "{{ r.code }}", "{%tc endfor %}"), widths=(900, 900, 900)),),
        {"rows": ROWS[:1]},
    ),
    "colspan": (
        (table(("{% colspan rows|length %}甲",), ("{%tc for r in rows %}", "{{ r.code }}", "{%tc endfor %}")),),
        {"rows": ROWS},
    ),
    "cell colour": ((table(("{% cellbg colour %}甲", "乙")),), {"colour": "FF0000"}),
    "vertical merge": (
        (
            table(
                ("{%tr for r in rows %}", ""),
                ("{% vm %}{{ title }}", "{{ r.code }}"),
                ("{%tr endfor %}", ""),
            ),
        ),
        {"rows": ROWS, "title": "排放口"},
    ),
    "horizontal merge": (
        (
            table(
                ("{%tc for r in rows %}", "{% hm %}{{ title }}", "{%tc endfor %}"),
                ("{%tc for r in rows %}", "{{ r.code }}", "{%tc endfor %}"),
            ),
        ),
        {"rows": ROWS, "title": "排放口"},
    ),
    "a table in a loop": (
        (
            "{%p for r in rows %}",
            table(("编号", "{{ r.code }}"), ("名称", "{{ r.name }}")),
            "",
            "{%p endfor %}",
        ),
        {"rows": ROWS},
    ),
    "a table in a cell": (
        (table((table(("{%tr for r in rows %}",), ("{{ r.code }}",), ("{%tr endfor %}",)) + paragraph(""), "乙")),),
        {"rows": ROWS},
    ),
    "a macro": (
        (
            "{%p macro line(a) %}",
            "〔{{ a }}〕",
            "{%p endmacro %}",
            "{%p for r in rows %}",
            "{{p line(r.code) }}",
            "{%p endfor %}",
        ),
        {"rows": ROWS},
    ),
}  # fmt: skip


def by_docxtpl(data: bytes, context: dict[str, Any]) -> bytes:
    made = docxtpl.DocxTemplate(io.BytesIO(data))
    made.render(context, autoescape=True)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


@pytest.mark.parametrize("case", LANGUAGE)
def test_language_is_that_of_docxtpl(case: str, tmp_path: Path) -> None:
    given_blocks, context = LANGUAGE[case]
    data = template(*given_blocks)
    context = {name: list(value) if name == "xs" else value for name, value in context.items()}
    ours = rendered(tmp_path, data, context)
    assert read(ours) == read(by_docxtpl(data, context))
    assert blocks(ours), "something is printed"


def test_all_parts_are_rendered(tmp_path: Path) -> None:
    note = '<w:footnote w:id="1">{}</w:footnote>'
    parts = {
        "header": paragraph("页眉{{ name }}"),
        "footer": paragraph("页脚{% if name %}有{% endif %}")
        + table(("{{ name }}",))
        + paragraph(""),
        "footnotes": note.format(paragraph("脚注{{ name }}")),
        "endnotes": note.replace("footnote", "endnote").format(paragraph("尾注{{ name }}")),
    }
    made = rendered(tmp_path, template("正文{{ name }}", parts=parts), {"name": "<甲>"})
    assert blocks(made) == ["正文<甲>"]
    assert read(made)[1] == ("页眉<甲>", "页脚有\n<甲>", "脚注<甲>", "尾注<甲>")


def test_values(tmp_path: Path) -> None:
    values = [
        "甲\n乙\t丙",
        None,
        0,
        1.5,
        Decimal("0.10"),
        date(2024, 5, 1),
        True,
        " 前后 ",
        "\x00\x0b\ufffe完",
    ]
    made = rendered(
        tmp_path, template("{%p for v in vs %}", "〔{{ v }}〕", "{%p endfor %}"), {"vs": values}
    )
    assert blocks(made) == [
        "〔甲\n乙\t丙〕", "〔〕", "〔0〕", "〔1.5〕", "〔0.10〕", "〔2024-05-01〕", "〔True〕", "〔 前后 〕", "〔\n完〕",
    ]  # fmt: skip


def test_escaping_filters_change_nothing(tmp_path: Path) -> None:
    data = template("{{ a|e }}{{ a|escape }}{{ a|safe }}{{ a }}{{ a ~ '&' }}{{ [a, a]|join('&') }}")
    assert blocks(rendered(tmp_path, data, {"a": "<b>"})) == ["<b>" * 4 + "<b>&" + "<b>&<b>"]


def test_words_that_are_set(tmp_path: Path) -> None:
    tags = "{% set x %}〔{{ a }}&{% for b in bs %}{{ b }}{% endfor %}〕{% endset %}{{ x }}{{ x|upper|replace('A', '<') }}"
    data = template(tags, "{{p x }}", paragraph("{{r x }}"), table(("{% cellbg x %}甲", "乙")))
    made = rendered(tmp_path, data, {"a": "<a>\n", "bs": [1, "z"]})
    assert blocks(made)[:3] == ["〔<a>\n&1z〕〔<<>\n&1Z〕", "〔<a>\n&1z〕", "〔<a>\n&1z〕"]
    assert 'w:fill="〔&lt;a&gt;\n&amp;1z〕"' in body(made)


def test_text_in_attributes_stays_text(tmp_path: Path) -> None:
    data = template(table(("{% cellbg colour %}甲", "乙")))
    made = rendered(tmp_path, data, {"colour": 'x"/><w:evil a="\n&'})
    assert 'w:fill="x&quot;/&gt;&lt;w:evil a=&quot;\n&amp;"' in body(made)


def test_properties_of_cells_keep_their_order(tmp_path: Path) -> None:
    data = template(table(("{%tr for a in xs %}", ""), ("{% vm %}{% colspan 1 %}{% cellbg 'FF0000' %}甲", "乙"), ("{%tr endfor %}", "")))  # fmt: skip
    root = etree.fromstring(part(rendered(tmp_path, data, {"xs": [1, 2]})).encode())
    orders = [
        [etree.QName(item).localname for item in properties]
        for properties in root.iter(f"{{{W}}}tcPr")
    ]
    assert orders == [["tcW", "gridSpan", "vMerge", "shd", "vAlign"], ["tcW", "vAlign"]] * 2


def test_columns_of_a_table_share_its_width(tmp_path: Path) -> None:
    data = template(
        table(("{%tc for r in rows %}", "{{ r }}", "{%tc endfor %}"), widths=(900, 900, 900))
    )
    grids = {
        count: re.findall(
            r'<w:gridCol w:w="(\d+)"/>', body(rendered(tmp_path, data, {"rows": [1] * count}))
        )
        for count in (1, 3, 6)
    }
    assert grids == {1: ["2700"], 3: ["900"] * 3, 6: ["450"] * 6}


# --------------------------------------------------------------------------------------- pictures


def drawing(data: bytes = PNG, name: str = "照片", **more: Any) -> Drawing:
    return Drawing(lambda: (data, ".png"), 3_600_000, 1_800_000, name, **more)


def test_pictures_are_those_of_docxtpl(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    data = template("前{{ a }}后", table(("{{ a }}", "{{ b }}")), "")
    theirs = docxtpl.DocxTemplate(io.BytesIO(data))
    other = tmp_path / "b.png"
    other.write_bytes(photo("two"))
    size = {"width": 3_600_000, "height": 1_800_000}
    theirs.render(
        {
            name: docxtpl.InlineImage(theirs, str(file), **size)
            for name, file in (("a", path), ("b", other))
        }
    )
    target = io.BytesIO()
    theirs.save(target)
    ours = rendered(tmp_path, data, {"a": drawing(), "b": drawing(photo("two"))})
    assert read(ours) == read(target.getvalue())


def test_pictures_are_stored_once_and_uncompressed(tmp_path: Path) -> None:
    same = drawing()
    reads: list[str] = []

    def read_two() -> tuple[bytes, str]:
        reads.append("two")
        return photo("two"), ".jpg"

    context = {
        "a": same,
        "b": same,
        "c": drawing(name="另一张"),
        "d": Drawing(read_two, 9, 9, 'x"<y>', "说明&"),
    }
    parts = {"header": paragraph("{{ a }}{{ d }}")}
    made = rendered(tmp_path, template("{{ a }}{{ b }}{{ c }}{{ d }}", parts=parts), context)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        media = {item.filename: item for item in archive.infolist() if "media" in item.filename}
        assert {name: archive.read(name) for name in media} == {
            "word/media/photo1.png": PNG,
            "word/media/photo2.jpg": photo("two"),
        }
        assert {item.compress_type for item in media.values()} == {zipfile.ZIP_STORED}
        assert archive.read("word/_rels/header.xml.rels").decode().count("media/photo") == 2
        types = archive.read("[Content_Types].xml").decode()
    assert {kind: f'Extension="{kind}"' in types for kind in ("jpg", "jpeg", "png")} == dict.fromkeys(("jpg", "jpeg", "png"), True)  # fmt: skip
    assert reads == ["two"]
    assert 'name=\'x"&lt;y&gt;\' descr="说明&amp;"' in body(made)


def test_pictures_of_the_template_stay(tmp_path: Path) -> None:
    logo = paragraph(
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="9" cy="9"/><wp:docPr id="1" name="{{ name }}"/></wp:inline></w:drawing></w:r>'
    )
    data = template(
        "{%p for a in xs %}", logo, "{{ a }}", "{%p endfor %}", more={"word/media/photo9.png": PNG}
    )
    made = rendered(tmp_path, data, {"xs": [drawing(), drawing(photo("two"))], "name": "标志<1>"})
    assert re.findall(r'<wp:docPr id="(\d+)" name="([^"]*)"', body(made)) == [
        ("1", "标志&lt;1&gt;"), ("2", "照片"), ("3", "标志&lt;1&gt;"), ("4", "照片"),
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read("word/media/photo9.png") == PNG
        assert archive.read("word/media/photo_1.png") == PNG


def test_a_picture_that_cannot_be_read(tmp_path: Path) -> None:
    def gone() -> tuple[bytes, str]:
        raise FileNotFoundError

    ready = loaded(tmp_path, template("{{ a }}"))
    for read_it, message in (
        (gone, "无法读取图片“照片”（文件不存在）；请检查证据文件是否还在、能否打开"),
        (lambda: (PNG, ".gif"), "图片“照片”的格式是“.gif”；请改用 .jpg 或 .png"),
    ):
        with pytest.raises(BuildError) as caught:
            ready.render({"a": Drawing(read_it, 1, 1, "照片")}, io.BytesIO())
        assert str(caught.value) == message
    with pytest.raises(ValueError, match="0 × 5"):
        Drawing(gone, 0, 5, "")


# ------------------------------------------------------------------------------ fields, bookmarks


def test_fields_and_bookmarks_look_like_their_run(tmp_path: Path) -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    data = template(paragraph("见{{ pageref('sec_1', 7) }}页", properties="<w:b/>"))

    def char(kind: str) -> str:
        return f'<w:r>{bold}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    words = '<w:t xml:space="preserve">'
    assert body(rendered(tmp_path, data, {})) == (
        f"<w:p><w:r>{bold}{words}见</w:t></w:r>{char('begin')}"
        f'<w:r>{bold}<w:instrText xml:space="preserve"> PAGEREF sec_1 \\h </w:instrText></w:r>{char("separate")}'
        f"<w:r>{bold}{words}7</w:t></w:r>{char('end')}<w:r>{bold}{words}页</w:t></w:r></w:p>"
    )
    data = template(
        "{%p for s in xs %}",
        paragraph("{{ bookmark(s.mark, s.title) }}"),
        "{%p endfor %}",
        "{{ end }}图{{ n }}",
    )
    sections = [
        {"mark": "sec_1", "title": "甲<1>"},
        {"mark": "sec_2", "title": bookmark("inner", pageref("sec_1"))},
    ]
    made = rendered(tmp_path, data, {"xs": sections, "end": bookmark("end_2"), "n": seq("图", 3)})
    assert blocks(made) == ["甲<1>", "0", "图3"]
    assert re.findall(r'<w:bookmark(Start|End) w:id="(\d)"(?: w:name="(\w+)")?/>', body(made)) == [
        ("Start", "1", "sec_1"), ("End", "1", ""),
        ("Start", "2", "sec_2"), ("Start", "3", "inner"), ("End", "3", ""), ("End", "2", ""),
        ("Start", "4", "end_2"), ("End", "4", ""),
    ]  # fmt: skip
    assert " SEQ 图 \\* ARABIC " in body(made)


def test_bookmarks_of_the_template(tmp_path: Path) -> None:
    def marked(number: int, name: str) -> str:
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return paragraph(start, "甲", f'<w:bookmarkEnd w:id="{number}"/>', "{{ bookmark(m) }}")

    data = template(
        marked(0, "_GoBack"),
        marked(7, "mine"),
        "{%p for m in xs %}",
        marked(9, "_Hlk"),
        "{%p endfor %}",
    )
    with pytest.raises(Exception, match="书签“a”出现了两次"):
        rendered(tmp_path, data, {"m": "a", "xs": ["b"]})
    data = data_without = template(
        marked(7, "mine"), "{%p for m in xs %}", marked(9, "_Hlk"), "{%p endfor %}"
    )
    made = rendered(tmp_path, data_without, {"m": "a", "xs": ["b", "c"]})
    assert data is data_without
    assert re.findall(r'Start w:id="(\d+)" w:name="(\w+)"', body(made)) == [("7", "mine"), ("10", "a"), ("11", "b"), ("12", "c")]  # fmt: skip


def test_raw_xml_by_place(tmp_path: Path) -> None:
    data = template(
        "甲{{ run }}乙",
        paragraph("{{r run }}"),
        "{{p block }}",
        "{{p words }}",
        table(("头",), ("{{tr row }}",)),
    )
    row = Raw(f"<w:tr>{cell('行')}</w:tr>")
    context = {
        "run": Raw(text("跑")),
        "block": Raw(paragraph("段") + table(("格",))),
        "words": "字",
        "row": row,
    }
    assert blocks(rendered(tmp_path, data, context)) == [
        "甲跑乙",
        "跑",
        "段",
        [["格"]],
        "字",
        [["头"], ["行"]],
    ]


# ------------------------------------------------------------------------------------------ files


def test_same_input_same_bytes_in_another_process(tmp_path: Path) -> None:
    data = template("{{ a }}{{ photo }}", parts={"header": paragraph("{{ a }}")})
    context = {"a": "甲", "photo": drawing()}
    first = rendered(tmp_path, data, context, properties={"title": "申报"})
    assert rendered(tmp_path, data, context, properties={"title": "申报"}) == first
    program = (
        "import sys, io; from pathlib import Path; from duibiao.rendering.engine import WordTemplate;"
        "from duibiao.rendering.drawing import Drawing; from duibiao.testing.pictures import photo;"
        "t = io.BytesIO(); WordTemplate.load(Path(sys.argv[1])).render({'a': '甲', 'photo':"
        " Drawing(lambda: (photo('one'), '.png'), 3600000, 1800000, '照片')}, t, properties={'title': '申报'});"
        "sys.stdout.buffer.write(t.getvalue())"
    )
    again = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "模板.docx"], capture_output=True, check=True
    )
    assert again.stdout == first


def test_properties_of_the_document(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    old = f'<cp:coreProperties xmlns:cp="{kind}"><cp:revision>7</cp:revision></cp:coreProperties>'
    data = template("甲", more={"docProps/core.xml": old})
    made = rendered(tmp_path, data, {}, properties={"title": "申报 & 材料", "creator": "豫东水泥"})
    root = etree.fromstring(part(made, "docProps/core.xml").encode())
    assert [(etree.QName(item).localname, item.text) for item in root] == [
        ("title", "申报 & 材料"), ("creator", "豫东水泥"), ("created", "2000-01-01T00:00:00Z"), ("modified", "2000-01-01T00:00:00Z"),
    ]  # fmt: skip
    assert part(made, "_rels/.rels").count("core-properties") == 1


def test_what_is_not_rendered_is_copied(tmp_path: Path) -> None:
    styles = f'<w:styles xmlns:w="{W}"/>'.encode() + b" " * 5000
    with zipfile.ZipFile(io.BytesIO(template("甲", more={"word/styles.xml": styles}))) as archive:
        packed = archive.getinfo("word/styles.xml").compress_size
    made = rendered(tmp_path, template("甲", more={"word/styles.xml": styles}), {})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read("word/styles.xml") == styles
        assert archive.getinfo("word/styles.xml").compress_size == packed


def test_what_word_notes_for_itself_is_left_out(tmp_path: Path) -> None:
    word14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ids = f'w:rsidR="00A1" {word14} w14:paraId="1F"'
    data = template(
        f'<w:p {ids}><w:proofErr w:type="spellStart"/><w:r w:rsidRPr="00B2"><w:t>甲</w:t></w:r></w:p>'
    )
    assert body(rendered(tmp_path, data, {})) == f"<w:p {word14}><w:r><w:t>甲</w:t></w:r></w:p>"


def test_a_template_file_of_word_gives_a_document(tmp_path: Path) -> None:
    types = part(template("甲"), "[Content_Types].xml").replace("document.main", "template.main")
    made = rendered(tmp_path, template("{{ a }}", more={"[Content_Types].xml": types}), {"a": "乙"})
    assert blocks(made) == ["乙"]
    assert "template.main" not in part(made, "[Content_Types].xml")


def test_an_attached_template_is_left_behind(tmp_path: Path) -> None:
    relations = part(template("甲"), "_rels/.rels")
    settings_link = relations.replace('officeDocument"', 'settings"').replace(
        "word/document.xml", "settings.xml"
    )
    attached = relations.replace('officeDocument"', 'attachedTemplate"').replace(
        'Target="word/document.xml"', 'Target="http://example.org/a.dotm" TargetMode="External"'
    )
    more = {
        "word/_rels/document.xml.rels": settings_link,
        "word/settings.xml": f'<w:settings xmlns:w="{W}" xmlns:r="r"><w:attachedTemplate r:id="rId1"/><w:zoom/></w:settings>',
        "word/_rels/settings.xml.rels": attached,
    }
    made = rendered(tmp_path, template("甲", more=more), {})
    assert part(made, "word/settings.xml").endswith("<w:zoom/></w:settings>")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "word/_rels/settings.xml.rels" not in archive.namelist()


def test_written_at_once_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "成果" / "材料.docx"
    ready = loaded(tmp_path, template("{{ a }}"))
    with written(path) as target:
        ready.render({"a": "甲"}, target)
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        fail_in_the_middle(path)
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir()] == ["材料.docx"]
    with pytest.raises(BuildError) as caught, written(path / "x.docx"):
        pass
    assert (
        str(caught.value)
        == f"无法写入 {path / 'x.docx'}（路径中有同名的文件）；请检查磁盘空间和权限，或换一个文件夹"
    )


def fail_in_the_middle(path: Path) -> None:
    with written(path) as target:
        target.write(b"half")
        raise RuntimeError


def test_killed_in_the_middle_leaves_no_target(tmp_path: Path) -> None:
    path = tmp_path / "材料.docx"
    loaded(tmp_path, template("{{ a }}{{ photo }}"))
    program = (
        "import os, signal, sys; from pathlib import Path; from duibiao.rendering.engine import WordTemplate;"
        "from duibiao.rendering.drawing import Drawing; from duibiao.rendering.writing import written\n"
        "def read():\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "with written(Path(sys.argv[2])) as target:\n"
        "    WordTemplate.load(Path(sys.argv[1])).render({'a': '甲', 'photo': Drawing(read, 9, 9, 'x')}, target)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "模板.docx", path], capture_output=True
    )
    assert ended.returncode == -9
    assert not path.exists()


@pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    data = template(
        paragraph("{{ bookmark('sec_1', title) }}"),
        table(("{%tr for r in rows %}", ""), ("{{ r.code }}", "{{ r.photo }}"), ("{%tr endfor %}", "")),
        "见第{{ pageref('sec_1', 9) }}页",
        parts={"header": paragraph("{{ title }}")},
    )  # fmt: skip
    rows = [{"code": f"DA{number:03}", "photo": drawing(photo(str(number)))} for number in range(3)]
    pdf = paginate(rendered(tmp_path, data, {"title": "申报材料", "rows": rows}), "a.docx")
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as opened:
        words = opened[0].get_textpage().get_text_bounded()
        pictures = [item for item in opened[0].get_objects() if item.type == 3]
    assert re.sub(r"\s+", "", words) == "申报材料申报材料DA000DA001DA002见第1页"
    assert len(pictures) == 3


# ------------------------------------------------------------------------------------- properties

ANY = st.text(st.characters(codec=None), max_size=60)


@pytest.fixture(scope="module")
def anywhere() -> Callable[[str, object], bytes]:
    data = template("{{ a }}", table(("{{ a }}", "{{ '〔' ~ a ~ '〕' }}")), "{{p a }}")
    with tempfile.TemporaryDirectory() as folder:
        ready: WordTemplate = loaded(Path(folder), data)

    def render(name: str, value: object) -> bytes:
        target = io.BytesIO()
        ready.render({name: value}, target)
        check_document(target.getvalue())
        return target.getvalue()

    return render


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    words=st.one_of(
        ANY, ANY.map(lambda text: text * 2000), st.text("<>&\"'\n\t\r{}%#]", max_size=30)
    )
)
def test_any_text_survives_exactly(words: str, anywhere: Callable[[str, object], bytes]) -> None:
    kept = re.sub("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", words)
    kept = re.sub("\r\n|\r|\v", "\n", kept)
    root = etree.fromstring(part(anywhere("a", words)).encode(), etree.XMLParser(huge_tree=True))
    found = ["".join(map(_letters, item.iter())) for item in root.iter(f"{{{W}}}p")]
    assert found == [kept, kept, f"〔{kept}〕", *([kept] if words else [])]


def _letters(element: etree._Element) -> str:
    name = etree.QName(element).localname
    return {"br": "\n", "tab": "\t", "t": element.text or ""}.get(name, "")
