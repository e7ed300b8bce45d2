"""What a document holds, read without duibiao: so that renderers can be held to the same content."""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Content:
    """Texts of paragraphs that are not blank, cells of each table, digests of pictures: each in order."""

    texts: tuple[str, ...]
    tables: tuple[int, ...]
    pictures: tuple[str, ...]

    def told(self) -> str:
        """Return the counts in words."""
        return f"{len(self.texts)} texts, {len(self.tables)} tables, {sum(self.tables)} cells, {len(self.pictures)} pictures"


def content(path: Path) -> Content:
    """Read a document; raise ValueError where ids of drawings are used twice or a part is no XML."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
        root = etree.fromstring(archive.read(_MAIN), etree.XMLParser(huge_tree=True))
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
        targets = {item.get("Id"): item.get("Target", "") for item in relations}
        ids = [item.get("id") for item in root.iter(f"{_WP}docPr")]
        if len(set(ids)) != len(ids):
            raise ValueError("ids of drawings are used twice")
        pictures = tuple(
            hashlib.sha256(archive.read(_part(targets[blip.get(f"{_R}embed")]))).hexdigest()
            for blip in root.iter(f"{_A}blip")
        )
    tables = tuple(sum(1 for _ in table.iter(f"{_W}tc")) for table in root.iter(f"{_W}tbl"))
    return Content(tuple(_texts(root)), tables, pictures)


def differences(one: Content, other: Content, *, pictures: bool) -> list[str]:
    """Return how two documents differ, without their pictures where a renderer has none."""
    if not pictures:
        captions = [text for text in one.texts if not text.startswith("图：")]
        albums = [cells for cells in one.tables if cells % 6 == 0 and cells > 12]
        one = Content(
            tuple(captions), tuple(albums) if len(albums) == len(other.tables) else one.tables, ()
        )
    return [
        f"{name}: {len(got)} instead of {len(wanted)}, or other ones"
        for name, wanted, got in (
            ("texts", one.texts, other.texts),
            ("tables", one.tables, other.tables),
            ("pictures", one.pictures, other.pictures),
        )
        if wanted != got
    ]


def _texts(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(item.text or "" for item in paragraph.iter(f"{_W}t"))
        if text.strip():
            yield text


def _part(target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.join("word", target)
