"""The law of 通用行业: complete, exact, and marked as what it is."""

from collections import Counter
from decimal import Decimal
from importlib.resources import files

import pytest

from duibiao.law.loading import IndustryLaw, load_industry_law

SECTIONS = {
    # section: (first, last) running number of its rows; GE-6.07 is a hole (GE-8.4)
    "GE-1": (1, 8),
    "GE-2": (1, 4),
    "GE-3": (1, 24),
    "GE-4": (1, 5),
    "GE-5": (1, 12),
    "GE-6": (0, 6),
    "GE-7": (1, 3),
}
OUTLINE = [f"2.{n}" for n in range(1, 19)] + [
    *("2.13.1", "2.13.2", "2.13.3", "2.13.4"),
    *("2.16.1", "2.16.2", "2.16.3"),
]

TRIPLES = [
    # id, grades, process, PM, SO2, NOx, oxygen, confidence
    ("GE-5.01", "A", "gas_boiler", 5, 10, 50, "3.5", "firm"),
    ("GE-5.02", "AB", "oil_boiler", 10, 20, 80, "3.5", "moderate"),
    ("GE-5.03", "AB", "coal_biomass_boiler", 10, 35, 50, "9", "moderate"),
    ("GE-5.05", "A", "heating_furnace_gas", 10, 35, 50, "3.5", "moderate"),
    ("GE-5.07", "B", "heating_furnace_gas", 10, 50, 100, "3.5", "moderate"),
    ("GE-5.08", "AB", "other_kiln", 10, 50, 100, "9", "moderate"),
    ("GE-5.09", "C", "other_kiln", 10, 100, 200, "9", "moderate"),
    ("GE-5.12-GAS", "", "gas_boiler", 5, 10, 50, "3.5", "moderate"),
    ("GE-5.12-OIL", "", "oil_boiler", 10, 20, 80, "3.5", "moderate"),
    ("GE-5.12-COAL", "", "coal_biomass_boiler", 10, 35, 50, "9", "moderate"),
]
SINGLES = [
    # id, grades, process, pollutant, value, oxygen, basis, confidence
    ("GE-3.01", "引领性", "*", "PM", 10, None, "", "firm"),
    ("GE-5.01-NOX-NEW", "A", "gas_boiler", "NOx", 30, "3.5", "hourly_mean", "firm"),
    ("GE-5.04-GAS", "AB", "gas_boiler", "NH3", 8, "3.5", "hourly_mean", "moderate"),
    ("GE-5.04-OIL", "AB", "oil_boiler", "NH3", 8, "3.5", "hourly_mean", "moderate"),
    ("GE-5.04-COAL", "AB", "coal_biomass_boiler", "NH3", 8, "9", "hourly_mean", "moderate"),
    ("GE-5.04-FURNACE", "AB", "heating_furnace_gas", "NH3", 8, "3.5", "hourly_mean", "moderate"),
    ("GE-5.04-KILN", "AB", "other_kiln", "NH3", 8, "9", "hourly_mean", "moderate"),
    ("GE-5.06-PM", "A", "heating_furnace_electric", "PM", 10, None, "as_measured", "moderate"),
    ("GE-5.12-GAS-NOX-NEW", "", "gas_boiler", "NOx", 30, "3.5", "", "moderate"),
]
FIGURES = [
    # id, subject, value, unit, confidence
    ("GE-3.12", "video_retention_months", 6, "months", "moderate"),
    ("GE-3.17", "road_stage_share", 100, "%", "firm"),
    ("GE-3.18", "inplant_stage_share", 100, "%", "firm"),
    ("GE-3.20", "nonroad_stage_share", 100, "%", "firm"),
    ("GE-3.21", "gate_trigger_tonnes", 150, "t/d", "firm"),
    ("GE-3.22", "gate_trigger_passes", 10, "passes/d", "firm"),
    ("GE-3.23", "gate_trigger_output_value", 1000, "万元", "moderate"),
    ("GE-3.24", "gate_video_months", 6, "months", "moderate"),
]
FACTS = {
    # id: standing, words that must stand there
    "GE-1.01": ("official", "豫环文〔2021〕94号"),
    "GE-1.02": ("official", "实施办法（试行）"),
    "GE-1.03": ("official", "豫环办〔2021〕94号"),
    "GE-1.04": ("official", "豫环办〔2021〕57号"),
    "GE-1.05": ("secondary", "先进性"),
    "GE-1.06": ("secondary", "2024年4月18日"),
    "GE-1.07": ("secondary", "保障类"),
    "GE-1.08": ("recalled", "2024年修订版"),
    "GE-2.01": ("recalled", "39"),
    "GE-2.02": ("recalled", "三类"),
    "GE-2.03": ("recalled", "引领性"),
    "GE-2.04": ("recalled", "同时"),
    "GE-5.10": ("recalled", "不折算"),
    "GE-5.12": ("recalled", "DB41/2089-2021"),
    "GE-6.03": ("secondary", "正面清单"),
    "GE-7.01": ("secondary", "A级42家、B级310家、引领性467家"),
    "GE-7.02": ("official", "A级95家、B级262家、引领性63家"),
    "GE-7.03": ("secondary", "A级24家、B级58家、引领性11家"),
}


@pytest.fixture(scope="module")
def law() -> IndustryLaw:
    return load_industry_law(files("duibiao_general_industry"))


def rows(law):
    return {
        row.provenance.id: row
        for group in (law.limits, law.requirements, law.facts, law.measures)
        for row in group
    }


def test_identity(law):
    assert (law.industry.key, law.industry.name, law.industry.prefix) == (
        "general_industry",
        "通用行业",
        "GEN",
    )
    editions = {
        edition.provenance.id: (str(edition.start), edition.provenance.standing)
        for edition in law.industry.editions
    }
    assert editions == {
        "henan-2021": ("2021年7月2日", "official"),
        "henan-2024": ("2024年", "recalled"),
    }


def test_branches(law):
    ladders = {branch.key: " ".join(branch.ladder) for branch in law.industry.branches}
    assert ladders == {"pm": "引领性 非引领性", "vocs": "引领性 非引领性", "boiler_kiln": "A B C D"}
    assert all(branch.national_no is None for branch in law.industry.branches)
    boiler = law.industry.branches[2]
    assert {"通用涉锅炉/炉窑", "通用行业（涉锅炉/炉窑）", "锅炉", "炉窑"} <= set(boiler.aliases)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_row_is_there_and_none_besides(law, section):
    first, last = SECTIONS[section]
    found = {row[:7] for row in rows(law) if row.startswith(section)}
    assert found == {f"{section}.{n:02}" for n in range(first, last + 1)}


def test_counts(law):
    assert len(law.limits) == 39
    assert len(law.requirements) == 32
    assert len(law.facts) == len(FACTS)
    assert len(law.measures) == 7
    assert len(law.holes) == 12
    assert not law.bases


@pytest.mark.parametrize("expected", TRIPLES, ids=lambda row: row[0])
@pytest.mark.parametrize("place", range(3), ids=("PM", "SO2", "NOX"))
def test_triple(law, expected, place):
    ident, grades, process, *values, oxygen, confidence = expected
    limit = rows(law)[f"{ident}-{('PM', 'SO2', 'NOX')[place]}"]
    assert "".join(limit.grades) == grades
    assert limit.regime == ("grade" if grades else "standard")
    assert (limit.process, limit.pollutant) == (process, ("PM", "SO2", "NOx")[place])
    assert (limit.figure.op, limit.figure.value) == ("<=", values[place])
    assert (limit.figure.unit, limit.oxygen) == ("mg/m3", Decimal(oxygen))
    assert (limit.provenance.standing, limit.provenance.confidence) == ("recalled", confidence)


@pytest.mark.parametrize("expected", SINGLES, ids=lambda row: row[0])
def test_single_limit(law, expected):
    ident, grades, process, pollutant, value, oxygen, basis, confidence = expected
    limit = rows(law)[ident]
    assert "".join(limit.grades) == grades
    assert (limit.process, limit.pollutant) == (process, pollutant)
    assert (limit.figure.op, limit.figure.value, limit.figure.unit) == ("<=", value, "mg/m3")
    assert limit.oxygen == (oxygen and Decimal(oxygen))
    assert limit.basis == basis
    assert (limit.provenance.standing, limit.provenance.confidence) == ("recalled", confidence)


def test_no_limit_besides(law):
    triples = {f"{row[0]}-{pollutant}" for row in TRIPLES for pollutant in ("PM", "SO2", "NOX")}
    assert {limit.provenance.id for limit in law.limits} == triples | {row[0] for row in SINGLES}


@pytest.mark.parametrize("expected", FIGURES, ids=lambda row: row[0])
def test_figure(law, expected):
    ident, *figure, confidence = expected
    row = rows(law)[ident]
    assert row.figure.op == ">="
    assert [row.subject, row.figure.value, row.figure.unit] == figure
    assert (row.provenance.standing, row.provenance.confidence) == ("recalled", confidence)


def test_no_figure_besides(law):
    figured = {row.provenance.id for row in law.requirements if row.figure}
    assert figured == {row[0] for row in FIGURES}


@pytest.mark.parametrize("ident", FACTS)
def test_fact(law, ident):
    standing, words = FACTS[ident]
    fact = rows(law)[ident]
    assert fact.provenance.standing == standing
    assert words in fact.text


def test_indicator_rows_are_recalled_and_of_no_certain_edition(law):
    for row in (*law.limits, *law.requirements):
        assert row.provenance.standing == "recalled"
        assert row.provenance.confidence in ("firm", "moderate")
        assert not row.provenance.may_fail
        assert row.scope.edition == ""
        if row.regime == "grade":
            assert "待核" in row.provenance.note


def test_nmhc_limit_is_a_hole(law):
    assert not any(limit.pollutant == "NMHC" for limit in law.limits)
    assert rows(law)["GE-4.04"].figure is None
    hole = next(hole for hole in law.holes if hole.id == "GE-4.04-NMHC")
    assert (hole.topic, hole.branches) == ("排放限值", ("vocs",))


def test_holes(law):
    numbers = {hole.id.split("-")[1] for hole in law.holes}
    assert numbers == {"4.04", "8.1", "8.2", "8.3", "8.4", "8.5"}


def test_measures(law):
    kinds = {measure.provenance.id: measure.kind for measure in law.measures}
    assert kinds == {
        "GE-6.00-SELF": "self_chosen",
        "GE-6.00-DIFF": "other",
        "GE-6.01": "self_chosen",
        "GE-6.02": "other",
        "GE-6.04": "limit",
        "GE-6.05": "stop",
        "GE-6.06": "stop",
    }
    for measure in law.measures:
        official = measure.provenance.id.startswith("GE-6.00")
        assert measure.provenance.standing == ("official" if official else "secondary")
        assert measure.levels == ("黄色", "橙色", "红色")
        assert measure.ratio is None


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
