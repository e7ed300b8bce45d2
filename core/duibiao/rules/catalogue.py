"""规则目录: every rule of core's own, in the order of their codes."""

from __future__ import annotations

from duibiao.rules import (
    completeness,
    consistency,
    dates,
    hygiene,
    identity,
    limits,
    photos,
    plan,
    transport,
)
from duibiao.rules.definition import Rule

TOPICS = (
    identity,
    completeness,
    consistency,
    limits,
    dates,
    transport,
    plan,
    photos,
    hygiene,
)
"""Modules of rules; one hundred of codes each."""

CORE_RULES: tuple[Rule, ...] = tuple(
    sorted(
        (value for topic in TOPICS for value in vars(topic).values() if isinstance(value, Rule)),
        key=lambda rule: rule.code,
    )
)
"""Every rule; a rule in one of these modules cannot be left out."""
