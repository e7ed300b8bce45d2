"""7z and rar packages: a process of its own takes them apart; what it left is looked at here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from duibiao.intake.kinds import FileKind
from duibiao.intake.sandbox import Allowance, run
from duibiao.intake.store import REPACK, Store, Stored
from duibiao.intake.unpacker import RESULT

_ZIP = "请在自己的电脑上解压，重新打包为 zip 再提交"
_MIB = 1 << 20
REASONS: dict[str, tuple[str, str]] = {
    "password": ("压缩包设有密码", "请去除密码，重新打包后提交"),
    "entries": ("压缩包内的条目过多", REPACK),
    "large": ("{detail}解压后超过上限，为安全起见没有继续读取", REPACK),
    "bomb": ("解压后膨胀超过 {ratio} 倍，疑似压缩炸弹，为安全起见没有继续读取", REPACK),
    "tool": (
        "解压 RAR 需要 unrar、unar、7z 或 bsdtar，本机都没有安装",
        f"请安装其中之一（如 apt-get install unar），或{_ZIP[1:]}",
    ),
    "volume": ("这是分卷压缩包的一卷，缺少其余各卷", _ZIP),
    "method": ("压缩包用了不支持的压缩方法", _ZIP),
    "memory": ("解压所需内存超过 {memory} MiB，为安全起见没有继续读取", _ZIP),
    "disk": ("解压时无法写入临时文件夹（空间不足或文件过大）", "请清理磁盘后重试"),
    "damaged": ("压缩包不完整或已损坏，可能没有传完整", _ZIP),
    "rar": (
        "RAR 压缩包读不出来：不完整、已损坏，或本机的解压程序不支持它的压缩方法",
        f"请安装 unar 后再试，或{_ZIP[1:]}",
    ),
    "crashed": ("解压程序意外中止，压缩包可能已损坏或有意构造", _ZIP),
}
"""Why a 7z or rar archive cannot be unpacked, and what to do about it."""


def unpack(path: Path, kind: FileKind, store: Store, archive: str = "") -> list[Stored]:
    """Take the files out of a 7z or rar archive.

    Args:
        path: The archive.
        kind: Which of the two it is.
        store: Where to.
        archive: Its name in the upload, or "" where it is the upload itself.

    Raises:
        IntakeError: It is damaged, encrypted, needs a program that is not installed, or costs too much.
    """
    folder = store.path()
    folder.mkdir()
    order = {
        "kind": "rar" if kind is FileKind.RAR else "7z",
        "archive": str(path.absolute()),
        "folder": str(folder),
        "entries": store.limits.entries,
        "member": store.limits.member,
        "room": store.room(),
        "ratio": store.limits.ratio,
        "ratio_from": store.limits.ratio_from,
    }
    command = [sys.executable, "-P", "-m", "duibiao.intake.unpacker", json.dumps(order)]
    allowance = Allowance(store.left(), store.limits.memory, store.limits.member + _MIB)
    if not run(command, folder, allowance):
        raise store.out_of_time()
    try:
        result = json.loads((folder / RESULT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        result = {"error": "crashed"}
    if result["error"]:
        error = result["error"]
        if error == "damaged" and kind is FileKind.RAR:
            error = "rar"
        reason, advice = REASONS[error]
        detail = f"压缩包内的文件 {result['detail']} " if result.get("detail") else "压缩包"
        limits = store.limits
        reason = reason.format(detail=detail, ratio=limits.ratio, memory=limits.memory // _MIB)
        raise store.refuse(reason, advice)
    store.entries(result["entries"])
    if not result["complete"]:
        store.remark("RAR 压缩包末尾没有结束标记，可能没有传完整，请核对文件是否齐全")
    for link in result["links"]:
        store.remark_link(link)
    return _stored(result["files"], folder, store, archive)


def _stored(files: list[tuple[str, int]], folder: Path, store: Store, archive: str) -> list[Stored]:
    kept = []
    for name, number in files:
        path = folder / f"{number:06}"
        store.charge(path.stat().st_size)
        if shown := store.shown(name, archive):
            kept.append(Stored(shown, path))
    return kept
