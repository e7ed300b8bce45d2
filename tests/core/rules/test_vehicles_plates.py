"""Plates that do not fit the fuel, and machines without a code."""

import pytest

from .support import (
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    inapplicable,
    passed,
    unjudged,
    without,
)

CARS, MACHINES = "evidence.transport.vehicles", "evidence.transport.machines"
"""The first vehicle is 豫M8A271, diesel, 国五; the second 豫M12345D, electric."""


def car(number: int, **parts: str):
    """Return the cement works with one vehicle changed."""
    changes = {f"{CARS}.{number}.{name}.value": value for name, value in parts.items()}
    return changed(cement(), changes)


# -- DB-616


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        (1, {"plate": "豫MD12345"}),
        (1, {"plate": "豫M·12345F"}),
        (1, {"stage": "国六", "fuel": "插电式混合动力"}),
        (0, {"plate": "豫M8A27", "stage": "新能源"}),
        (0, {"stage": "达标"}),
    ],
)
def test_plate_not_of_the_fuel_passes(number, parts):
    assert passed("DB-616", furniture())
    assert passed("DB-616", car(number, **parts))


def test_plate_not_of_the_fuel_fails():
    dossier = changed(
        car(0, stage="新能源（纯电动）", fuel="电"),
        {f"{CARS}.1.stage.value": "国六", f"{CARS}.1.fuel.value": "柴油"},
    )
    problems = [
        ("豫M8A271是普通号牌，台账写“电，新能源（纯电动）”", 0),
        ("豫M12345D是新能源号牌，台账写“柴油，国六”", 1),
    ]
    assert findings("DB-616", dossier) == tuple(
        finding(
            "DB-616",
            at(dossier, f"{CARS}.{number}.plate.at"),
            message,
            "对照行驶证和随车清单，改正车牌号、燃料或排放阶段",
            also=(at(dossier, f"{CARS}.{number}.stage.at"),),
        )
        for message, number in problems
    )


@pytest.mark.parametrize(
    ("plate", "stage", "fuel", "found"),
    [
        ("豫M8A271", "国六", "柴油", 0),
        ("豫M8A271", "新能源", "", 1),
        ("豫M8A2711", "国六", "天然气", 1),
        ("豫M8A2711", "国六", "", 0),
        ("豫M8A2711", "新能源", "电", 0),
        ("豫MA2345挂", "国六", "柴油", 0),
    ],
)
def test_plate_not_of_the_fuel_boundary(plate, stage, fuel, found):
    """Seven signs or eight; a fuel that is not told proves nothing."""
    assert len(findings("DB-616", car(0, plate=plate, stage=stage, fuel=fuel))) == found


def test_plate_not_of_the_fuel_without_stage_or_fuel():
    """Without a stage there is nothing to compare; without a fuel, the stage is told alone."""
    electric = car(0, stage="新能源（纯电动）", fuel="电")
    assert passed("DB-616", without(electric, f"{CARS}.0.stage"))
    (found,) = findings("DB-616", without(electric, f"{CARS}.0.fuel"))
    assert found.message == "豫M8A271是普通号牌，台账写“新能源（纯电动）”"


def test_plate_not_of_the_fuel_cannot_judge():
    (only,) = unjudged("DB-616", changed(cement(), {CARS: ()}))
    assert only.reason == "没有运输车辆电子台账可查"


# -- DB-617


@pytest.mark.parametrize("code", ["4-M240417", "４－Ｍ２４０４１７", "环保登记 12345"])
def test_machine_without_code_passes(code):
    assert passed("DB-617", furniture())
    assert passed("DB-617", changed(cement(), {f"{MACHINES}.0.code.value": code}))


def test_machine_without_code_fails():
    dossier = changed(cement(), {f"{MACHINES}.2.code.value": ""})
    assert findings("DB-617", dossier) == (
        finding(
            "DB-617",
            at(dossier, f"{MACHINES}.2.code.at"),
            "挖掘机没有写环保登记编码",
            "补上编码；尚未登记的，先办理编码登记",
        ),
    )


@pytest.mark.parametrize(("code", "found"), [("/", 1), ("—", 1), ("办理中", 1), ("1", 0), ("a", 0)])
def test_machine_without_code_boundary(code, found):
    assert len(findings("DB-617", changed(cement(), {f"{MACHINES}.0.code.value": code}))) == found


def test_machine_without_code_and_name():
    (found,) = findings(
        "DB-617", changed(cement(), {f"{MACHINES}.0.code.value": "", f"{MACHINES}.0.name": None})
    )
    assert found.message == "该机械没有写环保登记编码"


def test_machine_without_code_cannot_judge():
    """Without a column of codes nothing demands one."""
    bare = without(cement(), *(f"{MACHINES}.{number}.code" for number in range(4)))
    assert inapplicable("DB-617", bare) == "没有非道路移动机械的编码一栏"
