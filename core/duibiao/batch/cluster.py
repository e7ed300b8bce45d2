"""Many machines (多机): packages go to the shared store and chunks of them on the service's queue; any worker judges them.

Who is killed here comes back with the same journal: chunks that are still on the way are waited for, results that lie ready are taken.
"""

from __future__ import annotations

import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sqlalchemy import delete, func, select

from duibiao.batch.pool import Came, not_read
from duibiao.batch.sources import Item, at_hand, key_of, printable
from duibiao.model.errors import BuildError, IntakeError, UsageError
from duibiao.reports.waiver_files import NAME as WAIVERS
from duibiao.reports.writing import write_bytes
from duibiao.storage.base import new_id
from duibiao.storage.blobs import Blobs
from duibiao.storage.database import Database
from duibiao.storage.records import Chunk, Worker
from duibiao.work import queue
from duibiao.work.chunks import DONE, GIVEN_UP, QUEUED, REFUSED, Parcel, read, told
from duibiao.work.judging import Asked, Judged, UnwritableError, died
from duibiao.work.limits import Limits

MOST = 50
"""Most packages of a chunk: several seconds of work, against which the queue's few rows are nothing."""
PIECES = 20
"""A small batch is cut into as many chunks, so that several workers have something to do."""
POLL = 0.5
"""Seconds from one look at the table to the next."""


@dataclass(frozen=True, slots=True)
class Sending:
    """寄送的安排.

    Attributes:
        batch: The journal's own mark.
        asked: What is asked of every package.
        place: Where the page of a package goes; "" for nowhere.
        limits: Limits of each package; that of memory is the workers' own.
        law: Mark of program and law that the workers must have.
        settle: Makes durable what was given so far.
    """

    batch: str
    asked: Asked
    place: Callable[[Item], str]
    limits: Limits
    law: str
    settle: Callable[[], None]


@dataclass(slots=True)
class _OnTheWay:
    """What is on the way.

    Attributes:
        items: Packages that are waited for, with their keys, by name.
        earlier: Keys of the packages in chunks of an earlier run, by name.
        own: Chunks of this run: before every package was looked at, only they may be taken.
        ended: Chunks that have come back, or are not wanted any more.
    """

    items: dict[str, tuple[Item, str]] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)


class Cluster:
    """多机: the database with the queue, and the store of files, that all workers share."""

    def __init__(self, database: str, files: str) -> None:
        """Connect.

        Args:
            database: URL of the database.
            files: Folder or ``s3://…`` of the store.

        Raises:
            UsageError: If one of them cannot be opened.
        """
        self._database = Database(database)
        self._database.migrate()
        queue.prepare(self._database)
        self._blobs = Blobs(files)
        self._enqueue = queue.Enqueuer(self._database)

    def workers(self) -> int:
        """Return how many workers have given a sign of life."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(Worker)) or 0

    def close(self) -> None:
        """Let go."""
        self._enqueue.close()
        self._database.close()

    def judged(
        self, items: list[Item], sending: Sending, wanted: Callable[[Item, str], bool]
    ) -> Iterator[Came]:
        """Have packages judged, and give them in the order in which they come back.

        Args:
            items: The packages.
            sending: How.
            wanted: Whether a package with this key is to be judged at all.

        Raises:
            BuildError: If workers refuse; what is done stays done.
            StoreError: If the store cannot be reached.
            UnwritableError: If a page cannot be written.
        """
        way = self._under_way(sending)
        size = max(1, min(MOST, len(items) // PIECES))
        parcels: list[Parcel] = []
        looked = time.monotonic()
        for item in items:
            try:
                with at_hand(item) as path:
                    key = key_of(path)
                    if not wanted(item, key):
                        continue
                    if way.earlier.get(item.name) != key:
                        parcels.append(self._send(item, path, key))
                    way.items[item.name] = item, key
            except (OSError, IntakeError) as error:
                yield not_read(item, error)
            if len(parcels) >= size:
                way.own.add(self._queue(sending, parcels))
                parcels = []
            if time.monotonic() - looked > POLL:
                yield from self._arrived(sending, way, way.own)
                looked = time.monotonic()
        if parcels:
            self._queue(sending, parcels)
        while way.items:
            yield from self._arrived(sending, way, None)
            if way.items:
                time.sleep(POLL)
        self._forget(sending)
        self._enqueue.forget(queue.CHUNK, way.ended)

    def _under_way(self, sending: Sending) -> _OnTheWay:
        """Withdraw chunks of an earlier run that was another one, and tell what is on the way in the others."""
        way = _OnTheWay()
        with self._database.writing() as session:
            for row in session.scalars(select(Chunk).where(Chunk.batch == sending.batch)):
                same = (row.law, row.asked) == (sending.law, _asked(sending))
                if same and row.state in (QUEUED, DONE):
                    way.earlier |= {each["name"]: each["key"] for each in row.packages}
                else:
                    session.delete(row)
                    way.ended.add(row.id)
        return way

    def _forget(self, sending: Sending) -> None:
        """Remove what is left of this batch: chunks with packages that are not in it any more."""
        with self._database.writing() as session:
            session.execute(delete(Chunk).where(Chunk.batch == sending.batch))

    def _send(self, item: Item, path: Path, key: str) -> Parcel:
        waivers = path.parent / WAIVERS
        with tempfile.TemporaryFile() as packed:
            if path.is_dir():
                _pack(path, packed)
                blob = self._blobs.put(packed)
            else:
                with path.open("rb") as stream:
                    blob = self._blobs.put(stream)
        noted = ""
        if waivers.is_file():
            with waivers.open("rb") as stream:
                noted = self._blobs.put(stream)
        file = printable(path.name)
        return Parcel(item.name, file, key, blob, noted, path.is_dir())

    def _queue(self, sending: Sending, parcels: list[Parcel]) -> str:
        with self._database.writing() as session:
            row = Chunk(
                id=new_id(),
                batch=sending.batch,
                packages=[told(parcel) for parcel in parcels],
                asked=_asked(sending),
                law=sending.law,
            )
            session.add(row)
            session.flush()
            self._enqueue(session, queue.CHUNK, row.id)
        return row.id

    def _arrived(self, sending: Sending, way: _OnTheWay, only: set[str] | None) -> Iterator[Came]:
        """Give what has come back; a chunk is removed once everything in it is durable here."""
        with self._database.reading() as session:
            query = select(Chunk).where(Chunk.batch == sending.batch, Chunk.state != QUEUED)
            ended = [row for row in session.scalars(query) if only is None or row.id in only]
        for row in ended:
            parcels = [Parcel(**each) for each in row.packages]
            match row.state:
                case state if state == REFUSED:
                    raise BuildError(
                        f"工作进程没有做：{row.message}；做完的都在，改正后再运行一次即可"
                    )
                case state if state == GIVEN_UP and len(parcels) > 1:
                    for parcel in parcels:
                        self._queue(sending, [parcel])
                case state if state == DONE:
                    results = read(self._blobs.get(row.results))
                    for parcel, (judged, page, seconds) in zip(parcels, results, strict=True):
                        yield from _taken(sending, way, parcel, judged, page, seconds)
                case _:
                    judged = Judged(problem=died(parcels[0].file))
                    yield from _taken(sending, way, parcels[0], judged, b"", 0.0)
        if ended:
            sending.settle()
            with self._database.writing() as session:
                session.execute(delete(Chunk).where(Chunk.id.in_([row.id for row in ended])))
            way.ended |= {row.id for row in ended}
            for row in ended:
                if row.results:
                    self._blobs.delete(row.results)


def _taken(
    sending: Sending, way: _OnTheWay, parcel: Parcel, judged: Judged, page: bytes, seconds: float
) -> Iterator[Came]:
    """Give a package if it is still the one that is waited for."""
    item, key = way.items.get(parcel.name, (None, ""))
    if item is None or key != parcel.key:
        return
    where = sending.place(item)
    if where and page:
        try:
            write_bytes(Path(where), page, ())
        except UsageError as error:
            raise UnwritableError(str(error)) from None
    del way.items[parcel.name]
    yield Came(item, key, judged, seconds)


def _asked(sending: Sending) -> dict[str, object]:
    return sending.asked.dump() | {"seconds": sending.limits.seconds}


def _pack(folder: Path, into: IO[bytes]) -> None:
    """Write what is in a folder as a tar, the same for the same content."""

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.mtime = info.uid = info.gid = 0
        info.uname = info.gname = ""
        return info

    with tarfile.open(fileobj=into, mode="w") as tar:
        for path in sorted(folder.rglob("*")):
            tar.add(path, path.relative_to(folder).as_posix(), recursive=False, filter=plain)
