"""改造措施: what the target requires of an item, with the standing of its figure, or where to look it up."""

from __future__ import annotations

import re

from duibiao.grading.ladder import Rung
from duibiao.law.common import CommonLaw
from duibiao.model.grades import Grade
from duibiao.reports.lists.entry import Graded
from duibiao.reports.lists.kinds import PROVINCIAL_LIST, Tier

NATIONAL_GUIDE = "CC-13.01"
"""The hole of the common law that names the documents with the ladders of the national industries."""

_WHOLE_TABLE = "差异化指标"
_LADDER = re.compile("等级|级别")


def measure(rung: Rung, graded: Graded, target: Grade, common: CommonLaw) -> str:
    """Return what `target` requires of an item.

    Args:
        rung: The item. It knows what the grade applied for and the next better one require.
        graded: The package.
        target: The grade to reach.
        common: The common law.
    """
    declared = graded.ladder.declared
    look = f"请查{document(graded, rung.indicator, common)}"
    if target is rung.next_grade:
        text = rung.next_requirement
    elif target is declared:
        text = rung.requirement
    elif declared is not None and rung.requirement:
        return f"{target.label}要求{look}；申报的{declared.label}要求：{rung.requirement}"
    else:
        return f"{target.label}要求{look}"
    return f"{target.label}要求：{text}" if text else f"{target.label}要求没有查到（缺），{look}"


def document(graded: Graded, indicator: str, common: CommonLaw) -> str:
    """Return the document in which the requirements of an indicator stand, or the ladder for "".

    It is the one that the plugin names for what it lacks, else the edition, else the one that core names.
    """
    own = [hole for hole in graded.holes if indicator and hole.topic == indicator]
    table = [hole for hole in graded.holes if indicator and hole.topic == _WHOLE_TABLE]
    ladder = [hole for hole in graded.holes if not indicator and _LADDER.search(hole.topic)]
    for hole in (*own, *table, *ladder):
        return hole.look_in
    if graded.edition:
        return graded.edition
    known = PROVINCIAL_LIST if graded.kind.tier is Tier.PROVINCIAL else NATIONAL_GUIDE
    return next(hole.look_in for hole in common.holes if hole.id == known)
