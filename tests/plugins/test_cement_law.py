"""The cement plugin's law holds every known row, with its figure, its standing and its baseline oxygen."""

from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from duibiao.law import IndustryLaw, LawInForce, Standing, load_common, load_industry_law
from duibiao.law.schema import EVIDENCE_SECTIONS


def numbered(prefix: str, *parts: int | range) -> list[str]:
    numbers = [n for part in parts for n in ([part] if isinstance(part, int) else part)]
    return [f"{prefix}{number:02d}" for number in numbers]


KNOWN = [
    *numbered("CE-S", range(1, 12)),
    *numbered("CE-F", range(1, 9)),
    *numbered("CE-L", range(1, 6), range(10, 31)),
    *numbered("CE-T", range(1, 6)),
    *numbered("CE-U", range(1, 18)),
    *numbered("CE-M", range(1, 8)),
    *numbered("CE-V", range(1, 13)),
    *numbered("CE-R", range(1, 5)),
    *numbered("CE-E", range(1, 6), range(10, 19), range(30, 35)),
    *numbered("CE-P", range(1, 16)),
    *numbered("CE-H", range(1, 9)),
]

SEC, OFF, REC = Standing.SECONDARY, Standing.OFFICIAL, Standing.RECALLED

# id, process, pollutant, value in mg/m3, baseline oxygen, standing
LIMITS = [
    ("CE-L01", "kiln_tail", "NH3", "5", "10", SEC),
    ("CE-R01-NOx", "kiln_tail", "NOx", "50", "10", REC),
    ("CE-R02-SO2", "kiln_tail", "SO2", "50", "10", REC),
    ("CE-L10", "kiln_tail", "PM", "10", "10", SEC),
    ("CE-L11", "kiln_tail", "SO2", "35", "10", SEC),
    ("CE-L12", "kiln_tail", "NOx", "50", "10", SEC),
    ("CE-L15", "kiln_head", "PM", "10", None, SEC),
    ("CE-L17", "crusher_mill_packing", "PM", "10", None, SEC),
    ("CE-L19", "kiln_tail", "NH3", "8", "10", SEC),
    ("CE-L20", "dryer", "PM", "10", "18", OFF),
    ("CE-L21", "dryer", "SO2", "50", "18", OFF),
    ("CE-L22", "dryer", "NOx", "80", "18", OFF),
    ("CE-L23", "dryer", "NH3", "8", "18", OFF),
    ("CE-L28-NOx", "kiln_tail", "NOx", "400", "10", SEC),
    ("CE-L29-NOx", "kiln_tail", "NOx", "320", "10", SEC),
    ("CE-L29-fluoride", "kiln_tail", "fluoride", "3", "10", SEC),
    ("CE-L30-G", "*", "PM", "20", None, SEC),
    ("CE-L30-S", "*", "PM", "10", None, SEC),
    ("CE-R04", "conveying_silo", "PM", "10", None, REC),
    ("CE-P12-SO2", "*", "SO2", "30", None, SEC),
    ("CE-P13", "kiln_tail", "NOx", "100", None, SEC),
]

# id, subject, operator, value, unit, grades, standing
REQUIREMENTS = [
    ("CE-V01", "road_stage_share", "=", "100", "%", ["A"], SEC),
    ("CE-V02", "inplant_stage_share", "=", "100", "%", ["A"], SEC),
    ("CE-V03", "nonroad_stage_share", "=", "100", "%", ["A"], SEC),
    ("CE-V04", "road_stage_share", ">=", "80", "%", ["B"], SEC),
    ("CE-V06", "road_stage_share", ">=", "50", "%", ["C"], SEC),
    ("CE-V07", "clean_transport_share", ">=", "80", "%", [], SEC),
    ("CE-V09-2", "", ">=", "60", "%", [], SEC),
    ("CE-L13", "compliance_hours_share", ">=", "95", "%", [], SEC),
    ("CE-M01", "data_retention_years", ">=", "1", "year", [], OFF),
    ("CE-M02", "video_retention_months", ">=", "3", "months", [], OFF),
    ("CE-R03-1", "data_retention_years", ">=", "1", "year", [], REC),
]

# grade, level, id, kind, ratio
CLINKER_PRODUCTION = [
    ("A", "黄色", "CE-E10", "self_chosen", None),
    ("A", "红色", "CE-E10", "self_chosen", None),
    ("B", "黄色", "CE-E11-Y", "other", None),
    ("B", "橙色", "CE-E11-O", "limit", 20),
    ("B", "红色", "CE-E11-R", "stop", None),
    ("C", "黄色", "CE-E14-Y", "stop", 50),
    ("C", "橙色", "CE-E14-O", "stop", None),
    ("C", "红色", "CE-E14-R", "stop", None),
    ("D", "黄色", "CE-E16", "stop", None),
    ("D", "红色", "CE-E16", "stop", None),
]

STEPS = [
    ("窑尾烟气", "kiln_tail"),
    ("水泥窑头", "kiln_head"),
    ("水泥窑窑尾", "kiln_tail"),
    ("篦冷机", "kiln_head"),
    ("煤磨机", "coal_mill"),
    ("独立热源烘干机", "dryer"),
    ("窑尾余热烘干", "dryer_waste_heat"),
    ("矿渣烘干机", "dryer_any"),
    ("水泥磨", "crusher_mill_packing"),
    ("熟料库顶", "conveying_silo"),
]


@pytest.fixture(scope="module")
def law() -> IndustryLaw:
    return load_industry_law(files("duibiao_cement"))


@pytest.fixture(scope="module")
def rows(law):
    groups = (
        law.limits, law.requirements, law.bases, law.checklist, law.measures, law.facts,
        law.industry.branches, law.industry.processes, law.industry.editions,
    )  # fmt: skip
    return {row.provenance.id: row for group in groups for row in group}


def test_every_known_row_is_there(law, rows):
    ids = {*rows, *(hole.id for hole in law.holes)}
    missing = [n for n in KNOWN if n not in ids and not any(i.startswith(f"{n}-") for i in ids)]
    assert not missing, "这些行没有转入法规数据文件"


def test_no_row_is_unaccounted_for(law, rows):
    own = ("CE-W", "CE-K", "CE-SMX", "CE-B-")  # processes, checklist, Sanmenxia, branches
    ids = [*rows, *(hole.id for hole in law.holes)]
    extra = [i for i in ids if i[:6] not in KNOWN and not i.startswith(own) and i != "340"]
    assert not extra, "这些行没有对应的依据"


@pytest.mark.parametrize(("id_", "process", "pollutant", "value", "oxygen", "standing"), LIMITS)
def test_limit(rows, id_, process, pollutant, value, oxygen, standing):
    row = rows[id_]
    assert (row.process, row.pollutant) == (process, pollutant)
    assert (row.figure.op, row.figure.value, row.figure.unit) == ("<=", Decimal(value), "mg/m3")
    assert row.oxygen == (Decimal(oxygen) if oxygen else None)
    assert row.provenance.standing is standing


@pytest.mark.parametrize(
    ("id_", "subject", "op", "value", "unit", "grades", "standing"), REQUIREMENTS
)
def test_requirement(rows, id_, subject, op, value, unit, grades, standing):
    row = rows[id_]
    assert row.subject == subject
    assert (row.figure.op, row.figure.value, row.figure.unit) == (op, Decimal(value), unit)
    assert [str(grade) for grade in row.grades] == grades
    assert row.provenance.standing is standing


@pytest.mark.parametrize(("grade", "level", "id_", "kind", "ratio"), CLINKER_PRODUCTION)
def test_clinker_measure(rows, grade, level, id_, kind, ratio):
    row = rows[id_]
    assert grade in row.grades
    assert level in row.levels
    assert (row.kind, row.ratio, row.precedent) == (kind, ratio, False)
    assert (row.scope.branches, row.scope.edition) == (("clinker",), "340")


def test_limit_of_20_percent_counts_from_the_smallest_of_three(rows):
    basis = rows["CE-E11-O"].basis
    assert all(word in basis for word in ("环评批复", "排污许可", "上年度", "最小"))


def test_recalled_rows_are_marked_recalled(rows):
    for id_, row in rows.items():
        recalled = row.provenance.standing is Standing.RECALLED
        if id_.startswith("CE-R"):
            assert recalled, id_
        elif not id_.startswith("CE-K"):
            assert not recalled, id_
    assert rows["CE-R02-PM"].provenance.confidence == "low"


def test_recalled_rows_and_digests_alone_never_fail_a_package(rows):
    assert not rows["CE-R01-PM"].provenance.may_fail
    assert not rows["CE-L28-PM"].provenance.may_fail  # a digest only
    assert not rows["CE-M05"].provenance.may_fail  # a vendor's article only
    assert rows["CE-L22"].provenance.may_fail


def test_figures_of_the_draft_guide_are_no_limits(law, rows):
    assert "征求意见稿" in rows["CE-L02"].text
    assert not {"CE-L02", "CE-L03", "CE-L04", "CE-L05"} & {r.provenance.id for r in law.limits}


def test_amended_standard_counts_from_april_2026(rows):
    source = rows["CE-L20"].provenance.cites[0].source
    assert source.start.earliest() == date(2026, 4, 1)
    assert rows["CE-U05"].provenance.start.earliest() == date(2026, 4, 1)
    assert "2028" in rows["CE-U05"].condition


def test_ladders(law):
    ladders = {b.key: [str(g) for g in b.ladder] for b in law.industry.branches}
    assert ladders == {
        "clinker": ["A", "B", "C", "D"],
        "grinding": ["引领性", "非引领性"],
        "slag_powder": [],
        "products": ["引领性", "非引领性"],
    }
    assert "等级序列" in {h.topic for h in law.holes if "slag_powder" in h.branches}


def test_checklist_answers_every_section_once_per_branch(law):
    for branch in law.industry.branches:
        numbers = [r.number for r in law.checklist if not r.branches or branch.key in r.branches]
        assert sorted(numbers) == sorted(EVIDENCE_SECTIONS), branch.key
    assert all(row.when for row in law.checklist if row.applies == "when")


@pytest.mark.parametrize(("step", "key"), STEPS)
def test_emitting_steps_are_recognised(law, step, key):
    branch = law.industry.branches[0]
    found = LawInForce(date(2026, 6, 1), load_common(), law.industry, branch).process_named(step)
    assert found is not None
    assert found.key == key
