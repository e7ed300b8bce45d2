"""有害文件: files that are no packages, small and harmless until something trusts them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from random import Random

_CHUNK = b"<w:p/>" * 100_000
_CHUNKS = 110
"""The one part of a bomb: 66 MB, a few hundred kilobytes in the file."""


def hostile(number: int, package: bytes, random: Random) -> tuple[str, bytes]:
    """Return kind and bytes of a hostile file; the kinds come in turn.

    Args:
        number: Which one, from 0 on.
        package: A Word file, to spoil.
        random: Gives lengths and bytes.
    """
    kind = tuple(KINDS)[number % len(KINDS)]
    return kind, KINDS[kind](package, random)


def _truncated(package: bytes, random: Random) -> bytes:
    return package[: random.randrange(len(package) // 4, len(package) * 3 // 4)]


def _bomb(_package: bytes, random: Random) -> bytes:
    """A document that is its first line over and over; a remark in the archive makes it a file of its own."""
    stream = io.BytesIO(_blown_up())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = random.randbytes(16).hex().encode()
    return stream.getvalue()


@cache
def _blown_up() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), b"<Types/>")
        entry = zipfile.ZipInfo("word/document.xml")
        entry.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(entry, "w") as part:
            for _ in range(_CHUNKS):
                part.write(_CHUNK)
    return stream.getvalue()


def _random(_package: bytes, random: Random) -> bytes:
    return random.randbytes(random.randrange(1_000, 100_000))


def _picture(_package: bytes, random: Random) -> bytes:
    """A PNG of one pixel that is called a Word file."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = zlib.compress(b"\0" + random.randbytes(3))
    chunks = ((b"IHDR", header), (b"IDAT", pixel), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


KINDS: dict[str, Callable[[bytes, Random], bytes]] = {
    "truncated": _truncated,
    "bomb": _bomb,
    "random": _random,
    "picture": _picture,
}
"""Cut off; blowing up when unpacked; bytes without a meaning; another kind of file under the name of a Word file."""
