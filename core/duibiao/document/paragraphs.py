"""One paragraph: its visible text, look, number and pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from duibiao.document import pictures
from duibiao.document.fields import Fields
from duibiao.document.model import Paragraph, Picture
from duibiao.document.numbering import Numbering
from duibiao.document.pages import Pages
from duibiao.document.properties import PLAIN, REMOVED, TRACKED, Properties, properties
from duibiao.document.styles import Styles
from duibiao.document.symbols import symbol
from duibiao.document.xml import MC, VAL, M, W, flag, integer

_R, _T, _RPR, _PPR = W + "r", W + "t", W + "rPr", W + "pPr"
_B, _SZ, _RSTYLE, _VANISH = W + "b", W + "sz", W + "rStyle", W + "vanish"


@dataclass(frozen=True, slots=True)
class Features:
    """What a part makes use of; looking for the rest would cost time in every run.

    Attributes:
        hidden: Hidden text.
        tracked: Tracked changes.
    """

    hidden: bool
    tracked: bool


class Paragraphs:
    """Reads the paragraphs of one part, in document order.

    Attributes:
        boxes: Text boxes anchored in the paragraph read last.
        revisions: Tracked changes met so far.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        gallery: pictures.Gallery,
        features: Features,
        pages: Pages,
    ) -> None:
        """Start before the first paragraph."""
        self._styles = styles
        self._numbering = numbering
        self._gallery = gallery
        self._features = features
        self._marks = features.hidden or features.tracked
        self._pages = pages
        self._fields = Fields()
        self._index = 0
        self._levels: dict[tuple[str, str], int] = {}
        self._carried: tuple[list[str], list[Picture]] | None = None
        self.revisions = 0

    def read(self, element: etree._Element, contents: bool = False) -> Paragraph | None:
        """Return the paragraph w:p; None where its end is deleted or hidden: then it begins the next one.

        Args:
            element: The w:p.
            contents: It stands in a table of contents.
        """
        self._parts, self._pictures = self._carried or ([], [])
        self._carried = None
        self.boxes: list[etree._Element] = []
        self._style = style = self._styles[""]
        self._look: etree._Element | None = None
        self._bold: bool | None = None
        self._size: int | None = None
        self._left_contents = False
        self._page: int | None = None
        self._seen = 0
        said = PLAIN
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag == _PPR:
                said = properties(child, marks=self._marks)
                self._style = style = self._styles[said.style_id]
                if style.page_break if said.page_break is None else said.page_break:
                    self._pages.begin_page()
            elif tag in _HANDLERS:
                _HANDLERS[tag](self, child)
        contents = contents or style.contents or self._left_contents or self._fields.contents
        self._fields.end_paragraph()
        self.revisions += said.revisions
        if said.unmarked and _followed(element):
            self._carried = (self._parts, self._pictures)
            return None
        self._index += 1
        return Paragraph(
            self._index,
            "".join(self._parts),
            self._number(said) if said.num_id or style.num_id else "",
            said.outline if said.outlined else style.outline,
            style.name,
            tuple(self._pictures),
            self._end_page(said) if self._pages.known else None,
            self._bold is True,
            self._size,
            style.centred if said.centred is None else said.centred,
            contents,
        )

    def _number(self, said: Properties) -> str:
        style = self._style
        num_id = style.num_id if said.num_id is None else said.num_id
        level = said.list_level
        if level is None:
            level = self._level_by_style(said.style_id, num_id) if style.num_id else 0
        return self._numbering.label(num_id, level)

    def _level_by_style(self, style_id: str, num_id: str) -> int:
        level = self._levels.get((style_id, num_id))
        if level is None:
            bound = (
                self._numbering.level_of_style(num_id, item)
                for item in self._styles.chain(style_id)
            )
            level = next(
                (item for item in bound if item is not None), self._styles[style_id].list_level
            )
            self._levels[style_id, num_id] = level
        return level

    # ------------------------------------------------------------------------------------ text

    def _content(self, container: etree._Element) -> None:
        for child in container:
            handler = _HANDLERS.get(child.tag)
            if handler:
                handler(self, child)

    def _run(self, run: etree._Element) -> None:
        self._look = None
        for child in run:
            tag = child.tag
            if tag == _T:
                text = child.text
                if text and not self._fields.hiding:
                    self._parts.append(text)
                    if self._bold is not False and not text.isspace():
                        self._judge()
            elif tag == _RPR:
                self._look = child
                if self._features.hidden and self._is_hidden(child):
                    return
            elif tag in _HANDLERS:
                _HANDLERS[tag](self, child)

    def _text(self, element: etree._Element) -> None:
        self._show(element.text or "")

    def _show(self, text: str) -> None:
        if text and not self._fields.hiding:
            self._parts.append(text)
            if self._bold is not False and not text.isspace():
                self._judge()

    def _judge(self) -> None:
        """Take the look of visible text into account; text that is not bold settles the matter."""
        bold, size, style = None, None, None
        if self._look is not None:
            for child in self._look:
                tag = child.tag
                if tag == _SZ:
                    size = integer(child.get(VAL))
                elif tag == _B:
                    bold = flag(child)
                elif tag == _RSTYLE:
                    style = self._styles[child.get(VAL, "")]
        if style is not None:
            bold = style.bold if bold is None else bold
            size = style.size if size is None else size
        if self._bold is None:
            self._size = self._style.size if size is None else size
        self._bold = bool(self._style.bold if bold is None else bold)

    def _is_hidden(self, look: etree._Element) -> bool:
        hidden = self._style.hidden
        for child in look:
            if child.tag == _VANISH:
                return flag(child)
            if child.tag == _RSTYLE:
                hidden = hidden or self._styles[child.get(VAL, "")].hidden
        return hidden

    def _alternate(self, element: etree._Element) -> None:
        chosen = pictures.choice(element)
        if chosen is not None:
            self._content(chosen)

    def _tracked(self, element: etree._Element) -> None:
        self.revisions += 1
        if element.tag not in REMOVED:
            self._content(element)

    def _sdt(self, element: etree._Element) -> None:
        for child in element.iterchildren(W + "sdtContent"):
            self._content(child)

    def _math(self, element: etree._Element) -> None:
        self._show("".join(item.text or "" for item in element.iter(M + "t")))

    def _symbol(self, element: etree._Element) -> None:
        self._show(symbol(element.get(W + "font", ""), element.get(W + "char", "")))

    def _field(self, element: etree._Element) -> None:
        within = self._fields.contents
        self._show(self._fields.mark(element))
        if within and not self._fields.contents and self._parts:
            self._left_contents = True

    def _instruction(self, element: etree._Element) -> None:
        self._fields.instruct(element.text or "")

    def _drawing(self, element: etree._Element) -> None:
        for item in pictures.contents(element, self._gallery):
            if isinstance(item, Picture):
                self._pictures.append(item)
            else:
                self.boxes.append(item)

    # ----------------------------------------------------------------------------------- pages

    def _break(self, element: etree._Element) -> None:
        kind = element.get(W + "type")
        if kind == "page":
            self._settle()
            self._pages.break_set()
        elif kind != "column":
            self._show("\n")

    def _noted_break(self, _element: etree._Element) -> None:
        self._settle()
        self._pages.break_noted()

    def _settle(self) -> None:
        """Take account of what became visible since the last break."""
        seen = len(self._parts) + len(self._pictures)
        if seen > self._seen:
            self._seen = seen
            self._pages.filled()
            if self._page is None:
                self._page = self._pages.number

    def _end_page(self, said: Properties) -> int:
        """Close the paragraph; return the page on which its visible part begins."""
        self._settle()
        page = self._pages.number if self._page is None else self._page
        if said.section_break:
            self._pages.begin_page()
        return page


def _followed(paragraph: etree._Element) -> bool:
    following = paragraph.getnext()
    return following is not None and following.tag == W + "p"


_CONTAINERS = (
    "hyperlink", "smartTag", "customXml", "fldSimple", "bdo", "dir", "ruby", "rubyBase",
)  # fmt: skip
_HANDLERS: dict[object, Callable[[Paragraphs, etree._Element], None]] = {
    **{W + name: Paragraphs._content for name in _CONTAINERS},
    **dict.fromkeys(TRACKED, Paragraphs._tracked),
    _R: Paragraphs._run,
    _T: Paragraphs._text,
    W + "tab": lambda self, _: self._show("\t"),
    W + "ptab": lambda self, _: self._show("\t"),
    W + "br": Paragraphs._break,
    W + "cr": lambda self, _: self._show("\n"),
    W + "noBreakHyphen": lambda self, _: self._show("-"),
    W + "sym": Paragraphs._symbol,
    W + "fldChar": Paragraphs._field,
    W + "instrText": Paragraphs._instruction,
    W + "lastRenderedPageBreak": Paragraphs._noted_break,
    W + "drawing": Paragraphs._drawing,
    W + "pict": Paragraphs._drawing,
    W + "object": Paragraphs._drawing,
    W + "sdt": Paragraphs._sdt,
    MC + "AlternateContent": Paragraphs._alternate,
    M + "oMath": Paragraphs._math,
    M + "oMathPara": Paragraphs._math,
}
