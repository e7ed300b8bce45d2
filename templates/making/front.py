"""Cover, contents, application form and the two letters: 封面、目录、一、二、三 of 附件4."""

from __future__ import annotations

from pages import COVER
from words import TEXT_WIDTH, Shapes, cell, each, p, row, run, table, tag_row, when

RED = "F04A3E"
"""Colour of 红色彩纸; black letters stand out on it, printed or on red paper."""

FORM = (
    ("所属省辖市", "city"),
    ("所属县（市、区）", "county"),
    ("地址名称", "address"),
    ("企业名称（公章）", "enterprise"),
    ("统一社会信用代码", "credit_code"),
    ("行业类型", "industry"),
    ("自评估等级", "grade"),
    ("申请管控类型", "control_type"),
    ("企业应急措施\n落实责任人", "responsible"),
    ("联系方式\n（手机号）", "phone"),
    ("工业总产值\n（万元）", "output_value"),
)
"""Rows of 企业绩效分级申请表: name as prescribed, and what stands there."""

_LABEL = 3000
_PAIR = (_LABEL, TEXT_WIDTH - _LABEL)

_AUTHENTICITY = (
    "我公司此次申报河南省 {{ authenticity.year }} 年重污染天气重点行业绩效分级 {{ authenticity.industry }} 行业 "
    "{{ authenticity.grade }}企业，所提交的一切材料均真实、合法、有效。如有不实之处，愿承担相应的法律责任，"
    "并承担由此产生的一切后果。"
)
_REDUCTION = (
    "依据生态环境部《重污染天气重点行业应急减排措施制定技术指南（2020年修订版）》（环办大气函〔2020〕340号）、"
    "《关于印发〈重污染天气重点行业绩效分级及减排措施〉补充说明的通知》（环办便函〔2021〕341号），"
    "省生态环境厅《河南省重污染天气重点行业应急减排措施制定技术指南（2021年修订版）》、"
    "《河南省重污染天气通用行业应急减排措施制定技术指南（2021年修订版）》（豫环文〔2021〕94号），"
    "我公司经申报审核后，被评定为{{ reduction.industry }}行业{{ reduction.grade }}绩效等级。"
)
_PROMISE = "现承诺：在重污染天气预警期间，将严格按照重污染天气应急减排清单要求，落实不同预警级别相应的减排措施。"

_RIGHT = '<w:ind w:right="640"/>'


def cover() -> str:
    """Return the cover."""
    return "".join(
        (
            p("CoverName", "{{ enterprise }}"),
            p("CoverTitle", "重污染天气重点行业企业绩效分级"),
            p("CoverKind", "申 报 材 料"),
            p("CoverSeal", "（企业公章）", "{{ seal }}"),
            p("CoverDate", "{{ date }}"),
            p("End", more=COVER),
        )
    )


def contents() -> str:
    """Return the contents: one field that Word can compute anew, filled with what it would show."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    levels = "".join(when(f"entry.level == {level}", _entry(level, "entry")) for level in (1, 2, 3))
    inner = (
        p("TOC1", begin, *_shown("contents[0]")),
        each("entry", "contents[1:]", levels),
        p("End", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    )
    return p("ContentsTitle", "目 录") + (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{''.join(inner)}</w:sdtContent></w:sdt>"
    )


def divider(shapes: Shapes, key: str, title: str) -> str:
    """Return a page of red paper with the title of a part; what follows begins on the next page."""
    return p("Heading1", f"{{{{ bookmark('sec_{key}') }}}}{title}", shapes.sheet(RED)) + p(
        "NewPage"
    )


def form(shapes: Shapes) -> str:
    """Return part 一."""
    rows = [
        row(
            cell(_PAIR[0], p("FormLabel", label)),
            cell(_PAIR[1], p("FormValue", f"{{{{ form.{name} }}}}", *_sealed(name))),
            height=780,
        )
        for label, name in FORM
    ]
    other = (
        tag_row(_PAIR, "{%tr for pair in form.other %}"),
        row(
            cell(_PAIR[0], p("FormLabel", "{{ pair.label }}")),
            cell(_PAIR[1], p("FormValue", "{{ pair.value }}")),
            height=780,
        ),
        tag_row(_PAIR, "{%tr endfor %}"),
    )
    return "".join(
        (
            divider(shapes, "1", "一、{{ enterprise }}绩效分级申请表"),
            p("FormTitle", "企业绩效分级申请表"),
            table("FormTable", _PAIR, (*rows, *other)),
        )
    )


def letters(shapes: Shapes) -> str:
    """Return parts 二 and 三."""
    return "".join(
        (
            divider(shapes, "2", "二、资料真实性承诺书"),
            p("FormTitle", "申报材料真实性承诺书"),
            p("Addressee", "{{ authenticity.city }}生态环境局："),
            p("Body", _AUTHENTICITY),
            p("Body", "特此承诺。"),
            _closing("authenticity"),
            divider(shapes, "3", "三、落实重污染天气应急减排承诺书"),
            p("FormTitle", "{{ reduction.enterprise }}"),
            p("FormTitle", "落实重污染天气应急减排承诺书"),
            p("Body", _REDUCTION),
            p("Body", _PROMISE),
            _closing("reduction"),
        )
    )


def _entry(level: int, name: str) -> str:
    return p(f"TOC{level}", *_shown(name))


def _shown(name: str) -> tuple[str, ...]:
    return (
        run(f"{{{{ {name}.label }}}}"),
        "<w:r><w:tab/></w:r>",
        run(f"{{{{ pageref({name}.start, {name}.page) }}}}"),
    )


def _sealed(name: str) -> tuple[str, ...]:
    return ("{{ seal }}",) if name == "enterprise" else ()


def _closing(letter: str) -> str:
    blank = p("Body")
    return "".join(
        (
            blank,
            p("Closing", "（企业盖章）", "{{ seal }}", more=_RIGHT),
            p(
                "Closing",
                f"法定代表人（签字）：{{{{ {letter}.signature }}}}",
                "{{ signature }}",
                more=_RIGHT,
            ),
            p("Closing", f"{{{{ {letter}.date }}}}", more=_RIGHT),
        )
    )
