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
            _requirement(home) for home in homes if (home / "pyproject.toml").is_file()
        ]


def _requirement(home: Path) -> str:
    project = _read(home)["project"]
    extras = ",".join(sorted(project.get("optional-dependencies", {}).keys() - {"testing"}))
    extras = f"[{extras}]" if extras else ""
    if os.environ.get("SUITE_RELEASE"):
        return f"{project['name']}{extras}=={project['version']}"
    return f"{project['name']}{extras} @ {home.as_uri()}"


def _read(home: Path) -> dict[str, Any]:
    return tomllib.loads((home / "pyproject.toml").read_text("utf-8"))
