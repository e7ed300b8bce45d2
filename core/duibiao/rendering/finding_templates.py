"""The Word templates of a package: a consultancy's own (``--template``), the plugin's, or the usual ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from duibiao.model.errors import TemplateError
from duibiao.rendering.engine import WordTemplate
from duibiao.rendering.templating.schema import Schema
from duibiao.rendering.view import schema
from duibiao.reports.templates import home, home_of

KINDS: Mapping[str, tuple[str, Schema]] = {
    "dossier": ("dossier/dossier.docx", schema.DOSSIER),
    "plan": ("dossier/plan.docx", schema.PLAN),
    "review": ("forms/review.docx", schema.REVIEW),
}
"""Template of a build → where it lies among ours, and what it may ask for."""

PAPERS: Mapping[str, tuple[str, Schema]] = {
    "review": KINDS["review"],
    "notice": ("forms/notice.docx", schema.NOTICE),
}
"""Template of a paper that a check can print, likewise."""


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """模板: the templates of a build, checked.

    Attributes:
        dossier: 申报材料.
        plan: 一厂一策实施方案.
        review: 审核意见表.
        hashes: File name → SHA-256 of its bytes, in hexadecimal.
        warnings: What a template that is not the usual one never prints.
    """

    dossier: WordTemplate
    plan: WordTemplate
    review: WordTemplate
    hashes: Mapping[str, str]
    warnings: tuple[str, ...]


def find_templates(own: Path | None = None, plugin: str = "") -> TemplateSet:
    """Load the templates; each one from the first place that has it.

    Args:
        own: Folder with the user's templates (dossier.docx, plan.docx, review.docx), or one such file; None without.
        plugin: Name of the industry's plugin, which may bring templates: an entry point of that name in the group
            ``duibiao.templates``; "" without.

    Raises:
        TemplateError: There is no template in `own`, or one does not fit.
    """
    chosen: dict[str, Path | Traversable] = {
        **_of_plugin(plugin),
        **(_own(own) if own is not None else {}),
    }
    sources = {
        kind: chosen.get(kind) or home().joinpath(place) for kind, (place, _) in KINDS.items()
    }
    loaded = {kind: WordTemplate.load(source) for kind, source in sources.items()}
    warnings = [
        warning
        for kind, template in loaded.items()
        for warning in template.check(KINDS[kind][1])
        if kind in chosen
    ]
    hashes = {
        source.name: hashlib.sha256(source.read_bytes()).hexdigest() for source in sources.values()
    }
    return TemplateSet(**loaded, hashes=hashes, warnings=tuple(warnings))


def find_paper(kind: str, plugin: str = "") -> WordTemplate:
    """Load the template of a paper: the plugin's, or else the usual one.

    Args:
        kind: Its name in `PAPERS`.
        plugin: Name of the industry's plugin; "" without.

    Raises:
        TemplateError: It does not fit.
    """
    place, known = PAPERS[kind]
    folder = home_of(plugin) if plugin else None
    own = folder.joinpath(Path(place).name) if folder is not None else None
    if own is None or not own.is_file():
        return WordTemplate.load(home().joinpath(place))
    template = WordTemplate.load(own)
    template.check(known)
    return template


def _of_plugin(plugin: str) -> dict[str, Traversable]:
    folder = home_of(plugin) if plugin else None
    if folder is None:
        return {}
    files = {kind: folder.joinpath(Path(ours).name) for kind, (ours, _) in KINDS.items()}
    return {kind: file for kind, file in files.items() if file.is_file()}


def _own(place: Path) -> dict[str, Path]:
    names = {Path(ours).name: kind for kind, (ours, _) in KINDS.items()}
    files = [place] if place.is_file() else [place / name for name in names]
    found = {names[file.name]: file for file in files if file.name in names and file.is_file()}
    if not found:
        raise TemplateError(
            f"“{place}”中没有模板；请写一个文件夹，其中有 {'、'.join(names)} 之一，或直接写这样一个文件"
        )
    return found
