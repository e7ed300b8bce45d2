"""Files that this program itself wrote and that are no packages: papers and annotated copies."""

from __future__ import annotations

import re
from pathlib import Path

from duibiao.document.xml import parse
from duibiao.intake.archive import SafeZip
from duibiao.intake.files import open_source
from duibiao.model.errors import IntakeError
from duibiao.reports.faces import Face
from duibiao.reports.writing import ANNOTATED, VERDICT_AUTHOR

PAPER = "对标（duibiao）写出的文书"
"""Category of a paper, in the properties of its file; Word shows it as 类别."""

_CORE = "docProps/core.xml"
_CATEGORY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}category"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_COMMENTS = re.compile(r"(?:.*/)?comments\d*\.xml")
_TITLES = tuple(face.tail.removeprefix("-") for face in Face if face.is_paper)


def is_own(path: Path) -> bool:
    """Return whether a file is one that this program wrote: by its mark and its title, or its name and our comment.

    A file that cannot be read is not: checking it says why.
    """
    try:
        with open_source(path, path.name) as stream:
            if stream.read(2) != b"PK":
                return False
            archive = SafeZip(stream, path.name)
            return _is_paper(archive) or (path.stem.endswith(ANNOTATED) and _is_copy(archive))
    except IntakeError:
        return False


def _is_paper(archive: SafeZip) -> bool:
    if _CORE not in archive:
        return False
    core = parse(archive.read(_CORE), _CORE, archive.name)
    title = (core.findtext(_TITLE) or "").strip()
    return core.findtext(_CATEGORY) == PAPER and title.endswith(_TITLES)


def _is_copy(archive: SafeZip) -> bool:
    author = f'"{VERDICT_AUTHOR}"'.encode()
    parts = filter(_COMMENTS.fullmatch, archive.names())
    return any(author in archive.read(part) for part in parts)
