"""Outlets: one row of the sheet feeds 四.4, 2.13 and 2.14; fugitive sources feed 四.4 and 2.15."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from duibiao.law.common import load_common
from duibiao.model.emissions import (
    Facility,
    FacilityKind,
    FacilityTable,
    FugitiveControl,
    FugitiveSource,
    LimitComparison,
    OutletEmission,
    Photo,
)
from duibiao.model.location import Located, Text
from duibiao.model.quantities import Measure, parse_quantity
from duibiao.project.compose.desk import Desk, blank, with_unit
from duibiao.project.data import ProjectData, Record
from duibiao.recognition.cells import one_line
from duibiao.recognition.emissions import FACILITY_SECTIONS, outlet_code
from duibiao.rules.support import KIND_OF_POLLUTANT

SECTION_OF_KIND = {kind: key for key, kind in FACILITY_SECTIONS.items()}
"""Kind of facility → its section."""

_MG = "mg/m³"
_FLOW = "m³/h"
_MEASURED = tuple(KIND_OF_POLLUTANT)


@dataclass(frozen=True, slots=True)
class Treated:
    """治理设施: the rows of the sheet that one facility treats, which stand in 2.13 as one row.

    Attributes:
        kind: Its kind.
        rows: Its rows in order.
    """

    kind: FacilityKind
    rows: tuple[Record, ...]


def facilities_of(data: ProjectData) -> tuple[Treated, ...]:
    """Return the facilities of the sheet of outlets in order.

    Rows of one outlet, kind, emitting step and treatment are one facility that treats several pollutants (非甲烷总烃
    and 苯 in one incinerator).
    """
    found: dict[tuple[FacilityKind, str, str, str], list[Record]] = {}
    for row in data.rows("outlets"):
        outlet, step, treatment = (_plain(row, key) for key in ("outlet", "step", "treatment"))
        kind = None if blank(treatment) else _kind_of(row)
        if kind is not None:
            found.setdefault((kind, outlet, step, treatment), []).append(row)
    return tuple(Treated(key[0], tuple(rows)) for key, rows in found.items())


def _kind_of(row: Record) -> FacilityKind | None:
    """The kind of a facility as it is written; else that of its pollutant, so that the facilities after it keep their numbers."""
    written = _plain(row, "kind")
    if written in set(FacilityKind):
        return FacilityKind(written)
    pollutant = load_common().pollutant(_plain(row, "pollutant"))
    return KIND_OF_POLLUTANT.get(pollutant.key) if pollutant else None


def facility_names(data: ProjectData) -> Mapping[str, tuple[str, ...]]:
    """Return the names of the facilities in order of their numbers, such as ``DA001 1#窑窑尾``, by section of 2.13.

    They name the folders of the evidence.
    """
    found: dict[str, list[str]] = {key: [] for key in FACILITY_SECTIONS}
    for facility in facilities_of(data):
        row = facility.rows[0]
        name = f"{_plain(row, 'outlet')} {_plain(row, 'step')}".strip()
        found[SECTION_OF_KIND[facility.kind]].append(name)
    return {key: tuple(names) for key, names in found.items() if names}


def outlets(desk: Desk) -> tuple[OutletEmission, ...]:
    """Compose the first tables of 四.4: rows with a treatment, by pollutant in order of first appearance."""
    grouped: dict[str, list[OutletEmission]] = {}
    for row in desk.data.rows("outlets"):
        _told_apart(desk, row)
        if blank(_plain(row, "treatment")):
            continue
        pollutant = _pollutant(desk, row, "四.4")
        grouped.setdefault(pollutant.value, []).append(
            OutletEmission(
                desk.placed(row.at, "四.4"),
                outlet_code(desk.cell(row, "outlet", "四.4")),
                desk.cell(row, "step", "四.4"),
                pollutant,
                desk.cell(row, "treatment", "四.4"),
                _with_unit(desk, row, "efficiency", "四.4", "%"),
                desk.measure(row, "concentration", "四.4", _MG),
                retrofitted=desk.day(row, "retrofitted", "四.4"),
            )
        )
    return tuple(outlet for rows in grouped.values() for outlet in rows)


def fugitives(desk: Desk) -> tuple[FugitiveSource, ...]:
    """Compose the last table of 四.4."""
    return tuple(
        FugitiveSource(
            desk.placed(row.at, "四.4"),
            *(desk.cell(row, key, "四.4") for key in ("step", "pollutants", "measure")),
        )
        for row in desk.data.rows("fugitives")
    )


def facility_tables(desk: Desk, photos: Mapping[str, Sequence[Photo]]) -> tuple[FacilityTable, ...]:
    """Compose 2.13.1 to 2.13.4, those that have facilities."""
    every = facilities_of(desk.data)
    tables = []
    for kind, section in SECTION_OF_KIND.items():
        own = [facility for facility in every if facility.kind is kind]
        rows = tuple(
            _facility(desk, facility, number, section) for number, facility in enumerate(own, 1)
        )
        if rows:
            shown = tuple(photos.get(section, ()))
            tables.append(FacilityTable(kind, desk.home("outlets", section), rows, shown))
    return tuple(tables)


def limits(desk: Desk) -> tuple[LimitComparison, ...]:
    """Compose 2.14: every row, in the order of the sheet; a stroke where oxygen does not matter."""
    section = "五.2.14"
    return tuple(
        LimitComparison(
            desk.placed(row.at, section),
            outlet_code(desk.cell(row, "outlet", section)),
            desk.cell(row, "step", section),
            _pollutant(desk, row, section),
            desk.measure(row, "limit", section, _MG),
            desk.measure(row, "concentration", section, _MG),
            _oxygen(desk, row, "oxygen"),
            _oxygen(desk, row, "baseline_oxygen"),
            desk.cell(row, "report", section),
            desk.cell(row, "conclusion", section),
        )
        for row in desk.data.rows("outlets")
    )


def controls(desk: Desk) -> tuple[FugitiveControl, ...]:
    """Compose 2.15; photos are called 图1, 图2 … by row."""
    section = "五.2.15"
    return tuple(
        FugitiveControl(
            at := desk.placed(row.at, section),
            step=desk.cell(row, "step", section),
            requirement=desk.cell(row, "requirement", section),
            status=desk.cell(row, "measure", section),
            conclusion=desk.cell(row, "conclusion", section),
            photo=Located(f"图{number}", at),
        )
        for number, row in enumerate(desk.data.rows("fugitives"), 1)
    )


def _told_apart(desk: Desk, row: Record) -> None:
    """Note what of a row cannot be placed."""
    outlet, line = desk.cell(row, "outlet", "四.4"), desk.cell(row, "line", "四.4")
    if outlet.value and outlet_code(outlet) is None:
        desk.misfit(
            outlet.at,
            f"排放口编号“{outlet.value}”不是 DA001 这样的编号",
            "写排污许可证上的编号：DA 加三位数字",
        )
    if line.value and not desk.line_named(line.value):
        desk.misfit(
            line.at,
            f"“产品产能”表没有生产线“{line.value}”",
            "写该表中的生产线名称；几条线公用的空着",
        )
    if not blank(_plain(row, "treatment")) and _plain(row, "kind") not in set(FacilityKind):
        treatment, guessed = desk.cell(row, "treatment", "四.4"), _kind_of(row)
        kinds = "、".join(FacilityKind)
        placed = f"暂按污染物列为{guessed}设施" if guessed else "列不进 2.13"
        desk.misfit(
            treatment.at,
            f"写了治理设施“{treatment.value}”，没有写设施类别，{placed}",
            f"在“设施类别”选{kinds}之一",
        )
    efficiency = desk.cell(row, "efficiency", "四.4")
    bare = parse_quantity(efficiency.value)
    if bare.high is not None and 0 < bare.high <= 1 and not bare.unit:
        desk.misfit(
            efficiency.at, f"处理效率“{efficiency.value}”看不出是不是百分数", "写百分数，如92%"
        )
    if blank(_plain(row, "treatment")) and (kind := desk.cell(row, "kind", "四.4")).value:
        desk.misfit(
            kind.at,
            f"写了设施类别“{kind.value}”，没有写治理设施",
            "写治理设施（工艺）；没有的，设施类别也空着",
        )
    pollutant = desk.cell(row, "pollutant", "四.4")
    if pollutant.value and desk.law.common.pollutant(pollutant.value) is None:
        known = "、".join(entry.name for entry in desk.law.common.pollutants)
        desk.misfit(pollutant.at, f"不认识的污染物“{pollutant.value}”", f"写规范名称：{known}")


def _facility(desk: Desk, facility: Treated, number: int, section: str) -> Facility:
    """One row of 2.13: what is told of the pollutant that the kind of facility is for, else of the first one."""
    row = min(facility.rows, key=lambda row: _rank(desk, row))
    at = desk.placed(row.at, section)
    step = desk.cell(row, "step", section)
    outlet = outlet_code(desk.cell(row, "outlet", section))
    said = replace(step, value=f"{step.value}（{outlet.value}）") if outlet else step
    return Facility(
        at,
        number,
        said,
        outlet,
        desk.cell(row, "treatment", section),
        desk.day(row, "commissioned", section),
        desk.cell(row, "condition", section),
        _with_unit(desk, row, "efficiency", section, "%"),
        _with_unit(desk, row, "concentration", section, _MG),
        _with_unit(desk, row, "flow", section, _FLOW),
    )


def _rank(desk: Desk, row: Record) -> int:
    key = desk.law.common.pollutant(_plain(row, "pollutant"))
    return _MEASURED.index(key.key) if key and key.key in _MEASURED else len(_MEASURED)


def _pollutant(desk: Desk, row: Record, section: str) -> Text:
    """The pollutant by its usual name, by which the captions of the tables are told."""
    text = desk.cell(row, "pollutant", section)
    known = desk.law.common.pollutant(text.value)
    return replace(text, value=known.name) if known else text


def _with_unit(desk: Desk, row: Record, key: str, section: str, unit: str) -> Measure:
    """A quantity of a column without a unit in its header: it stands in the cell."""
    text = desk.cell(row, key, section)
    return Located(parse_quantity(with_unit(text.value, unit)), text.at)


def _oxygen(desk: Desk, row: Record, key: str) -> Measure:
    text = desk.cell(row, key, "五.2.14")
    return Located(parse_quantity(text.value or "/", "%"), text.at)


def _plain(row: Record, key: str) -> str:
    typed = row.get(key)
    return one_line(typed.value) if typed else ""
