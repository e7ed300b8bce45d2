"""One change to a project without fault gives exactly its own finding, before building and in the built Word file.

A fault that any Word file may have is one of the catalogue (`duibiao.testing.defects`), which names it and the rules
that have to find it; here stands how it is planted in a project. The others are faults of projects only.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from duibiao.cli.app import app
from duibiao.testing import enterprises
from duibiao.testing.defects import CATALOGUE
from duibiao.testing.pictures import photo

from .planting import (
    Plant,
    Planted,
    found_when_clean,
    found_with,
    service,
    told,
    write_planted,
)


@dataclass(frozen=True)
class Case:
    """A fault in a project: how it is planted, and all that is found because of it.

    Attributes:
        plant: Changes the project.
        found: Code and message of each new finding.
        sample: In whose project.
    """

    plant: Plant
    found: tuple[tuple[str, str], ...]
    sample: str = "cement"


def fills(sheet: str, key: str, value: str, **row: str) -> Plant:
    """Plant one value: in the form, in the row with these values, or in the last row."""

    def plant(project: Planted) -> None:
        rows = project.content[sheet]
        target = project.row(sheet, **row) if row else rows if isinstance(rows, dict) else rows[-1]
        target[key] = value

    return plant


def drops(sheet: str, **row: str) -> Plant:
    return lambda project: project.drop(sheet, **row)


def removes(*parts: str) -> Plant:
    def plant(project: Planted) -> None:
        for part in parts:
            project.remove(part)

    return plant


def adds(name: str, content: bytes) -> Plant:
    return lambda project: project.files.update({name: content})


def every(sheet: str, **values: str) -> Plant:
    """Plant values in every row of a sheet."""

    def plant(project: Planted) -> None:
        for row in project.content[sheet]:
            row.update(values)

    return plant


def wrong_credit_code(project: Planted) -> None:
    """The permit number is made from it, so that nothing contradicts anything."""
    code = project.content["form"]["credit_code"]
    project.rewrite(code, f"{code[:-1]}{'0' if code[-1] != '0' else '1'}")


def wrong_vin(project: Planted) -> None:
    vehicle = project.content["vehicles"][-1]
    vin = vehicle["vin"]
    vehicle["vin"] = f"{vin[:8]}{'1' if vin[8] != '1' else '2'}{vin[9:]}"


def same_vehicle_twice(project: Planted) -> None:
    first, second = project.content["vehicles"][-3:-1]
    second["plate"] = first["plate"]


def same_photo_twice(project: Planted) -> None:
    project.files[project.file("2.13.1-4 ")] = project.files[project.file("2.13.1-5 ")]


def locked_pdf(project: Planted) -> None:
    stream = io.BytesIO()
    with pikepdf.Pdf.new() as document:
        document.add_blank_page()
        document.save(stream, encryption=pikepdf.Encryption(owner="锁", user="锁"))
    project.files["2.18 运输监控要求/说明书.pdf"] = stream.getvalue()


def limited_to_half(project: Planted) -> None:
    project.row("levels", level="红色")["ratio"] = "50%"
    rows = project.content["measures"]
    project.content["measures"] = [row for row in rows if "停产" not in row["measure"]]


def without_vehicle_ban(project: Planted) -> None:
    """In the mildest level, so that no graver one is weaker."""
    rows = project.content["measures"]
    project.content["measures"] = [
        row for row in rows if row["level"] != "黄色" or "停止使用" not in row["measure"]
    ]


def less_when_graver(project: Planted) -> None:
    """Both above what every enterprise owes: a fifth and three tenths."""
    project.row("levels", level="橙色")["ratio"] = "70%"
    project.row("levels", level="红色")["ratio"] = "60%"


def without_raw_materials(project: Planted) -> None:
    """Everything of 2.4."""
    for sheet in ("items", "proofs"):
        rows = project.content[sheet]
        project.content[sheet] = [row for row in rows if row["section"] != "2.4"]
    project.drop("indicators", indicator="原辅材料")
    for name in [name for name in project.files if name.startswith("2.4 ")]:
        del project.files[name]


DUST = {"outlet": "DA001", "pollutant": "颗粒物"}
CRUSHER = {"outlet": "DA004"}
"""An outlet whose limits no plugin knows, so that only the package's own limit counts."""

BROKEN = photo("坏")[:900]

DEFECTS: dict[str, Case] = {
    # -- who applies, and for what
    "credit code whose check digit is wrong": Case(
        wrong_credit_code,
        (("DB-102", "申请表的统一社会信用代码“91411221MA0XG1QH50”校验不通过"),),
    ),
    "permit number of another credit code": Case(
        lambda project: project.rewrite("91411221MA0XG1QH51001P", "91411221MA0XG1QH6X001P"),
        (
            (
                "DB-104",
                "排污许可证编号前18位“91411221MA0XG1QH6X”与统一社会信用代码“91411221MA0XG1QH51”不同",
            ),
        ),
    ),
    "permit number too short": Case(
        lambda project: project.rewrite("91411221MA0XG1QH51001P", "91411221MA0XG1QH5101P"),
        (("DB-104", "排污许可证编号“91411221MA0XG1QH5101P”为21位，应为22位"),),
    ),
    "phone too short": Case(
        fills("form", "phone", "1390000010"),
        (("DB-107", "申请表的联系方式“1390000010”不是有效手机号"),),
    ),
    "another person answers for the measures of one level": Case(
        fills("levels", "responsible", "另有其人", level="红色"),
        (("DB-108", "红色预警的责任人为“另有其人”，申请表为“石虚磊”"),),
    ),
    "address in another county": Case(
        fills("form", "address", "三门峡市陕州区虚构镇1号"),
        (("DB-110", "地址“三门峡市陕州区虚构镇1号”中没有所填县（市、区）“渑池县”"),),
    ),
    "grade that the industry does not have": Case(
        fills("form", "grade", "引领性"),
        (("DB-111", "水泥熟料所知的等级为A级、B级、C级、D级，申报的是绩效引领性"),),
    ),
    "name that is none of an enterprise": Case(
        fills("form", "enterprise", "豫虚构青石岭水泥"),
        (("DB-906", "企业名称“豫虚构青石岭水泥”不是单位全称"),),
    ),
    "industry that no plugin knows": Case(
        fills("form", "industry", "火星采矿"),
        (("DB-906", "“行业类型”（industry）填了“火星采矿”，不在可选范围"),),
    ),
    "required cell blank": Case(  # the sheet asks for it, and so does the form of annex 4
        fills("form", "county", ""),
        (
            ("DB-209", "申请表没有填写“所属县（市、区）”"),
            ("DB-906", "“所属县（市、区）”（county）没有填写"),
        ),
    ),
    "number without figures": Case(
        fills("form", "output_value", "很多"),
        (("DB-906", "“工业总产值”（output_value）填了“很多”，没有数值"),),
    ),
    "right of A taken with B": Case(
        fills("form", "control_type", "自主采取减排措施"),
        (("DB-706", "申报B级，申请管控类型却写“自主采取减排措施”"),),
    ),
    # -- completeness
    "topic of compliance missing": Case(
        drops("compliance", topic="信用情况"), (("DB-220", "环保守法说明没有提到信用情况"),)
    ),
    "row of an indicator missing": Case(
        drops("indicators", indicator="排放限值"), (("DB-211", "对标总表没有“排放限值”一行"),)
    ),
    "status of an indicator blank": Case(  # blank in the sheet, and so in the table
        fills("indicators", "status", "", indicator="装备水平"),
        (
            ("DB-212", "“装备水平”的企业对标情况空白"),
            ("DB-906", "“企业对标情况”（status）没有填写"),
        ),
    ),
    "indicator without its section": Case(
        lambda project: project.content["indicators"].append(
            {"indicator": "储罐", "requirement": "满足要求。", "status": "满足要求。"}
        ),
        (
            (
                "DB-906",
                "对标总表写了“储罐”，2.7却没有说明、清单和证明文件，该行没有列入",
            ),
        ),
    ),
    "section with words only": Case(
        removes("环评报告工艺章节节选", "排污许可证副本主要生产设施页"),
        (("DB-215", "“生产工艺”只有文字，没有图片、复印件或清单"),),
    ),
    "ledger missing": Case(  # the sheet asks for it, and so does 2.16.2
        lambda project: project.content.update(ledger_materials=[]),
        (
            ("DB-221", "台账资料没有“（4）主要原辅料消耗记录”"),
            ("DB-906", "没有 [[ledger_materials]]（台账4原辅料）"),
        ),
    ),
    "member of staff without papers": Case(
        lambda project: project.content["staff"][1].update(
            education="", subject="", certificate=""
        ),
        (("DB-223", "裘虚山没有学历、专业或证书"),),
    ),
    "section that the industry must prove is missing": Case(
        # the plugin's checklist asks for it, and its rule on VOC materials looks for it
        without_raw_materials,
        (
            ("DB-226", "家具制造应提供“2.4 原辅材料”，材料没有"),
            ("VOC-104", "没有“2.4 原辅材料”的证明材料"),
        ),
        "furniture",
    ),
    "placeholder left": Case(
        fills("profile", "introduction", "XX公司位于虚构镇青石岭路。"),
        (("DB-901", "留有占位文字“XX公司”"),),
    ),
    # -- figures
    "output above capacity": Case(
        fills("products", "output", "81.2", line="1#熟料线"),
        (("DB-308", "1#熟料线产量81.2超过设计产能77.5"),),
    ),
    "output of a product in two units": Case(
        fills("products", "output_unit", "吨", line="2#水泥磨线"),
        (("DB-906", "同一产品的产量用了两种单位：“万吨”和“吨”"),),
    ),
    "share of clean transport that the table does not give": Case(
        fills("transport", "claim", "清洁运输比例为95.9%。"),
        (("DB-310", "文中清洁运输比例为95.9%，按运输情况表计算为91.1%"),),
    ),
    "transports in two units": Case(
        # no share can be reckoned; the rule reckons with the units, and the text gives the old share
        fills("transports", "unit", "吨"),
        (
            ("DB-310", "文中清洁运输比例为91.1%，按运输情况表计算为97.9%"),
            ("DB-906", "运输量用了两种单位：“万吨”和“吨”，合计和占比算不出来"),
        ),
    ),
    "emission of a year that concentrations do not give": Case(
        fills("totals", "actual", "0.46", pollutant="颗粒物"),
        (
            (
                "DB-323",
                "颗粒物实际排放量为0.46，按各排放口浓度、风量、每日24小时计算约35.7~77.9t/a，相差10倍以上",
            ),
        ),
    ),
    "more emitted than permitted": Case(
        fills("totals", "actual", "75.2", pollutant="颗粒物"),
        (("DB-324", "颗粒物实际排放量75.2超过许可排放量71.20"),),
    ),
    "consumption of a month that the year does not give": Case(
        fills("ledger_materials", "used", "80.2"),
        (
            (
                "DB-322",
                "粉煤灰台账月消耗量80.2，折全年约962.4，第四部分年使用量为16.4，相差3倍以上",
            ),
        ),
    ),
    "concentration in grams": Case(  # told of the cell, and of the column that it spoils
        fills("outlets", "concentration", "0.0046g/m³", **CRUSHER),
        (
            ("DB-314", "排放浓度一列的单位为“g/m3”"),
            (
                "DB-906",
                "“排放浓度”（concentration）填了“0.0046g/m³”，单位是g/m3，应为mg/m³",
            ),
        ),
    ),
    "efficiency of 199 %": Case(
        fills("outlets", "efficiency", "199%", **CRUSHER), (("DB-315", "去除效率为199%"),)
    ),
    "concentration over the package's own limit": Case(
        fills("outlets", "concentration", "1.9-12.6", **CRUSHER),
        (("DB-401", "DA004 石灰石破碎 颗粒物监测浓度1.9-12.6超过所列绩效限值≤10"),),
    ),
    "limit laxer than the guide": Case(  # and than the indicator table, which keeps the guide's
        fills("outlets", "limit", "≤20", **DUST),
        (
            ("DB-403", "DA001 水泥窑窑尾 颗粒物所列绩效限值≤20，指南中B级为≤10 mg/m³"),
            ("DB-410", "DA001 水泥窑窑尾颗粒物的限值：对标总表为10，2.14为≤20"),
        ),
    ),
    "baseline of oxygen that no standard has": Case(
        fills("outlets", "baseline_oxygen", "18", **DUST),
        (("DB-408", "DA001 水泥窑窑尾 颗粒物的基准含氧量为18，规定为10%"),),
    ),
    "more oxygen than in air": Case(
        fills("outlets", "oxygen", "21.5", **DUST), (("DB-405", "实测含氧量为21.5"),)
    ),
    "limit not met by its own words": Case(
        fills("outlets", "conclusion", "不达标", **CRUSHER),
        (("DB-406", "限值对标：DA004 石灰石破碎 颗粒物的结论为“不达标”"),),
    ),
    "outlet without a proper number": Case(
        fills("outlets", "outlet", "4号", **CRUSHER),
        (("DB-906", "排放口编号“4号”不是 DA001 这样的编号"),),
    ),
    "facility without its kind": Case(  # the others keep their numbers, and so their photos
        fills("outlets", "kind", "", **CRUSHER),
        (
            (
                "DB-906",
                "写了治理设施“覆膜滤料袋式除尘器”，没有写设施类别，暂按污染物列为除尘设施",
            ),
        ),
    ),
    "pollutant of no known name": Case(
        fills("outlets", "pollutant", "粉末", **CRUSHER), (("DB-906", "不认识的污染物“粉末”"),)
    ),
    "production line that is not there": Case(
        fills("outlets", "line", "9#线", **CRUSHER),
        (("DB-906", "“产品产能”表没有生产线“9#线”"),),
    ),
    # -- dates
    "vehicle registered after the application": Case(
        fills("vehicles", "registered", "2026-10-12"),
        (("DB-501", "“2026年10月12日”晚于申报日期2026-09-10"),),
    ),
    "report dated after the application": Case(
        # it is later than the application, and so than both letters, which speak for it
        fills("reports", "date", "2026年9月12日"),
        (
            ("DB-501", "“2026年9月12日”晚于申报日期2026-09-10"),
            (
                "DB-505",
                "《申报材料真实性承诺书》日期2026年9月10日早于监测报告2026年9月12日",
            ),
            (
                "DB-505",
                "《落实重污染天气应急减排承诺书》日期2026年9月10日早于监测报告2026年9月12日",
            ),
        ),
    ),
    "reports older than a year": Case(
        every("reports", date="2025年8月1日"),
        (("DB-502", "最新的监测报告为2025年8月1日，早于申报日期2026-09-10一年以上"),),
    ),
    "permit expired": Case(
        fills("profile", "permit_term", "2021年7月1日至2026年6月30日"),
        (
            (
                "DB-503",
                "排污许可证有效期为2021年7月1日至2026年6月30日，申报日期2026-09-10不在其内",
            ),
        ),
    ),
    "violation in the last year": Case(
        fills("compliance", "statement", "2026年3月5日因超标排放受到行政处罚。", topic="行政处罚"),
        (
            (
                "DB-504",
                "2026年3月5日有违法或处罚记录，在申报日期2026-09-10前一年内，不得申报B级",
            ),
        ),
    ),
    "facility newer than the last acceptance": Case(
        fills("outlets", "commissioned", "2023年6月", outlet="DA009"),
        (
            (
                "DB-512",
                "DA009 水泥包装的治理设施在最后一次验收（2021年12月）之后才投用，没有对应的验收",
            ),
        ),
    ),
    "accepted before it was approved": Case(
        fills("approvals", "accepted", "2014年5月"),
        (("DB-509", "验收时间2014年5月早于环评批复“虚环建表〔2019〕36号”"),),
    ),
    "year without rating": Case(
        lambda project: project.content["ratings"].pop(0),
        (("DB-229", "环保信用评级结果缺2019年"),),
    ),
    "date that cannot be read": Case(
        fills("reports", "date", "去年"),
        (("DB-906", "“报告日期”（date）填了“去年”，不是日期"),),
    ),
    # -- vehicles
    "VIN whose check digit is wrong": Case(
        wrong_vin, (("DB-601", "豫M20178D的VIN“LXUE8KTB1SU001084”校验位不对"),)
    ),
    "vehicle below the table's own requirement": Case(
        fills("vehicles", "stage", "国四", plate="豫M9C312"),
        (("DB-602", "豫M9C312的排放阶段为国四，要求国五及以上"),),
    ),
    "plate too short": Case(
        fills("vehicles", "plate", "豫M2017"), (("DB-603", "车牌号“豫M2017”格式不对"),)
    ),
    "vehicle listed twice": Case(same_vehicle_twice, (("DB-604", "车牌号“豫M9C308”出现2次"),)),
    "share of clean transport below the requirement": Case(
        # the share is none that the table of transports gives, either
        fills("indicators", "status", "清洁运输比例为70%。", indicator="运输方式"),
        (
            ("DB-605", "清洁运输比例为70%，要求不低于80%"),
            ("DB-613", "所称“清洁运输比例为70%”，按运输情况表计算为91.1%"),
        ),
    ),
    "machine below the requirement": Case(
        # below that of the table, and so not every machine meets that of the guide
        fills("machines", "stage", "国二", name="挖掘机"),
        (
            ("DB-606", "挖掘机的排放阶段为国二，要求国三及以上"),
            ("DB-610", "非道路移动机械中，国三及以上或新能源占75.0%，B级要求=100%"),
        ),
    ),
    "vehicle in the ledger that is not listed": Case(
        fills("ledger_transport", "plate", "豫M9X999"),
        (("DB-607", "运输台账中的“豫M9X999”不在电子台账里"),),
    ),
    "stage that says nothing": Case(
        fills("vehicles", "stage", "国标", plate="豫M9C312"),
        (("DB-609", "豫M9C312的排放阶段“国标”无法识别"),),
    ),
    "plain plate on an electric vehicle": Case(
        fills("vehicles", "plate", "豫M2C178"),
        (("DB-616", "豫M2C178是普通号牌，台账写“电，新能源（纯电动）”"),),
    ),
    # -- plan
    "line in the plan that is not there": Case(
        lambda project: project.content["measures"].append(
            {"level": "红色", "measure": "3#熟料线停产"}
        ),
        (("DB-711", "红色预警的措施提到“3#熟料线”，3.1没有这条生产线"),),
    ),
    "reduction below what every enterprise owes": Case(
        fills("levels", "ratio", "5%", level="黄色"),
        (("DB-712", "黄色预警减排比例为5%，全社会减排比例不低于10%"),),
    ),
    "nobody to call": Case(
        fills("levels", "phone", "无", level="红色"),
        (("DB-702", "红色预警没有写明联系方式"),),
    ),
    "graver level with less reduction": Case(
        less_when_graver,
        (("DB-703", "红色预警减排比例60%，小于橙色预警的70%"),),
    ),
    "reduction chosen freely with B": Case(
        fills("levels", "ratio", "自主减排", level="红色"),
        (("DB-706", "申报B级，红色预警却写自主减排"),),
    ),
    "standstill left out": Case(
        limited_to_half, (("DB-707", "B级在红色预警下应“B级企业停产。”，方案减排比例50%"),)
    ),
    "vehicle ban left out": Case(
        without_vehicle_ban,
        (("DB-708", "黄色预警没有写“B级企业禁止使用国四及以下重型货车（含燃气）运输。”"),),
    ),
    # -- evidence
    "facility without photo": Case(
        removes("2.13.1-4 "), (("DB-801", "除尘设施“石灰石破碎（DA004）”没有现场照片"),)
    ),
    "same photo twice": Case(
        same_photo_twice,
        (
            (
                "DB-802",
                "“5# DA005 生料均化库顶除尘设施照片”与“4# DA004 石灰石破碎除尘设施照片”是同一张图片",
            ),
        ),
    ),
    "photo missing in 2.15": Case(
        removes("3 破碎、粉磨、包装"), (("DB-804", "没有找到照片“图3”"),)
    ),
    "picture that cannot be opened": Case(
        adds("2.18 运输监控要求/现场.png", BROKEN),
        (
            (
                "DB-906",
                "“证据/2.18 运输监控要求/现场.png”图片已损坏或没有传完整，打不开",
            ),
        ),
    ),
    "evidence in a folder of no section": Case(
        adds("资料/现场.png", photo("x")),
        (("DB-906", "文件夹“证据/资料”不对应提纲的任何一节，其中的1个文件没有使用"),),
    ),
    "evidence in no folder": Case(
        adds("现场.png", photo("x")),
        (("DB-906", "“证据/现场.png”直接放在证据文件夹里，看不出证明什么"),),
    ),
    "evidence of a facility that is not there": Case(
        adds("2.13.1 除尘设施/2.13.1-15 DA015 煅烧/现场.png", photo("x")),
        (
            (
                "DB-906",
                "文件夹“证据/2.13.1 除尘设施/2.13.1-15 DA015 煅烧”第15号设施在数据中没有（数据中有9个），其中的1个文件没有使用",
            ),
        ),
    ),
    "PDF with a password": Case(
        locked_pdf, (("DB-906", "“证据/2.18 运输监控要求/说明书.pdf”PDF 文件设有打开密码"),)
    ),
    # -- what plugins look for
    "kiln without SCR or SNCR": Case(
        fills("outlets", "treatment", "低氮燃烧+分级燃烧", outlet="DA001", pollutant="氮氧化物"),
        (("CEM-101", "窑尾脱硝工艺为“低氮燃烧+分级燃烧”，没有SNCR或SCR"),),
    ),
    "kiln with ammonia that is not compared": Case(
        drops("outlets", outlet="DA001", pollutant="氨"),
        (("CEM-103", "窑尾用氨或尿素脱硝，排放限值对标表没有氨"),),
    ),
    "spraying with air by hand": Case(
        fills("products", "equipment", "人工空气喷涂线1条", line="1#家具线"),
        (("VOC-103", "提到“人工空气喷涂”"),),
        "furniture",
    ),
    "sintering without denitration": Case(
        fills("outlets", "treatment", "低氮燃烧", outlet="DA001", pollutant="氮氧化物"),
        (("STL-101", "1#烧结机机头脱硝工艺为“低氮燃烧”"),),
        "steel",
    ),
}


ONLY_IN_PROJECTS = frozenset(
    {
        "PDF with a password",
        "concentration in grams",
        "date that cannot be read",
        "evidence in a folder of no section",
        "evidence in no folder",
        "evidence of a facility that is not there",
        "facility without its kind",
        "indicator without its section",
        "industry that no plugin knows",
        "name that is none of an enterprise",
        "number without figures",
        "outlet without a proper number",
        "output of a product in two units",
        "picture that cannot be opened",
        "pollutant of no known name",
        "production line that is not there",
        "report dated after the application",
        "required cell blank",
        "transports in two units",
    }
)
"""Faults whose cells or files only a project has, or which spoil several parts of its package at once."""


def test_the_faults_of_projects_are_those_of_the_catalogue() -> None:
    assert DEFECTS.keys() - CATALOGUE.keys() == ONLY_IN_PROJECTS
    unlike = {
        name
        for name in DEFECTS.keys() & CATALOGUE.keys()
        if not {code for code, _ in DEFECTS[name].found} >= set(CATALOGUE[name].codes)
    }
    assert not unlike


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_gives_its_own_finding_and_no_other(name: str) -> None:
    """The same in the project and in the draft of its package, where the project's own files (DB-906) are not seen."""
    defect = DEFECTS[name]
    project, word = found_with(defect.plant, defect.sample)
    clean_project, clean_word = found_when_clean(defect.sample)
    expected = set(defect.found)
    in_word = {(code, message) for code, message in expected if code != "DB-906"}
    assert (project - clean_project, clean_project - project) == (expected, set())
    assert (word - clean_word, clean_word - word) == (in_word, set())


@pytest.mark.parametrize("sample", enterprises.names())
def test_nothing_is_found_where_nothing_is_planted(sample: str) -> None:
    assert found_when_clean(sample) == (set(), set())


def test_a_draft_is_built_of_many_defects_and_its_check_finds_them_all(tmp_path: Path) -> None:
    names = (
        "credit code whose check digit is wrong",
        "phone too short",
        "topic of compliance missing",
        "section with words only",
        "placeholder left",
        "output above capacity",
        "concentration over the package's own limit",
        "more oxygen than in air",
        "reports older than a year",
        "VIN whose check digit is wrong",
        "vehicle below the table's own requirement",
        "graver level with less reduction",
        "facility without photo",
        "kiln without SCR or SNCR",
    )

    def plant(project: Planted) -> None:
        for name in names:
            DEFECTS[name].plant(project)

    folder = write_planted(plant, tmp_path)
    run = CliRunner()
    refused = run.invoke(app, ["build", str(folder)])
    assert (refused.exit_code, (folder / "成果").exists()) == (1, False)
    forced = run.invoke(app, ["build", str(folder), "--force"], env={"PATH": ""})
    assert forced.exit_code == 1, forced.output
    report = service().check(folder / "成果")
    assert {(code, message) for name in names for code, message in DEFECTS[name].found} == told(
        report
    )
