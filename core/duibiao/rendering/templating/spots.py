"""Where in the XML a template prints: which elements are open, and what may stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_PIECE = re.compile(r"<(/?)([\w:.-]+)|(/?)>")
_RUN_PROPERTIES_END = "</w:rPr>"
_BLOCKS = frozenset(
    {"w:body", "w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:txbxContent"}
)
_RUNS = frozenset({"w:p", "w:hyperlink", "w:ins", "w:smartTag", "w:fldSimple"})
_ROWS = frozenset({"w:tbl", "w:tr"})
_THROUGH = frozenset({"w:sdt", "w:sdtContent"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A point between two letters of the XML.

    Attributes:
        open: Elements that are open, outermost first.
        tag: Element in whose tag the point lies, "" where it lies in none.
        run: Properties of the run that is open, as XML.
    """

    open: tuple[str, ...] = ()
    tag: str = ""
    run: str = ""

    def same_level(self, other: Spot) -> bool:
        """Whether the same elements are open."""
        return (self.open, self.tag) == (other.open, other.tag)

    @property
    def printer(self) -> str:
        """Name of the filter that prints here, "" where nothing may be printed."""
        if self.tag:
            return "attribute_"
        around = next((name for name in reversed(self.open) if name not in _THROUGH), "")
        if around == "w:t":
            return "text_"
        if around in _BLOCKS:
            return "blocks_"
        if around in _RUNS:
            return "runs_"
        if around in _ROWS:
            return "rows_"
        local = around.rpartition(":")[2]
        return "plain_" if local in ("t", "instrText", "delText", "delInstrText") else ""

    def after(self, xml: str) -> Spot | None:
        """Return the point after a piece of XML, None where it closes what is not open."""
        opened, tag, run = list(self.open), self.tag, self.run
        for piece in _PIECE.finditer(xml):
            closing, name, empty = piece.groups()
            if name is None:
                if tag and not empty:
                    opened.append(tag)
                tag = ""
            elif not closing:
                tag = name
                if name == "w:r":
                    run = ""
                elif name == "w:rPr" and opened[-1:] == ["w:r"]:
                    end = xml.find(_RUN_PROPERTIES_END, piece.start())
                    run = xml[piece.start() : end + len(_RUN_PROPERTIES_END)] if end > 0 else ""
            elif opened and opened[-1] == name:
                opened.pop()
            else:
                return None
        return replace(self, open=tuple(opened), tag=tag, run=run)
