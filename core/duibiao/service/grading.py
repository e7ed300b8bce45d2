"""A dossier and the law → the ladder, over every industry that the package names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from duibiao.grading.ladder import Ladder, climb
from duibiao.law.in_force import Law, LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.location import Text
from duibiao.plugins import Registry
from duibiao.service.terms import Terms

_BETWEEN = re.compile(r"[、；;，,](?![^(（]*[)）])")
"""Between two industries of an 行业类型 cell; not within brackets."""


def ladder_of(dossier: Dossier, terms: Terms, registry: Registry) -> Ladder:
    """Place a dossier on the ladder of its industry, and on those of further industries that it names (第五条（三）).

    An outlet belongs to the first industry that knows its process by name, or to the one that is named first.

    Args:
        dossier: The dossier.
        terms: By which law it is judged.
        registry: The plugins.
    """
    named, ungraded = list[LawInForce](), list[str]()
    for name in _industries(terms):
        found = registry.find(name)
        if found is None:
            ungraded.append(name)
        elif found[1] == terms.law.branch:
            named.append(terms.law)
        elif found[1] not in [law.branch for law in named]:
            city = dossier.form.city.value if dossier.form and dossier.form.city else ""
            law = Law(terms.law.common, found[0].book, found[1], city, terms.law.grade)
            named.append(law.on(terms.day))
    laws = tuple({id(law): law for law in (*named, terms.law)}.values())
    first = climb(_share(dossier, laws, terms.law), terms.law)
    others = (climb(_share(dossier, laws, law), law) for law in laws if law is not terms.law)
    return replace(first, others=tuple(others), ungraded=tuple(ungraded))


def _industries(terms: Terms) -> tuple[str, ...]:
    """Return the industries that the package names, where it names several and the first is known."""
    names = [name.strip() for name in _BETWEEN.split(terms.industry) if name.strip()]
    return tuple(names) if len(names) > 1 and terms.law.branch is not None else ()


def _share(dossier: Dossier, laws: Sequence[LawInForce], law: LawInForce) -> Dossier:
    """Return a dossier with the outlets of one industry alone."""
    if len(laws) == 1:
        return dossier

    def is_own(step: Text | None) -> bool:
        owners = [one for one in laws if one.process_named(step.value if step else "")]
        return law is (owners[0] if owners else laws[0])

    limits = tuple(row for row in dossier.evidence.limits if is_own(row.step))
    return replace(
        dossier,
        outlets=tuple(row for row in dossier.outlets if is_own(row.step)),
        evidence=replace(dossier.evidence, limits=limits),
    )
