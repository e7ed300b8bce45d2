"""Pictures as objects of a PDF file, written one at a time, so that a thousand photos need the memory of one.

JPEG and plain PNG data go in as they are, never decoded and encoded anew.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pikepdf
from PIL import Image, UnidentifiedImageError

from duibiao.model.errors import BuildError

_JPEG_COLOURS = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
_PNG_COLOURS = {"L": ("/DeviceGray", 1), "RGB": ("/DeviceRGB", 3)}
_ALPHA = frozenset({"LA", "PA", "RGBA", "RGBa", "La"})


class Bag:
    """A PDF file that holds nothing but pictures."""

    def __init__(self, path: Path) -> None:
        """Begin the file at `path`."""
        self.path = path
        self._out = path.open("wb")
        self._places: list[int] = []
        self._out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    def add(self, data: bytes, name: str) -> int:
        """Add a picture.

        Args:
            data: A picture that Pillow reads; JPEG as it is.
            name: What it is, for messages.

        Returns:
            Number of its object.

        Raises:
            BuildError: It is no picture, or a damaged one.
        """
        try:
            with Image.open(io.BytesIO(data)) as picture:
                if picture.format in ("JPEG", "MPO") and picture.mode in _JPEG_COLOURS:
                    colours = _JPEG_COLOURS[picture.mode]
                    return self._picture(picture.size, f"/DCTDecode /ColorSpace {colours}", data)
                return self._pixels(picture)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
            raise BuildError(
                f"{name}的图片无法读取（{error}），PDF 没有编成。请换一份能打开的图片后重新编制。"
            ) from error

    def open(self) -> pikepdf.Pdf:
        """End the file and open it."""
        catalog = self._object(b"<< /Type /Catalog /Pages << /Type /Pages /Kids [] /Count 0 >> >>")
        start = self._out.tell()
        count = len(self._places) + 1
        table = "".join(f"{place:010d} 00000 n \n" for place in self._places)
        self._out.write(
            f"xref\n0 {count}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {count} /Root {catalog} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        )
        self._out.close()
        return pikepdf.open(self.path)

    def close(self) -> None:
        """Close the file, whatever happened."""
        self._out.close()

    def _pixels(self, picture: Image.Image) -> int:
        transparent = picture.mode in _ALPHA or "transparency" in picture.info
        mask = ""
        if transparent:
            picture = picture.convert("RGBA")
            mask = f" /SMask {self._flat(picture.getchannel('A'))} 0 R"
        plain = "L" if picture.mode in ("1", "L") else "RGB"
        return self._flat(picture.convert(plain), mask)

    def _flat(self, picture: Image.Image, mask: str = "") -> int:
        """Add the pixels of a grey or coloured picture, packed as PNG packs them."""
        colours, channels = _PNG_COLOURS[picture.mode]
        packed = io.BytesIO()
        picture.info = {}
        picture.save(packed, "PNG")
        filters = (
            f"/FlateDecode /DecodeParms << /Predictor 15 /Colors {channels} /Columns {picture.width} >>"
            f" /ColorSpace {colours}{mask}"
        )
        return self._picture(picture.size, filters, _image_data(packed.getvalue()))

    def _picture(self, size: tuple[int, int], filters: str, data: bytes) -> int:
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {size[0]} /Height {size[1]} /BitsPerComponent 8"
            f" /Filter {filters} /Length {len(data)} >>\nstream\n"
        )
        return self._object(head.encode() + data + b"\nendstream")

    def _object(self, data: bytes) -> int:
        self._places.append(self._out.tell())
        self._out.write(f"{len(self._places)} 0 obj\n".encode() + data + b"\nendobj\n")
        return len(self._places)


def _image_data(png: bytes) -> bytes:
    """Return the packed pixels of a PNG file."""
    found, place = [], 8
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        if kind == b"IDAT":
            found.append(png[place + 8 : place + 8 + length])
        place += length + 12
    return b"".join(found)
