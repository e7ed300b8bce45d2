"""A project folder → what its package will say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from duibiao.law.common import CommonLaw
from duibiao.model.classes import dataclass
from duibiao.plugins import Registry
from duibiao.project.catalogue import Catalogue, catalogue_of
from duibiao.project.compose import Composition, compose, facility_names
from duibiao.project.data import ProjectData, Record
from duibiao.project.evidence import EvidenceFolder, read_evidence
from duibiao.project.names import FOLDER
from duibiao.project.reading import data_file, read_project_data
from duibiao.service.looking import look_at_exhibits
from duibiao.service.package import Read
from duibiao.service.request import Request
from duibiao.service.terms import Terms, declared_in, terms_of

PAGES = "申报数据没有页码，编制时写入"
"""Said of the page numbers of a project."""


@dataclass(frozen=True, slots=True)
class Project:
    """项目: a project folder that was read.

    Attributes:
        folder: The folder.
        data: What was filled in.
        evidence: What lies in the evidence folder.
        terms: By which law it is composed and judged.
        composition: The dossier that it makes, and its annex.
    """

    folder: Path
    data: ProjectData
    evidence: EvidenceFolder
    terms: Terms
    composition: Composition

    @property
    def read(self) -> Read:
        """The dossier as rules want it."""
        return Read(self.composition.dossier, pages=PAGES)


def open_project(path: Path, request: Request, registry: Registry, common: CommonLaw) -> Project:
    """Read a project.

    Args:
        path: Its folder, or the file with its data.
        request: What the caller fixes.
        registry: The plugins.
        common: The common law.

    Raises:
        ProjectError: It cannot be read at all.
        UsageError: If the request names an unknown grade or industry.
    """
    folder = data_file(path).parent
    chosen: list[tuple[Terms, Catalogue]] = []

    def asked(form: Record) -> Catalogue:
        terms = terms_of(declared_in(form.texts()), request, registry, common)
        catalogue = catalogue_of(registry, terms.law)
        chosen.append((terms, catalogue))
        return catalogue

    data = read_project_data(path, asked)
    ((terms, _),) = chosen
    evidence = read_evidence(folder / FOLDER, common, facility_names(data))
    composition = compose(data, evidence, terms.law)
    if request.photos:
        seen = look_at_exhibits(composition.dossier, composition.annex.exhibits)
        composition = replace(composition, dossier=seen)
    return Project(folder, data, evidence, terms, composition)
