"""Pictures for Word: as they are where that will do, else turned, scaled and encoded anew."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image

from duibiao.document.pdf.file import open_pdf
from duibiao.model.annex import Exhibit
from duibiao.model.errors import BuildError, IntakeError

LONGEST = 2000
"""Longest side in pixels that a printed page needs."""

DPI = 150
"""Resolution at which pages of PDF files are drawn."""

LYING = 1.2
"""A page of a document that is wider than high by this factor at least is laid on its side."""

_POINTS = 72
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "BMP")
_PASSED = {
    "JPEG": (".jpg", {"RGB", "L"}),
    "MPO": (".jpg", {"RGB", "L"}),  # what phones write: a JPEG with another one behind it
    "PNG": (".png", {"RGB", "L", "P", "1", "RGBA", "LA"}),
}
"""Formats that Word shows as they are: suffix and kinds of colours."""

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation → how to set the picture upright."""

_ON_ITS_SIDE = Image.Transpose.ROTATE_90
"""Counter-clockwise: what was above lies to the left."""

_DAMAGE = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    MemoryError, struct.error, zlib.error, Image.DecompressionBombError, IntakeError,
)  # fmt: skip
"""What Pillow and PDFium raise over damaged files, documented or not."""


class PictureReader:
    """Reads the pictures of exhibits; the PDF file that the last one came from stays open until it is closed.

    Only one PDF file is open in a process, so nothing else may open one meanwhile.
    """

    def __init__(self) -> None:
        """Read nothing yet."""
        self._open = ExitStack()
        self._path: Path | None = None
        self._handle: Any = None

    def __enter__(self) -> PictureReader:
        """Return the reader."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self._close()

    def __call__(self, exhibit: Exhibit, *, longest: int = LONGEST) -> tuple[bytes, str]:
        """Return the picture of an exhibit, and the suffix of its format (``.jpg`` or ``.png``).

        A JPEG or PNG that stands upright, in colours of a screen or grey, and within `longest`, is passed through
        unchanged; any other picture becomes a JPEG without metadata; a page of a PDF is drawn at 150 dpi, or less
        where it would pass `longest`. A wide page of a document is turned (see `is_turned`). The same file always
        gives the same bytes. One picture is in memory at a time.

        Args:
            exhibit: The exhibit.
            longest: Longest side in pixels.

        Raises:
            BuildError: The file has gone, or has changed so that it cannot be read any more.
        """
        turned = is_turned(exhibit)
        try:
            if exhibit.page is not None:
                return self._page(exhibit.path, exhibit.page, longest, turned=turned), ".jpg"
            return _picture(exhibit.path, longest, turned=turned)
        except _DAMAGE as error:
            name = exhibit.path.name
            raise BuildError(
                f"证据文件“{name}”在生成时打不开，可能已被移动、改动或损坏。请核对该文件后重新生成。"
            ) from error

    def _page(self, path: Path, number: int, longest: int, *, turned: bool) -> bytes:
        if path != self._path:
            self._close()
            self._handle = self._open.enter_context(open_pdf(path, path.name)).handle
            self._handle.init_forms()
            self._path = path
        page = self._handle[number - 1]
        try:
            scale = min(DPI / _POINTS, longest / max(page.get_size()))
            drawn = page.render(scale=scale).to_pil().convert("RGB")
        finally:
            page.close()
        return _jpeg(drawn.transpose(_ON_ITS_SIDE) if turned else drawn)

    def _close(self) -> None:
        self._path = self._handle = None
        self._open.close()


def picture_bytes(exhibit: Exhibit, *, longest: int = LONGEST) -> tuple[bytes, str]:
    """Return the picture of one exhibit; see `PictureReader`, which reads many."""
    with PictureReader() as read:
        return read(exhibit, longest=longest)


def is_turned(exhibit: Exhibit) -> bool:
    """Return whether an exhibit, a wide page of a document, lies on its side: its head to the left, to the binding."""
    return exhibit.full_page and exhibit.width >= LYING * exhibit.height


def _picture(path: Path, longest: int, *, turned: bool) -> tuple[bytes, str]:
    with Image.open(path, formats=_FORMATS) as image:
        turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
        suffix, modes = _PASSED.get(image.format or "", ("", ()))
        if turn is None and not turned and image.mode in modes and max(image.size) <= longest:
            return path.read_bytes(), suffix
        image.draft(None, (longest, longest))  # a JPEG is decoded no larger than needed
        screen = _screen_colours(image)
    screen.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    upright = screen if turn is None else screen.transpose(turn)
    return _jpeg(upright.transpose(_ON_ITS_SIDE) if turned else upright), ".jpg"


def _screen_colours(image: Image.Image) -> Image.Image:
    """Return a picture in RGB or grey, on white where it lets the paper through."""
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _jpeg(image: Image.Image) -> bytes:
    image.info = {}  # comments and the like would be written, too
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()
