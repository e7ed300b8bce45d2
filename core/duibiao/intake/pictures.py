"""How large a picture says it is; only its header is looked at, it is never decoded."""

from __future__ import annotations

import struct
from typing import BinaryIO

MOST_PIXELS = 300_000_000
"""More pixels than any camera or scanner gives; decoding them would take gigabytes."""

_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_SEGMENTS = 200


def picture_size(stream: BinaryIO) -> tuple[int, int] | None:
    """Return width and height as the header states them, or None where it does not or the format is another one."""
    stream.seek(0)
    head = stream.read(32)
    if head.startswith(_PNG) and len(head) >= 24:
        return struct.unpack_from(">LL", head, 16)
    if head.startswith(b"GIF8") and len(head) >= 10:
        return struct.unpack_from("<HH", head, 6)
    if head.startswith(b"BM") and len(head) >= 26:
        width, height = struct.unpack_from("<ll", head, 18)
        return abs(width), abs(height)
    return _jpeg_size(stream) if head.startswith(b"\xff\xd8") else None


def is_absurd(size: tuple[int, int] | None) -> bool:
    """Tell whether a picture says that it is larger than any real one."""
    return size is not None and size[0] * size[1] > MOST_PIXELS


def _jpeg_size(stream: BinaryIO) -> tuple[int, int] | None:
    stream.seek(2)
    for _ in range(_SEGMENTS):
        marker = stream.read(4)
        if len(marker) < 4 or marker[0] != 0xFF:
            return None
        if marker[1] in _FRAMES:
            frame = stream.read(5)
            if len(frame) < 5:
                return None
            height, width = struct.unpack_from(">HH", frame, 1)
            return width, height
        stream.seek(max(0, int.from_bytes(marker[2:4], "big") - 2), 1)
    return None
