"""PDF files with a text layer: from bytes to the neutral document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from duibiao.document.model import Block, Document
from duibiao.document.pdf.blocks import Blocks
from duibiao.document.pdf.breaks import mend
from duibiao.document.pdf.chars import TooComplexError
from duibiao.document.pdf.file import RESAVE_PDF, PdfUpload, open_pdf
from duibiao.document.pdf.layout import Sheet, lay_out
from duibiao.document.pdf.margins import take_margins
from duibiao.document.pdf.page import Page, read_page
from duibiao.intake.refusal import refusal

MAX_TOTAL_CHARACTERS = 20_000_000
"""Most characters that a file may have."""

_MANY_PATHS = 40


def read_pdf(source: Path | bytes, name: str) -> Document:
    """Read a PDF file.

    Pages without text are named in the warnings; a file of nothing but such pages has no blocks.

    Args:
        source: Its path, or its bytes.
        name: File name as the user knows it, for messages.

    Raises:
        IntakeError: It is missing, no PDF file, damaged, encrypted, or would cost too much to read.
    """
    with open_pdf(source, name) as upload:
        reader = _Reader(upload)
        blocks, margins = reader.read()
        return Document(
            name=name,
            sha256=upload.sha256,
            size=upload.size,
            blocks=blocks,
            margins=margins,
            comments=reader.notes,
            warnings=(*upload.warnings, *reader.warnings()),
        )


class _Reader:
    """Reads one file, page by page, and keeps what is out of the ordinary."""

    def __init__(self, upload: PdfUpload) -> None:
        self._upload = upload
        self._scans: list[int] = []
        self._drawn: list[int] = []
        self._searchable: list[int] = []
        self._unknown: list[int] = []
        self._lost: list[int] = []
        self._empty = False
        self._crowded: list[int] = []
        self._broken: list[int] = []
        self._watermarks: dict[str, None] = {}
        self.notes = 0

    def read(self) -> tuple[tuple[Block, ...], tuple[str, ...]]:
        """Return the blocks, and the texts of headers, footers and watermarks."""
        sheets: list[Sheet] = []
        total = 0
        for number in range(1, len(self._upload.handle) + 1):
            page = self._page(number)
            if page is None:
                continue
            total += len(page.text.chars)
            if total > MAX_TOTAL_CHARACTERS:
                raise self._too_much("全文字数过多")
            self._look_at(page)
            if page.text.slanted.strip():
                self._watermarks.setdefault(page.text.slanted.strip())
            sheets.append(lay_out(page))
            if sheets[-1].crowded:
                self._crowded.append(number)
        if not total:
            self._empty = not (self._scans or self._drawn or self._broken)
            return (), ()
        margins = (*take_margins(sheets), *self._watermarks)
        mend(sheets)
        return Blocks(sheets).read(), margins

    def _page(self, number: int) -> Page | None:
        try:
            return read_page(self._upload.handle, number)
        except TooComplexError as error:
            raise self._too_much(f"第{number}页内容过多") from error
        except pypdfium2.PdfiumError:
            self._broken.append(number)
            return None

    def _too_much(self, what: str) -> Exception:
        return refusal(self._upload.name, f"{what}，为安全起见没有继续读取", RESAVE_PDF)

    def _look_at(self, page: Page) -> None:
        self.notes += page.notes
        if page.text.lost:
            self._lost.append(page.number)
        inked = sum(not char.text.isspace() for char in page.text.chars)
        if page.text.unknown > max(3, inked // 50):
            self._unknown.append(page.number)
        elif not inked and page.images:
            self._scans.append(page.number)
        elif not inked and len(page.rules) > _MANY_PATHS:
            self._drawn.append(page.number)
        elif page.text.invisible * 2 > inked > 0:
            self._searchable.append(page.number)

    def warnings(self) -> Iterator[str]:
        """Yield what was not read or asks for a person, once the file is read."""
        if self._empty:
            yield "文件里没有任何文字和图片，须人工核实"
        for pages in _ranges(self._scans):
            yield f"{pages}是扫描图，没有文字层，须人工核实"
        for pages in _ranges(self._drawn):
            yield f"{pages}没有文字层，文字可能已转为图形，须人工核实"
        for pages in _ranges(self._searchable):
            yield f"{pages}是扫描图，文字由识别软件加上，可能有误，须人工核实"
        for pages in _ranges(self._unknown):
            yield f"{pages}有文字没有编码信息，读不出来，须人工核实"
        for pages in _ranges(self._lost):
            yield f"{pages}有文字的字体没有嵌入文件，个别字可能读不出来，须人工核实"
        for pages in _ranges(self._crowded):
            yield f"{pages}线条或图片过多，其中的表格和图片没有全部识别，须人工核实"
        for pages in _ranges(self._broken):
            yield f"{pages}已损坏，没有读取，须人工核实"


def _ranges(pages: Sequence[int]) -> Iterator[str]:
    """Yield runs of pages in words: 第3页, 第5–8页."""
    start = 0
    for index, (one, other) in enumerate(pairwise([*pages, -1]), 1):
        if other != one + 1:
            first = pages[start]
            yield f"第{first}页" if first == one else f"第{first}–{one}页"
            start = index
