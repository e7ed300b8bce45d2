"""Which sections are printed, what stands in them, and the contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from duibiao.model.annex import Annex
from duibiao.model.application import ContentsEntry
from duibiao.model.dossier import Dossier
from duibiao.model.evidence import Section
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.project.compose.desk import Desk
from duibiao.project.compose.emissions import SECTION_OF_KIND, facilities_of
from duibiao.project.compose.wording import COVER, OPTIONAL_SECTIONS

DEEPEST_ENTRY = 3
"""Deepest level of headings that the contents list."""

_SHEETS = {
    COVER: "form", "一": "form", "二": "form", "三": "form", "四": "profile", "四.1": "profile", "四.2": "compliance",
    "四.3": "products", "四.3.1": "products", "四.3.2": "processes", "四.3.3": "materials", "四.3.4": "transports",
    "四.4": "outlets", "五": "indicators", "五.1": "indicators", "五.2": "proofs", "五.2.13": "outlets",
    "五.2.13.1": "outlets", "五.2.13.2": "outlets", "五.2.13.3": "outlets", "五.2.13.4": "outlets",
    "五.2.14": "outlets", "五.2.15": "fugitives", "五.2.16.1": "reports", "五.2.16.3": "staff",
    "五.2.17": "transport", "五.2.18": "gates",
}  # fmt: skip
"""Section → the sheet that fills it, for findings on the section as a whole."""

_DERIVED = ("violation_dates",)
"""Fields that are read out of another one and printed there."""


def printed_sections(desk: Desk, evidenced: Collection[str]) -> tuple[str, ...]:
    """Return the keys of the sections that are printed, in order.

    2.1 to 2.12 apply where something is said, listed or shown (`evidenced` holds their keys); 2.13.1 to 2.13.4 where
    there are such facilities; all others always.
    """
    depending = {*OPTIONAL_SECTIONS, *SECTION_OF_KIND.values()}
    applying = {key for key in OPTIONAL_SECTIONS if key in evidenced}
    applying |= {SECTION_OF_KIND[facility.kind] for facility in facilities_of(desk.data)}
    return tuple(key for key in desk.headings if key not in depending or key in applying)


def sections(
    desk: Desk, printed: Sequence[str], dossier: Dossier, annex: Annex
) -> tuple[Section, ...]:
    """Compose the headings with what stands below each."""
    characters: Counter[str] = Counter()
    for text in running_texts(dossier, annex):
        characters[text.at.section] += len(text.value)
    tables, pictures = _tables(dossier, annex), Counter(p.at.section for p in annex.figures)
    evidence = dossier.evidence
    for photo in (*evidence.photos, *(p for table in evidence.facilities for p in table.photos)):
        pictures[photo.at.section] += 1
    found = []
    for key in printed:
        heading = desk.headings[key]
        title = f"{desk.enterprise}{heading.title}" if key == "一" else heading.title
        at = desk.home(_SHEETS[key], key) if key in _SHEETS else desk.whole(key)
        at = replace(at, quote=shorten(heading.label))
        counts = (characters[key], tables[key], pictures[key])
        found.append(Section(key, heading.number, title, 1 + key.count("."), at, *counts))
    return tuple(found)


def contents(desk: Desk, headings: Sequence[Section]) -> tuple[ContentsEntry, ...]:
    """Compose the table of contents, without pages; the plan is a file of its own."""
    at = replace(desk.whole(COVER), heading="目录")
    return tuple(
        ContentsEntry(section.number, section.title, None, at)
        for section in headings
        if section.level <= DEEPEST_ENTRY and not section.key.startswith("附")
    )


def running_texts(dossier: Dossier, annex: Annex) -> Iterator[Text]:
    """Yield the paragraphs of a composed dossier."""
    production, transport, plan = dossier.production, dossier.evidence.transport, dossier.plan
    for letter in dossier.letters:
        yield from letter.text
    yield from dossier.profile.text if dossier.profile else ()
    yield from (statement.text for statement in dossier.compliance)
    yield from (*production.processes, *production.transport_text)
    for texts in annex.texts.values():
        yield from texts
    yield from (*dossier.evidence.archive.text, *transport.text, *transport.gate_text)
    if plan:
        yield from (*plan.profile, *plan.process, *plan.emissions)
        for level in plan.levels:
            yield from level.measures


def every_text(desk: Desk, dossier: Dossier, annex: Annex) -> tuple[Text, ...]:
    """Return all that a composed dossier says, section by section, as it is printed: paragraphs, then cells and captions."""
    found = dict.fromkeys((*running_texts(dossier, annex), *_said(dossier), *_said(annex)))
    order = {key: number for number, key in enumerate((COVER, *desk.headings))}
    return tuple(sorted(found, key=lambda text: order.get(text.at.section, len(order))))


def _said(part: Any) -> Iterator[Text]:
    """Every located value of a part, as text; blank ones and those that only repeat another are left out."""
    if isinstance(part, Located):
        if text := str(part.value):
            yield Located(text, part.at)
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _said(value)
    elif isinstance(part, tuple):
        for value in part:
            yield from _said(value)
    elif is_dataclass(part) and not isinstance(part, Location):
        for field in fields(part):
            if field.name not in _DERIVED:
                yield from _said(getattr(part, field.name))


def _tables(dossier: Dossier, annex: Annex) -> Counter[str]:
    production, evidence = dossier.production, dossier.evidence
    transport, archive = evidence.transport, evidence.archive
    profile = dossier.profile
    groups: dict[str, tuple[Sequence[Any], ...]] = {
        "一": ((dossier.form,),),
        "四.1": ((profile,), profile.totals if profile else ()),
        "四.3.1": tuple(table.rows for table in production.products),
        "四.3.3": (production.materials, production.energies),
        "四.3.4": (production.transports,),
        "四.4": (
            *(
                {
                    outlet.pollutant.value: (outlet,)
                    for outlet in dossier.outlets
                    if outlet.pollutant
                }.values()
            ),
            dossier.fugitives,
        ),
        "五.1": (dossier.indicators.rows if dossier.indicators else (),),
        "五.2.14": (evidence.limits,),
        "五.2.15": (evidence.controls,),
        "五.2.16.1": (archive.reports, archive.approvals, archive.ratings),
        "五.2.16.2": tuple(ledger.rows for ledger in evidence.ledgers),
        "五.2.16.3": (evidence.staff,),
        "五.2.17": (transport.modes, transport.shares, transport.machines),
        "五.2.18": (transport.gates, transport.vehicles),
    }
    counted = Counter({key: sum(map(bool, found)) for key, found in groups.items()})
    counted.update(table.at.section for table in evidence.facilities)
    counted.update(table.section for table in annex.tables)
    return counted
