"""What was filled in: every value as it was typed, with the sheet and cell, or the line, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from duibiao.model.dossier import Misfit
from duibiao.model.location import Location, Text


@dataclass(frozen=True, slots=True)
class Record:
    """一行或一张表单: the values of one row of a list, or of a form.

    Attributes:
        at: The row, or the form.
        values: Field key → value as typed; blank fields are left out.
    """

    at: Location
    values: Mapping[str, Text] = field(default_factory=dict)

    def get(self, key: str) -> Text | None:
        """Return the value of a field, or None where it is blank."""
        return self.values.get(key)

    def texts(self) -> dict[str, str]:
        """Return the values as typed, by the keys of their fields, without their places."""
        return {key: text.value for key, text in self.values.items()}


@dataclass(frozen=True, slots=True)
class ProjectData:
    """申报数据: the workbook, or the TOML or JSON file in its place.

    Attributes:
        file: Its name.
        sha256: Hash of its bytes, in hexadecimal.
        size: Its size in bytes.
        forms: Sheet key → its record, for sheets that are forms.
        lists: Sheet key → its rows in order, for sheets that are lists; blank rows and the example are left out.
        misfits: What its fields do not admit, each with the place and what to write.
    """

    file: str
    sha256: str
    size: int
    forms: Mapping[str, Record]
    lists: Mapping[str, tuple[Record, ...]]
    misfits: tuple[Misfit, ...] = ()

    def form(self, key: str) -> Record:
        """Return the record of a form, empty where it was not filled in."""
        return self.forms.get(key) or Record(Location(self.file))

    def rows(self, key: str) -> tuple[Record, ...]:
        """Return the rows of a list."""
        return self.lists.get(key, ())
