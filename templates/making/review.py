"""The review form (重污染天气绩效分级审核意见表) of 附件1."""

from __future__ import annotations

from words import TEXT_WIDTH, cell, each, p, row, table

_LABEL, _SHORT = 1500, 2100
_WIDTHS = (_LABEL, 2800, _SHORT, TEXT_WIDTH - _LABEL - 2800 - _SHORT)
_REST = sum(_WIDTHS[1:])


def review() -> str:
    """Return the form."""
    findings = each("finding", "findings", p("FormLine", "{{ finding }}")) + p("FormLine")
    return p("FormTitle", "重污染天气绩效分级审核意见表") + table(
        "FormTable",
        _WIDTHS,
        (
            _short("企业名称", "enterprise", "日期", "date"),
            _short("行业类型", "industry", "申请分级类型", "grade"),
            _long("初审意见\n汇总", findings, 5000),
            _long("分级意见\n结论", p("FormValue", "{{ conclusion }}"), 1900),
            _long("初审小组\n人员", p("FormValue"), 1500),
        ),
    )


def _short(label: str, value: str, second: str, other: str) -> str:
    names = (label, second)
    values = (value, other)
    cells = []
    for number in (0, 1):
        cells.append(cell(_WIDTHS[2 * number], p("FormLabel", names[number])))
        cells.append(cell(_WIDTHS[2 * number + 1], p("FormValue", f"{{{{ {values[number]} }}}}")))
    return row(*cells, height=800)


def _long(label: str, content: str, height: int) -> str:
    wide = '<w:gridSpan w:val="3"/>'
    split = f'<w:tr><w:trPr><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>'
    return f"{split}{cell(_LABEL, p('FormLabel', label))}{cell(_REST, content, more=wide)}</w:tr>"
