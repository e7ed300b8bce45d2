"""`duibiao plugins`: which industries the program knows, how well, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from duibiao.cli.guard import Exit
from duibiao.cli.terminal import output
from duibiao.law.provenance import Provenance, Standing
from duibiao.law.records import Hole
from duibiao.model.errors import UsageError
from duibiao.plugins import Plugin, Registry
from duibiao.reports.text import clean, facts_grid


def show(name: str) -> int:
    """Print the plugins, or the holes of the plugin `name`.

    Raises:
        UsageError: If there is no such plugin in use.
    """
    from duibiao.plugins import load_plugins

    registry = load_plugins()
    if name:
        _holes(_find(registry, name))
    else:
        _list(registry)
    return Exit.CLEAN


def _find(registry: Registry, name: str) -> Plugin:
    for plugin in registry.plugins:
        if name in (plugin.name, plugin.distribution, plugin.book.industry.name):
            return plugin
    names = "、".join(plugin.name for plugin in registry.plugins) or "无"
    raise UsageError(f"没有在用的插件 {name}；在用的插件：{names}")


def _list(registry: Registry) -> None:
    console = output()
    for plugin in registry.plugins:
        console.print(
            clean(f"{plugin.book.industry.name}（{plugin.name}）", "bold"),
            Padding(_facts(plugin), (0, 0, 1, 2)),
            sep="\n",
        )
    console.print(Text(f"在用的插件：{len(registry.plugins)} 个"))
    for entry in registry.left_out:
        origin = f"（{entry.distribution}）" if entry.distribution else ""
        console.print(clean(f"停用的插件：{entry.name}{origin}：{entry.reason}", "yellow"))


def _facts(plugin: Plugin) -> Table:
    book = plugin.book
    grid = facts_grid()
    grid.add_row("发行包", clean(f"{plugin.distribution or '不详'} {book.version}"))
    for branch in book.industry.branches:
        ladder = "、".join(grade.label for grade in branch.ladder) or "等级未查明"
        number = f"{branch.national_no}. " if branch.national_no is not None else ""
        grid.add_row("行业", clean(f"{number}{branch.name}：{ladder}"))
    for edition, volume in book.volumes:
        table = volume.table
        grid.add_row(
            "版本",
            clean(
                f"{edition.name}（{edition.start}起）：限值 {_count(table.limits)}；"
                f"指标要求 {_count(table.requirements)}；材料要求 {_count(volume.checklist.items)}；"
                f"减排措施 {_count(volume.measures)}；缺 {len(table.holes)} 处"
            ),
        )
    grid.add_row("行业规则", f"{len(plugin.rules)} 条（编号以 {book.industry.prefix}- 开头）")
    grid.add_row("法规数据", clean(book.industry.sha256[:16] or "无"))
    return grid


class _Vouched(Protocol):
    """A row of the law that says where it comes from."""

    @property
    def provenance(self) -> Provenance: ...


def _count(rows: Sequence[_Vouched]) -> str:
    """How many rows there are, and how well they are vouched for."""
    counted = Counter(row.provenance.standing for row in rows)
    parts = (f"{standing.label} {counted[standing]}" for standing in Standing if counted[standing])
    return f"{len(rows)}（{'、'.join(parts)}）" if rows else "0"


def _holes(plugin: Plugin) -> None:
    console = output()
    holes = list(_each_hole(plugin))
    console.print(clean(f"{plugin.book.industry.name}（{plugin.name}）", "bold"))
    for hole in holes:
        console.print(clean(f"缺：{hole.topic}：{hole.what}"))
        console.print(Padding(clean(f"请查：{hole.look_in}", "dim"), (0, 0, 0, 4)))
    console.print(Text(f"共缺 {len(holes)} 处"))


def _each_hole(plugin: Plugin) -> Iterator[Hole]:
    seen = set()
    for _, volume in plugin.book.volumes:
        for hole in volume.table.holes:
            if hole.id not in seen:
                seen.add(hole.id)
                yield hole
