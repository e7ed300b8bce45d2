"""Cutting the words of a cell into sentences, without ever joining two numbers."""

from __future__ import annotations

import re

from duibiao.model.quantities import halfwidth

_MARKS = re.compile("[\u2460-\u249b\u2776-\u277f\u24eb-\u24f4]")  # ① ⑴ ⒈ ❶ are no figures
_ENUMERATOR = re.compile(
    r"^(?:\(?\d{1,2}\)|\d{1,2}[.、](?!\s*\d)|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\))"
)
_END = re.compile(r"[。;]+")
_FIGURE = re.compile(r"[\d.]")
_APART = re.compile(r"\d\s+[.\d]|\d\.\s+\d")


class TornError(Exception):
    """Numbers stand so that it cannot be told where one ends."""


def sentences(text: str) -> list[str]:
    """Return the sentences of a cell in normal width and without spaces, list marks taken off.

    Raises:
        TornError: If a space or a line break stands between digits.
    """
    said = halfwidth(_MARKS.sub("\n", text).replace("〇", "○"))
    lines: list[str] = []
    for line in filter(None, (entry.strip() for entry in said.splitlines())):
        bare = _ENUMERATOR.sub("", line)
        if not lines or bare != line or lines[-1].endswith(("。", ";", ":")):
            lines.append(bare.strip())
        elif _FIGURE.match(lines[-1][-1]) and _FIGURE.match(line):
            raise TornError
        else:
            between = "," if lines[-1].endswith(("m3", "立方米")) else ""
            lines[-1] += between + line
    found = []
    for line in lines:
        for part in _END.split(line):
            bare = _ENUMERATOR.sub("", part.strip()).strip()
            if _APART.search(bare):
                raise TornError
            if bare:
                found.append("".join(bare.split()))
    return found
