"""Building the package of a project: the page, progress, download, handing in."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from duibiao.office import project_building, project_evidence, projects, seeing
from duibiao.office.desk import Office
from duibiao.office.seeing import Filter
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.states import State
from duibiao.web.access import Doer, TheOffice, Visitor
from duibiao.web.pages.progress import followed
from duibiao.web.rendering import page

router = APIRouter()

_OFFERED = 50


@router.get("/projects/{project_id}/build")
def form(request: Request, office: TheOffice, actor: Visitor, project_id: str) -> Response:
    """Show what came of the last build, and what can be done."""
    project = projects.open_project(office, actor, project_id)
    return page(
        request, "project_build.html", project=project,
        job=project_building.newest_build(office, actor, project_id),
        name=project_building.file_name(project), packages=_open_packages(office, actor),
        missing=project_evidence.left_to_pen(project),
    )  # fmt: skip


@router.post("/projects/{project_id}/build")
def build(
    office: TheOffice,
    actor: Doer,
    project_id: str,
    draft: Annotated[bool, Form()] = False,
) -> Response:
    """Put a build on the queue."""
    project_building.build(office, actor, project_id, forced=draft)
    return RedirectResponse(f"/projects/{project_id}/build", 303)


@router.get("/projects/{project_id}/build/progress")
def progress(request: Request, office: TheOffice, actor: Visitor, project_id: str) -> Response:
    """Tell the stage of the newest build until it has ended."""
    return followed(request, lambda: project_building.newest_build(office, actor, project_id))


@router.get("/projects/{project_id}/package.zip")
def download(office: TheOffice, actor: Visitor, project_id: str) -> Response:
    """Send the built package."""
    project = project_building.built(office, actor, project_id)
    name = quote(project_building.file_name(project))
    return StreamingResponse(
        office.blobs.stream(project.package),
        media_type="application/zip",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@router.post("/projects/{project_id}/hand-in")
def hand_in(
    office: TheOffice,
    actor: Doer,
    project_id: str,
    package: Annotated[str, Form(max_length=22)] = "",
) -> Response:
    """Hand the built package in."""
    done = project_building.hand_in(office, actor, project_id, package_id=package)
    return RedirectResponse(f"/packages/{done.package.id}", 303)


def _open_packages(office: Office, actor: Actor) -> list[tuple[str, str]]:
    """Return id and name of the own packages that take a new version."""
    if not actor.may(Right.SEE_PACKAGES):
        return []
    found, _ = seeing.find(office, actor, Filter(), limit=_OFFERED)
    return [
        (package.id, package.enterprise or seeing.newest(package).file)
        for package in found
        if State(package.state).takes_files
    ]
