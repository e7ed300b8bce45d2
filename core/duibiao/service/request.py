"""What a caller fixes for a check or a build."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from duibiao.model.classes import dataclass

if TYPE_CHECKING:
    from duibiao.reports.waivers import Waiver

UNSEEN = "按要求没有看照片的画面，照片是否重复、改动、模糊没有检查"
"""Said where the caller did not want the photos to be looked at."""

NO_PAGES = "文件没有保存分页，不显示页码"
"""Said where no page numbers are known."""

TODAY = "检查当日"
"""Origin of the reference date where neither the caller nor the cover gives one."""


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
