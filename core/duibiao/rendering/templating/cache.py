"""Compiled templates in the user's cache folder.

What lies there is code, so it is used only where nobody else can have put it: the folder and the file belong to the
user and nobody else may write to or read from them. Anything out of the ordinary means that there is no cache.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

MOST_FILES = 64
"""Templates that are kept; the ones used least recently go first."""

_SUFFIX = ".compiled"
_DIGEST = hashlib.sha256().digest_size


def key_of(data: bytes) -> str:
    """Return what a template's compiled form is known by: its bytes, and all that compiles them."""
    return hashlib.sha256(_compiler() + hashlib.sha256(data).digest()).hexdigest()


def load(key: str) -> bytes | None:
    """Return what was saved under a key, None where there is nothing that can be trusted."""
    with suppress(OSError), _folder() as folder:
        if folder is None:
            return None
        name = key + _SUFFIX
        number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
        with os.fdopen(number, "rb") as file:
            if not _own(os.fstat(number), stat.S_ISREG):
                return None
            data = file.read()
            os.utime(number)
        if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
            return data[_DIGEST:]
    return None


def save(key: str, data: bytes) -> None:
    """Save under a key, at once or not at all; where that cannot be done, nothing happens."""
    with suppress(OSError), _folder(make=True) as folder:
        if folder is None:
            return
        part = f"{key}.{os.getpid()}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with suppress(FileNotFoundError):
            os.unlink(part, dir_fd=folder)
        with os.fdopen(os.open(part, flags, 0o600, dir_fd=folder), "wb") as file:
            file.write(hashlib.sha256(data).digest() + data)
        os.rename(part, key + _SUFFIX, src_dir_fd=folder, dst_dir_fd=folder)
        _prune(folder)


@contextmanager
def _folder(*, make: bool = False) -> Iterator[int | None]:
    """Open the cache folder; None where there is none that is the user's alone."""
    path = _path()
    if path is None:
        yield None
        return
    if make:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield folder if _own(os.fstat(folder), stat.S_ISDIR) else None
    finally:
        os.close(folder)


def _path() -> Path | None:
    if not hasattr(os, "geteuid") or os.open not in os.supports_dir_fd:
        return None
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        base = given if given.is_absolute() else Path.home() / ".cache"
    except RuntimeError:
        return None
    return base / "duibiao" / "templates"


def _own(status: os.stat_result, is_kind: object) -> bool:
    """Whether something is of its kind, the user's, and nobody else's."""
    assert callable(is_kind)
    return (
        bool(is_kind(status.st_mode))
        and status.st_uid == os.geteuid()
        and not status.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    )


def _prune(folder: int) -> None:
    with os.scandir(folder) as entries:
        found = sorted((entry.stat().st_mtime, entry.name) for entry in entries)
    for _, name in found[:-MOST_FILES]:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=folder)


@cache
def _compiler() -> bytes:
    """Digest of Python's, jinja's, docxtpl's and our own version; of ours, the sources."""
    digest = hashlib.sha256(importlib.util.MAGIC_NUMBER)
    digest.update(sys.version.encode())
    for name in ("jinja2", "docxtpl"):
        digest.update(f"{name} {version(name)}\0".encode())
    for source in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if source.name.endswith(".py"):
            digest.update(source.read_bytes())
    return digest.digest()
