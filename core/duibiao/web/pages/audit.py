"""The audit log: looking, verifying, downloading."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse

from duibiao.office import audit_log
from duibiao.office.audit_log import Wanted
from duibiao.office.audit_words import details, words
from duibiao.office.desk import Office
from duibiao.procedure.rights import Actor
from duibiao.storage.audit import Broken
from duibiao.web.access import Doer, TheOffice, Visitor
from duibiao.web.rendering import page

router = APIRouter()

PAGE = 100

_Word = Annotated[str, Query(max_length=100)]


def _wanted(
    who: _Word = "", action: _Word = "", subject: _Word = "", since: _Word = "", until: _Word = ""
) -> Wanted:
    return Wanted(who, action, subject, since, until)


Filtered = Annotated[Wanted, Depends(_wanted)]


@router.get("/audit")
def listing(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    wanted: Filtered,
    number: Annotated[int, Query(ge=1, le=1_000_000, alias="page")] = 1,
) -> Response:
    """Show the log."""
    return _shown(request, office, actor, wanted, number)


@router.post("/audit/verify")
def verify(request: Request, office: TheOffice, actor: Doer) -> Response:
    """Follow the whole chain and say whether it holds."""
    return _shown(request, office, actor, Wanted(), 1, audit_log.verify(office, actor))


@router.get("/audit/download")
def download(office: TheOffice, actor: Visitor, wanted: Filtered) -> Response:
    """Give the log as a file."""
    rows = audit_log.download(office, actor, wanted)
    return StreamingResponse(
        rows, media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )  # fmt: skip


def _shown(
    request: Request,
    office: Office,
    actor: Actor,
    wanted: Wanted,
    number: int,
    verified: tuple[int, Broken | None] | None = None,
) -> Response:
    found, count, logins = audit_log.entries(
        office, actor, wanted, offset=(number - 1) * PAGE, limit=PAGE
    )
    return page(
        request, "audit.html", entries=found, count=count, logins=logins, wanted=wanted, number=number,
        last_page=max(1, -(-count // PAGE)), verified=verified, words=words, details=details,
    )  # fmt: skip
