"""The indicator table and the evidence sections: 附件4 五、1 and 五、2."""

from __future__ import annotations

from duibiao.model.classes import dataclass
from duibiao.model.dates import Day
from duibiao.model.emissions import (
    FacilityTable,
    FugitiveControl,
    LimitComparison,
    Photo,
)
from duibiao.model.location import Location, Text
from duibiao.model.quantities import Measure


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """绩效分级指标对标总表 (附件4 五、1): one indicator.

    Attributes:
        at: The row.
        indicator: 差异化指标, as written.
        requirement: 绩效指标要求.
        status: 企业对标情况.
        pages: 证明材料页码, as written.
        remark: 备注.
        conclusion: Whether it is met (是否满足), in a column of its own or ticked in that of the status; None elsewhere.
    """

    at: Location
    indicator: Text
    requirement: Text | None = None
    status: Text | None = None
    pages: Text | None = None
    remark: Text | None = None
    conclusion: Text | None = None


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """绩效分级指标对标总表.

    Attributes:
        at: The table.
        heading: The header of its requirement column, which names industry and grade.
        rows: Rows in order.
    """

    at: Location
    heading: Text | None = None
    rows: tuple[IndicatorRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """章节: one heading of the package, as found.

    Attributes:
        key: Its place in the official outline, such as ``五.2.13.1``; "" where the outline has none.
        number: The number as shown, such as ``2.13.1``; "" if none.
        title: The title as shown.
        level: 1 for the five parts and the plan, 2 and deeper below.
        at: The heading.
        characters: Characters of body text below it, sub-sections excluded.
        tables: Tables below it, picture tables excluded, sub-sections excluded.
        pictures: Pictures below it, sub-sections excluded.
        not_applicable: It says that it does not apply (本项不涉及).
    """

    key: str
    number: str
    title: str
    level: int
    at: Location
    characters: int = 0
    tables: int = 0
    pictures: int = 0
    not_applicable: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands under the heading itself."""
        return not (self.characters or self.tables or self.pictures)


@dataclass(frozen=True, slots=True)
class MonitoringReport:
    """废气监测报告 (2.16.1（4）): one row.

    Attributes:
        at: The row.
        number: 报告编号.
        kind: 检测类别.
        date: 报告日期.
        laboratory: 检测单位.
    """

    at: Location
    number: Text | None = None
    kind: Text | None = None
    date: Day | None = None
    laboratory: Text | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """环评批复及验收 (2.16.1（2）): one project.

    Attributes:
        at: The row.
        project: 项目名称.
        approval: 环评批复文号.
        acceptance: 验收方式.
        accepted: 验收时间.
    """

    at: Location
    project: Text | None = None
    approval: Text | None = None
    acceptance: Text | None = None
    accepted: Day | None = None


@dataclass(frozen=True, slots=True)
class CreditRating:
    """环保信用评级 (2.16.1（5）): one year."""

    at: Location
    year: Text
    rating: Text


@dataclass(frozen=True, slots=True)
class Archive:
    """环保档案资料 (2.16.1).

    Attributes:
        reports: Monitoring reports.
        approvals: Environmental impact approvals and acceptances.
        ratings: Credit ratings by year.
        text: Paragraphs.
    """

    reports: tuple[MonitoringReport, ...] = ()
    approvals: tuple[Approval, ...] = ()
    ratings: tuple[CreditRating, ...] = ()
    text: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """台账 (2.16.2): one of the eight kinds, as a table of text.

    Attributes:
        kind: Number of the kind in 2.16.2, 1 to 8, or 0 where it could not be told.
        at: The table, or its heading where there is none.
        title: Its title.
        header: Column headers.
        rows: Cells by row.
        pictures: Pictures that belong to it.
    """

    kind: int
    at: Location
    title: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Text, ...], ...] = ()
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class StaffMember:
    """环保人员 (2.16.3): one row."""

    at: Location
    name: Text | None = None
    post: Text | None = None
    education: Text | None = None
    subject: Text | None = None
    certificate: Text | None = None


@dataclass(frozen=True, slots=True)
class VehicleShare:
    """运输车辆排放阶段统计 (2.17): one stage."""

    at: Location
    stage: Text
    count: Measure | None = None
    share: Measure | None = None


@dataclass(frozen=True, slots=True)
class TransportMode:
    """运输方式占比 (2.17): one mode of transport.

    Attributes:
        at: The row.
        mode: 运输方式.
        amount: 运输量.
        share: 占比, %.
        clean: 是否清洁方式, as written.
    """

    at: Location
    mode: Text
    amount: Measure | None = None
    share: Measure | None = None
    clean: Text | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """非道路移动机械 (2.17): one machine."""

    at: Location
    name: Text | None = None
    code: Text | None = None
    stage: Text | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """门禁及视频监控 (2.18): one post.

    Attributes:
        at: The row.
        position: 位置.
        equipment: 设备.
        connected: 联网情况.
        retention: 数据保存时间.
    """

    at: Location
    position: Text | None = None
    equipment: Text | None = None
    connected: Text | None = None
    retention: Text | None = None


@dataclass(frozen=True, slots=True)
class Vehicle:
    """运输车辆电子台账 (2.18): one vehicle.

    Attributes:
        at: The row.
        plate: 车牌号.
        kind: 车辆类型.
        vin: 车辆识别代号（VIN）.
        engine: 发动机（电机）号.
        fuel: 燃料.
        stage: 排放阶段.
        registered: 注册日期.
        papers: 随车清单及行驶证.
    """

    at: Location
    plate: Text | None = None
    kind: Text | None = None
    vin: Text | None = None
    engine: Text | None = None
    fuel: Text | None = None
    stage: Text | None = None
    registered: Day | None = None
    papers: Text | None = None


@dataclass(frozen=True, slots=True)
class TransportEvidence:
    """运输方式及运输监控 (2.17, 2.18).

    Attributes:
        text: Paragraphs of 2.17.
        modes: Modes of transport with their shares.
        shares: Vehicles by emission stage.
        machines: Non-road machinery.
        gates: Gate and video posts.
        gate_text: Paragraphs of 2.18.
        vehicles: The electronic ledger.
    """

    text: tuple[Text, ...] = ()
    modes: tuple[TransportMode, ...] = ()
    shares: tuple[VehicleShare, ...] = ()
    machines: tuple[Machine, ...] = ()
    gates: tuple[Gate, ...] = ()
    gate_text: tuple[Text, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """各分级指标证明材料 (附件4 五、2).

    Attributes:
        facilities: Facility tables of 2.13.1 to 2.13.4, those that are there.
        limits: Rows of 2.14.
        controls: Rows of 2.15.
        archive: 2.16.1.
        ledgers: 2.16.2.
        staff: 2.16.3.
        transport: 2.17 and 2.18.
        photos: Every other photo, in order.
    """

    facilities: tuple[FacilityTable, ...] = ()
    limits: tuple[LimitComparison, ...] = ()
    controls: tuple[FugitiveControl, ...] = ()
    archive: Archive = Archive()
    ledgers: tuple[Ledger, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    transport: TransportEvidence = TransportEvidence()
    photos: tuple[Photo, ...] = ()
