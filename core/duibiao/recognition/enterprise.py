"""Part 四, sections 1 to 3: the enterprise, its compliance and its production."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.model.dates import find_dates
from duibiao.model.enterprise import (
    ComplianceStatement,
    EnterpriseProfile,
    Material,
    PollutantTotal,
    Production,
    ProductLine,
    ProductTable,
    Transport,
)
from duibiao.model.location import Located, Text
from duibiao.model.quantities import halfwidth
from duibiao.recognition import kinds
from duibiao.recognition.cells import cell_text, first_cells
from duibiao.recognition.forms import is_form, read_forms
from duibiao.recognition.frames import Frame, RowReader, frame
from duibiao.recognition.reading import Reading

_PROFILE_FIELDS = {
    "enterprise": r"企业名称|单位名称",
    "credit_code": r"信用代码",
    "permit_term": r"许可证.*(?:有效期|期限)|有效期",
    "permit_number": r"许可证.*(?:编号|证号|号)",
    "coordinates": r"经纬度|坐标",
    "region": r"行政区划|所属行政区|所在区域",
    "address": r"地址",
    "industry": r"行业",
    "park": r"园区|集聚区",
    "legal_person": r"法定代表人|法人",
    "grade": r"等级|级别",
}
_STANDARD = re.compile(r"排放标准|(?:GB|DB\s?\d{2})\s?/?T?\s?\d{3}")
_STATEMENT = re.compile(r"(?:[(]?\d{1,2}[).、])?\s*(?P<topic>[^:,。]{2,20}):")
_VIOLATION = re.compile(r"处罚|罚款|违法|超标|超过许可|未批先建|立案")
_NEGATED = re.compile(
    r"(?:未|没有|无|不存在)[^，。；]{0,12}(?:处罚|罚款|违法|超标|超过许可|未批先建|立案)"
    r"|(?:处罚|罚款|违法|超标|立案)[^，。；:：]{0,8}[:：]\s*(?:无|没有|未发生|不存在|否)"
)


def read_profile(reading: Reading) -> EnterpriseProfile | None:
    """Read section 1; None where there is none."""
    chunk = reading.chunk("四.1")
    if chunk is None:
        return None
    tables = [
        (standing.table, standing.at)
        for part in reading.under("四.1")
        for standing in reading.tables(part)
        if is_form(standing.table)
        or frame(standing.table, (kinds.TOTALS,), standing.at, None) is None
    ]
    form = read_forms(
        tables,
        reading.paragraphs("四.1"),
        _PROFILE_FIELDS,
        frozenset({"credit_code", "permit_number"}),
    )
    reading.forms |= form.tables
    text = reading.paragraphs("四.1")
    return EnterpriseProfile(
        at=chunk.at(reading.file),
        **form.values,
        totals=tuple(_totals(reading)),
        standards=tuple(
            entry
            for entry in (*text, *(value for label, value in form.other if "标准" in label.value))
            if _STANDARD.search(halfwidth(entry.value))
        ),
        text=text,
        other=form.other,
    )


def read_compliance(reading: Reading) -> tuple[ComplianceStatement, ...]:
    """Read section 2, one statement a paragraph or a row of a table (序号 | 项目 | 说明)."""
    return tuple(map(read_statement, (*reading.paragraphs("四.2"), *_tabulated(reading))))


def _tabulated(reading: Reading) -> Iterator[Text]:
    """Yield the rows of the tables of section 2 as what their cells say one after another: 项目：说明."""
    for chunk in reading.under("四.2"):
        for standing in reading.tables(chunk):
            for row in standing.table.grid:
                cells = [cell_text(cell, standing.at) for cell in first_cells(row)]
                said = [text for text in cells if text.value and not text.value.isdecimal()]
                if said and "序号" not in {text.value for text in said}:
                    yield Located("：".join(text.value for text in said), said[-1].at)


def read_production(reading: Reading) -> Production:
    """Read section 3."""
    materials: list[Material] = []
    energies: list[Material] = []
    for found in reading.frames("四.3.3"):
        target = energies if found.kind is kinds.ENERGIES else materials
        target.extend(_material(row) for row in found.rows() if not row.is_total())
    return Production(
        products=tuple(_products(frame) for frame in reading.frames("四.3.1")),
        processes=reading.paragraphs("四.3.2"),
        materials=tuple(materials),
        energies=tuple(energies),
        transports=tuple(
            _transport(row) for frame in reading.frames("四.3.4") for row in frame.rows()
        ),
        transport_text=reading.paragraphs("四.3.4"),
    )


def _totals(reading: Reading) -> Iterator[PollutantTotal]:
    for found in reading.frames("四.1"):
        for row in found.rows():
            if pollutant := row.text("pollutant"):
                yield PollutantTotal(pollutant, row.measure("permitted"), row.measure("actual"))


def read_statement(text: Text) -> ComplianceStatement:
    """Read one paragraph of section 2: its topic, and the dates of violations that it admits."""
    match = _STATEMENT.match(halfwidth(text.value))
    admitting = [
        sentence
        for sentence in re.split(r"[。；;]", text.value)
        if _VIOLATION.search(sentence) and not _NEGATED.search(sentence)
    ]
    dates = tuple(Located(day, text.at) for part in admitting for day in find_dates(part))
    topic = match["topic"] if match else ""
    return ComplianceStatement(topic, text, dates, bool(admitting) and not dates)


def _products(frame: Frame) -> ProductTable:
    rows = tuple(
        ProductLine(
            at=row.at,
            is_total=row.is_total(),
            line=row.text("line"),
            equipment=row.text("equipment"),
            product=row.text("product"),
            capacity=row.measure("capacity"),
            output=row.measure("output"),
        )
        for row in frame.rows()
    )
    return ProductTable(frame.base, frame.caption, rows)


def _material(row: RowReader) -> Material:
    name = row.text("name")
    assert name is not None  # a needed column
    return Material(
        at=row.at,
        name=name,
        kind=row.text("kind"),
        unit=row.text("unit"),
        used=row.measure("used"),
        storage=row.text("storage"),
        handling=row.text("handling"),
    )


def _transport(row: RowReader) -> Transport:
    return Transport(
        at=row.at,
        is_total=row.is_total(),
        goods=row.text("goods"),
        direction=row.text("direction"),
        mode=row.text("mode"),
        amount=row.measure("amount"),
        clean=row.text("clean"),
    )
