"""Downloads: faces of the report, the annotated copy, the original; and pages of PDF files and pictures of Word files."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from duibiao.office import reports
from duibiao.office.errors import ConflictError
from duibiao.web.access import Doer, TheOffice, TheShop, Visitor
from duibiao.web.rendering import page
from duibiao.work import artefacts
from duibiao.work.artefacts import Ready
from duibiao.work.shop import Workshop

router = APIRouter()

Number = Annotated[int, Query(ge=0, le=100_000)]
"""稿次; 0 for the newest."""
Key = Annotated[str, Path(pattern=r"^[0-9a-f]{8}-\d{1,9}$")]
"""Key of a picture: CRC-32 and size."""


@router.get("/packages/{package_id}/files/{face}")
def download(
    request: Request, shop: TheShop, actor: Visitor, package_id: str, face: str, number: Number = 0
) -> Response:
    """Send a face of the report of a version; where it has to be checked again first, show the page that offers it."""
    try:
        ready = artefacts.face(shop, actor, package_id, number, face)
    except ConflictError as error:
        submission = reports.open_version(shop.office, actor, package_id, number)
        return page(
            request, "finding_again.html", status=409, what="不能下载", detail=str(error), submission=submission,
            again=bool(submission.report) and reports.may_check_again(actor, submission),
        )  # fmt: skip
    return sent(shop, ready, inline=False)


@router.post("/packages/{package_id}/check")
def check_again(office: TheOffice, actor: Doer, package_id: str, number: Number = 0) -> Response:
    """Have a version checked again."""
    reports.check_again(office, actor, package_id, number)
    return RedirectResponse(f"/packages/{package_id}", 303)


@router.get("/packages/{package_id}/pages/{document}/{sheet}")
def sheet_drawn(
    shop: TheShop, actor: Visitor, package_id: str, document: int, sheet: int, number: Number = 0
) -> Response:
    """Send a page of a PDF file as PNG."""
    ready = artefacts.page(shop, actor, package_id, number, document, sheet)
    return sent(shop, ready, inline=True)


@router.get("/packages/{package_id}/pictures/{document}/{key}")
def picture(
    shop: TheShop, actor: Visitor, package_id: str, document: int, key: Key, number: Number = 0
) -> Response:
    """Send a picture of a Word file as JPEG."""
    ready = artefacts.picture(shop, actor, package_id, number, document, key)
    return sent(shop, ready, inline=True)


def sent(shop: Workshop, ready: Ready, *, inline: bool) -> Response:
    """Return the answer that sends a file, under its Chinese name (RFC 6266)."""
    kind = "inline" if inline else "attachment"
    suffix = ready.file.rpartition(".")[2]
    plain = f"file.{suffix}" if suffix.isascii() and suffix.isalnum() else "file"
    named = f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(ready.file, safe='')}"
    return StreamingResponse(
        artefacts.pieces(shop, ready),
        media_type=ready.content_type,
        headers={"Content-Disposition": named},
    )
