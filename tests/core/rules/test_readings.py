"""What rules read out of running text: terms of keeping, and facts by their id."""

from __future__ import annotations

from decimal import Decimal

import pytest

from duibiao.law import load_common
from duibiao.rules.readings import (
    Angle,
    clauses_on_keeping,
    coordinates,
    known_fact,
    months_kept,
)


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


def angle(*parts: str) -> Angle:
    """Return an angle of degrees, minutes and seconds."""
    return Angle(*map(Decimal, parts))


WRITTEN = (angle("111", "45", "36"), angle("34", "46", "12"))


@pytest.mark.parametrize(
    ("words", "pair"),
    [
        ("东经111°45′36″，北纬34°46′12″", WRITTEN),
        ("北纬34°46'12\"，东经111°45'36\"", WRITTEN),
        ("111度45分36秒，34度46分12秒", WRITTEN),
        ("34.77N 111.76E", (angle("111.76"), angle("34.77"))),
        ("111.76,34.77", (angle("111.76"), angle("34.77"))),
        ("34.77,111.76", (angle("111.76"), angle("34.77"))),
        ("90,111.76", (angle("111.76"), angle("90"))),
        ("90.5,111.76", (angle("90.5"), angle("111.76"))),
        ("45,90", (angle("45"), angle("90"))),
        ("东经111°45′36″", None),
        ("东经111°45′36″，东经34°46′12″", None),
        ("东经111°45′36″，34°46′12″", None),
    ],
)
def test_coordinates(words: str, pair: tuple[Angle, Angle] | None) -> None:
    """Longitude and latitude, whichever comes first; without names, only what cannot be otherwise is turned."""
    assert coordinates(words) == pair


def test_the_value_of_an_angle() -> None:
    assert angle("111", "45", "36").value == Decimal("111.76")
    assert angle("34", "46", "12").value == Decimal("34.77")


def test_an_unknown_fact_is_our_fault() -> None:
    with pytest.raises(KeyError, match="NO-SUCH"):
        known_fact(load_common(), "NO-SUCH")
