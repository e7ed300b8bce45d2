"""Where the keys of a TOML or JSON file stand; the parsers of the standard library do not say."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from dataclasses import dataclass, field
from json import loads

from duibiao.model.errors import ProjectError

Path = tuple[str | int, ...]
"""Keys and numbers (from 0) that lead to a value, such as ``("outlets", 2, "flow")``."""

DEEPEST = 8
"""Levels that a file may have; ours has three. Parsers take quadratic time, or give up, on thousands of them."""

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SAME_LINE = re.compile(r"[ \t]*")
_MULTILINE = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}' + r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}", re.DOTALL
)
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"' + r"|'[^'\n]*'")
_BARE_KEY = re.compile(r"[\w-]+")
_BARE = re.compile(r"[^,\]}\n#\"'\[{]+")


@dataclass(slots=True)
class Places:
    """The lines of a file's keys.

    Attributes:
        lines: Path → line, counted from 1; items of lists and tables have one, too.
        twice: Paths that are written a second time, with the line of it.
    """

    lines: dict[Path, int] = field(default_factory=dict)
    twice: list[tuple[Path, int]] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """Return the line of a path, or that of what holds it where it has none."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _LostError(Exception):
    """Something stands here that neither language has; the parser will say so."""


def find_places(text: str, *, json: bool = False) -> Places:
    """Return where the keys of a TOML or JSON file stand.

    A file that is not well-formed is followed as far as it can be.

    Args:
        text: The whole file.
        json: It is JSON.

    Raises:
        ProjectError: It has more than `DEEPEST` levels.
    """
    scanner = _Scanner(text, json)
    try:
        scanner.whole()
    except _LostError:
        return scanner.places
    return scanner.places


class _Scanner:
    """Follows a file key by key; it accepts whatever the languages accept, and more."""

    def __init__(self, text: str, json: bool) -> None:
        self.places = Places()
        self._text = text
        self._json = json
        self._at = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._counts: dict[Path, int] = {}

    def whole(self) -> None:
        if self._json:
            self._blank()
            self._value(())
            return
        table: Path = ()
        while self._blank():
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._entry(table)

    def _header(self) -> Path:
        is_list = self._text.startswith("[[", self._at)
        line = self._line()
        self._at += 2 if is_list else 1
        path = self._resolved(self._keys())
        if is_list:
            number = self._counts[path] = self._counts.get(path, -1) + 1
            self._note(path, line, again=True)
            path = (*path, number)
        self._note(path, line, again=True)
        self._expect("]]" if is_list else "]")
        return path

    def _resolved(self, keys: Path) -> Path:
        """Return the path of a header: lists above it stand for their last item."""
        path: Path = ()
        for number, key in enumerate(keys):
            path = (*path, key)
            if path in self._counts and number < len(keys) - 1:
                path = (*path, self._counts[path])
        return path

    def _entry(self, table: Path) -> None:
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            self._note(path, line, again=not self._json)
        self._expect(":" if self._json else "=")
        self._blank() if self._json else self._same_line()
        self._value(path)

    def _value(self, path: Path) -> None:
        self._check(path)
        match self._text[self._at : self._at + 1]:
            case '"' | "'":
                self._string()
            case "[":
                self._items(path)
            case "{":
                self._table(path)
            case _:
                self._take(_BARE)

    def _items(self, path: Path) -> None:
        self._at += 1
        number = 0
        while self._blank() and not self._text.startswith("]", self._at):
            item = (*path, number)
            self._note(item, self._line())
            self._value(item)
            self._comma()
            number += 1
        self._expect("]")

    def _table(self, path: Path) -> None:
        self._at += 1
        while self._blank() and not self._text.startswith("}", self._at):
            self._entry(path)
            self._comma()
        self._expect("}")

    def _comma(self) -> None:
        self._blank()
        if self._text.startswith(",", self._at):
            self._at += 1
        elif self._text[self._at : self._at + 1] not in ("]", "}"):
            raise _LostError

    def _keys(self) -> Path:
        keys: list[str] = []
        while True:
            self._same_line()
            if self._text[self._at : self._at + 1] in ('"', "'"):
                keys.append(_decoded(self._string(), json=self._json))
            else:
                keys.append(self._take(_BARE_KEY))
            if len(keys) > DEEPEST:
                self._check(tuple(keys))
            self._same_line()
            if self._json or not self._text.startswith(".", self._at):
                return tuple(keys)
            self._at += 1

    def _string(self) -> str:
        triple = not self._json and self._text[self._at : self._at + 3] in ('"""', "'''")
        return self._take(_MULTILINE if triple else _STRING)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise _LostError
        self._at = found.end()
        return found.group()

    def _expect(self, sign: str) -> None:
        self._blank() if self._json else self._same_line()
        if not self._text.startswith(sign, self._at):
            raise _LostError
        self._at += len(sign)

    def _blank(self) -> bool:
        """Go on to the next sign; return whether there is one."""
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _same_line(self) -> None:
        found = _SAME_LINE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _line(self) -> int:
        return bisect(self._starts, self._at)

    def _note(self, path: Path, line: int, *, again: bool = False) -> None:
        if path in self.places.lines and not again:
            self.places.twice.append((path, line))
        self.places.lines.setdefault(path, line)

    def _check(self, path: Path) -> None:
        if len(path) > DEEPEST:
            raise ProjectError(f"第{self._line()}行的内容嵌套超过{DEEPEST}层；申报数据只有三层")


def _decoded(raw: str, *, json: bool) -> str:
    """Return a quoted key as it is meant."""
    if "\\" not in raw or raw.startswith("'"):
        return raw[1:-1]
    try:
        return str(loads(raw)) if json else str(tomllib.loads(f"key = {raw}")["key"])
    except ValueError as error:
        raise _LostError from error
