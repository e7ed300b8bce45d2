"""Taking an archive of packages apart, in a child process: each document or archive in it is one package."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from duibiao.intake.kinds import FileKind, look
from duibiao.intake.store import PACKAGE_LIMITS, Store
from duibiao.intake.unzip import unzip
from duibiao.model.errors import DuibiaoError
from duibiao.office import packages
from duibiao.office.errors import InvalidError
from duibiao.office.packages import Received
from duibiao.procedure.rights import Actor
from duibiao.service import Service
from duibiao.work.child import Asked, guarded
from duibiao.work.children import workplace
from duibiao.work.shop import Workshop

MOST = 500
"""Most files of one archive."""
_LISTED, _PARTS, _FILE = "listed.json", "parts", "batch.zip"


@dataclass(frozen=True, slots=True)
class Part:
    """压缩包中的一份: a file of the archive, and what became of it.

    Attributes:
        file: Its name in the archive.
        received: Where it went, or None.
        problem: Why it was not taken, or "".
    """

    file: str
    received: Received | None
    problem: str = ""


def split(folder: str) -> bool:
    """Take the archive of a folder apart; leaves _LISTED and the files there, or REFUSED with the reason.

    Returns:
        Whether it could be taken apart.
    """

    def run(_service: Service, home: Path, asked: Asked) -> None:
        (home / _PARTS).mkdir()
        archive = home / asked.file
        with archive.open("rb") as stream:
            if look(stream).kind is not FileKind.ZIP:
                raise DuibiaoError("整批上传只收 zip 压缩包，其中每份材料是一个文件或一个压缩包")
            store = Store(home / _PARTS, asked.file, PACKAGE_LIMITS, archive.stat().st_size)
            found = unzip(stream, store)
        if len(found) > MOST:
            raise DuibiaoError(f"压缩包中有 {len(found)} 个文件，一批至多 {MOST} 份；请分批上传")
        listed = [[each.name, each.path.name] for each in found]
        (home / _LISTED).write_text(json.dumps(listed, ensure_ascii=False), "utf-8")

    return guarded(folder, run)


def hand_in_all(
    shop: Workshop, actor: Actor, content: BinaryIO, *, city: str, county: str, batch: str
) -> tuple[Part, ...]:
    """Hand in every file of an archive, each a package of its own; doing it again makes nothing twice.

    Args:
        shop: The workshop.
        actor: Who hands it in.
        content: The archive, open at its beginning.
        city: 省辖市 of the enterprises.
        county: 县（市、区） of the enterprises.
        batch: Id under which they belong together.

    Raises:
        ForbiddenError: If the role may not upload.
        InvalidError: If nothing in it is a package.
        FailedError: If it cannot be taken apart.
    """
    with workplace() as folder:
        with (folder / _FILE).open("wb") as kept:
            while piece := content.read(1 << 20):
                kept.write(piece)
        Asked(_FILE).write(folder)
        shop.children.run(split, folder)
        listed = json.loads((folder / _LISTED).read_text("utf-8"))
        parts = []
        for name, place in listed:
            with (folder / _PARTS / place).open("rb") as file:
                parts.append(_one(shop, actor, name, file, city, county, batch))
    if not any(part.received for part in parts):
        raise InvalidError("压缩包中没有申报材料；每份材料应是一个 Word、PDF、WPS 文件或压缩包")
    return tuple(parts)


def _one(
    shop: Workshop, actor: Actor, name: str, file: BinaryIO, city: str, county: str, batch: str
) -> Part:
    try:
        done = packages.receive(
            shop.office, actor, Path(name).name, file, city=city, county=county, batch=batch
        )
    except InvalidError as error:
        return Part(name, None, str(error))
    return Part(name, done)
