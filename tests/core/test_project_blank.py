"""The workbook to fill in: headers, lists, examples and notes say what is asked for, and nothing counts as filled in."""

import io
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from duibiao.law import Law, load_common
from duibiao.law.records import EvidenceItem
from duibiao.model.errors import PluginError, ProjectError
from duibiao.model.grades import Grade
from duibiao.model.sheets import Choices, Sheet
from duibiao.plugins import load_plugins
from duibiao.project.blank import write_workbook
from duibiao.project.catalogue import Catalogue, catalogue_of
from duibiao.project.sheets import SHEETS

from .project_files import EVERY, GOOD, SMALL, content_of, filled, part, read, sheet_part, told

PLUGINS = load_plugins()


def catalogue(industry: str, grade: Grade | None = None) -> Catalogue:
    found = PLUGINS.find(industry)
    assert found is not None
    plugin, branch = found
    law = Law(load_common(), plugin.book, branch, grade=grade).on(date(2026, 9, 1))
    return catalogue_of(PLUGINS, law)


def written(of: Catalogue, content=None, remarks=None) -> bytes:
    stream = io.BytesIO()
    write_workbook(stream, of, filled(content) if content else None, remarks)
    return stream.getvalue()


def texts_of(data: bytes, title: str) -> dict[str, str]:
    """The texts of a sheet by cell."""
    strings = re.findall(
        r"<si><t[^>]*>(.*?)</t></si>", part(data, "xl/sharedStrings.xml"), re.DOTALL
    )
    found = re.findall(r'<c r="(\w+)"(?: s="\d+")? t="s"><v>(\d+)</v>', sheet_part(data, title))
    return {cell: unescape(strings[int(index)]) for cell, index in found}


def notes_of(data: bytes, title: str) -> dict[str, str]:
    """The notes of a sheet by cell."""
    ids = dict(re.findall(r'<sheet name="([^"]+)" sheetId="(\d+)"', part(data, "xl/workbook.xml")))
    links = part(data, f"xl/worksheets/_rels/sheet{ids[title]}.xml.rels")
    (name,) = re.findall(r"comments\d+\.xml", links)
    found = re.findall(
        r'<comment ref="(\w+)".*?<t(?: [^>]*)?>(.*?)</t>', part(data, f"xl/{name}"), re.DOTALL
    )
    return {cell: unescape(text) for cell, text in found}


def lists_of(data: bytes, title: str) -> dict[str, str]:
    """The drop-down lists of a sheet by range: what they offer, "!" before those that nothing else may be written in."""
    return {
        cells: ("!" if 'showErrorMessage="1"' in rest else "") + unescape(formula)
        for rest, cells, formula in re.findall(
            r'<dataValidation ([^>]*)sqref="(\S+)"[^>]*><formula1>(.*?)</formula1>',
            sheet_part(data, title),
        )
    }


@pytest.mark.parametrize("industry", ["水泥", "长流程钢铁", "家具制造", "锅炉"])
def test_a_blank_workbook_asks_for_everything_and_says_nothing(tmp_path, industry):
    asked = catalogue(industry)
    data = read(written(asked), tmp_path / "申报数据.xlsx", asked)

    assert content_of(data) == {}
    required = [field for s in asked.sheets if not s.is_list and s.required for field in s.fields]
    assert len(told(data)) == sum(field.required for field in required) + sum(
        sheet.is_list and sheet.required for sheet in asked.sheets
    )
    assert {what for _, what, _ in told(data)} == {
        *(f"“{field.title}”没有填写" for field in required if field.required),
        *(
            f"“{sheet.title}”一行也没有填"
            for sheet in asked.sheets
            if sheet.is_list and sheet.required
        ),
    }


def test_sheets_stand_in_order_behind_the_guide():
    data = written(EVERY)
    titles = re.findall(r'<sheet name="([^"]+)"', part(data, "xl/workbook.xml"))

    assert titles == ["填写说明", *(sheet.title for sheet in SHEETS)]


def test_headers_examples_and_notes_of_a_list():
    data = written(SMALL)

    texts = texts_of(data, "有组织排放")
    assert {cell: texts[cell] for cell in ("A3", "B3", "D3", "A4", "B4", "D4")} == {
        "A3": "序号",
        "B3": "排放口编号",
        "D3": "排放浓度\n（mg/m³）",
        "A4": "示例",
        "B4": "DA001",
        "D4": "≤50",
    }
    assert notes_of(data, "有组织排放")["D3"] == (
        "必填\n写数值或范围，如 12.5、25.3-41.6；没有的写“/”，未检出的写“未检出”\n单位：mg/m³\n例：≤50"
    )
    assert notes_of(data, "有组织排放")["B3"] == (
        "必填\n例：DA001\n"
        "依据：《三门峡市重污染天气重点行业绩效分级实施办法（试行）》（三环文〔2022〕68号）附件4 一"
    )


def test_lines_and_examples_of_a_form():
    texts = texts_of(written(SMALL), "申请表")

    assert {cell: texts.get(cell) for cell in ("A3", "B3", "A4", "B4", "D4", "A6")} == {
        "A3": "填写项",
        "B3": "填写内容",
        "A4": "申报日期",
        "B4": None,
        "D4": "2026年9月10日",
        "A6": "工业总产值（万元）",
    }


def test_drop_down_lists():
    asked = catalogue("水泥熟料")
    data, law = written(asked), asked.law

    assert law.industry is not None
    form = lists_of(data, "申请表")
    assert form["B10"] == f'!"{",".join(branch.name for branch in law.industry.branches)}"'
    assert form["B11"].startswith('!"A级,')
    assert form["B12"] == '"自主采取减排措施,差异化管控"'
    outlets = lists_of(data, "有组织排放")
    assert (
        outlets["D5:D2000"]
        == "OFFSET('产品产能'!$C$5,0,0,MAX(1,COUNTA('产品产能'!$C$5:$C$2000)),1)"
    )
    assert outlets["E5:E2000"] == '"二氧化硫,氮氧化物,颗粒物,非甲烷总烃,氨,TVOC,氟化物,苯系物"'
    assert outlets["F5:F2000"] == '!"除尘,脱硫,脱硝,VOCs治理"'
    assert lists_of(data, "对标总表")["B5:B2000"].startswith('!"能源（燃料）类型,装备水平,')


@pytest.mark.parametrize("choices", [tuple(f"第{n}种设施" for n in range(60)), ("甲,乙", "丙")])
def test_long_lists_stand_on_a_hidden_sheet(tmp_path, choices):
    outlets = SMALL.sheets[1]
    fields = tuple(replace(f, choices=choices) if f.key == "kind" else f for f in outlets.fields)
    asked = replace(SMALL, sheets=(SMALL.sheets[0], replace(outlets, fields=fields)))
    content = {"form": GOOD["form"], "outlets": [{**GOOD["outlets"][0], "kind": choices[-1]}]}
    data = written(asked, content)

    assert lists_of(data, "有组织排放")["C5:C2000"] == f"!'选项'!$A$1:$A${len(choices)}"
    assert texts_of(data, "选项") == {f"A{row}": text for row, text in enumerate(choices, 1)}
    assert '<sheet name="选项" sheetId="4" state="hidden"' in part(data, "xl/workbook.xml")
    found = read(data, tmp_path / "申报数据.xlsx", asked)
    assert (told(found), content_of(found)) == ([], content)


def test_sections_that_do_not_apply_are_not_offered():
    offered = catalogue("家具制造").offers[Choices.SECTION]

    assert "2.11 火炬" not in offered.values
    assert "2.4 原辅材料" in offered.values
    for text in ("2.4", "2.4 原辅材料", "五.2.4", "２.４", "2.11", "2.16.1"):
        assert offered.knows(text)
    for text in ("2.19", "原辅材料", "24"):
        assert not offered.knows(text)


def test_numbers_of_rows_are_formulas_that_follow_what_is_filled_in():
    xml = sheet_part(written(SMALL, GOOD), "有组织排放")

    assert 'IF(COUNTA(B5:F5)=0,"",MAX(A$4:A4)+1)' in unescape(xml)
    assert re.search(r'<c r="A5"[^>]*><f>[^<]*</f><v>1</v></c>', xml)
    assert re.search(r'<c r="A6"[^>]*><f>[^<]*</f><v></v></c>', xml)


def test_every_cell_to_fill_in_is_text_and_required_ones_are_coloured():
    data = written(SMALL)
    styles = part(data, "xl/styles.xml")
    formats = re.findall(r"<xf [^>]*>", styles[styles.index("<cellXfs") :])
    fills = re.findall(r"<fill>.*?</fill>", styles)
    xml = sheet_part(data, "有组织排放")

    def of(cell: str) -> str:
        (style,) = re.findall(rf'<c r="{cell}" s="(\d+)"', xml)
        return formats[int(style)]

    def colour(cell: str) -> str:
        return fills[int(re.findall(r'fillId="(\d+)"', of(cell))[0])]

    assert all('numFmtId="49"' in of(cell) for cell in ("B5", "C5", "D64", "F9"))
    assert "FFF6D9" in colour("B5")
    assert "FFF6D9" not in colour("C5")
    assert "F2F2F2" in colour("C4")


def test_remarks_stand_on_their_cells():
    data = written(SMALL, GOOD, {("outlets", 0, "amount"): "凭记忆"})

    assert notes_of(data, "有组织排放")["D5"] == "凭记忆"


def test_the_same_content_gives_the_same_bytes(tmp_path):
    path = tmp_path / "申报数据.xlsx"
    path.write_bytes(b"old")
    write_workbook(path, SMALL, filled(GOOD))

    assert path.read_bytes() == written(SMALL, GOOD) == written(SMALL, GOOD)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_value_that_no_cell_can_hold(tmp_path):
    path = tmp_path / "申报数据.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(
        ProjectError, match=r"^“企业简介”有32768字，一个单元格最多32767字；请分成几行填写$"
    ):
        write_workbook(path, SMALL, filled({"form": {"text": "长" * 32_768}}))
    assert path.read_bytes() == b"old"


def test_a_place_that_cannot_be_written(tmp_path: Path):
    with pytest.raises(ProjectError, match=r"^无法写入申报数据"):
        write_workbook(tmp_path / "没有" / "申报数据.xlsx", SMALL)


# ------------------------------------------------------------------------------ sheets of plugins


def sheet(key: str = "pulps", title: str = "纸浆", section: str = "五.2.4") -> Sheet:
    return Sheet(key, title, SMALL.sheets[1].fields, section=section)


def test_a_plugin_s_sheet_comes_last_where_its_section_may_apply():
    law = replace(EVERY.law, sheets=(sheet(), sheet("flares", "火炬", "五.2.11")))
    unused = EvidenceItem(load_common().pollutants[0].provenance, (), "2.11", "no")
    asked = catalogue_of(PLUGINS, replace(law, checklist=(unused,)))

    assert [entry.key for entry in asked.sheets] == [*(entry.key for entry in SHEETS), "pulps"]


@pytest.mark.parametrize("clash", [sheet(key="outlets"), sheet(title="申请表")])
def test_a_plugin_s_sheet_that_takes_the_name_of_another(clash):
    with pytest.raises(
        PluginError, match=r"^工作表 .*与程序自己的工作表重名；请改插件中的 key 或 title$"
    ):
        catalogue_of(PLUGINS, replace(EVERY.law, sheets=(clash,)))
