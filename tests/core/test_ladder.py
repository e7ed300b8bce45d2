"""The ladder, worked by hand: 颗粒物 at the cement works' kiln tail, with A 10, B 20, C 30 and D 50 mg/m³."""

from dataclasses import replace

import pytest

from duibiao.grading.ladder import Ladder, climb
from duibiao.grading.rungs import Held
from duibiao.law.provenance import Regime
from duibiao.model.grades import Grade
from duibiao.model.quantities import parse_quantity

from .rules.law_builders import (
    INDUSTRY,
    REPORTED,
    THIRD_PARTY,
    UNVERIFIED,
    basis,
    limit,
    requirement,
)
from .rules.support import (
    BRANCH,
    OFFICIAL,
    RECALLED,
    at,
    cement,
    changed,
    law_on,
    path_of,
    text,
    without,
)

A, B, C, D = BRANCH.ladder
STEPS = {"A": "10", "B": "20", "C": "30", "D": "50"}
DAY = cement().cover.date.value.latest()
ROW = at(cement(), "evidence.limits.0")


def limits(**provenances):
    """Return one limit a grade; keywords give another provenance to a grade's."""
    return tuple(
        limit(value, grades=(grade,), provenance=provenances.get(grade, OFFICIAL))
        for grade, value in STEPS.items()
    )


def measured(*written: str):
    """Return the cement works without an indicator table, with one row of 2.14 for each concentration."""
    rows = tuple(
        changed(ROW, {"concentration.value": parse_quantity(one, "mg/m3"), "oxygen": None})
        for one in written
    )
    return changed(cement(), {"indicators": None, "evidence.limits": rows, "outlets": ()})


def climbed(dossier, *, grade="B", branch=BRANCH, **parts) -> Ladder:
    """Place the dossier on the ladder of hand-made limits; without an indicator table, the law asks for none."""
    given = {"industry": INDUSTRY, "limits": limits(), **parts}
    law = law_on(DAY, grade=grade, branch=branch, **given)
    if dossier.indicators is None:
        law = replace(law, common=replace(law.common, indicators=()))
    return climb(dossier, law)


# -- one concentration


@pytest.mark.parametrize(
    ("written", "reached", "following", "reason"),
    [
        ("2~10", A, None, ""),
        ("未检出", A, None, ""),
        ("10.1", B, A, "高一级的限值未达到"),
        ("20", B, A, "高一级的限值未达到"),
        ("20.1", C, B, "高一级的限值未达到"),
        ("50", D, C, "高一级的限值未达到"),
        ("50.1", D, C, "没有达到更高等级的限值"),
    ],
)
def test_reached_grade(written, reached, following, reason):
    ladder = climbed(measured(written))
    (rung,) = ladder.rungs
    assert (rung.reached, rung.next_grade, rung.reason) == (reached, following, reason)
    assert rung.verified
    assert (ladder.supported, ladder.ceiling) == (reached, reached)


@pytest.mark.parametrize(
    ("written", "worst"),
    [(("5",), A), (("5", "25", "15"), C), (("5", "检测中"), None), ((), None)],
)
def test_the_worst_of_some_items(written, worst):
    """For a process on its own (分工序评定); one that cannot be told leaves it open."""
    ladder = climbed(measured("5", *written))
    assert ladder.reached(ladder.rungs[1:]) is worst


def test_the_worst_is_by_the_order_of_the_ladder():
    """A+ is better than A, though it stands behind it in the alphabet."""
    ladder = (Grade.A_PLUS, A, B)
    rows = tuple(
        limit(figure, grades=(grade,)) for figure, grade in (("5", "A+"), ("10", "A"), ("20", "B"))
    )
    found = climbed(measured("4", "8"), branch=replace(BRANCH, ladder=ladder), limits=rows)
    assert [rung.reached for rung in found.rungs] == [Grade.A_PLUS, A]
    assert (found.supported, found.ceiling, found.reached(found.rungs)) == (A, A, A)


def test_every_result_has_its_word():
    assert [held.label for held in Held] == ["达到", "达不到", "不能判断"]


def test_a_rung_tells_everything():
    """Declared B, measured 20.1: it supports C, B is next and its limit is said with its standing."""
    (rung,) = climbed(measured("20.1"), limits=limits(B=REPORTED, C=REPORTED)).rungs
    assert (rung.indicator, rung.item, rung.value) == (
        "排放限值",
        "DA001 水泥窑窑尾 颗粒物",
        "20.1",
    )
    assert rung.at == ROW.concentration.at
    assert rung.requirement == "≤20 mg/m³［转载报道］"
    assert (rung.next_grade, rung.next_requirement) == (B, "≤20 mg/m³［转载报道］")
    assert rung.grounds == REPORTED


def test_next_requirement_is_of_the_grade_above_the_one_reached():
    """Declared D and well within A: nothing is next; declared A and in C: B is next, not what was declared."""
    (top,) = climbed(measured("5"), grade="D").rungs
    assert (top.requirement, top.next_grade, top.next_requirement) == (
        "≤50 mg/m³［官方文本］",
        None,
        "",
    )
    (low,) = climbed(measured("25"), grade="A").rungs
    assert low.requirement == "≤10 mg/m³［官方文本］"
    assert (low.next_grade, low.next_requirement) == (B, "≤20 mg/m³［官方文本］")


def test_several_limits_of_a_grade_are_all_said():
    extra = limit("18", grades=("B",), condition="新建窑")
    (rung,) = climbed(measured("25"), limits=(*limits(), extra)).rungs
    assert rung.requirement == "≤20 mg/m³［官方文本］；≤18 mg/m³［官方文本］"


def test_a_grade_that_uses_another_regime():
    """A grade whose own limits are the ultra-low ones is as well vouched for as the weaker of the two rows."""
    rows = (limit("10", regime=Regime.ULTRA_LOW, grades=()), *limits()[1:])
    (rung,) = climbed(measured("9"), limits=rows, bases=(basis("A", Regime.ULTRA_LOW),)).rungs
    assert rung.reached is A
    weak = (basis("A", Regime.ULTRA_LOW, RECALLED),)
    (rung,) = climbed(measured("9"), grade="A", limits=rows, bases=weak).rungs
    assert (rung.reached, rung.requirement) == (None, "≤10 mg/m³［凭记忆，未核实］")


def test_oxygen_counts():
    """20 mg/m³ at 6 % is 23.33 at 3.5 %: it meets 24 and not 23."""
    row = changed(
        ROW, {"concentration.value": parse_quantity("20"), "oxygen.value": parse_quantity("6")}
    )
    dossier = changed(measured(), {"evidence.limits": (row,)})
    bounds = (("23", "A"), ("24", "B"))
    rows = tuple(limit(bound, grades=(grade,), oxygen="3.5") for bound, grade in bounds)
    assert climbed(dossier, limits=rows).supported is B


# -- what cannot be told


@pytest.mark.parametrize("provenance", UNVERIFIED.values(), ids=UNVERIFIED)
def test_an_unverified_limit_tells_no_grade(provenance):
    ladder = climbed(measured("15"), limits=limits(B=provenance))
    (rung,) = ladder.rungs
    assert (rung.reached, rung.verified) == (None, False)
    assert rung.reason == "按未经核实的限值可达B级"
    assert (ladder.supported, ladder.ceiling) == (None, A)


def test_an_unverified_limit_on_the_way_tells_no_grade():
    """Whether 15 misses A rests on a recalled limit, so B is not certain either; the same below the last one."""
    (rung,) = climbed(measured("15"), limits=limits(A=THIRD_PARTY)).rungs
    assert (rung.reached, rung.reason) == (None, "按未经核实的限值可达B级")
    (rung,) = climbed(measured("60"), limits=limits(A=RECALLED)).rungs
    assert (rung.reached, rung.reason) == (None, "按未经核实的限值只能为D级")


def test_an_unverified_limit_that_nobody_reaches_does_not_matter():
    (rung,) = climbed(measured("9"), limits=limits(B=RECALLED, C=RECALLED)).rungs
    assert rung.reached is A


def test_a_missing_limit_on_the_way_is_said():
    (rung,) = climbed(measured("15"), limits=limits()[:1] + limits()[2:]).rungs
    assert (rung.reached, rung.reason) == (None, "B级：没有查到限值（缺）")
    (rung,) = climbed(measured("15"), limits=()).rungs
    assert (rung.reached, rung.reason, rung.requirement) == (None, "A级：没有查到限值（缺）", "")


def test_a_limit_that_depends_on_a_condition_is_said():
    rows = (*limits(), limit("8", grades=("A",), condition="新建窑"))
    (rung,) = climbed(measured("9"), limits=rows).rungs
    assert (rung.reached, rung.reason) == (None, "A级：取决于适用条件")
    (rung,) = climbed(measured("8"), limits=rows).rungs
    assert rung.reached is A


@pytest.mark.parametrize("written", ["检测中", "/", "0.005g/m³"])
def test_a_value_that_is_none_tells_no_grade(written):
    (rung,) = climbed(measured(written)).rungs
    assert (rung.reached, rung.value, rung.verified) == (None, written, False)


def test_a_row_without_a_concentration_is_told_at_itself():
    dossier = changed(measured(), {"evidence.limits": (without(ROW, "concentration"),)})
    (rung,) = climbed(dossier).rungs
    assert (rung.reached, rung.value, rung.at) == (None, "", ROW.at)


# -- the whole


@pytest.mark.parametrize(
    ("written", "supported", "ceiling"),
    [
        (("5", "6"), A, A),
        (("5", "15"), B, B),
        (("25", "5", "15"), C, C),
        (("5", "检测中"), None, A),
        (("25", "检测中", "15"), None, C),
        (("检测中",), None, A),
        ((), None, A),
    ],
)
def test_the_worst_item_decides(written, supported, ceiling):
    """One item that cannot be told leaves the whole open; what the others allow is its ceiling."""
    ladder = climbed(measured(*written))
    assert (ladder.supported, ladder.ceiling) == (supported, ceiling)
    assert (ladder.grades, ladder.declared) == ((A, B, C, D), B)


def test_two_grades():
    branch = replace(BRANCH, ladder=(Grade.LEADING, Grade.NOT_LEADING))
    rows = (limit("10", grades=("引领性",)), limit("20", grades=("非引领性",)))
    given = {"grade": "引领性", "branch": branch, "limits": rows}
    assert climbed(measured("10"), **given).supported is Grade.LEADING
    (rung,) = climbed(measured("15"), **given).rungs
    assert (rung.reached, rung.next_grade) == (Grade.NOT_LEADING, Grade.LEADING)
    assert rung.next_requirement == "≤10 mg/m³［官方文本］"


@pytest.mark.parametrize(
    "given", [{"branch": replace(BRANCH, ladder=())}, {"branch": None, "industry": None}]
)
def test_without_a_ladder_items_are_listed_but_not_judged(given):
    ladder = climbed(cement(), **given)
    assert len(ladder.rungs) == len(cement().evidence.limits) + len(cement().indicators.rows) - 1
    assert {rung.reached for rung in ladder.rungs} == {None}
    assert {rung.next_grade for rung in ladder.rungs} == {None}
    assert (ladder.grades, ladder.supported, ladder.ceiling) == ((), None, None)
    assert ladder.rungs[0].reason == "该行业的等级设置尚未查明"


def test_without_a_declared_grade_values_are_judged_all_the_same():
    (rung,) = climbed(measured("15"), grade=None).rungs
    assert (rung.reached, rung.requirement) == (B, "")
    assert (rung.next_grade, rung.next_requirement) == (A, "≤10 mg/m³［官方文本］")


# -- the other indicators

TRANSPORT = path_of(cement(), "indicators.rows", "indicator.value", "运输方式")


def indicated(**given):
    """Return the rung of 运输方式 of the cement works."""
    (rung,) = [r for r in climbed(cement(), **given).rungs if r.indicator == "运输方式"]
    return rung


def test_other_indicators_are_said_but_left_to_a_person():
    rows = (
        requirement("清洁运输不低于80%", provenance=REPORTED),
        requirement("国五及以上"),
        requirement("清洁运输不低于90%", grades=("A",), provenance=RECALLED),
    )
    rung = indicated(requirements=rows)
    row = at(cement(), TRANSPORT)
    assert (rung.item, rung.value, rung.at) == ("运输方式", row.status.value, row.status.at)
    assert (rung.reached, rung.verified) == (None, False)
    assert rung.requirement == "清洁运输不低于80%［转载报道］；国五及以上［官方文本］"
    assert (rung.next_grade, rung.next_requirement) == (A, "清洁运输不低于90%［凭记忆，未核实］")
    assert (rung.grounds, rung.reason) == (REPORTED, "文字要求，须由审核人员对照证明材料判定")


def test_an_indicator_without_a_known_requirement_is_said():
    rung = indicated(grade="A")
    assert (rung.requirement, rung.next_grade, rung.grounds) == ("", None, None)
    assert rung.reason == "没有查到指标要求（缺），须对照技术指南判定"


def test_an_indicator_that_is_left_blank_is_told_at_its_row():
    dossier = changed(cement(), {TRANSPORT: without(at(cement(), TRANSPORT), "status")})
    (rung,) = [r for r in climbed(dossier).rungs if r.indicator == "运输方式"]
    assert (rung.value, rung.at) == ("", at(cement(), f"{TRANSPORT}.at"))


def test_the_row_of_limits_is_not_judged_twice():
    ladder = climbed(cement())
    assert [r.indicator for r in ladder.rungs].count("排放限值") == len(cement().evidence.limits)
    unknown = changed(cement(), {f"{TRANSPORT}.indicator": text("其他指标")})
    assert "其他指标" in [r.indicator for r in climbed(unknown).rungs]


def test_the_lowest_grade_needs_no_limit():
    """What misses every other grade is of the lowest one, whether that has limits or not."""
    (rung,) = climbed(measured("40"), limits=limits()[:3]).rungs
    assert (rung.reached, rung.verified, rung.reason) == (D, True, "没有达到更高等级的限值")


def test_a_grade_that_is_open_is_not_verified():
    (rung,) = climbed(measured("15"), limits=limits(A=RECALLED)).rungs
    assert (rung.reached, rung.verified) == (None, False)


def test_a_value_that_is_none_is_not_blamed_on_the_law():
    (rung,) = climbed(measured("检测中")).rungs
    assert rung.reason == "A级：浓度不能与限值比较"
