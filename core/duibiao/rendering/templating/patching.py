"""From a part of a Word file to the source of a jinja template: docxtpl's language, with places kept.

docxtpl mends what Word does to tags and gives its own ones their meaning. Before, the part is freed from what must
not be repeated in a loop, and every paragraph, row and cell gets a mark; the marks become line feeds, so that a line
number tells the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from duibiao.document.xml import PIC, WP, A, R, W
from duibiao.rendering.templating.faults import Fault, Place
from duibiao.rendering.templating.places import CELL, TABLE, places, text_of
from duibiao.rendering.templating.tags import check_tags

_MARK = re.compile("\ufdd0([0-9]+)\ufdd1")
_TABLE_START, _TABLE_END, _NUMBER = "\ufdd2", "\ufdd3", "\ufdd4"
_MARKS = re.compile("[\ufdd0-\ufdd4]")
_PREFIXES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC}
_RESAVE = "请用 Word 或 WPS 打开，另存为新的 .docx 再使用"
_TEXTS = frozenset({"t", "delText", "instrText", "delInstrText"})
_DROPPED = ("proofErr", "lastRenderedPageBreak", "permStart", "permEnd")
_WORD14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_WIDENS = re.compile(r"\{%\s*(?:tc\s|colspan|hm\b)")
_CELL_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel",
    "cellMerge", "tcPrChange",
)  # fmt: skip
_CELL_PROPERTIES = re.compile(r"<w:tcPr(?: [^>]*)?>(.*?)</w:tcPr>", re.DOTALL)
_CHILD = re.compile(r"<w:(\w+)(?: [^>]*)?(?:/>|>.*?</w:\1>)", re.DOTALL)
_ESCAPES = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


def source_of(root: etree._Element, title: str) -> tuple[str, tuple[Place, ...]]:
    """Return the source of a part, and the place of each line of it.

    Args:
        root: The part; it is changed.
        title: What it is called, such as 正文.

    Raises:
        Fault: Its tags are wrong, or it is unusually written.
    """
    found = places(root, title)
    check_tags(found)
    _tidy(root)
    _mark(root, list(found))
    patched = _patched(_serialised(root))
    lines = [Place(title, "")]

    def line(mark: re.Match[str]) -> str:
        lines.append(order[int(mark[1])])
        return "\n"

    order: Sequence[Place] = list(found.values())
    source = _MARK.sub(line, _CELL_PROPERTIES.sub(_in_order, patched))
    source = source.replace(_TABLE_START, "{% filter grid_ %}")
    source = source.replace(_TABLE_END, "{% endfilter %}").replace(_NUMBER, "{{ 0|number_ }}")
    return source, tuple(lines)


def unescaped(text: str) -> str:
    """Return text of a template with docxtpl's escapes for braces resolved."""
    for escape, braces in _ESCAPES:
        text = text.replace(escape, braces)
    return text


def _tidy(root: etree._Element) -> None:
    """Take out what may stand once in a document only, what Word writes for itself, and blanks between elements."""
    for name in _DROPPED:
        for element in list(root.iter(W + name)):
            _remove(element)
    for element in list(root.iter(W + "bookmarkStart")):
        if element.get(W + "name") == "_GoBack":
            _remove_bookmark(root, element)
    for element in root.iter(etree.Element):
        for name in list(element.attrib):
            if name.startswith((W + "rsid", _WORD14 + "paraId", _WORD14 + "textId")):
                del element.attrib[name]
        if element.tag == WP + "docPr":
            element.set("id", _NUMBER)
        elif element.tag == CELL:
            _give_properties(element)
        if etree.QName(element).localname in _TEXTS:
            element.text = _MARKS.sub("", (element.text or "").replace("\n", " "))
        elif not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None


def _mark(root: etree._Element, marked: Sequence[etree._Element]) -> None:
    for number, element in enumerate(marked):
        _put_before(element, f"\ufdd0{number}\ufdd1")
    for table in root.iter(TABLE):
        if _WIDENS.search(text_of(table)):
            _put_before(table, _TABLE_START)
            table.tail = _TABLE_END + (table.tail or "")


def _put_before(element: etree._Element, text: str) -> None:
    before, parent = element.getprevious(), element.getparent()
    assert parent is not None
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text


def _give_properties(cell: etree._Element) -> None:
    """Docxtpl puts merges and colours into properties that are there and not empty."""
    properties = cell.find(W + "tcPr")
    if properties is None:
        properties = etree.Element(W + "tcPr")
        cell.insert(0, properties)
    if not len(properties):
        etree.SubElement(properties, W + "tcW", {W + "w": "0", W + "type": "auto"})


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _remove_bookmark(root: etree._Element, start: etree._Element) -> None:
    for end in list(root.iter(W + "bookmarkEnd")):
        if end.get(W + "id") == start.get(W + "id"):
            _remove(end)
    _remove(start)


def _serialised(root: etree._Element) -> str:
    """Return the XML of a part whose root knows the prefixes by which docxtpl and printed XML go."""
    if root.prefix != "w":
        raise Fault("文件的写法少见（主要元素不带前缀 w）", _RESAVE)
    missing = ""
    for prefix, namespace in _PREFIXES.items():
        known = root.nsmap.get(prefix)
        if known is None:
            missing += f' xmlns:{prefix}="{namespace[1:-1]}"'
        elif known != namespace[1:-1]:
            raise Fault(f"文件的写法少见（前缀 {prefix} 另有所指）", _RESAVE)
    xml = etree.tostring(root, encoding="unicode")
    name = f"<{root.prefix}:{etree.QName(root).localname}"
    return f"{name}{missing}{xml.removeprefix(name)}"


def _patched(xml: str) -> str:
    from docxtpl import DocxTemplate  # takes 400 ms, so only where something is compiled

    patched: str = DocxTemplate("").patch_xml(xml)
    return _TAG.sub(lambda tag: tag[0].replace("&amp;", "&"), patched)


def _in_order(properties: re.Match[str]) -> str:
    """Bring the properties of a cell into the order of the standard: docxtpl adds some at either end."""
    inside = properties[1]
    children = list(_CHILD.finditer(inside))
    if "".join(child[0] for child in children) != inside:
        return properties[0]
    known = [child for child in children if child[1] in _CELL_ORDER]
    known.sort(key=lambda child: _CELL_ORDER.index(child[1]))
    others = [child for child in children if child[1] not in _CELL_ORDER]
    return "<w:tcPr>" + "".join(child[0] for child in (*known, *others)) + "</w:tcPr>"
