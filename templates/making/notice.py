"""The rectification notice (整改通知): what an enterprise has to put right, item by item."""

from __future__ import annotations

from collections.abc import Sequence

from words import TEXT_WIDTH, cell, each, gap, p, row, table, tag_row, when

_DATE = "　　　　年　　月　　日"


def notice() -> str:
    """Return the notice."""
    findings = _list(
        (10, 36, 42, 32),
        ("序号", "位置", "问题", "条款", "整改要求"),
        "part.rows",
        ("number", "place", "problem", "articles", "todo"),
    )
    waived = _list(
        (36, 46, 34, 18),
        ("位置", "问题", "豁免理由", "同意人", "有效期至"),
        "waived",
        ("place", "problem", "reason", "by", "until"),
    )
    return "".join(
        (
            p("FormTitle", "重污染天气重点行业绩效分级\n申报材料整改通知"),
            p("Addressee", "{{ enterprise or '　　　　　　　　' }}："),
            p(
                "Body",
                "你单位提交的{% if industry %}{{ industry }}行业{% endif %}{% if grade %}{{ grade }}{% endif %}绩效分级申报材料"
                "（{{ file }}）已经审查。审查按{{ day }}有效的规定{% if edition %}和{{ edition }}{% endif %}进行，",
                "{% if count %}发现问题{{ count }}处，列在下面。请逐条整改，并于" + _DATE + "前重新提交申报材料，"
                "附整改情况说明。{% else %}没有发现须整改的问题。{% endif %}",
            ),
            each("part", "parts", p("Heading2", "{{ part.title }}"), gap(), findings),
            when("waived", p("Heading2", "{{ waived_title }}"), p("Body", "下列问题经同意暂不整改，到期后仍须整改。"), gap(), waived),
            when(
                "sources",
                p("FormLine", "条款所在的文件：", more='<w:keepNext/><w:spacing w:before="240"/>'),
                each("source", "sources", p("FormLine", "{{ source }}")),
            ),
            p("Closing", "{{ bureau or '　　　　生态环境分局' }}（盖章）", more='<w:keepNext/><w:spacing w:before="600"/>'),
            p("Closing", _DATE, more="<w:keepNext/>"),
            p("TableSmall", "本通知由 duibiao（对标）{{ engine }} 按审查意见生成，经审查人员核对、盖章后有效。", more='<w:spacing w:before="400"/>'),
            p("TableSmall", "申报材料校验值（SHA-256）{{ sha256 }}"),
        )
    )  # fmt: skip


def _list(widths: Sequence[int], header: Sequence[str], rows: str, values: Sequence[str]) -> str:
    """Return a table whose rows may go to the next page one by one; widths in millimetres, the last takes the rest."""
    made = [round(width * 56.6929) for width in widths]
    made.append(TEXT_WIDTH - sum(made))
    head = (cell(w, p("TableHead", name)) for w, name in zip(made, header, strict=True))
    body = (
        cell(w, p("TableText" if name == "number" else "TableLeft", f"{{{{ row.{name} }}}}"))
        for w, name in zip(made, values, strict=True)
    )
    return table(
        "DataTable",
        made,
        (
            row(*head, is_header=True),
            tag_row(made, f"{{%tr for row in {rows} %}}"),
            row(*body),
            tag_row(made, "{%tr endfor %}"),
        ),
    )
