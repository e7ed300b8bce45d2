"""Emission stages and clean transport against what the package states and what the grade requires."""

from dataclasses import replace
from decimal import Decimal

import pytest

from duibiao.model.location import Located
from duibiao.rules.definition import Severity

from .law_builders import THIRD_PARTY, quantity, requirement
from .support import (
    OFFICIAL,
    RECALLED,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    outcome,
    passed,
    path_of,
    text,
    unjudged,
    without,
)

NO_LEDGER = "没有运输车辆电子台账可查"
CLAIM = path_of(cement(), "indicators.rows", "indicator.value", "运输方式")
"""The cement works requires 80 % clean transport, 国五 of vehicles and 国三 of machinery; nothing is below."""

CARS, MACHINES = "evidence.transport.vehicles", "evidence.transport.machines"


def requiring(words: str, **changes):
    """Return the cement works with another requirement of 运输方式."""
    return changed(cement(), {f"{CLAIM}.requirement.value": words, **changes})


def staged(path: str, stage: str | None):
    """Return the cement works with another emission stage of one vehicle or machine."""
    return changed(cement(), {f"{path}.stage": None if stage is None else text(stage)})


# -- DB-602


@pytest.mark.parametrize("stage", ["国五", "国Ⅴ", "国六b", "国五排放标准", "新能源", "纯电动"])
def test_vehicle_below_required_stage_passes(stage):
    assert passed("DB-602", furniture())
    assert passed("DB-602", staged(f"{CARS}.0", stage))


def test_vehicle_below_required_stage_fails():
    dossier = changed(cement(), {f"{CARS}.5.stage.value": "国三", f"{CARS}.6.stage.value": "国Ⅳ"})
    assert findings("DB-602", dossier) == tuple(
        finding(
            "DB-602",
            at(dossier, f"{CARS}.{number}.stage.at"),
            f"{plate}的排放阶段为{stage}，要求国五及以上",
            "更换车辆（机械），或不再使用并从台账中删去",
            also=(at(dossier, f"{CLAIM}.requirement.at"),),
        )
        for number, plate, stage in ((5, "豫M9C308", "国三"), (6, "豫M9C312", "国Ⅳ"))
    )


BY_SHARE = "要求按比例计算，不是每辆（台）都须达到，请对照台账核对"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("使用国五及以上车辆", 0),
        ("使用国六及以上车辆", 1),
        ("使用国6以上车辆", 1),
        ("非道路移动机械国三及以上；车辆国六或以上", 1),
        ("非道路移动机械国三及以上，公路运输国六及以上", 1),
        ("国六及以上车辆比例不低于100%", 1),
    ],
)
def test_vehicle_below_required_stage_boundary(words, found):
    """The one 国五 vehicle meets 国五 and not 国六; what machinery needs does not bind vehicles."""
    assert len(findings("DB-602", requiring(words))) == found


@pytest.mark.parametrize(
    ("dossier", "place", "reason"),
    [
        (changed(cement(), {CARS: ()}), "at", NO_LEDGER),
        (requiring("车辆满足要求"), "at", "对标总表没有写明车辆的排放阶段要求"),
        (changed(cement(), indicators=None), "at", "对标总表没有写明车辆的排放阶段要求"),
        (without(cement(), f"{CLAIM}.requirement"), "at", "对标总表没有写明车辆的排放阶段要求"),
        (
            changed(cement(), {f"{CARS}.0.stage.value": "达标"}),
            f"{CARS}.0.stage.at",
            "豫M8A271没有可识别的排放阶段",
        ),
        (staged(f"{CARS}.0", None), f"{CLAIM}.requirement.at", "豫M8A271没有可识别的排放阶段"),
        (
            without(staged(f"{CARS}.0", None), f"{CARS}.0.plate"),
            f"{CLAIM}.requirement.at",
            "该车没有可识别的排放阶段",
        ),
        (requiring("国五及以上车辆比例不低于80%"), f"{CLAIM}.requirement.at", BY_SHARE),
    ],
)
def test_vehicle_below_required_stage_cannot_judge(dossier, place, reason):
    (only,) = unjudged("DB-602", dossier)
    assert (only.at, only.reason) == (at(cement(), place), reason)


# -- DB-605


def claiming(requirement_words: str, status: str):
    """Return the cement works with another requirement and statement of 运输方式."""
    return requiring(requirement_words, **{f"{CLAIM}.status.value": status})


@pytest.mark.parametrize(
    ("wanted", "claimed"),
    [
        ("清洁运输比例不低于80%", "清洁运输比例为80.1%"),
        ("清洁方式运输比例≥ 80 ％；其他", "满足要求；清洁方式运输比例91.1%"),
        ("使用国五及以上车辆，比例不低于80%", "公路运输"),
    ],
)
def test_clean_share_below_requirement_passes(wanted, claimed):
    """A requirement without a share of clean transport has nothing to compare."""
    assert passed("DB-605", cement())
    assert passed("DB-605", furniture())
    assert passed("DB-605", claiming(wanted, claimed))


def test_clean_share_below_requirement_fails():
    dossier = claiming("大宗物料清洁运输比例不低于80%；其余国五及以上。", "清洁运输比例为44.9%。")
    assert findings("DB-605", dossier) == (
        finding(
            "DB-605",
            at(dossier, f"{CLAIM}.status.at"),
            "清洁运输比例为44.9%，要求不低于80%",
            "提高铁路、管道、新能源等清洁运输比例后再申报，或按能达到的等级申报",
            also=(cement().section("五.2.17").at,),
        ),
    )
    sections = tuple(one for one in cement().sections if one.key != "五.2.17")
    (found,) = findings("DB-605", changed(dossier, sections=sections))
    assert found.also == ()


@pytest.mark.parametrize(
    ("claimed", "found"), [("80%", 0), ("80.0％", 0), ("79.99%", 1), ("0%", 1)]
)
def test_clean_share_below_requirement_boundary(claimed, found):
    dossier = claiming("清洁运输比例达到80%", f"清洁运输比例{claimed}")
    assert len(findings("DB-605", dossier)) == found


def test_clean_share_below_requirement_cannot_judge():
    for dossier in (
        changed(cement(), indicators=None),
        without(cement(), f"{CLAIM}.requirement"),
        without(cement(), f"{CLAIM}.status"),
    ):
        (only,) = unjudged("DB-605", dossier)
        assert (only.at, only.reason) == (cement().at, "对标总表没有“运输方式”的要求或对标情况")
    (only,) = unjudged("DB-605", silent())
    assert only.at == at(cement(), f"{CLAIM}.status.at")
    assert only.reason == "企业对标情况和2.17都没有写清洁运输比例"
    assert unjudged("DB-605", silent("要求清洁方式运输比例不低于80%。")) == (only,)


def silent(*words: str):
    """Return the cement works whose table does not state the share, with these words of 2.17."""
    dossier = claiming("清洁运输比例不低于80%", "满足要求")
    section = dossier.section("五.2.17")
    others = [text for text in dossier.paragraphs if text.at.section != section.key]
    said = (Located(text, replace(section.at, paragraph=9000 + n)) for n, text in enumerate(words))
    return changed(dossier, paragraphs=(*others, *said))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2025年清洁方式运输比例23.0%，其余采用国五及以上车辆。", True),
        ("2025年清洁方式运输比例80%，其余采用国五及以上车辆。", False),
    ],
)
def test_clean_share_below_requirement_is_taken_from_the_evidence_where_the_table_is_silent(
    words, found
):
    dossier = silent("要求清洁方式运输比例不低于80%。", words)
    section = dossier.section("五.2.17")
    wanted = finding(
        "DB-605",
        replace(section.at, paragraph=9001),
        "清洁运输比例为23.0%，要求不低于80%",
        "提高铁路、管道、新能源等清洁运输比例后再申报，或按能达到的等级申报",
        also=(at(dossier, f"{CLAIM}.status.at"), section.at),
    )
    assert findings("DB-605", dossier) == ((wanted,) if found else ())


# -- DB-606


@pytest.mark.parametrize("stage", ["国三", "国Ⅲ", "国四", "电动"])
def test_machine_below_required_stage_passes(stage):
    assert passed("DB-606", furniture())
    assert passed("DB-606", staged(f"{MACHINES}.2", stage))


def test_machine_below_required_stage_fails():
    dossier = changed(cement(), {f"{MACHINES}.2.stage.value": "国二"})
    assert findings("DB-606", dossier) == (
        finding(
            "DB-606",
            at(dossier, f"{MACHINES}.2.stage.at"),
            "挖掘机的排放阶段为国二，要求国三及以上",
            "更换车辆（机械），或不再使用并从台账中删去",
            also=(at(dossier, f"{CLAIM}.requirement.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("非道路移动机械国三及以上", []),
        ("非道路移动机械国四及以上；车辆国六及以上", ["挖掘机的排放阶段为国三，要求国四及以上"]),
        ("车辆国六及以上。非道路移动机械国3及以上", []),
    ],
)
def test_machine_below_required_stage_boundary(words, told):
    """The excavator is 国三; what vehicles need does not bind machinery."""
    assert [one.message for one in findings("DB-606", requiring(words))] == told


NO_MACHINE_STAGE = "对标总表没有写明非道路移动机械的排放阶段要求"


@pytest.mark.parametrize(
    ("dossier", "place", "reason"),
    [
        (changed(cement(), {MACHINES: ()}), "at", "没有非道路移动机械表可查"),
        (requiring("车辆国五及以上"), "at", NO_MACHINE_STAGE),
        (requiring("非道路移动机械国七，公路运输国五及以上"), "at", NO_MACHINE_STAGE),
        (requiring("非道路移动机械国三及以上比例不低于80%"), f"{CLAIM}.requirement.at", BY_SHARE),
        (staged(f"{MACHINES}.1", None), f"{CLAIM}.requirement.at", "装载机没有可识别的排放阶段"),
        (
            without(staged(f"{MACHINES}.1", None), f"{MACHINES}.1.name"),
            f"{CLAIM}.requirement.at",
            "该机械没有可识别的排放阶段",
        ),
    ],
)
def test_machine_below_required_stage_cannot_judge(dossier, place, reason):
    (only,) = unjudged("DB-606", dossier)
    assert (only.at, only.reason) == (at(cement(), place), reason)


# -- DB-610

ROAD = requirement(
    "公路运输使用国五及以上车辆或新能源比例不低于80%", figure="80", subject="road_stage_share"
)
SIX = requirement("公路运输使用国六及以上车辆或新能源", figure="87.5", subject="road_stage_share")
NONROAD = requirement(
    "非道路移动机械国三及以上或新能源", figure="100", subject="nonroad_stage_share"
)


@pytest.mark.parametrize("row", [ROAD, SIX, NONROAD])
def test_stage_share_below_guide_passes(row):
    assert passed("DB-610", cement(), requirements=(row,))


def test_stage_share_below_guide_fails():
    """Of eight vehicles three are below once two 国六 are 国四, and of four machines one."""
    dossier = changed(
        cement(),
        {f"{CARS}.{number}.stage.value": "国四" for number in (0, 5, 6)}
        | {f"{MACHINES}.2.stage.value": "国二"},
    )
    todo = "更新车辆（机械），或按能达到的等级申报"
    assert findings("DB-610", dossier, requirements=(ROAD, NONROAD)) == (
        finding(
            "DB-610",
            at(dossier, f"{CARS}.0.stage.at"),
            "运输车辆中，国五及以上或新能源占62.5%，B级要求≥80%",
            todo,
            grounds=OFFICIAL,
        ),
        finding(
            "DB-610",
            at(dossier, f"{MACHINES}.0.stage.at"),
            "非道路移动机械中，国三及以上或新能源占75.0%，B级要求≥100%",
            todo,
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("figure", "given", "severities"),
    [
        ("87.5", {}, []),
        ("87.51", {}, [Severity.ERROR]),
        ("87.51", {"provenance": RECALLED}, [Severity.REVIEW]),
        ("87.51", {"provenance": THIRD_PARTY}, [Severity.REVIEW]),
        ("87.51", {"grades": ("A",)}, []),
    ],
)
def test_stage_share_below_guide_boundary(figure, given, severities):
    """Seven of eight vehicles are 国六 or electric: 87.5 %."""
    row = requirement("国六及以上或新能源", figure=figure, subject="road_stage_share", **given)
    told = findings("DB-610", cement(), requirements=(row,))
    assert [found.severity for found in told] == severities


def test_stage_share_below_guide_asks_the_rest_for_a_stage_of_its_own():
    """80 % at 国六 and all others at 国五: two 国四 are told, one after the other, by the row of the law."""
    words = "国六及以上或新能源比例不低于50%，其余车辆达到国五排放标准"
    row = requirement(words, figure="50", subject="road_stage_share")
    dossier = changed(cement(), {f"{CARS}.{number}.stage.value": "国四" for number in (5, 6)})
    assert findings("DB-610", dossier, requirements=(row,)) == (
        finding(
            "DB-610",
            at(dossier, f"{CARS}.5.stage.at"),
            f"运输车辆中有2辆（台）低于国五，B级要求“{words}”",
            "更新车辆（机械），或按能达到的等级申报",
            also=(at(dossier, f"{CARS}.6.stage.at"),),
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("dossier", "given", "place", "reason"),
    [
        (
            cement(),
            {"grade": None},
            "form.at",
            "不知道申报等级，或没有该行业的插件，不知道车辆要求",
        ),
        (
            cement(),
            {"branch": None},
            "form.at",
            "不知道申报等级，或没有该行业的插件，不知道车辆要求",
        ),
        *(
            (
                dossier,
                {"requirements": (ROAD,)},
                "at",
                "运输车辆没有台账，或有无法识别的排放阶段，无法计算比例",
            )
            for dossier in (
                changed(cement(), {CARS: ()}),
                staged(f"{CARS}.0", None),
                staged(f"{CARS}.0", "达标"),
            )
        ),
    ],
)
def test_stage_share_below_guide_cannot_judge(dossier, given, place, reason):
    (only,) = unjudged("DB-610", dossier, **given)
    assert (only.at, only.reason) == (at(cement(), place), reason)


# -- DB-611

CLEAN = requirement("清洁运输比例不低于80%", figure="80", subject="clean_transport_share")


def moved(clean: str, other: str):
    """Return the cement works with two rows of transport, one clean and one not."""
    rows = changed(
        cement().production.transports[:2],
        {
            "0.amount": quantity(clean, "万t"),
            "1.amount": quantity(other, "万t"),
            "1.clean.value": "否",
        },
    )
    return changed(cement(), {"production.transports": rows})


def test_clean_share_below_guide_passes():
    assert passed("DB-611", cement(), requirements=(CLEAN,))


def test_clean_share_below_guide_fails():
    dossier = moved("44.9", "55.1")
    assert findings("DB-611", dossier, requirements=(CLEAN,)) == (
        finding(
            "DB-611",
            at(dossier, "production.transports.0.at"),
            "清洁运输比例按表计算为44.9%，B级要求≥80%",
            "提高清洁运输比例，或按能达到的等级申报",
            grounds=OFFICIAL,
        ),
    )


@pytest.mark.parametrize(
    ("clean", "given", "severities"),
    [
        ("80", {}, []),
        ("79.99", {}, [Severity.ERROR]),
        ("79.99", {"provenance": RECALLED}, [Severity.REVIEW]),
        ("79.99", {"provenance": THIRD_PARTY}, [Severity.REVIEW]),
    ],
)
def test_clean_share_below_guide_boundary(clean, given, severities):
    row = requirement("清洁运输", figure="80", subject="clean_transport_share", **given)
    dossier = moved(clean, str(100 - Decimal(clean)))
    told = findings("DB-611", dossier, requirements=(row,))
    assert [found.severity for found in told] == severities


def test_clean_share_below_guide_by_a_requirement_that_nobody_verified():
    row = requirement(
        "清洁运输比例不低于80%", figure="80", subject="clean_transport_share", provenance=RECALLED
    )
    (only,) = unjudged("DB-611", moved("90", "10"), requirements=(row,))
    reason = "按表计算达到“清洁运输比例不低于80%”，但该要求凭记忆，未核实，请对照技术指南核对"
    assert (only.at, only.reason) == (cement().at, reason)


def test_clean_share_below_guide_cannot_judge():
    """Where the grade asks for no share the rule does not apply."""
    for given in ({"grade": None}, {"branch": None}):
        (only,) = unjudged("DB-611", cement(), **given)
        assert only.at == at(cement(), "form.at")
        assert only.reason == "不知道申报等级，或没有该行业的插件，不知道清洁运输要求"
    for dossier in (moved("若干", "1"), changed(cement(), {"production.transports": ()})):
        (only,) = unjudged("DB-611", dossier, requirements=(CLEAN,))
        assert only.at == cement().at
        assert only.reason == "运输情况表缺少运输量或“是否清洁运输”，无法计算比例"
    for rows in ((), (requirement("清洁运输", figure="80", grades=("A",)),), (ROAD,)):
        result = outcome("DB-611", cement(), requirements=rows)
        assert result.status == "not_applicable"
        assert result.reason == "没有查到B级的清洁运输比例要求"
