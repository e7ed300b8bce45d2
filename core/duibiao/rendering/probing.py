"""Where bookmarks stand: the page as it is counted, and the sheet of the PDF.

The two differ where a numbering begins anew after the cover. The sheet is told by the PDF's named destinations;
the printed number is asked of LibreOffice itself: a throw-away copy has a line for each bookmark with its PAGEREF
behind its end, and their text is read from the PDF. LibreOffice answers in digits whatever the numerals of the page.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from html import escape
from urllib.parse import quote

import pikepdf
from lxml import etree

from duibiao.document.package import USUAL_MAIN
from duibiao.document.pdf.file import open_pdf
from duibiao.document.xml import W
from duibiao.model.errors import BuildError

_ANSWER = re.compile(r"@(\d+)=(\d+);")
_KEPT = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-")


def with_questions(docx: bytes, root: etree._Element, names: Sequence[str]) -> bytes:
    """Return a copy of a Word file that asks for the page of each bookmark behind its end.

    Args:
        docx: The Word file.
        root: Its main part, which stays as it is.
        names: The bookmarks; a question is known by its index.
    """
    asking = deepcopy(root)
    body = asking[0]
    last = body.find(f"{W}sectPr")
    place = len(body) if last is None else body.index(last)
    lines = "".join(_question(index, name) for index, name in enumerate(names))
    new_page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    added = etree.fromstring(f'<w:body xmlns:w="{W[1:-1]}">{new_page}{lines}</w:body>')
    body[place:place] = list(added)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = etree.tostring(asking) if name == USUAL_MAIN else source.read(name)
            target.writestr(name, part)
    return made.getvalue()


def answers(pdf: bytes, names: Sequence[str], name: str) -> dict[str, int]:
    """Return the printed page of each bookmark, from the PDF of a copy that asks.

    Args:
        pdf: The PDF.
        names: The bookmarks, as they were asked for.
        name: File name as the user knows it, for messages.

    Raises:
        BuildError: An answer is missing.
    """
    found: dict[int, int] = {}
    with open_pdf(pdf, name) as upload:
        for index in range(len(upload.handle) - 1, -1, -1):
            if len(found) == len(names):
                break
            page = upload.handle[index]
            text = page.get_textpage()
            plain = "".join(text.get_text_range().split())
            text.close()
            page.close()
            found |= {int(number): int(shown) for number, shown in _ANSWER.findall(plain)}
    missing = [asked for index, asked in enumerate(names) if index not in found]
    if missing:
        listed = "、".join(missing[:5])
        raise BuildError(
            f"《{name}》的页码没有排定：LibreOffice 没有给出书签 {listed} 的页码。"
            "请换用 LibreOffice 7.4 或更新版本后重新编制。"
        )
    return {asked: found[index] for index, asked in enumerate(names)}


def sheets(pdf: pikepdf.Pdf, names: Iterable[str]) -> dict[str, int]:
    """Return the sheet of the PDF on which each bookmark stands, from 1; without those that it does not know."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    places = pdf.Root.get("/Dests", pikepdf.Dictionary())
    found = {}
    for name in names:
        place = places.get("/" + destination(name))
        if isinstance(place, pikepdf.Array):
            found[name] = numbers[place[0].objgen]
    return found


def destination(bookmark: str) -> str:
    """Return how LibreOffice names the destination of a bookmark: `_` is 5F, 章 is %E7%AB%A0 with 25 for each %."""
    ascii_only = "".join(char if char.isascii() else quote(char) for char in bookmark)
    return "".join(char if char in _KEPT else f"{ord(char):02X}" for char in ascii_only)


def _question(index: int, name: str) -> str:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return (
        f"<w:p><w:r><w:t>@{index}=</w:t></w:r>{begin}"
        f"<w:r><w:instrText> PAGEREF {escape(name)} \\h </w:instrText></w:r>{separate}<w:r><w:t>0</w:t></w:r>{end}"
        "<w:r><w:t>;</w:t></w:r></w:p>"
    )
