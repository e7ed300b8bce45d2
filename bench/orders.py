"""What is to be rendered: one template in docxtpl's tags, and values and photos for it in three sizes."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from given import LARGE, MEDIUM, SMALL
from photos import photo

COLUMNS = ("一", "二", "三", "四", "五", "六")
WIDE, HIGH = 2_340_000, 1_755_000
_LETTERS = "的企业排放口烟气治理设施运行记录除尘脱硫脱硝在线监测数据台账年月日工序车辆运输清洁方式重污染天气应急减排绩效"


@dataclass(frozen=True, slots=True)
class Size:
    """How much a document holds.

    Attributes:
        sections: Sections, each with a heading, three paragraphs, a table and photos.
        rows: Rows of a table, each of six cells.
        photos: Photos of all sections, two in a row with their captions.
    """

    sections: int
    rows: int
    photos: int


SIZES = {SMALL: Size(11, 15, 10), MEDIUM: Size(40, 19, 120), LARGE: Size(200, 42, 600)}


def order(size: Size, folder: Path) -> Path:
    """Write template, values, photos and a template for docx-mailmerge to a folder, and return it."""
    (folder / "photos").mkdir(parents=True)
    draw = random.Random(2022)  # noqa: S311  the same every time
    photos = [f"photos/{number:03}.jpg" for number in range(size.photos)]
    for name in photos:
        (folder / name).write_bytes(photo(draw))
    values = _values(size, draw, photos)
    (folder / "values.json").write_text(json.dumps(values, ensure_ascii=False), "utf-8")
    _template(folder / "template.docx")
    _fields(folder / "fields.docx", size)
    return folder


def _values(size: Size, draw: random.Random, photos: list[str]) -> dict[str, Any]:
    def words(least: int, most: int) -> str:
        return "".join(draw.choices(_LETTERS, k=draw.randint(least, most)))

    each = size.photos / size.sections
    sections = []
    for number in range(size.sections):
        own = photos[round(number * each) : round((number + 1) * each)]
        pictured = [{"photo": photo, "caption": f"图：{words(6, 14)} & {photo}"} for photo in own]
        sections.append(
            {
                "number": f"2.{number + 1}",
                "title": words(6, 12),
                "texts": [words(60, 160) for _ in range(3)],
                "rows": [
                    {f"c{column}": words(2, 14) for column in range(len(COLUMNS))}
                    for _ in range(size.rows)
                ],
                "album": [pictured[start : start + 2] for start in range(0, len(pictured), 2)],
            }
        )
    return {"title": "重污染天气重点行业绩效分级申报材料", "sections": sections}


def _template(path: Path) -> None:
    made = docx.Document()
    made.add_heading("{{ title }}", 0)
    _line(made, "{%p for section in sections %}")
    made.add_heading("{{ section.number }} {{ section.title }}", 2)
    _line(made, "{%p for text in section.texts %}")
    _line(made, "{{ text }}")
    _line(made, "{%p endfor %}")
    table = _table(made, 4, len(COLUMNS))
    for column, name in enumerate(COLUMNS):
        _write(table, 0, column, f"第{name}列")
        _write(table, 2, column, f"{{{{ row.c{column} }}}}")
    _write(table, 1, 0, "{%tr for row in section.rows %}")
    _write(table, 3, 0, "{%tr endfor %}")
    _line(made, "")
    _line(made, "{%p if section.album %}")
    album = _table(made, 4, 2)
    _write(album, 0, 0, "{%tr for pair in section.album %}")
    for column in range(2):
        held = f"pair[{column}]"
        _write(album, 1, column, f"{{% if {held} %}}{{{{ {held}.photo }}}}{{% endif %}}")
        _write(album, 2, column, f"{{% if {held} %}}{{{{ {held}.caption }}}}{{% endif %}}")
    _write(album, 3, 0, "{%tr endfor %}")
    _line(made, "{%p endif %}")
    _line(made, "{%p endfor %}")
    made.save(str(path))


def _fields(path: Path, size: Size) -> None:
    """The same text and tables as fields; docx-mailmerge repeats rows, so each table needs fields of its own."""
    made = docx.Document()
    _field(made.add_heading("", 0), "title")
    for number in range(size.sections):
        _field(made.add_heading("", 2), f"heading{number}")
        for text in range(3):
            _field(made.add_paragraph(), f"text{number}_{text}")
        table = _table(made, 2, len(COLUMNS))
        for column, name in enumerate(COLUMNS):
            _write(table, 0, column, f"第{name}列")
            _field(table.cell(1, column).paragraphs[0], f"s{number}_c{column}")
    made.save(str(path))


def _line(made: Document, text: str) -> None:
    _look(made.add_paragraph().add_run(text))


def _table(made: Document, rows: int, columns: int) -> Table:
    return made.add_table(rows, columns, "Table Grid")


def _write(table: Table, row: int, column: int, text: str) -> None:
    _look(table.cell(row, column).paragraphs[0].add_run(text))


def _look(run: Any) -> None:
    """About as much as Word says about every run and paragraph."""
    run.font.size = Pt(10.5)
    run.font.name = "Times New Roman"
    properties = run._element.rPr
    properties.rFonts.set(qn("w:eastAsia"), "仿宋")
    properties.rFonts.set(qn("w:cs"), "Times New Roman")
    for name, value in (("color", "000000"), ("kern", "0"), ("szCs", "21")):
        child = OxmlElement(f"w:{name}")
        child.set(qn("w:val"), value)
        properties.append(child)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    run._element.set(qn("w:rsidRPr"), "00A41F3C")
    paragraph = run._parent
    paragraph.paragraph_format.line_spacing = Pt(22)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph._p.pPr.append(deepcopy(properties))
    for name in ("rsidR", "rsidRPr", "rsidRDefault", "rsidP"):
        paragraph._p.set(qn(f"w:{name}"), "00A41F3C")


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" MERGEFIELD {name} ")
    run = paragraph.add_run(name)
    _look(run)
    field.append(run._element)
    paragraph._element.append(field)
