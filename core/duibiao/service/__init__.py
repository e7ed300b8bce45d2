"""The use cases: the only place where the parts meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from duibiao.project.names import is_built, is_project
from duibiao.service.request import AS_DECLARED, NO_PAGES, TODAY, UNSEEN, Request
from duibiao.service.waiving import waivers_beside

if TYPE_CHECKING:
    from duibiao.law.common import CommonLaw
    from duibiao.law.provenance import Citation
    from duibiao.model.dossier import Dossier
    from duibiao.plugins import Registry
    from duibiao.project.data import ProjectData
    from duibiao.reports.catalogue import Entry
    from duibiao.reports.model import CheckReport
    from duibiao.reports.waivers import Waiver
    from duibiao.rules.definition import Rule
    from duibiao.service.building import Made
    from duibiao.service.package import Read
    from duibiao.service.project import Project

__all__ = ["NO_PAGES", "TODAY", "UNSEEN", "Request", "Service"]


class Service:
    """The program without a face: made once, used for any number of packages.

    Law, plugins and rules are loaded when they are first needed, so a file that cannot be read is refused at once;
    `ready` loads them beforehand.
    """

    def __init__(self, registry: Registry | None = None, common: CommonLaw | None = None) -> None:
        """Load nothing yet.

        Args:
            registry: Plugins to use instead of the installed ones.
            common: Common law to use instead of core's own.
        """
        self._registry, self._common = registry, common

    @cached_property
    def common(self) -> CommonLaw:
        """The common law.

        Raises:
            LawError: If core's own law files are malformed.
        """
        from duibiao.law.common import load_common

        return self._common or load_common()

    @cached_property
    def registry(self) -> Registry:
        """The plugins."""
        from duibiao.plugins import load_plugins

        return self._registry or load_plugins()

    def ready(self) -> Self:
        """Load everything that a check of a Word file needs, and return the service.

        Raises:
            LawError: If core's own law files are malformed.
        """
        import duibiao.document.word
        import duibiao.recognition
        import duibiao.service.judging  # noqa: F401

        _ = self.common, self.rules()
        return self

    def rules(self) -> tuple[Rule, ...]:
        """Return every rule: core's own, the plugins', and those on waivers."""
        from duibiao.reports.waivers import WAIVER_RULES
        from duibiao.rules.catalogue import CORE_RULES

        own = (rule for plugin in self.registry.plugins for rule in plugin.rules)
        return (*CORE_RULES, *own, *WAIVER_RULES)

    def catalogue(self) -> tuple[Entry, ...]:
        """Return every rule with the articles that it cites."""
        from duibiao.law.in_force import LawInForce
        from duibiao.reports.catalogue import entries
        from duibiao.service.terms import CHINA

        own = {
            rule.code: plugin.book.industry
            for plugin in self.registry.plugins
            for rule in plugin.rules
        }
        today = datetime.now(CHINA).date()

        def cite(rule: Rule, written: str) -> Citation:
            return LawInForce(today, self.common, own.get(rule.code)).cite(written)

        return entries(self.rules(), cite, self.common.article)

    def check(self, path: Path, request: Request = AS_DECLARED) -> CheckReport:
        """Check one package.

        Args:
            path: The package: Word, PDF, an old format, or an archive of these with evidence; a project folder; or the folder of
                a built package. A 豁免.toml beside it is read.
            request: What the caller fixes.

        Returns:
            The report; its verdict is never a pass unless everything was judged.

        Raises:
            IntakeError: If the file cannot be read.
            ProjectError: If the project cannot be read.
            UsageError: If the request names an unknown grade or industry.
            WaiverError: If the 豁免.toml is malformed.
        """
        waivers = (*request.waivers, *waivers_beside(path))
        if is_project(path):
            from duibiao.service.judging import judge

            project = self.open_project(path, request)
            read = _told(project.read, request)
            return judge(read, project.terms, self.registry, waivers, _today(request))
        from duibiao.service.package import read_built, read_package

        if is_built(path):
            built = read_built(path, self.common, photos=request.photos)
            return self._judged(_told(built, request), request, waivers)
        read = read_package(
            path, path.name, self.common, paginate=request.paginate, photos=request.photos
        )
        return self._judged(_told(read, request), request, waivers)

    def check_under(
        self, path: Path, marks: Sequence[str], request: Request = AS_DECLARED
    ) -> tuple[CheckReport, ...]:
        """Check one package once for each of several days or editions; see `duibiao.service.editions.check_under`."""
        from duibiao.service.editions import check_under

        return check_under(path, marks, request, self.registry, self.common)

    def open_project(self, path: Path, request: Request = AS_DECLARED) -> Project:
        """Read a project and put it where its package will have it.

        Raises:
            ProjectError: If it cannot be read at all.
            UsageError: If the request names an unknown grade or industry.
        """
        from duibiao.service.project import open_project

        return open_project(path, request, self.registry, self.common)

    def judge_project(self, project: Project) -> CheckReport:
        """Judge a project before its package is built; nothing is waived there."""
        from duibiao.service.judging import judge

        return judge(project.read, project.terms, self.registry)

    def new(self, where: Path, name: str, industry: str, grade: str = "") -> Path:
        """Make the folder of a new project in `where`; see `start_project`."""
        from duibiao.service.starting import start_project
        from duibiao.service.terms import CHINA

        day = datetime.now(CHINA).date()
        return start_project(where, name, industry, grade, day, self.registry, self.common)

    def prefill(self, name: str, industry: str, grade: str = "") -> ProjectData:
        """Return what `new` fills in of a new project, without making its folder; see `duibiao.service.starting.prefill`."""
        from duibiao.service.starting import prefill
        from duibiao.service.terms import CHINA

        day = datetime.now(CHINA).date()
        return prefill(name, industry, grade, day, self.registry, self.common)

    def add_folders(self, project: Project) -> tuple[str, ...]:
        """Add the evidence folders that a project lacks, and return their names."""
        from duibiao.project.starting import add_folders

        return add_folders(project.folder, project.terms.law, project.data)

    def build(self, project: Project, report: CheckReport, template: Path | None = None) -> Made:
        """Build the package of a project; see `duibiao.service.building.build`.

        Args:
            project: The project.
            report: What judging it has found.
            template: Folder with the user's own templates, or None for ours.
        """
        from duibiao.rendering.finding_templates import find_templates
        from duibiao.service.building import build

        plugin = project.terms.plugin
        return build(project, report, find_templates(template, plugin.name if plugin else ""))

    def judge(
        self,
        dossier: Dossier,
        request: Request = AS_DECLARED,
        *,
        warnings: Sequence[str] = (),
        pages: str = NO_PAGES,
    ) -> CheckReport:
        """Judge a dossier, however it was made.

        Args:
            dossier: The dossier.
            request: What the caller fixes.
            warnings: What is out of the ordinary about the file; each asks for a person.
            pages: Where the page numbers come from, in words.

        Raises:
            UsageError: If the request names an unknown grade or industry.
        """
        from duibiao.service.package import Read

        read = Read(dossier, tuple(warnings), pages)
        return self._judged(read, request, request.waivers)

    def _judged(self, read: Read, request: Request, waivers: Sequence[Waiver]) -> CheckReport:
        from duibiao.service.judging import declared_by, judge
        from duibiao.service.terms import terms_of

        terms = terms_of(declared_by(read.dossier), request, self.registry, self.common)
        return judge(read, terms, self.registry, waivers, _today(request))


def _told(read: Read, request: Request) -> Read:
    """Return what was read, with what the caller did not want to be done."""
    return read if request.photos else replace(read, warnings=(*read.warnings, UNSEEN))


def _today(request: Request) -> date:
    """Return the day that ends waivers."""
    from duibiao.service.terms import CHINA

    return request.day or datetime.now(CHINA).date()
