"""规则目录: every rule of core's own, in the order of their codes."""

from __future__ import annotations

from duibiao.rules import (
    amounts,
    application,
    archive,
    claims,
    completeness,
    consistency,
    dates,
    hygiene,
    identity,
    indicators,
    limits,
    monitoring,
    oxygen,
    persons,
    photos,
    pictures,
    plan,
    plan_facts,
    plan_levels,
    procedure,
    totals,
    transport,
    vehicles,
)
from duibiao.rules.definition import Rule

TOPICS = (
    identity,
    persons,
    completeness,
    application,
    archive,
    indicators,
    consistency,
    claims,
    totals,
    amounts,
    limits,
    oxygen,
    dates,
    procedure,
    monitoring,
    transport,
    vehicles,
    plan,
    plan_levels,
    plan_facts,
    photos,
    pictures,
    hygiene,
)
"""Modules of rules, one for each topic."""

CORE_RULES: tuple[Rule, ...] = tuple(
    sorted(
        (value for topic in TOPICS for value in vars(topic).values() if isinstance(value, Rule)),
        key=lambda rule: rule.code,
    )
)
"""Every rule; a rule in one of these modules cannot be left out."""
