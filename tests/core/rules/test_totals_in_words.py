"""Shares against the numbers of their own table, and numbers of vehicles in words against the ledger."""

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
    text,
    unjudged,
    without,
)

MODES, SHARES = "evidence.transport.modes", "evidence.transport.shares"
CARS, MACHINES = "evidence.transport.vehicles", "evidence.transport.machines"


def shared(path: str, share: str):
    """Return the cement works with another share in 2.17."""
    return changed(cement(), {f"{path}.share.value": parse_quantity(share, "%")})


# -- DB-614


@pytest.mark.parametrize("share", ["62.5%", "62.5", "62.9%", "62%"])
def test_share_wrong_passes(share):
    assert passed("DB-614", furniture())
    assert passed("DB-614", shared(f"{SHARES}.2", share))


def test_share_wrong_fails():
    dossier = changed(
        shared(f"{SHARES}.2", "84.3%"), {f"{MODES}.0.share.value": parse_quantity("31.7%", "%")}
    )
    problems = [
        ("封闭皮带廊的占比为31.7%，按同表数量计算为41.7%", f"{MODES}.0", "amount"),
        ("新能源（纯电动）的占比为84.3%，按同表数量计算为62.5%", f"{SHARES}.2", "count"),
    ]
    assert findings("DB-614", dossier) == tuple(
        finding(
            "DB-614",
            at(dossier, f"{row}.share.at"),
            message,
            "重新计算占比",
            also=(at(dossier, f"{row}.{amount}.at"),),
        )
        for message, row, amount in problems
    )


@pytest.mark.parametrize(
    ("share", "found"), [("63.0%", 0), ("63.1%", 1), ("62.0%", 0), ("61.9%", 1), ("/", 0)]
)
def test_share_wrong_boundary(share, found):
    assert len(findings("DB-614", shared(f"{SHARES}.2", share))) == found


def test_share_wrong_converts():
    """20 of 48 by the first way, whichever unit its amount stands in."""
    amount = at(cement(), f"{MODES}.0.amount.value")
    tonnes = parse_quantity(f"{amount.high * 10_000}t")
    rows = {f"{MODES}.0.amount.value": tonnes}
    others = len(at(cement(), MODES))
    for number in range(1, others):
        written = at(cement(), f"{MODES}.{number}.amount.value").high
        rows[f"{MODES}.{number}.amount.value"] = parse_quantity(f"{written}万t")
    assert passed("DB-614", changed(cement(), rows))


def test_share_wrong_goes_on_after_a_gap():
    """A row without a share, and a table that cannot be added up, leave the rest to be judged."""
    wrong = shared(f"{SHARES}.2", "84.3%")
    for dossier in (without(wrong, f"{SHARES}.0.share"), without(wrong, f"{MODES}.0.amount")):
        (found,) = findings("DB-614", dossier)
        assert found.at == at(wrong, f"{SHARES}.2.share.at")


def test_share_wrong_of_nothing():
    none = {
        f"{SHARES}.{number}.count.value": parse_quantity("0")
        for number in range(len(at(cement(), SHARES)))
    }
    assert passed("DB-614", changed(cement(), none))


def test_share_wrong_cannot_judge():
    (only,) = unjudged("DB-614", without(cement(), f"{MODES}.0.amount"))
    assert (only.at, only.reason) == (
        at(cement(), f"{MODES}.0.mode.at"),
        "运输方式统计表的数量缺失或单位不同，无法核对占比",
    )
    (only,) = unjudged("DB-614", without(cement(), f"{SHARES}.0.count"))
    assert only.reason == "排放阶段统计表的数量缺失或单位不同，无法核对占比"
    neither = changed(cement(), {MODES: (), SHARES: ()})
    assert inapplicable("DB-614", neither) == "2.17没有运输方式、排放阶段统计表"


# -- DB-615

FUELS = ("新能源", "燃气", "柴油", "汽油")


def counted(words: str):
    """Return the cement works, with 8 vehicles and 4 machines, whose 3.4 says nothing but this."""
    return changed(cement(), {"production.transport_text": (text(words),)})


@pytest.mark.parametrize(
    "words",
    [
        "公司登记运输车辆8辆，其中新能源车辆5辆、燃气车辆0辆、柴油车辆３辆；场内非道路移动机械4台。",
        "非道路移动机械共4台，运输车辆为8辆",
        "以新能源车辆为主",
    ],
)
def test_vehicle_numbers_in_words_differ_passes(words):
    assert passed("DB-615", furniture())
    result = findings("DB-615", counted(words))
    assert result == ()


def test_vehicle_numbers_in_words_differ_fails():
    dossier = counted("运输车辆10辆，其中新能源车辆5辆、柴油车辆5辆；非道路移动机械5台。")
    problems = [
        ("文中写运输车辆10辆，2.18的电子台账为8", f"{CARS}.0.at"),
        ("文中写柴油车辆5辆，2.18的电子台账为3", f"{CARS}.0.at"),
        ("文中写非道路移动机械5台，2.17的机械表为4", f"{MACHINES}.0.at"),
    ]
    assert findings("DB-615", dossier) == tuple(
        finding(
            "DB-615",
            at(dossier, "production.transport_text.0.at"),
            message,
            "按台账重新统计，改正有误的一处",
            also=(at(dossier, place),),
        )
        for message, place in problems
    )


@pytest.mark.parametrize(
    ("fuel", "words", "found"),
    [
        ("柴油", "柴油车辆3辆", 0),
        ("天然气", "柴油车辆3辆", 1),
        ("天然气", "柴油车辆2辆、燃气车辆1辆", 0),
        ("LNG", "燃气车辆1辆", 0),
        ("油电混合", "柴油车辆9辆，新能源车辆9辆", 0),
        ("油电混合", "运输车辆9辆", 1),
        ("汽油", "汽油车辆1辆", 0),
    ],
)
def test_vehicle_numbers_in_words_differ_boundary(fuel, words, found):
    """One vehicle whose fuel is not one of the four leaves only the whole number to compare."""
    dossier = changed(counted(words), {f"{CARS}.0.fuel.value": fuel})
    assert len(findings("DB-615", dossier)) == found


def test_vehicle_numbers_in_words_differ_cannot_judge():
    """Where there is no ledger, other rules say so."""
    assert inapplicable("DB-615", counted("")) == "3.4没有写车辆、机械的数量"
    assert passed("DB-615", changed(counted("运输车辆9辆"), {CARS: ()}))


@pytest.mark.parametrize(
    ("stage", "fuel", "kind"),
    [
        *(("国六", fuel, "燃气") for fuel in ("天然气", "燃气", "CNG", "LNG", "LPG")),
        *(("国六", fuel, fuel) for fuel in ("柴油", "汽油")),
        *((stage, "", "新能源") for stage in ("新能源", "纯电动", "电")),
        *(("国六", fuel, "新能源") for fuel in ("电", "电力", "纯电", "纯电动", "电动", "新能源")),
        ("国六", "氢燃料电池", "新能源"),
        ("国六", "柴油、天然气", None),
        ("国六", "汽油混合动力", None),
        ("国六", "汽油（混）", None),
        ("国六", "油电混合", None),
        ("国六", None, None),
        (None, "柴油", "柴油"),
        (None, "电", "新能源"),
    ],
)
def test_vehicle_numbers_in_words_differ_by_fuel(stage, fuel, kind):
    """One vehicle counts where its stage or its fuel tells; where neither does, no fuel is counted."""
    vehicle = changed(
        at(cement(), f"{CARS}.0"),
        stage=None if stage is None else text(stage),
        fuel=None if fuel is None else text(fuel),
    )
    words = "、".join(f"{name}车辆7辆" for name in FUELS)
    dossier = changed(counted(words), {CARS: (vehicle,)})
    told = [found.message.rpartition("为")[2] for found in findings("DB-615", dossier)]
    assert told == ([] if kind is None else [str(int(name == kind)) for name in FUELS])
