"""How well a row of the law is vouched for, what its figure demands, what its dates stand for."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from duibiao.law import Citation, Figure, Provenance, Source, Standing
from duibiao.law.provenance import SourceKind
from duibiao.model.dates import PartialDate


@pytest.mark.parametrize(
    ("standing", "read", "kind"), list(product(Standing, (True, False), SourceKind))
)
def test_only_what_was_read_outside_digests_may_fail_a_package(standing, read, kind):
    cite = Citation(Source("S", "来源", kind, read))
    may = standing is not Standing.RECALLED and read and kind is not SourceKind.THIRD_PARTY
    assert Provenance("X", standing, (cite,)).may_fail is may


def test_one_good_source_among_digests_is_enough():
    digest = Citation(Source("D", "摘要", SourceKind.THIRD_PARTY, read=True))
    unread = Citation(Source("U", "原文", SourceKind.OFFICIAL, read=False))
    report = Citation(Source("R", "报道", SourceKind.REPORT, read=True))
    assert not Provenance("X", Standing.SECONDARY, (digest, unread)).may_fail
    assert Provenance("X", Standing.SECONDARY, (digest, unread, report)).may_fail
    assert not Provenance("X", Standing.RECALLED, (report,)).may_fail


def test_the_weaker_standing():
    order = [Standing.OFFICIAL, Standing.SECONDARY, Standing.RECALLED]
    for one, other in product(order, order):
        assert one.weaker(other) is order[max(order.index(one), order.index(other))]


FIGURES = [
    # operator, low, below, at and above 10, as written
    ("<=", None, (True, True, False), "≤10 mg/m³"),
    ("<", None, (True, False, False), "<10 mg/m³"),
    (">=", None, (False, True, True), "≥10 mg/m³"),
    (">", None, (False, False, True), ">10 mg/m³"),
    ("=", None, (False, True, False), "=10 mg/m³"),
    ("within", "5", (True, True, False), "5~10 mg/m³"),
]


@pytest.mark.parametrize(("op", "low", "holds", "text"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figure(op, low, holds, text):
    figure = Figure(op, Decimal(10), "mg/m3", None if low is None else Decimal(low))
    assert tuple(map(figure.holds, map(Decimal, ("9.99", "10.0", "10.01")))) == holds
    assert str(figure) == text


def test_partial_dates_are_ordered_by_what_they_may_stand_for():
    whole, month, day = PartialDate(2024), PartialDate(2024, 2), PartialDate(2024, 2, 3)
    assert (whole.earliest(), whole.latest()) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (month.earliest(), month.latest()) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (day.earliest(), day.latest()) == (date(2024, 2, 3), date(2024, 2, 3))
    assert [str(value) for value in (whole, month, day)] == ["2024年", "2024年2月", "2024年2月3日"]
