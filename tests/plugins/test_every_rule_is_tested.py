"""Every rule of a plugin passes, fails, stands at its edge and cannot judge in a test of that name."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SITUATIONS = ("passes", "fails", "boundary", "cannot_judge")


@pytest.mark.parametrize("name", ["cement", "coating_vocs", "general_industry", "steel"])
def test_every_rule_has_its_four_tests(name):
    source = (HERE / f"test_{name}_rules.py").read_text(encoding="utf-8")
    tests = {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    rules = import_module(f"duibiao_{name}").plugin.duibiao_rules()
    wanted = {f"test_{rule.slug}_{situation}" for rule in rules for situation in SITUATIONS}
    assert rules
    assert wanted - tests == set()
