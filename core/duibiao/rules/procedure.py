"""程序: where the application stands among the deadlines of 第十条."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from duibiao.law.common import Deadline
from duibiao.law.deadlines import binding, is_dated, next_time
from duibiao.law.in_force import LawInForce
from duibiao.model.dates import Day
from duibiao.model.dossier import Dossier
from duibiao.rules.definition import NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.support import plain

FIRST_REVIEW, GUARANTEED, ANNOUNCED, ADJUSTED = "SMX-10.2", "SMX-10.4", "SMX-10.5", "SMX-10.6"
"""Deadlines of the month and of the year."""

_NO_DAY = "封面没有申报日期（另由 DB-506 检查）"
_ELSEWHERE = "所在市不执行第十条的时间节点"


@rule("DB-514", severity=Severity.INFO, cites="SMX2022:第十条（2）")
def after_first_review(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申报日期已过当月初审的截止日。

    为什么：县（市、区）每月20日前完成当月申报的初审；20日以后申报的，一般要到下月才能初审。

    通过：申报日期在当月20日或以前。

    不通过：8月25日申报；下一个节点是8月月底。
    """
    written, deadlines = _day_and_deadlines(dossier, law)
    if written is None or FIRST_REVIEW not in deadlines:
        yield NotApplicable(_NO_DAY if written is None else _ELSEWHERE)
        return
    day, deadline = written.value.latest(), deadlines[FIRST_REVIEW]
    assert deadline.day is not None
    if day.day > deadline.day:
        yield Problem(
            written.at,
            f"申报日期{day:%Y-%m-%d}已过当月{deadline.day}日的初审截止日",
            f"与县（市、区）分局确认按哪个月申报；{_next(day, deadlines)}",
            grounds=deadline.provenance,
        )


@rule("DB-515", severity=Severity.INFO, cites=("SMX2022:第十条（5）", "SMX2022:第十条（6）"))
def after_announcement(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申报日期已过本年度评定结果的公告日。

    为什么：市生态环境局9月30日前公告评定结果，11月15日前可开展一次动态调整；此后的申报可能赶不上当年的应急减排清单。

    通过：申报日期在9月30日或以前。

    不通过：10月20日申报，只能赶11月15日前的动态调整。
    """
    written, deadlines = _day_and_deadlines(dossier, law)
    if written is None or not {ANNOUNCED, ADJUSTED} <= deadlines.keys():
        yield NotApplicable(_NO_DAY if written is None else _ELSEWHERE)
        return
    day = written.value.latest()
    announced, adjusted = (
        next_time(date(day.year, 1, 1), deadlines[number]) for number in (ANNOUNCED, ADJUSTED)
    )
    if day > announced:
        open_still = day <= adjusted
        yield Problem(
            written.at,
            f"申报日期{day:%Y-%m-%d}已过{_said(announced)}的公告截止日"
            + ("" if open_still else f"，也已过{_said(adjusted)}的动态调整截止日"),
            f"与县（市、区）分局确认能否列入{_said(adjusted)}前的动态调整"
            if open_still
            else "全年可以申报；与县（市、区）分局确认结果何时列入应急减排清单",
            grounds=deadlines[ANNOUNCED if open_still else ADJUSTED].provenance,
        )


@rule("DB-516", severity=Severity.INFO, cites="SMX2022:第十条（4）")
def guaranteed_too_late(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申请保障类已过当年的审核截止日。

    为什么：县（市、区）9月20日前完成保障类企业审核并上报清单；此后申请的可能赶不上当年的名单。

    通过：申请管控类型不是保障类，或申报日期在9月20日或以前。

    不通过：9月25日申请保障类。
    """
    written, deadlines = _day_and_deadlines(dossier, law)
    if written is None or GUARANTEED not in deadlines:
        yield NotApplicable(_NO_DAY if written is None else _ELSEWHERE)
        return
    kind = dossier.form.control_type if dossier.form else None
    if kind is None or "保障" not in plain(kind.value):
        yield NotApplicable("没有申请保障类")
        return
    day, deadline = written.value.latest(), deadlines[GUARANTEED]
    last = next_time(date(day.year, 1, 1), deadline)
    if day > last:
        yield Problem(
            written.at,
            f"申报日期{day:%Y-%m-%d}已过{_said(last)}的保障类审核截止日",
            "与县（市、区）分局确认能否列入当年的保障类名单",
            also=(kind.at,),
            grounds=deadline.provenance,
        )


def _day_and_deadlines(dossier: Dossier, law: LawInForce) -> tuple[Day | None, dict[str, Deadline]]:
    """Return the date on the cover, and the deadlines that the bureau of the enterprise's own city has set for every year."""
    written = dossier.cover.date if dossier.cover else None
    city = dossier.form.city if dossier.form else None
    name = plain(city.value).removeprefix("河南省") if city else ""
    if written is None or not name:
        return written, {}
    return written, {
        row.provenance.id: row
        for row in binding(law.common, name, written.value.latest())
        if row.provenance.end is None
    }


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _next(day: date, deadlines: dict[str, Deadline]) -> str:
    """Return the next deadline after a day, in words."""
    dated = [row for row in deadlines.values() if is_dated(row)]
    when, row = min(((next_time(day, row), row) for row in dated), key=lambda pair: pair[0])
    return f"下一个节点是{when:%Y-%m-%d}：{row.what}（{row.who}）"
