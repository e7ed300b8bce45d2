"""Totals, shares and counts that composing computes, at their boundaries."""

from decimal import Decimal
from typing import Any

import pytest

from duibiao.model.dossier import Dossier
from duibiao.project.compose.desk import share

from .composing import Content, bare_law, dossier


def products(*rows: tuple[str, str, str, str]) -> Any:
    """Return a change: lines of one product, as (capacity, its unit, output, its unit)."""

    def change(filled: Content) -> None:
        filled["products"] = [
            {
                "product": "砖",
                "line": f"{number}#线",
                "equipment": "窑1座",
                "capacity": row[0],
                "capacity_unit": row[1],
                "output": row[2],
                "output_unit": row[3],
            }
            for number, row in enumerate(rows, 1)
        ]

    return change


def hauls(*rows: tuple[str, str, str], unit: str = "万吨") -> Any:
    """Return a change: transports as (mode, amount, whether clean)."""

    def change(filled: Content) -> None:
        filled["transports"] = [
            {
                "goods": "砖",
                "direction": "出厂",
                "mode": mode,
                "amount": amount,
                "unit": unit,
                "clean": clean,
            }
            for mode, amount, clean in rows
        ]

    return change


def capacities(found: Dossier) -> list[tuple[str, str, str, bool]]:
    (table,) = found.production.products
    return [
        (
            str(row.line),
            str(row.capacity),
            row.capacity.value.unit if row.capacity else "",
            row.is_total,
        )
        for row in table.rows
    ]


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([("5", "万t/a", "4", "万t")], [("1#线", "5", "万t/a", False)]),
        (
            [("77.5", "万吨/年", "4", "万吨"), ("0.25", "万t/a", "4", "万t")],
            [("1#线", "77.5", "万t/a", False), ("2#线", "0.25", "万t/a", False), ("", "77.75", "万t/a", True)],
        ),
        (
            [("1,200", "t/a", "4", "t"), ("800", "t/a", "4", "t")],
            [("1#线", "1,200", "t/a", False), ("2#线", "800", "t/a", False), ("", "2000", "t/a", True)],
        ),
        (
            [("5", "万件/年", "4", "万件"), ("3", "万件/年", "4", "万件")],
            [("1#线", "5万件/年", "万件/年", False), ("2#线", "3万件/年", "万件/年", False), ("", "8万件/年", "万件/年", True)],
        ),
        ([("5", "万t/a", "4", "万t"), ("3-4", "万t/a", "4", "万t")], None),
        ([("5", "万t/a", "4", "万t"), ("≥4", "万t/a", "4", "万t")], None),
        ([("5", "万t/a", "4", "万t"), ("4", "t/a", "4", "万t")], None),
        ([("5", "万t/a", "4", "万t"), ("", "万t/a", "4", "万t")], None),
    ],
)  # fmt: skip
def test_products_with_several_lines_have_a_total(
    rows: list[tuple[str, str, str, str]], shown: list[tuple[str, str, str, bool]] | None
) -> None:
    found = capacities(dossier(products(*rows)))
    if shown is None:
        assert not any(is_total for *_, is_total in found)
    else:
        assert found == shown


def test_products_are_tables_of_their_own_in_order_of_appearance() -> None:
    found = dossier(lambda filled: filled["products"].insert(0, filled["products"].pop()))
    assert [str(table.caption) for table in found.production.products] == [
        "水泥产能及产量一览表",
        "水泥熟料产能及产量一览表",
    ]


def test_transports_are_added_up_with_their_shares() -> None:
    found = dossier(
        hauls(
            ("铁路", "1", "是"),
            ("公路（国六车辆）", "1.5", "否"),
            ("铁路", "0.5", "是"),
            ("铁路", "3", "否"),
        )
    )
    total = found.production.transports[-1]
    assert (total.is_total, str(total.amount), str(total.goods)) == (True, "6.0", "")
    assert [
        (str(mode.mode), str(mode.amount), str(mode.share), str(mode.clean))
        for mode in found.evidence.transport.modes
    ] == [
        ("铁路", "1.5", "25.0%", "是"),
        ("公路（国六车辆）", "1.5", "25.0%", "否"),
        ("铁路", "3", "50.0%", "否"),
        ("", "6.0", "100%", "清洁运输比例25.0%"),
    ]
    assert found.misfits == ()


@pytest.mark.parametrize(
    "change",
    [
        hauls(("铁路", "0", "是")),
        hauls(("铁路", "1-2", "是")),
        hauls(("铁路", "约定", "是")),
        hauls(("铁路", "", "是")),
        hauls(("铁路", "3吨", "是")),
        hauls(),
    ],
)
def test_what_cannot_be_added_up_has_no_total_and_no_share(change: Any) -> None:
    found = dossier(change)
    assert not any(row.is_total for row in found.production.transports)
    assert found.evidence.transport.modes == ()
    assert not any("清洁方式运输比例" in text.value for text in found.paragraphs)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [("0", "7", "0.0"), ("7", "7", "100.0"), ("1", "3", "33.3"), ("2", "3", "66.7"), ("1", "2000", "0.0"), ("3", "2000", "0.2")],
)  # fmt: skip
def test_shares_have_one_decimal_and_are_rounded_to_even(
    part: str, whole: str, percent: str
) -> None:
    assert str(share(Decimal(part), Decimal(whole))) == percent


def test_vehicles_are_counted_by_stage_and_by_fuel() -> None:
    def change(filled: Content) -> None:
        wanted = [
            ("柴油", "国五"),
            ("天然气", "国六"),
            ("汽油", "国六"),
            ("混合动力", "国六"),
            ("氢", "新能源（氢燃料）"),
            ("", "新能源（纯电动）"),
        ]
        filled["vehicles"] = [
            {**filled["vehicles"][0], "fuel": fuel, "stage": stage} for fuel, stage in wanted
        ]

    found = dossier(change)
    assert [
        (str(row.stage), str(row.count), str(row.share)) for row in found.evidence.transport.shares
    ] == [
        ("国五", "1", "16.7%"),
        ("国六", "3", "50.0%"),
        ("新能源（氢燃料）", "1", "16.7%"),
        ("新能源（纯电动）", "1", "16.7%"),
    ]
    assert str(found.production.transport_text[0]) == (
        "经统计，2025年清洁方式运输比例为91.1%。公司登记运输车辆6辆，其中新能源车辆2辆、燃气车辆1辆、"
        "柴油车辆1辆、汽油车辆1辆、混合动力车辆1辆；场内非道路移动机械4台。"
    )


@pytest.mark.parametrize(
    ("empty", "sentence"),
    [
        (("vehicles",), "经统计，2025年清洁方式运输比例为91.1%。场内非道路移动机械4台。"),
        (("machines", "transports"), "公司登记运输车辆8辆，其中新能源车辆5辆、燃气车辆0辆、柴油车辆3辆、汽油车辆0辆。"),
        (("machines", "transports", "vehicles"), None),
    ],
)  # fmt: skip
def test_nothing_is_said_of_what_was_not_filled_in(
    empty: tuple[str, ...], sentence: str | None
) -> None:
    found = dossier(lambda filled: [filled[key].clear() for key in empty])
    assert [str(text) for text in found.production.transport_text] == (
        [sentence] if sentence else []
    )


def test_facilities_are_numbered_within_their_kind() -> None:
    tables = dossier().evidence.facilities
    assert [(table.kind.value, [row.number for row in table.rows]) for table in tables] == [
        ("除尘", list(range(1, 10))),
        ("脱硫", [1]),
        ("脱硝", [1]),
    ]
    first = tables[0].rows[0]
    assert (str(first.step), str(first.outlet), str(first.concentration), str(first.flow)) == (
        "水泥窑窑尾（DA001）",
        "DA001",
        "2.3-4.9mg/m³",
        "586000m³/h",
    )


@pytest.mark.parametrize(
    ("pollutants", "shown"), [(("TVOC", "非甲烷总烃"), "2.0"), (("非甲烷总烃", "TVOC"), "1.0")]
)
def test_one_facility_for_several_pollutants_is_one_row_that_tells_the_usual_one(
    pollutants: tuple[str, str], shown: str
) -> None:
    def change(filled: Content) -> None:
        row = {**filled["outlets"][0], "outlet": "DA010", "kind": "VOCs治理", "treatment": "RTO"}
        for number, pollutant in enumerate(pollutants, 1):
            filled["outlets"].append(
                {**row, "pollutant": pollutant, "concentration": f"{number}.0"}
            )

    found = dossier(change)
    (facility,) = found.evidence.facilities[3].rows
    assert (facility.number, str(facility.concentration)) == (1, f"{shown}mg/m³")
    assert [str(row.pollutant) for row in found.outlets if str(row.outlet) == "DA010"] == list(
        pollutants
    )


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("SO₂", "二氧化硫"),
        ("ＮＯｘ", "氮氧化物"),
        ("烟尘", "颗粒物"),
        ("颗粒物", "颗粒物"),
        ("铅", "铅"),
    ],
)
def test_pollutants_are_called_by_their_usual_names(written: str, known: str) -> None:
    found = dossier(lambda filled: filled["outlets"][0].update({"pollutant": written}))
    assert str(found.evidence.limits[0].pollutant) == known


@pytest.mark.parametrize(
    ("written", "shown"),
    [("2.3", "2.3mg/m³"), ("<1.0", "<1.0mg/m³"), ("2.3mg/Nm³", "2.3mg/Nm³"), ("未检出", "未检出"), ("", ""), ("1-2", "1-2mg/m³")],
)  # fmt: skip
def test_units_stand_in_cells_below_headers_without_one(written: str, shown: str) -> None:
    found = dossier(lambda filled: filled["outlets"][0].update({"concentration": written}))
    concentration = found.evidence.facilities[0].rows[0].concentration
    assert concentration is not None
    assert concentration.value.text == shown


def test_oxygen_that_does_not_matter_is_a_stroke() -> None:
    limits = dossier().evidence.limits
    assert [(str(row.oxygen), str(row.baseline_oxygen)) for row in limits[3:5]] == [
        ("9.1", "10"),
        ("/", "/"),
    ]


def test_the_last_year_is_that_before_the_application() -> None:
    found = dossier(lambda filled: filled["form"].update({"date": ""}), law=bare_law())
    assert str(found.production.transport_text[0]).startswith("经统计，上年清洁方式运输比例")
