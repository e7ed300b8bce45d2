"""Page references (PAGEREF) and bookmarks of a Word file that we made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from duibiao.document.package import USUAL_MAIN
from duibiao.document.xml import W, parse

_PARAGRAPH, _TEXT = W + "p", W + "t"
_CHAR, _INSTRUCTION, _SIMPLE = W + "fldChar", W + "instrText", W + "fldSimple"
_START, _NAME = W + "bookmarkStart", W + "name"
_CURSOR = "_GoBack"


@dataclass(frozen=True, slots=True)
class Reference:
    """A PAGEREF field.

    Attributes:
        bookmark: Name of the bookmark whose page it shows.
        shown: Its cached result: what Word prints until it computes its fields anew.
    """

    bookmark: str
    shown: str


@dataclass(slots=True)
class Anchor:
    """Where a bookmark stands.

    Attributes:
        text: The text from there to the end of its paragraph, or to its first field.
        in_cell: It stands in a cell of a table.
    """

    text: str = ""
    in_cell: bool = False


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shown: str = ""
    showing: bool = False


def document_of(docx: Path | bytes, name: str) -> etree._Element:
    """Return the root of the main part of a Word file that we made.

    Args:
        docx: Its path, or its bytes.
        name: File name as the user knows it, for messages.

    Raises:
        IntakeError: The part is no proper XML.
    """
    with zipfile.ZipFile(io.BytesIO(docx) if isinstance(docx, bytes) else docx) as archive:
        return parse(archive.read(USUAL_MAIN), USUAL_MAIN, name)


def references(root: etree._Element) -> Iterator[Reference]:
    """Yield every PAGEREF field, in the order of their ends; fields may lie in others, as in a table of contents."""
    fields: list[_Field] = []
    for element in root.iter(_CHAR, _INSTRUCTION, _TEXT, _SIMPLE):
        if element.tag == _SIMPLE:
            texts = "".join(text.text or "" for text in element.iter(_TEXT))
            yield from _reference(_Field(element.get(W + "instr", ""), texts))
        elif element.tag == _CHAR:
            match element.get(W + "fldCharType"):
                case "begin":
                    fields.append(_Field())
                case "separate" if fields:
                    fields[-1].showing = True
                case "end" if fields:
                    yield from _reference(fields.pop())
        elif fields and element.tag == _INSTRUCTION:
            fields[-1].instruction += element.text or ""
        elif fields and fields[-1].showing:
            fields[-1].shown += element.text or ""


def bookmarks(root: etree._Element) -> dict[str, Anchor]:
    """Return every bookmark by its name."""
    found: dict[str, Anchor] = {}
    waiting: list[str] = []
    within: list[str] = []
    for element in root.iter(_START, _PARAGRAPH, _TEXT, _CHAR, _SIMPLE):
        if element.tag == _PARAGRAPH:
            within, waiting = waiting, []
            for name in within:
                found[name].in_cell = _inside(element, W + "tc")
        elif element.tag == _TEXT:
            for name in within:
                found[name].text += element.text or ""
        elif element.tag != _START:
            within = []
        elif (name := element.get(_NAME, "")) and name != _CURSOR:
            found.setdefault(name, Anchor(in_cell=_inside(element, W + "tc")))
            (within if _inside(element, _PARAGRAPH) else waiting).append(name)
    return found


def _inside(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _reference(field: _Field) -> Iterator[Reference]:
    words = field.instruction.split()
    if len(words) > 1 and words[0].upper() == "PAGEREF":
        yield Reference(words[1].strip('"'), field.shown)
