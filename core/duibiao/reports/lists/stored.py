"""Entries of the lists as JSON, so that lists can be made later without checking again."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter

from duibiao.reports.lists.data import Entry


@cache
def _adapter() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


def dump(entry: Entry) -> bytes:
    """Return an entry as JSON; `load` gives an equal one."""
    return _adapter().dump_json(entry)


def load(data: bytes) -> Entry:
    """Return the entry that `dump` has written.

    Raises:
        ValueError: If it is malformed, or of another version of the program.
    """
    return _adapter().validate_json(data)
