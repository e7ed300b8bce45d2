"""The report as one self-contained web page that a clerk can read, send on and print."""

from __future__ import annotations

from duibiao.grading.ladder import Ladder, Rung
from duibiao.reports.causes import by_chapter, group, how_many
from duibiao.reports.matrix import cell_of
from duibiao.reports.model import CheckReport, Reach, reach
from duibiao.reports.summary import Summary
from duibiao.reports.templates import environment
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Status


def render(report: CheckReport) -> str:
    """Return the report of one check as a page.

    Raises:
        DuibiaoError: If no template distribution is installed.
    """
    return (
        environment()
        .get_template("check.html")
        .render(
            report=report,
            by_indicator=_by_indicator,
            cell_of=cell_of,
            causes=group(report),
            chapters=by_chapter(report),
            how_many=how_many,
            crashed=report.with_status(Status.CRASHED),
            severities=list(Severity),
            statuses=list(Status),
        )
    )


def _by_indicator(ladder: Ladder) -> dict[str, list[tuple[Rung, Reach]]]:
    """Return the items of a ladder by indicator, each with its standing to the declared grade."""
    rungs: dict[str, list[tuple[Rung, Reach]]] = {}
    for rung in ladder.rungs:
        rungs.setdefault(rung.indicator, []).append((rung, reach(ladder, rung)))
    return rungs


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
