"""What several rules share: the name by which an enterprise goes."""

from __future__ import annotations

import pytest

from duibiao.rules.support import reference_name

from .support import cement, changed, without


@pytest.mark.parametrize("change", [{"form": None}, {"form.enterprise": None}])
def test_the_cover_names_the_enterprise_where_the_form_does_not(
    change: dict[str, object],
) -> None:
    assert reference_name(cement()) == cement().form.enterprise
    d = changed(cement(), change)
    assert reference_name(d) == cement().cover.enterprise
    assert reference_name(without(d, "cover")) is None


def test_a_blank_name_is_none() -> None:
    d = changed(cement(), {"form.enterprise.value": " "})
    assert reference_name(d) == cement().cover.enterprise
    assert reference_name(changed(d, {"cover.enterprise.value": "　"})) is None
