"""Page numbers that are true: laid out by LibreOffice, written into our own file, laid out again, proved.

The Word file is rendered anew with the pages rather than patched: it is our own template that says where a page is
shown, also outside of fields, and the same pages always give the same bytes. LibreOffice only reads it; it
never saves it. The fields stay live; w:updateFields is not set in a settled file, because their results are right and
Word would greet every reader with a question.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pikepdf

from duibiao.document.office import paginate
from duibiao.model.errors import BuildError, IntakeError
from duibiao.rendering.fields import bookmarks, document_of
from duibiao.rendering.probing import answers, sheets, with_questions
from duibiao.rendering.verifying import verify

ROUNDS = 3
"""How often the file is laid out anew; one round is the rule."""

Pages = Mapping[str, int]
"""Bookmark → its page as it is counted there: from the cover on, or anew where a numbering begins."""

Render = Callable[[Pages | None], bytes]
"""Gives the Word file for the layout, with blanks for pictures; None where pages are not known yet."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A Word file whose page numbers are fixed.

    Attributes:
        pages: What to render the final file with.
        sheets: Bookmark → sheet of the PDF, from 1.
        count: Sheets of the PDF.
        pdf: The layout, with blanks for pictures; bookmarks are named destinations, headings its outline.
    """

    pages: Pages
    sheets: Mapping[str, int]
    count: int
    pdf: bytes


def settle(render: Render, name: str) -> Settled:
    """Fix the page numbers of a Word file.

    Args:
        render: Gives the file for given pages.
        name: Its name as the user knows it, for messages.

    Raises:
        BuildError: LibreOffice is missing, fails or takes too long; the pages do not come to rest; they are not true.
    """
    docx = render(None)
    for _ in range(ROUNDS):
        root = document_of(docx, name)
        names = tuple(bookmarks(root))
        asked = _layout(with_questions(docx, root, names), name)
        pages = answers(asked, names, name)
        before, _ = _sheets(asked, names)
        docx = render(pages)
        pdf = _layout(docx, name)
        places, count = _sheets(pdf, names)
        if places == before:
            verify(document_of(docx, name), pdf, pages, places, name)
            return Settled(pages, places, count, pdf)
    raise BuildError(
        f"《{name}》的页码排了 {ROUNDS} 次仍在变动，没有写出。"
        "请检查模板：页码所在的行应留出足够宽度，不因页码位数变化而换行。"
    )


def not_settled(name: str) -> str:
    """Return what the user is told about a file that was made without LibreOffice."""
    return (
        f"《{name}》的页码尚未排定：本机没有安装 LibreOffice。文件中的页码是域，"
        "请在 Word 或 WPS 中全选（Ctrl+A）后按 F9 更新；或安装 LibreOffice（make system）后重新编制。"
    )


def _layout(docx: bytes, name: str) -> bytes:
    try:
        return paginate(docx, name)
    except IntakeError as error:
        raise BuildError(f"《{name}》没有编成，版面排不出来：{error}") from error


def _sheets(pdf: bytes, names: tuple[str, ...]) -> tuple[dict[str, int], int]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return sheets(opened, names), len(opened.pages)
