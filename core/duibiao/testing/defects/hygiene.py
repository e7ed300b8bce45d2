"""文字规范的缺陷: what is left of the template or of drafting, and what nobody can read."""

from __future__ import annotations

from dataclasses import replace

from duibiao.model.dossier import Dossier
from duibiao.testing.defects.model import Defect, existing, header, says


def _placeholder(dossier: Dossier) -> Dossier:
    """The date on the plan's title page, as the template has it."""
    line = existing(dossier, "plan.date", "“一厂一策”没有日期")
    texts = tuple(
        replace(text, value="XXXX年XX月") if text.at == line.at else text
        for text in dossier.paragraphs
    )
    assert dossier.plan is not None
    return replace(dossier, paragraphs=texts, plan=replace(dossier.plan, date=None))


def _linked_picture(dossier: Dossier) -> Dossier:
    source = replace(dossier.source, external=("file:///D:/照片/除尘器.jpg",))
    return replace(dossier, source=source)


def _headers_unknown(dossier: Dossier) -> Dossier:
    """The table of controls gets headers that say nothing."""
    for old, new in (("指标要求", "甲"), ("企业落实情况", "乙"), ("是否符合", "丙")):
        dossier = header(dossier, "五.2.15", old, new, "没有无组织管控措施表")
    return dossier


DEFECTS = (
    Defect(
        "placeholder left",
        "placeholder-left",
        "“一厂一策”封面的日期仍是“XXXX年XX月”",
        ("DB-901",),
        _placeholder,
    ),
    Defect(
        "placeholder left in part four",
        "placeholder-left",
        "企业基本信息留有“XX公司”",
        ("DB-901",),
        says("公司执行的排放标准为", "XX公司执行的排放标准为", "四.1"),
    ),
    Defect(
        "picture that is only linked",
        "external-content",
        "图片以链接方式插入",
        ("DB-904",),
        _linked_picture,
    ),
    Defect(
        "table whose headers say nothing",
        "table-unreadable",
        "无组织管控措施表的表头与提纲对不上",
        ("DB-905",),
        _headers_unknown,
    ),
)
