"""Packages: handing in, lists, one by one, steps."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response
from pydantic import Field

from duibiao.office import following, packages, seeing, stepping
from duibiao.office.desk import Office
from duibiao.office.seeing import Filter
from duibiao.procedure.roles import Track
from duibiao.procedure.states import State
from duibiao.rules.verdict import Verdict
from duibiao.web.access import TheOffice
from duibiao.web.api import PREFIX
from duibiao.web.api.access import Program
from duibiao.web.api.models import (
    NO_NUL,
    Asked,
    Limit,
    Offset,
    Packages,
    PackageSaid,
    Received,
    WholePackage,
)
from duibiao.web.api.once import Doing
from duibiao.web.api.paging import link
from duibiao.web.api.routing import router as api_router
from duibiao.web.receiving import received

router = api_router("申报")

BYTES = {
    "requestBody": {
        "required": True,
        "description": "文件本身：Word、PDF、WPS 文件，或 zip、7z、rar 压缩包",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
"""How OpenAPI describes a body that is a file."""
FileName = Annotated[
    str, Query(min_length=1, max_length=255, pattern=NO_NUL, description="文件名，带后缀")
]
BatchId = Annotated[
    str,
    Query(max_length=22, pattern=r"^[A-Za-z0-9_-]*$", description="批次的编号，见 POST /batches"),
]


class StepAsked(Asked):
    """要办的动作。"""

    note: Annotated[str, Field(max_length=5000, pattern=NO_NUL)] = ""
    grade: Annotated[str, Field(max_length=30, pattern=NO_NUL)] = ""


@router.post(
    "/packages", status_code=201, response_model=Received, openapi_extra=BYTES, summary="上传一份新的申报"
)  # fmt: skip
async def hand_in(
    request: Request,
    office: TheOffice,
    actor: Program,
    once: Doing,
    file: FileName,
    city: Annotated[
        str, Query(max_length=50, pattern=NO_NUL, description="企业所在的省辖市；不写是贵单位的")
    ] = "",
    county: Annotated[
        str,
        Query(max_length=50, pattern=NO_NUL, description="企业所在的县（市、区）；不写是贵单位的"),
    ] = "",
    track: Track = Track.GRADE,
    batch: BatchId = "",
) -> Response:
    """请求的正文就是文件。收下即返回，审查在后台进行：用返回的任务编号查看。

    同一个单位早已交过的同一个文件不会再收一次（duplicate 为 true）。
    """
    async with received(request, office, file) as body:

        def work() -> Received:
            done = packages.receive(
                office, actor, file, body,
                city=city or actor.city, county=county or actor.county, track=track, batch=batch,
            )  # fmt: skip
            return said(office, done)

        return await once.do_with(work, body, status=201)


@router.get("/packages", summary="申报列表")
def list_packages(
    request: Request,
    response: Response,
    office: TheOffice,
    actor: Program,
    text: Annotated[
        str, Query(max_length=100, pattern=NO_NUL, description="企业名称或信用代码的一部分")
    ] = "",
    state: State | None = None,
    county: Annotated[str, Query(max_length=50, pattern=NO_NUL)] = "",
    industry: Annotated[str, Query(max_length=100, pattern=NO_NUL)] = "",
    verdict: Annotated[Verdict | None, Query(description="最新一版的审查结论")] = None,
    track: Track | None = None,
    offset: Offset = 0,
    limit: Limit = 50,
) -> Packages:
    """您看得到的申报，新的在前。"""
    filter_ = Filter(
        text=text, state=state or "", county=county, industry=industry, verdict=verdict or "", track=track or ""
    )  # fmt: skip
    found, total = seeing.find(office, actor, filter_, offset=offset, limit=limit)
    link(request, response, offset=offset, limit=limit, total=total)
    return Packages(total=total, items=[PackageSaid.of(package) for package in found])


@router.get("/packages/{package_id}", summary="一份申报")
def show_package(office: TheOffice, actor: Program, package_id: str) -> WholePackage:
    """状态、各版送审稿、办理记录，和您现在可以办的动作。"""
    package = seeing.open_package(office, actor, package_id)
    return WholePackage.whole(package, stepping.steps_for(actor, package))


@router.post(
    "/packages/{package_id}/versions", status_code=201, response_model=Received, openapi_extra=BYTES,
    summary="上传新的一版",
)  # fmt: skip
async def hand_in_version(
    request: Request,
    office: TheOffice,
    actor: Program,
    once: Doing,
    package_id: str,
    file: FileName,
    batch: BatchId = "",
) -> Response:
    """只有自评、退回整改的申报可以换文件；请求的正文就是文件。"""
    async with received(request, office, file) as body:

        def work() -> Received:
            done = packages.receive(office, actor, file, body, package_id=package_id, batch=batch)
            return said(office, done)

        return await once.do_with(work, body, status=201)


@router.post(
    "/packages/{package_id}/steps/{key}", response_model=WholePackage, summary="办理一个动作"
)
def take_step(
    office: TheOffice, actor: Program, once: Doing, package_id: str, key: str, asked: StepAsked
) -> Response:
    """动作的名称见 open_steps；谁能办、从哪里到哪里，由办理动作表决定。"""

    def work() -> WholePackage:
        stepping.take(office, actor, package_id, key, note=asked.note, grade=asked.grade)
        return show_package(office, actor, package_id)

    return once.do(work, asked.model_dump_json())


def said(office: Office, done: packages.Received) -> Received:
    """Say what became of an upload."""
    return Received(
        package=done.package.id,
        version=done.submission.number,
        duplicate=done.duplicate,
        job=following.newest_job(office, done.submission),
        href=f"{PREFIX}/packages/{done.package.id}",
    )
