"""Hostile and mistaken files: each is refused with its message, in time and without a trace."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from duibiao.document.word import read_word
from duibiao.intake.archive import Limits, SafeZip
from duibiao.intake.files import open_upload
from duibiao.model.errors import IntakeError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "word/document.xml"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SECONDS = 10


def document(text: str = "甲", prolog: str = "") -> bytes:
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    return f'{prolog}<w:document xmlns:w="{W}">{body}</w:document>'.encode()


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(main: bytes | None = None, **more: bytes) -> bytes:
    return packed({MAIN: main or document(), **more})


def patched(data: bytes, signature: bytes, offset: int, value: bytes) -> bytes:
    """Overwrite bytes in the first zip record with that signature."""
    at = data.index(signature) + offset
    return data[:at] + value + data[at + len(value) :]


def both(data: bytes, local: int, central: int, value: bytes) -> bytes:
    """Overwrite the same field in the local and the central header."""
    return patched(patched(data, b"PK\3\4", local, value), b"PK\1\2", central, value)


def twice() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(MAIN, document("甲"))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(MAIN, document("乙"))
    return file.getvalue()


def wrong_crc() -> bytes:
    return packed({MAIN: document("甲" * 50)}, zipfile.ZIP_STORED).replace(
        "甲".encode(), "乙".encode(), 1
    )


def laughing() -> bytes:
    entities = "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10)
    )
    return word(document("&e9;", f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'))


def external_entity() -> bytes:
    return word(document("&e;", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'))


def hidden_doctype() -> bytes:
    return word(document("&e;", f'<!--{"x" * 20_000}--><!DOCTYPE x [<!ENTITY e "密">]>'))


def many_entries() -> bytes:
    return packed(
        {MAIN: document(), **{f"word/media/{number}.png": b"" for number in range(20_001)}}
    )


def announced_entries() -> bytes:
    """Return a file whose end record promises a directory of 4 GiB."""
    return patched(word(), b"PK\5\6", 8, struct.pack("<HHL", 0xFFFF, 0xFFFF, 0xFFFFFFFE))


def method(number: int) -> bytes:
    return both(word(), 8, 10, struct.pack("<H", number))


def encrypted() -> bytes:
    return both(word(), 6, 8, struct.pack("<H", 1))


def lying_size() -> bytes:
    """Return a file whose directory says that 40 MB are 1,000 bytes."""
    data = word(b"<x>" + b" " * 40_000_000 + b"</x>")
    return both(data, 22, 24, struct.pack("<L", 1000))


def before_the_file() -> bytes:
    """Return a file whose directory points in front of its first byte."""
    return patched(word(), b"PK\5\6", 16, struct.pack("<L", 0x7FFFFFFF))


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb by ratio": (lambda: word(b"<x>" + bytes(50_000_000) + b"</x>"), "膨胀超过 200 倍"),
    "a size that lies": (lying_size, "已损坏"),
    "too many entries": (many_entries, "条目过多"),
    "a directory that is announced too large": (announced_entries, "条目过多"),
    "the same part twice": (twice, "出现多次"),
    "the same part in two spellings": (
        lambda: packed({MAIN: document(), "Word\\Document.xml": document("乙")}),
        "出现多次",
    ),
    "a wrong checksum": (wrong_crc, "已损坏"),
    "an encrypted part": (encrypted, "已加密。请去除密码"),
    "another compression method": (lambda: method(12), "压缩方法"),
    "a part before the first byte": (before_the_file, "已损坏"),
    "cut in the middle": (lambda: word()[:100], "没有传完整"),
    "cut at the end": (lambda: word()[:-30], "没有传完整"),
    "the first bytes alone": (lambda: b"PK\3\4", "没有传完整"),
    "the mark of its end alone": (lambda: b"PK\5\6", "没有传完整"),
    "its end cut short": (lambda: word()[:-9], "没有传完整"),
    "a million laughs": (laughing, "DOCTYPE"),
    "an external entity": (external_entity, "DOCTYPE"),
    "a DOCTYPE behind a long comment": (hidden_doctype, "DOCTYPE"),
    "an entity that is not defined": (lambda: word(document("&e;")), "不是正确的 XML"),
    "XML that is cut": (lambda: word(document()[:-20]), "不是正确的 XML"),
    "no XML at all": (lambda: word(b"\x00\x01"), "不是正确的 XML"),
    "an empty part": (lambda: word(b" "), "不是正确的 XML"),
    "another root": (lambda: word(b"<x/>"), "不是 Word 正文"),
    "nested too deep": (lambda: word(b"<x>" * 100_000), "不是正确的 XML"),
    "an old Word file": (
        lambda: OLE2 + "WordDocument".encode("utf-16-le"),
        "旧版 Word.*另存为 .docx",
    ),
    "an encrypted Office file": (
        lambda: OLE2 + bytes(2_000_000) + "EncryptedPackage".encode("utf-16-le"),
        "加密.*去除密码",
    ),
    "another old Office file": (lambda: OLE2, "旧版 Office"),
    "a PDF": (lambda: b"%PDF-1.7\n", "内容是PDF.*请提供 Word"),
    "a PDF with something in front": (lambda: b"\r\n\x00%PDF-1.4", "内容是PDF"),
    "a photo": (lambda: b"\xff\xd8\xff\xe0" + bytes(100), "内容是JPEG 图片.*请提供 Word"),
    "a RAR archive": (lambda: b"Rar!\x1a\x07\x01\x00", "RAR"),
    "a text": ("申报材料".encode, "认不出是哪一种文件"),
    "a page": (lambda: b"\xef\xbb\xbf<html>", "网页"),
    "a workbook": (lambda: packed({"xl/workbook.xml": b"<x/>"}), "Excel 工作簿.*请提供 Word"),
    "a zip of documents": (lambda: packed({"甲/材料.docx": word()}), "压缩包.*请解压后提供"),
    "an empty zip": (lambda: packed({}), "压缩包"),
    "nothing": (lambda: b"", "文件是空的"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_are_refused(case: str) -> None:
    make, message = HOSTILE[case]
    data = make()
    start = time.process_time()
    with pytest.raises(IntakeError, match=message) as caught:
        read_word(data, "材料.docx")
    assert time.process_time() - start < SECONDS
    assert str(caught.value).startswith("《材料.docx》无法读取：")
    assert str(caught.value).endswith("。")


def test_too_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duibiao.document.package.MAX_MARKUP", 4)
    with pytest.raises(IntakeError, match=r"部件 word/document\.xml 的标记超过"):
        read_word(word(), "甲.docx")


def test_places_that_hold_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, message in (
        (tmp_path, "这是文件夹"),
        (tmp_path / "没有.docx", "找不到该文件"),
        (pipe, "不是普通文件"),
        (tmp_path / ("长" * 300), "系统无法打开"),
    ):
        with pytest.raises(IntakeError, match=message):
            read_word(path, path.name)


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "甲.docx"
    path.write_bytes(word())

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(IntakeError, match=r"系统无法打开（没有权限）。请检查路径和权限"):
        read_word(path, "甲.docx")


@pytest.mark.parametrize(
    ("name", "warning"),
    [
        ("甲.docx", ()),
        ("甲.DOCM", ()),
        ("甲.doc", ("文件扩展名是“.doc”，内容是 Word 文件（.docx），已按内容读取",)),
        ("甲", ("文件没有扩展名，内容是 Word 文件（.docx），已按内容读取",)),
    ],
)
def test_the_content_decides_and_a_wrong_extension_is_mentioned(
    name: str, warning: tuple[str, ...]
) -> None:
    assert read_word(word(), name).warnings == warning


def test_names_are_compared_as_word_does() -> None:
    assert read_word(packed({"WORD\\Document.XML": document()}), "甲.docx").blocks


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(file=100), "MiB 的上限"),
        (Limits(entries=1), "条目过多"),
        (Limits(directory=10), "条目过多"),
        (Limits(part=1000), f"部件 {MAIN} 解压后超过"),
        (Limits(total=1000), f"部件 {MAIN} 解压后，文件总量超过"),
        (Limits(ratio=2, ratio_from=1000), f"部件 {MAIN} 解压后膨胀超过 2 倍"),
    ],
)
def test_limits(limits: Limits, message: str) -> None:
    data = word(document("甲" * 2000), extra=b"x" * 600)

    def read_both() -> None:
        with open_upload(data, "甲.docx", limits) as upload:
            upload.archive.read("extra")
            upload.archive.read(MAIN)

    with pytest.raises(IntakeError, match=message):
        read_both()


def test_media_are_never_inflated() -> None:
    photo = zlib.compress(bytes(1000))
    data = packed({MAIN: document(), "word/media/1.png": photo}, zipfile.ZIP_STORED)
    broken = data.replace(photo, bytes(len(photo)))
    assert read_word(broken, "甲.docx").blocks
    archive = SafeZip(io.BytesIO(broken), "甲.docx")
    assert archive.fingerprint("word/media/1.png") == f"{zlib.crc32(photo):08x}-{len(photo)}"
    assert archive.fingerprint("word/media/2.png") is None


def test_nothing_is_left_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_word(word(None, **{"../../out.txt": b"x", "/abs.txt": b"x"}), "甲.docx")
    assert list(tmp_path.iterdir()) == []
