"""What a caller fixes for a check or a build."""

from __future__ import annotations

from datetime import date

from duibiao.model.classes import dataclass
from duibiao.reports.waivers import Waiver


@dataclass(frozen=True, slots=True)
class Request:
    """审查要求: what the caller fixes; the rest is taken from the package.

    Attributes:
        day: Reference date, or None for the date on the cover.
        industry: Industry in words, or "" for the one that the package declares.
        grade: Grade in words, or "" for the one that the package declares.
        paginate: Have LibreOffice lay out a Word file for its page numbers.
        photos: Look at the photos; otherwise the rules on what they show cannot judge, and the report says so.
        waivers: Waivers besides those of a 豁免.toml beside the package; those for other packages do nothing.
    """

    day: date | None = None
    industry: str = ""
    grade: str = ""
    paginate: bool = False
    photos: bool = True
    waivers: tuple[Waiver, ...] = ()


AS_DECLARED = Request()
"""Everything as the package says."""
