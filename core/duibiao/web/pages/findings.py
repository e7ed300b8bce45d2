"""The findings of a version, with the document at the very place, and what people say of them."""

from __future__ import annotations

from collections.abc import Mapping
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
from duibiao.storage.packages import Submission
from duibiao.web.access import Doer, TheOffice, TheShop, Visitor
from duibiao.web.finding_list import HANDLED, Entry, Filter, listed
from duibiao.web.pages.downloads import Number
from duibiao.web.passage import passage
from duibiao.web.rendering import page
from duibiao.work import artefacts
from duibiao.work.shop import Workshop

router = APIRouter()

Short = Annotated[str, Query(max_length=100)]
Sheet = Annotated[int, Query(ge=0, le=100_000)]
Also = Annotated[int, Query(ge=0, le=1000)]
_WORDS = {"Severity": Severity, "Standing": Standing, "Reach": Reach, "Disposition": Disposition}


@router.get("/packages/{package_id}/findings")
def findings(
    request: Request,
    shop: TheShop,
    actor: Visitor,
    package_id: str,
    number: Number = 0,
    at: Annotated[int | None, Query(ge=0)] = None,
    finding: Short = "",
    sheet: Sheet = 0,
    also: Also = 0,
    chapter: Short = "",
    severity: Short = "",
    rule: Short = "",
    handled: Short = "",
) -> Response:
    """Show the findings of a version; `at` or `finding` (its fingerprint) says which is open, with its place beside it."""
    office = shop.office
    submission = reports.open_version(office, actor, package_id, number)
    try:
        report = reports.standing(office, submission)
    except ConflictError as error:
        again = bool(submission.report) and reports.may_check_again(actor, submission)
        return page(
            request, "finding_again.html", status=409, what="看不了审查意见", detail=str(error),
            submission=submission, again=again,
        )  # fmt: skip
    filter_ = Filter(chapter, severity, rule, handled)
    said = remarks.remarks_on(office, actor, package_id)
    found = listed(report, said, filter_)
    chosen = found.chosen(at, finding)
    beside: dict[str, Any] = {"places": ()}
    if chosen is not None and (at is not None or finding):
        beside = _place(shop, actor, submission, chosen.number, chosen.finding, sheet, also)
    return page(
        request, "findings.html", package=submission.package, report=report,
        listed=found, filter=filter_, chosen=chosen, handled=HANDLED,
        under_way=reports.under_way(submission), again=reports.may_check_again(actor, submission),
        faces=artefacts.FACES, grade=_grade,
        **_card(office, submission.number), **{"submission": submission, **beside},
    )  # fmt: skip


@router.get("/packages/{package_id}/findings/{finding}")
def place(
    request: Request,
    shop: TheShop,
    actor: Visitor,
    package_id: str,
    finding: int,
    number: Number = 0,
    sheet: Sheet = 0,
    also: Also = 0,
) -> Response:
    """Show the document where a finding stands: its place, or its `also`-th further one; `sheet` turns the page."""
    submission = reports.open_version(shop.office, actor, package_id, number)
    every = reports.every_finding(reports.standing(shop.office, submission))
    if not 0 <= finding < len(every):
        raise NotFoundError("没有这条意见；报告可能已经更新，请刷新页面")
    beside = _place(shop, actor, submission, finding, every[finding], sheet, also)
    return page(request, "finding_place.html", filter=Filter(), **beside)


def _place(
    shop: Workshop,
    actor: Actor,
    submission: Submission,
    finding: int,
    meant: Mapping[str, Any],
    sheet: int,
    also: int,
) -> dict[str, Any]:
    """Return what the place of a finding is shown with."""
    package_id = submission.package.id
    places = [meant["at"], *meant["also"]]
    also = min(also, len(places) - 1)
    here = places[also]
    others = [one for one in places if one is not here]
    shown, problem = None, ""
    try:
        view = artefacts.document(shop, actor, package_id, submission.number)
        shown = passage(view, here, others, sheet)
    except DuibiaoError as error:
        problem = str(error)
    return {
        "package_id": package_id, "submission": submission, "at": finding, "here": here, "places": places,
        "also": also, "passage": shown, "problem": problem,
    }  # fmt: skip


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
    report = reports.standing(office, submission)
    found = listed(report, remarks.remarks_on(office, actor, package_id), Filter())
    if at >= len(found.every):
        raise ConflictError("报告已经更新；请刷新页面")
    entry: Entry = found.every[at]
    return page(
        request, "finding_answer.html", package=submission.package, entry=entry, listed=found,
        chosen=entry, filter=Filter(), **_card(office, number, problem),
    )  # fmt: skip


def _card(office: Office, number: int, refused: str = "") -> dict[str, Any]:
    """Return what the card of a finding needs besides the finding."""
    return {"number": number, "today": office.today.isoformat(), "refused": refused, **_WORDS}


def _grade(value: str | None) -> str:
    """Return a grade of a report as documents write it."""
    return Grade(value).label if value else "不能确定"
