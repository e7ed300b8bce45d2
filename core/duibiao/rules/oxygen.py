"""含氧量: the baseline oxygen by which concentrations are converted."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from duibiao.law.in_force import LawInForce
from duibiao.law.records import Limit
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import LimitComparison
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule


@rule("DB-408", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.14", by_industry=True)
def baseline_oxygen_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """所列基准含氧量与标准、指南对该工序的规定不同。

    为什么：折算浓度随基准含氧量而变，基准取大了，折算浓度就偏小。

    通过：水泥窑窑尾写10%。

    不通过：水泥窑窑尾写16%。
    """
    rows = [row for row in dossier.evidence.limits if _number(row) is not None]
    if not rows:
        yield NotApplicable("2.14没有写基准含氧量")
        return
    if law.branch is None:
        yield CannotJudge(rows[0].at, "没有该行业的插件，无法核对基准含氧量")
    for row in rows:
        limits = [limit for limit in _limits(row, law) if limit.oxygen is not None]
        stated = row.baseline_oxygen
        if stated is None or not limits or _number(row) in {limit.oxygen for limit in limits}:
            continue
        best = max(limits, key=lambda limit: limit.provenance.may_fail)
        wanted = "、".join(f"{value}%" for value in sorted({x.oxygen for x in limits if x.oxygen}))
        yield Problem(
            stated.at,
            f"{_name(row)}的基准含氧量为{stated.value}，规定为{wanted}",
            "按规定的基准含氧量重新折算浓度",
            grounds=best.provenance,
        )


@rule("DB-409", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.14", by_industry=True)
def measured_oxygen_blank(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """规定了基准含氧量的排放口没有填实测含氧量。

    为什么：没有实测含氧量，就不能把实测浓度折算到基准含氧量，也看不出所列浓度折算过没有。

    通过：基准含氧量10%，实测含氧量9.1%；或另列折算浓度。

    不通过：基准含氧量写10%，实测含氧量一栏空白。
    """
    rows = [row for row in dossier.evidence.limits if row.oxygen is not None]
    if not rows:
        yield NotApplicable("2.14没有实测含氧量一栏，或已列折算浓度")
        return
    for row in rows:
        measured = row.concentration.value if row.concentration else None
        if row.oxygen is None or not row.oxygen.value.is_blank:
            continue
        limits = _limits(row, law)
        asked = [limit for limit in limits if limit.oxygen is not None]
        is_wanted = _number(row) is not None or (asked and len(asked) == len(limits))
        if is_wanted and measured is not None and measured.is_number:
            yield Problem(
                row.oxygen.at,
                f"{_name(row)}没有填实测含氧量，无法折算",
                "按监测报告补上实测含氧量，或写折算浓度",
                grounds=asked[0].provenance if _number(row) is None else None,
            )


def _limits(row: LimitComparison, law: LawInForce) -> list[Limit]:
    """Every limit in force for a row's own process and pollutant, whatever its regime and grade."""
    process = law.process_named(row.step.value) if row.step else None
    pollutant = law.common.pollutant(row.pollutant.value) if row.pollutant else None
    return [
        limit
        for limit in law.limits
        if process
        and pollutant
        and (limit.process, limit.pollutant) == (process.key, pollutant.key)
    ]


def _number(row: LimitComparison) -> Decimal | None:
    return row.baseline_oxygen.value.high if row.baseline_oxygen else None


def _name(row: LimitComparison) -> str:
    parts = [text.value for text in (row.outlet, row.step, row.pollutant) if text is not None]
    return " ".join(parts) or "该行"
