"""Each import contract holds on the tree as it is, and catches a violation planted against it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# For each contract: where an offending module is planted, and what it holds.
PLANTED = {
    "layers": [
        ("core/duibiao/model/planted.py", "import duibiao.service\n"),
        ("core/duibiao/stray.py", "# a module that no layer owns\n"),
    ],
    "core-is-blind": [
        ("core/duibiao/rules/planted.py", "import duibiao_steel\n"),
        ("core/duibiao/reports/planted.py", "import duibiao_templates\n"),
    ],
    "plugin-surface": [
        ("plugins/steel/duibiao_steel/planted.py", "from duibiao import service\n"),
        ("plugins/cement/duibiao_cement/planted.py", "import duibiao.reports\n"),
    ],
    "independent-industries": [
        ("plugins/steel/duibiao_steel/planted.py", "import duibiao_cement\n"),
    ],
    "templates-stand-alone": [
        ("templates/duibiao_templates/planted.py", "import duibiao\n"),
        ("templates/duibiao_templates/planted.py", "import duibiao_steel\n"),
    ],
}
CASES = [(contract, *plant) for contract, plants in PLANTED.items() for plant in plants]


def lint(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run import-linter over a tree, looking at the code of that tree only."""
    homes = [tree / "core", tree / "templates", *sorted((tree / "plugins").iterdir())]
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", *arguments],
        cwd=tree,
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join(map(str, homes)),
            "COLUMNS": "200",
            "NO_COLOR": "1",
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture
def tree(root: Path, tmp_path: Path) -> Path:
    """A copy of the code, to plant violations in."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    for home in ("core", "templates", "plugins"):
        shutil.copytree(
            root / home, tmp_path / home, ignore=lambda _, names: {*names} & {"__pycache__"}
        )
    return tmp_path


@pytest.fixture(scope="session")
def contracts(settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The import contracts by id."""
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def test_the_tree_as_it_is_keeps_every_contract(
    tree: Path, contracts: dict[str, dict[str, Any]]
) -> None:
    result = lint(tree)

    assert result.returncode == 0, result.stdout + result.stderr
    assert f"Contracts: {len(contracts)} kept, 0 broken." in result.stdout


@pytest.mark.parametrize(("contract", "place", "content"), CASES)
def test_a_planted_violation_is_caught(
    tree: Path, contracts: dict[str, dict[str, Any]], contract: str, place: str, content: str
) -> None:
    (tree / place).write_text(content, "utf-8")

    result = lint(tree, "--contract", contract)

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contracts[contract]['name']} BROKEN" in result.stdout


def test_every_contract_has_a_planted_violation(contracts: dict[str, dict[str, Any]]) -> None:
    assert set(contracts) == set(PLANTED)


def test_no_contract_ignores_an_import(contracts: dict[str, dict[str, Any]]) -> None:
    excused = [name for name, contract in contracts.items() if contract.get("ignore_imports")]

    assert not excused, "an exception hides a violation: mend the import instead"


def test_plugins_are_barred_from_all_of_core_but_its_public_face(
    root: Path, contracts: dict[str, dict[str, Any]]
) -> None:
    public = {"__init__", "hookspecs", "law", "law_plugin", "model", "rules"}
    core = {
        child.stem
        for child in (root / "core" / "duibiao").iterdir()
        if child.suffix == ".py" or (child / "__init__.py").is_file()
    }

    barred = {
        name.removeprefix("duibiao.") for name in contracts["plugin-surface"]["forbidden_modules"]
    }

    assert barred == core - public, (
        "a part was added to or taken from core: list it in the contract 'plugin-surface' of "
        "pyproject.toml, or add it to the public face here and in CONTRIBUTING.md"
    )


def test_every_contract_covers_every_industry(
    industries: dict[str, Path], contracts: dict[str, dict[str, Any]]
) -> None:
    ours = {*industries, "duibiao_templates"}

    assert set(contracts["core-is-blind"]["forbidden_modules"]) == ours
    assert set(contracts["plugin-surface"]["source_modules"]) == {*industries}
    assert set(contracts["independent-industries"]["modules"]) == {*industries}
    assert set(contracts["templates-stand-alone"]["forbidden_modules"]) == {*industries, "duibiao"}
