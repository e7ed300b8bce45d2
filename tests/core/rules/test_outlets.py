"""Rows by outlet say the same as asking every row whether it means the outlet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from duibiao.model.location import Text
from duibiao.rules.outlets import RowsByOutlet
from duibiao.rules.support import outlet_name

from .support import text


@dataclass(frozen=True)
class Row:
    """A row that names an outlet."""

    outlet: Text | None
    step: Text | None


def row(code: str, step: str) -> Row:
    """Return a row; "" stands for a cell that is not there."""
    return Row(text(code) if code else None, text(step) if step else None)


NAMES = tuple(product(("", "DA001", "da002"), ("", "窑尾", "窑头（DA002）")))
"""Every way to name one of two outlets, or neither."""


@pytest.mark.parametrize(("code", "step"), NAMES)
def test_rows_are_found_as_if_each_were_asked(code: str, step: str) -> None:
    """In their order, each as often as it stands there."""
    rows = [row(*name) for name in (*NAMES, *reversed(NAMES))]
    asked = row(code, step)
    name = outlet_name(asked.outlet, asked.step)
    expected = [one for one in rows if name.means(outlet_name(one.outlet, one.step))]
    assert RowsByOutlet(rows).meant_by(name) == expected


def test_without_rows_nothing_is_meant() -> None:
    for code, step in NAMES:
        asked = row(code, step)
        assert RowsByOutlet([]).meant_by(outlet_name(asked.outlet, asked.step)) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("DA001", "窑尾"), ("DA001", "窑头"), True),
        (("DA001", "窑尾"), ("DA002", "窑尾"), False),
        (("DA001", "窑尾"), ("", "窑尾"), True),
        (("", "窑尾"), ("", "窑头"), False),
        (("DA001", ""), ("", ""), False),
        (("", ""), ("", ""), False),
    ],
)
def test_names_that_mean_one_outlet(
    one: tuple[str, str], other: tuple[str, str], same: bool
) -> None:
    first, second = (outlet_name(row(*name).outlet, row(*name).step) for name in (one, other))
    assert (first.means(second), second.means(first)) == (same, same)
