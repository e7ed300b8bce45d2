"""What rules read out of running text: terms of keeping, and facts by their id."""

from __future__ import annotations

from decimal import Decimal

import pytest

from duibiao.law import load_common
from duibiao.rules.readings import clauses_on_keeping, known_fact, months_kept


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("12个月以上", "12"),
        ("12月", "12"),
        ("保存１年以上", "12"),
        ("两年", "24"),
        ("十二个月", "12"),
        ("半年", "6"),
        ("90天", "3"),
        ("视频3个月，台账2年", "3"),  # the shortest counts
        ("长期", None),
        ("自2026年5月起", None),  # a date is no term
        ("", None),
    ],
)
def test_terms_of_keeping(words: str, months: str | None) -> None:
    assert months_kept(words) == (None if months is None else Decimal(months))


def test_clauses_on_keeping() -> None:
    words = "2025年建成，视频保存12个月以上；每3个月校准一次。台账留存两年，按规定保存"
    assert clauses_on_keeping(words) == ["视频保存12个月以上", "台账留存两年"]


def test_an_unknown_fact_is_our_fault() -> None:
    with pytest.raises(KeyError, match="NO-SUCH"):
        known_fact(load_common(), "NO-SUCH")
