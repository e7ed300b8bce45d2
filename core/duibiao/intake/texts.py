"""A cheap look at the words of a document: enough to tell what it is, not to read it."""

from __future__ import annotations

import codecs
import io
import re
import time
from typing import BinaryIO

from duibiao.intake.archive import Limits, SafeZip
from duibiao.intake.kinds import FileKind
from duibiao.intake.pdfium import PDFIUM
from duibiao.model.errors import IntakeError

LONGEST = 2_000_000
"""Characters that are looked at."""

_MIB = 1 << 20
_LIMITS = Limits(part=64 * _MIB, total=128 * _MIB)
_MAIN_PART = re.compile(
    rb'PartName="/?([^"]+)"\s+ContentType="[^"]*(?:document|template)[^"]*\.main\+xml"',
    re.IGNORECASE,
)
_TAG = re.compile(rb"<[^>]*>")
_BREAK = re.compile(
    rb"</(?:w:p|w:tc|text:p|text:h)>|<(?:w:tab|w:br|text:tab|text:line-break)\b[^>]*>"
)
_RTF = re.compile(
    rb"\\u(-?\d{1,5}) ?(?:(?:\\'[0-9a-fA-F]{2}){1,2}|\?)?|\\'([0-9a-fA-F]{2})|\\[a-z]+-?\d* ?|[{}\r\n]|\\."
)
_PDF_PAGES = 60
_PDF_SECONDS = 5.0


def glance(stream: BinaryIO, kind: FileKind) -> str | None:
    """Return words of a document, or None where it has none that can be had cheaply (scans, damaged files)."""
    stream.seek(0)
    try:
        if kind is FileKind.WORD:
            return _word(stream)
        if kind is FileKind.ODT:
            return _plain(SafeZip(stream, "", _LIMITS).read("content.xml"))
        if kind is FileKind.PDF:
            return _pdf(stream)
    except IntakeError:
        return None
    data = stream.read(64 * _MIB)
    if kind is FileKind.OLD_WORD:
        return data[: len(data) & ~1].decode("utf-16-le", "ignore")
    return _rtf(data) if kind is FileKind.RTF else None


def _word(stream: BinaryIO) -> str:
    archive = SafeZip(stream, "", _LIMITS)
    part = "word/document.xml"
    if "[Content_Types].xml" in archive:
        found = _MAIN_PART.search(archive.read("[Content_Types].xml"))
        named = found[1].decode("utf-8", "replace") if found else ""
        part = named if named in archive else part
    return _plain(archive.read(part))


def _plain(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    return _TAG.sub(b"", _BREAK.sub(b"\n", data))[: 4 * LONGEST].decode("utf-8", "ignore")


def _rtf(data: bytes) -> str:
    """Return the text of an RTF file: GBK bytes in hexadecimal, everything else as numbers."""
    return _RTF.sub(_rtf_piece, data[: 16 * LONGEST]).decode("gb18030", "ignore")


def _rtf_piece(match: re.Match[bytes]) -> bytes:
    number, byte = match.groups()
    if byte:
        return bytes.fromhex(byte.decode())
    return chr(int(number) % 0x10000).encode("gb18030", "ignore") if number else b""


def _pdf(stream: BinaryIO) -> str | None:
    import pypdfium2  # type: ignore[import-untyped]

    began = time.monotonic()
    pieces: list[str] = []
    try:
        with PDFIUM, pypdfium2.PdfDocument(io.BytesIO(stream.read())) as document:
            for number in range(min(len(document), _PDF_PAGES)):
                pieces.append(document[number].get_textpage().get_text_bounded())
                if time.monotonic() - began > _PDF_SECONDS:
                    break
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return None
    text = "\n".join(pieces)
    return text if text.strip() else None
