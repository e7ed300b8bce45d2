"""留存的法规数据: rows of law files that were found valid, kept so that the next start need not check them again.

Checking takes longer than everything else at the start. What is kept says which files it is of, by which program it was
checked, and its own hash; whatever does not agree is checked again. It is plain data (JSON), so reading it runs nothing.
Without a folder to keep it in, every start checks.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from duibiao import __version__
from duibiao.law.rows import Row

_CHECKERS = ("files.py", "keeping.py", "loading.py", "rows.py", "schema.py", "validating.py")
_DATES = {"$datetime": datetime.fromisoformat, "$date": date.fromisoformat}


def kept_rows(home: str, sha256: str) -> list[Row] | None:
    """Return the rows kept of law files, or None where there are none that can be relied on.

    Args:
        home: Name of the folder of the law files, and of what else they were checked by.
        sha256: Hash over their names and contents.
    """
    with suppress(OSError):  # then they are checked
        folder = _folder()
        if not _is_ours(folder):
            return None
        key, _, rest = (folder / _name(home)).read_bytes().partition(b"\n")
        digest, _, body = rest.partition(b"\n")
        if key == _key(home, sha256) and digest == _digest(body):
            return [Row(*row) for row in json.loads(body, object_hook=_revived)]
    return None


def keep_rows(home: str, sha256: str, rows: Sequence[Row]) -> None:
    """Keep rows that were found valid; what was kept of this folder before is replaced.

    Args:
        home: Name of the folder of the law files, and of what else they were checked by.
        sha256: Hash over their names and contents.
        rows: Their rows.
    """
    plain = [(row.kind, row.values, row.file, row.line) for row in rows]
    body = json.dumps(plain, ensure_ascii=False, default=_plain).encode()
    with suppress(OSError):  # the next start checks again
        path = _folder() / _name(home)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.urandom(8).hex()}")
        try:
            part.write_bytes(b"\n".join((_key(home, sha256), _digest(body), body)))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _folder() -> Path:
    """Return the folder in which rows are kept.

    Raises:
        FileNotFoundError: If the user has none.
    """
    folder = user_cache_path("duibiao", appauthor=False) / "law"
    if not folder.is_absolute():
        raise FileNotFoundError(folder)
    return folder


def _is_ours(folder: Path) -> bool:
    """Whether nobody else may write to the folder: a figure of the law is not taken from others."""
    if not hasattr(os, "getuid"):  # Windows keeps the users' folders apart by itself
        return True
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _name(home: str) -> str:
    return f"{hashlib.sha256(home.encode()).hexdigest()[:16]}.json"


def _key(home: str, sha256: str) -> bytes:
    return _digest(f"{__version__}\0{_checker()}\0{home}\0{sha256}".encode())


@cache
def _checker() -> str:
    """Return the hash of what checks and keeps rows."""
    law = files("duibiao.law")
    return _digest(b"\0".join(law.joinpath(name).read_bytes() for name in _CHECKERS)).decode()


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _plain(value: object) -> dict[str, str]:
    match value:
        case Decimal():
            return {"$decimal": str(value)}
        case datetime():
            return {"$datetime": value.isoformat()}
        case date():
            return {"$date": value.isoformat()}
    raise TypeError(f"{value!r} stands in no valid row")


def _revived(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        ((name, value),) = found.items()
        if name == "$decimal":
            return Decimal(value)
        if name in _DATES:
            return _DATES[name](value)
    return found
