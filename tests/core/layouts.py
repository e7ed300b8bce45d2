"""Small Word files with contents, bookmarks, page references and pictures; PDF files as evidence."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pikepdf
from PIL import Image

from .archives import packed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

CENTIMETRE = 360_000
HEADING = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)


def text(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def paragraph(*runs: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{''.join(runs)}</w:p>"


def marked(number: int, name: str, *runs: str) -> str:
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{"".join(runs)}<w:bookmarkEnd w:id="{number}"/>'


def complex_field(instruction: str, shown: str) -> str:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    told = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return f"{begin}{told}{separate}{text(shown)}{end}"


def page_of(name: str, pages: Mapping[str, int] | None) -> str:
    return complex_field(f"PAGEREF {name} \\h", str((pages or {}).get(name, 0)))


def new_page() -> str:
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def section(inside: str = "") -> str:
    """Return the end of a section; its pages show their number where a footer is asked for."""
    return f"<w:sectPr>{inside}{SHEET}</w:sectPr>"


SHEET = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"'
    ' w:header="567" w:footer="567" w:gutter="0"/>'
)
FOOTER = '<w:footerReference w:type="default" r:id="footer"/>'


def numbered(start: int | None = None, style: str = "decimal") -> str:
    """Return a section end whose pages have their number in the footer."""
    begins = "" if start is None else f' w:start="{start}"'
    return f'<w:sectPr>{FOOTER}{SHEET}<w:pgNumType w:fmt="{style}"{begins}/></w:sectPr>'


def picture(relation: str, width: float, height: float) -> str:
    """Return a run with a picture; its extent in centimetres."""
    extent = f'cx="{width * CENTIMETRE:.0f}" cy="{height * CENTIMETRE:.0f}"'
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent {extent}/><wp:docPr id="1" name="{relation}"/><a:graphic>'
        f'<a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="{relation}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def docx(body: Iterable[str], pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return a Word file.

    Args:
        body: Paragraphs, tables and the last section.
        pictures: Relationship → picture, whatever its suffix says.
    """
    media = {f"word/media/{name}.jpeg": data for name, data in (pictures or {}).items()}
    links = "".join(
        f'<Relationship Id="{name}" Type="{R}/image" Target="media/{name}.jpeg"/>'
        for name in pictures or {}
    )
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    footer = f'<w:ftr xmlns:w="{W}">{paragraph(complex_field("PAGE", "1"))}</w:ftr>'
    main = "".join(body)
    return packed(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="jpeg" ContentType="image/jpeg"/>'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="xml" ContentType="{OFFICE}.document.main+xml"/>'
                f'<Override PartName="/word/styles.xml" ContentType="{OFFICE}.styles+xml"/>'
                f'<Override PartName="/word/footer.xml" ContentType="{OFFICE}.footer+xml"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'{relations}<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>'
                "</Relationships>"
            ).encode(),
            "word/_rels/document.xml.rels": (
                f'{relations}<Relationship Id="footer" Type="{R}/footer" Target="footer.xml"/>'
                f'<Relationship Id="styles" Type="{R}/styles" Target="styles.xml"/>{links}</Relationships>'
            ).encode(),
            "word/styles.xml": f'<w:styles xmlns:w="{W}">{HEADING}</w:styles>'.encode(),
            "word/footer.xml": footer.encode(),
            "word/document.xml": (
                f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}">'
                f"<w:body>{main}</w:body></w:document>"
            ).encode(),
            **media,
        }
    )


def photo(size: tuple[int, int], colour: tuple[int, int, int], kind: str = "JPEG") -> bytes:
    """Return a picture with a dark band at its head, so that up and down can be told."""
    image = Image.new("RGB", size, colour)
    image.paste((40, 40, 40), (0, 0, size[0], size[1] // 5))
    made = io.BytesIO()
    image.save(made, kind)
    return made.getvalue()


LETTERS = b"BT /F 24 Tf %d %d Td (%s) Tj ET\n"


def evidence(
    path: Path,
    pages: Sequence[bytes] = (b"Evidence",),
    size: tuple[float, float] = (595, 842),
    **keys: object,
) -> Path:
    """Write a PDF file with a frame near the edge, a red head and some words on each page.

    Args:
        path: Where to.
        pages: Words of each page.
        size: Width and height in points.
        keys: Further entries of each page, such as Rotate.
    """
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
        )
    )
    width, height = size
    for words in pages:
        drawn = (
            b"1 0 0 rg 10 %d %d 30 re f 0 g\n" % (height - 40, width - 20)
            + b"10 10 %d %d re S\n" % (width - 20, height - 20)
            + LETTERS % (30, height - 80, words)
        )
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, width, height],
            Resources={"/Font": {"/F": font}},
            Contents=pdf.make_stream(drawn),
            **keys,
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path)
    return path
