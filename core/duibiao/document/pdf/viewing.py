"""The pictures of a PDF file, taken out when asked."""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from duibiao.document.pdf.file import open_pdf
from duibiao.intake.looking import is_too_large

_JPEG = b"\xff\xd8"
_DEEPEST = 7


def pictures_in_pdf(
    source: Path | bytes, name: str, parts: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Yield keys and bytes of pictures: a JPEG as it is, any other as BMP.

    Args:
        source: The file, or its bytes.
        name: File name, for messages.
        parts: Key → part, such as ``page3/image2``, as `duibiao.document.pdf.page` names it.

    Raises:
        IntakeError: The file cannot be opened.
    """
    pages: dict[int, set[str]] = {}
    for key, part in parts.items():
        pages.setdefault(int(part.removeprefix("page").partition("/")[0]), set()).add(key)
    with open_pdf(source, name) as upload:
        for number, wanted in sorted(pages.items()):
            with suppress(pypdfium2.PdfiumError):
                yield from _on_page(upload.handle[number - 1], wanted)


def _on_page(page: Any, wanted: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the wanted pictures of a page; what cannot be opened is left out."""
    left = set(wanted)
    try:
        for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST):
            if not left:
                return
            key, stored = _stored(image, left)
            if key in left and not is_too_large(image.get_px_size()):
                left.discard(key)
                yield key, stored if stored.startswith(_JPEG) else _bitmap(image)
    finally:
        page.close()


def _stored(image: Any, wanted: Collection[str]) -> tuple[str, bytes]:
    """Return key and bytes of a picture as stored; neither where its size tells that it is not wanted."""
    size = pdfium.FPDFImageObj_GetImageDataRaw(image, None, 0)
    if not any(key.endswith(f"-{size}") for key in wanted):
        return "", b""
    stored = bytes(image.get_data())
    return f"{zlib.crc32(stored):08x}-{size}", stored


def _bitmap(image: Any) -> bytes:
    stream = io.BytesIO()
    image.get_bitmap().to_pil().convert("RGB").save(stream, "BMP")
    return stream.getvalue()
