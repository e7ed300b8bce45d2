"""环保档案: approvals, acceptances, reports and ratings of 2.16.1 (DB-228, DB-229, DB-508 to DB-512)."""

from __future__ import annotations

from typing import Any

import pytest

from duibiao.model.dates import PartialDate
from duibiao.model.dossier import Dossier
from duibiao.model.location import Located
from duibiao.rules.readings import known_fact

from .support import (
    AT,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    law_on,
    passed,
    text,
    unjudged,
    without,
)

ARCHIVE = "evidence.archive"
KILN_TAIL = "evidence.facilities.0.rows.0.commissioned.value"


def no_archive() -> Dossier:
    """Return the cement works without the section."""
    return changed(cement(), sections=tuple(s for s in cement().sections if s.key != "五.2.16.1"))


def bare(*lines: str) -> Any:
    """Return a section of text alone: no lists and no photos."""
    photos = tuple(p for p in cement().evidence.photos if p.at.section != "五.2.16.1")
    return changed(
        cement(),
        {
            "evidence.photos": photos,
            f"{ARCHIVE}.text": tuple(map(text, lines)),
            **{f"{ARCHIVE}.{name}": () for name in ("approvals", "reports", "ratings")},
        },
    )


ALL_FIVE = ("排污许可证", "环评批复", "运行管理规范", "检测报告", "信用评级")


# DB-228


def test_archive_item_missing_passes() -> None:
    assert passed("DB-228", cement())
    assert passed("DB-228", furniture())
    assert passed("DB-228", bare(*ALL_FIVE))


def test_archive_item_missing_fails() -> None:
    section = cement().section("五.2.16.1")
    assert section is not None
    assert findings("DB-228", bare("排污许可证正本", "环保信用查询截图")) == tuple(
        finding("DB-228", section.at, f"环保档案资料没有{item}", f"补充{item}的清晰复印件或扫描件")
        for item in ("环评批复及竣工验收文件", "废气治理设施运行管理规范", "废气监测报告或CEMS数据")
    )


@pytest.mark.parametrize("left_out", ALL_FIVE)
def test_archive_item_missing_boundary(left_out: str) -> None:
    """Each of the five is missed; a list of its own or a caption stands for the words."""
    d = bare(*(item for item in ALL_FIVE if item != left_out))
    assert len(findings("DB-228", d)) == 1
    caption = changed(d, {"evidence.photos": cement().evidence.photos, f"{ARCHIVE}.reports": ()})
    assert passed("DB-228", caption)


@pytest.mark.parametrize(
    ("words", "name"), [("环评批复", "approvals"), ("检测报告", "reports"), ("信用评级", "ratings")]
)
def test_archive_item_missing_counts_its_list(words: str, name: str) -> None:
    d = bare(*(item for item in ALL_FIVE if item != words))
    rows = at(cement(), f"{ARCHIVE}.{name}")
    assert passed("DB-228", changed(d, {f"{ARCHIVE}.{name}": rows}))


def test_archive_item_missing_cannot_judge() -> None:
    nothing = changed(bare(), {"sections": no_archive().sections})
    (doubt,) = unjudged("DB-228", nothing)
    assert (doubt.at, doubt.reason) == (cement().at, "没有“环保档案资料”章节可查")


# DB-229


def test_rating_year_missing_passes() -> None:
    assert passed("DB-229", cement())


def test_rating_year_missing_fails() -> None:
    d = without(cement(), f"{ARCHIVE}.ratings.6", f"{ARCHIVE}.ratings.3")
    law = law_on(cement().cover.date.value.latest())  # type: ignore[union-attr]
    assert findings("DB-229", d) == (
        finding(
            "DB-229",
            at(d, f"{ARCHIVE}.ratings.0.at"),
            "环保信用评级结果缺2022、2025年",
            "补充缺少年份的评级文件；没有评级的，说明原因",
            grounds=known_fact(law.common, "SMX-A4-2.16.1-5").provenance,
        ),
    )


def test_rating_year_missing_boundary() -> None:
    """The first year is 2019, the last one that before the application; a cell may name several."""
    assert len(findings("DB-229", without(cement(), f"{ARCHIVE}.ratings.0"))) == 1
    assert passed("DB-229", changed(cement(), {"cover.date.value": PartialDate(2026, 1, 1)}))
    later = changed(cement(), {"cover.date.value": PartialDate(2027, 1, 1)})
    assert [f.message for f in findings("DB-229", later)] == ["环保信用评级结果缺2026年"]
    several = without(cement(), f"{ARCHIVE}.ratings.1")
    assert passed("DB-229", changed(several, {f"{ARCHIVE}.ratings.0.year.value": "2019、2020年度"}))


def test_rating_year_missing_cannot_judge() -> None:
    section = cement().section("五.2.16.1")
    assert section is not None
    for d, where, reason in (
        (without(cement(), "cover.date"), cement().at, "缺少封面日期，无法核对"),
        (no_archive(), cement().at, "没有“环保档案资料”章节可查"),
        (bare(), section.at, "没有按年份列出环保信用评级结果，无法核对"),
    ):
        (doubt,) = unjudged("DB-229", d)
        assert (doubt.at, doubt.reason) == (where, reason)


# DB-508


def test_commissioned_after_report_passes() -> None:
    assert passed("DB-508", cement())


def test_commissioned_after_report_fails() -> None:
    d = changed(cement(), {KILN_TAIL: PartialDate(2026, 8)})
    d = changed(d, {"outlets.1.retrofitted.value": PartialDate(2026, 7, 16)})
    todo = "用投用、改造之后的监测报告重新对标；时间写错的改正"
    report = at(d, f"{ARCHIVE}.reports.2.date.at")
    assert findings("DB-508", d) == (
        finding(
            "DB-508",
            at(d, "evidence.facilities.0.rows.0.commissioned.at"),
            "DA001 水泥窑窑尾的投用时间为2026年8月，晚于监测报告2026年7月15日",
            todo,
            also=(report,),
        ),
        finding(
            "DB-508",
            at(d, "outlets.1.retrofitted.at"),
            "DA002 水泥窑窑头的改造完成时间为2026年7月16日，晚于监测报告2026年7月15日",
            todo,
            also=(report,),
        ),
    )


@pytest.mark.parametrize(
    ("done", "report", "found"),
    [
        (PartialDate(2026, 7), "", 0),  # the month of the report
        (PartialDate(2026, 7, 15), "", 0),
        (PartialDate(2026, 7, 16), "", 1),
        (PartialDate(2026, 4), "YXGJC-202603-138", 1),  # the report that 2.14 names counts
        (PartialDate(2026, 4), "见报告YXGJC-202603-138、YXGJC-202607-175", 0),  # the newest of two
        (PartialDate(2026, 4), "在线监测数据", 0),  # none is named: the newest of all
    ],
)
def test_commissioned_after_report_boundary(done: PartialDate, report: str, found: int) -> None:
    named = {f"evidence.limits.{number}.report.value": report for number in range(4) if report}
    assert len(findings("DB-508", changed(cement(), {KILN_TAIL: done, **named}))) == found


def test_commissioned_after_report_of_several_pollutants() -> None:
    """Of the reports that the rows of an outlet name the newest counts."""
    d = changed(cement(), {KILN_TAIL: PartialDate(2026, 4)})
    older = {f"evidence.limits.{n}.report.value": "YXGJC-202603-138" for n in range(3)}
    assert passed("DB-508", changed(d, older))
    all_old = changed(d, {**older, "evidence.limits.3.report.value": "YXGJC-202511-101"})
    assert len(findings("DB-508", all_old)) == 1


def test_commissioned_after_report_of_each_outlet() -> None:
    late = PartialDate(2026, 8)
    rows = "evidence.facilities.0.rows"
    d = changed(cement(), {KILN_TAIL: late, f"{rows}.1.commissioned.value": late})
    assert [f.at for f in findings("DB-508", d)] == [
        at(d, f"{rows}.{n}.commissioned.at") for n in (0, 1)
    ]


def test_commissioned_after_report_without_numbers() -> None:
    """Reports that have no number are dates all the same: the newest of them counts."""
    d = without(cement(), *(f"{ARCHIVE}.reports.{n}.number" for n in (0, 1, 2)))
    assert passed("DB-508", d)
    assert len(findings("DB-508", changed(d, {KILN_TAIL: PartialDate(2026, 8)}))) == 1


def test_commissioned_after_report_cannot_judge() -> None:
    undone = changed(cement(), {"evidence.facilities": (), "outlets": ()})
    for d, what in (
        (changed(cement(), {f"{ARCHIVE}.reports": ()}), "监测报告"),
        (undone, "治理设施的投用或改造时间"),
    ):
        (doubt,) = unjudged("DB-508", d)
        assert (doubt.at, doubt.reason) == (d.at, f"没有找到带日期的{what}，无法核对")


# DB-517


@pytest.mark.parametrize(
    "cited", ["YXGJC-202607-175", "yxgjc202607175", "CEMS数据", "YXGJC-202607-175号、CEMS数据"]
)
def test_cited_report_not_listed_passes(cited: str) -> None:
    assert passed("DB-517", furniture())
    assert passed("DB-517", changed(cement(), {"evidence.limits.0.report.value": cited}))


def test_cited_report_not_listed_fails() -> None:
    """One finding a report, at every row that cites it."""
    unknown = {f"evidence.limits.{n}.report.value": "YXGJC-202607-176" for n in (0, 2)}
    d = changed(cement(), unknown)
    assert findings("DB-517", d) == (
        finding(
            "DB-517",
            at(d, "evidence.limits.0.report.at"),
            "引用的监测报告“YXGJC-202607-176”不在2.16.1的监测报告清单中",
            "把该报告补进清单并附上，或改正编号",
            also=(at(d, "evidence.limits.2.report.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("cited", "found"),
    [("YXGJC-202607-175、YXGJC-202607-999", 1), ("见监测报告", 0), ("第2份报告", 0), ("", 0)],
)
def test_cited_report_not_listed_boundary(cited: str, found: int) -> None:
    """Of several the unknown one is told; what is no number is not looked for."""
    d = changed(cement(), {"evidence.limits.0.report.value": cited})
    assert len(findings("DB-517", d)) == found


def test_cited_report_not_listed_cannot_judge() -> None:
    unlisted = without(cement(), *(f"{ARCHIVE}.reports.{n}.number" for n in range(3)))
    uncited = changed(
        cement(),
        {f"evidence.limits.{n}.report": None for n in range(len(cement().evidence.limits))},
    )
    for d, what in (
        (unlisted, "2.16.1没有带编号的监测报告清单"),
        (uncited, "2.14没有写引用的报告编号"),
    ):
        (doubt,) = unjudged("DB-517", d)
        assert (doubt.at, doubt.reason) == (d.at, f"{what}，无法核对")


# DB-509


def test_accepted_before_approval_passes() -> None:
    assert passed("DB-509", cement())


def test_accepted_before_approval_fails() -> None:
    d = changed(cement(), {f"{ARCHIVE}.approvals.1.accepted.value": PartialDate(2017, 11)})
    assert findings("DB-509", d) == (
        finding(
            "DB-509",
            at(d, f"{ARCHIVE}.approvals.1.accepted.at"),
            "验收时间2017年11月早于环评批复“虚环建表〔2019〕36号”",
            "对照批复和验收文件改正；确属先建后批的，如实说明",
            also=(at(d, f"{ARCHIVE}.approvals.1.approval.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("虚环建表〔2021〕36号", 0),
        ("虚环建表〔2022〕1号", 1),
        ("虚环建表[2022]1号", 1),
        ("虚环建表（2022）1号", 1),
        ("虚环建表〔２０２２〕１号", 1),
        ("备案", 0),
    ],
)
def test_accepted_before_approval_boundary(number: str, found: int) -> None:
    """The year of the number is all that is known of the approval; a row without one is not judged."""
    d = changed(cement(), {f"{ARCHIVE}.approvals.1.approval.value": number})
    assert len(findings("DB-509", d)) == found


def test_accepted_before_approval_cannot_judge() -> None:
    section = cement().section("五.2.16.1")
    assert section is not None
    (doubt,) = unjudged("DB-509", bare())
    reason = "没有列出环评批复文号和验收时间，无法核对"
    assert (doubt.at, doubt.reason) == (section.at, reason)
    (doubt,) = unjudged(
        "DB-509",
        without(no_archive(), f"{ARCHIVE}.approvals.1.accepted", f"{ARCHIVE}.approvals.0.accepted"),
    )
    assert (doubt.at, doubt.reason) == (cement().at, reason)


# DB-510 and DB-511


def dated(*days: PartialDate) -> Any:
    """Return the cement works with its reports of these days."""
    return changed(
        cement(),
        {f"{ARCHIVE}.reports.{number}.date.value": day for number, day in enumerate(days)},
    )


FEBRUARY, APRIL, JUNE = (PartialDate(2026, month) for month in (2, 4, 6))


def test_reports_out_of_order_passes() -> None:
    assert passed("DB-510", cement())
    assert passed("DB-510", dated(JUNE, APRIL, FEBRUARY))


def test_reports_out_of_order_fails() -> None:
    d = dated(FEBRUARY, JUNE, APRIL)
    assert findings("DB-510", d) == (
        finding(
            "DB-510",
            at(d, f"{ARCHIVE}.reports.2.at"),
            "监测报告没有按时间顺序排列：2026年6月之后是2026年4月",
            "按时间顺序重新排列，标清序号",
        ),
    )


def test_reports_out_of_order_boundary() -> None:
    """Days that may be equal are in order; so are two, whichever comes first."""
    assert passed("DB-510", dated(FEBRUARY, JUNE, PartialDate(2026, 6, 3)))
    assert passed("DB-510", dated(JUNE, JUNE, APRIL))
    third = PartialDate(2026, 6, 3)
    assert passed("DB-510", dated(third, third, APRIL))
    assert passed("DB-510", dated(third, third, PartialDate(2026, 7)))
    assert passed("DB-510", without(dated(JUNE, APRIL, JUNE), f"{ARCHIVE}.reports.2"))
    assert len(findings("DB-510", dated(JUNE, APRIL, PartialDate(2026, 5)))) == 1


def test_reports_out_of_order_cannot_judge() -> None:
    """It can always judge: reports without dates are the matter of DB-502."""
    one = without(cement(), f"{ARCHIVE}.reports.2", f"{ARCHIVE}.reports.1")
    assert inapplicable("DB-510", one) == "带日期的监测报告不足两项"


def approved(*years: int) -> Any:
    """Return the cement works with approvals of these years."""
    row = cement().evidence.archive.approvals[0]
    rows = tuple(
        changed(row, {"approval.value": f"虚环审〔{year}〕1号", "at": AT}) for year in years
    )
    return changed(cement(), {f"{ARCHIVE}.approvals": rows})


def test_approvals_out_of_order_passes() -> None:
    assert passed("DB-511", cement())


def test_approvals_out_of_order_fails() -> None:
    assert findings("DB-511", approved(2015, 2021, 2019)) == (
        finding(
            "DB-511",
            AT,
            "环评批复没有按时间顺序排列：2021年之后是2019年",
            "按时间顺序重新排列，标清序号",
        ),
    )


def test_approvals_out_of_order_boundary() -> None:
    assert passed("DB-511", approved(2021, 2019, 2019, 2015))
    assert passed("DB-511", approved(2015, 2015))
    assert passed("DB-511", without(approved(2015, 2021, 2019), f"{ARCHIVE}.approvals.1.approval"))
    assert len(findings("DB-511", approved(2021, 2019, 2021, 2015))) == 1
    assert len(findings("DB-511", approved(2015, 2021, 2019, 2017))) == 1


def test_approvals_out_of_order_cannot_judge() -> None:
    """It can always judge: approvals without numbers are the matter of DB-509."""
    assert inapplicable("DB-511", approved(2015)) == "带日期的环评批复不足两项"


# DB-512


def test_facility_never_accepted_passes() -> None:
    assert passed("DB-512", cement())


def test_facility_never_accepted_fails() -> None:
    rows = "evidence.facilities.0.rows"
    late = PartialDate(2025, 3)
    d = changed(
        cement(), {f"{rows}.0.commissioned.value": late, f"{rows}.1.commissioned.value": late}
    )
    assert findings("DB-512", d) == (
        finding(
            "DB-512",
            at(d, f"{rows}.0.commissioned.at"),
            "DA001 水泥窑窑尾、DA002 水泥窑窑头的治理设施在最后一次验收（2021年12月）之后才投用，没有对应的验收",
            "补充验收文件；不需要验收的，说明依据",
            also=(
                at(d, f"{ARCHIVE}.approvals.1.accepted.at"),
                at(d, f"{rows}.1.commissioned.at"),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("done", "found"),
    [
        (PartialDate(2021, 12), 0),
        (PartialDate(2021, 12, 31), 0),
        (PartialDate(2021), 0),
        (PartialDate(2022, 1), 1),
    ],
)
def test_facility_never_accepted_boundary(done: PartialDate, found: int) -> None:
    assert len(findings("DB-512", changed(cement(), {KILN_TAIL: done}))) == found
    turned = cement().evidence.archive.approvals[::-1]
    d = changed(cement(), {KILN_TAIL: done, f"{ARCHIVE}.approvals": turned})
    assert len(findings("DB-512", d)) == found


def test_facility_never_accepted_cannot_judge() -> None:
    """It can always judge: without dates of acceptance DB-509 says so."""
    reason = "没有列出验收时间（另由 DB-509 检查）或投用时间"
    assert inapplicable("DB-512", bare()) == reason
    assert inapplicable("DB-512", changed(cement(), {"evidence.facilities": ()})) == reason
    none = tuple(changed(table, rows=()) for table in cement().evidence.facilities)
    assert inapplicable("DB-512", changed(cement(), {"evidence.facilities": none})) == reason
    year_only = Located(PartialDate(2021), AT)
    assert passed("DB-512", changed(cement(), {f"{ARCHIVE}.approvals.1.accepted": year_only}))
