"""The manual's tables of who may do what are the tables of the code."""

import re
from pathlib import Path

import pytest

from duibiao.procedure.rights import RIGHTS, Right
from duibiao.procedure.roles import Role, Track
from duibiao.procedure.states import State
from duibiao.procedure.steps import STEPS
from duibiao.web.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]


def rights_table() -> str:
    """The rights as README.md has them."""
    head = ["可以做什么", *(role.label for role in Role)]
    rows = [
        [right.label, *("✓" if role in RIGHTS[right] else "" for role in Role)] for right in Right
    ]
    return table(head, rows)


def steps_table() -> str:
    """The steps as README.md has them."""
    rows = [
        [
            step.label if len(step.tracks) > 1 else f"{step.label}（{only(step.tracks)}）",
            step.role.label,
            "、".join(state.label for state in State if state in step.sources),
            step.target.label,
            step.article.partition(":")[2],
        ]
        for step in STEPS
    ]
    return table(["动作", "谁", "从", "到", "条款"], rows)


def only(tracks: frozenset[Track]) -> str:
    """The one track that has a step."""
    (track,) = tracks
    return track.label


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [f"| {' | '.join(line)} |\n" for line in (head, *rows)]
    return "".join([lines[0], f"|{'---|' * len(head)}\n", *lines[1:]])


@pytest.mark.parametrize("made", [rights_table, steps_table])
def test_the_manual_has_the_tables_of_the_code(made):
    assert made() in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("document", ["README.md", "README.en.md"])
def test_every_setting_is_in_the_manual(document):
    named = set(re.findall(rf"`{PREFIX}([A-Z_]+)`", (ROOT / document).read_text("utf-8")))
    assert named >= {name.upper() for name in Settings.__dataclass_fields__}
