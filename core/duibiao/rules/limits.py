"""排放限值: measured concentrations against what the package states, what the grade allows and the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from duibiao.law.in_force import GradeLimit, LawInForce
from duibiao.law.judging import AMBIENT_OXYGEN, Comparison, Judged, at_baseline, judge
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import LimitComparison
from duibiao.model.grades import Grade
from duibiao.model.quantities import Quantity
from duibiao.rules.definition import CannotJudge, Problem, Severity, Yield, rule
from duibiao.rules.support import form_at, outlet_name, plain

_NO_TABLE = "没有2.14的限值对标表可查"
_NOT_MET = re.compile(
    r"^(?:不(?!涉及|适用|超)|否|未(?!超|检出|涉及)|超(?!低))|[×✗✘]|[不未](?:达标|符合|满足)"
)


@rule("DB-401", severity=Severity.ERROR, cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.14"))
def stated_limit_exceeded(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """监测浓度超过材料自己所列的绩效限值。

    为什么：绩效限值是申报等级的要求，有一项未满足即降级评定；同一行写明实测和基准含氧量的，先折算。

    通过：监测浓度上限不大于同一行的绩效限值。

    不通过：限值35，监测浓度24.5~53.9。
    """
    if not dossier.evidence.limits:
        yield CannotJudge(dossier.at, _NO_TABLE)
    for row in dossier.evidence.limits:
        limit, measured = row.limit, row.concentration
        if limit is None or measured is None:
            yield CannotJudge(row.at, f"{_name(row)}缺少绩效限值或监测浓度")
        elif measured.value.not_detected and not measured.value.is_number:
            continue
        elif not limit.value.is_number or not measured.value.is_number:
            yield CannotJudge(row.at, f"{_name(row)}的绩效限值或监测浓度不是数字")
        elif limit.value.unit != measured.value.unit and "" not in (
            limit.value.unit,
            measured.value.unit,
        ):
            yield CannotJudge(row.at, f"{_name(row)}的限值与浓度单位不同，无法比较")
        elif (compared := _at_stated_baseline(row)) is None:
            yield CannotJudge(row.at, f"{_name(row)}的实测含氧量不能用于折算，无法比较")
        elif _exceeds(compared, limit.value) and _is_below(measured.value):
            yield CannotJudge(
                measured.at, f"{_name(row)}只知道{measured.value}，看不出是否超过{limit.value}"
            )
        elif _exceeds(compared, limit.value):
            converted = "" if compared is measured.value else f"（折算后{compared.high:.1f}）"
            yield Problem(
                measured.at,
                f"{_name(row)}监测浓度{measured.value}{converted}超过所列绩效限值{limit.value}",
                "核对监测报告；确实超过的，改造后重新监测，或按能达到的等级申报",
                also=(limit.at,),
            )


@rule(
    "DB-402",
    severity=Severity.ERROR,
    cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、2.14"),
    by_industry=True,
)
def grade_limit_exceeded(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """监测浓度超过技术指南中申报等级的限值。

    为什么：排放限值是绩效分级指标之一，有一项未满足即降级评定；给出实测含氧量的，先折算到基准含氧量。

    通过：各排放口（折算后）浓度上限不大于申报等级的限值。

    不通过：B级限值100，浓度52~108。
    """
    grade = law.grade
    if grade is None or law.branch is None:
        yield CannotJudge(
            form_at(dossier.form, dossier), "不知道申报等级，或没有该行业的插件，无法与指南限值比较"
        )
        return
    if not dossier.evidence.limits:
        yield CannotJudge(dossier.at, _NO_TABLE)
    for row in dossier.evidence.limits:
        limits = _limits(row, law, grade)
        if row.concentration is None:
            continue
        outcome = judge(row.concentration.value, row.oxygen.value if row.oxygen else None, limits)
        yield from _grade_outcome(row, outcome, limits, grade)


@rule("DB-403", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.14", by_industry=True)
def stated_limit_too_lax(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """所列绩效限值比技术指南中申报等级的限值宽松。

    为什么：对标应使用所申报等级的限值，不能抄低一级的限值。

    通过：所列限值不大于指南中该等级的限值。

    不通过：申报A级，却按B级限值对标。
    """
    grade = law.grade
    if grade is None or law.branch is None:
        yield CannotJudge(
            form_at(dossier.form, dossier), "不知道申报等级，或没有该行业的插件，无法核对限值"
        )
        return
    if not dossier.evidence.limits:
        yield CannotJudge(dossier.at, _NO_TABLE)
    for row in dossier.evidence.limits:
        limits = _limits(row, law, grade)
        if row.limit is None or not row.limit.value.is_number or not limits:
            continue
        mildest = max(limits, key=lambda entry: entry.limit.figure.value)
        if _upper(row.limit.value.high) > mildest.limit.figure.value:
            yield Problem(
                row.limit.at,
                f"{_name(row)}所列绩效限值{row.limit.value}，指南中{grade.label}为{mildest.limit.figure}",
                "按技术指南中所申报等级的限值改正，并重新判定是否达标",
                grounds=mildest.limit.provenance,
                verified=mildest.may_fail,
            )


@rule(
    "DB-404",
    severity=Severity.ERROR,
    cites=("SMX2022:第五条（四）", "SMX2022:附件4 五、2.14"),
    by_industry=True,
)
def emission_standard_exceeded(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """监测浓度超过国家或地方排放标准。

    为什么：参与评级的企业应为合法合规企业，超过排放标准即违法，任何等级都不得申报。

    通过：浓度上限不大于排放标准。

    不通过：标准50，浓度60。
    """
    if not dossier.evidence.limits:
        yield CannotJudge(dossier.at, _NO_TABLE)
    for row in dossier.evidence.limits:
        limits = law.standard_limits(row.step.value if row.step else "", _pollutant(row, law))
        if row.concentration is None or not limits:
            continue
        outcome = judge(row.concentration.value, row.oxygen.value if row.oxygen else None, limits)
        if outcome.comparison is Comparison.FAILS and outcome.limit is not None:
            yield Problem(
                row.concentration.at,
                f"{_name(row)}浓度{_value(row, outcome)}超过排放标准{outcome.limit.limit.figure}",
                "立即整改，达标后再申报",
                grounds=outcome.limit.limit.provenance,
                verified=outcome.verified,
            )


@rule("DB-405", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.14")
def oxygen_impossible(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """实测含氧量不在0至21%之间。

    为什么：折算公式的分母是21减实测含氧量，达到或超过21%时无法折算，必是笔误或测点漏风。

    通过：实测含氧量大于等于0、小于21%。

    不通过：实测含氧量21.5%。
    """
    measures = [
        measure
        for measure in (
            *(outlet.oxygen for outlet in dossier.outlets),
            *(row.oxygen for row in dossier.evidence.limits),
        )
        if measure is not None and not measure.value.is_blank
    ]
    for measure in measures:
        if measure.value.high is None or measure.value.low is None:
            yield CannotJudge(measure.at, f"实测含氧量“{measure.value}”不是数字")
        elif not (measure.value.low >= 0 and measure.value.high < AMBIENT_OXYGEN):
            yield Problem(measure.at, f"实测含氧量为{measure.value}", "核对监测报告，改正含氧量")


@rule(
    "DB-406",
    severity=Severity.ERROR,
    cites=("SMX2022:第五条（三）", "SMX2022:附件4 五、1", "SMX2022:附件4 五、2.14"),
)
def conclusion_not_compliant(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """材料自己写明不达标或不符合。

    为什么：有一项未满足即降级评定，不能带着不达标的项目申报该等级。

    通过：结论为达标、符合。

    不通过：“是否达标”一栏写“不达标”。
    """
    indicators = dossier.indicators.rows if dossier.indicators else ()
    fields = [
        *(
            ("对标总表", row.conclusion, f"“{row.indicator.value}”")
            for row in indicators
            if row.conclusion
        ),
        *(("限值对标", row.conclusion, _name(row)) for row in dossier.evidence.limits),
        *(
            ("无组织管控", row.conclusion, row.step.value if row.step else "该工序")
            for row in dossier.evidence.controls
        ),
    ]
    if not fields:
        yield CannotJudge(dossier.at, "没有对标总表、限值对标和无组织管控的结论可查")
    for where, text, name in fields:
        if text is not None and _NOT_MET.search(plain(text.value)):
            yield Problem(
                text.at,
                f"{where}：{name}的结论为“{text.value}”",
                "整改达标后再申报，或按能达到的等级申报",
            )


@rule("DB-407", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.14", by_industry=True)
def pollutant_not_compared(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申报等级设有限值的污染物没有对标。

    为什么：同一排放口的每种污染物都有限值要求，漏掉一种就不能认定该排放口达标。

    通过：排放口的各种污染物都在2.14对标。

    不通过：水泥窑窑尾只对标颗粒物和二氧化硫，没有氮氧化物。
    """
    if law.grade is None or law.branch is None:
        yield CannotJudge(
            form_at(dossier.form, dossier),
            "不知道申报等级，或没有该行业的插件，不知道应对标哪些污染物",
        )
        return
    if not dossier.evidence.limits:
        yield CannotJudge(dossier.at, _NO_TABLE)
    compared: dict[str, tuple[LimitComparison, set[str]]] = {}
    for row in dossier.evidence.limits:
        key = str(outlet_name(row.outlet, row.step))
        compared.setdefault(key, (row, set()))[1].add(_pollutant(row, law))
    for row, present in compared.values():
        process = law.process_named(row.step.value) if row.step else None
        for pollutant in law.common.pollutants if process else ():
            own = [
                entry
                for entry in law.grade_limits(
                    row.step.value if row.step else "", pollutant.key, law.grade
                )
                if entry.limit.process != "*"
            ]
            if not own or pollutant.key in present:
                continue
            name = str(outlet_name(row.outlet, row.step))
            if all(entry.limit.condition for entry in own):
                yield CannotJudge(
                    row.at,
                    f"{name}没有对标{pollutant.name}，是否须对标取决于适用条件（{own[0].limit.condition}）",
                )
            else:
                yield Problem(
                    row.at,
                    f"{name}没有对标{pollutant.name}，{law.grade.label}限值为{own[0].limit.figure}",
                    f"补充{pollutant.name}的监测浓度和对标结果；确实不排放的，说明理由",
                    grounds=own[0].limit.provenance,
                    verified=own[0].may_fail,
                )


def _grade_outcome(
    row: LimitComparison, outcome: Judged, limits: tuple[GradeLimit, ...], grade: Grade
) -> Iterator[Yield]:
    assert row.concentration is not None
    at = row.concentration.at
    if not limits:
        yield CannotJudge(
            at, f"{_name(row)}：没有查到{grade.label}的限值（缺），请对照技术指南核对"
        )
    elif outcome.comparison is Comparison.FAILS and outcome.limit is not None:
        yield Problem(
            at,
            f"{_name(row)}浓度{_value(row, outcome)}超过{grade.label}限值{outcome.limit.limit.figure}",
            "核对监测报告；确实超过的，改造后重新监测，或按能达到的等级申报",
            grounds=outcome.limit.limit.provenance,
            verified=outcome.verified,
        )
    elif outcome.comparison is Comparison.DEPENDS and outcome.limit is not None:
        yield CannotJudge(
            at,
            f"{_name(row)}浓度{_value(row, outcome)}是否达到{grade.label}，取决于适用条件"
            f"（{outcome.limit.limit.condition or '见技术指南'}）",
        )
    elif outcome.comparison is Comparison.UNKNOWN:
        yield CannotJudge(
            at, f"{_name(row)}浓度“{row.concentration.value}”无法与{grade.label}限值比较"
        )
    elif not outcome.verified and outcome.limit is not None:
        standing = outcome.limit.standing.label
        yield CannotJudge(
            at,
            f"{_name(row)}未超过{grade.label}限值{outcome.limit.limit.figure}，但该限值{standing}，请对照技术指南核对",
        )


def _limits(row: LimitComparison, law: LawInForce, grade: Grade) -> tuple[GradeLimit, ...]:
    return law.grade_limits(row.step.value if row.step else "", _pollutant(row, law), grade)


def _pollutant(row: LimitComparison, law: LawInForce) -> str:
    found = law.common.pollutant(row.pollutant.value) if row.pollutant else None
    return found.key if found else ""


def _at_stated_baseline(row: LimitComparison) -> Quantity | None:
    """The concentration at the baseline oxygen that the row itself states; as it is where the row states none."""
    assert row.concentration is not None
    value = row.concentration.value
    measured = row.oxygen.value.high if row.oxygen else None
    baseline = row.baseline_oxygen.value.high if row.baseline_oxygen else None
    if measured is None or baseline is None or value.high is None:
        return value
    high = at_baseline(value.high, measured, baseline)
    return None if high is None else replace(value, low=high, high=high)


def _name(row: LimitComparison) -> str:
    parts = [text.value for text in (row.outlet, row.step, row.pollutant) if text is not None]
    return " ".join(parts) or "该行"


def _value(row: LimitComparison, outcome: Judged) -> str:
    assert row.concentration is not None
    if outcome.converted and outcome.value is not None:
        return f"{row.concentration.value}（折算后{outcome.value:.1f} mg/m³）"
    return str(row.concentration.value)


def _exceeds(measured: Quantity, limit: Quantity) -> bool:
    value, bound = _upper(measured.high), _upper(limit.high)
    return value > bound or (value == bound and limit.comparator == "<" != measured.comparator)


def _is_below(measured: Quantity) -> bool:
    """Whether a measurement says only that the value is below a number, such as a detection limit."""
    return measured.comparator == "<" and measured.is_one


def _upper(value: Decimal | None) -> Decimal:
    assert value is not None
    return value
