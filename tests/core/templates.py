"""Word templates for tests, written by hand, and what comes of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from duibiao.document.model import Block, Cell, Paragraph, Table
from duibiao.document.word import read_word
from duibiao.rendering.engine import WordTemplate
from duibiao.testing.pictures import photo

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = f"{KIND}.document.main+xml"
ROOT = f'xmlns:w="{W}" xmlns:r="{R}"'
PNG = photo("one")


def paragraph(*runs: str, properties: str = "") -> str:
    """Return a paragraph: each text is a run of its own, what begins with < stands as it is."""
    return f"<w:p>{''.join(run if run.startswith('<') else text(run, properties) for run in runs)}</w:p>"


def text(words: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}<w:t>{escape(words)}</w:t></w:r>"


def table(*rows: Sequence[str], widths: Sequence[int] = ()) -> str:
    """Return a table; a cell that begins with < holds what it says instead of a paragraph."""
    columns = widths or [1000] * max(map(len, rows))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def cell(words: str) -> str:
    inside = words if words.startswith("<") else paragraph(words)
    return f'<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def template(
    *blocks: str,
    parts: Mapping[str, str] | None = None,
    more: Mapping[str, bytes | str] | None = None,
) -> bytes:
    """Return a Word file.

    Args:
        blocks: Paragraphs and tables; a text without markup is a paragraph.
        parts: Other parts with text, by kind: ``header``, ``footer``, ``footnotes``, ``endnotes``.
        more: Entries to be added or replaced.
    """
    parts = parts or {}
    body = "".join(block if block.startswith("<") else paragraph(block) for block in blocks)
    kinds = {name: f"{KIND}.{name}+xml" for name in parts}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>'
        for name, kind in kinds.items()
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(parts, 1)
    )
    tags = {"header": "hdr", "footer": "ftr"}
    references = "".join(
        f'<w:{name}Reference w:type="default" r:id="rId{number}"/>'
        for number, name in enumerate(parts, 1)
        if name in tags
    )
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {ROOT}><w:body>{body}<w:sectPr>{references}</w:sectPr></w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
    }
    for name, content in parts.items():
        tag = tags.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{tag} {ROOT}>{content}</w:{tag}>"
    files.update(more or {})
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def loaded(folder: Path, data: bytes, name: str = "模板.docx") -> WordTemplate:
    path = folder / name
    path.write_bytes(data)
    return WordTemplate.load(path)


def rendered(folder: Path, data: bytes, context: Mapping[str, object], **more: Any) -> bytes:
    """Return the document; every part of it is well-formed, and no id or name is used twice."""
    target = io.BytesIO()
    loaded(folder, data).render(context, target, **more)
    check_document(target.getvalue())
    return target.getvalue()


def check_document(document: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert names[0] == "[Content_Types].xml"
        assert len({name.lower() for name in names}) == len(names)
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        ids: dict[str, list[str]] = {"docPr": [], "bookmarkStart": [], "bookmarkName": []}
        for name in names:
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(archive.read(name), etree.XMLParser(huge_tree=True))
            ids["docPr"] += [str(item.get("id")) for item in root.iter("{*}docPr")]
            for item in root.iter(f"{{{W}}}bookmarkStart"):
                ids["bookmarkStart"].append(str(item.get(f"{{{W}}}id")))
                ids["bookmarkName"].append(str(item.get(f"{{{W}}}name")))
        for found in ids.values():
            assert len(set(found)) == len(found)


def part(document: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read(name).decode()


def body(document: bytes) -> str:
    """Return the XML of the body without its section."""
    found = re.search(r"<w:body>(.*)<w:sectPr", part(document), re.DOTALL)
    assert found
    return found[1]


def blocks(document: bytes) -> list[str | list[list[str]]]:
    """Return texts of paragraphs, and tables as rows of texts."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[item.text for item in row] for row in block.grid]
        for block in read_word(document, "a.docx").blocks
    ]


def read(document: bytes) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return all that a reader sees; pictures by what they show and how large, not by the names of their parts."""
    found = read_word(document, "a.docx")
    return tuple(map(_unnamed, found.blocks)), found.margins


def _unnamed(block: Block) -> Block:
    def plain(item: Paragraph) -> Paragraph:
        pictures = tuple(replace(picture, part="") for picture in item.pictures)
        return replace(item, pictures=pictures)

    def inside(item: Cell) -> Cell:
        return replace(item, paragraphs=tuple(map(plain, item.paragraphs)))

    if isinstance(block, Table):
        return replace(block, grid=tuple(tuple(map(inside, row)) for row in block.grid))
    return plain(block)
