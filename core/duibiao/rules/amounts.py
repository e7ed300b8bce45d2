"""数量平衡: flows, consumption and annual emission against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from duibiao.law.in_force import LawInForce
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Facility, OutletEmission
from duibiao.model.enterprise import Material
from duibiao.model.evidence import Ledger
from duibiao.model.location import Located, Location, Text
from duibiao.model.quantities import MG_PER_M3, Measure, Quantity, parse_quantity, standard_unit
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.outlets import RowsByOutlet
from duibiao.rules.support import common_scales, outlet_name, plain

SEASONS = 3
"""How many times a month's consumption may be above or below the twelfth of a year's: seasons, stops for repair."""

MAGNITUDE = 10
"""How many times a stated annual emission may be above or below the computed one: days at work are not known."""

_MONTHS = 12
_DAYS_OF_A_YEAR = 365
_HOURS_OF_A_DAY = Decimal(24)
_MG_EXPONENT = 9  # milligrams of a tonne, as a power of ten
_FLOWS = {"": 1, "m3/h": 1, "万m3/h": 10_000}
_MATERIAL_LEDGERS = (4, 5)


@rule(
    "DB-318",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 四、4", "SMX2022:附件4 五、2.13.1（1）"),
)
def flow_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """第四部分的排放风量与治理设施一览表不一致。

    为什么：风量是核算排放量的依据，设施表须与前后资料对照一致。

    通过：同一排放口两处风量相同；几套设施共用一个排放口的，各套之和与第四部分相同。

    不通过：第四部分写62万m³/h，2.13.1写480000m³/h。
    """
    stated = [outlet for outlet in dossier.outlets if outlet.flow and outlet.flow.value.is_number]
    if not stated:
        yield NotApplicable("第四部分没有列排放风量")
    treated = [RowsByOutlet(table.rows) for table in dossier.evidence.facilities]
    told: set[str] = set()
    for outlet in stated:
        assert outlet.flow is not None
        name = outlet_name(outlet.outlet, outlet.step)
        flows = [
            [row.flow for row in table.meant_by(name) if row.flow and row.flow.value.is_number]
            for table in treated
        ]
        given = [flow for table in flows for flow in table]
        if not given or str(name) in told:
            continue
        scales = common_scales([outlet.flow.value, *(flow.value for flow in given)])
        if scales is None:
            yield CannotJudge(outlet.flow.at, f"{name}两处风量的单位不同，无法比较")
            continue
        whole = _high(outlet.flow) * scales[0]
        amounts = iter([_high(flow) * s for flow, s in zip(given, scales[1:], strict=True)])
        tables = [[next(amounts) for _ in table] for table in flows if table]
        if not any(whole == sum(table) or whole in table for table in tables):
            told.add(str(name))
            yield Problem(
                given[0].at,
                f"{name}的排放风量：第四部分为{outlet.flow.value}，治理设施一览表为{given[0].value}",
                "核对监测报告，两处改为相同",
                also=(outlet.flow.at,),
            )


@rule(
    "DB-322",
    severity=Severity.REVIEW,
    cites=("SMX2022:附件4 四、3.3", "SMX2022:附件4 五、2.16.2（4）"),
)
def consumption_far_from_ledger(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """台账的月消耗量与第四部分的年使用量相差悬殊。

    为什么：年使用量应由台账汇总得出。月消耗量乘12与年使用量相差3倍以上，多是单位或小数点写错；季节性生产的，由人核实。

    通过：年用石灰石84.6万吨，台账当月7万吨。

    不通过：年用石灰石84.6万吨，台账当月709.6万吨。
    """
    materials = [*dossier.production.materials, *dossier.production.energies]
    monthly = [entry for ledger in dossier.evidence.ledgers for entry in _consumed(ledger)]
    if not materials or not monthly:
        yield NotApplicable("没有原辅材料、能源表，或没有按月的消耗台账")
        return
    for material in materials:
        name = plain(material.name.value)
        entries = [measure for named, measure in monthly if named == name]
        if material.used is None or material.used.value.high is None or not entries:
            continue
        scales = common_scales([_with_unit(material), *(entry.value for entry in entries)])
        if scales is None:
            yield CannotJudge(entries[0].at, f"{name}的年使用量与台账单位不同，无法比较")
            continue
        used = _high(material.used) * scales[0]
        months = [_high(entry) * scale for entry, scale in zip(entries, scales[1:], strict=True)]
        yearly = sum(months, Decimal(0)) / len(months) * _MONTHS
        if used and yearly and not used <= yearly * SEASONS <= used * SEASONS**2:
            yield Problem(
                entries[0].at,
                f"{name}台账月消耗量{entries[0].value}，折全年约{yearly / scales[0]:.4g}，"
                f"第四部分年使用量为{material.used.value}，相差{SEASONS}倍以上",
                "核对单位和小数点；季节性生产的，说明理由",
                also=(material.used.at,),
            )


@rule(
    "DB-323",
    severity=Severity.REVIEW,
    cites=("SMX2022:附件4 四、1", "SMX2022:附件4 五、2.13.1（1）"),
)
def annual_emission_implausible(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """实际排放量与浓度、风量、运行时间算出的不在一个数量级。

    为什么：年排放量等于各排放口浓度乘风量乘年运行时间。每日时间取生产台账（没有的按24小时），天数按全年计；材料没有写明开工天数，因此相差10倍以上才提出，多是单位写错。

    通过：颗粒物按浓度、风量计算每年35.7~77.9t，写46.35t。

    不通过：同样的浓度和风量，写4635t，或0.46t。
    """
    totals = dossier.profile.totals if dossier.profile else ()
    if not totals or not dossier.evidence.facilities:
        yield NotApplicable("没有实际排放量或治理设施表")
        return
    hours = _daily_hours(dossier) or _HOURS_OF_A_DAY
    for total in totals:
        if total.actual is None or total.actual.value.high is None:
            continue
        computed = _yearly(dossier, law, _key(total.pollutant, law), hours)
        scale = {"": 1, "t": 1, "t/a": 1, "万t": 10_000, "万t/a": 10_000}.get(
            total.actual.value.unit
        )
        if computed is None or scale is None:
            continue
        stated = _high(total.actual) * scale
        too_much = computed.whole and stated > computed.most * MAGNITUDE
        if too_much or stated * MAGNITUDE < computed.least:
            yield Problem(
                total.actual.at,
                f"{total.pollutant.value}实际排放量为{total.actual.value}，"
                f"按各排放口浓度、风量、每日{hours}小时计算约{computed.least:.3g}~{computed.most:.3g}t/a，"
                f"相差{MAGNITUDE}倍以上",
                "核对排放量、风量和浓度的单位；确实如此的，说明核算方法和运行天数",
                also=(computed.at,),
            )


@rule("DB-324", severity=Severity.ERROR, cites=("SMX2022:第十八条", "SMX2022:附件4 四、1"))
def permitted_emission_exceeded(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """实际排放量超过许可排放量。

    为什么：超过许可排放量排放大气污染物属环境违法行为，当年不得申报A级、B（含B-）级、引领性和先进性（第十八条）。

    通过：实际排放量不大于许可排放量。

    不通过：许可70.36t/a，实际75.2t/a。
    """
    totals = dossier.profile.totals if dossier.profile else ()
    if not any(total.permitted and total.actual for total in totals):
        yield CannotJudge(
            dossier.profile.at if dossier.profile else dossier.at,
            "没有列出许可排放量和实际排放量，无法比较",
        )
    for total in totals:
        permitted, actual = total.permitted, total.actual
        if permitted is None or actual is None or permitted.value.is_blank or actual.value.is_blank:
            continue
        scales = common_scales((permitted.value, actual.value))
        if scales is None or not (permitted.value.is_number and actual.value.is_number):
            yield CannotJudge(actual.at, f"{total.pollutant.value}的排放量无法与许可排放量比较")
        elif _high(actual) * scales[1] > _high(permitted) * scales[0]:
            yield Problem(
                actual.at,
                f"{total.pollutant.value}实际排放量{actual.value}超过许可排放量{permitted.value}",
                "核对执行报告；确实超过的，当年不得申报该等级",
                also=(permitted.at,),
            )


def _high(measure: Measure) -> Decimal:
    assert measure.value.high is not None
    return measure.value.high


# -- What a month takes


def _consumed(ledger: Ledger) -> Iterator[tuple[str, Measure]]:
    """Names and quantities of the rows of a ledger that tell what each month takes."""
    columns = {
        name: next((n for n, header in enumerate(ledger.header) if re.search(words, header)), None)
        for name, words in (
            ("name", "名称|物料|能源|燃料"),
            ("unit", "^单位"),
            ("used", "(?:当月|本月|月)[^日]*(?:消耗|使用|用)"),
        )
    }
    name, unit, used = columns["name"], columns["unit"], columns["used"]
    if ledger.kind not in _MATERIAL_LEDGERS or name is None or used is None:
        return
    for row in ledger.rows:
        if len(row) <= max(name, used, unit or 0):
            continue
        written = standard_unit(row[unit].value) if unit is not None else ""
        quantity = parse_quantity(row[used].value, written)
        if quantity.high is not None:
            yield plain(row[name].value), Located(quantity, row[used].at)


def _with_unit(material: Material) -> Quantity:
    """The amount of a material with the unit of its own column, where the cell has none."""
    assert material.used is not None
    own = material.used.value
    unit = standard_unit(material.unit.value) if material.unit else ""
    return own if own.unit else parse_quantity(own.text, unit)


# -- What a year emits


@dataclass(frozen=True, slots=True)
class _Emission:
    """Annual emission of a pollutant, t/a: the least and the most by its concentrations, and whether no outlet is left out."""

    least: Decimal
    most: Decimal
    whole: bool
    at: Location


def _yearly(dossier: Dossier, law: LawInForce, pollutant: str, hours: Decimal) -> _Emission | None:
    """Add up concentration × flow × hours over the rows of part 四; None where no row has both.

    It is not the whole where 2.14 compares the pollutant at further outlets: those without a facility.
    """
    rows = [
        row for row in dossier.outlets if row.pollutant and _key(row.pollutant, law) == pollutant
    ]
    known = RowsByOutlet(rows)
    treated = RowsByOutlet(row for table in dossier.evidence.facilities for row in table.rows)
    least, most = Decimal(0), Decimal(0)
    whole = all(
        known.meant_by(outlet_name(row.outlet, row.step))
        for row in dossier.evidence.limits
        if row.pollutant and _key(row.pollutant, law) == pollutant
    )
    first: Location | None = None
    for row in rows:
        flow = _flow_of(row, treated) if row.flow is None else row.flow
        concentration = row.concentration.value if row.concentration else None
        scale = _FLOWS.get(flow.value.unit) if flow else None
        if flow is None or scale is None or concentration is None or concentration.high is None:
            whole = False
            continue
        if concentration.unit not in ("", MG_PER_M3):
            return None
        factor = (_high(flow) * scale * hours * _DAYS_OF_A_YEAR).scaleb(-_MG_EXPONENT)
        bounded = concentration.not_detected or concentration.comparator in ("<", "≤")
        least += Decimal(0) if bounded else (concentration.low or Decimal(0)) * factor
        most += concentration.high * factor
        first = first or flow.at
    return None if first is None else _Emission(least, most, whole, first)


def _key(text: Text, law: LawInForce) -> str:
    pollutant = law.common.pollutant(text.value)
    return pollutant.key if pollutant else plain(text.value)


def _flow_of(outlet: OutletEmission, treated: RowsByOutlet[Facility]) -> Measure | None:
    """The greatest flow that 2.13 gives for an outlet."""
    flows = [
        row.flow
        for row in treated.meant_by(outlet_name(outlet.outlet, outlet.step))
        if row.flow and row.flow.value.is_number
    ]
    return max(flows, key=_high, default=None)


def _daily_hours(dossier: Dossier) -> Decimal | None:
    """The longest running time of a day in the ledger of production, or None."""
    hours = [
        found
        for ledger in dossier.evidence.ledgers
        if ledger.kind == 1
        for column, header in enumerate(ledger.header)
        if re.search("运行时间|生产时间|运行时长", header)
        for row in ledger.rows
        if column < len(row)
        and (found := parse_quantity(row[column].value).high) is not None
        and 0 < found <= _HOURS_OF_A_DAY
    ]
    return max(hours, default=None)
