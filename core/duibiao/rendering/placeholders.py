"""Blanks that stand for pictures while pages are laid out: tiny, and known again in the PDF by their pixels.

LibreOffice takes seconds for a minute's worth of photos when they are blanks. It keeps pictures below 32 pixels as
they are, so the pixels can say whose place it is.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable

import pikepdf

_MAGIC = b"DB\xd5\xb1"
_PIXELS = 8
_BYTES = 3 * _PIXELS


def placeholder(key: str) -> bytes:
    """Return the blank of a picture, a PNG of 8 by 1 pixels.

    Args:
        key: The key of its exhibit.
    """
    header = struct.pack(">IIBBBBB", _PIXELS, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", header),
            (b"IDAT", zlib.compress(b"\0" + _mark(key))),
            (b"IEND", b""),
        )
    )


def places(images: Iterable[tuple[str, pikepdf.Object]], keys: Iterable[str]) -> dict[str, str]:
    """Find blanks among the pictures of a page.

    Args:
        images: Their names, and the pictures.
        keys: The keys that blanks may have.

    Returns:
        Name → key. A blank of another key has the key "".
    """
    known = {_mark(key): key for key in keys}
    found = {}
    for name, image in images:
        if image.get("/Width") == _PIXELS and image.get("/Height") == 1:
            pixels = _pixels(image)
            if pixels.startswith(_MAGIC):
                found[name] = known.get(pixels, "")
    return found


def _pixels(image: pikepdf.Object) -> bytes:
    assert isinstance(image, pikepdf.Stream)
    picture = pikepdf.PdfImage(image).as_pil_image()
    return picture.convert("RGB").tobytes()


def _mark(key: str) -> bytes:
    return _MAGIC + hashlib.sha256(key.encode()).digest()[: _BYTES - len(_MAGIC)]
