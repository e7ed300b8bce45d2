"""Totals against their rows, output against capacity, claimed shares and counts against their tables."""

import pytest

from duibiao.model.evidence import VehicleShare
from duibiao.model.quantities import parse_quantity

from .law_builders import quantity
from .support import (
    AT,
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    passed,
    text,
    unjudged,
    without,
)

CEMENT_LINES = "production.products.1.rows"
"""Two mills of 55 each, output 39.6 and 38.7, and the total 110 and 78.3."""

HAUL_TOTAL = "production.transports.8.amount"
"""The total 197.7 of everything moved, of which 180.2 clean."""


def valued(path: str, value: str, unit: str = ""):
    """Return the cement works with another quantity at `path`."""
    return changed(cement(), {f"{path}.value": parse_quantity(value, unit)})


# -- DB-307


@pytest.mark.parametrize("written", ["78.3", "78.30", "78", "78.3万吨", "＝78.3"])
def test_product_total_wrong_passes(written):
    assert passed("DB-307", furniture())
    assert passed("DB-307", valued(f"{CEMENT_LINES}.2.output", written))


def test_product_total_wrong_fails():
    dossier = valued(f"{CEMENT_LINES}.2.output", "59.85", "万t")
    dossier = changed(dossier, {f"{CEMENT_LINES}.2.capacity.value": parse_quantity("55")})
    assert findings("DB-307", dossier) == (
        finding(
            "DB-307",
            at(dossier, f"{CEMENT_LINES}.2.capacity.at"),
            "设计产能合计为55，各项之和为110",
            "核对各项，改正合计",
        ),
        finding(
            "DB-307",
            at(dossier, f"{CEMENT_LINES}.2.output.at"),
            "产量合计为59.85，各项之和为78.3",
            "核对各项，改正合计",
        ),
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [("111.1", 0), ("108.9", 0), ("111.11", 1), ("108.89", 1), ("/", 0), ("", 0)],
)
def test_product_total_wrong_boundary(written, found):
    """A total may be off by rounding: by 1 % of the sum and no more."""
    assert len(findings("DB-307", valued(f"{CEMENT_LINES}.2.capacity", written))) == found


def test_product_total_wrong_in_each_part():
    """What follows a total is added up anew."""
    first, second, total = at(cement(), CEMENT_LINES)
    rows = (first, second, total, first, total)
    dossier = changed(cement(), {CEMENT_LINES: rows})
    assert [found.message for found in findings("DB-307", dossier)] == [
        "设计产能合计为110，各项之和为55",
        "产量合计为78.3，各项之和为39.6",
    ]


def test_product_total_wrong_cannot_judge():
    """Without a table; with a total or a row that is no number."""
    (only,) = unjudged("DB-307", changed(cement(), {"production.products": ()}))
    assert (only.at, only.reason) == (cement().at, "没有产品产能及产量表可查")
    for path, written in (
        (f"{CEMENT_LINES}.2.output", "若干"),
        (f"{CEMENT_LINES}.0.output", "停产"),
    ):
        (only,) = unjudged("DB-307", valued(path, written))
        assert only.at == at(cement(), f"{CEMENT_LINES}.2.output.at")
        assert only.reason == "产量的合计或分项不是数字"
    pieces = changed(cement(), {f"{CEMENT_LINES}.2.output.value": parse_quantity("78.3万件")})
    pieces = changed(pieces, {f"{CEMENT_LINES}.0.output.value": parse_quantity("39.6万t")})
    (only,) = unjudged("DB-307", pieces)
    assert only.at == at(cement(), f"{CEMENT_LINES}.2.output.at")
    assert only.reason == "产量的合计与分项单位不同，无法相加"


# -- DB-308


def test_output_above_capacity_passes():
    assert passed("DB-308", cement())
    assert passed("DB-308", furniture())


def test_output_above_capacity_fails():
    dossier = valued(f"{CEMENT_LINES}.1.output", "56.2", "万t")
    assert findings("DB-308", dossier) == (
        finding(
            "DB-308",
            at(dossier, f"{CEMENT_LINES}.1.output.at"),
            "2#水泥磨线产量56.2超过设计产能55",
            "核对数据；确实超产的，说明原因并附环评、排污许可依据",
            also=(at(dossier, f"{CEMENT_LINES}.1.capacity.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("row", "written", "found"), [(1, "55", 0), (1, "55.01", 1), (1, "50~55.5", 1), (2, "120", 0)]
)
def test_output_above_capacity_boundary(row, written, found):
    """Full capacity is no excess; the upper end of a range counts; totals are not judged twice."""
    dossier = valued(f"{CEMENT_LINES}.{row}.output", written, "万t")
    assert len(findings("DB-308", dossier)) == found


@pytest.mark.parametrize(
    ("output", "capacity", "found"),
    [
        ("550000t", "55万t", 0),
        ("550001t", "55万t", 1),
        ("55万t", "550000t", 0),
        ("55.1万t", "550000t", 1),
    ],
)
def test_output_above_capacity_converts(output, capacity, found):
    row = f"{CEMENT_LINES}.1"
    dossier = changed(
        cement(),
        {
            f"{row}.output.value": parse_quantity(output),
            f"{row}.capacity.value": parse_quantity(capacity),
        },
    )
    assert len(findings("DB-308", dossier)) == found


@pytest.mark.parametrize("part", ["capacity", "output"])
def test_output_above_capacity_goes_on_after_a_gap(part):
    """A row that says one of the two is nothing to compare; one without a name is still told."""
    dossier = valued(f"{CEMENT_LINES}.1.output", "56.2", "万t")
    dossier = without(dossier, f"{CEMENT_LINES}.1.line", f"{CEMENT_LINES}.0.{part}")
    (found,) = findings("DB-308", dossier)
    assert found.message == "该生产线产量56.2超过设计产能55"


@pytest.mark.parametrize("column", ["capacity", "output"])
def test_output_above_capacity_cannot_judge(column):
    (only,) = unjudged("DB-308", changed(cement(), {"production.products": ()}))
    assert (only.at, only.reason) == (cement().at, "没有产品产能及产量表可查")
    (only,) = unjudged("DB-308", valued(f"{CEMENT_LINES}.1.{column}", "按订单"))
    assert only.at == at(cement(), f"{CEMENT_LINES}.1.at")
    assert only.reason == "产能或产量不是数字"
    later = changed(
        valued(f"{CEMENT_LINES}.0.{column}", "按订单"),
        {f"{CEMENT_LINES}.1.output.value": parse_quantity("56.2", "万t")},
    )
    assert len(findings("DB-308", later)) == 1
    pieces = changed(cement(), {f"{CEMENT_LINES}.1.{column}.value": parse_quantity("9万件")})
    (only,) = unjudged("DB-308", pieces)
    assert only.at == at(cement(), f"{CEMENT_LINES}.1.at")
    assert only.reason == "产能与产量的单位不同，无法比较"


# -- DB-309


@pytest.mark.parametrize("written", ["197.7", "197.70万吨", "198", "—"])
def test_transport_total_wrong_passes(written):
    assert passed("DB-309", furniture())
    assert passed("DB-309", valued(HAUL_TOTAL, written))


def test_transport_total_wrong_fails():
    dossier = valued(HAUL_TOTAL, "162.6", "万t")
    assert findings("DB-309", dossier) == (
        finding(
            "DB-309",
            at(dossier, f"{HAUL_TOTAL}.at"),
            "运输量合计为162.6，各项之和为197.7",
            "核对各项，改正合计",
        ),
    )


@pytest.mark.parametrize(
    ("written", "found"), [("199.677", 0), ("199.678", 1), ("195.723", 0), ("195.722", 1)]
)
def test_transport_total_wrong_boundary(written, found):
    """Off by 1 % of the sum is rounding, more is not."""
    assert len(findings("DB-309", valued(HAUL_TOTAL, written))) == found


def test_transport_total_wrong_in_each_part():
    """What follows a total is added up anew."""
    first, *_, total = cement().production.transports
    again = changed((first, total, first, total), {"1.amount": first.amount})
    (found,) = findings("DB-309", changed(cement(), {"production.transports": again}))
    assert found.message == f"运输量合计为197.7，各项之和为{first.amount.value.high}"


def test_transport_total_wrong_cannot_judge():
    (only,) = unjudged("DB-309", changed(cement(), {"production.transports": ()}))
    assert (only.at, only.reason) == (cement().at, "没有运输情况表可查")
    (only,) = unjudged("DB-309", valued("production.transports.3.amount", "少量"))
    assert only.at == at(cement(), f"{HAUL_TOTAL}.at")
    assert only.reason == "运输量的合计或分项不是数字"


# -- DB-310


def claiming(share: str):
    """Return the cement works with another sentence on clean transport in 2.17."""
    claim = text(f"大宗物料和产品清洁运输比例为{share}，其余使用国五及以上车辆。")
    return changed(cement(), {"evidence.transport.text": (claim,)})


@pytest.mark.parametrize("share", ["91.1%", "91.15％", "９１%", "91 %"])
def test_clean_share_differs_from_table_passes(share):
    assert passed("DB-310", cement())
    assert passed("DB-310", furniture())
    assert passed("DB-310", claiming(share))


def test_clean_share_differs_from_table_fails():
    """Both 四、3.4 and 2.17 are held against the table, each in its own finding."""
    first = text("经统计，清洁方式运输比例为44.9%。")
    dossier = changed(claiming("89.0%"), {"production.transport_text": (first,)})
    rows = (at(dossier, "production.transports.0.at"),)
    places = (first.at, at(dossier, "evidence.transport.text.0.at"))
    assert findings("DB-310", dossier) == tuple(
        finding(
            "DB-310",
            place,
            f"文中清洁运输比例为{share}%，按运输情况表计算为91.1%",
            "核对运输量和运输方式，改正有误的一处",
            also=rows,
        )
        for place, share in zip(places, ("44.9", "89.0"), strict=True)
    )


@pytest.mark.parametrize(
    ("share", "found"), [("80.5%", 0), ("80.51%", 1), ("79.5%", 0), ("79.49%", 1), ("不明", 0)]
)
def test_clean_share_differs_from_table_boundary(share, found):
    """Up to half a percentage point from the 80 % of the table is rounding; a requirement is no claim."""
    rows = changed(
        cement().production.transports[:2],
        {
            "0.amount": quantity("20", "万t"),
            "1.amount": quantity("80", "万t"),
            "0.clean.value": "否",
        },
    )
    dossier = changed(
        claiming(share), {"production.transports": rows, "production.transport_text": ()}
    )
    assert len(findings("DB-310", dossier)) == found
    demand = (text("要求清洁运输比例不低于95%。"),)
    assert passed("DB-310", changed(dossier, {"evidence.transport.text": demand}))


@pytest.mark.parametrize(
    ("stated", "share", "found"),
    [("85.2%", "85.2%", 0), ("85.2%", "85.7%", 0), ("85.2%", "71.2%", 1), ("", "71.2%", 0)],
)
def test_clean_shares_are_held_against_each_other_where_the_table_gives_none(stated, share, found):
    row = next(
        r for r in range(30) if "运输方式" in at(cement(), f"indicators.rows.{r}.indicator.value")
    )
    status = text(f"清洁运输比例{stated}，满足要求" if stated else "满足要求")
    dossier = changed(
        claiming(share),
        {
            "production.transports.3.clean": None,
            "production.transport_text": (),
            f"indicators.rows.{row}.status": status,
        },
    )
    place = at(dossier, "evidence.transport.text.0.at")
    assert findings("DB-310", dossier) == found * (
        finding(
            "DB-310",
            place,
            "清洁运输比例此处为71.2%，另一处为85.2%",
            "核对运输量和运输方式，各处改为一致",
            also=(status.at,),
        ),
    )


def test_clean_share_differs_from_table_cannot_judge():
    """Without a table; with a row whose amount or kind is not known; with nothing moved."""
    (only,) = unjudged("DB-310", changed(cement(), {"production.transports": ()}))
    assert (only.at, only.reason) == (cement().at, "没有运输情况表可查")
    row = "production.transports.3"
    for dossier in (
        changed(cement(), {f"{row}.amount": None}),
        changed(cement(), {f"{row}.clean": None}),
        valued(f"{row}.amount", "少量"),
        changed(
            cement(),
            {"production.transports": (changed(at(cement(), row), {"amount": quantity("0")}),)},
        ),
    ):
        (only,) = unjudged("DB-310", dossier)
        assert only.at == at(dossier, "production.transports.0.at")
        assert only.reason == "运输情况表缺少运输量或“是否清洁运输”，无法计算比例"


# -- DB-312

STAGES = cement().evidence.transport.shares


def test_vehicle_counts_differ_passes():
    assert passed("DB-312", cement())
    assert passed("DB-312", furniture())


def test_vehicle_counts_differ_fails():
    """The cement works' ledger has one 国五, two 国六 and five electric vehicles."""
    dossier = changed(
        cement(), {"evidence.transport.shares.1.count.value": parse_quantity("3", "")}
    )
    assert findings("DB-312", dossier) == (
        finding(
            "DB-312",
            at(dossier, "evidence.transport.shares.1.count.at"),
            "国六统计为3辆，电子台账为2辆",
            "按台账重新统计",
            also=(at(dossier, "evidence.transport.vehicles.0.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"shares.1.count.value": parse_quantity("2辆")}, 0),
        ({"shares.1.count.value": parse_quantity("1")}, 1),
        ({"shares.1.stage": text("国Ⅵ")}, 0),
        ({"shares.2.stage": text("新能源")}, 0),
        ({"shares": (*STAGES, VehicleShare(AT, text("合计"), quantity("9", "")))}, 0),
        ({"shares.2.count": None}, 0),
        ({"vehicles.0.stage": text("国六b")}, 2),
    ],
)
def test_vehicle_counts_differ_boundary(changes, found):
    """Stages count by what they mean; totals and rows without a number are left to others."""
    dossier = changed(
        cement(), {f"evidence.transport.{path}": value for path, value in changes.items()}
    )
    assert len(findings("DB-312", dossier)) == found


def test_vehicle_counts_differ_cannot_judge():
    for missing, name in (("shares", "排放阶段统计表"), ("vehicles", "运输车辆电子台账")):
        (only,) = unjudged("DB-312", changed(cement(), {f"evidence.transport.{missing}": ()}))
        assert (only.at, only.reason) == (cement().at, f"缺少{name}，无法对照")
    odd = changed(cement(), {"evidence.transport.shares.0.stage": text("黄牌车", AT)})
    (only,) = unjudged("DB-312", odd)
    assert only.at == at(odd, "evidence.transport.shares.0.at")
    assert only.reason == "不认识的排放阶段“黄牌车”"
    counts = changed(
        cement(), {"evidence.transport.shares.0.count.value": parse_quantity("若干", "辆")}
    )
    (only,) = unjudged("DB-312", counts)
    assert only.at == at(counts, "evidence.transport.shares.0.at")
    assert only.reason.endswith("的车辆数不是数字")
