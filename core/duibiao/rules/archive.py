"""环保档案: approvals, acceptances, monitoring reports and credit ratings of 2.16.1 are there and in time order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from duibiao.law.in_force import LawInForce
from duibiao.model.dates import Day, PartialDate
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import LimitComparison
from duibiao.model.evidence import Approval
from duibiao.model.location import Location
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.outlets import RowsByOutlet
from duibiao.rules.readings import known_fact
from duibiao.rules.support import OutletName, application_day, outlet_name, plain

SECTION = "五.2.16.1"

_NUMBERED = re.compile(r"[A-Za-z][A-Za-z0-9]*[-_/〔\[(]?\d[A-Za-z0-9〕\])_/-]{3,}(?:号|第\d+号)?")
"""What a report's number looks like: letters, then digits."""

ITEMS = {
    "排污许可证": r"许可证|排污登记",
    "环评批复及竣工验收文件": r"环评|环境影响|批复|验收|备案",
    "废气治理设施运行管理规范": r"管理规范|管理制度|操作规程|运行规程|运行管理",
    "废气监测报告或CEMS数据": r"[监检]测报告|CEMS|在线监测|自动监[测控]",
    "环保信用评级文件": r"信用",
}
"""What 2.16.1 asks for, and the words by which it is found; execution reports (如有) have DB-507."""

RATED_SINCE = "SMX-A4-2.16.1-5"
"""Fact with the first year of which credit ratings are asked for."""

_APPROVED = re.compile(r"[〔\[【(（]((?:19|20)\d{2})[〕\]】)）]")


@rule("DB-228", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.16.1")
def archive_item_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """环保档案资料缺少一类材料。

    为什么：2.16.1要求附排污许可证、环评批复及验收、治理设施运行管理规范、监测报告或CEMS数据、环保信用评级五类材料。

    通过：五类都有文字、清单或附图。

    不通过：没有提到废气治理设施运行管理规范。
    """
    section = dossier.section(SECTION)
    if section is None:
        yield CannotJudge(dossier.at, "没有“环保档案资料”章节可查")
        return
    archive = dossier.evidence.archive
    captions = [photo.caption for photo in dossier.evidence.photos if photo.at.section == SECTION]
    told = plain("".join(text.value for text in (*archive.text, *captions) if text))
    listed = {
        "环评批复及竣工验收文件": archive.approvals,
        "废气监测报告或CEMS数据": archive.reports,
        "环保信用评级文件": archive.ratings,
    }
    for item, words in ITEMS.items():
        if not listed.get(item) and not re.search(words, told):
            yield Problem(section.at, f"环保档案资料没有{item}", f"补充{item}的清晰复印件或扫描件")


@rule("DB-229", severity=Severity.REVIEW, cites="SMX2022:附件4 五、2.16.1（5）")
def rating_year_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """环保信用评级缺少2019年度以来的某一年。

    为什么：须附2019年度及以来的环保信用评级文件；新建企业或当年没有参评的，由审核人员核实。

    通过：2019年至申报上一年度逐年都有评级结果。

    不通过：2026年申报，评级结果只到2023年。
    """
    day, section = application_day(dossier), dossier.section(SECTION)
    if day is None or section is None:
        yield CannotJudge(
            dossier.at, "缺少封面日期，无法核对" if section else "没有“环保档案资料”章节可查"
        )
        return
    ratings = dossier.evidence.archive.ratings
    years = {int(year) for row in ratings for year in re.findall(r"20\d{2}", plain(row.year.value))}
    if not years:
        yield CannotJudge(section.at, "没有按年份列出环保信用评级结果，无法核对")
        return
    since = known_fact(law.common, RATED_SINCE)
    assert since.figure is not None
    missing = [year for year in range(int(since.figure.value), day.year) if year not in years]
    if missing:
        yield Problem(
            ratings[0].at,
            f"环保信用评级结果缺{'、'.join(map(str, missing))}年",
            "补充缺少年份的评级文件；没有评级的，说明原因",
            grounds=since.provenance,
        )


@rule(
    "DB-508",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 五、2.13.1（1）", "SMX2022:附件4 五、2.14"),
)
def commissioned_after_report(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施的投用或改造晚于所用的监测报告。

    为什么：监测报告须反映现有设施的治理效果；设施在监测之后才投用，报告不能证明达标。

    通过：该排放口所引的监测报告（没有写明引用的，取最新一份）不早于投用、改造时间。

    不通过：设施2026年7月投用，所引监测报告为2026年6月。
    """
    reports = {
        plain(row.number.value) if row.number else f"第{index}份": row.date
        for index, row in enumerate(dossier.evidence.archive.reports, 1)
        if row.date is not None
    }
    works = list(_works(dossier))
    if not reports or not works:
        what = "监测报告" if not reports else "治理设施的投用或改造时间"
        yield CannotJudge(dossier.at, f"没有找到带日期的{what}，无法核对")
        return
    compared = RowsByOutlet(row for row in dossier.evidence.limits if row.report is not None)
    for what, name, done in works:
        report = max(
            _reports_of(name, compared, reports) or tuple(reports.values()),
            key=lambda date: date.value.latest(),
        )
        if done.value.earliest() > report.value.latest():
            yield Problem(
                done.at,
                f"{name}的{what}时间为{done.value}，晚于监测报告{report.value}",
                "用投用、改造之后的监测报告重新对标；时间写错的改正",
                also=(report.at,),
            )


@rule(
    "DB-517",
    severity=Severity.WARNING,
    cites=("SMX2022:附件4 五、2.14", "SMX2022:附件4 五、2.16.1（4）"),
)
def cited_report_not_listed(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """限值对标引用的监测报告不在监测报告清单中。

    为什么：2.14的监测浓度以2.16.1的监测报告为证；引用的报告查不到，浓度就没有依据。

    通过：2.14写的每个报告编号，2.16.1的清单里都有；写“CEMS数据”的不在此列。

    不通过：2.14引用YXGJC-202607-175，清单里只有YXGJC-202603-138。
    """
    listed = {
        _code(row.number.value)
        for row in dossier.evidence.archive.reports
        if row.number is not None
    } - {""}
    cited: dict[str, list[Location]] = {}
    for row in dossier.evidence.limits:
        for number in _NUMBERED.findall(plain(row.report.value)) if row.report else ():
            cited.setdefault(number, []).append(row.report.at if row.report else row.at)
    if not listed or not cited:
        what = "2.16.1没有带编号的监测报告清单" if not listed else "2.14没有写引用的报告编号"
        yield CannotJudge(dossier.at, f"{what}，无法核对")
        return
    for number, places in cited.items():
        if not any(_code(number) in known or known in _code(number) for known in listed):
            yield Problem(
                places[0],
                f"引用的监测报告“{number}”不在2.16.1的监测报告清单中",
                "把该报告补进清单并附上，或改正编号",
                also=tuple(places[1:]),
            )


def _code(number: str) -> str:
    """Return the letters and digits of a report's number."""
    return "".join(filter(str.isalnum, plain(number))).upper()


@rule(
    "DB-509",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 五、2.16.1（2）", "SMX2022:第五条（四）"),
)
def accepted_before_approval(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """项目验收早于环评批复。

    为什么：项目先经环评批复、建成后才能竣工验收；验收早于批复，说明时间或文号写错，或属未批先建。

    通过：验收年份不早于批复文号的年份。

    不通过：批复文号为〔2019〕36号，2017年11月验收。
    """
    judged = [
        (row, approved, row.accepted)
        for row in dossier.evidence.archive.approvals
        if (approved := _approved(row)) is not None and row.accepted is not None
    ]
    if not judged:
        section = dossier.section(SECTION)
        at = section.at if section else dossier.at
        yield CannotJudge(at, "没有列出环评批复文号和验收时间，无法核对")
    for row, approved, accepted in judged:
        if accepted.value.latest().year < approved.year:
            assert row.approval is not None
            yield Problem(
                accepted.at,
                f"验收时间{accepted.value}早于环评批复“{row.approval.value}”",
                "对照批复和验收文件改正；确属先建后批的，如实说明",
                also=(row.approval.at,),
            )


@rule("DB-510", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.16.1（4）")
def reports_out_of_order(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """监测报告没有按时间顺序排列。

    为什么：提纲要求监测报告按时间顺序排序。

    通过：报告日期由远及近，或由近及远。

    不通过：2月、6月、4月的报告依次排列。
    """
    dated = [(row.date.value, row.at) for row in dossier.evidence.archive.reports if row.date]
    yield from _order_of("监测报告", dated)


@rule("DB-511", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.16.1（2）")
def approvals_out_of_order(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """环评批复没有按时间顺序排列。

    为什么：提纲要求环评及批复、验收手续按时间顺序排列，并标清序号。

    通过：批复年份由远及近，或由近及远。

    不通过：2015年、2021年、2019年的批复依次排列。
    """
    rows = [(_approved(row), row.at) for row in dossier.evidence.archive.approvals]
    yield from _order_of("环评批复", [(year, at) for year, at in rows if year is not None])


@rule(
    "DB-512",
    severity=Severity.REVIEW,
    cites=("SMX2022:附件4 五、2.16.1（2）", "SMX2022:第五条（四）"),
)
def facility_never_accepted(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施在最后一次验收之后才投用。

    为什么：新投用的治理设施一般应有竣工验收；不需要验收的（如填报登记表的改造），由审核人员核实。

    通过：最后一次验收不早于各设施的投用时间。

    不通过：最后一次验收为2021年12月，设施2025年3月投用。
    """
    accepted = [row.accepted for row in dossier.evidence.archive.approvals if row.accepted]
    done = [
        (outlet_name(row.outlet, row.step), row.commissioned)
        for table in dossier.evidence.facilities
        for row in table.rows
        if row.commissioned is not None
    ]
    if not accepted or not done:
        yield NotApplicable("没有列出验收时间（另由 DB-509 检查）或投用时间")
        return
    last = max(accepted, key=lambda date: date.value.latest())
    late = [pair for pair in done if pair[1].value.earliest() > last.value.latest()]
    if late:
        names = "、".join(dict.fromkeys(str(name) for name, _ in late))
        yield Problem(
            late[0][1].at,
            f"{names}的治理设施在最后一次验收（{last.value}）之后才投用，没有对应的验收",
            "补充验收文件；不需要验收的，说明依据",
            also=(last.at, *(date.at for _, date in late[1:])),
        )


def _works(dossier: Dossier) -> Iterator[tuple[str, OutletName, Day]]:
    """Yield when facilities were commissioned and outlets retrofitted; each date of an outlet once."""
    told: set[tuple[str, str, PartialDate]] = set()
    facilities = [row for table in dossier.evidence.facilities for row in table.rows]
    for what, outlet, step, done in (
        *(("投用", row.outlet, row.step, row.commissioned) for row in facilities),
        *(("改造完成", row.outlet, row.step, row.retrofitted) for row in dossier.outlets),
    ):
        name = outlet_name(outlet, step)
        if done is not None and (key := (what, str(name), done.value)) not in told:
            told.add(key)
            yield what, name, done


def _reports_of(
    name: OutletName, compared: RowsByOutlet[LimitComparison], reports: dict[str, Day]
) -> tuple[Day, ...]:
    """Return the dates of the reports that 2.14 names for an outlet."""
    named = [plain(row.report.value) for row in compared.meant_by(name) if row.report is not None]
    return tuple(date for number, date in reports.items() if any(number in text for text in named))


def _approved(row: Approval) -> PartialDate | None:
    match = _APPROVED.search(plain(row.approval.value)) if row.approval else None
    return PartialDate(int(match.group(1))) if match else None


def _order_of(what: str, dated: Sequence[tuple[PartialDate, Location]]) -> Iterator[Yield]:
    """Yield the first row that breaks the order, whichever way the list runs."""
    if len(dated) < 2:
        yield NotApplicable(f"带日期的{what}不足两项")
        return
    way = 0
    for (one, _), (other, at) in pairwise(dated):
        step = (other.earliest() > one.latest()) - (other.latest() < one.earliest())
        if step and way and step != way:
            yield Problem(
                at, f"{what}没有按时间顺序排列：{one}之后是{other}", "按时间顺序重新排列，标清序号"
            )
            return
        way = way or step
