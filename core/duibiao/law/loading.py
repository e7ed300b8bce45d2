"""The law of one industry: law files → records."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources.abc import Traversable

from duibiao.law.files import LawFiles, partial_date, read_files
from duibiao.law.provenance import Figure, Regime, Scope
from duibiao.law.records import (
    Basis,
    Branch,
    Edition,
    EvidenceChecklist,
    EvidenceItem,
    Fact,
    Hole,
    IndicatorTable,
    Industry,
    Limit,
    Process,
    ReductionMeasure,
    Requirement,
)
from duibiao.law.rows import Row
from duibiao.law.schema import INDICATORS
from duibiao.model.classes import dataclass
from duibiao.model.errors import LawError
from duibiao.model.grades import Grade
from duibiao.model.plan import AlertLevel


@dataclass(frozen=True, slots=True)
class IndustryLaw:
    """一个行业插件的全部法规数据: everything in the law files of one plugin.

    Attributes:
        industry: Identity.
        limits: Concentration limits.
        requirements: Requirements of the other indicators.
        bases: Grades that use another regime's limits.
        checklist: Evidence checklist.
        measures: Emission-reduction measures.
        facts: Everything else that is known.
        holes: What is not known.
    """

    industry: Industry
    limits: tuple[Limit, ...]
    requirements: tuple[Requirement, ...]
    bases: tuple[Basis, ...]
    checklist: tuple[EvidenceItem, ...]
    measures: tuple[ReductionMeasure, ...]
    facts: tuple[Fact, ...]
    holes: tuple[Hole, ...]

    def indicator_table(self, edition: str) -> IndicatorTable:
        """Return the indicator table of an edition: its own rows and those of every edition."""
        return IndicatorTable(
            edition=edition,
            limits=tuple(row for row in self.limits if row.scope.edition in ("", edition)),
            requirements=tuple(
                row for row in self.requirements if row.scope.edition in ("", edition)
            ),
            bases=self.bases,
            holes=self.holes,
        )

    def evidence_checklist(self, edition: str) -> EvidenceChecklist:
        """Return the evidence checklist, which is the same in every edition."""
        return EvidenceChecklist(edition, self.checklist)

    def reduction_measures(self, edition: str) -> tuple[ReductionMeasure, ...]:
        """Return the measures of an edition: its own rows and those of every edition."""
        return tuple(row for row in self.measures if row.scope.edition in ("", edition))


def load_industry_law(home: Traversable) -> IndustryLaw:
    """Read the law files of a plugin.

    Args:
        home: The plugin's import package: ``law/**/*.toml``, ``checklist.toml`` and ``measures.toml`` are read.

    Returns:
        The plugin's law.

    Raises:
        LawError: If a file is missing or malformed; the message lists every error.
    """
    files = read_files(home, ("law", "checklist.toml", "measures.toml"), industry_check)
    head = files.of("industry")[0].values
    industry = Industry(
        key=head["key"],
        name=head["name"],
        prefix=head["prefix"],
        branches=files.build("branch", _branch),
        processes=files.build("process", _process),
        editions=tuple(sorted(files.build("edition", _edition), key=lambda e: e.start.earliest())),
        sources=tuple(files.sources.values()),
        sha256=files.sha256,
    )
    order = {name: number for number, name in enumerate(INDICATORS)}
    requirements = files.build("requirement", _requirement)
    return IndustryLaw(
        industry=industry,
        limits=files.build("limit", _limit),
        requirements=tuple(sorted(requirements, key=lambda row: order[row.indicator])),
        bases=files.build("basis", _basis),
        checklist=files.build("section", _evidence_item),
        measures=files.build("measure", _measure),
        facts=files.build("fact", fact),
        holes=tuple(map(hole, files.of("hole"))),
    )


def industry_check(home: str, files: LawFiles) -> None:
    """Check what the law of an industry refers to.

    Raises:
        LawError: If there is not one industry, or something refers to nothing.
    """
    if len(files.of("industry")) != 1:
        raise LawError(
            f"{home}/law：应有且仅有一个 [industry] 表；请在 industry.toml 中写明 key、name、prefix"
        )
    branches = {row.values["key"] for row in files.of("branch")}
    editions = {row.values["id"] for row in files.of("edition")}
    processes = {row.values["key"] for row in files.of("process")} | {"*"}
    errors = []
    for row in (row for kind in files.rows.values() for row in kind):
        for branch in row.values.get("branch", ()):
            if branch not in branches:
                errors.append(
                    row.error(
                        "branch",
                        f"{branch!r} 不是本插件的行业分支；可用：{'、'.join(sorted(branches))}",
                    )
                )
        edition = row.values.get("edition")
        if edition is not None and edition not in editions:
            errors.append(
                row.error(
                    "edition", f"{edition!r} 不是本插件的版本；可用：{'、'.join(sorted(editions))}"
                )
            )
        if row.kind == "limit" and row.values["process"] not in processes:
            errors.append(
                row.error(
                    "process",
                    f'{row.values["process"]!r} 未在 [[process]] 中登记；请先登记，或写 "*"',
                )
            )
        if row.values.get("regime") == "grade" and not row.values.get("grades"):
            errors.append(row.error("grades", 'regime 为 grade 时须写明等级，如 ["A"]'))
        if "value" in row.values and not {"op", "unit"} <= row.values.keys():
            errors.append(row.error("value", "写了 value 时须同时写明 op 和 unit"))
        if row.values.get("op") == "within" and "low" not in row.values:
            errors.append(row.error("low", "op 为 within 时须写明下限 low"))
    if errors:
        raise LawError("\n".join(errors))


def _scope(row: Row) -> Scope:
    values = row.values
    return Scope(
        tuple(values.get("branch", ())), values.get("edition", ""), values.get("region", "")
    )


def figure(row: Row) -> Figure | None:
    """Make a `Figure` of a row, or None where it has no value."""
    values = row.values
    if "value" not in values:
        return None
    low = values.get("low")
    return Figure(
        op=values.get("op", "="),
        value=Decimal(values["value"]),
        unit=values.get("unit", ""),
        low=None if low is None else Decimal(low),
    )


def _grades(row: Row) -> tuple[Grade, ...]:
    return tuple(map(Grade, row.values.get("grades", ())))


def _branch(row: Row, files: LawFiles) -> Branch:
    values = row.values
    return Branch(
        provenance=files.provenance(row),
        key=values["key"],
        name=values["name"],
        aliases=tuple(values.get("aliases", ())),
        national_no=values.get("national_no"),
        ladder=tuple(map(Grade, values["ladder"])),
        codes=tuple(values.get("codes", ())),
    )


def _process(row: Row, files: LawFiles) -> Process:
    values = row.values
    return Process(
        provenance=files.provenance(row),
        key=values["key"],
        name=values["name"],
        keywords=tuple(values["keywords"]),
        branches=tuple(values.get("branch", ())),
    )


def _edition(row: Row, files: LawFiles) -> Edition:
    start = partial_date(row.values["from"])
    assert start is not None
    return Edition(files.provenance(row), row.values["name"], start)


def _basis(row: Row, files: LawFiles) -> Basis:
    values = row.values
    return Basis(
        provenance=files.provenance(row),
        branches=tuple(values.get("branch", ())),
        grade=Grade(values["grade"]),
        regime=Regime(values["regime"]),
    )


def _limit(row: Row, files: LawFiles) -> Limit:
    values = row.values
    bound = figure(row)
    assert bound is not None
    oxygen = values.get("oxygen")
    return Limit(
        provenance=files.provenance(row),
        scope=_scope(row),
        regime=Regime(values["regime"]),
        grades=_grades(row),
        process=values["process"],
        pollutant=values["pollutant"],
        figure=bound,
        oxygen=None if oxygen is None else Decimal(oxygen),
        basis=values.get("basis", ""),
        condition=values.get("condition", ""),
    )


def _requirement(row: Row, files: LawFiles) -> Requirement:
    values = row.values
    return Requirement(
        provenance=files.provenance(row),
        scope=_scope(row),
        regime=Regime(values["regime"]),
        grades=_grades(row),
        indicator=values["indicator"],
        text=values["text"],
        process=values.get("process", ""),
        subject=values.get("subject", ""),
        figure=figure(row),
        condition=values.get("condition", ""),
    )


def _evidence_item(row: Row, files: LawFiles) -> EvidenceItem:
    values = row.values
    return EvidenceItem(
        provenance=files.provenance(row),
        branches=tuple(values.get("branch", ())),
        number=values["number"],
        applies=values["applies"],
        when=values.get("when", ""),
        holds=tuple(values.get("holds", ())),
    )


def _measure(row: Row, files: LawFiles) -> ReductionMeasure:
    values = row.values
    ratio = values.get("ratio")
    return ReductionMeasure(
        provenance=files.provenance(row),
        scope=_scope(row),
        grades=_grades(row),
        levels=tuple(map(AlertLevel, values["levels"])),
        kind=values["kind"],
        text=values["text"],
        process=values.get("process", ""),
        ratio=None if ratio is None else Decimal(ratio),
        basis=values.get("basis", ""),
        precedent=values.get("precedent", False),
    )


def fact(row: Row, files: LawFiles) -> Fact:
    """Make a `Fact` of a row."""
    values = row.values
    return Fact(files.provenance(row), _scope(row), values["topic"], values["text"], figure(row))


def hole(row: Row) -> Hole:
    """Make a `Hole` of a row."""
    values = row.values
    return Hole(
        values["id"],
        tuple(values.get("branch", ())),
        values["topic"],
        values["what"],
        values["look_in"],
    )
