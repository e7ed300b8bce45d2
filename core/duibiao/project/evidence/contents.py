"""What a file of the evidence folder really is: told by its content, opened to make sure that it can be."""

from __future__ import annotations

import os
import stat
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import ExifTags, Image

from duibiao.document.pdf.file import open_pdf
from duibiao.intake.kinds import FileKind, Look, look
from duibiao.intake.pictures import picture_size
from duibiao.model.errors import IntakeError, reason

MOST_BYTES = 60 << 20
"""Largest file; a photo has a tenth of it, a scan of a hundred pages half."""

MOST_PIXELS = 80_000_000
"""Largest picture: to open it takes a quarter of a gigabyte at most."""

MOST_PAGES = 500
"""Most pages of one document."""

MOST_POINTS = 14_400
"""Longest side of a page: what the PDF format allows, five metres."""

_FORMATS = {"JPEG 图片": "JPEG", "PNG 图片": "PNG", "BMP 图片": "BMP"}
_DAMAGE = (
    ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError,
    MemoryError, struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip
"""What Pillow raises over damaged pictures, documented or not."""

_TURNED = (5, 6, 7, 8)
_CHUNK = 1 << 20
_END, _END_WITHIN = b"%%EOF", 4096
_HEIC = (b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"msf1")
_RESAVE_PICTURE = "请确认能正常打开，重新导出为 JPG 后放回原处"
_RESAVE_PDF = "请确认能用 PDF 阅读器打开，由原文件重新导出 PDF 后放回原处"
_AS_PDF = "证据只收图片（JPG、PNG）和 PDF：请另存为 PDF 后放回原处"
_AS_JPG = "证据只收图片（JPG、PNG）和 PDF：请另存为 JPG 后放回原处"
_REMEDIES = {
    FileKind.ENCRYPTED: "请去除密码，另存为 PDF 后放回原处",
    FileKind.ZIP: "请解压，把其中的图片和 PDF 放进相应的文件夹",
    FileKind.SEVEN_ZIP: "请解压，把其中的图片和 PDF 放进相应的文件夹",
    FileKind.RAR: "请解压，把其中的图片和 PDF 放进相应的文件夹",
    FileKind.IMAGE: _AS_JPG,
    FileKind.UNKNOWN: "证据只收图片（JPG、PNG）和 PDF：文件请另存为 PDF，照片请另存为 JPG，用不着的请移走",
}


class Unusable(Exception):  # noqa: N818  not an error: it is told as a misfit
    """A file cannot be used as evidence: what is wrong, and what to do."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Content:
    """A file that can be used.

    Attributes:
        key: CRC-32 and size, as `Photo.picture` has them.
        pages: As in `EvidenceFile`.
        is_pdf: It is a PDF and not a picture.
    """

    key: str
    pages: tuple[tuple[int, int], ...]
    is_pdf: bool


def examine(path: Path, name: str) -> Content:
    """Open a file and make sure that it can be used; in memory stands one picture or document at a time.

    Args:
        path: An ordinary file.
        name: What to call it in messages.

    Raises:
        Unusable: It is not a picture or a PDF, or is one that cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            key, found = _key(stream), _look(stream)
            if found.what in _FORMATS:
                return Content(key, (_picture(stream, _FORMATS[found.what]),), is_pdf=False)
            if found.kind is FileKind.PDF:
                _check_end(stream)
    except OSError as error:
        what = f"系统无法打开（{reason(error)}）"
        raise Unusable(what, "请检查权限，或关闭正在使用它的程序") from error
    if found.kind is FileKind.PDF:
        return Content(key, _document(path, name), is_pdf=True)
    raise Unusable(f"是{found.what}，不能直接附在材料里", _REMEDIES.get(found.kind, _AS_PDF))


def _key(stream: BinaryIO) -> str:
    status = os.fstat(stream.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise Unusable("不是普通文件", "请换成图片或 PDF")
    if not status.st_size:
        raise Unusable("文件是空的（0 字节）", "请确认已保存完整，重新放入")
    if status.st_size > MOST_BYTES:
        what = f"文件有 {status.st_size / _CHUNK:.0f} MiB，超过 {MOST_BYTES // _CHUNK} MiB 的上限"
        raise Unusable(what, "图片请缩小后另存，PDF 请压缩或拆分")
    checksum = size = 0
    while chunk := stream.read(_CHUNK):
        checksum, size = zlib.crc32(chunk, checksum), size + len(chunk)
    return f"{checksum:08x}-{size}"


def _look(stream: BinaryIO) -> Look:
    """Return what a file is, videos included."""
    stream.seek(0)
    head = stream.read(16)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return Look(FileKind.IMAGE, "HEIC 图片")
    found = look(stream)
    if found.kind is FileKind.UNKNOWN and (
        head[4:8] in (b"ftyp", b"moov")
        or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
        or head.startswith((b"\x1a\x45\xdf\xa3", b"\0\0\1\xba", b"FLV\1", b"\x30\x26\xb2\x75"))
    ):
        remedy = "请截取有代表性的画面，另存为 JPG 后放回原处"
        raise Unusable("是视频，不能附在材料里", remedy)
    return found


def _picture(stream: BinaryIO, kind: str) -> tuple[int, int]:
    """Return width and height as the picture is to be seen."""
    size = picture_size(stream)
    if size is None or 0 in size:
        raise Unusable("图片已损坏或没有传完整，打不开", _RESAVE_PICTURE)
    if size[0] * size[1] > MOST_PIXELS:
        what = f"图片有 {size[0]}×{size[1]} 像素，超过 {MOST_PIXELS // 10_000} 万像素的上限"
        raise Unusable(what, "请缩小后另存为 JPG")
    stream.seek(0)
    try:
        with Image.open(stream, formats=(kind,)) as image:
            width, height = image.size
            if width * height > MOST_PIXELS:
                raise ValueError("header and content disagree")
            turned = image.getexif().get(ExifTags.Base.Orientation) in _TURNED
            image.draft("RGB", (1, 1))  # a JPEG is read through at an eighth of its sides
            image.load()
    except _DAMAGE as error:
        raise Unusable("图片已损坏或没有传完整，打不开", _RESAVE_PICTURE) from error
    return (height, width) if turned else (width, height)


def _check_end(stream: BinaryIO) -> None:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _END_WITHIN))
    if _END not in stream.read():
        raise Unusable("PDF 结尾不完整，可能没有传完整", _RESAVE_PDF)


def _document(path: Path, name: str) -> tuple[tuple[int, int], ...]:
    """Return the sizes of the pages of a PDF in points, as they are to be seen."""
    try:
        with open_pdf(path, name) as upload:
            count = len(upload.handle)
            if count > MOST_PAGES:
                raise Unusable(
                    f"PDF 有 {count} 页，超过 {MOST_PAGES} 页的上限", "请节选，或拆分成几个文件"
                )
            sizes = tuple(upload.handle.get_page_size(number) for number in range(count))
    except IntakeError as error:
        refused = str(error).removeprefix(f"《{name}》无法读取：").removesuffix("。")
        what, _, advice = refused.partition("。")
        raise Unusable(f"PDF {what}", advice or _RESAVE_PDF) from error
    except (OSError, RuntimeError) as error:
        raise Unusable("PDF 已损坏，有的页面打不开", _RESAVE_PDF) from error
    for number, size in enumerate(sizes, 1):
        if not all(1 <= side <= MOST_POINTS for side in size):
            raise Unusable(f"PDF 第{number}页的尺寸不合理", _RESAVE_PDF)
    return tuple((round(width), round(height)) for width, height in sizes)
