"""The sheets of a project, one module for each part of 附件4 and one for 附件2."""

from __future__ import annotations

from duibiao.model.sheets import Sheet
from duibiao.project.sheets import emissions, enterprise, evidence, front, ledgers, plan

SHEETS: tuple[Sheet, ...] = (
    *front.SHEETS,
    *enterprise.SHEETS,
    *emissions.SHEETS,
    *evidence.SHEETS,
    *ledgers.SHEETS,
    *plan.SHEETS,
)
"""Every sheet of core's own, in the order of the workbook."""
