"""Batches: many packages at once, and how far they are."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query, Request, Response
from pydantic import BaseModel, Field

from duibiao.office.batches import open_batch
from duibiao.storage.base import new_id
from duibiao.web.access import TheOffice, TheShop
from duibiao.web.api import PREFIX
from duibiao.web.api.access import Program
from duibiao.web.api.models import NO_NUL, JobSaid, Received
from duibiao.web.api.once import Doing
from duibiao.web.api.packages import BYTES, FileName, said
from duibiao.web.api.routing import router as api_router
from duibiao.web.receiving import received
from duibiao.work import splitting

router = api_router("批次")


class PartSaid(BaseModel):
    """压缩包中的一个文件。"""

    file: str
    received: Received | None = Field(description="收下的申报；没有收下是空的")
    problem: str = Field(description="没有收下的原因")


class NewBatch(BaseModel):
    """收下的一批。"""

    id: str
    href: str
    items: list[PartSaid]


class BatchSaid(BaseModel):
    """批次的进度。"""

    id: str
    states: dict[str, int] = Field(description="任务的状态 → 几个")
    verdicts: dict[str, int] = Field(description="审查结论 → 几份")
    jobs: list[JobSaid]


@router.post(
    "/batches", status_code=201, response_model=NewBatch, openapi_extra=BYTES, summary="整批上传"
)
async def hand_in_batch(
    request: Request,
    shop: TheShop,
    actor: Program,
    once: Doing,
    city: Annotated[
        str, Query(max_length=50, pattern=NO_NUL, description="企业所在的省辖市；不写是贵单位的")
    ] = "",
    county: Annotated[
        str,
        Query(max_length=50, pattern=NO_NUL, description="企业所在的县（市、区）；不写是贵单位的"),
    ] = "",
    file: FileName = "整批.zip",
) -> Response:
    """请求的正文是 zip 压缩包，其中有几份正文就是几份申报。

    一个文件夹里只有一份正文的，连同下级文件夹是一份；一个文件夹里有几份正文的，每份正文（连同同名的文件）是一份；
    装着正文的内层压缩包是一份。归不到哪一份的文件列在 items 的最后。整个压缩包只有一份时原样收下。
    也可以一份一份上传，都写同一个 batch（22 个以内的字母、数字、-、_，自己取）。
    """
    async with received(request, shop.office, file) as body:

        def work() -> NewBatch:
            id_ = new_id()
            parts = splitting.hand_in_all(
                shop, actor, file, body,
                city=city or actor.city, county=county or actor.county, batch=id_,
            )  # fmt: skip
            items = [
                PartSaid(
                    file=part.file, problem=part.problem,
                    received=said(shop.office, part.received) if part.received else None,
                )
                for part in parts
            ]  # fmt: skip
            return NewBatch(id=id_, href=f"{PREFIX}/batches/{id_}", items=items)

        return await once.do_with(work, body, status=201)


@router.get("/batches/{batch_id}", summary="批次的进度")
def show_batch(
    office: TheOffice,
    actor: Program,
    batch_id: Annotated[str, Path(max_length=22, pattern=r"^[A-Za-z0-9_-]+$")],
) -> BatchSaid:
    """各个状态、各种结论有几份，和每个任务；早已交过的同一个文件不在其中。"""
    found = open_batch(office, actor, batch_id)
    return BatchSaid(
        id=batch_id,
        states=found.states,
        verdicts=found.verdicts,
        jobs=[JobSaid.of(job) for job in found.jobs],
    )
