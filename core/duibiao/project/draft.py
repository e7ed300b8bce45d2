"""What was read of a project before its schema has looked at it: one form for workbook, TOML and JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from duibiao.model.dossier import Misfit
from duibiao.model.location import Located, Location
from duibiao.model.sheets import Sheet
from duibiao.project.data import Record
from duibiao.project.places import Path
from duibiao.project.values import ILLEGAL


@dataclass(frozen=True, slots=True)
class Draft:
    """初读的申报数据.

    Attributes:
        file: Name of the file.
        sha256: Hash of its bytes, in hexadecimal.
        size: Its size in bytes.
        content: Sheet key → what stands there: one table of values for a form, a list of them for a list. Values are
            texts; what is none stands there as it was read. Blank ones are left out.
        locate: Path in `content` → where it stands, or where it would stand.
        keyed: Its author writes keys (TOML, JSON) and sees no titles.
        misfits: What the reading itself has found.
    """

    file: str
    sha256: str
    size: int
    content: Mapping[str, Any]
    locate: Callable[[Path], Location]
    keyed: bool = False
    misfits: tuple[Misfit, ...] = ()

    def records(self, sheet: Sheet) -> tuple[Record, ...]:
        """Return what could be read of a sheet: its rows, or the one record of a form."""
        content = self.content.get(sheet.key)
        if not sheet.is_list:
            is_table = isinstance(content, dict)
            return (self._record(sheet, (sheet.key,), content or {}),) if is_table else ()
        rows = content if isinstance(content, list) else []
        return tuple(
            self._record(sheet, (sheet.key, number), row)
            for number, row in enumerate(rows)
            if isinstance(row, dict)
        )

    def _record(self, sheet: Sheet, path: Path, values: Mapping[str, Any]) -> Record:
        return Record(
            self.locate(path),
            {
                field.key: Located(ILLEGAL.sub("", value), self.locate((*path, field.key)))
                for field in sheet.fields
                if isinstance(value := values.get(field.key), str)
            },
        )


class Source(Protocol):
    """A project's file while it is open."""

    def draft(self, sheets: Sequence[Sheet]) -> Draft:
        """Return what stands in the given sheets."""
        ...
