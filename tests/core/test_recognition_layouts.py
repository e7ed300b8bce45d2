"""What clerks lay out in their own way: pollutants side by side, captions above, letters and contents in tables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from duibiao.document.model import Block, Cell, Document, Paragraph, Picture, Table
from duibiao.law import load_common
from duibiao.model.dossier import Dossier
from duibiao.recognition import recognise

FOUR = ("四、企业基本情况", "4. 大气污染物产排污环节及相应污染治理措施")
DUST = ("五、绩效分级材料", "2.13.1 除尘设施")
LIMITS = (*FOUR, "五、绩效分级材料", "2.14 排放限值")


def read(headings: Sequence[str], *blocks: Block | str) -> Dossier:
    body = [Paragraph(1, block) if isinstance(block, str) else block for block in blocks]
    heads = [Paragraph(1, heading) for heading in headings]
    return recognise(Document("a.docx", "", 0, (*heads, *body)), load_common())


def picture(name: str) -> Picture:
    return Picture(f"word/media/{name}.png", name, 1, 1)


def table(*rows: Sequence[str], index: int = 1) -> Table:
    """Draw a table; ``<`` goes on from the left, ``^`` from above, ``[a]`` is the picture a."""
    grid: list[list[Cell]] = []
    for number, texts in enumerate(rows, 1):
        line: list[Cell] = []
        for column, text in enumerate(texts, 1):
            if text in ("<", "^"):
                old = line[-1] if text == "<" else grid[-1][column - 1]
                rowspan, colspan = number - old.row + 1, column - old.column + 1
                new = Cell(old.row, old.column, rowspan, colspan, old.paragraphs, old.text)
                line.append(old)
                grid = [[new if cell is old else cell for cell in above] for above in grid]
                line = [new if cell is old else cell for cell in line]
            else:
                shown = (picture(text[1:-1]),) if text.startswith("[") else ()
                said = "" if shown else text
                lines = tuple(Paragraph(1, part) for part in said.split("\n"))
                if shown:
                    lines = (Paragraph(1, "", pictures=shown),)
                line.append(Cell(number, column, 1, 1, lines, said))
        grid.append(line)
    return Table(index, tuple(map(tuple, grid)))


def outlets(dossier: Dossier) -> list[tuple[str, ...]]:
    return [
        tuple(map(str, (row.outlet, row.pollutant, row.treatment, row.concentration)))
        for row in dossier.outlets
    ]


# -- pollutants side by side

SIDE_BY_SIDE = table(
    ("排放口编号", "产污环节", "颗粒物", "<", "二氧化硫", "<"),
    ("^", "^", "治理设施", "排放浓度（mg/m³）", "治理设施", "排放浓度（mg/m³）"),
    ("DA001", "烧结机机头", "袋式除尘器", "3.1~6.8", "湿法脱硫", "8.4~21.6"),
    ("DA002", "烧结机机尾", "袋式除尘器", "2.6~5.9", "/", "/"),
)


def test_every_pollutant_has_columns_of_its_own() -> None:
    dossier = read(FOUR, SIDE_BY_SIDE)
    assert outlets(dossier) == [
        ("DA001", "颗粒物", "袋式除尘器", "3.1~6.8"),
        ("DA002", "颗粒物", "袋式除尘器", "2.6~5.9"),
        ("DA001", "二氧化硫", "湿法脱硫", "8.4~21.6"),
    ]
    assert dossier.unread == ()
    last = dossier.outlets[-1]
    assert last.concentration is not None
    assert (last.concentration.at.row, last.concentration.at.column) == (3, 6)
    assert last.concentration.value.unit == "mg/m3"


@pytest.mark.parametrize(
    ("limit", "concentration"),
    [("绩效限值（mg/m³）", "监测浓度（mg/m³）"), ("指标要求", "检测结果")],
)
def test_limits_with_the_pollutants_below_what_is_compared(limit: str, concentration: str) -> None:
    dossier = read(
        LIMITS,
        table(
            ("排放口", "产污环节", limit, "<", concentration, "<", "是否达标"),
            ("^", "^", "颗粒物", "NOx", "颗粒物", "NOx", "^"),
            ("DA001", "1#锅炉", "5", "30", "1.4~2.9", "14~24", "达标"),
        ),
    )
    assert [
        tuple(map(str, (row.outlet, row.step, row.pollutant, row.limit, row.concentration)))
        for row in dossier.evidence.limits
    ] == [
        ("DA001", "1#锅炉", "颗粒物", "5", "1.4~2.9"),
        ("DA001", "1#锅炉", "NOx", "30", "14~24"),
    ]


def test_columns_of_one_pollutant_alone_are_an_ordinary_table() -> None:
    dossier = read(
        FOUR,
        "表6 颗粒物有组织排放",
        table(
            ("排放口", "产污环节", "治理设施", "颗粒物排放浓度（mg/m³）"),
            ("DA001", "破碎", "袋式除尘器", "3.1~6.8"),
        ),
    )
    assert outlets(dossier) == [("DA001", "颗粒物", "袋式除尘器", "3.1~6.8")]


def test_a_table_by_pollutant_that_lacks_a_column_is_said() -> None:
    dossier = read(
        FOUR,
        table(
            ("排放口", "颗粒物", "<", "二氧化硫", "<"),
            ("^", "甲", "乙", "甲", "乙"),
            ("DA001", "1", "2", "3", "4"),
        ),
    )
    assert dossier.outlets == ()
    assert [entry.at.table for entry in dossier.unread] == [1]


# -- lowest and highest values


@pytest.mark.parametrize(
    ("columns", "values", "found"),
    [
        (("最小值", "最大值"), ("3.1", "6.8"), "3.1~6.8"),
        (("最大值", "最小值"), ("6.8", "3.1"), "3.1~6.8"),
        (("平均值", "最大值"), ("4.0", "6.8"), "6.8"),
        (("最低", "最高"), ("6.8", "6.8"), "6.8"),
        (("最小值", "最大值"), ("", "6.8"), "6.8"),
    ],
)
def test_a_range_in_two_columns(
    columns: tuple[str, str], values: tuple[str, str], found: str
) -> None:
    dossier = read(
        FOUR,
        table(
            ("排放口", "产污环节", "污染物", "治理设施", "排放浓度（mg/m³）", "<"),
            ("^", "^", "^", "^", *columns),
            ("DA001", "破碎", "颗粒物", "袋式除尘器", *values),
        ),
    )
    assert outlets(dossier) == [("DA001", "颗粒物", "袋式除尘器", found)]


def test_a_range_in_two_columns_of_each_pollutant() -> None:
    dossier = read(
        FOUR,
        table(
            ("排放口", "产污环节", "治理设施", "颗粒物", "<", "二氧化硫", "<"),
            ("^", "^", "^", *("最低浓度（mg/m³）", "最高浓度（mg/m³）") * 2),
            ("DA001", "1#窑", "除尘、脱硫", "3.1", "6.8", "8.4", "21.6"),
        ),
    )
    assert outlets(dossier) == [
        ("DA001", "颗粒物", "除尘、脱硫", "3.1~6.8"),
        ("DA001", "二氧化硫", "除尘、脱硫", "8.4~21.6"),
    ]


# -- one table an outlet

EMISSIONS = table(
    ("排放口编号", "产污环节", "污染物", "治理设施", "排放浓度（mg/m³）"),
    ("DA001", "烧结机机头", "颗粒物", "袋式除尘器", "3.1~6.8"),
)


@pytest.mark.parametrize(
    "caption", ["表13 烧结机（DA001）排放限值对标表", "DA001排放口对标情况", "（1）DA001"]
)
def test_the_outlet_is_in_the_caption_and_its_step_in_part_four(caption: str) -> None:
    own = table(("污染物", "限值", "监测浓度（mg/m³）"), ("颗粒物", "10", "3.1~6.8"), index=2)
    document = (*map(_paragraph, FOUR), EMISSIONS, *map(_paragraph, (*LIMITS[2:], caption)), own)
    dossier = recognise(Document("a.docx", "", 0, document), load_common())
    (row,) = dossier.evidence.limits
    assert tuple(map(str, (row.outlet, row.step))) == ("DA001", "烧结机机头")


def _paragraph(text: str) -> Paragraph:
    return Paragraph(1, text)


def test_a_step_in_the_caption_is_told_without_what_the_table_is_about() -> None:
    own = table(("污染物", "限值", "监测浓度（mg/m³）"), ("颗粒物", "10", "3.1~6.8"))
    (row,) = read(LIMITS, "表13 1#锅炉排放限值对标表", own).evidence.limits
    assert (row.outlet, str(row.step)) == (None, "1#锅炉")


# -- other words for the same columns


@pytest.mark.parametrize(
    ("step", "treatment", "concentration"),
    [
        ("产污设施", "处理工艺", "监测结果（mg/m³）"),
        ("产尘点", "净化措施", "检测值（mg/m³）"),
        ("污染源", "治理方式", "实测数据（mg/m³）"),
        ("工段", "污染防治技术", "排放浓度（毫克/立方米）"),
    ],
)
def test_columns_by_other_names(step: str, treatment: str, concentration: str) -> None:
    dossier = read(
        FOUR,
        table(
            ("编号", step, "污染因子", treatment, "净化率", concentration, "建成日期"),
            ("DA001", "破碎", "颗粒物", "袋式除尘器", "99%", "3.1", "2021-04"),
        ),
    )
    assert outlets(dossier) == [("DA001", "颗粒物", "袋式除尘器", "3.1")]
    (row,) = dossier.outlets
    assert tuple(map(str, (row.step, row.efficiency, row.retrofitted))) == (
        "破碎",
        "99%",
        "2021年4月",
    )


def test_vehicles_by_other_names() -> None:
    dossier = read(
        ("五、绩效分级材料", "2.18 运输监控要求"),
        table(("车辆牌照号", "车架号", "国几"), ("豫A12345", "LZGJL4V41MX000001", "国六")),
    )
    (vehicle,) = dossier.evidence.transport.vehicles
    assert tuple(map(str, (vehicle.plate, vehicle.vin, vehicle.stage))) == (
        "豫A12345",
        "LZGJL4V41MX000001",
        "国六",
    )


# -- photos


def shot(name: str, text: str = "") -> Paragraph:
    return Paragraph(1, text, pictures=(picture(name),))


def photos(dossier: Dossier) -> list[tuple[str | None, str | None]]:
    (dust,) = dossier.evidence.facilities
    return [(photo.caption and str(photo.caption), photo.picture) for photo in dust.photos]


@pytest.mark.parametrize(
    "blocks",
    [
        ("（2）现场照片", "1# 窑尾", shot("a"), "2# 窑头", shot("b"), "（3）合同"),
        ("（2）现场照片", shot("a"), "1# 窑尾", shot("b"), "2# 窑头", "（3）合同"),
        ("现场照片如下：", shot("a"), "1# 窑尾", shot("b"), "2# 窑头"),
        ("1# 窑尾", shot("a"), "2# 窑头", shot("b")),
        (shot("a", "1# 窑尾"), shot("b", "2# 窑头")),
        (table(("1# 窑尾", "2# 窑头"), ("[a]", "[b]")),),
        (table(("[a]", "[b]"), ("1# 窑尾", "2# 窑头")),),
        (table(("1# 窑尾",), ("[a]",), ("2# 窑头",), ("[b]",)),),
    ],
)
def test_captions_above_and_below(blocks: tuple[Block | str, ...]) -> None:
    assert photos(read(DUST, *blocks)) == [("1# 窑尾", "a"), ("2# 窑头", "b")]


def test_a_photo_that_is_missing_between_captions_above() -> None:
    blocks = ("（2）现场照片", "1# 窑尾", shot("a"), "2# 窑头", "3# 破碎", shot("c"))
    assert photos(read(DUST, *blocks)) == [("1# 窑尾", "a"), ("3# 破碎", "c")]


def test_a_last_caption_that_is_missing_below() -> None:
    blocks = ("现场照片如下：", shot("a"), "1# 窑尾", shot("b"))
    assert photos(read(DUST, *blocks)) == [("1# 窑尾", "a"), (None, "b")]


# -- cover, contents and letters in tables


def test_a_cover_drawn_as_a_table() -> None:
    cover = table(("豫样本有限公司",), ("申 报 材 料",), ("（企业公章）",), ("2026年7月30日",))
    seal = shot("seal")
    dossier = read((), cover, seal, "目 录", "一、绩效分级申请表……3")
    assert dossier.cover is not None
    assert tuple(map(str, (dossier.cover.enterprise, dossier.cover.date))) == (
        "豫样本有限公司",
        "2026年7月30日",
    )
    assert dossier.cover.has_seal


def test_a_picture_above_the_mark_for_the_seal_is_none() -> None:
    dossier = read((), shot("logo"), "豫样本有限公司", "（企业公章）", "2026年7月30日")
    assert dossier.cover is not None
    assert not dossier.cover.has_seal


def test_contents_drawn_as_a_table() -> None:
    listed = table(("第一章 绩效分级申请表", "3"), ("（二）资料真实性承诺书", "4"), ("备注", ""))
    dossier = read((), "豫样本有限公司", "目 录", listed)
    assert [(entry.number, entry.title, entry.page) for entry in dossier.contents] == [
        ("第一章", "绩效分级申请表", 3),
        ("(二)", "资料真实性承诺书", 4),
    ]


def test_a_letter_drawn_as_a_table() -> None:
    letter = table(
        ("三门峡市生态环境局：\n我公司所提交的一切材料均真实、合法、有效。\n特此承诺。", "<"),
        ("法定代表人（签字）：", "张三"),
        ("2026年7月30日", "<"),
    )
    (found,) = read(("二、资料真实性承诺书",), letter).letters
    assert tuple(map(str, (found.addressee, found.signature, found.date, found.commitment))) == (
        "三门峡市生态环境局：",
        "张三",
        "2026年7月30日",
        "特此承诺。",
    )
    assert found.addressee is not None
    assert (found.addressee.at.table, found.addressee.at.row) == (1, 1)


@pytest.mark.parametrize(
    "written",
    [
        "法定代表人（签字）：张三",
        "法定代表人（签章）： 张三",
        "法定代表人签字：张三",
        "法人代表（签字）：张三",
        "法定代表人（负责人）（签字）：张三",
        "法定代表人：张三（签字）",
        "法定代表人：张三 （签章）",
    ],
)
def test_who_signed_a_letter(written: str) -> None:
    (letter,) = read(("二、资料真实性承诺书",), written).letters
    assert str(letter.signature) == "张三"
    nobody = written.replace("张三", "")
    (letter,) = read(("二、资料真实性承诺书",), nobody).letters
    assert str(letter.signature) == ""


# -- measures of the plan

RED = ("附件 重污染天气应急减排“一厂一策”实施方案", "4.1 红色预警下应急减排措施")


@pytest.mark.parametrize(
    ("written", "ratio"),
    [
        ("减排比例：20%。", "20%"),
        ("减排比例约为20%。", "20%"),
        ("减排比例达到20%以上。", "20%以上"),
        ("减排比例不低于20%，按日核算。", "20%"),
        ("减排比例及措施见下。", "None"),
    ],
)
def test_the_ratio_of_a_level(written: str, ratio: str) -> None:
    plan = read(RED, written).plan
    assert plan is not None
    assert str(plan.levels[0].ratio) == ratio


@pytest.mark.parametrize(
    "written",
    [
        "措施落实责任人：段文远，联系方式：139 3720 0158。",
        "措施落实责任人：段文远（139 3720 0158）。",
        "措施落实责任人及联系方式：段文远 13937200158",
        "责任人：段文远 电话：13937200158",
    ],
)
def test_who_answers_for_a_level(written: str) -> None:
    plan = read(RED, written).plan
    assert plan is not None
    level = plan.levels[0]
    assert (str(level.responsible), str(level.phone)) == ("段文远", "13937200158")


def test_a_total_may_name_its_unit() -> None:
    dossier = read(
        ("四、企业基本情况", "3.4 运输情况"),
        table(
            ("物料名称", "运输方式", "运输量（吨）"),
            ("矿粉", "铁路", "100"),
            ("合计（吨）", "<", "90"),
        ),
    )
    assert dossier.production is not None
    assert [row.is_total for row in dossier.production.transports] == [False, True]


# -- several in one place

JOINED = (
    ("排放口编号", "产污环节", "污染物", "治理工艺", "处理效率", "排放浓度（mg/m³）"),
    ("DA001", "烧结机头"),
    ("DA002", "烧结机尾", "颗粒物", "袋式除尘器", "99.9%", "1.9~4.0"),
)


@pytest.mark.parametrize(
    "joined",
    [
        ("颗粒物\n二氧化硫", "袋式除尘器\n湿法脱硫", "99%\n98%", "2.8~5.1\n<3"),
        ("颗粒物、二氧化硫", "袋式除尘器；湿法脱硫", "99%、98%", "2.8~5.1、<3"),
        ("颗粒物/SO2", "袋式除尘器\n湿法脱硫", "99%/98%", "2.8~5.1/<3"),
        ("颗粒物二氧化硫", "袋式除尘器\n湿法脱硫", "99%\n98%", "颗粒物：2.8~5.1二氧化硫：<3"),
        (
            "颗粒物，二氧化硫",
            "袋式除尘器\n湿法脱硫",
            "颗粒物：99%\n二氧化硫：98%",
            "二氧化硫：<3；颗粒物：2.8~5.1",
        ),
    ],
)
def test_several_pollutants_in_one_row(joined: tuple[str, ...]) -> None:
    dossier = read(FOUR, table(JOINED[0], (*JOINED[1], *joined), JOINED[2]))
    assert [
        (str(row.outlet), str(row.treatment), str(row.efficiency), str(row.concentration))
        for row in dossier.outlets
    ] == [
        ("DA001", "袋式除尘器", "99%", "2.8~5.1"),
        ("DA001", "湿法脱硫", "98%", "<3"),
        ("DA002", "袋式除尘器", "99.9%", "1.9~4.0"),
    ]
    second = dossier.outlets[1].concentration
    assert second is not None
    assert (second.at.row, second.at.column) == (2, 6)


def test_an_efficiency_for_several_pollutants_is_that_of_none() -> None:
    row = ("DA001", "烧结机头", "颗粒物、二氧化硫", "袋式除尘器+湿法脱硫", "99%", "2.8、4.1")
    dossier = read(FOUR, table(JOINED[0], row, JOINED[2]))
    assert [(str(row.treatment), str(row.efficiency)) for row in dossier.outlets[:2]] == [
        ("袋式除尘器+湿法脱硫", "")
    ] * 2


def test_a_pollutant_that_is_not_known_keeps_its_row_whole() -> None:
    row = ("DA001", "烧结机头", "颗粒物、臭味", "袋式除尘器", "99%", "2.8、4.1")
    assert len(read(FOUR, table(JOINED[0], row, JOINED[2])).outlets) == 2


def test_columns_of_pollutants_that_say_only_their_unit() -> None:
    drawn = table(
        ("排放口", "产污环节", "治理设施", "颗粒物（mg/m3）", "氮氧化物（毫克/立方米）"),
        ("DA001", "隧道窑", "袋式除尘器", "2.2~4.6", "18~33"),
    )
    assert [found[1::2] for found in outlets(read(FOUR, drawn))] == [
        ("颗粒物", "2.2~4.6"),
        ("氮氧化物", "18~33"),
    ]


PROFILE = ("四、企业基本情况", "1. 企业基本信息")


@pytest.mark.parametrize("end", ["；", "; ", "。"])
def test_a_profile_as_running_text(end: str) -> None:
    said = end.join(
        (
            "企业名称：豫某某有限公司",
            "详细地址：三门峡市某路1号",
            "排污许可证有效期：2024年3月1日至2029年2月28日",
            "执行标准：DB41/1954-2020",
        )
    )
    profile = read(PROFILE, said).profile
    assert profile is not None
    assert [str(profile.enterprise), str(profile.address), str(profile.permit_term)] == [
        "豫某某有限公司",
        "三门峡市某路1号",
        "2024年3月1日至2029年2月28日",
    ]
    assert profile.enterprise is not None
    assert profile.enterprise.at.quote == "企业名称：豫某某有限公司"
    assert len(profile.standards) == 1


def test_a_standard_in_the_table_of_the_profile() -> None:
    drawn = table(("企业名称", "豫某某有限公司"), ("执行标准", "GB 16297-1996"))
    profile = read(PROFILE, drawn).profile
    assert profile is not None
    assert list(map(str, profile.standards)) == ["GB 16297-1996"]


def test_a_standard_that_is_not_filled_in() -> None:
    profile = read(PROFILE, table(("企业名称", "豫某某有限公司"), ("执行标准", "/"))).profile
    assert profile is not None
    assert profile.standards == ()


def test_titles_between_the_rows_of_a_table() -> None:
    drawn = table(
        ("差异化指标", "B级绩效指标要求", "企业对标情况", "证明材料页码"),
        ("一、生产水平", "<", "<", "<"),
        ("装备水平", "允许类", "允许类", "第9页"),
    )
    dossier = read(("五、绩效分级材料", "1. 绩效分级指标对标总表"), drawn)
    assert [str(row.indicator) for row in dossier.indicators.rows] == ["装备水平"]


@pytest.mark.parametrize("number", ["2、13、1、", "2、13、1", "2.13.1.", "2．13．1"])
def test_numbers_as_they_are_typed(number: str) -> None:
    dossier = read(("五、绩效分级材料", f"{number}除尘设施"))
    assert [section.key for section in dossier.sections][-1] == "五.2.13.1"


@pytest.mark.parametrize("corner", ["项目", "", "预警级别"])
def test_levels_of_the_plan_as_columns(corner: str) -> None:
    drawn = table(
        (corner, "红色预警", "橙色预警", "黄色预警"),
        ("减排措施", "减产10%", "减产5%", "加强运维"),
        ("减排比例", "10%", "5%", "自主减排"),
        ("责任人", "甲某", "甲某", "乙某"),
    )
    dossier = read(("附件 “一厂一策”实施方案", "4. 应急减排措施"), drawn)
    assert dossier.plan is not None
    assert [
        (entry.level.value, list(map(str, entry.measures)), str(entry.responsible))
        for entry in dossier.plan.levels
    ] == [
        ("红色", ["减产10%"], "甲某"),
        ("橙色", ["减产5%"], "甲某"),
        ("黄色", ["加强运维"], "乙某"),
    ]


def test_ledgers_under_bullets() -> None:
    dossier = read(
        ("五、绩效分级材料", "2.16.2 台账资料"),
        "● 生产设备运行管理台账",
        Paragraph(1, "", pictures=(picture("a"),)),
        "● 企业运输台账",
        Paragraph(1, "", pictures=(picture("b"),)),
    )
    shown = [ledger.kind for ledger in dossier.evidence.ledgers if ledger.pictures]
    assert shown == [1, 8]


@pytest.mark.parametrize("leader", ["-----", "_____", "————", "……"])
def test_contents_with_leaders(leader: str) -> None:
    dossier = read((), "目录", f"一.企业绩效分级申请表{leader}3", f"四.企业基本情况{leader}6")
    assert [(entry.number, entry.title, entry.page) for entry in dossier.contents] == [
        ("一.", "企业绩效分级申请表", 3),
        ("四.", "企业基本情况", 6),
    ]


def test_what_was_emitted_with_the_names_of_the_pollutants_in_front() -> None:
    drawn = table(
        ("排放口编号", "产污环节", "污染物", "治理工艺及处理效率", "排放情况"),
        (
            "DA001",
            "喷涂",
            "颗粒物、非甲烷总烃",
            "过滤（95%）；RTO（98%）",
            "颗粒物：<3mg/m³；非甲烷总烃：3.2~6.7mg/m³",
        ),
        ("DA002", "调漆", "非甲烷总烃", "活性炭（90%）", "非甲烷总烃：2.4-5.0mg/m³"),
    )
    dossier = read(FOUR, drawn)
    assert outlets(dossier) == [
        ("DA001", "颗粒物", "过滤（95%）", "<3mg/m3"),
        ("DA001", "非甲烷总烃", "RTO（98%）", "3.2~6.7mg/m3"),
        ("DA002", "非甲烷总烃", "活性炭（90%）", "2.4-5.0mg/m3"),
    ]
    assert [row.efficiency for row in dossier.outlets] == [None] * 3
    assert dossier.unread == ()


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("188 3911 0077", "18839110077"),
        ("18839110077\n0391-8601234", "18839110077 0391-8601234"),
    ],
)
def test_a_mobile_number_and_another(written: str, phone: str) -> None:
    dossier = read(
        ("一、企业绩效分级申请表",), table(("企业名称", "豫某某有限公司"), ("联系方式", written))
    )
    assert dossier.form is not None
    assert str(dossier.form.phone) == phone


def test_a_title_with_what_cannot_be_seen() -> None:
    dossier = read(("四、企业\u200b基本情况",))
    assert [section.title for section in dossier.sections][-1] == "企业基本情况"


def test_contents_whose_leaders_are_lost() -> None:
    """A PDF file may keep one blank, or none, of what stands between title and page."""
    dossier = read(
        (),
        "目录",
        "一、企业绩效分级申请表 3",
        "二、资料真实性承诺书4",
        "一、企业绩效分级申请表",
        table(("企业名称", "豫某某有限公司")),
        "二、资料真实性承诺书",
        "特此承诺。",
    )
    titles = [section.title for section in dossier.sections]
    assert titles[-2:] == ["企业绩效分级申请表", "资料真实性承诺书"]
    assert not any(title[-1].isdecimal() for title in titles)


# -- rows and lines that are about no outlet

UNITS = ("排放口", "产污环节", "污染物", "治理设施", "处理效率", "排放浓度", "废气量")
RECORD = ("DA001", "窑尾", "颗粒物", "袋式除尘", "99.9%", "2.1~4.5", "3.2")


@pytest.mark.parametrize(
    "units",
    [
        ("/", "/", "/", "/", "/", "mg/m3", "万m³/h"),
        ("", "", "", "", "", "（mg/m3）", "（万m³/h）"),
        ("单位", "", "", "", "%", "毫克/立方米", "万立方米/小时"),
    ],
)
def test_a_row_of_units_belongs_to_the_header(units: tuple[str, ...]) -> None:
    dossier = read(FOUR, table(UNITS, units, RECORD))
    (row,) = dossier.outlets
    assert (str(row.outlet), str(row.pollutant)) == ("DA001", "颗粒物")
    assert row.concentration is not None
    assert row.flow is not None
    assert (row.concentration.value.unit, row.flow.value.unit) == ("mg/m3", "万m3/h")
    assert row.concentration.at.row == 3


def test_a_first_record_is_no_row_of_units() -> None:
    header = ("排放口", "产污环节", "治理设施", "排放浓度", "单位")
    dossier = read(FOUR, table(header, ("DA001", "窑尾", "袋式除尘", "2.1~4.5", "mg/m3")))
    assert [str(row.outlet) for row in dossier.outlets] == ["DA001"]


def test_a_total_is_no_facility_and_no_outlet() -> None:
    header = ("序号", "产污环节", "除尘工艺", "污染物排放浓度", "污染物排放风量（m³/h）")
    row = ("1", "窑尾（DA001）", "袋式除尘", "2.1", "1000")
    (dust,) = read(DUST, table(header, row, ("合计", "1套", "<", "<", "1000"))).evidence.facilities
    assert [facility.number for facility in dust.rows] == [1]
    listed = table(UNITS, RECORD, ("总计", "", "", "", "", "", "3.2"))
    assert len(read(FOUR, listed).outlets) == 1


@pytest.mark.parametrize("unit", ["单位：浓度 mg/m³", "（单位：mg/m³）", "计量单位:mg/m3"])
def test_a_line_of_units_may_stand_below_the_caption(unit: str) -> None:
    said = table(("产污环节", "治理设施", "排放浓度"), ("喷漆（DA001）", "活性炭吸附", "8.6~17.5"))
    dossier = read(FOUR, "附表7：非甲烷总烃产排污环节及治理措施", unit, said)
    assert [str(row.pollutant) for row in dossier.outlets] == ["非甲烷总烃"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("☑满足 □不满足", "满足"),
        ("□满足 ☑不满足", "不满足"),
        ("□满足 □不满足", ""),
        ("√", "√"),
        ("满足", "满足"),
    ],
)
def test_of_a_conclusion_the_ticked_choice_counts(written: str, told: str) -> None:
    header = ("序号", "工序", "指标要求", "落实情况", "是否满足")
    dossier = read(
        ("五、绩效分级材料", "2.15 无组织排放"),
        table(header, ("1", "物料储存", "密闭储存", "密闭库", written)),
    )
    assert [str(row.conclusion) for row in dossier.evidence.controls] == [told]


def test_compliance_stated_in_a_table() -> None:
    rows = table(
        ("序号", "项目", "说明"),
        ("1", "环保手续", "环评、验收手续齐全"),
        ("2", "行政处罚", "2026年3月5日因超标排放被处罚"),
        ("3", "违法违规情况", "无"),
    )
    hands, punished, none = read(("四、企业基本情况", "2. 环保守法说明"), rows).compliance
    assert (hands.topic, str(hands.text)) == ("环保手续", "环保手续：环评、验收手续齐全")
    assert (punished.topic, [str(day) for day in punished.violation_dates]) == (
        "行政处罚",
        ["2026年3月5日"],
    )
    assert (punished.undated_violation, none.undated_violation) == (False, False)


def test_a_number_that_word_counts_is_read_in_a_cell() -> None:
    drawn = table(
        ("序号", "产污环节", "除尘工艺", "污染物排放浓度"), ("", "窑尾（DA001）", "袋式除尘", "2.1")
    )
    listed = Cell(2, 1, 1, 1, (Paragraph(1, "", number="3."),), "")
    (dust,) = read(
        DUST, Table(1, (drawn.grid[0], (listed, *drawn.grid[1][1:])))
    ).evidence.facilities
    assert [facility.number for facility in dust.rows] == [3]


@pytest.mark.parametrize(
    ("caption", "number"),
    [("序号1：DA001原料投料除尘设施", 1), ("8-1# 料场转运站除尘设施", 8), ("图3 窑尾", 3)],
)
def test_a_caption_begins_with_the_number_of_its_facility(caption: str, number: int) -> None:
    (dust,) = read(DUST, shot("a"), caption).evidence.facilities
    assert [photo.number for photo in dust.photos] == [number]


def test_a_seal_may_stand_right_above_its_mark() -> None:
    dossier = read((), "豫样本有限公司", shot("seal"), "", "（企业公章）", "2026年7月30日")
    assert dossier.cover is not None
    assert dossier.cover.has_seal


def test_of_the_names_on_a_plan_the_sealed_one_counts() -> None:
    dossier = read(
        ("附件 重污染天气应急减排“一厂一策”实施方案",),
        "豫样本有限公司",
        "河南豫样本有限公司（公章）",
        "2026年7月30日",
    )
    assert dossier.plan is not None
    assert str(dossier.plan.enterprise) == "河南豫样本有限公司"


# -- headers, titles and captions of tables

REPEATED = (
    ("序号", "产污环节", "除尘工艺", "排放浓度", "<"),
    ("^", "^", "^", "最小值", "最大值"),
)


def test_a_header_of_two_rows_may_be_repeated_within_the_table() -> None:
    first, second = ("1", "窑尾", "袋式除尘", "2.1", "4.5"), ("2", "窑头", "袋式除尘", "2.0", "3.9")
    (dust,) = read(DUST, table(*REPEATED, first, *REPEATED, second)).evidence.facilities
    assert [(row.number, str(row.concentration)) for row in dust.rows] == [
        (1, "2.1~4.5"),
        (2, "2.0~3.9"),
    ]


ONE = ("产污环节", "治理设施", "排放浓度（mg/m³）")
GAS, DUST_ROW = ("窑尾（DA001）", "湿法脱硫", "6.2~15.8"), ("窑头（DA002）", "袋式除尘", "2.1~4.5")


def test_the_title_of_a_table_may_be_its_first_row() -> None:
    titled = [
        table((f"表{n} {name}产排污环节", "<", "<"), ONE, row, index=n)
        for n, name, row in ((1, "二氧化硫", GAS), (2, "颗粒物", DUST_ROW))
    ]
    assert [(str(row.outlet), str(row.pollutant)) for row in read(FOUR, *titled).outlets] == [
        ("DA001", "二氧化硫"),
        ("DA002", "颗粒物"),
    ]


@pytest.mark.parametrize(
    ("line", "pollutant"),
    [
        ("二氧化硫产排污环节、治理设施及排放浓度", "二氧化硫"),
        ("（1）二氧化硫", "二氧化硫"),
        ("二氧化硫由石灰石-石膏法脱硫设施治理，见下表。", "None"),
        ("治理设施见下表", "None"),
    ],
)
def test_a_line_above_a_table_that_names_a_pollutant_is_its_caption(
    line: str, pollutant: str
) -> None:
    (row,) = read(FOUR, line, table(ONE, GAS)).outlets
    assert str(row.pollutant) == pollutant


def test_photos_listed_by_the_outlets_of_one_facility() -> None:
    drawn = table(
        ("序号", "设施名称及位置", "现场照片"),
        ("8-1", "料场1#转运站（DA008）", "[a]"),
        ("8-2", "料场2#转运站（DA009）", "[b]"),
    )
    (dust,) = read(DUST, drawn).evidence.facilities
    assert [(photo.number, str(photo.caption), photo.picture) for photo in dust.photos] == [
        (8, "料场1#转运站（DA008）", "a"),
        (8, "料场2#转运站（DA009）", "b"),
    ]


# -- letters and the plan

LETTER = ("二、资料真实性承诺书",)


def test_a_letter_that_is_a_picture_is_a_scan() -> None:
    (letter,) = read(LETTER, shot("letter")).letters
    assert letter.is_scan
    (written,) = read(LETTER, "特此承诺", shot("seal")).letters
    assert not written.is_scan


@pytest.mark.parametrize(
    ("below", "name"),
    [("张 样本", "张样本"), ("2026年7月30日", ""), ("（企业盖章）", ""), ("特此承诺", "")],
)
def test_the_name_may_stand_below_the_line_for_the_signature(below: str, name: str) -> None:
    (letter,) = read(LETTER, "法定代表人（签字）：", below).letters
    assert str(letter.signature) == name


def test_a_table_of_measures_gives_ratio_and_person_once() -> None:
    drawn = table(
        ("序号", "减排措施", "减排比例", "措施落实责任人", "联系方式"),
        ("1", "1#线停产", "20%", "张样本", "13900000000"),
        ("2", "停止国四及以下车辆运输", "/", "/", "/"),
    )
    plan = read(
        (
            "附件 重污染天气应急减排“一厂一策”实施方案",
            "4. 应急减排措施",
            "4.1 红色预警下应急减排措施",
        ),
        drawn,
    ).plan
    assert plan is not None
    (red,) = plan.levels
    assert [str(one) for one in red.measures] == [
        "减排措施：1#线停产",
        "减排措施：停止国四及以下车辆运输",
    ]
    assert (str(red.ratio), str(red.responsible), str(red.phone)) == (
        "20%",
        "张样本",
        "13900000000",
    )


# -- conclusions of 对标总表

INDICATORS = ("五、绩效分级材料", "1. 绩效分级指标对标总表")


@pytest.mark.parametrize(
    ("header", "row", "told"),
    [
        (("是否满足",), ("不满足",), "不满足"),
        (("是否满足",), ("☑是 ☐否",), "是"),
        ((), (), "None"),
    ],
)
def test_an_indicator_may_have_its_conclusion_in_a_column(
    header: tuple[str, ...], row: tuple[str, ...], told: str
) -> None:
    drawn = table(
        ("差异化指标", "B级指标要求", "企业对标情况", *header, "证明材料页码"),
        ("排放限值", "颗粒物不高于10mg/m³", "最高4.5mg/m³", *row, "第31页"),
    )
    indicators = read(INDICATORS, drawn).indicators
    assert indicators is not None
    assert [str(one.conclusion) for one in indicators.rows] == [told]


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("最高4.5mg/m³，满足要求 ☐符合 ☑不符合", "不符合"),
        ("最高4.5mg/m³ ☑ 符合 □ 不符合", "符合"),
        ("●采用袋式除尘；●满足要求", "None"),
        ("最高4.5mg/m³，满足要求", "None"),
    ],
)
def test_an_indicator_may_have_its_conclusion_ticked_behind_its_status(
    status: str, told: str
) -> None:
    drawn = table(
        ("差异化指标", "B级指标要求", "企业对标情况"), ("排放限值", "颗粒物不高于10mg/m³", status)
    )
    indicators = read(INDICATORS, drawn).indicators
    assert indicators is not None
    (row,) = indicators.rows
    assert (str(row.status), str(row.conclusion)) == (status, told)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("DA004", "DA004"),
        ("DA00 5、DA006", "DA005"),
        ("DA004 1#喷涂", "DA004"),
        ("ＤＡ0012", "DA0012"),
        ("D A006", "DA006"),
        ("1#窑", "None"),
    ],
)
def test_an_outlet_code_may_be_broken_in_a_narrow_column(written: str, code: str) -> None:
    (row,) = read(FOUR, table(ONE, (written, "袋式除尘", "2.1"))).outlets
    assert str(row.outlet) == code
