"""One row of a law file, and where it stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from duibiao.model.classes import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a law file, with the place it came from.

    Attributes:
        kind: Kind of table.
        values: The row as parsed.
        file: File name.
        line: Line of the table's header.
        lines: Line of each field; of no use, and not kept, once the row was found valid.
    """

    kind: str
    values: Mapping[str, Any]
    file: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    def error(self, field_name: str, message: str) -> str:
        """Return `message` with file, table, line and field in front."""
        line = self.lines.get(field_name, self.line)
        label = self.values.get("id") or self.values.get("key") or self.values.get("name") or ""
        named = f"（{label}）" if label else ""
        where = f"{self.file} 第{line}行 [[{self.kind}]]{named}"
        return f"{where}：{field_name}：{message}" if field_name else f"{where}：{message}"


def table_lines(text: str) -> dict[str, list[tuple[int, dict[str, int]]]]:
    """Return where the tables of a TOML file stand: name → line of each header, with the line of each field."""
    found: dict[str, list[tuple[int, dict[str, int]]]] = {}
    current: dict[str, int] = {}
    multiline = ""
    for number, line in enumerate(text.splitlines(), 1):
        if multiline:
            multiline = "" if multiline in line else multiline
            continue
        if header := re.match(r"\s*\[\[?\s*([\w-]+)\s*\]?\]", line):
            current = {}
            found.setdefault(header.group(1), []).append((number, current))
        elif entry := re.match(r"\s*([\w-]+)\s*=", line):
            current.setdefault(entry.group(1), number)
        for quotes in ('"""', "'''"):
            if line.count(quotes) % 2:
                multiline = quotes
    return found
