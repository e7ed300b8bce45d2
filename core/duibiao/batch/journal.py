"""The journal of a batch (流水): what is done is written down as it is done, and survives kill -9."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duibiao.model.errors import BuildError, UsageError, reason

FILE = "batch.db"
FORMAT = 2
_REFUSED = {
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_READONLY: "没有权限",
    sqlite3.SQLITE_CANTOPEN: "没有权限",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
}
EVERY = 0.5
"""Seconds after which what is done becomes durable."""


@dataclass(frozen=True, slots=True)
class Done:
    """做完的一份.

    Attributes:
        name: Name in the results.
        digest: SHA-256 of the package; where waivers lie beside it, a plus and theirs after it.
        whole: Mark of everything that was in force.
        own: Mark of what judged it.
        plugins: Plugins that judged it, with commas; "" where one was missing.
        dated: Whether the day does not matter.
        problem: Why there is no report; "" where there is one.
        seconds: How long it took.
        report: The report as gzipped JSON; empty where there is none.
    """

    name: str
    digest: str
    whole: str
    own: str
    plugins: str
    dated: bool
    problem: str
    seconds: float
    report: bytes


class Journal:
    """流水: one file in the folder of the results; one process writes it.

    Attributes:
        id: What this journal is known by elsewhere.
    """

    def __init__(self, folder: Path) -> None:
        """Open or begin the journal of a folder.

        Raises:
            BuildError: If it cannot be written.
            UsageError: If another run writes it, or it is of another version.
        """
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(folder / FILE, timeout=1, isolation_level=None)
        except (OSError, sqlite3.OperationalError) as error:
            raise self._unwritable(error) from None
        try:
            self._connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("BEGIN EXCLUSIVE")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS done (name TEXT PRIMARY KEY, digest TEXT, whole TEXT, own TEXT,"
                " plugins TEXT, dated INT, problem TEXT, seconds REAL, report BLOB)"
            )
            self._connection.execute("CREATE TABLE IF NOT EXISTS batch (id TEXT PRIMARY KEY)")
            self._connection.execute(
                "INSERT INTO batch SELECT ? WHERE NOT EXISTS (SELECT * FROM batch)",
                (secrets.token_urlsafe(16),),
            )
            self.id: str = self._connection.execute("SELECT id FROM batch").fetchone()[0]
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, FORMAT):
                raise UsageError(f"{folder} 里的结果是另一个版本写的；请换一个 --out 文件夹")
            self._connection.execute(f"PRAGMA user_version={FORMAT}")
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise self._unwritable(error) from None
            raise UsageError(
                f"{folder} 正由另一个批量审查使用；请等它结束，或换一个 --out 文件夹"
            ) from None
        except sqlite3.DatabaseError:
            raise UsageError(
                f"{folder / FILE} 损坏；请删除它后重新审查，或换一个 --out 文件夹"
            ) from None
        self._last = time.monotonic()

    def find(self, name: str) -> Done | None:
        """Return what is known of a package, or None; of its report, only whether there is one."""
        row = self._connection.execute(
            "SELECT name, digest, whole, own, plugins, dated, problem, seconds,"
            " CASE WHEN length(report) > 0 THEN x'01' ELSE x'' END FROM done WHERE name = ?",
            (name,),
        ).fetchone()
        return _done(row) if row else None

    def reported(self) -> Iterator[str]:
        """Give the names of the packages that have a report."""
        for (name,) in self._connection.execute("SELECT name FROM done WHERE length(report) > 0"):
            yield name

    def times(self) -> Iterator[tuple[str, float]]:
        """Give the name and the seconds of every package, the slowest first."""
        yield from self._connection.execute(
            "SELECT name, round(seconds, 3) AS long FROM done ORDER BY long DESC, name"
        )

    def add(self, done: Done) -> None:
        """Write down one package; it is durable within `EVERY` seconds or at `flush`.

        Raises:
            BuildError: If it cannot be written.
        """
        row = (
            done.name, done.digest, done.whole, done.own, done.plugins, done.dated, done.problem,
            done.seconds, done.report,
        )  # fmt: skip
        self._change("INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", [row])
        if time.monotonic() - self._last > EVERY:
            self.flush()

    def renew(self, name: str, whole: str) -> None:
        """Note that a result also holds under a new mark of everything."""
        self._change("UPDATE done SET whole = ? WHERE name = ?", [(whole, name)])

    def keep(self, names: Iterable[str]) -> None:
        """Forget the packages that have none of these names: they are not there any more."""
        self._connection.execute("CREATE TEMP TABLE named (name TEXT PRIMARY KEY)")
        self._change("INSERT OR IGNORE INTO named VALUES (?)", ((name,) for name in names))
        self._change("DELETE FROM done WHERE name NOT IN (SELECT name FROM named)", [()])
        self.flush()
        self._connection.execute("DROP TABLE named")

    def every(self) -> Iterator[Done]:
        """Give everything that is done, by name."""
        self.flush()
        for row in self._connection.execute("SELECT * FROM done ORDER BY name"):
            yield _done(row)

    def flush(self) -> None:
        """Make everything durable.

        Raises:
            BuildError: If it cannot be written.
        """
        try:
            if self._connection.in_transaction:
                self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise self._unwritable(error) from None
        self._last = time.monotonic()

    def close(self) -> None:
        """Make everything durable and let go."""
        try:
            self.flush()
        finally:
            self._connection.close()

    def _change(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        try:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN")
            self._connection.executemany(statement, rows)
        except sqlite3.OperationalError as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError | sqlite3.Error) -> BuildError:
        why = reason(error) if isinstance(error, OSError) else _refused(error)
        return BuildError(
            f"{self._folder / FILE} 写不进去（{why}）；此前审查过的都还在，腾出空间或改好权限后再运行一次即可"
        )


def _refused(error: sqlite3.Error) -> str:
    """Return why the database refused, in Chinese where it is the disk's doing."""
    return _REFUSED.get(error.sqlite_errorcode & 0xFF, str(error))


def _done(row: tuple[Any, ...]) -> Done:
    name, digest, whole, own, plugins, dated, problem, seconds, report = row
    return Done(name, digest, whole, own, plugins, bool(dated), problem, seconds, report)
