"""Signing in and out, and one's own password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from duibiao.office import people
from duibiao.office.errors import InvalidError, TooManyError
from duibiao.web.access import COOKIE, Doer, TheOffice, Visitor, address_of, set_cookie
from duibiao.web.errors import status_of
from duibiao.web.rendering import page

router = APIRouter()


@router.get("/sign-in")
def form(request: Request, to: str = "/") -> Response:
    """Show the page for signing in."""
    return page(request, "sign_in.html", to=_ours(to), login="", problem="")


@router.post("/sign-in")
def sign_in(
    request: Request,
    office: TheOffice,
    login: Annotated[str, Form(max_length=100)],
    password: Annotated[str, Form(max_length=200)],
    to: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in."""
    try:
        entered = people.sign_in(office, login, password, address_of(request))
    except (InvalidError, TooManyError) as error:
        return page(
            request, "sign_in.html", status=status_of(error), to=_ours(to), login=login, problem=str(error)
        )  # fmt: skip
    response = RedirectResponse("/password" if entered.must_change else _ours(to), 303)
    set_cookie(request, response, entered)
    return response


@router.post("/sign-out")
def sign_out(request: Request, office: TheOffice, actor: Doer) -> Response:  # noqa: ARG001 - asks for the token
    """Sign out."""
    people.sign_out(office, request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/password")
def password_form(request: Request, actor: Visitor) -> Response:  # noqa: ARG001 - asks to be signed in
    """Show the page for a new password."""
    return page(request, "password.html", problem="")


@router.post("/password")
def change_password(
    request: Request,
    office: TheOffice,
    actor: Doer,
    old: Annotated[str, Form(max_length=200)],
    new: Annotated[str, Form(max_length=200)],
    again: Annotated[str, Form(max_length=200)],
) -> Response:
    """Change one's own password."""
    try:
        if new != again:
            raise InvalidError("两次输入的新密码不同")
        entered = people.change_password(office, actor, old, new)
    except InvalidError as error:
        return page(request, "password.html", status=status_of(error), problem=str(error))
    response = RedirectResponse("/", 303)
    set_cookie(request, response, entered)
    return response


def _ours(to: str) -> str:
    """Return where to go after signing in: a path of ours, or the start page."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
