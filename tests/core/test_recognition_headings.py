"""Which paragraph opens which section."""

import pytest

from duibiao.document.model import Block, Document, Paragraph
from duibiao.law import load_common
from duibiao.recognition.outline import Chunk, split
from duibiao.recognition.titles import ordinal, plain_title


def document(*blocks: Block) -> Document:
    return Document("a.docx", "", 0, blocks)


def line(text: str, **looks: object) -> Paragraph:
    return Paragraph(1, text, **looks)  # type: ignore[arg-type]


def chunks(*texts: str | Paragraph, bold: bool = False) -> list[Chunk]:
    blocks = [line(text, bold=bold) if isinstance(text, str) else text for text in texts]
    return split(document(*blocks), load_common().outline)


def keys(*texts: str | Paragraph, bold: bool = False) -> list[str]:
    return [chunk.key for chunk in chunks(*texts, bold=bold)[1:]]


@pytest.mark.parametrize(
    ("number", "counts"),
    [
        ("2.13.1", (2, 13, 1)),
        ("２．１３．１", (2, 13, 1)),
        ("五、", (5,)),
        ("（五）", (5,)),
        ("第十二章", (12,)),
        ("二十", (20,)),
        ("二十三", (23,)),
        ("附件", ()),
        ("", ()),
    ],
)
def test_numbers_count_alike_however_they_are_written(number: str, counts: tuple[int, ...]) -> None:
    assert ordinal(number) == counts


def test_titles_are_compared_without_their_marks() -> None:
    assert plain_title("能源（燃料） 类型（如涉及）") == plain_title("能源(燃料)类型")
    assert plain_title("“一厂一策”实施方案") == plain_title("”一厂一策“ 实施方案")


PARTS = ["一、绩效分级申请表", "四、企业基本情况", "五、绩效分级材料"]


@pytest.mark.parametrize(
    "title",
    [
        "2.13.1 除尘设施",
        "2.13.1除尘设施",
        "２．１３．１　除尘设施",
        "2. 13. 1 除尘设施",
        "2.13.1、除尘设施",
        "（一）除尘设施",
        "第一节 除尘设施",
        "9.9 除尘设施",
    ],
)
def test_a_typed_number_and_a_title_open_a_section(title: str) -> None:
    assert keys(*PARTS, title) == ["一", "四", "五", "五.2.13.1"]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("2.14 排放限值对标分析", "五.2.14"),
        ("2.8 有组织排放限值", "五.2.14"),
        ("2.18 运输监管要求及门禁系统", "五.2.18"),
        ("2.13.1 除尘设备", "五.2.13.1"),
        ("2.16.3 专职环保人员", "五.2.16.3"),
        ("2.17 物料运输方式", "五.2.17"),
        ("2.99 专职环保人员", ""),
        ("2.16.3 除尘设备", ""),
        ("9. 专职环保人员", ""),
        ("2.16.3 人员由环保科配备，见下表", ""),
    ],
)
def test_a_title_in_other_words_is_known_by_its_number(title: str, key: str) -> None:
    assert keys(*PARTS, title) == ["一", "四", "五", *filter(None, [key])]


def test_a_section_is_opened_by_other_words_once() -> None:
    assert keys(*PARTS, "2.16.3 人员配置", "2.16.3 环保人员证书") == ["一", "四", "五", "五.2.16.3"]


@pytest.mark.parametrize(
    "text",
    [
        "除尘设施",
        "2.13.1 除尘设施包括覆膜袋式除尘器，详见下表，照片按序号附后。",
        "（1）除尘设施",
        "1. 颗粒物",
        "2.13.1 除尘设施……………23",
        "2.13.1 除尘设施\t23",
    ],
)
def test_other_lines_open_none(text: str) -> None:
    assert keys(*PARTS, text) == ["一", "四", "五"]


def test_bold_words_of_the_outline_open_a_section_once() -> None:
    assert keys(*PARTS, "除尘设施", "text", "除尘设施", bold=True)[3:] == ["五.2.13.1"]


def test_the_look_alone_opens_none() -> None:
    assert keys(*PARTS, "除尘设施照片", "本项不涉及", bold=True)[3:] == []


def test_the_same_title_is_told_apart_by_its_part() -> None:
    found = keys("四、企业基本情况", "3.2 生产工艺", "五、绩效分级材料", "2.2 生产工艺")
    assert found == ["四", "四.3.2", "五", "五.2.2"]


def test_a_plan_may_count_its_chapters_as_the_package_counts_its_parts() -> None:
    found = keys(
        *PARTS,
        "附件 重污染天气应急减排“一厂一策”实施方案",
        "一、企业基本情况",
        "二、主要生产工艺流程",
        "四、应急减排措施",
        "（一）红色预警下应急减排措施",
    )
    assert found[3:] == ["附", "附.1", "附.2", "附.4", "附.4.1"]


def test_sections_of_a_part_without_its_heading_are_found_all_the_same() -> None:
    assert keys("四、企业基本情况", "2.13.1 除尘设施", "2.14 排放限值")[1:] == [
        "五.2.13.1",
        "五.2.14",
    ]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("4.1 Ⅰ级响应（红色预警）应急减排措施", "附.4.1"),
        ("（二）重污染天气橙色预警（响应）措施", "附.4.2"),
        ("4.3 黄色预警期间的各项措施", "附.4.3"),
        ("（1）红色预警下应急减排措施包括", ""),
        ("4.5 红色预警、橙色预警措施落实要求", ""),
    ],
)
def test_measures_of_an_alert_level_in_other_words(title: str, key: str) -> None:
    plan = "附件2 重污染天气应急减排“一厂一策”实施方案"
    assert keys(plan, "前言", title)[1:] == ([key] if key else [])


def test_a_title_page_before_a_part_announces_it() -> None:
    """The letter stands below the second one; a part that has only its title page is empty."""
    texts = ["一、绩效分级申请表", " ", "一、绩效分级申请表", "表", "二、资料真实性承诺书", " "]
    found = chunks(*texts)[1:]
    assert [(chunk.key, chunk.is_empty) for chunk in found] == [("一", False), ("二", True)]


def test_a_title_that_is_repeated_below_itself_is_no_heading() -> None:
    found = chunks(
        line("资料真实性承诺书", number="二、", level=1),
        line("申报材料真实性承诺书", level=2),
        "正文",
    )
    assert [chunk.key for chunk in found[1:]] == ["二"]
    assert len(found[1].blocks) == 2


def test_styles_may_begin_at_any_level() -> None:
    found = [line(text, level=number + 2) for number, text in enumerate(PARTS)]
    assert keys(*found, line("2.1 能源类型", level=6)) == ["一", "四", "五", "五.2.1"]


def test_a_styled_heading_that_the_outline_does_not_know_is_kept() -> None:
    assert keys(*PARTS, line("补充说明", level=2))[3:] == [""]


def test_wrong_order_stays_as_it_is() -> None:
    assert keys("二、资料真实性承诺书", "一、绩效分级申请表") == ["二", "一"]


def test_typed_contents_without_pages_are_no_headings() -> None:
    found = chunks("目录", *PARTS, *PARTS, "正文")
    assert [chunk.key for chunk in found] == ["封面", "一", "四", "五"]
    assert sum(block.contents for block in found[0].blocks if isinstance(block, Paragraph)) == 3


def test_typed_contents_may_name_what_the_outline_does_not_know() -> None:
    found = chunks("目录", *PARTS, "2.7 危险化学品仓库", "附件 一厂一策", *PARTS, "正文")
    assert [chunk.key for chunk in found] == ["封面", "一", "四", "五"]
    listed = [b.text for b in found[0].blocks if isinstance(b, Paragraph) and b.contents]
    assert listed == [*PARTS, "2.7 危险化学品仓库", "附件 一厂一策"]


def test_a_number_typed_behind_an_automatic_one_is_what_was_meant() -> None:
    found = chunks(
        line("四、企业基本情况", number="三、"),
        line("1#熟料线", number="1.", level=2),
        line("五、绩效分级材料", number="四、"),
        line("2.14 排放限值", number="2.13"),
    )
    assert [(chunk.key, chunk.number, chunk.title) for chunk in found[1:]] == [
        ("四", "四、", "企业基本情况"),
        ("", "1.", "1#熟料线"),
        ("五", "五、", "绩效分级材料"),
        ("五.2.14", "2.14", "排放限值"),
    ]


def test_the_title_page_of_a_plan_belongs_to_the_plan() -> None:
    found = chunks(
        line("豫样本水泥有限公司", bold=True, centred=True),
        line("重污染天气应急减排", bold=True, centred=True),
        line("“一厂一策” 实施方案", bold=True, centred=True),
        line("2026年8月"),
        "一、企业基本情况",
        "正文",
        "四、应急减排措施",
        "1. 红色预警下应急减排措施",
    )
    assert [chunk.key for chunk in found[1:]] == ["附", "附.1", "附.4", "附.4.1"]
    assert not found[0].blocks
    assert len(found[1].blocks) == 3
