"""申报数据.xlsx as people leave it: what they see is what is read; what does not fit is told with its cell."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duibiao.model.location import Location
from duibiao.project.blank import write_workbook
from duibiao.project.values import number_text

from .project_files import (
    FORM_HEAD,
    GOOD,
    LIST_HEAD,
    SHEETS,
    SMALL,
    As,
    changed,
    content_of,
    filled,
    read,
    told,
    workbook,
)

FORM, LIST = SHEETS["申请表"], SHEETS["有组织排放"]


def xlsx(tmp_path: Path, sheets=SHEETS, **options):
    return read(workbook(sheets, **options), tmp_path / "申报数据.xlsx")


def with_row(*row, head=LIST_HEAD):
    return SHEETS | {"有组织排放": [head, list(row)]}


def with_form(*lines):
    return SHEETS | {"申请表": [*FORM, *map(list, lines)]}


def test_what_fits_is_read_with_its_cells(tmp_path):
    data = xlsx(tmp_path)

    assert (told(data), content_of(data)) == ([], GOOD)
    assert data.form("form").values["grade"].at == Location(
        "申报数据.xlsx", sheet="申请表", row=3, column=2, quote="A级"
    )
    (row,) = data.rows("outlets")
    assert row.at == Location("申报数据.xlsx", sheet="有组织排放", row=2)
    assert row.values["amount"].at == Location(
        "申报数据.xlsx", sheet="有组织排放", row=2, column=4, quote="12.5"
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (139.5, "139.5"),
        (As(58.6, "0.00"), "58.6"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333333333"),
        (420000, "420000"),
        (As(0.92, "0%"), "92%"),
        (As(0.9955, "0.00%"), "99.55%"),
        (As(0.07, '0.0"达"%;-0%'), "7%"),
        (As(0.5, '"%"0.0'), "0.5"),
        (As(13700000101, "0"), "13700000101"),
        (-0.0, "0"),
        (1.5e-7, "0.00000015"),
        (" 25.3-41.6 ", "25.3-41.6"),
        ("第一段\r\n第二段", "第一段\n第二段"),
        ("_x0041_", "_x0041_"),
        (As(date(2026, 9, 10), "yyyy-mm-dd"), "2026年9月10日"),
        (As(date(2026, 9, 10), "[$-804]yyyy\"年\"m\"月\"d\"日\";@"), "2026年9月10日"),
        (As(date(2026, 9, 10), 'yyyy"年"m"月"'), "2026年9月"),
        (As(date(2026, 9, 10), "yyyy年m月"), "2026年9月"),
        (As(date(2026, 9, 10), 'e"年"m"月"'), "2026年9月"),
        (True, "是"),
        (As("达标", formula='="达"&"标"'), "达标"),
        (As(12.5, formula="=25/2"), "12.5"),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_seen(tmp_path, cell, text):
    data = xlsx(tmp_path, with_row(None, cell, None, 1))

    assert (told(data), data.rows("outlets")[0].values["outlet"].value) == ([], text)


@pytest.mark.parametrize("number", [9, 10])
def test_percent_formats_by_number(tmp_path, number):
    data = xlsx(tmp_path, with_row(None, "DA001", None, 1, As(0.5, number)))

    assert data.rows("outlets")[0].values["share"].value == "50%"


@pytest.mark.parametrize(
    ("number", "text"), [(31, "2026年9月10日"), (57, "2026年9月"), (14, "2026年9月10日")]
)
def test_date_formats_by_number(tmp_path, number, text):
    data = xlsx(tmp_path, with_row(None, "DA001", None, 1, None, As(date(2026, 9, 10), number)))

    assert data.rows("outlets")[0].values["since"].value == text


def test_columns_may_stand_in_any_order_and_the_header_in_any_row(tmp_path):
    rows = [
        ["有组织排放一览"],
        [],
        ["排放浓度\n(mg/Nm3)", "序 号", "投用时间", "设施类别*", "处理效率", "排放口编号（必填）"],
        ["12.5", None, None, None, None, "DA001"],
    ]
    data = xlsx(tmp_path, SHEETS | {"有组织排放": rows})

    assert (told(data), content_of(data)) == ([], GOOD)
    assert str(data.rows("outlets")[0].values["outlet"].at) == "工作表“有组织排放”，单元格F4"


def test_example_rows_blank_rows_and_numbers_alone_do_not_count(tmp_path):
    rows = [
        LIST_HEAD,
        ["示例", "DA009", "除尘", "1", "1%", "2020年"],
        [1, None, None, None],
        [2, "DA001", None, "12.5"],
        [3, "  ", None, "\n"],
        *([number] for number in range(4, 50)),
        ["（示例）", "DA008"],
    ]
    data = xlsx(tmp_path, SHEETS | {"有组织排放": rows})

    assert (told(data), content_of(data)) == ([], GOOD)


def test_titles_are_matched_leniently_and_hidden_sheets_count(tmp_path):
    sheets = {" 申请表": FORM, "有组织排放 ": LIST}
    data = xlsx(tmp_path, sheets, touch=lambda pages: pages["有组织排放 "].hide())

    assert (told(data), content_of(data)) == ([], GOOD)


def test_a_cell_merged_downwards_counts_in_every_row_that_says_something(tmp_path):
    def merge(pages):
        pages["有组织排放"].merge_range("B2:B5", "DA001")
        pages["申请表"].merge_range("B3:C3", "A级")

    rows = [LIST_HEAD, [], [None, None, None, "2"], [], []]
    rows[1] = [1, None, None, "1"]
    data = xlsx(tmp_path, SHEETS | {"有组织排放": rows}, touch=merge)

    assert told(data) == []
    assert content_of(data) == {
        "form": GOOD["form"],
        "outlets": [{"outlet": "DA001", "amount": "1"}, {"outlet": "DA001", "amount": "2"}],
    }


def test_a_form_may_have_its_values_elsewhere(tmp_path):
    rows = [
        [None, "填写项", "怎样写", "填写内容"],
        [1, "自评估等级", "选", "A级"],
        [2, "申报日期", "", "2026年9月10日"],
    ]
    data = xlsx(tmp_path, SHEETS | {"申请表": rows})

    assert (told(data), content_of(data)) == ([], GOOD)


def test_sheets_for_others_are_left_alone(tmp_path):
    extra = {
        "填写说明": [["甲"]],
        "选项": [["乙"]],
        "空表": [[]],
        "WpsReserved_CellImgList": [["x"]],
    }
    assert told(xlsx(tmp_path, SHEETS | extra)) == []


FAULTS = {
    "blank": (
        with_form()["申请表"][:2],
        None,
        ("工作表“申请表”", "缺少“自评估等级”", "补上它（表头文字与 duibiao new 新建的表一致），或把内容复制到新建的表里"),
    ),
    "blank value": (
        [FORM_HEAD, FORM[1], ["自评估等级", " "]],
        None,
        ("工作表“申请表”，单元格B3", "“自评估等级”没有填写", "填写自评估等级"),
    ),
    "line that is not asked for": (
        [*FORM, ["网址", "无"], ["备注", None]],
        None,
        (
            "工作表“申请表”，单元格A4",
            "“网址”不是这张表要填的内容，没有读取",
            "把内容移到对应的列（行），或删去它；表头文字请不要改动",
        ),
    ),
    "line twice": (
        [*FORM, ["自评估等级", "B级"]],
        None,
        ("工作表“申请表”，单元格A4", "“自评估等级”出现了两次，只读取了前一个", "删去多余的一个"),
    ),
    "form without names": (
        [["甲", "乙"]],
        None,
        (
            "工作表“申请表”",
            "工作表“申请表”中找不到表头，没有读取",
            "恢复表头一行，或把内容复制到 duibiao new 新建的表里",
        ),
    ),
    "column missing": (
        None,
        [[*LIST_HEAD[:3], None, *LIST_HEAD[4:]], [1, "DA001"], [2, "DA002"]],
        (
            "工作表“有组织排放”，第1行",
            "缺少“排放浓度（mg/m³）”",
            "补上它（表头文字与 duibiao new 新建的表一致），或把内容复制到新建的表里",
        ),
    ),
    "column of numbers missing": (
        None,
        [LIST_HEAD[1:], LIST[1][1:]],
        (
            "工作表“有组织排放”，第1行",
            "缺少“序号”",
            "补上它（表头文字与 duibiao new 新建的表一致），或把内容复制到新建的表里",
        ),
    ),
    "column that is not asked for": (
        None,
        [[*LIST_HEAD, "风机功率"], LIST[1]],
        (
            "工作表“有组织排放”，单元格G1",
            "“风机功率”不是这张表要填的内容，没有读取",
            "把内容移到对应的列（行），或删去它；表头文字请不要改动",
        ),
    ),
    "column twice": (
        None,
        [[*LIST_HEAD, "排放浓度"], [*LIST[1], None, None, "99"]],
        ("工作表“有组织排放”，单元格G1", "“排放浓度”出现了两次，只读取了前一个", "删去多余的一个"),
    ),
    "cells without a header": (
        None,
        [LIST_HEAD, [*LIST[1], None, None, None, "见附件"]],
        (
            "工作表“有组织排放”，单元格H2",
            "这一列没有表头，其中的内容没有读取",
            "把内容移到有表头的列，或删去",
        ),
    ),
    "header in another unit": (
        None,
        [[*LIST_HEAD[:3], "排放浓度（g/m³）"], LIST[1]],
        (
            "工作表“有组织排放”，单元格D1",
            "表头“排放浓度（g/m³）”的单位不是mg/m³",
            "把数值换算成mg/m³，表头改回“排放浓度（mg/m³）”",
        ),
    ),
    "header with a unit of its own": (
        None,
        [[*LIST_HEAD[:4], "处理效率（%）"], LIST[1]],
        (
            "工作表“有组织排放”，单元格E1",
            "表头“处理效率（%）”不应带单位",
            "表头改回“处理效率”，单位写进各格，例如“92%”",
        ),
    ),
    "no rows": (
        None,
        [LIST_HEAD, ["示例", "DA001", None, "12.5"]],
        ("工作表“有组织排放”", "“有组织排放”一行也没有填", "从示例行的下一行起填写；每个排放口一行"),
    ),
    "headers lost": (
        None,
        [LIST[1]],
        (
            "工作表“有组织排放”",
            "工作表“有组织排放”中找不到表头，没有读取",
            "恢复表头一行，或把内容复制到 duibiao new 新建的表里",
        ),
    ),
    "no such kind": (
        None,
        [LIST_HEAD, [1, "DA001", "除烟", "12.5"]],
        ("工作表“有组织排放”，单元格C2", "“设施类别”填了“除烟”，不在可选范围", "从除尘、脱硝中选一项"),
    ),
    "formula gone wrong": (
        None,
        [LIST_HEAD, [1, "DA001", None, As("#DIV/0!", formula="=1/0")]],
        ("工作表“有组织排放”，单元格D2", "“排放浓度”的公式出错（#DIV/0!）", "改正公式，或直接填写，例如“≤50”"),
    ),
    "formula without a result": (
        None,
        [LIST_HEAD, [1, "DA001", None, As(None, formula="=1+1")]],
        (
            "工作表“有组织排放”，单元格D2",
            "“排放浓度”是公式，文件中没有它的计算结果",
            "用 Excel 或 WPS 打开后保存，或直接填写，例如“≤50”",
        ),
    ),
    "number whose digits are lost": (
        None,
        [LIST_HEAD, [1, 914112210000000123, None, "12.5"]],
        (
            "工作表“有组织排放”，单元格B2",
            "“排放口编号”填了914112210000000000，单元格是数值格式，15位以后的数字已经丢失",
            "把单元格设为文本格式，重新输入，例如“DA001”",
        ),
    ),
    "time for a date": (
        None,
        [LIST_HEAD, [1, "DA001", None, "12.5", None, As(0.25, "h:mm")]],
        (
            "工作表“有组织排放”，单元格F2",
            "“投用时间”填了“6:00:00”，不是日期",
            "写到年月日或年月，例如“2019年6月”",
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("form", "rows", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_its_cell_and_what_to_write(tmp_path, form, rows, expected):
    sheets = {"申请表": form or FORM, "有组织排放": rows or LIST}
    assert told(xlsx(tmp_path, sheets)) == [expected]


def test_a_sheet_that_is_missing(tmp_path):
    assert told(xlsx(tmp_path, {"申请表": FORM})) == [
        (
            "有组织排放",
            "没有工作表“有组织排放”",
            "从 duibiao new 新建的 申报数据.xlsx 中复制这张工作表过来填写",
        )
    ]


def test_a_sheet_of_its_own(tmp_path):
    assert told(xlsx(tmp_path, SHEETS | {"有组织排放 (2)": LIST})) == [
        (
            "工作表“有组织排放 (2)”",
            "工作表“有组织排放 (2)”不是本行业要填的表，没有读取",
            "把内容移到对应的工作表，或删去这张工作表；行业类型填错时也会这样",
        )
    ]


def test_namespaces_with_prefixes_and_of_the_strict_kind(tmp_path):
    data = workbook(SHEETS)
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        data = changed(
            data,
            name,
            lambda xml: (
                xml.replace(b"<", b"<x:")
                .replace(b"<x:/", b"</x:")
                .replace(b"<x:?", b"<?")
                .replace(b"xmlns=", b"xmlns:x=")
            ),
        )
    found = read(data, tmp_path / "申报数据.xlsx")

    assert (told(found), content_of(found)) == ([], GOOD)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t=+-@'\"<&_x")
).map(str.strip).filter(bool)  # fmt: skip
CONTENTS = st.fixed_dictionaries(
    {
        "form": st.dictionaries(st.sampled_from(("date", "grade", "value", "text")), TEXTS),
        "outlets": st.lists(
            st.dictionaries(
                st.sampled_from(("outlet", "kind", "amount", "share", "since")), TEXTS, min_size=1
            )
        ),
    }
)


@settings(deadline=None, max_examples=60)
@given(CONTENTS)
def test_reading_what_was_written_gives_the_same(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("written") / "申报数据.xlsx"
    write_workbook(path, SMALL, filled(content))

    assert content_of(read(path.read_bytes(), path)) == {
        key: value for key, value in content.items() if value
    }


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_is_shown_as_it_was_typed(number):
    assert number_text(float(number)) == format(number.normalize() + 0, "f")


@given(st.integers(min_value=0, max_value=10_000))
def test_a_share_is_shown_as_it_was_typed(share):
    assert number_text(share / 100, percent=True) == f"{share}%"
