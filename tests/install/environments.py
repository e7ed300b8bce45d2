"""Environments away from the checkout: how they are made, filled and asked."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uv import find_uv_bin

ROOT = Path(__file__).parents[2]
INDUSTRIES = sorted(home.parent.name for home in (ROOT / "plugins").glob("*/pyproject.toml"))

# What an installed copy says of itself, told by its own interpreter.
LOOK = """
import json, sys, tomllib
from importlib.metadata import entry_points
from importlib.resources import files

plugins = {}
for entry in entry_points(group="duibiao"):
    home = files(entry.module)
    tables = [*(home / "law").iterdir(), home / "checklist.toml", home / "measures.toml"]
    read = [tomllib.loads(t.read_text("utf-8")) for t in tables if t.name.endswith(".toml")]
    plugins[entry.name] = [str(home), all(read)]
templates = [str(files(entry.module)) for entry in entry_points(group="duibiao.templates")]
json.dump({"plugins": plugins, "templates": templates, "core": str(files("duibiao"))}, sys.stdout)
"""


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """Run a command that knows nothing of this environment; its output, or a failed test."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "VIRTUAL_ENV", "UV_PROJECT"))
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        env=kept | {"PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "200"} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Installed:
    """An environment with the suite in it, and an empty folder to work in."""

    environment: Path
    folder: Path

    def duibiao(self, *arguments: str) -> str:
        """Run the installed command away from the checkout."""
        return run(self.environment / "bin" / "duibiao", *arguments, cwd=self.folder)

    def look(self) -> dict[str, Any]:
        """What the installed copy finds of plugins, law and templates."""
        told = run(self.environment / "bin" / "python", "-I", "-c", LOOK, cwd=self.folder)
        return dict(json.loads(told))


def make_environment(place: Path, *options: str) -> Path:
    """Make an empty environment of the interpreter that runs the tests."""
    run(sys.executable, "-m", "venv", *options, place, cwd=place.parent)
    return place


def uv(*arguments: str | Path, cwd: Path, **variables: str) -> str:
    """Run uv."""
    return run(find_uv_bin(), *arguments, cwd=cwd, **variables)
