"""图: pictures that a template prints where it says ``{{ photo }}``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawing:
    """An inline picture.

    Attributes:
        read: Its bytes and their suffix, ``.jpg`` or ``.png``. Called while the file is written, so that pictures
            need not be in memory all at once: once a document, and again only if another picture has the same size
            and checksum. A picture that is printed twice is stored once; so are two whose bytes are equal.
        width: Drawn width in EMU (914,400 an inch, 36,000 a millimetre).
        height: Drawn height in EMU.
        name: Name of the drawing in Word; it need not be unique.
        description: What it shows, for those who cannot see it.
    """

    read: Callable[[], tuple[bytes, str]]
    width: int
    height: int
    name: str
    description: str = ""

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0:
            raise ValueError(f"a drawing of {self.width} × {self.height} EMU cannot be seen")
