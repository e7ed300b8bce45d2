"""Two versions of a package held against each other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from duibiao.office import reports
from duibiao.office.comparing import compare
from duibiao.rules.definition import Severity
from duibiao.web.access import TheOffice, Visitor
from duibiao.web.rendering import page

router = APIRouter()


@router.get("/packages/{package_id}/compare")
def comparison(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    package_id: str,
    old: Annotated[int, Query(ge=1, le=100_000)],
    new: Annotated[int, Query(ge=1, le=100_000)],
) -> Response:
    """Show what was fixed, what is still there, what is new."""
    before = reports.open_version(office, actor, package_id, old)
    after = reports.open_version(office, actor, package_id, new)
    found = compare(reports.standing(office, before), reports.standing(office, after))
    return page(
        request, "compare.html", package=after.package, before=before, after=after,
        versions=[s for s in after.package.submissions if s.report], compared=found, Severity=Severity,
    )  # fmt: skip
