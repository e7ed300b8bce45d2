"""How a project folder is known: the names of what lies in it."""

from __future__ import annotations

from pathlib import Path

WORKBOOK = "申报数据.xlsx"
DATA_NAMES = (WORKBOOK, "申报数据.toml", "申报数据.json")
"""Names that the data of a project may have."""

FOLDER = "证据"
"""Name of the evidence folder."""

RESULT = "成果"
"""Name of the folder of the built package."""

DOSSIER, PLAN, REVIEW, REPORT = "申报材料", "一厂一策实施方案", "审核意见表", "检查报告"
"""Names of the files of a built package, without suffix."""

MANIFEST = "编制记录.json"
"""Name of the file that says what a package was made from."""


def is_project(path: Path) -> bool:
    """Return whether a path is a project folder, or the data of one."""
    if path.is_dir():
        return (path / FOLDER).is_dir() or any((path / name).is_file() for name in DATA_NAMES)
    return path.name in DATA_NAMES and path.is_file()


def is_built(path: Path) -> bool:
    """Return whether a path is the folder of a built package."""
    return (path / MANIFEST).is_file() and (path / f"{DOSSIER}.docx").is_file()
