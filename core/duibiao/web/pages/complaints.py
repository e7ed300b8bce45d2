"""Complaints, for who handles them; who reported is shown to one role, on asking."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from duibiao.office import complaints
from duibiao.office.desk import Office
from duibiao.procedure.rights import Actor
from duibiao.procedure.states import State
from duibiao.storage.packages import Reporter
from duibiao.web.access import Doer, TheOffice, Visitor
from duibiao.web.rendering import page

router = APIRouter()


@router.get("/complaints")
def listing(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    state: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show the complaints of the city."""
    found = complaints.cases(office, actor, state)
    return page(request, "complaints.html", cases=found, state=state, states=complaints.STATES)


@router.get("/complaints/{complaint_id}")
def one(request: Request, office: TheOffice, actor: Visitor, complaint_id: str) -> Response:
    """Show one complaint."""
    return _shown(request, office, actor, complaint_id)


@router.post("/complaints/{complaint_id}/reporter")
def reporter(request: Request, office: TheOffice, actor: Doer, complaint_id: str) -> Response:
    """Show who reported; this look is in the audit log."""
    found = complaints.reporter(office, actor, complaint_id)
    return _shown(request, office, actor, complaint_id, found)


@router.post("/complaints/{complaint_id}")
def handle(
    office: TheOffice,
    actor: Doer,
    complaint_id: str,
    outcome: Annotated[str, Form(max_length=20)],
    answer: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Say how it stands, or answer."""
    complaints.handle(office, actor, complaint_id, outcome, answer)
    return RedirectResponse(f"/complaints/{complaint_id}", 303)


@router.post("/complaints/{complaint_id}/second-review")
def second_review(
    office: TheOffice, actor: Doer, complaint_id: str, note: Annotated[str, Form(max_length=5000)]
) -> Response:
    """Bring the package to its second review."""
    complaints.second_review(office, actor, complaint_id, note)
    return RedirectResponse(f"/complaints/{complaint_id}", 303)


def _shown(
    request: Request,
    office: Office,
    actor: Actor,
    complaint_id: str,
    reporter: Reporter | None = None,
) -> Response:
    found = complaints.case(office, actor, complaint_id)
    return page(
        request, "complaint.html", case=found, states=complaints.STATES, reporter=reporter,
        named=complaints.has_reporter(office, actor, complaint_id),
        public=State(found.package.state).is_public,
    )  # fmt: skip
