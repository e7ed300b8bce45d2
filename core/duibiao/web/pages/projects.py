"""Projects: the list, a new one, the page of one, its data as files."""

from __future__ import annotations

import io
import json
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from duibiao.model.errors import DuibiaoError
from duibiao.model.grades import Grade
from duibiao.office import projects
from duibiao.office.desk import Office, require
from duibiao.office.errors import InvalidError
from duibiao.office.project_form import as_data, catalogue_of_content, progress_of
from duibiao.procedure.rights import Right
from duibiao.project.blank import write_workbook
from duibiao.project.book import LIMITS
from duibiao.web.access import Doer, TheOffice, TheShop, Visitor
from duibiao.web.errors import status_of
from duibiao.web.pages import project_build, project_evidence, project_sheets
from duibiao.web.project_body import taken
from duibiao.web.rendering import page
from duibiao.work import project_work

router = APIRouter()
for _part in (project_sheets, project_evidence, project_build):
    router.include_router(_part.router)

PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/projects")
def listing(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    number: Annotated[int, Query(ge=1, le=100_000, alias="page")] = 1,
) -> Response:
    """Show the projects of the own organisation."""
    found, count = projects.find(office, actor, offset=(number - 1) * PAGE, limit=PAGE)
    return page(
        request, "projects.html", projects=found, count=count, number=number,
        last_page=max(1, -(-count // PAGE)),
    )  # fmt: skip


@router.get("/projects/new")
def new(request: Request, office: TheOffice, actor: Visitor) -> Response:
    """Show the page for a new project."""
    require(actor, Right.PROJECT)
    return _new(request, office)


@router.get("/projects/new/grades")
def grades(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    industry: Annotated[str, Query(max_length=50)] = "",
) -> Response:
    """Show the grades that an industry has."""
    require(actor, Right.PROJECT)
    return page(request, "project_grades.html", grades=_grades(office, industry), grade="")


@router.post("/projects")
def create(
    request: Request,
    office: TheOffice,
    actor: Doer,
    name: Annotated[str, Form(max_length=60)] = "",
    industry: Annotated[str, Form(max_length=50)] = "",
    grade: Annotated[str, Form(max_length=30)] = "",
) -> Response:
    """Make a project."""
    try:
        project = projects.create(office, actor, name, industry, grade)
    except InvalidError as error:
        return _new(
            request, office, status_of(error), name=name, industry=industry, grade=grade, problem=str(error)
        )  # fmt: skip
    return RedirectResponse(f"/projects/{project.id}", 303)


@router.get("/projects/{project_id}")
def one(request: Request, office: TheOffice, actor: Visitor, project_id: str) -> Response:
    """Show one project: its sheets and how far they are filled in."""
    project = projects.open_project(office, actor, project_id)
    catalogue = catalogue_of_content(office.service, project.data)
    known = {sheet.key for sheet in catalogue.sheets}
    return page(
        request, "project.html", project=project, sheets=progress_of(catalogue, project.data),
        strange=[key for key in project.data if key not in known],
    )  # fmt: skip


@router.post("/projects/{project_id}/remove")
def remove(office: TheOffice, actor: Doer, project_id: str) -> Response:
    """Remove a project."""
    projects.remove(office, actor, project_id)
    return RedirectResponse("/projects", 303)


@router.get("/projects/{project_id}/data.xlsx")
def workbook(office: TheOffice, actor: Visitor, project_id: str) -> Response:
    """Send the data as the workbook."""
    project = projects.open_project(office, actor, project_id)
    catalogue = catalogue_of_content(office.service, project.data)
    content = io.BytesIO()
    write_workbook(content, catalogue, as_data(catalogue, project.data))
    return _download(content.getvalue(), f"{project.name}申报数据.xlsx", _XLSX)


@router.get("/projects/{project_id}/data.json")
def as_json(office: TheOffice, actor: Visitor, project_id: str) -> Response:
    """Send the data as JSON."""
    project = projects.open_project(office, actor, project_id)
    text = json.dumps(project.data, ensure_ascii=False, indent=2) + "\n"
    return _download(text.encode(), f"{project.name}申报数据.json", "application/json")


@router.post("/projects/{project_id}/import")
async def import_data(
    request: Request,
    shop: TheShop,
    actor: Doer,
    project_id: str,
    file: Annotated[str, Query(max_length=255)],
    version: Annotated[int, Query(ge=1)],
) -> Response:
    """Take the data from a file; its bytes are the body. Answers with what could not be taken over, or why it was refused."""
    try:
        async with taken(request, file, LIMITS.file) as body:
            lost = await run_in_threadpool(
                project_work.import_data, shop, actor, project_id, file, body, version=version
            )
    except DuibiaoError as error:
        return JSONResponse({"problem": str(error)}, status_of(error))
    return JSONResponse({"lost": lost})


def _new(
    request: Request,
    office: Office,
    status: int = 200,
    *,
    name: str = "",
    industry: str = "",
    grade: str = "",
    problem: str = "",
) -> Response:
    branches = [
        branch.name
        for plugin in office.service.registry.plugins
        for branch in plugin.book.industry.branches
    ]
    chosen = industry or next(iter(branches), "")
    return page(
        request, "project_new.html", status=status, branches=branches, grades=_grades(office, chosen),
        name=name, industry=chosen, grade=grade, problem=problem,
    )  # fmt: skip


def _grades(office: Office, industry: str) -> list[str]:
    found = office.service.registry.find(industry)
    ladder = found[1].ladder if found else ()
    return [grade.label for grade in ladder or Grade]


def _download(content: bytes, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=kind, headers=headers)
