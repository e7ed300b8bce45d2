"""Users and organisations, for the administrator; the own accounts of a bureau for its own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from duibiao.office import organisations, users
from duibiao.office.desk import Office
from duibiao.office.organisations import Place
from duibiao.procedure.rights import Actor
from duibiao.storage.people import User
from duibiao.web.access import Doer, TheOffice, Visitor
from duibiao.web.rendering import page

router = APIRouter()

_Name = Annotated[str, Form(max_length=200)]
_Place = Annotated[str, Form(max_length=50)]


@router.get("/users")
def listing(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    text: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Show organisations and users."""
    return _shown(request, office, actor, text)


@router.post("/users")
def add(
    request: Request,
    office: TheOffice,
    actor: Doer,
    login: _Name,
    name: _Name,
    role: Annotated[str, Form(max_length=20)],
    organisation: Annotated[str, Form(max_length=22)],
) -> Response:
    """Add a user and show the one-time password, this once."""
    user, password = users.add_user(office, actor, login, name, role, organisation)
    return _shown(request, office, actor, told=(user, password))


@router.post("/organisations")
def add_organisation(
    office: TheOffice, actor: Doer, name: _Name, city: _Place = "", county: _Place = ""
) -> Response:
    """Add an organisation."""
    organisations.add(office, actor, Place(name, city, county))
    return RedirectResponse("/users", 303)


@router.post("/organisations/{organisation_id}")
def change_organisation(
    office: TheOffice,
    actor: Doer,
    organisation_id: str,
    name: _Name,
    city: _Place = "",
    county: _Place = "",
) -> Response:
    """Change an organisation."""
    organisations.change(office, actor, organisation_id, Place(name, city, county))
    return RedirectResponse("/users", 303)


@router.get("/users/{user_id}")
def one(request: Request, office: TheOffice, actor: Visitor, user_id: str) -> Response:
    """Show one user, to be changed."""
    user = users.one(office, actor, user_id)
    return page(request, "user.html", user=user, organisations=organisations.every(office, actor))


@router.post("/users/{user_id}")
def change(
    office: TheOffice,
    actor: Doer,
    user_id: str,
    name: _Name,
    role: Annotated[str, Form(max_length=20)],
    organisation: Annotated[str, Form(max_length=22)],
) -> Response:
    """Change a user."""
    users.change_user(office, actor, user_id, name=name, role=role, organisation_id=organisation)
    return RedirectResponse("/users", 303)


@router.post("/users/{user_id}/password")
def reset(request: Request, office: TheOffice, actor: Doer, user_id: str) -> Response:
    """Give a new one-time password and show it, this once."""
    password = users.reset_password(office, actor, user_id)
    return _shown(request, office, actor, told=(users.one(office, actor, user_id), password))


@router.post("/users/{user_id}/close")
def close(office: TheOffice, actor: Doer, user_id: str) -> Response:
    """Close an account."""
    users.set_active(office, actor, user_id, active=False)
    return RedirectResponse(f"/users/{user_id}", 303)


@router.post("/users/{user_id}/open")
def reopen(office: TheOffice, actor: Doer, user_id: str) -> Response:
    """Open a closed account."""
    users.set_active(office, actor, user_id, active=True)
    return RedirectResponse(f"/users/{user_id}", 303)


def _shown(
    request: Request,
    office: Office,
    actor: Actor,
    text: str = "",
    told: tuple[User, str] | None = None,
) -> Response:
    return page(
        request, "users.html", users=users.users(office, actor, text), text=text, told=told,
        organisations=organisations.every(office, actor), roles=users.given_by(actor),
    )  # fmt: skip
