"""Taking an archive of packages apart, in a child process; see `duibiao.work.dividing` for what is one package."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from duibiao.intake.kinds import FileKind, look
from duibiao.intake.scores import named_package, score
from duibiao.intake.store import PACKAGE_LIMITS, Store, Stored
from duibiao.intake.texts import glance
from duibiao.intake.unpack import unpack
from duibiao.intake.unzip import unzip
from duibiao.model.errors import DuibiaoError, IntakeError
from duibiao.office import packages
from duibiao.office.desk import require
from duibiao.office.errors import InvalidError
from duibiao.office.packages import Received
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.roles import Track
from duibiao.reports.writing import ANNOTATED
from duibiao.service import Service
from duibiao.work.child import Asked, guarded
from duibiao.work.children import workplace
from duibiao.work.dividing import UNPLACED, Seen, Unit, divide
from duibiao.work.shop import Workshop

MOST = 500
"""Most packages in one archive."""
NAMED = 50
"""Most files of no package that are named one by one."""
_LISTED, _PARTS, _FILE = "listed.json", "parts", "archive.zip"


@dataclass(frozen=True, slots=True)
class Part:
    """压缩包中的一份, and what became of it.

    Attributes:
        file: Its name in the archive.
        received: Where it went, or None.
        problem: Why it was not taken, or "".
    """

    file: str
    received: Received | None
    problem: str = ""


def is_zip(content: BinaryIO) -> bool:
    """Whether a file is a zip that may hold several packages; leaves it at its beginning."""
    kind = look(content).kind
    content.seek(0)
    return kind is FileKind.ZIP


def split(folder: str) -> bool:
    """Take the archive of a folder apart; leaves _LISTED there and the packages, where it holds several, or REFUSED with the reason.

    Returns:
        Whether it could be taken apart.
    """

    def run(_service: Service, home: Path, asked: Asked) -> None:
        (home / _PARTS).mkdir()
        archive = home / asked.file
        with archive.open("rb") as stream:
            store = Store(home / _PARTS, asked.file, PACKAGE_LIMITS, archive.stat().st_size)
            found = {each.name: each for each in unzip(stream, store)}
        divided = divide([_seen(each, store) for each in found.values()])
        if len(divided.units) > MOST:
            raise DuibiaoError(
                f"压缩包中有 {len(divided.units)} 份材料，一批至多 {MOST} 份；请分批上传"
            )
        several = divided.units if len(divided.units) > 1 else ()
        parts = [[unit.name, _made(unit, found, store)] for unit in several]
        told = {"parts": parts, "left": divided.left}
        (home / _LISTED).write_text(json.dumps(told, ensure_ascii=False), "utf-8")

    return guarded(folder, run)


def _seen(file: Stored, store: Store) -> Seen:
    """Look at a file of the archive, and into it where it is an archive itself."""
    with file.path.open("rb") as stream:
        kind = look(stream).kind
        if not kind.is_archive:
            return Seen(file.name, _is_main(file), kind is FileKind.PDF)
        store.subject = file.name
        try:
            inner = (
                unzip(stream, store, file.name)
                if kind is FileKind.ZIP
                else unpack(file.path, kind, store, file.name)
            )
        except IntakeError as error:
            return Seen(file.name, problem=str(error))
        finally:
            store.subject = ""
    box = any(_is_main(each) for each in inner)
    for each in inner:
        each.path.unlink()
    return Seen(file.name, box=box)


def _is_main(file: Stored) -> bool:
    """Whether a file is a main document: by what it says, or, where that cannot be had, by its name."""
    if PurePosixPath(file.name).stem.endswith(ANNOTATED):
        return False
    with file.path.open("rb") as stream:
        kind = look(stream).kind
        if not kind.is_document:
            return False
        found = score(glance(stream, kind))
    return found.is_package or (not found.readable and named_package(file.name))


def _made(unit: Unit, found: Mapping[str, Stored], store: Store) -> str:
    """Return the name of the file that is a package: the one file that it is, or a new archive, the same for the same files."""
    if len(unit.files) == 1:
        return found[unit.files[0]].path.name
    path = store.path()
    inside = len(unit.folder)
    with zipfile.ZipFile(path, "x") as archive:
        for name in sorted(unit.files):
            entry = zipfile.ZipInfo(name[inside:])
            entry.external_attr = 0o600 << 16
            with found[name].path.open("rb") as source, archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target)
    return path.name


def hand_in_all(
    shop: Workshop,
    actor: Actor,
    file: str,
    content: BinaryIO,
    *,
    city: str,
    county: str,
    track: Track = Track.GRADE,
    batch: str = "",
) -> tuple[Part, ...]:
    """Hand in a zip: every package that it holds by itself, or the whole where it is one; again makes nothing twice.

    Args:
        shop: The workshop.
        actor: Who hands it in.
        file: File name as the user knows it.
        content: The archive, open at its beginning.
        city: 省辖市 of the enterprises.
        county: 县（市、区） of the enterprises.
        track: What is applied for.
        batch: Id under which they belong together, or "".

    Returns:
        What became of each package, then of the files that belong to none.

    Raises:
        ForbiddenError: If the role may not upload.
        InvalidError: If it is no zip, or nothing in it can be taken.
        FailedError: If it cannot be taken apart.
    """
    require(actor, Right.UPLOAD)
    if not is_zip(content):
        raise InvalidError("整批上传只收 zip 压缩包，其中每份材料是一个文件、文件夹或压缩包")
    with workplace() as folder:
        with (folder / _FILE).open("wb") as kept:
            shutil.copyfileobj(content, kept)
        Asked(_FILE).write(folder)
        shop.children.run(split, folder)
        listed = json.loads((folder / _LISTED).read_text("utf-8"))
        stored = [
            _stored(shop, actor, name, folder / _PARTS / place) for name, place in listed["parts"]
        ]
    if not stored:
        content.seek(0)
        stored = [(file, packages.store(shop.office, actor, file, content))]
    parts = [_entered(shop, actor, name, each, city, county, track, batch) for name, each in stored]
    if not any(part.received for part in parts):
        raise InvalidError(f"压缩包中的材料都没有收下。{parts[0].file}：{parts[0].problem}")
    return (*parts, *_left(listed["left"]))


def _stored(
    shop: Workshop, actor: Actor, name: str, path: Path
) -> tuple[str, packages.Stored | InvalidError]:
    with path.open("rb") as part:
        try:
            return name, packages.store(shop.office, actor, PurePosixPath(name).name, part)
        except InvalidError as error:
            return name, error


def _entered(
    shop: Workshop,
    actor: Actor,
    name: str,
    stored: packages.Stored | InvalidError,
    city: str,
    county: str,
    track: Track,
    batch: str,
) -> Part:
    if isinstance(stored, InvalidError):
        return Part(name, None, str(stored))
    received = packages.enter(
        shop.office, actor, stored, city=city, county=county, track=track, batch=batch
    )
    return Part(name, received)


def _left(left: Sequence[tuple[str, str]]) -> Iterator[Part]:
    """Yield what became of files of no package; of many, the rest only by their number."""
    for name, problem in left[:NAMED]:
        yield Part(name, None, problem)
    if len(left) > NAMED:
        yield Part(f"其余 {len(left) - NAMED} 个文件", None, UNPLACED)
