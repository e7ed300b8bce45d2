"""The Word file around a drawing: styles, lists, footer, comments, and photos of noise."""

from __future__ import annotations

import random
import zipfile
from dataclasses import dataclass
from pathlib import Path

from drawing import MAIN_LIST, NAMESPACES, PLAN_LIST, Drawing
from packages import Package
from photos import photo

from duibiao.testing.numbering import definition_of

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = ("styles", "numbering", "settings", "comments")


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written.

    Attributes:
        path: Where it is.
        pages: Pages that it notes.
        revisions: Tracked changes in it.
        comments: Comments in it.
    """

    path: Path
    pages: int
    revisions: int
    comments: int


def write(package: Package, path: Path) -> Written:
    """Write a dossier as a Word file; the same dossier gives the same file."""
    drawing = Drawing(package.blocks)
    document = (_DECLARATION + drawing.xml()).encode()
    chance = random.Random(2)  # noqa: S311
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _DECLARATION + _types())
        archive.writestr(
            "_rels/.rels", _DECLARATION + _links([("rId1", "officeDocument", "word/document.xml")])
        )
        archive.writestr("word/document.xml", document)
        archive.writestr(
            "word/_rels/document.xml.rels", _DECLARATION + _document_links(drawing.pictures)
        )
        for name, text in _parts(drawing.comments).items():
            archive.writestr(f"word/{name}.xml", _DECLARATION + text)
        for number in range(1, drawing.pictures + 1):
            archive.writestr(f"word/media/image{number}.jpeg", photo(chance), zipfile.ZIP_STORED)
    return Written(path, drawing.page, drawing.revisions, drawing.comments)


def _types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for part, kind in (
            ("document", "document.main"),
            ("footer1", "footer"),
            *((part, part) for part in _PARTS),
        )
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="jpeg" ContentType="image/jpeg"/>{parts}</Types>'
    )


def _document_links(pictures: int) -> str:
    return _links(
        [
            *((f"rId{number}", part, f"{part}.xml") for number, part in enumerate(_PARTS, 1)),
            ("rIdFooter", "footer", "footer1.xml"),
            *(
                (f"rIdImage{number}", "image", f"media/image{number}.jpeg")
                for number in range(1, pictures + 1)
            ),
        ]
    )


def _links(items: list[tuple[str, str, str]]) -> str:
    lines = (
        f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for identity, kind, target in items
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _parts(comments: int) -> dict[str, str]:
    remarks = "".join(
        f'<w:comment w:id="{number}" w:author="审核员" w:date="2026-08-20T09:00:00Z"><w:p><w:r><w:t>请核实</w:t></w:r></w:p>'
        "</w:comment>"
        for number in range(comments)
    )
    lists = "".join(
        definition_of(number, "", tied=number == MAIN_LIST).replace('"Heading', '"')
        for number in (MAIN_LIST, PLAN_LIST)
    ) + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in (MAIN_LIST, PLAN_LIST)
    )
    page = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    return {
        "styles": f"<w:styles {NAMESPACES}>{_styles()}</w:styles>",
        "numbering": f"<w:numbering {NAMESPACES}>{lists}</w:numbering>",
        "settings": f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/></w:settings>',
        "comments": f"<w:comments {NAMESPACES}>{remarks}</w:comments>",
        "footer1": f"<w:ftr {NAMESPACES}>{page}</w:ftr>",
    }


def _styles() -> str:
    """Styles as Word names them in a Chinese file: numbers for ids."""
    latent = "".join(
        f'<w:lsdException w:name="Style {number}" w:semiHidden="1" w:uiPriority="{number % 99}" w:unhideWhenUsed="1"/>'
        for number in range(370)
    )
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="a"/>'
        f'<w:next w:val="a"/><w:qFormat/><w:pPr><w:keepNext/><w:numPr><w:ilvl w:val="{level - 1}"/>'
        f'<w:numId w:val="{MAIN_LIST}"/></w:numPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:bCs/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, size in enumerate((36, 30, 26, 24), 1)
    )
    contents = "".join(
        f'<w:style w:type="paragraph" w:styleId="TOC{level}"><w:name w:val="toc {level}"/><w:basedOn w:val="a"/>'
        f'<w:pPr><w:ind w:left="{240 * (level - 1)}"/></w:pPr></w:style>'
        for level in (1, 2, 3)
    )
    return (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="24"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults>"
        f'<w:latentStyles w:defLockedState="0" w:count="370">{latent}</w:latentStyles>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{headings}{contents}"
        '<w:style w:type="table" w:default="1" w:styleId="a1"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:styleId="a7"><w:name w:val="Table Grid"/><w:basedOn w:val="a1"/></w:style>'
        '<w:style w:type="character" w:styleId="a8"><w:name w:val="annotation reference"/></w:style>'
    )
