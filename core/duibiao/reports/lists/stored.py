"""Entries of the lists as JSON, so that lists can be made later without checking again."""

from __future__ import annotations

import json
from functools import cache

from pydantic import TypeAdapter

from duibiao.reports.lists.data import Entry
from duibiao.reports.writing import encode


@cache
def _adapter() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


def dump(entry: Entry) -> bytes:
    """Return an entry as JSON; `load` gives an equal one, bytes of file names that are no text apart."""
    told = _adapter().dump_python(entry, mode="json")
    return encode(json.dumps(told, ensure_ascii=False, separators=(",", ":")))


def load(data: bytes) -> Entry:
    """Return the entry that `dump` has written.

    Raises:
        ValueError: If it is malformed, or of another version of the program.
    """
    return _adapter().validate_json(data)
