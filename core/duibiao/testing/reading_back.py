"""A project printed and read again, in memory and without LibreOffice: the Word files as anybody would read them."""

from __future__ import annotations

import io
from functools import cache

from duibiao.model.annex import Exhibit
from duibiao.project.compose.proofs import COPY
from duibiao.project.names import DOSSIER, PLAN
from duibiao.rendering.finding_templates import TemplateSet, find_templates
from duibiao.rendering.pictures import picture_bytes
from duibiao.rendering.placeholders import placeholder
from duibiao.rendering.view import dossier_view, plan_view
from duibiao.service.package import Read, read_package, with_plan
from duibiao.service.project import Project


def read_back(project: Project, *, draft: bool = False) -> Read:
    """Print 申报材料 and 一厂一策实施方案 of a project by the shipped templates, and read them.

    Page numbers are not settled, and the pages of PDF files are stood for by small pictures, one for each page.

    Args:
        project: The project.
        draft: Print it as a draft.
    """
    composed, terms = project.composition, project.terms
    law, templates = terms.law, _templates(terms.plugin.name if terms.plugin else "")
    dossier, annex = composed.dossier, composed.annex
    views = {
        DOSSIER: dossier_view(dossier, annex, law, draft=draft, read=_picture),
        PLAN: plan_view(dossier, annex, draft=draft, read=_picture),
    }
    reads = []
    for name, template in ((DOSSIER, templates.dossier), (PLAN, templates.plan)):
        stream = io.BytesIO()
        template.render(views[name], stream)
        reads.append(read_package(stream.getvalue(), f"{name}.docx", law.common, paginate=False))
    main, plan = reads
    return Read(with_plan(main.dossier, plan.dossier), (*main.warnings, *plan.warnings))


@cache
def _templates(plugin: str) -> TemplateSet:
    return find_templates(None, plugin)


def _picture(exhibit: Exhibit) -> tuple[bytes, str]:
    if exhibit.page is None:
        return picture_bytes(exhibit)
    return placeholder(exhibit.key.partition(COPY)[0]), ".png"
