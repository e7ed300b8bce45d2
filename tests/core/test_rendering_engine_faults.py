"""What is wrong with a template is told with its place and with what to do, all of it, in Chinese."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duibiao.model.errors import TemplateError
from duibiao.rendering.drawing import Drawing
from duibiao.rendering.engine import WordTemplate
from duibiao.rendering.inline import Raw, pageref
from duibiao.rendering.templating.schema import Schema

from .templates import ROOT, W, check_document, loaded, paragraph, part, table, template

NO_CONTENT: dict[str, Any] = {}
BOX = f"<w:r><w:pict><w:txbxContent>{paragraph('{{ a')}</w:txbxContent></w:pict></w:r>"
SHAPE = "请核对这里的标签，使成对的标签管到同一级的内容"
MISSING = "请核对名称，或用 {% if … is defined %} 判断"
RESAVE = "请用 Word 或 WPS 打开核对，另存为普通的 .docx 再使用"

LOADING: dict[str, tuple[tuple[str, ...], str]] = {
    "not closed": (
        ("甲", "企业 {{ name"),
        "正文第2段（“企业 {{ name”）：“{{ name”没有结束的“}}”。请在本段内补上“}}”；确实要印出“{{”时请写“{_{”。",
    ),
    "crossed": (
        ("甲{% if x %乙{% endif %}",),
        "正文第1段（“甲{% if x %乙{% endif %}”）：“{% if x %乙”没有结束的“%}”。请在本段内补上“%}”；确实要印出“{%”时请写“{_%”。",
    ),
    "full width": (
        ("企业｛｛name｝｝",),
        "正文第1段（“企业｛｛name｝｝”）：“｛｛”不是成对的半角标签。标签要用半角的 {{ … }} 或 {% … %} 写完整。",
    ),
    "only the end": (
        ("企业 name}}",),
        "正文第1段（“企业 name}}”）：“}}”不是成对的半角标签。标签要用半角的 {{ … }} 或 {% … %} 写完整。",
    ),
    "loop without end": (
        ("甲", table(("序号", "名称"), ("{%tr for r in rows %}", ""), ("{{ r }}", ""))),
        "正文第1个表格第2行第1格（“{%tr for r in rows %}”）：{%tr for r in rows %} 没有结束标签。请在它管到的内容之后补上 {%tr endfor %}。",
    ),
    "end without loop": (
        ("甲{% endif %}",),
        "正文第1段（“甲{% endif %}”）：{% endif %} 之前没有对应的 if。请补上开始标签，或去掉它。",
    ),
    "crossed pairs": (
        ("{%p for a in b %}", "{%p if c %}", "{%p endfor %}", "{%p endif %}"),
        "正文第3段（“{%p endfor %}”）：{%p endfor %} 之前，正文第2段的 {%p if c %} 还没有结束。请先补上 {%p endif %}。",
    ),
    "pairs of two levels": (
        ("{%p for r in rows %}", table(("{%tr endfor %}",))),
        "正文第1个表格第1行第1格（“{%tr endfor %}”）：{%tr endfor %} 与正文第1段的 {%p for r in rows %} 不同级。"
        "请把它写成 {%p endfor %}，使成对的标签都替换同一级内容。",
    ),
    "from a paragraph into a table": (
        ("{% if r %}", table(("甲{% endif %}",)), ""),
        f"正文第1段（“{{% if r %}}”）：成对的标签不在同一层（例如一个在表格里，一个在表格外），文件会损坏。{SHAPE}。",
    ),
    "text that would be lost": (
        ("甲{%p if x %}", "{%p endif %}"),
        "正文第1段（“甲{%p if x %}”）：{%p if x %} 会替换整个段落，其中的“甲”会丢失。请让它独占一个段落。",
    ),
    "cells that would be lost": (
        (table(("{%tr for a in b %}", "乙"), ("{%tr endfor %}", "")),),
        "正文第1个表格第1行第1格（“{%tr for a in b %}”）：{%tr for a in b %} 会替换整个表格行，其中的“乙”会丢失。请让它独占一个表格行。",
    ),
    "row outside a table": (
        ("{%tr for a in b %}", "{%tr endfor %}"),
        "正文第1段（“{%tr for a in b %}”）：{%tr for a in b %} 不在表格里。请移到表格里，或改用 {%p …%}。",
    ),
    "merge outside a table": (
        ("{% vm %}",),
        "正文第1段（“{% vm %}”）：{% vm %} 只能用在表格的单元格里。请移到单元格里，或去掉它。",
    ),
    "merge outside a loop": (
        (table(("{% vm %}甲",)),),
        "正文第1个表格第1行第1格（“{% vm %}甲”）：{% vm %} 只能用在循环里。请放到 for 和 endfor 之间。",
    ),
    "percent": (
        ("{%p if a % 2 %}", "{%p endif %}"),
        "正文第1段（“{%p if a % 2 %}”）：{%p if a % 2 %} 里有 % 或 }，这种标签里不能用。请先用 {% set %} 算好再用。",
    ),
    "unknown statement": (
        ("{% fr a in b %}",),
        "正文第1段（“{% fr a in b %}”）：不认识的标签 {% fr a in b %}。请核对写法，例如 {% if … %}、{%p for … %}。",
    ),
    "other files": (
        ('{% include "/etc/passwd" %}',),
        '正文第1段（“{% include "/etc/passwd" %}”）：模板里不能用 {% include "/etc/passwd" %}。请去掉它。',
    ),
    "two values": (
        ("{{ a b }}",),
        "正文第1段（“{{ a b }}”）：写法不完整：“b”处应为“}}”。请核对标签的写法。",
    ),
    "full-width comma": (
        ("{{ bookmark(a，b) }}",),
        "正文第1段（“{{ bookmark(a，b) }}”）：有不能用在标签里的字符“，”。引号、括号和逗号请用半角。",
    ),
    "nothing": (("{{ }}",), "正文第1段（“{{ }}”）：标签写法有误，无法理解。请核对标签的写法。"),
    "unknown filter": (
        (table(("甲", "{% if x %}{{ a|uper }}{% endif %}")),),
        "正文第1个表格第1行第2格（“{% if x %}{{ a|uper }}{% endif %}”）：没有名为“uper”的过滤器。请核对是否应为“upper”。",
    ),
    "unknown test": (
        ("{% if a is full %}{% endif %}",),
        "正文第1段（“{% if a is full %}{% endif %}”）：没有名为“full”的判断。请换一种写法。",
    ),
    "inside of Python": (
        ("{{ a.__class__ }}",),
        "正文第1段（“{{ a.__class__ }}”）：模板里不能用“__class__”。请去掉它。",
    ),
    "text box": (
        (paragraph("甲", BOX),),
        "正文第1段的文本框第1段（“{{ a”）：“{{ a”没有结束的“}}”。请在本段内补上“}}”；确实要印出“{{”时请写“{_{”。",
    ),
    "table in a cell": (
        (table((table(("甲", "{{ a")) + paragraph(""), "乙")),),
        "正文第1个表格第1行第1格第1个表格第1行第2格（“{{ a”）：“{{ a”没有结束的“}}”。请在本段内补上“}}”；确实要印出“{{”时请写“{_{”。",
    ),
    "macro elsewhere": (
        ("{%p macro m() %}", "甲", "{%p endmacro %}", "{{ m() }}"),
        "正文第4段（“{{ m() }}”）：宏 m 的内容不能放在这里。请在与定义处同一级的地方调用（都带 p、都带 tr，或都在文字里）。",
    ),
    "paragraphs that are set": (
        ("{%p set a %}", "甲", "{%p endset %}"),
        "正文第1段（“{%p set a %}”）：{% set %} 的内容只能是一个段落里的文字。请把开始和结束标签放进同一段文字。",
    ),
    "macro in a filter": (
        ("{% macro m() %}{% endmacro %}{{ m()|upper }}",),
        "正文第1段（“{% macro m() %}{% endmacro %}{{ m()|upper }}”）：宏 m 只能单独调用。请写成 {{ m(…) }}，不与别的内容合用。",
    ),
}

DEEP = "标签套得太深。请减少层数，或拆成几段。"

RENDERING: dict[str, tuple[tuple[str, ...], dict[str, Any], str]] = {
    "variable": (
        ("企业：{{ nam }}",),
        {"name": 1},
        f"正文第1段（“企业：{{{{ nam }}}}”）：没有名为“nam”的变量。{MISSING}。",
    ),
    "attribute in a row": (
        (
            "甲",
            table(("编号",), ("{%tr for r in rows %}",), ("{{ r.cod }}",), ("{%tr endfor %}",)),
        ),
        {"rows": [{"code": 1}]},
        f"正文第1个表格第3行第1格（“{{{{ r.cod }}}}”）：没有“cod”这一项。{MISSING}。",
    ),
    "attribute of nothing": (
        ("{{ e.name }}",),
        {"e": None},
        f"正文第1段（“{{{{ e.name }}}}”）：空值没有“name”这一项。{MISSING}。",
    ),
    "in a macro": (
        ("{%p macro line(x) %}", "〔{{ x.y }}〕", "{%p endmacro %}", "{{p line(a) }}"),
        {"a": {}},
        f"正文第2段（“〔{{{{ x.y }}}}〕”）：没有“y”这一项。{MISSING}。",
    ),
    "loop over nothing": (
        ("{%p for a in e.rows %}", "{%p endfor %}"),
        {"e": {"rows": None}},
        "正文第1段（“{%p for a in e.rows %}”）：“e.rows”是空值，不能逐项取出。请补上数据，或在循环外加 {% if … %} 判断。",
    ),
    "loop over rows of nothing": (
        (table(("{%tr for a in rows %}",), ("甲",), ("{%tr endfor %}",)),),
        {"rows": 5},
        "正文第1个表格第1行（“{%tr for a in rows %}”）：“rows”不是列表，不能逐项取出。请改用列表，或去掉这个循环。",
    ),
    "list": (
        ("{{ e }}",),
        {"e": [1]},
        "正文第1段（“{{ e }}”）：这里的值是列表或一组值，不能直接印出。请用 for 逐项取出，或写明取其中哪一项。",
    ),
    "picture as a colour": (
        (table(("{% cellbg x %}甲",)),),
        {"x": pageref("a")},
        "正文第1个表格第1行第1格（“{% cellbg x %}甲”）：这里不能放图片、域、书签或XML。请把它放到段落的文字中。",
    ),
    "text as a row": (
        (table(("{{tr x }}",)),),
        {"x": "文字"},
        "正文第1个表格第1行（“{{tr x }}”）：这里要的是整行或整格，不是文字。请去掉 tr 或 tc，把它放进单元格。",
    ),
    "bookmark": (
        ("{{ bookmark('1 2') }}",),
        {},
        "正文第1段（“{{ bookmark('1 2') }}”）：书签名“1 2”不合规定。书签名以字母开头，只含字母、数字和下划线，最多40个字符。",
    ),
    "division": (
        ("{{ 1 / e }}",),
        {"e": 0},
        "正文第1段（“{{ 1 / e }}”）：除数为零。请先用 {% if … %} 判断。",
    ),
    "types": (
        ("{{ e + 1 }}",),
        {"e": "x"},
        "正文第1段（“{{ e + 1 }}”）：计算时出错（TypeError）。请核对这里用到的值是文字、数字还是列表。",
    ),
    "private item": (
        ("{{ e['__class__'] }}",),
        {"e": object()},
        f"正文第1段（“{{{{ e['__class__'] }}}}”）：模板里不能用“__class__”。{MISSING}。",
    ),
    "method": (
        ("{{ e.center(9) }}",),
        {"e": "x"},
        "正文第1段（“{{ e.center(9) }}”）：模板里不能调用“center”。请去掉它。",
    ),
    "format": (
        ("{{ '{0.__class__}'.format(e) }}",),
        {"e": "x"},
        f"正文第1段（“{{{{ '{{0.__class__}}'.format(e) }}}}”）：模板里不能用“format”。{MISSING}。",
    ),
    "endless loops": (
        ("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",),
        {},
        "正文第1段（“{% for a in range(100000) %}{% for b in range(100000) %}{% e……”）：循环和调用超过 500 万次。请核对循环的写法。",
    ),
    "endless calls": (
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",),
        {},
        "正文第1段（“{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}”）：宏反复调用自身，没有尽头。请核对宏的写法。",
    ),
    "long texts": (
        ("{{ 'x' * 10000000000 }}",),
        {},
        "正文第1段（“{{ 'x' * 10000000000 }}”）：不能对文字或列表用 *。拼接文字请用 ~。",
    ),
    "large numbers": (
        ("{{ 9 ** 999 }}",),
        {},
        "正文第1段（“{{ 9 ** 999 }}”）：算出的文字、列表或数字过大。请核对这里的写法。",
    ),
    "many columns": (
        ("{{ [1]|batch(1000000, 2)|list|length }}",),
        {},
        "正文第1段（“{{ [1]|batch(1000000, 2)|list|length }}”）：算出的文字、列表或数字过大。请核对这里的写法。",
    ),
}

GROWING = (
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 40,
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a + a %}" * 40,
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a|replace('x', a) %}" * 9,
    "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a|join(a) %}" * 9,
    "{% set a = 10 %}" + "{% set a = a * a %}" * 40,
)


def message(
    folder: Path, data: bytes, context: dict[str, Any] | None = None, name: str = "模板.docx"
) -> str:
    with pytest.raises(TemplateError) as caught:
        loaded(folder, data, name).render(context or {}, io.BytesIO())
    return str(caught.value).removeprefix(f"模板《{name}》有误：")


@pytest.mark.parametrize("case", LOADING)
def test_tags(case: str, tmp_path: Path) -> None:
    given_blocks, wanted = LOADING[case]
    data = template(*given_blocks)
    (tmp_path / "模板.docx").write_bytes(data)
    with pytest.raises(TemplateError) as caught:
        WordTemplate.load(tmp_path / "模板.docx")
    assert str(caught.value) == f"模板《模板.docx》有误：{wanted}"


@pytest.mark.parametrize("case", RENDERING)
def test_values(case: str, tmp_path: Path) -> None:
    given_blocks, context, wanted = RENDERING[case]
    ready = loaded(tmp_path, template(*given_blocks))
    with pytest.raises(TemplateError) as caught:
        ready.render(context, io.BytesIO())
    assert str(caught.value) == f"模板《模板.docx》有误：{wanted}"


@pytest.mark.parametrize("number", range(len(GROWING)))
def test_growing_values_end(number: int, tmp_path: Path) -> None:
    assert message(tmp_path, template(GROWING[number])).endswith(
        "：算出的文字、列表或数字过大。请核对这里的写法。"
    )


def test_values_are_never_called(tmp_path: Path) -> None:
    victim = tmp_path / "证据.jpg"
    victim.write_bytes(b"x")
    photo = Drawing(partial(Path.read_bytes, victim), 1, 1, "照片")  # type: ignore[arg-type]
    for tag in (
        "{{ photo.read.args[0].unlink() }}",
        "{{ path.unlink() }}",
        "{{ act() }}",
        "{{ photo.read() }}",
    ):
        told = message(
            tmp_path, template(tag), {"photo": photo, "path": victim, "act": victim.unlink}
        )
        assert told.endswith("请去掉它。")
    assert victim.read_bytes() == b"x"


@pytest.mark.parametrize(
    "tags",
    [
        "{% for a in b %}" * 30 + "{% endfor %}" * 30,
        "{% if a %}" * 1500 + "{% endif %}" * 1500,
        "{{ " + "(" * 900 + "1" + ")" * 900 + " }}",
        "{{ " + "a." * 900 + "b }}",
    ],
)  # fmt: skip
def test_deep_nesting(tags: str, tmp_path: Path) -> None:
    assert message(tmp_path, template(tags)).endswith(f"：{DEEP}")


def test_headers_by_number(tmp_path: Path) -> None:
    header = f"<w:hdr {ROOT}>{paragraph('甲')}{table(('{{ a',))}{paragraph('')}</w:hdr>"
    good = template("甲", parts={"header": paragraph("乙")})
    relations = part(good, "word/_rels/document.xml.rels")
    more = {
        "word/header2.xml": header,
        "word/_rels/document.xml.rels": relations.replace(
            "</Relationships>",
            relations[relations.index("<Relationship ") :]
            .replace("rId1", "rId9")
            .replace("header.xml", "header2.xml"),
        ),
    }
    assert message(tmp_path, template("甲", parts={"header": paragraph("乙")}, more=more)) == (
        "第2个页眉第1个表格第1行第1格（“{{ a”）：“{{ a”没有结束的“}}”。请在本段内补上“}}”；确实要印出“{{”时请写“{_{”。"
    )


def test_a_late_fault_leaves_the_template_usable(tmp_path: Path) -> None:
    ready = loaded(tmp_path, template("{{ a.b }}"))
    with pytest.raises(TemplateError):
        ready.render({"a": {}}, io.BytesIO())
    target = io.BytesIO()
    ready.render({"a": {"b": "好"}}, target)
    check_document(target.getvalue())


# ------------------------------------------------------------------------------------------ files


def test_files_that_are_no_templates(tmp_path: Path) -> None:
    good = template("甲")
    types = part(good, "[Content_Types].xml")
    macros = types.replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        "vnd.ms-word.document.macroEnabled.main",
    )
    link = part(good, "_rels/.rels").replace('officeDocument"', 'image"')
    outside = link.replace(
        'Target="word/document.xml"', 'Target="http://example.org/x.png" TargetMode="External"'
    )
    encrypted = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(2000)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(500)
    )
    opened = f"<w:document {ROOT}><w:body>"
    no_macros = "文件带有宏，模板不得带宏。请在 Word 中另存为不带宏的 .docx 再使用。"
    files = {
        "空.docx": (b"", f"不能用作模板，文件是空的（0 字节）。{RESAVE}。"),
        "扫描.docx": (b"%PDF-1.4", f"不能用作模板，内容是PDF，不是 Word 文件。{RESAVE}。"),
        "半.docx": (good[:300], f"不能用作模板，压缩结构不完整或已损坏，文件可能没有传完整。{RESAVE}。"),
        "密.docx": (encrypted, f"不能用作模板，内容是加密的 Office 文件。{RESAVE}。"),
        "宏.docm": (template("甲", more={"[Content_Types].xml": macros}), no_macros),
        "宏.docx": (template("甲", more={"word/vbaProject.bin": b"x"}), no_macros),
        "实体.docx": (
            template("甲", more={"word/document.xml": f'<!DOCTYPE x [<!ENTITY a "b">]>{opened}</w:body></w:document>'}),
            f"不能用作模板，部件 word/document.xml 含有 DOCTYPE 声明（可用来读取外部文件或耗尽内存），Word 文件中不应出现。{RESAVE}。",
        ),
        "大.docx": (
            template("甲", more={"word/document.xml": f"{opened}{paragraph('x' * 100) * 150_000}</w:body></w:document>"}),
            f"不能用作模板，部件 word/document.xml 解压后超过 16 MiB，为安全起见没有继续读取。{RESAVE}。",
        ),
        "长.docx": (template(*(f"第{number}段，没有标签" for number in range(90_000))), "正文的内容超过 4 MiB。请精简模板。"),
        "前缀.docx": (
            template("甲", more={"word/document.xml": f'<x:document xmlns:x="{W}"><x:body/></x:document>'}),
            "文件的写法少见（主要元素不带前缀 w）。请用 Word 或 WPS 打开，另存为新的 .docx 再使用。",
        ),
        "外链.docx": (
            template("甲", more={"word/_rels/document.xml.rels": outside}),
            "引用了文件以外的内容“http://example.org/x.png”。请在 Word 中断开链接，把图片等内容嵌入文件再使用。",
        ),
        "越界.docx": (template("甲", more={"../x": b"1"}), f"内部文件名“../x”不正常。{RESAVE}。"),
        "多.docx": (template(*["{{ a }}" * 100] * 51), "标签超过 5000 个。请精简模板。"),
    }  # fmt: skip
    assert {name: message(tmp_path, data, name=name) for name, (data, _) in files.items()} == {
        name: wanted for name, (_, wanted) in files.items()
    }


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "无.docx", "文件不存在"), (tmp_path, "那里是文件夹")):
        with pytest.raises(TemplateError) as caught:
            WordTemplate.load(path)
        assert (
            str(caught.value)
            == f"模板《{path.name}》无法打开（{why}）；请检查 --template 给出的路径和权限"
        )


# ----------------------------------------------------------------------------------------- schema

KNOWN: Schema = {
    "title": "标题",
    "enterprise": {"name": "企业名称", "site": {"city": "市", "county": "县"}},
    "outlets": [{"code": "排放口编号", "limits": [{"pollutant": "污染物"}]}],
    "texts": ["一段文字"],
    "anything": None,
}


def checked(folder: Path, *given_blocks: str, known: Any = KNOWN) -> tuple[str, ...] | str:
    ready = loaded(folder, template(*given_blocks))
    try:
        return ready.check(known)
    except TemplateError as error:
        return str(error).removeprefix("模板《模板.docx》有误：")


ALL = (
    "{{ title }}{{ enterprise.name }}{{ enterprise.site.city }}{{ enterprise['site'].county }}{{ anything.at.all }}",
    "{%p for o in outlets|sort(attribute='code') %}",
    "{{ loop.index }}{{ o.code }}{% for l in o.limits[1:] %}{{ l.pollutant }}{% endfor %}{{ texts[0] }}{{ pageref(o.code) }}",
    "{%p endfor %}",
)


def test_everything_known_and_used(tmp_path: Path) -> None:
    assert checked(tmp_path, *ALL) == ()
    assert checked(tmp_path, *ALL, known=set(KNOWN)) == ()


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("{{ titel }}", "没有名为“titel”的变量。请核对是否应为“title”；可用的有：title、enterprise、outlets、texts、anything。"),
        ("{{ zzz }}", "没有名为“zzz”的变量。可用的有：title、enterprise、outlets、texts、anything。"),
        ("{{ enterprise.nam }}", "“enterprise”没有“nam”这一项。请核对是否应为“name”；可用的有：name、site。"),
        ("{{ enterprise.site.city.x }}", "“enterprise.site.city”是单个值，没有“x”。请直接写 enterprise.site.city。"),
        ("{% for o in outlets %}{{ o.cod }}{% endfor %}", "“outlets[]”没有“cod”这一项。请核对是否应为“code”；可用的有：code、limits。"),
        (
            "{% for o in outlets|batch(2) %}{% for x in o %}{% for l in x.limits %}{{ l.p }}{% endfor %}{% endfor %}{% endfor %}",
            "“outlets[].limits[]”没有“p”这一项。可用的有：pollutant。",
        ),
        ("{{ outlets.code }}", "“outlets”是列表，没有“code”。请先用 for 逐项取出，例如 for x in outlets，再写 x.code。"),
        ("{% for x in title %}{{ x }}{% endfor %}", "“title”是单个值，不能用 for 逐项取。请去掉这个循环，或改用列表。"),
        ("{% for x in enterprise %}{{ x }}{% endfor %}", "“enterprise”不是列表，不能用 for 逐项取。请写 enterprise.名称 取其中一项。"),
        ("{% set s = enterprise.site %}{{ s.town }}", "“enterprise.site”没有“town”这一项。可用的有：city、county。"),
        ("{{ (outlets|first).cod }}", "“outlets[]”没有“cod”这一项。请核对是否应为“code”；可用的有：code、limits。"),
        ("{% if enterprise.nam and title %}{% endif %}", "“enterprise”没有“nam”这一项。请核对是否应为“name”；可用的有：name、site。"),
        ("{{ o }}{% for o in outlets %}{% endfor %}", "没有名为“o”的变量。可用的有：title、enterprise、outlets、texts、anything。"),
    ],
)  # fmt: skip
def test_unknown(tag: str, wanted: str, tmp_path: Path) -> None:
    shown = tag if len(tag) <= 60 else f"{tag[:60]}……"
    assert checked(tmp_path, "甲", tag) == f"正文第2段（“{shown}”）：{wanted}"


def test_what_may_be_missing_is_not_unknown(tmp_path: Path) -> None:
    tags = "{% if extra is defined %}甲{% endif %}{{ more|default('乙') }}"
    assert isinstance(checked(tmp_path, tags), tuple)


def test_all_that_is_unknown_is_told_at_once(tmp_path: Path) -> None:
    data = template("{{ a.b }}", "{{ title }}{{ c }}", parts={"footer": paragraph("{{ d }}")})
    with pytest.raises(TemplateError) as caught:
        loaded(tmp_path, data).check({"title"})
    assert str(caught.value) == (
        "模板《模板.docx》有3处错误：\n"
        "1. 正文第1段（“{{ a.b }}”）：没有名为“a”的变量。可用的有：title。\n"
        "2. 正文第2段（“{{ title }}{{ c }}”）：没有名为“c”的变量。可用的有：title。\n"
        "3. 页脚第1段（“{{ d }}”）：没有名为“d”的变量。可用的有：title。"
    )


def test_what_is_not_used_is_told(tmp_path: Path) -> None:
    tags = "{{ enterprise.site.city }}{% for o in outlets %}{{ o.code }}{% endfor %}{{ texts|join('、') }}"
    assert checked(tmp_path, tags) == tuple(
        f"模板《模板.docx》没有用到“{name}”，它的内容不会印出"
        for name in (
            "title",
            "enterprise.name",
            "enterprise.site.county",
            "outlets[].limits",
            "anything",
        )
    )
    followed_no_further = "{% for k, v in enterprise.items() %}{{ v }}{% endfor %}{{ outlets|groupby('code')|length }}"
    assert (
        checked(
            tmp_path,
            followed_no_further,
            known={"enterprise": KNOWN["enterprise"], "outlets": KNOWN["outlets"]},
        )
        == ()
    )


# ------------------------------------------------------------------------------------- properties

PIECES = st.sampled_from(
    [
        "{{ a }}", "{{", "}}", "{% if a %}", "{% endif %}", "{% for x in xs %}", "{% endfor %}", "{%", "%}", "{#", "#}", "{{r a }}",
        "{%r if a %}", "{%r endif %}", "{% else %}", "{{ x.y }}", "{%- if a %}", "{% endif -%}", "{% vm %}", "{% colspan a %}", "甲", "{",
        "}", "%", " ", "{% set b = a %}", "{{ b|upper }}", "{{p a }}", "{_{", "{% cellbg a %}", "{{ a ~ '}' }}", "“", "<&>",
    ]
)  # fmt: skip
LONE = st.sampled_from(
    ["{%p if a %}", "{%p endif %}", "{%p for x in xs %}", "{%p endfor %}", "{%p else %}", "{{p a }}", "{#p 甲 #}", "{%tr for x in xs %}", "{%tr endfor %}"]
)  # fmt: skip
WORDS = st.one_of(LONE, st.lists(PIECES, max_size=5).map("".join))
RUNS = st.lists(WORDS, max_size=3).map(
    lambda words: paragraph(*[word for word in words if not word.startswith("<")])
)
CELLS = st.one_of(RUNS, LONE.map(paragraph))
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=3).map(
    lambda rows: table(*rows)
)
BLOCKS = st.lists(st.one_of(RUNS, LONE.map(paragraph), TABLES), max_size=6)


@settings(max_examples=200, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    given_blocks=BLOCKS,
    a=st.sampled_from(["", "乙", 2, None, Raw(""), pageref("x")]),
    xs=st.sampled_from([[], ["丙", {"y": 1}], None]),
)
def test_any_soup_of_tags_is_refused_or_gives_a_whole_document(
    given_blocks: list[str], a: Any, xs: Any, tmp_path: Path
) -> None:
    target = io.BytesIO()
    try:
        loaded(tmp_path, template(*given_blocks, "")).render({"a": a, "xs": xs}, target)
    except TemplateError:
        return  # its message is looked at by the tests above
    check_document(target.getvalue())
