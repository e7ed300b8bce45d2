"""Handing in files: the page, and one request a file; a zip of several packages makes several."""

from __future__ import annotations

from typing import Annotated, BinaryIO

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from duibiao.model.errors import DuibiaoError
from duibiao.office import packages
from duibiao.office.desk import require
from duibiao.procedure.rights import Right
from duibiao.procedure.roles import Track
from duibiao.web.access import Doer, TheOffice, TheShop, Visitor
from duibiao.web.errors import status_of
from duibiao.web.receiving import received
from duibiao.web.rendering import page
from duibiao.work.splitting import Part, hand_in_all, is_zip

router = APIRouter()


@router.get("/upload")
def form(request: Request, office: TheOffice, actor: Visitor) -> Response:
    """Show the page for handing in."""
    require(actor, Right.UPLOAD)
    return page(request, "upload.html", largest=office.largest)


@router.post("/upload")
async def upload(
    request: Request,
    shop: TheShop,
    actor: Doer,
    file: Annotated[str, Query(max_length=255)],
    city: Annotated[str, Query(max_length=50)] = "",
    county: Annotated[str, Query(max_length=50)] = "",
    track: Track = Track.GRADE,
    package: Annotated[str, Query(max_length=22)] = "",
) -> Response:
    """Take one file; its bytes are the body. Answers with where each package in it went, or why it was refused."""

    def take(body: BinaryIO) -> tuple[Part, ...]:
        if not package and is_zip(body):
            return hand_in_all(shop, actor, file, body, city=city, county=county, track=track)
        done = packages.receive(
            shop.office, actor, file, body, city=city, county=county, track=track, package_id=package
        )  # fmt: skip
        return (Part(file, done),)

    try:
        async with received(request, shop.office, file) as body:
            parts = await run_in_threadpool(take, body)
    except DuibiaoError as error:
        return JSONResponse({"problem": str(error)}, status_of(error))
    return JSONResponse({"parts": [_told(part) for part in parts]})


def _told(part: Part) -> dict[str, object]:
    if part.received is None:
        return {"file": part.file, "problem": part.problem}
    done = part.received
    return {
        "file": part.file,
        "package": done.package.id,
        "submission": done.submission.id,
        "duplicate": done.duplicate,
        "href": f"/packages/{done.package.id}",
    }
