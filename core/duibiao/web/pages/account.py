"""One's own account: sessions, tokens, addresses that are told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from duibiao.office import account, tokens, watchers
from duibiao.office.desk import Office
from duibiao.procedure.rights import Actor, Right, scopes_for
from duibiao.procedure.roles import Scope
from duibiao.web.access import COOKIE, Doer, TheOffice, Visitor
from duibiao.web.rendering import page

router = APIRouter()


@router.get("/account")
def own(request: Request, office: TheOffice, actor: Visitor) -> Response:
    """Show one's own account."""
    return _shown(request, office, actor)


@router.post("/account/sessions/end")
def end_others(request: Request, office: TheOffice, actor: Doer) -> Response:
    """End all other sessions."""
    account.end_others(office, actor, request.cookies.get(COOKIE, ""))
    return RedirectResponse("/account", 303)


@router.post("/account/tokens")
def issue(
    request: Request,
    office: TheOffice,
    actor: Doer,
    name: Annotated[str, Form(max_length=200)],
    days: Annotated[int, Form()],
    scopes: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Make a token and show its secret, this once."""
    token, secret = tokens.issue(office, actor, name, scopes or [], days)
    return _shown(request, office, actor, secret=secret, secret_of=f"令牌“{token.name}”")


@router.post("/account/tokens/{token_id}/revoke")
def revoke(office: TheOffice, actor: Doer, token_id: str) -> Response:
    """Revoke a token."""
    tokens.revoke(office, actor, token_id)
    return RedirectResponse("/account", 303)


@router.post("/account/webhooks")
def add_webhook(
    request: Request, office: TheOffice, actor: Doer, url: Annotated[str, Form(max_length=1000)]
) -> Response:
    """Add an address and show the secret by which its notes are signed, this once."""
    webhook = watchers.add_webhook(office, actor, url.strip())
    return _shown(
        request, office, actor, secret=webhook.secret, secret_of=f"{webhook.url} 的签名密钥"
    )


@router.post("/account/webhooks/{webhook_id}/switch")
def switch(
    office: TheOffice, actor: Doer, webhook_id: str, active: Annotated[bool, Form()]
) -> Response:
    """Switch an address on or off."""
    watchers.change_webhook(office, actor, webhook_id, url=None, active=active)
    return RedirectResponse("/account", 303)


@router.post("/account/webhooks/{webhook_id}/remove")
def remove_webhook(office: TheOffice, actor: Doer, webhook_id: str) -> Response:
    """Remove an address."""
    watchers.remove_webhook(office, actor, webhook_id)
    return RedirectResponse("/account", 303)


def _shown(
    request: Request, office: Office, actor: Actor, *, secret: str = "", secret_of: str = ""
) -> Response:
    cookie = request.cookies.get(COOKIE, "")
    hooks = watchers.webhooks_of(office, actor) if actor.may(Right.WEBHOOKS) else None
    return page(
        request, "account.html", secret=secret, secret_of=secret_of, webhooks=hooks, scopes=scopes_for(actor.role),
        sessions=[(s, account.is_this(s, cookie)) for s in account.sessions(office, actor)],
        tokens=[(t, tokens.holds(t), [Scope(s).label for s in t.scopes]) for t in tokens.own(office, actor)],
        longest=tokens.LONGEST,
    )  # fmt: skip
