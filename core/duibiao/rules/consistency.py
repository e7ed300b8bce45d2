"""前后一致: chapter 四 against chapter 五, outlet by outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Facility, FacilityKind, LimitComparison, OutletEmission
from duibiao.model.location import Text
from duibiao.model.quantities import MG_PER_M3, Measure, unit_in_header
from duibiao.rules.definition import CannotJudge, NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.outlets import RowsByOutlet
from duibiao.rules.support import outlet_name, plain
from duibiao.rules.treatments import is_treated, kind_treating, techniques

SAME_PROCESS = 60
"""Likeness (0 to 100) from which two wordings of a treatment count as the same."""

_SEVERAL = re.compile(r"\d\D+\d")
"""Several numbers in one cell: which of them is the one to be compared cannot be told where it was not read."""


@rule("DB-301", severity=Severity.ERROR, cites="SMX2022:附件4 四、4")
def concentration_differs_from_facility_table(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """第四部分的排放浓度与治理设施一览表不一致。

    为什么：附件4明确要求第四部分的排放浓度“注意与第五章内容的前后一致性”。

    通过：同一排放口、同一污染物两处浓度相同。

    不通过：第四部分写3.9~9.4，2.13.4写2.7~6.6。
    """
    if not dossier.outlets or not dossier.evidence.facilities:
        yield CannotJudge(dossier.at, "缺少第四部分的产排污环节表或第五部分的治理设施表，无法对照")
        return
    for outlet, facilities in _matched(dossier, law):
        facility = facilities[0]
        if all(_differ(outlet.concentration, each.concentration) for each in facilities):
            yield _mismatch(
                "排放浓度", outlet, outlet.concentration, facility.concentration, "治理设施一览表"
            )


@rule("DB-302", severity=Severity.ERROR, cites=("SMX2022:附件4 四、4", "SMX2022:附件4 五、2.14"))
def concentration_differs_from_limit_table(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """第四部分的排放浓度与排放限值对标表不一致。

    为什么：限值对标所用的监测浓度，须与第四部分所列的排放浓度是同一数据。

    通过：同一排放口、同一污染物两处浓度相同。

    不通过：第四部分写24.5~53.9，2.14写2.6~6.8。
    """
    if not dossier.outlets or not dossier.evidence.limits:
        yield CannotJudge(dossier.at, "缺少第四部分的产排污环节表或2.14的限值对标表，无法对照")
        return
    compared = RowsByOutlet(dossier.evidence.limits)
    for outlet in dossier.outlets:
        row = _compared(outlet, compared, law)
        if row is not None and _differ(outlet.concentration, row.concentration):
            yield _mismatch(
                "排放浓度", outlet, outlet.concentration, row.concentration, "排放限值对标表"
            )


@rule("DB-303", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.13.1（1）")
def facility_missing_in_table(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """第四部分的治理设施在第五部分的设施表中没有。

    为什么：设施表须全面、真实，并与前后资料对照一致。

    通过：第四部分每个有治理设施的产污环节，2.13的相应表里都有。

    不通过：第四部分有生料均化库顶的除尘器，2.13.1没有。
    """
    if not dossier.outlets:
        yield CannotJudge(dossier.at, "没有第四部分的产排污环节表，无法对照")
        return
    tables = {table.kind: table for table in dossier.evidence.facilities}
    treated = {kind: RowsByOutlet(table.rows) for kind, table in tables.items()}
    for outlet in dossier.outlets:
        kind = kind_treating(outlet, law)
        if kind is None or not is_treated(outlet, kind):
            continue
        table = tables.get(kind)
        name = outlet_name(outlet.outlet, outlet.step)
        if (table is None or not treated[kind].meant_by(name)) and dossier.is_unread("五.2.13"):
            yield CannotJudge(
                outlet.at, f"2.13有没有读懂的内容，不知道{_name(outlet)}的设施是否列在其中"
            )
        elif table is None or not treated[kind].meant_by(name):
            yield Problem(
                table.at if table else dossier.at,
                f"{_name(outlet)}的{outlet.treatment.value if outlet.treatment else '治理设施'}"
                f"列在第四部分，2.13的{kind.value}设施表里没有",
                "在2.13的设施表中补充该设施及照片，或更正第四部分",
                also=(outlet.at,),
            )


@rule("DB-304", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.13.1（2）")
def facility_numbers_not_running(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """治理设施的序号不连续或重复。

    为什么：照片和合同都按序号对应，序号断了就对不上设施。

    通过：序号从1起连续编排。

    不通过：序号为1、2、4、5。
    """
    if not dossier.evidence.facilities:
        yield NotApplicable("没有治理设施表")
    for table in dossier.evidence.facilities:
        expected = 1
        for row in table.rows:
            if row.number is None:
                yield CannotJudge(row.at, "序号不是数字，无法核对")
                break
            if row.number != expected:
                yield Problem(
                    row.at,
                    f"{table.kind.value}设施的序号为{row.number}，应为{expected}",
                    "重新连续编号，照片序号随之更正",
                )
            expected = row.number + 1


@rule(
    "DB-305",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 四、4", "SMX2022:附件4 五、2.13.1（1）"),
)
def efficiency_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """第四部分的处理效率与治理设施一览表不一致。

    为什么：同一设施只有一个去除效率。

    通过：同一排放口、同一类设施两处效率相同。

    不通过：第四部分写92%，2.13.4写84%。
    """
    if not dossier.outlets or not dossier.evidence.facilities:
        yield CannotJudge(dossier.at, "缺少第四部分的产排污环节表或第五部分的治理设施表，无法对照")
        return
    for outlet, facilities in _matched(dossier, law):
        facility = facilities[0]
        if all(_differ(outlet.efficiency, each.efficiency) for each in facilities):
            yield _mismatch(
                "处理效率", outlet, outlet.efficiency, facility.efficiency, "治理设施一览表"
            )


@rule(
    "DB-306",
    severity=Severity.WARNING,
    cites=("SMX2022:附件4 四、4", "SMX2022:附件4 五、2.13.1（1）"),
)
def treatment_differs(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """第四部分的治理工艺与治理设施一览表不一致。

    为什么：同一设施的工艺名称应当一致，否则看不出是不是同一套设施。

    通过：同一排放口、同一类设施两处工艺相同或写法相近。

    不通过：第四部分写袋式除尘器，2.13.1写湿式电除尘器。
    """
    if not dossier.outlets or not dossier.evidence.facilities:
        yield CannotJudge(dossier.at, "缺少第四部分的产排污环节表或第五部分的治理设施表，无法对照")
        return
    for outlet, facilities in _matched(dossier, law):
        one, other = outlet.treatment, facilities[0].process
        if one is None or other is None or not plain(one.value) or not plain(other.value):
            continue
        processes = [each.process.value for each in facilities if each.process]
        if not any(_is_like(one.value, process) for process in processes):
            yield Problem(
                other.at,
                f"{_name(outlet)}的治理工艺第四部分为“{one.value}”，治理设施一览表为“{other.value}”",
                "核对实际工艺，两处统一",
                also=(one.at,),
            )


def _is_like(treatment: str, process: str) -> bool:
    """Return whether two texts may name the same facility: a technique in common, or else much the same words."""
    one, other = techniques(treatment), techniques(process)
    if one and other:
        return bool(one & other)
    return fuzz.partial_ratio(plain(treatment), plain(process)) >= SAME_PROCESS


@rule("DB-311", severity=Severity.ERROR, cites=("SMX2022:附件4 四、4", "SMX2022:附件4 五、2.14"))
def outlet_missing_in_limit_table(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """第四部分的排放口在排放限值对标表中没有。

    为什么：每个排放口、每种污染物都要与限值对标。

    通过：第四部分所列的每个排放口和污染物，2.14都有。

    不通过：第四部分有DA005，2.14没有。
    """
    if not dossier.outlets or not dossier.evidence.limits:
        yield CannotJudge(dossier.at, "缺少第四部分的产排污环节表或2.14的限值对标表，无法对照")
        return
    compared = RowsByOutlet(dossier.evidence.limits)
    for outlet in dossier.outlets:
        if _compared(outlet, compared, law) is not None:
            continue
        if dossier.is_unread("五.2.14"):
            yield CannotJudge(outlet.at, f"2.14有没有读懂的内容，不知道{_name(outlet)}是否列在其中")
        else:
            yield Problem(
                dossier.evidence.limits[0].at,
                f"{_name(outlet)}的{outlet.pollutant.value if outlet.pollutant else '污染物'}没有在2.14对标",
                "在排放限值对标表中补充该排放口、该污染物",
                also=(outlet.at,),
            )


@rule("DB-313", severity=Severity.WARNING, cites="SMX2022:附件4 五、2.13.1（1）")
def facility_not_in_part_four(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """设施表中的设施在第四部分没有。

    为什么：前后资料须能对照。

    通过：2.13的每套设施，第四部分都列有该排放口。

    不通过：2.13.1列有DA009，第四部分没有。
    """
    if not dossier.outlets or not dossier.evidence.facilities:
        yield CannotJudge(dossier.at, "缺少第四部分的产排污环节表或第五部分的治理设施表，无法对照")
        return
    known = RowsByOutlet(dossier.outlets)
    for table in dossier.evidence.facilities:
        for row in table.rows:
            if not known.meant_by(outlet_name(row.outlet, row.step)):
                name = row.step.value if row.step else "该设施"
                yield Problem(
                    row.at, f"“{name}”列在设施表中，第四部分没有", "在第四部分补充，或更正设施表"
                )


@rule(
    "DB-314",
    severity=Severity.ERROR,
    cites=("SMX2022:附件4 四、4", "SMX2022:附件4 五、2.13.1（1）"),
)
def concentration_unit_wrong(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """排放浓度的单位不对。

    为什么：废气排放浓度以mg/m³计，单位写错，数值就不能与限值比较。

    通过：单位为mg/m³（mg/Nm³、毫克/立方米亦可）。

    不通过：表头写mg/L，即使各格另写了mg/m³。
    """
    wrong: dict[tuple[int | None, str], dict[int | None, Measure]] = {}
    measures = list(_concentrations(dossier))
    if not measures:
        yield CannotJudge(dossier.at, "没有排放浓度可查")
    for measure in measures:
        for unit in filter(None, (measure.value.unit, measure.value.headed)):
            if unit != MG_PER_M3 and unit_in_header(f"({unit})") and unit[:2] != "ng":
                columns = wrong.setdefault((measure.at.table, unit), {})
                columns.setdefault(measure.at.column, measure)
    for (_, unit), columns in wrong.items():
        first, *others = columns.values()
        yield Problem(
            first.at,
            f"排放浓度一列的单位为“{unit}”",
            "改为mg/m³，并核对数值",
            also=tuple(other.at for other in others),
        )


@rule("DB-315", severity=Severity.ERROR, cites="SMX2022:附件4 五、2.13.1（1）")
def efficiency_impossible(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """去除效率大于100%或小于0。

    为什么：去除效率不可能超过100%，必是笔误。

    通过：0至100%之间。

    不通过：写成199%。
    """
    measures = [
        measure
        for measure in (
            *(outlet.efficiency for outlet in dossier.outlets),
            *(row.efficiency for table in dossier.evidence.facilities for row in table.rows),
        )
        if measure is not None
    ]
    if not measures:
        yield CannotJudge(dossier.at, "没有去除效率可查")
    wrong: dict[str, list[Measure]] = {}
    for measure in measures:
        low, high = measure.value.low, measure.value.high
        if low is not None and high is not None and (high > 100 or low < 0):
            wrong.setdefault(measure.value.text, []).append(measure)
    for text, found in wrong.items():
        also = tuple(other.at for other in found[1:])
        yield Problem(found[0].at, f"去除效率为{text}", "核对后改正", also=also)


def _matched(
    dossier: Dossier, law: LawInForce
) -> Iterator[tuple[OutletEmission, tuple[Facility, ...]]]:
    """Pair every outlet and pollutant of part 四 with the facilities of 2.13 that treat it, in their order.

    Several facilities in a row at one outlet are told apart by nothing: one that agrees is enough. A table of 2.13
    gives one concentration, so TVOC is left out where the outlet has NMHC too.
    """
    outlets = RowsByOutlet(dossier.outlets)
    treated = {
        kind: RowsByOutlet(
            row for table in dossier.evidence.facilities if table.kind is kind for row in table.rows
        )
        for kind in FacilityKind
    }
    for outlet in dossier.outlets:
        kind = kind_treating(outlet, law)
        name = outlet_name(outlet.outlet, outlet.step)
        if kind is None or (
            _pollutant_key(outlet.pollutant, law) == "TVOC"
            and any(
                _pollutant_key(other.pollutant, law) == "NMHC" for other in outlets.meant_by(name)
            )
        ):
            continue
        facilities = tuple(treated[kind].meant_by(name))
        if facilities:
            yield outlet, facilities


def _pollutant_key(text: Text | None, law: LawInForce) -> str:
    pollutant = law.common.pollutant(text.value) if text else None
    return pollutant.key if pollutant else plain(text.value) if text else ""


def _compared(
    outlet: OutletEmission, compared: RowsByOutlet[LimitComparison], law: LawInForce
) -> LimitComparison | None:
    """Return the row of 2.14 for an outlet and pollutant of part 四, or None."""
    pollutant = _pollutant_key(outlet.pollutant, law)
    for row in compared.meant_by(outlet_name(outlet.outlet, outlet.step)):
        if _pollutant_key(row.pollutant, law) == pollutant:
            return row
    return None


def _differ(one: Measure | None, other: Measure | None) -> bool:
    if one is None or other is None or one.value.is_blank or other.value.is_blank:
        return False
    return not one.value.same_value(other.value)


def _name(outlet: OutletEmission) -> str:
    parts = [text.value for text in (outlet.outlet, outlet.step) if text is not None]
    return " ".join(parts) or "该排放口"


def _mismatch(
    what: str, outlet: OutletEmission, one: Measure | None, other: Measure | None, where: str
) -> Yield:
    assert one is not None
    assert other is not None
    pollutant = outlet.pollutant.value if outlet.pollutant else ""
    for measure in (one, other):
        if not measure.value.is_number and _SEVERAL.search(measure.value.text):
            return CannotJudge(
                measure.at,
                f"{_name(outlet)}{pollutant}的{what}“{measure.value}”中有几个数，无法对照",
            )
    return Problem(
        other.at,
        f"{_name(outlet)}{pollutant}的{what}：第四部分为{one.value}，{where}为{other.value}",
        "核对监测报告，两处改为相同",
        also=(one.at,),
    )


def _concentrations(dossier: Dossier) -> Iterator[Measure]:
    groups: tuple[Iterable[Measure | None], ...] = (
        (outlet.concentration for outlet in dossier.outlets),
        (row.concentration for table in dossier.evidence.facilities for row in table.rows),
        (row.limit for row in dossier.evidence.limits),
        (row.concentration for row in dossier.evidence.limits),
    )
    for group in groups:
        for measure in group:
            if measure is not None and not measure.value.is_blank:
                yield measure
