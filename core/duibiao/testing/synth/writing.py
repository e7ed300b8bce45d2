"""写出: packages into a folder, going on where an interrupted run stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from duibiao.model.errors import BuildError, UsageError, reason
from duibiao.testing.synth.packages import names, produced
from duibiao.testing.synth.settings import Settings

TRUTH = "truth.jsonl"
"""One line for each file, in their order."""

SETTINGS = "synth.json"
"""What the files of the folder follow from."""

_PART = ".part"


@dataclass(frozen=True, slots=True)
class Told:
    """进展: how many files are written now, and how many were there before."""

    written: int
    kept: int


def write_packages(
    settings: Settings, folder: Path, tell: Callable[[Told], None] = lambda _: None
) -> Told:
    """Write the packages of some settings into a folder, each beside its place and then there; what is there stays.

    A run that was interrupted goes on where it stopped; its end is that of an uninterrupted one.

    Args:
        settings: What is wanted.
        folder: Where to; it is made. Beside the packages it holds `TRUTH` and `SETTINGS`.
        tell: Is told after each file.

    Raises:
        BuildError: A file cannot be written.
        UsageError: The folder holds something else.
    """
    try:
        _claim(settings, folder)
        return _write(settings, folder, _known(settings, folder / TRUTH), tell)
    except OSError as error:
        raise BuildError(
            f"无法写入 {folder}（{reason(error)}）；请检查磁盘空间和权限，或换一个 --out 文件夹"
        ) from error


def _write(settings: Settings, folder: Path, known: int, tell: Callable[[Told], None]) -> Told:
    """Write what is not there; the first `known` lines of the truth stand."""
    written = 0

    def is_wanted(place: int, name: str) -> bool:
        return place >= known or not (folder / name).is_file()

    with (folder / TRUTH).open("a", encoding="utf-8", newline="\n") as truth:
        for package in produced(settings, is_wanted):
            _replace(folder / package.file, package.data)
            if package.place >= known:
                truth.write(json.dumps(package.truth, ensure_ascii=False) + "\n")
                truth.flush()
            written += 1
            tell(Told(written, package.place + 1 - written))
    return Told(written, settings.count + settings.hostile - written)


def _claim(settings: Settings, folder: Path) -> None:
    """Write the settings into an empty folder, or see that they are those of the files there."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--out 应是文件夹，“{folder}”不是；请写一个文件夹名")
    folder.mkdir(parents=True, exist_ok=True)
    wanted = json.dumps(settings.told(), ensure_ascii=False, indent=1) + "\n"
    path = folder / SETTINGS
    if path.is_file():
        if path.read_text("utf-8") != wanted:
            raise UsageError(
                f"{folder} 里是用别的选项（或别的版本）合成的材料，见 {SETTINGS}；"
                "接着做请用原来的选项，否则请换一个 --out 文件夹"
            )
    elif any(entry.suffix != _PART for entry in folder.iterdir()):
        raise UsageError(f"{folder} 里已有别的文件；请换一个空的 --out 文件夹")
    else:
        _replace(path, wanted.encode())


def _known(settings: Settings, path: Path) -> int:
    """Return how many lines of the truth are whole and in order, and cut off what is not."""
    if not path.exists():
        return 0
    known = end = 0
    with path.open("r+b") as lines:
        for line, name in zip(lines, names(settings), strict=False):
            if not line.endswith(b"\n") or _file_of(line) != name:
                break
            known, end = known + 1, end + len(line)
        lines.truncate(end)
    return known


def _file_of(line: bytes) -> object:
    with suppress(ValueError, TypeError, KeyError):
        return json.loads(line)["file"]
    return None


def _replace(path: Path, data: bytes) -> None:
    """Write a file beside its place, then put it there."""
    part = path.with_name(f".{path.name}{_PART}")
    part.write_bytes(data)
    part.replace(path)
