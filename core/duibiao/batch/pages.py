"""The summary of a batch as pages: charts, and from each bar to the packages behind it, and from there to their own reports.

A small batch is one page. Of a large one, the packages stand on pages of their own, `PAGE` on each, so that none grows with the batch.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from duibiao.batch.summary import COLUMNS, PAGE, Group, Line, Tally
from duibiao.reports.lists.data import Listing
from duibiao.reports.lists.targets import FILE, REACHED_TITLE, notes, reached
from duibiao.reports.templates import environment

INDEX = "汇总.html"
PAGES = "汇总"
"""Folder of the pages behind the summary."""
TIMES = "用时.html"
"""The slowest packages: a page of its own, for it is another one every time."""
ALONE = 100
"""Most packages of a batch that is one page."""
SLOWEST = 50
MOST_SHARES = 400
"""Most shares that are shown; the workbook has all of them."""


def render(tally: Tally, listing: Listing, said: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give every page with its path in the folder of the results.

    Args:
        tally: What was counted.
        listing: The lists, for the targets.
        said: What is to be said of files that were not looked at.

    Raises:
        DuibiaoError: If no template distribution is installed.
    """
    alone = tally.whole.total <= ALONE
    counties, industries = tally.groups("county"), tally.groups("industry")
    commonest = tally.commonest()
    shares = list(islice((one for one in reached(listing) if one.total), MOST_SHARES + 1))
    yield INDEX, _made(
        "batch.html", tally=tally, columns=COLUMNS, folder=PAGES, alone=alone, times=TIMES,
        groups={"县（市、区）": counties, "行业": industries}, commonest=commonest, notes=said,
        title=REACHED_TITLE, shares=shares[:MOST_SHARES], cut=len(shares) > MOST_SHARES, book=FILE,
        remarks=notes(listing),
    )  # fmt: skip
    if not alone:
        failed = (tally.failed,) if tally.failed.total else ()
        for group in (*failed, *counties, *industries, *commonest):
            yield from _listed(tally, group)


def slowest(times: Iterable[tuple[str, float]], total: int, page: Callable[[str], str]) -> str:
    """Return the page of the slowest packages.

    Args:
        times: Name and seconds of every package, the slowest first.
        total: How many there are.
        page: Gives the place of the own report of a package by its name; "" where there is none.
    """
    lines = [(name, page(name), seconds) for name, seconds in islice(times, SLOWEST)]
    return _made("batch_times.html", lines=lines, total=total, index=INDEX)


def _listed(tally: Tally, group: Group) -> Iterator[tuple[str, str]]:
    """Give the pages with the packages of a group."""
    lines = tally.lines(group)
    shown = len(group.first) or group.total
    last = math.ceil(shown / PAGE)
    for number in range(1, last + 1):
        part: list[Line] = list(islice(lines, PAGE))
        yield _page(group, number), _made(
            "batch_list.html", group=group, lines=part, number=number, last=last, shown=shown,
            pages={n: _page(group, n).partition("/")[2] for n in _near(number, last)},
            index=INDEX, columns=COLUMNS, start=(number - 1) * PAGE,
        )  # fmt: skip


def _page(group: Group, number: int) -> str:
    return f"{PAGES}/{group.mark}{f'-{number}' if number > 1 else ''}.html"


def _near(number: int, last: int) -> list[int]:
    """Return the pages that a page links to: the first, the last and those beside it."""
    return [n for n in range(1, last + 1) if n in (1, last) or abs(n - number) <= 3]


def _made(template: str, **values: Any) -> str:
    page: str = environment().get_template(template).render(**values)
    return page
