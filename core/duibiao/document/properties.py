"""What a paragraph says about itself (w:pPr)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from duibiao.document.blocks import Blocks
from duibiao.document.styles import outline_level
from duibiao.document.xml import VAL, W, flag, integer
from duibiao.model.classes import dataclass

REMOVED = frozenset({W + "del", W + "moveFrom"})
TRACKED = REMOVED | {W + "ins", W + "moveTo"}


@dataclass(slots=True)
class Properties:
    """The direct properties of a paragraph; None where it says nothing.

    Attributes:
        style_id: Id of its style, "" for the default one.
        outlined: It states an outline level itself.
        outline: That level from 1, or None for body text.
        num_id: Its list; "0" for none.
        list_level: Level from 0 in the list.
        centred: It is centred.
        page_break: It starts a new page.
        section_break: It ends a section after which a new page starts.
        unmarked: Its end is deleted or hidden, so that it runs into the next paragraph.
        revisions: Tracked changes of its end.
    """

    style_id: str = ""
    outlined: bool = False
    outline: int | None = None
    num_id: str | None = None
    list_level: int | None = None
    centred: bool | None = None
    page_break: bool | None = None
    section_break: bool = False
    unmarked: bool = False
    revisions: int = 0


PLAIN = Properties()


def properties(element: etree._Element, blocks: Blocks) -> Properties:
    """Read w:pPr.

    Args:
        element: The w:pPr.
        blocks: Blocks that were taken out of it.
    """
    said = Properties()
    for child in element:
        reader = _READERS.get(child.tag)
        if reader:
            reader(said, child)
        elif child.tag == W + "rPr":
            _mark(said, blocks.whole(child))
    return said


def _mark(said: Properties, look: etree._Element) -> None:
    """Read what is said about the paragraph's end."""
    for child in look:
        said.revisions += child.tag in TRACKED
        said.unmarked |= child.tag in REMOVED or (child.tag == W + "vanish" and flag(child))


def _style(said: Properties, element: etree._Element) -> None:
    said.style_id = element.get(VAL, "")


def _numbering(said: Properties, element: etree._Element) -> None:
    for child in element:
        if child.tag == W + "numId":
            said.num_id = child.get(VAL, "")
        elif child.tag == W + "ilvl":
            said.list_level = integer(child.get(VAL))


def _outline(said: Properties, element: etree._Element) -> None:
    said.outlined, said.outline = True, outline_level(element)


def _alignment(said: Properties, element: etree._Element) -> None:
    said.centred = element.get(VAL) == "center"


def _page_break(said: Properties, element: etree._Element) -> None:
    said.page_break = flag(element)


def _section(said: Properties, element: etree._Element) -> None:
    kind = element.find(W + "type")
    said.section_break = kind is None or kind.get(VAL) in ("nextPage", "oddPage", "evenPage")


_READERS: dict[object, Callable[[Properties, etree._Element], None]] = {
    W + "pStyle": _style,
    W + "numPr": _numbering,
    W + "outlineLvl": _outline,
    W + "jc": _alignment,
    W + "pageBreakBefore": _page_break,
    W + "sectPr": _section,
}
