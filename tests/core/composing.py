"""What the tests of composing share: the cement works' project with one thing changed, and evidence without files."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from duibiao.law import Law, load_common
from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier, Misfit
from duibiao.plugins import load_plugins
from duibiao.project.compose import Composition, compose, facility_names
from duibiao.project.evidence import EvidenceFile, EvidenceFolder, read_evidence
from duibiao.testing import enterprises
from duibiao.testing.projects import project_data, project_of, write_project
from duibiao.testing.spec import Enterprise

Content = dict[str, Any]
Change = Callable[[Content], object]

NOTHING = EvidenceFolder()


@cache
def law_of(name: str) -> LawInForce:
    """Return the law under which a sample is composed."""
    enterprise = enterprises.load(name)
    found = load_plugins().find(project_of(enterprise)["form"]["industry"])
    assert found is not None
    plugin, branch = found
    law = Law(load_common(), plugin.book, branch, enterprise.city, enterprise.grade)
    return law.on(enterprise.day)


def bare_law() -> LawInForce:
    """Return the law where no plugin knows the industry."""
    return LawInForce(date(2026, 9, 10), load_common())


@cache
def _content(name: str) -> Content:
    return project_of(enterprises.load(name))


def content(name: str = "cement", change: Change | None = None) -> Content:
    """Return what is filled in for a sample, changed in place by `change`."""
    copy = deepcopy(_content(name))
    if change is not None:
        change(copy)
    return copy


def composed(
    change: Change | None = None,
    *,
    evidence: EvidenceFolder = NOTHING,
    law: LawInForce | None = None,
    name: str = "cement",
) -> Composition:
    """Return a sample composed, with one thing changed."""
    return compose(project_data(content(name, change)), evidence, law or law_of(name))


def dossier(change: Change | None = None, **options: Any) -> Dossier:
    """Return the dossier of a sample, with one thing changed."""
    return composed(change, **options).dossier


def told(change: Change | None = None, **options: Any) -> list[tuple[str, str, str]]:
    """Return the misfits of a sample with one thing changed: place, what, remedy.

    The sections 2.1, 2.2 and 2.12 have their texts, so a sample has no misfits even without evidence.
    """
    return [shown(misfit) for misfit in dossier(change, **options).misfits]


def shown(misfit: Misfit) -> tuple[str, str, str]:
    """Return a misfit as sheet and cell, what, remedy."""
    at = misfit.at
    place = f"{at.sheet or at.file}!{at.row or ''}:{at.column or ''}"
    return place, misfit.what, misfit.remedy


def whole_project(enterprise: Enterprise, folder: Path) -> tuple[Composition, LawInForce]:
    """Return an enterprise's project written to `folder`, its evidence read and composed."""
    project = write_project(enterprise, folder)
    data = project_data(project_of(enterprise))
    found = read_evidence(project / "证据", load_common(), facility_names(data))
    found_law = load_plugins().find(data.form("form").values["industry"].value)
    assert found_law is not None
    plugin, branch = found_law
    law = Law(load_common(), plugin.book, branch, enterprise.city, enterprise.grade)
    in_force = law.on(enterprise.day)
    return compose(data, found, in_force), in_force


def picture(name: str, section: str, group: int = 0, **more: Any) -> EvidenceFile:
    """Return a photo of the evidence folder that exists in name only."""
    made = EvidenceFile(
        Path("证据") / name,
        name,
        section,
        group,
        caption=Path(name).stem,
        key=f"{crc32(name.encode()):08x}-9",
        pages=((96, 72),),
        is_document=False,
    )
    return replace(made, **more)
