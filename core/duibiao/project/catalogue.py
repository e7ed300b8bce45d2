"""What a project asks for on a day: the sheets, and what their drop-down lists offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from duibiao.law.common import CommonLaw
from duibiao.law.in_force import LawInForce
from duibiao.model.errors import PluginError
from duibiao.model.grades import Grade, parse_grade
from duibiao.model.quantities import halfwidth
from duibiao.model.sheets import Choices, Sheet
from duibiao.plugins import Registry
from duibiao.project.sheets import SHEETS

_PROOFS = tuple(f"五.2.{number}" for number in range(1, 13))


def plain(text: str) -> str:
    """Return `text` as headers and choices are compared: in normal width, without blanks, in lower case."""
    return "".join(halfwidth(text).casefold().split())


@dataclass(frozen=True, slots=True)
class Offer:
    """选项: what a list shows, and which other spellings mean one of them.

    Attributes:
        values: The values shown, in order.
        knows: Whether a text names one of what the list is about.
    """

    values: tuple[str, ...]
    knows: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """填写目录: every sheet of a project, with the law that stands behind it.

    Attributes:
        sheets: Sheets in the order of the workbook.
        law: The law whose articles the sheets cite.
        offers: What the lists offer that do not stand in the sheets themselves.
    """

    sheets: tuple[Sheet, ...]
    law: LawInForce
    offers: Mapping[Choices, Offer] = field(default_factory=dict)

    def offer(self, choices: tuple[str, ...] | Choices) -> Offer | None:
        """Return what a field may be chosen from, or None where anything may be written."""
        if isinstance(choices, Choices):
            return self.offers.get(choices)
        if not choices:
            return None
        return _named(choices, choices)


def catalogue_of(registry: Registry, law: LawInForce) -> Catalogue:
    """Return what a project of one industry asks for.

    Args:
        registry: The plugins in use.
        law: The law in force for the industry; its plugin's sheets are asked for where their section applies.

    Raises:
        PluginError: If a sheet of the plugin has the name of one that every project has.
    """
    common = law.common
    unused = {item.number for item in law.checklist if item.applies == "no"}
    own = [sheet for sheet in law.sheets if sheet.section.removeprefix("五.") not in unused]
    taken = {name for sheet in SHEETS for name in (sheet.key, plain(sheet.title))}
    for sheet in own:
        if not taken.isdisjoint((sheet.key, plain(sheet.title))):
            raise PluginError(
                f"工作表 {sheet.key}（{sheet.title}）与程序自己的工作表重名；请改插件中的 key 或 title"
            )
    return Catalogue(
        sheets=(*SHEETS, *own),
        law=law,
        offers={
            Choices.BRANCH: _branches(registry, law),
            Choices.GRADE: Offer(
                tuple(grade.label for grade in law.ladder or Grade),
                lambda text: parse_grade(text) is not None,
            ),
            Choices.INDICATOR: _indicators(common),
            Choices.POLLUTANT: Offer(
                tuple(pollutant.name for pollutant in common.pollutants),
                lambda text: common.pollutant(text) is not None,
            ),
            Choices.SECTION: _sections(common, unused),
        },
    )


def _branches(registry: Registry, law: LawInForce) -> Offer:
    industries = [plugin.book.industry for plugin in registry.plugins]
    if law.industry is not None:
        industries = [law.industry]
    names = tuple(branch.name for industry in industries for branch in industry.branches)
    return Offer(names, lambda text: registry.find(text) is not None)


def _indicators(common: CommonLaw) -> Offer:
    spellings = [name for entry in common.indicators for name in (entry.name, *entry.aliases)]
    return _named(tuple(entry.name for entry in common.indicators), spellings)


def _sections(common: CommonLaw, unused: set[str]) -> Offer:
    """Offer the sections that are told in words and lists of their own; 2.13 and later may be named, too."""
    shown = (common.heading(key) for key in _PROOFS)
    numbers = {heading.number for heading in common.outline if heading.key.startswith("五.2.")}
    return Offer(
        tuple(heading.label for heading in shown if heading.number not in unused),
        lambda text: halfwidth(text).split()[0].removeprefix("五.") in numbers,
    )


def _named(values: tuple[str, ...], spellings: tuple[str, ...] | list[str]) -> Offer:
    known = frozenset(map(plain, spellings))
    return Offer(values, lambda text: plain(text) in known)
