"""DB-610 reads a requirement as the ladder does: tank trucks that are spared, and what all others need."""

from __future__ import annotations

import pytest

from .rules.support import at, changed, findings
from .rules.test_transport import CARS, cement, requirement

WRITTEN = "物料公路运输（水泥罐式货车除外）国五及以上或新能源车辆比例不低于80%，其余为国四。"
SPARING = requirement(WRITTEN, figure="80", subject="road_stage_share")


def ledger(*vehicles: tuple[str, str]):
    """Return the works with vehicles of these kinds and stages only."""
    cars = cement().evidence.transport.vehicles[: len(vehicles)]
    parts = {}
    for number, (kind, stage) in enumerate(vehicles):
        parts |= {f"{number}.kind.value": kind, f"{number}.stage.value": stage}
    return changed(cement(), {CARS: changed(cars, parts)})


TRUCK, TANKER = "重型半挂牵引车", "水泥罐式半挂车"
GOOD = [(TRUCK, "国六")] * 4
LOW = "运输车辆中，国五及以上或新能源占60.0%，B级要求≥80%"
OLD = f"运输车辆中有1辆（台）低于国四，B级要求“{WRITTEN}”"


@pytest.mark.parametrize(
    ("vehicles", "told"),
    [
        ([*GOOD, (TRUCK, "国四")], []),
        ([*GOOD, (TRUCK, "国四"), (TANKER, "国三"), (TANKER, "国二")], []),
        ([*GOOD, (TRUCK, "国三")], [OLD]),
        ([*GOOD[:3], (TRUCK, "国四"), (TRUCK, "国四")], [LOW]),
        ([*GOOD[:3], (TRUCK, "国四"), (TRUCK, "国三")], [LOW, OLD]),
    ],
)
def test_tankers_are_spared_and_the_rest_has_a_stage_of_its_own(vehicles, told):
    dossier = ledger(*vehicles)
    found = findings("DB-610", dossier, requirements=(SPARING,))
    assert [finding.message for finding in found] == told
    if told == [OLD]:
        assert found[0].at == at(dossier, f"{CARS}.4.stage.at")
