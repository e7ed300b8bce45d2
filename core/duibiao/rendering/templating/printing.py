"""How values get into the XML of a document, by the kind of place where a template prints them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sized
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from xml.sax.saxutils import quoteattr

from jinja2.runtime import Context, Undefined
from jinja2.utils import pass_context

from duibiao.rendering.drawing import Drawing
from duibiao.rendering.inline import Bookmark, Field, Raw
from duibiao.rendering.templating.faults import Fault
from duibiao.rendering.templating.grid import fitted

KEY = "duibiao printing"
"""Under this name, which no template can utter, a context holds the state of the rendering."""

MOST_STEPS = 5_000_000
"""Rounds of loops and calls that a document may take."""

_SPECIAL = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_ILLEGAL = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_OPEN, _CLOSE = '<w:t xml:space="preserve">', "</w:t>"
_BREAK, _TAB = f"{_CLOSE}<w:br/>{_OPEN}", f"{_CLOSE}<w:tab/>{_OPEN}"
_BOOKMARK = re.compile(r"[^\W\d]\w{0,39}")
_INLINE = Drawing | Raw | Field | Bookmark


@dataclass(slots=True)
class Printing:
    """What one document has come to so far.

    Attributes:
        drawings: Pictures printed, by the identity of what reads them: number and drawing.
        used: Numbers of the pictures that the part just being printed uses.
        relation: Prefix of relationship ids that the template does not use.
        last: The last number that was given to a drawing or bookmark.
    """

    relation: str
    last: int = 0
    drawings: dict[int, tuple[int, Drawing]] = field(default_factory=dict)
    used: dict[int, None] = field(default_factory=dict)
    _bookmarks: set[str] = field(default_factory=set)
    _steps: int = 0

    def number(self) -> int:
        """Return the next number that nothing in the document has yet."""
        self.last += 1
        return self.last

    def spend(self, steps: int) -> None:
        """Count rounds and calls; raise Fault over too many."""
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise Fault(f"循环和调用超过 {MOST_STEPS // 10_000} 万次", "请核对循环的写法")

    def picture(self, drawing: Drawing) -> str:
        """Return the relationship id of a picture."""
        number, _ = self.drawings.setdefault(id(drawing.read), (len(self.drawings) + 1, drawing))
        self.used[number] = None
        return f"{self.relation}{number}"

    def name(self, bookmark: str) -> None:
        """Take the name of a bookmark; raise Fault where it cannot be one or is taken."""
        if not _BOOKMARK.fullmatch(bookmark):
            raise Fault(
                f"书签名“{bookmark}”不合规定",
                "书签名以字母开头，只含字母、数字和下划线，最多40个字符",
            )
        if bookmark in self._bookmarks:
            raise Fault(f"书签“{bookmark}”出现了两次", "每个书签在一个文件中只能有一处")
        self._bookmarks.add(bookmark)


def printing(context: Context) -> Printing:
    """Return the state of the rendering to which a context belongs."""
    found: Printing = context.parent[KEY]
    return found


def text_xml(text: str) -> str:
    """Return what stands between ``<w:t>`` and ``</w:t>`` for a text.

    Line feeds become line breaks and tabs tabs, characters that XML does not allow are left out.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return _escaped(text).replace("\n", _BREAK).replace("\t", _TAB)


def _escaped(text: str) -> str:
    text = _ILLEGAL.sub("", text).replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _written(value: object) -> str:
    """Return a simple value as text; raise Fault for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, Undefined):
        return str(value)  # raises, and says what is missing
    if isinstance(value, Collection):
        raise Fault("这里的值是列表或一组值，不能直接印出", "请用 for 逐项取出，或写明取其中哪一项")
    if isinstance(value, _INLINE):
        raise Fault("这里不能放图片、域、书签或XML", "请把它放到段落的文字中")
    if callable(value):
        raise Fault("这里的值是函数，不能直接印出", "请在名称后加上括号和参数，或去掉它")
    return str(value)


@pass_context
def text(context: Context, value: object, run: str) -> str:
    """Print within ``<w:t>``; `run` holds the properties of the run."""
    if type(value) is str:
        return value if _SPECIAL.search(value) is None else text_xml(value)
    if value is None:
        return ""
    if isinstance(value, Drawing):
        return f"{_CLOSE}{_drawing(printing(context), value)}{_OPEN}"
    if isinstance(value, _INLINE):
        beside = _beside_runs(printing(context), value, run)
        return f"{_CLOSE}</w:r>{beside}<w:r>{run}{_OPEN}"
    return text_xml(_written(value))


@pass_context
def runs(context: Context, value: object) -> str:
    """Print beside runs: ``{{r value }}``."""
    return _beside_runs(printing(context), value, "")


@pass_context
def blocks(context: Context, value: object) -> str:
    """Print beside paragraphs: ``{{p value }}``."""
    if isinstance(value, Raw):
        return value.xml
    if value is None or value == "":
        return ""
    return f"<w:p>{_beside_runs(printing(context), value, '')}</w:p>"


def rows(value: object) -> str:
    """Print beside rows or cells: ``{{tr value }}``, ``{{tc value }}``."""
    if isinstance(value, Raw):
        return value.xml
    if value is None or value == "":
        return ""
    raise Fault("这里要的是整行或整格，不是文字", "请去掉 tr 或 tc，把它放进单元格")


def printed(value: str) -> str:
    """Print what a macro of the template gives, at a place like that where it is defined."""
    return str(value)


def words(value: object) -> str:
    """Print within ``{% set %}``, and what came of that: words, not yet XML."""
    return "" if value is None else str(_written(value))


def attribute(value: object) -> str:
    """Print within the value of an attribute, such as a width or a colour."""
    return "" if value is None else _escaped(_written(value)).replace('"', "&quot;")


def plain(value: object) -> str:
    """Print within an element that holds nothing but text, such as an instruction."""
    return "" if value is None else _escaped(_written(value))


def loop(value: Any, name: str) -> Iterable[Any]:
    """Return what a loop goes over."""
    shown = f"“{name}”" if name else "循环的对象"
    if value is None:
        raise Fault(f"{shown}是空值，不能逐项取出", "请补上数据，或在循环外加 {% if … %} 判断")
    if isinstance(value, Undefined):
        iter(value)  # raises, and says what is missing
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise Fault(f"{shown}不是列表，不能逐项取出", "请改用列表，或去掉这个循环")
    return value if isinstance(value, Sized) else list(islice(value, MOST_STEPS))


@pass_context
def counted_loop(context: Context, value: Any, name: str) -> Iterable[Any]:
    """Return what a loop goes over; its rounds count."""
    found: Any = loop(value, name)
    printing(context).spend(len(found) + 1)
    return found  # type: ignore[no-any-return]


@pass_context
def number(context: Context, _: object) -> str:
    """Print a number that nothing in the document has yet."""
    return str(printing(context).number())


PRINTERS: dict[str, Callable[..., Any]] = {
    "text_": text,
    "runs_": runs,
    "blocks_": blocks,
    "rows_": rows,
    "attribute_": attribute,
    "plain_": plain,
    "printed_": printed,
    "words_": words,
    "loop_": counted_loop,
    "number_": number,
    "grid_": fitted,
}
"""Filters that the compiler puts around what templates print; templates cannot ask for them."""


def _beside_runs(state: Printing, value: object, run: str) -> str:
    match value:
        case Raw():
            return value.xml
        case Drawing():
            return f"<w:r>{run}{_drawing(state, value)}</w:r>"
        case Field():
            return _field(value, run)
        case Bookmark():
            state.name(value.name)
            number = state.number()
            content = value.content
            inside = "" if content is None or content == "" else _beside_runs(state, content, run)
            return (
                f'<w:bookmarkStart w:id="{number}" w:name="{value.name}"/>{inside}'
                f'<w:bookmarkEnd w:id="{number}"/>'
            )
        case None:
            return ""
    return f"<w:r>{run}{_OPEN}{text_xml(_written(value))}{_CLOSE}</w:r>"


def _field(value: Field, run: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r>{run}<w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        f'{char("begin")}<w:r>{run}<w:instrText xml:space="preserve"> {_escaped(value.instruction)} </w:instrText></w:r>'
        f"{char('separate')}<w:r>{run}{_OPEN}{text_xml(value.result)}{_CLOSE}</w:r>{char('end')}"
    )


def _drawing(state: Printing, drawing: Drawing) -> str:
    extent = f'cx="{drawing.width}" cy="{drawing.height}"'
    number, relation = state.number(), state.picture(drawing)
    name, description = (
        quoteattr(_ILLEGAL.sub("", text)) for text in (drawing.name, drawing.description)
    )
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name={name} descr={description}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
