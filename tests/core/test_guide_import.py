"""`duibiao guide import`: from the tables of a guide to law files that the program loads. All figures are invented."""

from __future__ import annotations

import hashlib
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from duibiao.guide import Imported, Wanted, import_guide
from duibiao.law import load_industry_law
from duibiao.model.errors import IntakeError, UsageError

from . import guides

A_PLACE = "表16-1（文中第1个表格）第3行第2列"
B_PLACE = "表16-1（文中第1个表格）第3行第3列"


class Desk:
    """A plugin, and a guide that is imported into it."""

    def __init__(self, folder: Path, rows: str = "") -> None:
        self.folder = folder
        self.law = guides.plugin(folder, rows)

    def take(self, data: bytes, name: str = "指南.docx", **options: Any) -> Imported:
        file = self.folder / name
        file.write_bytes(data)
        wanted = {"industry": "窑砖", "edition": "2020", "out": self.law} | options
        return import_guide(Wanted(file, **wanted))

    def rows(self, kind: str, name: str = "guide-2020.toml") -> list[dict[str, Any]]:
        text = (self.law / name).read_text("utf-8")
        return list(tomllib.loads(text, parse_float=Decimal).get(kind, []))

    def limits(self, name: str = "guide-2020.toml") -> list[str]:
        """Grades, process, pollutant, sign, figure and oxygen of every limit, by names of processes."""
        industry = load_industry_law(self.law.parent).industry
        named = {process.key: process.name for process in industry.processes}
        return [
            f"{'、'.join(row['grades'])} {named.get(row['process'], row['process'])} {row['pollutant']}"
            f" {row['op']} {row['value']}" + (f" {row['oxygen']}" if "oxygen" in row else "")
            for row in self.rows("limit", name)
        ]

    def requirements(self, name: str = "guide-2020.toml") -> list[str]:
        return [
            f"{'、'.join(row['grades'])} {row['indicator']} {row['text']}"
            for row in self.rows("requirement", name)
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


KILN = [
    "A 焙烧窑 PM <= 11 18",
    "A 焙烧窑 SO2 <= 33 18",
    "A 焙烧窑 NOx <= 77 18",
    "A 干燥室 PM <= 13",
    "B 焙烧窑 PM <= 22 18",
    "B 焙烧窑 SO2 <= 44 18",
    "B 焙烧窑 NOx <= 99 18",
]

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


# -------------------------------------------------------------------------------- second import


def test_a_second_import_changes_nothing_and_says_so(desk):
    desk.take(guides.merged())
    before = (desk.law / "guide-2020.toml").read_bytes()

    again = desk.take(guides.merged())

    assert (again.written, again.existed, again.changes) == (False, True, ())
    assert (desk.law / "guide-2020.toml").read_bytes() == before


def test_a_changed_guide_is_shown_and_written_only_when_told(desk):
    desk.take(guides.merged())
    before = (desk.law / "guide-2020.toml").read_bytes()
    rows = [
        guides.ROWS[0],
        ("排放限值", guides.A_LIMITS.replace("77", "66"), guides.B_LIMITS, "/", "/"),
        ("运输监管", "建门禁", "/", "/", "/"),
    ]
    changed = guides.merged(rows)

    shown = desk.take(changed)

    assert not shown.written
    assert (desk.law / "guide-2020.toml").read_bytes() == before
    told = [(change.kind, change.row, change.details) for change in shown.changes]
    assert told[0][:2] == ("改动", "来源 窑砖技术指南（虚构）")
    assert ("新增", "要求 fired A 运输监管要求", ("建门禁",)) in told
    assert ("删去", "要求 fired D 运输方式", ("未达到C级要求",)) in told
    (limit,) = [details for kind, row, details in told if row == "限值 fired A kiln NOx"]
    assert limit[0] == "限值：77 → 66"

    applied = desk.take(changed, apply=True)

    assert applied.written
    assert "A 焙烧窑 NOx <= 66 18" in desk.limits()
    assert desk.take(changed).changes == ()


def test_ids_do_not_depend_on_what_else_stands_in_the_guide(desk):
    desk.take(guides.merged())
    before = {row["id"]: row["text"] for row in desk.rows("requirement")}
    desk.take(guides.merged(guides.ROWS[1:]), apply=True)
    after = {row["id"]: row["text"] for row in desk.rows("requirement")}

    assert len(before) - len(after) == 6  # three of fuel, and D's one cell for all rows
    assert after.items() < before.items()


def test_a_header_that_reaches_down_asks_nothing(desk):
    desk.take(guides.merged([("能源类型", "天然气", "<", "煤", "^")]))

    assert desk.requirements() == ["A、B 能源（燃料）类型 天然气", "C 能源（燃料）类型 煤"]


def test_a_process_that_was_moved_to_the_own_files_is_used_from_there(desk):
    desk.take(guides.merged())
    own = '\n[[process]]\nid = "KB-P-2"\nkey = "dryer"\nname = "干燥室"\nkeywords = ["干燥室", "干燥窑"]\n'
    with (desk.law / "industry.toml").open("a", encoding="utf-8") as file:
        file.write(f'{own}standing = "recalled"\ncites = ["SHILI"]\n')

    result = desk.take(guides.merged(), apply=True)

    assert result.new == ()
    assert desk.rows("process") == []
    assert desk.limits() == KILN
    assert desk.rows("limit")[3]["process"] == "dryer"


# ------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7\n", "内容是PDF，不是 Word 文件，不能作官方依据导入"),
        (b"\x89PNG\r\n", "内容是PNG 图片，不是 Word 文件"),
        (b"PK\x03\x04 not a zip", "无法读取"),
        (b"plain words", "内容是认不出的文件，不是 Word 文件"),
    ],
)
def test_what_is_no_word_file_is_refused(desk, data, message):
    with pytest.raises(IntakeError, match=message):
        desk.take(data)
    assert not (desk.law / "guide-2020.toml").exists()


def test_a_guide_without_indicator_tables_is_refused(desk):
    with pytest.raises(
        UsageError, match=r"《指南\.docx》中没有绩效分级指标表：表头应有“差异化指标”"
    ):
        desk.take(guides.nothing_told())


def test_a_guide_of_other_industries_is_refused_with_what_it_has(desk):
    data = guides.guide(
        guides.paragraph("表1 玻璃企业绩效分级指标"), guides.table(guides.HEADER, *guides.ROWS)
    )
    with pytest.raises(UsageError, match="没有一个是“窑砖、空心砖”的：表1 玻璃企业绩效分级指标"):
        desk.take(data)


def test_a_table_of_ten_thousand_rows_is_refused_in_time(desk):
    with pytest.raises(UsageError, match="的要求有 20001 条，超过 5000 条"):
        desk.take(guides.endless(10_000))
    assert not (desk.law / "guide-2020.toml").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"edition": "2021"}, "插件“窑砖”没有版本“2021”；现有版本：2020"),
        ({"branch": "瓦"}, "没有分支“瓦”；现有分支：fired（窑砖）、hollow（空心砖）"),
        ({"industry": "玻璃"}, "插件“窑砖”不认识行业“玻璃”；可以写：窑砖、空心砖"),
        ({"out": None, "industry": "没有的行业"}, "没有插件认识行业“没有的行业”"),
        ({"out": Path("没有")}, "--out 应是插件的 law 文件夹"),
    ],
)
def test_wrong_orders_are_told(desk, options, message):
    with pytest.raises(UsageError, match=message):
        desk.take(guides.merged(), **options)


def test_a_plugin_whose_law_is_broken_is_left_alone(desk):
    (desk.law / "bad.toml").write_text("[[limits]]\n", "utf-8")
    with pytest.raises(UsageError, match=r"的法规数据有错，没有导入；请先改正：\n.*不认识的表"):
        desk.take(guides.merged())


def test_rows_that_clash_with_others_are_not_written(desk):
    desk.take(guides.several_industries())
    with pytest.raises(UsageError, match="与插件中已有的法规数据冲突，没有写入：\n"):
        desk.take(guides.several_industries(), branch="hollow")
    assert not (desk.law / "guide-2020-hollow.toml").exists()


def test_an_edition_in_chinese_gets_a_name_of_its_own(desk):
    file = desk.law / "industry.toml"
    edition = '\n[[edition]]\nid = "试行版"\nname = "试行版"\nfrom = "2019"\nstanding = "recalled"\ncites = ["SHILI"]\n'
    file.write_text(file.read_text("utf-8") + edition, "utf-8")

    desk.take(guides.merged())
    result = desk.take(guides.merged(), edition="试行版")

    assert result.target is not None
    assert result.target.name == "guide-ed315705.toml"
    (source,) = desk.rows("source", result.target.name)
    assert (source["id"], source["from"]) == ("GUIDE-ED315705", "2019")
    assert len(load_industry_law(desk.law.parent).limits) == 2 * len(KILN)


def test_the_same_guide_gives_the_same_bytes(tmp_path):
    texts = set()
    for name in ("one", "two"):
        desk = Desk(tmp_path / name)
        desk.take(guides.several_industries())
        texts.add((desk.law / "guide-2020.toml").read_bytes())
    assert len(texts) == 1
