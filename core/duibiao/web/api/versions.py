"""Versions: findings and report; and the jobs that make them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query, Request, Response
from pydantic import BaseModel, Field

from duibiao.office import following, reports
from duibiao.rules.definition import Severity
from duibiao.web.access import TheOffice
from duibiao.web.api.access import Program
from duibiao.web.api.models import JobSaid, Limit, Offset, Paged
from duibiao.web.api.paging import link
from duibiao.web.api.routing import problem
from duibiao.web.api.routing import router as api_router

router = api_router("审查意见")

Number = Annotated[int, Path(ge=1, le=1_000_000, description="第几版")]
UNCHECKED: dict[int | str, dict[str, Any]] = {409: problem("还没有审查完，或保存的报告读不到")}


class Place(BaseModel):
    """位置。"""

    text: str
    file: str
    section: str
    heading: str
    page: int | None
    paragraph: int | None
    table: int | None
    row: int | None
    column: int | None
    sheet: str | None
    quote: str


class Article(BaseModel):
    """条款。"""

    source: str
    title: str
    number: str
    place: str
    text: str


class FindingSaid(BaseModel):
    """审查意见。"""

    code: str = Field(description="规则编号")
    title: str
    severity: Severity
    chapter: str
    at: Place
    message: str = Field(description="哪里不对")
    todo: str = Field(description="怎么改")
    fingerprint: str = Field(description="在各版送审稿中认出同一条意见")
    cause: int | None = Field(description="同一个原因的意见号码相同；豁免了的没有")
    waived: bool
    articles: list[Article]


class Findings(Paged):
    """审查意见列表。"""

    verdict: str
    items: list[FindingSaid]


@router.get(
    "/packages/{package_id}/versions/{number}/findings", summary="一版的审查意见", responses=UNCHECKED
)  # fmt: skip
def list_findings(
    request: Request,
    response: Response,
    office: TheOffice,
    actor: Program,
    package_id: str,
    number: Number,
    severity: Severity | None = None,
    code: Annotated[str, Query(max_length=20, description="规则编号")] = "",
    offset: Offset = 0,
    limit: Limit = 100,
) -> Findings:
    """豁免了的也列出，waived 为 true；豁免已经到期的为 false。结论是今天的：豁免到期的次日起，意见重新计入。"""
    submission = reports.open_version(office, actor, package_id, number)
    report = reports.standing(office, submission)
    every = [(one, False) for one in report["findings"]] + [(one, True) for one in report["waived"]]
    chosen = [
        FindingSaid.model_validate({"cause": None, **one, "waived": waived})
        for one, waived in every
        if (severity is None or one["severity"] == severity) and code in ("", one["code"])
    ]
    link(request, response, offset=offset, limit=limit, total=len(chosen))
    return Findings(
        total=len(chosen), verdict=report["verdict_label"], items=chosen[offset : offset + limit]
    )


@router.get(
    "/packages/{package_id}/versions/{number}/report",
    summary="一版的审查报告",
    response_model=None,
    responses={
        200: {
            "description": "与 duibiao check --format json 同样的报告",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Report"}}},
        },
        **UNCHECKED,
    },
)
def show_report(
    office: TheOffice, actor: Program, package_id: str, number: Number
) -> dict[str, Any]:
    """报告的全部内容：结论、意见、分级阶梯、检查了哪些规则、哪些没有读懂；豁免到期的，意见重新计入结论。"""
    submission = reports.open_version(office, actor, package_id, number)
    return reports.standing(office, submission)


@router.get("/jobs/{job_id}", summary="任务的状态")
def show_job(office: TheOffice, actor: Program, job_id: str) -> JobSaid:
    """排队、进行、完成或失败；失败时说明原因。"""
    return JobSaid.of(following.open_job(office, actor, job_id))
