"""The one-plant-one-plan (一厂一策) of 附件2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from duibiao.document.model import Paragraph, Table
from duibiao.model.dates import parse_date
from duibiao.model.location import Located, Text
from duibiao.model.plan import AlertLevel, AlertMeasures, EmergencyPlan
from duibiao.model.quantities import Measure, halfwidth, parse_quantity
from duibiao.recognition.cells import cell_text, compact, one_line, paragraph_text
from duibiao.recognition.frames import RowReader, frame
from duibiao.recognition.front import ORGANISATION, SEAL
from duibiao.recognition.kinds import ALERTS
from duibiao.recognition.outline import Chunk
from duibiao.recognition.reading import Reading

LEVEL_SECTIONS = {
    "附.4.1": AlertLevel.RED,
    "附.4.2": AlertLevel.ORANGE,
    "附.4.3": AlertLevel.YELLOW,
}

LABEL_AND_VALUE = 2
"""Columns of a table whose rows are labels with their values."""

_LEVEL = re.compile("[红橙黄]色")
_RATIO = re.compile(
    r"减排比例(?:\s*[:：为约到]|\s*达|\s*不(?:低|少|小)于)+\s*(?P<value>[^，。；,;]*)"
)
_RESPONSIBLE = re.compile(
    r"责任人(?:[及和与、]联系(?:方式|电话))?\s*[:：为]\s*(?P<value>[^，。；,;、\s\d(]*)"
)
_PHONE = re.compile(
    r"(?:联系方式|联系电话|电话|手机)号?码?\s*[:：为]\s*[^\d。；;]{0,12}(?P<value>[\d\-\s]*)"
)
_PHONE_IN_BRACKETS = re.compile(r"责任人[^，。；,;(（]*[(（]\s*(?P<value>1[\d\-\s]{9,15})[)）]")
_UNDERTAKING = re.compile(r"^我(?:单位|公司)承诺")


def read_plan(reading: Reading) -> EmergencyPlan | None:
    """Read the plan; None where the package holds none."""
    chunk = reading.chunk("附")
    if chunk is None:
        return None
    base = chunk.at(reading.file)
    title_page = [
        paragraph_text(block, base)
        for block in chunk.blocks
        if isinstance(block, Paragraph) and block.text.strip()
    ]
    date = next(
        (Located(day, text.at) for text in title_page if (day := parse_date(text.value))), None
    )
    undertaking = next(
        (text for text in reading.paragraphs("附") if _UNDERTAKING.match(text.value)), None
    )
    return EmergencyPlan(
        at=base,
        enterprise=_enterprise(title_page),
        date=date,
        profile=reading.paragraphs("附.1"),
        process=reading.paragraphs("附.2"),
        emissions=reading.paragraphs("附.3"),
        levels=tuple(_levels(reading)),
        undertaking=undertaking,
    )


def _levels(reading: Reading) -> Iterator[AlertMeasures]:
    """Yield what stands under the heading of each level, or in one table for all levels where there is none."""
    tabulated = _tabulated(reading)
    for key, level in LEVEL_SECTIONS.items():
        chunk = reading.chunk(key)
        if chunk is not None:
            yield _measures(reading, chunk, level)
        elif level in tabulated:
            yield tabulated[level]


def _tabulated(reading: Reading) -> dict[AlertLevel, AlertMeasures]:
    """Read the tables of section 4 itself that list measures by level."""
    chunk = reading.chunk("附.4")
    found: dict[AlertLevel, AlertMeasures] = {}
    for standing in reading.tables(chunk) if chunk else ():
        labelled = _with_corner(standing.table)
        table = frame(labelled, (ALERTS,), standing.at, standing.caption)
        for row in table.rows() if table else ():
            named = row.text("level")
            level = next((one for one in AlertLevel if named and one[0] in named.value), None)
            if level is not None:
                found[level] = _with_row(found.get(level) or AlertMeasures(level, row.at), row)
    return found


def _with_corner(table: Table) -> Table:
    """Name what the first row or column lists where it lists the levels, whatever its corner says (项目, blank)."""
    (corner, *right), *below = table.grid
    for listed in (right, [row[0] for row in below]):
        if listed and all(_LEVEL.match(compact(cell.text)) for cell in listed):
            named = replace(corner, text="预警级别")
            return replace(table, grid=((named, *right), *below))
    return table


def _with_row(entry: AlertMeasures, row: RowReader) -> AlertMeasures:
    """Add a row of such a table; a cell that goes on over several rows counts once."""
    measure, ratio = row.text("measure"), row.measure("ratio")
    new = measure is not None and measure.value and measure.value not in map(str, entry.measures)
    return replace(
        entry,
        measures=(*entry.measures, measure) if new and measure else entry.measures,
        ratio=entry.ratio or (ratio if ratio and not ratio.value.is_blank else None),
        responsible=entry.responsible or _unless_blank(row.text("responsible")),
        phone=entry.phone or _unless_blank(row.text("phone")),
    )


def _unless_blank(text: Text | None) -> Text | None:
    return text if text and text.value else None


def _enterprise(title_page: list[Text]) -> Text | None:
    """Return the name of the enterprise on the title page; that beside the seal where it is another one."""
    found: Text | None = None
    for text in title_page:
        name = SEAL.sub("", text.value).strip()
        if ORGANISATION.match(name):
            sealed = name != text.value.strip()
            if found is None or (sealed and name != found.value):
                found = Located(name, text.at)
    return found


def _lines(reading: Reading, key: str) -> Iterator[Text]:
    """Yield the paragraphs of a section, and the cells of its tables as 标签：值."""
    yield from reading.paragraphs(key)
    for chunk in reading.under(key):
        for standing in reading.tables(chunk):
            head, *body = standing.table.grid
            if len(head) > LABEL_AND_VALUE:
                pairs = [pair for row in body for pair in zip(head, row, strict=True)]
            else:
                pairs = [(row[0], row[-1]) for row in standing.table.grid]
            for label, value in pairs:
                if label is not value and value.text and compact(label.text) not in ("", "序号"):
                    text = cell_text(value, standing.at)
                    yield Located(f"{one_line(label.text)}：{text.value}", text.at)


def _measures(reading: Reading, chunk: Chunk, level: AlertLevel) -> AlertMeasures:
    measures: list[Text] = []
    ratio: Measure | None = None
    found: dict[str, Text] = {}
    for text in _lines(reading, chunk.key):
        plain = halfwidth(text.value)
        if _UNDERTAKING.match(plain):
            continue
        is_measure = True
        if match := _RATIO.search(plain):
            is_measure = False
            if ratio is None or ratio.value.is_blank:  # a table may give it in its first row only
                ratio = Located(parse_quantity(match["value"], "%"), text.at)
        for name, match in (
            ("responsible", _RESPONSIBLE.search(plain)),
            ("phone", _PHONE.search(plain) or _PHONE_IN_BRACKETS.search(plain)),
        ):
            if match:
                found.setdefault(name, Located("".join(match["value"].split()), text.at))
                is_measure = False
        if is_measure:
            measures.append(text)
    return AlertMeasures(
        level,
        chunk.at(reading.file),
        tuple(measures),
        ratio,
        found.get("responsible"),
        found.get("phone"),
    )
