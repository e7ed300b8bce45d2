"""成果/: a package appears at once or not at all, and nothing that the user put there is lost.

Everything is made in a hidden folder beside, on the same file system, under a lock that ends with its process. Then
the two folders change names. A symbolic link that is turned over would be as safe, but 成果/ is zipped, copied and sent
by people, and Windows reserves links to administrators.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from duibiao.model.errors import BuildError, reason
from duibiao.rendering.manifest import NAME, Mark, files_made, mark
from duibiao.rendering.swapping import alone, recover, swap


@dataclass(slots=True)
class Staging:
    """A package that is being made.

    Attributes:
        folder: Where its files are written; it is empty at first.
        kept: Afterwards: the user's own files in the package, old ones and files of ours that were changed by hand,
            by their path there now.
    """

    folder: Path
    kept: tuple[str, ...] = ()


@contextmanager
def publish(target: Path) -> Iterator[Staging]:
    """Give a folder that becomes `target` when the block ends well, and is gone when it does not.

    Files in `target` that no manifest names, or that differ from what it says, are carried over; where the new package
    has a file of that name, they get another one.

    Args:
        target: The folder 成果/ of a project; the folder that it lies in exists.

    Raises:
        BuildError: Another process is building there; the system refuses; `target` is a file.
    """
    target = target.resolve()
    work = target.with_name(f".{target.name}.编制中")
    new, old = work / "new", work / "old"
    if not target.parent.is_dir() or (target.exists() and not target.is_dir()):
        raise BuildError(f"{target} 不能用作成果文件夹，没有编制：那里是文件，或上级文件夹不存在。")
    staging = Staging(new)
    with ExitStack() as stack:
        with _told(target):
            stack.enter_context(alone(work / "lock", lambda number: _busy(target, number)))
            stack.callback(_remove, new, old)
            recover(target, old)
            _remove(new, old)
            new.mkdir()
        yield staging
        with _told(target):
            staging.kept = tuple(sorted(_carry(target, new)))
            _to_disk(new)
            swap(new, target, old)


def _busy(target: Path, number: str) -> str:
    return (
        f"{target} 正由另一个编制进程（进程号 {number}）写入，本次没有编制。请等它结束后重新运行。"
    )


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BuildError(
            f"无法写入 {target}（{reason(error)}），原有的成果没有改动。"
            "请关闭在 Word、WPS 或 PDF 阅读器中打开的成果文件，检查磁盘空间和权限后重新运行。"
        ) from error


def _carry(target: Path, new: Path) -> Iterator[str]:
    """Bring the user's files into the new package, first those that keep their names; yield their paths there."""
    made = files_made(target)
    files = [path for path in target.rglob("*") if path.is_symlink() or path.is_file()]
    for path in sorted(files, key=lambda path: ((new / path.relative_to(target)).exists(), path)):
        name = path.relative_to(target)
        if _is_ours(path, name.as_posix(), made) or _same(path, new / name):
            continue
        place = _free(new / name)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place, follow_symlinks=False)
        except (OSError, NotImplementedError):  # a file system without links; Windows
            shutil.copy2(path, place, follow_symlinks=False)
        yield place.relative_to(new).as_posix()


def _is_ours(path: Path, name: str, made: dict[str, Mark] | None) -> bool:
    if made is None or path.is_symlink():
        return False
    if name == NAME:
        return True
    known = made.get(name)
    return known is not None and known.size == path.stat().st_size and known == mark(path)


def _same(path: Path, other: Path) -> bool:
    return other.is_file() and not path.is_symlink() and mark(path) == mark(other)


def _free(place: Path) -> Path:
    """Return a path that is free, and whose folders are no files."""
    for parent in place.parents:
        if parent.is_file():
            place = parent.with_name(f"{parent.name}（原有）") / place.relative_to(parent)
    wanted, number = place, 1
    while place.exists() or place.is_symlink():
        label = "（原有）" if number == 1 else f"（原有{number}）"
        place = wanted.with_name(f"{wanted.stem}{label}{wanted.suffix}")
        number += 1
    return place


def _to_disk(folder: Path) -> None:
    """Have the disk keep the files before their names change: a power failure must not leave empty ones."""
    if os.name == "posix":
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
                os.fsync(handle)
                os.close(handle)


def _remove(*folders: Path) -> None:
    """Remove what is left over; what cannot be removed now is removed by the next build."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
