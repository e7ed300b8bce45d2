"""Dossiers that differ in something: frozen dataclasses and tuples, changed by paths such as ``letters.0.year.value``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import reduce
from typing import Any, TypeVar, cast

from duibiao.model.location import Located

T = TypeVar("T")


def part(whole: Any, path: str) -> Any:
    """Return the part of `whole` at `path`."""
    return reduce(_step, path.split("."), whole)


def path_of(whole: Any, items: str, name: str, value: Any) -> str:
    """Return the path of the first of `items` whose part `name` is `value`.

    Args:
        whole: A dossier or a part of one.
        items: Path of a tuple, such as ``sections`` or ``indicators.rows``.
        name: Path in each item, such as ``key`` or ``indicator.value``.
        value: What stands there.
    """
    numbers = (
        number for number, item in enumerate(part(whole, items)) if part(item, name) == value
    )
    return f"{items}.{next(numbers)}"


def changed(whole: T, changes: Mapping[str, Any] | None = None, /, **parts: Any) -> T:
    """Return a copy with some parts replaced.

    Args:
        whole: A dossier or a part of one.
        changes: Path → new part.
        parts: The same for parts whose path is one name.
    """
    for path, value in {**(changes or {}), **parts}.items():
        whole = _replaced(whole, path.split("."), value)
    return whole


def without(whole: T, *paths: str) -> T:
    """Return a copy in which the parts at `paths` are None, or left out where they stand in a tuple.

    Paths into one tuple count in the copy made so far: name the last one first.
    """
    for path in paths:
        parent, _, name = path.rpartition(".")
        if name.lstrip("-").isdigit():
            items = part(whole, parent)
            index = int(name) % len(items)
            whole = changed(whole, {parent: items[:index] + items[index + 1 :]})
        else:
            whole = changed(whole, {path: None})
    return whole


def mapped(whole: T, change: Callable[[str], str]) -> T:
    """Return a copy in which every text with a place, in running text and in cells, is what `change` makes of it."""
    return cast(T, _mapped(whole, change))


def rewritten(whole: T, old: str, new: str) -> T:
    """Return a copy with `new` wherever `old` stands in a text with a place."""
    return mapped(whole, lambda text: text.replace(old, new))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Located) and isinstance(value.value, str):
        text = change(value.value)
        return value if text == value.value else Located(text, value.at)
    if isinstance(value, tuple):
        items = tuple(_mapped(item, change) for item in value)
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else items
    if is_dataclass(value) and not isinstance(value, type):
        parts = {
            field.name: new
            for field in fields(value)
            if (new := _mapped(old := getattr(value, field.name), change)) is not old
        }
        return replace(value, **parts) if parts else value
    return value


def _step(whole: Any, name: str) -> Any:
    return whole[int(name)] if name.lstrip("-").isdigit() else getattr(whole, name)


def _replaced(whole: Any, names: list[str], value: Any) -> Any:
    if not names:
        return value
    name, *rest = names
    new = _replaced(_step(whole, name), rest, value)
    if name.lstrip("-").isdigit():
        items = list(whole)
        items[int(name)] = new
        return tuple(items)
    return replace(whole, **{name: new})
