"""The blocks that a file is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from duibiao.model.emissions import Photo
from duibiao.model.evidence import Section


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph.

    Attributes:
        text: Its text.
        role: ``cover``, ``title``, ``contents``, ``caption``, ``signed`` or ``body``.
        seal: A seal stands in it.
        level: Level of a line of the contents.
        page: Page that a line of the contents gives.
        picture: Name of a picture that stands in it, "" for none.
    """

    text: str
    role: str = "body"
    seal: bool = False
    level: int = 0
    page: int | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text; its first row is a header unless it is a form."""

    rows: tuple[tuple[str, ...], ...]
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class Album:
    """A table of photos."""

    photos: tuple[Photo, ...]


Block = Section | Line | Sheet | Album
"""What stands in a file: a heading, a paragraph, a table or photos."""
