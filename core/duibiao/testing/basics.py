"""Part 四: the enterprise, its compliance, its production and its outlets."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from duibiao.model.dates import parse_date
from duibiao.model.emissions import FugitiveSource, OutletEmission
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
from duibiao.model.location import Located, Location
from duibiao.testing import forms
from duibiao.testing.scribe import Row, Scribe
from duibiao.testing.spec import NEW_ENERGY, Enterprise, Line

PERMIT_TERM = "2023年7月1日至2028年6月30日"


def write_profile(scribe: Scribe, enterprise: Enterprise, at: Location) -> EnterpriseProfile:
    """Write section 1."""
    fields = scribe.pairs(
        [
            ("企业名称", enterprise.name),
            ("统一社会信用代码", enterprise.credit_code),
            ("行政区划", f"河南省{enterprise.city}{enterprise.county}"),
            ("详细地址", enterprise.address),
            ("经纬度", enterprise.coordinates),
            ("所属行业及代码", enterprise.code),
            ("所属工业园区", enterprise.park),
            ("法定代表人", enterprise.legal_person),
            ("排污许可证编号", enterprise.permit_number),
            ("排污许可证有效期", PERMIT_TERM),
            ("申报等级", enterprise.grade.label),
        ]
    )
    intro = scribe.line(
        f"{enterprise.name}位于{enterprise.address}，属于{enterprise.trade}行业，{_output(enterprise)}。"
    )
    standard = scribe.line(
        f"公司执行的排放标准为{enterprise.standard}，各排放口执行的限值见第五部分“排放限值”。"
    )
    caption = scribe.caption("大气污染物排放信息表")
    grid = scribe.table(_year(forms.TOTALS, enterprise), enterprise.totals)
    return EnterpriseProfile(
        at,
        enterprise=fields[0],
        credit_code=fields[1],
        region=fields[2],
        address=fields[3],
        coordinates=fields[4],
        industry=fields[5],
        park=fields[6],
        legal_person=fields[7],
        permit_number=fields[8],
        permit_term=fields[9],
        grade=fields[10],
        totals=tuple(PollutantTotal(row[1], row.measure(2), row.measure(3)) for row in grid.rows),
        standards=(standard,),
        text=(intro, standard, caption),
    )


def write_compliance(scribe: Scribe, enterprise: Enterprise) -> tuple[ComplianceStatement, ...]:
    """Write section 2: the eight topics."""
    latest = max(filter(None, (parse_date(outlet.retrofitted) for outlet in enterprise.outlets)))
    year = enterprise.last_year
    statements = {
        "环保手续": "公司各项目均已履行环境影响评价和竣工环境保护验收手续，不存在未批先建、批建不符问题。",
        "提标改造完成情况": f"公司按要求完成废气治理设施提标改造，最近一次改造于{latest}完成并通过验收。",
        "排污许可管理": f"公司已取得排污许可证，证书编号{enterprise.permit_number}，按证排污，按时提交季度、年度执行报告。",
        "污染物达标排放": f"{year}年以来各排放口监测数据均达标，未发生超标排放。",
        "行政处罚": "申报日前一年内，公司未受到环境行政处罚。",
        "环境投诉与群体性上访": "近三年无重大环境投诉及群体性上访事件。",
        "重大安全与环境事故": "近三年未发生重大安全事故、突发环境事件。",
        "信用情况": f"公司{year}年度环保信用评级为诚信企业（绿标）。",
    }
    return tuple(
        ComplianceStatement(topic, scribe.line(f"（{number}）{topic}：{text}"))
        for number, (topic, text) in enumerate(statements.items(), 1)
    )


def write_products(scribe: Scribe, enterprise: Enterprise) -> tuple[ProductTable, ...]:
    """Write 3.1: a table for each product, with a total where it has several lines."""
    scribe.line(
        f"公司主要生产设施、产品、产能（分生产线）及{enterprise.last_year}年实际产量见下表。"
    )
    tables = []
    for product, (capacity, output) in enterprise.units.items():
        lines = [line for line in enterprise.lines if line.product == product]
        caption = scribe.caption(f"{product}产能及产量一览表")
        header = [
            name.format(capacity=capacity, output=output, year=enterprise.last_year)
            for name in forms.PRODUCTS
        ]
        rows = [
            (str(number), line.name, line.equipment, product, line.capacity, line.output)
            for number, line in enumerate(lines, 1)
        ]
        if len(lines) > 1:
            rows.append(("合计", "", "", product, *_sums(lines)))
        grid = scribe.table(header, rows)
        tables.append(ProductTable(grid.at, caption, tuple(_product(row) for row in grid.rows)))
    return tuple(tables)


def write_processes(scribe: Scribe, enterprise: Enterprise) -> Production:
    """Write 3.2, with the flow chart."""
    texts = scribe.lines(enterprise.processes)
    scribe.picture()
    return Production(processes=(*texts, scribe.line("生产工艺流程及产污节点图")))


def write_materials(
    scribe: Scribe, enterprise: Enterprise
) -> tuple[tuple[Material, ...], tuple[Material, ...]]:
    """Write 3.3: materials and energy."""
    scribe.caption("主要原料、辅料、燃料消耗情况表")
    grid = scribe.table(
        _year(forms.MATERIALS, enterprise),
        [
            (
                str(number),
                stock.name,
                stock.kind,
                stock.unit,
                stock.used,
                stock.storage,
                stock.handling,
            )
            for number, stock in enumerate(enterprise.materials, 1)
        ],
    )
    materials = tuple(
        Material(row.at, row[2], row[3], row[4], row.measure(5), row[6], row[7])
        for row in grid.rows
    )
    scribe.caption("主要能源消耗情况表")
    grid = scribe.table(
        _year(forms.ENERGIES, enterprise),
        [
            (str(number), stock.name, stock.unit, stock.used, stock.handling)
            for number, stock in enumerate(enterprise.energies, 1)
        ],
    )
    energies = tuple(
        Material(row.at, row[2], None, row[3], row.measure(4), None, row[5]) for row in grid.rows
    )
    return materials, energies


def write_transport(scribe: Scribe, enterprise: Enterprise) -> Production:
    """Write 3.4."""
    caption = scribe.caption(f"{enterprise.last_year}年主要物料及产品运输情况表")
    rows = [
        (
            str(number),
            haul.goods,
            haul.direction,
            haul.mode,
            haul.amount,
            "是" if haul.clean else "否",
        )
        for number, haul in enumerate(enterprise.hauls, 1)
    ]
    total = ("合计", "", "", "", str(enterprise.haul_total), "")
    grid = scribe.table(
        [name.format(unit=enterprise.haul_unit) for name in forms.TRANSPORTS], [*rows, total]
    )
    stages = Counter(truck.stage == NEW_ENERGY for truck in enterprise.trucks)
    gas = sum(truck.fuel == "天然气" for truck in enterprise.trucks)
    text = scribe.line(
        f"经统计，{enterprise.last_year}年清洁方式运输比例为{enterprise.clean_share}%。"
        f"公司登记运输车辆{len(enterprise.trucks)}辆，其中新能源车辆{stages[True]}辆、燃气车辆{gas}辆、"
        f"柴油车辆{stages[False] - gas}辆、汽油车辆0辆；场内非道路移动机械{len(enterprise.machines)}台。"
    )
    transports = tuple(
        Transport(row.at, row[1].value == "合计", row[2], row[3], row[4], row.measure(5), row[6])
        for row in grid.rows
    )
    return Production(transports=transports, transport_text=(caption, text))


def write_emissions(
    scribe: Scribe, enterprise: Enterprise
) -> tuple[tuple[OutletEmission, ...], tuple[FugitiveSource, ...]]:
    """Write section 4: a table for each pollutant, then fugitive emission."""
    scribe.line("公司有组织废气产排污环节、治理设施、处理效率及排放浓度见下表。")
    outlets: list[OutletEmission] = []
    for pollutant in enterprise.pollutants:
        caption = scribe.caption(f"{pollutant}有组织产排污环节及治理措施")
        rows = [
            (
                str(number),
                outlet.code,
                outlet.step,
                emission.treatment,
                emission.efficiency,
                emission.concentration,
                outlet.retrofitted,
            )
            for number, (outlet, emission) in enumerate(enterprise.treated(pollutant), 1)
        ]
        grid = scribe.table(forms.OUTLETS, rows)
        name = Located(pollutant, caption.at)
        outlets += [
            OutletEmission(
                row.at,
                row[2],
                row[3],
                name,
                row[4],
                row.measure(5),
                row.measure(6),
                retrofitted=row.day(7),
            )
            for row in grid.rows
        ]
    scribe.caption("无组织废气产排污环节及治理措施")
    grid = scribe.table(
        forms.FUGITIVES,
        [
            (str(number), source.step, source.pollutants, source.measure)
            for number, source in enumerate(enterprise.fugitives, 1)
        ],
    )
    return tuple(outlets), tuple(
        FugitiveSource(row.at, row[2], row[3], row[4]) for row in grid.rows
    )


def sums_of(enterprise: Enterprise, product: str) -> tuple[str, str]:
    """Return capacity and output of all lines of a product."""
    return _sums([line for line in enterprise.lines if line.product == product])


def _output(enterprise: Enterprise) -> str:
    parts = []
    for product, (capacity, output) in enterprise.units.items():
        total, made = sums_of(enterprise, product)
        parts.append(
            f"{product}设计产能{total}{capacity}，{enterprise.last_year}年实际产量{made}{output}"
        )
    return f"主要产品为{'、'.join(enterprise.units)}，{'；'.join(parts)}"


def _sums(lines: list[Line]) -> tuple[str, str]:
    capacity = sum((Decimal(line.capacity) for line in lines), Decimal())
    return str(capacity), str(sum((Decimal(line.output) for line in lines), Decimal()))


def _product(row: Row) -> ProductLine:
    return ProductLine(
        row.at, row[1].value == "合计", row[2], row[3], row[4], row.measure(5), row.measure(6)
    )


def _year(header: tuple[str, ...], enterprise: Enterprise) -> list[str]:
    return [name.format(year=enterprise.last_year) for name in header]
