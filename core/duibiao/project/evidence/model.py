"""What lies in the evidence folder (证据文件夹) of a project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from duibiao.model.dossier import Misfit


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """证据文件: a picture or a document of the evidence folder.

    Attributes:
        path: The file.
        name: Its name relative to 证据/, with ``/``.
        section: Key of the section that it belongs to: ``四.3.2`` (flow chart), or one of the sections below
            ``五.2`` that have none below them, such as ``五.2.7``, ``五.2.13.1``, ``五.2.16.1``.
        group: As in `model.annex.Exhibit`: the facility of 2.13.x (0 for contracts and reports of all), the item of
            2.16.1 and 2.16.2, 0 elsewhere.
        caption: What is printed below it. Photos of a section never have the same one.
        key: CRC-32 and size of the file, as `Photo.picture` has them.
        pages: Width and height: one pair for a picture, in pixels and as it is to be seen (EXIF turning applied); one
            for each page of a PDF, in points.
        is_document: It takes full pages: a PDF, or the scan of a document.
        is_pdf: It is a PDF, whose pages become exhibits one by one.
    """

    path: Path
    name: str
    section: str
    group: int
    caption: str
    key: str
    pages: tuple[tuple[int, int], ...]
    is_document: bool
    is_pdf: bool = False

    @property
    def captions(self) -> tuple[str, ...]:
        """What is printed below each of its pages."""
        count = len(self.pages)
        if count == 1:
            return (self.caption,)
        return tuple(f"{self.caption} 第{page}页，共{count}页" for page in range(1, count + 1))


@dataclass(frozen=True, slots=True)
class EvidenceFolder:
    """证据文件夹: what is of use in it, and what is not.

    Every file in it is either among `files`, or the seal or the signature, or told in one of `misfits` (by itself or
    with the folder that it lies in), or ignored for its name (说明.txt, hidden files, lock files, Thumbs.db).

    Attributes:
        files: In printed order: sections as in the outline; in each, photos before documents, then by group (contracts
            and reports of no facility last), then by name as people count (2 before 10).
        misfits: What is not used, why, and what to do; by name.
        seal: Scan of the seal (签章/公章.png), or None.
        signature: Scan of the legal person's signature (签章/签字.png), or None.
    """

    files: tuple[EvidenceFile, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    seal: Path | None = None
    signature: Path | None = None
