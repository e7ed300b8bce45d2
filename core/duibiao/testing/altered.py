"""Pictures that were tampered with or spoilt: made of the coloured ones of `duibiao.testing.pictures`."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import ExifTags, Image, ImageDraw, ImageFilter

from duibiao.testing.pictures import photo

_SEPARATOR = ":"
_PIXELS = b"\x78\x01\x01"
"""How the compressed pixels of `photo` begin."""
_TAKEN = "2009:05:01 10:00:00"


def altered(how: str, name: str) -> str:
    """Return the name of a picture that is another one, altered.

    Args:
        how: One of `WAYS`.
        name: What is altered.
    """
    assert how in WAYS, how
    return f"{how}{_SEPARATOR}{name}"


def drawn(name: str) -> bytes:
    """Return the picture of a name, which `altered` may have made; always the same bytes."""
    how, _, original = name.partition(_SEPARATOR)
    return WAYS[how](photo(original)) if how in WAYS else photo(name)


def _through(change: Callable[[Image.Image], Image.Image]) -> Callable[[bytes], bytes]:
    def made(data: bytes) -> bytes:
        with Image.open(io.BytesIO(data)) as image:
            target = io.BytesIO()
            change(image.convert("RGB")).save(target, "PNG")
        return target.getvalue()

    return made


def _stamped(image: Image.Image) -> Image.Image:
    width, height = image.size
    draw = ImageDraw.Draw(image)
    draw.rectangle((width * 3 // 5, height * 5 // 6, width, height), fill="white")
    return image


def _dated(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        exif = Image.Exif()
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = _TAKEN
        target = io.BytesIO()
        image.convert("RGB").save(target, "JPEG", exif=exif, quality=95)
    return target.getvalue()


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "grey": _through(lambda image: image.convert("L")),
    "brighter": _through(lambda image: image.point(lambda value: min(255, value * 5 // 4))),
    "stamped": _through(_stamped),
    "smaller": _through(lambda image: image.resize((200, 150))),
    "blurred": _through(lambda image: image.filter(ImageFilter.GaussianBlur(24))),
    "dated": _dated,
    "broken": lambda data: data.replace(_PIXELS, bytes(len(_PIXELS)), 1),
}
"""How pictures are altered: black and white, brighter, stamped with a label, with fewer pixels, out of focus, with an
old day of taking, cut off."""
