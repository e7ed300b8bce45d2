"""What decides a result (结果依据): a package is judged again only where this or the package has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from duibiao import __version__
from duibiao.service import Service


@dataclass(frozen=True, slots=True)
class Marks:
    """结果依据 of this run.

    Attributes:
        core: Program, common law and what was asked.
        plugins: Version and law of each plugin by name.
        day: The day, for packages that have none of their own.
        limits: Time and memory, for packages that have no result: with other limits they are tried again.
    """

    core: str
    plugins: Mapping[str, str]
    day: str
    limits: str

    def whole(self, dated: bool, failed: bool = False) -> str:
        """Return the mark of everything.

        Args:
            dated: Whether the day does not matter.
            failed: Whether there is no result.
        """
        said = [self.core, sorted(self.plugins.items()), "" if dated else self.day]
        return _mark([*said, self.limits if failed else ""])

    def own(self, plugins: Collection[str], dated: bool) -> str:
        """Return the mark of what judged one package: of the plugins, only those that know its industries.

        Args:
            plugins: Names of those plugins; empty where one was missing: any plugin may then change the result.
            dated: Whether the day does not matter.
        """
        if not plugins or not self.plugins.keys() >= set(plugins):
            return self.whole(dated)
        chosen = sorted((name, self.plugins[name]) for name in plugins)
        return _mark([self.core, chosen, "" if dated else self.day])


def marks_of(service: Service, words: str, day: str, limits: str) -> Marks:
    """Return the marks of a run.

    Args:
        service: The service.
        words: What is asked of every package.
        day: The day as 年-月-日.
        limits: Limits of a package in words.
    """
    registry = service.registry
    plugins = {
        plugin.name: f"{plugin.book.version} {plugin.book.industry.sha256}"
        for plugin in registry.plugins
    }
    left_out = [f"{entry.name} {entry.reason}" for entry in registry.left_out]
    return Marks(_mark([__version__, service.common.sha256, words, left_out]), plugins, day, limits)


def _mark(said: list[Any]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]
