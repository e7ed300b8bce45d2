"""Every home is packaged alike, every version is pinned, and the tree belongs to no one machine."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

import duibiao

# Written so that no pattern matches its own source.
MACHINE_PATHS = re.compile(r"/(?:wor[k]|roo[t])/|/(?:hom[e]|User[s])/\w|/tm[p]/\w")
REGISTRY_HOSTS = re.compile(
    r"pyp[i]\.org|pythonhoste[d]|registry\.npmj[s]|deb\.debia[n]|archive\.ubunt[u]"
    r"|mirrors?\.(?:aliyu[n]|tun[a]|ust[c]|huaweiclou[d])|tun[a]\.tsinghua"
)
NOT_OURS = {
    *(".git", ".venv", "build", "dist", "__pycache__", ".hypothesis", ".pytest_cache"),
    *(".mypy_cache", ".ruff_cache", ".import_linter_cache", ".cache"),
}


def home_settings(home: Path) -> dict[str, Any]:
    """The pyproject.toml of a home."""
    return tomllib.loads((home / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def homes(root: Path, industries: dict[str, Path]) -> list[Path]:
    """The home of every distribution of the workspace."""
    return [root / "core", root / "templates", *industries.values()]


@pytest.fixture(scope="session")
def pins(root: Path) -> list[str]:
    """The entries of constraints.txt, each with its hashes on one line."""
    return entries(root / "constraints.txt")


def entries(file: Path) -> list[str]:
    """The entries of a file of pins, each with its hashes on one line."""
    text = file.read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="session")
def texts(root: Path) -> dict[str, str]:
    """The text files that are, or would be, committed."""
    return {
        str(path.relative_to(root)): path.read_text("utf-8")
        for path in committed(root)
        if path.is_file() and is_text(path)
    }


def committed(root: Path) -> list[Path]:
    """The files git knows or would take; without git, all but what is built."""
    if shutil.which("git") and (root / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if listed.returncode == 0:
            return [root / name for name in listed.stdout.split("\0") if name]
    return [path for path in root.rglob("*") if not NOT_OURS & {*path.relative_to(root).parts}]


def is_text(path: Path) -> bool:
    """Whether the file reads as UTF-8 without a zero byte."""
    content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


def test_every_entry_is_pinned_to_one_version_with_hashes(pins: list[str]) -> None:
    entry = re.compile(r"[a-z0-9._-]+==[^\s;]+( ;[^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")

    assert len(pins) > 30
    assert [pin for pin in pins if not entry.fullmatch(pin)] == []


def test_constraints_hold_no_address_and_none_of_our_own(
    root: Path, pins: list[str], homes: list[Path]
) -> None:
    text = (root / "constraints.txt").read_text("utf-8")
    names = {pin.partition("==")[0] for pin in pins}

    assert "://" not in text
    assert not [line for line in text.splitlines() if line.startswith("-")]
    assert not names & {home_settings(home)["project"]["name"] for home in homes}


def test_every_requirement_is_pinned(
    pins: list[str], homes: list[Path], settings: dict[str, Any]
) -> None:
    ours = {home_settings(home)["project"]["name"] for home in homes}
    asked = [*settings["dependency-groups"]["dev"], *settings["build-system"]["requires"]]
    for home in homes:
        project = home_settings(home)["project"]
        asked += home_settings(home)["build-system"]["requires"]
        asked += project.get("dependencies", [])
        asked += [
            one for extra in project.get("optional-dependencies", {}).values() for one in extra
        ]

    assert not_pinned(asked, pins) - ours == set(), "run: make constraints"


def test_the_service_is_installed_from_a_part_of_the_pins(
    root: Path, pins: list[str], homes: list[Path], settings: dict[str, Any]
) -> None:
    part = entries(root / "deploy" / "constraints.txt")
    ours, asked = set(), [*settings["dependency-groups"]["deploy"]]
    for home in homes:
        project = home_settings(home)["project"]
        ours.add(project["name"])
        asked += project.get("dependencies", [])
        for extra, requirements in project.get("optional-dependencies", {}).items():
            asked += [] if extra == "testing" else requirements

    assert set(part) <= set(pins), "run: make constraints"
    assert not_pinned(asked, part) - ours == set(), "run: make constraints"


def not_pinned(requirements: list[str], pins: list[str]) -> set[str]:
    """The names of requirements that have no pin."""
    names = {re.split(r"[\[<>=!~; ]", requirement)[0] for requirement in requirements}
    return names - {pin.partition("==")[0] for pin in pins}


def test_every_home_has_one_typed_package_and_the_same_version(
    homes: list[Path], settings: dict[str, Any]
) -> None:
    for home in homes:
        project = home_settings(home)["project"]
        package = home / project["name"].replace("-", "_")

        assert (package / "__init__.py").is_file()
        assert (package / "py.typed").is_file()
        assert project["version"] == settings["project"]["version"]
        assert project["license"] == "Apache-2.0"
        assert (home / project["readme"]).is_file()


def test_the_engine_tells_the_version_it_is_packaged_as(settings: dict[str, Any]) -> None:
    assert duibiao.__version__ == settings["project"]["version"]


def test_an_industry_is_packaged_as_an_outsider_would_package_it(
    industries: dict[str, Path],
) -> None:
    for package, home in industries.items():
        described = home_settings(home)

        assert described["project"]["entry-points"] == {"duibiao": {home.name: f"{package}:plugin"}}
        assert described["project"]["dependencies"] == ["duibiao>=0.1,<1"]
        assert "tool" not in described, "a plugin must be publishable by copying its folder"


def test_the_suite_knows_every_home(homes: list[Path], settings: dict[str, Any]) -> None:
    names = {home_settings(home)["project"]["name"] for home in homes}
    packages = {name.replace("-", "_") for name in names}
    tool = settings["tool"]

    assert set(tool["uv"]["sources"]) == names
    assert set(tool["importlinter"]["root_packages"]) == packages
    assert {Path(path).name for path in tool["mypy"]["files"]} == packages


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRY_HOSTS], ids=["paths", "hosts"])
def test_the_tree_names_no_machine_and_no_registry(
    texts: dict[str, str], pattern: re.Pattern[str]
) -> None:
    found = [
        f"{name}: {match.group()}"
        for name, text in texts.items()
        for match in pattern.finditer(text)
    ]

    assert len(texts) > 20
    assert found == []
