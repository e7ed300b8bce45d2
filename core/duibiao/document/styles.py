"""Paragraph and character styles: only what decides on text, level and number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from lxml import etree

from duibiao.document.xml import VAL, W, flag, integer
from duibiao.model.classes import dataclass

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")
_CONTENTS = re.compile(r"toc ?[1-9]")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with everything that it inherits; None where nothing is said.

    Attributes:
        name: Its name in lower case; "" for the default paragraph style and for unknown ones.
        outline: Outline level from 1, or None for body text.
        num_id: Its list, "" for none.
        list_level: Level from 0 in that list.
        contents: It is meant for tables of contents.
        bold: Bold.
        hidden: Hidden text.
        size: Font size in half-points.
        centred: Centred.
        page_break: Starts a new page.
    """

    name: str = ""
    outline: int | None = None
    num_id: str = ""
    list_level: int = 0
    contents: bool = False
    bold: bool | None = None
    hidden: bool = False
    size: int | None = None
    centred: bool = False
    page_break: bool = False


@dataclass(slots=True)
class _Raw:
    """A style as it stands: what it says itself."""

    kind: str
    name: str = ""
    base: str = ""
    said: dict[str, etree._Element] = field(default_factory=dict)


class Styles:
    """The styles of one document, resolved when they are first asked for."""

    def __init__(self, root: etree._Element | None = None) -> None:
        """Read styles.xml from its root; None where the document has none."""
        self._raw: dict[str, _Raw] = {}
        self._resolved: dict[str, Style] = {}
        self._defaults: dict[str, etree._Element] = {}
        self._default = ""
        self.lists: dict[str, str] = {}
        if root is not None:
            self._read(root)

    def __getitem__(self, style_id: str) -> Style:
        """Return the style with this id; "" and unknown ones give the default paragraph style."""
        style = self._resolved.get(style_id)
        if style is None:
            style = self._resolved[style_id] = self._resolve(style_id)
        return style

    def chain(self, style_id: str) -> Iterator[str]:
        """Yield the id of a style and those it is based on, itself first."""
        seen = set()
        while style_id in self._raw and style_id not in seen:
            seen.add(style_id)
            yield style_id
            style_id = self._raw[style_id].base

    def _read(self, root: etree._Element) -> None:
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if defaults is not None:
            self._defaults = _said(defaults)
        for item in root.iterchildren(W + "style"):
            style_id = item.get(W + "styleId", "")
            kind = item.get(W + "type", "paragraph")
            if kind == "table":
                continue
            raw = self._raw[style_id] = _raw(item, kind)
            if kind == "paragraph" and item.get(W + "default", "0") in ("1", "true", "on"):
                self._default = style_id
            if kind == "numbering" and "numId" in raw.said:
                self.lists[style_id] = raw.said["numId"].get(VAL, "")

    def _resolve(self, style_id: str) -> Style:
        if style_id not in self._raw:
            style_id = self._default
        said: dict[str, etree._Element] = {}
        outline = None
        for ancestor in self.chain(style_id):
            raw = self._raw[ancestor]
            heading = _HEADING.fullmatch(raw.name)
            if outline is None and "outlineLvl" not in said:
                if "outlineLvl" in raw.said:
                    outline = outline_level(raw.said["outlineLvl"])
                elif heading:
                    outline = int(heading[1])
            said = raw.said | said
        known = self._raw.get(style_id)
        if known is None or known.kind == "paragraph":
            said = self._defaults | said
        name = known.name if known and style_id != self._default else ""
        return Style(
            name=name,
            outline=outline,
            num_id=_value(said, "numId"),
            list_level=integer(_value(said, "ilvl")) or 0,
            contents=_CONTENTS.fullmatch(name) is not None,
            bold=flag(said["b"]) if "b" in said else None,
            hidden=flag(said.get("vanish")),
            size=integer(_value(said, "sz")),
            centred=_value(said, "jc") == "center",
            page_break=flag(said.get("pageBreakBefore")),
        )


def outline_level(element: etree._Element) -> int | None:
    """Return the outline level from 1 that w:outlineLvl states, or None for body text."""
    level = integer(element.get(VAL))
    return level + 1 if level is not None and 0 <= level < 9 else None


def _raw(item: etree._Element, kind: str) -> _Raw:
    raw = _Raw(kind)
    for child in item:
        if child.tag == W + "name":
            raw.name = child.get(VAL, "").lower()
        elif child.tag == W + "basedOn":
            raw.base = child.get(VAL, "")
        elif child.tag in (W + "rPr", W + "pPr"):
            raw.said |= _said(child)
    return raw


def _said(properties: etree._Element) -> dict[str, etree._Element]:
    said: dict[str, etree._Element] = {}
    for child in properties:
        name = str(child.tag).removeprefix(W)
        if name == "numPr":
            said |= _said(child)
        elif name in _WANTED:
            said[name] = child
    return said


def _value(said: dict[str, etree._Element], name: str) -> str:
    return said[name].get(VAL, "") if name in said else ""


_WANTED = frozenset({"outlineLvl", "numId", "ilvl", "b", "vanish", "sz", "jc", "pageBreakBefore"})
