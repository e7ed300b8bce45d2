"""Lay the packages out as mutmut wants them: in one folder, with decorated functions that it can reach.

mutmut names a mutant after its path, so every package stands at the top of the stage; and it leaves decorated functions
alone, which every rule is. So ``@rule(...)`` above a function becomes ``name = rule(...)(name)`` below it, which means
the same. Caches are left out: they would remember the answers of the function before it was changed. Everything else is
copied, and the tests are a link to the real ones.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import libcst as cst

ROOT = Path(__file__).parents[2]

PACKAGES = ("core/duibiao", "templates/duibiao_templates", "plugins/*/duibiao_*")

MUTATED = ("duibiao/rules/*.py", "duibiao/grading/*.py", "duibiao/law/judging.py", "*/rules/*.py")
"""Modules that mutmut changes; the root ``pyproject.toml`` tells it the same."""

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


class Bare(cst.CSTTransformer):
    """Takes the decorator from every function that has just one, and applies it below unless it is a cache."""

    def leave_FunctionDef(  # noqa: N802 - libcst's name
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[Statement]:
        match updated_node.decorators:
            case [cst.Decorator(decorator=cst.Name("staticmethod" | "classmethod"))]:
                return updated_node  # mutmut knows these two
            case [cst.Decorator(decorator=cst.Name("cache"))]:
                return updated_node.with_changes(decorators=())
            case [cst.Decorator(decorator=cst.Call(func=cst.Name("lru_cache")))]:
                return updated_node.with_changes(decorators=())
            case [only]:
                return cst.FlattenSentinel(_applied(updated_node, only.decorator))
        return updated_node


def _applied(function: cst.FunctionDef, decorator: cst.BaseExpression) -> Iterator[Statement]:
    yield function.with_changes(decorators=())
    call = cst.Call(decorator, [cst.Arg(cst.Name(function.name.value))])
    target = cst.AssignTarget(cst.Name(function.name.value))
    yield cst.SimpleStatementLine([cst.Assign([target], call)])


def stage(place: Path) -> None:
    """Make the stage anew.

    Args:
        place: Folder to make; whatever was there is gone.
    """
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for pattern in PACKAGES:
        for package in ROOT.glob(pattern):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(package, place / package.name, ignore=ignored)
    for file in {file for pattern in MUTATED for file in place.glob(pattern)}:
        module = cst.parse_module(file.read_text(encoding="utf-8"))
        file.write_text(module.visit(Bare()).code, encoding="utf-8")
    shutil.copy2(ROOT / "pyproject.toml", place)
    (place / "tests").symlink_to(ROOT / "tests", target_is_directory=True)


if __name__ == "__main__":
    stage(Path(sys.argv[1]))
