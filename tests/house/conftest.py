"""What the tests of the house share: the checkout, its settings and its homes."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def settings() -> dict[str, Any]:
    """The root pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="session")
def industries() -> dict[str, Path]:
    """Import package of every industry, and its home."""
    return {
        f"duibiao_{home.name}": home
        for home in sorted((ROOT / "plugins").iterdir())
        if (home / "pyproject.toml").is_file()
    }
