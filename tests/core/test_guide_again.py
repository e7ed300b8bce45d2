"""A second import of a guide, and what is refused: nothing is written that nobody asked for. All figures are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from duibiao.law import load_industry_law
from duibiao.model.errors import IntakeError, UsageError

from . import guides
from .guides import KILN, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# -------------------------------------------------------------------------------- second import


def test_a_second_import_changes_nothing_and_says_so(desk):
    guide = guides.merged()
    desk.take(guide)
    before = (desk.law / "guide-2020.toml").read_bytes()

    again = desk.take(guide)

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
