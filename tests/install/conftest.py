"""The checkout as a stranger has it, and the release wheels built from it."""

import shutil
import sys
from pathlib import Path

import pytest

from .environments import ROOT, uv

BUILT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "dist", "uv.lock"
)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout at a path with a space and Chinese letters in it."""
    place = tmp_path_factory.mktemp("checkout") / "对标 检出"
    shutil.copytree(ROOT, place, ignore=BUILT)
    return place


@pytest.fixture(scope="session")
def wheels(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the release wheels, built without asking any index."""
    place = tmp_path_factory.mktemp("wheels")
    uv(
        *("build", "--all-packages", "--wheel", "--offline", "--no-build-isolation"),
        *("--python", sys.executable, "--out-dir", place),
        cwd=checkout,
        SUITE_RELEASE="1",
    )
    return place
