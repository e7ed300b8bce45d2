"""Small projects for the tests: a catalogue of two sheets, and workbooks as strangers' programs write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from duibiao.law import load_common
from duibiao.law.in_force import LawInForce
from duibiao.model.location import Located, Location
from duibiao.model.sheets import Choices, Field, FieldKind, Sheet
from duibiao.plugins import Registry
from duibiao.project.catalogue import Catalogue, catalogue_of
from duibiao.project.data import ProjectData, Record
from duibiao.project.reading import read_project_data

CITED = "SMX2022:附件4 一"

FORM = Sheet(
    "form",
    "申请表",
    (
        Field(
            "date", "申报日期", FieldKind.DATE, required=True, example="2026年9月10日", cites=CITED
        ),
        Field("grade", "自评估等级", FieldKind.CHOICE, required=True, choices=Choices.GRADE),
        Field(
            "value", "工业总产值", FieldKind.QUANTITY, unit="万元", example="56000", note="上年的"
        ),
        Field("text", "企业简介", FieldKind.LONG),
    ),
    is_list=False,
    required=True,
    cites=CITED,
)
OUTLETS = Sheet(
    "outlets",
    "有组织排放",
    (
        Field("outlet", "排放口编号", required=True, example="DA001", cites=CITED),
        Field("kind", "设施类别", FieldKind.CHOICE, choices=("除尘", "脱硝")),
        Field("amount", "排放浓度", FieldKind.QUANTITY, unit="mg/m³", required=True, example="≤50"),
        Field("share", "处理效率", FieldKind.QUANTITY, example="92%"),
        Field("since", "投用时间", FieldKind.DATE, example="2019年6月"),
    ),
    required=True,
    note="每个排放口一行",
    cites=CITED,
)
_LAW = LawInForce(date(2026, 9, 1), load_common())
EVERY = catalogue_of(Registry((), ()), _LAW)
"""What a project of no known industry is asked for."""

SMALL = Catalogue((FORM, OUTLETS), _LAW, EVERY.offers)
"""Two sheets with fields of every kind."""

GOOD = {
    "form": {"date": "2026年9月10日", "grade": "A级"},
    "outlets": [{"outlet": "DA001", "amount": "12.5"}],
}
FORM_HEAD = ["填写项", "填写内容"]
LIST_HEAD = ["序号", "排放口编号", "设施类别", "排放浓度（mg/m³）", "处理效率", "投用时间"]
SHEETS: dict[str, list[list[Any]]] = {
    "申请表": [FORM_HEAD, ["申报日期", "2026年9月10日"], ["自评估等级", "A级"]],
    "有组织排放": [LIST_HEAD, [1, "DA001", None, "12.5"]],
}
"""The same as a workbook."""


@dataclass(frozen=True)
class As:
    """A cell in a number format, a formula with its result, or one without (result None)."""

    value: Any
    format: str = ""
    formula: str = ""


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    touch: Callable[[dict[str, Any]], None] = lambda pages: None,
) -> bytes:
    """Write a workbook as any program would.

    Args:
        sheets: Title → rows of values; None is no cell.
        touch: Does more to the sheets, which it gets by title.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        pages = {}
        for title, rows in sheets.items():
            page = pages[title] = book.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    _write(book, page, number, column, value)
        touch(pages)
    return stream.getvalue()


def _write(book: Any, page: Any, row: int, column: int, value: Any) -> None:
    match value:
        case None:
            return
        case As(formula=formula) if formula:
            page.write_formula(
                row, column, formula, None, "" if value.value is None else value.value
            )
        case As(format=format):
            style = book.add_format({"num_format": format})
            if isinstance(value.value, date):
                page.write_datetime(row, column, value.value, style)
            else:
                page.write_number(row, column, value.value, style)
        case str():
            page.write_string(row, column, value)
        case _:
            page.write(row, column, value)


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a zip file with one of its parts changed; a part that becomes empty is left out."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    assert part in source.namelist()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = change(source.read(name)) if name == part else source.read(name)
            if content:
                archive.writestr(name, content)
    return target.getvalue()


def read(content: bytes | str, path: Path, catalogue: Catalogue = SMALL) -> ProjectData:
    """Read a project from the bytes of its data file, which is written to `path`."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_project_data(path, lambda form: catalogue)


def told(data: ProjectData) -> list[tuple[str, str, str]]:
    """Return what does not fit: where, what, what to do."""
    return [(str(misfit.at), misfit.what, misfit.remedy) for misfit in data.misfits]


def content_of(data: ProjectData) -> dict[str, Any]:
    """Return values without their places; forms and lists that are blank are left out."""
    forms = {key: _values(record) for key, record in data.forms.items()}
    lists = {key: [_values(record) for record in rows] for key, rows in data.lists.items()}
    return {key: value for key, value in (forms | lists).items() if value}


def filled(content: Mapping[str, Any], file: str = "申报数据.xlsx") -> ProjectData:
    """Return data with these values, placed nowhere."""
    at = Location(file)

    def record(values: Mapping[str, str]) -> Record:
        return Record(at, {key: Located(value, at) for key, value in values.items()})

    return ProjectData(
        file,
        "",
        0,
        {key: record(value) for key, value in content.items() if isinstance(value, dict)},
        {
            key: tuple(map(record, value))
            for key, value in content.items()
            if isinstance(value, list)
        },
    )


def part(data: bytes, name: str) -> str:
    """Return a part of a zip file as text."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def sheet_part(data: bytes, title: str) -> str:
    """Return the XML of a sheet."""
    ids = dict(re.findall(r'<sheet name="([^"]+)" sheetId="(\d+)"', part(data, "xl/workbook.xml")))
    return part(data, f"xl/worksheets/sheet{ids[title]}.xml")


def _values(record: Record) -> dict[str, str]:
    return {key: text.value for key, text in record.values.items()}
