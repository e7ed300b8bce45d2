"""How much emission a level's measures save."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duibiao.model.quantities import parse_quantity
from duibiao.project.reduction import (
    Cut,
    Discharge,
    annual_tonnes,
    cut_of,
    reduction_ratio,
    upper,
)


@pytest.mark.parametrize(
    ("written", "most"),
    [
        ("5", "5"), ("2.3-4.9", "4.9"), ("<1.0", "1.0"), ("≤10", "10"), ("未检出（<1.0）", "1.0"), ("0", "0"),
        ("未检出", None), ("ND", None), ("≥5", None), (">5", None), ("/", None), ("", None), ("若干", None),
    ],
)  # fmt: skip
def test_the_upper_end_counts(written: str, most: str | None) -> None:
    assert upper(parse_quantity(written)) == (None if most is None else Decimal(most))


@pytest.mark.parametrize(
    ("concentration", "flow", "hours", "tonnes"),
    [
        ("10", "100000", "8000", "8"),
        ("2.5-10", "90000-100000", "8000", "8"),
        ("10", "10万m³/h", "8000", "8"),
        ("10mg/m³", "100000m³/h", "8000h", "8"),
        ("<1.0", "586000", "7920", "4.64112"),
        ("0", "100000", "8000", "0"),
        ("10", "0", "8000", "0"),
        ("未检出", "100000", "8000", None),
        ("10", "", "8000", None),
        ("10", "100000", "", None),
        ("10", "100000", "全年", None),
        ("10", "≥100000", "8000", None),
        ("10ug/m3", "100000", "8000", None),
        ("10", "100000t", "8000", None),
        ("10", "100000", "330d", None),
    ],
)
def test_annual_emission_is_exact_or_unknown(
    concentration: str, flow: str, hours: str, tonnes: str | None
) -> None:
    found = annual_tonnes(
        parse_quantity(concentration), parse_quantity(flow), parse_quantity(hours)
    )
    assert found == (None if tonnes is None else Decimal(tonnes))


CUTS = (
    Cut("1#线", Decimal(50)),
    Cut("1#线", Decimal(30)),
    Cut("2#线", Decimal(100)),
    Cut("", Decimal(20)),
)


@pytest.mark.parametrize(
    ("line", "share"), [("1#线", "50"), ("2#线", "100"), ("3#线", "20"), ("", "20")]
)
def test_cuts_do_not_add_and_the_whole_plant_counts_everywhere(line: str, share: str) -> None:
    assert cut_of(line, CUTS) == Decimal(share)


def test_without_a_whole_plant_cut_shared_outlets_go_on() -> None:
    assert cut_of("", CUTS[:3]) == 0
    assert cut_of("3#线", CUTS[:3]) == 0


@pytest.mark.parametrize(
    ("tonnes", "cuts", "ratio"),
    [
        ((("1", "3"), ("2", "1")), (("1", "50"),), "37.5"),
        ((("1", "3"), ("2", "1")), (("", "100"),), "100.0"),
        ((("1", "3"), ("2", "1")), (("3", "100"),), "0.0"),
        ((("1", "3"), ("", "1")), (("1", "100"),), "75.0"),
        ((("1", "1"), ("2", "1999")), (("1", "100"),), "0.1"),  # 0.05 goes up
        ((("1", "1"), ("2", "2000")), (("1", "100"),), "0.0"),
        ((("1", "0"), ("2", "0")), (("", "100"),), None),
        ((), (("", "100"),), None),
    ],
)
def test_the_ratio_weighs_lines_by_what_they_emit(
    tonnes: tuple[tuple[str, str], ...], cuts: tuple[tuple[str, str], ...], ratio: str | None
) -> None:
    found = reduction_ratio(
        [Discharge(line, Decimal(amount)) for line, amount in tonnes],
        [Cut(line, Decimal(share)) for line, share in cuts],
    )
    assert (None if found is None else str(found)) == ratio


lines = st.sampled_from(["", "1#线", "2#线", "3#线"])
discharges = st.lists(
    st.builds(Discharge, lines, st.decimals(0, 10_000, places=3)), min_size=1, max_size=8
)
cuts_made = st.lists(st.builds(Cut, lines, st.decimals(0, 100, places=1)), max_size=6)


@given(discharges, cuts_made)
def test_a_ratio_lies_between_nothing_and_all(found: list[Discharge], cuts: list[Cut]) -> None:
    ratio = reduction_ratio(found, cuts)
    assert (ratio is None) == (not any(entry.tonnes for entry in found))
    assert ratio is None or 0 <= ratio <= 100


@given(discharges, cuts_made, st.builds(Cut, lines, st.decimals(0, 100, places=1)))
def test_one_measure_more_never_saves_less(
    found: list[Discharge], cuts: list[Cut], more: Cut
) -> None:
    before, after = reduction_ratio(found, cuts), reduction_ratio(found, [*cuts, more])
    assert before is None or (after is not None and after >= before)
