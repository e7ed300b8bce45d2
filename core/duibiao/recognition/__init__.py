"""Document → dossier. What cannot be recognised is said, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.document.garbage import no_search
from duibiao.document.model import Document, Paragraph, Table
from duibiao.law.common import CommonLaw
from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.evidence import Section
from duibiao.model.location import Located, Location, Text, shorten
from duibiao.recognition.cells import cell_text, one_line, paragraph_text
from duibiao.recognition.emissions import read_outlets
from duibiao.recognition.enterprise import read_compliance, read_production, read_profile
from duibiao.recognition.evidence import read_evidence, read_indicators
from duibiao.recognition.front import (
    read_contents,
    read_cover,
    read_form,
    read_letters,
)
from duibiao.recognition.outline import Chunk, split
from duibiao.recognition.plan import read_plan
from duibiao.recognition.reading import Reading

__all__ = ["recognise"]

_NOT_APPLICABLE = re.compile(r"不涉及")
_LONGEST_DISCLAIMER = 30


def recognise(document: Document, common: CommonLaw) -> Dossier:
    """Make a dossier of a document.

    Args:
        document: The document as read.
        common: The common law, for the outline and the names of pollutants.

    Returns:
        The dossier; `Dossier.unread` lists what was not understood.
    """
    with no_search():
        return _dossier(document, Reading(document.name, common, split(document, common.outline)))


def _dossier(document: Document, reading: Reading) -> Dossier:
    outlets, fugitives = read_outlets(reading)
    return Dossier(
        source=SourceFile(
            name=document.name,
            sha256=document.sha256,
            size=document.size,
            revisions=document.revisions,
            comments=document.comments,
            external=document.external,
        ),
        cover=read_cover(reading),
        contents=read_contents(reading),
        sections=tuple(_section(chunk, reading) for chunk in reading.chunks[1:]),
        form=read_form(reading),
        letters=read_letters(reading),
        profile=read_profile(reading),
        compliance=read_compliance(reading),
        production=read_production(reading),
        outlets=outlets,
        fugitives=fugitives,
        indicators=read_indicators(reading),
        evidence=read_evidence(reading, outlets),
        plan=read_plan(reading),
        paragraphs=tuple(text for chunk in reading.chunks for text in _texts(chunk, reading)),
        margins=tuple(_margins(document)),
        unread=tuple(reading.unread),
    )


def _margins(document: Document) -> Iterator[Text]:
    """Yield what stands in headers, footers and notes."""
    for text in document.margins:
        line = one_line(text)
        yield Located(
            line, Location(document.name, heading="页眉、页脚或脚注", quote=shorten(line))
        )


def _section(chunk: Chunk, reading: Reading) -> Section:
    paragraphs = [block for block in chunk.blocks if isinstance(block, Paragraph)]
    tables = [block for block in chunk.blocks if isinstance(block, Table)]
    texts = [one_line(paragraph.text) for paragraph in paragraphs if paragraph.text.strip()]
    return Section(
        key=chunk.key,
        number=chunk.number,
        title=chunk.title,
        level=chunk.level,
        at=chunk.at(reading.file),
        characters=sum(map(len, texts)),
        tables=sum(not reading.shows_pictures(table) for table in tables),
        pictures=sum(len(paragraph.pictures) for paragraph in paragraphs)
        + sum(map(reading.pictures, tables)),
        not_applicable=any(
            len(text) <= _LONGEST_DISCLAIMER and _NOT_APPLICABLE.search(text) for text in texts
        ),
    )


def _texts(chunk: Chunk, reading: Reading) -> Iterator[Text]:
    base = chunk.at(reading.file)
    if chunk.heading is not None:
        yield Located(chunk.label, base)
    for block in chunk.blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield paragraph_text(block, base)
            continue
        at = reading.table_at(block, chunk)
        for cell in block.cells():
            if cell.text:
                yield cell_text(cell, at)
