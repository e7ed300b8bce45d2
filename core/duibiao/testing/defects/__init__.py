"""缺陷目录: faults that people make in dossiers, each with the rules that have to find it.

For tests of rules and plugins, and for whoever makes packages with known faults::

    from duibiao.testing.defects import CATALOGUE, CannotPlant

    faulty = CATALOGUE["phone too short"].plant(clean_dossier("cement"))

A fault works on what a dossier holds, whatever its industry; where there is nothing that could be wrong, planting
raises `CannotPlant`, which says why.
"""

from __future__ import annotations

from duibiao.testing.defects import (
    completeness,
    dates,
    figures,
    hygiene,
    identity,
    industries,
    limits,
    photos,
    plan,
    transport,
    words,
)
from duibiao.testing.defects.carrying import NOT_CARRIED, carries
from duibiao.testing.defects.model import CannotPlant, Defect, Plant
from duibiao.testing.defects.outside import HAND_MADE, UNREACHED

__all__ = [
    "CATALOGUE",
    "HAND_MADE",
    "NOT_CARRIED",
    "UNREACHED",
    "CannotPlant",
    "Defect",
    "Plant",
    "carries",
]

_TOPICS = (
    identity,
    completeness,
    figures,
    words,
    limits,
    dates,
    transport,
    plan,
    photos,
    hygiene,
    industries,
)

CATALOGUE = {defect.name: defect for topic in _TOPICS for defect in topic.DEFECTS}
"""Every fault by its name."""
