"""The contract of a plugin (插件契约): what every plugin must keep, for its author to run.

In the plugin's own tests, with pytest::

    import duibiao_mine
    from duibiao.testing.contract import PluginContract

    class TestContract(PluginContract):
        plugin = duibiao_mine

Anywhere else: ``check_plugin(duibiao_mine)`` gives the messages, none where the contract is kept. Every message
says which hook or row is meant, what is wrong and what to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar

import pluggy

from duibiao import hookspecs
from duibiao.law import Book, Volume, load_common
from duibiao.law.records import (
    Edition,
    EvidenceChecklist,
    IndicatorTable,
    Industry,
    ReductionMeasure,
)
from duibiao.model.dossier import Dossier
from duibiao.model.sheets import Sheet
from duibiao.rules.definition import Rule
from duibiao.testing import contract_parts as parts
from duibiao.testing.contract_parts import Subject
from duibiao.testing.contract_sheets import sheets


class BrokenContractError(AssertionError):
    """A plugin's hooks cannot be called at all; the message says why."""


# ------------------------------------------------------------------------------------ for authors


def check_plugin(plugin: object, dossiers: Iterable[Dossier] = ()) -> list[str]:
    """Hold a plugin against the whole contract.

    Args:
        plugin: The module or object that the entry point names.
        dossiers: Dossiers of the industry to run the rules over, beside the program's own samples.

    Returns:
        What is wrong, one message each; empty where the plugin keeps the contract.
    """
    try:
        subject = open_plugin(plugin, dossiers)
    except BrokenContractError as error:
        return str(error).splitlines()
    return [
        message
        for part in (lambda _: unequal(plugin), *parts.EVERY, sheets)
        for message in part(subject)
    ]


class PluginContract:
    """The contract as test cases; subclass it with `plugin` set to the module that the entry point names.

    Attributes:
        plugin: The plugin.
        dossiers: Dossiers of the industry to run the rules over, beside the program's own samples.
    """

    plugin: ClassVar[object]
    dossiers: ClassVar[Sequence[Dossier]] = ()

    def _holds(self, part: Callable[[Subject], Iterator[str]]) -> None:
        messages = list(part(open_plugin(self.plugin, self.dossiers)))
        assert not messages, "\n".join(messages)

    def test_hooks_give_equal_values_every_time(self) -> None:
        """Every hook is there, gives the right type, and the same again on a second call."""
        self._holds(lambda _: unequal(self.plugin))

    def test_identity(self) -> None:
        """Key, prefix, branches, processes and editions are well formed and tell each other apart."""
        self._holds(parts.identity)

    def test_every_edition_is_answered(self) -> None:
        """Table and checklist are those of the edition asked for; rows name branches and processes that exist."""
        self._holds(parts.editions)

    def test_no_branch_is_passed_over(self) -> None:
        """Every branch has limits or requirements, or a hole that says where to look."""
        self._holds(parts.tables)

    def test_standing_is_earned(self) -> None:
        """What calls itself official or secondary cites a text that was read."""
        self._holds(parts.standings)

    def test_indicators_stand_in_order(self) -> None:
        """Requirements stand in the order of the nineteen indicators."""
        self._holds(parts.order)

    def test_checklist_covers_every_section(self) -> None:
        """For every branch each of 2.1 to 2.18 applies, applies when, or does not apply."""
        self._holds(parts.checklists)

    def test_measures_cover_every_grade_and_level(self) -> None:
        """For every branch, grade and alert level there is a measure, or a hole that says where to look."""
        self._holds(parts.measures)

    def test_sheets_are_well_formed(self) -> None:
        """Sheets have a section of the outline, names of their own, and articles that lead somewhere."""
        self._holds(sheets)

    def test_rules_are_well_formed(self) -> None:
        """Codes have the prefix and are used once, pages are whole, citations lead somewhere."""
        self._holds(parts.rules)

    def test_rules_never_raise(self) -> None:
        """No rule raises on an empty, a complete or a partly filled dossier, whatever branch, grade and day."""
        self._holds(parts.robustness)

    def test_processes_are_not_ambiguous(self) -> None:
        """No keyword leads to two processes of one branch, and no name to two branches."""
        self._holds(parts.ambiguities)


# ---------------------------------------------------------------------------------- calling hooks


def open_plugin(plugin: object, dossiers: Iterable[Dossier] = ()) -> Subject:
    """Call the hooks of a plugin.

    Args:
        plugin: The module or object that the entry point names.
        dossiers: Dossiers of the industry.

    Raises:
        BrokenContractError: If a hook is unknown, raises, or gives something of another type; every fault is named.
    """
    manager = pluggy.PluginManager("duibiao")
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(plugin)
    except pluggy.PluginValidationError as error:
        raise BrokenContractError(f"接口声明不合：{error}") from error
    unknown = [
        name
        for name in dir(plugin)
        if getattr(getattr(plugin, name), "duibiao_impl", None) and not hasattr(hookspecs, name)
    ]
    if unknown:
        raise BrokenContractError(
            f"不认识的接口 {'、'.join(unknown)}；可用接口见 duibiao.hookspecs"
        )
    industry = _call(manager, "duibiao_industry")
    if not isinstance(industry, Industry):
        raise BrokenContractError("duibiao_industry 没有返回 Industry；请返回插件的行业记录")
    faults: list[str] = []
    volumes = tuple((edition, _volume(manager, edition, faults)) for edition in industry.editions)
    given = _call(manager, "duibiao_rules")
    own = _items("duibiao_rules", given, Rule, faults)
    if faults:
        raise BrokenContractError("\n".join(faults))
    return Subject(Book(industry, volumes), own, load_common(), tuple(dossiers))


def _volume(manager: pluggy.PluginManager, edition: Edition, faults: list[str]) -> Volume:
    asked = edition.provenance.id
    given: dict[str, Any] = {
        hook: _call(manager, hook, edition=asked)
        for hook in (
            *("duibiao_indicator_table", "duibiao_evidence_checklist"),
            *("duibiao_emission_reduction_measures", "duibiao_project_sheets"),
        )
    }
    table, checklist, found, own_sheets = given.values()
    for hook, wanted in zip(given, (IndicatorTable, EvidenceChecklist), strict=False):
        if not isinstance(given[hook], wanted | None):
            faults.append(f"{hook}({asked})：给出了 {given[hook]!r}；请返回 {wanted.__name__}")
    return Volume(
        table or IndicatorTable(asked),
        checklist or EvidenceChecklist(asked),
        _items(f"duibiao_emission_reduction_measures({asked})", found, ReductionMeasure, faults),
        _items(f"duibiao_project_sheets({asked})", own_sheets, Sheet, faults),
    )


def _items(hook: str, given: Any, wanted: type[Any], faults: list[str]) -> tuple[Any, ...]:
    if given is None:
        return ()
    if not isinstance(given, Sequence) or isinstance(given, str):
        faults.append(f"{hook}：给出了 {given!r}；请返回 {wanted.__name__} 的列表")
        return ()
    faults += [
        f"{hook}：列表中有 {item!r}；请只放 {wanted.__name__}"
        for item in given
        if not isinstance(item, wanted)
    ]
    return tuple(given)


def _call(manager: pluggy.PluginManager, hook: str, **arguments: str) -> Any:
    try:
        results = getattr(manager.hook, hook)(**arguments)
    except Exception as error:  # whatever a hook raises breaks the contract
        asked = "、".join(arguments.values())
        raise BrokenContractError(f"{hook}({asked})：{type(error).__name__}: {error}") from error
    return results[0] if results else None


def unequal(plugin: object) -> Iterator[str]:
    """Yield the hooks that give something else on a second call."""
    first, second = open_plugin(plugin), open_plugin(plugin)
    if first.industry != second.industry:
        yield "duibiao_industry：两次调用结果不同；请缓存，或去掉随时间变化的内容"
    if first.rules != second.rules:
        yield "duibiao_rules：两次调用结果不同；请在模块中定义规则，不要在接口函数里现做"
    for (edition, one), (_, other) in zip(first.book.volumes, second.book.volumes, strict=False):
        for hook, same in (
            ("duibiao_indicator_table", one.table == other.table),
            ("duibiao_evidence_checklist", one.checklist == other.checklist),
            ("duibiao_emission_reduction_measures", one.measures == other.measures),
            ("duibiao_project_sheets", one.sheets == other.sheets),
        ):
            if not same:
                yield f"{hook}({edition.provenance.id})：两次调用结果不同；请缓存，或去掉随时间变化的内容"
