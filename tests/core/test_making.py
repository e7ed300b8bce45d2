"""What is made quickly cannot be told from what the class itself makes."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from duibiao.document.making import maker
from duibiao.document.model import Cell, Document, Paragraph
from duibiao.model.location import Location


@dataclass(frozen=True, slots=True)
class Kept:
    """A class with every kind of default."""

    name: str
    number: int = 3
    seen: list[str] = field(default_factory=list)


def test_it_is_the_same() -> None:
    made, own = maker(Paragraph)(1, "甲", bold=True), Paragraph(1, "甲", bold=True)
    assert made == own
    assert type(made) is Paragraph
    assert (hash(made), repr(made)) == (hash(own), repr(own))
    assert replace(made, page=2) == replace(own, page=2)
    assert pickle.loads(pickle.dumps(made)) == own  # noqa: S301


def test_it_cannot_be_changed() -> None:
    made = maker(Location)("x.docx", quote="甲")
    with pytest.raises(FrozenInstanceError):
        made.quote = "乙"  # type: ignore[misc]


def test_defaults_are_those_of_the_class() -> None:
    make = maker(Kept)
    first, second = make("a"), make("b")
    assert first == Kept("a", 3, [])
    assert first.seen is not second.seen


@pytest.mark.parametrize("cls", [Cell, Document])
def test_what_is_missing_is_missed(cls: type) -> None:
    with pytest.raises(TypeError, match="missing"):
        maker(cls)()
