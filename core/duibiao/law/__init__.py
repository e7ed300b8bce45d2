"""Law as data: dated rows, each with its article and its standing. What plugin authors need is importable from here."""

from duibiao.law.common import CommonLaw, load_common
from duibiao.law.in_force import Book, GradeLimit, Law, LawInForce, Volume
from duibiao.law.loading import IndustryLaw, load_industry_law
from duibiao.law.provenance import Citation, Figure, Provenance, Regime, Scope, Source, Standing
from duibiao.law.records import (
    Branch,
    Edition,
    EvidenceChecklist,
    IndicatorTable,
    Industry,
    Limit,
    Process,
    ReductionMeasure,
    Requirement,
)

__all__ = [
    "Book",
    "Branch",
    "Citation",
    "CommonLaw",
    "Edition",
    "EvidenceChecklist",
    "Figure",
    "GradeLimit",
    "IndicatorTable",
    "Industry",
    "IndustryLaw",
    "Law",
    "LawInForce",
    "Limit",
    "Process",
    "Provenance",
    "ReductionMeasure",
    "Regime",
    "Requirement",
    "Scope",
    "Source",
    "Standing",
    "Volume",
    "load_common",
    "load_industry_law",
]
