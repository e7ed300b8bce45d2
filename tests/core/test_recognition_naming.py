"""Places in words that a person finds in Word: by titles and names, never by counting tables."""

import pytest

from duibiao.document.model import Block, Table
from duibiao.model.location import Location
from duibiao.recognition import forms, naming
from duibiao.recognition.naming import TableNames

from .test_recognition_tables import paragraph, spanned, table

OUTLETS = table(
    ("序号", "排放口编号", "污染物", "浓度（mg/m³）"),
    ("1", "DA001", "颗粒物", "3.1"),
    ("2", "DA001", "二氧化硫", "8"),
    ("3", "DA002", "颗粒物", "2.2"),
    ("4", "DA003", "颗粒物", "2"),
    ("5", "DA003", "颗粒物", "2"),
    ("", "", "", ""),
)
FORM = table(("企业名称", "甲公司", "联系人", "张三"), ("地址", "某县", "电话", ""))
GROUPED = table(("基本情况", "企业名称", "甲公司"), ("基本情况", "联系电话", ""))
TALL = spanned(
    table(
        ("某厂排放口汇总", "", ""), ("编号", "排放情况", ""), ("", "浓度", "速率"), ("A", "1", "2")
    ),
    1, 1, 3,
)  # fmt: skip
TALL = spanned(TALL, 2, 2, 3)
PAGE = (paragraph("表5 排放口一览表"), paragraph(" "), OUTLETS)


@pytest.mark.parametrize(
    ("table_", "around", "row", "column", "words"),
    [
        (OUTLETS, (OUTLETS,), 4, 4, "“DA002”一行，“浓度（mg/m³）”一列"),
        (OUTLETS, (OUTLETS,), 2, 4, "“DA001、颗粒物”一行，“浓度（mg/m³）”一列"),
        (OUTLETS, (OUTLETS,), 5, 4, "“DA003、颗粒物”一行，第5行，“浓度（mg/m³）”一列"),
        (OUTLETS, (OUTLETS,), 7, 2, "第7行，“排放口编号”一列"),
        (OUTLETS, (OUTLETS,), 1, 3, "表头，“污染物”一列"),
        (OUTLETS, (OUTLETS,), 4, None, "“DA002”一行"),
        (OUTLETS, (OUTLETS,), None, 3, "“污染物”一列"),
        (OUTLETS, (OUTLETS,), None, None, "表“序号、排放口编号、污染物”"),
        (OUTLETS, PAGE, None, None, "“表5 排放口一览表”"),
        (OUTLETS, (*PAGE, FORM), 4, None, "“表5 排放口一览表”，“DA002”一行"),
        (OUTLETS, (OUTLETS, FORM), 4, None, "表“序号、排放口编号、污染物”，“DA002”一行"),
        (OUTLETS, (paragraph("有关数据如下："), OUTLETS), None, None, "表“序号、排放口编号、污染物”"),
        (FORM, (FORM,), 2, 4, "“电话”一格"),
        (FORM, (FORM,), 2, 3, "“电话”一格"),
        (FORM, (OUTLETS, FORM), 1, 2, "“企业名称”一格"),
        (GROUPED, (GROUPED,), 2, 3, "“联系电话”一格"),
        (TALL, (TALL,), 4, 3, "“A”一行，“排放情况 速率”一列"),
        (TALL, (TALL,), 3, 3, "表头，“排放情况 速率”一列"),
    ],
)  # fmt: skip
def test_a_place_in_a_table_is_told_by_names(
    table_: Table, around: tuple[Block, ...], row: int | None, column: int | None, words: str
) -> None:
    names = TableNames(table_, around)
    at = Location(heading="2.14 排放限值", table=1, row=row, column=column, names=names)
    assert str(at) == f"2.14 排放限值，{words}"


def test_a_long_table_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    long = table(("车牌", "VIN"), *((f"豫M{number:05}", "V") for number in range(500)))
    asked: list[Table] = []

    def is_form(one: Table, groups: int = 0) -> bool:
        asked.append(one)
        return forms.is_form(one, groups)

    monkeypatch.setattr(naming, "is_form", is_form)
    names = TableNames(long, (long,))
    said = ["，".join(names.words(row, 2)) for row in range(2, 502)]
    assert said == [f"“豫M{number:05}”一行，“VIN”一列" for number in range(500)]
    assert len(asked) <= 2


def test_a_paragraph_is_told_by_what_it_says() -> None:
    at = Location(heading="三、承诺书", paragraph=85, quote="法定代表人（签字）：")
    assert (str(at), at.quoted()) == ("三、承诺书", "三、承诺书 “法定代表人（签字）：”")
    heading = Location(heading="三、承诺书", paragraph=80, quote="三、承诺书")
    assert heading.quoted() == "三、承诺书"


@pytest.mark.parametrize(("column", "cell"), [(1, "A5"), (26, "Z5"), (27, "AA5"), (703, "AAA5")])
def test_a_cell_of_a_workbook_is_told_as_spreadsheets_do(column: int, cell: str) -> None:
    assert str(Location(sheet="排放口", row=5, column=column)) == f"工作表“排放口”，单元格{cell}"
