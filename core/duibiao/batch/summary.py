"""What the summary of a batch shows, counted package by package; the packages themselves lie on the disk meanwhile."""

from __future__ import annotations

import pickle
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from duibiao.batch.journal import Done
from duibiao.batch.tables import Report
from duibiao.rules.definition import Severity
from duibiao.rules.verdict import Verdict

UNKNOWN = "（没有写）"
PAGE = 500
"""Packages on a page."""
COMMONEST = 30
"""Rules whose findings are shown."""
MOST_GROUPS = 1000
"""Counties or industries that are shown, the largest; the others are one."""
COLUMNS = tuple(verdict.value for verdict in Verdict)
"""What a bar is made of, in order."""
_WORST = tuple(
    verdict.value for verdict in (Verdict.FAIL, Verdict.INCOMPLETE, Verdict.REVIEW, Verdict.PASS)
)


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
        mark: By what the group is known among all: the beginning of the names of its pages.
        number: By what it is known among those of its kind.
        total: Number of packages.
        counts: Number of packages by verdict.
        first: Numbers of its first packages; only of rules.
    """

    label: str
    mark: str
    number: int = 0
    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    first: list[int] = field(default_factory=list)

    def add(self, verdict: str) -> None:
        """Count a package."""
        self.total += 1
        self.counts[verdict] += 1

    @property
    def verdicts(self) -> Mapping[str, int]:
        """Number of packages by `COLUMNS`."""
        return {column: self.counts[column] for column in COLUMNS}


class Tally:
    """汇总: everything that the pages show.

    Attributes:
        whole: All packages.
        failed: Those that have no result.
    """

    def __init__(self, folder: Path, page: Callable[[str], str]) -> None:
        """Begin with nothing.

        Args:
            folder: Where a database with the packages lies until `close`.
            page: Gives the place of the own report of a package by its name; "" where there is none.
        """
        self._page = page
        self.whole = Group("全部材料", "all")
        self.failed = Group("没有结果的材料", "failed")
        self._groups: dict[str, dict[str, Group]] = {"county": {}, "industry": {}, "rule": {}}
        self._database = sqlite3.connect(folder / "lines.db", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=OFF")
        self._database.execute("PRAGMA synchronous=OFF")
        self._database.execute(
            "CREATE TABLE line (id INTEGER PRIMARY KEY, place INT, errors INT, failed INT, county INT,"
            " industry INT, line BLOB)"
        )
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Let go of the packages; the counts stay."""
        self._database.close()

    def add(self, done: Done, report: Report | None) -> None:
        """Count one package; they come by name."""
        line = _line(done, report, self._page(done.name))
        self.whole.add(line.verdict)
        county = industry = 0
        if report is None:
            self.failed.add(line.verdict)
        else:
            county = self._count("county", line.county or UNKNOWN, line.verdict).number
            industry = self._count("industry", line.industry or UNKNOWN, line.verdict).number
            for label in sorted(
                {
                    f"{one['code']} {one['title']}"
                    for one in report["findings"]
                    if one["severity"] != Severity.INFO
                }
            ):
                rule = self._count("rule", label, line.verdict)
                if len(rule.first) < PAGE:
                    rule.first.append(self.whole.total)
        place, failed = _WORST.index(line.verdict), report is None
        row = (place, line.errors, failed, county, industry, pickle.dumps(line))
        self._database.execute("INSERT INTO line VALUES (NULL, ?, ?, ?, ?, ?, ?)", row)

    def _count(self, kind: str, label: str, verdict: str) -> Group:
        groups = self._groups[kind]
        if label not in groups:
            number = len(groups) + 1
            groups[label] = Group(label, f"{kind}-{number}", number)
        groups[label].add(verdict)
        return groups[label]

    def groups(self, kind: str) -> tuple[Group, ...]:
        """Return the counties or the industries, the largest first; those beyond `MOST_GROUPS` are one."""
        ordered = sorted(self._groups[kind].values(), key=_size)
        chosen, others = ordered[:MOST_GROUPS], ordered[MOST_GROUPS:]
        if not others:
            return tuple(chosen)
        rest = Group(f"其余 {len(others)} 个", f"{kind}-0")
        for group in others:
            rest.total += group.total
            rest.counts += group.counts
        self._database.executemany(
            f"UPDATE line SET {kind} = 0 WHERE {kind} = ?",  # noqa: S608 - a column of our own
            ((group.number,) for group in others),
        )
        return (*chosen, rest)

    def commonest(self) -> tuple[Group, ...]:
        """Return the rules with findings in most packages."""
        return tuple(sorted(self._groups["rule"].values(), key=_size)[:COMMONEST])

    def lines(self, group: Group) -> Iterator[Line]:
        """Give the packages of a group, the worst first; of a rule, the first ones by name."""
        kind = group.mark.partition("-")[0]
        match kind:
            case "rule":
                for number in group.first:
                    yield from self._found("WHERE id = ?", number)
            case "all":
                yield from self._found("ORDER BY place, errors DESC, id")
            case "failed":
                yield from self._found("WHERE failed ORDER BY id")
            case _:
                self._database.execute(
                    f"CREATE INDEX IF NOT EXISTS by_{kind} ON line ({kind}, place, errors DESC, id)"
                )
                yield from self._found(
                    f"WHERE NOT failed AND {kind} = ? ORDER BY place, errors DESC, id", group.number
                )

    def _found(self, clauses: str, *values: int) -> Iterator[Line]:
        query = f"SELECT line FROM line {clauses}"  # noqa: S608 - clauses are our own
        for (row,) in self._database.execute(query, values):
            line: Line = pickle.loads(row)  # noqa: S301 - written by this very process
            yield line


def _line(done: Done, report: Report | None, page: str) -> Line:
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
        page=page,
        problem="",
    )


def _size(group: Group) -> tuple[int, str]:
    return -group.total, group.label
