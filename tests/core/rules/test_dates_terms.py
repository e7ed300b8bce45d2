"""Terms that end or begin with the application date: 2026-09-10 at the cement works, 2026-08-20 at the furniture maker."""

import pytest

from duibiao.model.dates import PartialDate, parse_date
from duibiao.model.evidence import MonitoringReport
from duibiao.model.location import Located
from duibiao.rules.definition import Severity

from .support import (
    AT,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    outcome,
    passed,
    unjudged,
    without,
)

NO_DAY = "封面没有申报日期，无法判断期限"
UNDATED = without(cement(), "cover.date")


def reported(*days: str):
    """Return the cement works with monitoring reports of these days only."""
    reports = tuple(MonitoringReport(AT, date=Located(parse_date(day), AT)) for day in days)
    return changed(cement(), {"evidence.archive.reports": reports})


# -- DB-502


def test_monitoring_reports_expired_passes():
    assert passed("DB-502", cement())
    assert passed("DB-502", furniture())
    assert passed("DB-502", reported("2021年3月1日", "2026年3月1日", "2020年3月1日"))


def test_monitoring_reports_expired_fails():
    """The term of a year is recalled, so a person has to look."""
    assert findings("DB-502", reported("2024年3月1日", "2024年9月2日")) == (
        finding(
            "DB-502",
            AT,
            "最新的监测报告为2024年9月2日，早于申报日期2026-09-10一年以上",
            "补充申报日前一年内的监测报告",
            severity=Severity.REVIEW,
        ),
    )


@pytest.mark.parametrize(
    ("day", "report", "found"),
    [
        ("2026年9月10日", "2025年9月10日", 0),
        ("2026年9月10日", "2025年9月9日", 1),
        ("2026年9月10日", "2025年9月", 0),
        ("2026年9月10日", "2025年8月", 1),
        ("2028年2月29日", "2027年2月28日", 0),
        ("2028年2月29日", "2027年2月27日", 1),
    ],
)
def test_monitoring_reports_expired_boundary(day, report, found):
    """A year to the day is within the year, leap day included; a month counts to its end."""
    dossier = changed(reported(report), {"cover.date.value": parse_date(day)})
    assert len(findings("DB-502", dossier)) == found


@pytest.mark.parametrize(
    ("dossier", "reason"), [(UNDATED, NO_DAY), (reported(), "没有找到带日期的监测报告")]
)
def test_monitoring_reports_expired_cannot_judge(dossier, reason):
    (only,) = unjudged("DB-502", dossier)
    assert (only.at, only.reason) == (cement().at, reason)


# -- DB-503


@pytest.mark.parametrize(
    "term",
    [
        "2023年7月1日至2028年6月30日",
        "自2023-07-01至2028-06-30止",
        "2023.7.1～2028.6.30",
        "2023年7月—2028年6月",
        "二〇二三年七月一日至二〇二八年六月三十日",
    ],
)
def test_permit_expired_passes(term):
    assert passed("DB-503", furniture())
    assert passed("DB-503", changed(cement(), {"profile.permit_term.value": term}))


def test_permit_expired_fails():
    path = "profile.permit_term.value"
    dossier = changed(cement(), {path: "2020年7月1日至2025年6月30日"})
    assert findings("DB-503", dossier) == (
        finding(
            "DB-503",
            at(cement(), "profile.permit_term.at"),
            "排污许可证有效期为2020年7月1日至2025年6月30日，申报日期2026-09-10不在其内",
            "换领或延续排污许可证后再申报；写错的改正",
        ),
    )


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("2021年9月11日至2026年9月10日", 0),
        ("2021年9月10日至2026年9月9日", 1),
        ("2026年9月10日至2031年9月9日", 0),
        ("2026年9月11日至2031年9月10日", 1),
        ("2021年9月至2026年9月", 0),
        ("2021年8月至2026年8月", 1),
    ],
)
def test_permit_expired_boundary(term, found):
    """Both ends of the term belong to it; a month to its end."""
    dossier = changed(cement(), {"profile.permit_term.value": term})
    assert len(findings("DB-503", dossier)) == found


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("有效期至2026年9月10日", 0),
        ("有效期至2026年9月", 0),
        ("有效期到2026年9月9日", 1),
        ("截止2026年9月9日", 1),
    ],
)
def test_permit_expired_knows_the_end_alone(term, found):
    dossier = changed(cement(), {"profile.permit_term.value": term})
    expected = finding(
        "DB-503",
        at(dossier, "profile.permit_term.at"),
        "排污许可证有效期至2026年9月9日，申报日期2026-09-10已过期",
        "换领或延续排污许可证后再申报；写错的改正",
    )
    assert findings("DB-503", dossier) == (expected,) * found


NO_TERM = "没有写明排污许可证有效期的起止日期"


@pytest.mark.parametrize(
    ("dossier", "place", "reason"),
    [
        (UNDATED, "profile.at", NO_DAY),
        (without(cement(), "profile.permit_term"), "profile.at", NO_TERM),
        (changed(cement(), {"profile.permit_term.value": "长期"}), "profile.at", NO_TERM),
        (changed(cement(), profile=None), "at", NO_TERM),
    ],
)
def test_permit_expired_cannot_judge(dossier, place, reason):
    (only,) = unjudged("DB-503", dossier)
    assert (only.at, only.reason) == (at(cement(), place), reason)


# -- DB-504


def violating(*days: PartialDate):
    """Return the cement works, declared B, with violations on these days in its first statement."""
    dates = tuple(Located(day, AT) for day in days)
    return changed(cement(), {"compliance.4.violation_dates": dates})


@pytest.mark.parametrize("days", [(), (PartialDate(2024, 5, 3),), (PartialDate(2019),)])
def test_violation_within_a_year_passes(days):
    assert passed("DB-504", violating(*days))
    assert passed("DB-504", furniture(), grade="A")


def test_violation_within_a_year_fails():
    dossier = violating(PartialDate(2024, 5, 3), PartialDate(2026, 5, 12))
    assert findings("DB-504", dossier) == (
        finding(
            "DB-504",
            at(dossier, "compliance.4.text.at"),
            "2026年5月12日有违法或处罚记录，在申报日期2026-09-10前一年内，不得申报B级",
            "当年不得申报该等级；改按其他等级申报，或满一年后再申报",
            also=(at(dossier, "form.grade.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (PartialDate(2025, 9, 10), 1),
        (PartialDate(2025, 9, 9), 0),
        (PartialDate(2026, 9, 10), 1),
        (PartialDate(2026, 9, 11), 0),
        (PartialDate(2025, 8), 0),
        (PartialDate(2026), 1),
    ],
)
def test_violation_within_a_year_boundary(day, found):
    """Both ends of the year before the application belong to it."""
    assert len(findings("DB-504", violating(day))) == found


@pytest.mark.parametrize("grade", ["A+", "A", "B", "B-", "引领性", "先进性"])
def test_every_barred_grade_is_barred(grade):
    (found,) = findings("DB-504", violating(PartialDate(2026, 5)), grade=grade)
    assert found.message.startswith("2026年5月有违法或处罚记录")


def test_violation_within_a_year_cannot_judge():
    """Grades that may be applied for all the same are not applicable; a day, a grade and statements it needs."""
    for grade in ("C", "D", "非引领性"):
        result = outcome("DB-504", violating(PartialDate(2026, 5)), grade=grade)
        assert result.status == "not_applicable"
        assert result.reason.endswith("不受第十八条限制")
    for dossier, given, place, reason in (
        (UNDATED, {}, "form.at", NO_DAY),
        (cement(), {"grade": None}, "form.at", "没有写明可识别的申报等级"),
        (changed(cement(), compliance=()), {}, "at", "没有“环保守法说明”可查"),
    ):
        (only,) = unjudged("DB-504", dossier, **given)
        assert (only.at, only.reason) == (at(cement(), place), reason)
    (only,) = unjudged("DB-504", violating(PartialDate(2025)))
    assert (only.at, only.reason) == (AT, "违法或处罚日期只写到“2025年”，不知道是否在一年内")
