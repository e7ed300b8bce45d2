"""The same dossier in other hands: Word files as different people would have written them.

Each hand takes the file that `write_word` makes and rewrites its XML; the same dossier gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from duibiao.model.dossier import Dossier
from duibiao.testing import hand_headings as headings
from duibiao.testing import hand_runs as runs
from duibiao.testing import hand_tables as tables
from duibiao.testing.hand_file import WordFile


@dataclass(frozen=True, slots=True)
class Hand:
    """A way to write a dossier.

    Attributes:
        rewrite: Changes the file.
        differs: Paths of the dossier that the hand changes by nature, as a pattern; "" for none.
        why: Why they differ.
    """

    rewrite: Callable[[WordFile], None]
    differs: str = ""
    why: str = ""


_LABELS = r"paragraphs\[|sections\[\d+\]\."
_TEXT = r"paragraphs"

HANDS = {
    "typed": Hand(headings.typed),
    "typed_full_width": Hand(headings.typed_full_width),
    "bare": Hand(headings.bare, rf"{_LABELS}number|paragraphs\[", "headings have no numbers"),
    "listed": Hand(headings.listed),
    "lower_styles": Hand(headings.lower_styles),
    "chapters": Hand(headings.chapters, rf"{_LABELS}number", "headings have other numbers"),
    "boxes": Hand(headings.boxes),
    "reworded": Hand(headings.reworded, rf"{_LABELS}title", "headings have other titles"),
    "only_applicable": Hand(
        headings.only_applicable, "sections|paragraphs", "there are fewer sections"
    ),
    "renumbered": Hand(headings.renumbered, "sections|paragraphs", "there are fewer sections"),
    "contents_dotted": Hand(headings.contents_dotted, r"paragraphs\[", "dots instead of a tab"),
    "contents_unpaged": Hand(
        headings.contents_unpaged, r"contents\[\d+\]\.(?:page|title)|paragraphs\[", "no pages"
    ),
    "contents_absent": Hand(headings.contents_absent, r"contents|paragraphs", "no contents"),
    "only_plan": Hand(headings.only_plan, r"(?!plan\b)", "nothing but the plan"),
    "split_runs": Hand(runs.split_runs),
    "full_width": Hand(runs.full_width),
    "broken_lines": Hand(runs.broken_lines),
    "tracked": Hand(runs.tracked),
    "controls": Hand(runs.controls, r"paragraphs\[", "the choices of grade stand in a cell"),
    "merged": Hand(tables.merged, _TEXT, "merged cells are said once"),
    "cut": Hand(tables.cut, _TEXT, "headers are repeated"),
    "cut_bare": Hand(tables.cut_bare),
    "labels_above": Hand(tables.labels_above, _TEXT, "cells in another order"),
    "four_columns": Hand(tables.four_columns),
    "six_columns": Hand(tables.six_columns),
    "grouped_form": Hand(tables.grouped_form, _TEXT, "one cell more"),
    "turned_facilities": Hand(tables.turned_facilities, _TEXT, "cells in another order"),
    "reordered": Hand(tables.reordered, _TEXT, "cells in another order, and more of them"),
    "pictured": Hand(
        tables.pictured,
        rf"{_TEXT}|evidence\.facilities\[\d+\]\.photos\[\d+\]\.caption",
        "what the row says stands for a caption",
    ),
}
"""Hands by name."""


def written(dossier: Dossier, *names: str) -> bytes:
    """Return a dossier as a Word file in one hand, or in several one after the other."""
    file = WordFile(dossier)
    for name in names:
        HANDS[name].rewrite(file)
    return file.data()
