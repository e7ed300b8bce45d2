"""说明: the sheet that every workbook ends with, so that no package is missing in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duibiao.reports.lists.data import Entry, Listing
from duibiao.reports.lists.workbook import Page

NAME = "说明"
HEADER = ("序号", "材料", "企业名称", "是否列入", "审查结论", "说明")
WIDTHS = (6, 40, 30, 9, 12, 60)
UNREADABLE = "无法检查"


def explanation(listing: Listing, about: Sequence[str], said: Mapping[str, str]) -> Page:
    """Return the sheet: how the list was made, then every package with what became of it.

    Args:
        listing: The listing.
        about: How the list was made.
        said: What is to be said of an entry, by its file.
    """
    same = listing.by_enterprise()
    lines = [
        (
            entry.file,
            entry.enterprise,
            "是",
            entry.verdict.value,
            "；".join(filter(None, (said[entry.file], _doubled(entry, same[entry.identity])))),
        )
        for entry in listing.entries
    ] + [
        (
            one.file,
            one.enterprise,
            "否",
            one.verdict.value if one.verdict else UNREADABLE,
            one.reason,
        )
        for one in listing.absent
    ]
    return Page(
        name=NAME,
        title=NAME,
        above=tuple(f"{n}.{text}" for n, text in enumerate((*about, *listing.remarks), start=1)),
        header=(HEADER,),
        widths=WIDTHS,
        rows=tuple((number, *line) for number, line in enumerate(lines, start=1)),
    )


def _doubled(entry: Entry, own: Sequence[Entry]) -> str:
    """Return which other packages of the enterprise are for the same industry, in words."""
    others = [other.file for other in own if other.file != entry.file and other.kind == entry.kind]
    return f"同一企业、同一行业还有{'、'.join(others)}，请核实用哪一份" if others else ""
