"""Who may call what: every endpoint asks for one right, in one table."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from duibiao.office import tokens
from duibiao.office.desk import require
from duibiao.procedure.rights import Actor, Right
from duibiao.web.access import office_of

ASKED: dict[str, Right] = {
    "hand_in": Right.UPLOAD,
    "list_packages": Right.SEE_PACKAGES,
    "show_package": Right.SEE_PACKAGES,
    "hand_in_version": Right.UPLOAD,
    "take_step": Right.TAKE_STEPS,
    "list_findings": Right.SEE_PACKAGES,
    "show_report": Right.SEE_PACKAGES,
    "show_artefact": Right.SEE_PACKAGES,
    "list_remarks": Right.SEE_PACKAGES,
    "add_remark": Right.REMARK,
    "show_job": Right.SEE_PACKAGES,
    "list_rules": Right.SEE_LAW,
    "show_rule": Right.SEE_LAW,
    "list_plugins": Right.SEE_LAW,
    "create_project": Right.PROJECT,
    "list_projects": Right.PROJECT,
    "show_project": Right.PROJECT,
    "remove_project": Right.PROJECT,
    "show_data": Right.PROJECT,
    "put_data": Right.PROJECT,
    "list_project_findings": Right.PROJECT,
    "list_evidence": Right.PROJECT,
    "add_evidence": Right.PROJECT,
    "remove_evidence": Right.PROJECT,
    "build_project": Right.PROJECT,
    "show_built": Right.PROJECT,
    "hand_in_project": Right.UPLOAD,
    "hand_in_batch": Right.UPLOAD,
    "show_batch": Right.UPLOAD,
    "show_list": Right.SEE_STATISTICS,
    "show_list_workbook": Right.SEE_STATISTICS,
    "order_lists": Right.SEE_STATISTICS,
    "show_made_list": Right.SEE_STATISTICS,
    "list_webhooks": Right.WEBHOOKS,
    "add_webhook": Right.WEBHOOKS,
    "show_webhook": Right.WEBHOOKS,
    "change_webhook": Right.WEBHOOKS,
    "remove_webhook": Right.WEBHOOKS,
}
"""Endpoint → the right that it asks for. An endpoint that is not here cannot be made."""

_CHALLENGE = 'Bearer realm="duibiao"'


async def admit(request: Request, right: Right) -> Actor:
    """Return whom the token of a request stands for.

    Raises:
        HTTPException: 401 without a token, or with one that does not hold.
        ForbiddenError: If token or role does not have the right.
    """
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise HTTPException(
            401,
            "没有接口令牌；请在请求头写 Authorization: Bearer 令牌（令牌在“我的账号”页面建立）",
            {"WWW-Authenticate": _CHALLENGE},
        )
    actor = await run_in_threadpool(tokens.authenticate, office_of(request), secret.strip())
    if actor is None:
        raise HTTPException(
            401,
            "接口令牌无效、已到期或已撤销；请建立新的令牌",
            {"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'},
        )
    require(actor, right)
    return actor


def _program(request: Request) -> Actor:
    actor: Actor = request.state.actor
    return actor


Program = Annotated[Actor, Depends(_program)]
"""Who calls; the route has asked for the right already."""
