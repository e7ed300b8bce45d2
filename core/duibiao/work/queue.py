"""The durable queue: DBOS, in the same database as our own tables."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions
from sqlalchemy.orm import Session

from duibiao.office.jobs import NOTIFY
from duibiao.storage.base import now
from duibiao.storage.database import Database

APPLICATION = QUEUE = "duibiao"
NOTES = "notes"
"""Queue of notes to other programs: one that hangs holds up no check."""
CHUNK = "chunk"
BEHIND = 10
"""Priority of chunks of batches: whoever waits for a single check goes first (a lesser number, or none)."""
VERSION = "1"
"""Version of the workflows: jobs of another version are left alone, so it changes only when their steps do."""
KEPT = timedelta(days=1)
"""How long DBOS remembers a job that has ended; what came of it stands in our own tables."""
_ENDED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_AT_ONCE, _ROUNDS = 500, 20
_PATIENCE = 5.0


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

    def forget(self, what: str, ids: Collection[str]) -> None:
        """Remove work that has ended; what still runs is waited for a little, and then left to `sweep`."""
        left = [f"{what}-{id_}" for id_ in ids]
        end = time.monotonic() + _PATIENCE
        while left:
            part, left = left[:_AT_ONCE], left[_AT_ONCE:]
            _remove_ended(self._client, workflow_ids=part)
            running = self._client.list_workflows(
                workflow_ids=part, load_input=False, load_output=False
            )
            if running and time.monotonic() < end:
                time.sleep(0.1)
                left += [one.workflow_id for one in running]

    def close(self) -> None:
        """Let go of the tables."""
        self._client.destroy()


def sweep() -> int:
    """Remove jobs that have ended more than `KEPT` ago, from a process in which DBOS runs.

    Not more than some thousands at once: the worker that sweeps gives no sign of life meanwhile.

    Returns:
        The number of jobs.
    """
    return _remove_ended(DBOS, completed_before=(now() - KEPT).isoformat())


def _remove_ended(dbos: DBOSClient | type[DBOS], **which: Any) -> int:
    """Remove jobs from the tables of DBOS, but none that is under way: its worker would wait for it for ever."""
    count = 0
    for _ in range(_ROUNDS):
        found = dbos.list_workflows(
            status=_ENDED, limit=_AT_ONCE, load_input=False, load_output=False, **which
        )
        if not found:
            break
        dbos.delete_workflows([one.workflow_id for one in found])
        count += len(found)
    return count
