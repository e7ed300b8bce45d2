"""编制记录.json: what a package was made from and which files it has; it knows no hour."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from duibiao.model.classes import dataclass

NAME = "编制记录.json"
LARGEST = 4 << 20
"""Bytes of a stranger's manifest that is read: ours has some two hundred for each file of evidence."""

_FILES, _SIZE, _HASH = "成果", "字节", "sha256"


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a file is known again.

    Attributes:
        sha256: Hash of its bytes, in hexadecimal.
        size: Size in bytes.
    """

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Origin:
    """What a package was made from.

    Attributes:
        engine: Version of duibiao.
        draft: It was made in spite of errors (草稿).
        templates: Name of each template → hash of its bytes.
        editions: The documents of the law by which it was made, by industry and branch.
        inputs: Path of each file of the project, below it → its mark.
    """

    engine: str
    draft: bool = False
    templates: Mapping[str, str] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, Mark] = field(default_factory=dict)


def mark(path: Path) -> Mark:
    """Return the mark of a file, which is read in pieces."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return Mark(digest, stream.tell())


def write_manifest(folder: Path, origin: Origin) -> None:
    """Write 编制记录.json for all files below a folder; it is the last file to be written there.

    Args:
        folder: The finished package.
        origin: What it was made from.
    """
    made = {
        path.relative_to(folder).as_posix(): mark(path)
        for path in folder.rglob("*")
        if path.is_file() and path != folder / NAME
    }
    told = {
        "引擎版本": origin.engine,
        "草稿": origin.draft,
        "模板": dict(origin.templates),
        "依据版本": dict(origin.editions),
        "输入": _marks(origin.inputs),
        _FILES: _marks(made),
    }
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / NAME).write_bytes(text.encode("utf-8", "replace") + b"\n")


def files_made(folder: Path) -> dict[str, Mark] | None:
    """Return the files that the manifest of a package names, by their path; None where there is no manifest of ours."""
    try:
        content = (folder / NAME).read_bytes()
    except OSError:
        return None
    return marks_in(content)


def marks_in(content: bytes) -> dict[str, Mark] | None:
    """Return the files that a manifest names, by their path; None where it is no manifest of ours."""
    try:
        told = json.loads(content)[_FILES]
        return {str(name): Mark(str(one[_HASH]), int(one[_SIZE])) for name, one in told.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def _marks(marks: Mapping[str, Mark]) -> dict[str, dict[str, str | int]]:
    return {name: {_HASH: one.sha256, _SIZE: one.size} for name, one in marks.items()}
