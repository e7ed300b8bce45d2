"""What 对标总表 says in words against the tables behind it."""

import pytest

from duibiao.model.quantities import parse_quantity

from .support import (
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    path_of,
    text,
    unjudged,
    without,
)

ROWS = "indicators.rows"
LIMITS = path_of(cement(), ROWS, "indicator.value", "排放限值")
TREATMENT = path_of(cement(), ROWS, "indicator.value", "污染治理技术")
TRANSPORT = path_of(cement(), ROWS, "indicator.value", "运输方式")
CARS, MACHINES = "evidence.transport.vehicles", "evidence.transport.machines"
SCRIPTS = ("evidence.limits.0.limit", "evidence.limits.0.concentration")


def says(path: str, words: str, part: str = "status"):
    """Return the cement works whose 对标总表 says something else of an indicator."""
    return changed(cement(), {f"{path}.{part}.value": words})


# -- DB-316


@pytest.mark.parametrize(
    "words",
    [
        "各排放口颗粒物浓度均低于10mg/m³，稳定达标。",
        "DA001颗粒物监测浓度为2.3～4.9mg/m³；DA002颗粒物2.6~5.7mg/m³。",
        "水泥窑窑尾氮氧化物最大68.3mg/m³。",
        "颗粒物浓度低于1.0倍限值。",
        "石灰石破碎烟尘浓度不超过5毫克/立方米。",
    ],
)
def test_status_concentration_contradicted_passes(words):
    assert passed("DB-316", furniture())
    assert passed("DB-316", says(LIMITS, words))


def test_status_concentration_contradicted_fails():
    dossier = says(LIMITS, "颗粒物浓度均低于6mg/m³；水泥窑窑尾NOx浓度41.6~60.0mg/m³。")
    problems = [
        ("颗粒物不超过6，2.14中DA008 2#水泥磨为2.8-6.1", "evidence.limits.10"),
        ("氮氧化物不超过60.0，2.14中DA001 水泥窑窑尾为41.6-68.3", "evidence.limits.2"),
    ]
    assert findings("DB-316", dossier) == tuple(
        finding(
            "DB-316",
            at(dossier, f"{LIMITS}.status.at"),
            f"企业对标情况称{message}",
            "按监测报告改正其中有误的一处",
            also=(at(dossier, f"{row}.concentration.at"),),
        )
        for message, row in problems
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("DA008颗粒物浓度低于6.1mg/m³", 0),
        ("DA008颗粒物浓度低于6.0mg/m³", 1),
        ("DA001颗粒物浓度低于6.0mg/m³", 0),
        ("颗粒物、二氧化硫分别低于1、2mg/m³", 0),
        ("颗粒物浓度低于6", 0),
    ],
)
def test_status_concentration_contradicted_boundary(words, found):
    """A clause that names an outlet speaks of that outlet; one without a unit or with a list says nothing certain."""
    assert len(findings("DB-316", says(LIMITS, words))) == found


@pytest.mark.parametrize("outlet", ["0", "10"])
def test_status_concentration_contradicted_by_the_worst(outlet):
    """Of several rows above what a clause claims, the one furthest above is told."""
    dossier = changed(
        says(LIMITS, "颗粒物浓度均低于3mg/m³"),
        {f"evidence.limits.{outlet}.concentration.value": parse_quantity("30", "mg/m3")},
    )
    (found,) = findings("DB-316", dossier)
    assert found.also == (at(dossier, f"evidence.limits.{outlet}.concentration.at"),)


def test_status_concentration_contradicted_cannot_judge():
    """Without a status there is no claim; what is not detected contradicts none."""
    reason = "对标总表没有“排放限值”的企业对标情况"
    assert inapplicable("DB-316", without(cement(), f"{LIMITS}.status")) == reason
    dossier = says(LIMITS, "DA001颗粒物浓度低于1mg/m³")
    path = f"{SCRIPTS[1]}.value"
    assert passed("DB-316", changed(dossier, {path: parse_quantity("未检出")}))


# -- DB-317


@pytest.mark.parametrize(
    "words",
    [
        "公司设除尘设施9套，除尘效率99.9%以上。",
        "窑尾采用SNCR+SCR，脱硝效率不低于87%；湿法脱硫效率达到91%。",
        "去除效率均超过85%。",
        "颗粒物采用覆膜袋式除尘，处理效率≥99.9%，脱硝效率87%。",
        "热效率99.9%的余热锅炉由除尘后烟气加热",
    ],
)
def test_status_efficiency_contradicted_passes(words):
    assert passed("DB-317", furniture())
    assert passed("DB-317", says(TREATMENT, words))


def test_status_efficiency_contradicted_fails():
    dossier = says(TREATMENT, "除尘效率不低于99.9%，SNCR+SCR脱硝效率达到90%以上。")
    dossier = changed(
        dossier, {"evidence.facilities.0.rows.3.efficiency.value": parse_quantity("97%", "%")}
    )
    problems = [
        ("除尘效率99.9%，设施表中石灰石破碎（DA004）为97%", "evidence.facilities.0.rows.3"),
        ("脱硝效率90%，设施表中水泥窑窑尾（DA001）为87%", "evidence.facilities.2.rows.0"),
    ]
    assert findings("DB-317", dossier) == tuple(
        finding(
            "DB-317",
            at(dossier, f"{TREATMENT}.status.at"),
            f"企业对标情况称{message}",
            "按监测报告改正其中有误的一处",
            also=(at(dossier, f"{row}.efficiency.at"),),
        )
        for message, row in problems
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("脱硫效率91%", 0),
        ("脱硫效率91.1%", 1),
        ("处理效率88%", 1),
        ("处理效率87%", 0),
        ("除尘设施9套；效率99.9%", 0),
        ("除尘设施9套；效率99.91%", 1),
        ("废气收集效率95%，脱硝效率87%", 0),
    ],
)
def test_status_efficiency_contradicted_boundary(words, found):
    """The kind named last before an efficiency counts, without one every facility; the worst one is told."""
    assert len(findings("DB-317", says(TREATMENT, words))) == found


def test_status_efficiency_contradicted_cannot_judge():
    reason = "对标总表没有“污染治理技术”的企业对标情况"
    assert inapplicable("DB-317", without(cement(), f"{TREATMENT}.status")) == reason
    dossier = says(TREATMENT, "脱硝效率99%")
    path = "evidence.facilities.2.rows.0.efficiency.value"
    assert passed("DB-317", changed(dossier, {path: parse_quantity("/", "%")}))
    assert passed("DB-317", without(dossier, "evidence.facilities.2.rows.0.efficiency"))
    nameless = changed(says(TREATMENT, "脱硝效率99%"), {"evidence.facilities.2.rows.0.step": None})
    (found,) = findings("DB-317", nameless)
    assert found.message == "企业对标情况称脱硝效率99%，设施表中第1套为87%"


# -- DB-410


@pytest.mark.parametrize(
    "words",
    [
        "水泥窑窑尾：颗粒物≤10、二氧化硫≤50、氮氧化物≤100、氨≤8（基准含氧量10%）。",
        "窑尾：PM不超过10，NOx不超过100；窑头、煤磨：颗粒物≤10；其他：颗粒物≤20。",
        "水泥窑：颗粒物≤30；水泥窑窑尾：颗粒物≤10；水泥窑窑头：颗粒物≤10。",
        "窑尾：氮氧化物≤50（重点区域氮氧化物≤100）。",
        "稳定达到限值要求。",
    ],
)
def test_limit_differs_from_indicator_table_passes(words):
    assert passed("DB-410", furniture())
    assert passed("DB-410", says(LIMITS, words, "requirement"))


def test_limit_differs_from_indicator_table_fails():
    dossier = says(LIMITS, "水泥窑窑尾：颗粒物≤10、氮氧化物≤50；煤磨：颗粒物≤20。", "requirement")
    problems = [
        ("DA001 水泥窑窑尾氮氧化物的限值：对标总表为50，2.14为≤100", "evidence.limits.2"),
        ("DA003 煤磨颗粒物的限值：对标总表为20，2.14为≤10", "evidence.limits.5"),
    ]
    assert findings("DB-410", dossier) == tuple(
        finding(
            "DB-410",
            at(dossier, f"{row}.limit.at"),
            message,
            "按技术指南中所申报等级的限值，两处改为相同",
            also=(at(dossier, f"{LIMITS}.requirement.at"),),
        )
        for message, row in problems
    )


@pytest.mark.parametrize(
    ("limit", "found"), [("10", 0), ("10.0", 0), ("<10", 0), ("20", 1), ("/", 0)]
)
def test_limit_differs_from_indicator_table_boundary(limit, found):
    dossier = changed(cement(), {f"{SCRIPTS[0]}.value": parse_quantity(limit, "mg/m3")})
    assert len(findings("DB-410", dossier)) == found


def test_limit_differs_from_indicator_table_where_a_condition_decides():
    """All that the table demands of a step are told; one of them is enough."""
    words = "水泥窑窑尾：氮氧化物≤80（重点区域氮氧化物≤50）。"
    (found,) = findings("DB-410", says(LIMITS, words, "requirement"))
    message = "DA001 水泥窑窑尾氮氧化物的限值：对标总表为50、80，2.14为≤100"
    assert (found.at, found.message) == (at(cement(), "evidence.limits.2.limit.at"), message)


@pytest.mark.parametrize("step", ["其他工序", "其余工序", "各工序", None])
def test_limit_differs_from_indicator_table_names_no_step(step):
    """What is demanded of all others, and a row that names no step, are held against nothing."""
    words = f"{(step or '窑尾')[:2]}：颗粒物≤5。"
    dossier = changed(
        says(LIMITS, words, "requirement"), {"evidence.limits.0.step": step and text(step)}
    )
    told = {found.at for found in findings("DB-410", dossier)}
    assert at(dossier, "evidence.limits.0.limit.at") not in told


def test_limit_differs_from_indicator_table_cannot_judge():
    reason = "对标总表没有“排放限值”的绩效指标要求"
    assert inapplicable("DB-410", without(cement(), f"{LIMITS}.requirement")) == reason
    assert passed("DB-410", without(cement(), SCRIPTS[0]))


# -- DB-612


@pytest.mark.parametrize(
    "words",
    [
        "公路运输全部使用国五及以上排放标准车辆或新能源车辆；厂内机械均达到国三及以上。",
        "部分使用国六车辆。",
        "公路运输全部使用国六车辆（水泥罐式货车、自卸货车除外）。",
        "厂内运输车辆全部使用新能源车辆。",
        "大宗物料采用铁路和新能源车辆等清洁方式运输。",
    ],
)
def test_stage_claim_contradicted_passes(words):
    assert passed("DB-612", furniture())
    assert passed("DB-612", says(TRANSPORT, words))


def test_stage_claim_contradicted_fails():
    dossier = says(TRANSPORT, "公路运输全部使用国六车辆；厂内非道路移动机械，均为新能源。")
    problems = [
        ("公路运输全部使用国六车辆", "豫M8A271为国五", f"{CARS}.0.stage"),
        ("均为新能源", "装载机为国四", f"{MACHINES}.1.stage"),
        ("均为新能源", "挖掘机为国三", f"{MACHINES}.2.stage"),
    ]
    assert findings("DB-612", dossier) == tuple(
        finding(
            "DB-612",
            at(dossier, f"{path}.at"),
            f"企业对标情况称“{words}”，台账中{listed}",
            "核对台账，按实际的排放阶段改写对标情况",
            also=(at(dossier, f"{TRANSPORT}.status.at"),),
        )
        for words, listed, path in problems
    )


@pytest.mark.parametrize(
    ("stage", "required", "found"),
    [
        ("国五", "全部使用国五及以上车辆", 0),
        ("国四", "全部使用国五及以上车辆", 0),
        ("国四", "国五及以上车辆比例不低于80%", 1),
        ("国四", "满足要求", 1),
        ("新能源", "满足要求", 0),
    ],
)
def test_stage_claim_contradicted_boundary(stage, required, found):
    """What the requirement itself forbids is told by another rule; a share of the vehicles forbids none."""
    dossier = says(TRANSPORT, "公路运输全部使用国五及以上车辆。")
    dossier = changed(
        dossier, {f"{TRANSPORT}.requirement.value": required, f"{CARS}.0.stage.value": stage}
    )
    assert len(findings("DB-612", dossier)) == found


def test_stage_claim_contradicted_cannot_judge():
    """Stages that nobody knows are told by another rule."""
    reason = "对标总表没有“运输方式”的企业对标情况"
    assert inapplicable("DB-612", without(cement(), f"{TRANSPORT}.status")) == reason
    dossier = changed(says(TRANSPORT, "全部使用国五车辆"), {f"{CARS}.0.stage.value": "达标"})
    assert passed("DB-612", dossier)


def test_stage_claim_contradicted_where_nothing_is_required():
    """By a vehicle of the oldest stage, too; one without a plate is told all the same."""
    dossier = changed(
        without(says(TRANSPORT, "全部使用国五车辆"), f"{TRANSPORT}.requirement"),
        {f"{CARS}.0.stage.value": "国零", f"{CARS}.0.plate": None},
    )
    messages = [found.message for found in findings("DB-612", dossier)]
    assert messages == ["企业对标情况称“全部使用国五车辆”，台账中有一辆（台）为国零"]


# -- DB-613


@pytest.mark.parametrize(
    "words", ["清洁运输比例超过80%", "清洁运输比例为91.1%", "清洁方式运输占比达到了90%以上"]
)
def test_clean_claim_contradicted_passes(words):
    assert passed("DB-613", furniture())
    assert passed("DB-613", says(TRANSPORT, words))


def test_clean_claim_contradicted_fails():
    dossier = says(TRANSPORT, "清洁运输比例不低于95%。")
    dossier = changed(dossier, {"plan.profile": (text("2025年清洁方式运输比例81.1%。"),)})
    assert findings("DB-613", dossier) == tuple(
        finding(
            "DB-613",
            place,
            f"所称“{words}”，按运输情况表计算为91.1%",
            "核对运输量和运输方式，改正有误的一处",
            also=(at(dossier, "production.transports.0.at"),),
        )
        for place, words in (
            (at(dossier, f"{TRANSPORT}.status.at"), "清洁运输比例不低于95%"),
            (at(dossier, "plan.profile.0.at"), "清洁方式运输比例81.1%"),
        )
    )


@pytest.mark.parametrize(
    ("share", "found"), [("91.6%", 0), ("91.7%", 1), ("90.6%", 1), ("90.7%", 0), ("90%以上", 0)]
)
def test_clean_claim_contradicted_boundary(share, found):
    """Half a percentage point either way from 91.148 %; "at least" leaves the upper side free."""
    dossier = changed(says(TRANSPORT, f"清洁运输比例{share}"), {"plan.profile": ()})
    assert len(findings("DB-613", dossier)) == found


def test_clean_claim_contradicted_cannot_judge():
    silent = changed(says(TRANSPORT, "满足要求"), {"plan.profile": ()})
    assert inapplicable("DB-613", silent) == "对标总表和“一厂一策”没有写清洁运输比例"
    (only,) = unjudged("DB-613", without(cement(), "production.transports.0.amount"))
    assert only.reason == "运输情况表缺少运输量或“是否清洁运输”，无法计算比例"
