"""The list of packages, and the page of one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from duibiao.office import fixing, remarks, reports, seeing, stepping
from duibiao.office.seeing import Filter
from duibiao.office.tallies import RETURNS, tallies
from duibiao.procedure.rights import Right
from duibiao.procedure.states import State
from duibiao.rules.definition import Severity
from duibiao.web.access import Doer, TheOffice, Visitor
from duibiao.web.rendering import page
from duibiao.work import artefacts

router = APIRouter()

PAGE = 50


@router.get("/")
def start(actor: Visitor) -> Response:
    """Go to where a role has its work."""
    if actor.may(Right.SEE_PACKAGES):
        return RedirectResponse("/packages", 303)
    return RedirectResponse("/complaints" if actor.may(Right.HANDLE_COMPLAINT) else "/users", 303)


@router.get("/packages")
def listing(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    text: Annotated[str, Query(max_length=100)] = "",
    state: Annotated[str, Query(max_length=30)] = "",
    county: Annotated[str, Query(max_length=50)] = "",
    verdict: Annotated[str, Query(max_length=20)] = "",
    number: Annotated[int, Query(ge=1, le=100_000, alias="page")] = 1,
) -> Response:
    """Show the packages that somebody sees."""
    filter_ = Filter(text=text, state=state, county=county, verdict=verdict)
    found, count = seeing.find(office, actor, filter_, offset=(number - 1) * PAGE, limit=PAGE)
    return page(
        request, "packages.html", packages=found, count=count, filter=filter_, number=number,
        last_page=max(1, -(-count // PAGE)),
    )  # fmt: skip


@router.get("/packages/{package_id}")
def one(request: Request, office: TheOffice, actor: Visitor, package_id: str) -> Response:
    """Show one package: where it stands, its versions, what can be done."""
    package = seeing.open_package(office, actor, package_id)
    said = remarks.remarks_on(office, actor, package_id)
    checked = tallies(office, package, said)
    newest = seeing.newest(package)
    note = checked[newest.number].note if newest.number in checked else ""
    steps = stepping.steps_for(actor, package)
    return page(
        request, "package.html", package=package, newest=newest, checked=checked, faces=artefacts.FACES,
        Severity=Severity, returns=RETURNS, notes=dict.fromkeys(RETURNS, note) if note else {},
        steps=steps, grades={s.key: fixing.choices(office.service, package, s) for s in steps}, largest=office.largest,
        again={s.number for s in package.submissions if reports.may_check_again(actor, s)},
        takes_files=actor.may(Right.UPLOAD) and State(package.state).takes_files,
    )  # fmt: skip


@router.post("/packages/{package_id}/steps/{key}")
def step(
    office: TheOffice,
    actor: Doer,
    package_id: str,
    key: str,
    note: Annotated[str, Form(max_length=5000)] = "",
    grade: Annotated[str, Form(max_length=30)] = "",
) -> Response:
    """Take a step of the procedure."""
    stepping.take(office, actor, package_id, key, note=note, grade=grade)
    return RedirectResponse(f"/packages/{package_id}", 303)
