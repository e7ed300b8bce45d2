"""The sheets that a plugin adds to projects: what they must keep, whoever writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from duibiao.law.common import CommonLaw
from duibiao.law.provenance import Source
from duibiao.model.sheets import FieldKind, Sheet

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_TITLE = re.compile(r"[^\[\]:*?/\\'“”\s]{1,31}")
_SECTION = re.compile(r"五\.2\.\d+(\.\d)?")


def sheet_faults(
    sheets: Sequence[Sheet], sources: Sequence[Source], common: CommonLaw
) -> Iterator[str]:
    """Yield what is wrong with the sheets of a plugin.

    Whether they clash with those of every project is not looked at here: `duibiao.project` knows these.

    Args:
        sheets: The sheets.
        sources: Documents that the plugin may cite beside those of the common law.
        common: The common law, with the outline.
    """
    known = {source.id for source in sources} | set(common.sources)
    sections = {heading.key for heading in common.outline if _SECTION.fullmatch(heading.key)}
    for what, names in (
        ("key", [sheet.key for sheet in sheets]),
        ("title", [sheet.title for sheet in sheets]),
    ):
        yield from (f"有两张工作表的 {what} 是 {name!r}；请换一个" for name in _repeated(names))
    for sheet in sheets:
        at = f"工作表 {sheet.key!r}"
        if not _KEY.fullmatch(sheet.key):
            yield f"{at} 的 key 不合格式；请用小写字母、数字和下划线"
        if not _TITLE.fullmatch(sheet.title):
            yield f"{at} 的 title {sheet.title!r} 不能作工作表名；请写 1 至 31 个字，不含空格和 []:*?/\\'“”"
        if sheet.section not in sections:
            yield f"{at} 的 section {sheet.section!r} 不在提纲中；请写 五.2.1 至 五.2.18 之一"
        if not sheet.is_list:
            yield f"{at} 的 is_list 是 False；插件的工作表逐行印成证明材料中的表，请去掉这一项"
        if not sheet.fields:
            yield f"{at} 没有 fields；至少要有一列"
        yield from (f"{at}：{fault}" for fault in _field_faults(sheet))
        for cite in {sheet.cites, *(field.cites for field in sheet.fields)}:
            if cite.partition(":")[0] not in known:
                yield f"{at} 引用的 {cite!r} 未登记；请在 sources.toml 中登记，并写成“来源:条款”"


def _field_faults(sheet: Sheet) -> Iterator[str]:
    for what, names in (
        ("key", [field.key for field in sheet.fields]),
        ("title", [field.title for field in sheet.fields]),
    ):
        yield from (f"有两列的 {what} 是 {name!r}；请换一个" for name in _repeated(names))
    for field in sheet.fields:
        if not _KEY.fullmatch(field.key):
            yield f"列 {field.key!r} 的 key 不合格式；请用小写字母、数字和下划线"
        if not field.title.strip():
            yield f"列 {field.key!r} 没有 title；请写中文列名"
        if field.kind is FieldKind.CHOICE and not field.choices:
            yield f"列 {field.key!r} 是从列表中选的，没有 choices；请写明可选的值"
        if field.required and not field.example and not field.choices:
            yield f"列 {field.key!r} 必填，没有 example；请写一个示例"


def _repeated(names: Sequence[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
