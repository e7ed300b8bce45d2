"""Rungs of indicators as a whole: every grade's step, its grounds and its place."""

from dataclasses import replace

import pytest

from duibiao.grading.limits import line_of
from duibiao.grading.rungs import Held, Rung, Step
from duibiao.law.provenance import Regime

from .rules.law_builders import basis, limit, requirement
from .rules.support import BRANCH, OFFICIAL, RECALLED, at, cement, changed, path_of, text, without
from .test_ladder import climbed, limits, measured
from .test_ladder_numbers import KEPT, VEHICLES, driving, hauling, kept, number, rungs

A, B, C, D = BRANCH.ladder
LIMIT = "≤{} mg/m³［官方文本］"
TRANSPORT = path_of(cement(), "indicators.rows", "indicator.value", "运输方式")
MACHINES = "evidence.transport.machines"
MISSING = "没有查到要求（缺）"
FIRST, SECOND, THIRD = (replace(OFFICIAL, id=f"test-{number}") for number in (1, 2, 3))


def clean(figure, grade, provenance, words):
    """Return a requirement on the share of clean transport."""
    return number("clean_transport_share", figure, (grade,), words, provenance=provenance)


SHARES = (
    clean("90", "A", FIRST, "比例不低于90%"),
    clean("80", "B", SECOND, "比例不低于80%"),
    clean("50", "C", THIRD, "比例不低于50%"),
)


def test_a_number_is_held_against_every_grade():
    dossier = hauling("85", "15")
    assert rungs(dossier, *SHARES)["清洁运输比例"] == Rung(
        indicator="运输方式",
        item="清洁运输比例",
        value="85.0%",
        at=dossier.production.transports[0].at,
        reached=B,
        requirement="比例不低于80%［官方文本］",
        next_grade=A,
        next_requirement="比例不低于90%［官方文本］",
        grounds=SECOND,
        verified=True,
        reason="高一级的要求未达到",
        steps=(
            Step(A, "比例不低于90%［官方文本］", Held.FAILS, True, FIRST),
            Step(B, "比例不低于80%［官方文本］", Held.MEETS, True, SECOND),
            Step(C, "比例不低于50%［官方文本］", Held.MEETS, True, THIRD),
            Step(D, "", Held.OPEN, why=MISSING),
        ),
    )


def test_a_number_that_the_package_does_not_tell_is_open_for_every_grade():
    dossier = changed(cement(), {"production.transports": ()})
    why = "运输情况表缺少运输量或“是否清洁运输”，无法计算比例"
    assert rungs(dossier, *SHARES)["清洁运输比例"] == Rung(
        indicator="运输方式",
        item="清洁运输比例",
        value="",
        at=dossier.indicators.at,
        reached=None,
        requirement="比例不低于80%［官方文本］",
        next_grade=A,
        next_requirement="比例不低于90%［官方文本］",
        grounds=FIRST,
        reason=f"A级：{why}",
        steps=(
            Step(A, "比例不低于90%［官方文本］", Held.OPEN, grounds=FIRST, why=why),
            Step(B, "比例不低于80%［官方文本］", Held.OPEN, grounds=SECOND, why=why),
            Step(C, "比例不低于50%［官方文本］", Held.OPEN, grounds=THIRD, why=why),
            Step(D, "", Held.OPEN, why=MISSING),
        ),
    )


@pytest.mark.parametrize("order", [1, -1])
def test_one_requirement_of_several_that_is_missed_decides(order):
    """It stands behind the step, whichever comes first; one that nobody verified leaves the step unverified."""
    rows = (
        clean("80", "A", FIRST, "比例不低于80%"),
        clean("90", "A", RECALLED, "比例不低于90%"),
    )[::order]
    (first, *_) = rungs(hauling("85", "15"), *rows, grade="A")["清洁运输比例"].steps
    said = ("比例不低于80%［官方文本］", "比例不低于90%［凭记忆，未核实］")[::order]
    assert first == Step(A, "；".join(said), Held.FAILS, False, RECALLED)
    (first, *_) = rungs(hauling("95", "5"), *rows, grade="A")["清洁运输比例"].steps
    assert first == Step(A, "；".join(said), Held.MEETS, False, rows[0].provenance)


def test_words_are_left_to_a_person_for_every_grade():
    """What is a number is judged apart; the row of the table gives value and place."""
    dossier = changed(cement(), {f"{TRANSPORT}.status.value": "已落实"})
    rows = (
        *SHARES,
        requirement("建设洗车台", grades=("A",), provenance=FIRST),
        requirement("车辆冲洗", grades=("B",), provenance=SECOND),
    )
    by_hand, unknown = (
        "文字要求，须由审核人员对照证明材料判定",
        "没有查到指标要求（缺），须对照技术指南判定",
    )
    assert rungs(dossier, *rows)["运输方式"] == Rung(
        indicator="运输方式",
        item="运输方式",
        value="已落实",
        at=at(dossier, f"{TRANSPORT}.status.at"),
        reached=None,
        requirement="车辆冲洗［官方文本］",
        next_grade=A,
        next_requirement="建设洗车台［官方文本］",
        grounds=SECOND,
        reason=by_hand,
        steps=(
            Step(A, "建设洗车台［官方文本］", Held.OPEN, grounds=FIRST, why=by_hand),
            Step(B, "车辆冲洗［官方文本］", Held.OPEN, grounds=SECOND, why=by_hand),
            Step(C, "", Held.OPEN, why=unknown),
            Step(D, "", Held.OPEN, why=unknown),
        ),
    )
    bare = rungs(without(dossier, f"{TRANSPORT}.status"), *rows)["运输方式"]
    assert (bare.value, bare.at) == ("", at(dossier, f"{TRANSPORT}.at"))


def test_without_a_table_the_package_is_the_place():
    items = rungs(changed(cement(), indicators=None), *SHARES)
    assert items["运输方式"].at == cement().at
    assert items["运输方式"].reason == "对标总表没有这一项"
    assert items["清洁运输比例"].at == cement().production.transports[0].at


def test_numbers_are_counted_where_the_table_lacks_the_indicator():
    items = rungs(without(hauling("85", "15"), TRANSPORT), *SHARES)
    assert (items["清洁运输比例"].reached, items["运输方式"].reason) == (B, "对标总表没有这一项")


def test_without_a_ladder_no_indicator_is_missed():
    given = {"branch": replace(BRANCH, ladder=()), "indicator": "运输方式"}
    assert rungs(without(cement(), TRANSPORT), **given) == {}
    (item,) = rungs(cement(), **given).values()
    assert (item.steps, item.reached) == ((), None)


def test_a_number_of_a_lower_grade_alone_is_held_against_it():
    rung = rungs(hauling("85", "15"), SHARES[2])["清洁运输比例"]
    assert [step.held for step in rung.steps] == [Held.OPEN, Held.OPEN, Held.MEETS, Held.OPEN]


def test_what_only_the_lowest_grade_asks_for_is_not_counted():
    """Whoever takes no part has it."""
    assert "清洁运输比例" not in rungs(hauling("85", "15"), clean("10", "D", FIRST, "比例"))


@pytest.mark.parametrize("grade", [None, "引领性"])
def test_a_grade_that_is_unknown_or_not_of_the_ladder(grade):
    """Its requirement is said where there is one; the number shown is that of the best grade that has one."""
    rows = (
        *SHARES,
        requirement("车辆冲洗", grades=("A",)),
        requirement("建设洗车台", grades=("引领性",), provenance=SECOND),
    )
    items = rungs(hauling("85", "15"), *rows, grade=grade)
    assert (items["清洁运输比例"].value, items["清洁运输比例"].requirement) == ("85.0%", "")
    assert items["运输方式"].requirement == ("建设洗车台［官方文本］" if grade else "")
    assert items["运输方式"].grounds == (SECOND if grade else None)


def test_the_item_is_called_as_the_table_calls_it():
    dossier = changed(cement(), {f"{TRANSPORT}.indicator.value": "运输方式（如涉及）"})
    assert [*rungs(dossier, *SHARES[:1], requirement("洗车"))] == [
        "清洁运输比例",
        "运输方式（如涉及）",
    ]


def test_only_the_basis_of_the_grade_itself_vouches_for_it():
    """What another grade's basis, or one of another regime, is worth is nothing to A."""
    row = replace(clean("80", "A", FIRST, "比例不低于80%"), grades=(), regime=Regime.ULTRA_LOW)
    bases = (
        basis("A", Regime.ULTRA_LOW),
        basis("A", Regime.STANDARD, RECALLED),
        basis("B", Regime.ULTRA_LOW, RECALLED),
    )
    first, second, *_ = rungs(hauling("85", "15"), row, bases=bases)["清洁运输比例"].steps
    assert first == Step(A, "比例不低于80%［官方文本］", Held.MEETS, True, FIRST)
    assert second == Step(B, "比例不低于80%［凭记忆，未核实］", Held.MEETS, False, FIRST)


# -- limits


def test_a_concentration_is_held_against_every_grade():
    dossier = measured("25")
    row = at(dossier, "evidence.limits.0")
    limits = tuple(
        limit(figure, grades=(grade,), provenance=grounds)
        for figure, grade, grounds in (("10", "A", FIRST), ("20", "B", SECOND), ("30", "C", THIRD))
    )
    assert climbed(dossier, limits=limits).rungs == (
        Rung(
            indicator="排放限值",
            item="DA001 水泥窑窑尾 颗粒物",
            value="25",
            at=row.concentration.at,
            reached=C,
            requirement=LIMIT.format(20),
            next_grade=B,
            next_requirement=LIMIT.format(20),
            grounds=THIRD,
            verified=True,
            reason="高一级的限值未达到",
            process="水泥窑窑尾",
            steps=(
                Step(A, LIMIT.format(10), Held.FAILS, True, FIRST),
                Step(B, LIMIT.format(20), Held.FAILS, True, SECOND),
                Step(C, LIMIT.format(30), Held.MEETS, True, THIRD),
                Step(D, "", Held.OPEN, why="没有查到限值（缺）"),
            ),
        ),
    )


@pytest.mark.parametrize("part", ["outlet", "step", "pollutant", "concentration", "oxygen"])
def test_a_row_that_leaves_something_out_is_still_told(part):
    """Without a step the limit for every outlet holds; without a pollutant or a concentration nothing is known."""
    dossier = changed(measured("25"), {f"evidence.limits.0.{part}": None})
    (rung,) = climbed(dossier).rungs
    names = {"outlet": "DA001", "step": "水泥窑窑尾", "pollutant": "颗粒物"}
    assert rung.item == " ".join(name for key, name in names.items() if key != part)
    assert rung.reached is (None if part in ("pollutant", "concentration") else C)
    reasons = {"pollutant": "A级：没有查到限值（缺）", "concentration": "A级：浓度不能与限值比较"}
    assert rung.reason == reasons.get(part, "高一级的限值未达到")
    assert rung.process == ("" if part == "step" else "水泥窑窑尾")
    row = at(dossier, "evidence.limits.0")
    assert rung.at == (row.at if row.concentration is None else row.concentration.at)


def test_a_grade_that_is_unknown_has_no_limit():
    (rung,) = climbed(measured("25"), grade=None).rungs
    assert (rung.reached, rung.requirement) == (C, "")
    other = limit("5", grades=("引领性",))
    (rung,) = climbed(measured("25"), grade="引领性", limits=(*limits(), other)).rungs
    assert (rung.reached, rung.requirement) == (C, LIMIT.format(5))


@pytest.mark.parametrize("section", [True, False])
def test_a_package_without_outlets_is_one_item(section):
    """It stands at 2.14, or nowhere in particular."""
    dossier = changed(measured(), {} if section else {"sections": ()})
    why = "没有可判断的排放口"
    assert climbed(dossier).rungs == (
        Rung(
            indicator="排放限值",
            item="排放限值",
            value="",
            at=dossier.section("五.2.14").at if section else dossier.at,
            reached=None,
            next_grade=A,
            reason=f"A级：{why}",
            steps=tuple(Step(grade, "", Held.OPEN, why=why) for grade in BRANCH.ladder),
        ),
    )
    assert climbed(dossier, branch=replace(BRANCH, ladder=())).rungs == ()


@pytest.mark.parametrize(
    ("outlet", "step", "pollutant", "told"),
    [
        (None, "水泥窑窑尾", "颗粒物", 1),
        ("DA001", "别的环节", "颗粒物", 1),
        (None, "别的环节", "颗粒物", 2),
        ("DA001", "水泥窑窑尾", "烟尘", 1),
        ("DA001", "水泥窑窑尾", "二氧化硫", 2),
        ("DA002", "水泥窑窑尾", "颗粒物", 2),
        ("DA001", "水泥窑窑尾", None, 2),
    ],
)
def test_what_part_four_lists_and_2_14_leaves_out(outlet, step, pollutant, told):
    parts = {"outlet": outlet, "step": step, "pollutant": pollutant}
    row = changed(
        cement().outlets[0], **{name: value and text(value) for name, value in parts.items()}
    )
    ladder = climbed(changed(measured("5"), {"outlets": (row,)}))
    assert len(ladder.rungs) == told


@pytest.mark.parametrize(
    ("step", "line"),
    [
        ("1#水泥磨", "1#水泥磨线"),
        ("12#水泥磨", ""),
        ("1#水泥磨与2#水泥磨", "1#水泥磨线"),
        ("水泥窑窑尾", ""),
        ("", ""),
    ],
)
def test_a_step_names_its_line(step, line):
    assert line_of(step, cement()) == line


def test_the_longest_name_of_a_line_wins():
    """A name of one sign is none; a total and a row without a name are no line."""
    lines = ("磨线", "1线", "回转窑线", "1#回转窑生产线", "煤磨线")
    first = at(cement(), "production.products.0.rows.0")
    rows = (
        *(changed(first, line=text(name)) for name in lines),
        changed(first, line=None),
        changed(first, line=text("全厂煤磨线"), is_total=True),
    )
    dossier = changed(cement(), {"production.products.0.rows": rows})
    steps = ("1#回转窑窑尾", "回转窑窑头", "煤磨", "全厂煤磨", "水泥磨", "1")
    assert [line_of(step, dossier) for step in steps] == [
        "1#回转窑生产线",
        "回转窑线",
        "煤磨线",
        "煤磨线",
        "",
        "",
    ]


# -- stages

NONROAD = number("nonroad_stage_share", "50", ("A",), "国三及以上比例不低于50%，其余为国二")
ITEM = "非道路移动机械排放阶段"


def working(*stages):
    """Return the cement works with machines of those stages."""
    machine = at(cement(), f"{MACHINES}.0")
    rows = tuple(changed(machine, {"stage": text(s) if s else None}) for s in stages)
    return changed(cement(), {MACHINES: rows})


@pytest.mark.parametrize(
    ("stages", "value", "reason"),
    [
        (("国三", "国二"), "国三及以上或新能源占50.0%", ""),
        (("国三", "国一"), "国三及以上或新能源占50.0%，另有 1 台机械低于国二", None),
        ((), "", "A级：材料没有非道路移动机械表"),
        (("国三", None), "", "A级：非道路移动机械表有 1 台机械没有可识别的排放阶段"),
    ],
)
def test_stages_of_machines_are_rated(stages, value, reason):
    dossier = working(*stages)
    rung = rungs(dossier, NONROAD)[ITEM]
    assert rung.value == value
    assert rung.reason == ("B级：没有查到要求（缺）" if reason is None else reason)
    assert rung.at == (at(dossier, f"{MACHINES}.0.stage.at") if value else dossier.indicators.at)


@pytest.mark.parametrize(
    ("kind", "reached"), [("水泥罐式货车", A), ("自卸货车", None), (None, None)]
)
def test_tank_trucks_may_be_spared(kind, reached):
    """A truck of an unknown kind is not."""
    row = number("road_stage_share", "100", ("A",), "国五及以上（水泥罐式货车除外）")
    dossier = driving("国四", "国五")
    dossier = changed(dossier, {f"{VEHICLES}.0.kind": kind and text(kind)})
    rung = rungs(dossier, row)["公路运输车辆排放阶段"]
    assert rung.reached is reached
    assert rung.at == at(dossier, f"{VEHICLES}.{int(reached is A)}.stage.at")


# -- times of retention


def test_only_what_is_said_of_data_counts():
    rung = kept("样品保存2个月，视频数据保存3个月，数据保存一年。")
    monitoring = path_of(cement(), "indicators.rows", "indicator.value", "监测监控水平")
    assert (rung.reached, rung.value) == (A, "一年")
    assert rung.at == at(cement(), f"{monitoring}.status.at")


@pytest.mark.parametrize("part", ["", ".status"])
def test_a_row_or_status_that_is_missing_is_no_time(part):
    monitoring = path_of(cement(), "indicators.rows", "indicator.value", "监测监控水平")
    rows = tuple(replace(row, indicator="监测监控水平") for row in KEPT)
    items = rungs(without(cement(), f"{monitoring}{part}"), *rows, indicator="监测监控水平")
    assert items["自动监控等数据保存时间"].reason == "A级：企业对标情况没有写明保存时间"


def test_gates_stand_where_the_shortest_time_does():
    row = replace(
        number("gate_video_months", "12", ("A",), unit="months"), indicator="运输监管要求"
    )
    path = "evidence.transport.gates.1"
    dossier = changed(cement(), {f"{path}.retention.value": "3个月"})
    rung = rungs(dossier, row, indicator="运输监管要求")["运输视频监控数据保存时间"]
    assert (rung.value, rung.at) == ("3个月", at(dossier, f"{path}.at"))
