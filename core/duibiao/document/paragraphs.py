"""One paragraph: its visible text, look, number and pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from duibiao.document import pictures
from duibiao.document.blocks import Blocks, Known
from duibiao.document.fields import Fields
from duibiao.document.looks import PLAIN, look
from duibiao.document.making import maker
from duibiao.document.model import Paragraph, Picture
from duibiao.document.numbering import Numbering
from duibiao.document.pages import Pages
from duibiao.document.properties import REMOVED, TRACKED, Properties, properties
from duibiao.document.styles import Style, Styles
from duibiao.document.symbols import symbol
from duibiao.document.xml import MC, M, W

_R, _T, _RPR, _PPR = W + "r", W + "t", W + "rPr", W + "pPr"
_paragraph = maker(Paragraph)


class _Given(NamedTuple):
    """What the properties of a paragraph come to, those of its style included."""

    said: Properties
    style: Style
    level: int | None
    centred: bool
    page_break: bool
    numbered: bool


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
        blocks: Blocks,
        pages: Pages,
    ) -> None:
        """Start before the first paragraph."""
        self._styles = styles
        self._numbering = numbering
        self._gallery = gallery
        self._given = Known(blocks, lambda element: self._take(properties(element, blocks)))
        self._plain = self._take(Properties())
        self._looks = Known(blocks, lambda element: look(element, styles))
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
        given = self._plain
        self._style = given.style
        self._look = PLAIN
        self._bold: bool | None = None
        self._size: int | None = None
        self._left_contents = False
        self._page: int | None = None
        self._seen = 0
        for child in element:
            tag = child.tag
            if tag == _R:
                self._run(child)
            elif tag == _PPR:
                given = self._given(child)
                self._style = given.style
                if given.page_break:
                    self._pages.begin_page()
            elif tag in _HANDLERS:
                _HANDLERS[tag](self, child)
        said, style, level, centred, _, numbered = given
        contents = contents or style.contents or self._left_contents or self._fields.contents
        self._fields.end_paragraph()
        self.revisions += said.revisions
        if said.unmarked and _followed(element):
            self._carried = (self._parts, self._pictures)
            return None
        self._index += 1
        return _paragraph(
            self._index,
            "".join(self._parts),
            self._number(said) if numbered else "",
            level,
            style.name,
            tuple(self._pictures),
            self._end_page(said) if self._pages.known else None,
            self._bold is True,
            self._size,
            centred,
            contents,
        )

    def _take(self, said: Properties) -> _Given:
        style = self._styles[said.style_id]
        return _Given(
            said,
            style,
            level=said.outline if said.outlined else style.outline,
            centred=style.centred if said.centred is None else said.centred,
            page_break=style.page_break if said.page_break is None else said.page_break,
            numbered=bool(said.num_id or style.num_id),
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
        self._look = PLAIN
        hidden = self._style.hidden
        for child in run:
            tag = child.tag
            if tag == _RPR:
                said = self._looks(child)
                if said is not PLAIN:
                    self._look = said
                    hidden = self._style.hidden if said.hidden is None else said.hidden
            elif hidden:
                return
            elif tag == _T:
                self._show(child.text)
            elif tag in _HANDLERS:
                _HANDLERS[tag](self, child)

    def _text(self, element: etree._Element) -> None:
        """Read a w:t outside of runs: in a condensed part it stands for runs of one look."""
        self._look = said = self._looks(element)
        if not (self._style.hidden if said.hidden is None else said.hidden):
            self._show(element.text)

    def _show(self, text: str | None) -> None:
        if text and not self._fields.hiding:
            self._parts.append(text)
            if self._bold is not False and not text.isspace():
                self._judge()

    def _judge(self) -> None:
        """Take the look of visible text into account; text that is not bold settles the matter."""
        said = self._look
        if self._bold is None:
            self._size = self._style.size if said.size is None else said.size
        self._bold = bool(self._style.bold if said.bold is None else said.bold)

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
