"""What a second import changes: rows added, changed and gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_KINDS = {
    "source": "来源",
    "process": "工序",
    "limit": "限值",
    "requirement": "要求",
    "hole": "缺",
}
_SIGNS = {"<=": "≤", ">=": "≥"}
_FIELDS = {
    "cites": "位置",
    "text": "原文",
    "what": "原文",
    "value": "限值",
    "op": "比较",
    "oxygen": "基准含氧量",
    "basis": "取值方式",
    "grades": "等级",
    "note": "说明",
    "keywords": "关键词",
    "process": "工序",
    "sha256": "文件指纹",
    "where": "文件",
    "title": "名称",
    "from": "施行",
    "look_in": "位置",
}

Rows = Iterable[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Change:
    """改动: one row that differs between the file there is and the import.

    Attributes:
        kind: 新增, 改动 or 删去.
        row: What the row is about, in words.
        details: Old and new text, or the text of the row.
    """

    kind: str
    row: str
    details: tuple[str, ...]


def changes(before: Rows, after: Rows) -> list[Change]:
    """Return what differs, in the order of the new file; what is gone comes last.

    Args:
        before: Rows of the file that is there, with their kinds.
        after: Rows of the import.
    """
    old = {(kind, row["id"]): row for kind, row in before}
    new = {(kind, row["id"]): row for kind, row in after}
    found = []
    for (kind, name), row in new.items():
        was = old.get((kind, name))
        if was is None:
            found.append(Change("新增", _about(kind, row), (_said(kind, row),)))
        elif dict(was) != dict(row):
            found.append(Change("改动", _about(kind, row), tuple(_differences(was, row))))
    for (kind, name), row in old.items():
        if (kind, name) not in new:
            found.append(Change("删去", _about(kind, row), (_said(kind, row),)))
    return found


def _about(kind: str, row: Mapping[str, Any]) -> str:
    names = (
        "、".join(row.get("branch", ())),
        "、".join(row.get("grades", ())),
        row.get("indicator") or row.get("topic") or "",
        row.get("process", ""),
        row.get("pollutant") or row.get("name") or row.get("title") or "",
    )
    return " ".join(filter(None, (_KINDS.get(kind, kind), *names)))


def _said(kind: str, row: Mapping[str, Any]) -> str:
    if kind == "limit":
        oxygen = f"，基准含氧量{row['oxygen']}%" if "oxygen" in row else ""
        return f"{_SIGNS.get(row['op'], row['op'])}{row['value']} {row['unit']}{oxygen}"
    return str(row.get("text") or row.get("what") or row.get("name") or row.get("title") or "")


def _differences(was: Mapping[str, Any], row: Mapping[str, Any]) -> Iterable[str]:
    for name in dict.fromkeys((*was, *row)):
        if was.get(name) != row.get(name):
            yield f"{_FIELDS.get(name, name)}：{_shown(was.get(name))} → {_shown(row.get(name))}"


def _shown(value: Any) -> str:
    if value is None:
        return "（无）"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
