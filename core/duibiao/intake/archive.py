"""Zip archives from strangers: nothing is extracted to disk, every byte inflated is counted."""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import BinaryIO

from duibiao.intake.refusal import refusal
from duibiao.model.classes import dataclass

_CHUNK = 1 << 20
ENCRYPTED = 0x1
_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64_SIZE = 20
_MIB = 1 << 20
DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip
"""What zipfile raises over damaged archives, documented or not."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may cost.

    Attributes:
        file: Bytes of the archive itself.
        entries: Entries in its directory.
        directory: Bytes of its directory.
        part: Bytes of one part once inflated.
        total: Bytes of all parts inflated so far.
        ratio: Inflated to stored bytes of one part, judged from `ratio_from` bytes on.
        ratio_from: Bytes up to which any ratio is harmless.
    """

    file: int = 512 * _MIB
    entries: int = 20_000
    directory: int = 16 * _MIB
    part: int = 256 * _MIB
    total: int = 1024 * _MIB
    ratio: int = 200
    ratio_from: int = _MIB


LIMITS = Limits()
CUT = "压缩结构不完整或已损坏，文件可能没有传完整"


@dataclass(frozen=True, slots=True)
class End:
    """What the end record of a zip archive states.

    Attributes:
        entries: Entries in the directory.
        directory: Bytes of the directory.
        before: Bytes before the first one that belongs to the archive. Where the file begins as a zip archive, they
            mean that it was cut: the record is that of an archive stored in it.
    """

    entries: int = 0
    directory: int = 0
    before: int = 0


class SafeZip:
    """A zip archive of which parts are read on demand, within limits.

    Part names are compared as Word does: case does not matter, nor does the kind of slash. They are never used as
    paths.
    """

    def __init__(self, stream: BinaryIO, name: str, limits: Limits = LIMITS) -> None:
        """Read the directory of `stream`; raise IntakeError where it is too large or damaged."""
        self.name = name
        self._limits = limits
        self._inflated = 0
        self._check_size(stream)
        try:
            self._zip = zipfile.ZipFile(stream)
        except DAMAGE as error:
            raise refusal(name, CUT) from error
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._twice: set[str] = set()
        for entry in self._zip.infolist():
            key = _key(entry.filename)
            if key in self._entries:
                self._twice.add(key)
            self._entries[key] = entry

    def __contains__(self, part: str) -> bool:
        """Tell whether the archive has the part."""
        return _key(part) in self._entries

    def names(self) -> list[str]:
        """Return the names of all entries, lower case, in the order of the directory."""
        return list(self._entries)

    def fingerprint(self, part: str) -> str | None:
        """Return CRC-32 and size of a part as the directory states them, or None where it is missing."""
        entry = self._entries.get(_key(part))
        return f"{entry.CRC:08x}-{entry.file_size}" if entry else None

    def read(self, part: str) -> bytes:
        """Inflate one part; raise IntakeError where it is missing, damaged, encrypted or too large."""
        entry = self._entries.get(_key(part))
        if entry is None:
            raise refusal(self.name, f"缺少部件 {part}")
        self._check_entry(entry)
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self._inflated += len(chunk)
                    self._check_growth(entry, size)
                    chunks.append(chunk)
        except DAMAGE as error:
            raise refusal(self.name, f"部件 {part} 已损坏（校验不符或数据不完整）") from error
        if size != entry.file_size:
            raise refusal(self.name, f"部件 {part} 已损坏（实际大小与目录不符）")
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def _check_size(self, stream: BinaryIO) -> None:
        size = stream.seek(0, 2)
        if size > self._limits.file:
            raise refusal(
                self.name,
                f"文件有 {size / _MIB:.0f} MiB，超过 {self._limits.file // _MIB} MiB 的上限",
                "请压缩其中的图片后重新提交",
            )
        end = announced(stream, size)
        if end.entries > self._limits.entries or end.directory > self._limits.directory:
            raise refusal(self.name, f"压缩包内的条目过多（上限 {self._limits.entries} 个）")
        if end.before > 0:
            raise refusal(self.name, CUT)

    def _check_entry(self, entry: zipfile.ZipInfo) -> None:
        part = entry.filename
        if _key(part) in self._twice:
            raise refusal(self.name, f"部件 {part} 在文件中出现多次，无法判断以哪一个为准")
        if entry.flag_bits & ENCRYPTED:
            raise refusal(self.name, f"部件 {part} 已加密", "请去除密码后重新提交")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal(self.name, f"部件 {part} 使用了 Word 文件不用的压缩方法")
        self._check_growth(entry, entry.file_size)

    def _check_growth(self, entry: zipfile.ZipInfo, size: int) -> None:
        limits = self._limits
        if size > limits.part:
            reason = f"解压后超过 {limits.part // _MIB} MiB"
        elif self._inflated > limits.total:
            reason = f"解压后，文件总量超过 {limits.total // _MIB} MiB"
        elif size > limits.ratio_from and size > limits.ratio * entry.compress_size:
            reason = f"解压后膨胀超过 {limits.ratio} 倍，疑似压缩炸弹"
        else:
            return
        raise refusal(self.name, f"部件 {entry.filename} {reason}，为安全起见没有继续读取")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def announced(stream: BinaryIO, size: int) -> End:
    """Return what the end record states; nothing where there is none.

    It is looked for exactly as zipfile does, which would go on to read that many bytes at once.
    """
    tail_size = min(size, _END.size + 0xFFFF)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    at = len(tail) - _END.size
    if at < 0 or not (tail.startswith(b"PK\5\6", at) and tail.endswith(b"\0\0")):
        at = tail.rfind(b"PK\5\6", 0, max(at, 0) + 4)
    if at < 0 or len(tail) - at < _END.size:  # none, or one that is cut short
        return End()
    record = _END.unpack_from(tail, at)
    entries, directory, offset = record[4:7]
    position = size - tail_size + at
    at64 = at - _LOCATOR64_SIZE - _END64.size
    if (
        at64 >= 0
        and tail.startswith(b"PK\6\7", at - _LOCATOR64_SIZE)
        and tail.startswith(b"PK\6\6", at64)
    ):
        record = _END64.unpack_from(tail, at64)
        entries, directory, offset = record[7:10]
        position -= _LOCATOR64_SIZE + _END64.size
    return End(entries, directory, position - directory - offset)
