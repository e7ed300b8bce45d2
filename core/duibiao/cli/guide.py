"""`duibiao guide import`: an official guide becomes law files of a plugin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from duibiao.cli.guard import Exit
from duibiao.cli.terminal import output
from duibiao.model.location import shorten

if TYPE_CHECKING:
    from duibiao.guide import Imported, Wanted

_KINDS = {"limit": "限值", "requirement": "要求", "process": "新工序", "hole": "缺"}
_LONGEST = 200


def carry_out(wanted: Wanted) -> int:
    """Import a guide, say what was found and return the exit code: FINDINGS where changes were not written."""
    from duibiao.guide import import_guide
    from duibiao.reports.text import clean

    result = import_guide(wanted)
    console = output()
    for line in _lines(result):
        console.print(clean(line), soft_wrap=True)
    waiting = result.existed and result.changes and not result.written
    return Exit.FINDINGS if waiting else Exit.CLEAN


def _lines(result: Imported) -> Iterator[str]:
    yield from (f"注意：{warning}" for warning in result.warnings)
    yield from (f"导入 {label} → 分支“{branch}”" for label, branch in result.taken)
    yield from (f"没有导入 {label}：{why}" for label, why in result.passed)
    counts = (f"{name} {result.counts.get(kind, 0)}" for kind, name in _KINDS.items())
    yield f"共读出：{'，'.join(counts)}"
    yield from _listed(
        "请人核对（原文都已按文字要求保留）",
        [f"{one.place}：{one.why}。原文：{_short(one.text)}" for one in result.unread],
    )
    yield from _listed(
        "插件原来没有的工序，请移到 industry.toml，在 keywords 中补写企业常用的叫法", result.new
    )
    yield from _listed("以官方限值为准、不再使用的较弱限值，核对后可以删去", result.outranked)
    for change in result.changes:
        yield f"{change.kind} {change.row}"
        yield from (f"    {_short(detail)}" for detail in change.details)
    yield _outcome(result)


def _listed(title: str, lines: tuple[str, ...] | list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}（{len(lines)} 处）："
        yield from (f"  {line}" for line in lines)


def _outcome(result: Imported) -> str:
    if result.target is None:
        return "没有写入：要写入，请用 --out 指定插件的 law 文件夹"
    if result.written:
        return f"已写入 {result.target}；请确认指南是官方文本，再运行 duibiao plugins 查看"
    if not result.changes:
        return f"{result.target} 与指南一致，没有改动"
    return f"{result.target} 与指南有 {len(result.changes)} 处不同，没有写入；核对后加 --apply 写入"


def _short(text: str) -> str:
    return shorten(text, _LONGEST)
