"""One package under several editions of the law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from duibiao.law.common import CommonLaw
from duibiao.law.editions import day_within, edition_named
from duibiao.model.errors import UsageError
from duibiao.plugins import Registry
from duibiao.project.names import is_built, is_project
from duibiao.reports.model import CheckReport
from duibiao.service.judging import declared_by, judge
from duibiao.service.package import read_built, read_package
from duibiao.service.request import Request
from duibiao.service.terms import Terms, terms_of


def check_under(
    path: Path, marks: Sequence[str], request: Request, registry: Registry, common: CommonLaw
) -> tuple[CheckReport, ...]:
    """Check one package once for each of several days or editions.

    Args:
        path: The package, as `Service.check` takes it.
        marks: Days as 年-月-日, or ids of editions of the package's industry.
        request: What the caller fixes besides.
        registry: The plugins.
        common: The common law.

    Raises:
        IntakeError: If the file cannot be read.
        ProjectError: If the project cannot be read.
        UsageError: If a mark is neither a day nor an edition, or the request names an unknown industry.
    """
    if is_project(path):
        from duibiao.service.project import open_project

        own = open_project(path, request, registry, common)
        days = [day_of(mark, own.terms) for mark in marks]
        projects = [open_project(path, replace(request, day=d), registry, common) for d in days]
        return tuple(judge(one.read, one.terms, registry) for one in projects)
    read = (
        read_built(path, common)
        if is_built(path)
        else read_package(path, path.name, common, paginate=request.paginate)
    )
    declared = declared_by(read.dossier)
    terms = terms_of(declared, request, registry, common)
    days = [day_of(mark, terms) for mark in marks]
    every = [terms_of(declared, replace(request, day=day), registry, common) for day in days]
    return tuple(judge(read, one, registry) for one in every)


def day_of(mark: str, terms: Terms) -> date:
    """Return the day that a mark means; for an edition, the day in it nearest to the package's own.

    Raises:
        UsageError: If it is neither a day nor an edition of the package's industry.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", mark, re.ASCII):
        try:
            return date.fromisoformat(mark)
        except ValueError:
            raise UsageError(
                f"“{mark}”不是日历上的日期；请按 年-月-日 书写，如 2022-10-01"
            ) from None
    industry = terms.law.industry
    edition = edition_named(industry, mark) if industry else None
    if industry is None or edition is None:
        known = "、".join(
            f"{one.provenance.id}（{one.start}起）"
            for one in (industry.editions if industry else ())
        )
        can = f"；{industry.name}的版本：{known}" if industry and known else ""
        raise UsageError(
            f"“{mark}”既不是日期，也不是这份材料所属行业的指标版本；日期请按 年-月-日 书写，如 2022-10-01{can}"
        )
    return day_within(industry, edition, terms.day)
