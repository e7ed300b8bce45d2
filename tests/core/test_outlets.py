"""Rows by outlet: asking the sorted rows says the same as asking every row."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from duibiao.model.location import Located, Location, Text
from duibiao.rules.outlets import RowsByOutlet
from duibiao.rules.support import outlet_name


@dataclass(frozen=True)
class Row:
    outlet: Text | None
    step: Text | None


CODES = st.sampled_from(["", "DA001", "da001", "DA002"])
STEPS = st.sampled_from(["", "窑尾", "窑头", "窑尾（DA001）", "窑 尾"])


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[Text | None]:
    return st.none() | values.map(lambda value: Located(value, Location()))


ROWS = st.builds(Row, some(CODES), some(STEPS))


@given(st.lists(ROWS, max_size=8), ROWS)
def test_rows_of_an_outlet_are_those_that_mean_it_in_their_order(rows: list[Row], asked: Row):
    name = outlet_name(asked.outlet, asked.step)
    meant = [row for row in rows if name.means(outlet_name(row.outlet, row.step))]
    found = RowsByOutlet(rows).meant_by(name)
    assert [id(row) for row in found] == [id(row) for row in meant]
