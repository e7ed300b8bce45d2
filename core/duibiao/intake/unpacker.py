"""The program that takes the files out of 7z and rar archives; it runs in a process of its own, with limits.

`python -m duibiao.intake.unpacker ORDER`, where ORDER is JSON: kind, archive, folder, entries, member, room, ratio,
ratio_from. Files are written to the folder under numbers; what they are called goes to result.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, field
from pathlib import Path

from duibiao.model.classes import dataclass

RESULT = "result.json"
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be unpacked, and what it may cost."""

    kind: str
    archive: str
    folder: str
    entries: int
    member: int
    room: int
    ratio: int
    ratio_from: int


@dataclass(slots=True)
class Result:
    """What came of it.

    Attributes:
        files: Names in the archive and numbers of the files written.
        links: Names of symbolic links, which are left out.
        entries: Number of entries.
        complete: The end of the archive is there.
        error: Why it stopped: one of the keys of `duibiao.intake.unpack.REASONS`; "" where it did not.
        detail: File at which it stopped, or "".
    """

    files: list[tuple[str, int]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    entries: int = 0
    complete: bool = True
    error: str = ""
    detail: str = ""


class Stop(Exception):  # noqa: N818 - it ends the work, whatever the cause
    """Unpacking cannot go on."""

    def __init__(self, error: str, detail: str = "") -> None:
        """Take the reason and the file."""
        super().__init__(error)
        self.error, self.detail = error, detail[:_LONGEST]


class Sink:
    """Writes files under numbers and counts all that they cost."""

    def __init__(self, order: Order, result: Result) -> None:
        """Begin with nothing written."""
        self._order, self._result = order, result
        self._stored = max(1, Path(order.archive).stat().st_size)
        self._announced = 0
        self._written = 0

    def entries(self, count: int) -> None:
        """Count the entries; stop where they are too many."""
        self._result.entries = count
        if count > self._order.entries:
            raise Stop("entries")

    def complete(self, complete: bool) -> None:
        """Note whether the archive has its end."""
        self._result.complete = complete

    def announce(self, name: str, size: int) -> None:
        """Stop where the entries say themselves that they are too large."""
        order = self._order
        self._announced += size
        if size > order.member or self._announced > order.room:
            raise Stop("large", name)
        if self._announced > order.ratio_from and self._announced > order.ratio * self._stored:
            raise Stop("bomb", name)

    def link(self, name: str) -> None:
        """Leave out a link."""
        self._result.links.append(name[:_LONGEST])

    def open(self, name: str) -> tuple[Path, Callable[[int], None]]:
        """Return where a file goes, and what is to be called with the size of every piece."""
        number = len(self._result.files) + 1
        self._result.files.append((name[:_LONGEST], number))
        size = 0

        def count(piece: int) -> None:
            nonlocal size
            size += piece
            self._written += piece
            if size > self._order.member or self._written > self._order.room:
                raise Stop("large", name)

        return Path(self._order.folder, f"{number:06}"), count


def unpack_seven_zip(order: Order, sink: Sink) -> None:
    """Take the files out of a 7z archive."""
    from duibiao.intake.seven_zip import extract

    extract(order.archive, sink)


def unpack_rar(order: Order, sink: Sink) -> None:
    """Take the files out of a rar archive."""
    from duibiao.intake.rar import extract

    sink.complete(extract(order.archive, sink))


def main(argument: str) -> None:
    """Carry out an order and write what came of it."""
    order = Order(**json.loads(argument))
    result = Result()
    work = unpack_rar if order.kind == "rar" else unpack_seven_zip
    try:
        work(order, Sink(order, result))
    except Stop as stop:
        result.error, result.detail = stop.error, stop.detail
    except Exception as error:  # noqa: BLE001 - whatever these libraries raise over hostile bytes
        result.error = _error(error)
    Path(order.folder, RESULT).write_text(json.dumps(asdict(result)), encoding="utf-8")


def _error(error: Exception) -> str:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    for names, reason in (
        ({"PasswordError", "PasswordRequired"}, "password"),
        ({"RarCannotExec"}, "tool"),
        ({"NeedFirstVolume"}, "volume"),
        ({"UnsupportedCompressionMethodError", "RarUnknownError"}, "method"),
        ({"MemoryError"}, "memory"),
    ):
        if kinds & names:
            return reason
    return "disk" if isinstance(error, OSError) and error.errno in (27, 28, 122) else "damaged"


if __name__ == "__main__":
    main(sys.argv[1])
