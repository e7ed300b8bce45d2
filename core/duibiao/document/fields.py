"""Complex fields: what of them is visible, and where a table of contents runs."""

from __future__ import annotations

from lxml import etree

from duibiao.document.xml import W, flag
from duibiao.model.classes import dataclass

_TYPE = W + "fldCharType"
_DEEPEST = 100


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    showing: bool = False

    @property
    def contents(self) -> bool:
        return self.instruction.split(None, 1)[:1] in (["TOC"], ["toc"])


class Fields:
    """The fields that are open at a place of the document, outermost first.

    Attributes:
        hiding: Text here belongs to an instruction.
        contents: The place lies in a table of contents.
    """

    def __init__(self) -> None:
        """Start outside of any field."""
        self._open: list[_Field] = []
        self.hiding = False
        self.contents = False

    def mark(self, char: etree._Element) -> str:
        """Follow a w:fldChar; return the text that it shows itself: a form's check box."""
        kind = char.get(_TYPE)
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append(_Field())
        elif self._open and kind == "separate":
            self._open[-1].showing = True
        elif self._open and kind == "end":
            self._open.pop()
        self._update()
        return _check_box(char)

    def instruct(self, text: str) -> None:
        """Take a piece of an instruction."""
        if self._open and not self._open[-1].showing:
            self._open[-1].instruction += text

    def end_paragraph(self) -> None:
        """Take every open field as showing: a broken one must not hide the rest of the document."""
        if self._open:
            for item in self._open:
                item.showing = True
            self._update()

    def _update(self) -> None:
        # Text beside an instruction can only stem from a field inside it, so the innermost one hides nothing.
        self.hiding = any(not item.showing for item in self._open[:-1])
        self.contents = any(item.showing and item.contents for item in self._open)


def _check_box(char: etree._Element) -> str:
    box = char.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    checked = box.find(W + "checked")
    if checked is None:
        checked = box.find(W + "default")
    return "☑" if flag(checked) else "☐"
