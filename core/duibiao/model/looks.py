"""What looking at a picture says."""

from __future__ import annotations

from datetime import date

from duibiao.model.classes import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """画面: what was measured of a picture. Equal files give equal values.

    Attributes:
        width: Width in pixels, as it is to be seen.
        height: Height in pixels, likewise.
        turned: Its file asks the viewer to turn it by a quarter, which not every program does.
        pattern: 255 signs of its coarse brightness pattern, see `duibiao.intake.hashing`; 0 where it shows nothing.
        steps: 64 signs of brightness rising from left to right.
        chroma: Colour of its most colourful twentieth, from 0 (grey) to 128.
        sharpness: Variance of the Laplacian of its grey values at 512 pixels or less.
        taken: Day on which the camera says that it was taken, or None.
    """

    width: int
    height: int
    turned: bool
    pattern: int
    steps: int
    chroma: int
    sharpness: float
    taken: date | None = None

    @property
    def is_plain(self) -> bool:
        """It shows next to nothing, such as a blank sheet, so that its pattern says nothing."""
        return self.pattern.bit_count() < _LEAST_WAVES

    @property
    def patterns(self) -> tuple[int, ...]:
        """Its pattern upright, then mirrored and turned: what it would be in all eight orientations."""
        turned = _transposed(self.pattern)
        return tuple(pattern ^ flip for pattern in (self.pattern, turned) for flip in _FLIPS)


_SIDE = 16
_LEAST_WAVES = 32
_COLUMNS = sum(1 << at for at in range(_SIDE * _SIDE) if (at + 1) % 2)
_ROWS = sum(1 << at for at in range(_SIDE * _SIDE) if (at // _SIDE + 1) % 2)
_FLIPS = (0, _COLUMNS, _ROWS, _COLUMNS ^ _ROWS)
"""What mirroring changes: every second wave across, every second one down."""


def _transposed(pattern: int) -> int:
    bits = f"{pattern:0{_SIDE * _SIDE}b}"
    return int("".join(bits[column::_SIDE] for column in range(_SIDE)), 2)
