"""The catalogue of faults: whole, true to the rules, and found in files of every hand. All of it is ``make matrix``."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

from duibiao.rules.definition import Severity
from duibiao.service import Service
from duibiao.testing import defects, enterprises
from duibiao.testing.defects import (
    CATALOGUE,
    HAND_MADE,
    NOT_CARRIED,
    UNREACHED,
    CannotPlant,
    carries,
)
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.hands import HANDS
from duibiao.testing.trials import PLAIN, Trial, checked, false_alarms, trial

INDUSTRIES = enterprises.names()
HANDS_IN_TURN = (PLAIN, *HANDS)
EVERY = 6
"""One fault in so many is tried; the rest is left to ``make matrix``."""


def plantable(name: str) -> dict[str, str]:
    """Return industry → why the fault cannot be planted there, "" where it can."""
    answers = {}
    for industry in INDUSTRIES:
        try:
            CATALOGUE[name].plant(clean_dossier(industry))
        except CannotPlant as why:
            answers[industry] = str(why)
        else:
            answers[industry] = ""
    return answers


def test_every_rule_is_provoked_or_it_is_said_why_not() -> None:
    rules = {rule.code: rule for rule in Service().rules()}
    planted = {code for defect in CATALOGUE.values() for code in defect.codes}

    assert planted | HAND_MADE.keys() | UNREACHED.keys() == rules.keys()
    assert not planted & (HAND_MADE.keys() | UNREACHED.keys())
    consequences = {code for defect in CATALOGUE.values() for code in defect.also}
    assert {rules[code].severity for code in consequences} == {Severity.ERROR}


def test_every_fault_has_a_name_of_its_own() -> None:
    topics = (info.name for info in pkgutil.iter_modules(defects.__path__))
    modules = (import_module(f"{defects.__name__}.{name}") for name in topics)
    written = [each.name for topic in modules for each in getattr(topic, "DEFECTS", ())]
    assert sorted(written) == sorted(CATALOGUE)


def test_every_class_of_the_samples_of_the_bureau_is_there() -> None:
    kinds = {defect.kind for defect in CATALOGUE.values()}
    assert kinds >= {
        "enterprise-name-mismatch", "credit-code-invalid", "grade-mismatch", "industry-mismatch",
        "ch4-ch5-concentration-mismatch", "limit-exceeded-for-declared-grade", "section-missing", "section-empty",
        "applicable-indicator-row-missing", "indicator-status-blank", "evidence-page-wrong", "photo-duplicated",
        "photo-greyscale", "photo-missing-for-facility", "facility-missing-in-ch5", "facility-number-gap",
        "monitoring-report-expired", "phone-invalid", "violation-within-one-year-declared-A", "commitment-missing",
        "commitment-unsigned-or-undated", "unit-wrong", "vin-invalid", "vehicle-below-required-stage",
        "clean-transport-below-threshold", "placeholder-left", "chapter-order-wrong", "responsible-person-mismatch",
        "date-in-future", "efficiency-over-100", "product-total-mismatch", "plan-measure-missing-for-an-alert-level",
        "evidence-section-without-evidence",
    }  # fmt: skip


def test_every_fault_can_be_planted_somewhere_and_leaves_the_dossier_as_it_is() -> None:
    before = {industry: hash(clean_dossier(industry)) for industry in INDUSTRIES}
    nowhere = [name for name in CATALOGUE if all(plantable(name).values())]
    assert not nowhere
    assert {industry: hash(clean_dossier(industry)) for industry in INDUSTRIES} == before


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("phone too short", {}),
        ("kiln without SCR or SNCR", {i: "只有“水泥”查得到依据，或有这样的规则" for i in INDUSTRIES if i != "cement"}),
        ("more oxygen than in air", {"furniture": "限值对标表没有填含氧量"}),
        ("grade that the industry does not have", {"furniture": "家具制造的等级设置尚未查明"}),
    ],
)  # fmt: skip
def test_where_a_fault_cannot_be_it_is_said_why(name: str, answers: dict[str, str]) -> None:
    assert {i: why for i, why in plantable(name).items() if why} == answers


@pytest.mark.parametrize(
    ("name", "industry"),
    [
        (name, industry)
        for name, defect in CATALOGUE.items()
        for industry in INDUSTRIES
        for word in defect.not_in
        if word in {"furniture": "家具", "boiler_kiln": "锅炉"}.get(industry, "-")
    ],
)
def test_what_the_law_of_an_industry_does_not_know_is_not_found(name: str, industry: str) -> None:
    """Otherwise the catalogue should let it be planted there."""
    defect = CATALOGUE[name]
    found, _ = checked(defect.change(clean_dossier(industry)), PLAIN, photos=False)
    assert not set(defect.codes) <= found.keys()


def test_what_a_hand_cannot_carry_is_known_by_name() -> None:
    assert NOT_CARRIED.keys() <= HANDS.keys()
    assert all(known.keys() <= CATALOGUE.keys() for known in NOT_CARRIED.values())
    assert carries("page of another section", "contents_absent") == "没有目录"
    assert carries("page of another section", PLAIN) == ""


def chosen() -> list[tuple[str, str, str]]:
    """Faults with hands and industries in turn."""
    found = []
    for number, name in enumerate(list(CATALOGUE)[::EVERY]):
        hand = HANDS_IN_TURN[number % len(HANDS_IN_TURN)]
        for turn in range(len(INDUSTRIES)):
            industry = INDUSTRIES[(number + turn) % len(INDUSTRIES)]
            if not carries(name, hand) and not plantable(name)[industry]:
                found.append((name, hand, industry))
                break
    return found


@pytest.mark.parametrize(("name", "hand", "industry"), chosen())
def test_a_fault_is_found_and_nothing_else_is(name: str, hand: str, industry: str) -> None:
    assert trial(CATALOGUE[name], hand, industry) == Trial((), ())


@pytest.mark.parametrize("number", range(len(HANDS_IN_TURN)))  # with the industries of `chosen`
def test_no_hand_alarms_falsely(number: int) -> None:
    hand = HANDS_IN_TURN[number]
    assert not false_alarms(INDUSTRIES[number % len(INDUSTRIES)], hand)


def test_full_width_letters_alarm_nobody() -> None:
    """Treatments such as ＳＮＣＲ, which plugins look for."""
    assert not [industry for industry in INDUSTRIES if false_alarms(industry, "full_width")]
