"""Writing reports: beside first, then renamed, so that no half-written file is ever seen; inputs are never touched."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from duibiao.model.errors import UsageError, reason

FOLDER_SUFFIXES = frozenset(
    {".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".zip", ".7z", ".rar"}
)
"""Suffixes of the packages that are looked for in folders; a PDF there may be evidence, and has to be named."""

INPUT_SUFFIXES = FOLDER_SUFFIXES | {".pdf"}
"""Suffixes that a report never gets: they belong to what is checked."""

ANNOTATED = "（批注）"
"""What the name of an annotated copy has before its suffix; such copies in folders are not checked again."""

VERDICT_AUTHOR = "对标-审查结论"
"""Author of the comment about the whole in an annotated copy: with the name, how such a copy is known."""


def encode(text: str) -> bytes:
    """Return `text` in UTF-8; the bytes of a file name that are no text become question marks."""
    return text.encode("utf-8", "replace")


def write(path: Path, text: str, inputs: Iterable[Path]) -> None:
    """Write a report that is text; see `write_bytes`."""
    write_bytes(path, encode(text), inputs)


def write_bytes(path: Path, data: bytes, inputs: Iterable[Path]) -> None:
    """Write a report.

    Args:
        path: Where to; its folder is made.
        data: The report.
        inputs: Files that must not be overwritten.

    Raises:
        UsageError: If `path` is an input or looks like one, or cannot be written.
    """
    if path.suffix.lower() in INPUT_SUFFIXES or is_input(path, inputs):
        raise UsageError(f"报告不能写到 {path}：它是申报材料；请用 --out 指定别的文件名")
    _replace(path, data)


def write_paper(path: Path, data: bytes, tail: str, inputs: Iterable[Path]) -> None:
    """Write a report that is a Word file; what is there is replaced only if its name says that it is such a report.

    Args:
        path: Where to; its folder is made.
        data: The report.
        tail: How the names of such reports end, without the suffix.
        inputs: Files that must not be overwritten.

    Raises:
        UsageError: If `path` may be a package or is no Word file, or cannot be written.
    """
    if path.suffix.lower() != ".docx":
        raise UsageError(f"{path} 不是 Word 文件名；请写 .docx 结尾的文件名，或一个已有的文件夹")
    if is_input(path, inputs) or (path.exists() and not path.stem.endswith(tail.strip("-"))):
        raise UsageError(f"{path} 已经存在，可能是申报材料，不覆盖；请用 --out 指定别的文件名")
    _replace(path, data)


def _replace(path: Path, data: bytes) -> None:
    """Write a file beside `path`, then put it there."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as stream:
                stream.write(data)
            part.replace(path)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    except OSError as error:
        raise UsageError(f"无法写入 {path}（{reason(error)}）；请用 --out 指定别的位置") from error


def is_input(path: Path, inputs: Iterable[Path]) -> bool:
    """Return whether `path` is one of `inputs`, whatever name it goes by."""
    return path.exists() and any(path.samefile(entry) for entry in inputs if entry.exists())
