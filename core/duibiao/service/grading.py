"""A dossier and the law → the ladder, over every industry that the package names."""

from __future__ import annotations

from dataclasses import replace

from duibiao.grading.ladder import Ladder, climb
from duibiao.service.industries import Industries
from duibiao.service.terms import Terms


def ladder_of(industries: Industries, terms: Terms) -> Ladder:
    """Place a dossier on the ladder of its industry, and on those of further industries that it names (第五条（三）).

    Args:
        industries: The industries that it names.
        terms: By which law it is judged.
    """
    return replace(
        climb(industries.main, terms.law),
        others=tuple(climb(one.dossier, one.law) for one in industries.others),
        ungraded=industries.unknown,
    )
