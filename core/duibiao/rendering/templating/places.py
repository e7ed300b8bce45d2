"""Where paragraphs and cells stand, in the words of somebody who looks at them in Word."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from duibiao.document.xml import W
from duibiao.rendering.templating.faults import Place

PARAGRAPH, TABLE, ROW, CELL = W + "p", W + "tbl", W + "tr", W + "tc"
_TEXT, _BOX = W + "t", W + "txbxContent"


def places(root: etree._Element, title: str) -> dict[etree._Element, Place]:
    """Return the place of every paragraph, row and cell of a part, in the order of the part.

    Args:
        root: The part.
        title: What it is called, such as 正文.
    """
    body = root.find(W + "body")
    return dict(_within(root if body is None else body, title))


def own_text(paragraph: etree._Element) -> str:
    """Return the text of a paragraph without that of text boxes in it."""
    return "".join(
        text.text or ""
        for text in paragraph.iter(_TEXT)
        if next(text.iterancestors(PARAGRAPH), None) is paragraph
    )


def text_of(element: etree._Element) -> str:
    """Return all text in a row or cell; paragraphs are set apart by blanks."""
    return " ".join(filter(None, map(own_text, element.iter(PARAGRAPH))))


def _within(container: etree._Element, where: str) -> Iterator[tuple[etree._Element, Place]]:
    paragraphs = tables = 0
    for element in _blocks(container):
        if element.tag == PARAGRAPH:
            paragraphs += 1
            here = f"{where}第{paragraphs}段"
            yield element, Place(here, own_text(element).strip())
            for box in element.iter(_BOX):
                if next(box.iterancestors(PARAGRAPH)) is element:
                    yield from _within(box, f"{here}的文本框")
        else:
            tables += 1
            yield from _cells(element, f"{where}第{tables}个表格")


def _cells(table: etree._Element, where: str) -> Iterator[tuple[etree._Element, Place]]:
    for number, row in enumerate(_found(table, ROW), 1):
        yield row, Place(f"{where}第{number}行", text_of(row))
        for column, cell in enumerate(_found(row, CELL), 1):
            here = f"{where}第{number}行第{column}格"
            yield cell, Place(here, text_of(cell))
            for element, place in _within(cell, here):
                # A cell has few paragraphs: its own number says enough.
                alone = element.tag == PARAGRAPH and element.getparent() is cell
                yield element, Place(here, place.text) if alone else place


def _blocks(container: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, those in content controls and insertions, too."""
    for child in container:
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif child.tag != W + "sectPr":
            yield from _blocks(child)


def _found(container: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins"):
            yield from _found(child, tag)
