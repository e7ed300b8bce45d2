"""Perceptual hashes of pictures: few bits that stay as they are when brightness, size or quality change.

`pattern` is the sign of each of the 16 × 16 lowest waves of brightness (the known pHash, with 0 in place of the
median as threshold, so that mirroring and turning only flip or move bits). `steps` is the known dHash: whether brightness
rises from one of 9 × 8 spots to the next; it bears a date stamp better.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import add, mul, sub

from PIL import Image

_SIDE, _KEPT = 64, 16
_HALF = _SIDE // 2
_STEPS = (9, 8)
_FAINT = 24.0
_WAVES = [
    [math.cos(math.pi * wave * (2 * at + 1) / (2 * _SIDE)) for at in range(_HALF)]
    for wave in range(_KEPT)
]


def pattern(grey: Image.Image) -> int:
    """Return 256 bits, one for each wave, row by row; the first one, for the mean, is always 0.

    Args:
        grey: The picture, in shades of grey.
    """
    small = grey.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0).tobytes()
    rows = [_spectrum(small[start : start + _SIDE]) for start in range(0, len(small), _SIDE)]
    columns = [_spectrum(column) for column in zip(*rows, strict=True)]
    bits = "".join(
        "1" if value > _FAINT else "0" for row in zip(*columns, strict=True) for value in row
    )
    return int(f"0{bits[1:]}", 2)


def steps(grey: Image.Image) -> int:
    """Return 64 bits: whether brightness rises from a spot to its right neighbour, row by row.

    Args:
        grey: The picture, in shades of grey.
    """
    width, height = _STEPS
    spots = grey.resize(_STEPS, Image.Resampling.LANCZOS, reducing_gap=3.0).tobytes()
    rows = [spots[start : start + width] for start in range(0, width * height, width)]
    return _number(after > before for row in rows for before, after in pairwise(row))


def _spectrum(values: Sequence[float]) -> list[float]:
    """Return the lowest waves (DCT-II) of as many values as there are on a side."""
    left, right = values[:_HALF], values[: _HALF - 1 : -1]
    halves = (list(map(add, left, right)), list(map(sub, left, right)))
    return [sum(map(mul, halves[wave % 2], shape)) for wave, shape in enumerate(_WAVES)]


def _number(bits: Iterable[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)
