"""One page of a PDF file as PDFium sees it: characters, ruled lines and images, measured from the upper left corner."""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Iterator
from dataclasses import field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from duibiao.document.model import Picture
from duibiao.document.pdf.chars import Characters, TooComplexError, read_characters
from duibiao.document.pdf.shapes import IDENTITY, Matrix, View, rules_of
from duibiao.model.classes import dataclass
from duibiao.model.location import Box

MAX_OBJECTS = 500_000
"""Most objects (lines, images, pieces of text) that one page may have."""

MAX_SEGMENTS = 200_000
"""Most pieces of lines on one page in which tables are looked for."""

MAX_PICTURES = 2_000
"""Most pictures that are told apart on one page."""

MAX_IMAGE_BYTES = 512 << 20
"""Most bytes of images, as stored, that one page may show."""

SMALLEST_PICTURE = 6.0
"""Least width and height, in points, of what counts as a picture."""

_EMU = 12_700
_DEEPEST = 6
_NOTES = frozenset({1, 3, 9, 10, 11, 12, 13, 14, 15})  # subtypes of annotation that say something


class Image(NamedTuple):
    """A picture and its place."""

    box: Box
    picture: Picture


@dataclass(slots=True)
class Page:
    """What is on a page.

    Attributes:
        number: Number, counted from 1.
        width: Width in points as shown.
        height: Height in points as shown.
        text: Characters.
        rules: Horizontal and vertical lines, as thin boxes.
        images: Images.
        segments: Pieces of the lines drawn on it.
        notes: Comments and marks of a reader.
    """

    number: int
    width: float
    height: float
    text: Characters = field(default_factory=Characters)
    rules: list[Box] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    segments: int = 0
    notes: int = 0

    @property
    def crowded(self) -> bool:
        """There are too many lines or pictures on it to look at all of them."""
        return self.segments > MAX_SEGMENTS or len(self.images) >= MAX_PICTURES


@dataclass(slots=True)
class Budget:
    """What reading one page may still cost."""

    objects: int = MAX_OBJECTS
    image_bytes: int = MAX_IMAGE_BYTES

    def spend(self, objects: int = 0, image_bytes: int = 0) -> None:
        """Count; raise TooComplexError once it is too much."""
        self.objects -= objects
        self.image_bytes -= image_bytes
        if self.objects < 0 or self.image_bytes < 0:
            raise TooComplexError


def read_page(handle: Any, number: int) -> Page:
    """Read a page of an open document.

    Raises:
        TooComplexError: There is too much on it.
        PdfiumError: It is damaged.
    """
    source = handle[number - 1]
    try:
        view = View(source.get_cropbox(), source.get_rotation())
        page = Page(number, view.width, view.height)
        budget = Budget()
        items = list(_objects(source, budget))
        for item in items:
            _shape(item, IDENTITY, view, page, budget, 0)
        kinds = {
            kind: [item for item in items if pdfium.FPDFPageObj_GetType(item) == kind]
            for kind in (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM)
        }
        if any(kinds.values()):
            page.text = read_characters(source, view, kinds[pdfium.FPDF_PAGEOBJ_TEXT])
        page.notes = _notes(source)
        return page
    finally:
        source.close()


def _objects(source: Any, budget: Budget) -> Iterator[Any]:
    for index in range(pdfium.FPDFPage_CountObjects(source)):
        budget.spend(objects=1)
        yield pdfium.FPDFPage_GetObject(source, index)


# ------------------------------------------------------------------------------ lines and images


def _shape(item: Any, outer: Matrix, view: View, page: Page, budget: Budget, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_PATH:
        page.segments += pdfium.FPDFPath_CountSegments(item)
        if not page.crowded:
            page.rules.extend(rules_of(item, outer, view))
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        box = view.clipped(view.bounds(item, outer))
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) >= SMALLEST_PICTURE and len(page.images) < MAX_PICTURES:
            part = f"page{page.number}/image{len(page.images) + 1}"
            size = (round(width * _EMU), round(height * _EMU))
            page.images.append(Image(box, Picture(part, _fingerprint(item, budget), *size)))
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = Matrix.of(item).then(outer)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            budget.spend(objects=1)
            child = pdfium.FPDFFormObj_GetObject(item, index)
            _shape(child, inner, view, page, budget, depth + 1)


def _fingerprint(item: Any, budget: Budget) -> str:
    """Return CRC-32 and size of the image data as stored in the file."""
    size = pdfium.FPDFImageObj_GetImageDataRaw(item, None, 0)
    if size <= 0:
        return ""
    budget.spend(image_bytes=size)
    buffer = (ctypes.c_ubyte * size)()
    pdfium.FPDFImageObj_GetImageDataRaw(item, buffer, size)
    return f"{zlib.crc32(buffer):08x}-{size}"


def _notes(source: Any) -> int:
    found = 0
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(source), MAX_OBJECTS)):
        note = pdfium.FPDFPage_GetAnnot(source, index)
        found += pdfium.FPDFAnnot_GetSubtype(note) in _NOTES
        pdfium.FPDFPage_CloseAnnot(note)
    return found
