"""Whatever is filled in: composing never fails, shares add up, and what fits is built and read back the same."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from duibiao.model.emissions import FacilityKind
from duibiao.project.compose import compose
from duibiao.project.sheets import SHEETS
from duibiao.testing import enterprises
from duibiao.testing.comparison import same_facts
from duibiao.testing.projects import project_data, project_of
from duibiao.testing.spec import Enterprise

from .composing import NOTHING, Content, content, law_of
from .test_compose_facts import read_back

ODD = (
    "", "/", "—", "约100", "3-5", "<1.0", "未检出", "≥5", "1,200", "１２３", "0", "0.92", "50%", "1×10³", "NaN", "100",
    "1#排气筒", "DA1", "2.13", "2.7", "储罐", "是", "否", "吨", "万件/年", "SO₂", "TVOC", "苯", "红色", "A+", "引领性",
    "2026-03", "去年", "多行\n第二行", "《x》<&>", "减排比例：30%", "表1 说明", "3.2 生产工艺", "x" * 400, "\u200b", "😀",
)  # fmt: skip

amounts = st.decimals("0.001", 99_999, places=3, allow_nan=False).map(str)


def subset(parts: tuple[Any, ...], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return some of the parts, in their order."""
    flags = st.lists(st.booleans(), min_size=len(parts), max_size=len(parts))
    return flags.map(
        lambda kept: tuple(p for p, keep in zip(parts, kept, strict=True) if keep) or parts[:least]
    )


@st.composite
def varied(draw: st.DrawFn) -> Enterprise:
    """Return a sample with some of its outlets, lines, materials, vehicles, sections, and other amounts."""
    enterprise = enterprises.load(draw(st.sampled_from(enterprises.names())))
    names = draw(subset(tuple(enterprise.proofs)))
    return replace(
        enterprise,
        outlets=draw(subset(enterprise.outlets, 1)),
        lines=tuple(
            replace(line, capacity=draw(amounts), output=draw(amounts))
            for line in draw(subset(enterprise.lines, 1))
        ),
        hauls=tuple(
            replace(haul, amount=draw(amounts)) for haul in draw(subset(enterprise.hauls, 1))
        ),
        trucks=draw(subset(enterprise.trucks, 1)),
        machines=draw(subset(enterprise.machines)),
        materials=draw(subset(enterprise.materials, 1)),
        fugitives=draw(subset(enterprise.fugitives, 1)),
        proofs={name: enterprise.proofs[name] for name in names},
    )


def filled_in(enterprise: Enterprise) -> Content:
    """Return what is filled in for a varied sample, whose dossier by hand needs more than a project does."""
    whole = next(
        sample
        for name in enterprises.names()
        if (sample := enterprises.load(name)).name == enterprise.name
    )
    made = project_of(replace(enterprise, lines=whole.lines, outlets=whole.outlets))
    names = {line.name for line in enterprise.lines}
    codes = {outlet.code for outlet in enterprise.outlets}
    values = {line.name: line for line in enterprise.lines}
    made["products"] = [
        {**row, "capacity": values[row["line"]].capacity, "output": values[row["line"]].output}
        for row in made["products"]
        if row["line"] in names
    ]
    made["outlets"] = [row for row in made["outlets"] if row["outlet"] in codes]
    return made


def industry_of(enterprise: Enterprise) -> str:
    return next(
        name for name in enterprises.names() if enterprises.load(name).name == enterprise.name
    )


@given(varied())
@settings(max_examples=25, deadline=None)
def test_any_enterprise_is_composed_built_and_read_back_the_same(enterprise: Enterprise) -> None:
    law = law_of(industry_of(enterprise))
    found = compose(project_data(filled_in(enterprise)), NOTHING, law)
    dossier, transport = found.dossier, found.dossier.evidence.transport
    left_out = {m.what.partition("“")[2].partition("”")[0] for m in dossier.misfits}
    assert left_out <= set(enterprise.claims) | {"储罐"}
    for rows in (transport.modes[:-1], transport.shares):
        shares = [row.share.value.low or Decimal() for row in rows if row.share]
        assert abs(sum(shares) - 100) <= Decimal("0.05") * len(shares)
    assert [table.kind for table in dossier.evidence.facilities] == [
        kind
        for kind in FacilityKind
        if any(outlet.treatment for outlet in dossier.outlets if _is_of(kind, enterprise, outlet))
    ]
    assert same_facts(dossier, read_back(found, law)) == []


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, Content]:
    """Return what is filled in for a sample, with rows taken away or doubled and odd values in any cell."""
    name = draw(st.sampled_from(enterprises.names()))
    filled = content(name)
    for _ in range(draw(st.integers(1, 25))):
        sheet = draw(st.sampled_from(SHEETS))
        rows = filled[sheet.key]
        value = {draw(st.sampled_from(sheet.fields)).key: draw(st.sampled_from(ODD))}
        if isinstance(rows, dict):
            rows.update(value)
        elif not rows:
            rows.append(value)
        else:
            number = draw(st.integers(0, len(rows) - 1))
            match draw(st.sampled_from(("cell", "cell", "cell", "gone", "twice", "all"))):
                case "cell":
                    rows[number].update(value)
                case "gone":
                    del rows[number]
                case "twice":
                    rows.insert(number, dict(rows[number]))
                case "all":
                    rows.clear()
    return name, filled


@given(spoilt())
@settings(max_examples=60, deadline=None)
def test_whatever_is_filled_in_is_composed(made: tuple[str, Content]) -> None:
    name, filled = made
    found = compose(project_data(filled), NOTHING, law_of(name))
    again = compose(project_data(filled), NOTHING, law_of(name))
    assert found == again
    assert all(misfit.what and misfit.remedy for misfit in found.dossier.misfits)
    keys = [section.key for section in found.dossier.sections]
    assert len(keys) == len(set(keys))
    assert {text.at.section for text in found.dossier.paragraphs} <= {"封面", *keys}


def _is_of(kind: FacilityKind, enterprise: Enterprise, outlet: Any) -> bool:
    return any(
        emission.treatment == str(outlet.treatment)
        for facility, emission in enterprise.facilities(kind)
        if facility.code == str(outlet.outlet)
    )
