"""Which files are meant: files as named, and every package and project below a folder; nothing is dropped in silence."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from duibiao.model.classes import dataclass
from duibiao.model.errors import reason
from duibiao.project.names import is_built, is_project
from duibiao.reports.writing import FOLDER_SUFFIXES

if TYPE_CHECKING:
    from duibiao.reports.summary import Line, Summary

LOCK = "~$"
"""Word puts these before the names of its lock files."""


@dataclass(slots=True)
class Found:
    """待审查的文件.

    Attributes:
        files: Files and project folders to check, in order, each once.
        problems: Why something that was named cannot be checked, by its name.
        skipped: Number of files in folders that are not looked at, by suffix.
        own: Files in folders that this program itself wrote: annotated copies, forms and notices; they are not checked.
        old: Files in folders that are old copies by their names, each with the present one; they are not checked.
    """

    files: list[Path] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    own: list[Path] = field(default_factory=list)
    old: dict[Path, Path] = field(default_factory=dict)

    def summary(self, lines: Sequence[Line]) -> Summary:
        """Return the table of a run over the files."""
        from duibiao.reports.summary import Summary

        skipped = dict(sorted(self.skipped.items()))
        old = {str(file): str(present) for file, present in self.old.items()}
        return Summary(tuple(lines), skipped, tuple(map(str, self.own)), old)


def collect(paths: Sequence[Path]) -> Found:
    """Return the files that `paths` mean."""
    found = Found()
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir() and not is_one(path):
            named = _below(path, found)
        elif path.exists():
            named = [path]
        else:
            named = []
            found.problems[str(path)] = "文件不存在；请检查路径"
        for file in named:
            if (real := file.resolve()) not in seen:
                seen.add(real)
                found.files.append(file)
    return found


def is_one(path: Path) -> bool:
    """Return whether a folder is checked as one thing: a project, or a built package."""
    return is_project(path) or is_built(path)


def _below(folder: Path, found: Found) -> list[Path]:
    from duibiao.intake.old_copies import old_copies
    from duibiao.service.own import is_own

    def unreadable(error: OSError) -> None:
        found.problems[str(error.filename)] = f"文件夹打不开（{reason(error)}）"

    files = []
    for place, folders, names in os.walk(folder, onerror=unreadable):
        folders.sort()
        for name in [name for name in folders if is_one(Path(place, name))]:
            folders.remove(name)
            files.append(Path(place, name))
        documents = []
        for name in sorted(names):
            if name.startswith(LOCK):
                continue
            suffix = Path(name).suffix.lower()
            if suffix not in FOLDER_SUFFIXES:
                found.skipped[suffix] += 1
            elif is_own(Path(place, name)):
                found.own.append(Path(place, name))
            else:
                documents.append(name)
        old = old_copies(documents)
        files += [Path(place, name) for name in documents if name not in old]
        found.old |= {Path(place, name): Path(place, present) for name, present in old.items()}
    if not files and str(folder) not in found.problems:
        found.problems[str(folder)] = (
            "文件夹中没有申报材料（项目文件夹、Word 文件或压缩包；PDF 请直接写文件名）"
        )
    return files
