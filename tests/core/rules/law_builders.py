"""Rows of the law made by hand: limits, requirements and measures of a chosen standing, and an industry for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from duibiao.law.in_force import GradeLimit
from duibiao.law.provenance import (
    Citation,
    Figure,
    Provenance,
    Regime,
    Scope,
    Source,
    SourceKind,
    Standing,
)
from duibiao.law.records import Basis, Industry, Limit, Process, ReductionMeasure, Requirement
from duibiao.model.grades import Grade
from duibiao.model.location import Located
from duibiao.model.plan import AlertLevel
from duibiao.model.quantities import Measure, parse_quantity

from .support import AT, BRANCH, OFFICIAL, RECALLED

THIRD_PARTY = replace(
    OFFICIAL,
    id="test-third-party",
    standing=Standing.SECONDARY,
    cites=(Citation(Source("DIGEST", "测试用文摘", SourceKind.THIRD_PARTY, read=True), "第一段"),),
)
"""A row that was seen in a digest alone: it may not make a package fail."""

REPORTED = replace(
    OFFICIAL,
    id="test-reported",
    standing=Standing.SECONDARY,
    cites=(Citation(Source("REPORT", "测试用报道", SourceKind.REPORT, read=True), "第一段"),),
)
"""A row that a page reports: it may make a package fail."""

UNVERIFIED = {"recalled": RECALLED, "third party": THIRD_PARTY}
"""Every kind of row that may not make a package fail."""

KILN = Process(OFFICIAL, "kiln", "水泥窑窑尾", ("窑尾",))
MILL = Process(OFFICIAL, "mill", "水泥磨", ("水泥磨",))

INDUSTRY = Industry("test", "测试行业", "TST", (BRANCH,), (KILN, MILL), ())
"""An industry that knows two of the cement works' processes."""

ALL_LEVELS = tuple(AlertLevel)


def quantity(value: str, unit: str = "mg/m3") -> Measure:
    """Return a quantity as a cell in a column of that unit would give it, at a place that no sample has."""
    return Located(parse_quantity(value, unit), AT)


def limit(
    value: str,
    *,
    pollutant: str = "PM",
    grades: Iterable[str] = ("B",),
    process: str = "*",
    regime: Regime = Regime.GRADE,
    oxygen: str | None = None,
    condition: str = "",
    provenance: Provenance = OFFICIAL,
    op: str = "<=",
    unit: str = "mg/m3",
) -> Limit:
    """Return a limit."""
    return Limit(
        provenance=provenance,
        scope=Scope(),
        regime=regime,
        grades=tuple(Grade(grade) for grade in grades),
        process=process,
        pollutant=pollutant,
        figure=Figure(op, Decimal(value), unit),
        oxygen=None if oxygen is None else Decimal(oxygen),
        condition=condition,
    )


def grade_limit(value: str, **given: object) -> GradeLimit:
    """Return a limit as it counts for grade B; see `limit`."""
    row = limit(value, **given)  # type: ignore[arg-type]
    return GradeLimit(row, Grade.B, row.provenance.standing, row.provenance.may_fail)


def requirement(
    text: str,
    *,
    figure: str | None = None,
    subject: str = "",
    indicator: str = "运输方式",
    grades: Iterable[str] = ("B",),
    condition: str = "",
    provenance: Provenance = OFFICIAL,
) -> Requirement:
    """Return a requirement; its figure is a share in % that must be reached."""
    return Requirement(
        provenance=provenance,
        scope=Scope(),
        regime=Regime.GRADE,
        grades=tuple(Grade(grade) for grade in grades),
        indicator=indicator,
        text=text,
        subject=subject,
        figure=None if figure is None else Figure(">=", Decimal(figure), "%"),
        condition=condition,
    )


def measure(
    kind: str,
    text: str,
    *,
    ratio: str | None = None,
    levels: Sequence[AlertLevel] = ALL_LEVELS,
    grades: Iterable[str] = ("B",),
    process: str = "",
    provenance: Provenance = OFFICIAL,
) -> ReductionMeasure:
    """Return a reduction measure."""
    return ReductionMeasure(
        provenance=provenance,
        scope=Scope(),
        grades=tuple(Grade(grade) for grade in grades),
        levels=tuple(levels),
        kind=kind,
        text=text,
        process=process,
        ratio=None if ratio is None else Decimal(ratio),
    )


def basis(grade: str, regime: Regime, provenance: Provenance = OFFICIAL) -> Basis:
    """Return that a grade uses the limits of another regime."""
    return Basis(provenance, (), Grade(grade), regime)
