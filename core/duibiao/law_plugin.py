"""A plugin that is made of law files (法规数据), rules and sheets: all that most industries need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.resources.abc import Traversable

from duibiao import hookimpl
from duibiao.law import (
    EvidenceChecklist,
    IndicatorTable,
    Industry,
    IndustryLaw,
    ReductionMeasure,
    load_industry_law,
)
from duibiao.model.sheets import Sheet
from duibiao.rules import Rule


class LawPlugin:
    """法规数据插件: answers all six hooks from the law files of a package.

    A plugin's module makes one and names it in its entry point::

        plugin = LawPlugin(files(__name__), rules=rules.ALL)

    An industry that needs more subclasses it, or writes the hooks itself (see `duibiao.hookspecs`).
    """

    def __init__(
        self, package: Traversable, rules: Sequence[Rule] = (), sheets: Sequence[Sheet] = ()
    ) -> None:
        """Keep what the plugin is made of; nothing is read yet.

        Args:
            package: The plugin's package, ``files(__name__)``; its folder ``law`` holds the law files.
            rules: The industry's own rules.
            sheets: What its projects fill in beside the sheets of every project, in every edition.
        """
        self._package = package
        self._rules = rules
        self._sheets = sheets

    @cached_property
    def law(self) -> IndustryLaw:
        """法规数据: the industry's law, read once.

        Raises:
            LawError: If a law file does not say what it should; the message names file and row.
        """
        return load_industry_law(self._package)

    @hookimpl
    def duibiao_industry(self) -> Industry:
        """Return the industry's identity."""
        return self.law.industry

    @hookimpl
    def duibiao_indicator_table(self, edition: str) -> IndicatorTable:
        """Return the indicator table of an edition."""
        return self.law.indicator_table(edition)

    @hookimpl
    def duibiao_evidence_checklist(self, edition: str) -> EvidenceChecklist:
        """Return the evidence checklist of an edition."""
        return self.law.evidence_checklist(edition)

    @hookimpl
    def duibiao_emission_reduction_measures(self, edition: str) -> Sequence[ReductionMeasure]:
        """Return the emission-reduction measures of an edition."""
        return self.law.reduction_measures(edition)

    @hookimpl
    def duibiao_project_sheets(self) -> Sequence[Sheet]:
        """Return the industry's own sheets."""
        return self._sheets

    @hookimpl
    def duibiao_rules(self) -> Sequence[Rule]:
        """Return the industry's own rules."""
        return self._rules
