"""The one-plant-one-plan (一厂一策实施方案) as its template sees it."""

from __future__ import annotations

from collections.abc import Mapping

from duibiao.model.annex import Annex
from duibiao.model.dossier import Dossier
from duibiao.model.plan import AlertLevel
from duibiao.rendering.pictures import picture_bytes
from duibiao.rendering.view.pictures import Pictures, Read
from duibiao.rendering.view.tables import text_of, texts_of

_NAMES = {AlertLevel.RED: "red", AlertLevel.ORANGE: "orange", AlertLevel.YELLOW: "yellow"}


def plan_view(
    dossier: Dossier,
    annex: Annex,
    *,
    draft: bool = False,
    read: Read = picture_bytes,
) -> Mapping[str, object]:
    """Return what the template of 一厂一策实施方案 prints, as `schema.PLAN` describes it.

    Args:
        dossier: The dossier with its plan; without one everything is blank.
        annex: Holds the seal.
        draft: It is a draft and says so on every page.
        read: Gives the bytes of an exhibit, or a blank for the layout.

    Raises:
        BuildError: The picture of the seal cannot be read.
    """
    plan = dossier.plan
    return {
        "draft": draft,
        "enterprise": text_of(plan and plan.enterprise),
        "month": text_of(plan and plan.date),
        "seal": Pictures(annex, read).seal(),
        "profile": texts_of(plan.profile) if plan else [],
        "process": texts_of(plan.process) if plan else [],
        "emissions": texts_of(plan.emissions) if plan else [],
        **{name: _level(dossier, level) for level, name in _NAMES.items()},
    }


def _level(dossier: Dossier, level: AlertLevel) -> dict[str, object]:
    found = dossier.measures(level)
    return {
        "measures": texts_of(found.measures if found else ()),
        "ratio": text_of(found and found.ratio),
        "responsible": text_of(found and found.responsible),
        "phone": text_of(found and found.phone),
    }
