"""The report as one self-contained web page that a clerk can read, send on and print."""

from __future__ import annotations

from duibiao.reports.causes import by_chapter, group, how_many
from duibiao.reports.model import CheckReport, reach
from duibiao.reports.summary import Summary
from duibiao.reports.templates import environment
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Status


def render(report: CheckReport) -> str:
    """Return the report of one check as a page.

    Raises:
        DuibiaoError: If no template distribution is installed.
    """
    rungs: dict[str, list[object]] = {}
    for rung in report.ladder.rungs:
        rungs.setdefault(rung.indicator, []).append((rung, reach(report.ladder, rung)))
    return (
        environment()
        .get_template("check.html")
        .render(
            report=report,
            rungs=rungs,
            causes=group(report),
            chapters=by_chapter(report),
            how_many=how_many,
            crashed=report.with_status(Status.CRASHED),
            severities=list(Severity),
            statuses=list(Status),
        )
    )


def render_summary(summary: Summary) -> str:
    """Return the table of a run over many packages as a page.

    Raises:
        DuibiaoError: If no template distribution is installed.
    """
    return (
        environment()
        .get_template("index.html")
        .render(summary=summary, tally=summary.tally(), severities=list(Severity))
    )
