"""What stands behind a composed dossier: the files of its photos, and tables that are evidence only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from duibiao.model.classes import dataclass
from duibiao.model.emissions import Photo
from duibiao.model.location import Text


@dataclass(frozen=True, slots=True)
class Exhibit:
    """附图或附件的一页: the file behind one `Photo` of a composed dossier.

    Attributes:
        key: What `Photo.picture` calls it.
        path: The file.
        page: Page of a PDF, counted from 1; None for a picture.
        width: Width as it is to be seen (after turning): pixels of a picture, points of a page.
        height: Height likewise.
        full_page: It takes a page of its own: a page of a document, or a picture of one.
        group: In 2.13.x the number of the facility that it shows, 0 for contracts and reports; in 2.16.1 and
            2.16.2 the number of the item that it belongs to; 0 elsewhere.
    """

    key: str
    path: Path
    page: int | None
    width: int
    height: int
    full_page: bool
    group: int = 0


@dataclass(frozen=True, slots=True)
class ProofTable:
    """证明材料中的表: a table that is evidence, printed as it is in one of the sections 2.1 to 2.18.

    Attributes:
        section: Key of the section, such as ``五.2.4``.
        title: Its caption, without number.
        header: Column headers, without 序号.
        rows: Cells by row; None where a cell is blank.
    """

    section: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Text | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """附件: what a project adds to its dossier for the building.

    Attributes:
        exhibits: `Photo.picture` → the file behind it.
        tables: Tables of the evidence sections.
        texts: Section → running text that has no other place in the dossier, such as that of 2.1 to 2.12.
        figures: Pictures outside the evidence sections: flow charts, in 四.3.2.
        seal: Picture of the enterprise's seal, or None.
        signature: Picture of the legal person's signature, or None.
    """

    exhibits: Mapping[str, Exhibit] = field(default_factory=dict)
    tables: tuple[ProofTable, ...] = ()
    texts: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    figures: tuple[Photo, ...] = ()
    seal: Path | None = None
    signature: Path | None = None
