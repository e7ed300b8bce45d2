"""Rules, plugins and the editions of the law."""

from __future__ import annotations

from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from duibiao.office.errors import NotFoundError
from duibiao.plugins import Plugin
from duibiao.reports.catalogue import Entry
from duibiao.rules.definition import Severity
from duibiao.web.access import TheOffice
from duibiao.web.api.models import Limit, Offset, Paged
from duibiao.web.api.paging import link
from duibiao.web.api.routing import router as api_router

router = api_router("规则和法规")


class RuleSaid(BaseModel):
    """规则。"""

    code: str
    title: str
    severity: Severity
    severity_label: str
    since: str
    cites: list[str]


class CitedArticle(BaseModel):
    """规则依据的条款。"""

    title: str
    number: str
    place: str
    wording: str


class RulePage(RuleSaid):
    """规则的说明。"""

    parts: dict[str, str]
    articles: list[CitedArticle]


class Rules(Paged):
    """规则目录。"""

    items: list[RuleSaid]


class EditionSaid(BaseModel):
    """指标版本。"""

    name: str
    start: str


class PluginSaid(BaseModel):
    """行业插件。"""

    name: str
    industry: str
    distribution: str
    version: str
    law_sha256: str
    branches: list[str]
    editions: list[EditionSaid]
    rules: list[str]


class LeftOutSaid(BaseModel):
    """停用的插件。"""

    name: str
    distribution: str
    reason: str


class Plugins(BaseModel):
    """在用和停用的插件。"""

    items: list[PluginSaid]
    left_out: list[LeftOutSaid]


@router.get("/rules", summary="规则目录")
def list_rules(
    request: Request, response: Response, office: TheOffice, offset: Offset = 0, limit: Limit = 200
) -> Rules:
    """全部规则，按编号所在的部分排列。"""
    found = office.service.catalogue()
    link(request, response, offset=offset, limit=limit, total=len(found))
    items = [RuleSaid(**_rule(entry)) for entry in found[offset : offset + limit]]
    return Rules(total=len(found), items=items)


@router.get("/rules/{code}", summary="一条规则")
def show_rule(office: TheOffice, code: str) -> RulePage:
    """为什么、怎样通过、怎样不通过，和依据的条款。"""
    entry = next((e for e in office.service.catalogue() if e.rule.code == code.upper()), None)
    if entry is None:
        raise NotFoundError(f"没有规则 {code}；GET /api/v1/rules 列出全部规则")
    articles = [
        CitedArticle(
            title=cited.citation.source.title, number=cited.citation.source.number,
            place=cited.citation.place, wording=cited.wording,
        )
        for cited in entry.articles
    ]  # fmt: skip
    return RulePage(**_rule(entry), parts=dict(entry.rule.parts), articles=articles)


@router.get("/plugins", summary="行业插件")
def list_plugins(office: TheOffice) -> Plugins:
    """在用的插件，及其行业和指标版本；停用的插件，及其原因。"""
    registry = office.service.registry
    return Plugins(
        items=[_plugin(plugin) for plugin in registry.plugins],
        left_out=[
            LeftOutSaid(name=one.name, distribution=one.distribution, reason=one.reason)
            for one in registry.left_out
        ],
    )


def _rule(entry: Entry) -> dict[str, Any]:
    rule = entry.rule
    return {
        "code": rule.code, "title": rule.title, "severity": rule.severity,
        "severity_label": rule.severity.label, "since": rule.since, "cites": list(rule.cites),
    }  # fmt: skip


def _plugin(plugin: Plugin) -> PluginSaid:
    book = plugin.book
    return PluginSaid(
        name=plugin.name,
        industry=book.industry.name,
        distribution=plugin.distribution,
        version=book.version,
        law_sha256=book.industry.sha256,
        branches=[branch.name for branch in book.industry.branches],
        editions=[EditionSaid(name=e.name, start=str(e.start)) for e, _ in book.volumes],
        rules=[rule.code for rule in plugin.rules],
    )
