"""The industries that a package names: each has its law, and its share of the outlets (第五条（三）)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from duibiao.law.in_force import Law, LawInForce
from duibiao.law.records import Branch
from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.location import Text
from duibiao.plugins import Plugin, Registry
from duibiao.rules.support import industry_key, plain
from duibiao.service.terms import Terms, names_in


@dataclass(frozen=True, slots=True)
class Named:
    """所含行业: one industry that a package names.

    Attributes:
        plugin: The plugin that knows it.
        law: Its law in force.
        dossier: The dossier with the outlets of this industry alone.
    """

    plugin: Plugin
    law: LawInForce
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class Industries:
    """所含各行业: all that a package names.

    Attributes:
        main: The dossier with the outlets of the main industry alone.
        others: Further industries, in the order named.
        unknown: Further industries that no plugin knows.
    """

    main: Dossier
    others: tuple[Named, ...] = ()
    unknown: tuple[str, ...] = ()


def industries_of(dossier: Dossier, terms: Terms, registry: Registry) -> Industries:
    """Return the industries that a package names, by the law of the same day.

    An outlet belongs to the industry that knows its process best by name, or to the one that is named first.

    Args:
        dossier: The dossier.
        terms: By which law it is judged: that of the main industry.
        registry: The plugins.
    """
    if terms.plugin is None:
        return Industries(dossier)
    named, unknown = dict[Branch | None, tuple[Plugin, LawInForce]](), list[str]()
    for name in names_in(terms.industry):
        found = registry.find(name)
        if found is None:
            unknown.append(name)
        elif found[1] == terms.law.branch:
            named.setdefault(found[1], (terms.plugin, terms.law))
        else:
            city = dossier.form.city.value if dossier.form and dossier.form.city else ""
            law = Law(terms.law.common, found[0].book, found[1], city, terms.law.grade)
            named.setdefault(found[1], (found[0], law.on(terms.day)))
    named.setdefault(terms.law.branch, (terms.plugin, terms.law))
    laws = [law for _, law in named.values()]
    return Industries(
        _share(dossier, laws, terms.law),
        tuple(
            Named(plugin, law, _share(dossier, laws, law))
            for plugin, law in named.values()
            if law is not terms.law
        ),
        tuple(name for name in unknown if not _is_general(name, laws)),
    )


def _is_general(name: str, laws: Sequence[LawInForce]) -> bool:
    """Return whether a name is but a more general word for an industry that is named, too, such as 通用行业."""
    key = industry_key(name)
    return any(key in industry_key(known) for law in laws for known in _names(law))


def _names(law: LawInForce) -> Iterator[str]:
    if law.industry is not None and law.branch is not None:
        yield from (law.industry.name, law.branch.name, *law.branch.aliases)


def _share(dossier: Dossier, laws: Sequence[LawInForce], law: LawInForce) -> Dossier:
    """Return a dossier with the outlets of one industry alone."""
    if len(laws) == 1:
        return dossier

    def is_own(step: Text | None) -> bool:
        return max(laws, key=lambda one: _fit(one, step.value if step else "")) is law

    limits = tuple(row for row in dossier.evidence.limits if is_own(row.step))
    return replace(
        dossier,
        outlets=tuple(row for row in dossier.outlets if is_own(row.step)),
        evidence=replace(dossier.evidence, limits=limits),
    )


def _fit(law: LawInForce, step: str) -> int:
    """Return how many letters of an emitting step name a process of the industry."""
    process = law.process_named(step)
    words = [plain(word).casefold() for word in process.keywords] if process else []
    return max((len(word) for word in words if word in plain(step).casefold()), default=0)
