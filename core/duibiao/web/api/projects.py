"""Projects: application data and evidence, from which packages are built."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Header, Query, Request, Response
from pydantic import BaseModel, Field

from duibiao.office import project_building, project_evidence, projects
from duibiao.office.project_evidence import Folder
from duibiao.project.evidence.contents import MOST_BYTES
from duibiao.storage.projects import Exhibit, Project
from duibiao.web.access import TheOffice, TheShop
from duibiao.web.api import PREFIX
from duibiao.web.api.access import Program
from duibiao.web.api.artefacts import FILE, sent
from duibiao.web.api.models import NO_NUL, Asked, JobSaid, Limit, Offset, Paged, Received
from duibiao.web.api.once import Doing
from duibiao.web.api.packages import BYTES, FileName, said
from duibiao.web.api.paging import link
from duibiao.web.api.routing import problem
from duibiao.web.api.routing import router as api_router
from duibiao.web.project_body import taken
from duibiao.work import project_work
from duibiao.work.artefacts import Ready

router = api_router("项目")

Version = Annotated[
    str,
    Header(
        alias="If-Match", pattern=r'^"[0-9]{1,9}"$', description='所见版本的 ETag，如 "3"；别人改过就不保存'
    ),
]  # fmt: skip
_ETAG: dict[int | str, dict[str, Any]] = {
    200: {"headers": {"ETag": {"description": "版本", "schema": {"type": "string"}}}}
}


Content = dict[str, dict[str, str] | list[dict[str, str]]]
"""表 → 填写项 → 内容，或若干行。"""


class ProjectAsked(Asked):
    """要新建的项目。"""

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=NO_NUL)]
    industry: Annotated[str, Field(min_length=1, max_length=50, pattern=NO_NUL)]
    grade: Annotated[str, Field(max_length=30, pattern=NO_NUL)] = ""


class BuildAsked(Asked):
    """编制的要求。"""

    forced: bool = Field(False, description="有不符合之处也编成草稿")


class HandInAsked(Asked):
    """送审的要求。"""

    package: Annotated[str, Field(max_length=22, pattern=NO_NUL)] = Field(
        "", description="是哪份申报的新一版；不写就是新的申报"
    )


class ProjectSaid(BaseModel):
    """项目。"""

    id: str
    href: str
    name: str
    industry: str
    grade: str
    version: int = Field(description="每次改动加一，也是 data 的 ETag")
    changed: datetime
    built: bool = Field(description="编制过，之后没有改动")
    draft: bool = Field(description="编成的是草稿")

    @staticmethod
    def of(project: Project) -> ProjectSaid:
        """Say what a project is."""
        return ProjectSaid(
            id=project.id, href=f"{PREFIX}/projects/{project.id}", name=project.name, industry=project.industry,
            grade=project.grade, version=project.version, changed=project.changed,
            built=bool(project.package) and project.built == project.version, draft=project.draft,
        )  # fmt: skip


class Projects(Paged):
    """项目列表。"""

    items: list[ProjectSaid]


class FileSaid(BaseModel):
    """证据文件。"""

    id: str
    name: str
    size: int
    sha256: str
    scanned: bool = Field(description="是证件、文件的扫描件")

    @staticmethod
    def of(file: Exhibit) -> FileSaid:
        """Say what a file is."""
        scanned = file.folder.endswith(f"/{project_evidence.SCANNED}")
        return FileSaid(
            id=file.id, name=file.name, size=file.size, sha256=file.blob, scanned=scanned
        )


class FolderSaid(BaseModel):
    """证据文件夹。"""

    name: str
    note: str = Field(description="放什么")
    expected: bool
    files: list[FileSaid]

    @staticmethod
    def of(folder: Folder) -> FolderSaid:
        """Say what a folder is."""
        return FolderSaid(
            name=folder.name, note=folder.note, expected=folder.expected,
            files=[FileSaid.of(file) for file in folder.files],
        )  # fmt: skip


class Folders(BaseModel):
    """项目的全部证据文件夹。"""

    items: list[FolderSaid]


class HintSaid(BaseModel):
    """项目的一条意见。"""

    code: str
    severity: str
    place: str
    message: str
    todo: str
    articles: list[str]


class JudgementSaid(BaseModel):
    """项目检查的结果。"""

    verdict: str
    reasons: list[str]
    items: list[HintSaid]


@router.post("/projects", status_code=201, response_model=ProjectSaid, summary="新建项目")
def create_project(office: TheOffice, actor: Program, once: Doing, asked: ProjectAsked) -> Response:
    """与 duibiao new 一样：表是空的，只填好名称、行业和等级。"""

    def work() -> ProjectSaid:
        return ProjectSaid.of(
            projects.create(office, actor, asked.name, asked.industry, asked.grade)
        )

    return once.do(work, asked.model_dump_json(), status=201)


@router.get("/projects", summary="项目列表")
def list_projects(
    request: Request,
    response: Response,
    office: TheOffice,
    actor: Program,
    offset: Offset = 0,
    limit: Limit = 50,
) -> Projects:
    """贵单位的项目，最近改动的在前。"""
    found, total = projects.find(office, actor, offset=offset, limit=limit)
    link(request, response, offset=offset, limit=limit, total=total)
    return Projects(total=total, items=[ProjectSaid.of(project) for project in found])


@router.get("/projects/{project_id}", summary="一个项目")
def show_project(office: TheOffice, actor: Program, project_id: str) -> ProjectSaid:
    """名称、行业、版本，编制过没有。"""
    return ProjectSaid.of(projects.open_project(office, actor, project_id))


@router.delete("/projects/{project_id}", status_code=204, summary="删除项目")
def remove_project(office: TheOffice, actor: Program, project_id: str) -> None:
    """连同证据文件；已经送审的申报不受影响。"""
    projects.remove(office, actor, project_id)


@router.get("/projects/{project_id}/data", summary="填写的内容", responses=_ETAG)
def show_data(
    response: Response, office: TheOffice, actor: Program, project_id: str
) -> dict[str, Any]:
    """表 → 内容，与 申报数据.json 一样；ETag 是版本。"""
    project = projects.open_project(office, actor, project_id)
    response.headers["ETag"] = f'"{project.version}"'
    return project.data


@router.put("/projects/{project_id}/data", summary="写入填写的内容", responses=_ETAG)
def put_data(
    response: Response,
    office: TheOffice,
    actor: Program,
    project_id: str,
    content: Content,
    if_match: Version,
) -> ProjectSaid:
    """整个替换，证据不动；填得对不对由 findings 说。"""
    changed = projects.replace_data(
        office, actor, project_id, content, version=int(if_match.strip('"'))
    )
    response.headers["ETag"] = f'"{changed.version}"'
    return ProjectSaid.of(changed)


@router.get(
    "/projects/{project_id}/findings",
    summary="检查项目",
    responses={409: problem("现在不能检查")},
)
def list_project_findings(shop: TheShop, actor: Program, project_id: str) -> JudgementSaid:
    """按现在填写的内容检查，要几秒。"""
    judged = project_work.judge(shop, actor, project_id)
    return JudgementSaid(
        verdict=judged.verdict, reasons=list(judged.reasons),
        items=[
            HintSaid(
                code=one.code, severity=one.severity, place=one.place, message=one.message,
                todo=one.todo, articles=list(one.articles),
            )
            for one in judged.hints
        ],
    )  # fmt: skip


@router.get("/projects/{project_id}/evidence", summary="证据文件夹")
def list_evidence(office: TheOffice, actor: Program, project_id: str) -> Folders:
    """每个文件夹放什么，已有哪些文件。"""
    project = projects.open_project(office, actor, project_id)
    found = project_evidence.folders_of(office, project)
    return Folders(items=[FolderSaid.of(folder) for folder in found])


@router.post(
    "/projects/{project_id}/evidence", response_model=FileSaid, openapi_extra=BYTES, summary="上传证据文件"
)  # fmt: skip
async def add_evidence(
    request: Request,
    office: TheOffice,
    actor: Program,
    once: Doing,
    project_id: str,
    folder: Annotated[str, Query(min_length=1, max_length=200, pattern=NO_NUL)],
    file: FileName,
    scanned: Annotated[bool, Query(description="是证件、文件的扫描件")] = False,
) -> Response:
    """请求的正文就是文件（JPG、PNG、PDF）；同名、同样内容的文件再传一次不改变什么。"""
    async with taken(request, file, MOST_BYTES) as body:

        def work() -> FileSaid:
            return FileSaid.of(
                project_evidence.add_file(
                    office, actor, project_id, folder, file, body, scanned=scanned
                )
            )

        return await once.do_with(work, body)


@router.delete("/projects/{project_id}/evidence/{file_id}", status_code=204, summary="删除证据文件")
def remove_evidence(office: TheOffice, actor: Program, project_id: str, file_id: str) -> None:
    """编制过的成果不受影响。"""
    project_evidence.remove_file(office, actor, project_id, file_id)


@router.post("/projects/{project_id}/build", response_model=JobSaid, summary="编制")
def build_project(
    office: TheOffice, actor: Program, once: Doing, project_id: str, asked: BuildAsked
) -> Response:
    """在后台编制，用返回的任务编号查看；有不符合之处就失败，forced 时编成草稿。"""

    def work() -> JobSaid:
        return JobSaid.of(project_building.build(office, actor, project_id, forced=asked.forced))

    return once.do(work, asked.model_dump_json())


@router.get(
    "/projects/{project_id}/package",
    summary="下载成果",
    response_class=Response,
    responses=FILE,
)
def show_built(shop: TheShop, actor: Program, project_id: str) -> Response:
    """编制好的申报材料（zip）。"""
    project = project_building.built(shop.office, actor, project_id)
    return sent(shop, Ready(project_building.file_name(project), project.package))


@router.post(
    "/projects/{project_id}/hand-in", status_code=201, response_model=Received, summary="把成果送审"
)
def hand_in_project(
    office: TheOffice, actor: Program, once: Doing, project_id: str, asked: HandInAsked
) -> Response:
    """与上传一样；是草稿、编制之后改动过的不能送审。"""

    def work() -> Received:
        done = project_building.hand_in(office, actor, project_id, package_id=asked.package)
        return said(office, done)

    return once.do(work, asked.model_dump_json(), status=201)
