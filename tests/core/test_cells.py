"""What there is to be folded in a text is found the quick way as well as by the pattern."""

from __future__ import annotations

import sys
import unicodedata

from duibiao.recognition.cells import compact, is_plain, one_line, quote


def test_a_text_is_plain_where_nothing_would_be_folded() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        folded = char.isspace() or char in "\u00ad\u200b\u200c\u200d\u2060\ufeff"
        assert is_plain(f"甲{char}") is not folded, unicodedata.name(char, hex(code))


def test_folding() -> None:
    assert one_line(" 甲\u00ad \u3000乙\n丙 a\nb\u200b ") == "甲 乙丙 a b"
    assert compact("Ａ １\u3000\u200b") == "A1"
    assert quote("甲" * 60) == "甲" * 60
    assert quote("甲 \n乙") == "甲 乙"
    assert quote("甲" * 61) == "甲" * 59 + "…"
