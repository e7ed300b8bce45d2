"""What a template asks the context for, followed through loops and assignments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from jinja2 import nodes

from duibiao.rendering.templating.schema import ITEM, WHOLE, Path

_SAME = frozenset(
    [
        "list",
        "sort",
        "reverse",
        "unique",
        "select",
        "selectattr",
        "reject",
        "rejectattr",
        "default",
        "d",
    ]
)
_ONE = frozenset({"first", "last", "min", "max"})
_NESTED = frozenset({"batch", "slice"})
_METHODS = frozenset(
    [
        "items",
        "keys",
        "values",
        "get",
        "index",
        "count",
        "startswith",
        "endswith",
        "strip",
        "lstrip",
        "rstrip",
        "split",
        "upper",
        "lower",
        "isdigit",
    ]
)
_OWN = frozenset(
    {"loop", "range", "namespace", "pageref", "seq", "bookmark", "caller", "varargs", "kwargs"}
)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the context: its path, and how many lists filters have put around it."""

    path: Path
    wrapped: int = 0

    def item(self) -> _Value:
        if self.wrapped:
            return replace(self, wrapped=self.wrapped - 1)
        return _Value((*self.path, ITEM))


@dataclass(slots=True)
class Asking:
    """What was asked for so far.

    Attributes:
        uses: Path, line, and whether the template has seen to it that the value may be missing.
    """

    uses: list[tuple[Path, int, bool]] = field(default_factory=list)
    _scopes: list[dict[str, _Value | None]] = field(default_factory=lambda: [{}])

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Names bound in here are forgotten afterwards."""
        self._scopes.append({})
        yield
        self._scopes.pop()

    def loop(self, target: nodes.Node, iterated: nodes.Node) -> None:
        """Bind the variable of a loop."""
        value = self._value(iterated)
        self._bind(target, value.item() if value else None)

    def assign(self, target: nodes.Node, value: nodes.Node) -> None:
        """Bind a name to what an expression is."""
        self._bind(target, self._value(value))

    def bind_unknown(self, target: nodes.Node) -> None:
        """Bind a name to something that cannot be followed."""
        self._bind(target, None)

    def name(self, node: nodes.Node) -> str:
        """Return an expression as its author wrote it where it is a plain path, else ""."""
        if isinstance(node, nodes.Name):
            return node.name
        if isinstance(node, nodes.Getattr):
            inner = self.name(node.node)
            return f"{inner}.{node.attr}" if inner else ""
        return ""

    def note(self, node: nodes.Node) -> None:
        """Note all that an expression asks for."""
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                self._note_path(node)
            case nodes.Test(name="defined" | "undefined"):
                self._note_path(node.node, may_be_missing=True)
            case nodes.Filter(name="default" | "d"):
                if node.node is not None:
                    self._note_path(node.node, may_be_missing=True)
                self._note_all(node.args)
            case nodes.Filter():
                followed = node.name in _SAME | _ONE | _NESTED
                self._note_used(node.node, whole=not followed)
                self._note_all(node.args)
            case nodes.Call():
                called = node.node
                if isinstance(called, nodes.Getattr) and called.attr in _METHODS:
                    self._note_used(called.node, whole=True)
                else:
                    self.note(called)
                for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
                    self._note_used(argument, whole=True)
            case _:
                self._note_all(node.iter_child_nodes())

    def _note_all(self, some: Iterable[nodes.Node]) -> None:
        for node in some:
            self.note(node)

    def _note_used(self, node: nodes.Node | None, *, whole: bool) -> None:
        if node is None:
            return
        value = self._value(node)
        if value is not None and whole:
            self.uses.append(((*value.path, WHOLE), node.lineno, False))
        else:
            self.note(node)

    def _note_path(self, node: nodes.Node, *, may_be_missing: bool = False) -> None:
        value = self._value(node)
        if value is not None:
            self.uses.append((value.path, node.lineno, may_be_missing))
        elif isinstance(node, nodes.Getitem):
            self._note_used(node.node, whole=True)
            self.note(node.arg)
        elif not isinstance(node, nodes.Name):
            self._note_all(node.iter_child_nodes())

    def _value(self, node: nodes.Node) -> _Value | None:
        match node:
            case nodes.Name(name=name):
                for scope in reversed(self._scopes):
                    if name in scope:
                        return scope[name]
                return None if name in _OWN else _Value((name,))
            case nodes.Getattr(node=inner, attr=attr):
                value = self._value(inner)
                return _Value((*value.path, attr)) if value and not value.wrapped else None
            case nodes.Getitem(node=inner, arg=nodes.Const(value=str(key))):
                value = self._value(inner)
                return _Value((*value.path, key)) if value and not value.wrapped else None
            case nodes.Getitem(node=inner, arg=nodes.Const(value=int()) | nodes.Neg()):
                value = self._value(inner)
                return value.item() if value else None
            case nodes.Getitem(node=inner, arg=nodes.Slice()):
                return self._value(inner)
            case nodes.Filter(node=inner, name=name) if inner is not None:
                value = self._value(inner)
                if value is None or name in _SAME:
                    return value
                if name in _ONE:
                    return value.item()
                if name in _NESTED:
                    return replace(value, wrapped=value.wrapped + 1)
        return None

    def _bind(self, target: nodes.Node, value: _Value | None) -> None:
        if isinstance(target, nodes.Name):
            self._scopes[-1][target.name] = value
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, None)
