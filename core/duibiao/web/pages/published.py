"""What anybody may see and do without signing in: the published grades, reporting an error, the answer to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from duibiao.office import complaints, published
from duibiao.office.errors import InvalidError, NotFoundError, TooManyError
from duibiao.office.published import Wanted
from duibiao.web.access import TheOffice, address_of
from duibiao.web.errors import status_of
from duibiao.web.rendering import page

router = APIRouter()

PAGE = 50

_Word = Annotated[str, Query(max_length=100)]


@router.get("/published")
def listing(
    request: Request,
    office: TheOffice,
    text: _Word = "",
    city: _Word = "",
    county: _Word = "",
    industry: _Word = "",
    grade: _Word = "",
    number: Annotated[int, Query(ge=1, le=100_000, alias="page")] = 1,
) -> Response:
    """Show the published grades."""
    wanted = Wanted(text.strip(), city, county, industry, grade)
    found, count = published.published(office, wanted, offset=(number - 1) * PAGE, limit=PAGE)
    return page(
        request, "published.html", found=found, count=count, wanted=wanted, choices=published.choices(office),
        number=number, last_page=max(1, -(-count // PAGE)),
    )  # fmt: skip


@router.get("/published/receipt")
def receipt_form(request: Request) -> Response:
    """Show the page for looking an answer up."""
    return page(request, "receipt.html", complaint=None, problem="", states=complaints.STATES)


@router.post("/published/receipt")
def look_up(
    request: Request, office: TheOffice, receipt: Annotated[str, Form(max_length=40)]
) -> Response:
    """Show the answer to a complaint; the code travels in the body, so that no log keeps it."""
    try:
        found, problem = complaints.look_up(office, receipt), ""
    except NotFoundError as error:
        found, problem = None, str(error)
    return page(
        request, "receipt.html", status=404 if problem else 200, complaint=found, problem=problem,
        states=complaints.STATES,
    )  # fmt: skip


@router.get("/published/{package_id}/report")
def report_form(request: Request, office: TheOffice, package_id: str) -> Response:
    """Show the page for reporting an error."""
    line = published.one(office, package_id)
    return page(request, "report.html", line=line, problem="", receipt="", text="")


@router.post("/published/{package_id}/report")
def report(
    request: Request,
    office: TheOffice,
    package_id: str,
    text: Annotated[str, Form(max_length=20_000)] = "",
    name: Annotated[str, Form(max_length=1000)] = "",
    contact: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Take a complaint and show its receipt."""
    line = published.one(office, package_id)
    try:
        receipt = complaints.report(
            office, address_of(request), package_id, text, name=name, contact=contact
        )
    except (InvalidError, TooManyError) as error:
        return page(
            request, "report.html", status=status_of(error), line=line, problem=str(error), receipt="", text=text
        )  # fmt: skip
    return page(request, "report.html", line=line, problem="", receipt=receipt, text="")
