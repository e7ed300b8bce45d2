"""申报资格: what a violation, a missing account of violations and 保障类 mean for the grades of the ladder."""

from dataclasses import replace
from datetime import date

import pytest

from duibiao.grading.eligibility import Bar, Eligibility, eligibility_of
from duibiao.grading.ladder import climb
from duibiao.model.dates import PartialDate
from duibiao.model.grades import Grade
from duibiao.recognition.enterprise import read_statement

from .rules.law_builders import INDUSTRY
from .rules.support import AT, BRANCH, at, cement, changed, law_on, text
from .test_ladder import climbed, measured

A, B, C, D = BRANCH.ladder
DAY = date(2026, 9, 10)
LAW = law_on(DAY, industry=INDUSTRY)
ARTICLE = LAW.cite("SMX2022:第十八条")


def admitting(*statements, whole=None):
    """Return a dossier (the cement works) whose 环保守法说明 says that."""
    read = tuple(read_statement(text(one)) for one in statements)
    return changed(whole or cement(), {"compliance": read})


def of(dossier, law=LAW) -> Eligibility:
    return eligibility_of(dossier, law)


def test_without_a_violation_everything_may_be_applied_for():
    assert of(cement()) == Eligibility()
    assert of(admitting("公司未受到环境行政处罚。")) == Eligibility()


@pytest.mark.parametrize("when", ["2025年9月10日", "2026年5月", "2026年9月10日"])
def test_a_violation_within_the_year_bars_the_better_grades(when):
    found = of(admitting(f"{when}因超标排放受到行政处罚。"))
    (bar,) = found.because
    assert (found.barred, found.doubts, bar.at, bar.cite) == ((A, B), (), AT, ARTICLE)
    assert "在申报日期2026-09-10前一年内" in bar.what
    assert not found.allows(A)
    assert found.allows(C)


@pytest.mark.parametrize("when", ["2025年9月9日", "2024年", "2026年9月11日"])
def test_a_violation_outside_the_year_bars_nothing(when):
    assert of(admitting(f"{when}受到行政处罚。")) == Eligibility()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("2025年受到行政处罚。", "违法或处罚日期只写到“2025年”，不知道是否在一年内"),
        ("2025年9月受到行政处罚。", "违法或处罚日期只写到“2025年9月”，不知道是否在一年内"),
        ("曾因超标排放受到行政处罚。", "写到违法或处罚而没有写日期，不知道是否在一年内"),
    ],
)
def test_a_violation_whose_time_is_not_known_cannot_be_told(said, what):
    found = of(admitting(said))
    assert found == Eligibility(doubts=(Bar(AT, what, ARTICLE),))
    assert found.allows(A)
    assert not found.is_sure(A)
    assert found.is_sure(C)


def test_where_one_violation_bars_a_doubt_about_another_changes_nothing():
    found = of(admitting("2026年5月受到行政处罚。", "曾因超标排放受到行政处罚。"))
    assert (len(found.because), len(found.doubts)) == (1, 1)
    assert found.is_sure(A)
    assert found.doubts_of(A) == ()


def test_a_fine_told_in_a_second_sentence_is_dated_by_the_first():
    assert not read_statement(text("2024年3月因超标被处罚；罚款5万元。")).undated_violation


def test_without_an_account_or_a_date_nothing_can_be_told():
    what = "没有“环保守法说明”，不知道申报日前一年内有无违法行为"
    assert of(changed(cement(), {"compliance": ()})).doubts == (Bar(cement().at, what, ARTICLE),)
    undated = changed(admitting("2026年5月受到行政处罚。"), {"cover.date": None})
    what = "2026年5月有违法或处罚记录，封面没有申报日期，不知道是否在一年内"
    assert of(undated).doubts == (Bar(AT, what, ARTICLE),)


def test_a_month_whose_last_day_is_a_year_ago_may_lie_within_the_year():
    """30 September 2025 bars an application of 30 September 2026; other days of that month do not."""
    dossier = admitting("2025年9月受到行政处罚。")
    (doubt,) = of(changed(dossier, {"cover.date.value": PartialDate(2026, 9, 30)})).doubts
    assert doubt.what == "违法或处罚日期只写到“2025年9月”，不知道是否在一年内"
    assert of(changed(dossier, {"cover.date.value": PartialDate(2026, 10, 1)})) == Eligibility()


@pytest.mark.parametrize(
    ("ladder", "barred"),
    [
        ((A, B, Grade.B_MINUS, C, D), (A, B, Grade.B_MINUS)),
        ((Grade.LEADING, Grade.NOT_LEADING), (Grade.LEADING,)),
        ((Grade.A_PLUS, A, Grade.ADVANCED, C), (Grade.A_PLUS, A, Grade.ADVANCED)),
    ],
)
def test_every_ladder_has_its_barred_grades(ladder, barred):
    law = law_on(DAY, industry=INDUSTRY, branch=replace(BRANCH, ladder=ladder))
    assert of(admitting("2026年5月受到行政处罚。"), law).barred == barred


# -- what it does to the grade


@pytest.mark.parametrize(("written", "supported"), [("5", C), ("15", C), ("25", C), ("40", D)])
def test_a_violation_caps_the_grade(written, supported):
    """5 mg/m³ is A, 15 is B, 25 is C and 40 is D: with a violation none is better than C."""
    ladder = climbed(admitting("2026年5月受到行政处罚。", whole=measured(written)))
    assert (ladder.supported, ladder.ceiling) == (supported, supported)


@pytest.mark.parametrize(("written", "supported"), [("5", None), ("15", None), ("25", C)])
def test_a_doubt_leaves_the_grade_open_where_it_matters(written, supported):
    ladder = climbed(admitting("曾受到行政处罚。", whole=measured(written)))
    assert ladder.supported == supported


def test_a_ladder_of_barred_grades_alone_leaves_none():
    branch = replace(BRANCH, ladder=(A, Grade.LEADING, B))
    ladder = climbed(admitting("2026年5月受到行政处罚。", whole=measured("5")), branch=branch)
    assert (ladder.supported, ladder.ceiling, ladder.eligibility.barred) == (
        None,
        None,
        (A, Grade.LEADING, B),
    )


# -- 保障类


def assuring(dossier):
    return changed(dossier, {"form.control_type.value": "保障类"})


def test_supply_enterprises_of_key_industries_need_b():
    """第十三条 does not name B-, so it is not enough."""
    ladder = (A, B, Grade.B_MINUS, C)
    key = law_on(DAY, industry=INDUSTRY, branch=replace(BRANCH, national_no=15, ladder=ladder))
    found = of(assuring(cement()), key)
    assert found.assured == Bar(
        at(cement(), "form.control_type.at"),
        "申请管控类型为“保障类”，重点行业的保障类须达到B级及以上或引领性",
        LAW.cite("SMX2022:第十三条"),
    )
    assert of(changed(cement(), form=None), key).assured is None
    assert found.assured_needs == (A, B)
    assert found.bars_of(B) == ()
    assert found.bars_of(Grade.B_MINUS) == (found.assured,)


def test_supply_enterprises_of_other_industries_need_no_grade():
    found = of(assuring(cement()))
    assert (found.assured_needs, found.bars_of(D)) == ((), ())
    assert of(cement()).assured is None


def test_a_violation_bars_supply_enterprises_whatever_the_grade():
    found = of(assuring(admitting("2026年5月受到行政处罚。")))
    assert found.bars_of(C) == found.because
    assert of(admitting("2026年5月受到行政处罚。")).bars_of(C) == ()
    unsure = of(assuring(admitting("曾受到行政处罚。")))
    assert unsure.doubts_of(C) == unsure.doubts
    assert of(admitting("曾受到行政处罚。")).doubts_of(C) == ()


def test_the_lowest_grade_is_that_of_who_takes_no_part():
    assert climb(cement(), LAW).lowest is D
