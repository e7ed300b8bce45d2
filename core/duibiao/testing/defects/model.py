"""缺陷: a fault that somebody makes in a dossier, and the rules that have to find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from duibiao.model.application import ContentsEntry
from duibiao.model.dates import parse_date
from duibiao.model.dossier import Dossier
from duibiao.model.emissions import LimitComparison, OutletEmission
from duibiao.model.location import Located, Location, Text
from duibiao.model.quantities import Quantity, halfwidth, parse_quantity
from duibiao.testing.changing import changed, mapped, part, without

Plant = Callable[[Dossier], Dossier]
"""Returns a dossier with a fault, and leaves the one that it is given as it is."""


class CannotPlant(Exception):  # noqa: N818  no error: an answer
    """The dossier has nothing that could have this fault; the message says what it lacks, in Chinese."""


@dataclass(frozen=True, slots=True)
class Defect:
    """缺陷: one fault.

    Attributes:
        name: Its name, unique.
        kind: Its class (缺陷类别), such as ``credit-code-invalid``; several faults may be of one class.
        title: What is wrong, in Chinese, for lists of what was planted.
        codes: Rules that have to find it, all of them.
        change: Makes the fault in a dossier; raises `CannotPlant` where there is nothing to be wrong.
        also: Rules of severity 不符合 that may find its consequences, in some industries.
        only: A word in the name of the one industry whose law or rules know the fault; "" where all do.
        not_in: Word in the name of an industry → why its law cannot know the fault, in Chinese.
    """

    name: str
    kind: str
    title: str
    codes: tuple[str, ...]
    change: Plant
    also: tuple[str, ...] = ()
    only: str = ""
    not_in: Mapping[str, str] = field(default_factory=dict)

    def plant(self, dossier: Dossier) -> Dossier:
        """Return a dossier with the fault, and leave the one that is given as it is.

        Raises:
            CannotPlant: The dossier cannot have it.
        """
        industry = dossier.form.industry if dossier.form else None
        name = industry.value if industry else ""
        if self.only not in name:
            raise CannotPlant(f"只有“{self.only}”查得到依据，或有这样的规则")
        for word, why in self.not_in.items():
            if word in name:
                raise CannotPlant(why)
        return self.change(dossier)


def chained(*plants: Plant) -> Plant:
    """Return a plant that does one after the other."""

    def plant(dossier: Dossier) -> Dossier:
        for each in plants:
            dossier = each(dossier)
        return dossier

    return plant


def writes(path: str, value: str) -> Plant:
    """Put a text, a date or a quantity where a value stands, in the unit that it has."""
    return lambda dossier: written(dossier, path, value)


def written(dossier: Dossier, path: str, value: str) -> Dossier:
    """Return a dossier with a text, a date or a quantity where a value stands, in the unit that it has.

    Raises:
        CannotPlant: Nothing stands there.
    """
    old = existing(dossier, path, f"没有可改的内容（{path}）")
    return changed(dossier, {f"{path}.value": _alike(old.value, value)})


def _alike(old: Any, value: str) -> Any:
    if isinstance(old, str):
        return value
    if isinstance(old, Quantity):
        return parse_quantity(value, old.unit)
    day = parse_date(value)
    assert day is not None, value
    return day


def existing(dossier: Dossier, path: str, why: str) -> Any:
    """Return the part of a dossier at `path`.

    Raises:
        CannotPlant: There is none; `why` says so.
    """
    try:
        found = part(dossier, path)
    except (IndexError, AttributeError):
        found = None
    if found is None:
        raise CannotPlant(why)
    return found


def drops(*paths: str) -> Plant:
    """Take parts away; paths into one tuple count in the copy made so far."""
    return lambda dossier: without(dossier, *paths)


def says(old: str, new: str, section: str = "", why: str = "") -> Plant:
    """Put other words for those that stand in a section, or in the whole dossier."""

    def plant(dossier: Dossier) -> Dossier:
        done = _in_section(dossier, section, lambda text: text.replace(old, new))
        if done == dossier:
            raise CannotPlant(why or f"没有写“{old}”")
        return done

    return plant


def _in_section(dossier: Dossier, section: str, change: Callable[[str], str]) -> Dossier:
    if not section:
        return mapped(dossier, change)
    values = {
        text.value
        for text in dossier.paragraphs
        if text.at.section == section or text.at.section.startswith(f"{section}.")
    }
    return mapped(dossier, lambda text: change(text) if text in values else text)


def first(dossier: Dossier, items: str, test: Callable[[Any], bool], why: str) -> str:
    """Return the path of the first item that passes a test.

    Raises:
        CannotPlant: None does; `why` says what is lacking.
    """
    for number, item in enumerate(existing(dossier, items, why)):
        if test(item):
            return f"{items}.{number}"
    raise CannotPlant(why)


def keeps(items: str, test: Callable[[Any], bool], why: str) -> Plant:
    """Leave out the items of a tuple that fail a test; at least one must."""

    def plant(dossier: Dossier) -> Dossier:
        held = part(dossier, items)
        kept = tuple(item for item in held if test(item))
        if len(kept) == len(held):
            raise CannotPlant(why)
        return changed(dossier, {items: kept})

    return plant


def added(dossier: Dossier, section: str, value: str) -> Dossier:
    """Return a dossier with a line more after the last line of running text of a section."""
    texts = list(dossier.paragraphs)
    last = max(n for n, text in enumerate(texts) if text.at.section == section)
    base = next(
        text.at for text in reversed(texts) if text.at.section == section and not text.at.table
    )
    assert base.paragraph is not None
    line = Located(value, replace(base, paragraph=_after(texts, base), quote=value))
    return replace(dossier, paragraphs=(*texts[: last + 1], line, *texts[last + 1 :]))


def _after(texts: Sequence[Text], base: Location) -> int:
    """The paragraph of a line that comes last in its section; what follows is of other sections and keeps its order."""
    assert base.paragraph is not None
    here = (text.at.paragraph or 0 for text in texts if text.at.section == base.section)
    return max(here) + 1


def header(dossier: Dossier, section: str, old: str, new: str, why: str) -> Dossier:
    """Return a dossier in which the headers of the tables of a section say something else.

    Raises:
        CannotPlant: No header has the old words; `why` says so.
    """
    texts = tuple(
        Located(text.value.replace(old, new), text.at)
        if text.at.section == section and text.at.table and text.at.row == 1
        else text
        for text in dossier.paragraphs
    )
    if texts == dossier.paragraphs:
        raise CannotPlant(why)
    return replace(dossier, paragraphs=texts)


def without_sections(*keys: str) -> Plant:
    """Take sections away with all that stands below them, and with their entries in the contents."""

    def gone(key: str) -> bool:
        return any(key == each or key.startswith(f"{each}.") for each in keys)

    def plant(dossier: Dossier) -> Dossier:
        sections = [section for section in dossier.sections if gone(section.key)]
        if not sections:
            raise CannotPlant(f"没有{'、'.join(keys)}")
        return replace(
            dossier,
            contents=tuple(e for e, key in listed(dossier) if not gone(key)),
            sections=tuple(s for s in dossier.sections if not gone(s.key)),
            paragraphs=tuple(text for text in dossier.paragraphs if not gone(text.at.section)),
        )

    return plant


def listed(dossier: Dossier) -> Iterator[tuple[ContentsEntry, str]]:
    """Yield the entries of the contents, each with the key of the section that it means.

    Titles recur in several parts, so entries and sections are walked side by side.
    """
    titles = [(section.key, halfwidth(section.title)) for section in dossier.sections]
    reached = 0
    for entry in dossier.contents:
        wanted = halfwidth(entry.title)
        found = next((n for n in range(reached, len(titles)) if titles[n][1] == wanted), None)
        if found is None:
            yield entry, ""
        else:
            reached = found + 1
            yield entry, titles[found][0]


def same_emission(
    one: OutletEmission | LimitComparison, other: OutletEmission | LimitComparison
) -> bool:
    """Return whether two rows speak of one pollutant of one outlet."""
    return all(
        a is not None and b is not None and a.value == b.value
        for a, b in ((one.outlet, other.outlet), (one.pollutant, other.pollutant))
    )
