"""Experts: the city's list and blacklist, assigning, the expert's own page and opinion."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from duibiao.model.grades import Grade
from duibiao.office import blacklist, experts
from duibiao.web.access import Doer, TheOffice, Visitor
from duibiao.web.rendering import page

router = APIRouter()


@router.get("/experts")
def listing(request: Request, office: TheOffice, actor: Visitor) -> Response:
    """Show the experts of the city."""
    found = experts.experts(office, actor)
    return page(request, "experts.html", experts=found, reasons=blacklist.REASONS)


@router.post("/experts/{user_id}/blacklist")
def put_on_blacklist(
    office: TheOffice,
    actor: Doer,
    user_id: str,
    reason: Annotated[int, Form()],
    detail: Annotated[str, Form(max_length=800)],
) -> Response:
    """Put an expert onto the blacklist."""
    blacklist.put(office, actor, user_id, reason, detail)
    return RedirectResponse("/experts", 303)


@router.post("/experts/{user_id}/pardon")
def pardon(
    office: TheOffice, actor: Doer, user_id: str, detail: Annotated[str, Form(max_length=800)]
) -> Response:
    """Take an expert off the blacklist."""
    blacklist.pardon(office, actor, user_id, detail)
    return RedirectResponse("/experts", 303)


@router.get("/assignments")
def own(request: Request, office: TheOffice, actor: Visitor) -> Response:
    """Show an expert what is assigned."""
    return page(request, "assignments.html", assignments=experts.assignments(office, actor))


@router.get("/packages/{package_id}/experts")
def of_package(request: Request, office: TheOffice, actor: Visitor, package_id: str) -> Response:
    """Show the experts of a package and their opinions: a whole page, or its part where htmx asks."""
    found = experts.opinions(office, actor, package_id)
    part = request.headers.get("HX-Request") == "true"
    return page(
        request, "package_experts_part.html" if part else "package_experts_page.html",
        package=found.package, opinions=found, grades=[grade.label for grade in Grade],
    )  # fmt: skip


@router.post("/packages/{package_id}/experts")
def assign(
    office: TheOffice, actor: Doer, package_id: str, expert: Annotated[str, Form(max_length=22)]
) -> Response:
    """Assign an expert."""
    experts.assign(office, actor, package_id, expert)
    return RedirectResponse(f"/packages/{package_id}#experts", 303)


@router.post("/packages/{package_id}/experts/{user_id}/release")
def release(office: TheOffice, actor: Doer, package_id: str, user_id: str) -> Response:
    """Take an assignment back."""
    experts.release(office, actor, package_id, user_id)
    return RedirectResponse(f"/packages/{package_id}#experts", 303)


@router.post("/packages/{package_id}/opinion")
def opine(
    office: TheOffice,
    actor: Doer,
    package_id: str,
    recommends: Annotated[str, Form(max_length=30)],
    text: Annotated[str, Form(max_length=20_000)],
) -> Response:
    """Record the expert's own opinion."""
    experts.opine(office, actor, package_id, recommends, text)
    return RedirectResponse(f"/packages/{package_id}#experts", 303)
