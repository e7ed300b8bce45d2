"""Live progress of a check, as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from duibiao.office.desk import Office
from duibiao.office.jobs import DONE, FAILED, STATES
from duibiao.office.reports import open_version
from duibiao.procedure.rights import Actor
from duibiao.web.access import TheOffice, Visitor

router = APIRouter()

EVERY = 0.5
"""Seconds between looks at the database."""


@router.get("/packages/{package_id}/progress")
def progress(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    package_id: str,
    number: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Response:
    """Tell the stage of the last check of a version, 0 for the newest, until it has ended."""
    open_version(office, actor, package_id, number)
    return StreamingResponse(
        _stages(request, office, actor, package_id, number), media_type="text/event-stream"
    )


async def _stages(
    request: Request, office: Office, actor: Actor, package_id: str, number: int
) -> AsyncIterator[str]:
    said = ""
    while not await request.is_disconnected():
        submission = await run_in_threadpool(open_version, office, actor, package_id, number)
        job = submission.jobs[-1]
        words = f"{STATES[job.state]}：{job.stage}"
        if words != said:
            said = words
            yield f"data: {words}\n\n"
        if job.state in (DONE, FAILED):
            yield f"event: end\ndata: {STATES[job.state]}\n\n"
            return
        await asyncio.sleep(EVERY)
