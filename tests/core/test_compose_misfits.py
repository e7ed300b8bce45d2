"""What composing cannot place is told with its cell, and never guessed."""

from dataclasses import replace

import pytest

from duibiao.model.dossier import Misfit
from duibiao.model.sheets import Field, Sheet
from duibiao.project.compose import compose
from duibiao.project.evidence import EvidenceFolder
from duibiao.project.sheets import SHEETS
from duibiao.testing.projects import project_data

from .composing import NOTHING, Content, composed, content, law_of, picture, told

HEADING = "删去这一行；标题、表名和编号由程序编排"
LINE = "写该表中的生产线名称；几条线公用的空着"
POLLUTANTS = "写规范名称：二氧化硫、氮氧化物、颗粒物、非甲烷总烃、氨、TVOC、氟化物、苯系物"
CUT = "停产写100，限产一半写50"

ONE_CELL = [
    ("form", "enterprise", "某某人", "申请表!6:2", "企业名称“某某人”不是单位全称", "写营业执照上的名称，如“……有限公司”"),
    ("outlets", "line", "9#线", "有组织排放!3:3", "“产品产能”表没有生产线“9#线”", LINE),
    ("outlets", "outlet", "1#烟囱", "有组织排放!3:1", "排放口编号“1#烟囱”不是 DA001 这样的编号", "写排污许可证上的编号：DA 加三位数字"),
    ("outlets", "pollutant", "灰", "有组织排放!3:4", "不认识的污染物“灰”", POLLUTANTS),
    ("outlets", "kind", "", "有组织排放!3:6", "写了治理设施“高效覆膜滤料袋式除尘器”，没有写设施类别，暂按污染物列为除尘设施",
     "在“设施类别”选除尘、脱硫、脱硝、VOCs治理之一"),
    ("outlets", "treatment", "/", "有组织排放!3:5", "写了设施类别“除尘”，没有写治理设施", "写治理设施（工艺）；没有的，设施类别也空着"),
    ("outlets", "efficiency", "0.99", "有组织排放!3:7", "处理效率“0.99”看不出是不是百分数", "写百分数，如92%"),
    ("indicators", "indicator", "储罐", "对标总表!3:1", "对标总表写了“储罐”，2.7却没有说明、清单和证明文件，该行没有列入",
     "涉及的，在“证明材料说明”写2.7，证明文件放进证据文件夹；不涉及的，删去该行"),
    ("proofs", "section", "3.1", "证明材料说明!3:1", "“3.1”不是可以写在这里的章节", "写 2.1 至 2.18 中的章节号"),
    ("items", "section", "2.14", "证明材料清单!3:1", "“2.14”不是可以写在这里的章节",
     "证明材料清单只用于 2.1 至 2.12；其他章节有各自的表"),
    ("processes", "text", "3.2 生产工艺\n破碎。", "生产工艺!3:1", "“3.2 生产工艺”像标题或表名，会被当作标题", HEADING),
    ("processes", "text", "表3 工艺参数", "生产工艺!3:1", "“表3 工艺参数”像标题或表名，会被当作标题", HEADING),
    ("transports", "unit", "吨", "物料运输!4:5", "运输量用了两种单位：“吨”和“万吨”，合计和占比算不出来", "全表改用“吨”，数值随之换算"),
    ("transports", "amount", "80-90", "物料运输!3:4", "运输量“80-90”不是以“万吨”计的确定数值，合计和占比算不出来",
     "只写一个数，单位写在“单位”一列"),
    ("products", "capacity_unit", "9号", "产品产能!3:5", "“9号”不是单位", "只写单位，如“万t/a”“万件/年”"),
    ("measures", "line", "9#线", "减排措施!3:2", "“产品产能”表没有生产线“9#线”", "写该表中的生产线名称；全厂的空着"),
    ("measures", "cut", "100.1", "减排措施!3:4", "限产比例“100.1”不是0至100之间的百分数", CUT),
    ("measures", "cut", "-1", "减排措施!3:4", "限产比例“-1”不是0至100之间的百分数", CUT),
    ("measures", "cut", "全部", "减排措施!3:4", "限产比例“全部”不是0至100之间的百分数", CUT),
    ("measures", "measure", "联系电话：139", "减排措施!3:3", "减排措施“联系电话：139”里写了减排比例、责任人或电话",
     "写在“预警减排比例”表，这里只写措施"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "field", "value", "place", "what", "remedy"), ONE_CELL)
def test_what_cannot_be_placed_is_told_with_its_cell(
    key: str, field: str, value: str, place: str, what: str, remedy: str
) -> None:
    def change(filled: Content) -> None:
        rows = filled[key]
        (rows if isinstance(rows, dict) else rows[0]).update({field: value})

    assert told(change)[:1] == [(place, what, remedy)]


def test_a_clean_project_has_none() -> None:
    assert told() == []


def test_lines_of_a_product_that_cannot_be_added_up() -> None:
    def change(filled: Content) -> None:
        filled["products"][1]["capacity"] = "50-55"

    assert told(change) == [
        ("产品产能!4:", "产能、产量不都是确定的数值，合计算不出来", "各写一个数，不写范围和“≥”“≤”")
    ]


def test_lines_of_a_product_in_two_units() -> None:
    def change(filled: Content) -> None:
        filled["products"][2]["capacity_unit"] = "t/a"

    assert told(change) == [
        (
            "产品产能!5:5",
            "同一产品的产能用了两种单位：“万吨/年”和“t/a”",
            "改为同一单位，数值随之换算",
        )
    ]


def test_a_level_that_is_written_twice() -> None:
    def change(filled: Content) -> None:
        filled["levels"].append(dict(filled["levels"][0]))

    assert told(change) == [("预警减排比例!6:", "红色预警写了两行", "只留一行")]


def test_what_reading_said_about_a_cell_is_enough() -> None:
    data = project_data(
        content(change=lambda filled: filled["outlets"][0].update({"line": "9#线"}))
    )
    said = Misfit(data.rows("outlets")[0].values["line"].at, "“9#线”不在列表中", "从列表中选")
    found = compose(replace(data, misfits=(said,)), NOTHING, law_of("cement"))
    assert found.dossier.misfits == (said,)


def test_evidence_of_facilities_that_are_not_there() -> None:
    found = composed(evidence=EvidenceFolder((picture("1# 活性炭.jpg", "五.2.13.4", 1),)))
    assert [str(misfit.at.file) for misfit in found.dossier.misfits] == ["证据/1# 活性炭.jpg"]
    assert found.dossier.misfits[0].what == (
        "没有列入2.13.4的治理设施，2.13.4不编入材料，这里的内容没有地方放"
    )
    assert found.annex.exhibits == {}


def test_a_plugins_sheet_in_a_section_that_is_not_there() -> None:
    sheet = Sheet("rto", "RTO参数", (Field("name", "名称"),), section="五.2.13.4")
    law = replace(law_of("cement"), sheets=(sheet,))
    filled = {**content(), "rto": [{"name": "RTO"}]}
    data = project_data(filled, sheets=(*SHEETS, sheet))
    found = compose(data, NOTHING, law)
    assert [misfit.at.section for misfit in found.dossier.misfits] == ["五.2.13.4"]
    assert found.annex.tables == composed().annex.tables
