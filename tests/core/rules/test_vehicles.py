"""The electronic ledger of vehicles: its numbers are real, nothing stands twice, nothing is left out."""

import pytest

from .support import (
    AT,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    passed,
    path_of,
    text,
    unjudged,
    without,
)

NO_LEDGER = "没有运输车辆电子台账可查"
CARS = "evidence.transport.vehicles"
EMPTY = changed(cement(), {CARS: ()})
RIGHT = "对照行驶证改正"
LOG = path_of(cement(), "evidence.ledgers", "kind", 8)
"""企业运输台账, whose second column holds plates."""


def cleared(field: str):
    """Return the cement works without a value of `field` in any row of the ledger."""
    return without(cement(), *(f"{CARS}.{row}.{field}" for row in range(8)))


# -- DB-601


@pytest.mark.parametrize(
    "vin",
    [
        "1M8GDM9AXKP042788",
        "1m8gdm9axkp042788",
        "１Ｍ８ＧＤＭ９ＡＸＫＰ０４２７８８",
        "1M8GDM9AX KP042788",
        "LXUH9NTB4UU001007",  # not every maker writes the year
        "",
    ],
)
def test_vin_invalid_passes(vin):
    assert passed("DB-601", furniture())
    assert passed("DB-601", changed(cement(), {f"{CARS}.0.vin.value": vin}))


def test_vin_invalid_fails():
    good = at(cement(), f"{CARS}.0.vin.value")
    wrong = good[:8] + ("1" if good[8] != "1" else "2") + good[9:]
    dossier = changed(
        cement(),
        {
            f"{CARS}.0.vin.value": wrong,
            f"{CARS}.1.vin.value": good[:16],
            f"{CARS}.2.vin.value": "O" + good[1:],
        },
    )
    assert findings("DB-601", dossier) == (
        finding(
            "DB-601", at(dossier, f"{CARS}.0.vin.at"), f"豫M8A271的VIN“{wrong}”校验位不对", RIGHT
        ),
        finding(
            "DB-601",
            at(dossier, f"{CARS}.1.vin.at"),
            f"豫M12345D的VIN“{good[:16]}”为16位，应为17位",
            RIGHT,
        ),
        finding(
            "DB-601",
            at(dossier, f"{CARS}.2.vin.at"),
            f"豫M12389D的VIN“O{good[1:]}”含有不允许的字符",
            RIGHT,
        ),
    )


@pytest.mark.parametrize(
    ("vin", "fault"),
    [
        ("1M8GDM9AXKP042788", None),
        ("1M8GDM9A1KP042788", "校验位不对"),
        ("1M8GDM9AXKP0427880", "为18位，应为17位"),
        ("1M8GDM9AXKP04278Q", "含有不允许的字符"),
        ("车辆识别代号车辆识别代号车辆识别代", "含有不允许的字符"),
        ("/", "为1位，应为17位"),
    ],
)
def test_vin_invalid_boundary(vin, fault):
    """The number that standards print as an example, whose check digit is the X that stands for ten."""
    told = findings("DB-601", changed(cement(), {f"{CARS}.0.vin.value": vin}))
    assert [found.message for found in told] == (
        [] if fault is None else [f"豫M8A271的VIN“{vin}”{fault}"]
    )


@pytest.mark.parametrize("dossier", [EMPTY, cleared("vin")])
def test_vin_invalid_cannot_judge(dossier):
    (only,) = unjudged("DB-601", dossier)
    assert (only.at, only.reason) == (cement().at, NO_LEDGER)


# -- DB-603


@pytest.mark.parametrize(
    "plate",
    ["豫M8A271", "豫M·8A271", "豫m 8a271", "豫M12345D", "晋AD12345", "豫M1234挂", "豫M1234学"],
)
def test_plate_malformed_passes(plate):
    assert passed("DB-603", furniture())
    assert passed("DB-603", changed(cement(), {f"{CARS}.0.plate.value": plate}))


def test_plate_malformed_fails():
    dossier = changed(cement(), {f"{CARS}.3.plate.value": "豫M8A27"})
    assert findings("DB-603", dossier) == (
        finding("DB-603", at(dossier, f"{CARS}.3.plate.at"), "车牌号“豫M8A27”格式不对", RIGHT),
    )


@pytest.mark.parametrize(
    "plate",
    [
        "豫M8A27",
        "豫M8A27123",
        "豫MO1234",
        "豫I81234",
        "豫M8I271",
        "M8A271",
        "河M8A271",
        "豫M挂1234",
        "无牌",
    ],
)
def test_plate_malformed_boundary(plate):
    """Five or six signs after the letter, no I and no O, a province that exists."""
    (found,) = findings("DB-603", changed(cement(), {f"{CARS}.0.plate.value": plate}))
    assert found.message == f"车牌号“{plate}”格式不对"


@pytest.mark.parametrize("dossier", [EMPTY, cleared("plate")])
def test_plate_malformed_cannot_judge(dossier):
    (only,) = unjudged("DB-603", dossier)
    assert (only.at, only.reason) == (cement().at, NO_LEDGER)


# -- DB-604


def test_vehicle_listed_twice_passes():
    assert passed("DB-604", cement())
    assert passed("DB-604", furniture())


def test_vehicle_listed_twice_fails():
    vin = at(cement(), f"{CARS}.2.vin.value")
    changes = {f"{CARS}.4.plate.value": " 豫m8A271", f"{CARS}.5.vin.value": vin.lower()}
    dossier = changed(cement(), changes)
    todo = "核对行驶证，删去重复的一行"
    assert findings("DB-604", dossier) == (
        finding(
            "DB-604",
            at(dossier, f"{CARS}.4.plate.at"),
            "车牌号“豫M8A271”出现2次",
            todo,
            also=(at(dossier, f"{CARS}.0.plate.at"),),
        ),
        finding(
            "DB-604",
            at(dossier, f"{CARS}.5.vin.at"),
            f"VIN“{vin}”出现2次",
            todo,
            also=(at(dossier, f"{CARS}.2.vin.at"),),
        ),
    )


def test_vehicle_listed_twice_boundary():
    """Blank cells are not the same vehicle; three of one are one finding."""
    blank = changed(cement(), {f"{CARS}.{row}.plate.value": " " for row in (0, 1)})
    assert passed("DB-604", blank)
    assert passed("DB-604", changed(cement(), {f"{CARS}.{row}.vin.value": " " for row in (0, 1)}))
    three = changed(cement(), {f"{CARS}.{row}.plate.value": "豫M8A271" for row in (3, 6)})
    (found,) = findings("DB-604", three)
    assert found.message == "车牌号“豫M8A271”出现3次"


def test_vehicle_listed_twice_cannot_judge():
    (only,) = unjudged("DB-604", EMPTY)
    assert (only.at, only.reason) == (cement().at, NO_LEDGER)


# -- DB-607


@pytest.mark.parametrize("written", ["豫M8A271", "豫m8a271", "豫M 8A271", ""])
def test_ledger_vehicle_unknown_passes(written):
    assert passed("DB-607", furniture())
    assert passed("DB-607", changed(cement(), {f"{LOG}.rows.0.1.value": written}))


def test_ledger_vehicle_unknown_fails():
    dossier = changed(cement(), {f"{LOG}.rows.2.1.value": "豫M7Z999"})
    assert findings("DB-607", dossier) == (
        finding(
            "DB-607",
            at(dossier, f"{LOG}.rows.2.1.at"),
            "运输台账中的“豫M7Z999”不在电子台账里",
            "在电子台账中登记该车",
        ),
    )


@pytest.mark.parametrize(
    ("kind", "header", "found"),
    [(8, "号牌号码", 1), (8, "车牌", 1), (6, "车牌号", 0), (8, "车次", 0)],
)
def test_ledger_vehicle_unknown_boundary(kind, header, found):
    """Only the transport log counts, whatever it calls its column of plates; the fourth case has none."""
    heads = at(cement(), f"{LOG}.header")
    dossier = changed(
        cement(),
        {
            f"{LOG}.kind": kind,
            f"{LOG}.header": (heads[0], header, *heads[2:]),
            f"{LOG}.rows.0.1.value": "豫M7Z999",
        },
    )
    assert len(findings("DB-607", dossier)) == found


@pytest.mark.parametrize(
    "dossier", [EMPTY, changed(cement(), {f"{LOG}.rows": ()}), without(cement(), LOG)]
)
def test_ledger_vehicle_unknown_cannot_judge(dossier):
    (only,) = unjudged("DB-607", dossier)
    assert only.at == cement().at
    assert only.reason == "缺少企业运输台账或电子台账的车牌号，无法对照"


def test_a_short_row_of_the_transport_log_crashes_nothing():
    row = at(cement(), f"{LOG}.rows.0")[:1]
    assert passed("DB-607", changed(cement(), {f"{LOG}.rows.0": row}))


# -- DB-608

COLUMNS = {
    "plate": "车牌号",
    "vin": "VIN号",
    "engine": "发动机号",
    "stage": "排放阶段",
    "papers": "随车清单、行驶证",
}


def test_ledger_column_missing_passes():
    assert passed("DB-608", cement())
    assert passed("DB-608", furniture())


@pytest.mark.parametrize(("field", "name"), COLUMNS.items())
def test_ledger_column_missing_fails(field, name):
    """A whole column is one finding, at the first vehicle."""
    dossier = cleared(field)
    assert findings("DB-608", dossier) == (
        finding("DB-608", at(dossier, f"{CARS}.0.at"), f"电子台账没有“{name}”一列", f"补充{name}"),
    )


@pytest.mark.parametrize("blank", [None, text(""), text("　")])
@pytest.mark.parametrize(("field", "name"), COLUMNS.items())
def test_ledger_column_missing_boundary(field, name, blank):
    """A single cell is told at its own vehicle, by the plate where there is one."""
    dossier = changed(cement(), {f"{CARS}.2.{field}": blank})
    car = "豫M12389D" if field != "plate" else "该车" if blank is None else blank.value
    assert findings("DB-608", dossier) == (
        finding("DB-608", at(dossier, f"{CARS}.2.at"), f"{car}没有填写{name}", f"补充{name}"),
    )


def test_ledger_column_missing_cannot_judge():
    (only,) = unjudged("DB-608", EMPTY)
    assert (only.at, only.reason) == (cement().at, NO_LEDGER)


# -- DB-609


@pytest.mark.parametrize("stage", ["国五", "国Ⅵ", "国 六", "国六（b）", "新能源（纯电动）", "电"])
def test_stage_unknown_passes(stage):
    assert passed("DB-609", furniture())
    assert passed("DB-609", changed(cement(), {f"{CARS}.0.stage.value": stage}))


def test_stage_unknown_fails():
    dossier = changed(
        cement(),
        {
            f"{CARS}.0.stage.value": "达标",
            "evidence.transport.machines.1.stage.value": "合格",
            "evidence.transport.machines.1.name": None,
        },
    )
    todo = "写明国几，或新能源种类"
    assert findings("DB-609", dossier) == (
        finding(
            "DB-609", at(dossier, f"{CARS}.0.stage.at"), "豫M8A271的排放阶段“达标”无法识别", todo
        ),
        finding(
            "DB-609",
            at(dossier, "evidence.transport.machines.1.stage.at"),
            "该机械的排放阶段“合格”无法识别",
            todo,
        ),
    )


def test_stage_unknown_names_the_machine():
    """A blank cell of a machine is told, too; that of a vehicle is DB-608's."""
    path = "evidence.transport.machines.1"
    name = at(cement(), f"{path}.name.value")
    for written, said in (("合格", "的排放阶段“合格”无法识别"), (" ", "没有写明排放阶段")):
        dossier = changed(cement(), {f"{path}.stage.value": written})
        for told, machine in (
            (name, dossier),
            ("该机械", changed(dossier, {f"{path}.name": None})),
        ):
            (found,) = findings("DB-609", machine)
            assert (found.at, found.message) == (at(dossier, f"{path}.stage.at"), f"{told}{said}")


@pytest.mark.parametrize(
    ("stage", "found"), [("国七", 1), ("国六五", 1), ("五", 1), ("国五", 0), ("第五阶段", 0)]
)
def test_stage_unknown_boundary(stage, found):
    dossier = changed(cement(), {f"{CARS}.0.stage": text(stage, AT)})
    assert len(findings("DB-609", dossier)) == found


def test_stage_unknown_cannot_judge():
    dossier = changed(EMPTY, {"evidence.transport.machines": ()})
    (only,) = unjudged("DB-609", dossier)
    assert (only.at, only.reason) == (cement().at, "没有车辆和机械的排放阶段可查")
