"""The tables that 2.13 to 2.18 ask for, each with its number."""

from __future__ import annotations

from collections.abc import Iterator

from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Archive, Evidence
from duibiao.recognition.emissions import FACILITY_SECTIONS
from duibiao.rendering.view import schema
from duibiao.rendering.view.tables import counted, header_unit, row, table

Sheets = dict[str, dict[str, object] | None]

NAMES = ("facilities", "limits", "controls", "approvals", "reports", "ratings", "staff", "modes", "shares", "machines",
         "gates", "vehicles")  # fmt: skip
"""All that there are, as the schema calls them."""


def sheets(dossier: Dossier, key: str, numbers: Iterator[int]) -> Sheets:
    """Return the tables of a section by name; those of 2.16.1 are given by `archive_sheet`."""
    evidence = dossier.evidence
    if key in FACILITY_SECTIONS:
        return {"facilities": _facilities(evidence, key, numbers)}
    match key:
        case "五.2.14":
            rows = [row(limit, schema.LIMIT) for limit in evidence.limits]
            has_oxygen = any(limit.oxygen or limit.baseline_oxygen for limit in evidence.limits)
            return {"limits": table(numbers, rows, has_oxygen=has_oxygen)}
        case "五.2.15":
            return {"controls": table(numbers, counted(evidence.controls, schema.CONTROL))}
        case "五.2.16.3":
            return {"staff": table(numbers, counted(evidence.staff, schema.STAFF))}
        case "五.2.17":
            return _transport(evidence, numbers)
        case "五.2.18":
            found = evidence.transport
            return {
                "gates": table(numbers, counted(found.gates, schema.GATE)),
                "vehicles": table(numbers, counted(found.vehicles, schema.VEHICLE)),
            }
    return {}


def archive_sheet(archive: Archive, item: int, numbers: Iterator[int]) -> Sheets:
    """Return the table of an item of 2.16.1: approvals of (2), reports of (4), ratings of (5)."""
    match item:
        case 2:
            return {"approvals": table(numbers, counted(archive.approvals, schema.APPROVAL))}
        case 4:
            return {"reports": table(numbers, counted(archive.reports, schema.REPORT))}
        case 5:
            rows = [row(rating, schema.RATING) for rating in archive.ratings]
            return {"ratings": table(numbers, rows)}
    return {}


def _facilities(evidence: Evidence, key: str, numbers: Iterator[int]) -> dict[str, object] | None:
    found = [
        facility
        for item in evidence.facilities
        if item.kind is FACILITY_SECTIONS[key]
        for facility in item.rows
    ]
    return table(
        numbers,
        [row(facility, schema.FACILITY) for facility in found],
        efficiency_unit=header_unit(facility.efficiency for facility in found),
        concentration_unit=header_unit(facility.concentration for facility in found),
        flow_unit=header_unit(facility.flow for facility in found),
    )


def _transport(evidence: Evidence, numbers: Iterator[int]) -> Sheets:
    modes, shares, machines = (
        evidence.transport.modes,
        evidence.transport.shares,
        evidence.transport.machines,
    )
    return {
        "modes": table(
            numbers,
            counted(modes, schema.MODE),
            amount_unit=header_unit(mode.amount for mode in modes),
            share_unit=header_unit(mode.share for mode in modes),
        ),
        "shares": table(
            numbers,
            counted(shares, schema.SHARE),
            share_unit=header_unit(share.share for share in shares),
        ),
        "machines": table(numbers, counted(machines, schema.MACHINE)),
    }
