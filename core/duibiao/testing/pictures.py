"""Small coloured pictures, drawn without any library: the same name gives the same bytes everywhere."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

PHOTO_SIZE = (2_340_000, 1_755_000)
"""Drawn width and height of a photo, in EMU."""

_WIDTH, _HEIGHT = 96, 72
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def key_for(name: str) -> str:
    """Return the key (CRC-32 and size) of the picture called `name`."""
    data = photo(name)
    return f"{zlib.crc32(data):08x}-{len(data)}"


@lru_cache(maxsize=1024)
def photo(name: str) -> bytes:
    """Return a PNG: sky, ground, a hall and a stack, in colours and sizes that follow from `name`."""
    seed = zlib.crc32(name.encode())
    stack, roof = 12 + seed % 60, 30 + (seed >> 8) % 20
    pixels = [spot for y in range(_HEIGHT) for spot in _line(y, stack, roof, seed)]
    colours = [
        _tint(seed >> shift, base)
        for shift, base in ((0, 150), (5, 60), (11, 90), (17, 120), (23, 30))
    ]
    return _png(_WIDTH, _HEIGHT, colours, pixels)


def seal(name: str) -> bytes:
    """Return a PNG of a red ring that stands for the seal of the enterprise called `name`."""
    side = 64
    pixels = [_ring(x - side // 2, y - side // 2) for y in range(side) for x in range(side)]
    return _png(
        side, side, [(255, 255, 255), (200 + zlib.crc32(name.encode()) % 50, 20, 20)], pixels
    )


def _line(y: int, stack: int, roof: int, seed: int) -> list[int]:
    """One line of a photo."""
    line = [1 if y > 60 else 0] * _WIDTH
    if roof < y <= 60:
        line[7:90] = [3 if (x // 9 + y // 9 + seed) % 4 == 0 else 2 for x in range(7, 90)]
    if y > 8:
        line[stack : stack + 5] = [4] * 5
    return line


def _ring(x: int, y: int) -> int:
    return int(24 * 24 < x * x + y * y < 29 * 29 or (abs(x) + abs(y) < 9))


def _tint(seed: int, base: int) -> tuple[int, int, int]:
    return base + seed % 90, base + (seed >> 2) % 60, base + (seed >> 4) % 100


def _png(width: int, height: int, colours: list[tuple[int, int, int]], pixels: list[int]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    rows = b"".join(
        b"\0" + bytes(pixels[start : start + width]) for start in range(0, len(pixels), width)
    )
    palette = bytes(value for colour in colours for value in colour)
    return (
        _SIGNATURE
        + _chunk(b"IHDR", header)
        + _chunk(b"PLTE", palette)
        + _chunk(b"IDAT", _stored(rows))
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
