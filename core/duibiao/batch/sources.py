"""Where the packages of a batch come from: a folder, a list of files, a zip of packages, or a bucket."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from duibiao.intake.archive import LIMITS, SafeZip
from duibiao.intake.names import decoded
from duibiao.intake.old_copies import old_copies
from duibiao.model.errors import IntakeError, UsageError, reason
from duibiao.reports.waiver_files import NAME as WAIVERS
from duibiao.reports.writing import INPUT_SUFFIXES
from duibiao.service.collecting import collect

OF_MANY = replace(LIMITS, file=1 << 40, entries=1_000_000, directory=1 << 28, total=1 << 42)
"""Limits of a zip of packages; each package in it keeps to those of packages."""
LIST_SUFFIXES = frozenset({".txt", ".list"})


@dataclass(frozen=True, slots=True)
class Item:
    """待审查的一份.

    Attributes:
        name: Name in the results; unique in the batch.
        place: Path of the file or folder; for a zip or bucket, of what it is taken from.
        member: Name in the zip or key in the bucket; "" for a file of its own.
    """

    name: str
    place: str
    member: str = ""


@dataclass(slots=True)
class Sources:
    """一批材料的来源.

    Attributes:
        items: The packages, by name.
        problems: Why something that was named cannot be checked, by its name.
        skipped: Number of files that are not looked at, by suffix.
        own: Number of files that this program itself wrote.
        old: Old copies by their names, each with the present one; they are not checked.
    """

    items: list[Item] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    own: int = 0
    old: Mapping[str, str] = field(default_factory=dict)


def sources_of(where: str) -> Sources:
    """Find the packages that a source means.

    Args:
        where: A folder, a ``.txt`` or ``.list`` file (UTF-8 or GB 18030) with a path a line, a zip of packages, a single package, or ``s3://…``.

    Raises:
        UsageError: If there is no such source.
        IntakeError: If a zip cannot be read.
    """
    if "://" in where:
        return _in_bucket(where)
    path = Path(where)
    if not path.exists():
        raise UsageError(f"{where} 不存在；请检查路径")
    if path.is_file() and path.suffix.lower() in LIST_SUFFIXES:
        return _listed(path)
    if path.is_file() and path.suffix.lower() == ".zip":
        return _in_zip(path)
    return _collected([path], path if path.is_dir() else path.parent)


def _collected(paths: list[Path], base: Path) -> Sources:
    found = collect(paths)
    items = []
    for file in found.files:
        name = file.relative_to(base) if file.is_relative_to(base) else file
        items.append(Item(printable(name.as_posix()), str(file)))
    return Sources(
        sorted(items, key=lambda item: item.name),
        found.problems,
        dict(sorted(found.skipped.items())),
        len(found.own),
        {str(file): str(present) for file, present in found.old.items()},
    )


def printable(name: str) -> str:
    r"""Return words with the bytes of file names that are no text as ``\\udc..``, each name still another one."""
    return name.encode("utf-8", "backslashreplace").decode()


def _listed(path: Path) -> Sources:
    try:
        lines = decoded(path.read_bytes().removeprefix(BOM_UTF8)).splitlines()
    except OSError as error:
        raise UsageError(f"清单 {path} 读不了（{reason(error)}）；请检查权限") from None
    wanted = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return _collected([path.parent / name for name in wanted], path.parent)


def _in_zip(path: Path) -> Sources:
    found, skipped = Sources(), Counter[str]()
    for name in _opened(str(path)).names():
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in INPUT_SUFFIXES:
            found.items.append(Item(name, str(path), name))
        elif not name.endswith("/"):
            skipped[suffix] += 1
    if not found.items:
        raise UsageError(f"{path} 里没有申报材料；压缩包里应是一份份材料（Word、PDF 或压缩包）")
    _settle(found)
    found.skipped = dict(sorted(skipped.items()))
    return found


def _in_bucket(url: str) -> Sources:
    from obstore.exceptions import BaseError
    from obstore.store import from_url

    found, skipped = Sources(), Counter[str]()
    try:
        for page in from_url(url).list():
            for entry in page:
                name = entry["path"]
                suffix = PurePosixPath(name).suffix.lower()
                if suffix in INPUT_SUFFIXES:
                    found.items.append(Item(name, url, name))
                else:
                    skipped[suffix] += 1
    except (BaseError, OSError, ValueError) as error:
        raise UsageError(
            f"读不到 {url}：{error}；请检查地址和密钥（AWS_ 开头的环境变量）"
        ) from None
    _settle(found)
    found.skipped = dict(sorted(skipped.items()))
    return found


def _settle(found: Sources) -> None:
    """Leave old copies aside, and sort the rest."""
    found.old = old_copies(item.name for item in found.items)
    found.items = sorted(
        (item for item in found.items if item.name not in found.old), key=lambda item: item.name
    )


@contextlib.contextmanager
def at_hand(item: Item) -> Iterator[Path]:
    """Give a package as a path of this machine, under its own file name; what had to be fetched is gone afterwards.

    Raises:
        IntakeError: If it cannot be fetched.
    """
    if not item.member:
        yield Path(item.place)
        return
    with tempfile.TemporaryDirectory(prefix="duibiao-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, PurePosixPath(item.member).name)
        path.write_bytes(_fetched(item))
        yield path


def _fetched(item: Item) -> bytes:
    if "://" in item.place:
        from obstore.exceptions import BaseError
        from obstore.store import from_url

        try:
            return bytes(from_url(item.place).get(item.member).bytes())
        except (BaseError, OSError) as error:
            raise IntakeError(f"{item.member} 取不到：{error}；请检查网络后重新运行") from None
    return _opened(item.place).read(item.member)


@lru_cache(maxsize=1)
def _opened(place: str) -> SafeZip:
    """Return a zip of packages; it stays open, and may be larger than a package may be."""
    path = Path(place)
    return SafeZip(path.open("rb"), path.name, OF_MANY)


def key_of(path: Path) -> str:
    """Return the SHA-256 of a package; where waivers lie beside it, a plus and theirs after it.

    Raises:
        OSError: If it cannot be read.
    """
    waivers = path.parent / WAIVERS
    return f"{digest_of(path)}+{digest_of(waivers)}" if waivers.is_file() else digest_of(path)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; of a folder, that of the names and contents of everything in it.

    Raises:
        OSError: If it cannot be read.
    """
    if path.is_file():
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    whole = hashlib.sha256()
    for file in sorted(each for each in path.rglob("*") if each.is_file()):
        whole.update(f"{file.relative_to(path).as_posix()}\0{digest_of(file)}\n".encode())
    return whole.hexdigest()
