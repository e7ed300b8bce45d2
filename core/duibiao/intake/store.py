"""Where the files of an archive go: numbered files in one throw-away folder, all costs counted."""

from __future__ import annotations

import time
from dataclasses import field
from pathlib import Path

from duibiao.intake.names import harmless, is_junk
from duibiao.intake.refusal import refusal
from duibiao.model.classes import dataclass
from duibiao.model.errors import IntakeError

REPACK = "请核对后重新打包为不加密的 zip 再提交"
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """What an uploaded package may cost.

    Attributes:
        file: Bytes of the upload.
        entries: Entries of all archives in it.
        directory: Bytes of the directory of one archive.
        member: Bytes of one file in it.
        total: Bytes of all files in it.
        ratio: Inflated to stored bytes of one file, judged from `ratio_from` bytes on.
        ratio_from: Bytes up to which any ratio is harmless.
        archives: Archives in the archive that are opened.
        seconds: Time for all of it.
        memory: Bytes that the program for 7z and rar may use.
    """

    file: int = 2048 * _MIB
    entries: int = 10_000
    directory: int = 16 * _MIB
    member: int = 1024 * _MIB
    total: int = 2048 * _MIB
    ratio: int = 200
    ratio_from: int = 32 * _MIB
    archives: int = 50
    seconds: float = 120
    memory: int = 2048 * _MIB


PACKAGE_LIMITS = PackageLimits()


@dataclass(frozen=True, slots=True)
class Stored:
    """A file out of an archive.

    Attributes:
        name: Name as the user knows it, folders included; harmless.
        path: Where its bytes are; the name is ours.
    """

    name: str
    path: Path


@dataclass(slots=True)
class Store:
    """The files of one upload, and what they have cost so far.

    Attributes:
        folder: Throw-away folder.
        name: Name of the upload, for messages.
        limits: What it may cost.
        stored: Bytes of the upload.
        remarks: What is out of the ordinary, once each.
        subject: What messages are about just now: the upload, or an archive in it.
    """

    folder: Path
    name: str
    limits: PackageLimits
    stored: int
    remarks: dict[str, None] = field(default_factory=dict)
    subject: str = ""
    _started: float = field(default_factory=time.monotonic)
    _numbers: int = 0
    _entries: int = 0
    _bytes: int = 0
    _names: set[str] = field(default_factory=set)

    def path(self) -> Path:
        """Return a path that is not used yet."""
        self._numbers += 1
        return self.folder / f"{self._numbers:06}"

    def shown(self, name: str, archive: str) -> str:
        """Return the name under which a file is known, "" for one that is left out.

        Args:
            name: Name in the archive.
            archive: Name of the archive in the upload, or "" for the upload itself.
        """
        kept, climbs = harmless(name)
        if climbs:
            self.remark(f"压缩包内的文件名企图指向包外，已按包内文件处理：{kept}")
        if is_junk(kept):
            return ""
        whole = f"{archive}/{kept}" if archive else kept
        number = 1
        unique = whole
        while unique in self._names:
            number += 1
            unique = f"{whole}（同名第{number}个）"
        if number > 1:
            self.remark(f"压缩包内有同名文件，分不清以哪一个为准，请核对：{whole}")
        self._names.add(unique)
        return unique

    def remark(self, text: str) -> None:
        """Note what is out of the ordinary."""
        self.remarks[text] = None

    def remark_link(self, name: str) -> None:
        """Note a symbolic link, which is never followed."""
        self.remark(f"压缩包内有符号链接，没有跟随：{harmless(name)[0]}")

    # ------------------------------------------------------------------------------------ costs

    def left(self) -> float:
        """Return the seconds that are left."""
        return max(0.1, self._started + self.limits.seconds - time.monotonic())

    def room(self) -> int:
        """Return the bytes that are left."""
        return self.limits.total - self._bytes

    def entries(self, count: int) -> None:
        """Count entries of an archive; raise IntakeError where they are too many."""
        self._entries += count
        if self._entries > self.limits.entries:
            raise self.refuse(f"压缩包内的条目过多（上限 {self.limits.entries} 个）")

    def charge(self, count: int) -> None:
        """Count bytes written; raise IntakeError where they, or the time, are too much."""
        self._bytes += count
        if self._bytes > self.limits.total:
            raise self.refuse(
                f"解压后的文件总量超过 {self.limits.total // _MIB} MiB，为安全起见没有继续读取"
            )
        self._check_ratio("压缩包", self._bytes, self.stored)
        if time.monotonic() - self._started > self.limits.seconds:
            raise self.out_of_time()

    def check_growth(self, name: str, size: int, stored: int) -> None:
        """Raise IntakeError where one file is too large, or too large for what is stored of it."""
        subject = f"压缩包内的文件 {harmless(name)[0]} "
        if size > self.limits.member:
            most = self.limits.member // _MIB
            raise self.refuse(f"{subject}解压后超过 {most} MiB，为安全起见没有继续读取")
        self._check_ratio(subject, size, stored)

    def _check_ratio(self, subject: str, size: int, stored: int) -> None:
        limits = self.limits
        if size > limits.ratio_from and size > limits.ratio * stored:
            raise self.refuse(
                f"{subject}解压后膨胀超过 {limits.ratio} 倍，疑似压缩炸弹，为安全起见没有继续读取"
            )

    def refuse(self, reason: str, advice: str = REPACK) -> IntakeError:
        """Return the error for the whole upload."""
        return refusal(self.subject or self.name, reason, advice)

    def out_of_time(self) -> IntakeError:
        """Return the error for an upload that takes too long."""
        reason = f"{self.limits.seconds:g} 秒内没有解压完，已停止"
        return self.refuse(reason, "请减少文件、用普通方式（非固实）重新打包为 zip 再提交")
