"""Lists over many packages (清单): 附件3 of the Sanmenxia measures, annexes 1 and 2 of the Kaifeng plan."""

from __future__ import annotations

from duibiao.reports.lists import annex3, targets, upgrade
from duibiao.reports.lists.data import Listing
from duibiao.reports.lists.workbook import render

FILES = (annex3.FILE, upgrade.FILE, targets.FILE)
"""Names of the three workbooks."""


def build(listing: Listing) -> dict[str, bytes]:
    """Return the three workbooks by name; equal listings give equal bytes."""
    lists = (annex3, upgrade, targets)
    return {made.FILE: render(made.pages(listing)) for made in lists}
