"""Running text of a section, without what the template prints itself: captions of tables and labels （1）, （2）."""

from __future__ import annotations

import re
from collections.abc import Iterable

from duibiao.model.annex import Annex
from duibiao.model.dossier import Dossier
from duibiao.model.location import Text

CAPTION = re.compile(r"续?表\s*\d+")
LABEL = re.compile(r"\s*[(（]\s*(\d)\s*[)）]")

LINE = 28
"""Letters that a line of running text holds."""

_LABELLED = ("五.2.13.", "五.2.16.")


def running(dossier: Dossier, annex: Annex, key: str) -> list[str]:
    """Return the paragraphs of a section: those of the annex, then those of its typed part."""
    labelled = key.startswith(_LABELLED)
    return [
        text
        for text in spoken((*annex.texts.get(key, ()), *_typed(dossier, key)))
        if not (labelled and LABEL.match(text))
    ]


def spoken(texts: Iterable[Text]) -> list[str]:
    """Return texts that are no captions."""
    return [text.value for text in texts if not CAPTION.match(text.value)]


def by_label(texts: Iterable[Text]) -> dict[int, list[str]]:
    """Return texts by the number of the label above them, 0 for those above the first one; without labels."""
    found: dict[int, list[str]] = {}
    number = 0
    for text in texts:
        if label := LABEL.match(text.value):
            number = int(label[1])
        elif not CAPTION.match(text.value):
            found.setdefault(number, []).append(text.value)
    return found


def lines(texts: Iterable[str]) -> int:
    """Return how many lines paragraphs take, each with its first line indented."""
    return sum(1 + (len(text) + 1) // LINE for text in texts)


def _typed(dossier: Dossier, key: str) -> tuple[Text, ...]:
    transport, production = dossier.evidence.transport, dossier.production
    match key:
        case "四.1":
            return dossier.profile.text if dossier.profile else ()
        case "四.2":
            return tuple(statement.text for statement in dossier.compliance)
        case "四.3.2":
            return production.processes
        case "四.3.4":
            return production.transport_text
        case "五.2.17":
            return transport.text
        case "五.2.18":
            return transport.gate_text
    return ()
