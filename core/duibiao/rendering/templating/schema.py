"""What a context has: the names and attributes that templates may ask for, and whether they do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches

from duibiao.rendering.templating.faults import Fault, Place

Shape = str | Mapping[str, "Shape | None"] | Sequence["Shape | None"]
"""What one value is: a text that says in Chinese what a simple value stands for, a mapping for something with
attributes, a list with one shape for a list of such, None for what need not be known."""

Schema = Mapping[str, Shape]
"""The variables of a context, such as ``{"enterprise": {"name": "企业名称"}, "outlets": [{"code": "排放口编号"}]}``."""

ITEM = "[]"
"""Step of a path from a list to its items."""

WHOLE = "*"
"""Last step of a path where the value is used in a way that cannot be followed: any part of it may be printed."""

Path = tuple[str, ...]
"""What a template asks for: a variable and the attributes from there on."""


def unknown(uses: Collection[tuple[Path, Place]], known: Collection[str] | Schema) -> list[Fault]:
    """Return a fault for every use of something that the context does not have, each once."""
    found: dict[tuple[Path, Place], Fault] = {}
    for path, place in uses:
        shape: Shape | None = _variables(known)
        for number, step in enumerate(path):
            if step == WHOLE or shape is None:
                break
            wrong = _wrong(shape, step, path[:number])
            if wrong is not None:
                found.setdefault((path[: number + 1], place), Fault(*wrong, place))
                break
            shape = _step(shape, step)
    return list(found.values())


def unused(uses: Collection[tuple[Path, Place]], known: Collection[str] | Schema) -> list[str]:
    """Return the variables and attributes that no use touches, the outermost alone."""
    asked: set[Path] = set()
    whole: set[Path] = set()
    for path, _ in uses:
        if path[-1] == WHOLE:
            whole.add(path[:-1])
        asked.update(path[:number] for number in range(1, len(path) + 1))
    return [_shown(path) for path in _untouched((), _variables(known), asked, whole)]


def _variables(known: Collection[str] | Schema) -> Mapping[str, Shape | None]:
    """Return the shape of each variable, None for one of which no more than the name is known."""
    return known if isinstance(known, Mapping) else dict.fromkeys(known)


def _untouched(
    path: Path, shape: Shape | None, asked: set[Path], whole: set[Path]
) -> Iterator[Path]:
    if path in whole or shape is None or isinstance(shape, str):
        return
    steps = shape.items() if isinstance(shape, Mapping) else [(ITEM, item) for item in shape]
    for step, inner in steps:
        inside = (*path, step)
        if inside in asked or step == ITEM:
            yield from _untouched(inside, inner, asked, whole)
        else:
            yield inside


def _wrong(shape: Shape, step: str, before: Path) -> tuple[str, str] | None:
    """What is wrong with taking a step from a value, and what to do; None where nothing is."""
    of = _shown(before)
    if isinstance(shape, str):
        if step == ITEM:
            return f"“{of}”是单个值，不能用 for 逐项取", "请去掉这个循环，或改用列表"
        return f"“{of}”是单个值，没有“{step}”", f"请直接写 {of}"
    if isinstance(shape, Mapping):
        if step in shape:
            return None
        if step == ITEM:
            return f"“{of}”不是列表，不能用 for 逐项取", f"请写 {of}.名称 取其中一项"
        return _unknown(step, of, shape)
    return None if step == ITEM else (
        f"“{of}”是列表，没有“{step}”", f"请先用 for 逐项取出，例如 for x in {of}，再写 x.{step}"
    )  # fmt: skip


def _unknown(step: str, of: str, shape: Mapping[str, Shape | None]) -> tuple[str, str]:
    close = get_close_matches(step, shape, 1)
    remedy = f"请核对是否应为“{close[0]}”；" if close else ""
    listed = "、".join(list(shape)[:30]) + ("等" if len(shape) > 30 else "")
    what = f"“{of}”没有“{step}”这一项" if of else f"没有名为“{step}”的变量"
    return what, f"{remedy}可用的有：{listed}"


def _step(shape: Shape, step: str) -> Shape | None:
    if isinstance(shape, Mapping):
        return shape.get(step)
    return shape[0] if shape else None


def _shown(path: Path) -> str:
    return ".".join(path).replace(f".{ITEM}", ITEM)
