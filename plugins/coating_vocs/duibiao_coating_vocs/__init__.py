"""涂装及相关VOCs行业: the hooks of this industry's plugin; its knowledge is in the law files beside this module."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

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
from duibiao_coating_vocs import rules, sheets


@cache
def law() -> IndustryLaw:
    """Return this industry's law, read once."""
    return load_industry_law(files(__name__))


@hookimpl
def duibiao_industry() -> Industry:
    """Return the industry's identity."""
    return law().industry


@hookimpl
def duibiao_indicator_table(edition: str) -> IndicatorTable:
    """Return the indicator table of an edition."""
    return law().indicator_table(edition)


@hookimpl
def duibiao_evidence_checklist(edition: str) -> EvidenceChecklist:
    """Return the evidence checklist of an edition."""
    return law().evidence_checklist(edition)


@hookimpl
def duibiao_emission_reduction_measures(edition: str) -> Sequence[ReductionMeasure]:
    """Return the emission-reduction measures of an edition."""
    return law().reduction_measures(edition)


@hookimpl
def duibiao_project_sheets() -> Sequence[Sheet]:
    """Return what projects of this industry fill in beside the sheets of every project."""
    return sheets.ALL


@hookimpl
def duibiao_rules() -> Sequence[Rule]:
    """Return the industry's own rules."""
    return rules.ALL
