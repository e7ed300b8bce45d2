"""VOCs物料: the sheet of the coating plugin, from the hook to the data."""

from datetime import date

import pytest

import duibiao_coating_vocs
from duibiao.law import Law, load_common
from duibiao.plugins import load_plugins
from duibiao.project.catalogue import Catalogue, catalogue_of
from duibiao.project.notation import dump_toml
from duibiao.project.reading import read_project_data

(SHEET,) = duibiao_coating_vocs.plugin.duibiao_project_sheets()
ROW = {field.key: field.example for field in SHEET.fields}
PLUGINS = load_plugins()


def catalogue(industry: str) -> Catalogue:
    found = PLUGINS.find(industry)
    assert found is not None
    plugin, branch = found
    return catalogue_of(PLUGINS, Law(load_common(), plugin.book, branch).on(date(2026, 9, 1)))


def read(tmp_path, industry, text):
    path = tmp_path / "申报数据.toml"
    path.write_text(text, "utf-8")
    data = read_project_data(path, lambda form: catalogue(industry))
    return data, [misfit for misfit in data.misfits if misfit.at.heading == SHEET.title]


def toml(**changed: str) -> str:
    values = ROW | changed
    return "[[voc_materials]]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())


@pytest.mark.parametrize(
    "industry", ["家具制造", "工业涂装", "包装印刷", "涂料制造", "汽车整车制造"]
)
def test_every_branch_of_the_industry_is_asked(industry):
    assert catalogue(industry).sheets[-1] is SHEET
    assert (SHEET.section, SHEET.title) == ("五.2.4", "VOCs物料")


@pytest.mark.parametrize("industry", ["水泥", "长流程钢铁", "锅炉"])
def test_no_other_industry_is_asked(industry):
    assert SHEET not in catalogue(industry).sheets


def test_its_example_fits(tmp_path):
    data, misfits = read(tmp_path, "家具制造", toml())

    assert misfits == []
    (row,) = data.rows(SHEET.key)
    assert {key: text.value for key, text in row.values.items()} == ROW
    assert dump_toml(data) == toml()


def test_it_may_be_left_blank(tmp_path):
    data, misfits = read(tmp_path, "家具制造", "# nothing\n")
    assert (data.rows(SHEET.key), misfits) == ((), [])


@pytest.mark.parametrize(
    ("changed", "what", "remedy"),
    [
        ({"kind": "油性"}, "“类型”（kind）填了“油性”，不在可选范围",
         "从溶剂型、水性、无溶剂、高固体分、辐射固化、粉末中选一项"),
        ({"content": "符合"}, "“VOCs含量”（content）填了“符合”，没有数值",
         "写数值或范围，例如“62”；没有的写“/”，未检出的写“未检出”"),
        ({"used": "71kg"}, "“上年用量”（used）填了“71kg”，单位是kg，应为t", "换算成t，只写数值，例如“71”"),
        ({"report": ""}, "“检测报告编号”（report）没有填写", "填写检测报告编号，例如“YXJC-2026-0318”"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(tmp_path, changed, what, remedy):
    _, misfits = read(tmp_path, "家具制造", toml(**changed))
    assert [(misfit.what, misfit.remedy) for misfit in misfits] == [(what, remedy)]


def test_powder_below_the_limit_of_detection_fits(tmp_path):
    assert read(tmp_path, "家具制造", toml(kind="粉末", content="未检出"))[1] == []


def test_other_industries_are_told_that_it_is_not_theirs(tmp_path):
    data, _ = read(tmp_path, "水泥", toml())
    assert [m.what for m in data.misfits if m.at.heading == SHEET.key] == [
        "没有名为 voc_materials 的表，其中的内容没有读取"
    ]
