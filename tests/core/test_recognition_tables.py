"""What tables mean, however they are drawn."""

from collections.abc import Sequence

import pytest

from duibiao.document.model import Block, Cell, Document, Paragraph, Picture, Table
from duibiao.law import load_common
from duibiao.model.dossier import Dossier
from duibiao.recognition import recognise
from duibiao.recognition.cells import compact, one_line
from duibiao.recognition.forms import ticked

_HEADINGS = {
    "一": "一、绩效分级申请表",
    "四.1": "1. 企业基本信息",
    "四.2": "2. 环保守法说明",
    "四.3.1": "3.1 产品及产量",
    "四.4": "4. 大气污染物产排污环节及相应污染治理措施",
    "五.2.13.1": "2.13.1 除尘设施",
    "五.2.14": "2.14 排放限值",
    "五.2.16.2": "2.16.2 台账资料",
    "附.4": "4. 应急减排措施",
    "附.4.1": "4.1 红色预警下应急减排措施",
}
_PARTS = {
    "一": "一、绩效分级申请表",
    "四": "四、企业基本情况",
    "五": "五、绩效分级材料",
    "附": "附件 重污染天气应急减排“一厂一策”实施方案",
}
FACILITIES = ("序号", "产污环节", "除尘工艺", "去除效率", "污染物排放浓度（mg/m³）")
PICTURE = Picture("word/media/a.png", "0-1", 1, 1)


def table(*rows: Sequence[str], index: int = 1, pictures: Sequence[tuple[int, int]] = ()) -> Table:
    return Table(
        index,
        tuple(
            tuple(
                Cell(row, column, 1, 1, (paragraph(text, (row, column) in pictures),), text)
                for column, text in enumerate(texts, 1)
            )
            for row, texts in enumerate(rows, 1)
        ),
    )


def paragraph(text: str, pictured: bool = False) -> Paragraph:
    return Paragraph(1, text, pictures=(PICTURE,) if pictured else ())


def spanned(table_: Table, row: int, first: int, last: int) -> Table:
    """Merge the cells of a row from one column to another."""
    rows = [list(cells) for cells in table_.grid]
    old = rows[row - 1][first - 1]
    cell = Cell(row, first, 1, last - first + 1, old.paragraphs, old.text)
    rows[row - 1][first - 1 : last] = [cell] * (last - first + 1)
    return Table(table_.index, tuple(map(tuple, rows)))


def read(key: str, *blocks: Block | str) -> Dossier:
    headings = dict.fromkeys([_PARTS[key.partition(".")[0]], _HEADINGS[key]])
    body = [paragraph(block) if isinstance(block, str) else block for block in blocks]
    document = Document("a.docx", "", 0, (*map(paragraph, headings), *body))
    return recognise(document, load_common())


# -- cells


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("企业\n名称", "企业名称"),
        ("DA001\n1#窑", "DA001 1#窑"),
        ("　甲 　乙 ", "甲 乙"),
        ("除尘\u00ad设施\u200b", "除尘设施"),
        ("3.1\n4.5", "3.1 4.5"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_cells_are_read_on_one_line(written: str, read_as: str) -> None:
    assert one_line(written) == read_as


def test_headers_are_compared_without_blanks() -> None:
    assert compact("排放 浓度\n（ｍｇ／ｍ³）") == "排放浓度(mg/m3)"


def test_two_values_in_one_cell_are_not_one_number() -> None:
    dossier = read("五.2.13.1", table(FACILITIES, ("1", "破碎", "袋式除尘器", "99%", "3.1\n4.5")))
    (row,) = dossier.evidence.facilities[0].rows
    assert row.concentration is not None
    assert not row.concentration.value.is_number


# -- ticks


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("☑A级 □B级", "A级"),
        ("□A级 ☑B级 □C级", "B级"),
        ("A级√ B级", "A级"),
        ("A级□ B级■", "B级"),
        ("（√）A级 （ ）B级", "A级"),
        ("[ ] A级 [√] B级", "B级"),
        ("□A级 □B级", ""),
        ("A级", "A级"),
        ("A级（自评）", "A级（自评）"),
        ("", ""),
    ],
)
def test_the_ticked_choice_counts(text: str, choice: str) -> None:
    assert ticked(text) == choice


# -- forms


def test_a_form_may_be_written_in_lines() -> None:
    form = read(
        "一", "企业名称：豫样本有限公司", "联系方式（手机号）：139 0000 0000", "说明。"
    ).form
    assert form is not None
    assert form.enterprise is not None
    assert form.phone is not None
    assert (form.enterprise.value, form.phone.value) == ("豫样本有限公司", "13900000000")


def test_a_code_broken_over_lines_is_one_code() -> None:
    form = read("一", table(("统一社会信用代码", "91410225\nMA9XG2HJ6R"))).form
    assert form is not None
    assert form.credit_code is not None
    assert form.credit_code.value == "91410225MA9XG2HJ6R"


def test_a_table_that_is_no_form_and_no_list_is_said() -> None:
    dossier = read("四.4", table(("甲", "乙"), ("丙", "丁")))
    assert [entry.at.table for entry in dossier.unread] == [1]
    assert not read("四.1", table(("企业名称", "豫样本有限公司"), ("地址", "样本路"))).unread


# -- lists


def test_a_total_across_columns_is_of_its_first_column() -> None:
    products = table(
        ("序号", "生产线", "产品", "设计产能（万吨）", "年产量（万吨）"),
        ("1", "1#线", "水泥", "60", "42"),
        ("合计", "", "", "60", "42"),
    )
    (found,) = read("四.3.1", spanned(products, 3, 1, 3)).production.products
    total = found.rows[-1]
    assert total.is_total
    assert total.line is not None
    assert total.line.value == ""


def test_a_total_may_stand_in_any_column() -> None:
    (found,) = read(
        "四.3.1", table(("产能", "产品", "生产线"), ("6", "水泥", "1#"), ("6", "", "合计"))
    ).production.products
    assert [row.is_total for row in found.rows] == [False, True]


@pytest.mark.parametrize(
    ("between", "tables"),
    [("续表2", 1), ("表2 产能一览表（续）", 1), ("", 1), ("表3 另一产品产能一览表", 2)],
)
def test_a_table_goes_on_after_a_page_break_but_not_after_other_words(
    between: str, tables: int
) -> None:
    header = ("生产线", "产品", "设计产能")
    first = table(header, ("1#", "水泥", "60"))
    second = table(header, ("2#", "水泥", "40"), ("合计", "", "100"), index=2)
    found = read("四.3.1", "表2 产能一览表", first, between, second).production.products
    assert len(found) == tables
    assert sum(len(product.rows) for product in found) == 3
    assert found[-1].rows[-1].at.table == 2


def test_a_table_after_a_total_is_another_table() -> None:
    header = ("生产线", "产品", "设计产能")
    first = table(header, ("1#", "水泥", "60"), ("合计", "", "60"))
    second = table(header, ("2#", "熟料", "40"), ("合计", "", "40"), index=2)
    assert len(read("四.3.1", first, "", second).production.products) == 2
    assert len(read("四.3.1", first, "续表", second).production.products) == 1


def test_a_converted_concentration_comes_before_the_measured_one() -> None:
    (row,) = read(
        "五.2.14",
        table(
            (
                "排气筒高度（m）",
                "折算浓度（mg/m³）",
                "实测浓度（mg/m³）",
                "污染物",
                "绩效限值",
                "排放口编号",
            ),
            ("15", "4.1", "3.2", "颗粒物", "10", "DA001"),
        ),
    ).evidence.limits
    assert row.outlet is not None
    assert row.concentration is not None
    assert (row.outlet.value, str(row.concentration.value)) == ("DA001", "4.1")


def test_a_wrong_unit_is_kept_as_written() -> None:
    dossier = read(
        "五.2.13.1",
        table((*FACILITIES[:4], "排放浓度 g/m³"), ("1", "破碎", "袋式", "99%", "3.1")),
        "",
        "说明",
        table(FACILITIES, ("2", "粉磨", "袋式", "99%", "3.1mg/kg"), index=2),
    )
    units = [
        row.concentration.value.unit
        for row in dossier.evidence.facilities[0].rows
        if row.concentration
    ]
    assert units == ["g/m3", "mg/kg"]


def test_pictures_in_a_list_are_photos_of_what_the_row_says() -> None:
    dossier = read(
        "五.2.13.1",
        table((*FACILITIES, "照片"), ("1", "破碎", "袋式", "99%", "3", ""), pictures=[(2, 6)]),
    )
    (found,) = dossier.evidence.facilities
    assert len(found.rows) == 1
    assert [(photo.number, str(photo.caption)) for photo in found.photos] == [(1, "破碎")]


# -- ledgers, statements, plans


def test_a_ledger_goes_on_after_a_page_break() -> None:
    header = ("日期", "记录")
    ledgers = read(
        "五.2.16.2",
        "（1）生产设备运行管理台账",
        table(header, ("1月1日", "正常")),
        "",
        table(("1月2日", "正常"), index=2),
        "续表",
        table(header, ("1月3日", "正常"), index=3),
        "（8）企业运输台账",
        table(header, ("1月4日", "正常"), index=4),
    ).evidence.ledgers
    assert [(ledger.kind, len(ledger.rows)) for ledger in ledgers] == [(1, 3), (8, 1)]


def test_statements_may_be_numbered_by_a_list() -> None:
    (statement,) = read("四.2", "行政处罚：近一年无处罚。").compliance
    assert statement.topic == "行政处罚"


@pytest.mark.parametrize(
    "blocks",
    [
        ("（1）停产1条线；", "减排比例：30%。措施落实责任人及联系方式：张样本 13900000000。"),
        (
            table(
                ("减排措施", "停产1条线"),
                ("减排比例", "30%"),
                ("措施落实责任人", "张样本"),
                ("联系方式", "13900000000"),
            ),
        ),
        (
            table(
                ("减排措施", "减排比例", "责任人", "联系电话"),
                ("停产1条线", "30%", "张样本", "13900000000"),
            ),
        ),
    ],
    ids=["lines", "form", "list"],
)
def test_measures_of_a_plan_in_lines_and_tables(blocks: Sequence[Block | str]) -> None:
    plan = read("附.4.1", *blocks).plan
    assert plan is not None
    (level,) = plan.levels
    assert level.ratio is not None
    assert level.responsible is not None
    assert level.phone is not None
    assert (level.ratio.value.low, level.ratio.value.unit) == (30, "%")
    assert (level.responsible.value, level.phone.value) == ("张样本", "13900000000")
    assert ["停产1条线" in measure.value for measure in level.measures] == [True]


PLAN = (
    ("预警级别", "减排措施", "减排比例", "责任人", "联系电话"),
    ("红色预警", "1#线停产", "50%", "张样本", "13900000000"),
    ("红色预警", "停止国四及以下车辆运输", "50%", "张样本", "13900000000"),
    ("橙色预警", "1#线限产50%", "25%", "张样本", "13900000000"),
    ("黄色预警", "停止国四及以下车辆运输", "自主", "", ""),
)


def test_measures_of_all_levels_in_one_table() -> None:
    plan = read("附.4", table(*PLAN)).plan
    assert plan is not None
    told = [
        (
            entry.level.value,
            [measure.value for measure in entry.measures],
            str(entry.ratio),
            entry.responsible and entry.responsible.value,
            entry.phone and entry.phone.value,
        )
        for entry in plan.levels
    ]
    assert told == [
        ("红色", ["1#线停产", "停止国四及以下车辆运输"], "50%", "张样本", "13900000000"),
        ("橙色", ["1#线限产50%"], "25%", "张样本", "13900000000"),
        ("黄色", ["停止国四及以下车辆运输"], "自主", None, None),
    ]


def test_measures_of_all_levels_in_a_table_turned() -> None:
    turned = tuple(zip(PLAN[0], PLAN[1], PLAN[3], PLAN[4], strict=True))
    plan = read("附.4", table(*turned)).plan
    assert plan is not None
    assert [(str(entry.level), str(entry.ratio)) for entry in plan.levels] == [
        ("红色", "50%"),
        ("橙色", "25%"),
        ("黄色", "自主"),
    ]


FACILITY_FORM = (
    ("序号", "1", "产污环节", "窑尾（DA001）"),
    ("除尘工艺", "袋式除尘", "去除效率", "99.9%"),
    ("污染物排放浓度（mg/m³）", "3.1-4.5", "投用时间", "2021年4月"),
)


def test_a_facility_drawn_as_a_form() -> None:
    dossier = read("五.2.13.1", table(*FACILITY_FORM), table(*_second(FACILITY_FORM), index=2))
    (dust,) = dossier.evidence.facilities
    assert [(row.number, str(row.step), str(row.process)) for row in dust.rows] == [
        (1, "窑尾（DA001）", "袋式除尘"),
        (2, "窑头（DA002）", "袋式除尘"),
    ]
    first = dust.rows[0]
    assert first.concentration is not None
    assert (first.concentration.at.table, first.concentration.at.row) == (1, 3)
    assert first.concentration.at.column == 2
    assert first.concentration.value.unit == "mg/m3"
    assert dossier.unread == ()


def _second(form: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return (("序号", "2", "产污环节", "窑头（DA002）"), *form[1:])


def test_a_form_of_two_facilities_is_said_and_not_half_read() -> None:
    dossier = read("五.2.13.1", table(*FACILITY_FORM, *_second(FACILITY_FORM)))
    assert dossier.evidence.facilities == ()
    (unread,) = dossier.unread
    assert unread.what == "一个表格（首行：序号、1、产污环节、窑尾（DA001））"
