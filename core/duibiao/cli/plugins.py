"""`duibiao plugins`: which industries the program knows, how well, and what is missing."""

from __future__ import annotations

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from duibiao.cli.guard import Exit
from duibiao.cli.terminal import output
from duibiao.model.errors import UsageError
from duibiao.plugins import Plugin, Registry
from duibiao.reports.text import clean, facts_grid
from duibiao.service.standings import Vouched, holes_of, standings


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
    for known in standings(plugin):
        rows = "；".join(map(_said, known.rows))
        name, start = known.edition.name, known.edition.start
        grid.add_row("版本", clean(f"{name}（{start}起）：{rows}；缺 {len(known.holes)} 处"))
    grid.add_row("行业规则", f"{len(plugin.rules)} 条（编号以 {book.industry.prefix}- 开头）")
    grid.add_row("法规数据", clean(book.industry.sha256[:16] or "无"))
    return grid


def _said(rows: Vouched) -> str:
    """How many rows there are, and how well they are vouched for."""
    parts = "、".join(f"{standing.label} {count}" for standing, count in rows.counts)
    return f"{rows.what} {rows.total}（{parts}）" if parts else f"{rows.what} 0"


def _holes(plugin: Plugin) -> None:
    console = output()
    holes = holes_of(plugin)
    console.print(clean(f"{plugin.book.industry.name}（{plugin.name}）", "bold"))
    for hole in holes:
        console.print(clean(f"缺：{hole.topic}：{hole.what}"))
        console.print(Padding(clean(f"请查：{hole.look_in}", "dim"), (0, 0, 0, 4)))
    console.print(Text(f"共缺 {len(holes)} 处"))
