"""The proof that a Word file and its PDF agree: what is printed as a page is the page where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from duibiao.document.pdf.file import open_pdf
from duibiao.model.errors import BuildError
from duibiao.rendering.fields import Anchor, bookmarks, references

KEY = 24
"""Letters of a heading by which it is looked for on its page."""

CELL_KEY = 6
"""Letters of a cell by which it is looked for: its further lines lie between those of its neighbours."""

_SHOWN = 5


def verify(
    root: etree._Element,
    pdf: bytes,
    printed: Mapping[str, int],
    sheets: Mapping[str, int],
    name: str,
) -> None:
    """Check every page reference of a Word file against the PDF of the same text.

    Args:
        root: The main part of the Word file.
        pdf: The PDF.
        printed: Bookmark → page as it is printed there.
        sheets: Bookmark → sheet of the PDF, from 1.
        name: File name as the user knows it, for messages.

    Raises:
        BuildError: A reference leads nowhere or shows another page; a bookmark's text is not on its sheet.
    """
    marks = bookmarks(root)
    faults = [
        *_wrong_references(root, marks, printed),
        *_not_there(marks, list(_page_texts(pdf, name)), sheets),
    ]
    if faults:
        more = f"；另有 {len(faults) - _SHOWN} 处" if len(faults) > _SHOWN else ""
        raise BuildError(
            f"《{name}》的页码与版面不一致，没有写出：{'；'.join(faults[:_SHOWN])}{more}。"
            "请核对模板中的 PAGEREF 域与书签后重新编制。"
        )


def _wrong_references(
    root: etree._Element, marks: Mapping[str, Anchor], printed: Mapping[str, int]
) -> Iterator[str]:
    for item in references(root):
        page = printed.get(item.bookmark)
        if item.bookmark not in marks:
            yield f"PAGEREF 域所指的书签 {item.bookmark} 不存在"
        elif page is None:
            yield f"书签 {item.bookmark} 没有页码"
        elif item.shown != str(page):
            yield f"书签 {item.bookmark} 在第 {page} 页，文中写的是第 {item.shown or '（空）'} 页"


def _not_there(
    marks: Mapping[str, Anchor], pages: Sequence[str], sheets: Mapping[str, int]
) -> Iterator[str]:
    for name, anchor in marks.items():
        sheet = sheets.get(name, 0)
        shown, key = anchor.text[:KEY], CELL_KEY if anchor.in_cell else KEY
        if not 1 <= sheet <= len(pages):
            yield f"PDF 中没有书签 {name}（{shown}）"
        elif _letters(anchor.text)[:key] not in pages[sheet - 1]:
            yield f"PDF 第 {sheet} 张上没有书签 {name} 的文字“{shown}”"


def _page_texts(pdf: bytes, name: str) -> Iterator[str]:
    with open_pdf(pdf, name) as upload:
        for page in upload.handle:
            text = page.get_textpage()
            yield _letters(text.get_text_range())
            text.close()
            page.close()


def _letters(text: str) -> str:
    """Letters and digits alone: blanks and signs may come out otherwise."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())
