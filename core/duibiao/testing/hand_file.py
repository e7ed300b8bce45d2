"""A Word file that is being rewritten in another hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Section
from duibiao.testing.word import word_bytes

_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{_URI}}}"
_MAIN, _NUMBERING = "word/document.xml", "word/numbering.xml"
_NAMESPACES = (
    f'xmlns:w="{_URI}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading: its paragraph and what the dossier knows of it."""

    paragraph: etree._Element
    section: Section


class WordFile:
    """The Word file that `write_word` makes of a dossier, open for changes.

    Attributes:
        body: The w:body.
        numbering: The w:numbering.
        headings: The headings, in order.
    """

    def __init__(self, dossier: Dossier) -> None:
        """Write the dossier and open it."""
        self._parts = dict(_parts(dossier))
        self._root = etree.fromstring(self._parts[_MAIN])
        self.numbering = etree.fromstring(self._parts[_NUMBERING])
        body = self._root.find(f"{W}body")
        assert body is not None
        self.body = body
        paragraphs = (item for item in body.iterchildren(f"{W}p") if style(item)[:7] == "Heading")
        self.headings = tuple(
            Headed(paragraph, section)
            for paragraph, section in zip(paragraphs, dossier.sections, strict=True)
        )

    def tables(self) -> list[etree._Element]:
        """Return the tables of text, pictures left out."""
        return [table for table in self.body.iterchildren(f"{W}tbl") if not has_drawing(table)]

    def tables_at(self, key: str) -> list[etree._Element]:
        """Return the tables of a section, those of the sections below it left out."""
        blocks = self.blocks_at(key)
        return [block for block in blocks if block.tag == f"{W}tbl" and not has_drawing(block)]

    def blocks_at(self, key: str) -> list[etree._Element]:
        """Return what stands under a heading, up to the next one; nothing where there is no such heading."""
        starts = {headed.paragraph for headed in self.headings}
        start = next((h.paragraph for h in self.headings if h.section.key == key), None)
        found: list[etree._Element] = []
        for block in start.itersiblings() if start is not None else ():
            if block in starts or block.tag == f"{W}sectPr":
                break
            found.append(block)
        return found

    def contents(self) -> list[etree._Element]:
        """Return the lines of the table of contents."""
        return [item for item in self.body.iterchildren(f"{W}p") if style(item)[:3] == "toc"]

    def add_part(self, name: str, data: str, content_type: str, relation: str) -> None:
        """Add a part in the folder word and refer to it."""
        self._parts[f"word/{name}"] = data.encode()
        for part, before, added in (
            (
                "[Content_Types].xml",
                b"</Types>",
                f'<Override PartName="/word/{name}" ContentType="{content_type}"/>',
            ),
            (
                "word/_rels/document.xml.rels",
                b"</Relationships>",
                f'<Relationship Id="rIdAdded" Type="{relation}" Target="{name}"/>',
            ),
        ):
            self._parts[part] = self._parts[part].replace(before, added.encode() + before)

    def data(self) -> bytes:
        """Return the file."""
        self._parts[_MAIN] = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8")
        self._parts[_NUMBERING] = etree.tostring(self.numbering)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as file:
            for name, data in self._parts.items():
                file.writestr(zipfile.ZipInfo(name), data)
        return target.getvalue()


@lru_cache(maxsize=8)
def _parts_of(data: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return tuple((name, file.read(name)) for name in file.namelist())


_MOST_WRITTEN = 8
_written: dict[int, tuple[Dossier, bytes]] = {}


def _parts(dossier: Dossier) -> tuple[tuple[str, bytes], ...]:
    """Return the parts of a dossier's file; the same object is written only once."""
    kept, data = _written.get(id(dossier), (None, b""))
    if kept is not dossier:
        data = word_bytes(dossier)
        if len(_written) >= _MOST_WRITTEN:
            del _written[next(iter(_written))]
        _written[id(dossier)] = dossier, data
    return _parts_of(data)


def xml(text: str) -> etree._Element:
    """Return an element; the prefixes w, mc, wp, wps, a, v and w14 are known."""
    root = etree.fromstring(f"<x {_NAMESPACES}>{text}</x>")
    return root[0]


def style(paragraph: etree._Element) -> str:
    """Return the id of a paragraph's style, or ""."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def has_drawing(element: etree._Element) -> bool:
    """Return whether a picture stands in an element."""
    return next(element.iter(f"{W}drawing"), None) is not None


def texts(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the w:t in an element, pictures' own text boxes left out."""
    yield from list(element.iter(f"{W}t"))


def text_of(element: etree._Element) -> str:
    """Return the text of a paragraph or a cell, line breaks left out."""
    return "".join(item.text or "" for item in texts(element))


def set_text(paragraph: etree._Element, text: str) -> None:
    """Replace the text of a paragraph: all of it in its first run."""
    first, *others = texts(paragraph)
    first.text = text
    first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for other in others:
        other.text = ""


def plain_paragraph(paragraph: etree._Element) -> etree._Element:
    """Take style and numbering from a paragraph; return its w:pPr."""
    properties = paragraph.find(f"{W}pPr")
    assert properties is not None
    for name in ("pStyle", "numPr"):
        for child in list(properties.iterchildren(W + name)):
            properties.remove(child)
    return properties


def make_bold(paragraph: etree._Element) -> None:
    """Make all runs of a paragraph bold."""
    for run in paragraph.iter(f"{W}r"):
        look = run.find(f"{W}rPr")
        if look is None:
            look = xml("<w:rPr/>")
            run.insert(0, look)
        look.insert(0, xml("<w:b/>"))


def rows(table: etree._Element) -> list[etree._Element]:
    """Return the rows of a table."""
    return list(table.iterchildren(f"{W}tr"))


def cells(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row."""
    return list(row.iterchildren(f"{W}tc"))


def cell(text: str = "", *, span: int = 1, merge: str = "") -> etree._Element:
    """Return a new cell; `merge` is "restart" or "continue" for one merged downwards."""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return xml(
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
    )


def row(*held: etree._Element) -> etree._Element:
    """Return a new row of cells."""
    made = xml("<w:tr/>")
    made.extend(held)
    return made


def grid_of(table: etree._Element, columns: int) -> None:
    """Give a table so many columns."""
    grid = table.find(f"{W}tblGrid")
    assert grid is not None
    for child in list(grid):
        grid.remove(child)
    grid.extend([xml(f'<w:gridCol w:w="{9000 // columns}"/>') for _ in range(columns)])
