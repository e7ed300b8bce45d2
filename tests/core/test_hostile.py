"""Hostile uploads, each in a process of its own: the message, the time, the memory, and nothing left behind."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from duibiao.document.word import read_word
from duibiao.intake.package import open_package
from duibiao.rules.verdict import Verdict
from duibiao.service import Service

from .archives import (
    DEMO,
    JPEG,
    PARTS,
    PNG,
    Cost,
    W,
    isolated,
    packed,
    rar,
    seven_zip,
    word,
)  # fmt: skip

SECONDS = 20
"""Processor time; the machines are shared, what is waited may be more."""

MEMORY = 1 << 30
_MIB = 1 << 20
MAIN = word(*PARTS)
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zeros(size: int) -> bytes:
    """Return a zip entry's worth of zeros, packed once."""
    return packed({"0.bin": bytes(size)})


def entries(count: int) -> bytes:
    return packed({f"{number}": b"" for number in range(count)}, zipfile.ZIP_STORED)


def forty_two() -> bytes:
    """Return 16 archives of 16 archives of 16 files of 30 MiB."""
    innermost = packed({f"{number}.bin": bytes(30 * _MIB) for number in range(4)})
    middle = packed({f"{number}.zip": innermost for number in range(16)}, zipfile.ZIP_STORED)
    return packed({"申报材料.docx": MAIN, **{f"{number}.zip": middle for number in range(16)}})


def overlapping() -> bytes:
    """Return an archive of which 900 directory entries point to the same 30 MiB."""
    data = zeros(30 * _MIB)
    start = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    directory = data[start:end] * 900
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 900, 900, len(directory), start, 0)
    return data[:start] + directory + tail


def lying() -> bytes:
    """Return an archive whose directory says that 60 MiB are 1,000 bytes."""
    data = zeros(60 * _MIB)
    at, central = data.index(b"PK\3\4") + 22, data.index(b"PK\1\2") + 24
    size = struct.pack("<L", 1000)
    return data[:at] + size + data[at + 4 : central] + size + data[central + 4 :]


def wrong_crc() -> bytes:
    data = packed({"申报材料.docx": b"x" * 5000}, zipfile.ZIP_STORED)
    return data.replace(b"xxxxx", b"yyyyy", 1)


def locked() -> bytes:
    data = bytearray(packed({"申报材料.docx": MAIN}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def directory_of(size: int) -> bytes:
    return packed({"甲": b""})[:-14] + struct.pack("<2HLLH", 1, 1, size, 0, 0)


def many_tags() -> bytes:
    """Return a Word file of 17 million elements, varied so that they do not shrink much."""
    chance = Random(1)  # noqa: S311 - no secret
    some = b"".join(b'<w:p w:a="%d"/>' % chance.randrange(10**9) for _ in range(200_000))
    return packed({"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>'.encode() + some * 24})


def many_headers() -> bytes:
    """Return a Word file of 60 headers, each as large as goes unnoticed."""
    header = f'<w:hdr xmlns:w="{W}">'.encode() + b"<w:p/>" * 600_000 + b"</w:hdr>"
    links = "".join(
        f'<Relationship Id="h{number}" Type="{OFFICE}/header" Target="h{number}.xml"/>'
        for number in range(60)
    )
    rels = f'<Relationships xmlns="{RELS}">{links}</Relationships>'.encode()
    parts = {f"word/h{number}.xml": header for number in range(60)}
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body/></w:document>')
        archive.writestr("word/_rels/document.xml.rels", rels)
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED)
    return store.getvalue()


def deep() -> bytes:
    return packed(
        {"word/document.xml": f'<w:document xmlns:w="{W}">'.encode() + b"<w:p>" * 100_000}
    )


def entities() -> bytes:
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return packed(
        {"word/document.xml": f'<!DOCTYPE x [<!ENTITY e0 "ha">{nested}]><x>&e9;</x>'.encode()}
    )


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": ("包.zip", lambda: zeros(300 * _MIB), "压缩包内的文件 0.bin 解压后膨胀超过 200 倍，疑似压缩炸弹"),
    "many small bombs": (
        "包.zip",
        lambda: packed({f"{number}": bytes(30 * _MIB) for number in range(10)}),
        "压缩包解压后膨胀超过 200 倍",
    ),
    "a size that lies": ("包.zip", lying, "(?:膨胀超过 200 倍|已损坏)"),
    "entries that overlap": ("包.zip", overlapping, "(?:膨胀超过 200 倍|已损坏)"),
    "too many entries": ("包.zip", lambda: entries(10_001), r"条目过多（上限 10000 个）"),
    "a directory of 4 GiB": ("包.zip", lambda: directory_of(0xFFFFFFFE), "压缩包的目录过大"),
    "a zip cut in the middle": ("包.zip", lambda: packed({"甲.docx": DEMO})[:20_000], "不完整或已损坏，可能没有传完整"),
    "a zip with a wrong checksum": ("包.zip", wrong_crc, "压缩包内的文件 申报材料.docx 已损坏（校验不符"),
    "a zip with a password": ("包.zip", locked, "压缩包设有密码。请去除密码，重新打包后提交"),
    "a 7z bomb": ("包.7z", lambda: seven_zip({"0": bytes(300 * _MIB)}), "解压后膨胀超过 200 倍，疑似压缩炸弹"),
    "a 7z with a password": ("包.7z", lambda: seven_zip({"a": b"x"}, "p"), "压缩包设有密码"),
    "a 7z that hides its names": ("包.7z", lambda: seven_zip({"a": b"x"}, "p", hide=True), "压缩包设有密码"),
    "a 7z cut in the middle": ("包.7z", lambda: seven_zip({"甲.docx": DEMO})[:30_000], "不完整或已损坏"),
    "a 7z with a wrong checksum": (
        "包.7z",
        lambda: seven_zip({"甲.docx": DEMO}).replace(DEMO[3000:3004], b"????", 1)[:-1],
        "不完整或已损坏",
    ),
    "a 7z of too many entries": ("包.7z", lambda: seven_zip({f"{n}": b"" for n in range(10_001)}), "条目过多"),
    "a rar with a password": ("包.rar", lambda: rar({b"a": b"x"}, encrypted=True), "压缩包设有密码"),
    "a rar with a wrong checksum": ("包.rar", lambda: rar({b"a": b"xxxx"}).replace(b"xxxx", b"yyyy"), "RAR 压缩包读不出来"),
    "a rar cut in a header": ("包.rar", lambda: rar({b"a": b"x" * 99, b"b" * 99: b"y"})[:-60], "RAR 压缩包读不出来"),
    "an encrypted docx": ("甲.docx", lambda: OLE2 + "EncryptedPackage".encode("utf-16-le"), "内容是加密的 Office 文件。请打开后去除密码"),
    "a program": ("甲.docx", lambda: b"MZ\x90\0" + bytes(99), "内容是可执行程序，不是申报材料。请提供 Word"),
    "a photo called docx": ("甲.docx", lambda: JPEG, "内容是JPEG 图片，不是申报材料"),
    "a workbook called docx": ("甲.docx", lambda: packed({"xl/workbook.xml": b"<x/>"}), "内容是Excel 工作簿"),
    "noise": ("甲.pdf", lambda: b"\x07noise" * 900, "认不出是哪一种文件。请提供 Word"),
    "nothing": ("甲.zip", lambda: b"", "文件是空的"),
}  # fmt: skip

UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a part of a gigabyte": (lambda: packed({"word/document.xml": b"<x>" + bytes(300 * _MIB)}), "解压后超过 256 MiB|膨胀超过 200 倍"),
    "millions of elements": (many_tags, "的标记超过 300 万个|膨胀超过 200 倍"),
    "elements spread over many parts": (many_headers, "的标记超过 300 万个"),
    "elements nested deeply": (deep, "不是正确的 XML"),
    "entities of entities": (entities, "含有 DOCTYPE 声明"),
    "a file of the system as an entity": (
        lambda: packed({"word/document.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'}),
        "含有 DOCTYPE 声明",
    ),
}  # fmt: skip


def held(cost: Cost) -> None:
    """Look at what every hostile file must keep to."""
    assert cost.left == []
    assert cost.seconds < SECONDS
    assert cost.waited < 6 * SECONDS
    assert cost.memory < MEMORY


def opened(data: bytes, name: str) -> Callable[[], str]:
    def call() -> str:
        with open_package(data, name) as package:
            return "\n".join((package.main.name, *package.warnings))

    return call


@pytest.mark.parametrize("case", REFUSED)
def test_uploads_that_are_refused(case: str, tmp_path: Path) -> None:
    name, make, message = REFUSED[case]
    cost = isolated(opened(make(), name), tmp_path)
    held(cost)
    assert cost.said.startswith(f"IntakeError: 《{name}》无法读取：")
    assert re.search(message, cost.said), cost.said


@pytest.mark.parametrize("case", UNREADABLE)
def test_word_files_that_are_refused(case: str, tmp_path: Path) -> None:
    make, message = UNREADABLE[case]
    data = make()
    cost = isolated(lambda: read_word(data, "甲.docx"), tmp_path)
    held(cost)
    assert re.match(f"IntakeError: 《甲.docx》无法读取：.*(?:{message})", cost.said), cost.said
    assert "root:" not in cost.said


def test_archives_of_archives_of_archives(tmp_path: Path) -> None:
    cost = isolated(opened(forty_two(), "包.zip"), tmp_path)
    held(cost)
    assert cost.said.startswith("申报材料.docx\n")
    assert "套了三层" in cost.said


def test_a_name_that_is_not_the_content_does_not_matter(tmp_path: Path) -> None:
    zipped = packed({"申报材料.docx": MAIN})
    for name, data in (("甲.docx", zipped), ("甲.jpg", zipped), ("甲.zip", DEMO), ("甲.exe", DEMO)):
        cost = isolated(opened(data, name), tmp_path)
        held(cost)
        assert "IntakeError" not in cost.said


def test_a_folder_full_of_hostile_names_stays_in_its_folder(tmp_path: Path) -> None:
    names = [
        "../../a",
        "/etc/b",
        "C:\\c",
        "d/../../../e",
        "~/f",
        "$(g)",
        "-h",
        "con",
        "i\0j",
        "k" * 5000,
    ]
    data = packed({"申报材料.docx": MAIN, **dict.fromkeys(names, b"x")})
    inside = tmp_path / "inside"
    inside.mkdir()
    cost = isolated(opened(data, "包.zip"), inside)
    held(cost)
    assert cost.said.startswith("申报材料.docx\n")
    assert [path.name for path in tmp_path.iterdir()] == ["inside"]


# ------------------------------------------------------------------------ read, and reported


def with_relations(*relations: str, main: bytes = b"", **more: bytes) -> bytes:
    links = "".join(f"<Relationship {relation}/>" for relation in relations)
    return packed({
        "word/document.xml": main or f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'.encode(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">{links}</Relationships>'.encode(),
        **more,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("relation", "warning"),
    [
        ('Id="a" Type="x/vbaProject" Target="vbaProject.bin"', "文件含有宏，宏没有运行"),
        ('Id="a" Type="x/oleObject" Target="embeddings/o.bin"', "文件嵌有其他程序的对象"),
        ('Id="a" Type="x/package" Target="embeddings/o.xlsx"', "文件嵌有其他文件"),
        ('Id="a" Type="x/aFChunk" Target="a.html"', "文件引入了其他文件"),
        (
            'Id="a" Type="x/subDocument" Target="file:///etc/passwd" TargetMode="External"',
            "文件是主控文档",
        ),
    ],
)
def test_what_is_active_is_reported_and_not_run(relation: str, warning: str) -> None:
    document = read_word(with_relations(relation), "甲.docx")
    assert [text for text in document.warnings if text.startswith(warning)]


def test_what_leads_outside_is_reported_and_never_fetched(tmp_path: Path) -> None:
    address = "http://192.0.2.1/"
    relations = [
        f'Id="{kind}" Type="{OFFICE}/{kind}" Target="{address}{kind}" TargetMode="External"'
        for kind in ("image", "attachedTemplate", "hyperlink", "frame", "oleObject")
    ]
    relations.append(
        f'Id="f" Type="{OFFICE}/image" Target="file:///etc/passwd" TargetMode="External"'
    )
    data = with_relations(*relations)
    cost = isolated(lambda: read_word(data, "甲.docx").external, tmp_path)
    held(cost)
    assert cost.seconds < 1
    assert f"{address}attachedTemplate" in cost.said
    assert "file:///etc/passwd" in cost.said
    assert "root:" not in cost.said


def test_pictures_of_absurd_size_are_not_decoded(tmp_path: Path) -> None:
    absurd = PNG + (1_000_000).to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0" + bytes(99)
    parts = {}
    with zipfile.ZipFile(io.BytesIO(DEMO)) as archive:
        for name in archive.namelist():
            parts[name] = absurd if name.startswith("word/media/") else archive.read(name)
    path = tmp_path / "甲.docx"
    path.write_bytes(packed(parts))
    folder = tmp_path / "tmp"
    folder.mkdir()
    service = Service()
    cost = isolated(lambda: service.check(path).verdict, folder)
    held(cost)
    assert cost.said in {Verdict.FAIL, Verdict.REVIEW}
