"""Photos of noise: real JPEG files that compress as badly as those of a camera, no two alike."""

from __future__ import annotations

import io
import random

from PIL import Image

PIXELS = (1024, 768)
_COARSE = (256, 192)
_QUALITY = 62


def photo(draw: random.Random) -> bytes:
    """Return a JPEG of `PIXELS`, near 200 KB, made of what `draw` gives."""
    width, height = _COARSE
    noise = Image.frombytes("RGB", _COARSE, draw.randbytes(width * height * 3))
    stream = io.BytesIO()
    noise.resize(PIXELS, Image.Resampling.BICUBIC).save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()
