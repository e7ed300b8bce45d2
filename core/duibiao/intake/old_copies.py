"""Old copies (旧稿) of a main document that lie beside it: told by their names alone, and never left aside without a word.

An old copy is called as another file of its folder, but for a word such as 旧 or 副本, or for a day. Where all bear a day, they may be
packages of several enterprises; only within one package is the newest the present one. A bare number, as in 申报材料(1), says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from duibiao.model.classes import dataclass
from duibiao.model.quantities import halfwidth

_OLD = re.compile(
    r"[\s_.\-]*[(\[【]?(?:的)?(?:旧版?本?|旧稿|老版本?|副本|备份|作废|原稿|old|bak|backup|copy)\s*\(?\d{0,2}\)?[)\]】]?$",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"[\s_.\-]*[(\[【]?(20\d\d)[年.\-_]?(0?[1-9]|1[0-2])[月.\-_]?(0[1-9]|[12]\d|3[01]|[1-9])日?[)\]】]?$"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A name taken apart: what it is a copy of, whether it calls itself old, and its day or None."""

    base: tuple[str, str]
    old: bool
    day: date | None


def old_copies(names: Iterable[str], *, of_one: bool = False) -> dict[str, str]:
    """Return the names that are old copies, each with the name of the present one.

    Args:
        names: Names of documents, folders included, with "/" between them.
        of_one: They all belong to one package.
    """
    groups: dict[tuple[str, str], dict[str, _Named]] = {}
    for name in names:
        named = _taken_apart(name)
        groups.setdefault(named.base, {})[name] = named
    found: dict[str, str] = {}
    for group in groups.values():
        fresh = {name: one for name, one in group.items() if not one.old}
        present = [name for name, one in fresh.items() if one.day is None]
        if not present:
            newest = max((one.day for one in fresh.values() if one.day), default=None)
            present = [name for name, one in fresh.items() if one.day == newest or not of_one]
        if present:
            found |= {name: present[0] for name in group if name not in present}
    return found


def said(present: str) -> str:
    """Return what is said of an old copy that was left aside for the present one."""
    return f"按文件名是“{PurePosixPath(present).name}”的旧稿，没有作为一份申报；如果不是旧稿，请改名后再交"


def _taken_apart(name: str) -> _Named:
    path = PurePosixPath(name)
    stem, old, day = halfwidth(path.stem).casefold().strip(), False, None
    while True:
        if found := _OLD.search(stem):
            old = True
        elif day is None and (found := _DAY.search(stem)) and (day := _day_of(found)):
            pass
        else:
            break
        if not found.start():
            break
        stem = stem[: found.start()]
    return _Named((str(path.parent), stem), old, day)


def _day_of(found: re.Match[str]) -> date | None:
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None
