"""Makes the demo packages and projects of this folder: `python demo/make_demo.py [FOLDER]`, from the root of the checkout.

`clean-cement.docx` has no known fault; `faulty-furniture.docx` has the faults of `FAULTS`, which README.md explains;
`projects/` has a project of each sample enterprise, to be built. All enterprises are invented. Needs
``pip install duibiao[testing]``. After a change here or in `duibiao.testing`, run it and commit the new files: a test
compares them.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from duibiao.model.application import CommitmentLetter, LetterKind
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Facility, FacilityKind, FacilityTable
from duibiao.model.plan import AlertLevel
from duibiao.model.quantities import parse_quantity
from duibiao.project.blank import write_workbook
from duibiao.project.catalogue import catalogue_of
from duibiao.project.names import WORKBOOK
from duibiao.service import Service
from duibiao.testing import enterprises
from duibiao.testing.dossiers import build_dossier, clean_dossier
from duibiao.testing.projects import FILE, write_project
from duibiao.testing.spec import Enterprise
from duibiao.testing.word import write_word

CLEAN = "clean-cement.docx"
FAULTY = "faulty-furniture.docx"
PROJECTS = "projects"


def wrong_credit_code(dossier: Dossier) -> Dossier:
    """The form has two digits of the credit code swapped."""
    form = dossier.form
    assert form is not None
    assert form.credit_code is not None
    code = form.credit_code.value
    swapped = code[:6] + code[7] + code[6] + code[8:]
    return replace(
        dossier, form=replace(form, credit_code=replace(form.credit_code, value=swapped))
    )


def unsigned_letter(dossier: Dossier) -> Dossier:
    """The second letter is not signed."""

    def unsigned(letter: CommitmentLetter) -> CommitmentLetter:
        assert letter.signature is not None
        return replace(letter, signature=replace(letter.signature, value=""))

    letters = tuple(
        unsigned(letter) if letter.kind is LetterKind.REDUCTION else letter
        for letter in dossier.letters
    )
    return replace(dossier, letters=letters)


def other_concentration(dossier: Dossier) -> Dossier:
    """2.13.4 gives another concentration for DA004 than part 四."""

    def changed(row: Facility) -> Facility:
        assert row.concentration is not None
        quantity = parse_quantity("3.1-7.9mg/m³")
        return replace(row, concentration=replace(row.concentration, value=quantity))

    return _with_facility(dossier, "DA004", changed)


def impossible_efficiency(dossier: Dossier) -> Dossier:
    """2.13.4 gives an efficiency of 199 % for DA005."""

    def changed(row: Facility) -> Facility:
        assert row.efficiency is not None
        return replace(row, efficiency=replace(row.efficiency, value=parse_quantity("199%")))

    return _with_facility(dossier, "DA005", changed)


def wrong_vin(dossier: Dossier) -> Dossier:
    """A VIN of the vehicle ledger has one character too few."""
    transport = dossier.evidence.transport
    first, *others = transport.vehicles
    assert first.vin is not None
    short = replace(first, vin=replace(first.vin, value=first.vin.value[:-1]))
    evidence = replace(dossier.evidence, transport=replace(transport, vehicles=(short, *others)))
    return replace(dossier, evidence=evidence)


def placeholder_left(dossier: Dossier) -> Dossier:
    """The title page of the plan still has the date of the template."""
    plan = dossier.plan
    assert plan is not None
    assert plan.date is not None
    texts = tuple(
        replace(text, value="XXXX年XX月") if text.at == plan.date.at else text
        for text in dossier.paragraphs
    )
    return replace(dossier, plan=replace(plan, date=None), paragraphs=texts)


def no_red_alert(dossier: Dossier) -> Dossier:
    """The plan has no measures for the red alert."""
    plan = dossier.plan
    red = dossier.measures(AlertLevel.RED)
    assert plan is not None
    assert red is not None
    return replace(
        dossier,
        plan=replace(plan, levels=tuple(level for level in plan.levels if level is not red)),
        sections=tuple(section for section in dossier.sections if section.key != red.at.section),
        contents=tuple(entry for entry in dossier.contents if entry.title not in red.at.heading),
    )


FAULTS: tuple[Callable[[Dossier], Dossier], ...] = (
    wrong_credit_code,
    unsigned_letter,
    other_concentration,
    impossible_efficiency,
    wrong_vin,
    placeholder_left,
    no_red_alert,
)
"""What is planted in the faulty package; besides, its monitoring reports are more than a year old."""

EXPIRED = (731, 603, 492)
"""Ages of the monitoring reports of the faulty package, in days."""


def faulty_dossier() -> Dossier:
    """Return the faulty dossier."""
    dossier = build_dossier(replace(enterprises.load("furniture"), report_ages=EXPIRED))
    for plant in FAULTS:
        dossier = plant(dossier)
    return dossier


def make(folder: Path) -> None:
    """Write both packages and the projects into a folder."""
    write_word(clean_dossier("cement"), folder / CLEAN)
    write_word(faulty_dossier(), folder / FAULTY)
    shutil.rmtree(folder / PROJECTS, ignore_errors=True)
    service = Service()
    for name in enterprises.names():
        _make_project(service, enterprises.load(name), folder / PROJECTS)


def _make_project(service: Service, enterprise: Enterprise, folder: Path) -> None:
    """Write the project of an enterprise, its data as the workbook that a consultant would have filled in."""
    project = write_project(enterprise, folder)
    opened = service.open_project(project)
    catalogue = catalogue_of(service.registry, opened.terms.law)
    write_workbook(project / WORKBOOK, catalogue, opened.data)
    (project / FILE).unlink()


def _with_facility(
    dossier: Dossier, outlet: str, change: Callable[[Facility], Facility]
) -> Dossier:
    """Return the dossier with the VOCs facility at an outlet changed."""

    def rows(table: FacilityTable) -> tuple[Facility, ...]:
        return tuple(
            change(row) if row.outlet and row.outlet.value == outlet else row for row in table.rows
        )

    tables = tuple(
        replace(table, rows=rows(table)) if table.kind is FacilityKind.VOCS else table
        for table in dossier.evidence.facilities
    )
    return replace(dossier, evidence=replace(dossier.evidence, facilities=tables))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
