"""The waivers that lie beside a package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from duibiao.project.names import is_project
from duibiao.reports.waiver_files import NAME, read_waivers

if TYPE_CHECKING:
    from duibiao.reports.waivers import Waiver


def waivers_beside(path: Path) -> tuple[Waiver, ...]:
    """Return the waivers of the 豁免.toml beside a package; of a project, in its folder.

    Raises:
        WaiverError: If it is malformed.
    """
    folder = path if path.is_dir() and is_project(path) else path.parent
    file = folder / NAME
    return read_waivers(file) if file.is_file() else ()
