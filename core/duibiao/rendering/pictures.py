"""Pictures for Word: as they are where that will do, else turned, scaled and encoded anew."""

from __future__ import annotations

from duibiao.model.annex import Exhibit

LONGEST = 2000
"""Longest side in pixels that a printed page needs."""


def picture_bytes(exhibit: Exhibit, *, longest: int = LONGEST) -> tuple[bytes, str]:
    """Return the picture of an exhibit, and the suffix of its format (``.jpg`` or ``.png``).

    A JPEG or PNG that stands upright, in colours of a screen and within `longest`, is passed through unchanged; any
    other picture becomes a JPEG without metadata; a page of a PDF is drawn at 150 dpi. The same file always gives the
    same bytes.

    Args:
        exhibit: The exhibit.
        longest: Longest side in pixels.

    Raises:
        BuildError: The file has gone, or has changed so that it cannot be read any more.
    """
    raise NotImplementedError


def blank_bytes(exhibit: Exhibit) -> bytes:
    """Return a tiny PNG that stands for an exhibit while pages are counted; its size on paper is set in Word."""
    raise NotImplementedError
