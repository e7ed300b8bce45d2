"""Rules: pure generators over a dossier and the law in force. What plugin authors need is importable from here."""

from duibiao.rules.definition import (
    CannotJudge,
    NotApplicable,
    Problem,
    Rule,
    Severity,
    Yield,
    rule,
)
from duibiao.rules.storage import stored_openly

__all__ = [
    "CannotJudge",
    "NotApplicable",
    "Problem",
    "Rule",
    "Severity",
    "Yield",
    "rule",
    "stored_openly",
]
