"""Zip packages: every entry to a numbered file, the bytes counted while they come."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import BinaryIO

from duibiao.intake.archive import DAMAGE, ENCRYPTED, announced
from duibiao.intake.names import zip_name
from duibiao.intake.store import REPACK, Store, Stored
from duibiao.model.errors import reason

_CHUNK = 1 << 18
_CUT = "压缩包不完整或已损坏，可能没有传完整"


def unzip(stream: BinaryIO, store: Store, archive: str = "") -> list[Stored]:
    """Take the files out of a zip archive.

    Args:
        stream: The archive.
        store: Where to.
        archive: Its name in the upload, or "" where it is the upload itself.

    Raises:
        IntakeError: It is damaged, encrypted, compressed in an unusual way, or costs too much.
    """
    end = announced(stream, stream.seek(0, 2))
    store.entries(end.entries)
    if end.before > 0:
        raise store.refuse(_CUT)
    if end.directory > store.limits.directory:
        raise store.refuse("压缩包的目录过大，为安全起见没有继续读取")
    try:
        opened = zipfile.ZipFile(stream)
    except DAMAGE as error:
        raise store.refuse(_CUT) from error
    with opened:
        entries = opened.infolist()
        store.entries(max(0, len(entries) - end.entries))
        files = (_take(opened, entry, store, archive) for entry in entries)
        return [file for file in files if file is not None]


def _take(
    opened: zipfile.ZipFile, entry: zipfile.ZipInfo, store: Store, archive: str
) -> Stored | None:
    name = zip_name(entry)
    if name.endswith(("/", "\\")):
        return None
    if stat.S_ISLNK(entry.external_attr >> 16):
        store.remark_link(name)
        return None
    if entry.flag_bits & ENCRYPTED:
        raise store.refuse("压缩包设有密码", "请去除密码，重新打包后提交")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise store.refuse(
            f"压缩包用了不常见的压缩方法（编号 {entry.compress_type}）",
            "请用普通方式（Deflate）重新打包为 zip 再提交",
        )
    shown = store.shown(name, archive)
    if not shown:
        return None
    path = store.path()
    store.check_growth(name, entry.file_size, entry.compress_size)
    try:
        size = _copy(opened, entry, path, store)
    except DAMAGE as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise store.refuse(
                f"解压时无法写入临时文件夹（{reason(error)}）", "请清理磁盘后重试"
            ) from error
        raise store.refuse(
            f"压缩包内的文件 {shown} 已损坏（校验不符或数据不完整）", REPACK
        ) from error
    if size != entry.file_size:
        raise store.refuse(f"压缩包内的文件 {shown} 已损坏（实际大小与目录不符）")
    return Stored(shown, path)


def _copy(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, store: Store) -> int:
    size = 0
    with opened.open(entry) as source, path.open("xb") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            store.charge(len(chunk))
            store.check_growth(entry.filename, size, entry.compress_size)
            target.write(chunk)
    return size
