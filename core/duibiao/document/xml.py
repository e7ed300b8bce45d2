"""XML from strangers, and the names and small values of WordprocessingML."""

from __future__ import annotations

import codecs

from lxml import etree

from duibiao.intake.refusal import refusal
from duibiao.model.errors import IntakeError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
VAL = W + "val"

_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (_STRICT + b"wordprocessingml/main", W),
    (_STRICT + b"officeDocument/relationships", R),
    (_STRICT + b"officeDocument/math", M),
    (_STRICT + b"drawingml/main", A),
    (_STRICT + b"drawingml/picture", PIC),
    (_STRICT + b"drawingml/wordprocessingDrawing", WP),
)
_OFF = frozenset({"0", "false", "off"})
_HEAD = 16_384
MAX_MARKUP = 3_000_000
"""Elements and attributes that all parts of a file may have; each costs a quarter of a kilobyte of memory."""


def normalised(data: bytes) -> bytes:
    """Return a part as UTF-8 with the namespaces of transitional OOXML, so that its bytes can be searched."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
        data = text[text.find("?>") + 2 if text.startswith("<?xml") else 0 :].encode()
    if _STRICT in data[:_HEAD]:
        for strict, transitional in _TRANSITIONAL:
            for quote in (b'"', b"'"):
                data = data.replace(strict + quote, transitional[1:-1].encode() + quote)
    return data


def parse(data: bytes, part: str, name: str) -> etree._Element:
    """Return the root of a normalised part: no entities, no network.

    Args:
        data: Its bytes.
        part: Its name, for the message.
        name: The file's name, for the message.

    Raises:
        IntakeError: It is not well-formed or holds a DOCTYPE.
    """
    if b"<!DOCTYPE" in data[:_HEAD]:
        raise _doctype(part, name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise refusal(name, f"部件 {part} 不是正确的 XML（{error.msg}）") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(part, name)
    return root


def markup(data: bytes) -> int:
    """Return how many elements and attributes a part has at most."""
    return data.count(b"<") - data.count(b"</") + data.count(b"=")


def flag(element: etree._Element | None) -> bool:
    """Return an on/off property: on where the element stands without a value."""
    return element is not None and element.get(VAL, "1") not in _OFF


def integer(value: str | None) -> int | None:
    """Return a number as written in an attribute, or None where there is none; 31 bits at most, as in Word."""
    try:
        number = int(value or "")
    except ValueError:
        return None
    return number if abs(number) < 1 << 31 else None


def _doctype(part: str, name: str) -> IntakeError:
    return refusal(
        name, f"部件 {part} 含有 DOCTYPE 声明（可用来读取外部文件或耗尽内存），Word 文件中不应出现"
    )
