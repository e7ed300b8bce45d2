"""Pictures as PDF keeps them; JPEG data as they are, never decoded and encoded anew."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from duibiao.model.errors import BuildError

_JPEG_COLOURS = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
_PLAIN_COLOURS = {"L": ("/DeviceGray", 1), "RGB": ("/DeviceRGB", 3)}
_ALPHA = frozenset({"LA", "La", "PA", "RGBA", "RGBa"})


@dataclass(frozen=True, slots=True)
class Packed:
    """A picture as an object of a PDF file.

    Attributes:
        entries: Its dictionary, without length and mask.
        data: Its packed pixels.
        mask: How opaque it is, where it lets anything through.
    """

    entries: str
    data: bytes
    mask: Packed | None = None


def packed(data: bytes, name: str) -> Packed:
    """Return a picture as PDF keeps it.

    Args:
        data: JPEG, or anything else that Pillow reads.
        name: What it is, for messages.

    Raises:
        BuildError: It is no picture, or a damaged one.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.format in ("JPEG", "MPO") and picture.mode in _JPEG_COLOURS:
                colours = _JPEG_COLOURS[picture.mode]
                return Packed(_entries(picture.size, colours, "/DCTDecode"), data)
            return _pixels(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BuildError(
            f"{name}的图片无法读取（{error}），PDF 没有编成。请换一份能打开的图片后重新编制。"
        ) from error


def _pixels(picture: Image.Image) -> Packed:
    plain = "L" if picture.mode in ("1", "L") else "RGB"
    if picture.mode not in _ALPHA and "transparency" not in picture.info:
        return _flat(picture.convert(plain))
    seen = picture.convert("RGBA")
    return _flat(seen.convert("RGB"), _flat(seen.getchannel("A")))


def _flat(picture: Image.Image, mask: Packed | None = None) -> Packed:
    """Pack a grey or coloured picture as PNG does, which PDF can read."""
    colours, channels = _PLAIN_COLOURS[picture.mode]
    png = io.BytesIO()
    picture.info = {}
    picture.save(png, "PNG")
    way = (
        f"/FlateDecode /DecodeParms << /Predictor 15 /Colors {channels} /Columns {picture.width} >>"
    )
    return Packed(_entries(picture.size, colours, way), _image_data(png.getvalue()), mask)


def _entries(size: tuple[int, int], colours: str, way: str) -> str:
    return (
        f"/Type /XObject /Subtype /Image /Width {size[0]} /Height {size[1]}"
        f" /ColorSpace {colours} /BitsPerComponent 8 /Filter {way}"
    )


def _image_data(png: bytes) -> bytes:
    """Return the packed pixels of a PNG file."""
    found, place = [], 8
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        if kind == b"IDAT":
            found.append(png[place + 8 : place + 8 + length])
        place += length + 12
    return b"".join(found)
