"""The evidence of a project: folders, adding and removing files, showing them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from duibiao.model.errors import DuibiaoError
from duibiao.office import project_evidence, projects
from duibiao.office.desk import Office
from duibiao.office.errors import NotFoundError
from duibiao.office.project_evidence import SCANNED
from duibiao.procedure.rights import Actor
from duibiao.project.evidence.contents import MOST_BYTES
from duibiao.web.access import Doer, TheOffice, Visitor
from duibiao.web.errors import status_of
from duibiao.web.project_body import taken
from duibiao.web.rendering import page

router = APIRouter()

_SAME = "private, max-age=31536000, immutable"
"""The file behind an id never changes, so that a browser need not ask for its picture again."""


@router.get("/projects/{project_id}/evidence")
def evidence(request: Request, office: TheOffice, actor: Visitor, project_id: str) -> Response:
    """Show every folder with what belongs there and what is there."""
    project = projects.open_project(office, actor, project_id)
    return page(
        request, "project_evidence.html", project=project, scanned=SCANNED, largest=MOST_BYTES,
        folders=project_evidence.folders_of(office, project),
    )  # fmt: skip


@router.get("/projects/{project_id}/evidence/folder")
def folder(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    project_id: str,
    name: Annotated[str, Query(max_length=200)],
) -> Response:
    """Show one folder, as it stands after an upload."""
    return _folder(request, office, actor, project_id, name)


@router.post("/projects/{project_id}/evidence")
async def upload(
    request: Request,
    office: TheOffice,
    actor: Doer,
    project_id: str,
    folder: Annotated[str, Query(max_length=200)],
    file: Annotated[str, Query(max_length=255)],
    scanned: Annotated[bool, Query()] = False,
) -> Response:
    """Take one file; its bytes are the body."""
    try:
        async with taken(request, file, MOST_BYTES) as body:
            done = await run_in_threadpool(
                project_evidence.add_file, office, actor, project_id, folder, file, body, scanned=scanned
            )  # fmt: skip
    except DuibiaoError as error:
        return JSONResponse({"problem": str(error)}, status_of(error))
    return JSONResponse({"file": done.id, "name": done.name})


@router.post("/projects/{project_id}/files/{file_id}/remove")
def remove(
    request: Request, office: TheOffice, actor: Doer, project_id: str, file_id: str
) -> Response:
    """Remove a file, and show its folder as it stands then."""
    name = project_evidence.remove_file(office, actor, project_id, file_id)
    response = _folder(
        request, office, actor, project_id, name, gone="这个文件夹空了，已不再列出。"
    )
    response.headers["HX-Trigger"] = "saved"
    return response


@router.post("/projects/{project_id}/evidence/move")
def move(
    office: TheOffice,
    actor: Doer,
    project_id: str,
    source: Annotated[str, Form(max_length=200)],
    target: Annotated[str, Form(max_length=200)],
) -> Response:
    """Move all files of a folder to another one."""
    project_evidence.move_files(office, actor, project_id, source, target)
    return RedirectResponse(f"/projects/{project_id}/evidence", 303)


@router.get("/projects/{project_id}/files/{file_id}")
def file(office: TheOffice, actor: Visitor, project_id: str, file_id: str) -> Response:
    """Send a file: a picture to be shown, a document to be kept."""
    found = project_evidence.open_file(office, actor, project_id, file_id)
    kind = project_evidence.type_of(found)
    way = "inline" if kind.startswith("image/") else "attachment"
    headers = {
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(found.name)}",
        "Cache-Control": _SAME,
    }
    return StreamingResponse(office.blobs.stream(found.blob), media_type=kind, headers=headers)


def _folder(
    request: Request, office: Office, actor: Actor, project_id: str, name: str, *, gone: str = ""
) -> Response:
    project = projects.open_project(office, actor, project_id)
    folders = {one.name: one for one in project_evidence.folders_of(office, project)}
    if name not in folders and not gone:
        raise NotFoundError("没有这个证据文件夹；请刷新页面后重试")
    return page(
        request, "project_folder.html", project=project, folder=folders.get(name), scanned=SCANNED,
        gone=gone,
    )  # fmt: skip
