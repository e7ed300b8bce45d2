"""Part 四, section 4, and part 五, 2.13 to 2.15: outlets, facilities, limits and fugitive control."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from duibiao.model.emissions import (
    Facility,
    FacilityKind,
    FacilityTable,
    FugitiveControl,
    FugitiveSource,
    LimitComparison,
    OutletEmission,
)
from duibiao.model.location import Located, Text
from duibiao.model.quantities import halfwidth
from duibiao.recognition import kinds
from duibiao.recognition.cells import compact
from duibiao.recognition.frames import Frame, RowReader
from duibiao.recognition.photos import photos
from duibiao.recognition.reading import Reading

FACILITY_SECTIONS = {
    "五.2.13.1": FacilityKind.DUST,
    "五.2.13.2": FacilityKind.DESULFURISATION,
    "五.2.13.3": FacilityKind.DENITRATION,
    "五.2.13.4": FacilityKind.VOCS,
}

_CODE = re.compile(r"D\s?[A-Z]\s?\d(?:\s?\d){2}\d?", re.IGNORECASE)
"""The code of an outlet; in a narrow column it may be broken."""

_TABLE_NUMBER = re.compile(r"[续附]?表\s*[\d.-]*\s*")
_ABOUT_TABLE = re.compile(
    r"(?:废气|大气污染物|有组织)?(?:产污|产排污|排放|治理|监测|对标|污染物).*$"
)


def read_outlets(
    reading: Reading,
) -> tuple[tuple[OutletEmission, ...], tuple[FugitiveSource, ...]]:
    """Read part 四, section 4: organised and fugitive emission."""
    outlets: list[OutletEmission] = []
    fugitives: list[FugitiveSource] = []
    for frame in reading.frames("四.4"):
        if frame.kind is kinds.OUTLETS:
            pollutant = frame.pollutant or _captioned(frame, reading)
            outlets.extend(_outlet(row, pollutant) for row in frame.records())
        else:
            fugitives.extend(
                FugitiveSource(
                    row.at, row.text("step"), row.text("pollutants"), row.text("measure")
                )
                for row in frame.records()
            )
    return tuple(outlets), tuple(fugitives)


def read_facilities(reading: Reading) -> tuple[FacilityTable, ...]:
    """Read 2.13.1 to 2.13.4, those that are there and apply."""
    found = []
    for key, kind in FACILITY_SECTIONS.items():
        chunk = reading.chunk(key)
        if chunk is None:
            continue
        frames = list(reading.frames(key))
        rows = tuple(_facility(row) for frame in frames for row in frame.records())
        shown = photos(reading, key)
        if rows or shown:
            at = frames[0].base if frames else chunk.at(reading.file)
            found.append(FacilityTable(kind, at, rows, shown))
    return tuple(found)


def read_limits(reading: Reading, outlets: Sequence[OutletEmission]) -> tuple[LimitComparison, ...]:
    """Read 2.14: one table for all, one an outlet or one a pollutant, named in its caption.

    An outlet whose step is not written there is at the step that part 四 gives it.

    Args:
        reading: The document.
        outlets: The outlets of part 四.
    """
    steps = {
        outlet.outlet.value: outlet.step.value
        for outlet in outlets
        if outlet.outlet and outlet.step
    }
    return tuple(
        _limit(row, _captioned(frame, reading), steps)
        for frame in reading.frames("五.2.14")
        for row in frame.records()
    )


def _limit(row: RowReader, captioned: Text | None, steps: Mapping[str, str]) -> LimitComparison:
    """Read one row; a concentration that is converted already (折算) must not be converted again."""
    converted = "折算" in row.header("concentration")
    step, caption = row.text("step"), row.frame.caption
    outlet = outlet_code(row.text("outlet")) or outlet_code(step)
    if outlet is None and step is None:
        outlet = outlet_code(caption)
    if step is None and outlet is not None and outlet.value in steps:
        step = Located(steps[outlet.value], outlet.at)
    elif step is None and outlet is None and caption is not None:
        named = _ABOUT_TABLE.sub("", _TABLE_NUMBER.sub("", caption.value))
        step = Located(named, caption.at) if named else None
    return LimitComparison(
        at=row.at,
        outlet=outlet,
        step=step,
        pollutant=row.text("pollutant") or row.frame.pollutant or captioned,
        limit=row.measure("limit"),
        concentration=row.measure("concentration"),
        oxygen=None if converted else row.measure("oxygen"),
        baseline_oxygen=row.measure("baseline_oxygen"),
        report=row.text("report"),
        conclusion=row.choice("conclusion"),
    )


def read_controls(reading: Reading) -> tuple[FugitiveControl, ...]:
    """Read 2.15."""
    return tuple(
        FugitiveControl(
            at=row.at,
            step=row.text("step"),
            requirement=row.text("requirement"),
            status=row.text("status"),
            conclusion=row.choice("conclusion"),
            photo=row.text("photo"),
        )
        for frame in reading.frames("五.2.15")
        for row in frame.records()
    )


def _captioned(frame: Frame, reading: Reading) -> Text | None:
    """The pollutant that a table's caption names, for tables with one table a pollutant."""
    if frame.caption is None:
        return None
    caption = halfwidth(frame.caption.value)
    names = [
        (caption.find(name), -len(name), name)
        for pollutant in reading.common.pollutants
        for name in (pollutant.name, *pollutant.aliases)
        if halfwidth(name) in caption
    ]
    return Located(min(names)[2], frame.caption.at) if names else None


def _outlet(row: RowReader, captioned: Text | None) -> OutletEmission:
    step = row.text("step")
    return OutletEmission(
        at=row.at,
        outlet=outlet_code(row.text("outlet")) or outlet_code(step),
        step=step,
        pollutant=row.text("pollutant") or captioned,
        treatment=row.text("treatment"),
        efficiency=row.measure("efficiency"),
        concentration=row.measure("concentration"),
        oxygen=row.measure("oxygen"),
        flow=row.measure("flow"),
        retrofitted=row.day("retrofitted"),
    )


def _facility(row: RowReader) -> Facility:
    step = row.text("step")
    number = row.text("number")
    digits = re.match(r"\d{1,9}(?!\d)", halfwidth(number.value)) if number else None
    return Facility(
        at=row.at,
        number=int(digits.group()) if digits else None,
        step=step,
        outlet=outlet_code(row.text("outlet")) or outlet_code(step),
        process=row.text("process"),
        commissioned=row.day("commissioned"),
        condition=row.text("condition"),
        efficiency=row.measure("efficiency"),
        concentration=row.measure("concentration"),
        flow=row.measure("flow"),
    )


def outlet_code(text: Text | None) -> Text | None:
    """Return the outlet code in a cell, such as DA001, or None where there is none."""
    match = _CODE.search(halfwidth(text.value)) if text else None
    return Located(compact(match.group()).upper(), text.at) if match and text else None
