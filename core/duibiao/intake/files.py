"""What a file is, told by its content and not by its name."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from duibiao.intake.archive import LIMITS, Limits, SafeZip
from duibiao.intake.refusal import refusal

ONLY_WORD = "本版只读取 Word 文件，请提供 .docx"

_WORD_NAMES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN_TYPES = (
    b"wordprocessingml.document.main+xml",
    b"wordprocessingml.template.main+xml",
    b"ms-word.document.macroEnabled.main+xml",
    b"ms-word.template.macroEnabledTemplate.main+xml",
)
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"\x89PNG", "PNG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf'\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"{\\rtf", "RTF 文件"),
    (b"<?xml", "XML 文件"),
    (b"<html", "网页"),
    (b"<!DOCTYPE", "网页"),
)
_FOREIGN_ZIPS = (
    ("xl/workbook.xml", "Excel 工作簿"),
    ("ppt/presentation.xml", "PowerPoint 演示文稿"),
    ("content.xml", "OpenDocument 文件"),
)
_STREAMS = (
    ("EncryptedPackage", "是加密的 Office 文件", "请打开后去除密码，保存为 .docx 再提交"),
    (
        "WordDocument",
        "是旧版 Word 文件（.doc 或 .wps）",
        "请用 Word 或 WPS 打开，另存为 .docx 再提交",
    ),
    ("Workbook", "是旧版 Excel 文件", ONLY_WORD),
)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A Word file that may be read, while it is open.

    Attributes:
        name: File name as the user knows it.
        sha256: Hash of its bytes, in hexadecimal.
        size: Size in bytes.
        archive: Its parts.
        warnings: What is out of the ordinary about it.
    """

    name: str
    sha256: str
    size: int
    archive: SafeZip
    warnings: tuple[str, ...] = ()


@contextmanager
def open_upload(source: Path | bytes, name: str, limits: Limits = LIMITS) -> Iterator[Upload]:
    """Open a file and make sure that it is a Word file.

    Args:
        source: Its path, or its bytes.
        name: File name as the user knows it, for messages.
        limits: What it may cost.

    Raises:
        IntakeError: It is missing, empty, damaged, encrypted, too large, or something else than a Word file.
    """
    with _open(source, name) as stream:
        head = stream.read(1024)
        size = stream.seek(0, io.SEEK_END)
        if not size:
            raise refusal(name, "文件是空的（0 字节）", "请确认已保存完整，重新提交")
        _refuse_other(stream, head, name)
        archive = SafeZip(stream, name, limits)
        _refuse_other_zip(archive)
        yield Upload(name, _sha256(stream), size, archive, tuple(_warnings(name)))


def _open(source: Path | bytes, name: str) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        if source.is_dir():
            raise refusal(name, "这是文件夹，不是文件", ONLY_WORD)
        if not source.exists():
            raise refusal(name, "找不到该文件", "请检查路径和文件名")
        if not source.is_file():
            raise refusal(name, "这不是普通文件", ONLY_WORD)
        return source.open("rb")
    except OSError as error:
        advice = "请检查路径和权限，或关闭正在使用它的程序"
        raise refusal(name, f"系统无法打开（{error.strerror}）", advice) from error


def _refuse_other(stream: BinaryIO, head: bytes, name: str) -> None:
    """Refuse everything but zip archives."""
    if head.startswith(b"PK"):
        return
    if head.startswith(_OLE2):
        for text, what, advice in _STREAMS:
            if _holds(stream, text.encode("utf-16-le")):
                raise refusal(name, f"内容{what}", advice)
        raise refusal(name, "内容是旧版 Office 格式", "请用 Word 或 WPS 打开，另存为 .docx 再提交")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, what in _SIGNATURES:
        if start.startswith(signature) or (signature == b"%PDF-" and signature in head):
            raise refusal(name, f"内容是{what}，不是 Word 文件", ONLY_WORD)
    raise refusal(name, "内容不是 Word 文件，也认不出是哪一种文件", ONLY_WORD)


def _refuse_other_zip(archive: SafeZip) -> None:
    """Refuse zip archives that are no Word file."""
    if _CONTENT_TYPES in archive:
        types = archive.read(_CONTENT_TYPES)
        if any(kind in types for kind in _MAIN_TYPES):
            return
    if "word/document.xml" in archive:
        return
    what = next((what for part, what in _FOREIGN_ZIPS if part in archive), "压缩包")
    advice = "请解压后提供其中的 Word 文件（.docx）" if what == "压缩包" else ONLY_WORD
    raise refusal(archive.name, f"内容是{what}，不是 Word 文件", advice)


def _holds(stream: BinaryIO, wanted: bytes) -> bool:
    """Tell whether the file holds the bytes anywhere, without loading it whole."""
    stream.seek(0)
    kept = b""
    while chunk := stream.read(_CHUNK):
        if wanted in kept + chunk:
            return True
        kept = chunk[-len(wanted) :]
    return False


def _sha256(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _warnings(name: str) -> Iterator[str]:
    suffix = PurePath(name).suffix.lower()
    if suffix not in _WORD_NAMES:
        shown = f"扩展名是“{suffix}”" if suffix else "没有扩展名"
        yield f"文件{shown}，内容是 Word 文件（.docx），已按内容读取"
