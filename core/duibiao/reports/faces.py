"""The faces of a report by name: text, JSON, web page."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duibiao.reports.model import CheckReport
    from duibiao.reports.summary import Summary


class Face(StrEnum):
    """报告格式."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"

    @property
    def suffix(self) -> str:
        """Suffix of its files."""
        return {"text": ".txt", "json": ".json", "html": ".html"}[self.value]


def render(report: CheckReport, face: Face) -> str:
    """Return the report of one check as the text of a file."""
    match face:
        case Face.TEXT:
            from duibiao.reports import text

            return text.render(report)
        case Face.JSON:
            from duibiao.reports import as_json

            return as_json.render(report)
        case Face.HTML:
            from duibiao.reports import html

            return html.render(report)


def render_summary(summary: Summary, face: Face) -> str:
    """Return the table of a run over many packages as the text of a file."""
    match face:
        case Face.TEXT:
            from duibiao.reports import text

            return text.render_summary(summary)
        case Face.JSON:
            from duibiao.reports import as_json

            return as_json.render_summary(summary)
        case Face.HTML:
            from duibiao.reports import html

            return html.render_summary(summary)
