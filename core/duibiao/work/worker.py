"""A worker: takes jobs from the queue, tells that it lives, and takes over what the dead have left."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta

from dbos import DBOS
from sqlalchemy import delete, select

from duibiao.office.jobs import LAPSE
from duibiao.office.retention import sweep
from duibiao.storage.base import new_id, now
from duibiao.storage.database import Database
from duibiao.storage.records import Worker
from duibiao.work import building, chunks, delivering, listing, queue, tasks
from duibiao.work.shop import Workshop, use

NOTES_AT_ONCE = 4
"""Notes that one worker delivers at once."""
SWEEP = 3600.0
"""Seconds from one removal of what is past its term to the next."""

JOBS = (
    tasks.check,
    tasks.lapse,
    building.build,
    delivering.notify,
    chunks.chunk,
    listing.make_lists,
)
"""The jobs; DBOS must know them before it starts."""

_log = logging.getLogger(__name__)


class Crew:
    """工作进程: this process as one of those that take work from the queue."""

    def __init__(self, shop: Workshop, count: int, silent: int) -> None:
        """Join; the tables must be there.

        Args:
            shop: The workshop.
            count: How many jobs at once.
            silent: Seconds without a sign of life after which a worker counts as dead.
        """
        self.id = new_id()
        self._office = shop.office
        self._database = shop.office.database
        self._silent = silent
        self._stop = threading.Event()
        use(shop)
        _beat(self._database, self.id)
        DBOS(config=queue.configure(self._database, self.id))
        DBOS.listen_queues([queue.QUEUE, queue.NOTES])
        DBOS.launch()
        for name, at_once, wait in (
            (queue.QUEUE, count, 0.5),
            (queue.NOTES, NOTES_AT_ONCE, 1.0),
        ):
            DBOS.register_queue(
                name,
                worker_concurrency=at_once,
                polling_interval_sec=wait,  # each look costs the database ten statements
                on_conflict="always_update",
            )
        self._begun: date | None = None
        self._swept = -SWEEP
        self._threads = [
            threading.Thread(target=self._repeat, args=(duty,), name=duty.__name__, daemon=True)
            for duty in (self._live, self._tidy)
        ]
        for thread in self._threads:
            thread.start()

    def _repeat(self, duty: Callable[[], None]) -> None:
        """Do a duty again and again until the end; neither waits for the other."""
        while not self._stop.wait(self._silent / 6):
            try:
                duty()
            except Exception:  # noqa: BLE001 - a worker whose heart has stopped would be robbed of its jobs
                _log.exception("a duty failed; it is tried again")

    def _live(self) -> None:
        _beat(self._database, self.id)
        take_over(self._database, self._silent)

    def _tidy(self) -> None:
        """Begin the day, and remove what is past its term, which may take long."""
        today = self._office.today
        if today != self._begun:
            with self._database.writing() as session:  # where another worker did, nothing is left
                self._office.enqueue(session, LAPSE, new_id())
            self._begun = today
        if time.monotonic() - self._swept > SWEEP:
            self._swept = time.monotonic()
            sweep(self._office)
            queue.sweep()

    def close(self, patience: int = 30) -> None:
        """Leave: end what is running within `patience` seconds, and give back the rest."""
        self._stop.set()
        for thread in self._threads:
            thread.join(patience)
        DBOS.destroy(workflow_completion_timeout_sec=patience)
        use(None)
        with self._database.writing() as session:
            worker = session.get(Worker, self.id)
            if worker:  # whoever looks next takes over what is left
                worker.seen = now() - timedelta(seconds=self._silent + 1)


def take_over(database: Database, silent: int) -> int:
    """Put the jobs of dead workers back on the queue, and forget those workers.

    Args:
        database: The database.
        silent: Seconds without a sign of life after which a worker counts as dead.

    Returns:
        The number of dead workers.
    """
    with database.reading() as session:
        last = now() - timedelta(seconds=silent)
        dead = list(session.scalars(select(Worker.id).where(Worker.seen < last)))
    if dead:
        # DBOS recovers by executor, and has no public name for it.
        DBOS._recover_pending_workflows(dead)
        with database.writing() as session:
            session.execute(delete(Worker).where(Worker.id.in_(dead)))
        _log.warning("took over from %d dead workers", len(dead))
    return len(dead)


def _beat(database: Database, id_: str) -> None:
    with database.writing() as session:
        worker = session.get(Worker, id_)
        if worker is None:
            session.add(Worker(id=id_, host=socket.gethostname()))
        else:
            worker.seen = now()
