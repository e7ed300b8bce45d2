"""The law of 涂装及相关VOCs行业: complete, exact, and marked as what it is."""

import re
from collections import Counter
from importlib.resources import files

import pytest

from duibiao.law.loading import IndustryLaw, load_industry_law

SECTIONS = {
    # section: (first, last) running number of its rows
    "VO-1": (1, 8),
    "VO-2": (1, 17),
    "VO-3": (0, 30),
    "VO-4": (1, 4),
    "VO-5": (0, 8),
    "VO-6": (1, 6),
}
OUTLINE = [f"2.{n}" for n in range(1, 19)] + [
    *("2.13.1", "2.13.2", "2.13.3", "2.13.4"),
    *("2.16.1", "2.16.2", "2.16.3"),
]

LIMITS = [
    # id, grades, pollutant, op, low, value, basis
    ("VO-3.01", "A", "NMHC", "within", 20, 30, "one_year"),
    ("VO-3.02", "A", "TVOC", "within", 40, 50, "one_year"),
    ("VO-3.03", "B", "NMHC", "within", 30, 40, "one_year"),
    ("VO-3.04", "B", "TVOC", "within", 50, 60, "one_year"),
    ("VO-3.05", "AB", "NMHC", "<=", None, 6, "hourly_mean"),
    ("VO-3.06", "AB", "NMHC", "<=", None, 20, "single_value"),
    ("VO-6.05-H", "", "NMHC", "<=", None, 10, "hourly_mean"),
    ("VO-6.05-S", "", "NMHC", "<=", None, 30, "single_value"),
    ("VO-6.05-HS", "", "NMHC", "<=", None, 6, "hourly_mean"),
    ("VO-6.05-SS", "", "NMHC", "<=", None, 20, "single_value"),
]

FIGURES = [
    # id, grades, subject, op, value, unit
    ("VO-2.01-VOC", "A", "voc_content", "<=", 15, "%"),
    ("VO-2.01-SHARE", "A", "low_voc_share", ">=", 60, "%"),
    ("VO-2.02-VOC", "A", "voc_content", "<=", 10, "%"),
    ("VO-2.03-VOC", "A", "voc_content", "<=", 30, "%"),
    ("VO-2.03-SHARE", "A", "low_voc_share", ">=", 30, "%"),
    ("VO-2.04-VOC", "A", "voc_content", "<=", 10, "%"),
    ("VO-2.05-VOC", "A", "voc_content", "<=", 5, "%"),
    ("VO-2.05-SHARE", "A", "low_voc_share", "=", 100, "%"),
    ("VO-2.06-VOC", "A", "voc_content", "<=", 25, "%"),
    ("VO-2.06-SHARE", "A", "low_voc_share", ">=", 60, "%"),
    ("VO-2.07-SHARE", "A", "low_voc_share", "=", 100, "%"),
    ("VO-2.08-VOC", "A", "voc_content", "<=", 10, "%"),
    ("VO-2.08-SHARE", "A", "low_voc_share", "=", 100, "%"),
    ("VO-2.09-VOC", "A", "voc_content", "<=", 30, "%"),
    ("VO-2.09-SHARE", "A", "low_voc_share", ">=", 60, "%"),
    ("VO-2.10-VOC", "A", "voc_content", "<=", 5, "%"),
    ("VO-2.11-VOC", "B", "voc_content", "<=", 15, "%"),
    ("VO-2.11-SHARE", "B", "low_voc_share", ">=", 40, "%"),
    ("VO-2.12-VOC", "B", "voc_content", "<=", 10, "%"),
    ("VO-2.13-VOC", "B", "voc_content", "<=", 30, "%"),
    ("VO-2.13-SHARE", "B", "low_voc_share", ">=", 20, "%"),
    ("VO-2.14-VOC", "B", "voc_content", "<=", 10, "%"),
    ("VO-2.15-VOC", "B", "voc_content", "<=", 5, "%"),
    ("VO-2.15-SHARE", "B", "low_voc_share", ">=", 80, "%"),
    ("VO-2.16-VOC", "B", "voc_content", "<=", 25, "%"),
    ("VO-2.16-SHARE", "B", "low_voc_share", ">=", 40, "%"),
    ("VO-3.08", "A", "removal_efficiency", ">=", 95, "%"),
    ("VO-3.09", "B", "removal_efficiency", ">=", 85, "%"),
    ("VO-3.10", "AB", "voc_initial_rate", ">=", 2, "kg/h"),
    ("VO-3.19", "AB", "online_monitor_flow", ">", 10000, "m3/h"),
    ("VO-3.20", "AB", "data_retention_years", ">=", 1, "year"),
    ("VO-3.25", "A", "road_stage_share", ">=", 100, "%"),
    ("VO-3.26", "A", "inplant_stage_share", ">=", 100, "%"),
    ("VO-3.27", "A", "nonroad_stage_share", ">=", 100, "%"),
    ("VO-3.28-ROAD", "B", "road_stage_share", ">=", 80, "%"),
    ("VO-3.28-PLANT", "B", "inplant_stage_share", ">=", 80, "%"),
    ("VO-3.28-NONROAD", "B", "nonroad_stage_share", ">=", 80, "%"),
    ("VO-3.29-ROAD", "C", "road_stage_share", ">=", 50, "%"),
    ("VO-3.29-PLANT", "C", "inplant_stage_share", ">=", 50, "%"),
    ("VO-3.29-NONROAD", "C", "nonroad_stage_share", ">=", 50, "%"),
]

OFFICIAL = re.compile(r"VO-(1\.01|2\.\d\d.*|5\.00-.*|6\.01|BR\.31|PR\.0[1-4]|C.*)|340")
SECONDARY = re.compile(r"VO-(1\.02|1\.0[3-7]-NAME|1\.08|4\..*|5\.0[1-4678]|6\.0[23])")
MODERATE = {
    *("VO-1.05-LINK", "VO-3.00", "VO-3.03", "VO-3.04", "VO-3.09", "VO-3.12", "VO-6.06"),
    *(f"VO-3.{n}-{kind}" for n in (28, 29) for kind in ("ROAD", "PLANT", "NONROAD")),
}
LADDERS = {
    "coatings_manufacture": (28, "A 引领性 B", "2641"),
    "ink_manufacture": (29, "", "2642"),
    "packaging_printing": (31, "A B C D", "2319"),
    "furniture": (36, "", "2110 2120 2130 2140 2190"),
    "vehicle": (37, "", "3611 3612"),
    "construction_machinery": (38, "", "3514"),
    "industrial_coating": (39, "A B C", ""),
}


@pytest.fixture(scope="module")
def law() -> IndustryLaw:
    return load_industry_law(files("duibiao_coating_vocs"))


def rows(law):
    return {
        row.provenance.id: row
        for group in (law.limits, law.requirements, law.facts, law.measures)
        for row in group
    }


def test_identity(law):
    assert (law.industry.key, law.industry.name, law.industry.prefix) == (
        "coating_vocs",
        "涂装及相关VOCs行业",
        "VOC",
    )
    assert [edition.provenance.id for edition in law.industry.editions] == ["340"]
    assert (law.industry.editions[0].start.year, law.industry.editions[0].start.month) == (2020, 7)


@pytest.mark.parametrize("key", LADDERS)
def test_branch(law, key):
    branch = next(branch for branch in law.industry.branches if branch.key == key)
    found = (branch.national_no, " ".join(branch.ladder), " ".join(branch.codes))
    assert found == LADDERS[key]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_row_is_there_and_none_besides(law, section):
    first, last = SECTIONS[section]
    found = {row[:7] for row in rows(law) if row.startswith(section)}
    assert found == {f"{section}.{n:02}" for n in range(first, last + 1)}


def test_counts(law):
    assert len(law.limits) == 10
    assert len(law.requirements) == 57
    assert len(law.facts) == 24
    assert len(law.measures) == 10
    assert len(law.holes) == 30
    assert not law.bases


@pytest.mark.parametrize("expected", LIMITS, ids=lambda row: row[0])
def test_limit(law, expected):
    ident, grades, pollutant, op, low, value, basis = expected
    limit = rows(law)[ident]
    assert "".join(limit.grades) == grades
    assert limit.regime == ("grade" if grades else "standard")
    assert (limit.pollutant, limit.figure.op, limit.figure.low, limit.figure.value) == (
        pollutant,
        op,
        low,
        value,
    )
    assert (limit.figure.unit, limit.oxygen, limit.basis) == ("mg/m3", None, basis)
    assert limit.provenance.standing == "recalled"


@pytest.mark.parametrize("expected", FIGURES, ids=lambda row: row[0])
def test_figure(law, expected):
    ident, grades, *figure = expected
    row = rows(law)[ident]
    assert "".join(row.grades) == grades
    assert [row.subject, row.figure.op, row.figure.value, row.figure.unit] == figure
    branch = "packaging_printing" if ident.startswith("VO-2") else "industrial_coating"
    assert (row.scope.branches, row.scope.edition) == ((branch,), "340")


def test_no_figure_besides(law):
    figured = {row.provenance.id for row in law.requirements if row.figure}
    assert figured == {row[0] for row in FIGURES}
    assert {limit.provenance.id for limit in law.limits} == {row[0] for row in LIMITS}


def test_standing_of_every_row(law):
    named = [
        *rows(law).values(),
        *law.industry.branches,
        *law.industry.processes,
        *law.industry.editions,
    ]
    for provenance in (row.provenance for row in named):
        if provenance.id == "VO-2.17" or OFFICIAL.fullmatch(provenance.id):
            expected = "official"
        elif SECONDARY.fullmatch(provenance.id):
            expected = "secondary"
        else:
            expected = "recalled"
        assert provenance.standing == expected, provenance.id


def test_confidence_of_recalled_rows(law):
    for ident, row in rows(law).items():
        remembered = "moderate" if ident in MODERATE else "firm"
        recalled = row.provenance.standing == "recalled"
        assert row.provenance.confidence == (remembered if recalled else ""), ident


def test_only_printing_requirements_and_gate_rule_may_fail(law):
    failing = {row.provenance.id for row in law.requirements if row.provenance.may_fail}
    assert all(ident.startswith("VO-2.") or ident == "VO-4.04" for ident in failing)
    assert not any(limit.provenance.may_fail for limit in law.limits)


def test_holes(law):
    assert {hole.id.split("-")[1][:3] for hole in law.holes} == {"7.1", "7.2", "7.3", "7.4", "7.5"}
    unknown = {branch.key for branch in law.industry.branches if not branch.ladder}
    missing = {key for hole in law.holes if hole.topic == "级别设置" for key in hole.branches}
    assert missing == {*unknown, "coatings_manufacture"}


def test_measures(law):
    by_id = {measure.provenance.id: measure for measure in law.measures}
    assert {ident for ident, measure in by_id.items() if measure.precedent} == {
        "VO-5.02",
        "VO-5.03",
        "VO-5.04",
        "VO-5.06",
        "VO-5.07",
        "VO-5.08",
    }
    assert by_id["VO-5.01"].kind == "self_chosen"
    assert by_id["VO-5.08"].levels == ("黄色",)
    assert all(measure.ratio is None for measure in law.measures)


def test_checklist_covers_every_section_of_every_branch_once(law):
    for branch in law.industry.branches:
        count = Counter(
            item.number
            for item in law.checklist
            if not item.branches or branch.key in item.branches
        )
        assert count == Counter(OUTLINE)
    assert all(bool(item.when) == (item.applies == "when") for item in law.checklist)


@pytest.mark.parametrize(
    "number", ["2.13", "2.14", "2.15", "2.16", "2.16.1", "2.16.2", "2.16.3", "2.17", "2.18"]
)
def test_sections_without_condition_are_official(law, number):
    item = next(item for item in law.checklist if item.number == number)
    assert (item.applies, item.provenance.standing) == ("yes", "official")
