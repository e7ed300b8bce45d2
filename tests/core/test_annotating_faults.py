"""The annotated copy of a faulty dossier in every hand: each finding is a comment where it points, and LibreOffice keeps it."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import docx
import pytest

from duibiao.document.office import office_program
from duibiao.model.dossier import Dossier
from duibiao.rendering.annotating.word import annotate_word
from duibiao.reports.model import CheckReport
from duibiao.testing.defects import CATALOGUE
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.hand_office import converted
from duibiao.testing.hands import HANDS, written

from .annotated import SERVICE, Read, comments, recognised
from .test_annotating_hands import holds

NAME = "申报材料.docx"
FAULTS = (
    "name misspelt in the basic information",
    "credit code whose check digit is wrong",
    "letter not signed",
    "field of the form blank",
    "topic of compliance missing",
    "row of an indicator missing",
    "status of an indicator blank",
    "section with words only",
    "concentration of the table of facilities differs",
    "efficiency of 199 %",
    "unit of the table of limits wrong",
    "control not met by its own words",
    "VIN too short",
    "ledger missing",
    "line in the plan that is not there",
    "placeholder left in part four",
)
CHANGED = {
    "word/document.xml",
    "word/comments.xml",
    "[Content_Types].xml",
    "word/_rels/document.xml.rels",
}
CASES = [
    (industry, hand)
    for industry in ("furniture", "cement")
    for hand in HANDS
    if hand != "only_plan"
]


@cache
def faulty(industry: str) -> Dossier:
    dossier = clean_dossier(industry)
    for name in FAULTS:
        dossier = CATALOGUE[name].plant(dossier)
    return dossier


def annotated(industry: str, hand: str) -> tuple[bytes, bytes, CheckReport, int]:
    """Return a faulty file, its annotated copy, what was found, and how many findings stand on the text."""
    data = written(faulty(industry), hand)
    report = SERVICE.judge(recognised(data, NAME))
    target = io.BytesIO()
    done = annotate_word(data, NAME, report, target)
    return data, target.getvalue(), report, done.placed


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist() if name not in CHANGED}


def told(found: list[Read]) -> dict[str, list[Read]]:
    """Our comments by the message that they begin with."""
    by_message: dict[str, list[Read]] = {}
    for comment in found:
        by_message.setdefault(comment.lines[0], []).append(comment)
    return by_message


@pytest.mark.parametrize(("industry", "hand"), CASES, ids=map("-".join, CASES))
def test_every_finding_is_a_comment_where_it_points(industry: str, hand: str) -> None:
    data, copy, report, placed = annotated(industry, hand)

    summary, *others = comments(copy)
    assert summary.lines[0].startswith("审查结论：不通过")
    by_message = told(others)
    assert sum(comment.lines[0].startswith("问题：") for comment in others) == placed
    theirs = recognised(data, NAME).source.comments
    assert len(docx.Document(io.BytesIO(copy)).comments) == len(others) + 1 + theirs
    assert parts(copy) == parts(data)
    pointing = [found for found in report.findings if found.at.paragraph is not None]
    assert len(pointing) >= len(FAULTS)
    astray = []
    for found in pointing:
        alike = by_message[f"问题：{found.message}"]
        if found.at.quote and not any(holds(comment.text, found.at, hand) for comment in alike):
            astray.append((found.code, str(found.at), found.at.quote, alike[0].text))
    assert not astray


@pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_the_comments_at_their_places() -> None:
    _, copy, _, _ = annotated("furniture", "merged")

    kept = comments(converted(copy, "docx"), may_be_points=True)

    assert {(c.author, c.lines, c.text, c.within) for c in kept} == {
        (c.author, c.lines, c.text, c.within) for c in comments(copy)
    }
    assert converted(copy, "pdf").startswith(b"%PDF")
