"""Law rows as a TOML file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]


def dump(head: Iterable[str], rows: Iterable[tuple[str, Row]]) -> str:
    """Return a law file.

    Args:
        head: Lines of the comment at its head.
        rows: Kind of table and row, in order.
    """
    parts = ["".join(f"# {line}\n" for line in head)]
    for kind, row in rows:
        fields = "".join(f"{name} = {_value(value)}\n" for name, value in row.items())
        parts.append(f"[[{kind}]]\n{fields}")
    return "\n".join(parts)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
    return f"[{', '.join(map(_value, value))}]"
