"""时间: dates against the application date: reports, permit, violations, letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from duibiao.law.in_force import LawInForce
from duibiao.model.dates import PartialDate, date_in_cell, find_dates
from duibiao.model.dossier import Dossier
from duibiao.model.grades import BARRED_AFTER_VIOLATION
from duibiao.model.location import Location, Text
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import application_day, declared_grade, form_at, plain

_NO_DAY = "封面没有申报日期，无法判断期限"
_TIME = re.compile(r"时间|日期|年月")
_LONGEST_BARE_DATE = 10
_PLANNED = re.compile(
    r"计划|预计|(?<![模虚])拟|将于|有效(?:期|至|日|时间)|至\d|到\d{4}|[~—–-]\d{4}(?=[年./-])"
    r"|到期|届满|期限|截止|下次"
)

_YEAR_OF_FIGURES = re.compile(
    r"(20\d{2})年度?[^。；，,;]{0,12}?(?:产量|使用量|使用数量|消耗|耗量|用量|运输|运量)"
)


@rule("DB-501", severity=Severity.ERROR, cites="SMX2022:第十二条")
def date_in_future(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """材料中的日期晚于申报日期。

    为什么：已完成的验收、监测、投用不可能在申报之后，晚于申报日期的多为笔误或虚构。

    通过：除有效期、计划时间外，所有日期不晚于封面日期。

    不通过：验收时间写2033年12月，申报日期为2026年。
    """
    day = application_day(dossier)
    if day is None:
        yield CannotJudge(dossier.cover.at if dossier.cover else dossier.at, _NO_DAY)
        return
    late = [
        (text, written)
        for text in dossier.paragraphs
        if (written := _first_after(day, text)) is not None
    ]
    if not late:
        return
    cells = {
        (text.at.table, text.at.row, text.at.column): text.value for text in dossier.paragraphs
    }
    for text, written in late:
        bare = not find_dates(text.value)
        if bare and not any(_TIME.search(plain(words)) for words in _labels(text.at, cells)):
            continue  # 2031.08 is a date only where the table says so
        if not any(
            _PLANNED.search(plain(words)) for words in (text.value, *_labels(text.at, cells))
        ):
            yield Problem(text.at, f"“{written}”晚于申报日期{day:%Y-%m-%d}", "核对后改正日期")


@rule("DB-502", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.16.1（4）")
def monitoring_reports_expired(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """监测报告都早于申报日前一年。

    为什么：须附满足时限要求的废气监测报告；“一年内”的期限凭记忆收录，未读到指南原文，因此只提示核实。

    通过：至少有一份报告在申报日前一年内。

    不通过：最新一份报告为两年前。
    """
    day = application_day(dossier)
    reports = [
        report.date for report in dossier.evidence.archive.reports if report.date is not None
    ]
    if day is None or not reports:
        yield CannotJudge(dossier.at, _NO_DAY if day is None else "没有找到带日期的监测报告")
        return
    newest = max(reports, key=lambda written: written.value.latest())
    if newest.value.latest() < a_year_before(day):
        yield Problem(
            newest.at,
            f"最新的监测报告为{newest.value}，早于申报日期{day:%Y-%m-%d}一年以上",
            "补充申报日前一年内的监测报告",
            verified=False,
        )


@rule(
    "DB-503",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 四、2", "SMX2022:附件4 五、2.16.1（1）"),
)
def permit_expired(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """排污许可证在申报时已过期或尚未生效。

    为什么：参与评级的企业应为合法合规企业，须持有效的排污许可证。

    通过：申报日期在有效期内。

    不通过：有效期至上一年6月30日。
    """
    day = application_day(dossier)
    term = dossier.profile.permit_term if dossier.profile else None
    written = find_dates(term.value) if term else ()
    ends_only = term is not None and len(written) == 1 and re.search(r"至|到|截止", term.value)
    if day is not None and term is not None and ends_only:
        if day > written[0].latest():
            yield Problem(
                term.at,
                f"排污许可证有效期至{written[0]}，申报日期{day:%Y-%m-%d}已过期",
                "换领或延续排污许可证后再申报；写错的改正",
            )
    elif day is None or term is None or len(written) < 2:
        at = dossier.profile.at if dossier.profile else dossier.at
        yield CannotJudge(at, _NO_DAY if day is None else "没有写明排污许可证有效期的起止日期")
    elif not written[0].earliest() <= day <= written[1].latest():
        yield Problem(
            term.at,
            f"排污许可证有效期为{written[0]}至{written[1]}，申报日期{day:%Y-%m-%d}不在其内",
            "换领或延续排污许可证后再申报；写错的改正",
        )


@rule("DB-504", severity=Severity.ERROR, cites="SMX2022:第十八条")
def violation_within_a_year(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申报日前一年内有环境违法行为，仍申报A、B（含B-）级、引领性或先进性。

    为什么：第十八条规定，申报日前一年内有环境违法行为的，当年不得申报上述等级。

    通过：一年内没有违法行为，或申报C级。

    不通过：四个月前因超过许可排放浓度被处罚，仍申报A级。
    """
    day = application_day(dossier)
    grade, written = law.grade, declared_grade(dossier)
    if day is None or grade is None:
        at = form_at(dossier.form, dossier)
        yield CannotJudge(at, _NO_DAY if day is None else "没有写明可识别的申报等级")
        return
    if grade not in BARRED_AFTER_VIOLATION:
        yield NotApplicable(f"{grade.label}不受第十八条限制")
        return
    if not dossier.compliance:
        yield CannotJudge(dossier.at, "没有“环保守法说明”可查")
    for statement in dossier.compliance:
        for violation in statement.violation_dates:
            start, when = a_year_before(day), violation.value
            if when.latest() < start or when.earliest() > day:
                continue
            if when.earliest() < start:
                yield CannotJudge(violation.at, f"违法或处罚日期只写到“{when}”，不知道是否在一年内")
            else:
                yield Problem(
                    statement.text.at,
                    f"{violation.value}有违法或处罚记录，在申报日期{day:%Y-%m-%d}前一年内，不得申报{grade.label}",
                    "当年不得申报该等级；改按其他等级申报，或满一年后再申报",
                    also=(written.at,) if written else (),
                )


@rule("DB-505", severity=Severity.WARNING, cites=("SMX2022:附件4 二", "SMX2022:附件4 三"))
def letter_older_than_report(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """承诺书的日期早于所附的监测报告。

    为什么：承诺书承诺“所提交的一切材料”真实，应在材料齐备之后签署。

    通过：承诺书日期不早于最新的监测报告。

    不通过：承诺书5月签署，监测报告6月出具。
    """
    reports = [
        report.date for report in dossier.evidence.archive.reports if report.date is not None
    ]
    letters = [letter for letter in dossier.letters if letter.date is not None]
    if not reports or not letters:
        yield CannotJudge(dossier.at, "缺少承诺书日期或监测报告日期，无法核对")
        return
    newest = max(reports, key=lambda written: written.value.earliest())
    for letter in letters:
        assert letter.date is not None
        if letter.date.value.latest() < newest.value.earliest():
            yield Problem(
                letter.date.at,
                f"《{letter.kind.value}》日期{letter.date.value}早于监测报告{newest.value}",
                "材料齐备后重新签署承诺书",
                also=(newest.at,),
            )


@rule("DB-506", severity=Severity.ERROR, cites="SMX2022:附件4")
def application_date_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """封面没有申报日期。

    为什么：一年内违法、监测报告时限等都从申报日期算起。

    通过：封面写明年、月、日。

    不通过：封面日期空白，或仍是“XXXX年XX月XX日”。
    """
    written = dossier.cover.date if dossier.cover else None
    if written is None or written.value.day is None:
        yield Problem(
            dossier.cover.at if dossier.cover else dossier.at,
            "封面没有完整的申报日期",
            "在封面填写年、月、日",
        )


@rule("DB-507", severity=Severity.REVIEW, cites="SMX2022:附件4 五、2.16.1（1）")
def execution_report_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """排污许可执行报告没有覆盖上一年度。

    为什么：环保档案须附排污许可证及季度、年度执行报告（如有）；没有的，由审核人员核实是否依法不需要。

    通过：写明或附有申报上一年度的年度执行报告。

    不通过：只附了两年前的执行报告。
    """
    day = application_day(dossier)
    section = dossier.section("五.2.16.1")
    if day is None or section is None:
        yield CannotJudge(dossier.at, _NO_DAY if day is None else "没有“环保档案资料”章节可查")
        return
    captions = (
        photo.caption for photo in dossier.evidence.photos if photo.at.section == section.key
    )
    texts = [*dossier.evidence.archive.text, *(caption for caption in captions if caption)]
    mentions = [plain(text.value) for text in texts if "执行报告" in text.value]
    if not any(
        re.search(rf"{day.year - 1}年(?!第?[一二三四1-4]?季)", mention) for mention in mentions
    ):
        yield Problem(
            section.at,
            f"环保档案没有提到{day.year - 1}年度排污许可执行报告",
            f"附{day.year - 1}年度执行报告；依法不需要的，说明理由",
        )


@rule(
    "DB-513",
    severity=Severity.WARNING,
    cites=("SMX2022:附件4 四、3.1", "SMX2022:附件4 四、3.3", "SMX2022:附件4 四、3.4"),
)
def figures_of_another_year(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """产量、原辅料消耗或运输量不是上年度的。

    为什么：提纲要求上年度的实际产量、使用数量和运输量；表头写着更早的年份，多是沿用旧稿。

    通过：2026年申报，表头为“2025年产量”；列出几年的，其中有上年度。

    不通过：2026年申报，表头为“2023年产量”。
    """
    day = application_day(dossier)
    if day is None:
        yield NotApplicable("封面没有申报日期（另由 DB-506 检查）")
        return
    for key in ("四.3.1", "四.3.3", "四.3.4"):
        named = [
            (int(match.group(1)), text)
            for text in dossier.paragraphs
            if text.at.section == key and text.at.row in (None, 1)
            for match in _YEAR_OF_FIGURES.finditer(plain(text.value))
        ]
        if named and all(year != day.year - 1 for year, _ in named):
            year, text = max(named, key=lambda pair: pair[0])
            yield Problem(
                text.at,
                f"“{text.value[:40]}”是{year}年的，应为上年度（{day.year - 1}年）",
                f"换成{day.year - 1}年的数据；只是年份没有改的，改正年份",
            )


def _first_after(day: date, text: Text) -> PartialDate | None:
    """The first date in a text that is later than `day`; a mere year is not."""
    found = find_dates(text.value)
    if not found and text.at.table is not None and len(text.value) <= _LONGEST_BARE_DATE:
        found = tuple(filter(None, (date_in_cell(text.value),)))
    for written in found:
        if written.month is not None and written.earliest() > day:
            return written
    return None


def _labels(
    at: Location, cells: Mapping[tuple[int | None, int | None, int | None], str]
) -> list[str]:
    """What stands at the head of a cell's column and to its left: they say what its date means."""
    if at.table is None or at.row is None or at.column is None:
        return []
    places = ((at.table, 1, at.column), (at.table, at.row, at.column - 1))
    return [cells.get(place, "") for place in places]


def a_year_before(day: date) -> date:
    """Return the same day a year earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
