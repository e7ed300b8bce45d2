"""Requirements that are numbers, on the ladder: reading what is required of stages, shares and months; what cannot be told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from duibiao.grading.ladder import climb
from duibiao.law.provenance import Figure, Regime
from duibiao.law.records import Hole
from duibiao.model.grades import Grade
from duibiao.rules.stages import StageRequirement, read_requirement

from .rules.law_builders import INDUSTRY, REPORTED, basis, requirement
from .rules.support import BRANCH, RECALLED, at, cement, changed, law_on, path_of, text, without

A, B, C, D = BRANCH.ladder
DAY = cement().cover.date.value.latest()
VEHICLES = "evidence.transport.vehicles"


def rungs(dossier, *rows, grade="B", indicator="运输方式", **parts):
    """Return the rungs of an indicator by item."""
    law = law_on(DAY, grade=grade, industry=INDUSTRY, requirements=rows, **parts)
    return {r.item: r for r in climb(dossier, law).rungs if r.indicator == indicator}


def number(subject, figure, grades, text="", unit="%", **given):
    """Return a requirement that is a number, at least `figure`."""
    row = requirement(text or subject, subject=subject, grades=grades, **given)
    return replace(row, figure=Figure(">=", Decimal(figure), unit))


# -- what a text requires of stages


@pytest.mark.parametrize(
    ("written", "required"),
    [
        ("全部使用国五及以上重型货车（含燃气）或新能源车辆", StageRequirement(5)),
        ("国五及以上或新能源车辆比例不低于80%，其余为国四", StageRequirement(5, 4)),
        ("比例≥80%，国五及以上（含燃气），其余车辆达到国四", StageRequirement(5, 4)),
        ("（水泥罐式货车除外）国五及以上", StageRequirement(5, spares_tankers=True)),
        ("全部达到国三及以上或使用新能源机械", StageRequirement(3)),
        ("使用新能源或国六车辆", StageRequirement(6)),
        ("全部国五及以上（重型燃气车国六）或使用新能源车辆", None),
        ("使用新能源或国六车辆（2021年底前可用国五）", None),
        ("全部使用新能源车辆", None),
    ],
)
def test_what_a_text_requires_of_stages(written, required):
    assert read_requirement(written) == required


# -- shares

CLEAN = (
    number("clean_transport_share", "90", ("A",)),
    number("clean_transport_share", "80", ("B",)),
    number("clean_transport_share", "50", ("C",)),
)


def hauling(clean: str, other: str):
    """Return the cement works with two hauls, the first one clean."""
    first = changed(at(cement(), "production.transports.0"), {"clean.value": "是"})
    amounts = zip((clean, other), ("是", "否"), strict=True)
    rows = [
        changed(
            first,
            {"amount.value.low": Decimal(a), "amount.value.high": Decimal(a), "clean.value": c},
        )
        for a, c in amounts
    ]
    return changed(cement(), {"production.transports": tuple(rows)})


@pytest.mark.parametrize(
    ("clean", "reached", "said"),
    [
        ("90", A, "90.0%"),
        ("89.99", B, "89.9%"),
        ("80", B, "80.0%"),
        ("79.99", C, "79.9%"),
        ("49", D, "49.0%"),
    ],
)
def test_the_share_of_clean_transport_is_rated(clean, reached, said):
    """The share that is said is rounded down: it never looks as if it met what it misses."""
    dossier = hauling(clean, str(100 - Decimal(clean)))
    rung = rungs(dossier, *CLEAN)["清洁运输比例"]
    assert (rung.reached, rung.value, rung.verified) == (reached, said, True)
    assert rung.at == dossier.production.transports[0].at


def test_a_whole_indicator_of_numbers_leaves_nothing_to_a_person():
    assert list(rungs(cement(), *CLEAN)) == ["清洁运输比例"]
    assert list(rungs(cement(), *CLEAN, requirement("国五及以上"))) == ["清洁运输比例", "运输方式"]
    hole = Hole("H1", (), "运输方式", "A级指标", "某指南")
    assert list(rungs(cement(), *CLEAN, holes=(hole,))) == ["清洁运输比例", "运输方式"]


def test_a_share_by_unverified_figures_is_open_and_says_what_it_would_be():
    rows = (CLEAN[0], number("clean_transport_share", "80", ("B",), provenance=RECALLED))
    rung = rungs(hauling("85", "15"), *rows)["清洁运输比例"]
    assert (rung.reached, rung.reason, rung.verified) == (None, "按未经核实的要求可达B级", False)
    assert [(step.held.value, step.verified) for step in rung.steps[:2]] == [
        ("fails", True),
        ("meets", False),
    ]


def test_a_requirement_is_as_well_vouched_for_as_the_regime_that_the_grade_uses():
    row = replace(number("clean_transport_share", "80", ()), regime=Regime.ULTRA_LOW)
    sure = rungs(hauling("85", "15"), row, bases=(basis("A", Regime.ULTRA_LOW),))["清洁运输比例"]
    assert sure.reached is A
    weak = (basis("A", Regime.ULTRA_LOW, RECALLED),)
    rung = rungs(hauling("85", "15"), row, grade="A", bases=weak)["清洁运输比例"]
    assert (rung.reached, rung.requirement) == (
        None,
        "clean_transport_share［凭记忆，未核实］",
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            number("clean_transport_share", "80", ("A",), condition="重点区域"),
            "A级：取决于适用条件（重点区域）",
        ),
        (
            replace(number("clean_transport_share", "80", ("A",)), process="产品"),
            "A级：只对“产品”的要求，材料没有分列",
        ),
    ],
)
def test_what_a_number_is_confined_to_leaves_it_open(row, reason):
    assert rungs(cement(), row)["清洁运输比例"].reason == reason


def test_a_share_that_cannot_be_computed_is_said():
    dossier = changed(cement(), {"production.transports": ()})
    rung = rungs(dossier, *CLEAN)["清洁运输比例"]
    assert rung.reason == "A级：运输情况表缺少运输量或“是否清洁运输”，无法计算比例"
    assert (rung.value, rung.at) == ("", dossier.indicators.at)


# -- stages

ROAD = (
    number("road_stage_share", "100", ("A",), "全部为国五及以上或新能源"),
    number("road_stage_share", "80", ("B",), "国五及以上比例不低于80%，其余为国四"),
    number("road_stage_share", "50", ("C",), "国五及以上比例不低于50%"),
)


def driving(*stages):
    """Return the cement works with trucks of those stages."""
    truck = at(cement(), f"{VEHICLES}.0")
    trucks = tuple(changed(truck, {"stage": text(s) if s else None}) for s in stages)
    return changed(cement(), {VEHICLES: trucks})


@pytest.mark.parametrize(
    ("stages", "reached", "said"),
    [
        (("国五", "国六", "纯电动"), A, "国五及以上或新能源占100.0%"),
        (("国五",) * 4 + ("国四",), B, "国五及以上或新能源占80.0%"),
        (("国五",) * 4 + ("国三",), C, "国五及以上或新能源占80.0%，另有 1 辆车低于国四"),
        (("国五", "国四"), C, "国五及以上或新能源占50.0%"),
        (("国五", "国四", "国四"), D, "国五及以上或新能源占33.3%"),
    ],
)
def test_stages_of_trucks_are_rated(stages, reached, said):
    rung = rungs(driving(*stages), *ROAD)["公路运输车辆排放阶段"]
    assert (rung.reached, rung.value) == (reached, said)


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        ((), "A级：材料没有运输车辆电子台账"),
        (("国五", None), "A级：运输车辆电子台账有 1 辆车没有可识别的排放阶段"),
        (("国五", "欧五"), "A级：运输车辆电子台账有 1 辆车没有可识别的排放阶段"),
    ],
)
def test_trucks_that_cannot_be_rated_are_said(stages, reason):
    assert rungs(driving(*stages), *ROAD)["公路运输车辆排放阶段"].reason == reason


def test_a_text_with_two_stages_is_left_to_a_person():
    row = number("road_stage_share", "100", ("A",), "全部国五及以上（重型燃气车国六）")
    rung = rungs(cement(), row)["公路运输车辆排放阶段"]
    assert rung.reason == "A级：要求的排放阶段不止一种，须由审核人员对照台账判定"


# -- times of retention

KEPT = (number("data_retention_years", "1", ("A", "B"), unit="year"),)
FILMED = (number("video_retention_months", "6", ("A",), unit="months"),)
MONITORING = path_of(cement(), "indicators.rows", "indicator.value", "监测监控水平")


def kept(status, rows=KEPT, item="自动监控等数据保存时间"):
    """Return the rung of the time of retention that 企业对标情况 states."""
    dossier = changed(cement(), {f"{MONITORING}.status.value": status})
    rows = tuple(replace(row, indicator="监测监控水平") for row in rows)
    return rungs(dossier, *rows, indicator="监测监控水平")[item]


@pytest.mark.parametrize(
    ("status", "reached", "said"),
    [
        ("治污设施接入DCS系统，数据保存一年以上。", A, "一年"),
        ("数据保存12个月", A, "12个月"),
        ("数据保存十二个月以上", A, "十二个月"),
        ("数据保存11个月", None, "11个月"),
        ("数据保存半年；DCS数据保存两年", None, "半年"),
    ],
)
def test_the_shortest_time_of_retention_counts(status, reached, said):
    """Under a year A and B are missed, and what C asks for is not known."""
    rung = kept(status)
    assert (rung.reached, rung.value) == (reached, said)
    assert rung.reason == ("" if reached else "C级：没有查到要求（缺）")


@pytest.mark.parametrize(
    "status", ["安装自动监控", "数据保存", "数据保存不足一年", "视频保存一年", "运行一年，数据完整"]
)
def test_a_time_that_is_not_stated_is_said(status):
    assert kept(status).reason == "A级：企业对标情况没有写明保存时间"


def test_video_is_told_from_data():
    status = "数据保存一年以上，视频监控录像保存3个月。"
    rung = kept(status, (*KEPT, *FILMED), "视频监控数据保存时间")
    assert (rung.value, rung.reason) == ("3个月", "B级：没有查到要求（缺）")


def test_the_gates_tell_how_long_they_keep():
    row = replace(
        number("gate_video_months", "12", ("A",), unit="months"), indicator="运输监管要求"
    )
    rung = rungs(cement(), row, indicator="运输监管要求")["运输视频监控数据保存时间"]
    assert (rung.reached, rung.value) == (A, "12个月")
    path = "evidence.transport.gates.0.retention"
    shorter = changed(cement(), {f"{path}.value": "3个月"})
    rung = rungs(shorter, row, indicator="运输监管要求")["运输视频监控数据保存时间"]
    assert (rung.reached, rung.value) == (None, "3个月")
    blank = rungs(without(cement(), path), row, indicator="运输监管要求")
    assert blank["运输视频监控数据保存时间"].reason == "A级：门禁及视频监控表没有写明保存时间"


# -- rows that are missing


def test_an_indicator_that_every_package_needs_is_missed():
    dossier = without(cement(), path_of(cement(), "indicators.rows", "indicator.value", "运输方式"))
    rung = rungs(dossier, requirement("国五及以上", provenance=REPORTED))["运输方式"]
    assert (rung.reached, rung.reason, rung.at) == (
        None,
        "对标总表没有这一项",
        dossier.indicators.at,
    )
    assert rung.requirement == "国五及以上［转载报道］"


def test_an_outlet_that_2_14_leaves_out_is_rated_by_part_four():
    """Else an outlet could be kept from the ladder by leaving it out of 2.14."""
    missing = changed(cement(), {"evidence.limits": cement().evidence.limits[:-1]})
    items = rungs(missing, indicator="排放限值")
    assert list(items) == list(rungs(cement(), indicator="排放限值"))
    (last,) = [row for row in missing.outlets if row.outlet.value == "DA009"]
    assert list(items.values())[-1].at == last.concentration.at


def test_a_package_without_outlets_tells_nothing():
    nothing = changed(cement(), {"evidence.limits": (), "outlets": ()})
    (rung,) = rungs(nothing, indicator="排放限值").values()
    assert (rung.reached, rung.reason) == (None, "A级：没有可判断的排放口")
    assert rung.at == nothing.section("五.2.14").at


def test_items_stand_by_line_and_process():
    """1#水泥磨 names the line 1#水泥磨线; the kiln tail names a process and no line."""
    law = law_on(DAY, industry=INDUSTRY)
    ladder = climb(cement(), law)
    places = {place: len(found) for place, found in ladder.by_place().items()}
    assert places == {
        "水泥窑窑尾": 4,
        "未识别的工序": 6,
        "1#水泥磨线　水泥磨": 1,
        "2#水泥磨线　水泥磨": 1,
        "全厂": len(cement().indicators.rows) - 1,
    }
    rungs = [rung for found in ladder.by_place().values() for rung in found]
    assert sorted(rungs, key=ladder.rungs.index) == list(ladder.rungs)


def test_a_grade_is_met_by_a_verified_step_where_better_ones_are_open():
    """Whether A is reached nobody knows; that B is, everybody can see."""
    rows = (number("clean_transport_share", "90", ("A",), provenance=RECALLED), CLEAN[1])
    rung = rungs(hauling("85", "15"), *rows)["清洁运输比例"]
    stands = [rung.stands(grade, BRANCH.ladder).value for grade in BRANCH.ladder]
    assert (rung.reached, stands) == (None, ["open", "meets", "open", "meets"])
    assert rung.step(Grade.LEADING) is None
