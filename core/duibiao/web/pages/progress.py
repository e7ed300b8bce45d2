"""Live progress of a check, as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from duibiao.office import seeing
from duibiao.office.desk import Office
from duibiao.office.jobs import DONE, FAILED, STATES
from duibiao.procedure.rights import Actor
from duibiao.web.access import TheOffice, Visitor

router = APIRouter()

EVERY = 0.5
"""Seconds between looks at the database."""


@router.get("/packages/{package_id}/progress")
def progress(request: Request, office: TheOffice, actor: Visitor, package_id: str) -> Response:
    """Tell the stage of the newest check until it has ended."""
    seeing.open_package(office, actor, package_id)
    return StreamingResponse(
        _stages(request, office, actor, package_id), media_type="text/event-stream"
    )


async def _stages(
    request: Request, office: Office, actor: Actor, package_id: str
) -> AsyncIterator[str]:
    said = ""
    while not await request.is_disconnected():
        package = await run_in_threadpool(seeing.open_package, office, actor, package_id)
        job = seeing.newest(package).jobs[-1]
        words = f"{STATES[job.state]}：{job.stage}"
        if words != said:
            said = words
            yield f"data: {words}\n\n"
        if job.state in (DONE, FAILED):
            yield f"event: end\ndata: {STATES[job.state]}\n\n"
            return
        await asyncio.sleep(EVERY)
