"""Comments stand where the values stand, whoever wrote the file."""

import io
from dataclasses import replace

import pytest

from duibiao.model.location import Location
from duibiao.rendering.annotating.word import annotate_word
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.hands import HANDS, written

from .annotated import comments, found, places, plain, recognised, reporting

SOME = ("tracked", "controls", "merged", "boxes", "turned_facilities")
CASES = [("furniture", hand) for hand in HANDS] + [("steel", hand) for hand in SOME]
NAME = "申报材料.docx"


def holds(text: str, at: Location, hand: str) -> bool:
    """Whether a text is what stands at a place: the value, all cells of a row, the first one of a column, a heading.

    The number of a heading may be automatic; a cell that is merged downwards belongs to the row in which it begins.
    """
    wanted, text = at.quote, plain(text)
    if wanted == at.heading:
        return bool(text) and (plain(wanted).endswith(text) or plain(wanted) in text)
    pieces = [wanted]
    if at.table and not (at.row and at.column):
        pieces = wanted.split(" | ")[: None if at.row else 1]
    held = [plain(piece.removesuffix("…").removesuffix(" |")) in text for piece in pieces]
    return held[0] if hand == "merged" else all(held)


@pytest.mark.parametrize(("industry", "hand"), CASES, ids=map("-".join, CASES))
def test_every_value_of_the_dossier_can_be_commented_where_it_stands(industry, hand):
    data = written(clean_dossier(industry), hand)
    dossier = recognised(data)
    wanted = [at for at in dict.fromkeys(places(dossier)) if at.quote]
    report = reporting(NAME, *(found(at, str(n)) for n, at in enumerate(wanted)))
    target = io.BytesIO()

    done = annotate_word(data, NAME, report, target)

    summary, *others = comments(target.getvalue())
    wrong = [
        (str(at), at.quote, other.text)
        for other in others
        if not holds(other.text, at := wanted[int(other.lines[0].removeprefix("问题："))], hand)
    ]
    assert not wrong
    assert len(others) == done.placed > 20
    apart = [at for at in wanted if at.paragraph is None]
    assert done.apart == len(apart) <= 2
    assert sum("（DB-101）" in line for line in summary.lines) == len(apart)
    back = recognised(target.getvalue())
    assert replace(back, source=dossier.source) == dossier
    assert back.source.comments == dossier.source.comments + len(others) + 1
    assert back.source.revisions == dossier.source.revisions
