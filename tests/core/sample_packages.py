"""The sample enterprises as projects: their dossiers with the files behind their photos."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path

from duibiao.law import LawInForce, load_common
from duibiao.model.annex import Annex, Exhibit, ProofTable
from duibiao.model.application import ContentsEntry
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import Photo
from duibiao.model.location import Located, Location, Text
from duibiao.rendering.engine import WordTemplate
from duibiao.rendering.finding_templates import KINDS
from duibiao.reports.templates import home
from duibiao.testing import enterprises
from duibiao.testing.dossiers import build_dossier
from duibiao.testing.pictures import key_for, photo, seal
from duibiao.testing.spec import Enterprise

CAPTION = re.compile(r"表\d+ ")
LABEL = re.compile(r"（(\d)）")
DOCUMENTS = ("五.2.14", "五.2.16.1")
"""Sections whose pictures are pages of documents."""

TYPED = ("四.1", "四.2", "四.3.2", "四.3.4", "五.2.16.1", "五.2.16.2", "五.2.17", "五.2.18")
"""Sections whose running text has its place in the dossier."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample enterprise as a project: what is printed, and of what."""

    enterprise: Enterprise
    dossier: Dossier
    annex: Annex
    law: LawInForce


def sample(name: str, folder: Path) -> Sample:
    """Return a sample enterprise with its pictures in `folder`; captions, page numbers and what does not apply are left out."""
    enterprise = enterprises.load(name)
    whole = build_dossier(enterprise)
    exhibits = {exhibit.key: exhibit for exhibit in _exhibits(whole, folder)}
    stamp = folder / "seal.png"
    stamp.write_bytes(seal(enterprise.name))
    annex = Annex(exhibits, _tables(enterprise), _texts(whole), seal=stamp)
    law = LawInForce(enterprise.day, load_common())
    return Sample(enterprise, _bare(whole), annex, law)


def read_file(exhibit: Exhibit) -> tuple[bytes, str]:
    """Return an exhibit as it is."""
    return exhibit.path.read_bytes(), exhibit.path.suffix


def shipped(kind: str) -> Traversable:
    """Return a shipped template: dossier, plan or review."""
    return home().joinpath(KINDS[kind][0])


def word(kind: str, context: Mapping[str, object]) -> bytes:
    """Return a document made from the shipped template."""
    made = io.BytesIO()
    WordTemplate.load(shipped(kind)).render(context, made)
    return made.getvalue()


def _bare(dossier: Dossier) -> Dossier:
    sections = tuple(
        section
        for section in dossier.sections
        if not section.not_applicable and not section.key.startswith("附")
    )
    production, evidence, profile = dossier.production, dossier.evidence, dossier.profile
    assert profile is not None
    return replace(
        dossier,
        contents=tuple(
            ContentsEntry(section.number, section.title, None, section.at)
            for section in sections
            if section.level <= 3
        ),
        sections=sections,
        profile=replace(profile, text=_said(profile.text)),
        production=replace(production, transport_text=_said(production.transport_text)),
        evidence=replace(
            evidence,
            archive=replace(evidence.archive, text=_said(evidence.archive.text)),
            transport=replace(
                evidence.transport,
                text=_said(evidence.transport.text),
                gate_text=_said(evidence.transport.gate_text),
            ),
        ),
        paragraphs=(),
    )


def _said(texts: Iterable[Text]) -> tuple[Text, ...]:
    return tuple(text for text in texts if not CAPTION.match(text.value))


def _texts(dossier: Dossier) -> dict[str, tuple[Text, ...]]:
    """Running text that has no place of its own in the dossier."""
    found: dict[str, tuple[Text, ...]] = {}
    for section in dossier.sections:
        if section.key[0] in "四五" and section.key not in TYPED and not section.not_applicable:
            said = (
                text
                for text in _said(dossier.paragraphs)
                if text.at.section == section.key
                and text.at.table is None
                and text.at.paragraph != section.at.paragraph
                and not LABEL.match(text.value)
            )
            found[section.key] = tuple(said)
    return found


def _tables(enterprise: Enterprise) -> tuple[ProofTable, ...]:
    tables = []
    for number, proof in enterprise.proofs.items():
        at = Location(section=f"五.{number}")
        counted = proof.header[:1] == ("序号",)
        rows = tuple(tuple(Located(cell, at) for cell in row[counted:]) for row in proof.rows)
        if rows:
            tables.append(ProofTable(at.section, proof.caption, proof.header[counted:], rows))
    return tuple(tables)


def _exhibits(dossier: Dossier, folder: Path) -> Iterator[Exhibit]:
    evidence = dossier.evidence
    for shown in (*(p for table in evidence.facilities for p in table.photos), *evidence.photos):
        assert shown.picture is not None
        assert shown.caption is not None
        name = f"{shown.at.table} {shown.caption.value}"
        assert key_for(name) == shown.picture
        path = folder / f"{shown.picture}.png"
        path.write_bytes(photo(name))
        is_document = shown.at.section in DOCUMENTS or "竣工" in shown.caption.value
        group = _group(dossier, shown)
        yield Exhibit(shown.picture, path, None, 320, 240, is_document, group)


def _group(dossier: Dossier, shown: Photo) -> int:
    """The facility that a photo shows, or the item of 2.16.1 or 2.16.2 that it stands below."""
    if shown.at.section.startswith("五.2.13."):
        return shown.number or 0
    above = [
        int(label[1])
        for text in dossier.paragraphs
        if text.at.section == shown.at.section
        and text.at.table is None
        and (text.at.paragraph or 0) < (shown.at.paragraph or 0)
        and (label := LABEL.match(text.value))
    ]
    return above[-1] if above and shown.at.section.startswith("五.2.16.") else 0
