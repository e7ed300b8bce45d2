"""工序: from the words of a guide to the processes of the plugin; what it does not know is registered as new."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from duibiao.guide.words import plain
from duibiao.law.records import Process

EVERY_OUTLET = "*"
OTHERS = "其他"
"""Phrase for all outlets that the cell does not name."""

_LONGEST = 30
_AROUND = re.compile(
    r"^(?:各|所有|全部|全厂|企业)+|(?:各|所有|全部)?(?:生产)?(?:烟气|废气|尾气|烟囱|排气筒|排放口|排口|出口|外排|有组织|排放|的|中)+$"
)
_NOBODY = frozenset(
    {"", "工序", "生产工序", "工艺", "生产设施", "设施", "产尘点", "排放点", "涉气工序"}
)
_CONDITION = re.compile(
    r"新建|现有|改建|扩建|重点|特别|以上|上述|除(?!尘)|若|如|当|采用|使用|时$|以前|以后|[年月日]起|\d+年|其中|或|达标|未"
    r"|[%<>≤≥=]|\d"
)


class UnclearError(Exception):
    """Words that could mean two things; the message says why."""


def process_phrase(head: str) -> str:
    """Return the process that the words before a pollutant name; "" for every outlet.

    Args:
        head: Words in normal width, without spaces.

    Raises:
        UnclearError: If they state a condition or are too long for a process.
    """
    said = head.strip(":,、.")
    if re.match(r"其[他它余]", said):
        rest = _AROUND.sub("", said[2:])
        if rest not in _NOBODY:
            raise UnclearError(f"“{said}”指哪些排放口不清楚")
        return OTHERS
    bare = said
    while (cut := _AROUND.sub("", bare)) != bare:
        bare = cut
    if bare in _NOBODY:
        return ""
    if _CONDITION.search(bare):
        raise UnclearError(f"“{bare}”带有适用条件或规格")
    if len(bare) > _LONGEST or "," in bare or ":" in bare:
        raise UnclearError(f"“{bare}”不像一个工序")
    return bare


@dataclass(slots=True)
class Processes:
    """Resolves the processes of one branch.

    Attributes:
        branch: Key of the branch.
        known: Processes of the plugin that its outlets may belong to.
        new: Phrase → key of what was registered.
    """

    branch: str
    known: tuple[Process, ...]
    new: dict[str, str] = field(default_factory=dict)

    def keys(self, phrase: str) -> tuple[str, ...]:
        """Return the keys of the processes that a phrase stands for.

        A name or keyword of the plugin in full, several of them in a row, or something that the plugin does not know
        at all; that is registered.

        Raises:
            UnclearError: If the plugin has something like it, or one name stands for two.
        """
        if phrase in ("", OTHERS):
            return (EVERY_OUTLET,)
        own = self._known(phrase)
        if own:
            return (own,)
        parts = re.split(r"[、/]|以及|及其|[及和与]", phrase)
        keys = tuple(dict.fromkeys(self._known(part) for part in parts))
        if len(parts) > 1 and all(keys):
            return keys
        if near := self._near(phrase):
            raise UnclearError(
                f"“{phrase}”与插件的工序“{near}”相近而不同；是同一工序的，请在它的 keywords 中补写这种叫法"
            )
        names = dict.fromkeys(filter(None, re.split(r"[、/]", phrase)))
        return tuple(self.new.setdefault(name, self._key(name)) for name in names)

    def _known(self, phrase: str) -> str:
        said = plain(phrase).casefold()
        found = {
            process.key
            for process in self.known
            for name in (process.name, *process.keywords)
            if plain(name).casefold() == said
        }
        if len(found) > 1:
            raise UnclearError(f"插件中有几个工序都叫“{phrase}”")
        return "".join(found)

    def _near(self, phrase: str) -> str:
        """Return the name of a process one of whose keywords stands in a phrase, or "".

        As a process of its own the phrase, being longer, would take the outlets that belong to that one.
        """
        said = plain(phrase).casefold()
        for process in self.known:
            if any(plain(word).casefold() in said for word in process.keywords):
                return process.name
        return ""

    def _key(self, name: str) -> str:
        digest = hashlib.sha256(f"{self.branch}\0{name}".encode()).hexdigest()
        return f"guide_{digest[:8]}"
