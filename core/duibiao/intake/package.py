"""An upload as a safe set of files: one document, or an archive of documents and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from duibiao.intake.files import open_source, sha256_of, size_of
from duibiao.intake.kinds import FileKind, Look, has_macros, look
from duibiao.intake.parcel import Item, Member, Package, Role
from duibiao.intake.pictures import is_absurd, picture_size
from duibiao.intake.refusal import READABLE, refusal
from duibiao.intake.store import PACKAGE_LIMITS, PackageLimits, Store, Stored
from duibiao.intake.unzip import unzip
from duibiao.model.errors import IntakeError

_UNLOCK = "请打开后去除密码，重新保存再提交"
_MIB = 1 << 20
_SHOWN = 5


@contextmanager
def open_package(
    source: Path | bytes, name: str, limits: PackageLimits = PACKAGE_LIMITS
) -> Iterator[Package]:
    """Open an upload; what was unpacked is removed when it is closed.

    Args:
        source: Its path, or its bytes.
        name: File name as the user knows it, for messages.
        limits: What it may cost.

    Raises:
        IntakeError: It is missing, damaged, encrypted, costs too much, or holds no application package.
    """
    with open_source(source, name) as stream:
        size = size_of(stream, name)
        if size > limits.file:
            reason = f"文件有 {size / _MIB:.0f} MiB，超过 {limits.file // _MIB} MiB 的上限"
            raise refusal(name, reason, "请压缩其中的图片后重新提交")
        found = look(stream)
        whole = Member(name, found.kind, found.what, size, sha256_of(stream), source)
        if not found.kind.is_archive:
            yield _single(whole, stream)
            return
        from duibiao.intake.sandbox import scratch

        with scratch(name) as folder:
            store = Store(folder, name, limits, size)
            yield _opened(whole, stream, store)


def _single(whole: Member, stream: BinaryIO) -> Package:
    """Return the package that is one document."""
    if not whole.kind.is_document:
        raise _refuse_single(Look(whole.kind, whole.what), whole.name)
    warnings = _macros(whole, stream)
    item = Item(whole, Role.MAIN)
    return Package(whole.name, whole.kind, whole.size, whole.sha256, (item,), tuple(warnings))


def _refuse_single(found: Look, name: str) -> IntakeError:
    if found.kind is FileKind.ENCRYPTED:
        return refusal(name, f"内容是{found.what}", _UNLOCK)
    if found.kind is FileKind.UNKNOWN:
        return refusal(name, "认不出是哪一种文件", READABLE)
    return refusal(name, f"内容是{found.what}，不是申报材料", READABLE)


def _opened(whole: Member, stream: BinaryIO, store: Store) -> Package:
    """Return the package that an archive holds."""
    files = _take_out(whole, stream, store)
    members = list(_members(files, store))
    if not members:
        raise refusal(whole.name, "压缩包是空的，其中没有文件", READABLE)
    from duibiao.intake.roles import (
        cast,  # titles are compared with the law's, which one file does not need
    )

    casting = cast(members)
    if not any(item.role is Role.MAIN for item in casting.items):
        raise refusal(
            whole.name, f"压缩包里没有找到申报材料正文。{_found(members, store)}", READABLE
        )
    warnings = [*casting.warnings, *store.remarks]
    for item in casting.items:
        with open_source(item.member.source, item.member.name) as opened:
            warnings += _remarks(item, opened)
    return Package(whole.name, whole.kind, whole.size, whole.sha256, casting.items, tuple(warnings))


def _take_out(whole: Member, stream: BinaryIO, store: Store) -> list[Stored]:
    """Take the files out of the upload, and out of the archives directly in it."""
    path = whole.source
    if isinstance(path, bytes) and whole.kind is not FileKind.ZIP:
        path = store.path()
        path.write_bytes(whole.read())
    files = _contents(path, stream, whole.kind, store)
    kept: list[Stored] = []
    opened = 0
    for file in files:
        with file.path.open("rb") as inner:
            kind = look(inner).kind
            if not kind.is_archive:
                kept.append(file)
                continue
            opened += 1
            if opened > store.limits.archives:
                store.remark(f"压缩包内的压缩包超过 {store.limits.archives} 个，其余没有打开")
                continue
            kept += _nested(file, inner, kind, store)
        file.path.unlink()
    return kept


def _nested(file: Stored, stream: BinaryIO, kind: FileKind, store: Store) -> Iterator[Stored]:
    """Yield the files of an archive in the archive; archives in that one are not opened."""
    store.subject = file.name
    try:
        inner = _contents(file.path, stream, kind, store, file.name)
    except IntakeError as error:
        store.remark(f"压缩包内的压缩包没有打开：{error}")
        return
    finally:
        store.subject = ""
    if not inner:
        store.remark(f"压缩包内的压缩包是空的：{file.name}")
    for item in inner:
        with item.path.open("rb") as opened:
            if look(opened).kind.is_archive:
                store.remark(f"压缩包套了三层，最里层没有打开：{item.name}")
                continue
        yield item


def _contents(
    path: Path | bytes, stream: BinaryIO, kind: FileKind, store: Store, archive: str = ""
) -> list[Stored]:
    if kind is FileKind.ZIP or isinstance(path, bytes):
        return unzip(stream, store, archive)
    from duibiao.intake.unpack import unpack

    return unpack(path, kind, store, archive)


def _members(files: Sequence[Stored], store: Store) -> Iterator[Member]:
    for file in files:
        with file.path.open("rb") as stream:
            size = stream.seek(0, 2)
            if not size:
                store.remark(f"压缩包内有空文件（0 字节）：{file.name}")
            found = look(stream)
            yield Member(file.name, found.kind, found.what, size, sha256_of(stream), file.path)


def _remarks(item: Item, stream: BinaryIO) -> Iterator[str]:
    """Yield what is out of the ordinary about one file."""
    member = item.member
    if member.kind is FileKind.ENCRYPTED:
        yield f"文件已加密，没有读取，请去除密码：{member.name}"
    if member.kind is FileKind.IMAGE and is_absurd(size := picture_size(stream)):
        assert size is not None
        yield f"图片自称 {size[0]}×{size[1]} 像素，为安全起见没有打开：{member.name}"
    if item.role is Role.MAIN:
        yield from _macros(member, stream)


def _macros(member: Member, stream: BinaryIO) -> Iterator[str]:
    if member.kind is FileKind.OLD_WORD and has_macros(stream):
        yield "文件含有宏，宏没有运行"


def _found(members: Sequence[Member], store: Store) -> str:
    """Return in words what an archive holds instead of a package."""
    kinds = Counter(member.what for member in members)
    counted = "、".join(f"{what} {count} 个" for what, count in kinds.most_common(_SHOWN))
    names = [member.name for member in members if member.kind.is_document]
    listed = f"；看过的文档：{'、'.join(names[:_SHOWN])}" if names else ""
    locked = [member.name for member in members if member.kind is FileKind.ENCRYPTED]
    listed += f"；已加密、没有读取：{'、'.join(locked[:_SHOWN])}" if locked else ""
    remarks = "；".join(list(store.remarks)[:_SHOWN])
    return f"其中有 {counted}{listed}" + (f"；{remarks}" if remarks else "")
