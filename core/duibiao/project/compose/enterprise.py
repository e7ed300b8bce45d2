"""Part 四, sections 1 to 3.3: the enterprise, its compliance, its products and what it uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from duibiao.model.enterprise import (
    ComplianceStatement,
    EnterpriseProfile,
    Material,
    PollutantTotal,
    ProductLine,
    ProductTable,
)
from duibiao.model.location import Located, Text, shorten
from duibiao.model.quantities import (
    Measure,
    Quantity,
    parse_quantity,
    standard_unit,
    unit_in_header,
)
from duibiao.project.compose.desk import Desk, exact, joined, written
from duibiao.project.data import Record
from duibiao.project.sheets.enterprise import COMPLIANCE_TOPICS
from duibiao.recognition.enterprise import read_statement

_PROVINCE = "河南省"
_SAID = {"万t/a": "万吨/年", "t/a": "吨/年", "万t": "万吨", "t": "吨"}


def profile(desk: Desk, tables: Sequence[ProductTable]) -> EnterpriseProfile:
    """Compose section 1 (`tables` are those of 3.1); without an introduction of its own, one sentence on products and capacity."""
    own, form, section = desk.data.form("profile"), desk.form, "四.1"

    def cell(record: Record, key: str) -> Text:
        return desk.cell(record, key, section)

    city, county = cell(form, "city"), cell(form, "county")
    region = f"{_PROVINCE}{city.value.removeprefix(_PROVINCE)}{county.value}"
    standard = cell(own, "standard")
    said = f"公司执行的排放标准为{standard.value}，各排放口执行的限值见第五部分“排放限值”。"
    introduction = desk.lines(own, "introduction", section) or _introduction(desk, tables)
    text = (*introduction, *((replace(standard, value=said),) if standard.value else ()))
    return EnterpriseProfile(
        desk.home("profile", section),
        enterprise=cell(form, "enterprise"),
        credit_code=desk.code(form, "credit_code", section),
        region=replace(city, value=region if city.value else county.value),
        address=cell(form, "address"),
        coordinates=cell(own, "coordinates"),
        industry=cell(own, "industry_code"),
        park=cell(own, "park"),
        legal_person=cell(own, "legal_person"),
        permit_number=desk.code(own, "permit_number", section),
        permit_term=cell(own, "permit_term"),
        grade=replace(cell(form, "grade"), value=desk.grade_label),
        totals=tuple(
            PollutantTotal(
                cell(row, "pollutant"),
                desk.measure(row, "permitted", section, "t/a"),
                desk.measure(row, "actual", section, "t/a"),
            )
            for row in desk.data.rows("totals")
        ),
        standards=tuple(entry for entry in text if "排放标准" in entry.value),
        text=text,
    )


def compliance(desk: Desk) -> tuple[ComplianceStatement, ...]:
    """Compose section 2: the statements in the order of the prescribed topics, numbered."""
    told = [
        (desk.cell(row, "topic", "四.2").value, desk.cell(row, "statement", "四.2"))
        for row in desk.data.rows("compliance")
    ]
    order = {topic: number for number, topic in enumerate(COMPLIANCE_TOPICS)}
    told.sort(key=lambda entry: order.get(entry[0], len(order)))
    return tuple(
        read_statement(replace(text, value=f"（{number}）{topic}：{text.value}"))
        for number, (topic, text) in enumerate(told, 1)
    )


def products(desk: Desk) -> tuple[ProductTable, ...]:
    """Compose 3.1: a table for each product, with a total where it has several lines."""
    grouped: dict[str, list[Record]] = {}
    for row in desk.data.rows("products"):
        grouped.setdefault(desk.cell(row, "product", "四.3.1").value, []).append(row)
    return tuple(_product_table(desk, name, rows) for name, rows in grouped.items())


def processes(desk: Desk) -> tuple[Text, ...]:
    """Compose the paragraphs of 3.2."""
    rows = desk.data.rows("processes")
    return tuple(text for row in rows for text in desk.lines(row, "text", "四.3.2"))


def materials(desk: Desk) -> tuple[Material, ...]:
    """Compose the first table of 3.3."""
    return tuple(
        replace(
            _stock(desk, row),
            kind=desk.cell(row, "kind", "四.3.3"),
            storage=desk.cell(row, "storage", "四.3.3"),
        )
        for row in desk.data.rows("materials")
    )


def energies(desk: Desk) -> tuple[Material, ...]:
    """Compose the second table of 3.3."""
    return tuple(_stock(desk, row) for row in desk.data.rows("energies"))


def product_of(table: ProductTable) -> str:
    """Return the product of a table of 3.1."""
    product = table.rows[0].product
    return product.value if product else ""


def output_of(table: ProductTable) -> tuple[str, str] | None:
    """Return capacity and output of a product with their units, or None where they cannot be added up."""
    row = table.rows[-1]
    if row.capacity is None or row.output is None or (len(table.rows) > 1 and not row.is_total):
        return None
    if not (row.capacity.value.is_number and row.output.value.is_number):
        return None
    return _told(row.capacity), _told(row.output)


def _told(measure: Measure) -> str:
    """A quantity with its unit as people say it."""
    quantity = measure.value
    if not quantity.unit or parse_quantity(quantity.text).unit:
        return quantity.text
    return f"{quantity.text}{_SAID.get(quantity.unit, quantity.unit)}"


def _introduction(desk: Desk, tables: Sequence[ProductTable]) -> tuple[Text, ...]:
    if not tables:
        return ()
    able = [
        f"{product_of(table)}设计产能{told[0]}，{desk.last_year}实际产量{told[1]}"
        for table in tables
        if (told := output_of(table))
    ]
    parts = [joined(map(product_of, tables)), *(["；".join(able)] if able else [])]
    address = desk.cell(desk.form, "address", "四.1").value
    said = f"{desk.enterprise}位于{address}，属于{desk.trade}行业，主要产品为{'，'.join(parts)}。"
    return (desk.say("四.1", "products", said),)


def _product_table(desk: Desk, product: str, rows: Sequence[Record]) -> ProductTable:
    units = {
        key: desk.cell(rows[0], key, "四.3.1").value for key in ("capacity_unit", "output_unit")
    }
    lines = tuple(
        ProductLine(
            desk.placed(row.at, "四.3.1"),
            line=desk.cell(row, "line", "四.3.1"),
            equipment=desk.cell(row, "equipment", "四.3.1"),
            product=desk.cell(row, "product", "四.3.1"),
            capacity=_made(desk, row, "capacity", units["capacity_unit"]),
            output=_made(desk, row, "output", units["output_unit"]),
        )
        for row in rows
    )
    at = lines[0].at
    if len(lines) > 1:
        lines = (*lines, *_total(desk, lines))
    caption = f"{product}产能及产量一览表"
    return ProductTable(at, Located(caption, replace(at, quote=shorten(caption))), lines)


def _made(desk: Desk, row: Record, key: str, unit: str) -> Measure:
    """Capacity or output in the unit of the product's table: in the header if a header can say it, else in the cell."""
    own = desk.cell(row, f"{key}_unit", "四.3.1")
    if standard_unit(own.value) != standard_unit(unit):
        desk.misfit(
            own.at,
            f"同一产品的{'产能' if key == 'capacity' else '产量'}用了两种单位：“{unit}”和“{own.value}”",
            "改为同一单位，数值随之换算",
        )
    if unit_in_header(f"({unit})") == standard_unit(unit) == standard_unit(own.value):
        return desk.measure(row, key, "四.3.1", unit)
    text = desk.cell(row, key, "四.3.1")
    known = parse_quantity(text.value)
    if not known.is_number or known.unit:
        return Located(known, text.at)
    whole = parse_quantity(f"{text.value}{own.value}")
    if not whole.same_value(known):
        desk.misfit(own.at, f"“{own.value}”不是单位", "只写单位，如“万t/a”“万件/年”")
        return Located(known, text.at)
    return Located(whole, text.at)


def _total(desk: Desk, lines: Sequence[ProductLine]) -> tuple[ProductLine, ...]:
    """The row 合计, or nothing where the lines cannot be added up."""
    capacity = [line.capacity.value for line in lines if line.capacity]
    output = [line.output.value for line in lines if line.output]
    if any(exact(quantity) is None for quantity in (*capacity, *output)):
        desk.misfit(
            lines[0].at,
            "产能、产量不都是确定的数值，合计算不出来",
            "各写一个数，不写范围和“≥”“≤”",
        )
        return ()
    if len({quantity.unit for quantity in capacity}) > 1 or len({q.unit for q in output}) > 1:
        return ()
    at = replace(lines[0].at, row=None, column=None, quote="")
    nothing, product = Located("", at), lines[0].product
    sums = (Located(_sum(capacity), at), Located(_sum(output), at))
    return (ProductLine(at, True, nothing, nothing, product, *sums),)


def _sum(parts: Sequence[Quantity]) -> Quantity:
    """The sum of exact quantities of one unit, which is written in the cell where it is in theirs."""
    total = written(sum((exact(part) or Decimal() for part in parts), Decimal()))
    in_cell = bool(parse_quantity(parts[0].text).unit)
    return (
        parse_quantity(f"{total}{parts[0].unit}")
        if in_cell
        else parse_quantity(total, parts[0].unit)
    )


def _stock(desk: Desk, row: Record) -> Material:
    return Material(
        desk.placed(row.at, "四.3.3"),
        name=desk.cell(row, "name", "四.3.3"),
        unit=desk.cell(row, "unit", "四.3.3"),
        used=desk.measure(row, "used", "四.3.3"),
        handling=desk.cell(row, "handling", "四.3.3"),
    )
