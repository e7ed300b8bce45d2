"""Malformed law files: each gets its one message, which names file, table and line and says what to write.

Longer than other files because the table of faults is one.
"""

from pathlib import Path

import pytest

from duibiao.law import load_industry_law
from duibiao.law.schema import EVIDENCE_SECTIONS, GRADES, INDICATORS, POLLUTANTS, TABLES
from duibiao.model.errors import LawError

INDUSTRY = """\
[industry]
key = "paper"
name = "造纸"
prefix = "PAP"

[[edition]]
id = "2020"
name = "2020年版"
from = 2020-07-01
standing = "official"
cites = ["GUIDE"]

[[branch]]
id = "PA-B1"
key = "pulp"
name = "制浆"
ladder = ["A", "B"]
standing = "recalled"
cites = ["GUIDE"]

[[process]]
id = "PA-W1"
key = "boiler"
name = "碱回收炉"
keywords = ["碱回收炉"]
standing = "recalled"
cites = ["GUIDE"]

[[basis]]
id = "PA-F1"
grade = "B"
regime = "standard"
standing = "recalled"
cites = ["GUIDE"]
"""

LIMITS = """\
[[limit]]
id = "PA-L1"
branch = ["pulp"]
edition = "2020"
regime = "grade"
grades = ["A"]
process = "boiler"
pollutant = "PM"
op = "<="
value = 10
unit = "mg/m3"
standing = "official"
cites = ["GUIDE:表1"]

[[requirement]]
id = "PA-R1"
regime = "grade"
grades = ["A"]
indicator = "装备水平"
text = \"\"\"
装备水平要求，
from = "不是日期"
\"\"\"
standing = "secondary"
cites = ["NEWS"]

[[hole]]
id = "PA-H1"
topic = "排放限值"
what = "B级限值"
look_in = "指南正式文本"
"""

SOURCES = """\
[[source]]
id = "GUIDE"
title = "技术指南"
kind = "official"
read = true

[[source]]
id = "NEWS"
title = "转载报道"
kind = "report"
read = true

[[source]]
id = "MEMORY"
title = "未读到的文件"
kind = "official"
read = false
"""

CHECKLIST = """\
[[section]]
id = "PA-C1"
number = "2.13.1"
applies = "yes"
standing = "official"
cites = ["GUIDE"]
"""

MEASURES = """\
[[measure]]
id = "PA-M1"
grades = ["A"]
levels = ["黄色", "橙色", "红色"]
kind = "self_chosen"
text = "自主采取减排措施"
standing = "official"
cites = ["GUIDE"]
"""

FILES = {
    "law/industry.toml": INDUSTRY,
    "law/limits.toml": LIMITS,
    "law/sources.toml": SOURCES,
    "checklist.toml": CHECKLIST,
    "measures.toml": MEASURES,
}

LIMIT = "duibiao_paper/law/limits.toml 第{}行 [[limit]]（PA-L1）："
REQUIREMENT = "duibiao_paper/law/limits.toml 第{}行 [[requirement]]（PA-R1）："
EDITION = "duibiao_paper/law/industry.toml 第{}行 [[edition]]（2020）："
BRANCH = "duibiao_paper/law/industry.toml 第{}行 [[branch]]（PA-B1）："
PROCESS = "duibiao_paper/law/industry.toml 第{}行 [[process]]（PA-W1）："
BASIS = "duibiao_paper/law/industry.toml 第{}行 [[basis]]（PA-F1）："
SECTION = "duibiao_paper/checklist.toml 第{}行 [[section]]（PA-C1）："
MEASURE = "duibiao_paper/measures.toml 第{}行 [[measure]]（PA-M1）："
SOURCE = "duibiao_paper/law/sources.toml 第{}行 [[source]]（GUIDE）："

MALFORMED = {
    # name: (file, text to replace, what stands there instead, message)
    "unknown table": (
        "law/limits.toml", "[[hole]]", "[[hoel]]",
        f"duibiao_paper/law/limits.toml：不认识的表 [[hoel]]；可用的表：{'、'.join(TABLES)}",
    ),
    "unknown field": (
        "law/limits.toml", 'unit = "mg/m3"', 'units = "mg/m3"\nunit = "mg/m3"',
        LIMIT.format(11) + "units：不认识的字段；请检查拼写，或删去该项",
    ),
    "missing required text": (
        "law/limits.toml", 'unit = "mg/m3"\n', "",
        LIMIT.format(1) + "unit：缺少必填项；请补写文字（加引号）",
    ),
    "missing required number": (
        "law/limits.toml", "value = 10\n", "",
        LIMIT.format(1) + "value：缺少必填项；请补写数值（不加引号）",
    ),
    "missing required choice": (
        "law/limits.toml", 'standing = "official"\n', "",
        LIMIT.format(1) + "standing：缺少必填项；请补写（可选：official、secondary、recalled）",
    ),
    "missing required list": (
        "law/limits.toml", 'cites = ["GUIDE:表1"]\n', "",
        LIMIT.format(1) + 'cites：缺少必填项；请补写列表（如 ["甲", "乙"]）',
    ),
    "missing required boolean": (
        "law/sources.toml", 'kind = "official"\nread = true\n', 'kind = "official"\n',
        SOURCE.format(1) + "read：缺少必填项；请补写true 或 false",
    ),
    "missing required date": (
        "law/industry.toml", "from = 2020-07-01\n", "",
        EDITION.format(6) + "from：缺少必填项；请补写该项",
    ),
    "number quoted": (
        "law/limits.toml", "value = 10", 'value = "10"',
        LIMIT.format(10) + "value：应为数值，现为 '10'；请直接写数字（如 10 或 0.5），不要加引号",
    ),
    "yes or no in place of a number": (
        "law/limits.toml", "value = 10", "value = true",
        LIMIT.format(10) + "value：应为数值，现为 True；请直接写数字（如 10 或 0.5），不要加引号",
    ),
    "text in place of a list": (
        "law/limits.toml", 'cites = ["GUIDE:表1"]', 'cites = "GUIDE:表1"',
        LIMIT.format(13) + "cites：'GUIDE:表1' 类型不对；应为列表（如 [\"甲\", \"乙\"]）",
    ),
    "number in place of text": (
        "law/limits.toml", 'look_in = "指南正式文本"', "look_in = 340",
        "duibiao_paper/law/limits.toml 第31行 [[hole]]（PA-H1）：look_in：340 类型不对；应为文字（加引号）",
    ),
    "text in place of a whole number": (
        "law/industry.toml", 'ladder = ["A", "B"]', 'national_no = "15"\nladder = ["A", "B"]',
        BRANCH.format(17) + "national_no：'15' 类型不对；应为整数",
    ),
    "number out of range": (
        "law/industry.toml", 'ladder = ["A", "B"]', 'national_no = 40\nladder = ["A", "B"]',
        BRANCH.format(17) + "national_no：40 超出允许范围（1 至 39）",
    ),
    "ratio over 100": (
        "measures.toml", 'kind = "self_chosen"', 'kind = "limit"\nratio = 120',
        MEASURE.format(6) + "ratio：120 超出允许范围（0 至 100）",
    ),
    "choice not allowed": (
        "law/limits.toml", 'standing = "official"', 'standing = "seen"',
        LIMIT.format(12) + "standing：取值 'seen' 不在允许范围；请从 official、secondary、recalled 中选取",
    ),
    "unknown grade": (
        "law/limits.toml", 'grades = ["A"]\nprocess', 'grades = ["A级"]\nprocess',
        LIMIT.format(6) + f"grades：取值 ['A级'] 不在允许范围；请从 {'、'.join(GRADES)} 中选取",
    ),
    "unknown indicator": (
        "law/limits.toml", 'indicator = "装备水平"', 'indicator = "设备水平"',
        REQUIREMENT.format(19) + f"indicator：取值 '设备水平' 不在允许范围；请从 {'、'.join(INDICATORS)} 中选取",
    ),
    "unknown pollutant": (
        "law/limits.toml", 'pollutant = "PM"', 'pollutant = "颗粒物"',
        LIMIT.format(8) + f"pollutant：取值 '颗粒物' 不在允许范围；请从 {'、'.join(POLLUTANTS)} 中选取",
    ),
    "unknown section of the evidence": (
        "checklist.toml", '"2.13.1"', '"2.19"',
        SECTION.format(3) + f"number：取值 '2.19' 不在允许范围；请从 {'、'.join(EVIDENCE_SECTIONS)} 中选取",
    ),
    "unknown alert level": (
        "measures.toml", '"红色"', '"蓝色"',
        MEASURE.format(4)
        + "levels：取值 ['黄色', '橙色', '蓝色'] 不在允许范围；请从 黄色、橙色、红色 中选取",
    ),
    "date in Chinese": (
        "law/industry.toml", "from = 2020-07-01", 'from = "2020年7月"',
        EDITION.format(9)
        + "from：日期 '2020年7月' 不合格式；请写 2024-07-01（不加引号），或 \"2024-07\"、\"2024\"",
    ),
    "month that does not exist": (
        "law/industry.toml", "from = 2020-07-01", 'from = "2020-13"',
        EDITION.format(9)
        + "from：日期 '2020-13' 不合格式；请写 2024-07-01（不加引号），或 \"2024-07\"、\"2024\"",
    ),
    "year as a number": (
        "law/industry.toml", "from = 2020-07-01", "from = 2020",
        EDITION.format(9)
        + "from：日期 2020 不合格式；请写 2024-07-01（不加引号），或 \"2024-07\"、\"2024\"",
    ),
    "nothing cited": (
        "law/limits.toml", 'cites = ["GUIDE:表1"]', "cites = []",
        LIMIT.format(13) + "cites：至少要有一项",
    ),
    "empty text": (
        "law/limits.toml", 'look_in = "指南正式文本"', 'look_in = ""',
        "duibiao_paper/law/limits.toml 第31行 [[hole]]（PA-H1）：look_in：不能为空；请填写内容，或删去该项",
    ),
    "malformed key": (
        "law/industry.toml", 'key = "boiler"', 'key = "碱回收炉"',
        PROCESS.format(23) + "key：'碱回收炉' 不合格式 [a-z][a-z0-9_]*",
    ),
    "malformed prefix": (
        "law/industry.toml", 'prefix = "PAP"', 'prefix = "PAPER"',
        "duibiao_paper/law/industry.toml 第4行 [[industry]]（paper）：prefix：'PAPER' 不合格式 [A-Z]{3}",
    ),
    "citation of no source": (
        "law/limits.toml", '"GUIDE:表1"', '"GIUDE:表1"',
        LIMIT.format(13)
        + "cites：'GIUDE:表1' 指向的来源不存在；请在 sources.toml 中登记，或改为已登记的编号\n"
        + LIMIT.format(12)
        + "standing：official 须引用一份已读到的官方文本；请改引用，或改为 secondary/recalled",
    ),
    "official without an official source": (
        "law/limits.toml", '"GUIDE:表1"', '"NEWS"',
        LIMIT.format(12)
        + "standing：official 须引用一份已读到的官方文本；请改引用，或改为 secondary/recalled",
    ),
    "official with an official source that nobody read": (
        "law/limits.toml", '"GUIDE:表1"', '"MEMORY"',
        LIMIT.format(12)
        + "standing：official 须引用一份已读到的官方文本；请改引用，或改为 secondary/recalled",
    ),
    "official by an unread official and a read report": (
        "law/limits.toml", '"GUIDE:表1"', '"MEMORY", "NEWS"',
        LIMIT.format(12)
        + "standing：official 须引用一份已读到的官方文本；请改引用，或改为 secondary/recalled",
    ),
    "secondary with a source that nobody read": (
        "law/limits.toml", 'cites = ["NEWS"]', 'cites = ["MEMORY"]',
        REQUIREMENT.format(24) + "standing：secondary 须引用一份已读到的来源；请改引用，或改为 recalled",
    ),
    "id used twice in two files": (
        "measures.toml", '"PA-M1"', '"PA-L1"',
        "duibiao_paper/measures.toml 第2行 [[measure]]（PA-L1）：id："
        "与 duibiao_paper/law/limits.toml 第1行重复；请换一个编号",
    ),
    "source registered twice": (
        "law/sources.toml", "read = false\n",
        'read = false\n\n[[source]]\nid = "NEWS"\ntitle = "报道"\nkind = "report"\nread = true\n',
        "duibiao_paper/law/sources.toml 第20行 [[source]]（NEWS）：id："
        "与 duibiao_paper/law/sources.toml 第7行重复；请换一个编号",
    ),
    "unknown branch": (
        "law/limits.toml", 'branch = ["pulp"]', 'branch = ["pulp", "board"]',
        LIMIT.format(3) + "branch：'board' 不是本插件的行业分支；可用：pulp",
    ),
    "unknown edition": (
        "law/limits.toml", 'edition = "2020"', 'edition = "2024"',
        LIMIT.format(4) + "edition：'2024' 不是本插件的版本；可用：2020",
    ),
    "unknown process": (
        "law/limits.toml", 'process = "boiler"', 'process = "kiln"',
        LIMIT.format(7) + "process：'kiln' 未在 [[process]] 中登记；请先登记，或写 \"*\"",
    ),
    "regime grade without grades": (
        "law/limits.toml", 'grades = ["A"]\nindicator', "indicator",
        REQUIREMENT.format(15) + 'grades：regime 为 grade 时须写明等级，如 ["A"]',
    ),
    "within without its lower end": (
        "law/limits.toml", 'op = "<="', 'op = "within"',
        LIMIT.format(1) + "low：op 为 within 时须写明下限 low",
    ),
    "until before from": (
        "law/limits.toml", 'unit = "mg/m3"', 'unit = "mg/m3"\nfrom = 2022-01-01\nuntil = "2021-12"',
        LIMIT.format(13) + "until：终止日期 2021年12月 早于起始日期 2022年1月1日；请核对两者",
    ),
    "source that ends before it begins": (
        "law/sources.toml", 'title = "技术指南"', 'title = "技术指南"\nfrom = "2022"\nuntil = "2021"',
        SOURCE.format(5) + "until：终止日期 2021年 早于起始日期 2022年；请核对两者",
    ),
    "basis on the grade regime": (
        "law/industry.toml", 'regime = "standard"', 'regime = "grade"',
        BASIS.format(32) + "regime：取值 'grade' 不在允许范围；请从 ultra_low、standard 中选取",
    ),
    "not TOML": (
        "law/limits.toml", 'id = "PA-L1"', "id = PA-L1",
        "duibiao_paper/law/limits.toml：不是合格的 TOML：Invalid value (at line 2, column 6)；请改正该处语法",
    ),
    "key twice in one table": (
        "law/limits.toml", "value = 10", "value = 10\nvalue = 20",
        "duibiao_paper/law/limits.toml：不是合格的 TOML：Cannot overwrite a value (at line 11, column 11)；"
        "请改正该处语法",
    ),
    "two tables of identity": (
        "law/industry.toml", "[industry]\n",
        '[[industry]]\nkey = "board"\nname = "纸板"\nprefix = "BRD"\n\n[[industry]]\n',
        "duibiao_paper/law：应有且仅有一个 [industry] 表；请在 industry.toml 中写明 key、name、prefix",
    ),
    "no table of identity": (
        "law/industry.toml", '[industry]\nkey = "paper"\nname = "造纸"\nprefix = "PAP"\n', "",
        "duibiao_paper/law：应有且仅有一个 [industry] 表；请在 industry.toml 中写明 key、name、prefix",
    ),
    "several faults at once, each with its line": (
        "law/limits.toml", 'op = "<="\nvalue = 10', 'op = "≤"\nvalue = "10"',
        LIMIT.format(9) + "op：取值 '≤' 不在允许范围；请从 <=、<、>=、>、=、within 中选取\n"
        + LIMIT.format(10) + "value：应为数值，现为 '10'；请直接写数字（如 10 或 0.5），不要加引号",
    ),
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Write the files of a plugin that is right."""
    place = tmp_path / "duibiao_paper"
    (place / "law").mkdir(parents=True)
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def message_of(home: Path) -> str:
    with pytest.raises(LawError) as caught:
        load_industry_law(home)
    return str(caught.value)


def test_right_files_are_read(home):
    law = load_industry_law(home)
    assert [row.provenance.id for row in law.limits] == ["PA-L1"]
    assert law.requirements[0].text == '装备水平要求，\nfrom = "不是日期"\n'
    assert [hole.id for hole in law.holes] == ["PA-H1"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"), MALFORMED.values(), ids=MALFORMED.keys()
)
def test_malformed_file_gets_its_message(home, file, old, new, message):
    text = FILES[file]
    assert old in text
    (home / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert message_of(home) == message


@pytest.mark.parametrize("name", ["law", "checklist.toml", "measures.toml"])
def test_missing_file(home, name):
    (home / name).rename(home / "elsewhere")
    assert message_of(home) == f"缺少法规数据文件 {name}；请在插件包内建立该文件（或文件夹）"


def test_file_in_another_encoding(home):
    (home / "measures.toml").write_bytes(MEASURES.encode("gbk"))
    assert message_of(home) == (
        "duibiao_paper/measures.toml：不是 UTF-8 文本（invalid start byte）；请用 UTF-8 编码保存"
    )


def test_file_with_a_byte_order_mark(home):
    """Windows editors write one; it is not part of the text."""
    (home / "measures.toml").write_text(MEASURES, encoding="utf-8-sig")
    assert load_industry_law(home).measures[0].provenance.id == "PA-M1"


def test_faults_of_several_files_come_together(home):
    (home / "checklist.toml").write_text(CHECKLIST.replace('"yes"', '"maybe"'), encoding="utf-8")
    (home / "measures.toml").write_text(MEASURES.replace("text =", "txt ="), encoding="utf-8")
    assert message_of(home).splitlines() == [
        SECTION.format(4) + "applies：取值 'maybe' 不在允许范围；请从 yes、when、no 中选取",
        MEASURE.format(1) + "text：缺少必填项；请补写文字（加引号）",
        MEASURE.format(6) + "txt：不认识的字段；请检查拼写，或删去该项",
    ]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("branch", 'key = "pulp"\nname = "再生浆"\nladder = []'),
        ("process", 'key = "boiler"\nname = "锅炉"\nkeywords = ["锅炉"]'),
    ],
)
def test_key_used_twice(home, kind, row):
    text = f'{INDUSTRY}\n[[{kind}]]\nid = "PA-X"\n{row}\nstanding = "recalled"\ncites = ["GUIDE"]\n'
    (home / "law" / "industry.toml").write_text(text, encoding="utf-8")
    assert "重复" in message_of(home)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_number_that_is_none(home, value):
    text = LIMITS.replace("value = 10", f"value = {value}")
    (home / "law" / "limits.toml").write_text(text, encoding="utf-8")
    assert message_of(home).startswith(LIMIT.format(10) + "value：")


def test_year_that_does_not_exist(home):
    text = INDUSTRY.replace("2020-07-01", '"0000"')
    (home / "law" / "industry.toml").write_text(text, encoding="utf-8")
    assert message_of(home).startswith(EDITION.format(9) + "from：日期 '0000' 不合格式")


def test_hash_changes_with_any_byte_and_with_any_name(home):
    first = load_industry_law(home).industry.sha256
    assert load_industry_law(home).industry.sha256 == first
    (home / "law" / "limits.toml").rename(home / "law" / "figures.toml")
    renamed = load_industry_law(home).industry.sha256
    (home / "measures.toml").write_text(f"{MEASURES}\n", encoding="utf-8")
    assert len({first, renamed, load_industry_law(home).industry.sha256}) == 3
