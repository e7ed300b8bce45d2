"""The steel plugin's law holds every known row, with its figure, its standing and its baseline oxygen."""

from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from duibiao.law import IndustryLaw, LawInForce, Standing, load_common, load_industry_law
from duibiao.law.schema import EVIDENCE_SECTIONS, INDICATORS


def numbered(prefix: str, *parts: int | range) -> list[str]:
    numbers = [n for part in parts for n in ([part] if isinstance(part, int) else part)]
    return [f"{prefix}{number:02d}" for number in numbers]


KNOWN = [
    *numbered("ST-S", range(1, 7)),
    *numbered("ST-F", range(1, 15)),
    *numbered("ST-L", range(1, 17)),
    *numbered("ST-O", range(1, 7)),
    *numbered("ST-B", range(1, 11)),
    *numbered("ST-N", range(1, 22)),
    *numbered("ST-R", range(1, 11)),
    *numbered("ST-E", range(1, 9), range(10, 15), range(20, 23), range(30, 36), range(40, 44)),
    *numbered("ST-P", range(1, 14)),
    *numbered("ST-H", range(1, 10)),
]

SEC, OFF, REC = Standing.SECONDARY, Standing.OFFICIAL, Standing.RECALLED

# id, process, pollutant, value in mg/m3, baseline oxygen, standing
LIMITS = [
    ("ST-L01", "sintering_head", "PM", "10", "16", SEC),
    ("ST-L02", "sintering_head", "SO2", "35", "16", SEC),
    ("ST-L03", "sintering_head", "NOx", "50", "16", SEC),
    ("ST-L05", "pelletizing_shaft", "SO2", "35", "16", SEC),
    ("ST-L06-B", "pelletizing_grate_kiln", "NOx", "50", "18", SEC),
    ("ST-L09", "*", "NOx", "200", None, SEC),
    ("ST-L11-SO2", "blast_furnace_stove", "SO2", "50", None, SEC),
    ("ST-L12-NOx", "rolling_heating_furnace", "NOx", "200", "8", SEC),
    ("ST-L12-NOx-B", "rolling_heat_treatment", "NOx", "200", "15", SEC),
    ("ST-L13-2", "eaf", "PM", "10", None, SEC),
    ("ST-L15", "sintering_tail", "PM", "10", None, SEC),
    ("ST-R02", "lime_kiln", "PM", "10", None, REC),
    ("ST-R04-PM", "self_power_gas", "PM", "5", "3", REC),
    ("ST-R05-SO2", "self_power_coal", "SO2", "35", "6", REC),
    ("ST-R06-NOx", "self_power_turbine", "NOx", "50", "15", REC),
    ("ST-R07-PM", "self_power_oil", "PM", "10", "3", REC),
    ("ST-B01-SH-G", "sintering_head", "PM", "50", "16", SEC),
    ("ST-B01-SH-S", "sintering_head", "PM", "40", "16", SEC),
    ("ST-B01-SH-S2", "sintering_head", "PM", "20", "16", SEC),
    ("ST-B02-PG-S", "pelletizing_grate_kiln", "SO2", "180", "18", SEC),
    ("ST-B05-S", "casthouse", "PM", "15", None, SEC),
    ("ST-B07-G", "converter_primary", "PM", "50", None, SEC),
    ("ST-B09-SO2-G", "rolling_heating_furnace", "SO2", "150", "8", OFF),
    ("ST-B10-NOx-G", "rolling_heat_treatment", "NOx", "200", "15", OFF),
    ("ST-P08-NH3-SH", "sintering_head", "NH3", "2.5", None, SEC),
    ("ST-P09-NOx", "lime_kiln", "NOx", "300", "10", SEC),
]

# id, subject, operator, value, unit, standing
REQUIREMENTS = [
    ("ST-L10", "compliance_hours_share", ">=", "95", "%", SEC),
    ("ST-N11", "data_retention_years", ">=", "1", "year", OFF),
    ("ST-N12", "video_retention_months", ">=", "3", "months", OFF),
    ("ST-N15", "data_transmission_rate", ">=", "90", "%", OFF),
    ("ST-N18", "clean_transport_share", ">=", "80", "%", SEC),
    ("ST-N20", "data_transmission_rate", ">=", "95", "%", SEC),
    ("ST-R08", "road_stage_share", "=", "100", "%", REC),
    ("ST-R09-1", "video_retention_months", ">=", "3", "months", REC),
]

STEPS = [
    ("烧结机机头电除尘", "sintering_head"),
    ("烧结机尾", "sintering_tail"),
    ("烧结配料", "sinter_pellet_handling"),
    ("球团竖炉烟气", "pelletizing_shaft"),
    ("链篦机-回转窑", "pelletizing_grate_kiln"),
    ("球团焙烧", "pelletizing"),
    ("高炉热风炉", "blast_furnace_stove"),
    ("转炉二次除尘", "converter_secondary"),
    ("转炉一次烟气", "converter_primary"),
    ("LF精炼炉", "refining"),
    ("轧钢加热炉", "rolling_heating_furnace"),
    ("轧钢热处理炉", "rolling_heat_treatment"),
    ("自备电厂燃气锅炉", "self_power_gas"),
]


@pytest.fixture(scope="module")
def law() -> IndustryLaw:
    return load_industry_law(files("duibiao_steel"))


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
    own = ("ST-W", "ST-K", "ST-SMX", "ST-B-")  # processes, checklist, Sanmenxia, branches
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


@pytest.mark.parametrize(("id_", "subject", "op", "value", "unit", "standing"), REQUIREMENTS)
def test_requirement(rows, id_, subject, op, value, unit, standing):
    row = rows[id_]
    assert row.subject == subject
    assert (row.figure.op, row.figure.value, row.figure.unit) == (op, Decimal(value), unit)
    assert row.provenance.standing is standing


def test_recalled_rows_are_marked_recalled(rows):
    for id_, row in rows.items():
        recalled = row.provenance.standing is Standing.RECALLED
        if id_.startswith("ST-R"):
            assert recalled, id_
        elif not id_.startswith(("ST-B-", "ST-W", "ST-K")):
            assert not recalled, id_


def test_recalled_rows_and_digests_alone_never_fail_a_package(rows):
    assert not rows["ST-R04-PM"].provenance.may_fail
    assert not rows["ST-R10"].provenance.may_fail
    assert not rows["ST-L11-NOx"].provenance.may_fail  # digests only
    assert not rows["ST-L10"].provenance.may_fail  # a vendor's article only
    assert rows["ST-L03"].provenance.may_fail
    assert rows["ST-B09-NOx-G"].provenance.may_fail


def test_baseline_oxygen_facts(rows):
    expected = {"ST-O01": 16, "ST-O02": 18, "ST-O03": 8, "ST-O04": 15, "ST-R03": 8}
    assert {i: rows[i].figure.value for i in expected} == expected


def test_ladders(law):
    ladders = {b.key: [str(g) for g in b.ladder] for b in law.industry.branches}
    assert ladders == {
        "long_process": ["A", "B", "B-", "C", "D"],
        "short_process": ["引领性", "非引领性"],
    }
    assert [b.national_no for b in law.industry.branches] == [1, 2]


def test_checklist_answers_every_section_once_per_branch(law):
    for branch in law.industry.branches:
        numbers = [r.number for r in law.checklist if not r.branches or branch.key in r.branches]
        assert sorted(numbers) == sorted(EVIDENCE_SECTIONS), branch.key
    assert all(row.when for row in law.checklist if row.applies == "when")


def test_missing_indicators_are_named(law):
    known = {*INDICATORS, "应急减排措施"}
    for branch in ("long_process", "short_process"):
        topics = {h.topic for h in law.holes if branch in h.branches}
        assert {
            "排放限值",
            "无组织管控",
            "监测监控水平",
            "运输方式",
            "应急减排措施",
        } <= topics & known


def test_local_orders_of_2019_are_precedents(rows):
    half = rows["ST-E32-2"]
    assert (half.ratio, half.precedent, half.scope.region) == (Decimal(50), True, "唐山")
    assert rows["ST-E31"].ratio is None
    assert all(r.precedent for i, r in rows.items() if i.startswith("ST-E3"))
    assert not rows["ST-E10"].precedent


@pytest.mark.parametrize(("step", "key"), STEPS)
def test_emitting_steps_are_recognised(law, step, key):
    branch = law.industry.branches[0]
    found = LawInForce(date(2026, 6, 1), load_common(), law.industry, branch).process_named(step)
    assert found is not None
    assert found.key == key
