"""The common law: nothing is missing, figures are as read, citations lead somewhere."""

import re
import tomllib
from collections import Counter
from decimal import Decimal
from importlib.resources import files

import pytest

from duibiao.law.common import CommonLaw, load_common
from duibiao.law.provenance import Standing
from duibiao.law.schema import EVIDENCE_SECTIONS, INDICATORS
from duibiao.law.validating import errors_of

DATA = files("duibiao.law").joinpath("data")
OUTLINE = [
    *("一", "二", "三", "四", "四.1", "四.2", "四.3", *(f"四.3.{n}" for n in range(1, 5)), "四.4"),
    *("五", "五.1", "五.2", *(f"五.2.{n}" for n in range(1, 14))),
    *("五.2.13.1", "五.2.13.2", "五.2.13.3", "五.2.13.4", "五.2.14", "五.2.15", "五.2.16"),
    *("五.2.16.1", "五.2.16.2", "五.2.16.3", "五.2.17", "五.2.18"),
    *("附", "附.1", "附.2", "附.3", "附.4", "附.4.1", "附.4.2", "附.4.3"),
]
EVIDENCE = [
    *("2.1", "2.12", *(f"2.{n}" for n in range(2, 12))),
    *("2.13", "2.14", "2.15", "2.16.1", "2.16", "2.17", "2.18"),
]
"""Section that holds the evidence, indicator by indicator."""
NUMERALS = "零一二三四五六七八九十"
ARTICLES = [
    *(f"第{NUMERALS[n]}条" for n in range(1, 11)),
    *(f"第十{NUMERALS[n]}条" for n in range(1, 10)),
    *("第二十条", "第二十一条", "第二十二条", "第二十三条"),
]
ITEMS = {
    **dict.fromkeys(("第五条", "第六条", "第二十条", "第二十一条"), 5),
    **dict.fromkeys(("第七条", "第八条"), 3),
    "第十条": 6,
}
PLAN = [
    *("前言", "一", "二", "三", *(f"三、（{n}）" for n in "一二三四五六")),
    *("四", *(f"四、（{n}）" for n in "一二三四")),
    *("五", *(f"五、（{n}）" for n in "一二三四五")),
    *("附件1", "附件2", *(f"附件2 注{n}" for n in range(1, 6))),
]
ROWS_OF_SECTION = list(enumerate((10, 45, 5, 22, 31, 10, 12, 10, 14, 12, 11, 54, 7), 1))
"""Section of the fact collection → number of its rows; ids CC-section.number count through all files."""


@pytest.fixture(scope="module")
def common() -> CommonLaw:
    return load_common()


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, dict]]:
    found = []
    for file in sorted(DATA.iterdir(), key=lambda entry: entry.name):
        data = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        found += [(kind, row) for kind, table in data.items() for row in table]
    return found


def test_every_row_obeys_the_schema(rows):
    assert [(kind, row, wrong) for kind, row in rows if (wrong := errors_of(kind, row))] == []


def test_counts(rows):
    assert Counter(kind for kind, _ in rows) == {
        "source": 88,
        "heading": 48,
        "indicator": 19,
        "article": 151,
        "national_industry": 39,
        "class_code": 54,
        "alert": 10,
        "pollutant": 8,
        "code_list": 29,
        "deadline": 15,
        "target": 40,
        "fact": 145,
        "hole": 9,
    }


@pytest.mark.parametrize(("section", "count"), ROWS_OF_SECTION)
def test_no_row_of_the_collection_is_missing(rows, section, count):
    ids = [row["id"] for _, row in rows if str(row.get("id", "")).startswith(f"CC-{section}.")]
    numbers = {int(re.match(r"CC-\d+\.(\d+)", number)[1]) for number in ids}
    assert numbers == set(range(1, count + 1))
    assert len(ids) == len(set(ids))


def test_citations_resolve(rows, common):
    for kind, row in rows:
        for cite in (*row.get("cites", ()), *row.get("ladder_cites", ())):
            citation = common.cite(cite)
            if citation.source.id in ("SMX2022", "KF2021"):
                assert common.article(citation), (kind, cite)


def test_recalled_rows_say_how_firmly_and_others_do_not(rows):
    for kind, row in rows:
        if "standing" in row:
            assert (row["standing"] == "recalled") == ("confidence" in row), (kind, row["id"])


def test_ladder_standing_is_backed_by_what_it_cites(rows, common):
    for _, row in (pair for pair in rows if pair[0] == "national_industry"):
        cited = [common.cite(cite).source for cite in row.get("ladder_cites", ())]
        assert ("ladder" in row) == (row["ladder_standing"] != "missing")
        if row["ladder_standing"] in ("official", "secondary"):
            assert any(source.read for source in cited), row["name"]


# ------------------------------------------------------------------------------ outline, indicators


def test_outline_in_prescribed_order(common):
    assert [heading.key for heading in common.outline] == OUTLINE
    sections = [key[2:] for key in OUTLINE if key.startswith("五.2.")]
    assert set(sections) == set(EVIDENCE_SECTIONS)


def test_outline_numbers_follow_their_keys(common):
    for heading in common.outline:
        part, _, inner = heading.key.partition(".")
        if heading.key == "附":
            assert heading.number == "附件"
        elif not inner:
            assert heading.number == f"{part}、"
        else:
            assert heading.number == (inner if "." in inner else f"{inner}.")


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("一", "一、绩效分级申请表"),
        ("三", "三、落实重污染天气应急减排承诺书"),
        ("四.4", "4. 大气污染物产排污环节及相应污染治理措施"),
        ("五.1", "1. 绩效分级指标对标总表"),
        ("五.2.12", "2.12 装备工艺水平"),
        ("五.2.13.2", "2.13.2 脱硫措施"),
        ("五.2.18", "2.18 运输监控要求"),
        ("附.4.1", "4.1 红色预警下应急减排措施"),
    ],
)
def test_headings_as_printed(common, key, label):
    assert common.heading(key).label == label


def test_if_applicable_sections_are_2_1_to_2_12(common):
    marked = [heading.key for heading in common.outline if heading.if_applicable]
    assert marked == [f"五.2.{n}" for n in range(1, 13)]


@pytest.mark.parametrize(
    ("key", "alias"),
    [
        ("四.2", "环保守法情况说明"),
        ("四.3.1", "产品、产能及产量"),
        ("四.4", "大气污染物产排污环节及治理措施"),
        ("五.2.1", "能源类型"),
        ("五.2.12", "装备水平"),
        ("五.2.13.2", "脱硫设施"),
        ("五.2.15", "无组织排放管控"),
        ("五.2.16.1", "环保档案"),
        ("五.2.18", "运输监管要求"),
    ],
)
def test_usual_rewordings_are_known(common, key, alias):
    assert alias in common.heading(key).aliases


def test_no_name_stands_for_two_headings_of_one_parent(common):
    seen: dict[tuple[str, str], str] = {}
    for heading in common.outline:
        parent = heading.key.rpartition(".")[0]
        for name in (heading.title, *heading.aliases):
            assert seen.setdefault((parent, name), heading.key) == heading.key, name


def test_application_form_holds_eleven_fields(common):
    holds = common.heading("一").holds
    assert len(holds) == 11
    assert holds[0] == "所属省辖市"
    assert holds[-1] == "工业总产值（万元）"


def test_indicators_in_prescribed_order_with_their_evidence(common):
    assert tuple(indicator.name for indicator in common.indicators) == INDICATORS
    assert [indicator.section for indicator in common.indicators] == EVIDENCE
    assert [indicator.if_applicable for indicator in common.indicators] == [True] * 12 + [False] * 7


# ------------------------------------------------------------------------------ articles


def test_every_article_and_item_of_the_measures(common):
    places = [place for source, place in common.articles if source == "SMX2022"]
    assert [place for place in places if re.fullmatch(r"第\w+条", place)] == ARTICLES
    items = Counter(place.partition("（")[0] for place in places if "条（" in place)
    assert items == ITEMS


def test_every_part_of_the_plan(common):
    assert [place for source, place in common.articles if source == "KF2021"] == PLAN


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        ("SMX2022", "第五条（三）", "企业总体绩效以所含行业或工序中绩效评级较差为准"),
        ("SMX2022", "第五条（二）", "可自主采取减排措施"),
        ("SMX2022", "第十条（6）", "11月15日前"),
        ("SMX2022", "第十四条", "达标率低于 60% 的"),
        ("SMX2022", "第十八条", "对申报日前一年内存在未批先建"),
        ("SMX2022", "附件2 4.1", "措施落实责任人及联系方式"),
        ("SMX2022", "附件4 四、4", "注意与第五章内容的前后一致性"),
        ("SMX2022", "附件4 五、2.13.1（2）", "逐一附客观、精美、不失真的现场彩色照片"),
        ("SMX2022", "附件4 五、2.16.1（4）", "满足时限要求的废气监测报告"),
        ("KF2021", "四、（三）", "8月5日、8月15日、8月30日、9月15日前"),
        ("KF2021", "附件2 注5", "企业名称应与企业营业执照、企业公章、排污许可证保持一致。"),
    ],
)
def test_words_of_the_articles(common, source, place, words):
    assert words in common.articles[source, place]


def test_articles_carry_no_marks_of_the_transcription(common):
    marks = re.compile(r"[<>#*\t\f](?!\d)")
    assert not [place for place, text in common.articles.items() if marks.search(text)]


def test_an_article_holds_its_items(common):
    for (source, place), text in common.articles.items():
        if place.endswith("）"):
            whole = re.sub(r"、?（[^）]*）$", "", place)
            assert text.splitlines()[0] in common.articles[source, whole]


# ------------------------------------------------------------------------------ industries, codes


def test_the_39_industries(common):
    assert [industry.no for industry in common.industries] == list(range(1, 40))
    names = {industry.no: industry.name for industry in common.industries}
    assert (names[1], names[15], names[31]) == ("长流程联合钢铁", "水泥", "包装印刷")
    assert (names[21], names[36]) == ("玻璃钢（纤维增强塑料制品）", "家具制造")
    assert names[39] == "工业涂装"


def test_ladders(common):
    ladders = {row.no: (row.ladder, row.ladder_standing) for row in common.industries}
    assert ladders[1] == ("A/B/B-/C/D", Standing.RECALLED)
    assert ladders[39] == ("A/B/C", Standing.RECALLED)
    assert ladders[31] == ("A/B/C/D", Standing.OFFICIAL)
    assert ladders[19][1] is Standing.SECONDARY
    assert ladders[3] == ladders[36] == ("", None)
    assert Counter(standing for _, standing in ladders.values())[None] == 22


def test_class_codes(common):
    assert common.class_codes["3110"] == "炼铁"
    assert common.class_codes["2319"] == "包装装潢及其他印刷"
    assert common.class_codes["1951-1959"] == "制鞋"
