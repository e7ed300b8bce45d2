"""The workbooks of the lists as programs read them: texts stay texts, pages are made for printing, bytes repeat."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from duibiao.law.common import load_common
from duibiao.reports.lists import LISTS
from duibiao.reports.lists.data import make_listing
from duibiao.reports.lists.workbook import CUT, LONGEST, Page, Rows, render, render_to

HOSTILE = ("=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://x","y")', "http://x", "{=1}", "007")
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def page(*texts: str, name: str = "表") -> Page:
    rows = tuple((number, text, Decimal("33.33")) for number, text in enumerate(texts, start=1))
    return Page(name, "标题", (("序号", "文字", "占比"),), (6, 30, 10), rows, ("上",), ("下",))


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as book:
        return etree.fromstring(book.read(name))


def test_a_page_is_read_back_as_it_was_written():
    assert sheets(render([page("甲\n乙", "")])) == {
        "表": [
            ["标题", "", ""],
            ["上", "", ""],
            ["序号", "文字", "占比"],
            [1.0, "甲\n乙", 33.33],
            [2.0, "", 33.33],
            ["下", "", ""],
        ]
    }


def test_foreign_texts_are_never_formulas_links_or_numbers():
    data = render([page(*HOSTILE)])
    (rows,) = sheets(data).values()
    assert [row[1] for row in rows[3:-1]] == list(HOSTILE)
    tree = part(data, "xl/worksheets/sheet1.xml")
    assert tree.findall(f".//{SPREADSHEET}f") == []
    assert tree.findall(f".//{SPREADSHEET}hyperlink") == []
    texts = [cell for cell in tree.iter(f"{SPREADSHEET}c") if cell.get("r", "").startswith("B")]
    assert {cell.get("t") for cell in texts if len(cell)} == {"inlineStr"}


def test_what_a_workbook_cannot_hold_becomes_a_space():
    assert sheets(render([page("甲\x00\x1b\ud800\uffff\u202e乙")]))["表"][3][1] == "甲 乙"


def test_a_text_that_is_too_long_says_that_it_is_cut():
    texts = ("字" * LONGEST, "字" * (LONGEST + 1), "𠮷" * LONGEST)
    whole, cut, astral = sheets(render([page(*texts)]))["表"][3:6]
    assert whole[1] == "字" * LONGEST
    assert cut[1] == "字" * (LONGEST - len(CUT)) + CUT
    assert astral[1] == "𠮷" * ((LONGEST - len(CUT)) // 2) + CUT


@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_texts_and_names_make_a_readable_workbook(texts):
    made = sheets(render([page(*texts, name=text) for text in [*texts, "说明", "说明"]]))
    assert len(made) == len(texts) + 2
    for rows in made.values():
        assert [row[0] for row in rows[3:-1]] == list(range(1, len(texts) + 1))


def test_names_of_sheets_are_fit_and_unique():
    names = ["a[b]:*?/\\c", "A B", "a b", "", "长" * 40, "长" * 40]
    assert list(sheets(render([page(name=name) for name in names]))) == [
        "abc",
        "A B",
        "a b（2）",
        "未命名",
        "长" * 12,
        "长" * 12 + "（2）",
    ]


def test_equal_pages_are_equal_bytes():
    assert render([page("甲"), page("乙")]) == render([page("甲"), page("乙")])


def test_rows_that_one_sheet_cannot_take_go_on_in_the_next(monkeypatch, tmp_path):
    monkeypatch.setattr("duibiao.reports.lists.workbook.MOST_ROWS", 2)
    many = page("甲", "乙", "丙", "丁", "戊")
    made = sheets(render([many, page("甲", "乙", name="说明")]))
    assert {name: [row[1] for row in rows[3:-1]] for name, rows in made.items()} == {
        "表": ["甲", "乙"],
        "表（2）": ["丙", "丁"],
        "表（3）": ["戊"],
        "说明": ["甲", "乙"],
    }
    assert {tuple(map(tuple, rows[:3])) for rows in made.values()} == {
        (("标题", "", ""), ("上", "", ""), ("序号", "文字", "占比"))
    }
    render_to([many, page("甲", "乙", name="说明")], tmp_path / "表.xlsx", tmp_path)
    assert sheets((tmp_path / "表.xlsx").read_bytes()) == made
    assert [one.name for one in tmp_path.iterdir()] == ["表.xlsx"]


def test_rows_are_made_as_they_are_written():
    alive = peak = 0

    class Text(str):
        def __new__(cls, number: int) -> Text:
            nonlocal alive, peak
            alive += 1
            peak = max(peak, alive)
            return super().__new__(cls, number)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    lines = Rows(lambda: ((Text(number), "") for number in range(1000)))
    render([Page("表", "标题", (("序号", "文字"),), (6, 9), lines)])
    assert peak < 10


def test_pages_are_made_for_printing():
    data = render([page("甲")])
    tree = part(data, "xl/worksheets/sheet1.xml")
    setup = tree.find(f"{SPREADSHEET}pageSetup")
    assert setup is not None
    assert dict(setup.attrib) == {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"}
    names = part(data, "xl/workbook.xml").findall(f".//{SPREADSHEET}definedName")
    assert [(name.get("name"), name.text) for name in names] == [("_xlnm.Print_Titles", "表!$3:$3")]
    fonts = part(data, "xl/styles.xml").findall(f"{SPREADSHEET}fonts/*/{SPREADSHEET}name")
    assert {font.get("val") for font in fonts} == {"Calibri", "仿宋", "黑体"}


def test_equal_neighbours_of_a_header_are_one_cell():
    made = Page(
        "表", "标题", (("序", "甲", "甲", "乙"), ("序", "一", "二", "乙")), (6, 9, 9, 9), ()
    )
    merged = part(render([made]), "xl/worksheets/sheet1.xml").iter(f"{SPREADSHEET}mergeCell")
    assert {cell.get("ref") for cell in merged} == {"A1:D1", "A2:A3", "B2:C2", "D2:D3"}


def test_a_header_is_as_high_as_its_longest_name_needs():
    name = "字" * 14
    made = Page("表", "标题", (("序", "甲", "甲"), ("序", name, "乙")), (6, 14, 14), ())
    tree = part(render([made]), "xl/worksheets/sheet1.xml")
    heights = [row.get("ht") for row in tree.iter(f"{SPREADSHEET}row")]
    assert heights == ["36", "18", "54"]


def test_a_row_is_as_high_as_its_longest_cell_needs():
    data = render([page("字" * 13, "字" * 14, "字" * 9999)])
    heights = {
        row.get("r"): row.get("ht")
        for row in part(data, "xl/worksheets/sheet1.xml").iter(f"{SPREADSHEET}row")
    }
    assert (heights["4"], heights["5"], heights["6"]) == ("18", "32.25", "408.75")


def test_a_listing_without_packages_makes_three_workbooks():
    listing = make_listing(load_common(), [], {"坏.docx": "读不了"})
    books = {name: render(pages(listing)) for name, pages in LISTS.items()}
    assert {name: list(sheets(data)) for name, data in books.items()} == {
        "绩效分级申报清单.xlsx": ["全部", "说明"],
        "提升企业清单.xlsx": ["提升企业清单", "说明"],
        "提升目标表.xlsx": ["提升目标表", "完成情况", "说明"],
    }
    for data in books.values():
        assert sheets(data)["说明"][-1] == [1.0, "坏.docx", "", "否", "无法检查", "读不了"]


@office
def test_libreoffice_prints_every_sheet_on_one_page_across(tmp_path: Path):
    listing = make_listing(load_common(), [], {})
    (tmp_path / "表.xlsx").write_bytes(render(LISTS["提升目标表.xlsx"](listing)))
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "表.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with pypdfium2.PdfDocument(tmp_path / "表.pdf") as printed:
        sizes = [tuple(round(side) for side in sheet.get_size()) for sheet in printed]
        texts = [sheet.get_textpage().get_text_range() for sheet in printed]
    assert set(sizes) == {(842, 595)}
    assert [("兰考县" in text, "提升目标完成情况" in text) for text in texts][:2] == [
        (True, False),
        (True, True),
    ]
