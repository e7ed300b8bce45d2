"""Every rule has its four tests, and no rule complains of a package without a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from duibiao.model.dossier import Dossier, SourceFile
from duibiao.rules.catalogue import CORE_RULES
from duibiao.rules.definition import Rule, Severity
from duibiao.rules.engine import Status
from duibiao.testing import enterprises
from duibiao.testing.dossiers import clean_dossier

from .support import outcome

KINDS = ("passes", "fails", "boundary", "cannot_judge")
"""What is tested of every rule; where a rule can always judge, its fourth test says why."""

NAMES = frozenset(
    name
    for file in Path(__file__).parent.glob("test_*.py")
    for name in re.findall(r"^def (test_\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
)

each_rule = pytest.mark.parametrize("rule", CORE_RULES, ids=lambda rule: rule.code)


@each_rule
def test_four_tests(rule: Rule) -> None:
    missing = {f"test_{rule.slug}_{kind}" for kind in KINDS} - NAMES
    assert not missing, f"{rule.code} has no {', '.join(sorted(missing))}"


@pytest.mark.parametrize("industry", enterprises.names())
@each_rule
def test_nothing_wrong_with_a_clean_package(rule: Rule, industry: str) -> None:
    grade = enterprises.load(industry).grade
    result = outcome(rule.code, clean_dossier(industry), grade=grade)
    assert result.status is not Status.CRASHED, result.reason
    assert not [f for f in result.findings if f.severity in (Severity.ERROR, Severity.WARNING)]


@each_rule
def test_an_empty_package_crashes_no_rule(rule: Rule) -> None:
    nothing = Dossier(SourceFile("空白.docx", "0" * 64, 0))
    for given in ({}, {"grade": None, "branch": None}):
        result = outcome(rule.code, nothing, **given)
        assert result.status is not Status.CRASHED, result.reason
