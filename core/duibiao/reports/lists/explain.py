"""说明: the sheet that every workbook ends with, so that no package is missing in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from duibiao.reports.lists.data import NAMED, Family, Listing
from duibiao.reports.lists.entry import Entry
from duibiao.reports.lists.workbook import Cell, Page, Rows

NAME = "说明"
HEADER = ("序号", "材料", "企业名称", "是否列入", "审查结论", "说明")
WIDTHS = (6, 40, 30, 9, 12, 60)
UNREADABLE = "无法检查"


def explanation(listing: Listing, about: Sequence[str], said: Callable[[Entry], str]) -> Page:
    """Return the sheet: how the list was made, then every package with what became of it.

    Args:
        listing: The listing.
        about: How the list was made.
        said: Gives what is to be said of an entry.
    """
    return Page(
        name=NAME,
        title=NAME,
        above=tuple(f"{n}.{text}" for n, text in enumerate((*about, *listing.remarks), start=1)),
        header=(HEADER,),
        widths=WIDTHS,
        rows=Rows(
            lambda: ((number, *line) for number, line in enumerate(_lines(listing, said), start=1))
        ),
    )


def _lines(listing: Listing, said: Callable[[Entry], str]) -> Iterator[tuple[Cell, ...]]:
    for entry in listing.entries():
        doubled = _doubled(entry, listing.family(entry.identity))
        words = "；".join(filter(None, (said(entry), doubled)))
        yield entry.file, entry.enterprise, "是", entry.verdict.value, words
    for one in listing.absent:
        verdict = one.verdict.value if one.verdict else UNREADABLE
        yield one.file, one.enterprise, "否", verdict, one.reason


def _doubled(entry: Entry, family: Family) -> str:
    """Return which other packages of the enterprise are for the same industry, in words."""
    count, files = family.files[entry.kind]
    others = [file for file in files if file != entry.file][:NAMED]
    if not others:
        return ""
    more = f"等{count - 1}份" if count - 1 > len(others) else ""
    return f"同一企业、同一行业还有{'、'.join(others)}{more}，请核实用哪一份"
