"""What a target needs: eligibility, what must change, what nobody can tell; one or several industries."""

from dataclasses import replace

import pytest

from duibiao.grading.ladder import Ladder
from duibiao.grading.order import rank
from duibiao.grading.prospect import Doubts, Gap, grade_for, prospect_of
from duibiao.model.grades import Grade

from .rules.law_builders import UNVERIFIED, limit
from .rules.support import BRANCH, RECALLED
from .test_ladder import climbed, limits, measured
from .test_ladder_eligibility import admitting, assuring

A, B, C, D = BRANCH.ladder
SCALE = (Grade.LEADING, Grade.NOT_LEADING)


def test_a_target_that_is_reached_needs_nothing():
    prospect = prospect_of(climbed(measured("5", "15")), B)
    assert (prospect.is_reached, prospect.is_missed) == (True, False)
    assert (prospect.blocked, prospect.open, prospect.bars, prospect.doubts) == ((), (), (), ())


def test_what_must_change_is_named_with_what_the_target_requires():
    """Declared B; 15 and 25 miss A, 5 does not."""
    prospect = prospect_of(climbed(measured("15", "5", "25")), A)
    assert [(gap.rung.value, gap.requirement) for gap in prospect.blocked] == [
        ("15", "≤10 mg/m³［官方文本］"),
        ("25", "≤10 mg/m³［官方文本］"),
    ]
    assert (prospect.is_reached, prospect.is_missed, prospect.open) == (False, True, ())


def test_the_lowest_grade_needs_nothing():
    """Whoever takes no part has it, too (第十二条)."""
    assert prospect_of(climbed(measured("检测中", "60")), D).is_reached


def test_what_nobody_can_tell_is_apart_and_grouped_by_reason():
    ladder = climbed(measured("检测中", "15", "/"), limits=limits(A=RECALLED))
    prospect = prospect_of(ladder, A)
    assert (prospect.is_reached, prospect.is_missed, prospect.blocked) == (False, False, ())
    first, second, third = prospect.open
    assert prospect.by_doubt() == (
        Doubts("按未经核实的数值达不到A级，须查对官方文本", (second,)),
        Doubts("浓度不能与限值比较", (first, third)),
    )


@pytest.mark.parametrize("provenance", UNVERIFIED.values(), ids=UNVERIFIED)
def test_an_unverified_figure_never_reaches_a_target(provenance):
    prospect = prospect_of(climbed(measured("5"), limits=limits(A=provenance)), A)
    (gap,) = prospect.open
    assert (prospect.is_reached, gap.is_presumed_short) == (False, False)
    assert gap.why == "按未经核实的数值达到A级，须查对官方文本"


def test_a_verified_figure_of_the_target_is_enough():
    """What A requires nobody verified; that 15 keeps B is certain all the same."""
    assert prospect_of(climbed(measured("15"), limits=limits(A=RECALLED)), B).is_reached


def test_a_gap_tells_everything():
    """One that is certain, one that rests on an unverified figure, one that nobody can tell."""
    ladder = climbed(measured("15", "检测中"))
    far, unknown = ladder.rungs
    wanted = "≤10 mg/m³［官方文本］"
    assert prospect_of(ladder, A).blocked == (Gap("测试行业", A, far, wanted),)
    assert prospect_of(ladder, A).open == (
        Gap("测试行业", A, unknown, wanted, "浓度不能与限值比较"),
    )

    ladder = climbed(measured("15"), limits=limits(A=RECALLED))
    why = "按未经核实的数值达不到A级，须查对官方文本"
    assert prospect_of(ladder, A).open == (
        Gap("测试行业", A, *ladder.rungs, "≤10 mg/m³［凭记忆，未核实］", why),
    )


def test_a_gap_without_steps_gives_the_reason_of_its_rung():
    ladder = climbed(measured("检测中"))
    rung = replace(*ladder.rungs, steps=())
    (gap,) = prospect_of(replace(ladder, rungs=(rung,)), A).open
    assert (gap.requirement, gap.why) == ("", rung.reason)
    assert not gap.is_presumed_short


def test_a_violation_comes_first():
    prospect = prospect_of(climbed(admitting("2026年5月受到行政处罚。", whole=measured("5"))), A)
    assert [bar.cite.place for bar in prospect.bars] == ["第十八条"]
    assert (prospect.is_missed, prospect.blocked) == (True, ())
    assert prospect_of(
        climbed(admitting("2026年5月受到行政处罚。", whole=measured("5"))), C
    ).is_reached


def test_a_doubt_keeps_a_target_open():
    prospect = prospect_of(climbed(admitting("曾受到行政处罚。", whole=measured("5"))), A)
    assert (prospect.is_reached, prospect.is_missed, len(prospect.doubts)) == (False, False, 1)


def test_supply_enterprises_are_held_to_their_grade():
    key = replace(BRANCH, national_no=15)
    ladder = climbed(assuring(measured("25")), branch=key)
    assert [bar.cite.place for bar in prospect_of(ladder, C).bars] == ["第十三条"]
    assert prospect_of(ladder, B).bars == ()


# -- several industries


@pytest.mark.parametrize(
    ("grades", "target", "needed"),
    [
        ((A, B, C, D), B, B),
        (SCALE, B, Grade.LEADING),
        (SCALE, Grade.NOT_LEADING, Grade.NOT_LEADING),
        (SCALE, A, Grade.LEADING),
        ((A, B, C, D), Grade.LEADING, A),
        ((A, B, C, D), Grade.B_MINUS, B),
        ((C, D), A, C),
    ],
)
def test_another_ladder_needs_a_grade_that_is_no_worse(grades, target, needed):
    assert grade_for(grades, target) is needed


def two(first: str, second: str, **more) -> Ladder:
    """Return the ladder of an enterprise with two industries, the second graded 引领性 at 10."""
    branch = replace(BRANCH, name="第二行业", ladder=SCALE)
    rows = (limit("10", grades=("引领性",)), limit("20", grades=("非引领性",)))
    other = climbed(measured(second), branch=branch, limits=rows)
    return replace(climbed(measured(first)), others=(other,), **more)


@pytest.mark.parametrize(
    ("first", "second", "overall"),
    [
        ("5", "5", Grade.LEADING),
        ("15", "5", B),
        ("15", "15", Grade.NOT_LEADING),
        ("检测中", "5", None),
    ],
)
def test_the_worst_industry_decides(first, second, overall):
    """In one order of all grades, best first: A+, A, 引领性, 先进性, B, B-, C, D, 非引领性."""
    assert two(first, second).overall == overall


def test_every_industry_must_reach_the_target():
    prospect = prospect_of(two("5", "15"), B)
    assert [(gap.industry, gap.grade) for gap in prospect.blocked] == [("第二行业", Grade.LEADING)]
    assert prospect_of(two("15", "5"), B).is_reached


def test_what_one_industry_needs_is_not_lost_behind_the_next():
    """An industry without a ladder hides none behind it; what bars or may bar one bars the whole."""
    none = climbed(measured("5"), branch=None)
    prospect = prospect_of(replace(none, others=(climbed(measured("15")),)), A)
    assert (prospect.target, len(prospect.blocked), prospect.unclimbed) == (A, 1, ("行业类型",))
    for words, bars, doubts in (("2026年5月受到行政处罚。", 1, 0), ("曾受到行政处罚。", 0, 1)):
        first = climbed(admitting(words, whole=measured("5")))
        prospect = prospect_of(replace(first, others=(climbed(measured("5")),)), A)
        assert (len(prospect.bars), len(prospect.doubts)) == (bars, doubts)


def test_the_unknown_grade_comes_last():
    assert sorted([None, D, A], key=rank) == [A, D, None]
    assert rank(None) > max(map(rank, Grade))


def test_an_industry_without_a_ladder_or_a_plugin_keeps_a_target_open():
    prospect = prospect_of(two("5", "5", ungraded=("玩具",)), A)
    assert (prospect.is_reached, prospect.unclimbed) == (False, ("玩具",))
    assert two("5", "5", ungraded=("玩具",)).overall is None
    none = climbed(measured("5"), branch=replace(BRANCH, name="第三行业", ladder=()))
    assert prospect_of(none, A).unclimbed == ("第三行业",)
