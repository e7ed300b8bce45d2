"""The same enterprise in many hands gives the same dossier."""

import re
from dataclasses import fields, is_dataclass, replace
from itertools import chain
from pathlib import Path

import pytest

from duibiao.document.word import read_word
from duibiao.law import load_common
from duibiao.model.dossier import Dossier
from duibiao.model.quantities import halfwidth
from duibiao.recognition import recognise
from duibiao.testing import enterprises
from duibiao.testing.comparison import same_content
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.hand_office import converted, is_installed
from duibiao.testing.hands import HANDS, written

PLAN = "only_plan"
EVERYWHERE = ("cement", "furniture")
SOME = (
    "typed",
    "listed",
    "chapters",
    "cut",
    "merged",
    "reordered",
    "turned_facilities",
    "pictured",
)
CASES = [
    (industry, hand)
    for industry in enterprises.names()
    for hand in (HANDS if industry in EVERYWHERE else SOME)
    if hand != PLAN
]

MESSY = {
    "no styles at all": (
        "typed", "contents_dotted", "split_runs", "merged", "tracked",
    ),
    "one Word user": ("listed", "four_columns", "cut", "contents_unpaged", "controls"),
    "one WPS user": (
        "typed_full_width", "labels_above", "reordered", "cut_bare", "broken_lines", "contents_absent",
    ),
    "a designer": ("chapters", "six_columns", "turned_facilities", "split_runs", "boxes"),
}  # fmt: skip
"""Hands one after the other."""

FULL_WIDTH = "texts are as written: compared in normal width"

needs_office = pytest.mark.skipif(not is_installed(), reason="LibreOffice is not installed")


def normal(value: object) -> object:
    """The same dossier with all texts in normal width."""
    if isinstance(value, str):
        return halfwidth(value)
    if isinstance(value, tuple):
        return tuple(map(normal, value))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: normal(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **changed)
    return value


def differences(original: Dossier, back: Dossier, differs: str = "") -> list[str]:
    found = same_content(original, back)
    return [line for line in found if not (differs and re.match(differs, line))]


def read_back(dossier: Dossier, data: bytes) -> Dossier:
    return recognise(read_word(data, dossier.source.name), load_common())


@pytest.mark.parametrize(("industry", "hand"), CASES, ids=map("-".join, CASES))
def test_every_hand_gives_the_same_dossier(industry: str, hand: str) -> None:
    dossier = clean_dossier(industry)

    back = read_back(dossier, written(dossier, hand))

    one, other = (dossier, back) if hand != "full_width" else map(normal, (dossier, back))
    assert isinstance(one, Dossier)
    assert isinstance(other, Dossier)
    assert not differences(one, other, HANDS[hand].differs)
    assert [section.key for section in back.sections] == [
        section.key
        for section in dossier.sections
        if not (section.not_applicable and hand in ("only_applicable", "renumbered"))
    ]


@pytest.mark.parametrize("industry", EVERYWHERE)
@pytest.mark.parametrize("hands", MESSY.values(), ids=MESSY.keys())
def test_hands_may_be_mixed(industry: str, hands: tuple[str, ...]) -> None:
    dossier = clean_dossier(industry)

    back = read_back(dossier, written(dossier, *hands))

    assert not differences(dossier, back, "|".join(filter(None, (HANDS[h].differs for h in hands))))


@pytest.mark.parametrize("hand", HANDS)
def test_every_hand_changes_the_file_and_always_in_the_same_way(hand: str) -> None:
    dossier = clean_dossier("furniture")
    data = written(dossier, hand)

    assert data == written(dossier, hand)
    assert data != written(dossier)


def test_what_a_hand_changes_by_nature_has_a_reason() -> None:
    assert all(bool(hand.differs) == bool(hand.why) for hand in HANDS.values())
    assert not [hand for hand in HANDS.values() if re.match(hand.differs or "$", "plan.levels")]


def test_tracked_changes_and_comments_are_counted() -> None:
    dossier = clean_dossier("furniture")
    source = read_back(dossier, written(dossier, "tracked")).source
    assert source.revisions > 100
    assert source.comments > 100
    assert not read_back(dossier, written(dossier, "typed")).source.revisions


@pytest.mark.parametrize("hand", ["reordered", "merged", "cut", "turned_facilities"])
def test_every_value_knows_where_it_stands(hand: str) -> None:
    """The cell named by the place of a value holds that value."""
    dossier = clean_dossier("cement")
    document = read_word(written(dossier, hand), "a.docx")
    back = recognise(document, load_common())

    tables = {block.index: block for block in document.blocks if hasattr(block, "grid")}
    values = [
        value
        for row in chain(
            dossier_rows(back), (row for table in back.evidence.facilities for row in table.rows)
        )
        for field in fields(row)
        if hasattr(value := getattr(row, field.name), "at")
    ]
    assert len(values) > 300
    for value in values:
        at = value.at
        cell = tables[at.table].grid[at.row - 1][at.column - 1]
        assert halfwidth(cell.text).casefold() in ("", *written_as(value.value, cell.text))


def dossier_rows(dossier: Dossier) -> list[object]:
    evidence, production = dossier.evidence, dossier.production
    return [
        *(row for table in production.products for row in table.rows),
        *production.materials,
        *production.transports,
        *evidence.limits,
        *evidence.controls,
        *evidence.staff,
        *evidence.transport.vehicles,
    ]


def written_as(value: object, text: str) -> tuple[str, ...]:
    """How a value may stand in its cell: as it is, or as a date or a code within more words."""
    plain = halfwidth(text).casefold()
    shown = halfwidth(str(value)).casefold()
    within = shown in plain or hasattr(value, "year")
    return (shown, plain) if within else (shown,)


# -- the plan alone


@pytest.mark.parametrize("industry", enterprises.names())
@pytest.mark.parametrize("hand", ["", "typed", "typed_full_width", "listed", "chapters", "boxes"])
def test_a_plan_may_be_a_document_of_its_own(industry: str, hand: str) -> None:
    dossier = clean_dossier(industry)
    names = [PLAN, hand] if hand else [PLAN]

    back = read_back(dossier, written(dossier, *names))

    assert back.plan is not None
    assert not same_content(replace(dossier_of(dossier)), dossier_of(back))
    assert {section.key.partition(".")[0] for section in back.sections} == {"附"}


def dossier_of(dossier: Dossier) -> Dossier:
    """Only its plan."""
    return Dossier(dossier.source, plan=dossier.plan)


# -- round trips


@needs_office
@pytest.mark.parametrize(
    ("hand", "formats"), [("merged", ["docx"]), ("typed_full_width", ["odt", "docx"])]
)
def test_a_file_saved_by_libreoffice_gives_the_same_dossier(hand: str, formats: list[str]) -> None:
    dossier = clean_dossier("furniture")

    back = read_back(dossier, converted(written(dossier, hand), *formats))

    assert not differences(dossier, back, HANDS[hand].differs)


@needs_office
def test_a_pdf_gives_the_same_dossier(tmp_path: Path) -> None:
    """But for the header rows that are repeated on every page."""
    pdf = pytest.importorskip("duibiao.document.pdf")
    dossier = clean_dossier("cement")
    path = tmp_path / "材料.pdf"
    path.write_bytes(converted(written(dossier, "typed"), "pdf"))

    back = recognise(pdf.read_pdf(path, path.name), load_common())

    assert not differences(dossier, back, "paragraphs")
