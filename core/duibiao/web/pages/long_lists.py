"""Long lists of a bureau: ordering them, how far they are, downloading them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from duibiao.office import long_lists
from duibiao.office.desk import Office
from duibiao.office.jobs import STATES
from duibiao.procedure.rights import Actor
from duibiao.web.access import Doer, TheOffice, TheShop, Visitor
from duibiao.web.pages.downloads import sent
from duibiao.web.pages.progress import EVERY
from duibiao.web.pages.statistics import LISTS
from duibiao.web.rendering import page
from duibiao.work.artefacts import Ready

router = APIRouter()


@router.post("/statistics/made")
def order(
    office: TheOffice, actor: Doer, county: Annotated[str, Form(max_length=50)] = ""
) -> Response:
    """Have the lists made."""
    job = long_lists.order(office, actor, county)
    return RedirectResponse(f"/statistics/made/{job.id}", 303)


@router.get("/statistics/made/{job_id}")
def one(request: Request, office: TheOffice, actor: Visitor, job_id: str) -> Response:
    """Show how far lists are, and offer them once they are made."""
    ordered = long_lists.one(office, actor, job_id)
    return page(request, "list_made.html", ordered=ordered, lists=LISTS, kept=long_lists.KEPT.days)


@router.get("/statistics/made/{job_id}/progress")
def progress(request: Request, office: TheOffice, actor: Visitor, job_id: str) -> Response:
    """Tell the stage of the job until it has ended."""
    long_lists.one(office, actor, job_id)
    return StreamingResponse(
        _stages(request, office, actor, job_id), media_type="text/event-stream"
    )


@router.get("/statistics/made/{job_id}/{kind}")
def download(shop: TheShop, actor: Visitor, job_id: str, kind: str) -> Response:
    """Send a list that was made."""
    file, blob = long_lists.made(shop.office, actor, job_id, kind)
    return sent(shop, Ready(file, blob), inline=False)


async def _stages(
    request: Request, office: Office, actor: Actor, job_id: str
) -> AsyncIterator[str]:
    said = ""
    while not await request.is_disconnected():
        ordered = await run_in_threadpool(long_lists.one, office, actor, job_id)
        words = f"{STATES[ordered.job.state]}：{ordered.job.stage}"
        if words != said:
            said = words
            yield f"data: {words}\n\n"
        if not ordered.under_way:
            yield "event: end\ndata: \n\n"
            return
        await asyncio.sleep(EVERY)
