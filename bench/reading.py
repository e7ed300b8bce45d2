"""How fast Word files are read, against the floor and python-docx. By hand: ``python bench/reading.py``.

Prints, for dossiers that it builds itself, the median CPU time (user and system, milliseconds) of

* floor: inflate document.xml and parse it with lxml, nothing more,
* ours: `read_word`, from the bytes to the whole document model,
* python-docx: open the file and visit the text of every paragraph and cell,

and their ratios to the floor. The three take turns, so that a busy machine slows them alike.
"""

from __future__ import annotations

import argparse
import gc
import io
import random
import statistics
import time
import zipfile
from collections.abc import Callable

import docx
from docx.table import Table
from lxml import etree

from duibiao.document.word import read_word

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WORDS = "企业绩效分级颗粒物排放浓度治理设施监测报告原辅材料运输方式应急减排措施环境管理台账"
_FONTS = '<w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋" w:hAnsi="Times New Roman" w:hint="eastAsia"/>'
_SIZES = {"小": 12, "中": 55, "大": 450}
_PHOTO = b"\xff\xd8\xff\xe0" + bytes(200_000)


def build(sections: int) -> bytes:
    """Return a dossier as Word writes it: split runs, revision ids, merged cells, one photo per section."""
    chance = random.Random(sections)  # noqa: S311
    body = "".join(_section(number, chance) for number in range(sections))
    names = f'xmlns:w="{_W}" xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:r="{_R}"'
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, text in enumerate(("%1.", "%1.%2"))
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/></Types>',
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations(
            [("styles", "styles.xml"), ("numbering", "numbering.xml")]
            + [("image", f"media/{number}.jpeg") for number in range(sections)]
        ),
        "word/styles.xml": f"<w:styles {names}>"
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="{n + 1}"><w:name w:val="heading {n + 1}"/><w:pPr><w:numPr>'
            f'<w:ilvl w:val="{n}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
            for n in range(2)
        )
        + "</w:styles>",
        "word/numbering.xml": f'<w:numbering {names}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "word/document.xml": f"<w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(
                name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text
            )
        for number in range(sections):
            archive.writestr(f"word/media/{number}.jpeg", _PHOTO, zipfile.ZIP_STORED)
    return file.getvalue()


def floor(data: bytes) -> None:
    """Inflate and parse the main part."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        etree.fromstring(archive.read("word/document.xml"))


def ours(data: bytes) -> None:
    """Read the whole document model."""
    read_word(data, "基准.docx")


def python_docx(data: bytes) -> None:
    """Visit the text of every paragraph and cell."""
    document = docx.Document(io.BytesIO(data))
    for paragraph in document.paragraphs:
        _ = paragraph.text
    for table in document.tables:
        _visit(table)


def measure(data: bytes, rounds: int) -> dict[str, float]:
    """Return the median CPU milliseconds per reader; the first round only warms up."""
    readers: list[Callable[[bytes], None]] = [floor, ours, python_docx]
    taken: dict[str, list[float]] = {reader.__name__: [] for reader in readers}
    for _ in range(rounds + 1):
        for reader in readers:
            gc.collect()
            start = time.process_time()
            reader(data)
            bytearray(4096)  # glibc puts off part of freeing a tree until the next larger request
            taken[reader.__name__].append((time.process_time() - start) * 1000)
    return {name: statistics.median(values[1:]) for name, values in taken.items()}


def _visit(table: Table) -> None:
    for row in table.rows:
        for cell in row.cells:
            _ = cell.text


def _section(number: int, chance: random.Random) -> str:
    parts = [
        _paragraph(chance, 1, '<w:pStyle w:val="1"/>'),
        _paragraph(chance, 1, '<w:pStyle w:val="2"/>'),
    ]
    parts += [_paragraph(chance, 4) for _ in range(8)]
    parts.append(
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline><wp:extent cx="5400000" cy="3600000"/>'
        f'<wp:docPr id="{number + 1}" name="图片 {number + 1}"/><a:graphic><a:graphicData><a:blip r:embed="rId{number + 3}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    rows = "".join(_row(line, chance) for line in range(10))
    parts.append(f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
    return "".join(parts)


def _row(line: int, chance: random.Random) -> str:
    merge = ' w:val="restart"' if line % 3 == 1 else ""
    spans = {
        0: f"<w:vMerge{merge}/>" if line else "",
        1: '<w:gridSpan w:val="2"/>' if line == 0 else "",
    }
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="1200" w:type="dxa"/>{spans.get(column, "")}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(chance, 2, size=21, centred=True)}</w:tc>"
        for column in range(7 if line == 0 else 8)
    )
    header = "<w:trPr><w:tblHeader/></w:trPr>" if line == 0 else ""
    return f'<w:tr w:rsidR="00A13F2B" w:rsidTr="00D52C11">{header}{cells}</w:tr>'


def _paragraph(
    chance: random.Random, runs: int, style: str = "", *, size: int = 28, centred: bool = False
) -> str:
    look = f'<w:rPr>{_FONTS}<w:color w:val="000000"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    layout = '<w:jc w:val="center"/>' if centred else '<w:spacing w:line="560" w:lineRule="exact"/>'
    text = "".join(
        f'<w:r w:rsidRPr="00{chance.randrange(1 << 24):06X}">{look}<w:t>{_words(chance)}</w:t></w:r>'
        for _ in range(runs)
    )
    ids = f'w14:paraId="{chance.randrange(1 << 31):08X}" '.replace("w14:", "w:")
    return f'<w:p {ids}w:rsidR="00A13F2B"><w:pPr>{style}{layout}{look}</w:pPr>{text}</w:p>'


def _words(chance: random.Random) -> str:
    return "".join(chance.choices(_WORDS, k=chance.randrange(3, 14)))


def _relations(items: list[tuple[str, str]]) -> str:
    lines = (
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(items, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--sizes", nargs="+", choices=_SIZES, default=["小", "中"])
    arguments = parser.parse_args()
    for size in arguments.sizes:
        data = build(_SIZES[size])
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            document = archive.getinfo("word/document.xml").file_size
        print(f"{size}: document.xml {document / 1e6:.1f} MB, file {len(data) / 1e6:.1f} MB")  # noqa: T201
        taken = measure(data, arguments.rounds)
        for name, value in taken.items():
            print(f"  {name:12} {value:8.1f} ms  {value / taken['floor']:6.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
