"""The database: SQLite in a file, or PostgreSQL by URL."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from duibiao.model.errors import UsageError

BUSY = 30_000
"""Milliseconds that a writer waits for another one in SQLite."""
_PATIENCE = {"connect_timeout": 10, "tcp_user_timeout": 30_000, "keepalives_idle": 30}
"""How long PostgreSQL may be silent (s, ms, s) before it counts as gone; the system would wait for a quarter of an hour."""
_AT_ONCE = text("BEGIN IMMEDIATE")
_MIGRATING = 0x6475_6962
"""Key of PostgreSQL's lock under which one process migrates."""


def connect(url: str) -> Engine:
    """Open a database.

    Args:
        url: ``sqlite:///path`` or ``postgresql://…``.

    Raises:
        UsageError: If the URL is malformed or names another database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise UsageError(
            f"数据库地址写错了：{error}；例如 postgresql://用户:密码@主机/库"
        ) from None
    match parsed.get_backend_name():
        case "postgresql":
            return create_engine(
                parsed.set(drivername="postgresql+psycopg"),
                pool_pre_ping=True,
                pool_size=10,
                connect_args=_PATIENCE,
            )
        case "sqlite":
            if parsed.database:
                Path(parsed.database).absolute().parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(parsed, connect_args={"timeout": BUSY / 1000})
            event.listen(engine, "connect", _prepare)
            return engine
    raise UsageError(f"不支持的数据库 {parsed.get_backend_name()}；请用 sqlite 或 postgresql")


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@dataclass(slots=True)
class _Whole:
    """What `Database.together` makes one transaction of; `connection` is None until something is written."""

    stack: contextlib.ExitStack
    first: Callable[[Session], None]
    connection: Connection | None = None


class Database:
    """数据库: an engine and its transactions."""

    def __init__(self, url: str) -> None:
        """Open the database; nothing is made in it before `migrate`.

        Raises:
            UsageError: If the URL is malformed.
        """
        self.url = url
        self.engine = connect(url)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._mine = threading.local()

    @property
    def address(self) -> str:
        """The URL for another library, password and all."""
        return self.engine.url.set(
            drivername="sqlite" if self.is_sqlite else "postgresql"
        ).render_as_string(hide_password=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is an embedded file."""
        return self.engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session whose changes, if any, are thrown away."""
        whole = self._whole
        connection = whole.connection if whole else None
        with self._sessions() if connection is None else self._within(connection) as session:
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that is committed at the end, or wholly undone; `together`, only once everything is done.

        In SQLite the transaction takes the lock of the writer at once, so that what it reads is what it changes.
        """
        whole = self._whole
        if whole is not None:
            with self._within(whole.connection or self._begun(whole)) as session, session.begin():
                yield session
            return
        with self._sessions() as session, session.begin():
            if self.is_sqlite:
                session.execute(_AT_ONCE)
            yield session

    @contextlib.contextmanager
    def together(self, first: Callable[[Session], None]) -> Iterator[None]:
        """Make one transaction of everything that this thread writes within: all of it is committed at the end, or nothing.

        Args:
            first: What the transaction begins with, once something is written: work before that keeps no other writer waiting.
        """
        with contextlib.ExitStack() as stack:
            self._mine.whole = _Whole(stack, first)
            stack.callback(setattr, self._mine, "whole", None)
            yield

    @property
    def _whole(self) -> _Whole | None:
        found: _Whole | None = getattr(self._mine, "whole", None)
        return found

    def _begun(self, whole: _Whole) -> Connection:
        connection = whole.stack.enter_context(self.engine.connect())
        whole.stack.enter_context(connection.begin())
        if self.is_sqlite:
            connection.execute(_AT_ONCE)
        with self._within(connection) as session, session.begin():
            whole.first(session)
        whole.connection = connection
        return connection

    def _within(self, connection: Connection) -> Session:
        """Return a session whose transaction is a part of the connection's."""
        return self._sessions(bind=connection, join_transaction_mode="create_savepoint")

    def migrate(self) -> None:
        """Bring the tables to the present version; any number of processes may do so at once.

        Raises:
            UsageError: If the database cannot be reached or changed.
        """
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        try:
            with self.engine.connect() as connection:
                if self.is_sqlite:
                    connection.execute(_AT_ONCE)
                else:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATING})"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                connection.commit()
        except SQLAlchemyError as error:
            raise UsageError(f"打不开数据库：{error}；请检查地址、权限和磁盘空间") from None

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()
