"""Sample enterprises as projects: what a consultant would fill in and file for them, without a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from duibiao.model.location import Located, Location
from duibiao.model.plan import AlertLevel
from duibiao.model.sheets import Sheet
from duibiao.plugins import Registry, load_plugins
from duibiao.project.data import ProjectData, Record
from duibiao.project.notation import dump_toml
from duibiao.project.sheets import SHEETS
from duibiao.testing.basics import PERMIT_TERM
from duibiao.testing.dossiers import build_dossier
from duibiao.testing.filing import evidence_of, write_evidence
from duibiao.testing.management import STAFF
from duibiao.testing.spec import TREATED_BY, Emission, Enterprise, Outlet

FILE = "申报数据.toml"
"""Name of the data of a project that is written here."""

Values = Mapping[str, str]
Content = Mapping[str, Values | Sequence[Values]]
"""Sheet key → the values of a form, or of the rows of a list."""

_HOURS = {True: "7920", False: "5280"}
"""Hours of a year, by whether the enterprise never stops for the night."""


@cache
def registry() -> Registry:
    """Return the installed plugins, loaded once."""
    return load_plugins()


def project_of(enterprise: Enterprise) -> dict[str, Any]:
    """Return what is filled in for an enterprise: sheet key → values of a form, or rows of a list; blank ones left out.

    The industry is written as the installed plugin calls its branch. Everything else says what the dossier of the
    enterprise (`build_dossier`) says.
    """
    content: dict[str, Any] = {
        "form": _form(enterprise),
        "profile": {
            "coordinates": enterprise.coordinates,
            "industry_code": enterprise.code,
            "park": enterprise.park,
            "legal_person": enterprise.legal_person,
            "permit_number": enterprise.permit_number,
            "permit_term": PERMIT_TERM,
            "standard": enterprise.standard,
        },
        "totals": _rows(("pollutant", "permitted", "actual"), enterprise.totals),
        "processes": _rows(("text",), [(text,) for text in enterprise.processes]),
        **_production(enterprise),
        "outlets": [
            _outlet(enterprise, outlet, emission)
            for outlet in enterprise.outlets
            for emission in outlet.emissions
        ],
        "fugitives": _rows(
            ("step", "pollutants", "requirement", "measure", "conclusion"),
            [
                (f.step, f.pollutants, f.requirement, f.measure, "符合")
                for f in enterprise.fugitives
            ],
        ),
        "indicators": _rows(
            ("indicator", "requirement", "status"),
            [(name, claim.requirement, claim.status) for name, claim in enterprise.claims.items()],
        ),
        "proofs": _rows(
            ("section", "text"),
            [(number, proof.text) for number, proof in enterprise.proofs.items()],
        ),
        "items": list(_items(enterprise)),
        "staff": _rows(("name", "post", "education", "subject", "certificate"), STAFF),
        "measures": [
            {"level": level.value, "measure": measure}
            for level in reversed(AlertLevel)
            if level in enterprise.alerts
            for measure in enterprise.alerts[level].measures
        ],
        "levels": [
            {"level": level.value, "ratio": enterprise.alerts[level].ratio}
            for level in reversed(AlertLevel)
            if level in enterprise.alerts
        ],
        **_told(enterprise),
    }
    return {sheet.key: content.get(sheet.key, [] if sheet.is_list else {}) for sheet in SHEETS}


def project_data(
    content: Content, file: str = FILE, sheets: Sequence[Sheet] = SHEETS
) -> ProjectData:
    """Return filled-in values as if they had been read: rows from the third line on, fields in their columns.

    Args:
        content: As `project_of` gives it.
        file: Name of the file.
        sheets: The sheets that are filled in.
    """
    forms, lists = {}, {}
    for sheet in sheets:
        found = content.get(sheet.key)
        if isinstance(found, Mapping):
            forms[sheet.key] = _record(file, sheet, found, None)
        elif found:
            lists[sheet.key] = tuple(
                _record(file, sheet, values, number) for number, values in enumerate(found, 3)
            )
    digest = sha256(repr(content).encode()).hexdigest()
    return ProjectData(file, digest, len(repr(content)), forms, lists)


def write_project(enterprise: Enterprise, folder: Path) -> Path:
    """Write the project of an enterprise: its data as TOML, and a picture or document for everything it has to show.

    Args:
        enterprise: The enterprise, which may be varied.
        folder: Where the folder of the project is made; it is called after the enterprise.

    Returns:
        The folder of the project.
    """
    project = folder / enterprise.short
    project.mkdir(parents=True)
    data = project_data(project_of(enterprise))
    (project / FILE).write_text(dump_toml(data), encoding="utf-8")
    write_evidence(evidence_of(enterprise, data), project)
    return project


def _record(file: str, sheet: Sheet, values: Values, row: int | None) -> Record:
    columns = {field.key: number for number, field in enumerate(sheet.fields, 1)}
    at = Location(file, heading=sheet.title, sheet=sheet.title, row=row)
    return Record(
        at,
        {
            key: Located(
                value,
                Location(
                    file,
                    heading=sheet.title,
                    sheet=sheet.title,
                    row=row or columns[key] + 1,
                    column=columns[key] if row else 2,
                ),
            )
            for key, value in values.items()
            if value
        },
    )


def _form(enterprise: Enterprise) -> Values:
    found = registry().find(enterprise.industry)
    day = enterprise.day
    return {
        "date": f"{day.year}年{day.month}月{day.day}日",
        "city": enterprise.city,
        "county": enterprise.county,
        "address": enterprise.address,
        "enterprise": enterprise.name,
        "credit_code": enterprise.credit_code,
        "industry": found[1].name if found else enterprise.industry,
        "grade": enterprise.grade.label,
        "control_type": enterprise.control_type,
        "responsible": enterprise.responsible,
        "phone": enterprise.phone,
        "output_value": enterprise.output_value,
    }


def _production(enterprise: Enterprise) -> dict[str, list[Values]]:
    return {
        "products": [
            {
                "product": line.product,
                "line": line.name,
                "equipment": line.equipment,
                "capacity": line.capacity,
                "capacity_unit": enterprise.units[line.product][0],
                "output": line.output,
                "output_unit": enterprise.units[line.product][1],
            }
            for product in enterprise.units
            for line in enterprise.lines
            if line.product == product
        ],
        "materials": _rows(
            ("name", "kind", "unit", "used", "storage", "handling"),
            [(s.name, s.kind, s.unit, s.used, s.storage, s.handling) for s in enterprise.materials],
        ),
        "energies": _rows(
            ("name", "unit", "used", "handling"),
            [(stock.name, stock.unit, stock.used, stock.handling) for stock in enterprise.energies],
        ),
        "transports": [
            {
                "goods": haul.goods,
                "direction": haul.direction,
                "mode": haul.mode,
                "amount": haul.amount,
                "unit": enterprise.haul_unit,
                "clean": "是" if haul.clean else "否",
            }
            for haul in enterprise.hauls
        ],
    }


def _outlet(enterprise: Enterprise, outlet: Outlet, emission: Emission) -> Values:
    kind = TREATED_BY.get(emission.pollutant) if emission.treatment else None
    return {
        "outlet": outlet.code,
        "step": outlet.step,
        "pollutant": emission.pollutant,
        "kind": kind.value if kind else "",
        "treatment": emission.treatment,
        "efficiency": emission.efficiency,
        "concentration": emission.concentration,
        "limit": emission.limit,
        "oxygen": outlet.oxygen if outlet.baseline_oxygen else "",
        "baseline_oxygen": outlet.baseline_oxygen,
        "flow": outlet.flow,
        "hours": _HOURS[enterprise.has_cems],
        "commissioned": outlet.commissioned,
        "retrofitted": outlet.retrofitted,
        "condition": "正常运行" if kind else "",
        "report": enterprise.reports[-1][0],
        "conclusion": "达标",
    }


def _items(enterprise: Enterprise) -> Iterator[Values]:
    """The lists of 2.1 to 2.12 in the columns that projects have for them."""
    for number, proof in enterprise.proofs.items():
        for row in proof.rows:
            named = dict(zip(proof.header[1:], row[1:], strict=True))
            date = next((value for name, value in named.items() if "时间" in name), "")
            name, *others = (value for value in named.values() if value != date)
            values = {"section": number, "name": name, "date": date}
            yield {**values, **dict(zip(("number", "remark"), others, strict=False))}


def _told(enterprise: Enterprise) -> dict[str, Any]:
    """What the dossier says in tables and sentences of its own."""
    dossier = build_dossier(enterprise)
    evidence, archive = dossier.evidence, dossier.evidence.archive
    transport = evidence.transport
    return {
        "compliance": [
            {"topic": entry.topic, "statement": entry.text.value.partition("：")[2]}
            for entry in dossier.compliance
        ],
        "reports": _rows_of(("number", "kind", "date", "laboratory"), archive.reports),
        "approvals": _rows_of(("project", "approval", "acceptance", "accepted"), archive.approvals),
        "ratings": _rows_of(("year", "rating"), archive.ratings),
        "transport": {
            "claim": transport.text[1].value,
            "monitoring": transport.gate_text[0].value,
        },
        "vehicles": _rows_of(
            ("plate", "kind", "vin", "engine", "fuel", "stage", "registered", "papers"),
            transport.vehicles,
        ),
        "machines": _rows_of(("name", "code", "stage"), transport.machines),
        "gates": _rows_of(("position", "equipment", "connected", "retention"), transport.gates),
        **_ledgers(enterprise, {ledger.kind: ledger for ledger in evidence.ledgers if ledger.rows}),
    }


def _ledgers(enterprise: Enterprise, tables: Mapping[int, Any]) -> dict[str, list[Values]]:
    month = next(cell.value for cell in tables[1].rows[0]).partition("月")[0]
    made = tables[1].header[-1].partition("（")[2].removesuffix("）")
    found: dict[str, list[Values]] = {}
    for kind, key, names in (
        (1, "ledger_production", ("date", "line", "hours", "load", "output")),
        (
            2,
            "ledger_treatment",
            ("date", "facility", "hours", "parameters", "consumables", "recorder"),
        ),
        (4, "ledger_materials", ("name", "unit", "used")),
        (5, "ledger_energy", ("name", "unit", "used")),
        (6, "ledger_waste", ("name", "kind", "amount", "disposal")),
        (8, "ledger_transport", ("date", "plate", "goods", "direction", "stage")),
    ):
        rows: list[Values] = []
        for cells in tables[kind].rows:
            values = dict(zip(names, (cell.value for cell in cells), strict=True))
            if "date" in values:
                values["date"] = f"{enterprise.day.year}年{values['date']}"
            else:
                values["month"] = f"{enterprise.day.year}年{month}月"
            if "output" in values:
                values["output"] += made
            rows.append(values)
        found[key] = rows
    return found


def _rows(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Values]:
    return [dict(zip(names, row, strict=True)) for row in rows]


def _rows_of(names: Sequence[str], parts: Sequence[Any]) -> list[Values]:
    return [
        {name: str(value) for name in names if (value := getattr(part, name))} for part in parts
    ]
