"""Live progress of a job, as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from duibiao.office.jobs import DONE, FAILED, STATES, words
from duibiao.office.reports import open_version
from duibiao.storage.packages import Job
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
    return followed(request, lambda: open_version(office, actor, package_id, number).jobs[-1])


def followed(request: Request, look: Callable[[], Job | None]) -> Response:
    """Return the answer that tells the stage of a job until it has ended.

    Args:
        request: The request.
        look: Returns the job as it stands, or None where there is none; whatever it refuses is refused before the answer begins.
    """
    look()
    return StreamingResponse(_stages(request, look), media_type="text/event-stream")


async def _stages(request: Request, look: Callable[[], Job | None]) -> AsyncIterator[str]:
    said = ""
    while not await request.is_disconnected():
        job = await run_in_threadpool(look)
        told = words(job) if job else STATES[DONE]
        if told != said:
            said = told
            yield f"data: {told}\n\n"
        if job is None or job.state in (DONE, FAILED):
            yield f"event: end\ndata: {told}\n\n"
            return
        await asyncio.sleep(EVERY)
