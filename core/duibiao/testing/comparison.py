"""Whether two dossiers say the same, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.location import Located, Location

_COUNTED = frozenset({"characters", "tables", "pictures"})
_SIZES = frozenset({"width", "height"})


def same_content(a: Dossier, b: Dossier) -> list[str]:
    """Return how two dossiers differ, by path, such as ``form.grade.value: 'A级' ≠ 'B级'``; empty if they say the same.

    Places, the source file, headers and footers, sizes of pictures and counts derived from the content are left out. Pictures are the same
    where equal ones on one side are equal ones on the other, whatever their keys.
    """
    return list(_Comparison().differences("", a, b))


class _Comparison:
    """Walks through two dossiers side by side."""

    def __init__(self) -> None:
        self._there: dict[str, str] = {}
        self._back: dict[str, str] = {}

    def differences(self, path: str, a: Any, b: Any) -> Iterator[str]:
        if isinstance(a, Location | SourceFile) and type(a) is type(b):
            return
        if type(a) is not type(b):
            yield _told(path, a, b)
        elif is_dataclass(a):
            yield from self._fields(path, a, b)
        elif isinstance(a, tuple):
            if len(a) != len(b):
                yield f"{path}: {len(a)} ≠ {len(b)} 项（{_extra(a, b)}）"
            for index, (one, other) in enumerate(zip(a, b, strict=False)):
                yield from self.differences(f"{path}[{index}]", one, other)
        elif path.endswith(".picture") and isinstance(a, str):
            if self._there.setdefault(a, b) != b or self._back.setdefault(b, a) != a:
                yield _told(path, a, b)
        elif a != b:
            yield _told(path, a, b)

    def _fields(self, path: str, a: Any, b: Any) -> Iterator[str]:
        for field in fields(a):
            if (
                field.name in _SIZES
                or (field.name in _COUNTED and "sections" in path)
                or field.name in ("at", "margins")
            ):
                continue
            name = f"{path}.{field.name}" if path else field.name
            yield from self.differences(name, getattr(a, field.name), getattr(b, field.name))


def _told(path: str, a: Any, b: Any) -> str:
    return f"{path}: {_short(a)} ≠ {_short(b)}"


def _short(value: Any) -> str:
    if isinstance(value, Located):
        value = value.value
    text = repr(value)
    return text if len(text) <= 160 else text[:159] + "…"


def _extra(a: tuple[Any, ...], b: tuple[Any, ...]) -> str:
    longer = a if len(a) > len(b) else b
    return "多 " + _short(longer[min(len(a), len(b))])
