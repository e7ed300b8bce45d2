"""Pictures and documents of the evidence folder, as the dossier's photos name them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Exhibit:
    """附图或附件的一页: the file behind one `Photo` of a composed dossier.

    Attributes:
        key: What `Photo.picture` calls it.
        path: The file.
        page: Page of a PDF, counted from 1; None for a picture.
        width: Width in pixels as it is to be seen (after turning), in points for a page of a PDF.
        height: Height likewise.
        full_page: It takes a page of its own: a page of a document.
    """

    key: str
    path: Path
    page: int | None
    width: int
    height: int
    full_page: bool
