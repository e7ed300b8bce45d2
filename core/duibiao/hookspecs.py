"""The six hooks of a plugin (插件接口).

A plugin is a distribution with an entry point in the group ``duibiao`` that names a module (or object) with
functions marked ``@duibiao.hookimpl``. `duibiao_industry` is required, the other five as far as the industry has
something to give. All six are called while a package is checked; they must be quick after the first call and
return equal values every time. Usually everything comes from law files, and
`duibiao.law_plugin.LawPlugin` answers all six.
"""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from duibiao.law.records import (
    EvidenceChecklist,
    IndicatorTable,
    Industry,
    ReductionMeasure,
)
from duibiao.model.sheets import Sheet
from duibiao.rules.definition import Rule

hookspec = pluggy.HookspecMarker("duibiao")


@hookspec
def duibiao_industry() -> Industry:  # type: ignore[empty-body]
    """行业: say who you are.

    Returns:
        Key (lower case, unique among plugins), Chinese name, three-letter prefix of your rule codes, graded branches
        with their names, aliases, GB/T 4754 classes and ladder (A/B/B-/C/D, 引领性/非引领性, A+), processes with the
        words by which they are recognised, editions (oldest first), sources. A key or prefix that another
        plugin already has makes the host leave your plugin out and say so.
    """


@hookspec
def duibiao_indicator_table(edition: str) -> IndicatorTable:  # type: ignore[empty-body]
    """绩效分级指标表: give the 对标总表 of an edition.

    Args:
        edition: Id of one of your editions; you are asked for each of them.

    Returns:
        Concentration limits and other requirements in the standard's order, per process, pollutant and grade, each
        with citation and standing; which grades use another regime's limits; and what is missing (缺).
    """


@hookspec
def duibiao_evidence_checklist(edition: str) -> EvidenceChecklist:  # type: ignore[empty-body]
    """证明材料清单: say which of the sections 2.1 to 2.18 apply (如涉及: when) and what each must hold.

    Args:
        edition: Id of one of your editions.

    Returns:
        One item per section and branch. A section without an item counts as 如涉及: nobody is faulted for its
        absence, and a person is asked to look.
    """


@hookspec
def duibiao_emission_reduction_measures(edition: str) -> Sequence[ReductionMeasure]:  # type: ignore[empty-body]
    """应急减排措施: say what stops or is limited, per grade and alert level, by how much and on which basis.

    Args:
        edition: Id of one of your editions.

    Returns:
        Measures for the 一厂一策 plan; local precedents are marked as such and bind nobody.
    """


@hookspec
def duibiao_project_sheets(edition: str) -> Sequence[Sheet]:  # type: ignore[empty-body]
    """填写工作表: say what a project (申报数据) of your industry fills in beside the sheets that every project has.

    Args:
        edition: Id of one of your editions.

    Returns:
        Sheets, each with the `section` of 2.1 to 2.18 in which its rows are printed as a table. It is asked for where
        your checklist does not say that the section does not apply. A sheet without a section that the outline
        knows, or that has the key or title of another one, makes the host leave your plugin out and say so.
    """


@hookspec
def duibiao_rules() -> Sequence[Rule]:  # type: ignore[empty-body]
    """行业规则: give the validators that only this industry has.

    Returns:
        Rules made with ``@duibiao.rules.rule``, their codes beginning with your prefix. They run on packages of your
        industry, after core's own rules. A code that is already taken, or a citation that resolves neither in your
        sources nor in core's, makes the host leave your plugin out and say so.
    """
