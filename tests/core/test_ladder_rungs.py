"""What the steps of an item come to: the grade, the reason, what decided, and whether it is verified."""

from dataclasses import replace

import pytest

from duibiao.grading.rungs import Held, Outcome, Rung, Step, make_rung, next_grade, outcome_of
from duibiao.model.grades import Grade

from .rules.support import AT, BRANCH, OFFICIAL

A, B, C, D = BRANCH.ladder
GROUNDS = {grade: replace(OFFICIAL, id=f"test-{grade}") for grade in BRANCH.ladder}


def steps(signs):
    """Return a step a grade: + meets, - fails, ? open, each verified; (, ) and ! the same and not verified.

    A dot is the open step of a grade that requires nothing.
    """
    found = []
    for grade, sign in zip(BRANCH.ladder, signs, strict=True):
        held = {"+": Held.MEETS, "(": Held.MEETS, "-": Held.FAILS, ")": Held.FAILS}
        if sign == ".":
            found.append(Step(grade, "", Held.OPEN, why="缺"))
        else:
            found.append(
                Step(
                    grade,
                    f"要求{grade}",
                    held.get(sign, Held.OPEN),
                    sign in "+-",
                    GROUNDS[grade],
                    "" if sign in held else "不知道",
                )
            )
    return tuple(found)


def sure(grade, why, grounds):
    return Outcome(grade, why, grounds and GROUNDS[grounds], verified=True)


def left(why, grounds):
    return Outcome(None, why, grounds and GROUNDS[grounds])


BETTER, NONE = "高一级的限值未达到", "没有达到更高等级的限值"


@pytest.mark.parametrize(
    ("signs", "outcome"),
    [
        ("++++", sure(A, "", A)),
        ("-+++", sure(B, BETTER, B)),
        ("--++", sure(C, BETTER, C)),
        ("---+", sure(D, BETTER, D)),
        ("----", sure(D, NONE, D)),
        ("---.", sure(D, NONE, C)),
        ("+...", sure(A, "", A)),
        ("?+++", left("A级：不知道", A)),
        ("-?++", left("B级：不知道", B)),
        ("--.+", left("C级：缺", None)),
        ("---?", left("D级：不知道", D)),
        ("....", left("A级：缺", None)),
        ("(+++", left("按未经核实的限值可达A级", A)),
        (")+++", left("按未经核实的限值可达B级", B)),
        ("-(++", left("按未经核实的限值可达B级", B)),
        ("-)++", left("按未经核实的限值可达C级", C)),
        ("--).", left("按未经核实的限值只能为D级", C)),
        ("-)--", left("按未经核实的限值只能为D级", D)),
        ("---)", left("按未经核实的限值只能为D级", D)),
    ],
)
def test_what_steps_come_to(signs, outcome):
    assert outcome_of(steps(signs), "限值") == outcome


def test_without_steps_nothing_is_known():
    assert outcome_of((), "限值") == Outcome(None, "该行业的等级设置尚未查明")


@pytest.mark.parametrize(
    ("grade", "following"),
    [(A, None), (B, A), (C, B), (D, C), (None, None), (Grade.LEADING, None)],
)
def test_the_next_better_grade(grade, following):
    assert next_grade(BRANCH.ladder, grade) is following


def made(signs, declared, **parts):
    """Return the rung of an item with those steps."""
    given = {"indicator": "运输方式", "item": "比例", "value": "85", "at": AT, **parts}
    return make_rung(steps(signs), declared, "要求", **given)


def test_a_rung_is_made_of_all_that_is_known():
    assert made("--++", A, line="1#线", process="窑尾", unranked="别的") == Rung(
        indicator="运输方式",
        item="比例",
        value="85",
        at=AT,
        reached=C,
        requirement="要求A",
        next_grade=B,
        next_requirement="要求B",
        grounds=GROUNDS[C],
        verified=True,
        reason="高一级的要求未达到",
        line="1#线",
        process="窑尾",
        steps=steps("--++"),
    )


@pytest.mark.parametrize(
    ("signs", "declared", "requirement", "following"),
    [
        ("++++", B, "要求B", (None, "")),
        ("?+++", C, "要求C", (B, "要求B")),
        ("?+++", None, "", (None, "")),
        ("--++", Grade.LEADING, "别的", (B, "要求B")),
        ("--+.", D, "", (B, "要求B")),
    ],
)
def test_what_is_next_is_seen_from_the_grade_reached_else_from_the_declared_one(
    signs, declared, requirement, following
):
    rung = made(signs, declared, unranked="别的")
    assert rung.requirement == requirement
    assert (rung.next_grade, rung.next_requirement) == following


@pytest.mark.parametrize(
    ("indicator", "line", "process", "place"),
    [
        ("排放限值", "1#线", "窑尾", "1#线　窑尾"),
        ("排放限值", "", "窑尾", "窑尾"),
        ("排放限值", "1#线", "", "1#线"),
        ("排放限值", "", "", "未识别的工序"),
        ("运输方式", "", "", "全厂"),
    ],
)
def test_where_an_item_stands(indicator, line, process, place):
    assert made("++++", A, indicator=indicator, line=line, process=process).place == place


@pytest.mark.parametrize(
    ("signs", "stands"),
    [
        ("-+++", "fails meets meets meets"),
        ("----", "fails fails fails meets"),
        ("?+-+", "open meets fails meets"),
        ("?()+", "open open open meets"),
        ("(+++", "open meets meets meets"),
    ],
)
def test_how_an_item_stands_to_each_grade(signs, stands):
    """By the grade reached, else by the step; one that nobody verified is open; the lowest is always met."""
    rung = made(signs, A)
    told = [rung.stands(grade, BRANCH.ladder).value for grade in BRANCH.ladder]
    assert " ".join(told) == stands
    assert replace(rung, reached=None, steps=()).stands(A, BRANCH.ladder) is Held.OPEN
