"""Lists of a bureau: 附件3, and the annexes of the Kaifeng plan."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Path, Query, Response
from pydantic import BaseModel, Field

from duibiao.office import listings
from duibiao.web.access import TheOffice
from duibiao.web.api.access import Program
from duibiao.web.api.models import NO_NUL
from duibiao.web.api.routing import router as api_router

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
    """与下载的表格同样的内容；涉密的申报不列入。"""
    sheets = [
        SheetSaid(
            name=page.name, title=page.title, above=list(page.above), below=list(page.below),
            header=[list(row) for row in page.header],
            rows=[[str(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in page.rows],
        )
        for page in listings.pages(office, actor, kind.value, county)
    ]  # fmt: skip
    return ListSaid(kind=kind.value, sheets=sheets)


@router.get("/lists/{kind}/xlsx", summary="清单（Excel）", response_class=Response, responses=_FILE)
def show_list_workbook(
    office: TheOffice, actor: Program, kind: Which, county: County = ""
) -> Response:
    """《实施办法》附件3 等表格的样式。"""
    name, content = listings.workbook(office, actor, kind.value, county)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=XLSX, headers=headers)
