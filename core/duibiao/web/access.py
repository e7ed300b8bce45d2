"""Who is asking: the session of a browser. Pages take `Visitor` to read and `Doer` to change something."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from duibiao.office import people
from duibiao.office.desk import Office
from duibiao.office.errors import ForbiddenError
from duibiao.office.people import Entered
from duibiao.procedure.rights import Actor
from duibiao.web.settings import Settings
from duibiao.work.shop import Workshop

COOKIE = "duibiao"
HEADER = "X-CSRF-Token"


def shop_of(request: Request) -> Workshop:
    """Return the workshop of the application."""
    shop: Workshop = request.app.state.shop
    return shop


def office_of(request: Request) -> Office:
    """Return the office of the application."""
    return shop_of(request).office


def set_cookie(request: Request, response: Response, entered: Entered) -> None:
    """Give a browser the secret of its session."""
    settings: Settings = request.app.state.settings
    response.set_cookie(
        COOKIE, entered.secret, httponly=True, samesite="lax", secure=settings.secure, path="/"
    )


class Renewal:
    """Sends a browser the new secret of a session whose secret was changed."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sending(message: Message) -> None:
            entered = scope.get("state", {}).get("entered")
            if message["type"] == "http.response.start" and entered and entered.rotated:
                renewed = Response()
                set_cookie(Request(scope), renewed, entered)
                MutableHeaders(scope=message).append("set-cookie", renewed.headers["set-cookie"])
            await send(message)

        await self.app(scope, receive, sending if scope["type"] == "http" else send)


def address_of(request: Request) -> str:
    """Return the address that a request comes from; uvicorn has put a believed proxy's word in already."""
    return request.client.host if request.client else ""


def _entered(request: Request) -> Entered:
    """Return who is signed in.

    Raises:
        HTTPException: 303 to the page for signing in, or for a new password.
    """
    secret = request.cookies.get(COOKIE, "")
    rotating = request.headers.get("sec-fetch-dest") == "document"
    entered = people.resume(office_of(request), secret, rotating=rotating) if secret else None
    if entered is None:
        target = f"/sign-in?to={request.url.path}" if request.method == "GET" else "/sign-in"
        if request.headers.get("HX-Request"):
            raise HTTPException(204, headers={"HX-Redirect": "/sign-in"})
        raise HTTPException(303, headers={"Location": target})
    if entered.must_change and request.url.path not in ("/password", "/sign-out"):
        raise HTTPException(303, headers={"Location": "/password"})
    request.state.entered = entered
    return entered


def _visitor(entered: Annotated[Entered, Depends(_entered)]) -> Actor:
    return entered.actor


async def _doer(request: Request, entered: Annotated[Entered, Depends(_entered)]) -> Actor:
    """Return who acts, having made sure that one of our own pages asks.

    Raises:
        ForbiddenError: If the token of the form is missing or another one.
    """
    given = request.headers.get(HEADER, "")
    if not given and "form" in request.headers.get("content-type", ""):
        given = str((await request.form()).get("csrf", ""))
    if not hmac.compare_digest(given.encode(), entered.csrf.encode()):
        raise ForbiddenError("页面过期了；请刷新后再操作一次")
    return entered.actor


Visitor = Annotated[Actor, Depends(_visitor)]
"""Who reads."""
Doer = Annotated[Actor, Depends(_doer)]
"""Who changes something."""
TheOffice = Annotated[Office, Depends(office_of)]
TheShop = Annotated[Workshop, Depends(shop_of)]
