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

__all__ = ["CannotJudge", "NotApplicable", "Problem", "Rule", "Severity", "Yield", "rule"]
