"""Part 五, 2.16 to 2.18: archive, ledgers, staff, transport and its monitoring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from duibiao.model.emissions import FacilityKind, Photo
from duibiao.model.evidence import (
    Approval,
    Archive,
    CreditRating,
    Gate,
    Ledger,
    Machine,
    MonitoringReport,
    StaffMember,
    TransportEvidence,
    TransportMode,
    Vehicle,
    VehicleShare,
)
from duibiao.model.location import Text
from duibiao.model.quantities import halfwidth
from duibiao.testing import forms
from duibiao.testing.basics import PERMIT_TERM
from duibiao.testing.front import dated
from duibiao.testing.scribe import Scribe
from duibiao.testing.spec import Enterprise

LABORATORY = "豫虚构晴空检测技术有限公司"
STAFF = (
    ("晏虚禾", "环保科长", "本科", "环境工程", "环境工程师证书"),
    ("裘虚山", "环保专员", "大专", "环境监测", "岗位培训合格证"),
    ("喻虚雪", "台账管理员", "大专", "化学工程", "岗位培训合格证"),
)
_FIRST_RATED_YEAR = 2019
_BLUE_UNTIL = 2021
_DAYS = (3, 4, 5, 6, 7, 8)
_WORKING_DAYS = 330
_LEDGER_AGE = timedelta(days=57)

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def write_archive(scribe: Scribe, enterprise: Enterprise) -> tuple[Archive, tuple[Photo, ...]]:
    """Write 2.16.1."""
    last = enterprise.last_year
    text: list[Text] = []
    photos: list[Photo] = []

    def say(value: str) -> None:
        text.append(scribe.line(value))

    say("（1）排污许可证及季度、年度执行报告")
    say(
        f"排污许可证编号{enterprise.permit_number}，有效期{PERMIT_TERM}；{last - 1}年、{last}年年度执行报告"
        f"及{enterprise.day.year}年季度执行报告均按时提交。"
    )
    photos += scribe.photos(["排污许可证正本", f"{last}年排污许可证执行报告封面"])
    say("（2）环评批复及竣工验收文件")
    text.append(scribe.caption("环评及验收手续一览表"))
    grid = scribe.table(
        forms.APPROVALS,
        [
            (
                "1",
                f"{enterprise.short}主体工程环境影响报告书",
                "虚环审〔2015〕97号",
                "验收意见",
                "2017年11月",
            ),
            (
                "2",
                f"{enterprise.short}废气深度治理项目环境影响报告表",
                "虚环建表〔2019〕36号",
                "自主验收",
                "2021年12月",
            ),
        ],
    )
    approvals = tuple(Approval(row.at, row[2], row[3], row[4], row.day(5)) for row in grid.rows)
    photos += scribe.photos(["1# 主体工程环评批复", "2# 废气深度治理项目环评批复"])
    say("（3）废气治理设施运行管理规范")
    photos += scribe.photos(["废气治理设施运行管理规范扫描件"])
    say("（4）时限要求的监测报告或CEMS数据")
    text.append(scribe.caption("废气监测报告一览表"))
    grid = scribe.table(
        forms.REPORTS,
        [
            (str(index), number, kind, str(dated(day)), LABORATORY)
            for index, (number, kind, day) in enumerate(enterprise.reports, 1)
        ],
    )
    reports = tuple(
        MonitoringReport(row.at, row[2], row[3], row.day(4), row[5]) for row in grid.rows
    )
    photos += scribe.photos([f"检测报告（{number}）封面" for number, _, _ in enterprise.reports])
    say(f"（5）{_FIRST_RATED_YEAR}年度及以来环保信用评级等级文件")
    text.append(scribe.caption("环保信用评级结果"))
    grid = scribe.table(
        forms.RATINGS,
        [
            (str(year), "良好企业（蓝标）" if year <= _BLUE_UNTIL else "诚信企业（绿标）")
            for year in range(_FIRST_RATED_YEAR, last + 1)
        ],
    )
    ratings = tuple(CreditRating(row.at, row[1], row[2]) for row in grid.rows)
    photos += scribe.photos(["环保信用评级查询截图"])
    return Archive(reports, approvals, ratings, tuple(text)), tuple(photos)


def write_ledgers(
    scribe: Scribe, enterprise: Enterprise
) -> tuple[tuple[Ledger, ...], tuple[Photo, ...]]:
    """Write 2.16.2: the eight kinds of ledger."""
    ledgers: list[Ledger] = []
    photos: list[Photo] = []
    tables = _tables(enterprise)
    pictures = {
        2: "治理设施运行记录（扫描件）",
        3: "DCS/PLC历史运行记录截图",
        7: "自行监测方案文件图片",
    }
    for kind, name in enumerate(forms.LEDGERS, 1):
        scribe.line(f"（{kind}）{name}")
        title = halfwidth(name)
        if kind in tables:
            caption, header, rows = tables[kind]
            scribe.caption(caption)
            grid = scribe.table(header, rows)
            ledgers.append(
                Ledger(kind, grid.at, title, tuple(header), tuple(row.cells for row in grid.rows))
            )
        if kind in pictures:
            taken = scribe.photos([pictures[kind]])
            at = scribe.cell(
                "", paragraph=taken[0].at.paragraph or 0, table=taken[0].at.table or 0
            ).at
            ledgers.append(Ledger(kind, at, title, pictures=1))
            photos += taken
    return tuple(ledgers), tuple(photos)


def write_staff(
    scribe: Scribe, enterprise: Enterprise
) -> tuple[tuple[StaffMember, ...], tuple[Photo, ...]]:
    """Write 2.16.3."""
    scribe.line(
        f"公司成立以总经理为组长、{enterprise.responsible}为副组长的环境保护领导小组，下设环保科，"
        f"配备专职环保管理人员{len(STAFF)}名，均具备相应能力。"
    )
    scribe.caption("环保人员配置表")
    grid = scribe.table(
        forms.STAFF, [(str(number), *member) for number, member in enumerate(STAFF, 1)]
    )
    photos = scribe.photos(["环保人员组织机构图", "环保人员资格证书"])
    return tuple(StaffMember(row.at, *row.cells[1:]) for row in grid.rows), photos


def write_transport_evidence(
    scribe: Scribe, enterprise: Enterprise
) -> tuple[TransportEvidence, tuple[Photo, ...]]:
    """Write 2.17; what 2.18 holds is added by `write_monitoring`."""
    requirement = enterprise.claims["运输方式"].requirement
    text = [
        scribe.line(f"对照绩效指标“{requirement}”，公司运输方式情况如下。"),
        scribe.line(enterprise.transport_claim.format(share=enterprise.clean_share)),
        scribe.caption("大宗物料和产品运输方式统计表"),
    ]
    header = [name.format(unit=enterprise.haul_unit) for name in forms.MODES]
    grid = scribe.table(header, list(_modes(enterprise)))
    modes = tuple(
        TransportMode(row.at, row[2], row.measure(3), row.measure(4), row[5]) for row in grid.rows
    )
    text.append(scribe.caption("运输车辆排放阶段统计表"))
    counted = Counter(truck.stage for truck in enterprise.trucks)
    whole = Decimal(len(enterprise.trucks))
    rows = [
        (str(number), stage, str(count), f"{(count / whole * 100).quantize(Decimal('0.1'))}%")
        for number, (stage, count) in enumerate(sorted(counted.items()), 1)
    ]
    grid = scribe.table(forms.SHARES, rows)
    shares = tuple(
        VehicleShare(row.at, row[2], row.measure(3), row.measure(4)) for row in grid.rows
    )
    text.append(scribe.caption("厂内非道路移动机械一览表"))
    letter = enterprise.plate_letters[-1]
    grid = scribe.table(
        forms.MACHINES,
        [
            (str(number), name, f"4-{letter}{240100 + 317 * number}", stage)
            for number, (name, stage) in enumerate(enterprise.machines, 1)
        ],
    )
    machines = tuple(Machine(row.at, row[2], row[3], row[4]) for row in grid.rows)
    photos = scribe.photos(["运输合同", "运输车辆照片", "厂内非道路移动机械照片"])
    return TransportEvidence(
        text=tuple(text), modes=modes, shares=shares, machines=machines
    ), photos


def write_monitoring(
    scribe: Scribe, enterprise: Enterprise
) -> tuple[TransportEvidence, tuple[Photo, ...]]:
    """Write 2.18."""
    text = [
        scribe.line(
            "公司在物料进出口建设门禁和视频监控系统，覆盖所有原材料、燃料、产品运输车辆，视频数据保存12个月以上，"
            "电子台账与门禁系统自动关联。"
        ),
        scribe.caption("门禁及视频监控系统一览表"),
    ]
    places = (
        ("厂区入口", "车牌识别道闸、抓拍摄像机"),
        ("厂区出口", "车牌识别道闸、抓拍摄像机"),
        ("料场（库房）", "高清球机"),
    )
    grid = scribe.table(
        forms.GATES,
        [(str(number), *place, "已联网", "12个月以上") for number, place in enumerate(places, 1)],
    )
    gates = tuple(Gate(row.at, *row.cells[1:]) for row in grid.rows)
    text.append(scribe.caption("运输车辆电子台账"))
    grid = scribe.table(
        forms.VEHICLES,
        [
            (
                str(number),
                enterprise.plate(truck),
                truck.kind,
                enterprise.vin(truck),
                f"{'TZ380XS' if truck.fuel == '电' else 'WP12.'}{370100 + 913 * number}",
                truck.fuel,
                truck.stage,
                str(truck.registered),
                "齐全",
            )
            for number, truck in enumerate(enterprise.trucks, 1)
        ],
    )
    vehicles = tuple(
        Vehicle(row.at, row[2], row[3], row[4], row[5], row[6], row[7], row.day(8), row[9])
        for row in grid.rows
    )
    photos = scribe.photos(
        [
            "1# 门禁（入口）现场照片",
            "2# 门禁（出口）现场照片",
            "视频监控球机照片",
            "车辆抓拍代表性照片",
            "机动车行驶证（示例）",
            "门禁系统电子台账截图",
        ]
    )
    return TransportEvidence(gates=gates, gate_text=tuple(text), vehicles=vehicles), photos


def _modes(enterprise: Enterprise) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table of transport modes, and their total."""
    amounts: dict[tuple[str, bool], Decimal] = {}
    for haul in enterprise.hauls:
        key = haul.mode, haul.clean
        amounts[key] = amounts.get(key, Decimal()) + Decimal(haul.amount)
    total = enterprise.haul_total
    for number, ((mode, clean), amount) in enumerate(amounts.items(), 1):
        share = (amount / total * 100).quantize(Decimal("0.1"))
        yield str(number), mode, str(amount), f"{share}%", "是" if clean else "否"
    yield "合计", "", str(total), "100%", f"清洁运输比例{enterprise.clean_share}%"


def _tables(enterprise: Enterprise) -> dict[int, Table]:
    """Return caption, header and rows of the ledgers that are tables, all of a month not long ago."""
    day = enterprise.day - _LEDGER_AGE
    month = f"{day.year}年{day.month}月"
    hours = "24" if enterprise.has_cems else "16"
    made, weight = enterprise.units[enterprise.lines[0].product][1], Decimal(10_000)
    unit = made.removeprefix("万")
    days = [f"{day.month}月{number}日" for number in _DAYS]
    treated = [
        f"{outlet.step}{kind}设施"
        for kind in FacilityKind
        for outlet, _ in enterprise.facilities(kind)
    ]
    main = [line for line in enterprise.lines if line.product == enterprise.lines[0].product]
    return {
        1: (
            f"{month}生产设备运行台账（节选）",
            ("日期", "生产线", "运行时间（h）", "运行负荷", f"产量（{unit}）"),
            [
                (
                    when,
                    line.name,
                    hours,
                    f"{88 + (3 * index) % 9}%",
                    str(
                        round(
                            Decimal(line.output) * (weight if unit != made else 1) / _WORKING_DAYS
                        )
                        + index
                    ),
                )
                for index, when in enumerate(days[:4])
                for line in main
            ],
        ),
        2: (
            f"{month}治理设施运行维护台账（节选）",
            ("日期", "治理设施", "运行时间（h）", "关键参数", "耗材更换/药剂用量", "记录人"),
            [
                (
                    days[index % len(days)],
                    name,
                    hours,
                    f"压差{760 + 53 * index % 400}Pa",
                    "正常",
                    STAFF[2][0],
                )
                for index, name in enumerate(treated)
            ],
        ),
        4: (
            f"{month}主要原辅料消耗记录",
            ("名称", "单位", "当月消耗量"),
            [(stock.name, stock.unit, _monthly(stock.used)) for stock in enterprise.materials],
        ),
        5: (
            f"{month}燃料（能源）消耗记录",
            ("能源", "单位", "当月消耗量"),
            [(stock.name, stock.unit, _monthly(stock.used)) for stock in enterprise.energies],
        ),
        6: (
            f"{month}固废及危废处置记录",
            ("名称", "类别", "当月产生量（t）", "处置去向"),
            [
                ("除尘灰", "一般固废", "36.5", "回用于生产或外售综合利用"),
                ("废机油", "危险废物", "0.25", "委托有资质单位处置"),
            ],
        ),
        8: (
            f"{month}运输台账（节选）",
            ("日期", "车牌号", "货物", "进/出厂", "排放阶段"),
            [
                (when, enterprise.plate(truck), haul.goods, haul.direction, truck.stage)
                for when, truck, haul in zip(
                    days, enterprise.trucks, enterprise.hauls * 2, strict=False
                )
            ],
        ),
    }


def _monthly(used: str) -> str:
    return str((Decimal(used) / 12).quantize(Decimal("0.01")))
