"""重点行业绩效分级提升目标表 (annex 1 of the Kaifeng plan), and how far the packages reach its targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from duibiao.law.common import Target
from duibiao.law.in_force import holds_on
from duibiao.model.grades import Grade
from duibiao.reports.lists.data import Listing
from duibiao.reports.lists.entry import Entry
from duibiao.reports.lists.explain import explanation
from duibiao.reports.lists.kinds import Tier
from duibiao.reports.lists.workbook import Cell, Page
from duibiao.rules.support import plain
from duibiao.rules.verdict import Verdict

FILE = "提升目标表.xlsx"

TITLE = "重点行业绩效分级提升目标表"
TIERS = {Tier.NATIONAL: "national", Tier.PROVINCIAL: "provincial"}
KINDS = {"declared": "A、B 级企业申报占比 (%)", "passed": "A、B 级企业通过占比 (%)"}
HEADER = (
    ("序号", "县区", *("国家级重点行业",) * 2, *("省级重点行业",) * 2),
    ("序号", "县区", *KINDS.values(), *KINDS.values()),
)
WIDTHS = (8, 30, 16, 16, 16, 16)

REACHED_TITLE = "提升目标完成情况"
REACHED_HEADER = (
    ("序号", "县区", "行业级别", "企业数", *("申报",) * 4, *("通过",) * 4),
    ("序号", "县区", "行业级别", "企业数", *("A、B级企业数", "占比(%)", "目标(%)", "评价") * 2),
)
REACHED_WIDTHS = (6, 20, 16, 8, 10, 10, 9, 19, 10, 10, 9, 19)

_AB = frozenset({Grade.A_PLUS, Grade.A, Grade.B, Grade.B_MINUS})
COUNTED = {Tier.NATIONAL: _AB | {Grade.LEADING}, Tier.PROVINCIAL: _AB}
"""Grades that count by tier: “A、B级企业和绩效引领性企业”, “A、B级企业” (KF2021 二); B- is B（含B-）级."""

NO_DATA, NO_TARGET = "无数据", "没有目标"
NO_COUNTY = "（未写县区）"

ABOUT = (
    "申报：企业申报的等级为A级、B级（含B-级）；国家级重点行业另含引领性（方案“二、工作目标”）。",
    "通过：在申报的基础上，本程序的审查结论为“通过”；“需人工核实”“未完成检查”“不通过”都不算通过。最后以评定结果为准。",
    "占比的分母是本次检查的材料中该县区该级别重点行业的企业数，不是全县区的在册企业数；没有申报材料的企业不在其内。",
    "同一企业在同一级别有几份材料的算一家，各份都是A、B级（都通过）才计入。",
    "占比按四舍五入保留两位小数；是否达到按精确值判断。",
)


@dataclass(frozen=True, slots=True)
class Share:
    """占比: counted enterprises among all, and the target for their share.

    Attributes:
        count: Enterprises that count.
        total: All enterprises.
        target: The target, or None.
    """

    count: int
    total: int
    target: Target | None

    @property
    def percent(self) -> Decimal | None:
        """The share in %, or None without an enterprise."""
        return Decimal(100 * self.count) / self.total if self.total else None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Count, share, target and whether it is reached."""
        share = self.percent
        wanted = figure(self.target) if self.target else NO_TARGET
        if share is None:
            return self.count, NO_DATA, wanted, f"{NO_DATA}，不评价"
        rounded = share.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if self.target is None:
            return self.count, rounded, wanted, f"{NO_TARGET}，不评价"
        # no target has so many places that a share of 28 digits could be rounded onto it
        return self.count, rounded, wanted, "达到" if self.target.figure.holds(share) else "未达到"


def figure(target: Target) -> str:
    """Return a target as the table prints it, such as ``>25``."""
    return f"{target.figure.op}{target.figure.value}"


@dataclass(frozen=True, slots=True)
class Reached:
    """完成情况 of a county and a tier.

    Attributes:
        county: The county as the table names it.
        tier: The tier.
        total: Enterprises.
        declared: Share of those that apply for a grade that counts.
        passed: Share of those that do, and pass.
    """

    county: str
    tier: Tier
    total: int
    declared: Share
    passed: Share


def pages(listing: Listing) -> tuple[Page, ...]:
    """Return the table of targets, how far they are reached, and the explanation."""
    targets = _targets(listing.common.targets)
    counties = tuple(dict.fromkeys(county for county, _, _ in targets))
    form = Page(
        name="提升目标表",
        title=TITLE,
        header=HEADER,
        widths=WIDTHS,
        rows=tuple(
            (
                number,
                county,
                *(figure(targets[county, tier, kind]) for tier in TIERS.values() for kind in KINDS),
            )
            for number, county in enumerate(counties, start=1)
        ),
    )
    done = Page(
        name="完成情况",
        title=REACHED_TITLE,
        header=REACHED_HEADER,
        widths=REACHED_WIDTHS,
        rows=tuple(
            (number, one.county, one.tier.value, one.total, *one.declared.cells, *one.passed.cells)
            for number, one in enumerate(reached(listing), start=1)
        ),
        below=tuple(f"{n}.{text}" for n, text in enumerate(notes(listing), start=1)),
    )
    return form, done, explanation(listing, notes(listing), _counted)


def _targets(targets: Sequence[Target]) -> dict[tuple[str, str, str], Target]:
    return {(target.county, target.tier, target.kind): target for target in targets}


def reached(listing: Listing) -> Iterator[Reached]:
    """Give how far the targets are reached, two a county: those with targets first, in their order."""
    targets = _targets(listing.common.targets)
    counties = dict.fromkeys(county for county, _, _ in targets)
    totals, declared, passed = (Counter[tuple[str, Tier]]() for _ in range(3))
    labels = set()
    for enterprise in listing.enterprises():
        own: dict[tuple[str, Tier], list[Entry]] = {}
        for entry in enterprise:
            own.setdefault((_place(entry, counties, listing), entry.kind.tier), []).append(entry)
        for key, entries in own.items():
            labels.add(key[0])
            good = all(one.grade in COUNTED.get(key[1], ()) for one in entries)
            totals[key] += 1
            declared[key] += good
            passed[key] += good and all(one.verdict is Verdict.PASS for one in entries)
    for county in (*counties, *sorted(labels - set(counties))):
        for tier, name in TIERS.items():
            total = totals[county, tier]
            shares = (
                Share(counted[county, tier], total, targets.get((county, name, kind)))
                for kind, counted in zip(KINDS, (declared, passed), strict=True)
            )
            yield Reached(county, tier, total, *shares)


def _place(entry: Entry, counties: Mapping[str, object], listing: Listing) -> str:
    """Return what the county of an entry is called in the table."""
    if entry.county in counties and _lies_in(entry, entry.county, listing):
        return entry.county
    if not entry.county:
        return NO_COUNTY
    return f"{entry.county}（{entry.applicant.city}）" if entry.county in counties else entry.county


def _lies_in(entry: Entry, county: str, listing: Listing) -> bool:
    """Return whether an entry is of the county that has targets, and not of one that shares its name."""
    city = plain(entry.applicant.city).removesuffix("市")
    sources = {
        target.provenance.cites[0].source.title
        for target in listing.common.targets
        if target.county == county
    }
    return entry.county == county and all(city in title for title in sources)


def notes(listing: Listing) -> tuple[str, ...]:
    """Return from where the targets are, and how it was counted."""
    rows = {target.provenance for target in listing.common.targets}
    sources = sorted(
        {f"{row}，适用期{row.start or '未载明'}至{row.end or '未载明'}" for row in rows}
    )
    stale = listing.day is not None and not all(holds_on(row, listing.day) for row in rows)
    past = f"；{listing.day}不在适用期内，目标仅供参照" if stale else ""
    return (f"目标出自{'；'.join(sources)}{past}。", *ABOUT)


def _counted(entry: Entry) -> str:
    tier = entry.kind.tier
    if tier not in TIERS:
        return "；".join(filter(None, (f"{tier.value}，不计入占比", entry.kind.remark)))
    ab = entry.grade in COUNTED[tier]
    graded = entry.grade.label if entry.grade else entry.declared or "没有写等级"
    return "；".join(
        filter(
            None,
            (
                tier.value,
                f"申报{graded}，{'计入' if ab else '不计入'}申报占比",
                "计入通过占比" if ab and entry.verdict is Verdict.PASS else "不计入通过占比",
                entry.kind.remark,
            ),
        )
    )
