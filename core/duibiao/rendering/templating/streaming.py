"""A zip archive that is written from front to back, with nothing in it that changes from day to day."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from duibiao.model.errors import BuildError

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _UTF8, _MIDNIGHT, _FIRST_DAY = 20, 0x800, 0, 0x21  # 1980-01-01 00:00
_STORED, _DEFLATED = 0, 8
_MOST_BYTES, _MOST_ENTRIES = 0xFFFF_FFFF, 0xFFFF
_LEVEL = 1
"""Level 6 takes nearly twice the time, and makes the XML of a document with its photos no smaller by one in a hundred."""


class ZipStream:
    """Writes one entry after the other; `close` ends the archive, and leaves the target open."""

    def __init__(self, target: BinaryIO) -> None:
        """Begin an archive where `target` stands."""
        self._target = target
        self._offset = 0
        self._directory: list[bytes] = []

    def store(self, name: str, data: bytes, crc: int) -> None:
        """Write an entry as it is: what is compressed in itself."""
        self._entry(name, _STORED, crc, len(data), (data,))

    def deflate(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write an entry compressed; only its compressed bytes are held until it is complete."""
        crc = size = 0
        compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        packed = []
        for chunk in chunks:
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
            packed.append(compressor.compress(chunk))
        packed.append(compressor.flush())
        self._entry(name, _DEFLATED, crc, size, packed)

    def copy(self, name: str, method: int, crc: int, size: int, packed: bytes | memoryview) -> None:
        """Write an entry whose compressed bytes are at hand."""
        self._entry(name, method, crc, size, (packed,))

    def close(self) -> None:
        """Write the directory."""
        count, size = len(self._directory), sum(map(len, self._directory))
        if count > _MOST_ENTRIES or self._offset + size > _MOST_BYTES:
            raise BuildError("生成的文件超过 4 GB，Word 打不开；请减少照片或把材料分成几份")
        for record in self._directory:
            self._target.write(record)
        self._target.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, self._offset, 0))

    def _entry(
        self, name: str, method: int, crc: int, size: int, packed: Iterable[bytes | memoryview]
    ) -> None:
        written = name.encode()
        flags = 0 if name.isascii() else _UTF8
        packed = list(packed)
        stored = sum(map(len, packed))
        if max(size, stored, self._offset) > _MOST_BYTES:
            raise BuildError(f"{name} 之后的内容超过 4 GB，Word 打不开；请减少照片或把材料分成几份")
        common = (
            _VERSION,
            flags,
            method,
            _MIDNIGHT,
            _FIRST_DAY,
            crc,
            stored,
            size,
            len(written),
            0,
        )
        self._directory.append(
            _CENTRAL.pack(b"PK\1\2", _VERSION, *common, 0, 0, 0, 0, self._offset) + written
        )
        self._target.write(_LOCAL.pack(b"PK\3\4", *common) + written)
        for piece in packed:
            self._target.write(piece)
        self._offset += _LOCAL.size + len(written) + stored
