"""Uploads of many files: names, archives in archives, and which file is what."""

from __future__ import annotations

import io
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from duibiao.document.word import read_word
from duibiao.intake.kinds import FileKind, identify
from duibiao.intake.names import harmless, is_junk
from duibiao.intake.package import open_package
from duibiao.intake.parcel import Package, Role
from duibiao.intake.pictures import is_absurd, picture_size
from duibiao.intake.sorting import section_of
from duibiao.model.errors import IntakeError

from .archives import DEMO, JPEG, PARTS, PNG, packed, packed_raw, plan, rar, seven_zip, word

MAIN = word(*PARTS)
PDF_SCAN = b"%PDF-1.4\n"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def opened(data: bytes, name: str = "包.zip") -> dict[str, tuple[Role, str]]:
    with open_package(data, name) as package:
        return {item.member.name: (item.role, item.section) for item in package.items}


def warnings(data: bytes, name: str = "包.zip") -> str:
    with open_package(data, name) as package:
        return "\n".join(package.warnings)


# --------------------------------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (DEMO, FileKind.WORD),
        (b"%PDF-1.7", FileKind.PDF),
        (OLE2 + "WordDocument".encode("utf-16-le"), FileKind.OLD_WORD),
        (OLE2 + b"\xec\xa5" + bytes(9) + b"\1" + "WordDocument".encode("utf-16-le"), FileKind.ENCRYPTED),
        (OLE2 + b"\xec\xa5" + bytes(9) + b"\0" + "WordDocument".encode("utf-16-le"), FileKind.OLD_WORD),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), FileKind.ENCRYPTED),
        (OLE2 + "Workbook".encode("utf-16-le"), FileKind.WORKBOOK),
        (OLE2, FileKind.OLD_OFFICE),
        (b"{\\rtf1 x}", FileKind.RTF),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), FileKind.ODT),
        (
            packed({
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"?",
                "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            }),
            FileKind.ENCRYPTED,
        ),
        (packed({"xl/workbook.xml": b"<x/>"}), FileKind.WORKBOOK),
        (packed({"OFD.xml": b"<x/>"}), FileKind.OTHER),
        (packed({"a.txt": b"x"}), FileKind.ZIP),
        (b"PK\3\4 cut", FileKind.ZIP),
        (seven_zip({"a": b"x"}), FileKind.SEVEN_ZIP),
        (rar({b"a": b"x"}), FileKind.RAR),
        (JPEG, FileKind.IMAGE),
        (b"RIFF\0\0\0\0WEBPVP8 ", FileKind.IMAGE),
        (b"\0\0\0\x18ftypheic", FileKind.IMAGE),
        (b"MZ\x90", FileKind.OTHER),
        ("申报材料".encode(), FileKind.UNKNOWN),
        (b"", FileKind.UNKNOWN),
    ],
)  # fmt: skip
def test_the_content_tells_the_kind(data: bytes, kind: FileKind) -> None:
    assert identify(io.BytesIO(data)) is kind


# --------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_of_zips_that_do_not_say_how_they_are_encoded(encoding: str) -> None:
    data = packed_raw({"材料/申报材料.docx".encode(encoding): MAIN})
    assert list(opened(data)) == ["材料/申报材料.docx"]


def test_the_unicode_name_field_of_a_zip_is_believed_where_it_belongs_to_the_name() -> None:
    file = io.BytesIO()
    raw = b"????.docx"
    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo(raw.decode())
        crc = __import__("zlib").crc32(raw).to_bytes(4, "little")
        name = b"\1" + crc + "申报.docx".encode()
        entry.extra = b"\x75\x70" + len(name).to_bytes(2, "little") + name
        archive.writestr(entry, MAIN)
    assert list(opened(file.getvalue())) == ["申报.docx"]


@pytest.mark.parametrize(
    ("name", "kept", "climbs"),
    [
        ("甲/乙.docx", "甲/乙.docx", False),
        ("../../etc/passwd", "etc/passwd", True),
        ("..\\..\\甲.docx", "甲.docx", True),
        ("/etc/passwd", "etc/passwd", True),
        ("C:\\甲\\乙.docx", "甲/乙.docx", True),
        ("C:", "未命名", True),
        ("./甲//乙.docx", "甲/乙.docx", False),
        ("..", "未命名", True),
        ("甲..乙.docx", "甲..乙.docx", False),
        ("甲\u202excod.exe", "甲\ufffdxcod.exe", False),
        ("甲\n乙", "甲\ufffd乙", False),
        ("", "未命名", False),
    ],
)
def test_names_are_made_harmless(name: str, kept: str, climbs: bool) -> None:
    assert harmless(name) == (kept, climbs)


def test_long_names_are_shortened() -> None:
    assert len(harmless("长" * 10_000 + ".docx")[0]) < 300


def test_what_systems_leave_behind_is_left_out() -> None:
    junk = ["__MACOSX/甲.docx", "甲/.DS_Store", "Thumbs.db", "甲/~$材料.docx", "._甲.docx"]
    assert all(map(is_junk, junk))
    assert list(opened(packed(dict.fromkeys([*junk, "甲.docx"], DEMO)))) == ["甲.docx"]


def test_files_of_one_name_are_all_kept_and_reported() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("甲.docx", MAIN)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("甲.docx", word("别的"))
    assert list(opened(file.getvalue())) == ["甲.docx", "甲.docx（同名第2个）"]
    assert "同名文件，分不清以哪一个为准，请核对：甲.docx" in warnings(file.getvalue())


def test_links_are_not_followed() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("甲.docx", MAIN)
        entry = zipfile.ZipInfo("链接.docx")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert list(opened(file.getvalue())) == ["甲.docx"]
    assert "符号链接，没有跟随：链接.docx" in warnings(file.getvalue())


def test_names_that_lead_outside_stay_inside(tmp_path: Path) -> None:
    data = packed({"../../申报材料.docx": MAIN, "/etc/乙.txt": b"x"})
    with open_package(data, "包.zip") as package:
        assert package.main.name == "申报材料.docx"
        assert isinstance(package.main.source, Path)
        assert package.main.source.name.isdigit()
        assert "企图指向包外，已按包内文件处理：申报材料.docx" in "".join(package.warnings)


# ------------------------------------------------------------------------------------ archives


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("包.zip", packed({"材料/申报材料.docx": MAIN, "材料/2.7 储罐/1.jpg": JPEG})),
        ("包.7z", seven_zip({"材料/申报材料.docx": MAIN, "材料/2.7 储罐/1.jpg": JPEG})),
        (
            "包.rar",
            rar({
                "材料\\申报材料.docx".encode("gb18030"): MAIN,
                "材料\\2.7 储罐\\1.jpg".encode("gb18030"): JPEG,
            }),
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("as_path", [True, False])
def test_every_kind_of_archive(name: str, data: bytes, as_path: bool, tmp_path: Path) -> None:
    path = tmp_path / "upload.bin"
    path.write_bytes(data)
    with open_package(path if as_path else data, name) as package:
        assert [item.member.name for item in package.items] == [
            "材料/申报材料.docx",
            "材料/2.7 储罐/1.jpg",
        ]
        assert package.main.read() == MAIN
        assert package.main.size == len(MAIN)
        assert (package.name, package.size) == (name, len(data))
        assert [(item.section, item.member.what) for item in package.evidence] == [
            ("五.2.7", "JPEG 图片")
        ]
        assert package.warnings == ()
    assert isinstance(package.main.source, Path)
    assert not package.main.source.exists()


def test_archives_in_the_archive_are_opened_once() -> None:
    deepest = packed({"丙.docx": MAIN})
    inner = packed({"2.7 储罐.jpg": JPEG, "丙.zip": deepest})
    data = packed(
        {
            "申报材料.docx": MAIN,
            "证明材料.zip": inner,
            "别的.7z": seven_zip({"2.1 能源类型.jpg": JPEG}),
        }
    )
    assert opened(data) == {
        "申报材料.docx": (Role.MAIN, ""),
        "证明材料.zip/2.7 储罐.jpg": (Role.EVIDENCE, "五.2.7"),
        "别的.7z/2.1 能源类型.jpg": (Role.EVIDENCE, "五.2.1"),
    }
    assert "套了三层，最里层没有打开：证明材料.zip/丙.zip" in warnings(data)


def test_an_inner_archive_that_cannot_be_opened_is_reported_and_the_rest_is_read() -> None:
    data = packed({
        "申报材料.docx": MAIN,
        "一.7z": seven_zip({"a": b"x"}, "x"),
        "二.zip": b"PK\3\4",
        "三.zip": packed({}),
    })  # fmt: skip
    said = warnings(data)
    assert "压缩包内的压缩包没有打开：《一.7z》无法读取：压缩包设有密码" in said
    assert "压缩包内的压缩包没有打开：《二.zip》无法读取：压缩包不完整或已损坏" in said
    assert "压缩包内的压缩包是空的：三.zip" in said


def test_a_zip_that_was_cut_behind_an_archive_in_it_is_not_taken_for_that_one() -> None:
    data = packed({"申报材料.docx": DEMO, "2.7 储罐.jpg": JPEG}, zipfile.ZIP_STORED)
    cut = data[: data.index(b"PK\5\6") + 22]
    assert len(cut) < len(data)
    assert identify(io.BytesIO(cut)) is FileKind.ZIP
    with pytest.raises(IntakeError, match="压缩包不完整或已损坏，可能没有传完整"):
        opened(cut)
    with pytest.raises(IntakeError, match="可能没有传完整"):
        read_word(cut, "甲.docx")


def test_an_entry_without_a_name() -> None:
    data = packed_raw({b"\0" * 8: b"x", "申报材料.docx".encode(): MAIN})
    assert list(opened(data)) == ["\ufffd" * 8, "申报材料.docx"]


def test_a_rar_that_needs_a_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    data = rar({b"a.docx": MAIN}, method=0x33)
    with pytest.raises(
        IntakeError, match=r"解压 RAR 需要 unrar、unar、7z 或 bsdtar，本机都没有安装。请安装"
    ):
        opened(data, "包.rar")


def test_a_rar_without_its_end_is_reported() -> None:
    assert "末尾没有结束标记" in warnings(rar({b"a.docx": MAIN})[:-7], "包.rar")


# --------------------------------------------------------------------------------------- roles


def test_one_document_is_the_package() -> None:
    for data, name, kind in (
        (DEMO, "甲.docx", FileKind.WORD),
        (PDF_SCAN, "甲.pdf", FileKind.PDF),
        (b"{\\rtf1 x}", "甲.doc", FileKind.RTF),
    ):
        with open_package(data, name) as package:
            assert (package.main.name, package.main.kind, package.kind) == (name, kind, kind)
            assert package.main.read() == data
            assert package.warnings == ()


def test_macros_of_an_old_document_are_reported() -> None:
    data = OLE2 + "WordDocument".encode("utf-16-le") + "_VBA_PROJECT".encode("utf-16-le")
    assert warnings(data, "甲.doc") == "文件含有宏，宏没有运行"


def test_the_parts_of_a_package() -> None:
    data = packed({
        "合同.docx": word("购销合同", "企业基本情况"),
        "正式稿.docx": MAIN,
        "附件2 方案.docx": plan(),
        "2.18 运输监管要求/台账.xlsx": packed({"xl/workbook.xml": b"<x/>"}),
        "清单.xlsx": packed({"xl/workbook.xml": b"<x/>"}),
        "2.13.1 除尘设施/DA001.jpg": JPEG,
        "说明.txt": b"x",
        "空.txt": b"",
    })  # fmt: skip
    with open_package(data, "包.zip") as package:
        assert package.main.name == "正式稿.docx"
        assert package.plan is not None
        assert package.plan.name == "附件2 方案.docx"
        assert [(item.member.name, item.section) for item in package.lists] == [
            ("2.18 运输监管要求/台账.xlsx", "五.2.18"),
            ("清单.xlsx", ""),
        ]
        assert [item.section for item in package.evidence] == ["五.2.13.1"]
        assert [item.member.name for item in package.unsorted] == [
            "合同.docx",
            "说明.txt",
            "空.txt",
        ]
        assert package.rendition is None
        assert package.warnings == ("压缩包内有空文件（0 字节）：空.txt",)


def test_the_fullest_document_is_the_main_one_and_the_others_are_reported() -> None:
    data = packed({"旧稿.docx": word(*PARTS[:3]), "新稿.docx": DEMO, "副本.docx": MAIN})
    with open_package(data, "包.zip") as package:
        assert package.main.name == "新稿.docx"
        assert "另有 2 个文件也像申报材料，没有检查：旧稿.docx、副本.docx" in package.warnings


def test_word_goes_before_its_pdf() -> None:
    data = packed({"申报材料.pdf": PDF_SCAN, "申报材料.docx": MAIN})
    with open_package(data, "包.zip") as package:
        assert package.main.name == "申报材料.docx"
        assert package.rendition is not None
        assert package.rendition.name == "申报材料.pdf"
        assert package.warnings == ()


def test_the_regulation_itself_is_not_the_package() -> None:
    text = ["实施办法", "第一条 为", "第二条 本", "第三条 本", *PARTS]
    data = packed({"办法.docx": word(*text), "材料.docx": word(*PARTS[:4])})
    with open_package(data, "包.zip") as package:
        assert package.main.name == "材料.docx"
        assert package.warnings == ()


@pytest.mark.parametrize("names", [["扫描.pdf"], ["绩效分级申报材料.pdf", "合同.pdf"]])
def test_a_scan_is_taken_by_its_name_or_where_it_is_alone(names: list[str]) -> None:
    with open_package(packed(dict.fromkeys(names, PDF_SCAN)), "包.zip") as package:
        assert package.main.name == names[0]
        assert f"没有可以读取的文字，只按文件名认定为申报材料：{names[0]}" in package.warnings[0]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"合同.docx": word("购销合同")}, r"没有找到申报材料正文。其中有 Word 文件 1 个；看过的文档：合同\.docx。请提供 Word"),
        ({"1.jpg": JPEG, "2.jpg": JPEG, "a.txt": b"x"}, "其中有 JPEG 图片 2 个、认不出的文件 1 个。"),
        (
            {"密.docx": OLE2 + "EncryptedPackage".encode("utf-16-le")},
            r"加密的 Office 文件 1 个；已加密、没有读取：密\.docx。",
        ),
        ({"一.pdf": PDF_SCAN, "二.pdf": PDF_SCAN}, r"看过的文档：一\.pdf、二\.pdf"),
        ({}, "压缩包是空的"),
        ({".DS_Store": b"x"}, "压缩包是空的"),
    ],
)  # fmt: skip
def test_an_archive_without_a_package_says_what_it_holds(
    entries: dict[str, bytes], message: str
) -> None:
    with pytest.raises(IntakeError, match=message):
        opened(packed(entries))


def test_what_is_encrypted_or_absurd_is_reported_and_never_opened() -> None:
    absurd = PNG + (100_000).to_bytes(4, "big") * 2 + bytes(10)
    data = packed({
        "申报材料.docx": MAIN,
        "2.4/密.docx": OLE2 + "EncryptedPackage".encode("utf-16-le"),
        "2.7/大.png": absurd,
    })  # fmt: skip
    said = warnings(data)
    assert "文件已加密，没有读取，请去除密码：2.4/密.docx" in said
    assert "图片自称 100000×100000 像素，为安全起见没有打开：2.7/大.png" in said


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG + (640).to_bytes(4, "big") + (480).to_bytes(4, "big") + bytes(8), (640, 480)),
        (b"GIF89a\x80\x02\xe0\x01" + bytes(30), (640, 480)),
        (b"BM" + bytes(16) + b"\x80\x02\0\0\x20\xfe\xff\xff" + bytes(9), (640, 480)),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\x01\xe0\x02\x80" + bytes(9), (640, 480)),
        (b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0", None),
        (b"\xff\xd8\xff\xe0\0\0" * 100, None),
        (JPEG, None),
        (PNG, None),
        (b"II*\0", None),
    ],
)
def test_the_size_of_a_picture(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(io.BytesIO(data)) == size
    assert not is_absurd(size)


# ------------------------------------------------------------------------------------- sections


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("2.13.1 除尘设施/DA001.jpg", "五.2.13.1"),
        ("2.13.1布袋除尘器照片.jpg", "五.2.13.1"),
        ("证明材料/2.14 无组织排放/照片1.jpg", "五.2.15"),
        ("除尘设施照片1.jpg", "五.2.13.1"),
        ("VOCs治理设施/照片.jpg", "五.2.13.4"),
        ("2.16 环境管理水平/2.16.1 环保档案资料/排污许可证.pdf", "五.2.16.1"),
        ("四、企业基本情况/3.2 生产工艺/流程图.png", "四.3.2"),
        ("生产工艺.pdf", "五.2.2"),
        ("(2.17)运输方式.xlsx", "五.2.17"),
        ("２．１８ 运输监管要求/台账.xlsx", "五.2.18"),
        ("五、绩效分级材料/2.1/合同.pdf", "五.2.1"),
        ("5.2.13.1 除尘.jpg", "五.2.13.1"),
        ("附件2.13 污染治理技术/x.jpg", "五.2.13"),
        ("人员配置/学历证书.pdf", "五.2.16.3"),
        ("泄露检测与修复（LDAR）报告.pdf", "五.2.6"),
        ("储罐合同.pdf", "五.2.7"),
        ("2.1.jpg", "五.2.1"),
        ("2.5吨铲车.jpg", ""),
        ("2022.10.01 报告.pdf", ""),
        ("9.9 其他.pdf", ""),
        ("DSC0001.JPG", ""),
        ("1.jpg", ""),
        ("排污许可证.pdf", ""),
    ],
)
def test_folders_and_names_tell_the_section(name: str, section: str) -> None:
    assert section_of(name) == section


# ---------------------------------------------------------------------------------- when it ends


@pytest.mark.parametrize("kind", ["zip", "7z"])
def test_the_folder_is_removed_even_where_the_caller_fails(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    data = {"zip": packed, "7z": seven_zip}[kind]({"申报材料.docx": MAIN})

    def fail(package: Package) -> None:
        assert list(tmp_path.iterdir())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), open_package(data, "包") as package:
        fail(package)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_a_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(IntakeError, match=r"无法建立临时文件夹.*TMPDIR"):
        opened(packed({"申报材料.docx": MAIN}))


@pytest.mark.skipif(shutil.which("unar") is None, reason="needs unar")
def test_unar_is_found() -> None:
    assert list(opened(rar({b"a.docx": MAIN}), "包.rar")) == ["a.docx"]
