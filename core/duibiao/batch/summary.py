"""The summary of a batch as pages: charts, and from each bar to the packages behind it, and from there to their own reports."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from duibiao.batch.journal import Done
from duibiao.batch.running import page_of
from duibiao.batch.tables import Report
from duibiao.reports.lists.data import Listing
from duibiao.reports.lists.targets import REACHED_HEADER, pages
from duibiao.reports.templates import environment
from duibiao.rules.definition import Severity
from duibiao.rules.verdict import Verdict

PAGES = "汇总"
"""Folder of the pages behind the summary."""
UNKNOWN = "（没有写）"
COMMONEST = 30
"""Rules whose findings are shown."""
COLUMNS = tuple(verdict.value for verdict in Verdict)
"""What a bar is made of, in order."""


@dataclass(frozen=True, slots=True)
class Line:
    """一份材料 in the pages."""

    name: str
    enterprise: str
    county: str
    industry: str
    declared: str
    verdict: str
    errors: int
    page: str
    problem: str


@dataclass(slots=True)
class Group:
    """一组材料: those of a county, of an industry, or with findings of one rule.

    Attributes:
        label: What they have in common.
        page: File of the page that lists them, in `PAGES`.
        lines: The packages.
    """

    label: str
    page: str
    lines: list[Line] = field(default_factory=list)

    @property
    def verdicts(self) -> Mapping[str, int]:
        """Number of packages by `COLUMNS`."""
        found = Counter(line.verdict for line in self.lines)
        return {column: found[column] for column in COLUMNS}


class Tally:
    """汇总: everything that the pages show, counted package by package."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.whole = Group("全部", "all.html")
        self.failed = Group("没有结果的材料", "failed.html")
        self.counties: dict[str, Group] = {}
        self.industries: dict[str, Group] = {}
        self.rules: dict[str, Group] = {}
        self.severities: dict[str, str] = {}

    def add(self, done: Done, report: Report | None) -> None:
        """Count one package."""
        line = _line(done, report)
        self.whole.lines.append(line)
        if report is None:
            self.failed.lines.append(line)
            return
        _put(self.counties, "county", line.county or UNKNOWN, line)
        _put(self.industries, "industry", line.industry or UNKNOWN, line)
        for code, title, severity in sorted(
            {(found["code"], found["title"], found["severity"]) for found in report["findings"]}
        ):
            self.severities.setdefault(code, severity)
            if severity != Severity.INFO.value:
                _put(self.rules, "rule", f"{code} {title}", line)

    def commonest(self) -> tuple[Group, ...]:
        """Return the rules with findings in most packages."""
        ordered = sorted(self.rules.values(), key=lambda group: (-len(group.lines), group.label))
        return tuple(ordered[:COMMONEST])


def render(tally: Tally, listing: Listing, notes: tuple[str, ...]) -> dict[str, str]:
    """Return every page by its path in the folder of the results.

    Args:
        tally: What was counted.
        listing: The lists, for the targets.
        notes: What is to be said of files that were not looked at.

    Raises:
        DuibiaoError: If no template distribution is installed.
    """
    reached = pages(listing)[1]
    groups = {
        "按县（市、区）": sorted(tally.counties.values(), key=_size),
        "按行业": sorted(tally.industries.values(), key=_size),
    }
    made = {
        "汇总.html": environment()
        .get_template("batch.html")
        .render(
            columns=COLUMNS, tally=tally, groups=groups, commonest=tally.commonest(), folder=PAGES,
            reached=reached, reached_header=REACHED_HEADER[1], notes=notes,
        )
    }  # fmt: skip
    listed = [*tally.counties.values(), *tally.industries.values(), *tally.commonest()]
    for group in (*listed, *([tally.failed] if tally.failed.lines else [])):
        made[f"{PAGES}/{group.page}"] = (
            environment().get_template("batch_list.html").render(group=group)
        )
    return made


def _line(done: Done, report: Report | None) -> Line:
    if report is None:
        return Line(done.name, "", "", "", "", Verdict.INCOMPLETE.value, 0, "", done.problem)
    return Line(
        name=done.name,
        enterprise=report["enterprise"],
        county=report["applicant"]["county"],
        industry=report["judge"]["branch"] or report["industry"],
        declared=report["declared"],
        verdict=report["verdict_label"],
        errors=report["counts"][Severity.ERROR.value],
        page=page_of(done.name),
        problem="",
    )


def _put(groups: dict[str, Group], kind: str, label: str, line: Line) -> None:
    if label not in groups:
        mark = hashlib.sha256(label.encode("utf-8", "replace")).hexdigest()[:12]
        groups[label] = Group(label, f"{kind}-{mark}.html")
    groups[label].lines.append(line)


def _size(group: Group) -> tuple[int, str]:
    return -len(group.lines), group.label
