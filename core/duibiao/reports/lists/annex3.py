"""绩效分级申报清单 (附件3)."""

from __future__ import annotations

from datetime import date

from duibiao.reports.lists.data import Listing
from duibiao.reports.lists.entry import Entry
from duibiao.reports.lists.explain import explanation
from duibiao.reports.lists.workbook import Page, Rows

FILE = "绩效分级申报清单.xlsx"

TITLE = "XX市重点行业企业绩效分级申报清单"
ORDER = "(填报要求：按技术指南区分行业类型、评定等级排序填报)"
BUREAU = "XX生态环境分局 (盖章)"
DATE = "日期：XXXX年XX月XX日"
HEADER = ("序号", "企业名称", "详细地址", "行业类型", "评定等级", "企业负责人", "联系方式")
WIDTHS = (6, 32, 42, 26, 12, 14, 16)

NO_COUNTY = "未写县区"
MOST_COUNTIES = 300
"""Most counties that get a sheet of their own: a province has fewer than 200, and no program shows thousands of sheets."""
_TOO_MANY = f"县（市、区）超过{MOST_COUNTIES}个，不再每个县（市、区）一张；请按省辖市分别汇总。"

ABOUT = (
    "“评定等级”填的是企业申报的等级；最后的等级由生态环境部门评定，本表不代替评定。",
    "“企业负责人”“联系方式”取自申请表的“企业应急措施落实责任人”“联系方式（手机号）”；“详细地址”先取企业基本信息，没有的取申请表。",
)


def pages(listing: Listing) -> tuple[Page, ...]:
    """Return the form for all packages, one for each county, and the explanation."""
    forms = [_form(listing.city or "全部", listing, listing.city, "", None)]
    counties = listing.counties()
    for county in counties if len(counties) <= MOST_COUNTIES else ():
        cities = {entry.applicant.city for entry in listing.entries(county)}
        city = cities.pop() if len(cities) == 1 else ""
        forms.append(_form(county or NO_COUNTY, listing, listing.city or city, county, county))
    about = ABOUT if len(counties) <= MOST_COUNTIES else (*ABOUT, _TOO_MANY)
    return (*forms, explanation(listing, about, _remark))


def _form(name: str, listing: Listing, city: str, bureau: str, county: str | None) -> Page:
    return Page(
        name=name,
        title=TITLE.replace("XX市", city or "XX市"),
        above=(ORDER, BUREAU.replace("XX", bureau or "XX"), _dated(listing.day)),
        header=(HEADER,),
        widths=WIDTHS,
        rows=Rows(
            lambda: (
                (
                    number,
                    entry.enterprise,
                    entry.applicant.address,
                    entry.kind.label,
                    entry.grade.label if entry.grade else entry.declared,
                    entry.applicant.responsible,
                    entry.applicant.phone,
                )
                for number, entry in enumerate(listing.entries(county), start=1)
            )
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
    supported = entry.supported
    return "；".join(
        [
            f"材料能支持{supported.label}" if supported else "材料能支持的等级不能确定",
            *([f"材料没有写{'、'.join(blank)}"] if blank else []),
            *([entry.kind.remark] if entry.kind.remark else []),
        ]
    )
