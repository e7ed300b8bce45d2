"""Lists of a bureau: 附件3, and the annexes of the Kaifeng plan."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path, Query, Response
from pydantic import BaseModel, Field

from duibiao.office import listings, long_lists
from duibiao.web.access import TheOffice, TheShop
from duibiao.web.api.access import Program
from duibiao.web.api.models import NO_NUL, JobSaid
from duibiao.web.api.routing import problem
from duibiao.web.api.routing import router as api_router
from duibiao.web.pages.downloads import sent
from duibiao.work.artefacts import Ready

router = api_router("清单")

Kind = StrEnum("Kind", {name: name for name in listings.KINDS})  # type: ignore[misc]
_KINDS = "、".join(f"{name} {file}" for name, file in listings.KINDS.items())
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Which = Annotated[Kind, Path(description=_KINDS)]
County = Annotated[str, Query(max_length=50, pattern=NO_NUL, description="只列这个县（市、区）")]
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Excel 文件",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
    }
}


class SheetSaid(BaseModel):
    """清单的一张表。"""

    name: str
    title: str
    above: list[str]
    header: list[list[str]] = Field(description="表头，可能有几行；相邻相同的是合并的")
    rows: list[list[str | int]]
    below: list[str]


class ListSaid(BaseModel):
    """清单。"""

    kind: str
    sheets: list[SheetSaid]


@router.get("/lists/{kind}", summary="清单")
def show_list(office: TheOffice, actor: Program, kind: Which, county: County = "") -> ListSaid:
    """与下载的表格同样的内容；涉密的申报不列入。超过1000份的要先生成，见 POST /lists。"""
    with listings.pages(office, actor, kind.value, county) as pages:
        sheets = [
            SheetSaid(
                name=page.name, title=page.title, above=list(page.above), below=list(page.below),
                header=[list(row) for row in page.header],
                rows=[[str(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in page.rows],
            )
            for page in pages
        ]  # fmt: skip
    return ListSaid(kind=kind.value, sheets=sheets)


@router.get("/lists/{kind}/xlsx", summary="清单（Excel）", response_class=Response, responses=_FILE)
def show_list_workbook(
    office: TheOffice, actor: Program, kind: Which, county: County = ""
) -> Response:
    """《实施办法》附件3 等表格的样式。超过1000份的要先生成，见 POST /lists。"""
    name, content = listings.workbook(office, actor, kind.value, county)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=XLSX, headers=headers)


@router.post("/lists", status_code=202, summary="生成清单")
def order_lists(office: TheOffice, actor: Program, county: County = "") -> JobSaid:
    """在后台生成三种清单，份数不限；任务完成之后下载，保存7天。同样的正在生成的，返回那一个任务。"""
    return JobSaid.of(long_lists.order(office, actor, county))


@router.get(
    "/lists/made/{job_id}/{kind}", summary="生成的清单（Excel）", response_class=Response,
    responses={**_FILE, 409: problem("还没有生成完，或没有生成成功")},
)  # fmt: skip
def show_made_list(shop: TheShop, actor: Program, job_id: str, kind: Which) -> Response:
    """生成清单的任务完成之后的文件；只给要求生成的人。"""
    file, blob = long_lists.made(shop.office, actor, job_id, kind.value)
    return sent(shop, Ready(file, blob), inline=False)
