"""The sheets of a project: the form, saving it, and what is found."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from duibiao.office import projects
from duibiao.office.desk import Office
from duibiao.office.errors import ConflictError, InvalidError
from duibiao.office.project_evidence import folders_of
from duibiao.office.project_form import catalogue_of_content
from duibiao.project.blank.hints import purpose
from duibiao.project.values import LONGEST
from duibiao.service.terms import CHINA
from duibiao.storage.base import now
from duibiao.storage.blobs import StoreError
from duibiao.storage.projects import Project
from duibiao.web import project_view as view
from duibiao.web.access import Doer, TheOffice, TheShop, Visitor
from duibiao.web.errors import status_of
from duibiao.web.rendering import page
from duibiao.work import project_work
from duibiao.work.children import FailedError

router = APIRouter()

LARGEST = 8 << 20
"""Characters of one sheet as it is sent."""


@router.get("/projects/{project_id}/sheets/{key}")
def sheet(
    request: Request, office: TheOffice, actor: Visitor, project_id: str, key: str
) -> Response:
    """Show a sheet to be filled in."""
    project = projects.open_project(office, actor, project_id)
    shown = projects.sheet_of(office, project, key)
    catalogue = catalogue_of_content(office.service, project.data)
    rows = view.rows_of(shown, project.data)
    before, after = view.neighbours(catalogue.sheets, key)
    return page(
        request, "project_sheet.html", project=project, sheet=shown, before=before, after=after,
        entries=view.entries_of(catalogue, shown, project.data), rows=rows,
        grounds=view.grounds_of(catalogue, shown, rows), longest=LONGEST,
        purpose=purpose(shown, catalogue.law), seen=projects.mark_of(project.data, key), saved="", problem="",
        misfits=view.misfits_of(catalogue, project.data, key),
    )  # fmt: skip


@router.post("/projects/{project_id}/sheets/{key}")
def save(
    request: Request,
    office: TheOffice,
    actor: Doer,
    project_id: str,
    key: str,
    content: Annotated[str, Form(max_length=LARGEST)],
    seen: Annotated[str, Form(max_length=16)],
) -> Response:
    """Save a sheet; answers with what its fields do not admit."""
    problem, status = "", HTTPStatus.OK
    try:
        project = projects.save_sheet(office, actor, project_id, key, _decoded(content), seen=seen)
        seen = projects.mark_of(project.data, key)
    except (InvalidError, ConflictError) as error:
        problem, status = str(error), status_of(error)
        project = projects.open_project(office, actor, project_id)
    return page(
        request, "project_panel.html", status=status, project=project, seen=seen, problem=problem,
        saved=now().astimezone(CHINA).strftime("%H:%M:%S"), misfits=_misfits(office, project, key),
        headers={} if problem else {"HX-Trigger": "saved"},
    )  # fmt: skip


@router.get("/projects/{project_id}/findings")
def findings(
    request: Request,
    shop: TheShop,
    actor: Visitor,
    project_id: str,
    sheet: Annotated[str, Query(max_length=50)] = "",
    evidence: Annotated[bool, Query()] = False,
) -> Response:
    """Show what the rules find on a project: first on one sheet, or on the evidence, then elsewhere."""
    try:
        judged = project_work.judge(shop, actor, project_id)
    except (FailedError, StoreError) as error:
        return page(
            request, "project_findings.html", problem=str(error), judged=None, here=[], elsewhere=[],
            project=None, sheet=sheet,
        )  # fmt: skip
    project = projects.open_project(shop.office, actor, project_id)
    said = view.said_of(judged.hints, _misfits(shop.office, project, sheet) if sheet else [])
    folders = {one.number for one in folders_of(shop.office, project)} - {""} if evidence else set()
    here = [one for one in said if (one.spot and one.spot.sheet == sheet) or one.section in folders]
    return page(
        request, "project_findings.html", problem="", judged=judged, here=here,
        elsewhere=[one for one in said if one not in here], project=project, sheet=sheet,
    )  # fmt: skip


def _misfits(office: Office, project: Project, key: str) -> list[view.Said]:
    return view.misfits_of(catalogue_of_content(office.service, project.data), project.data, key)


def _decoded(content: str) -> object:
    try:
        decoded: object = json.loads(content)
    except (ValueError, RecursionError):
        raise InvalidError("没有保存：送来的内容不完整；请刷新页面后重试") from None
    return decoded
