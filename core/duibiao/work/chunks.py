"""Chunks of batches (分批审查): some packages of a batch on the queue at once, so that the queue costs little."""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from dbos import DBOS

from duibiao.reports.waiver_files import NAME as WAIVERS
from duibiao.storage.blobs import StoreError
from duibiao.storage.records import Chunk
from duibiao.work import chunk_child
from duibiao.work.children import Children, DiedError, FailedError, OutOfTimeError, workplace
from duibiao.work.judging import Asked, Judged, UnwritableError, died, failed, too_slow
from duibiao.work.marks import marks_of
from duibiao.work.queue import CHUNK
from duibiao.work.shop import Workshop, current
from duibiao.work.tasks import ATTEMPTS

QUEUED, DONE, REFUSED, GIVEN_UP = "queued", "done", "refused", "given-up"
_NAMES = (chunk_child.JUDGED, chunk_child.REPORT, chunk_child.PAGE)


@dataclass(frozen=True, slots=True)
class Parcel:
    """寄出的一份.

    Attributes:
        name: Name in the results.
        file: File name.
        key: `duibiao.batch.sources.key_of`, for whoever sent it.
        blob: SHA-256 of the file in the store; of a folder, of the tar of what is in it.
        waivers: The same of the waivers beside it, or "".
        folder: Whether it is a folder.
    """

    name: str
    file: str
    key: str
    blob: str
    waivers: str = ""
    folder: bool = False


@DBOS.workflow(name=CHUNK)
def chunk(id_: str) -> str:
    """Judge the packages of a chunk. Returns the state in which it ended."""
    shop = current()
    with shop.office.database.writing() as session:
        row = session.get(Chunk, id_)
        if row is None or row.state != QUEUED:
            return DONE
        row.attempts += 1
        told, law, attempts = dict(row.asked), row.law, row.attempts
        parcels = [Parcel(**each) for each in row.packages]
    if attempts > ATTEMPTS:
        return _end(shop, id_, GIVEN_UP)
    seconds: int = told.pop("seconds")
    asked = Asked.load(told)
    if marks_of(shop.office.service, asked.words, "", "").whole(dated=True) != law:
        return _end(
            shop, id_, REFUSED, message="工作进程的程序、规定或插件与批量审查的不是同一版本"
        )
    try:
        with tempfile.TemporaryFile(prefix="duibiao-") as results:
            _judge_all(shop, parcels, asked, seconds, results)
            return _end(shop, id_, DONE, shop.office.blobs.put(results))
    except (StoreError, UnwritableError, OSError) as error:
        return _end(shop, id_, REFUSED, message=str(error)[:500])


def _end(shop: Workshop, id_: str, state: str, results: str = "", message: str = "") -> str:
    with shop.office.database.writing() as session:
        row = session.get(Chunk, id_)
        if row is not None and row.state == QUEUED:
            row.state, row.results, row.message = state, results, message
    return state


def _judge_all(
    shop: Workshop, parcels: list[Parcel], asked: Asked, seconds: int, results: IO[bytes]
) -> None:
    with zipfile.ZipFile(results, "w") as archive:
        for number, parcel in enumerate(parcels):
            with workplace() as home:
                path = _lay_out(shop, parcel, home / "package")
                begun = time.monotonic()
                _judge(shop.children, parcel, path, home, asked, seconds)
                archive.writestr(f"{number}/seconds", str(time.monotonic() - begun))
                for name in _NAMES:
                    if (home / name).exists():
                        archive.write(home / name, f"{number}/{name}")


def _lay_out(shop: Workshop, parcel: Parcel, home: Path) -> Path:
    """Put a package into a folder of its own, under its own name."""
    home.mkdir()
    path = home / Path(parcel.file).name
    if parcel.folder:
        data = io.BytesIO(shop.office.blobs.get(parcel.blob))
        with tarfile.open(fileobj=data) as tar:
            tar.extractall(path, filter="data")
    else:
        shop.office.blobs.fetch(parcel.blob, path)
    if parcel.waivers:
        shop.office.blobs.fetch(parcel.waivers, home / WAIVERS)
    return path


def _judge(
    children: Children, parcel: Parcel, path: Path, home: Path, asked: Asked, seconds: int
) -> None:
    wanted = json.dumps(asked.dump())
    try:
        children.run(chunk_child.judge_one, home, str(path), wanted, seconds=seconds)
        return
    except OutOfTimeError:
        problem = too_slow(parcel.file, seconds)
    except (DiedError, FailedError):
        problem = died(parcel.file)
    except UnwritableError:
        raise
    except Exception as error:  # noqa: BLE001 - one package's crash is no other's
        problem = failed(parcel.file, error)
    for name in _NAMES:
        (home / name).unlink(missing_ok=True)
    chunk_child.write(home, Judged(problem=problem))


def told(parcel: Parcel) -> dict[str, object]:
    """Return a parcel as the table has it."""
    return asdict(parcel)


def read(results: bytes) -> Iterator[tuple[Judged, bytes, float]]:
    """Give what came of the packages of a chunk, in order: the result, its own page or nothing, and its seconds.

    Args:
        results: What the store has under `Chunk.results`.
    """
    with zipfile.ZipFile(io.BytesIO(results)) as archive:
        names = frozenset(archive.namelist())

        def part(name: str) -> bytes:
            return archive.read(name) if name in names else b""

        for number in range(sum(name.endswith("/seconds") for name in names)):
            judged, report, page = (part(f"{number}/{name}") for name in _NAMES)
            yield (
                chunk_child.load(judged.decode(), report),
                page,
                float(part(f"{number}/seconds")),
            )
