"""时间的缺陷: dates that are missing, past, to come or out of order."""

from __future__ import annotations

from duibiao.model.dates import PartialDate
from duibiao.model.dossier import Dossier
from duibiao.model.location import Located
from duibiao.rules.support import application_day
from duibiao.testing.changing import changed, part
from duibiao.testing.defects.model import (
    CannotPlant,
    Defect,
    Plant,
    drops,
    existing,
    first,
    header,
    says,
    writes,
    written,
)


def _all_reports(day: str) -> Plant:
    def plant(dossier: Dossier) -> Dossier:
        for number in range(len(dossier.evidence.archive.reports)):
            dossier = written(dossier, f"evidence.archive.reports.{number}.date", day)
        return dossier

    return plant


def _permit_expired(dossier: Dossier) -> Dossier:
    """In the form and in words."""
    term = existing(dossier, "profile.permit_term", "没有许可证有效期").value
    return says(term, "2019年7月1日至2024年6月30日")(dossier)


def _violation(dossier: Dossier) -> Dossier:
    path = first(
        dossier, "compliance", lambda entry: "处罚" in entry.text.value, "没有说明行政处罚"
    )
    day = application_day(dossier)
    assert day is not None
    words = f"（5）行政处罚：{day.year}年2月5日，公司因超标排放受到行政处罚，已缴纳罚款并完成整改。"
    return written(dossier, f"{path}.text", words)


def _letters_before_reports(dossier: Dossier) -> Dossier:
    day = application_day(dossier)
    assert day is not None
    for number in range(len(dossier.letters)):
        dossier = written(dossier, f"letters.{number}.date", f"{day.year}年1月5日")
    return dossier


def _execution_report_gone(dossier: Dossier) -> Dossier:
    return says("执行报告", "自行监测年报", "五.2.16.1")(dossier)


def _commissioned_late(dossier: Dossier) -> Dossier:
    """After the newest report, and before the application."""
    day = application_day(dossier)
    assert day is not None
    path = "evidence.facilities.0.rows.0.commissioned"
    return written(dossier, path, f"{day.year}年{day.month}月")


def _never_accepted(dossier: Dossier) -> Dossier:
    """After the last acceptance, before every report."""
    accepted = [row.accepted for row in dossier.evidence.archive.approvals if row.accepted]
    if not accepted:
        raise CannotPlant("没有验收时间")
    last = max(day.value.latest() for day in accepted)
    return written(dossier, "evidence.facilities.0.rows.0.commissioned", f"{last.year + 1}年6月")


def _accepted_before_approval(dossier: Dossier) -> Dossier:
    return written(dossier, "evidence.archive.approvals.-1.accepted", "2012年5月")


def _out_of_order(path: str) -> Plant:
    """Put the first row last, as well."""

    def plant(dossier: Dossier) -> Dossier:
        rows = part(dossier, path)
        if len(rows) < 2:
            raise CannotPlant("不足两行，没有顺序可乱")
        return changed(dossier, {path: (*rows, rows[0])})

    return plant


def _figures_of_another_year(dossier: Dossier) -> Dossier:
    day = application_day(dossier)
    assert day is not None
    year = str(day.year - 1)
    return header(dossier, "四.3.3", year, "2022", "原辅材料表的表头没有写年份")


def _applied_on(month: int, day: int) -> Plant:
    def plant(dossier: Dossier) -> Dossier:
        city = existing(dossier, "form.city", "没有所属省辖市").value
        if "三门峡" not in city:
            raise CannotPlant("所在市没有公布受理的时间节点")
        cover = existing(dossier, "cover.date", "封面没有日期")
        made = PartialDate(cover.value.year, month, day)
        return changed(dossier, {"cover.date": Located(made, cover.at)})

    return plant


def _guaranteed_late(dossier: Dossier) -> Dossier:
    return written(_applied_on(9, 25)(dossier), "form.control_type", "保障类")


def _other_year_in_letter(dossier: Dossier) -> Dossier:
    return says("公司经申报审核后", "公司2021年经申报审核后", "三", "承诺书不是规定的文字")(dossier)


def _ledger_of_another_year(dossier: Dossier) -> Dossier:
    day = application_day(dossier)
    assert day is not None
    return says(f"{day.year}年", "2023年", "五.2.16.2")(dossier)


DEFECTS = (
    Defect(
        "accepted in the future",
        "date-in-future",
        "验收时间晚于申报日期",
        ("DB-501",),
        writes("evidence.archive.approvals.-1.accepted", "2033年12月"),
    ),
    Defect(
        "vehicle registered after the application",
        "date-in-future",
        "车辆注册日期晚于申报日期",
        ("DB-501",),
        writes("evidence.transport.vehicles.0.registered", "2033年10月12日"),
    ),
    Defect(
        "reports older than a year",
        "monitoring-report-expired",
        "监测报告都早于申报日前一年",
        ("DB-502",),
        _all_reports("2024年8月1日"),
    ),
    Defect(
        "permit expired",
        "permit-expired",
        "排污许可证已过期",
        ("DB-503",),
        _permit_expired,
    ),
    Defect(
        "violation in the last year",
        "violation-within-one-year-declared-A",
        "申报日前一年内受过行政处罚",
        ("DB-504",),
        _violation,
    ),
    Defect(
        "letters older than the reports",
        "letter-too-old",
        "承诺书的日期早于监测报告",
        ("DB-505",),
        _letters_before_reports,
    ),
    Defect(
        "no date on the cover",
        "cover-undated",
        "封面没有申报日期",
        ("DB-506",),
        drops("cover.date"),
    ),
    Defect(
        "report on the permit missing",
        "execution-report-missing",
        "没有上一年度排污许可执行报告",
        ("DB-507",),
        _execution_report_gone,
    ),
    Defect(
        "facility newer than the report",
        "facility-after-report",
        "治理设施的投用晚于所用的监测报告",
        ("DB-508", "DB-512"),
        _commissioned_late,
    ),
    Defect(
        "limits cite a report that is not listed",
        "report-not-listed",
        "限值对标引用的监测报告不在清单中",
        ("DB-517",),
        writes("evidence.limits.0.report", "XX-2026-09999"),
    ),
    Defect(
        "accepted before it was approved",
        "acceptance-before-approval",
        "验收早于环评批复",
        ("DB-509",),
        _accepted_before_approval,
    ),
    Defect(
        "reports out of order",
        "order-of-time",
        "监测报告没有按时间顺序排列",
        ("DB-510",),
        _out_of_order("evidence.archive.reports"),
    ),
    Defect(
        "approvals out of order",
        "order-of-time",
        "环评批复没有按时间顺序排列",
        ("DB-511",),
        _out_of_order("evidence.archive.approvals"),
    ),
    Defect(
        "facility newer than the last acceptance",
        "facility-never-accepted",
        "治理设施在最后一次验收之后投用",
        ("DB-512",),
        _never_accepted,
    ),
    Defect(
        "figures of another year",
        "figures-outdated",
        "原辅材料消耗量不是上年度的",
        ("DB-513",),
        _figures_of_another_year,
    ),
    Defect(
        "applied after the first review of the month",
        "after-deadline",
        "申报日期已过当月初审截止日",
        ("DB-514",),
        _applied_on(9, 28),
    ),
    Defect(
        "applied after the announcement of the year",
        "after-deadline",
        "申报日期已过年度公告日",
        ("DB-515",),
        _applied_on(10, 20),
    ),
    Defect(
        "applied too late to be guaranteed",
        "after-deadline",
        "申请保障类已过截止日",
        ("DB-516",),
        _guaranteed_late,
    ),
    Defect(
        "ledger of another year",
        "ledger-outdated",
        "台账是三年前的",
        ("DB-626",),
        _ledger_of_another_year,
    ),
    Defect(
        "another year left in a letter",
        "copied-text",
        "承诺书留有别的年份",
        ("DB-909",),
        _other_year_in_letter,
    ),
)
