"""绩效分级申报清单 (附件3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duibiao.reports.lists.data import Entry, Listing
from duibiao.reports.lists.explain import explanation
from duibiao.reports.lists.workbook import Page

FILE = "绩效分级申报清单.xlsx"

TITLE = "XX市重点行业企业绩效分级申报清单"
ORDER = "(填报要求：按技术指南区分行业类型、评定等级排序填报)"
BUREAU = "XX生态环境分局 (盖章)"
DATE = "日期：XXXX年XX月XX日"
HEADER = ("序号", "企业名称", "详细地址", "行业类型", "评定等级", "企业负责人", "联系方式")
WIDTHS = (6, 32, 42, 26, 12, 14, 16)

NO_COUNTY = "未写县区"

ABOUT = (
    "“评定等级”填的是企业申报的等级；最后的等级由生态环境部门评定，本表不代替评定。",
    "“企业负责人”“联系方式”取自申请表的“企业应急措施落实责任人”“联系方式（手机号）”；“详细地址”先取企业基本信息，没有的取申请表。",
)


def pages(listing: Listing) -> tuple[Page, ...]:
    """Return the form for all packages, one for each county, and the explanation."""
    forms = [_form(listing.city or "全部", listing.city, "", listing.entries, listing.day)]
    for county in listing.counties():
        entries = [entry for entry in listing.entries if entry.county == county]
        cities = {entry.applicant.city for entry in entries}
        city = cities.pop() if len(cities) == 1 else ""
        form = _form(county or NO_COUNTY, listing.city or city, county, entries, listing.day)
        forms.append(form)
    said = {entry.file: _remark(entry) for entry in listing.entries}
    return (*forms, explanation(listing, ABOUT, said))


def _form(name: str, city: str, county: str, entries: Sequence[Entry], day: date | None) -> Page:
    return Page(
        name=name,
        title=TITLE.replace("XX市", city or "XX市"),
        above=(ORDER, BUREAU.replace("XX", county or "XX"), _dated(day)),
        header=(HEADER,),
        widths=WIDTHS,
        rows=tuple(
            (
                number,
                entry.enterprise,
                entry.applicant.address,
                entry.kind.label,
                entry.grade.label if entry.grade else entry.declared,
                entry.applicant.responsible,
                entry.applicant.phone,
            )
            for number, entry in enumerate(entries, start=1)
        ),
    )


def _dated(day: date | None) -> str:
    return f"日期：{day.year}年{day.month:02}月{day.day:02}日" if day else DATE


def _remark(entry: Entry) -> str:
    """Return what the form leaves open about a package."""
    applicant = entry.applicant
    blank = [
        name
        for name, value in (
            ("详细地址", applicant.address),
            ("行业类型", entry.kind.name),
            ("申报等级", entry.declared),
            ("企业应急措施落实责任人", applicant.responsible),
            ("联系方式", applicant.phone),
            ("所属省辖市", applicant.city),
            ("所属县（市、区）", applicant.county),
        )
        if not value
    ]
    supported = entry.ladder.supported
    return "；".join(
        [
            f"材料能支持{supported.label}" if supported else "材料能支持的等级不能确定",
            *([f"材料没有写{'、'.join(blank)}"] if blank else []),
            *([entry.kind.remark] if entry.kind.remark else []),
        ]
    )
