"""`duibiao guide import`: from the tables of a guide to law files that the program loads. All figures are invented."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from duibiao.law import load_industry_law
from duibiao.model.errors import UsageError

from . import guides
from .guides import KILN, Desk

A_PLACE = "表16-1（文中第1个表格）第3行第2列"
B_PLACE = "表16-1（文中第1个表格）第3行第3列"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# ---------------------------------------------------------------------------------- what is read


def test_merged_cells_are_one_requirement_of_several_grades_or_of_several_indicators(desk):
    result = desk.take(guides.merged())

    assert desk.limits() == KILN
    assert desk.requirements() == [
        "A、B 能源（燃料）类型 天然气",
        "C 能源（燃料）类型 天然气或生物质",
        "D 能源（燃料）类型 未达到C级要求",
        f"A 排放限值 {guides.A_LIMITS}",
        f"B 排放限值 {guides.B_LIMITS}",
        f"C 排放限值 {guides.C_LIMITS}",
        "D 排放限值 未达到C级要求",
        "A 无组织管控 料棚全封闭。\n厂区道路硬化。",
        "B、C 无组织管控 料棚半封闭",
        "D 无组织管控 未达到C级要求",
        "A 运输方式 清洁运输比例不低于77%",
        "B 运输方式 清洁运输比例不低于55%",
        "D 运输方式 未达到C级要求",
    ]
    assert result.taken == (("表16-1 窑砖企业绩效分级指标", "窑砖"),)
    assert result.new == ("干燥室",)
    ((place, text, why),) = [(one.place, one.text, one.why) for one in result.unread]
    assert place == "表16-1（文中第1个表格）第3行第4列"
    assert text == "焙烧窑PM、SO2分别不高于30、60、90mg/m3"
    assert why == "污染物2种，数值3个，对不上；数值没有导入"


def test_every_row_says_where_it_stands_and_is_official(desk):
    result = desk.take(guides.merged())

    (source,) = desk.rows("source")
    data = (desk.folder / "指南.docx").read_bytes()
    assert source == {
        "id": "GUIDE-2020",
        "title": "窑砖技术指南（虚构）",
        "kind": "official",
        "read": True,
        "where": "指南.docx",
        "sha256": hashlib.sha256(data).hexdigest(),
        "from": "2020-07",
    }
    first = desk.rows("limit")[0]
    assert first == {
        "id": first["id"],
        "branch": ["fired"],
        "edition": "2020",
        "regime": "grade",
        "grades": ["A"],
        "process": "kiln",
        "pollutant": "PM",
        "op": "<=",
        "value": 11,
        "unit": "mg/m3",
        "oxygen": 18,
        "standing": "official",
        "cites": [f"GUIDE-2020:{A_PLACE}"],
        "note": "据“焙烧窑烟气PM、SO2、NOx排放浓度分别不高于11、33、77mg/m3(基准氧含量18%)”读出",
    }
    assert desk.rows("limit")[4]["basis"] == "hourly_mean"
    assert desk.rows("limit")[4]["cites"] == [f"GUIDE-2020:{B_PLACE}"]
    law = load_industry_law(desk.law.parent)
    assert all(row.provenance.may_fail for row in law.limits)
    assert len(law.limits) == len(KILN)
    assert result.written


def test_several_industries_in_one_file_are_told_apart_by_their_full_names(desk):
    result = desk.take(guides.several_industries())

    assert result.taken == (
        ("表16-1 窑砖企业绩效分级指标", "窑砖"),
        ("表16-2 空心砖企业绩效引领性指标", "空心砖"),
    )
    assert result.passed == (
        (
            "表15-1 窑砖机械企业绩效分级指标（文中第1个表格）",
            "“表15-1 窑砖机械企业绩效分级指标”不是本行业的名称",
        ),
        ("十七、耐火窑砖（文中第5个表格）", "“十七、耐火窑砖”不是本行业的名称"),
    )
    assert desk.limits() == [*KILN, "引领性 * PM <= 7"]
    assert desk.rows("limit")[-1]["branch"] == ["hollow"]


@pytest.mark.parametrize(("industry", "branch"), [("窑砖", "hollow"), ("空心砖", "")])
def test_one_branch_alone(desk, industry, branch):
    result = desk.take(guides.several_industries(), industry=industry, branch=branch)

    assert [name for _, name in result.taken] == ["空心砖"]
    assert ("表16-1 窑砖企业绩效分级指标（文中第2个表格）", "属于分支“窑砖”") in result.passed
    name = "guide-2020-hollow.toml" if branch else "guide-2020.toml"
    assert desk.limits(name) == ["引领性 * PM <= 7"]


def test_grades_in_rows(desk):
    desk.take(guides.grades_as_rows())

    assert desk.limits() == KILN
    assert desk.requirements()[0] == "A、B 能源（燃料）类型 天然气"
    assert desk.rows("limit")[4]["cites"] == ["GUIDE-2020:文中第1个表格第3行第3列"]


def test_a_guide_of_leading_enterprises_without_any_heading(desk):
    with pytest.raises(UsageError, match="没有标题；可用 --branch 指定"):
        desk.take(guides.leading())

    desk.take(guides.leading(), branch="空心砖")

    assert desk.limits("guide-2020-hollow.toml") == ["引领性 * PM <= 7", "引领性 * NMHC <= 17"]


def test_three_header_rows_with_process_and_pollutant_in_columns(desk):
    result = desk.take(guides.three_header_rows())

    assert desk.limits() == [
        "A 焙烧窑 PM <= 11",
        "B 焙烧窑 PM <= 22",
        "A、B 焙烧窑 SO2 <= 33",
        "A 干燥室 PM <= 13",
        "A 干燥室 NOx <= 79",
        "B 干燥室 PM <= 13",
        "B 干燥室 NOx <= 79",
    ]
    assert desk.rows("requirement")[1]["process"] == "焙烧窑 PM"
    assert result.unread == ()


def test_a_table_cut_by_pages_is_one_table(desk):
    desk.take(guides.cut_by_pages())

    assert desk.limits() == KILN
    assert desk.requirements()[3] == f"A 排放限值 {guides.A_LIMITS}"
    assert desk.rows("limit")[0]["cites"] == [
        f"GUIDE-2020:{A_PLACE}、表16-1（文中第2个表格）第2行第2列"
    ]
    assert desk.requirements()[-1] == "C 运输方式 公路"
    assert "A 环境管理水平 专人负责" in desk.requirements()


def test_a_number_that_a_page_has_cut_is_not_put_together(desk):
    head = ("差异化指标", "A级企业", "B级企业")
    result = desk.take(
        guides.guide(
            guides.paragraph("窑砖指标"),
            guides.table(head, ("排放限值", "焙烧窑PM不高于1", "/")),
            guides.table(("", "1mg/m³", "")),
        )
    )

    assert desk.limits() == []
    assert [one.why for one in result.unread] == [
        "数字被空格或换行隔开，分不清是几个数；数值没有导入"
    ]


def test_full_width_letters_and_figures(desk):
    desk.take(guides.full_width())

    assert desk.limits() == [
        "A 焙烧窑 PM <= 11.5 18",
        "A 焙烧窑 SO2 <= 33 18",
        "A 焙烧窑 NOx <= 77 18",
        "B * PM < 22",
    ]


def test_tables_in_text_boxes(desk):
    desk.take(guides.in_text_boxes())

    assert desk.limits() == KILN


# ------------------------------------------------------------------------- what is left to people


def test_an_indicator_beyond_the_nineteen_is_kept_as_a_hole(desk):
    result = desk.take(guides.merged([*guides.ROWS, ("产品颜色", "红", "红", "/", "/")]))

    assert [(row["topic"], row["what"], row["look_in"]) for row in desk.rows("hole")] == [
        (
            "产品颜色",
            f"指南中{grade}级的这项要求没有归入十九项指标：红",
            f"表16-1（文中第1个表格）第6行第{column}列",
        )
        for grade, column in (("A", 2), ("B", 3))
    ]
    assert result.unread[-1].why == "指标“产品颜色”不在附件4的十九项中，记为“缺”"


def test_a_note_that_may_change_the_limits_leaves_them_to_a_person(desk):
    note = ("注：以上浓度均为折算后的浓度", "<", "<", "<", "<")
    result = desk.take(guides.merged([*guides.ROWS, note]))

    assert desk.rows("limit") == []
    assert [one.why for one in result.unread] == [
        "表注没有导入，请核对它是否改变表中要求",
        "表注可能改变限值；数值没有导入",
        "表注可能改变限值；数值没有导入",
        "污染物2种，数值3个，对不上；数值没有导入",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("焙烧窑及冷却机PM不高于11mg/m³", "“焙烧窑及冷却机”与插件的工序“焙烧窑”相近而不同"),
        ("其他产尘点PM不高于11mg/m³", "“其他”指哪些排放口不清楚：没有列出别的工序"),
        (
            "焙烧窑SO2不高于33mg/m³；其他产尘点PM不高于11mg/m³",
            "“其他”指哪些排放口不清楚：“焙烧窑”没有这种污染物的限值",
        ),
    ],
)
def test_processes_that_are_not_clear_are_left_to_a_person(desk, text, why):
    result = desk.take(guides.merged([("排放限值", text, "/", "/", "/")]))

    assert any(one.why.startswith(why) for one in result.unread)
    assert not [row for row in desk.limits() if " PM " in row]


def test_other_outlets_are_those_without_a_limit_of_their_own(desk):
    desk.take(
        guides.merged(
            [
                (
                    "排放限值",
                    "焙烧窑PM不高于11mg/m³；其他产尘点PM不高于13mg/m³",
                    "/",
                    "/",
                    "/",
                )
            ]
        )
    )

    assert desk.limits() == ["A 焙烧窑 PM <= 11", "A * PM <= 13"]


def test_figures_that_contradict_each_other_are_left_to_a_person(desk):
    rows = [
        ("排放限值", "焙烧窑PM不高于11mg/m³", "/", "/", "/"),
        ("排放水平", "焙烧窑PM不高于13mg/m³", "<", "/", "/"),
    ]
    result = desk.take(guides.merged(rows))

    assert desk.limits() == []
    assert {one.why for one in result.unread} == {
        "同一等级、工序、污染物有几个不同的限值，数值没有导入"
    }


def test_grades_that_the_branch_does_not_have_are_told(desk):
    result = desk.take(guides.leading(), branch="fired")

    assert [(one.text, one.why) for one in result.unread] == [
        ("绩效引领性", "分支“窑砖”的 ladder 中没有这些等级，请在 [[branch]] 中核对")
    ]


def test_weaker_limits_that_no_longer_count_are_told(tmp_path):
    result = Desk(tmp_path, guides.RECALLED).take(guides.merged())

    assert result.outranked == ("KB-L-A-PM（凭记忆，未核实，≤9 mg/m³），指南为 11",)


def test_changes_that_nobody_has_accepted_are_told(desk):
    note = '<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>稿</w:t></w:r></w:ins></w:p>'
    table = guides.table(guides.HEADER, *guides.ROWS)
    result = desk.take(guides.guide(guides.paragraph("窑砖指标"), note, table))

    assert result.warnings == ("文件有 1 处没有接受的修订，按接受后的文字读取；请确认是定稿",)
