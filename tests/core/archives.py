"""Archives and dossiers for the tests of the intake, made when they are wanted."""

from __future__ import annotations

import io
import os
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import py7zr

ROOT = Path(__file__).parents[2]
DEMO = (ROOT / "demo" / "clean-cement.docx").read_bytes()
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = (
    "企业绩效分级申请表", "资料真实性承诺书", "落实重污染天气应急减排承诺书", "企业基本情况",
    "绩效分级材料", "绩效分级指标对标总表", "污染治理技术",
)  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0" + bytes(60)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def word(*paragraphs: str, **more: bytes) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    main = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": main.encode(), **more})


def plan() -> bytes:
    return word(
        "“一厂一策”实施方案", *(f"{level}预警下应急减排措施" for level in ["红色", "橙色", "黄色"])
    )


def packed(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def packed_raw(entries: Mapping[bytes, bytes]) -> bytes:
    """Return a zip archive whose names are these bytes, without saying how they are encoded."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(entries.items()):
            archive.writestr(chr(ord("a") + number) * len(name), content)
    data = file.getvalue()
    for number, name in enumerate(entries):
        data = data.replace(bytes([ord("a") + number]) * len(name), name)
    return data


def seven_zip(
    entries: Mapping[str, bytes], password: str | None = None, hide: bool = False
) -> bytes:
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w", password=password, header_encryption=hide) as archive:
        for name, content in entries.items():
            archive.writestr(content, name)
    return file.getvalue()


def rar(entries: Mapping[bytes, bytes], *, encrypted: bool = False, method: int = 0x30) -> bytes:
    """Return a RAR 4 archive that holds its files as they are."""

    def block(kind: int, flags: int, body: bytes, data: bytes = b"") -> bytes:
        head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data

    made = b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6))
    for name, content in entries.items():
        sizes = struct.pack("<LL", len(content), len(content))
        rest = struct.pack(
            "<BLLBBHL", 2, zlib.crc32(content), 0x5A210000, 20, method, len(name), 32
        )
        made += block(0x74, 0x8000 | 4 * encrypted, sizes + rest + name, content)
    return made + block(0x7B, 0x4000, b"")


@dataclass(frozen=True)
class Cost:
    """What a call cost in a process of its own, what it said, and whether it left something behind."""

    said: str
    seconds: float
    waited: float
    memory: int
    left: list[str]


def isolated(call: Callable[[], object], folder: Path) -> Cost:
    """Run something in a process of its own, temporary files in a folder that is looked at afterwards."""
    read, write = os.pipe()
    began = time.monotonic()
    inherited = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    child = os.fork()
    if child == 0:
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        try:
            said = f"{call()}"
        except BaseException as error:  # noqa: BLE001 - told to the test
            said = f"{type(error).__name__}: {error}"
        os.write(write, said.encode()[:60_000])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    _, _, usage = os.wait4(child, 0)
    left = [str(path.relative_to(folder)) for path in folder.rglob("*")]
    seconds = usage.ru_utime + usage.ru_stime
    return Cost(said, seconds, time.monotonic() - began, usage.ru_maxrss * 1024 - inherited, left)
