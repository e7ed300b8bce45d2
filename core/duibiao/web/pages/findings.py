"""The findings of a version, with the document at the very place, and what people say of them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from duibiao.law.provenance import Standing
from duibiao.model.errors import DuibiaoError
from duibiao.model.grades import Grade
from duibiao.office import remarks, reports
from duibiao.office.desk import Office
from duibiao.office.errors import ConflictError, NotFoundError
from duibiao.office.remarks import Disposition
from duibiao.procedure.rights import Actor
from duibiao.reports.model import Reach
from duibiao.rules.definition import Severity
from duibiao.web.access import Doer, TheOffice, TheShop, Visitor
from duibiao.web.finding_list import HANDLED, Entry, Filter, listed
from duibiao.web.pages.downloads import Number
from duibiao.web.passage import passage
from duibiao.web.rendering import page
from duibiao.work import artefacts

router = APIRouter()

Short = Annotated[str, Query(max_length=100)]
_WORDS = {"Severity": Severity, "Standing": Standing, "Reach": Reach, "Disposition": Disposition}


@router.get("/packages/{package_id}/findings")
def findings(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    package_id: str,
    number: Number = 0,
    at: Annotated[int | None, Query(ge=0)] = None,
    finding: Short = "",
    chapter: Short = "",
    severity: Short = "",
    rule: Short = "",
    handled: Short = "",
) -> Response:
    """Show the findings of a version; `at` or `finding` (its fingerprint) says which is open."""
    submission = reports.open_version(office, actor, package_id, number)
    report = reports.report_of(office, submission)
    filter_ = Filter(chapter, severity, rule, handled)
    said = remarks.remarks_on(office, actor, package_id)
    found = listed(report, said, filter_)
    return page(
        request, "findings.html", package=submission.package, submission=submission, report=report,
        listed=found, filter=filter_, chosen=found.chosen(at, finding), handled=HANDLED,
        under_way=reports.under_way(submission), again=reports.may_check_again(actor, submission),
        faces=artefacts.FACES, grade=_grade, **_card(office, submission.number),
    )  # fmt: skip


@router.get("/packages/{package_id}/findings/{finding}")
def place(
    request: Request,
    shop: TheShop,
    actor: Visitor,
    package_id: str,
    finding: int,
    number: Number = 0,
    sheet: Annotated[int, Query(ge=0, le=100_000)] = 0,
    also: Annotated[int, Query(ge=0, le=1000)] = 0,
) -> Response:
    """Show the document where a finding stands: its place, or its `also`-th further one; `sheet` turns the page."""
    submission = reports.open_version(shop.office, actor, package_id, number)
    every = reports.every_finding(reports.report_of(shop.office, submission))
    if not 0 <= finding < len(every):
        raise NotFoundError("没有这条意见；报告可能已经更新，请刷新页面")
    meant = every[finding]
    places = [meant["at"], *meant["also"]]
    here = places[min(also, len(places) - 1)]
    others = [one for one in places if one is not here]
    shown, problem = None, ""
    try:
        view = artefacts.document(shop, actor, package_id, number)
        shown = passage(view, here, others, sheet)
    except DuibiaoError as error:
        problem = str(error)
    return page(
        request, "finding_place.html", package_id=package_id, submission=submission, finding=meant,
        number=finding, here=here, places=places, also=also, passage=shown, problem=problem,
    )  # fmt: skip


@router.post("/packages/{package_id}/remarks")
def remark(
    request: Request,
    office: TheOffice,
    actor: Doer,
    package_id: str,
    number: Annotated[int, Form(ge=1)],
    fingerprint: Annotated[str, Form(max_length=64)],
    disposition: Annotated[Disposition, Form()],
    at: Annotated[int, Form(ge=0)] = 0,
    text: Annotated[str, Form(max_length=10_000)] = "",
    until: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Say something of a finding; answers with its card, or with the whole page where the report changes by it."""
    href = f"/packages/{package_id}/findings?number={number}&finding={fingerprint}#chosen"
    by_script = "HX-Request" in request.headers
    problem = ""
    try:
        remarks.remark(
            office, actor, package_id, number, fingerprint, disposition, text=text, until=until
        )
    except DuibiaoError as error:
        if not by_script:
            raise
        problem = str(error)
    if not by_script:
        return RedirectResponse(href, 303)
    submission = reports.open_version(office, actor, package_id, number)
    if not problem and reports.under_way(submission):
        return Response(status_code=204, headers={"HX-Redirect": href})
    return _one_card(request, office, actor, package_id, submission.number, at, problem)


def _one_card(
    request: Request, office: Office, actor: Actor, package_id: str, number: int, at: int, problem: str
) -> Response:  # fmt: skip
    submission = reports.open_version(office, actor, package_id, number)
    report = reports.report_of(office, submission)
    found = listed(report, remarks.remarks_on(office, actor, package_id), Filter())
    if at >= len(found.every):
        raise ConflictError("报告已经更新；请刷新页面")
    entry: Entry = found.every[at]
    return page(
        request, "finding_answer.html", package=submission.package, entry=entry, listed=found,
        problem=problem, chosen=entry, filter=Filter(), **_card(office, number),
    )  # fmt: skip


def _card(office: Office, number: int) -> dict[str, Any]:
    """Return what the card of a finding needs besides the finding."""
    return {"number": number, "today": office.today.isoformat(), **_WORDS}


def _grade(value: str | None) -> str:
    """Return a grade of a report as documents write it."""
    return Grade(value).label if value else "不能确定"
