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
        return f"文字 {len(self.texts)} 段，表格 {len(self.tables)} 个、{sum(self.tables)} 格，照片 {len(self.pictures)} 张"


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


def differences(wanted: Content, got: Content) -> list[str]:
    """Return how a document differs from what it should hold."""
    return [
        f"{name}有 {len(found)} 处，应是另外的 {len(known)} 处"
        for name, known, found in (
            ("文字", wanted.texts, got.texts),
            ("表格", wanted.tables, got.tables),
            ("图片", wanted.pictures, got.pictures),
        )
        if known != found
    ]


def _texts(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(item.text or "" for item in paragraph.iter(f"{_W}t"))
        if text.strip():
            yield text


def _part(target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.join("word", target)
