"""监测监控与台账: retention, gates and ledgers (DB-621 to DB-626)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from duibiao.law import load_common
from duibiao.law.provenance import Figure, Provenance, Regime
from duibiao.law.records import Requirement
from duibiao.model.dates import PartialDate
from duibiao.model.dossier import Dossier
from duibiao.rules.definition import Severity
from duibiao.rules.readings import known_fact

from .law_builders import OFFICIAL, RECALLED, basis, quantity, requirement
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
    path_of,
    text,
    unjudged,
    without,
)

GATES = "evidence.transport.gates"
GATE_TEXT = "evidence.transport.gate_text"
LONGER = "延长保存时间；写错的改正"


def row(indicator: str) -> str:
    """Return the path of an indicator's row."""
    return path_of(cement(), "indicators.rows", "indicator.value", indicator)


VIDEO, DATA = row("运输监管要求"), row("监测监控水平")


def fact(number: str) -> Provenance:
    """Return where a fact comes from."""
    return known_fact(load_common(), number).provenance


def kept(*cells: str, said: str = "", **other: Any) -> Any:
    """Return the cement works with these gates, and what 2.18 says."""
    gate = cement().evidence.transport.gates[0]
    gates = tuple(changed(gate, {"retention": text(cell)}) for cell in cells)
    return changed(cement(), {GATES: gates, GATE_TEXT: (text(said),) if said else (), **other})


def retention(
    subject: str,
    value: str,
    unit: str,
    regime: Regime = Regime.STANDARD,
    provenance: Provenance = OFFICIAL,
) -> Requirement:
    """Return a requirement on how long something is kept."""
    return replace(
        requirement("保存", subject=subject, provenance=provenance),
        regime=regime,
        figure=Figure(">=", Decimal(value), unit),
    )


# DB-621


def test_video_kept_too_short_passes() -> None:
    assert passed("DB-621", cement())
    assert passed("DB-621", kept("长期保存", "365天"))


def test_video_kept_too_short_fails() -> None:
    d = kept("6个月", "一年以上", said="视频数据保存３个月，电子台账自动关联。")
    whole = at(d, f"{VIDEO}.at")
    assert findings("DB-621", d) == (
        finding("DB-621", AT, "“6个月”短于对标总表要求的12个月", LONGER, also=(whole,)),
        finding(
            "DB-621", AT, "“视频数据保存３个月”短于对标总表要求的12个月", LONGER, also=(whole,)
        ),
    )


@pytest.mark.parametrize(
    ("cell", "found"), [("12个月", 0), ("11个月", 1), ("1年", 0), ("半年", 1), ("十二个月", 0)]
)
def test_video_kept_too_short_boundary(cell: str, found: int) -> None:
    """The enterprise's own cell in 对标总表 is judged, too; what that table does not ask for is not."""
    assert len(findings("DB-621", kept(cell))) == found
    own = changed(cement(), {f"{VIDEO}.status.value": f"出入口建成门禁，数据保存{cell}。"})
    assert len(findings("DB-621", own)) == found
    nothing = changed(kept(cell), {f"{VIDEO}.requirement.value": "建立门禁视频监控系统。"})
    for d in (nothing, without(kept(cell), f"{VIDEO}.requirement"), without(kept(cell), VIDEO)):
        assert inapplicable("DB-621", d) == "对标总表的运输监管要求没有写保存时间"


def test_video_kept_too_short_cannot_judge() -> None:
    d = kept("按规定")
    (doubt,) = unjudged("DB-621", d)
    assert (doubt.at, doubt.reason) == (AT, "保存时间“按规定”看不出是多久")
    silent = changed(kept(""), {f"{VIDEO}.status.value": "已建成门禁系统。"})
    section = cement().section("五.2.18")
    assert section is not None
    (doubt,) = unjudged("DB-621", silent)
    assert (doubt.at, doubt.reason) == (section.at, "没有写明门禁、视频数据的保存时间")
    (doubt,) = unjudged("DB-621", changed(silent, sections=()))
    assert doubt.at == at(silent, VIDEO).at


# DB-622


def test_video_shorter_than_guides_passes() -> None:
    assert passed("DB-622", cement())


def test_video_shorter_than_guides_fails() -> None:
    """The figure that may fail a package goes before a longer one that may not."""
    monthly = retention("video_retention_months", "3", "months")
    d = kept("6个月", "2个月")
    vendors = fact("CC-5.05")
    assert findings("DB-622", d, requirements=(monthly,)) == (
        finding(
            "DB-622",
            AT,
            "“6个月”短于12个月",
            LONGER,
            severity=Severity.REVIEW,
            grounds=vendors,
        ),
        finding("DB-622", AT, "“2个月”短于3个月", LONGER, grounds=OFFICIAL),
    )


@pytest.mark.parametrize(
    ("regime", "grade", "binds"),
    [
        (Regime.STANDARD, "C", True),
        (Regime.GRADE, "B", True),
        (Regime.GRADE, "A", False),
        (Regime.ULTRA_LOW, "B", False),
        (Regime.ULTRA_LOW, "A", True),
    ],
)
def test_video_shorter_than_guides_boundary(regime: Regime, grade: str, binds: bool) -> None:
    """A row of a grade binds that grade; one of another regime those grades that are based on it."""
    given = {
        "grade": grade,
        "bases": (basis("A", Regime.ULTRA_LOW),),
        "requirements": (retention("video_retention_months", "24", "months", regime),),
    }
    assert passed("DB-622", kept("24个月"), **given)
    assert len(findings("DB-622", kept("23个月"), **given)) == binds
    assert passed("DB-622", kept("12个月"), requirements=())
    assert len(findings("DB-622", kept("11个月"), requirements=())) == 1


def test_video_shorter_than_guides_cannot_judge() -> None:
    section = cement().section("五.2.18")
    assert section is not None
    for d in (kept("按规定"), kept(""), without(kept(""), f"{GATES}.0.retention")):
        (doubt,) = unjudged("DB-622", d)
        assert (doubt.at, doubt.reason) == (section.at, "没有写明视频数据的保存时间")


# DB-623


def test_data_kept_too_short_passes() -> None:
    assert passed("DB-623", cement())


def test_data_kept_too_short_fails() -> None:
    d = changed(cement(), {f"{DATA}.status.value": "安装CEMS，数据保存6个月。"})
    where = at(d, f"{DATA}.status.at")
    assert findings("DB-623", d) == (
        finding("DB-623", where, "“数据保存6个月”短于所列要求12个月", LONGER),
    )


@pytest.mark.parametrize(
    ("status", "found"),
    [("数据保存12个月", 0), ("数据留存364天", 0), ("数据保存359天", 1), ("存储半年", 1)],
)
def test_data_kept_too_short_boundary(status: str, found: int) -> None:
    """Thirty days are a month."""
    assert len(findings("DB-623", changed(cement(), {f"{DATA}.status.value": status}))) == found


@pytest.mark.parametrize("first", ["安装CEMS。", ""])
def test_an_indicator_may_have_several_rows(first: str) -> None:
    """What the second row requires and says counts as much as the first."""
    d = cement()
    assert d.indicators is not None
    number = int(DATA.rpartition(".")[2])
    row = d.indicators.rows[number]
    assert row.requirement is not None
    assert row.status is not None
    asked = replace(row.requirement, value="接入DCS系统。")
    upper = replace(row, requirement=asked, status=replace(row.status, value=first))
    lower = replace(row, status=replace(row.status, value="数据保存6个月。"))
    rows = (*d.indicators.rows[:number], upper, lower, *d.indicators.rows[number + 1 :])
    assert len(findings("DB-623", changed(d, {"indicators.rows": rows}))) == 1


def test_data_kept_too_short_cannot_judge() -> None:
    d = changed(cement(), {f"{DATA}.status.value": "已接入DCS系统。"})
    (doubt,) = unjudged("DB-623", d)
    reason = "监测监控水平的企业对标情况没有写明数据保存时间"
    assert (doubt.at, doubt.reason) == (at(d, f"{DATA}.at"), reason)
    silent = changed(cement(), {f"{DATA}.requirement.value": "接入DCS系统。"})
    for d in (silent, without(cement(), f"{DATA}.requirement"), without(cement(), DATA)):
        assert inapplicable("DB-623", d) == "对标总表的监测监控水平没有写保存时间"


# DB-624

YEARLY = retention("data_retention_years", "1", "year")


def test_data_shorter_than_guides_passes() -> None:
    assert passed("DB-624", cement(), requirements=(YEARLY,))


def test_data_shorter_than_guides_fails() -> None:
    d = changed(cement(), {f"{DATA}.status.value": "数据保存6个月。"})
    assert findings("DB-624", d, requirements=(YEARLY,)) == (
        finding(
            "DB-624",
            at(d, f"{DATA}.status.at"),
            "“数据保存6个月”短于12个月",
            LONGER,
            grounds=OFFICIAL,
        ),
    )


def test_data_shorter_than_guides_boundary() -> None:
    """A figure from memory asks for a person; one of another subject is none for data."""
    remembered = retention("data_retention_years", "1", "year", provenance=RECALLED)
    d = changed(cement(), {f"{DATA}.status.value": "数据保存11个月。"})
    (found,) = findings("DB-624", d, requirements=(remembered,))
    assert (found.severity, found.grounds) == (Severity.REVIEW, RECALLED)
    exact = changed(cement(), {f"{DATA}.status.value": "数据保存12个月。"})
    assert passed("DB-624", exact, requirements=(YEARLY,))
    other = retention("video_retention_months", "24", "months")
    assert inapplicable("DB-624", d, requirements=(other,)) == "没有查到该行业对数据保存时间的要求"


def test_data_shorter_than_guides_cannot_judge() -> None:
    reason = "监测监控水平的企业对标情况没有写明数据保存时间"
    silent = changed(cement(), {f"{DATA}.status.value": "已接入DCS系统。"})
    for d, where in (
        (silent, at(silent, f"{DATA}.at")),
        (without(cement(), "indicators"), cement().at),
    ):
        (doubt,) = unjudged("DB-624", d, requirements=(YEARLY,))
        assert (doubt.at, doubt.reason) == (where, reason)
        assert inapplicable("DB-624", d) == "没有查到该行业对数据保存时间的要求"


# DB-625

AMOUNTS = "production.transports"


def moving(amount: str, unit: str = "t", said: str = "") -> Any:
    """Return the cement works without gates, moving one thing in a year."""
    one = changed(cement().production.transports[0], {"amount": quantity(amount, unit)})
    return changed(
        kept(),
        {
            AMOUNTS: (one,),
            "production.transport_text": (text(said),),
            "evidence.transport.text": (),
        },
    )


def test_gate_system_due_passes() -> None:
    assert passed("DB-625", cement())
    assert passed("DB-625", moving("1000"))


def test_gate_system_due_fails() -> None:
    section = cement().section("五.2.18")
    assert section is not None
    d = moving("7.3", "万t", "公司日均进出货车约12辆次。")
    todo = "建设门禁视频监控系统和电子台账，并在2.18列表说明"
    assert findings("DB-625", d) == (
        finding(
            "DB-625",
            section.at,
            "日均运输物料约200吨，没有列门禁视频监控系统",
            todo,
            severity=Severity.REVIEW,
            grounds=fact("CC-5.13-A"),
        ),
        finding(
            "DB-625",
            section.at,
            "日均进出车辆12辆次，没有列门禁视频监控系统",
            todo,
            also=(AT,),
            severity=Severity.REVIEW,
            grounds=fact("CC-5.13-B"),
        ),
    )


@pytest.mark.parametrize(
    ("amount", "unit", "said", "found"),
    [
        ("54750", "t/a", "", 1),  # 150 t a day
        ("54749", "t/a", "", 0),
        ("5.475", "万t", "", 1),
        ("100", "t", "日进出车辆10辆次", 1),
        ("100", "t", "日进出车辆9辆次", 0),
        ("100", "t", "日均5辆次，旺季日均11辆次", 1),
    ],
)
def test_gate_system_due_boundary(amount: str, unit: str, said: str, found: int) -> None:
    assert len(findings("DB-625", moving(amount, unit, said))) == found
    gates = {GATES: cement().evidence.transport.gates}
    listed = changed(moving(amount, unit, said), gates)
    assert passed("DB-625", listed)
    unequipped = {f"{GATES}.{number}.equipment": None for number in range(3)}
    assert passed("DB-625", changed(listed, unequipped))
    for number in range(len(cement().evidence.transport.gates)):
        listed = without(listed, f"{GATES}.{number}.position")
    assert passed("DB-625", listed)
    blank = {f"{GATES}.{number}.equipment.value": "" for number in range(3)}
    assert len(findings("DB-625", changed(listed, blank))) == found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [("54000t", "750t", 1), ("5.4万t/a", "750t/a", 1), ("5.4万t", "749t", 0), ("54000t", "1件", 0)],
)
def test_gate_system_due_adds_up(first: str, second: str, found: int) -> None:
    """Amounts in tonnes and in ten thousand tonnes; one of neither leaves the sum open."""
    d = moving("1")
    rows = tuple(
        changed(at(d, AMOUNTS)[0], {"amount": quantity(amount, "")}) for amount in (first, second)
    )
    assert len(findings("DB-625", changed(d, {AMOUNTS: rows}))) == found


def test_gate_system_due_by_vehicles_alone() -> None:
    """Where the vehicles suffice, nothing is left open by amounts that are no tonnes."""
    result = outcome("DB-625", moving("若干", "t", "日进出车辆10辆次"))
    assert (len(result.findings), result.unjudged) == (1, ())


def test_gate_system_due_cannot_judge() -> None:
    section = cement().section("五.2.18")
    assert section is not None
    reason = "没有列门禁系统，运输量也不是以吨计的数字，无法判断是否达到门禁条件"
    for d in (
        moving("300", "件"),
        moving("若干"),
        changed(moving("1"), {AMOUNTS: ()}),
        without(moving("1"), f"{AMOUNTS}.0.amount"),
    ):
        (doubt,) = unjudged("DB-625", d)
        assert (doubt.at, doubt.reason) == (section.at, reason)
    trigger = requirement("门禁", subject="gate_trigger_tonnes")
    assert inapplicable("DB-625", moving("99999"), requirements=(trigger,)) == (
        "该行业另有门禁条件的检查"
    )


# DB-626


def captioned(kind: str, caption: str) -> Dossier:
    """Return the cement works with another caption over a ledger."""
    number = next(n for n, t in enumerate(cement().paragraphs) if kind in t.value)
    return changed(cement(), {f"paragraphs.{number}.value": caption})  # type: ignore[no-any-return]


def test_ledger_outdated_passes() -> None:
    assert passed("DB-626", cement())
    assert passed("DB-626", furniture())


def test_ledger_outdated_fails() -> None:
    d = captioned("年7月主要原辅料消耗记录", "表24 2023年5月主要原辅料消耗记录")
    where = next(t.at for t in d.paragraphs if t.value.startswith("表24"))
    assert findings("DB-626", d) == (
        finding(
            "DB-626",
            where,
            "“主要原辅料消耗记录”最近的日期为2023年5月，早于申报日期2026-09-10一年以上",
            "换成申报日前一年内的台账",
        ),
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [("2025年9月", 0), ("2025年8月", 1), ("2025-09-10", 0), ("2025-09-09", 1), ("7月3日", 0)],
)
def test_ledger_outdated_boundary(written: str, found: int) -> None:
    """The newest date of a ledger counts, of its caption or of its column of dates; a day without a year says nothing."""
    d = captioned("年7月生产设备运行台账", "生产设备运行台账（节选）")
    cells = {f"evidence.ledgers.0.rows.{number}.0.value": written for number in range(4)}
    assert len(findings("DB-626", changed(d, cells))) == found
    newer = changed(d, {**cells, "evidence.ledgers.0.rows.3.0.value": "2026年7月"})
    assert passed("DB-626", newer)


def test_ledger_outdated_cannot_judge() -> None:
    """It can always judge: what is not there is the matter of DB-221 and DB-506."""
    undated = without(cement(), "cover.date")
    assert inapplicable("DB-626", undated) == "封面没有申报日期（另由 DB-506 检查）"
    empty = changed(cement(), {"evidence.ledgers": ()})
    assert inapplicable("DB-626", empty) == "没有以表格列出的台账"
    later = changed(cement(), {"cover.date.value": PartialDate(2027, 7, 3)})
    assert passed("DB-626", later)
