"""Lists over many packages (清单): 附件3 of the Sanmenxia measures, annexes 1 and 2 of the Kaifeng plan."""

from __future__ import annotations

from collections.abc import Callable

from duibiao.reports.lists import annex3, targets, upgrade
from duibiao.reports.lists.data import Listing
from duibiao.reports.lists.workbook import Page

LISTS: dict[str, Callable[[Listing], tuple[Page, ...]]] = {
    annex3.FILE: annex3.pages,
    upgrade.FILE: upgrade.pages,
    targets.FILE: targets.pages,
}
"""Name of a workbook → what makes its sheets."""
