"""The lists over many packages: whole rows, their order, what stands in none of them, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from duibiao.grading.ladder import Ladder, Rung
from duibiao.grading.order import GRADES
from duibiao.law.common import load_common
from duibiao.law.provenance import Citation, Provenance, Source, SourceKind, Standing
from duibiao.law.records import Hole
from duibiao.model.grades import Grade, parse_grade
from duibiao.model.location import Location
from duibiao.reports.as_json import as_object
from duibiao.reports.lists import annex3, targets, upgrade
from duibiao.reports.lists.data import Absent, Listing, make_listing
from duibiao.reports.lists.kinds import Kind, Tier, kind_of
from duibiao.reports.lists.reading import read_entry
from duibiao.reports.model import Applicant, CheckReport, Judge
from duibiao.rules.verdict import Verdict

COMMON = load_common()
A, B, C, D = GRADES_ABCD = (Grade.A, Grade.B, Grade.C, Grade.D)
GUIDE = Source("HN", "某技术指南", SourceKind.OFFICIAL, read=True)
OFFICIAL = Provenance("pm", Standing.OFFICIAL, (Citation(GUIDE, "表1"),))
PROVINCIAL_LOOK = next(hole for hole in COMMON.holes if hole.id == "CC-13.03")

FOUNDRY = {"industry": "铸造行业", "branch": "铸造", "national_no": 6}
LOCAL = {"industry": "机械加工行业", "branch": "机械加工"}


def rung(item: str, reached: Grade | None = None, indicator: str = "排放限值", **more: Any) -> Rung:
    values = {
        "value": "12",
        "at": Location(heading="2.14 排放限值", table=3, row=2),
        "reason": "" if reached is A else "高一级的限值未达到" if reached else "文字要求",
    }
    return Rung(indicator, item, reached=reached, **(values | more))


def ladder(
    declared: Grade | None, rungs: Sequence[Rung] = (), grades: tuple[Grade, ...] = GRADES_ABCD
) -> Ladder:
    known = [one.reached for one in rungs if one.reached]
    ceiling = max(known, key=grades.index, default=grades[0] if grades else None)
    supported = ceiling if rungs and len(known) == len(rungs) else None
    return Ladder(grades, declared, tuple(rungs), supported, ceiling)


def report(
    enterprise: str = "甲铸造有限公司",
    *,
    industry: str = "铸造行业",
    branch: str = "铸造",
    national_no: int | None = None,
    declared: str = "B级",
    verdict: Verdict = Verdict.REVIEW,
    rungs: Sequence[Rung] = (),
    grades: tuple[Grade, ...] = GRADES_ABCD,
    edition: str = "某指南2021年版",
    holes: tuple[Hole, ...] = (),
    **applicant: Any,
) -> CheckReport:
    who = {
        "city": "开封市",
        "county": "兰考县",
        "address": "兰考县某路1号",
        "credit_code": enterprise,
        "responsible": "张三",
        "phone": "13900000000",
    }
    return CheckReport(
        file="申报材料.docx",
        sha256="ab" * 32,
        enterprise=enterprise,
        industry=industry,
        declared=declared,
        verdict=verdict,
        reasons=(),
        judge=Judge(
            "0.1.0",
            "cd" * 32,
            date(2021, 9, 1),
            "封面日期",
            branch=branch,
            national_no=national_no,
            edition=edition,
        ),
        outcomes=(),
        ladder=ladder(parse_grade(declared), rungs, grades),
        applicant=Applicant(**(who | applicant)),
        holes=holes,
    )


def listing(*reports: CheckReport, problems: dict[str, str] | None = None, **more: Any) -> Listing:
    entries = [
        read_entry(f"{n}.docx", as_object(one), COMMON) for n, one in enumerate(reports, start=1)
    ]
    return make_listing(COMMON, entries, problems or {}, **more)


# -- kinds of industry


@pytest.mark.parametrize(
    ("declared", "branch", "no", "tier", "label"),
    [
        ("水泥行业（熟料生产企业）", "水泥熟料", 15, Tier.NATIONAL, "水泥（水泥熟料）"),
        ("铸造行业", "", None, Tier.NATIONAL, "铸造"),
        ("铸造（砂型）", "", None, Tier.NATIONAL, "铸造"),
        ("家具制造业", "", None, Tier.NATIONAL, "家具制造"),
        ("玻璃钢", "", None, Tier.NATIONAL, "玻璃钢（纤维增强塑料制品）"),
        ("通用行业（涉PM）", "涉PM", None, Tier.GENERAL, "通用行业（涉PM）"),
        ("锅炉", "涉锅炉/炉窑", None, Tier.GENERAL, "通用行业（涉锅炉/炉窑）"),
        ("机械加工", "机械加工", None, Tier.PROVINCIAL, "机械加工"),
        ("河南省级重点行业（机械加工）", "", None, Tier.PROVINCIAL, "河南省级重点行业（机械加工）"),
        ("玻璃制品深加工", "", None, Tier.UNKNOWN, "玻璃制品深加工"),
        ("", "", None, Tier.UNKNOWN, ""),
    ],
)
def test_kind_of_an_industry(declared, branch, no, tier, label):
    kind = kind_of(declared, branch, no, COMMON)
    assert (kind.tier, kind.label) == (tier, label)
    assert bool(kind.remark) == (tier in (Tier.PROVINCIAL, Tier.UNKNOWN))


def test_every_national_industry_is_known_by_its_own_name():
    assert [kind_of(one.name, "", None, COMMON) for one in COMMON.industries] == [
        Kind(Tier.NATIONAL, one.no, one.name) for one in COMMON.industries
    ]


def test_the_order_of_grades_has_every_grade_once():
    assert sorted(GRADES) == sorted(Grade)


# -- 附件3


def test_annex3_form_as_prescribed():
    made = listing(report(**FOUNDRY), day=date(2021, 9, 5))
    whole, county, explanation = annex3.pages(made)
    assert (whole.name, county.name, explanation.name) == ("开封市", "兰考县", "说明")
    assert whole.title == "开封市重点行业企业绩效分级申报清单"
    assert whole.above == (
        "(填报要求：按技术指南区分行业类型、评定等级排序填报)",
        "XX生态环境分局 (盖章)",
        "日期：2021年09月05日",
    )
    assert county.above[1] == "兰考县生态环境分局 (盖章)"
    assert whole.header == (
        ("序号", "企业名称", "详细地址", "行业类型", "评定等级", "企业负责人", "联系方式"),
    )
    assert (
        whole.rows
        == county.rows
        == ((1, "甲铸造有限公司", "兰考县某路1号", "铸造", "B级", "张三", "13900000000"),)
    )


def test_annex3_without_a_date_and_a_city_leaves_the_form_open():
    whole, *_ = annex3.pages(listing(report(city="")))
    assert (whole.name, whole.title, whole.above[2]) == (
        "全部",
        "XX市重点行业企业绩效分级申报清单",
        "日期：XXXX年XX月XX日",
    )


@pytest.mark.parametrize(("typed", "titled"), [("开封", "开封市"), ("", "开封市")])
def test_annex3_is_titled_as_the_packages_write_the_city(typed, titled):
    whole, *_ = annex3.pages(listing(report(), city=typed))
    assert whole.title.startswith(f"{titled}重点行业")


def test_annex3_is_titled_as_typed_where_no_package_writes_the_city():
    whole, *_ = annex3.pages(listing(report(city=""), city="开封市"))
    assert whole.title.startswith("开封市重点行业")


def test_annex3_is_sorted_by_industry_of_the_guides_and_grade():
    made = listing(
        report("未知", industry="酿造", branch=""),
        report("通用", industry="通用行业（涉PM）", branch="涉PM", declared="引领性"),
        report("省级", **LOCAL, declared="A级"),
        report("铸造C", **FOUNDRY, declared="C级"),
        report("铸造无", **FOUNDRY, declared=""),
        report("铸造A", **FOUNDRY, declared="A级"),
        report("铸造B-", **FOUNDRY, declared="B-级"),
        report("铸造引", **FOUNDRY, declared="绩效引领性"),
        report("铸造B", **FOUNDRY, declared="B级"),
        report("焦化D", industry="焦化", branch="", declared="D级"),
    )
    whole, *_ = annex3.pages(made)
    assert [(row[0], row[1], row[4]) for row in whole.rows] == [
        (1, "焦化D", "D级"),
        (2, "铸造A", "A级"),
        (3, "铸造引", "绩效引领性"),
        (4, "铸造B", "B级"),
        (5, "铸造B-", "B-级"),
        (6, "铸造C", "C级"),
        (7, "铸造无", ""),
        (8, "省级", "A级"),
        (9, "通用", "绩效引领性"),
        (10, "未知", "B级"),
    ]


def test_annex3_has_a_sheet_for_each_county():
    made = listing(
        report("丙", county="新郑县"), report("乙", county="兰考县"), report("甲", county="")
    )
    _, *forms, _ = annex3.pages(made)
    assert [(one.name, one.above[1], [row[:2] for row in one.rows]) for one in forms] == [
        ("兰考县", "兰考县生态环境分局 (盖章)", [(1, "乙")]),
        ("新郑县", "新郑县生态环境分局 (盖章)", [(1, "丙")]),
        ("未写县区", "XX生态环境分局 (盖章)", [(1, "甲")]),
    ]


def test_the_sheet_of_a_county_is_titled_with_its_own_city():
    made = listing(report("甲"), report("乙", city="三门峡市", county="渑池县"))
    assert [(one.name, one.title[:6]) for one in annex3.pages(made)[:3]] == [
        ("全部", "XX市重点行"),
        ("兰考县", "开封市重点行"),
        ("渑池县", "三门峡市重点"),
    ]


def test_every_package_stands_in_the_explanation():
    made = listing(
        report(**FOUNDRY, rungs=[rung("DA001", B)], verdict=Verdict.PASS),
        report(**FOUNDRY, address="", phone=""),
        report("", **FOUNDRY),
        report("乙", **FOUNDRY, city="洛阳市"),
        problems={"坏.docx": "认不出是哪一种文件"},
        city="开封",
    )
    *_, explanation = annex3.pages(made)
    twin = "同一企业、同一行业还有{}，请核实用哪一份"
    assert explanation.rows == (
        (1, "1.docx", "甲铸造有限公司", "是", "通过", f"材料能支持B级；{twin.format('2.docx')}"),
        (
            2, "2.docx", "甲铸造有限公司", "是", "需人工核实",
            f"材料能支持的等级不能确定；材料没有写详细地址、联系方式；{twin.format('1.docx')}",
        ),
        (3, "3.docx", "", "否", "需人工核实", "申请表和封面都没有企业名称，不能列入清单"),
        (4, "4.docx", "乙", "否", "需人工核实", "所属省辖市为洛阳市，不在开封的清单内"),
        (5, "坏.docx", "", "否", "无法检查", "认不出是哪一种文件"),
    )  # fmt: skip


def test_of_many_packages_of_one_enterprise_a_few_are_named():
    made = listing(*[report(**FOUNDRY)] * 9, report(**LOCAL))
    *_, explanation = annex3.pages(made)
    said = [row[5].partition("；")[2] for row in explanation.rows]
    twins = "同一企业、同一行业还有{}等8份，请核实用哪一份"
    assert said[0] == twins.format("2.docx、3.docx、4.docx、5.docx、6.docx")
    assert said[8] == twins.format("1.docx、2.docx、3.docx、4.docx、5.docx")
    assert said[9] == "既不在39个国家重点行业之内，也不是通用行业，按省级重点行业列"


def test_too_many_counties_get_no_sheets_of_their_own(monkeypatch):
    monkeypatch.setattr(annex3, "MOST_COUNTIES", 1)
    form, explanation = annex3.pages(listing(report(), report(county="新郑县")))
    assert len(tuple(form.rows)) == 2
    assert "不再每个县（市、区）一张" in "".join(explanation.above)


def test_what_is_said_of_the_lists_as_a_whole():
    made = listing(
        report("甲", **LOCAL),
        report("乙", city="洛阳市"),
        skipped="文件夹中还有 1 个其他文件没有检查",
    )
    assert made.remarks == (
        "材料属于不同的省辖市（开封市、洛阳市）；要某一市的清单，请用 --city 指定",
        f"{PROVINCIAL_LOOK.what}的名单没有查到（缺），省级重点行业须人工核对；请查{PROVINCIAL_LOOK.look_in}",
        "文件夹中还有 1 个其他文件没有检查",
    )


# -- annex 2: what is to be raised


def upgraded(*reports: CheckReport) -> list[tuple[Any, ...]]:
    form, _ = upgrade.pages(listing(*reports))
    return list(form.rows)


def test_upgrade_form_as_prescribed():
    form, explanation = upgrade.pages(listing(report(), day=date(2021, 6, 4)))
    assert (form.title, form.above) == (
        "重点行业绩效分级提升企业清单",
        ("日期：2021 年 06 月 04 日",),
    )
    assert form.header == (
        (
            "序号", "省辖市", "县、区", "企业名称", "重点行业类型", "重点行业分支", "绩效现状",
            "绩效提升目标", "差异化指标", "存在问题", "改造措施", "拟完成时间", "备注",
        ),
    )  # fmt: skip
    assert form.below == (
        "注：1.重点行业类型及重点行业分支，应严格对照国家和河南省绩效分级及减排措施技术指南中行业类型规范填报；",
        "2.河南省重点行业名称填写至“重点行业类型”列；",
        "3.各地采用 exles 文件格式上报电子版，按照县（区）、行业类型、绩效提升目标、差异化指标排序。",
        "4.企业存在跨行业时，相应行业分行填报，并在备注中标注企业所涉及的其他行业类型。",
        "5.企业名称应与企业营业执照、企业公章、排污许可证保持一致。",
    )
    assert explanation.rows == ((1, "1.docx", "甲铸造有限公司", "是", "需人工核实", "列1行"),)


def test_one_row_for_each_item_that_misses_the_next_grade_or_may():
    rungs = [
        rung("DA001 熔炼 颗粒物", A),
        rung(
            "DA002 浇注 颗粒物", B,
            next_grade=A, next_requirement="≤10 mg/m³［官方文本］", grounds=OFFICIAL,
        ),
        rung("DA003 清理 颗粒物", next_grade=A, reason="A级：没有查到限值（缺）"),
        rung(
            "运输方式", indicator="运输方式", value="国五80%。",
            requirement="国五不低于80%［转载报道］", next_grade=A, next_requirement="全部国五［转载报道］",
        ),
        rung("装备水平", indicator="装备水平", value="", next_grade=A),
    ]  # fmt: skip
    holes = (
        Hole("H1", (), "差异化指标", "整张表", "《指南》指标表"),
        Hole("H2", (), "装备水平", "装备", "《指南》装备一栏"),
    )
    made = report(
        industry="水泥行业",
        branch="水泥熟料",
        national_no=15,
        declared="B级",
        rungs=rungs,
        holes=holes,
    )
    head = ("开封市", "兰考县", "甲铸造有限公司", "水泥", "水泥熟料", "B", "A")
    place = "位置：2.14 排放限值，第3个表格，第2行"
    why = "绩效现状为申报的等级，材料能支持的等级不能确定"
    assert upgraded(made) == [
        (
            1, *head, "装备水平", f"没有填写，不能判断是否达到（文字要求）；{place}",
            "A级要求没有查到（缺），请查《指南》装备一栏", "", why,
        ),
        (
            2, *head, "排放限值",
            f"DA002 浇注 颗粒物 12，只到B级（高一级的限值未达到）；{place}",
            "A级要求：≤10 mg/m³［官方文本］", "", f"{why}；判定依据：《某技术指南》表1［官方文本］",
        ),
        (
            3, *head, "排放限值",
            f"DA003 清理 颗粒物 12，不能判断是否达到（A级：没有查到限值（缺））；{place}",
            "A级要求没有查到（缺），请查《指南》指标表", "", why,
        ),
        (
            4, *head, "运输方式", f"“国五80%。”，不能判断是否达到（文字要求）；{place}",
            "A级要求：全部国五［转载报道］", "", why,
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "reached", "present", "target", "remark"),
    [
        ("C级", [B, C], "C", "B", "绩效现状为材料能支持的等级"),
        ("A级", [B, C], "C", "B", "绩效现状为材料能支持的等级，申报的是A级"),
        ("", [B], "B", "A", "绩效现状为材料能支持的等级"),
        ("B级", [C, None], "C", "B", "申报B级，已判定的项目最低为C级"),
        ("C级", [A, None], "C", "B", "绩效现状为申报的等级，材料能支持的等级不能确定"),
    ],
)
def test_present_grade_and_target(declared, reached, present, target, remark):
    rungs = [rung(f"DA{n:03}", one) for n, one in enumerate(reached)]
    rows = upgraded(report(declared=declared, rungs=rungs))
    assert {(row[6], row[7], row[12]) for row in rows} == {(present, target, remark)}


def test_a_target_between_the_known_grades_is_looked_up():
    rungs = [
        rung("DA001", D, next_grade=C, next_requirement="≤30［官方文本］"),
        rung("运输方式", indicator="运输方式", requirement="全部国五［转载报道］"),
        rung("装备水平", indicator="装备水平"),
    ]
    rows = upgraded(report(declared="A级", rungs=rungs))
    assert [(row[7], row[10]) for row in rows] == [
        ("C", "C级要求请查某指南2021年版"),
        ("C", "C级要求：≤30［官方文本］"),
        ("C", "C级要求请查某指南2021年版；申报的A级要求：全部国五［转载报道］"),
    ]


def test_where_the_declared_grade_is_the_target_its_requirement_counts():
    rungs = [
        rung("DA001", C, next_grade=B, next_requirement="≤20"),
        rung(
            "运输", indicator="运输方式", requirement="八成", next_grade=A, next_requirement="全部"
        ),
    ]
    assert [row[10] for row in upgraded(report(rungs=rungs))] == ["B级要求：≤20", "B级要求：八成"]


@pytest.mark.parametrize("reached", [A, None])
def test_nothing_is_above_the_best_grade(reached):
    made = listing(report(declared="A级", rungs=[rung("DA001", reached)]))
    form, explanation = upgrade.pages(made)
    assert form.rows == ()
    assert next(iter(explanation.rows))[5].endswith("已是最高等级，没有提升目标")


@pytest.mark.parametrize(
    ("changes", "present", "problem", "todo"),
    [
        (
            {"grades": (), "holes": (Hole("H", (), "级别设置", "哪些级别", "《指南》家具"),)},
            "B", "该行业的等级设置尚未查明（缺）", "请查《指南》家具",
        ),
        (
            {"grades": (), "branch": "", "industry": "酿造", "edition": ""},
            "B", "没有插件认识行业“酿造”，没有按行业指标检查",
            f"请查{next(hole.look_in for hole in COMMON.holes if hole.id == 'CC-13.01')}",
        ),
        (
            {"grades": (), "branch": "", "industry": "省级重点行业（酿造）", "edition": ""},
            "B", "没有插件认识行业“省级重点行业（酿造）”，没有按行业指标检查",
            f"请查{PROVINCIAL_LOOK.look_in}",
        ),
        (
            {"grades": (), "branch": "", "industry": ""},
            "B", "材料没有写行业类型，没有按行业指标检查", "在申请表写明行业类型后重新审查",
        ),
        (
            {"declared": "", "rungs": [rung("DA001")]},
            "", "材料没有写申报等级，材料能支持的等级也不能确定", "在申请表写明自评估等级后重新审查",
        ),
        (
            {"declared": "引领性", "rungs": [rung("DA001")]},
            "引领性", "该行业不设“引领性”，材料能支持的等级也不能确定", "在申请表写明自评估等级后重新审查",
        ),
    ],
)  # fmt: skip
def test_where_no_target_can_be_told_the_row_says_why(changes, present, problem, todo):
    (row,) = upgraded(report(**changes))
    assert row[6:11] == (present, "", "", problem, todo)


def test_without_items_there_is_a_row_that_says_so():
    (row,) = upgraded(report())
    assert row[6:11] == (
        "B", "A", "", "没有读到2.14排放限值和对标总表，找不出差异化指标", "补齐后重新审查",
    )  # fmt: skip


def test_upgrade_rows_are_sorted_by_county_industry_target_and_indicator():
    both = [rung("运输方式", indicator="运输方式"), rung("DA001", C, next_grade=B)]
    rows = upgraded(
        report("戊", county="新郑县", rungs=both),
        report("丁", **LOCAL, rungs=both),
        report("丙", **FOUNDRY, declared="C级", rungs=both),
        report("乙", **FOUNDRY, declared="B级", rungs=[rung("DA001", B, next_grade=A)]),
        report("甲", **FOUNDRY, declared="C级", rungs=both),
        report("己", **FOUNDRY, county="龙亭区", rungs=both),
    )
    assert [(row[0], row[2], row[3], row[4], row[7], row[8]) for row in rows] == [
        (1, "龙亭区", "己", "铸造", "B", "排放限值"),
        (2, "龙亭区", "己", "铸造", "B", "运输方式"),
        (3, "兰考县", "乙", "铸造", "A", "排放限值"),
        (4, "兰考县", "丙", "铸造", "B", "排放限值"),
        (5, "兰考县", "甲", "铸造", "B", "排放限值"),
        (6, "兰考县", "丙", "铸造", "B", "运输方式"),
        (7, "兰考县", "甲", "铸造", "B", "运输方式"),
        (8, "兰考县", "丁", "机械加工", "B", "排放限值"),
        (9, "兰考县", "丁", "机械加工", "B", "运输方式"),
        (10, "新郑县", "戊", "铸造", "B", "排放限值"),
        (11, "新郑县", "戊", "铸造", "B", "运输方式"),
    ]


def test_a_provincial_industry_stands_in_the_column_of_types():
    (row,) = upgraded(report(**LOCAL, rungs=[rung("DA001")]))
    assert row[4:6] == ("机械加工", "")
    assert row[12].endswith("；既不在39个国家重点行业之内，也不是通用行业，按省级重点行业列")


def test_a_general_industry_is_told_from_key_industries():
    made = report(industry="通用行业（涉PM）", branch="涉PM", rungs=[rung("DA001")])
    (row,) = upgraded(made)
    assert row[4:6] == ("通用行业", "涉PM")
    assert row[12].endswith("；通用行业，不属重点行业")


def test_other_industries_of_an_enterprise_are_named_in_each_row():
    rows = upgraded(
        report(**FOUNDRY, rungs=[rung("DA001")]), report(**LOCAL, rungs=[rung("DA001")])
    )
    assert [(row[4], row[12].rpartition("；")[2]) for row in rows] == [
        ("铸造", "企业还涉及：机械加工"),
        ("机械加工", "企业还涉及：铸造"),
    ]


def test_an_industry_that_was_not_graded_has_its_own_row():
    made = report(industry="铸造、机械加工", branch="铸造", national_no=6, rungs=[rung("DA001")])
    graded, other = upgraded(made)
    assert graded[12].endswith("；企业还涉及：机械加工")
    assert other[1:] == (
        "开封市", "兰考县", "甲铸造有限公司", "机械加工", "", "", "", "",
        "材料只按“铸造”评级，没有按这个行业检查", "用 --industry 指定行业“机械加工”另行审查", "",
        "企业还涉及：铸造",
    )  # fmt: skip


def test_an_industry_that_has_a_package_of_its_own_is_graded():
    rows = upgraded(
        report(industry="铸造、机械加工", branch="铸造", national_no=6, rungs=[rung("DA001")]),
        report(**LOCAL, rungs=[rung("DA001")]),
    )
    assert [row[4] for row in rows] == ["铸造", "机械加工"]


def test_other_names_of_the_enterprise_are_told():
    names = (
        ("封面", "甲铸造有限公司"),
        ("申请表", "甲铸造 有限公司"),
        ("企业基本信息", "甲铸造厂"),
    )
    (row,) = upgraded(report(**FOUNDRY, rungs=[rung("DA001")], names=names))
    assert row[12].endswith("；企业名称不一致：企业基本信息写“甲铸造厂”")


# -- annex 1: how far the targets are reached


def reached(*reports: CheckReport, **more: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
    _, page, _ = targets.pages(listing(*reports, **more))
    return {(row[1], row[2]): row[3:] for row in page.rows}


def test_target_table_as_prescribed():
    form, *_ = targets.pages(listing())
    assert form.title == "重点行业绩效分级提升目标表"
    declared, passed = "A、B 级企业申报占比 (%)", "A、B 级企业通过占比 (%)"
    assert form.header == (
        ("序号", "县区", "国家级重点行业", "国家级重点行业", "省级重点行业", "省级重点行业"),
        ("序号", "县区", declared, passed, declared, passed),
    )
    counties = (
        "城乡一体化示范区", "龙亭区", "鼓楼区", "禹王台区", "顺河回族区", "祥符区", "通许县", "杞县", "尉氏县", "兰考县",
    )  # fmt: skip
    assert form.rows == tuple(
        (number, county, ">25", ">20", ">30", ">25")
        for number, county in enumerate(counties, start=1)
    )


def test_without_packages_every_county_is_without_data():
    rows = reached()
    none = ("无数据", ">25", "无数据，不评价")
    assert len(rows) == 20
    assert rows["兰考县", "国家级重点行业"] == (0, 0, *none, 0, "无数据", ">20", "无数据，不评价")


def test_shares_of_national_and_provincial_industries():
    rows = reached(
        report("甲", **FOUNDRY, declared="A级", verdict=Verdict.PASS),
        report("乙", **FOUNDRY, declared="B-级", verdict=Verdict.REVIEW),
        report("丙", **FOUNDRY, declared="引领性", verdict=Verdict.FAIL),
        report("丁", **FOUNDRY, declared="C级", verdict=Verdict.PASS),
        report("戊", **FOUNDRY, declared="", verdict=Verdict.INCOMPLETE),
        report("己", **LOCAL, declared="B级", verdict=Verdict.PASS),
        report("庚", **LOCAL, declared="引领性", verdict=Verdict.PASS),
        report("辛", **LOCAL, declared="D级", verdict=Verdict.PASS),
        report(
            "壬", industry="通用行业（涉PM）", branch="涉PM", declared="A级", verdict=Verdict.PASS
        ),
        report("癸", industry="酿造", branch="", declared="A级", verdict=Verdict.PASS),
    )
    assert rows["兰考县", "国家级重点行业"] == (
        5, 3, Decimal("60.00"), ">25", "达到", 1, Decimal("20.00"), ">20", "未达到",
    )  # fmt: skip
    assert rows["兰考县", "省级重点行业"] == (
        3, 1, Decimal("33.33"), ">30", "达到", 1, Decimal("33.33"), ">25", "达到",
    )  # fmt: skip
    assert len(rows) == 20


def test_a_share_on_the_bound_does_not_reach_it():
    good = report("甲", **FOUNDRY, declared="A级", verdict=Verdict.PASS)
    rest = [report(f"{n}", **FOUNDRY, declared="C级") for n in range(3)]
    assert reached(good, *rest)["兰考县", "国家级重点行业"][2:4] == (Decimal("25.00"), ">25")
    assert reached(good, *rest)["兰考县", "国家级重点行业"][4] == "未达到"
    assert reached(good, *rest[:2])["兰考县", "国家级重点行业"][4] == "达到"


def test_other_counties_stand_below_without_a_target():
    rows = reached(
        report("甲", **FOUNDRY, declared="A级", city="三门峡市", county="渑池县"),
        report("乙", **FOUNDRY, declared="A级", city="南京市", county="鼓楼区"),
        report("丙", **FOUNDRY, declared="A级", county=""),
    )
    empty = (0, 0, "无数据", "没有目标", "无数据，不评价")
    empty = (*empty, *empty[1:])
    full = (1, 1, Decimal("100.00"), "没有目标", "没有目标，不评价")
    full += (0, Decimal("0.00"), "没有目标", "没有目标，不评价")
    assert list(rows.items())[20:] == [
        ((county, tier), cells)
        for county in ("渑池县", "鼓楼区（南京市）", "（未写县区）")
        for tier, cells in (("国家级重点行业", full), ("省级重点行业", empty))
    ]
    assert rows["鼓楼区", "国家级重点行业"][0] == 0


def test_an_enterprise_counts_once_and_by_its_worst_package():
    rows = reached(
        report("甲", **FOUNDRY, declared="A级", verdict=Verdict.PASS),
        report("甲", **FOUNDRY, declared="B级", verdict=Verdict.REVIEW),
        report("乙", **FOUNDRY, declared="A级", verdict=Verdict.PASS),
        report("乙", **FOUNDRY, declared="D级", verdict=Verdict.PASS),
    )
    assert rows["兰考县", "国家级重点行业"] == (
        2, 1, Decimal("50.00"), ">25", "达到", 0, Decimal("0.00"), ">20", "未达到",
    )  # fmt: skip


def test_the_notes_name_source_standing_and_term():
    _, page, explanation = targets.pages(listing(day=date(2026, 1, 1)))
    assert page.below[0] == (
        "1.目标出自《开封市2021年重点行业绩效分级提升行动方案》（汴环攻坚办〔2021〕91号）附件1［官方文本］，"
        "适用期2021年5月25日至2021年；2026-01-01不在适用期内，目标仅供参照。"
    )
    assert page.below[2].startswith("3.通过：在申报的基础上，本程序的审查结论为“通过”；")
    assert explanation.above == page.below


def test_the_explanation_says_how_each_package_counts():
    *_, explanation = targets.pages(
        listing(
            report("甲", **FOUNDRY, declared="A级", verdict=Verdict.PASS),
            report("乙", **FOUNDRY, declared="C级", verdict=Verdict.PASS),
            report("丙", industry="酿造", branch="", declared="A级"),
        )
    )
    assert [row[5] for row in explanation.rows] == [
        "国家级重点行业；申报A级，计入申报占比；计入通过占比",
        "国家级重点行业；申报C级，不计入申报占比；不计入通过占比",
        "级别不能确定，不计入占比；不能确定“酿造”是国家级、省级重点行业还是通用行业",
    ]


def test_absent_packages_keep_their_verdict():
    made = listing(report("", verdict=Verdict.FAIL))
    assert made.absent == (
        Absent("1.docx", "", Verdict.FAIL, "申请表和封面都没有企业名称，不能列入清单"),
    )
