"""Walking through the evidence folder: the same order everywhere, never out of it, never in circles."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from duibiao.intake.names import is_junk
from duibiao.model.errors import reason
from duibiao.model.quantities import halfwidth
from duibiao.project.evidence.placing import Misplaced, Place

NOTE = "说明.txt"
"""Name of the file in each folder of a new project that says what belongs there."""

MOST_DEPTH = 12
"""Folders in folders, at most; a facility's scans lie in the third."""

_RUN = re.compile(r"([0-9]+)")
_ENDING = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,5}$")
_RENAME = "请改用普通的中文、英文或数字重新命名"


@dataclass(frozen=True, slots=True)
class Found:
    """A file or folder that was met.

    Attributes:
        path: Where it is.
        name: Its name relative to 证据/, with ``/``.
        place: Place of the folder that it lies in, or why it is of no use.
        count: How many files lie in a folder that is of no use; None for a file.
    """

    path: Path
    name: str
    place: Place | Misplaced
    count: int | None = None


Enter = Callable[[Place, str], Place | Misplaced]


def walk(root: Path, enter: Enter) -> Iterator[Found]:
    """Yield every file in `root`, and every folder whose files are of no use, by name.

    Args:
        root: The evidence folder.
        enter: Gives the place of a folder, by the place of the one that it lies in and its name.
    """
    return _walk(root, root.resolve(), (), Place(), enter)


def natural(name: str) -> tuple[tuple[tuple[tuple[int, int, str], ...], ...], str]:
    """Return the key by which people sort names: figures by value, so that 2 comes before 10, endings last.

    Args:
        name: Name of a file, with folders; of a folder where it ends in ``/``.
    """
    *folders, last = name.split("/")
    return tuple(map(_runs, (*folders, stem(last)))), name


def stem(name: str) -> str:
    """Return the name of a file without folders and ending."""
    return _ENDING.sub("", name.rpartition("/")[2])


def _runs(piece: str) -> tuple[tuple[int, int, str], ...]:
    runs = (run for run in _RUN.split(halfwidth(piece).casefold()) if run)
    return tuple((0, int(run), "") if run.isdecimal() else (1, 0, run) for run in runs)


def shown(name: str) -> str:
    """Return a name that can be written, whatever its bytes."""
    return name.encode("utf-8", "replace").decode()


def is_ignored(name: str) -> bool:
    """Tell whether a file or folder is none of the user's: notes of ours, hidden, left behind by a system."""
    return name == NOTE or name.startswith(".") or is_junk(name) or is_junk(f"{name}/")


def _walk(
    folder: Path, root: Path, pieces: tuple[str, ...], place: Place, enter: Enter
) -> Iterator[Found]:
    try:
        entries = _entries(folder)
    except OSError as error:
        misplaced = Misplaced(f"文件夹打不开（{reason(error)}）", "请检查权限")
        yield Found(folder, "/".join(map(shown, pieces)), misplaced)
        return
    for entry in entries:
        path, inner = Path(entry.path), (*pieces, entry.name)
        name = "/".join(map(shown, inner))
        if trouble := _trouble(entry, root):
            yield Found(path, name, trouble, _count(path) if _is_folder(entry) else None)
        elif not _is_folder(entry):
            yield Found(path, name, place)
        elif len(inner) > MOST_DEPTH:
            deep = Misplaced("文件夹套得太深", "请把其中的文件移到上层")
            yield Found(path, name, deep, _count(path))
        elif isinstance(found := enter(place, entry.name), Misplaced):
            yield Found(path, name, found, _count(path))
        else:
            yield from _walk(path, root, inner, found, enter)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        kept = [entry for entry in entries if not is_ignored(entry.name)]
    return sorted(kept, key=lambda entry: natural(entry.name + "/" * _is_folder(entry)))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _trouble(entry: os.DirEntry[str], root: Path) -> Misplaced | None:
    """Return why an entry must not be opened, whatever it holds."""
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        return Misplaced("名称的编码无法识别（显示为乱码）", _RENAME)
    if entry.is_symlink():
        try:
            target = Path(entry.path).resolve(strict=True)
            if not target.is_relative_to(root):
                return Misplaced("是指向证据文件夹之外的链接，没有读取", "请放入文件本身")
            if target.is_dir():
                return Misplaced("是指向文件夹的链接，没有读取", "请放入文件本身")
        except (OSError, RuntimeError):
            return Misplaced("是失效的链接", "请放入文件本身")
    if not _is_folder(entry) and not entry.is_file():
        return Misplaced("不是普通文件", "请换成图片或 PDF")
    return None


def _count(folder: Path) -> int:
    """Return how many files lie in a folder and below it, those not counted that are none of the user's."""
    count, waiting = 0, [folder]
    while waiting:
        try:
            entries = _entries(waiting.pop())
        except OSError:
            count += 1  # what cannot be counted must be told, too
            continue
        count += sum(not _is_folder(entry) for entry in entries)
        waiting += [Path(entry.path) for entry in entries if _is_folder(entry)]
    return count
