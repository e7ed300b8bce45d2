"""程序: the application among the deadlines of 第十条 (DB-514 to DB-516), which only tell and fail nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from duibiao.law.provenance import Provenance
from duibiao.model.dates import PartialDate

from .support import (
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    law_on,
    passed,
    without,
)


def on(year: int, month: int, day: int, control: str = "") -> Any:
    """Return the cement works with an application of that day."""
    d = changed(cement(), {"cover.date.value": PartialDate(year, month, day)})
    return changed(d, {"form.control_type.value": control}) if control else d


def grounds(number: str) -> Provenance:
    """Return the row of that deadline."""
    rows = law_on(date(2026, 9, 10)).common.deadlines
    return next(row.provenance for row in rows if row.provenance.id == number)


# DB-514


def test_after_first_review_passes() -> None:
    assert passed("DB-514", cement())


def test_after_first_review_fails() -> None:
    d = on(2026, 8, 25)
    assert findings("DB-514", d) == (
        finding(
            "DB-514",
            d.cover.date.at,
            "申报日期2026-08-25已过当月20日的初审截止日",
            "与县（市、区）分局确认按哪个月申报；下一个节点是2026-08-31："
            "每月月底前完成当月A级、B级（含B-级）、引领性企业审核和C级企业评定，并上报省生态环境厅核验评定（市生态环境局）",
            grounds=grounds("SMX-10.2"),
        ),
    )


@pytest.mark.parametrize(
    ("day", "next_one"),
    [
        ((2026, 8, 20), ""),
        ((2026, 8, 21), "2026-08-31"),
        ((2028, 2, 29), "2028-02-29"),
        ((2026, 12, 31), "2026-12-31"),
        ((2022, 6, 21), "2022-06-30"),
    ],
)
def test_after_first_review_boundary(day: tuple[int, int, int], next_one: str) -> None:
    found = findings("DB-514", on(*day))
    assert [f.todo.split("节点是")[1][:10] for f in found] == ([next_one] if next_one else [])


def test_after_first_review_cannot_judge() -> None:
    """It can always judge: it has no subject without a day, elsewhere, or before the measures of the city."""
    undated = without(cement(), "cover.date")
    for code in ("DB-514", "DB-515", "DB-516"):
        assert inapplicable(code, undated) == "封面没有申报日期（另由 DB-506 检查）"
        for d in (furniture(), without(cement(), "form"), on(2022, 6, 19)):
            assert inapplicable(code, d) == "所在市不执行第十条的时间节点"
    county = changed(on(2026, 8, 25), {"form.city.value": "河南省三门峡市"})
    assert len(findings("DB-514", county)) == 1


# DB-515


def test_after_announcement_passes() -> None:
    assert passed("DB-515", cement())


def test_after_announcement_fails() -> None:
    d = on(2026, 10, 20)
    assert findings("DB-515", d) == (
        finding(
            "DB-515",
            d.cover.date.at,
            "申报日期2026-10-20已过9月30日的公告截止日",
            "与县（市、区）分局确认能否列入11月15日前的动态调整",
            grounds=grounds("SMX-10.5"),
        ),
    )


@pytest.mark.parametrize(
    ("month", "day", "messages"),
    [
        (9, 30, []),
        (10, 1, ["申报日期2026-10-01已过9月30日的公告截止日"]),
        (11, 15, ["申报日期2026-11-15已过9月30日的公告截止日"]),
        (11, 16, ["申报日期2026-11-16已过9月30日的公告截止日，也已过11月15日的动态调整截止日"]),
    ],
)
def test_after_announcement_boundary(month: int, day: int, messages: list[str]) -> None:
    found = findings("DB-515", on(2026, month, day))
    assert [f.message for f in found] == messages
    if month == 11 and day == 16:
        assert (found[0].grounds, found[0].todo) == (
            grounds("SMX-10.6"),
            "全年可以申报；与县（市、区）分局确认结果何时列入应急减排清单",
        )


def test_after_announcement_cannot_judge() -> None:
    """It can always judge; see `test_after_first_review_cannot_judge`."""
    assert inapplicable("DB-515", furniture()) == "所在市不执行第十条的时间节点"


# DB-516


def test_guaranteed_too_late_passes() -> None:
    assert passed("DB-516", on(2026, 9, 1, "保障类企业"))


def test_guaranteed_too_late_fails() -> None:
    d = on(2026, 9, 25, "保障类（民生）")
    assert findings("DB-516", d) == (
        finding(
            "DB-516",
            d.cover.date.at,
            "申报日期2026-09-25已过9月20日的保障类审核截止日",
            "与县（市、区）分局确认能否列入当年的保障类名单",
            also=(d.form.control_type.at,),
            grounds=grounds("SMX-10.4"),
        ),
    )


@pytest.mark.parametrize(("day", "found"), [(20, 0), (21, 1)])
def test_guaranteed_too_late_boundary(day: int, found: int) -> None:
    assert len(findings("DB-516", on(2026, 9, day, "申请保障类"))) == found


def test_guaranteed_too_late_cannot_judge() -> None:
    """It can always judge: it has no subject where 保障类 is not asked for."""
    for d in (on(2026, 9, 25), without(on(2026, 9, 25), "form.control_type")):
        assert inapplicable("DB-516", d) == "没有申请保障类"
