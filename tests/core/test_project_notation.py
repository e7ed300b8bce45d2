"""Projects in TOML and JSON: what fits is read with its line, what does not is told with it, nothing raises."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duibiao.model.errors import ProjectError
from duibiao.model.location import Location
from duibiao.project.notation import dump_toml
from duibiao.project.places import find_places

from .project_files import GOOD, content_of, filled, read, told

HEAD = '[form]\ndate = "2026年9月10日"\ngrade = "A级"\n'
ROW = '[[outlets]]\noutlet = "DA001"\namount = "12.5"\n'


def toml(tmp_path: Path, text: str | bytes):
    return read(text, tmp_path / "申报数据.toml")


def js(tmp_path: Path, text: str):
    return read(text, tmp_path / "申报数据.json")


def test_what_fits_is_read_with_its_lines(tmp_path):
    data = toml(tmp_path, HEAD + ROW)

    assert told(data) == []
    assert content_of(data) == GOOD
    assert data.form("form").values["grade"].at == Location(
        "申报数据.toml", heading="申请表", row=3, quote="A级"
    )
    assert data.rows("outlets")[0].at == Location("申报数据.toml", heading="有组织排放", row=4)
    assert (data.file, data.size) == ("申报数据.toml", len((HEAD + ROW).encode()))


def test_json_says_the_same(tmp_path):
    data = js(tmp_path, json.dumps(GOOD, indent=1, ensure_ascii=False))

    assert (told(data), content_of(data)) == ([], GOOD)
    assert data.rows("outlets")[0].values["amount"].at == Location(
        "申报数据.json", heading="有组织排放", row=9, quote="12.5"
    )


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("58.60", "58.60"),
        ("12", "12"),
        ("-0.50", "-0.50"),
        ("1e3", "1e3"),
        ('" 12.5\\r\\n"', "12.5"),
        ('"未检出"', "未检出"),
        ('"/"', "/"),
        ('"25.3-41.6mg/Nm³"', "25.3-41.6mg/Nm³"),
    ],
)
def test_numbers_stay_as_they_are_typed(tmp_path, written, value):
    data = toml(tmp_path, HEAD + ROW.replace('"12.5"', written))

    assert told(data) == []
    assert data.rows("outlets")[0].values["amount"].value == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-09-10", "2026年9月10日"),
        ("2026-09-10T08:00:00Z", "2026年9月10日"),
        ("'2026.9'", "2026.9"),
    ],
)
def test_dates_of_toml_become_text(tmp_path, written, value):
    data = toml(tmp_path, HEAD.replace('"2026年9月10日"', written) + ROW)

    assert told(data) == []
    assert data.form("form").values["date"].value == value


def test_choices_are_matched_leniently_and_kept_as_typed(tmp_path):
    data = toml(tmp_path, HEAD.replace("A级", "Ａ 级") + ROW + 'kind = " 除 尘"\nsince = "/"\n')

    assert told(data) == []
    assert data.form("form").values["grade"].value == "Ａ 级"
    assert data.rows("outlets")[0].values["kind"].value == "除 尘"


FAULTS = {
    "no date": (
        HEAD.replace("2026年9月10日", "去年") + ROW,
        ("申请表，《申报数据.toml》第2行", "“申报日期”（date）填了“去年”，不是日期", "写到年月日或年月，例如“2026年9月10日”"),
    ),
    "a day that there is not": (
        HEAD.replace("9月10日", "13月10日") + ROW,
        (
            "申请表，《申报数据.toml》第2行",
            "“申报日期”（date）填了“2026年13月10日”，不是日期",
            "写到年月日或年月，例如“2026年9月10日”",
        ),
    ),
    "a required date that is no date": (
        HEAD.replace("2026年9月10日", "/") + ROW,
        ("申请表，《申报数据.toml》第2行", "“申报日期”（date）填了“/”，不是日期", "写到年月日或年月，例如“2026年9月10日”"),
    ),
    "no such grade": (
        HEAD.replace("A级", "优秀") + ROW,
        (
            "申请表，《申报数据.toml》第3行",
            "“自评估等级”（grade）填了“优秀”，不在可选范围",
            "从A+级、A级、B级、B-级、C级、D级、绩效引领性、非引领性、绩效先进性中选一项",
        ),
    ),
    "no such kind": (
        HEAD + ROW + "kind = true\n",
        ("有组织排放，《申报数据.toml》第7行", "“设施类别”（kind）填了“是”，不在可选范围", "从除尘、脱硝中选一项"),
    ),
    "prose for a number": (
        HEAD + ROW.replace("12.5", "较低"),
        (
            "有组织排放，《申报数据.toml》第6行",
            "“排放浓度”（amount）填了“较低”，没有数值",
            "写数值或范围，单位mg/m³，例如“≤50”；没有的写“/”，未检出的写“未检出”",
        ),
    ),
    "another unit": (
        HEAD + 'value = "5.6亿元"\n' + ROW,
        (
            "申请表，《申报数据.toml》第4行",
            "“工业总产值”（value）填了“5.6亿元”，单位是亿元，应为万元",
            "换算成万元，只写数值，例如“56000”",
        ),
    ),
    "nothing where something is required": (
        HEAD + '[[outlets]]\noutlet = "  "\namount = "12.5"\n',
        ("有组织排放，《申报数据.toml》第5行", "“排放口编号”（outlet）没有填写", "填写排放口编号，例如“DA001”"),
    ),
    "unknown key of a form": (
        HEAD + 'dat = "1"\n' + ROW,
        (
            "申请表，《申报数据.toml》第4行",
            "“申请表”中没有 dat 这一项",
            "改成date（申报日期）、grade（自评估等级）、value（工业总产值）、text（企业简介）之一，或删去",
        ),
    ),
    "unknown key of a row": (
        HEAD + ROW + '"flow\\t" = 1\n',
        (
            "有组织排放，《申报数据.toml》第7行",
            "“有组织排放”中没有 flow 这一项",
            "改成outlet（排放口编号）、kind（设施类别）、amount（排放浓度）、share（处理效率）、"
            "since（投用时间）之一，或删去",
        ),
    ),
    "unknown table": (
        HEAD + ROW + "[[outlet]]\noutlet = 1\n",
        (
            "outlet，《申报数据.toml》第7行",
            "没有名为 outlet 的表，其中的内容没有读取",
            "核对表名的拼写和行业类型，或删去这张表",
        ),
    ),
    "no list": (HEAD, ("有组织排放", "没有 [[outlets]]（有组织排放）", "补上 [[outlets]] 并填写")),
    "no form": (ROW, ("申请表", "没有 [form]（申请表）", "补上 [form] 并填写")),
    "empty list": (
        "outlets = []\n" + HEAD,
        ("有组织排放，《申报数据.toml》第1行", "“有组织排放”一行也没有填", "补上 [[outlets]]；每个排放口一行"),
    ),
    "list written as a form": (
        HEAD + ROW.replace("[[outlets]]", "[outlets]"),
        ("有组织排放，《申报数据.toml》第4行", "“有组织排放”的写法不对", "写成 [[outlets]]，下面每行写“键 = 值”"),
    ),
    "form written as a list": (
        HEAD.replace("[form]", "[[form]]") + ROW,
        ("申请表，《申报数据.toml》第1行", "“申请表”的写法不对", "写成 [form]，下面每行写“键 = 值”"),
    ),
    "row that is none": (
        'outlets = [{outlet = "DA001", amount = 1}, "DA002"]\n' + HEAD,
        ("有组织排放，《申报数据.toml》第1行", "“有组织排放”的写法不对", "写成 [[outlets]]，下面每行写“键 = 值”"),
    ),
    "several values for one": (
        HEAD + ROW.replace('"12.5"', "[12.5,\n13]"),
        ("有组织排放，《申报数据.toml》第6行", "“排放浓度”（amount）不是单个的值", "写文字、数值或日期，例如“≤50”"),
    ),
    "characters that cannot be printed": (
        HEAD + ROW.replace("DA001", "DA\\u0001001"),
        (
            "有组织排放，《申报数据.toml》第5行",
            "“排放口编号”（outlet）含有不能打印的控制字符，已略去",
            "删去该处内容，重新输入",
        ),
    ),
    "longer than a cell": (
        HEAD + f'text = "{"长" * 32_768}"\n' + ROW,
        ("申请表，《申报数据.toml》第4行", "“企业简介”（text）有32768字，超过32767字", "分成几行或几段填写"),
    ),
    "number of hundreds of digits": (
        HEAD + ROW.replace('"12.5"', "0x" + "f" * 200),
        ("有组织排放，《申报数据.toml》第6行", "“排放浓度”（amount）不是单个的值", "写文字、数值或日期，例如“≤50”"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_its_line_and_what_to_write(tmp_path, text, expected):
    assert told(toml(tmp_path, text)) == [expected]


def test_everything_that_can_be_read_is_read_beside_the_faults(tmp_path):
    data = toml(tmp_path, '[form]\ndate = "去年"\nfoo = 1\n[[outlets]]\noutlet = "DA\\u0001"\n')

    assert len(told(data)) == 5
    assert content_of(data) == {"form": {"date": "去年"}, "outlets": [{"outlet": "DA"}]}


def test_a_key_of_json_that_is_written_twice(tmp_path):
    text = '{"form": {"date": "2026年9月10日", "grade": "B级",\n"grade": "A级"},\n"outlets": [{"outlet": "DA001", "amount": 12.5}]}'
    data = js(tmp_path, text)

    assert told(data) == [
        ("申请表，《申报数据.json》第1行", "form.grade 写了两次，采用了后一个", "删去其中一个")
    ]
    assert content_of(data) == GOOD


def test_json_values_of_every_kind(tmp_path):
    row = {"outlet": None, "amount": float("nan"), "kind": "\ud800", "since": 2019}
    data = js(tmp_path, json.dumps({**GOOD, "outlets": [row]}))

    assert [what for _, what, _ in told(data)] == [
        "“排放口编号”（outlet）没有填写",
        "“设施类别”（kind）含有不能打印的控制字符，已略去",
        "“设施类别”（kind）填了“?”，不在可选范围",
        "“排放浓度”（amount）填了“NaN”，没有数值",
    ]
    assert content_of(data)["outlets"] == [{"kind": "", "amount": "NaN", "since": "2019"}]


def test_the_same_fault_of_many_rows_is_told_of_the_first_twenty(tmp_path):
    data = toml(tmp_path, HEAD + '[[outlets]]\noutlet = "DA001"\namount = "高"\n' * 1000)

    assert len(data.misfits) == 21
    assert told(data)[-1] == (
        "有组织排放，《申报数据.toml》第3003行",
        "另有980处同样的问题，这是最后一处",
        "改正上面列出的各处后再检查一次",
    )


SIGNS = "请检查该处的引号、等号、方括号是否齐全、成对，同一个键是否写了两次"
JSON_SIGNS = "请检查该处的引号、冒号、逗号、括号是否齐全、成对，同一个键是否写了两次"
UNREADABLE = {
    "text without quotes": ("toml", HEAD + "text = 无\n", f"第4行第8列不是合格的 TOML；{SIGNS}"),
    "string without an end": ("toml", HEAD + 'text = "无', f"末尾不是合格的 TOML；{SIGNS}"),
    "key twice": ("toml", HEAD + 'grade = "B级"\n', f"第4行第13列不是合格的 TOML；{SIGNS}"),
    "table twice": ("toml", HEAD + HEAD, f"第4行第6列不是合格的 TOML；{SIGNS}"),
    "number without an end": ("toml", f"x = {'9' * 5000}\n", f"不是合格的 TOML；{SIGNS}"),
    "another encoding": (
        "toml", HEAD.encode("gbk"), "第2行不是 UTF-8 文字；请用 UTF-8 编码另存"
    ),
    "no comma": ("json", '{"form": {}\n "outlets": []}', f"第2行第2列不是合格的 JSON；{JSON_SIGNS}"),
    "nothing but blanks": ("json", "  \n", f"第2行第1列不是合格的 JSON；{JSON_SIGNS}"),
    "list for a whole": ("json", "[]", '的最外层应是对象；请写成 {"form": {…}, …}'),
    "keys of keys": (
        "toml", "a." * 500_000 + "a = 1", "第1行的内容嵌套超过8层；申报数据只有三层"
    ),
    "lists of lists": (
        "toml", "a = 1\nb = " + "[" * 100_000, "第2行的内容嵌套超过8层；申报数据只有三层"
    ),
    "lists of lists of JSON": (
        "json", "[" * 100_000, "第1行的内容嵌套超过8层；申报数据只有三层"
    ),
    "tables of tables of JSON": (
        "json", '{"a":' * 100_000, "第1行的内容嵌套超过8层；申报数据只有三层"
    ),
    "too large": (
        "toml",
        "#" * (9 << 20),
        "超过8MB，没有读取；请改用 申报数据.xlsx，或删去多余的内容",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "message"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_refused_at_once(tmp_path, kind, text, message):
    began = time.process_time()
    with pytest.raises(ProjectError) as refused:
        read(text, tmp_path / f"申报数据.{kind}")

    assert str(refused.value) == f"《申报数据.{kind}》{message}"
    assert time.process_time() - began < 5


def test_large_data_are_read_in_time(tmp_path):
    began = time.process_time()
    data = toml(tmp_path, HEAD + ROW * 20_000)

    assert len(data.rows("outlets")) == 20_000
    assert told(data) == []
    assert time.process_time() - began < 30


# ------------------------------------------------------------------------------------- round trips

TEXTS = (
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
        )
        | st.sampled_from("\n\t\"'\\#=[]{},.\x7f ")
    )
    .map(lambda text: text.replace("\r", "").strip())
    .filter(bool)
)
FORMS = st.dictionaries(st.sampled_from(("date", "grade", "value", "text")), TEXTS, min_size=1)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(("outlet", "kind", "amount", "since")), TEXTS, min_size=1)
)
CONTENTS = st.fixed_dictionaries({"form": FORMS, "outlets": ROWS})


@settings(deadline=None)
@given(CONTENTS)
def test_reading_what_was_dumped_gives_the_same(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("dumped")
    read_back = toml(folder, dump_toml(filled(content)))

    assert content_of(read_back) == {key: value for key, value in content.items() if value}
    assert content_of(js(folder, json.dumps(content))) == content_of(read_back)


STYLES = (
    lambda text: json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f"),
    lambda text: '"""\n' + json.dumps(text, ensure_ascii=False)[1:-1].replace("\x7f", "?") + '"""',
    lambda text: "'''" + text.replace("'", "’").replace("\x7f", "?") + "'''",
    lambda text: (
        "[ # " + text.replace("\n", " ").replace("\x7f", "?") + "\n" + json.dumps(text) + " ]"
    ),
)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(STYLES), st.sampled_from(("", " ", "\n# [x]\n")))))
def test_every_key_has_the_line_where_it_was_written(entries):
    text, lines = "", {}
    for number, (value, style, before) in enumerate(entries):
        text += before + "[[row]]\n" + "  "
        lines["row", number, f"key{number}"] = text.count("\n") + 1
        text += f"key{number} = {style(value)}  # = [ \" '\n"

    places = find_places(text)

    assert {path: places.line(path) for path in lines} == lines


def test_lines_of_every_notation():
    text = (
        'form.date = 1\n[form]\n"gra\\u0064e" = 2\n'
        "outlets = [\n  {outlet = 1, 'kind' = 2},\n  {outlet = {a.b = [\n1]}}]\n"
    )
    places = find_places(text)

    assert {path: places.lines[path] for path in sorted(places.lines, key=str)} == {
        ("form",): 1,
        ("form", "date"): 1,
        ("form", "grade"): 3,
        ("form", "outlets"): 4,
        ("form", "outlets", 0): 5,
        ("form", "outlets", 0, "kind"): 5,
        ("form", "outlets", 0, "outlet"): 5,
        ("form", "outlets", 1): 6,
        ("form", "outlets", 1, "outlet"): 6,
        ("form", "outlets", 1, "outlet", "a"): 6,
        ("form", "outlets", 1, "outlet", "a", "b"): 6,
        ("form", "outlets", 1, "outlet", "a", "b", 0): 7,
    }
