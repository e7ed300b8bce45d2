"""The renderers that are compared, each in a process of its own: ``python bench/renderers.py NAME``.

Speaks as readers.py does; what it is given is the folder of an order, and the document goes there as ``NAME.docx``.
Values are loaded in the first run, which is dropped.
"""

from __future__ import annotations

import gc
import json
import re
import zipfile
from collections.abc import Callable
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from readers import Reader, serve

WIDE, HIGH = 2_340_000, 1_755_000
COLUMNS = ("一", "二", "三", "四", "五", "六")
Values = dict[str, Any]
Render = Callable[[Path, Values], object]


def _with_photos(values: Values, made: Callable[[str], object]) -> Values:
    """Return values whose photos are what a renderer prints; short rows of an album are filled up."""
    sections = []
    for section in values["sections"]:
        album = [
            [{**item, "photo": made(item["photo"])} for item in pair] + [None] * (2 - len(pair))
            for pair in section["album"]
        ]
        sections.append({**section, "album": album})
    return {**values, "sections": sections}


def _duibiao() -> Render:
    drawing = import_module("duibiao.rendering.drawing").Drawing
    template = import_module("duibiao.rendering.engine").WordTemplate
    written = import_module("duibiao.rendering.writing").written

    def read(path: Path) -> tuple[bytes, str]:
        return path.read_bytes(), path.suffix

    def render(folder: Path, values: Values) -> None:
        def picture(name: str) -> object:
            return drawing(partial(read, folder / name), WIDE, HIGH, name)

        with written(folder / "duibiao.docx") as target:
            loaded = template.load(folder / "template.docx")
            loaded.render(_with_photos(values, picture), target)

    return render


def _docxtpl() -> Render:
    docxtpl = import_module("docxtpl")

    def render(folder: Path, values: Values) -> None:
        template = docxtpl.DocxTemplate(folder / "template.docx")

        def picture(name: str) -> object:
            return docxtpl.InlineImage(template, str(folder / name), WIDE, HIGH)

        template.render(_with_photos(values, picture), autoescape=True)
        template.save(folder / "docxtpl.docx")

    return render


def _floor() -> Render:
    """Nothing but what must be done: jinja, compiled before; deflate, as fast as it goes; pictures one at a time."""
    docxtpl = import_module("docxtpl")
    inline = import_module("docx.oxml.shape").CT_Inline
    jinja = import_module("jinja2").Environment(autoescape=True)
    markup = import_module("markupsafe").Markup
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    known: dict[Path, tuple[Any, list[tuple[str, bytes]]]] = {}
    body_name, relations_name = "word/document.xml", "word/_rels/document.xml.rels"

    def prepared(path: Path) -> tuple[Any, list[tuple[str, bytes]]]:
        with zipfile.ZipFile(path) as source:
            parts = [(name, source.read(name)) for name in source.namelist()]
        xml = dict(parts)[body_name].decode()
        xml = re.sub(r' w:rsid\w*="\w*"', "", xml[xml.index("<w:document") :])
        return jinja.from_string(docxtpl.DocxTemplate(path).patch_xml(xml)), parts

    sample = inline.new_pic_inline(7777, "rIdP7777", "NAME", WIDE, HIGH).xml
    drawn = re.sub(r">\s+<", "><", sample).replace("7777", "%(number)d").replace("NAME", "%(name)s")

    def render(folder: Path, values: Values) -> None:
        path = folder / "template.docx"
        if path not in known:
            known[path] = prepared(path)
        template, parts = known[path]
        photos: list[str] = []

        def picture(name: str) -> object:
            photos.append(name)
            xml = drawn % {"number": len(photos), "name": name}
            opened = "</w:t></w:r><w:r><w:drawing>"
            return markup(f'{opened}{xml}</w:drawing></w:r><w:r><w:t xml:space="preserve">')

        values = _with_photos(values, picture)
        with zipfile.ZipFile(
            folder / "floor.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1
        ) as target:
            for name, data in parts:
                if name == body_name:
                    with target.open(name, "w") as stream:
                        pieces = template.generate(values)
                        while batch := list(islice(pieces, 512)):
                            stream.write("".join(batch).encode())
                elif name == relations_name:
                    added = "".join(
                        f'<Relationship Id="rIdP{number}" Type="{kind}" Target="media/{number}.jpg"/>'
                        for number in range(1, len(photos) + 1)
                    )
                    end = b"</Relationships>"
                    target.writestr(name, data.replace(end, added.encode() + end))
                elif name == "[Content_Types].xml":
                    jpg = b'<Default Extension="jpg" ContentType="image/jpeg"/>'
                    target.writestr(name, data.replace(b"<Default", jpg + b"<Default", 1))
                else:
                    target.writestr(name, data)
            for number, name in enumerate(photos, 1):
                entry = zipfile.ZipInfo(f"word/media/{number}.jpg")
                target.writestr(entry, (folder / name).read_bytes(), zipfile.ZIP_STORED)

    return render


def _python_docx() -> Render:
    docx = import_module("docx")
    shared = import_module("docx.shared")
    name_of = import_module("docx.oxml.ns").qn

    def look(run: Any) -> None:
        run.font.size = shared.Pt(10.5)
        run.font.name = "Times New Roman"
        run._element.rPr.rFonts.set(name_of("w:eastAsia"), "仿宋")

    def line(paragraph: Any, text: str) -> None:
        look(paragraph.add_run(text))

    def render(folder: Path, values: Values) -> None:
        made = docx.Document()
        made.add_heading(values["title"], 0)
        for section in values["sections"]:
            made.add_heading(f"{section['number']} {section['title']}", 2)
            for text in section["texts"]:
                line(made.add_paragraph(), text)
            table = made.add_table(1, len(COLUMNS), "Table Grid")
            for cell, name in zip(table.rows[0].cells, COLUMNS, strict=True):
                line(cell.paragraphs[0], f"第{name}列")
            for row in section["rows"]:
                for cell, text in zip(table.add_row().cells, row.values(), strict=True):
                    line(cell.paragraphs[0], text)
            made.add_paragraph()
            if section["album"]:
                album = made.add_table(0, 2, "Table Grid")
            for pair in section["album"]:
                above, below = album.add_row().cells, album.add_row().cells
                for column, item in enumerate(pair):
                    run = above[column].paragraphs[0].add_run()
                    run.add_picture(str(folder / item["photo"]), WIDE, HIGH)
                    line(below[column].paragraphs[0], item["caption"])
        made.save(folder / "python-docx.docx")

    return render


def _mailmerge() -> Render:
    mailmerge = import_module("mailmerge").MailMerge

    def render(folder: Path, values: Values) -> None:
        with mailmerge(folder / "fields.docx") as document:
            single = {"title": values["title"]}
            for number, section in enumerate(values["sections"]):
                single[f"heading{number}"] = f"{section['number']} {section['title']}"
                for index, text in enumerate(section["texts"]):
                    single[f"text{number}_{index}"] = text
                rows = [
                    {f"s{number}_{name}": text for name, text in row.items()}
                    for row in section["rows"]
                ]
                document.merge_rows(f"s{number}_c0", rows)
            document.merge(**single)
            document.write(folder / "docx-mailmerge.docx")

    return render


RENDERERS: dict[str, tuple[str, Callable[[], Render]]] = {
    "floor": ("jinja2", _floor),
    "duibiao": ("duibiao", _duibiao),
    "docxtpl": ("docxtpl", _docxtpl),
    "python-docx": ("python-docx", _python_docx),
    "docx-mailmerge": ("docx-mailmerge", _mailmerge),
}
"""Name → distribution, and what prepares the renderer."""


def _reader(prepare: Callable[[], Render]) -> Reader:
    """Return what renders an order in its folder; values are loaded in the first run."""
    render = prepare()
    known: dict[Path, Values] = {}

    def run(folder: Path) -> object:
        if folder not in known:
            known[folder] = json.loads((folder / "values.json").read_text("utf-8"))
        gc.freeze()  # values, imports, what is compiled: collecting cycles shall cost by what is rendered
        return render(folder, known[folder])

    return run


if __name__ == "__main__":
    serve(
        {
            name: (distribution, partial(_reader, prepare))
            for name, (distribution, prepare) in RENDERERS.items()
        }
    )
