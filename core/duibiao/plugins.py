"""Finding plugins: each one is loaded by itself; a broken or duplicate one is reported and left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pluggy

from duibiao import hookspecs
from duibiao.law.common import load_common
from duibiao.law.in_force import Book, Volume
from duibiao.law.plugin_sheets import sheet_faults
from duibiao.law.records import (
    Branch,
    EvidenceChecklist,
    IndicatorTable,
    Industry,
    ReductionMeasure,
)
from duibiao.model.classes import dataclass
from duibiao.model.errors import DuibiaoError, PluginError
from duibiao.model.sheets import Sheet
from duibiao.rules.definition import Rule

GROUP = "duibiao"
"""Entry-point group of plugins."""

CORE_PREFIX = "DB"
"""Prefix of core's own rule codes."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """插件: one industry plugin that is in use.

    Attributes:
        name: Name of its entry point.
        distribution: Name of its distribution, or "".
        book: Its industry, editions, tables, checklists and measures.
        rules: Its rules.
    """

    name: str
    distribution: str
    book: Book
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """停用的插件: one that is broken or clashes, and why."""

    name: str
    distribution: str
    reason: str


@dataclass(frozen=True, slots=True)
class Registry:
    """插件登记: the plugins in use and those left out."""

    plugins: tuple[Plugin, ...]
    left_out: tuple[LeftOut, ...]

    def find(self, industry: str) -> tuple[Plugin, Branch] | None:
        """Return the plugin and branch that an 行业类型 cell names, or None."""
        matches = [
            (plugin, *match)
            for plugin in self.plugins
            if (match := plugin.book.branch_named(industry)) is not None
        ]
        best = max(matches, key=lambda match: match[2], default=None)
        return best[:2] if best else None


def load_plugins(found: Iterable[EntryPoint] | None = None) -> Registry:
    """Load every installed plugin.

    Args:
        found: Entry points to use instead of the installed ones.

    Returns:
        The plugins in use and those left out. Nothing is raised for a broken plugin.
    """
    points = entry_points(group=GROUP) if found is None else found
    manager = pluggy.PluginManager("duibiao")
    manager.add_hookspecs(hookspecs)
    plugins: list[Plugin] = []
    left_out: list[LeftOut] = []
    for point in sorted(points, key=lambda item: item.name):
        distribution = point.dist.name if point.dist else ""
        version = point.dist.version if point.dist else ""
        try:
            plugin = _load(manager, point, distribution, version)
            _check_clashes(plugin, plugins)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - nothing of a plugin's stops the host
            if manager.has_plugin(point.name) and point.name not in {p.name for p in plugins}:
                manager.unregister(name=point.name)
            left_out.append(LeftOut(point.name, distribution, _reason(error)))
        else:
            plugins.append(plugin)
    return Registry(tuple(plugins), tuple(left_out))


def _load(
    manager: pluggy.PluginManager, point: EntryPoint, distribution: str, version: str
) -> Plugin:
    if manager.has_plugin(point.name):
        raise PluginError(f"名为 {point.name} 的插件已登记；请改用别的入口名")
    module = point.load()
    manager.register(module, name=point.name)
    unknown = [
        name
        for name in dir(module)
        if name.startswith("duibiao_")
        and getattr(getattr(module, name), "duibiao_impl", None)
        and not hasattr(hookspecs, name)
    ]
    if unknown:
        raise PluginError(f"不认识的接口 {'、'.join(unknown)}；可用接口见 duibiao.hookspecs")
    manager.check_pending()
    others = [other for _, other in manager.list_name_plugin() if other is not module]

    def call(hook: str, **arguments: Any) -> Any:
        caller = manager.subset_hook_caller(hook, others)
        results = caller(**arguments)
        return results[0] if results else None

    industry = call("duibiao_industry")
    if not isinstance(industry, Industry):
        raise PluginError("duibiao_industry 没有返回 Industry；请返回插件的行业记录")
    volumes = []
    for edition in industry.editions:
        wanted = edition.provenance.id
        table = call("duibiao_indicator_table", edition=wanted)
        checklist = call("duibiao_evidence_checklist", edition=wanted)
        measures = call("duibiao_emission_reduction_measures", edition=wanted)
        sheets = call("duibiao_project_sheets", edition=wanted)
        volume = _volume(wanted, table, checklist, measures)
        volumes.append((edition, replace(volume, sheets=_sheets(sheets, industry))))
    rules = tuple(call("duibiao_rules") or ())
    _check_rules(industry, rules)
    return Plugin(point.name, distribution, Book(industry, tuple(volumes), version), rules)


def _volume(edition: str, table: object, checklist: object, measures: object) -> Volume:
    """Make a volume of what the hooks gave for an edition; a hook that a plugin lacks gives nothing."""
    table = IndicatorTable(edition) if table is None else table
    checklist = EvidenceChecklist(edition) if checklist is None else checklist
    measures = () if measures is None else measures
    if not isinstance(table, IndicatorTable) or table.edition != edition:
        raise PluginError(
            f"duibiao_indicator_table 没有返回版本 {edition} 的 IndicatorTable；请按所问的版本返回"
        )
    if not isinstance(checklist, EvidenceChecklist) or checklist.edition != edition:
        raise PluginError(
            f"duibiao_evidence_checklist 没有返回版本 {edition} 的 EvidenceChecklist；请按所问的版本返回"
        )
    if not isinstance(measures, (list, tuple)) or not all(
        isinstance(measure, ReductionMeasure) for measure in measures
    ):
        raise PluginError(
            "duibiao_emission_reduction_measures 没有返回 ReductionMeasure 的列表；请逐项返回措施记录"
        )
    return Volume(table, checklist, tuple(measures))


def _sheets(given: object, industry: Industry) -> tuple[Sheet, ...]:
    """Return what `duibiao_project_sheets` gave, where every sheet has its place and a name of its own."""
    sheets = () if given is None else given
    if not isinstance(sheets, (list, tuple)) or not all(
        isinstance(sheet, Sheet) for sheet in sheets
    ):
        raise PluginError("duibiao_project_sheets 没有返回 Sheet 的列表；请逐张返回工作表")
    for fault in sheet_faults(sheets, industry.sources, load_common()):
        raise PluginError(f"duibiao_project_sheets：{fault}")
    return tuple(sheets)


def _check_rules(industry: Industry, rules: Sequence[Rule]) -> None:
    sources = {source.id for source in industry.sources} | set(load_common().sources)
    codes = set()
    for rule in rules:
        if not isinstance(rule, Rule):
            raise PluginError(f"duibiao_rules 给出了 {rule!r}；请用 @rule 标注规则函数")
        if not re.fullmatch(rf"{re.escape(industry.prefix)}-\d{{3}}", rule.code):
            raise PluginError(f"规则 {rule.code} 不以本插件前缀 {industry.prefix} 开头；请改正编号")
        if rule.code in codes:
            raise PluginError(f"规则编号 {rule.code} 重复；请换一个编号")
        codes.add(rule.code)
        for cite in rule.cites:
            if cite.partition(":")[0] not in sources:
                raise PluginError(
                    f"规则 {rule.code} 引用的 {cite!r} 未登记；请在 sources.toml 中登记"
                )


def _check_clashes(plugin: Plugin, others: Sequence[Plugin]) -> None:
    industry = plugin.book.industry
    if industry.prefix == CORE_PREFIX:
        raise PluginError(f"规则前缀 {CORE_PREFIX} 归核心程序所有；请换一个前缀")
    for other in others:
        taken = other.book.industry
        if taken.key == industry.key:
            raise PluginError(f"行业 {industry.key} 已由插件 {other.name} 提供；请卸载其中一个")
        if taken.prefix == industry.prefix:
            raise PluginError(
                f"规则前缀 {industry.prefix} 已由插件 {other.name} 使用；请换一个前缀"
            )


def _reason(error: BaseException) -> str:
    return str(error) if isinstance(error, DuibiaoError) else f"{type(error).__name__}: {error}"
