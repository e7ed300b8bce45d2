"""数量的缺陷: figures of one part that those of another contradict, and figures that cannot be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from duibiao.model.dossier import Dossier
from duibiao.model.emissions import OutletEmission
from duibiao.model.location import Located
from duibiao.model.quantities import Measure
from duibiao.rules.support import clean_transport_share
from duibiao.testing.changing import changed, part
from duibiao.testing.defects.model import (
    CannotPlant,
    Defect,
    Plant,
    existing,
    first,
    header,
    same_emission,
    says,
    writes,
    written,
)

_NO_FACILITY = "没有治理设施表"
_NO_OUTLET = "没有产排污环节表"
_NO_LIMITS = "没有限值对标表"
FIRST_ROW = "evidence.facilities.0.rows.0"


def scaled(measure: Measure, factor: str) -> str:
    """Return a number as written with its upper end so many times larger, digits kept as far as it goes."""
    high = measure.value.high
    if high is None:
        raise CannotPlant(f"“{measure.value}”不是数字")
    return f"{(high * Decimal(factor)).normalize():f}"


def _times(path: str, factor: str) -> Plant:
    """Write a number so many times larger."""

    def plant(dossier: Dossier) -> Dossier:
        held = existing(dossier, path, f"没有可改的数字（{path}）")
        return written(dossier, path, scaled(held, factor))

    return plant


def _facility_left_out(dossier: Dossier) -> Dossier:
    """The last of the first table, with its photo, so that the numbers still run."""
    table = existing(dossier, "evidence.facilities.0", _NO_FACILITY)
    row = table.rows[-1]
    photos = tuple(photo for photo in table.photos if photo.number != row.number)
    return changed(
        dossier,
        {
            "evidence.facilities.0.photos": photos,
            "evidence.facilities.0.rows": table.rows[:-1],
        },
    )


def _number_left_out(dossier: Dossier) -> Dossier:
    path = first(
        dossier, "evidence.facilities", lambda table: len(table.rows) > 1, "设施表都只有一行"
    )
    return changed(dossier, {f"{path}.rows.-1.number": part(dossier, f"{path}.rows.-1").number + 1})


def _total_wrong(dossier: Dossier) -> Dossier:
    for number, table in enumerate(dossier.production.products):
        for place, row in enumerate(table.rows):
            if row.is_total and row.output is not None:
                path = f"production.products.{number}.rows.{place}.output"
                return written(dossier, path, scaled(row.output, "1.37"))
    raise CannotPlant("产品表没有合计")


def _outlet_gone(rows: str, why: str) -> Plant:
    """Leave out all of the last outlet in one list."""

    def plant(dossier: Dossier) -> Dossier:
        held = existing(dossier, rows, why)
        last = [row.outlet.value for row in dossier.outlets if row.outlet][-1]
        kept = tuple(row for row in held if not row.outlet or row.outlet.value != last)
        return changed(dossier, {rows: kept})

    return plant


def _stage_count_wrong(dossier: Dossier) -> Dossier:
    path = first(dossier, "evidence.transport.shares", lambda row: row.count, "没有排放阶段统计表")
    held = part(dossier, f"{path}.count")
    return written(dossier, f"{path}.count", str(int(held.value.high) + 1))


def _other_concentration(dossier: Dossier) -> Dossier:
    """In the row of 2.14 that an outlet of part four has."""
    outlet = existing(dossier, "outlets.0", _NO_OUTLET)
    path = first(
        dossier,
        "evidence.limits",
        lambda row: same_emission(row, outlet),
        _NO_LIMITS,
    )
    return written(dossier, f"{path}.concentration", "0.7-1.1")


def _other_share(dossier: Dossier) -> Dossier:
    share = clean_transport_share(dossier)
    if share is None:
        raise CannotPlant("运输情况表算不出清洁运输比例")
    return says(f"清洁方式运输比例为{share:.1f}%", "清洁方式运输比例为3.7%", "四.3.4")(dossier)


def _unit_in_header(section: str, why: str) -> Plant:
    return lambda dossier: header(dossier, section, "mg/m³", "mg/L", why)


def _unit_in_cell(dossier: Dossier) -> Dossier:
    path = f"{FIRST_ROW}.concentration"
    held = existing(dossier, path, _NO_FACILITY)
    return written(dossier, path, held.value.text.replace("mg/m³", "mg/L"))


def _flow_of_another_size(dossier: Dossier) -> Dossier:
    """Part four gets a column of flows, which is wrong in its first row."""
    rows = [row for row in dossier.outlets if _flow(dossier, row) is not None]
    if not rows:
        raise CannotPlant("治理设施表没有风量")
    table = rows[0].at.table
    assert table is not None
    texts = list(dossier.paragraphs)
    here = [text for text in texts if text.at.table == table]
    column = 1 + max(text.at.column or 0 for text in here)
    head = next(text for text in here if text.at.row == 1 and text.at.column == column - 1)
    cells = {1: "排放风量（m³/h）"}
    for row in (row for row in dossier.outlets if row.at.table == table):
        flow = _flow(dossier, row)
        assert row.at.row is not None
        cells[row.at.row] = scaled(flow, "3" if row is rows[0] else "1") if flow else "/"
    made = [
        Located(value, replace(head.at, row=number, column=column, quote=value))
        for number, value in cells.items()
    ]
    last = max(n for n, text in enumerate(texts) if text.at.table == table)
    return replace(dossier, paragraphs=(*texts[: last + 1], *made, *texts[last + 1 :]))


def _flow(dossier: Dossier, outlet: OutletEmission) -> Measure | None:
    code = outlet.outlet.value if outlet.outlet else "没有编号"
    return next(
        (
            row.flow
            for table in dossier.evidence.facilities
            for row in table.rows
            if row.flow and row.step and code in row.step.value
        ),
        None,
    )


def _ledger_times_ten(dossier: Dossier) -> Dossier:
    path = first(dossier, "evidence.ledgers", lambda e: e.kind == 4 and e.rows, "没有原辅料台账")
    row = part(dossier, f"{path}.rows.0")
    place = f"{path}.rows.0.{len(row) - 1}"
    return changed(dossier, {f"{place}.value": f"{Decimal(row[-1].value) * 10}"})


def _more_than_permitted(dossier: Dossier) -> Dossier:
    total = existing(dossier, "profile.totals.0", "没有排放信息表")
    return written(dossier, "profile.totals.0.actual", scaled(total.permitted, "1.25"))


DEFECTS = (
    Defect(
        "concentration of the table of facilities differs",
        "ch4-ch5-concentration-mismatch",
        "设施表的排放浓度与第四部分不同",
        ("DB-301",),
        writes(f"{FIRST_ROW}.concentration", "0.7-1.1mg/m³"),
    ),
    Defect(
        "concentration of the table of limits differs",
        "ch4-ch5-concentration-mismatch",
        "限值对标表的监测浓度与第四部分不同",
        ("DB-302",),
        _other_concentration,
    ),
    Defect(
        "facility missing in part five",
        "facility-missing-in-ch5",
        "第四部分有、设施表没有的治理设施",
        ("DB-303",),
        _facility_left_out,
    ),
    Defect(
        "number of a facility left out",
        "facility-number-gap",
        "设施序号不连续",
        ("DB-304",),
        _number_left_out,
    ),
    Defect(
        "efficiency differs",
        "ch4-ch5-efficiency-mismatch",
        "设施表的去除效率与第四部分不同",
        ("DB-305",),
        writes(f"{FIRST_ROW}.efficiency", "51%"),
    ),
    Defect(
        "treatment differs",
        "ch4-ch5-treatment-mismatch",
        "设施表的治理工艺与第四部分不同",
        ("DB-306",),
        writes(f"{FIRST_ROW}.process", "UV光氧催化"),
    ),
    Defect(
        "total of products wrong",
        "product-total-mismatch",
        "产量合计与分项之和不符",
        ("DB-307",),
        _total_wrong,
    ),
    Defect(
        "output above capacity",
        "output-above-capacity",
        "一条生产线的产量超过设计产能",
        ("DB-308",),
        _times("production.products.0.rows.0.output", "3"),
        ("DB-307", "DB-320"),
    ),
    Defect(
        "total of transport wrong",
        "transport-total-mismatch",
        "运输量合计与分项之和不符",
        ("DB-309",),
        _times("production.transports.-1.amount", "1.5"),
    ),
    Defect(
        "share of clean transport that the table does not give",
        "clean-transport-mismatch",
        "所写清洁运输比例与运输情况表算出的不符",
        ("DB-310",),
        _other_share,
    ),
    Defect(
        "outlet missing in the table of limits",
        "outlet-missing-in-limits",
        "第四部分的一个排放口没有对标",
        ("DB-311",),
        _outlet_gone("evidence.limits", _NO_LIMITS),
        ("CEM-103",),
    ),
    Defect(
        "count of vehicles differs from the ledger",
        "vehicle-count-mismatch",
        "排放阶段统计的车辆数与电子台账不符",
        ("DB-312",),
        _stage_count_wrong,
        ("DB-614",),
    ),
    Defect(
        "outlet missing in part four",
        "facility-missing-in-ch4",
        "设施表有、第四部分没有的治理设施",
        ("DB-313",),
        _outlet_gone("outlets", _NO_OUTLET),
    ),
    Defect(
        "unit of the table of limits wrong",
        "unit-wrong",
        "限值对标表的单位写成mg/L",
        ("DB-314",),
        _unit_in_header("五.2.14", _NO_LIMITS),
    ),
    Defect(
        "unit of part four wrong",
        "unit-wrong",
        "产排污环节表的单位写成mg/L",
        ("DB-314",),
        _unit_in_header("四.4", _NO_OUTLET),
    ),
    Defect(
        "unit of a facility wrong",
        "unit-wrong",
        "设施表一行的单位写成mg/L",
        ("DB-314",),
        _unit_in_cell,
    ),
    Defect(
        "efficiency of 199 %",
        "efficiency-over-100",
        "去除效率大于100%",
        ("DB-315",),
        writes(f"{FIRST_ROW}.efficiency", "199%"),
        ("DB-305",),
    ),
    Defect(
        "flow differs",
        "ch4-ch5-flow-mismatch",
        "第四部分的排放风量与设施表不同",
        ("DB-318",),
        _flow_of_another_size,
    ),
    Defect(
        "consumption of a month that the year does not give",
        "consumption-implausible",
        "台账的月消耗量多写一个零",
        ("DB-322",),
        _ledger_times_ten,
    ),
    Defect(
        "emission of a year that concentrations do not give",
        "emission-implausible",
        "实际排放量少写三位",
        ("DB-323",),
        _times("profile.totals.0.actual", "0.001"),
        ("DB-321",),
    ),
    Defect(
        "more emitted than permitted",
        "permit-exceeded",
        "实际排放量超过许可排放量",
        ("DB-324",),
        _more_than_permitted,
        ("DB-321",),
    ),
)
