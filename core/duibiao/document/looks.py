"""What a run says about itself (w:rPr)."""

from __future__ import annotations

from lxml import etree

from duibiao.document.styles import Styles
from duibiao.document.xml import VAL, W, flag, integer
from duibiao.model.classes import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a run, that of its character style included; None where it says nothing.

    Attributes:
        bold: It is bold.
        size: Font size in half-points.
        hidden: It is hidden text.
    """

    bold: bool | None = None
    size: int | None = None
    hidden: bool | None = None


PLAIN = Look()


def look(element: etree._Element, styles: Styles) -> Look:
    """Read w:rPr; what says nothing is `PLAIN`, for a condensed part does not even have it."""
    bold, size, hidden, style = None, None, None, None
    for child in element:
        tag = child.tag
        if tag == W + "sz":
            size = integer(child.get(VAL))
        elif tag == W + "b":
            bold = flag(child)
        elif tag == W + "vanish":
            hidden = flag(child)
        elif tag == W + "rStyle":
            style = styles[child.get(VAL, "")]
    if style is not None:
        bold = style.bold if bold is None else bold
        size = style.size if size is None else size
        hidden = style.hidden or None if hidden is None else hidden
    said = Look(bold, size, hidden)
    return PLAIN if said == PLAIN else said
