"""What a file is, told by its content and not by its name."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import BinaryIO

from duibiao.intake.archive import LIMITS, Limits, SafeZip
from duibiao.intake.kinds import FileKind, Look, look_at_other, look_at_zip
from duibiao.intake.refusal import READABLE, refusal
from duibiao.model.classes import dataclass
from duibiao.model.errors import IntakeError, reason

_WORD_NAMES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
_ADVICE = {
    FileKind.ENCRYPTED: "请打开后去除密码，保存为 .docx 再提交",
    FileKind.OLD_WORD: "请用 Word 或 WPS 打开，另存为 .docx 再提交",
    FileKind.OLD_OFFICE: "请用 Word 或 WPS 打开，另存为 .docx 再提交",
    FileKind.ZIP: "请解压后提供其中的 Word 文件（.docx）",
}
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
    with open_source(source, name) as stream:
        size = size_of(stream, name)
        head = stream.read(1024)
        if not head.startswith(b"PK"):
            raise _refuse(look_at_other(stream, head), name)
        archive = SafeZip(stream, name, limits)
        found = look_at_zip(archive)
        if found.kind is not FileKind.WORD:
            raise _refuse(found, name)
        yield Upload(name, sha256_of(stream), size, archive, tuple(_warnings(name)))


def size_of(stream: BinaryIO, name: str) -> int:
    """Return the size of a file, rewound; raise IntakeError where it is empty."""
    size = stream.seek(0, io.SEEK_END)
    if not size:
        raise refusal(name, "文件是空的（0 字节）", "请确认已保存完整，重新提交")
    stream.seek(0)
    return size


def sha256_of(stream: BinaryIO) -> str:
    """Return the hash of a file, in hexadecimal."""
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def open_source(source: Path | bytes, name: str) -> BinaryIO:
    """Open a file for reading; raise IntakeError where there is none that may be read."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    try:
        if source.is_dir():
            raise refusal(name, "这是文件夹，不是文件", READABLE)
        if not source.exists():
            raise refusal(name, "找不到该文件", "请检查路径和文件名")
        if not source.is_file():
            raise refusal(name, "这不是普通文件", READABLE)
        return source.open("rb")
    except OSError as error:
        advice = "请检查路径和权限，或关闭正在使用它的程序"
        raise refusal(name, f"系统无法打开（{reason(error)}）", advice) from error


def _refuse(found: Look, name: str) -> IntakeError:
    """Return the error for a file that is no Word file."""
    if found.kind is FileKind.UNKNOWN:
        return refusal(name, "内容不是 Word 文件，也认不出是哪一种文件", READABLE)
    what = f"内容是{found.what}，不是 Word 文件"
    if found.kind in _ADVICE and found.kind is not FileKind.ZIP:
        what = f"内容是{found.what}"
    return refusal(name, what, _ADVICE.get(found.kind, READABLE))


def _warnings(name: str) -> Iterator[str]:
    suffix = PurePath(name).suffix.lower()
    if suffix not in _WORD_NAMES:
        shown = f"扩展名是“{suffix}”" if suffix else "没有扩展名"
        yield f"文件{shown}，内容是 Word 文件（.docx），已按内容读取"
