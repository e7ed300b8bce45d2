"""Whatever the file, it reads the same with its parts condensed and whole."""

from __future__ import annotations

from functools import cache
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from duibiao.document import word
from duibiao.document.condensing import Condensed
from duibiao.document.model import Document
from duibiao.model.errors import IntakeError
from duibiao.testing import enterprises
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.hands import HANDS, written

from .mutation import mutant


@cache
def hand_file(industry: str, hand: str) -> bytes:
    return written(clean_dossier(industry), hand)


def read(data: bytes) -> Document | None:
    try:
        return word.read_word(data, "x.docx")
    except IntakeError:
        return None


def same(data: bytes) -> bool:
    short = read(data)
    with patch.object(word, "condensed", Condensed):
        return short == read(data)


files = st.builds(
    hand_file, st.sampled_from(list(enterprises.names())), st.sampled_from(list(HANDS))
)


@given(files)
@settings(max_examples=15, deadline=None)
def test_every_hand_reads_the_same_condensed_and_whole(data: bytes) -> None:
    assert same(data)


@given(files, st.integers(0, 1 << 32))
@settings(max_examples=30, deadline=None)
def test_every_mutant_reads_the_same_condensed_and_whole(data: bytes, number: int) -> None:
    assert same(mutant([data], number)[1])
