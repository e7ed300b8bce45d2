"""重点行业绩效分级提升企业清单 (annex 2 of the Kaifeng plan): one row for each item that keeps a grade down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from duibiao.grading.order import rank
from duibiao.model.grades import Grade
from duibiao.reports.lists.data import Family, Listing
from duibiao.reports.lists.entry import Entry, Gap
from duibiao.reports.lists.explain import explanation
from duibiao.reports.lists.kinds import Tier
from duibiao.reports.lists.workbook import Page, Rows
from duibiao.rules.support import industry_key, plain, same_industry

FILE = "提升企业清单.xlsx"

TITLE = "重点行业绩效分级提升企业清单"
DATE = "日期：XXXX 年 XX 月 XX 日"
HEADER = (
    "序号", "省辖市", "县、区", "企业名称", "重点行业类型", "重点行业分支", "绩效现状", "绩效提升目标",
    "差异化指标", "存在问题", "改造措施", "拟完成时间", "备注",
)  # fmt: skip
WIDTHS = (5, 8, 9, 16, 9, 9, 6, 6, 10, 30, 32, 8, 20)
NOTES = (
    "注：1.重点行业类型及重点行业分支，应严格对照国家和河南省绩效分级及减排措施技术指南中行业类型规范填报；",
    "2.河南省重点行业名称填写至“重点行业类型”列；",
    "3.各地采用 exles 文件格式上报电子版，按照县（区）、行业类型、绩效提升目标、差异化指标排序。",
    "4.企业存在跨行业时，相应行业分行填报，并在备注中标注企业所涉及的其他行业类型。",
    "5.企业名称应与企业营业执照、企业公章、排污许可证保持一致。",
)
ABOUT = (
    "“绩效现状”：材料能支持的等级能确定的，填它；不能确定的，填申报的等级；已判定的项目达不到申报等级的，"
    "填这些项目最低的等级。“绩效提升目标”是现状的高一级。每行是一项达不到目标、或不能判断是否达到目标的指标。",
    "要求后面的［官方文本］［转载报道］［凭记忆，未核实］是所引数值的依据状态；没有查到的写明查哪份文件，不代填。",
    "“拟完成时间”由企业填写。",
    "企业名称核对了材料中写名称的各处，不同的写在备注；营业执照和公章是图片，须人工核对。",
)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """清单的一行.

    Attributes:
        entry: The package.
        kind: 重点行业类型.
        branch: 重点行业分支.
        present: 绩效现状, or "".
        target: 绩效提升目标, or None.
        gap: What is missing.
        remarks: 备注.
    """

    entry: Entry
    kind: str
    branch: str
    present: str
    target: Grade | None
    gap: Gap
    remarks: tuple[str, ...]


def pages(listing: Listing) -> tuple[Page, ...]:
    """Return the list and its explanation."""

    def said(entry: Entry) -> str:
        if entry.aim.at_top:
            return f"{entry.aim.remark}，已是最高等级，没有提升目标"
        return f"列{len(tuple(_rows(entry, listing.family(entry.identity))))}行"

    form = Page(
        name="提升企业清单",
        title=TITLE,
        above=(_dated(listing.day),),
        header=(HEADER,),
        widths=WIDTHS,
        rows=Rows(
            lambda: (_cells(number, row) for number, row in enumerate(upgrades(listing), start=1))
        ),
        below=NOTES,
    )
    return form, explanation(listing, ABOUT, said)


def upgrades(listing: Listing) -> Iterator[Upgrade]:
    """Give the rows, by county, industry, target and indicator (note 3)."""
    indicators = {indicator.name: n for n, indicator in enumerate(listing.common.indicators)}

    def place(row: Upgrade) -> tuple[object, ...]:
        named = row.gap.indicator
        known = indicators.get(named, len(indicators))
        return rank(row.target), known, named, row.entry.enterprise, row.entry.file

    for county in listing.counties():
        for _, entries in groupby(listing.entries(county), lambda entry: entry.kind.order):
            rows = [
                row for entry in entries for row in _rows(entry, listing.family(entry.identity))
            ]
            yield from sorted(rows, key=place)


def _rows(entry: Entry, family: Family) -> Iterator[Upgrade]:
    aim, kind = entry.aim, entry.kind
    ungraded = _ungraded_industries(entry, family)
    graded = [one.label for one in family.files if one != kind]
    present = aim.present.value if aim.present else entry.declared
    remarks = (aim.remark, *_remarks(entry, [*graded, *ungraded]))
    for gap in entry.gaps:
        more = (gap.remark,) if gap.remark else ()
        yield Upgrade(entry, kind.name, kind.branch, present, aim.target, gap, (*remarks, *more))
    for name in ungraded:
        gap = Gap(
            indicator="",
            problem=f"材料只按“{entry.branch}”评级，没有按这个行业检查",
            measure=f"用 --industry 指定行业“{name}”另行审查",
        )
        others = [kind.label, *graded, *(one for one in ungraded if one != name)]
        yield Upgrade(entry, name, "", "", None, gap, tuple(_remarks(entry, others)))


def _ungraded_industries(entry: Entry, family: Family) -> tuple[str, ...]:
    """Return the industries that the package names and by which no package of the enterprise was graded (note 4)."""
    keys = [industry_key(branch) for branch in family.branches]
    written = dict.fromkeys(re.split("[、；;，,]", entry.industry))
    graded = [one for one in written if any(same_industry(industry_key(one), key) for key in keys)]
    return tuple(one.strip() for one in written if graded and one not in graded and one.strip())


def _remarks(entry: Entry, others: Sequence[str]) -> Iterator[str]:
    """Yield what is to be said of a row: class of the industry, other industries, other names (notes 2, 4 and 5)."""
    if entry.kind.tier is Tier.GENERAL:
        yield "通用行业，不属重点行业"
    if entry.kind.remark:
        yield entry.kind.remark
    if named := dict.fromkeys(filter(None, others)):
        yield f"企业还涉及：{'、'.join(named)}"
    variants = dict.fromkeys(
        f"{where}写“{name}”"
        for where, name in entry.applicant.names
        if plain(name) != plain(entry.enterprise)
    )
    if variants:
        yield f"企业名称不一致：{'、'.join(variants)}"


def _cells(number: int, row: Upgrade) -> tuple[str | int, ...]:
    entry = row.entry
    return (
        number,
        entry.applicant.city,
        entry.applicant.county,
        entry.enterprise,
        row.kind,
        row.branch,
        row.present,
        row.target.value if row.target else "",
        row.gap.indicator,
        row.gap.problem,
        row.gap.measure,
        "",
        "；".join(row.remarks),
    )


def _dated(day: date | None) -> str:
    return f"日期：{day.year} 年 {day.month:02} 月 {day.day:02} 日" if day else DATE
