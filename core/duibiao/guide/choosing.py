"""Which indicator tables of a guide are those of an industry and its branches."""

from __future__ import annotations

from dataclasses import dataclass

from duibiao.document.model import Document
from duibiao.guide.finding import GuideTable, find_tables
from duibiao.guide.words import names_one_of, subject
from duibiao.law.records import Branch, Industry
from duibiao.model.errors import UsageError
from duibiao.model.location import shorten

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """选中的表: tables with their branches, and the other indicator tables with the reason."""

    taken: tuple[tuple[GuideTable, Branch], ...]
    passed: tuple[tuple[str, str], ...]


def choose(document: Document, industry: Industry, branches: tuple[Branch, ...]) -> Choice:
    """Choose the tables of an industry.

    Caption first, then the headings from the nearest on; a name has to be there in full. A table that says of nobody
    belongs to the branch only where there is no other.

    Raises:
        UsageError: If there is none; the message lists the indicator tables of the file.
    """
    taken: list[tuple[GuideTable, Branch]] = []
    passed: list[tuple[str, str]] = []
    for table in find_tables(document):
        branch, why = _branch(table, industry, branches)
        if branch is None or branch not in branches:
            passed.append((_title(table), why or f"属于分支“{branch.name}”" if branch else why))
        else:
            taken.append((table, branch))
    if taken:
        return Choice(tuple(taken), tuple(passed))
    if not passed:
        raise UsageError(
            f"《{document.name}》中没有绩效分级指标表：表头应有“差异化指标”和“A级企业、B级企业”或“引领性企业”；"
            "表格如果是图片，请改用文字版"
        )
    names = "、".join(branch.name for branch in branches)
    listed = "；".join(f"{title}（{why}）" for title, why in passed[:_SHOWN])
    more = f"；另有 {len(passed) - _SHOWN} 个" if len(passed) > _SHOWN else ""
    raise UsageError(
        f"《{document.name}》中有 {len(passed)} 个绩效分级指标表，没有一个是“{names}”的：{listed}{more}。"
        "叫法不同的，请把指南中的名称补进 [[branch]] 的 aliases"
    )


def _branch(
    table: GuideTable, industry: Industry, branches: tuple[Branch, ...]
) -> tuple[Branch | None, str]:
    for text in filter(subject, (table.caption, *reversed(table.headings))):
        found = [
            branch
            for branch in industry.branches
            if names_one_of(text, (branch.name, *branch.aliases))
        ]
        if len(found) == 1:
            return found[0], ""
        if names_one_of(text, (industry.name,)):
            return _only(branches, f"“{shorten(text)}”没有写是哪个分支")
        if found:
            return None, f"“{shorten(text)}”可以是几个分支"
        return None, f"“{shorten(text)}”不是本行业的名称"
    return _only(branches, "没有标题")


def _only(branches: tuple[Branch, ...], why: str) -> tuple[Branch | None, str]:
    return (branches[0], "") if len(branches) == 1 else (None, f"{why}；可用 --branch 指定")


def _title(table: GuideTable) -> str:
    near = table.caption or (table.headings[-1] if table.headings else "")
    number = f"文中第{table.parts[0].table}个表格"
    return f"{shorten(near)}（{number}）" if near else number
