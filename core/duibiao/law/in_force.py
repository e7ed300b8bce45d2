"""The law in force on a day: `Law.on(day)`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache

from duibiao.law.common import CommonLaw
from duibiao.law.provenance import Citation, Provenance, Regime, Scope, Source, Standing
from duibiao.law.records import (
    Basis,
    Branch,
    Edition,
    EvidenceChecklist,
    EvidenceItem,
    Hole,
    IndicatorTable,
    Industry,
    Limit,
    Process,
    ReductionMeasure,
    Requirement,
)
from duibiao.model.classes import dataclass
from duibiao.model.grades import Grade
from duibiao.model.quantities import halfwidth
from duibiao.model.sheets import Sheet

HOME_REGIONS = ("", "河南", "河南省")
"""Regions whose rows hold for every enterprise here; a row of one city holds for that city, others for nobody."""


@dataclass(frozen=True, slots=True)
class Volume:
    """一个版本的指标、清单、措施和工作表: what a plugin gives for one edition."""

    table: IndicatorTable
    checklist: EvidenceChecklist
    measures: tuple[ReductionMeasure, ...]
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """一个行业的法规: an industry with a volume for each of its editions.

    Attributes:
        industry: The industry.
        volumes: Volume by edition id, in the order of the industry's editions.
        version: Version of the plugin's distribution, or "".
    """

    industry: Industry
    volumes: tuple[tuple[Edition, Volume], ...]
    version: str = ""

    def branch_named(self, text: str) -> tuple[Branch, int] | None:
        """Return the branch that an 行业类型 cell names and how many characters of it match.

        The longest matching name or alias wins.
        """
        plain = _plain(text)
        matches = [
            (branch, len(_plain(name)))
            for branch in self.industry.branches
            for name in (branch.name, *branch.aliases)
            if _plain(name) in plain
        ]
        return max(matches, key=lambda match: match[1], default=None)


@dataclass(frozen=True, slots=True)
class GradeLimit:
    """某等级的排放限值: a limit as it counts for a grade.

    Attributes:
        limit: The limit.
        grade: The grade, or None for the legal minimum that binds every grade.
        standing: The weakest standing in the chain from grade to figure.
        may_fail: Whether it may make a package fail.
    """

    limit: Limit
    grade: Grade | None
    standing: Standing
    may_fail: bool


@dataclass(frozen=True)  # without slots: rows are looked up in tables that are made once
class LawInForce:
    """现行规定: the law on one day for one industry branch; what rules look at.

    Attributes:
        day: The reference date.
        common: What is common to all industries.
        industry: The industry, or None where no plugin knows it.
        branch: Its branch, or None.
        edition: The edition in force, or None where there is none on that day.
        grade: The grade to judge by: the one applied for, unless the caller asked for another; None if unknown.
        limits: Limits in force for the branch.
        requirements: Requirements in force for the branch.
        bases: See `IndicatorTable`.
        checklist: Evidence items of the branch.
        measures: Measures in force for the branch, local precedents left out.
        holes: What is missing for the branch.
        sheets: What the industry's projects fill in beside the sheets of every project, whatever the branch.
    """

    day: date
    common: CommonLaw
    industry: Industry | None = None
    branch: Branch | None = None
    edition: Edition | None = None
    grade: Grade | None = None
    limits: tuple[Limit, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    bases: tuple[Basis, ...] = ()
    checklist: tuple[EvidenceItem, ...] = ()
    measures: tuple[ReductionMeasure, ...] = ()
    holes: tuple[Hole, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    def cite(self, text: str) -> Citation:
        """Resolve ``SOURCE:place`` in the industry's sources, then in the common ones.

        Raises:
            KeyError: If there is no such source.
        """
        source, _, place = text.partition(":")
        own = self._sources.get(source)
        return Citation(own, place) if own else self.common.cite(text)

    @property
    def ladder(self) -> tuple[Grade, ...]:
        """Grades of the branch, best first; empty where not established."""
        return self.branch.ladder if self.branch else ()

    def process_named(self, text: str) -> Process | None:
        """Return the process that an emitting step names; the longest keyword wins."""
        plain = _plain(text)
        return next((process for keyword, process in self._keywords if keyword in plain), None)

    def grade_limits(self, step: str, pollutant: str, grade: Grade) -> tuple[GradeLimit, ...]:
        """Return the limits that `grade` sets for a pollutant at an emitting step.

        A limit of the grade itself that was read in the official text sets aside weaker ones for the same process
        under the same condition: what somebody remembers or reports does not count beside the text.

        Args:
            step: The emitting step as written.
            pollutant: Key of the pollutant.
            grade: The grade.

        Returns:
            The limits of the process itself, or those for every outlet where it has none; empty if none is known.
        """
        found = [
            GradeLimit(row, grade, row.provenance.standing, row.provenance.may_fail)
            for row in self._at(step, pollutant)
            if row.regime is Regime.GRADE and grade in row.grades
        ]
        found = _best_vouched(found)
        for basis in self.bases:
            if basis.grade is grade:
                found += [
                    GradeLimit(
                        row,
                        grade,
                        row.provenance.standing.weaker(basis.provenance.standing),
                        row.provenance.may_fail and basis.provenance.may_fail,
                    )
                    for row in self._at(step, pollutant)
                    if row.regime is basis.regime
                ]
        return _specific(found)

    def standard_limits(self, step: str, pollutant: str) -> tuple[GradeLimit, ...]:
        """Return the emission-standard limits (the legal minimum) for a pollutant at an emitting step."""
        return _specific(
            [
                GradeLimit(row, None, row.provenance.standing, row.provenance.may_fail)
                for row in self._at(step, pollutant)
                if row.regime is Regime.STANDARD
            ]
        )

    def requirements_of(self, indicator: str, grade: Grade) -> tuple[Requirement, ...]:
        """Return what `grade` requires for an indicator."""
        regimes = {basis.regime for basis in self.bases if basis.grade is grade}
        return tuple(
            row
            for row in self.requirements
            if row.indicator == indicator
            and (grade in row.grades if row.regime is Regime.GRADE else row.regime in regimes)
        )

    def _at(self, step: str, pollutant: str) -> list[Limit]:
        process = self.process_named(step)
        keys = {"*"} | ({process.key} if process else set())
        return [row for row in self._limits.get(pollutant, ()) if row.process in keys]

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        sources = self.industry.sources if self.industry else ()
        return {source.id: source for source in reversed(sources)}  # the first of its id counts

    @cached_property
    def _keywords(self) -> list[tuple[str, Process]]:
        """The words by which processes of the branch are recognised, longest first."""
        if self.industry is None or self.branch is None:
            return []
        words = [
            (_plain(keyword), process)
            for process in self.industry.processes
            if _of(process.branches, self.branch)
            for keyword in process.keywords
        ]
        return sorted(words, key=lambda word: -len(word[0]))

    @cached_property
    def _limits(self) -> Mapping[str, list[Limit]]:
        """The limits by pollutant."""
        found: dict[str, list[Limit]] = {}
        for row in self.limits:
            found.setdefault(row.pollutant, []).append(row)
        return found


@dataclass(frozen=True, slots=True)
class Law:
    """法规: the common law and, where a plugin knows the industry, its book.

    Attributes:
        common: What is common to all industries.
        book: The industry's book, or None.
        branch: The industry's branch, or None.
        city: City of the enterprise, for rows that hold in one city only.
        grade: The grade to judge by, or None.
    """

    common: CommonLaw
    book: Book | None = None
    branch: Branch | None = None
    city: str = ""
    grade: Grade | None = None

    def on(self, day: date) -> LawInForce:
        """Return the law in force on `day`."""
        if self.book is None or self.branch is None:
            return LawInForce(day, self.common, grade=self.grade)
        industry, branch = self.book.industry, self.branch
        in_force = [pair for pair in self.book.volumes if pair[0].start.earliest() <= day]
        if not in_force:
            return LawInForce(day, self.common, industry, branch, grade=self.grade)
        edition, volume = in_force[-1]

        def applies(provenance: Provenance, scope: Scope) -> bool:
            return (
                (not scope.branches or branch.key in scope.branches)
                and self._here(scope.region)
                and holds_on(provenance, day)
            )

        return LawInForce(
            day=day,
            common=self.common,
            industry=industry,
            branch=branch,
            edition=edition,
            grade=self.grade,
            limits=tuple(row for row in volume.table.limits if applies(row.provenance, row.scope)),
            requirements=tuple(
                row for row in volume.table.requirements if applies(row.provenance, row.scope)
            ),
            bases=tuple(
                row
                for row in volume.table.bases
                if _of(row.branches, branch) and holds_on(row.provenance, day)
            ),
            checklist=tuple(row for row in volume.checklist.items if _of(row.branches, branch)),
            measures=tuple(
                row
                for row in volume.measures
                if not row.precedent and applies(row.provenance, row.scope)
            ),
            holes=tuple(row for row in volume.table.holes if _of(row.branches, branch)),
            sheets=volume.sheets,
        )

    def _here(self, region: str) -> bool:
        city = self.city.removesuffix("市")
        return region in HOME_REGIONS or bool(city and city in region)


def holds_on(provenance: Provenance, day: date) -> bool:
    """Return whether a row is in force on `day`: its own dates count, else those of the first document it cites."""
    source = provenance.cites[0].source
    start, end = provenance.start or source.start, provenance.end or source.end
    return (start is None or start.earliest() <= day) and (end is None or day <= end.latest())


def _of(branches: tuple[str, ...], branch: Branch) -> bool:
    return not branches or branch.key in branches


def _specific(found: list[GradeLimit]) -> tuple[GradeLimit, ...]:
    own = tuple(entry for entry in found if entry.limit.process != "*")
    return own or tuple(found)


def _best_vouched(found: list[GradeLimit]) -> list[GradeLimit]:
    official = {
        (entry.limit.process, entry.limit.condition)
        for entry in found
        if entry.standing is Standing.OFFICIAL
    }
    return [
        entry
        for entry in found
        if entry.standing is Standing.OFFICIAL
        or (entry.limit.process, entry.limit.condition) not in official
    ]


@lru_cache(maxsize=4096)  # row after row names the same processes
def _plain(text: str) -> str:
    return "".join(halfwidth(text).casefold().split())
