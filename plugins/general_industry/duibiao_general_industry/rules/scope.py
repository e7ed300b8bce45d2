"""适用分组: which of the three groups an enterprise touches, and what follows for its gates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from duibiao.law import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import LimitComparison
from duibiao.model.quantities import Quantity
from duibiao.rules import CannotJudge, NotApplicable, Problem, Severity, Yield, rule

DAYS_A_YEAR = 365
"""Days over which a yearly amount is spread for a daily mean: the mildest reading."""

_COMBUSTION = re.compile(r"窑|炉|锅炉|燃烧")
_ELECTRIC = re.compile(
    r"(?<![热发])电(?:加热|热|烘|弧|阻|锅炉|窑|炉|炉窑)|电力?(?=辊道窑|隧道窑|梭式窑|推板窑)"
)


@rule("GEN-101", severity=Severity.REVIEW, cites="G21")
def second_group_touched(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """企业涉及两个分组，只按一个分组申报。

    为什么：同时涉及两个分组的企业，两张指标表都要满足（凭记忆收录，须核实）；总体绩效以较差的为准（第五条（三））。

    通过：排放口的污染物都属于所申报的分组。

    不通过：按涉锅炉/炉窑申报，另有非甲烷总烃排放口。
    """
    if law.branch is None:
        yield CannotJudge(dossier.at, "不知道所申报的分组")
        return
    for row in dossier.outlets:
        found = law.common.pollutant(row.pollutant.value) if row.pollutant else None
        if row.pollutant is None or not row.pollutant.value.strip():
            yield CannotJudge(row.at, "没有写明污染物，不知道属哪个分组")
        if found is None:
            continue
        vocs = found.key in ("NMHC", "TVOC")
        combustion = found.key in ("SO2", "NOx")
        other = "涉VOCs" if vocs and law.branch.key != "vocs" else ""
        other = other or ("涉锅炉/炉窑" if combustion and law.branch.key != "boiler_kiln" else "")
        if other:
            yield Problem(
                row.at,
                f"按{law.branch.name}申报，{row.step.value if row.step else '排放口'}排放{found.name}，属{other}",
                f"同时按{other}的指标对标，总体等级取两者中较差的",
            )
            return


@rule("GEN-102", severity=Severity.REVIEW, cites="G21")
def gate_system_missing(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """运输量达到条件而没有门禁视频监控系统。

    为什么：日均进出货物达到规定数量的企业应建门禁视频监控系统和电子台账（数量凭记忆收录，须核实）。

    通过：运输量未达到条件，或已建门禁系统。

    不通过：日均进出货物200吨，没有列门禁系统。
    """
    triggers = [
        row
        for row in (law.requirements_of("运输监管要求", law.grade) if law.grade else ())
        if row.subject == "gate_trigger_tonnes" and row.figure is not None
    ]
    if not triggers:
        yield NotApplicable("没有查到该分组、该等级的门禁条件")
        return
    rows = [row for row in dossier.production.transports if not row.is_total]
    amounts = [_tonnes(row.amount.value) if row.amount else None for row in rows]
    daily = sum((amount for amount in amounts if amount is not None), Decimal(0)) / DAYS_A_YEAR
    for row in triggers:
        assert row.figure is not None
        reached = row.figure.holds(daily)
        if not reached and (not amounts or None in amounts):
            yield CannotJudge(
                dossier.at, "运输量缺失，或不是以吨计的数字，无法判断是否达到门禁条件"
            )
        if reached and not dossier.evidence.transport.gates:
            section = dossier.section("五.2.18")
            yield Problem(
                section.at if section else dossier.at,
                f"日均进出货物约{daily:.0f}吨，达到{row.figure}，没有列门禁视频监控系统",
                "建设门禁视频监控系统和电子台账，并在2.18列表说明",
                grounds=row.provenance,
            )


@rule("GEN-103", severity=Severity.REVIEW, cites="G21")
def combustion_without_gases(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """锅炉、炉窑没有列二氧化硫和氮氧化物。

    为什么：锅炉、炉窑按颗粒物、二氧化硫、氮氧化物三项限值评级（凭记忆收录，须核实）；电炉除外。

    通过：每座燃料锅炉、炉窑都对标三项。

    不通过：天然气辊道窑只对标颗粒物。
    """
    if law.branch is None or law.branch.key != "boiler_kiln":
        yield NotApplicable("不是涉锅炉/炉窑企业")
        return
    present: dict[str, set[str]] = {}
    places: dict[str, LimitComparison] = {}
    for row in dossier.evidence.limits:
        step = row.step.value if row.step else ""
        if not _COMBUSTION.search(step) or _ELECTRIC.search(step):
            continue
        found = law.common.pollutant(row.pollutant.value) if row.pollutant else None
        key = row.outlet.value if row.outlet else step
        present.setdefault(key, set()).add(found.key if found else "")
        places.setdefault(key, row)
    if not present:
        yield CannotJudge(dossier.at, "排放限值对标表中没有锅炉、炉窑排放口")
    for key, held in present.items():
        missing = [
            name for code, name in (("SO2", "二氧化硫"), ("NOx", "氮氧化物")) if code not in held
        ]
        if missing:
            row = places[key]
            step = row.step.value if row.step else key
            yield Problem(row.at, f"{step}没有对标{'、'.join(missing)}", "补充监测浓度和对标结果")


def _tonnes(amount: Quantity) -> Decimal | None:
    """Return an amount in tonnes, or None where it is no number of tonnes."""
    factors = {"": 1, "t": 1, "t/a": 1, "万t": 10_000, "万t/a": 10_000}
    if amount.high is None or amount.unit not in factors:
        return None
    return amount.high * factors[amount.unit]
