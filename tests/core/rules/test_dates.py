"""Dates against the application date: 2026-09-10 at the cement works, 2026-08-20 at the furniture maker."""

from datetime import date

import pytest

from duibiao.model.dates import PartialDate, parse_date
from duibiao.model.evidence import MonitoringReport
from duibiao.model.location import Located, Location
from duibiao.rules.definition import Severity

from .support import (
    AT,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    outcome,
    passed,
    text,
    unjudged,
    without,
)

NO_DAY = "封面没有申报日期，无法判断期限"
UNDATED = without(cement(), "cover.date")


def saying(*lines: str, where: Location = AT):
    """Return the cement works with only these paragraphs."""
    return changed(cement(), paragraphs=tuple(text(line, where) for line in lines))


def reported(*days: str):
    """Return the cement works with monitoring reports of these days only."""
    reports = tuple(MonitoringReport(AT, date=Located(parse_date(day), AT)) for day in days)
    return changed(cement(), {"evidence.archive.reports": reports})


# -- DB-501


@pytest.mark.parametrize(
    "line",
    [
        "监测报告日期2026年9月10日。",
        "2026年9月验收。",
        "2026年全年达标。",
        "许可证有效期至2028年6月30日。",
        "许可证有效期：2023年7月1日—2028年6月30日。",
        "许可期限2023-07-01-2028-06-30",
        "2023年7月1日至2028年6月30日",
        "计划2027年3月完成超低排放改造。",
        "预计于2027年1月投产。",
        "下次校准2027年1月。",
        "2033年13月",
    ],
)
def test_date_in_future_passes(line):
    assert passed("DB-501", cement())
    assert passed("DB-501", furniture())
    assert passed("DB-501", saying(line))


def test_date_in_future_fails():
    """One finding a paragraph, whatever else it says."""
    lines = ["1#项目验收时间2033年12月，2#项目2034年1月。", "报告日期2026-09-11", "2026年8月投用"]
    todo = "核对后改正日期"
    assert findings("DB-501", saying(*lines)) == (
        finding("DB-501", AT, "“2033年12月”晚于申报日期2026-09-10", todo),
        finding("DB-501", AT, "“2026年9月11日”晚于申报日期2026-09-10", todo),
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2026年9月10日", 0),
        ("2026年9月11日", 1),
        ("2026年10月", 1),
        ("2027年", 0),
        ("二〇二七年一月", 1),
    ],
)
def test_date_in_future_boundary(line, found):
    """The day itself is not later; a month is as early as it may be; a bare year says too little."""
    assert len(findings("DB-501", saying(line))) == found


@pytest.mark.parametrize(
    ("head", "left", "found"),
    [
        ("有效期至", "", 0),
        ("", "排污许可证有效期限", 0),
        ("", "截止日期", 0),
        ("报告日期", "编号", 1),
    ],
)
def test_a_cell_is_read_with_its_labels(head, left, found):
    """The head of its column and the cell to its left say what a date in a table means."""
    cells = [
        text(value, Location("测试.docx", table=3, row=row, column=column))
        for value, row, column in ((head, 1, 2), (left, 2, 1), ("2028年6月30日", 2, 2))
    ]
    dossier = changed(cement(), paragraphs=tuple(cells))
    assert [one.at for one in findings("DB-501", dossier)] == [cells[2].at] * found


@pytest.mark.parametrize(
    ("head", "written", "found"),
    [
        ("验收时间", "2031.08", 1),
        ("报告日期", "203108", 1),
        ("验收时间", "2026.09", 0),
        ("有效期至", "2031.08", 0),
        ("运输量（吨）", "2031.08", 0),
    ],
)
def test_a_bare_date_is_one_where_the_column_says_so(head, written, found):
    cells = [
        text(value, Location("测试.docx", table=3, row=row, column=2))
        for value, row in ((head, 1), (written, 2))
    ]
    dossier = changed(cement(), paragraphs=tuple(cells))
    assert len(findings("DB-501", dossier)) == found


def test_date_in_future_cannot_judge():
    (only,) = unjudged("DB-501", UNDATED)
    assert (only.at, only.reason) == (at(cement(), "cover.at"), NO_DAY)
    (only,) = unjudged("DB-501", changed(cement(), cover=None))
    assert only.at == cement().at


# -- DB-505


def test_letter_older_than_report_passes():
    assert passed("DB-505", cement())
    assert passed("DB-505", furniture())


def test_letter_older_than_report_fails():
    changes = {"letters.1.date.value": PartialDate(2026, 7, 14)}
    dossier = changed(cement(), changes)
    assert findings("DB-505", dossier) == (
        finding(
            "DB-505",
            at(dossier, "letters.1.date.at"),
            "《落实重污染天气应急减排承诺书》日期2026年7月14日早于监测报告2026年7月15日",
            "材料齐备后重新签署承诺书",
            also=(at(dossier, "evidence.archive.reports.2.date.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("signed", "found"),
    [("2026年7月15日", 0), ("2026年7月", 0), ("2026年6月", 1), ("2026年", 0), ("2025年", 1)],
)
def test_letter_older_than_report_boundary(signed, found):
    """The day of the report itself is late enough, and so is its month where no day is written."""
    dossier = changed(cement(), {"letters.0.date.value": parse_date(signed)})
    assert len(findings("DB-505", dossier)) == found


@pytest.mark.parametrize(
    "dossier",
    [
        reported(),
        changed(cement(), letters=()),
        without(cement(), "letters.0.date", "letters.1.date"),
    ],
)
def test_letter_older_than_report_cannot_judge(dossier):
    (only,) = unjudged("DB-505", dossier)
    assert (only.at, only.reason) == (cement().at, "缺少承诺书日期或监测报告日期，无法核对")


# -- DB-506


def test_application_date_missing_passes():
    assert passed("DB-506", cement())
    assert passed("DB-506", furniture())


def test_application_date_missing_fails():
    assert findings("DB-506", UNDATED, day=date(2026, 9, 10)) == (
        finding(
            "DB-506",
            at(cement(), "cover.at"),
            "封面没有完整的申报日期",
            "在封面填写年、月、日",
        ),
    )


def test_application_date_missing_boundary():
    """Without any cover the package as a whole lacks the date."""
    (found,) = findings("DB-506", changed(cement(), cover=None))
    assert found.at == cement().at


def test_application_date_missing_cannot_judge():
    """It always can: a date is there or it is missing."""
    for dossier in (cement(), UNDATED, changed(cement(), cover=None)):
        assert not outcome("DB-506", dossier, grade=None, branch=None).unjudged


# -- DB-507


def archived(*lines: str):
    """Return the cement works with other paragraphs in 2.16.1 and no photos there."""
    section = cement().section("五.2.16.1")
    photos = tuple(photo for photo in cement().evidence.photos if photo.at.section != section.key)
    return changed(
        cement(),
        {"evidence.archive.text": tuple(map(text, lines)), "evidence.photos": photos},
    )


@pytest.mark.parametrize(
    "line", ["2025年度执行报告已提交。", "附2025 年年度执行报告", "2024、2025年执行报告见图"]
)
def test_execution_report_missing_passes(line):
    assert passed("DB-507", cement())
    assert passed("DB-507", furniture())
    assert passed("DB-507", archived(line))


def test_execution_report_missing_fails():
    assert findings("DB-507", archived("2024年度执行报告已提交。", "2025年度监测报告")) == (
        finding(
            "DB-507",
            cement().section("五.2.16.1").at,
            "环保档案没有提到2025年度排污许可执行报告",
            "附2025年度执行报告；依法不需要的，说明理由",
            severity=Severity.REVIEW,
        ),
    )


def test_execution_report_missing_boundary():
    """A caption in the section will do, one elsewhere will not; the year before the application counts."""
    assert passed("DB-507", without(cement(), "evidence.archive.text.1"))
    elsewhere = changed(archived(), {"evidence.photos.0.caption": text("2025年度执行报告")})
    assert len(findings("DB-507", elsewhere)) == 1
    for day, found in (("2026年1月1日", 0), ("2026年12月31日", 0), ("2027年1月1日", 1)):
        dossier = changed(archived("2025年度执行报告"), {"cover.date.value": parse_date(day)})
        assert len(findings("DB-507", dossier)) == found


def test_execution_report_missing_cannot_judge():
    sections = tuple(one for one in cement().sections if one.key != "五.2.16.1")
    for dossier, reason in (
        (UNDATED, NO_DAY),
        (changed(cement(), sections=sections), "没有“环保档案资料”章节可查"),
    ):
        (only,) = unjudged("DB-507", dossier)
        assert (only.at, only.reason) == (cement().at, reason)


# -- DB-513


def headed(*cells: str, section: str = "四.3.1", row: int = 1):
    """Return the cement works with only these cells of a table's first row."""
    place = Location("测试.docx", section, "3.1 产品及产量", table=1, row=row, column=1)
    return saying(*cells, where=place)


def test_figures_of_another_year_passes():
    assert passed("DB-513", cement())
    assert passed("DB-513", furniture())


def test_figures_of_another_year_fails():
    dossier = headed("设计产能（万吨/年）", "２０２２年产量（万吨）", "2023年度实际产量（万吨）")
    assert findings("DB-513", dossier) == (
        finding(
            "DB-513",
            dossier.paragraphs[2].at,
            "“2023年度实际产量（万吨）”是2023年的，应为上年度（2025年）",
            "换成2025年的数据；只是年份没有改的，改正年份",
        ),
    )


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("2025年产量",), 0),
        (("2024年产量",), 1),
        (("2026年产量",), 1),
        (("2023年产量", "2024年产量", "2025年产量"), 0),
        (("上年产量",), 0),
        (("2024年投产，产能为100万吨",), 0),
        (("2024年使用量",), 1),
        (("表6 2024年主要物料及产品运输情况表",), 1),
        (("2024年设计产量", "2024年实际产量"), 1),
    ],
)
def test_figures_of_another_year_boundary(cells, found):
    """Only the year before the application will do; what other sections and rows say is not of that year."""
    assert len(findings("DB-513", headed(*cells))) == found
    for section in ("四.3.3", "四.3.4"):
        assert len(findings("DB-513", headed(*cells, section=section))) == found
    assert passed("DB-513", headed(*cells, row=2))
    assert passed("DB-513", headed(*cells, section="四.3.2"))


def test_figures_of_another_year_cannot_judge():
    """It can always judge: without a date of the application DB-506 says so."""
    assert inapplicable("DB-513", UNDATED) == "封面没有申报日期（另由 DB-506 检查）"
