"""What cannot be read as a project is refused with a message: at once, whole, without a traceback."""

import io
import random
import struct
import time
import zipfile
from pathlib import Path

import pytest

from duibiao.model.errors import ProjectError
from duibiao.project.names import DATA_NAMES, is_project
from duibiao.project.reading import read_project_data

from .archives import packed
from .project_files import GOOD, SHEETS, SMALL, changed, content_of, part, read, told, workbook

FORM_PART, LIST_PART = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
RESAVE = "请用 Excel 或 WPS 打开核对，另存为新的 .xlsx"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BOOK = workbook(SHEETS)
_ROWS = "".join(f'<row r="{n}"><c r="B{n}"><v>1</v></c></row>' for n in range(3, 20_001))
_WIDE = "".join(
    f'<row r="{n}">'
    + "".join(
        f'<c r="{a}{b}{n}"><v>1</v></c>' for a in "ABCDE" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    )
    + "</row>"
    for n in range(3, 4000)
)


def inserted(xml: str, name: str = LIST_PART) -> bytes:
    """Return the workbook with more rows in a sheet."""
    return changed(
        BOOK, name, lambda data: data.replace(b"</sheetData>", xml.encode() + b"</sheetData>")
    )


def replaced(name: str, old: str, new: str) -> bytes:
    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode())

    return changed(BOOK, name, change)


def without(name: str) -> bytes:
    return changed(BOOK, name, lambda data: b"")


def shared(times: int, length: int) -> bytes:
    """Return the workbook with many cells that all show one long text."""
    data = changed(
        BOOK,
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b"</sst>", b"<si><t>" + b"x" * length + b"</t></si></sst>"),
    )
    count = part(BOOK, "xl/sharedStrings.xml").count("<si>")
    rows = "".join(
        f'<row r="{n}"><c r="B{n}" t="s"><v>{count}</v></c></row>' for n in range(3, 3 + times)
    )
    return changed(
        data, LIST_PART, lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    )


UNREADABLE = {
    "empty": (b"", "无法读取：文件是空的（0 字节）。请确认已保存完整，重新提交"),
    "text": ("企业名称,等级".encode(), f"无法读取：它是认不出的文件，不是 Excel 工作簿（.xlsx）；{RESAVE}"),
    "PDF": (b"%PDF-1.7", f"无法读取：它是PDF，不是 Excel 工作簿（.xlsx）；{RESAVE}"),
    "old workbook": (
        OLE2 + "Workbook".encode("utf-16-le"), f"无法读取：它是旧版或别种表格；{RESAVE}"
    ),
    "password": (
        OLE2 + "EncryptedPackage".encode("utf-16-le"),
        "无法读取：它设有密码；请用 Excel 或 WPS 打开，去除密码后保存为 .xlsx",
    ),
    "Word file": (
        packed({"word/document.xml": b"<x/>"}),
        f"无法读取：它是Word 文件，不是 Excel 工作簿（.xlsx）；{RESAVE}",
    ),
    "zip of something": (
        packed({"readme.txt": b"x"}), f"无法读取：它是压缩包，不是 Excel 工作簿（.xlsx）；{RESAVE}"
    ),
    "workbook of something else": (
        workbook({"Sheet1": [["甲"]], "Sheet2": [["乙"]]}),
        "不是申报数据：没有一张认识的工作表（只有“Sheet1”、“Sheet2”）；"
        "请用 duibiao new 新建，把内容填进新建的 申报数据.xlsx",
    ),
    "cut short": (BOOK[: len(BOOK) // 2], f"无法读取：压缩结构不完整或已损坏，文件可能没有传完整。{RESAVE}"),
    "no relationships": (
        without("xl/_rels/workbook.xml.rels"), f"不完整（缺少部件 xl/_rels/workbook.xml.rels）；{RESAVE}"
    ),
    "no sheet": (without(LIST_PART), f"无法读取：缺少部件 {LIST_PART}。{RESAVE}"),
    "no strings": (
        without("xl/sharedStrings.xml"),
        f"的工作表“申请表”所用的文字表（sharedStrings.xml）不完整；{RESAVE}",
    ),
    "sheet that is no XML": (
        replaced(LIST_PART, "</sheetData>", "</sheetDat>"), f"的工作表“有组织排放”已损坏；{RESAVE}"
    ),
    "strings that are no XML": (
        replaced("xl/sharedStrings.xml", "</sst>", ""), f"的文字表已损坏；{RESAVE}"
    ),
    "styles that are no XML": (
        changed(BOOK, "xl/styles.xml", lambda xml: b"<styleSheet>"),
        "无法读取：部件 xl/styles.xml 不是正确的 XML（Premature end of data in tag styleSheet line 1, "
        f"line 1, column 13）。{RESAVE}",
    ),
    "entities": (
        changed(
            BOOK,
            LIST_PART,
            lambda xml: xml.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1),
        ),
        f"的工作表“有组织排放”含有 DOCTYPE 声明（可用来耗尽内存），工作簿中不应出现；{RESAVE}",
    ),
    "cells without a place": (
        inserted("<row><c><v>1</v></c></row>"), f"的工作表“有组织排放”有没有编号的单元格；{RESAVE}"
    ),
    "cell at the end of the world": (
        inserted('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "的工作表“有组织排放”在第1048576行第16384列还有内容，超过20000行、200列的上限；"
        "请删去那里的内容，只留要填报的各行",
    ),
    "cell outside of the rows": (
        replaced(LIST_PART, "</sheetData>", '</sheetData><c r="A9999999"><v>1</v></c>'),
        "的工作表“有组织排放”在第9999999行第1列还有内容，超过20000行、200列的上限；"
        "请删去那里的内容，只留要填报的各行",
    ),
    "half a million cells": (inserted(_WIDE), "的工作表“有组织排放”内容过多，没有读取；请删去多余的内容"),
    "one text for all": (shared(10_000, 30_000), "的工作表“有组织排放”内容过多，没有读取；请删去多余的内容"),
    "string that there is not": (
        inserted('<row r="9"><c r="B9" t="s"><v>99999</v></c></row>'),
        f"的工作表“有组织排放”所用的文字表（sharedStrings.xml）不完整；{RESAVE}",
    ),
    "merged again and again": (
        replaced(
            LIST_PART,
            "</sheetData>",
            '<row r="20000"><c r="A20000"><v>1</v></c></row></sheetData>'
            + "<mergeCells>"
            + '<mergeCell ref="B2:B1048576"/>' * 1000
            + "</mergeCells>",
        ),
        "的工作表“有组织排放”合并的单元格过多，没有读取；请取消合并",
    ),
    "bomb": (
        inserted(f'<row r="9"><c r="B9" t="inlineStr"><is><t>{" " * 60_000_000}</t></is></c></row>'),
        f"无法读取：部件 {LIST_PART} 解压后膨胀超过 200 倍，疑似压缩炸弹，为安全起见没有继续读取。{RESAVE}",
    ),
    "formats without end": (
        changed(
            BOOK,
            "xl/styles.xml",
            lambda xml: xml.replace(b"<cellXfs", b"".join(b'<f a="%d"/>' % n for n in range(600_000)) + b"<cellXfs"),
        ),
        "的格式过多（xl/styles.xml），没有读取；请把内容复制到新建的表里",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_workbook_that_cannot_be_read_is_refused_at_once(tmp_path, data, message):
    began = time.process_time()
    with pytest.raises(ProjectError) as refused:
        read(data, tmp_path / "申报数据.xlsx")

    assert str(refused.value) == f"《申报数据.xlsx》{message}"
    assert time.process_time() - began < 30


HARMLESS = {
    "blank cells with a format far away": inserted('<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
    "millions of letters beside the table": packed(
        {name: zipfile.ZipFile(io.BytesIO(BOOK)).read(name) for name in zipfile.ZipFile(io.BytesIO(BOOK)).namelist()}
        | {"xl/media/image1.png": bytes(range(256)) * 40_000}
    ),
    "row by row to the last": inserted(_ROWS),
    "counts that are not true": changed(
        replaced("xl/styles.xml", '<cellXfs count="1"', '<cellXfs count="4294967296"'),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b'uniqueCount="', b'uniqueCount="42949672'),
    ),
}  # fmt: skip


@pytest.mark.parametrize("data", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_harmless_is_read(tmp_path, data):
    found = read(data, tmp_path / "申报数据.xlsx")

    assert content_of(found)["form"] == GOOD["form"]
    assert content_of(found)["outlets"][0] == GOOD["outlets"][0]


def test_a_strange_sheet_that_is_too_large_is_told_and_the_others_are_read(tmp_path):
    data = workbook({**SHEETS, "原始数据": [["甲"]]})
    data = changed(
        data,
        "xl/worksheets/sheet3.xml",
        lambda xml: xml.replace(b"A1", b"XFD1048576").replace(b'r="1"', b'r="1048576"'),
    )
    found = read(data, tmp_path / "申报数据.xlsx")

    assert content_of(found) == GOOD
    assert [where for where, *_ in told(found)] == ["工作表“原始数据”"]


def test_damaged_workbooks_are_read_or_refused(tmp_path):
    chance = random.Random(4)  # noqa: S311 - the same ones every time
    path = tmp_path / "申报数据.xlsx"
    names = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", FORM_PART, LIST_PART)
    outcomes = set()
    for _ in range(300):
        data = BOOK
        for name in chance.sample(names, chance.randint(1, 2)):
            data = changed(data, name, lambda xml: _damaged(xml, chance))
        outcomes.add(_outcome(data, path))
    assert outcomes == {"申报数据.xlsx", "《申报数据.xlsx》"}


def test_damaged_archives_are_read_or_refused(tmp_path):
    chance = random.Random(5)  # noqa: S311 - the same ones every time
    path = tmp_path / "申报数据.xlsx"
    outcomes = set()
    for _ in range(200):
        data = bytearray(BOOK)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        outcomes.add(_outcome(bytes(data), path))
    assert outcomes == {"申报数据.xlsx", "《申报数据.xlsx》"}


def _outcome(data: bytes, path: Path) -> str:
    """Return the name of the file where it is read, and what a message begins with where it is not."""
    try:
        return read(data, path).file
    except ProjectError as error:
        return str(error)[: len("《申报数据.xlsx》")]


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """Change numbers, attributes and signs of a part, at times so that it stays well-formed."""
    kind = chance.randrange(4)
    if kind == 0:
        at = chance.randrange(len(data))
        return data[:at] + bytes([chance.randrange(32, 127)]) + data[at + 1 :]
    if kind == 1:
        digits = [at for at, byte in enumerate(data) if 48 <= byte <= 57] or [0]
        at = chance.choice(digits)
        return data[:at] + chance.choice((b"-1", b"4294967296", b"1e999", b"")) + data[at + 1 :]
    if kind == 2:
        for old, new in chance.sample(
            [(b't="s"', b't="d"'), (b"<v>", b"<v> "), (b't="s"', b't="b"'), (b' s="', b' x="'),
             (b'r="B2"', b'r="b2"'), (b't="s"', b't="n"'), (b't="s"', b't="e"'), (b"<row", b"<raw")], 2
        ):  # fmt: skip
            data = data.replace(old, new)
        return data
    begin = chance.randrange(len(data))
    return data[:begin] + struct.pack("<I", chance.randrange(1 << 32)) + data[begin:]


# ------------------------------------------------------------------------------------- the folder


def test_a_folder_without_data(tmp_path):
    with pytest.raises(ProjectError) as refused:
        read_project_data(tmp_path, lambda form: SMALL)

    assert str(refused.value) == (
        f"文件夹“{tmp_path.name}”中没有 申报数据.xlsx、申报数据.toml、申报数据.json；"
        "请用 duibiao new 企业简称 --industry 行业 新建项目，或把文件改成这个名字"
    )


def test_a_folder_with_two_kinds_of_data(tmp_path):
    for name in DATA_NAMES[::2]:
        (tmp_path / name).write_bytes(b"")

    with pytest.raises(ProjectError) as refused:
        read_project_data(tmp_path, lambda form: SMALL)

    assert str(refused.value) == (
        f"文件夹“{tmp_path.name}”中有 申报数据.xlsx、申报数据.json，不知道以哪一份为准；请只留一份"
    )


def test_a_file_that_there_is_not(tmp_path):
    with pytest.raises(
        ProjectError, match=r"^《申报数据[.]xlsx》无法读取：找不到该文件。请检查路径和文件名$"
    ):
        read_project_data(tmp_path / "申报数据.xlsx", lambda form: SMALL)


def test_a_folder_in_place_of_the_file(tmp_path):
    (tmp_path / "申报数据.xlsx").mkdir()
    with pytest.raises(ProjectError, match=r"^《申报数据[.]xlsx》无法读取：这是文件夹，不是文件"):
        read_project_data(tmp_path, lambda form: SMALL)


@pytest.mark.parametrize("name", DATA_NAMES)
def test_data_are_found_in_their_folder_or_by_themselves(tmp_path, name):
    assert not is_project(tmp_path)
    (tmp_path / "~$申报数据.xlsx").write_bytes(b"lock")
    (tmp_path / name).write_bytes(b"")

    assert (is_project(tmp_path), is_project(tmp_path / name)) == (True, True)
    assert not is_project(tmp_path / "材料.docx")


def test_a_folder_of_evidence_alone_is_a_project(tmp_path: Path):
    (tmp_path / "证据").mkdir()
    assert is_project(tmp_path)
