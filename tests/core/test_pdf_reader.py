"""The PDF reader: on files written by hand, and on what LibreOffice makes of Word files where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from duibiao.document.model import Document, Paragraph, Table
from duibiao.document.pdf import read_pdf
from duibiao.document.pdf.chars import TooComplexError
from duibiao.document.pdf.page import Budget
from duibiao.document.word import read_word
from duibiao.law.common import load_common
from duibiao.model.errors import IntakeError
from duibiao.recognition import recognise
from duibiao.testing.comparison import same_content

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"
WIDTH, HEIGHT = 595, 842
LEFT, RIGHT = 71, 523  # of the text, 32 characters of 14 points wide
LONG = "依据生态环境部重污染天气重点行业应急减排措施制定技术指南和补充说明的通知我公司承诺落实相应的各项减排措施。"
FONTS = ("/usr/share/fonts", "/usr/share/X11/fonts/TTF", "/usr/local/share/fonts")
needs_fonts = pytest.mark.skipif(
    sys.platform == "linux" and not any(any(Path(folder).rglob("*.?t[fc]")) for folder in FONTS),
    reason="PDFium measures fonts that are not embedded by the system's, and there are none",
)


# ------------------------------------------------------------------------- writing PDF files


def text(
    x: float, y: float, words: str, size: float = 14, *, bold: bool = False, mode: int = 0
) -> str:
    """Words whose base line begins at `x`, `y`, in points from the upper left corner."""
    code = words.encode("utf-16-be").hex()
    mode = 2 if bold else mode
    return f"BT {mode} Tr /F1 {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{code}> Tj ET\n"


def wrapped(
    y: float, words: str, *, indent: bool = True, size: float = 14, pitch: float = 22
) -> str:
    """A justified paragraph, wrapped as a word processor would."""
    made, x, room = (
        "",
        LEFT + (2 * size if indent else 0),
        RIGHT - LEFT - (2 * size if indent else 0),
    )
    while words:
        count = int(room / size)
        made += text(x, y, words[:count], size)
        words, x, room, y = words[count:], LEFT, RIGHT - LEFT, y + pitch
    return made


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    across = (line(xs[0], y, xs[-1], y) for y in ys)
    down = (line(x, ys[0], x, ys[-1]) for x in xs)
    return "".join([*across, *down])


def cells(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> str:
    return "".join(
        text(x + 4, y + 16, words, 10)
        for y, row in zip(ys, rows, strict=False)
        for x, words in zip(xs, row, strict=False)
        if words
    )


def picture(x: float, y: float, width: float, height: float, name: str = "I1") -> str:
    """A picture with its upper left corner at `x`, `y`."""
    return f"q {width} 0 0 {height} {x} {HEIGHT - y - height} cm /{name} Do Q\n"


def pdf(*pages: str, rotate: int = 0, extra: str = "") -> bytes:
    """Return a PDF file with these contents of pages."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{7 + 2 * n} 0 R' for n in range(len(pages)))}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        *(
            f"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
            f"/ColorSpace/DeviceGray/Length 1>>stream\n{grey}\nendstream"
            for grey in "aA"
        ),
    ]
    for number, page in enumerate(pages):
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Rotate {rotate}"
            f"/Resources<</Font<</F1 3 0 R>>/XObject<</I1 5 0 R/I2 6 0 R>>>>/Contents {8 + 2 * number} 0 R>>",
            f"<</Length {len(page)}>>stream\n{page}\nendstream",
        ]
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    return (
        out
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer<</Size {size}/Root 1 0 R{extra}>>\nstartxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )


def read(*pages: str, rotate: int = 0) -> Document:
    return read_pdf(pdf(*pages, rotate=rotate), "材料.pdf")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def words_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.grid]


# ---------------------------------------------------------------------------------- paragraphs


def test_a_wrapped_sentence_is_one_paragraph_with_page_and_box() -> None:
    document = read(wrapped(100, LONG) + wrapped(166, "特此承诺。"))
    assert texts(document) == [LONG, "特此承诺。"]
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.index, first.page, first.size, first.bold) == (1, 1, 28, False)
    assert first.box is not None
    left, top, right, bottom = first.box
    assert (left, right) == pytest.approx((LEFT, RIGHT), abs=6)
    assert 80 < top < 100 < 122 < bottom < 132


@needs_fonts
def test_paragraphs_whose_last_line_is_full_stay_apart() -> None:
    full = "甲" * 30
    assert texts(read(wrapped(80, LONG) + wrapped(124, full) + wrapped(146, full))) == [
        LONG,
        full,
        full,
    ]


def test_headings_and_captions_are_not_merged_into_text() -> None:
    numbered = text(LEFT, 100, "2.1 能源（燃料）类型", bold=True)
    body = wrapped(122, LONG)
    caption = text(233, 166, "表1 大气污染物排放信息表", 10.5, bold=True)
    document = read(numbered + body + caption)
    assert texts(document) == ["2.1 能源（燃料）类型", LONG, "表1 大气污染物排放信息表"]
    heading, _, below = (block for block in document.blocks if isinstance(block, Paragraph))
    assert heading.bold
    assert not heading.centred
    assert below.centred


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = wrapped(100, "一" * 60) + wrapped(742, LONG[:30])
    second = text(LEFT, 80, LONG[30:]) + wrapped(102, "二" * 40)
    document = read(first, second)
    assert texts(document)[1] == LONG
    assert [block.page for block in document.blocks if isinstance(block, Paragraph)] == [1, 1, 2]


@needs_fonts
def test_blanks_seen_and_not_there() -> None:
    apart = (
        text(71, 100, "申") + text(99, 100, "报") + text(71, 140, "行业") + text(104, 140, "企业")
    )
    mixed = text(71, 180, "共") + text(88, 180, "18") + text(105, 180, "套")
    assert texts(read(apart + mixed)) == ["申　报", "行业 企业", "共18套"]


def test_contents_lines_are_marked() -> None:
    page = text(270, 80, "目  录", 20) + "".join(
        text(71, 110 + 24 * n, f"{n}. 标题{'.' * 40}{n + 3}") for n in range(1, 4)
    )
    marked = [b for b in read(page).blocks if isinstance(b, Paragraph) and b.contents]
    assert [block.text for block in marked] == ["1. 标题\t4", "2. 标题\t5", "3. 标题\t6"]


def test_headers_footers_page_numbers_and_watermarks_are_margins() -> None:
    aslant = (
        f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <{'仅供审核'.encode('utf-16-be').hex()}> Tj ET\n"
    )
    pages = [
        text(200, 40, "某公司申报材料", 9)
        + aslant
        + wrapped(100 + 30 * n, f"正文第{n}段。")
        + text(280, 800, f"－ {n} －", 9)
        for n in range(1, 5)
    ]
    document = read(*pages)
    assert texts(document) == [f"正文第{n}段。" for n in range(1, 5)]
    assert document.margins == ("某公司申报材料", "－ 1 －", "仅供审核")


@needs_fonts
def test_a_rotated_page_is_read_as_it_is_shown() -> None:
    content = f"q 0 1 -1 0 {WIDTH} 0 cm\nBT /F1 14 Tf 1 0 0 1 100 495 Tm <{'正文'.encode('utf-16-be').hex()}> Tj ET Q\n"
    document = read(content, rotate=90)
    (paragraph,) = (block for block in document.blocks if isinstance(block, Paragraph))
    assert paragraph.text == "正文"
    assert paragraph.box is not None
    assert paragraph.box[0] == pytest.approx(100, abs=3)
    assert paragraph.box[3] == pytest.approx(WIDTH - 495, abs=6)


# -------------------------------------------------------------------------------------- tables


@needs_fonts
def test_a_ruled_table_with_merged_cells() -> None:
    xs, ys = [71, 200, 330, 460], [100, 130, 160, 190]
    rules = (
        line(71, 100, 460, 100) + line(71, 190, 460, 190) + line(71, 100, 71, 190)
        + line(460, 100, 460, 190) + line(200, 100, 200, 190) + line(330, 130, 330, 190)
        + line(71, 130, 460, 130) + line(200, 160, 460, 160)
    )  # fmt: skip
    rows = [["指标", "情况", ""], ["能源", "电", "气"], ["", "煤", ""]]
    document = read(text(71, 80, "前文。") + rules + cells(xs, ys, rows) + text(71, 220, "后文。"))
    (table,) = tables(document)
    assert words_of(table) == [["指标", "情况", "情况"], ["能源", "电", "气"], ["能源", "煤", ""]]
    assert texts(document) == ["前文。", "后文。"]
    wide, tall = table.grid[0][1], table.grid[1][0]
    assert (wide.row, wide.column, wide.rowspan, wide.colspan) == (1, 2, 1, 2)
    assert (tall.rowspan, table.grid[2][0] is tall, tall.page) == (2, True, 1)
    assert wide.box == pytest.approx((200, 100, 460, 130), abs=1)


@needs_fonts
def test_a_grid_in_one_path_and_wrapped_cells() -> None:
    one = "0.5 w " + "".join(
        f"{x} {HEIGHT - y - 40} {130} {40} re " for y in (100, 140) for x in (71, 201)
    )
    words = (
        text(75, 115, "产污环节名称很长需", 13)
        + text(75, 130, "要换行", 13)
        + text(205, 115, "甲", 13)
    )
    (table,) = tables(read(one + "S\n" + words))
    assert words_of(table) == [["产污环节名称很长需要换行", "甲"], ["", ""]]


@needs_fonts
def test_a_table_cut_by_the_page_is_whole_again_without_its_repeated_header() -> None:
    xs = [71, 120, 320]
    upper = grid(xs, [100, 130, 160]) + cells(xs, [100, 130], [["序号", "内容"], ["10", "清" * 19]])
    lower = grid(xs, [80, 110, 140, 170]) + cells(
        xs, [80, 110, 140], [["序号", "内容"], ["", "洁燃料"], ["11", "电"]]
    )
    (whole,) = tables(read(upper, lower))
    assert words_of(whole) == [["序号", "内容"], ["10", "清" * 19 + "洁燃料"], ["11", "电"]]
    assert [row[0].paragraphs[0].page for row in whole.grid] == [1, 1, 2]


@needs_fonts
def test_a_table_may_go_on_over_several_pages() -> None:
    xs = [71, 120, 320]
    pages = [
        grid(xs, [80, 110, 140]) + cells(xs, [80, 110], [["序号", "内容"], [str(10 + n), "电"]])
        for n in range(3)
    ]
    (whole,) = tables(read(*pages))
    assert words_of(whole) == [["序号", "内容"], ["10", "电"], ["11", "电"], ["12", "电"]]


@needs_fonts
def test_after_a_total_the_same_header_begins_another_table() -> None:
    xs = [71, 120, 320]
    rows = [[["序号", "产量"], [words, "80"]] for words in ("合计", "10")]
    pages = [grid(xs, [80, 110, 140]) + cells(xs, [80, 110], each) for each in rows]
    assert [words_of(table) for table in tables(read(*pages))] == rows


@needs_fonts
def test_a_merged_cell_above_a_cut_row_keeps_the_table_whole() -> None:
    """The blank rest of a merged cell reaches further down than the rest of the cut row."""
    xs = [71, 120, 320]
    upper = grid(xs, [100, 130, 160]) + cells(
        xs, [100, 130], [["工序", "措施"], ["破碎", "封" * 19]]
    )
    outer = line(71, 80, 320, 80) + line(71, 140, 320, 140) + line(120, 110, 320, 110)
    lower = outer + "".join(line(x, 80, x, 140) for x in xs)
    lower += cells(xs, [80, 110], [["", "闭"], ["", "喷雾"]])
    (whole,) = tables(read(upper, lower))
    assert words_of(whole) == [
        ["工序", "措施"],
        ["破碎", "封" * 19 + "闭"],
        ["破碎", "喷雾"],
    ]


@needs_fonts
@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("隧道窑（", ["DA001）"], "隧道窑（DA001）"),  # a word that did not fit
        ("（", ["DA001", "）"], "（DA001）"),  # nor in the next line with its bracket
        ("档案、台", ["账、人员"], "档案、台账、人员"),  # a mark that may not begin a line
        ("运输量", ["（吨）"], "运输量（吨）"),
        ("制粒冷", ["（", "DA003）"], "制粒冷（DA003）"),  # a bracket that may not end a line
        ("包装（D", ["A006）"], "包装（DA006）"),  # no word is a single letter
        ("浓度（", ["mg/", "m³）"], "浓度（mg/m³）"),  # a unit that fits no line
    ],
)
def test_a_cell_goes_on_with_what_could_not_have_been_left_above(
    above: str, below: list[str], whole: str
) -> None:
    xs = [71, 120, 174]
    upper = grid(xs, [100, 130, 160]) + cells(xs, [100, 130], [["序号", "内容"], ["10", above]])
    words = "".join(text(xs[1] + 4, 96 + 14 * at, part, 10) for at, part in enumerate(below))
    lower = grid(xs, [80, 120, 150]) + words + cells(xs, [120], [["11", "电"]])
    (table,) = tables(read(upper, lower))
    assert words_of(table) == [["序号", "内容"], ["10", whole], ["11", "电"]]


@needs_fonts
def test_a_second_pollutant_below_the_break_is_a_row_of_its_own() -> None:
    xs = [71, 120, 160]
    upper = grid(xs, [100, 130, 160]) + cells(xs, [100, 130], [["序号", "风量"], ["10", "26000"]])
    lower = grid(xs, [80, 110, 140]) + cells(xs, [80, 110], [["", "21000"], ["11", "8000"]])
    (table,) = tables(read(upper, lower))
    assert words_of(table) == [["序号", "风量"], ["10", "26000"], ["", "21000"], ["11", "8000"]]


@needs_fonts
def test_a_merged_cell_reaches_over_the_page() -> None:
    xs = [71, 200, 400]
    merged = line(71, 100, 400, 100) + line(71, 160, 400, 160) + line(200, 130, 400, 130)
    upper = (
        merged
        + "".join(line(x, 100, x, 160) for x in xs)
        + cells(xs, [100, 130], [["能源", "电"], ["", "气"]])
    )
    lower = grid(xs, [80, 110, 140]) + cells(xs, [80, 110], [["", "煤"], ["运输", "汽车"]])
    (table,) = tables(read(upper, lower))
    assert words_of(table) == [["能源", "电"], ["能源", "气"], ["能源", "煤"], ["运输", "汽车"]]


def test_boxes_of_a_drawing_are_no_tables() -> None:
    box = f"100 {HEIGHT - 200} 80 30 re S\n"
    document = read(box + text(110, 190, "破碎", 12))
    assert not tables(document)
    assert texts(document) == ["破碎"]


# ------------------------------------------------------------------------------------ pictures


def test_pictures_with_captions_side_by_side_are_a_table() -> None:
    row = picture(71, 100, 200, 150) + picture(300, 100, 200, 150, "I2")
    captions = text(120, 270, "1# 除尘设施照片", 10) + text(350, 270, "2# 除尘设施照片", 10)
    (table,) = tables(read(wrapped(80, "照片如下。") + row + captions))
    assert words_of(table) == [["", ""], ["1# 除尘设施照片", "2# 除尘设施照片"]]
    one, other = (cell.pictures[0] for cell in table.grid[0])
    assert (one.width, one.height) == pytest.approx((200 * 12700, 150 * 12700), rel=0.01)
    assert one.key == f"{zlib.crc32(b'a'):08x}-1"
    assert one.key != other.key


def test_a_caption_without_its_picture_has_a_cell_of_its_own() -> None:
    captions = text(120, 270, "1# 除尘设施照片", 10) + text(350, 270, "2# 除尘设施照片", 10)
    (table,) = tables(read(wrapped(60, LONG) + picture(71, 100, 200, 150) + captions))
    assert words_of(table)[1] == ["1# 除尘设施照片", "2# 除尘设施照片"]
    assert [len(cell.pictures) for cell in table.grid[0]] == [1, 0]


def test_captions_that_begin_the_next_page_are_those_of_the_pictures() -> None:
    photos = picture(71, 600, 200, 150) + picture(300, 600, 200, 150, "I2")
    number = text(285, 790, "20", 10)
    captions = text(120, 80, "1# 除尘设施照片", 10) + text(350, 80, "2# 除尘设施照片", 10)
    document = read(wrapped(500, LONG) + photos + number, captions + wrapped(120, LONG))
    (table,) = tables(document)
    assert words_of(table) == [["", ""], ["1# 除尘设施照片", "2# 除尘设施照片"]]
    assert [len(cell.pictures) for cell in table.grid[0]] == [1, 1]
    assert texts(document) == [LONG, LONG]


@needs_fonts
def test_pictures_may_have_gone_over_the_page_below_their_captions() -> None:
    xs = [71, 271, 471]
    names = [["1# 窑尾", "2# 窑头"], ["3# 煤磨", "4# 包装"]]
    upper = grid(xs, [100, 300, 330]) + cells(xs, [100, 300], names)
    upper += picture(81, 125, 150, 110) + picture(281, 125, 150, 110, "I2")
    lower = grid(xs, [80, 200]) + picture(81, 85, 150, 110)
    lower += picture(281, 85, 150, 110, "I2")
    (table,) = tables(read(upper, lower))
    assert words_of(table) == names
    assert [[len(cell.pictures) for cell in row] for row in table.grid] == [[1, 1], [1, 1]]


@needs_fonts
def test_a_picture_that_its_cell_cuts_off_is_in_it() -> None:
    xs = [71, 200, 260]
    page = grid(xs, [100, 130, 260]) + cells(xs, [100, 130], [["设施", "照片"], ["1#", ""]])
    (table,) = tables(read(page + picture(204, 132, 300, 120)))
    assert [[len(cell.pictures) for cell in row] for row in table.grid] == [[0, 0], [0, 1]]


def test_what_stands_below_a_lone_picture_may_be_a_heading() -> None:
    page = (
        text(LEFT, 80, "图 工艺流程及产污节点图", 12)
        + picture(LEFT, 100, 300, 150)
        + text(LEFT, 275, "3.3 原辅材料、能源消耗情况", 12)
        + wrapped(310, LONG)
    )
    document = read(page)
    assert not tables(document)
    assert texts(document) == ["图 工艺流程及产污节点图", "", "3.3 原辅材料、能源消耗情况", LONG]


def test_a_seal_belongs_to_the_line_that_it_covers() -> None:
    document = read(wrapped(100, LONG) + text(330, 500, "（企业盖章）") + picture(420, 420, 90, 90))
    assert [len(b.pictures) for b in document.blocks if isinstance(b, Paragraph)] == [0, 1]


@needs_fonts
def test_a_picture_in_a_ruled_cell() -> None:
    xs, ys = [71, 271, 471], [100, 220, 250]
    page = grid(xs, ys) + picture(81, 105, 150, 110) + cells(xs, ys, [["", "无"], ["图1", "图2"]])
    (table,) = tables(read(page))
    assert len(table.grid[0][0].pictures) == 1
    assert words_of(table) == [["", "无"], ["图1", "图2"]]


# --------------------------------------------------------------------------- scans and refusals


def test_pages_without_text_are_named() -> None:
    scan = picture(0, 0, WIDTH, HEIGHT)
    document = read(wrapped(100, LONG), scan, scan, wrapped(100, LONG), scan)
    assert document.warnings == (
        "第2–3页是扫描图，没有文字层，须人工核实",
        "第5页是扫描图，没有文字层，须人工核实",
    )
    assert sum(len(b.pictures) for b in document.blocks if isinstance(b, Paragraph)) == 3


def test_a_file_of_scans_has_no_blocks_and_says_so() -> None:
    document = read(picture(0, 0, WIDTH, HEIGHT))
    assert document.blocks == ()
    assert document.warnings == ("第1页是扫描图，没有文字层，须人工核实",)


def test_an_empty_file_says_so() -> None:
    assert read("", "").warnings == ("文件里没有任何文字和图片，须人工核实",)


def test_a_drawing_of_too_many_lines_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duibiao.document.pdf.grid.MAX_LINES", 4)
    document = read(wrapped(100, LONG) + grid([71, 200, 300], [200, 230, 260]))
    assert document.warnings == ("第1页线条或图片过多，其中的表格和图片没有全部识别，须人工核实",)


def test_text_added_by_recognition_software_is_said() -> None:
    document = read(picture(0, 0, WIDTH, HEIGHT) + text(71, 100, LONG[:30], mode=3))
    assert texts(document) == [LONG[:30]]
    assert document.warnings == ("第1页是扫描图，文字由识别软件加上，可能有误，须人工核实",)


def test_a_cut_off_file_is_never_simply_good() -> None:
    whole = pdf(wrapped(100, LONG))
    try:
        document = read_pdf(whole[:-40], "材料.pdf")
    except IntakeError as error:
        assert "损坏" in str(error)  # noqa: PT017
    else:
        assert any("不完整" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "0 字节"),
        (b"PK\3\4", "不是 PDF"),
        (b"%PDF-1.7\n" + b"x" * 500, "损坏"),
        (
            pdf("", extra="/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -1/O<" + "00" * 32 + ">/U<" + "11" * 32 + ">>>"),
            "设有打开密码",
        ),
    ],
    ids=["empty", "zip", "damaged", "password"],
)  # fmt: skip
def test_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(IntakeError, match=r"材料\.pdf") as caught:
        read_pdf(data, "材料.pdf")
    assert reason in str(caught.value)


def test_too_many_pages_and_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duibiao.document.pdf.file.MAX_PAGES", 2)
    with pytest.raises(IntakeError, match="3 页，超过 2 页"):
        read("", "", "")
    monkeypatch.setattr("duibiao.document.pdf.chars.MAX_CHARACTERS", 10)
    with pytest.raises(IntakeError, match="第1页内容过多"):
        read(text(71, 100, LONG))


def test_too_many_objects() -> None:
    with pytest.raises(TooComplexError):
        Budget(objects=1).spend(objects=2)
    with pytest.raises(TooComplexError):
        Budget(image_bytes=1).spend(image_bytes=2)


@needs_fonts
def test_text_in_a_font_that_is_not_there_is_said() -> None:
    document = read(wrapped(100, LONG) + text(71, 200, "8"))
    assert document.warnings == ("第1页有文字的字体没有嵌入文件，个别字可能读不出来，须人工核实",)


def test_a_missing_file_and_a_wrong_name(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="找不到"):
        read_pdf(tmp_path / "无.pdf", "无.pdf")
    path = tmp_path / "材料.docx"
    path.write_bytes(pdf(wrapped(100, LONG)))
    document = read_pdf(path, path.name)
    assert document.size == path.stat().st_size
    assert document.warnings == ("文件扩展名是“.docx”，内容是 PDF 文件，已按内容读取",)


# --------------------------------------------------------------------------------- LibreOffice

SOFFICE = shutil.which("soffice")
WORD = [*sorted((ROOT / "demo").glob("*.docx")), *sorted(SAMPLES.glob("sample-0[135].docx"))]
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run(
        [*command, *map(str, WORD)], check=True, timeout=300, capture_output=True, env=environment
    )
    return folder


@needs_office
@pytest.mark.parametrize("word", WORD, ids=lambda path: path.stem)
def test_the_same_dossier_as_from_word(word: Path, converted: Path) -> None:
    common = load_common()
    document = read_pdf(converted / f"{word.stem}.pdf", "材料.pdf")
    expected = recognise(read_word(word, word.name), common)
    found = recognise(document, common)
    # Page breaks may part a picture from its caption; tracked deletions are printed; repeated headers are kept.
    differences = same_content(replace(expected, paragraphs=()), replace(found, paragraphs=()))
    assert len(differences) <= 3, differences
    assert [section.key for section in found.sections] == [s.key for s in expected.sections]
    assert all(section.at.page and section.at.box for section in found.sections)
    assert not document.warnings


@needs_office
def test_grids_are_those_that_pdfplumber_finds(converted: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    path = converted / f"{WORD[0].stem}.pdf"
    document = read_pdf(path, "材料.pdf")
    ours = {
        (cell.page, tuple(round(side / 3) for side in cell.box))
        for table in tables(document)
        for cell in table.cells()
        if cell.box and not any(c.pictures for c in table.cells())
    }
    with pdfplumber.open(path) as opened:
        theirs = [
            (number, box)
            for number, page in enumerate(opened.pages, 1)
            for table in page.find_tables()
            if len(table.cells) > 1
            for box in table.cells
        ]
    found = sum(
        any(
            (page, tuple(round((side + shift) / 3) for side in box)) in ours for shift in (-1, 0, 1)
        )
        for page, box in theirs
    )
    assert found >= 0.95 * len(theirs)
