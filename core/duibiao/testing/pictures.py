"""Small coloured pictures, drawn without any library: the same name gives the same bytes everywhere."""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import lru_cache

PHOTO_SIZE = (2_340_000, 1_755_000)
"""Drawn width and height of a photo, in EMU."""

_WIDTH, _HEIGHT, _COLUMNS, _ROWS = 320, 240, 16, 12
_SHADES = (10, 70, 130, 200)
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def key_for(name: str) -> str:
    """Return the key (CRC-32 and size) of the picture called `name`."""
    data = photo(name)
    return f"{zlib.crc32(data):08x}-{len(data)}"


@lru_cache(maxsize=1024)
def photo(name: str) -> bytes:
    """Return a PNG: a wall of panels, in colours and shades that follow from `name`; no two look alike."""
    seed = hashlib.sha512(name.encode()).digest()
    panels, tints = seed[: _COLUMNS * _ROWS // 4], seed[_COLUMNS * _ROWS // 4 :]
    shades = [byte >> shift & 3 for byte in panels for shift in (0, 2, 4, 6)]
    colours = [
        (base + tints[at] % 50, base + tints[at + 4] % 30, tints[at + 8] % 60)
        for at, base in enumerate(_SHADES)
    ]
    lines = (_line(shades[start : start + _COLUMNS]) for start in range(0, len(shades), _COLUMNS))
    return _png(_WIDTH, _HEIGHT, 2, colours, b"".join(line * (_HEIGHT // _ROWS) for line in lines))


def seal(name: str) -> bytes:
    """Return a PNG of a red ring that stands for the seal of the enterprise called `name`."""
    side = 64
    middle = range(-side // 2, side // 2)
    lines = b"".join(b"\0" + bytes(_ring(x, y) for x in middle) for y in middle)
    red = (200 + zlib.crc32(name.encode()) % 50, 20, 20)
    return _png(side, side, 8, [(255, 255, 255), red], lines)


def _line(shades: list[int]) -> bytes:
    """Return one line of a photo, unfiltered, four pixels a byte."""
    width = _WIDTH // _COLUMNS // 4
    return b"\0" + b"".join(bytes([shade * 0b01010101]) * width for shade in shades)


def _ring(x: int, y: int) -> int:
    return int(24 * 24 < x * x + y * y < 29 * 29 or (abs(x) + abs(y) < 9))


def _png(
    width: int, height: int, bits: int, colours: list[tuple[int, int, int]], lines: bytes
) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, 3, 0, 0, 0)
    palette = bytes(value for colour in colours for value in colour)
    return (
        _SIGNATURE
        + _chunk(b"IHDR", header)
        + _chunk(b"PLTE", palette)
        + _chunk(b"IDAT", _stored(lines))
        + _chunk(b"IEND", b"")
    )


def _stored(data: bytes) -> bytes:
    """Return a zlib stream that holds `data` as it is: compressors differ from version to version."""
    assert len(data) < 1 << 16  # one block
    return (
        b"\x78\x01\x01"
        + struct.pack("<HH", len(data), len(data) ^ 0xFFFF)
        + data
        + struct.pack(">I", zlib.adler32(data))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
