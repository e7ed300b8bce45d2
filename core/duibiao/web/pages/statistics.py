"""Lists and statistics of a bureau."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from duibiao.office import listings, long_lists, statistics
from duibiao.reports.lists.workbook import merged
from duibiao.web.access import TheOffice, Visitor
from duibiao.web.charts import LABEL, ROW, WIDTH, chart
from duibiao.web.rendering import page

router = APIRouter()

TITLES = {
    "county": "县（市、区）",
    "industry": "行业",
    "grade": "等级",
    "state": "办理状态",
    "verdict": "审查结论",
}
LISTS = {
    "annex3": ("绩效分级申报清单", "三门峡市《实施办法》附件3"),
    "upgrade": ("提升企业清单", "开封市2021年提升行动方案附件2"),
    "targets": ("提升目标表和完成情况", "开封市2021年提升行动方案附件1"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SHOWN = 200
"""Most packages whose term is shown on the page."""

_County = Annotated[str, Query(max_length=50)]


@router.get("/statistics")
def overview(request: Request, office: TheOffice, actor: Visitor) -> Response:
    """Show counts, deadlines, shares."""
    found = statistics.overview(office, actor)
    return page(
        request, "statistics.html", found=found, titles=TITLES, lists=LISTS, today=office.today,
        long=found.total > listings.AT_ONCE, made=long_lists.mine(office, actor), shown=SHOWN,
        charts={name: chart(lines) for name, lines in found.counts.items()},
        geometry={"label": LABEL, "width": WIDTH, "row": ROW},
    )  # fmt: skip


@router.get("/statistics/lists/{kind}")
def one_list(
    request: Request, office: TheOffice, actor: Visitor, kind: str, county: _County = ""
) -> Response:
    """Show a list."""
    total = listings.count(office, actor, county)
    if total > listings.AT_ONCE and kind in LISTS:
        return page(request, "list_long.html", county=county, total=total)
    with listings.pages(office, actor, kind, county) as sheets:
        return page(
            request, "list.html", sheets=sheets, kind=kind, county=county, title=LISTS[kind][0],
            source=LISTS[kind][1], merged=merged,
        )  # fmt: skip


@router.get("/statistics/lists/{kind}/xlsx")
def workbook(office: TheOffice, actor: Visitor, kind: str, county: _County = "") -> Response:
    """Give a list as a workbook."""
    name, content = listings.workbook(office, actor, kind, county)
    return Response(
        content, media_type=XLSX,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )  # fmt: skip
