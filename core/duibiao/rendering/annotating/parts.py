"""A Word file with some parts changed; all others are copied, compressed as they are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

from duibiao.intake.archive import ENCRYPTED
from duibiao.intake.refusal import refusal
from duibiao.rendering.templating.streaming import ZipStream

_LOCAL_HEADER = 30


def with_parts(data: bytes, name: str, parts: Mapping[str, bytes], target: BinaryIO) -> None:
    """Write a file in which parts are replaced; new ones come last.

    Args:
        data: The file, which was read before.
        name: Its name, for messages.
        parts: Name of the part → its bytes.
        target: Where to.

    Raises:
        IntakeError: A part is encrypted.
        BuildError: The file becomes too large.
    """
    left = {part.lower(): (part, made) for part, made in parts.items()}
    made = ZipStream(target)
    whole = memoryview(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.flag_bits & ENCRYPTED:
                reason = f"部件 {entry.filename} 已加密"
                raise refusal(name, reason, "请去除密码后重新提交")
            _, changed = left.pop(_key(entry.filename), ("", None))
            if changed is None:
                start = entry.header_offset + _LOCAL_HEADER
                lengths = whole[start - 4 : start]
                start += sum(int.from_bytes(lengths[at : at + 2], "little") for at in (0, 2))
                packed = whole[start : start + entry.compress_size]
                made.copy(entry.filename, entry.compress_type, entry.CRC, entry.file_size, packed)
            else:
                made.deflate(entry.filename, (changed,))
    for part, added in left.values():
        made.deflate(part, (added,))
    made.close()


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
