"""Putting the parts of a running server or worker together, and taking them apart."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from duibiao.office.desk import Office
from duibiao.storage.blobs import Blobs
from duibiao.storage.database import Database
from duibiao.web.settings import Settings
from duibiao.work import queue
from duibiao.work.children import Children
from duibiao.work.limits import Limits
from duibiao.work.shop import Workshop
from duibiao.work.worker import Crew


@contextlib.contextmanager
def opened(settings: Settings) -> Iterator[Office]:
    """Give the office over a database that is up to date.

    Raises:
        UsageError: If database or file store cannot be opened.
    """
    database = Database(settings.database_url)
    database.migrate()
    queue.prepare(database)
    enqueuer = queue.Enqueuer(database)
    try:
        yield Office(
            database,
            Blobs(settings.files_url),
            enqueuer,
            largest=settings.upload << 20,
            retention=settings.retention,
            webhooks_inside=settings.webhooks_inside,
        )
    finally:
        enqueuer.close()
        database.close()


@contextlib.contextmanager
def running(settings: Settings, *, jobs: int) -> Iterator[Workshop]:
    """Give the workshop of a server or worker; it takes jobs from the queue if `jobs` is not 0.

    Raises:
        UsageError: If database or file store cannot be opened.
    """
    with opened(settings) as office:
        children = Children(max(jobs, 1), Limits(settings.seconds, settings.memory << 20))
        shop = Workshop(office, children)
        crew = Crew(shop, jobs, settings.silent) if jobs else None
        try:
            yield shop
        finally:
            if crew:
                crew.close()
            children.close()
