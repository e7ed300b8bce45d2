"""Automatic numbering: what numbering.xml defines, and the counters that turn it into labels."""

from __future__ import annotations

import re
from dataclasses import field

from lxml import etree

from duibiao.document.numerals import numeral
from duibiao.document.xml import MC, VAL, W, flag, integer
from duibiao.model.classes import dataclass

LEVELS = 9
_LONGEST = 64
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        start: First number.
        style: Number format, as ST_NumberFormat; zero-padded formats as ``zeros:3``.
        text: Label with ``%1`` to ``%9`` for the numbers of the levels.
        restart: Level (from 1) whose use restarts this one; 0 for never, None for any level above.
        legal: All numbers in the label are printed as plain digits.
        paragraph_style: Id of the paragraph style that is bound to this level, "" for none.
    """

    start: int = 0
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    paragraph_style: str = ""


@dataclass(frozen=True, slots=True)
class ListInstance:
    """A w:num: the abstract list that it counts with, its levels, and the numbers it starts anew from."""

    abstract: str
    levels: tuple[Level, ...]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level]
    linked_style: str


@dataclass(slots=True)
class _Counter:
    """State of one abstract list: the numbers reached, and the instances met so far."""

    numbers: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    pending: dict[int, int] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)


class Numbering:
    """The lists of one document, and how far each has counted.

    As in Word, all instances of an abstract list share its counters; an instance with a start override starts
    its level anew the first time that it is met.
    """

    def __init__(
        self, root: etree._Element | None = None, style_lists: dict[str, str] | None = None
    ) -> None:
        """Read numbering.xml.

        Args:
            root: Its root, or None where the document has none.
            style_lists: From the ids of numbering styles to their numId.
        """
        self.instances: dict[str, ListInstance] = {}
        self._counters: dict[str, _Counter] = {}
        if root is not None:
            self._read(root, style_lists or {})

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """Return the level (from 0) that a list binds to a paragraph style, or None."""
        instance = self.instances.get(num_id)
        if instance is not None:
            for number, level in enumerate(instance.levels):
                if level.paragraph_style == style:
                    return number
        return None

    def label(self, num_id: str, level: int) -> str:
        """Count one paragraph and return its label without what separates it from the text.

        Args:
            num_id: Its numId; an unknown one gives no label.
            level: Its level, from 0.
        """
        instance = self.instances.get(num_id)
        if instance is None or not 0 <= level < LEVELS:
            return ""
        counter = self._counters.setdefault(instance.abstract, _Counter())
        if num_id not in counter.met:
            counter.met.add(num_id)
            counter.pending.update(instance.starts)
        _count(counter, instance, level)
        return _print(counter, instance, level)

    def _read(self, root: etree._Element, style_lists: dict[str, str]) -> None:
        abstracts = {
            item.get(W + "abstractNumId", ""): _abstract(item)
            for item in root.iterchildren(W + "abstractNum")
        }
        targets = {
            item.get(W + "numId", ""): _value(item, "abstractNumId")
            for item in root.iterchildren(W + "num")
        }
        for item in root.iterchildren(W + "num"):
            num_id = item.get(W + "numId", "")
            abstract_id = _resolve(targets[num_id], abstracts, targets, style_lists)
            abstract = abstracts.get(abstract_id)
            if abstract is not None and num_id != "0":
                self.instances[num_id] = _instance(item, abstract_id, abstract)


def _count(counter: _Counter, instance: ListInstance, level: int) -> None:
    numbers, pending = counter.numbers, counter.pending
    for above in range(level):
        if above in pending or numbers[above] is None:
            numbers[above] = pending.pop(above, instance.levels[above].start)
    reached = numbers[level]
    if level in pending or reached is None:
        numbers[level] = pending.pop(level, instance.levels[level].start)
    else:
        numbers[level] = reached + 1
    for below in range(level + 1, LEVELS):
        restart = instance.levels[below].restart
        if restart is None or level < restart:
            numbers[below] = None


def _print(counter: _Counter, instance: ListInstance, level: int) -> str:
    definition = instance.levels[level]

    def place(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        number = counter.numbers[index]
        if index > level or number is None:
            return ""
        style = instance.levels[index].style
        if definition.legal and style not in ("none", "bullet"):
            style = "decimal"
        return f"{number:0{style[6:]}d}" if style.startswith("zeros:") else numeral(number, style)

    if definition.style == "bullet":
        return ""
    return _PLACE.sub(place, definition.text).strip()


def _abstract(item: etree._Element) -> _Abstract:
    levels = {}
    for child in item.iterchildren(W + "lvl"):
        number = integer(child.get(W + "ilvl"))
        if number is not None:
            levels[number] = _level(child)
    return _Abstract(levels, _value(item, "numStyleLink"))


def _level(item: etree._Element) -> Level:
    return Level(
        start=integer(_value(item, "start")) or 0,
        style=_format(item),
        text=_value(item, "lvlText")[:_LONGEST],
        restart=integer(_value(item, "lvlRestart")),
        legal=flag(item.find(W + "isLgl")),
        paragraph_style=_value(item, "pStyle"),
    )


def _format(item: etree._Element) -> str:
    """Return the number format, also where it is wrapped for older programs because it is a custom one."""
    for child in item.iterchildren(W + "numFmt", MC + "AlternateContent"):
        found = child if child.tag == W + "numFmt" else next(child.iter(W + "numFmt"), None)
        if found is not None:
            style = found.get(VAL, "decimal")
            example = found.get(W + "format", "").partition(",")[0].strip()
            return (
                f"zeros:{len(example)}"
                if style == "custom" and example.isdecimal() and len(example) < 10
                else style
            )
    return "decimal"


def _instance(item: etree._Element, abstract_id: str, abstract: _Abstract) -> ListInstance:
    levels = dict(abstract.levels)
    starts = {}
    for override in item.iterchildren(W + "lvlOverride"):
        number = integer(override.get(W + "ilvl"))
        if number is None or not 0 <= number < LEVELS:
            continue
        replaced = override.find(W + "lvl")
        if replaced is not None:
            levels[number] = _level(replaced)
        start = integer(_value(override, "startOverride"))
        if start is not None:
            starts[number] = start
    return ListInstance(
        abstract_id, tuple(levels.get(number, Level()) for number in range(LEVELS)), starts
    )


def _resolve(
    abstract_id: str,
    abstracts: dict[str, _Abstract],
    targets: dict[str, str],
    style_lists: dict[str, str],
) -> str:
    """Follow links to numbering styles until an abstract list holds its own levels."""
    seen = set()
    while (
        abstract_id in abstracts and abstracts[abstract_id].linked_style and abstract_id not in seen
    ):
        seen.add(abstract_id)
        num_id = style_lists.get(abstracts[abstract_id].linked_style, "")
        abstract_id = targets.get(num_id, abstract_id)
    return abstract_id


def _value(item: etree._Element, name: str) -> str:
    child = item.find(W + name)
    return child.get(VAL, "") if child is not None else ""
