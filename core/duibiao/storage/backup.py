"""Backup and restore (备份与恢复): one tar file with every row and every file, from and to either kind of database.

``manifest.json`` comes last and counts what is before it, so that a backup that was cut short is known for one. DBOS's own tables are
not in it: what was on the queue is put there again after a restore.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.engine import Connection

from duibiao.model.errors import DuibiaoError, reason
from duibiao.storage import packages, people, projects, records
from duibiao.storage.base import Base, Moment
from duibiao.storage.blobs import Blobs
from duibiao.storage.database import Database

FORMAT = 1
MANIFEST = "manifest.json"
_ROWS = 500
_TRANSIENT = frozenset({"sign_in", "failure", "worker", "chunk"})
"""Tables that a restore begins anew."""
MODULES = (packages, people, projects, records)
"""The modules whose tables are saved."""


class BackupError(DuibiaoError):
    """A backup cannot be written or restored; the message says why and what to do."""


def tables() -> tuple[Table, ...]:
    """Return the tables of a backup, each after those that it refers to."""
    return tuple(t for t in Base.metadata.sorted_tables if t.name not in _TRANSIENT)


def save(database: Database, blobs: Blobs, out: Path) -> dict[str, int]:
    """Write a backup, beside first and then by renaming.

    Args:
        database: The database; it may be in use.
        blobs: The file store.
        out: The file to write; it must not exist.

    Returns:
        Rows by table, and the number of files as ``files``.

    Raises:
        BackupError: If `out` exists or cannot be written.
        StoreError: If a file that is named is not in the store.
    """
    if out.exists():
        raise BackupError(f"{out} 已经存在；请换一个文件名，备份不覆盖旧的")
    beside = out.with_name(f".{out.name}.part")
    try:
        with tarfile.open(beside, "w") as tar:
            counts = _write(database, blobs, tar)
        beside.rename(out)
    except OSError as error:
        raise BackupError(f"备份写不到 {out}（{reason(error)}）；请检查路径和磁盘空间") from None
    finally:
        beside.unlink(missing_ok=True)
    return counts


def _write(database: Database, blobs: Blobs, tar: tarfile.TarFile) -> dict[str, int]:
    counts: dict[str, int] = {}
    files: set[str] = set()
    level = "SERIALIZABLE" if database.is_sqlite else "REPEATABLE READ"
    engine = database.engine.execution_options(isolation_level=level)
    with engine.begin() as connection:
        if database.is_sqlite:
            connection.execute(text("BEGIN"))
        for table in tables():
            rows = [_plain(table, row) for row in _rows(connection, table)]
            counts[table.name] = len(rows)
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            _add(tar, f"tables/{table.name}.jsonl", lines.encode())
            files |= _named(table, rows)
    for digest in sorted(files):
        _add(tar, f"files/{digest}", blobs.get(digest))
    counts["files"] = len(files)
    _add(tar, MANIFEST, json.dumps({"format": FORMAT, "counts": counts}).encode())
    return counts


def restore(database: Database, blobs: Blobs, source: Path) -> dict[str, int]:
    """Fill an empty database and its file store from a backup, wholly or not at all.

    Args:
        database: The database; its tables are there and empty.
        blobs: The file store.
        source: The backup.

    Returns:
        Rows by table, and the number of files as ``files``.

    Raises:
        BackupError: If the backup is damaged or cut short, or the database is not empty.
    """
    try:
        with tarfile.open(source, "r:") as tar:
            manifest = _manifest(tar, source)
            counts: dict[str, int] = manifest["counts"]
            with database.engine.begin() as connection:
                _demand_empty(connection)
                for table in tables():
                    rows = list(_read_rows(tar, table))
                    if len(rows) != counts.get(table.name):
                        raise BackupError(
                            f"备份 {source} 里的表 {table.name} 不完整；请用另一份备份"
                        )
                    for start in range(0, len(rows), _ROWS):
                        connection.execute(insert(table), rows[start : start + _ROWS])
                _restore_files(tar, blobs, source)
    except OSError as error:
        raise BackupError(
            f"备份 {source} 没有恢复（{reason(error)}）；请检查路径、权限和磁盘空间"
        ) from None
    except (tarfile.TarError, KeyError, ValueError):
        raise BackupError(f"{source} 不是完整的备份，没有恢复；请用另一份备份") from None
    return counts


def _restore_files(tar: tarfile.TarFile, blobs: Blobs, source: Path) -> None:
    for member in tar:
        folder, _, digest = member.name.partition("/")
        if folder == "files" and blobs.put(io.BytesIO(_content(tar, member.name).read())) != digest:
            raise BackupError(f"备份 {source} 里的文件 {digest[:12]} 损坏；请用另一份备份")


def _manifest(tar: tarfile.TarFile, source: Path) -> dict[str, Any]:
    if MANIFEST not in tar.getnames():
        raise BackupError(f"备份 {source} 没有写完；请用另一份备份")
    manifest: dict[str, Any] = json.load(_content(tar, MANIFEST))
    if manifest.get("format") != FORMAT:
        raise BackupError(f"备份 {source} 的格式是另一个版本的；请用写它的那个版本恢复")
    return manifest


def _demand_empty(connection: Connection) -> None:
    for table in tables():
        if connection.scalar(select(func.count()).select_from(table)):
            raise BackupError("数据库里已有内容，没有恢复；请恢复到一个新的数据库")


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    order = [column.asc() for column in table.primary_key]
    result = connection.execute(select(table).order_by(*order))
    yield from (dict(row) for row in result.mappings())


def _plain(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {
        column.name: row[column.name].isoformat()
        if isinstance(row[column.name], datetime)
        else row[column.name]
        for column in table.columns
    }


def _read_rows(tar: tarfile.TarFile, table: Table) -> Iterator[dict[str, Any]]:
    moments = {column.name for column in table.columns if isinstance(column.type, Moment)}
    for line in _content(tar, f"tables/{table.name}.jsonl"):
        row = json.loads(line)
        yield {
            name: datetime.fromisoformat(value) if name in moments and value else value
            for name, value in row.items()
        }


_FILES = {
    "submission": ("blob", "report"), "artefact": ("blob",), "exhibit": ("blob",), "project": ("package",),
    "list_file": ("blob",),
}  # fmt: skip
"""Columns that name files."""


def _named(table: Table, rows: list[dict[str, Any]]) -> set[str]:
    return {
        row[column]
        for row in rows
        for column in _FILES.get(table.name, ())
        if row[column] and not (column == "blob" and row.get("purged"))
    }


def _content(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    stream = tar.extractfile(name)
    if stream is None:
        raise KeyError(name)
    return stream


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))
