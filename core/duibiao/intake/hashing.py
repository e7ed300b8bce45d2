"""Perceptual hashes of pictures: few bits that stay as they are when brightness, size or quality change.

`pattern` is the sign of each of the 16 × 16 lowest waves of brightness (the known pHash, with 0 in place of the
median as threshold, so that mirroring and turning only flip or move bits). `steps` is the known dHash: whether brightness
rises from one of 9 × 8 spots to the next; it bears a date stamp better.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import add, mul, sub
from typing import TypeVar

from PIL import Image

N = TypeVar("N", int, float)

_SIDE, _KEPT = 64, 16
_HALF = _SIDE // 2
_STEPS = (9, 8)
_FAINT = 24.0
_ALL_BUT_MEAN = (1 << (_KEPT * _KEPT - 1)) - 1
_WAVES = [
    [math.cos(math.pi * wave * (2 * at + 1) / (2 * _SIDE)) for at in range(_HALF)]
    for wave in range(_KEPT)
]
_SCALE = 1 << 40  # a pixel of 8 bits times 64 rows and a sign: 55 bits
_WHOLE_WAVES = [[round(_SCALE * height) for height in wave] for wave in _WAVES]
_FIELDS = struct.Struct(f"<{_SIDE}q")
_SIGNS = sum(1 << (64 * at + 63) for at in range(_SIDE))


def pattern(grey: Image.Image) -> int:
    """Return 256 bits, one for each wave, row by row; the first one, for the mean, is always 0.

    Args:
        grey: The picture, in shades of grey.
    """
    small = grey.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0).tobytes()
    waves = (_spectrum(row, _WAVES) for row in _waves_down(small))
    return _number(value > _FAINT * _SCALE for row in waves for value in row) & _ALL_BUT_MEAN


def steps(grey: Image.Image) -> int:
    """Return 64 bits: whether brightness rises from a spot to its right neighbour, row by row.

    Args:
        grey: The picture, in shades of grey.
    """
    width, height = _STEPS
    spots = grey.resize(_STEPS, Image.Resampling.LANCZOS, reducing_gap=3.0).tobytes()
    rows = [spots[start : start + width] for start in range(0, width * height, width)]
    return _number(after > before for row in rows for before, after in pairwise(row))


def _waves_down(small: bytes) -> list[list[float]]:
    """Return the lowest waves of the columns: for each wave, how strong it is in each column, times `_SCALE`.

    All columns are done at once, in a third of the time: a row of pixels is one integer, with a field of 64 bits for each
    pixel. A field that becomes negative takes one from the next, which adding and removing the sign bits gives back.
    """
    length = _FIELDS.size
    fields = bytearray(length * _SIDE)
    fields[::8] = small
    starts = range(0, len(fields), length)
    rows = [int.from_bytes(fields[start : start + length], "little") for start in starts]
    sums = [(wave + _SIGNS) ^ _SIGNS for wave in _spectrum(rows, _WHOLE_WAVES)]
    return [list(map(float, _FIELDS.unpack(wave.to_bytes(length, "little")))) for wave in sums]


def _spectrum(values: Sequence[N], waves: Sequence[Sequence[N]]) -> list[N]:
    """Return the waves (DCT-II) of as many values as there are on a side."""
    left, right = values[:_HALF], values[: _HALF - 1 : -1]
    halves = (list(map(add, left, right)), list(map(sub, left, right)))
    return [sum(map(mul, halves[wave % 2], shape)) for wave, shape in enumerate(waves)]


def _number(bits: Iterable[bool]) -> int:
    return int("".join("1" if bit else "0" for bit in bits), 2)
