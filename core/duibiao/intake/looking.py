"""Looking at pictures from strangers: bounded, and None for what cannot be looked at."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from PIL import ExifTags, Image, ImageChops, ImageFilter, ImageOps, ImageStat

from duibiao.intake.hashing import pattern, steps
from duibiao.intake.pictures import picture_size
from duibiao.model.looks import Look

MOST_PIXELS = 80_000_000
"""Largest picture that is looked at: it takes a third of a gigabyte, twice that where it lets the paper through."""

LONGEST_SIDE = 30_000
"""Longest side that is looked at: each line costs memory of its own; panoramas have half of it."""

MOST_IN_ALL = 4_000_000_000
"""Most pixels of one package: three hundred pictures as phones take them."""

MOST_SCANS = 100
"""Most passes of a progressive JPEG, each of which costs as much as the whole picture; cameras make ten."""

_FORMATS = ("JPEG", "PNG", "BMP", "GIF")
_DAMAGE = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    MemoryError, struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises over damaged pictures, documented or not."""

_JPEG, _SCAN = b"\xff\xd8", b"\xff\xda"
_LONGEST, _COLOURS = 512, (64, 64)
_NEARLY = 500 / 512  # so that of 4000 pixels, as phones take them, an eighth will do
_TURNED = (5, 6, 7, 8)
_EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_GREY = Image.new("L", _COLOURS, 128)
_COLOURFUL = 0.05


def look_at_all(pictures: Iterable[tuple[str, bytes]]) -> dict[str, Look]:
    """Look at pictures, one at a time.

    Args:
        pictures: Keys, and the bytes behind them.

    Returns:
        What is seen, by key; pictures that cannot be looked at, and those past `MOST_IN_ALL`, are left out.
    """
    found: dict[str, Look] = {}
    left = MOST_IN_ALL
    for key, content in pictures:
        size = picture_size(io.BytesIO(content))
        left -= size[0] * size[1] if size and not is_too_large(size) else 0
        if left < 0:
            break
        look = look_at(content)
        if look is not None:
            found[key] = look
    return found


def look_at(content: bytes) -> Look | None:
    """Look at a picture: JPEG, PNG, BMP or GIF. One is in memory at a time.

    Args:
        content: Its bytes.

    Returns:
        What is seen; None where it is damaged, of another kind, or would cost too much.
    """
    try:
        with _opened(content) as image:
            exif = image.getexif()
            turned = exif.get(ExifTags.Base.Orientation) in _TURNED
            width, height = image.size[::-1] if turned else image.size
            taken = _day(exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal))
            screen = _on_screen(image, _LONGEST)
            grey = screen.convert("L")
            grey.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BICUBIC, reducing_gap=2.0)
    except _DAMAGE:
        return None
    measures = (pattern(grey), steps(grey), _chroma(screen), _sharpness(grey))
    return Look(width, height, turned, *measures, taken)


def shown(content: bytes, longest: int) -> bytes | None:
    """Return a picture upright and small, as a JPEG of our own making without anything else in it.

    Args:
        content: Its bytes: JPEG, PNG, BMP or GIF.
        longest: Longest side in pixels.

    Returns:
        The JPEG; None where the picture is damaged, of another kind, or would cost too much.
    """
    written = io.BytesIO()
    try:
        with _opened(content) as image:
            screen = _on_screen(image, longest)
            screen.thumbnail((longest, longest), Image.Resampling.BICUBIC, reducing_gap=2.0)
            upright = ImageOps.exif_transpose(screen)
            upright.info = {}
            upright.save(written, "JPEG", quality=80)
    except _DAMAGE:
        return None
    return written.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """Open a picture that is not decoded yet; raises one of _DAMAGE where it had better not be."""
    size = picture_size(io.BytesIO(content))
    if size is None or is_too_large(size):
        raise ValueError(size)
    if content.startswith(_JPEG) and content.count(_SCAN) > MOST_SCANS:
        raise ValueError(MOST_SCANS)
    with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
        if is_too_large(image.size):
            raise ValueError(image.size)
        yield image


def is_too_large(size: tuple[int, int]) -> bool:
    """Tell whether a picture is larger than what is looked at, or has no pixels."""
    return not 0 < size[0] * size[1] <= MOST_PIXELS or max(size) > LONGEST_SIDE


def _on_screen(image: Image.Image, longest: int) -> Image.Image:
    """Decode a picture, a JPEG no larger than needed; return it in RGB or grey, on white and small where it lets the paper through."""
    scale = min(1.0, _NEARLY * longest / max(image.size))
    image.draft("RGB", (max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    image.load()
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value / 256)
    if image.has_transparency_data:
        small = image.convert("RGBA")
        small.thumbnail((longest, longest), Image.Resampling.BICUBIC, reducing_gap=2.0)
        return Image.alpha_composite(Image.new("RGBA", small.size, "white"), small).convert("RGB")
    wanted = "L" if image.mode in ("1", "I", "L") else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def _chroma(screen: Image.Image) -> int:
    """Return how far the twentieth of the picture that is most colourful is from grey."""
    if screen.mode == "L":
        return 0
    small = screen.resize(_COLOURS, Image.Resampling.BOX).convert("YCbCr")
    _, blue, red = (ImageChops.difference(band, _GREY) for band in small.split())
    counts = ImageChops.lighter(blue, red).histogram()
    left = _COLOURFUL * _COLOURS[0] * _COLOURS[1]
    for value in range(255, 0, -1):
        left -= counts[value]
        if left <= 0:
            return value
    return 0


def _sharpness(grey: Image.Image) -> float:
    """Return the variance of the Laplacian, without the margin, where there is none."""
    if min(grey.size) < 3:
        return 0.0
    edges = grey.filter(_EDGES).crop((1, 1, grey.width - 1, grey.height - 1))
    return round(float(ImageStat.Stat(edges).var[0]), 1)


def _day(written: object) -> date | None:
    """Return the day of an EXIF time such as ``2026:07:30 09:12:00``."""
    if not isinstance(written, str):
        return None
    try:
        year, month, day = map(int, written[:10].split(":"))
        return date(year, month, day)
    except ValueError:
        return None
