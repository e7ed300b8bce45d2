"""The faces of a report by name."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duibiao.reports.model import CheckReport
    from duibiao.reports.summary import Summary


class Face(StrEnum):
    """报告格式.

    REVIEW (审核意见表) and NOTICE (整改通知) are Word files made of templates: `duibiao.service.papers` makes them.
    """

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    SARIF = "sarif"
    JUNIT = "junit"
    XLSX = "xlsx"
    REVIEW = "review"
    NOTICE = "notice"

    @property
    def suffix(self) -> str:
        """Suffix of its files."""
        return {
            "text": ".txt",
            "json": ".json",
            "html": ".html",
            "sarif": ".sarif",
            "junit": ".xml",
            "xlsx": ".xlsx",
            "review": ".docx",
            "notice": ".docx",
        }[self.value]

    @property
    def tail(self) -> str:
        """What its files have after the name of the package, so that they are not taken for one."""
        return {"review": "-审核意见表", "notice": "-整改通知"}.get(self.value, "")

    @property
    def is_paper(self) -> bool:
        """Whether it is a Word file."""
        return bool(self.tail)

    @property
    def is_text(self) -> bool:
        """Whether it can be printed on a screen."""
        return not self.is_paper and self is not Face.XLSX

    @property
    def table(self) -> Face:
        """The face of the table over many packages beside its files."""
        match self:
            case Face.TEXT | Face.JSON | Face.HTML:
                return self
            case Face.SARIF | Face.JUNIT:
                return Face.JSON
        return Face.HTML


def render(report: CheckReport, face: Face) -> str:
    """Return the report of one check as the text of a file; `face` is one with `is_text`."""
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
        case Face.SARIF:
            from duibiao.reports import sarif

            return sarif.render(report)
        case Face.JUNIT:
            from duibiao.reports import junit

            return junit.render(report)
    raise ValueError(face)


def render_summary(summary: Summary, face: Face) -> str:
    """Return the table of a run over many packages as the text of a file, in the form of `face.table`."""
    match face.table:
        case Face.TEXT:
            from duibiao.reports import text

            return text.render_summary(summary)
        case Face.JSON:
            from duibiao.reports import as_json

            return as_json.render_summary(summary)
        case _:
            from duibiao.reports import html

            return html.render_summary(summary)
