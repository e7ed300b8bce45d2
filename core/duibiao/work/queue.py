"""The durable queue: DBOS, in the same database as our own tables."""

from __future__ import annotations

import logging

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions
from sqlalchemy.orm import Session

from duibiao.office.jobs import NOTIFY
from duibiao.storage.database import Database

APPLICATION = QUEUE = "duibiao"
NOTES = "notes"
"""Queue of notes to other programs: one that hangs holds up no check."""
CHUNK = "chunk"
BEHIND = 10
"""Priority of chunks of batches: whoever waits for a single check goes first (a lesser number, or none)."""
VERSION = "1"
"""Version of the workflows: jobs of another version are left alone, so it changes only when their steps do."""


def configure(database: Database, executor: str) -> DBOSConfig:
    """Return how DBOS runs here: as one executor of the database, without any service outside."""
    return DBOSConfig(
        name=APPLICATION,
        system_database_url=database.address,
        executor_id=executor,
        application_version=VERSION,
        log_level="ERROR",
        use_listen_notify=False,
        enable_otlp=False,
    )


def prepare(database: Database) -> None:
    """Make DBOS's own tables; `Database.migrate` makes ours."""
    logging.getLogger("dbos").setLevel(logging.ERROR)
    DBOS.migrate(database.address)


class Enqueuer:
    """Puts work on the queue from any process, in the caller's own transaction."""

    def __init__(self, database: Database) -> None:
        """Connect to DBOS's tables, which `prepare` has made."""
        self._client = DBOSClient(
            system_database_url=database.address, application_name=APPLICATION
        )

    def __call__(self, session: Session, what: str, id_: str, /, *, delay: float = 0) -> None:
        """Put work on the queue, to begin after `delay` seconds; the same work twice is once."""
        options = EnqueueOptions(
            queue_name=NOTES if what == NOTIFY else QUEUE,
            workflow_name=what,
            workflow_id=f"{what}-{id_}",
            app_version=VERSION,
        )
        if what == CHUNK:
            options["priority"] = BEHIND
        if delay:
            options["delay_seconds"] = delay
        self._client.enqueue_in_transaction(session, options, id_)

    def close(self) -> None:
        """Let go of the tables."""
        self._client.destroy()
