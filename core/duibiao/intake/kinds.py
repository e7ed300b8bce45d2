"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import io
from enum import Enum
from typing import BinaryIO

from duibiao.intake.archive import SafeZip
from duibiao.model.classes import dataclass
from duibiao.model.errors import IntakeError

_CHUNK = 1 << 20
_HEAD = 1024
_SECTOR = 512
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIB = b"\xec\xa5"
_FIB_FLAGS = 0x0B
_FIB_ENCRYPTED = 0x01
_CONTENT_TYPES = "[Content_Types].xml"


class FileKind(Enum):
    """文件种类; the value is what messages call it."""

    WORD = "Word 文件"
    PDF = "PDF"
    OLD_WORD = "旧版 Word 文件（.doc 或 .wps）"
    RTF = "RTF 文件"
    ODT = "OpenDocument 文本（.odt）"
    WORKBOOK = "Excel 工作簿"
    OLD_OFFICE = "旧版 Office 格式"
    ENCRYPTED = "加密的 Office 文件"
    ZIP = "压缩包"
    SEVEN_ZIP = "7z 压缩包"
    RAR = "RAR 压缩包"
    IMAGE = "图片"
    OTHER = "其他文件"
    UNKNOWN = "认不出的文件"

    @property
    def is_archive(self) -> bool:
        """Whether other files are packed in it."""
        return self in (FileKind.ZIP, FileKind.SEVEN_ZIP, FileKind.RAR)

    @property
    def is_converted(self) -> bool:
        """Whether it is read only after LibreOffice has turned it into .docx."""
        return self in (FileKind.OLD_WORD, FileKind.RTF, FileKind.ODT)

    @property
    def is_document(self) -> bool:
        """Whether an application package may be written in it."""
        return self in (FileKind.WORD, FileKind.PDF) or self.is_converted


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at the content says.

    Attributes:
        kind: Kind of file.
        what: Its name in words, such as ``JPEG 图片``.
    """

    kind: FileKind
    what: str


_WORD_TYPES = (
    b"wordprocessingml.document.main+xml",
    b"wordprocessingml.template.main+xml",
    b"ms-word.document.macroEnabled.main+xml",
    b"ms-word.template.macroEnabledTemplate.main+xml",
)
_SIGNATURES = (
    (b"%PDF-", FileKind.PDF, "PDF"),
    (b"\xff\xd8\xff", FileKind.IMAGE, "JPEG 图片"),
    (b"\x89PNG", FileKind.IMAGE, "PNG 图片"),
    (b"GIF8", FileKind.IMAGE, "GIF 图片"),
    (b"BM", FileKind.IMAGE, "BMP 图片"),
    (b"II*\0", FileKind.IMAGE, "TIFF 图片"),
    (b"MM\0*", FileKind.IMAGE, "TIFF 图片"),
    (b"Rar!", FileKind.RAR, "RAR 压缩包"),
    (b"7z\xbc\xaf'\x1c", FileKind.SEVEN_ZIP, "7z 压缩包"),
    (b"\x1f\x8b", FileKind.OTHER, "gzip 压缩包"),
    (b"{\\rtf", FileKind.RTF, "RTF 文件"),
    (b"<?xml", FileKind.OTHER, "XML 文件"),
    (b"<html", FileKind.OTHER, "网页"),
    (b"<!DOCTYPE", FileKind.OTHER, "网页"),
    (b"MZ", FileKind.OTHER, "可执行程序"),
)
_ODF = b"application/vnd.oasis.opendocument."
_FOREIGN_ZIPS = (
    ("xl/workbook.xml", FileKind.WORKBOOK, "Excel 工作簿"),
    ("xl/workbook.bin", FileKind.WORKBOOK, "Excel 工作簿"),
    ("ppt/presentation.xml", FileKind.OTHER, "PowerPoint 演示文稿"),
    ("OFD.xml", FileKind.OTHER, "OFD 版式文件"),
    ("content.xml", FileKind.OTHER, "OpenDocument 文件"),
)
_STREAMS = (
    ("EncryptedPackage", FileKind.ENCRYPTED, "加密的 Office 文件"),
    ("WordDocument", FileKind.OLD_WORD, "旧版 Word 文件（.doc 或 .wps）"),
    ("Workbook", FileKind.WORKBOOK, "旧版 Excel 文件"),
)


def identify(stream: BinaryIO) -> FileKind:
    """Return the kind of a file; a damaged one is what it begins as."""
    return look(stream).kind


def look(stream: BinaryIO) -> Look:
    """Return kind and name in words of a file; never raises over what is in it."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if not head.startswith(b"PK"):
        return look_at_other(stream, head)
    try:
        return look_at_zip(SafeZip(stream, ""))
    except IntakeError:
        return Look(FileKind.ZIP, "压缩包")


def look_at_other(stream: BinaryIO, head: bytes) -> Look:
    """Return what a file is that is no zip archive."""
    if head.startswith(_OLE2):
        return _look_at_ole2(stream)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, kind, what in _SIGNATURES:
        if start.startswith(signature) or (kind is FileKind.PDF and signature in head):
            return Look(kind, what)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Look(FileKind.IMAGE, "WebP 图片")
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1"):
        return Look(FileKind.IMAGE, "HEIC 图片")
    return Look(FileKind.UNKNOWN, FileKind.UNKNOWN.value)


def look_at_zip(archive: SafeZip) -> Look:
    """Return what a zip archive is; raise IntakeError where the parts that tell it cannot be read."""
    if _CONTENT_TYPES in archive:
        types = archive.read(_CONTENT_TYPES)
        if any(kind in types for kind in _WORD_TYPES):
            return Look(FileKind.WORD, "Word 文件")
    if "word/document.xml" in archive:
        return Look(FileKind.WORD, "Word 文件")
    if "mimetype" in archive and "content.xml" in archive:
        kind = archive.read("mimetype").strip().removeprefix(_ODF)
        if kind.startswith((b"text", b"spreadsheet")):
            return _look_at_odf(archive, kind)
    for part, foreign, what in _FOREIGN_ZIPS:
        if part in archive:
            return Look(foreign, what)
    return Look(FileKind.ZIP, "压缩包")


def _look_at_odf(archive: SafeZip, kind: bytes) -> Look:
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        return Look(FileKind.ENCRYPTED, "加密的 Office 文件")
    if kind.startswith(b"spreadsheet"):
        return Look(FileKind.WORKBOOK, "OpenDocument 表格（.ods）")
    return Look(FileKind.ODT, FileKind.ODT.value)


def _look_at_ole2(stream: BinaryIO) -> Look:
    found = holds(stream, *(name.encode("utf-16-le") for name, _, _ in _STREAMS))
    for name, kind, what in _STREAMS:
        if name.encode("utf-16-le") in found:
            if kind is FileKind.OLD_WORD and _is_encrypted_word(stream):
                return Look(FileKind.ENCRYPTED, "加密的旧版 Word 文件")
            return Look(kind, what)
    return Look(FileKind.OLD_OFFICE, "旧版 Office 格式")


def _is_encrypted_word(stream: BinaryIO) -> bool:
    """Tell whether the first stream that begins as a Word text does says that it is encrypted."""
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        for at in range(0, len(chunk), _SECTOR):
            if chunk.startswith(_FIB, at):
                flags = chunk[at + _FIB_FLAGS : at + _FIB_FLAGS + 1]
                return bool(flags and flags[0] & _FIB_ENCRYPTED)
    return False


def has_macros(stream: BinaryIO) -> bool:
    """Tell whether an old Office file holds macros."""
    return bool(holds(stream, "_VBA_PROJECT".encode("utf-16-le")))


def holds(stream: BinaryIO, *wanted: bytes) -> frozenset[bytes]:
    """Return which of the byte strings stand anywhere in the file, without loading it whole."""
    stream.seek(0, io.SEEK_SET)
    found: set[bytes] = set()
    overlap = max(map(len, wanted))
    kept = b""
    while len(found) < len(wanted) and (chunk := stream.read(_CHUNK)):
        window = kept + chunk
        found |= {text for text in wanted if text in window}
        kept = chunk[-overlap:]
    return frozenset(found)
