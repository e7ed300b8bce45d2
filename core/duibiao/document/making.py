"""A quick way to make the values that documents consist of by the ten thousand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, fields, make_dataclass
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
Made = TypeVar("Made")


def maker(cls: Callable[P, Made]) -> Callable[P, Made]:
    """Return what makes instances of a frozen dataclass with slots, called like the class itself.

    A frozen dataclass sets each field by a call of `object.__setattr__`. A twin with the same slots sets them as any
    class does, and then becomes what it should be: 0.5 µs in place of 1.8 µs with twelve fields, which is a tenth of
    the time that reading takes.
    """

    def become(made: Any) -> None:
        made.__class__ = cls

    copied: Any = [
        (item.name, Any, field(default=item.default, default_factory=item.default_factory))
        for item in fields(cls)  # type: ignore[arg-type]
    ]
    twin: Any = make_dataclass(
        f"_{getattr(cls, '__name__', '')}",
        copied,
        namespace={"__post_init__": become},
        slots=True,
        eq=False,
    )
    made: Callable[P, Made] = twin
    return made
