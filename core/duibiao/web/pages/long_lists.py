"""Long lists of a bureau: ordering them, how far they are, downloading them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from duibiao.office import long_lists
from duibiao.web.access import Doer, TheOffice, TheShop, Visitor
from duibiao.web.pages.downloads import sent
from duibiao.web.pages.progress import followed
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
    return followed(request, lambda: long_lists.one(office, actor, job_id).job)


@router.get("/statistics/made/{job_id}/{kind}")
def download(shop: TheShop, actor: Visitor, job_id: str, kind: str) -> Response:
    """Send a list that was made."""
    file, blob = long_lists.made(shop.office, actor, job_id, kind)
    return sent(shop, Ready(file, blob), inline=False)
