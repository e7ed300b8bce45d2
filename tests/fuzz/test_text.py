"""Texts that no writer writes, in every kind of place: each is read in time and crashes nothing."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from duibiao.service import Service

from . import word

TEXTS = {
    "blanks": f"甲{' ' * 20_000}乙",
    "digits": "1" * 20_000,
    "dots": f"甲{'.' * 20_000}乙",
    "words before a tick": f"{'是' * 20_000}。☑",
    "words after a tick": f"☑{'是' * 20_000}",
    "lines": "甲\n" * 1_000,
    "no numeral": "一一、企业基本情况",
    "ten tens": "十十、企业基本情况",
    "a circled digit": "①",
    "a raised digit": "²",
    "a huge power": "1e99",
}


@pytest.mark.parametrize("place", ["paragraphs", "first cells", "last cells"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_text(text: str, place: str, tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(word.SEEDS[0].read_bytes()))
    if place == "paragraphs":
        for paragraph in document.paragraphs[::9]:
            paragraph.text = text
    else:
        for table in document.tables:
            for row in table.rows[1::7]:
                row.cells[0 if place == "first cells" else -1].text = text
    file = io.BytesIO()
    document.save(file)
    result = word.check(Service(), place, file.getvalue(), tmp_path / "甲.docx")
    assert (result.broken, result.crashed) == ("", ())
