"""The law as pages: the catalogue of rules, plugins and editions, what is missing."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from duibiao.office.desk import require
from duibiao.office.errors import NotFoundError
from duibiao.procedure.rights import Right
from duibiao.reports.catalogue import TOPICS, Entry
from duibiao.rules.definition import Severity
from duibiao.service.standings import holes_of, standings
from duibiao.web.access import TheOffice, Visitor
from duibiao.web.rendering import page

router = APIRouter()


@router.get("/rules")
def catalogue(
    request: Request,
    office: TheOffice,
    actor: Visitor,
    text: Annotated[str, Query(max_length=100)] = "",
    hundred: Annotated[str, Query(max_length=20)] = "",
    severity: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show the rules, by the hundreds of their codes; a search looks at code, title, texts and articles."""
    require(actor, Right.SEE_LAW)
    every = office.service.catalogue()
    hundreds: dict[str, list[Entry]] = {}
    for entry in every:
        if _fits(entry, text, hundred, severity):
            hundreds.setdefault(entry.hundred, []).append(entry)
    topics = TOPICS | {
        f"{rule.code[:-2]}xx": plugin.book.industry.name
        for plugin in office.service.registry.plugins
        for rule in plugin.rules
    }
    return page(
        request, "rules.html", hundreds=hundreds, topics=topics, text=text, hundred=hundred, severity=severity,
        choices=list(dict.fromkeys(entry.hundred for entry in every)), severities=list(Severity),
        count=sum(map(len, hundreds.values())), total=len(every),
    )  # fmt: skip


@router.get("/rules/{code}")
def rule(request: Request, office: TheOffice, actor: Visitor, code: str) -> Response:
    """Show one rule with its articles."""
    require(actor, Right.SEE_LAW)
    found = next((e for e in office.service.catalogue() if e.rule.code == code.upper()), None)
    if found is None:
        raise NotFoundError("没有这条规则；请从规则目录打开")
    return page(request, "rule.html", entry=found)


@router.get("/plugins")
def plugins(request: Request, office: TheOffice, actor: Visitor) -> Response:
    """Show the plugins with their editions, and those left out."""
    require(actor, Right.SEE_LAW)
    registry = office.service.registry
    return page(
        request, "plugins.html", plugins=[(each, standings(each)) for each in registry.plugins],
        left_out=registry.left_out, holes=office.service.common.holes,
    )  # fmt: skip


@router.get("/plugins/{name}")
def plugin(request: Request, office: TheOffice, actor: Visitor, name: str) -> Response:
    """Show what one plugin lacks."""
    require(actor, Right.SEE_LAW)
    found = next((each for each in office.service.registry.plugins if each.name == name), None)
    if found is None:
        raise NotFoundError("没有在用的这个插件；请从法规版本打开")
    return page(
        request, "plugin.html", plugin=found, editions=standings(found), holes=holes_of(found)
    )


def _fits(entry: Entry, text: str, hundred: str, severity: str) -> bool:
    rule = entry.rule
    where = " ".join((
        rule.code, rule.title, *(part for _, part in rule.parts), *(str(a.citation) for a in entry.articles),
    ))  # fmt: skip
    return (
        all(word in where.lower() for word in text.lower().split())
        and hundred in ("", entry.hundred)
        and severity in ("", rule.severity.value)
    )
