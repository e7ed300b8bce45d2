"""Make the suite depend on every distribution of this workspace.

From a checkout the members are named by their place (``name @ file:…``), so that no index is
asked for our names; with ``SUITE_RELEASE`` set they are pinned to the exact versions instead.
"""

import os
import tomllib
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class SuiteDependencies(MetadataHookInterface):
    """Fill the dynamic ``dependencies`` of the root project."""

    def update(self, metadata: dict[str, Any]) -> None:
        root = Path(self.root)
        members = _read(root)["tool"]["uv"]["workspace"]["members"]
        homes = (home for pattern in members for home in sorted(root.glob(pattern)))
        metadata["dependencies"] = [
            requirement
            for home in homes
            if (home / "pyproject.toml").is_file()
            for requirement in _requirements(home)
        ]


def _requirements(home: Path) -> list[str]:
    """Return what asks for a distribution, and once more with its extras: pip must know the plain name first."""
    project = _read(home)["project"]
    name, extras = project["name"], project.get("optional-dependencies", {}).keys() - {"testing"}
    names = [name, f"{name}[{','.join(sorted(extras))}]"] if extras else [name]
    if os.environ.get("SUITE_RELEASE"):
        return [f"{each}=={project['version']}" for each in names]
    return [f"{each} @ {home.as_uri()}" for each in names]


def _read(home: Path) -> dict[str, Any]:
    return tomllib.loads((home / "pyproject.toml").read_text("utf-8"))
