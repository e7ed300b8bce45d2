"""The enterprise and its production: part 四 of 附件4, sections 1 to 3."""

from __future__ import annotations

from duibiao.model.classes import dataclass
from duibiao.model.dates import PartialDate
from duibiao.model.location import Located, Location, Text
from duibiao.model.quantities import Measure


@dataclass(frozen=True, slots=True)
class PollutantTotal:
    """大气污染物排放信息: permitted and actual emission of one pollutant.

    Attributes:
        pollutant: As written.
        permitted: 许可排放量, t/a.
        actual: 实际排放量, t/a.
    """

    pollutant: Text
    permitted: Measure | None = None
    actual: Measure | None = None


@dataclass(frozen=True, slots=True)
class EnterpriseProfile:
    """企业基本信息 (附件4 四、1).

    Attributes:
        at: The section.
        enterprise: 企业名称.
        credit_code: 统一社会信用代码.
        region: 行政区划.
        address: 详细地址.
        coordinates: 经纬度.
        industry: 所属行业及代码.
        park: 所属工业园区.
        legal_person: 法定代表人.
        permit_number: 排污许可证编号.
        permit_term: 排污许可证有效期.
        grade: 申报等级.
        totals: Emissions by pollutant.
        standards: Sentences that name the emission standards in force.
        text: The section's paragraphs.
        other: Label/value pairs that fit none of the above.
    """

    at: Location
    enterprise: Text | None = None
    credit_code: Text | None = None
    region: Text | None = None
    address: Text | None = None
    coordinates: Text | None = None
    industry: Text | None = None
    park: Text | None = None
    legal_person: Text | None = None
    permit_number: Text | None = None
    permit_term: Text | None = None
    grade: Text | None = None
    totals: tuple[PollutantTotal, ...] = ()
    standards: tuple[Text, ...] = ()
    text: tuple[Text, ...] = ()
    other: tuple[tuple[Text, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class ComplianceStatement:
    """环保守法说明 (附件4 四、2): one numbered statement.

    Attributes:
        topic: What it is about, such as 行政处罚; "" where it does not say.
        text: The statement.
        violation_dates: Dates of violations or penalties that it admits.
        undated_violation: It admits a violation or penalty and gives no date.
    """

    topic: str
    text: Text
    violation_dates: tuple[Located[PartialDate], ...] = ()
    undated_violation: bool = False


@dataclass(frozen=True, slots=True)
class ProductLine:
    """产品、产能及产量 (附件4 四、3.1): one production line, or a total row.

    Attributes:
        at: The row.
        is_total: The row is a total (合计).
        line: 生产线.
        equipment: 主要生产设施.
        product: 产品.
        capacity: 设计产能.
        output: 上年产量.
    """

    at: Location
    is_total: bool = False
    line: Text | None = None
    equipment: Text | None = None
    product: Text | None = None
    capacity: Measure | None = None
    output: Measure | None = None


@dataclass(frozen=True, slots=True)
class ProductTable:
    """产能及产量一览表: one table of product lines with its totals.

    Attributes:
        at: The table.
        caption: Its caption, or None.
        rows: Rows in order, totals included.
    """

    at: Location
    caption: Text | None
    rows: tuple[ProductLine, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """原辅材料、燃料或能源 (附件4 四、3.3): one row.

    Attributes:
        at: The row.
        name: 名称.
        kind: 类别 (原料, 辅料, 燃料, 能源).
        unit: 单位, as written.
        used: 上年使用量.
        storage: 储存方式.
        handling: 装卸方式, or source and conveyance for energy.
    """

    at: Location
    name: Text
    kind: Text | None = None
    unit: Text | None = None
    used: Measure | None = None
    storage: Text | None = None
    handling: Text | None = None


@dataclass(frozen=True, slots=True)
class Transport:
    """运输情况 (附件4 四、3.4): one row, or the total.

    Attributes:
        at: The row.
        is_total: The row is a total.
        goods: 物料（产品）.
        direction: 进/出厂.
        mode: 运输方式.
        amount: 运输量.
        clean: 是否清洁运输, as written.
    """

    at: Location
    is_total: bool = False
    goods: Text | None = None
    direction: Text | None = None
    mode: Text | None = None
    amount: Measure | None = None
    clean: Text | None = None


@dataclass(frozen=True, slots=True)
class Production:
    """企业生产工艺及产污环节 (附件4 四、3).

    Attributes:
        products: Tables of product lines.
        processes: Paragraphs of 3.2.
        materials: Rows of raw materials, auxiliaries and fuels.
        energies: Rows of energy.
        transports: Rows of 3.4.
        transport_text: Paragraphs of 3.4.
    """

    products: tuple[ProductTable, ...] = ()
    processes: tuple[Text, ...] = ()
    materials: tuple[Material, ...] = ()
    energies: tuple[Material, ...] = ()
    transports: tuple[Transport, ...] = ()
    transport_text: tuple[Text, ...] = ()
