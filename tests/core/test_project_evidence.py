"""The evidence folder: which file proves what, and what is said about those that prove nothing."""

import io
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from duibiao.document.model import Document, Paragraph
from duibiao.law import load_common
from duibiao.law.common import Heading
from duibiao.model.dossier import Misfit
from duibiao.model.location import Location
from duibiao.project.evidence import (
    EvidenceFile,
    EvidenceFolder,
    evidence_folders,
    read_evidence,
)
from duibiao.recognition import recognise
from duibiao.testing.pictures import key_for, photo

COMMON = load_common()
DUST = "2.13.1 除尘设施"
FACILITIES = {
    "五.2.13.1": ("DA001 1#窑窑尾", "DA002 2#窑窑头", "DA003 包装机"),
    "五.2.13.3": ("DA001 1#窑窑尾",),
}
SECTIONS = [heading.key for heading in COMMON.outline if heading.key.startswith("五.2.")]


def pdf(*sizes: tuple[int, int]) -> bytes:
    """A PDF of blank pages."""
    kids = " ".join(f"{3 + number} 0 R" for number in range(len(sizes)))
    pages = "".join(
        f"{3 + number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]>>endobj\n"
        for number, (width, height) in enumerate(sizes)
    )
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(sizes)}>>endobj\n{pages}"
        "trailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode()


def jpeg(size: tuple[int, int] = (40, 30), orientation: int = 1) -> bytes:
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    Image.radial_gradient("L").resize(size).convert("RGB").save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def read(root: Path, files: Mapping[str, bytes]) -> EvidenceFolder:
    folder = root / "证据"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return read_evidence(folder, COMMON, FACILITIES)


def only_misfit(root: Path, name: str, content: bytes) -> tuple[str, str]:
    """What is wrong with the only file of a folder, and what to do about it."""
    found = read(root, {name: content})
    assert not found.files
    (misfit,) = found.misfits
    return misfit.what, misfit.remedy


# -- what is of use


def test_a_photo_and_a_document_are_whole(tmp_path: Path) -> None:
    data = pdf((595, 842), (842, 595))
    found = read(
        tmp_path,
        {"2.7 储罐/3 储罐全景.png": photo("储罐"), "2.7 储罐/购置合同.pdf": data},
    )
    folder = tmp_path / "证据/2.7 储罐"
    assert found == EvidenceFolder(
        files=(
            EvidenceFile(
                path=folder / "3 储罐全景.png",
                name="2.7 储罐/3 储罐全景.png",
                section="五.2.7",
                group=0,
                caption="储罐全景",
                key=key_for("储罐"),
                pages=((320, 240),),
                is_document=False,
                is_pdf=False,
            ),
            EvidenceFile(
                path=folder / "购置合同.pdf",
                name="2.7 储罐/购置合同.pdf",
                section="五.2.7",
                group=0,
                caption="购置合同",
                key=f"{zlib.crc32(data):08x}-{len(data)}",
                pages=((595, 842), (842, 595)),
                is_document=True,
                is_pdf=True,
            ),
        )
    )
    assert found.files[0].captions == ("储罐全景",)
    assert found.files[1].captions == ("购置合同 第1页，共2页", "购置合同 第2页，共2页")


@pytest.mark.parametrize(("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40))])
def test_a_picture_has_the_size_in_which_it_is_seen(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    found = read(tmp_path, {"2.7 储罐/a.jpg": jpeg(orientation=orientation)})
    assert found.files[0].pages == (size,)


def test_what_a_file_is_follows_from_its_content(tmp_path: Path) -> None:
    found = read(tmp_path, {"2.7 储罐/a.pdf": jpeg(), "2.7 储罐/b.jpg": pdf((595, 842))})
    assert [(file.name, file.is_pdf) for file in found.files] == [
        ("2.7 储罐/a.pdf", False),
        ("2.7 储罐/b.jpg", True),
    ]


@pytest.mark.parametrize(
    ("folder", "section", "group"),
    [
        ("3.2 生产工艺（流程图）", "四.3.2", 0),
        ("生产工艺流程图", "四.3.2", 0),
        ("2.2 生产工艺", "五.2.2", 0),
        ("生产工艺", "五.2.2", 0),
        ("２．１　能源", "五.2.1", 0),
        ("2.1、能源（燃料）类型", "五.2.1", 0),
        ("2 . 10", "五.2.10", 0),
        ("五、2.18", "五.2.18", 0),
        ("5.2.18 运输监管要求", "五.2.18", 0),
        ("储罐照片", "五.2.7", 0),
        ("五、绩效分级材料/2.16 环境管理水平/2.16.3 人员配置", "五.2.16.3", 0),
        ("2.4 原辅材料/合同/2025年", "五.2.4", 0),
        ("2.13 污染治理技术/2.13.1 除尘设施/2.13.1-2 DA002 2#窑窑头", "五.2.13.1", 2),
        ("2.13.3 脱硝措施/2.13.3-1 DA001 1#窑窑尾", "五.2.13.3", 1),
        ("2.13.1-3", "五.2.13.1", 3),
        (f"{DUST}/2", "五.2.13.1", 2),
        (f"{DUST}/第3号设施", "五.2.13.1", 3),
        (f"{DUST}/（2）", "五.2.13.1", 2),
        (f"{DUST}/1#窑窑尾", "五.2.13.1", 1),
        (f"{DUST}/包装机除尘设施", "五.2.13.1", 3),
        (f"{DUST}/DA002", "五.2.13.1", 2),
        (f"{DUST}/1#窑窑尾/近景", "五.2.13.1", 1),
        ("2.16.1 环保档案资料/（2）环评批复及竣工验收文件", "五.2.16.1", 2),
        ("2.16.1 环保档案资料/3", "五.2.16.1", 3),
        ("2.16.1 环保档案资料/排污许可证", "五.2.16.1", 1),
        ("2.16.2 台账资料/（3）CEMS、DCS／PLC历史运行记录信息", "五.2.16.2", 3),
        ("2.16.2 台账资料/运输台账", "五.2.16.2", 8),
    ],
)
def test_folders_are_known_by_number_and_by_title(
    tmp_path: Path, folder: str, section: str, group: int
) -> None:
    found = read(tmp_path, {f"{folder}/现场.png": photo("a")})
    assert not found.misfits
    assert [(file.section, file.group) for file in found.files] == [(section, group)]


@pytest.mark.parametrize(
    ("name", "group"),
    [("1#.png", 1), ("2-1.png", 2), ("3、包装.png", 3), ("1#窑窑尾.png", 1), ("包装机.png", 3)],
)
def test_a_photo_beside_the_folders_may_name_its_facility(
    tmp_path: Path, name: str, group: int
) -> None:
    found = read(tmp_path, {f"{DUST}/{name}": photo("a")})
    assert [file.group for file in found.files] == [group]


@pytest.mark.parametrize(
    ("name", "group", "is_document"),
    [
        (f"{DUST}/2.13.1-1/全景.png", 1, False),
        (f"{DUST}/2.13.1-1/合同扫描1.png", 1, True),
        (f"{DUST}/2.13.1-1/扫描件/1.png", 1, True),
        (f"{DUST}/扫描件/1.png", 0, True),
        (f"{DUST}/合同和监测报告/1.png", 0, True),
        ("2.16.1 环保档案资料/（1）/许可证.png", 1, True),
        ("2.16.2 台账资料/（1）/台账.png", 1, True),
        ("2.16.3 人员配置/证书.png", 0, False),
        ("2.18 运输监控要求/扫描件/行驶证.png", 0, True),
        ("2.18 运输监控要求（扫描件）/行驶证.png", 0, True),
    ],
)
def test_scans_are_documents_and_other_pictures_photos(
    tmp_path: Path, name: str, group: int, is_document: bool
) -> None:
    found = read(tmp_path, {name: photo("a")})
    assert [(file.group, file.is_document) for file in found.files] == [(group, is_document)]


def test_papers_beside_the_folders_are_of_no_facility(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {f"{DUST}/{name}.pdf": pdf((595, 842)) for name in ("3# 合同", "2.13.1-1 1#窑窑尾/合同")},
    )
    assert [(file.group, file.caption) for file in found.files] == [(1, "合同"), (0, "3# 合同")]


def test_captions_say_what_is_seen(tmp_path: Path) -> None:
    names = (
        f"{DUST}/2.13.1-1/b.png",
        f"{DUST}/2.13.1-1/a.png",
        f"{DUST}/3#.png",
        "2.15 无组织排放/1 原料堆场.png",
        "2.15 无组织排放/1-2 原料堆场.png",
        "2.15 无组织排放/2 皮带廊/IMG_7.png",
        "2.15 无组织排放/2 皮带廊/IMG_8.png",
        "2.15 无组织排放/3.png",
        "2.15 无组织排放/1#料棚.png",
        "2.7 储罐/01、全景.png",
        "2.7 储罐/（二）全景.png",
        "2.7 储罐/2.5吨储罐.png",
        "2.7 储罐/2025年储罐.png",
        "2.7 储罐/4\n\x07 储罐  近景.png",
        "2.7 储罐/5.png",
    )
    found = read(tmp_path, {name: photo(name) for name in names})
    assert not found.misfits
    assert {file.name: file.caption for file in found.files} == dict(
        zip(
            names,
            (
                "1# DA001 1#窑窑尾除尘设施照片（2）",
                "1# DA001 1#窑窑尾除尘设施照片",
                "3# DA003 包装机除尘设施照片",
                "图1 原料堆场",
                "图1 原料堆场（2）",
                "图2 皮带廊",
                "图2 皮带廊（2）",
                "图3",
                "1#料棚",
                "全景",
                "全景（2）",
                "2.5吨储罐",
                "2025年储罐",
                "储罐 近景",
                "5",
            ),
            strict=True,
        )
    )


@pytest.mark.parametrize(
    ("stem", "caption"),
    [
        ("附件3：验收意见", "验收意见"),
        ("附件清单", "附件清单"),
        ("附 环评批复", "环评批复"),
        ("2.16.3人员配置", "人员配置"),
        ("2.5吨叉车", "2.5吨叉车"),
        ("12 吨行车", "12 吨行车"),
        ("1.2MW锅炉", "1.2MW锅炉"),
        ("1-2 月用电", "1-2 月用电"),
        ("2025 年报", "2025 年报"),
        ("1#储罐", "1#储罐"),
        ("3、（1）合同", "合同"),
        ("三年规划", "三年规划"),
    ],
)
def test_numbers_that_only_order_files_are_left_out(
    tmp_path: Path, stem: str, caption: str
) -> None:
    found = read(tmp_path, {f"2.7 储罐/{stem}.png": photo("a")})
    assert [file.caption for file in found.files] == [caption]


@pytest.mark.parametrize("heading", COMMON.outline, ids=lambda heading: heading.key)
def test_no_caption_is_taken_for_a_heading(tmp_path: Path, heading: Heading) -> None:
    names = [heading.label, f"{heading.number}{heading.title}", f"附件1 {heading.label}"]
    found = read(tmp_path, {f"2.7 储罐/{name}.png": photo(name) for name in names})
    titles = ("五、绩效分级材料", "2.7 储罐", *(file.caption for file in found.files))
    blocks = tuple(Paragraph(number, title) for number, title in enumerate(titles, 1))
    sections = recognise(Document("a.docx", "", 0, blocks), COMMON).sections
    assert [section.key for section in sections] == ["五", "五.2.7"]
    assert len(found.files) == len(set(names))


def test_the_order_is_that_of_the_outline_and_of_people(tmp_path: Path) -> None:
    names = (
        "3.2 生产工艺/流程图.png",
        "2.2 生产工艺/1.png",
        "2.2 生产工艺/2.png",
        "2.2 生产工艺/10.png",
        "2.2 生产工艺/1 环评.pdf",
        f"{DUST}/2.13.1-2/1.png",
        f"{DUST}/2.13.1-3/1.png",
        f"{DUST}/2.13.1-3/合同.pdf",
        f"{DUST}/合同和监测报告/1.pdf",
        "2.16.2 台账资料/（2）/a.png",
        "2.16.2 台账资料/（8）/a.png",
    )
    files = {
        name: pdf((595, 842)) if name.endswith("pdf") else photo(name) for name in reversed(names)
    }
    assert tuple(file.name for file in read(tmp_path, files).files) == names


def test_seal_and_signature(tmp_path: Path) -> None:
    found = read(tmp_path, {"签章/公章.png": photo("a"), "签章/法人签字.jpg": jpeg()})
    folder = tmp_path / "证据/签章"
    assert found == EvidenceFolder(seal=folder / "公章.png", signature=folder / "法人签字.jpg")


# -- what is not


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert read_evidence(tmp_path / "证据", COMMON, {}) == EvidenceFolder(
        misfits=(
            Misfit(
                Location("证据", heading="证据"),
                "没有证据文件夹",
                "请在项目文件夹里建立“证据”文件夹，按章节放入证据",
            ),
        )
    )


def test_some_files_are_none_of_the_users(tmp_path: Path) -> None:
    names = (
        "说明.txt", ".DS_Store", "Thumbs.db", "desktop.ini", "~$合同.docx", ".git/config", "__MACOSX/a.png",
    )  # fmt: skip
    for folder in ("", "2.7 储罐/", "杂项/"):
        assert read(tmp_path, {folder + name: b"" for name in names}) == EvidenceFolder()


def test_a_misfit_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    assert read(tmp_path, {"2.7 储罐/合同.docx": zipped("word/document.xml")}).misfits == (
        Misfit(
            Location(
                "证据/2.7 储罐/合同.docx", section="五.2.7", heading="证据/2.7 储罐/合同.docx"
            ),
            "“证据/2.7 储罐/合同.docx”是Word 文件，不能直接附在材料里",
            "证据只收图片（JPG、PNG）和 PDF：请另存为 PDF 后放回原处",
        ),
    )


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        (b"", "文件是空的（0 字节）", "重新放入"),
        (jpeg()[:-200], "图片已损坏或没有传完整", "重新导出为 JPG"),
        (photo("a")[:-2000], "图片已损坏或没有传完整", "重新导出为 JPG"),
        (b"\xff\xd8\xff\xe0", "图片已损坏或没有传完整", "重新导出为 JPG"),
        (
            photo("a")[:16] + b"\0\1\0\0\0\1\0\0" + photo("a")[24:],
            "图片有 65536×65536 像素，超过 8000 万像素的上限",
            "缩小",
        ),
        (pdf((595, 842))[:-8], "PDF 结尾不完整", "重新导出 PDF"),
        (pdf(), "PDF 文件结构已损坏", "重新导出 PDF"),
        (b"%PDF-1.4\n%%EOF", "PDF 文件结构已损坏", "重新导出 PDF"),
        (pdf((595, 842), (20000, 842)), "PDF 第2页的尺寸不合理", "重新导出 PDF"),
        (pdf(*[(595, 842)] * 501), "PDF 有 501 页，超过 500 页的上限", "节选"),
        (zipped("xl/workbook.xml"), "是Excel 工作簿", "另存为 PDF"),
        (zipped("照片/1.jpg"), "是压缩包", "解压"),
        (b"PK\5\6", "是压缩包", "解压"),
        (b"{\\rtf1", "是RTF 文件", "另存为 PDF"),
        (b"GIF89a\1\0\1\0", "是GIF 图片", "另存为 JPG"),
        (b"\0\0\0\x18ftypheic", "是HEIC 图片", "另存为 JPG"),
        (b"\0\0\0\x18ftyphevc", "是HEIC 图片", "另存为 JPG"),
        (b"\0\0\0\x18ftypmp42", "是视频", "截取"),
        ("现场记录".encode(), "是认不出的文件", "另存为"),
        (b"MZ\x90", "是可执行程序", "另存为 PDF"),
    ],
)
def test_files_that_cannot_be_used_are_told(
    tmp_path: Path, content: bytes, what: str, remedy: str
) -> None:
    found, advice = only_misfit(tmp_path, "2.7 储罐/合同.pdf", content)
    assert found.startswith(f"“证据/2.7 储罐/合同.pdf”{what}")
    assert remedy in advice


def test_a_pdf_with_a_password_is_told(tmp_path: Path) -> None:
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf((595, 842)))) as document:
        document.save(stream, encryption=pikepdf.Encryption(user="a", owner="b"))
    assert only_misfit(tmp_path, "2.7 储罐/合同.pdf", stream.getvalue()) == (
        "“证据/2.7 储罐/合同.pdf”PDF 文件设有打开密码",
        "请去除密码后重新提交",
    )


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    read(tmp_path, {"2.7 储罐/合同.pdf": b"%PDF-1.4"})
    os.truncate(tmp_path / "证据/2.7 储罐/合同.pdf", (60 << 20) + 1)
    (misfit,) = read_evidence(tmp_path / "证据", COMMON, {}).misfits
    assert "超过 60 MiB 的上限" in misfit.what


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("全景.png", "“证据/全景.png”直接放在证据文件夹里"),
        ("2.13 污染治理技术/全景.png", "直接放在“2.13 污染治理技术”里"),
        ("杂项/全景.png", "文件夹“证据/杂项”不对应提纲的任何一节，其中的1个文件没有使用"),
        ("2.19 其他/全景.png", "文件夹“证据/2.19 其他”不对应提纲的任何一节"),
        ("2.5吨叉车/全景.png", "文件夹“证据/2.5吨叉车”不对应提纲的任何一节"),
        ("2.4 储罐/全景.png", "编号是“2.4 原辅材料”的，名称却是“2.7 储罐”的"),
        ("2.4 原辅材料/2.7 储罐/全景.png", "放错了位置，它是“2.7 储罐”的文件夹"),
        ("2.16 环境管理水平/2.7 储罐/全景.png", "“2.7 储罐”不在“2.16 环境管理水平”之下"),
        (f"{DUST}/全景.png", "看不出是哪一个除尘设施的照片"),
        (f"{DUST}/5#.png", "第5号设施在数据中没有（数据中有3个）"),
        (f"{DUST}/2.13.1-5 DA005/全景.png", "第5号设施在数据中没有（数据中有3个）"),
        (f"{DUST}/2.13.1-1 DA002 2#窑窑头/全景.png", "序号是1，名称却是第2号设施"),
        (f"{DUST}/破碎机/全景.png", "不对应“2.13.1 除尘设施”的任何一个设施"),
        ("2.16.1 环保档案资料/2 全景.png", "看不出属于（1）至（5）中的哪一项"),
        ("2.16.1 环保档案资料/（6）其他/全景.png", "提纲此处只有（1）至（5）项"),
        (
            "2.16.2 台账资料/（1）企业运输台账/全景.png",
            "序号是（1），名称却是（8）“企业运输台账”的",
        ),
        ("签章/全景.png", "看不出是公章还是签字"),
        ("签章/旧/公章.png", "签章文件夹里不再分文件夹"),
        ("2.7 储罐/" + "内/" * 12 + "a.png", "文件夹套得太深，其中的1个文件没有使用"),
    ],
)
def test_misplaced_files_are_told(tmp_path: Path, name: str, what: str) -> None:
    found, remedy = only_misfit(tmp_path, name, photo("a"))
    assert what in found
    assert remedy


def test_a_folder_without_place_is_told_once(tmp_path: Path) -> None:
    found = read(tmp_path, {f"杂项/{n}/{n}.png": photo(str(n)) for n in range(3)})
    assert [misfit.what for misfit in found.misfits] == [
        "文件夹“证据/杂项”不对应提纲的任何一节，其中的3个文件没有使用"
    ]


def test_a_second_seal_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, {"签章/公章.png": photo("a"), "签章/公章2.png": photo("b")})
    assert found.seal == tmp_path / "证据/签章/公章.png"
    assert [misfit.what for misfit in found.misfits] == [
        "“证据/签章/公章2.png”是又一份公章，没有使用"
    ]


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda at, out: at.symlink_to(out), "是指向证据文件夹之外的链接"),
        (lambda at, out: at.symlink_to(out.parent), "是指向证据文件夹之外的链接"),
        (lambda at, out: at.symlink_to(at.parent), "是指向文件夹的链接"),
        (lambda at, out: at.symlink_to(at), "是失效的链接"),
        (lambda at, out: at.symlink_to(at.parent / "没有"), "是失效的链接"),
        (lambda at, out: os.mkfifo(at), "不是普通文件"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX systems")
def test_nothing_leads_out_or_in_circles(
    tmp_path: Path, make: Callable[[Path, Path], None], what: str
) -> None:
    outside = tmp_path / "外面.png"
    outside.write_bytes(photo("a"))
    inside = tmp_path / "证据/2.7 储罐"
    inside.mkdir(parents=True)
    make(inside / "x.png", outside)
    found = read_evidence(tmp_path / "证据", COMMON, {})
    assert not found.files
    assert [misfit.what.partition("”")[2].startswith(what) for misfit in found.misfits] == [True]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    read(tmp_path, {"2.7 储罐/a.png": photo("a")})
    (tmp_path / "证据/2.7 储罐/b.png").symlink_to(tmp_path / "证据/2.7 储罐/a.png")
    found = read_evidence(tmp_path / "证据", COMMON, {})
    assert [file.key for file in found.files] == [key_for("a")] * 2


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX systems")
def test_names_that_cannot_be_decoded_are_told(tmp_path: Path) -> None:
    root = os.fsencode(tmp_path / "证据")
    Path(os.fsdecode(root + b"/2.7 \xb4\xa2")).mkdir(parents=True)
    for name in (b"/2.7 \xb4\xa2/a.png", b"/\xb4\xa2.png"):
        Path(os.fsdecode(root + name)).write_bytes(photo("a"))
    found = read_evidence(tmp_path / "证据", COMMON, {})
    assert [misfit.what for misfit in found.misfits] == [
        "文件夹“证据/2.7 ??”名称的编码无法识别（显示为乱码），其中的1个文件没有使用",
        "“证据/??.png”名称的编码无法识别（显示为乱码）",
    ]


# -- the folders of a new project


def test_every_folder_of_a_new_project_means_what_it_says(tmp_path: Path) -> None:
    folders = evidence_folders(COMMON, SECTIONS, FACILITIES)
    found = read(
        tmp_path,
        {
            f"{folder}/{name}": content
            for folder in folders
            for name, content in (("说明.txt", b"x"), ("合同.pdf", pdf((595, 842))))
        },
    )
    places = {str(Path(file.name).parent): (file.section, file.group) for file in found.files}
    assert list(places.items())[:3] == [
        ("3.2 生产工艺（流程图）", ("四.3.2", 0)),
        ("2.1 能源（燃料）类型", ("五.2.1", 0)),
        ("2.2 生产工艺", ("五.2.2", 0)),
    ]
    assert places[f"{DUST}/2.13.1-2 DA002 2#窑窑头"] == ("五.2.13.1", 2)
    assert places["2.16.2 台账资料/（8）企业运输台账"] == ("五.2.16.2", 8)
    told = {Path(misfit.at.file).parent.name for misfit in found.misfits}
    assert told == {"2.16.1 环保档案资料", "2.16.2 台账资料", "签章"}
    assert {*places, *told} == set(folders)


def test_only_folders_that_apply_are_made() -> None:
    folders = evidence_folders(COMMON, ["五.2.13", "五.2.13.3", "五.2.17"], FACILITIES)
    assert list(folders) == [
        "3.2 生产工艺（流程图）",
        "2.13.3 脱硝措施",
        "2.13.3 脱硝措施/2.13.3-1 DA001 1#窑窑尾",
        "2.13.3 脱硝措施/合同和监测报告",
        "2.17 运输方式",
        "签章",
    ]


def test_the_note_says_what_belongs_there() -> None:
    note = evidence_folders(COMMON, ["五.2.7"], {})["2.7 储罐"]
    for asked in COMMON.heading("五.2.7").holds:
        assert asked in note
    assert "三环文〔2022〕68号" in note


def test_names_of_folders_are_lawful_on_every_system(tmp_path: Path) -> None:
    names = {"五.2.13.1": ['DA001 a/b\\c:d*e?"<f>|g\n.', "长" * 90]}
    folders = evidence_folders(COMMON, ["五.2.13.1"], names)
    made = [folder.partition("/")[2] for folder in folders if "/" in folder]
    assert made[0] == "2.13.1-1 DA001 a／b＼c：d＊e？＂＜f＞｜g"
    assert all(len(folder) <= 60 for folder in made)


def test_reading_does_not_depend_on_the_place_of_the_project(tmp_path: Path) -> None:
    one = read(tmp_path, {"2.7 储罐/a.png": photo("a"), "杂项/b.png": photo("b")})
    shutil.copytree(tmp_path / "证据", tmp_path / "另一处" / "证据")
    other = read_evidence(tmp_path / "另一处" / "证据", COMMON, FACILITIES)
    assert other.misfits == one.misfits
    assert [file.name for file in other.files] == [file.name for file in one.files]
