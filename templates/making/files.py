"""Word files out of their parts: the same parts give the same bytes, whatever the machine and its zlib."""

from __future__ import annotations

import io
import zipfile

from pages import FOOTER, HEADER, WATERMARK, footer, header, settings
from styles import font_table, styles
from words import p, when

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STAMP = (1980, 1, 1, 0, 0, 0)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_PARTS = (
    ("document", "document.main", ""),
    ("styles", "styles", "rId13"),
    ("fontTable", "fontTable", "rId15"),
    ("settings", "settings", "rId16"),
    ("header1", "header", HEADER),
    ("footer1", "footer", FOOTER),
)
"""Part, kind of its content, and its relationship."""


def word_file(document: str, title: str, *, has_draft: bool = True) -> bytes:
    """Return a Word file.

    Args:
        document: document.xml.
        title: Title in its properties.
        has_draft: The template knows `draft`; its header then holds the watermark.
    """
    marked = when("draft", p("Header", WATERMARK)) if has_draft else ""
    contents = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(),
        "docProps/core.xml": _properties(title),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _document_relationships(),
        "word/styles.xml": styles(),
        "word/fontTable.xml": font_table(),
        "word/settings.xml": settings(),
        "word/header1.xml": header(marked + p("Header")),
        "word/footer1.xml": footer(),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, text in contents.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.create_system = 0
            archive.writestr(entry, text.encode())
    return made.getvalue()


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for part, kind, _ in _PARTS
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/>'
        '<Override PartName="/docProps/core.xml"'
        ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f"{overrides}</Types>"
    )


def _relationships() -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
        ' Target="docProps/core.xml"/></Relationships>'
    )


def _document_relationships() -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{part}.xml"/>'
        for part, kind, key in _PARTS
        if key
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _properties(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></cp:coreProperties>"
    )
