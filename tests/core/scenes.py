"""Pictures like photos, drawn at random: skies, walls, tanks, pipes, stacks; and what people do to them."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

SIZE = (640, 480)


@lru_cache(maxsize=256)
def scene(seed: int) -> Image.Image:
    """Return a picture; another seed gives another one."""
    chance = random.Random(seed)  # noqa: S311
    horizon = chance.randrange(120, 400)
    image = Image.new("RGB", SIZE, _colour(chance, 150, 250))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, horizon, *SIZE), fill=_colour(chance, 40, 150))
    for _ in range(chance.randrange(6, 16)):
        _THINGS[chance.randrange(len(_THINGS))](draw, chance)
    return image.filter(ImageFilter.GaussianBlur(0.6))


def jpeg(image: Image.Image, **options: object) -> bytes:
    """Return a picture as a file."""
    stream = io.BytesIO()
    image.save(stream, "JPEG", **{"quality": 85, **options})
    return stream.getvalue()


def stamped(image: Image.Image) -> Image.Image:
    """Return a picture with a date in its corner."""
    copy = image.copy()
    width, height = copy.size
    draw = ImageDraw.Draw(copy)
    draw.text((0.6 * width, 0.9 * height), "2026-07-15 09:32", fill=(255, 170, 0), font_size=24)
    return copy


def labelled(image: Image.Image) -> Image.Image:
    """Return a picture with a white label in its corner."""
    copy = stamped(image)
    width, height = copy.size
    ImageDraw.Draw(copy).rectangle((0.65 * width, 0.88 * height, width, height), fill="white")
    return copy


def cropped(image: Image.Image, share: float) -> Image.Image:
    """Return a picture of which as much is cut off at every side."""
    width, height = image.size
    inner = (share * width, share * height, (1 - share) * width, (1 - share) * height)
    return image.resize(image.size, Image.Resampling.BICUBIC, box=inner)


SURE: dict[str, Callable[[Image.Image], bytes]] = {
    "JPEG of low quality": lambda image: jpeg(image, quality=30),
    "brighter": lambda image: jpeg(ImageEnhance.Brightness(image).enhance(1.2)),
    "darker": lambda image: jpeg(ImageEnhance.Brightness(image).enhance(0.75)),
    "half the size": lambda image: jpeg(image.resize((320, 240))),
    "grey": lambda image: jpeg(image.convert("L")),
    "squeezed": lambda image: jpeg(image.resize((640, 400))),
    "blurred": lambda image: jpeg(image.filter(ImageFilter.GaussianBlur(3))),
    "mirrored": lambda image: jpeg(ImageOps.mirror(image)),
    "upside down": lambda image: jpeg(ImageOps.flip(image)),
    "turned": lambda image: jpeg(image.transpose(Image.Transpose.ROTATE_90)),
}
"""What may be done to a picture and leaves no doubt that it is the same."""

LIKELY: dict[str, Callable[[Image.Image], bytes]] = {
    "date stamp": lambda image: jpeg(stamped(image)),
    "label": lambda image: jpeg(labelled(image)),
    "cropped by 2 %": lambda image: jpeg(cropped(image, 0.02)),
    "turned by 1°": lambda image: jpeg(image.rotate(1, Image.Resampling.BICUBIC)),
}
"""What leaves some doubt."""


def _colour(chance: random.Random, low: int, high: int) -> tuple[int, int, int]:
    return chance.randrange(low, high), chance.randrange(low, high), chance.randrange(low, high)


def _box(chance: random.Random) -> tuple[int, int, int, int]:
    left, top = chance.randrange(-60, 560), chance.randrange(-40, 400)
    return left, top, left + chance.randrange(30, 300), top + chance.randrange(30, 280)


def _wall(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    left, top, right, bottom = _box(chance)
    draw.rectangle((left, top, right, bottom), fill=_colour(chance, 20, 240))
    for at in range(left, right, chance.randrange(9, 40)):
        draw.line((at, top, at, bottom), fill=_colour(chance, 20, 240), width=2)


def _tank(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.ellipse(_box(chance), fill=_colour(chance, 20, 240), outline=_colour(chance, 0, 90))


def _pipe(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    ends = [(chance.randrange(SIZE[0]), chance.randrange(SIZE[1])) for _ in range(3)]
    draw.line(ends, fill=_colour(chance, 20, 240), width=chance.randrange(4, 26), joint="curve")


def _stack(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    left, top = chance.randrange(600), chance.randrange(200)
    draw.rectangle((left, top, left + chance.randrange(12, 50), 480), fill=_colour(chance, 20, 240))


_THINGS = (_wall, _tank, _pipe, _stack)
