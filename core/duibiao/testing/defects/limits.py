"""限值与含氧量的缺陷: concentrations, limits and oxygen that are wrong, missing or not met."""

from __future__ import annotations

from typing import Any

from duibiao.model.dossier import Dossier
from duibiao.testing.changing import part
from duibiao.testing.defects.model import Defect, first, keeps, same_emission, writes, written

_NO_OXYGEN = "限值对标表没有填含氧量"


def measured(dossier: Dossier, row: str, value: str) -> Dossier:
    """Return a dossier that gives a concentration wherever that of a row of 2.14 stands.

    Args:
        dossier: The dossier.
        row: Path of the row.
        value: The concentration, without unit.
    """
    entry = part(dossier, row)
    code, old = entry.outlet.value, entry.concentration.value
    places = {f"{row}.concentration": value}
    for number, outlet in enumerate(dossier.outlets):
        if same_emission(outlet, entry):
            places[f"outlets.{number}.concentration"] = value
    for n, table in enumerate(dossier.evidence.facilities):
        for m, facility in enumerate(table.rows):
            held = facility.concentration
            if (
                held
                and facility.step
                and code in facility.step.value
                and held.value.same_value(old)
            ):
                written_as = held.value.text.replace(old.text, value)
                places[f"evidence.facilities.{n}.rows.{m}.concentration"] = written_as
    for path, words in places.items():
        dossier = written(dossier, path, words)
    return dossier


def _above_own_limit(dossier: Dossier) -> Dossier:
    return measured(dossier, _row_of(dossier, "颗粒物"), "1.9-12.6")


def _above_grade(dossier: Dossier) -> Dossier:
    """With a limit of its own that allows it, so that only the guide forbids it."""
    path = _row_of(dossier, "颗粒物", with_oxygen=True)
    return written(measured(dossier, path, "8.1-18.6"), f"{path}.limit", "≤20")


def _above_standard(dossier: Dossier) -> Dossier:
    return measured(dossier, _row_of(dossier, "颗粒物", with_oxygen=True), "431-486")


def _limit_too_lax(dossier: Dossier) -> Dossier:
    return written(dossier, f"{_row_of(dossier, '颗粒物', with_oxygen=True)}.limit", "≤300")


def _limit_of_another_table(dossier: Dossier) -> Dossier:
    """A stricter limit than the table of indicators quotes for the step."""
    row = first(
        dossier, "indicators.rows", lambda r: r.indicator.value == "排放限值", "没有“排放限值”一行"
    )
    words = part(dossier, f"{row}.requirement").value
    steps = [step for clause in words.split("；") for step in clause.partition("：")[0].split("、")]
    limit = first(
        dossier,
        "evidence.limits",
        lambda entry: any(step in entry.step.value for step in steps),
        "对标总表没有按产污环节写限值",
    )
    return written(dossier, f"{limit}.limit", "≤7")


def _row_of(dossier: Dossier, pollutant: str, *, with_oxygen: bool = False) -> str:
    return first(
        dossier,
        "evidence.limits",
        lambda row: (
            row.pollutant.value == pollutant
            and (not with_oxygen or (row.baseline_oxygen and row.baseline_oxygen.value.is_number))
        ),
        _NO_OXYGEN if with_oxygen else f"限值对标表没有{pollutant}",
    )


def _more_oxygen_than_in_air(dossier: Dossier) -> Dossier:
    return written(dossier, f"{_with_oxygen(dossier)}.oxygen", "21.5")


def _oxygen_blank(dossier: Dossier) -> Dossier:
    return written(dossier, f"{_with_oxygen(dossier)}.oxygen", "")


def _other_baseline(dossier: Dossier) -> Dossier:
    return written(dossier, f"{_with_oxygen(dossier)}.baseline_oxygen", "18.5")


def _with_oxygen(dossier: Dossier) -> str:
    return first(
        dossier,
        "evidence.limits",
        lambda row: row.baseline_oxygen and row.baseline_oxygen.value.is_number,
        _NO_OXYGEN,
    )


def _pollutant_gone(dossier: Dossier) -> Dossier:
    """Nitrogen oxides of the outlet that has oxygen, everywhere."""
    code = part(dossier, _with_oxygen(dossier)).outlet.value

    def stays(row: Any) -> bool:
        return (row.outlet.value, row.pollutant.value) != (code, "氮氧化物")

    why = f"{code}没有氮氧化物"
    return keeps("evidence.limits", stays, why)(keeps("outlets", stays, why)(dossier))


DEFECTS = (
    Defect(
        "concentration over the package's own limit",
        "limit-exceeded-for-declared-grade",
        "监测浓度超过材料自己所列的绩效限值",
        ("DB-401",),
        _above_own_limit,
    ),
    Defect(
        "concentration over the limit of the grade",
        "limit-exceeded-for-declared-grade",
        "监测浓度超过申报等级的限值，所列限值被改宽",
        ("DB-402", "DB-403"),
        _above_grade,
        ("DB-410",),
    ),
    Defect(
        "limit laxer than the guide",
        "limit-too-lax",
        "所列绩效限值比申报等级的限值宽松",
        ("DB-403",),
        _limit_too_lax,
        ("DB-410",),
    ),
    Defect(
        "concentration over the emission standard",
        "standard-exceeded",
        "监测浓度超过排放标准",
        ("DB-404",),
        _above_standard,
        ("DB-401",),
    ),
    Defect(
        "more oxygen than in air",
        "oxygen-impossible",
        "实测含氧量高于空气中的含氧量",
        ("DB-405",),
        _more_oxygen_than_in_air,
    ),
    Defect(
        "limit not met by its own words",
        "own-words-negative",
        "限值对标的结论写“不达标”",
        ("DB-406",),
        writes("evidence.limits.0.conclusion", "不达标"),
    ),
    Defect(
        "control not met by its own words",
        "own-words-negative",
        "无组织管控的结论写“不符合”",
        ("DB-406",),
        writes("evidence.controls.0.conclusion", "不符合"),
    ),
    Defect(
        "pollutant not compared",
        "pollutant-missing",
        "应对标的氮氧化物没有对标",
        ("DB-407",),
        _pollutant_gone,
        ("CEM-101", "STL-103"),
        not_in={"锅炉": "燃气锅炉的限值取决于适用条件，只能提示人工判断"},
    ),
    Defect(
        "baseline of oxygen that no standard has",
        "baseline-oxygen-wrong",
        "基准含氧量与规定不同",
        ("DB-408",),
        _other_baseline,
    ),
    Defect(
        "measured oxygen blank",
        "oxygen-blank",
        "没有填实测含氧量",
        ("DB-409",),
        _oxygen_blank,
    ),
    Defect(
        "limit of another figure than in the table of indicators",
        "limit-mismatch",
        "2.14所列的限值与对标总表不同",
        ("DB-410",),
        _limit_of_another_table,
    ),
)
