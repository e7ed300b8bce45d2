"""The three ways in for users, with third-party packages from the index as they would get them."""

import shutil
import sys
from pathlib import Path

import pytest

from .environments import INDUSTRIES, Installed, make_environment, run, uv

pytestmark = [pytest.mark.install, pytest.mark.network]


def assert_whole(installed: Installed) -> None:
    """Every plugin is found, its law can be read, and the command runs."""
    seen = installed.look()
    listed = installed.duibiao("plugins")

    assert sorted(seen["plugins"]) == INDUSTRIES
    assert all(readable for _, readable in seen["plugins"].values())
    assert [key for key in INDUSTRIES if key not in listed] == []


def pip(environment: Path, *arguments: str | Path, cwd: Path) -> str:
    """Run the environment's own pip."""
    return run(environment / "bin" / "python", "-m", "pip", "-qq", *arguments, cwd=cwd)


def test_pip_install_from_the_checkout(checkout: Path, tmp_path: Path) -> None:
    environment = make_environment(tmp_path / "env")

    pip(environment, "install", ".", cwd=checkout)

    pip(environment, "check", cwd=tmp_path)
    assert_whole(Installed(environment, tmp_path))


def test_pip_install_of_release_wheels_without_the_checkout(wheels: Path, tmp_path: Path) -> None:
    environment = make_environment(tmp_path / "env")

    pip(environment, "install", "--find-links", wheels, "duibiao-suite", cwd=tmp_path)

    pip(environment, "check", cwd=tmp_path)
    assert_whole(Installed(environment, tmp_path))


def test_uv_sync_in_the_checkout(checkout: Path, tmp_path: Path) -> None:
    place = tmp_path / "检出"
    shutil.copytree(checkout, place)

    uv("sync", "--quiet", "--no-dev", "--python", sys.executable, cwd=place)

    assert_whole(Installed(place / ".venv", tmp_path))
