"""How much a document looks like the application package, and how much like the plan alone."""

from __future__ import annotations

import re
from functools import cache

from duibiao.intake.texts import LONGEST
from duibiao.law.common import load_common
from duibiao.model.classes import dataclass
from duibiao.model.quantities import halfwidth

FEWEST_PARTS = 2
"""Fewest of the five parts of 附件4 of which the titles stand in a document that may be the package."""

_SHORTEST_TITLE = 4
_REGULATION = ("第一条", "第二条", "第三条")
_PLAN_NAME = re.compile(r"一厂一策|应急减排.*方案|减排.*实施方案")
_MAIN_NAME = re.compile(r"申报材料|绩效分级.*(?:申报|材料)|申报书")
_LEVELS = ("红色预警", "橙色预警", "黄色预警")


@dataclass(frozen=True, slots=True)
class Score:
    """What a look at the words found.

    Attributes:
        parts: Titles of the five parts found.
        titles: Titles of sections found, parts included.
        plan: Signs of 一厂一策 found.
        readable: There were words to look at.
    """

    parts: int = 0
    titles: int = 0
    plan: int = 0
    readable: bool = True

    @property
    def is_package(self) -> bool:
        """Whether it is an application package by what it says."""
        return self.parts >= FEWEST_PARTS

    @property
    def is_plan(self) -> bool:
        """Whether it is a plan and no more."""
        return self.plan >= 3 and not self.is_package


def score(text: str | None) -> Score:
    """Return how much a text looks like a package or a plan; None is a document without words."""
    if text is None:
        return Score(readable=False)
    plain = _plain(text[:LONGEST])
    if all(article in plain for article in _REGULATION) and "实施办法" in plain:
        return Score()
    found = {key for key, wordings in _titles() if any(wording in plain for wording in wordings)}
    parts = sum(1 for key in found if "." not in key)
    plan = sum(level in plain for level in _LEVELS) + 2 * ("一厂一策" in plain[:3000])
    return Score(parts, len(found), plan)


def named_package(name: str) -> bool:
    """Tell whether a file is called as packages are."""
    return bool(_MAIN_NAME.search(name)) and not named_plan(name)


def named_plan(name: str) -> bool:
    """Tell whether a file is called as plans are."""
    return bool(_PLAN_NAME.search(name.rpartition("/")[2]))


@cache
def _titles() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the outline of 附件4: keys and the wordings of each that say enough."""
    return tuple(
        (
            heading.key,
            tuple(
                plain
                for wording in (heading.title, *heading.aliases)
                if len(plain := _plain(wording)) >= _SHORTEST_TITLE
            ),
        )
        for heading in load_common().outline
        if not heading.key.startswith("附")
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", halfwidth(text)).casefold()
