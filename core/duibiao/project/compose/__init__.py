"""A project as a dossier: what was filled in and filed, put where the package has it.

The dossier says what the built package will say, so that whoever reads the package gets the same facts back
(`duibiao.testing.comparison.same_facts`). What that asks of the templates:

- tables have the columns of the forms that annex 4 gives or means, in the order of the fields of the dataclasses in
  `duibiao.model`; a field that is None has no column (风量 and 含氧量 in 四.4), one with an empty text has a blank cell;
- a quantity is printed as `Quantity.text` and a date as `str` gives it; the unit of a column stands in its header
  where `unit_in_header` reads it from there, and in the cells otherwise;
- texts of 2.1 to 2.12 and others without a place in the dossier are in `Annex.texts`, flow charts in `Annex.figures`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from duibiao.law.in_force import LawInForce
from duibiao.model.annex import Annex
from duibiao.model.dossier import Dossier, Misfit, SourceFile
from duibiao.model.enterprise import Production
from duibiao.model.evidence import Evidence, IndicatorTable, TransportEvidence
from duibiao.model.location import Text
from duibiao.project.compose import (
    emissions,
    enterprise,
    front,
    management,
    outline,
    proofs,
    transport,
)
from duibiao.project.compose.desk import Desk
from duibiao.project.compose.emissions import facility_names
from duibiao.project.compose.indicators import indicator_table
from duibiao.project.compose.plan import plan
from duibiao.project.data import ProjectData
from duibiao.project.evidence import EvidenceFolder

__all__ = ["Composition", "compose", "facility_names"]


@dataclass(frozen=True, slots=True)
class Composition:
    """编成的材料: a project as a dossier, and what building it takes besides.

    Attributes:
        dossier: What the package says. Its values stand at the cells and files that they come from, in the sections
            where they are printed; `Dossier.misfits` holds all that does not fit.
        annex: Files of the photos, tables that are evidence only, seal and signature.
    """

    dossier: Dossier
    annex: Annex


def compose(data: ProjectData, evidence: EvidenceFolder, law: LawInForce) -> Composition:
    """Put a project where the package has it.

    Args:
        data: What was filled in.
        evidence: What lies in the evidence folder, read with `facility_names(data)`.
        law: The law in force, for headings, texts of requirements, measures of a grade and the plugin's own sheets,
            whose rows are printed in the sections that they name.

    Returns:
        The dossier and its annex, whatever is missing or wrong in the project.
    """
    desk = Desk(data, law)
    texts = proofs.proof_texts(desk)
    tables = proofs.proof_tables(desk)
    evidenced = {*texts, *(table.section for table in tables), *(f.section for f in evidence.files)}
    printed = outline.printed_sections(desk, evidenced)
    proofs.left_out(desk, printed, texts, tables)
    tables = tuple(table for table in tables if table.section in printed)
    shown = proofs.show(desk, evidence.files, printed)
    annex = Annex(
        exhibits=shown.exhibits,
        tables=tables,
        texts={
            key: text for key, text in texts.items() if key in printed and key not in _TYPED_TEXTS
        },
        figures=tuple(shown.photos.pop(proofs.FLOW_CHART, ())),
        seal=evidence.seal,
        signature=evidence.signature,
    )
    indicators = indicator_table(desk, printed)
    dossier = _dossier(desk, evidence, shown, indicators, texts)
    headings = outline.sections(desk, printed, dossier, annex)
    dossier = replace(
        dossier,
        contents=outline.contents(desk, headings),
        sections=headings,
        paragraphs=outline.every_text(desk, dossier, annex),
        misfits=(*data.misfits, *evidence.misfits, *_own(desk)),
    )
    return Composition(dossier, annex)


_TYPED_TEXTS = ("五.2.16.1", "五.2.17", "五.2.18")
"""Sections whose running text has its place in the dossier."""


def _dossier(
    desk: Desk,
    evidence: EvidenceFolder,
    shown: proofs.Shown,
    indicators: IndicatorTable,
    texts: dict[str, tuple[Text, ...]],
) -> Dossier:
    moved = transport.haulage(desk)
    products = enterprise.products(desk)
    archive = management.archive(desk)
    facilities = emissions.facility_tables(desk, shown.photos)
    return Dossier(
        SourceFile(desk.data.file, desk.data.sha256, desk.data.size, is_project=True),
        cover=front.cover(desk, evidence),
        form=front.form(desk, evidence),
        letters=front.letters(desk, evidence),
        profile=enterprise.profile(desk, products),
        compliance=enterprise.compliance(desk),
        production=Production(
            products,
            enterprise.processes(desk),
            enterprise.materials(desk),
            enterprise.energies(desk),
            transport.transports(desk, moved),
            transport.transport_text(desk, moved),
        ),
        outlets=emissions.outlets(desk),
        fugitives=emissions.fugitives(desk),
        indicators=indicators,
        evidence=Evidence(
            facilities,
            emissions.limits(desk),
            emissions.controls(desk),
            replace(archive, text=(*archive.text, *texts.get("五.2.16.1", ()))),
            management.ledgers(desk, shown.ledgers),
            management.staff(desk),
            TransportEvidence(
                text=(
                    *transport.claim(desk, _requirement(indicators)),
                    *texts.get("五.2.17", ()),
                ),
                modes=transport.modes(desk, moved),
                shares=transport.shares(desk),
                machines=transport.machines(desk),
                gates=transport.gates(desk),
                gate_text=(*transport.monitoring(desk), *texts.get("五.2.18", ())),
                vehicles=transport.vehicles(desk),
            ),
            photos=tuple(
                photo
                for section, photos in shown.photos.items()
                if section not in emissions.SECTION_OF_KIND.values()
                for photo in photos
            ),
        ),
        plan=plan(desk, products, moved),
    )


def _requirement(indicators: IndicatorTable) -> str:
    """What the indicator table requires of transport."""
    for row in indicators.rows:
        if row.indicator.value == "运输方式" and row.requirement:
            return row.requirement.value
    return ""


def _own(desk: Desk) -> tuple[Misfit, ...]:
    """What composing found not to fit; what reading said about the same cell before is enough."""
    told = {_cell(misfit) for misfit in desk.data.misfits}
    return tuple(dict.fromkeys(misfit for misfit in desk.misfits if _cell(misfit) not in told))


def _cell(misfit: Misfit) -> tuple[object, ...]:
    at = misfit.at
    return at.file, at.sheet, at.paragraph, at.row, at.column
