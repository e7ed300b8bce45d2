"""Automatic numbering: formats, levels, restarts, overrides, links to styles."""

from __future__ import annotations

import pytest
from lxml import etree

from duibiao.document.numbering import Numbering
from duibiao.document.numerals import numeral
from duibiao.document.styles import Styles

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("decimalZero", {1: "01", 10: "10", 100: "100"}),
        ("decimalFullWidth", {1: "１", 20: "２０"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {3: "③"}),
        ("decimalEnclosedParen", {1: "⑴", 20: "⒇", 21: "21"}),
        ("decimalEnclosedFullstop", {1: "⒈", 20: "⒛"}),
        ("ideographEnclosedCircle", {1: "㊀", 10: "㊉", 11: "11"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB", 53: "AAA"}),
        ("lowerLetter", {0: "0", 1: "a", 27: "aa", 781: "781"}),
        ("upperRoman", {1: "I", 4: "IV", 9: "IX", 1994: "MCMXCIV", 0: "0", 40_000: "40000"}),
        ("lowerRoman", {3: "iii"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 21: "21st", 112: "112th"}),
        ("numberInDash", {5: "- 5 -"}),
        ("hex", {26: "1A"}),
        ("chineseCounting", {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一○一"}),
        ("taiwaneseCounting", {15: "十五"}),
        (
            "chineseCountingThousand",
            {0: "零", 10: "十", 19: "十九", 100: "一百", 101: "一百零一", 110: "一百一十",
             1005: "一千零五", 10_010: "一万零一十", 123_456: "十二万三千四百五十六"},
        ),
        ("taiwaneseCountingThousand", {12_000: "一萬二千"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 21: "贰拾壹", 105: "壹佰零伍"}),
        ("ideographLegalTraditional", {2: "貳", 16: "壹拾陸"}),
        ("japaneseCounting", {10: "十", 21: "二十一", 101: "百一", 1111: "千百十一"}),
        ("japaneseLegal", {10: "壱拾"}),
        ("ideographDigital", {1: "一", 10: "一〇", 25: "二五"}),
        ("taiwaneseDigital", {20: "二○"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 2: "乙丑", 60: "癸亥", 61: "甲子"}),
        ("bullet", {1: ""}),
        ("none", {1: ""}),
        ("unheardOf", {7: "7"}),
        ("decimal", {-3: "-3"}),
    ],
)  # fmt: skip
def test_numeral(style: str, expected: dict[int, str]) -> None:
    assert {count: numeral(count, style) for count in expected} == expected


def root(xml: str, name: str = "numbering") -> etree._Element:
    return etree.fromstring(f'<w:{name} xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/'
                            f'markup-compatibility/2006">{xml}</w:{name}>')  # fmt: skip


def level(number: int, text: str, style: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(*levels: str, number: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def instance(number: int, overrides: str = "", abstract_id: int = 0) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def override(number: int, content: str) -> str:
    return f'<w:lvlOverride w:ilvl="{number}">{content}</w:lvlOverride>'


def start(number: int) -> str:
    return f'<w:startOverride w:val="{number}"/>'


OUTLINE = abstract(
    level(0, "%1、", "chineseCounting"), level(1, "%2."), level(2, "%2.%3"), level(3, "%2.%3.%4")
)
PLAIN = abstract(level(0, "%1."), level(1, "%1.%2"), level(2, "%1.%2.%3"))

CASES: dict[str, tuple[str, list[tuple[int, int]], list[str]]] = {
    "the outline of a dossier": (
        OUTLINE + instance(1),
        [(1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (1, 3), (1, 2), (1, 0), (1, 1)],
        ["一、", "1.", "2.", "2.1", "2.1.1", "2.1.2", "2.2", "二、", "1."],
    ),
    "deeper levels restart after any level above": (
        PLAIN + instance(1),
        [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
        ["1.", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2.", "2.1.1"],
    ),
    "a level that is never restarted": (
        abstract(level(0, "%1."), level(1, "第%2条", more='<w:lvlRestart w:val="0"/>'))
        + instance(1),
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
        ["1.", "第1条", "第2条", "2.", "第3条"],
    ),
    "a level restarted by the first level only": (
        abstract(level(0, "%1"), level(1, "%2"), level(2, "%3", more='<w:lvlRestart w:val="1"/>'))
        + instance(1),
        [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
        ["1", "1", "1", "2", "2", "2", "1"],
    ),
    "start values": (
        abstract(level(0, "%1.", start=5), level(1, "%1.%2", start=3)) + instance(1),
        [(1, 0), (1, 1), (1, 0), (1, 1)],
        ["5.", "5.3", "6.", "6.3"],
    ),
    "instances of one abstract list go on counting": (
        PLAIN + instance(1) + instance(2),
        [(1, 0), (1, 0), (2, 0), (1, 0)],
        ["1.", "2.", "3.", "4."],
    ),
    "different abstract lists count by themselves": (
        PLAIN + abstract(level(0, "(%1)"), number=7) + instance(1) + instance(2, abstract_id=7),
        [(1, 0), (2, 0), (1, 0), (2, 0)],
        ["1.", "(1)", "2.", "(2)"],
    ),
    "a start override counts anew, once": (
        PLAIN + instance(1) + instance(2, override(0, start(1))),
        [(1, 0), (1, 0), (2, 0), (2, 0), (1, 0), (2, 0)],
        ["1.", "2.", "1.", "2.", "3.", "4."],
    ),
    "a start override of a deeper level waits for that level": (
        PLAIN + instance(1, override(1, start(8))),
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
        ["1.", "1.8", "1.9", "2.", "2.1"],
    ),
    "a level override replaces the level": (
        PLAIN + instance(1) + instance(2, override(0, level(0, "（%1）", "chineseCounting"))),
        [(1, 0), (2, 0), (1, 0)],
        ["1.", "（二）", "3."],
    ),
    "levels above that were left out count from their start": (
        PLAIN + instance(1),
        [(1, 2), (1, 2), (1, 1)],
        ["1.1.1", "1.1.2", "1.2"],
    ),
    "legal numbering prints plain digits": (
        abstract(level(0, "第%1章", "chineseCounting"), level(1, "%1.%2", more="<w:isLgl/>"))
        + instance(1),
        [(1, 0), (1, 1)],
        ["第一章", "1.1"],
    ),
    "legal numbering switched off": (
        abstract(level(0, "%1", "upperRoman"), level(1, "%1.%2", more='<w:isLgl w:val="0"/>'))
        + instance(1),
        [(1, 0), (1, 1)],
        ["I", "I.1"],
    ),
    "bullets print nothing and do not disturb": (
        abstract(level(0, "%1."), level(1, "●", "bullet")) + instance(1),
        [(1, 0), (1, 1), (1, 0)],
        ["1.", "", "2."],
    ),
    "the format none leaves its place empty": (
        abstract(level(0, "附件%1", "none"), level(1, "%1%2.")) + instance(1),
        [(1, 0), (1, 1)],
        ["附件", "1."],
    ),
    "what separates number and text is no part of the number": (
        abstract(level(0, " %1. ")) + instance(1),
        [(1, 0)],
        ["1."],
    ),
    "a custom format with zeros": (
        abstract(
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
            '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
            '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
            '<w:lvlText w:val="%1"/></w:lvl>'
        )
        + instance(1),
        [(1, 0), (1, 0)],
        ["001", "002"],
    ),
    "unknown lists and levels": (
        PLAIN + instance(1) + instance(3, abstract_id=99),
        [(9, 0), (3, 0), (1, 12), (1, -1), (1, 0)],
        ["", "", "", "", "1."],
    ),
    "numId 0 means none, even where it is defined": (PLAIN + instance(0), [(0, 0)], [""]),
    "numbers that are none": (
        abstract(level(0, "%1.").replace('w:start w:val="1"', 'w:start w:val="x"')) + instance(1),
        [(1, 0), (1, 0)],
        ["0.", "1."],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_labels(case: str) -> None:
    xml, paragraphs, expected = CASES[case]
    numbering = Numbering(root(xml))
    assert [numbering.label(str(num), depth) for num, depth in paragraphs] == expected


def test_list_defined_by_a_numbering_style() -> None:
    styles = Styles(
        root(
            '<w:style w:type="numbering" w:styleId="提纲"><w:name w:val="提纲"/>'
            '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>',
            "styles",
        )
    )
    xml = (
        abstract('<w:numStyleLink w:val="提纲"/>')
        + abstract('<w:styleLink w:val="提纲"/>', level(0, "%1)"), number=1)
        + instance(4)
        + instance(5, abstract_id=1)
    )
    numbering = Numbering(root(xml), styles.lists)
    assert [numbering.label(num, 0) for num in "454"] == ["1)", "2)", "3)"]


def test_a_numbering_style_that_links_to_itself_ends() -> None:
    numbering = Numbering(root(abstract('<w:numStyleLink w:val="环"/>') + instance(1)), {"环": "1"})
    assert numbering.label("1", 0) == ""


def test_level_bound_to_a_paragraph_style() -> None:
    bound = level(1, "%1.%2", more='<w:pStyle w:val="二级"/>')
    numbering = Numbering(root(abstract(level(0, "%1"), bound) + instance(1)))
    assert numbering.level_of_style("1", "二级") == 1
    assert numbering.level_of_style("1", "三级") is None
    assert numbering.level_of_style("8", "二级") is None


def test_a_document_without_lists() -> None:
    assert Numbering().label("1", 0) == ""


def test_absurd_labels_stay_short() -> None:
    numbering = Numbering(
        root(abstract(level(0, "%1" * 100_000, "lowerLetter", 780)) + instance(1))
    )
    assert len(numbering.label("1", 0)) < 1000
