"""The jinja environment of templates that come from strangers: nothing but the context, and that within bounds."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import FILTERS, do_batch, do_replace, sync_do_join, sync_do_slice
from jinja2.nodes import Concat, EvalContext, Expr
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.utils import Namespace, missing, pass_eval_context

from duibiao.rendering import inline
from duibiao.rendering.templating.faults import Fault
from duibiao.rendering.templating.printing import PRINTERS, printing

MOST = 1_000_000
"""Letters of a text, or items of a list, that a template may compute."""

_MOST_BITS = 4096
_MOST_COLUMNS = 10_000
_FILTERS = (
    "abs", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items",
    "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse",
    "round", "select", "selectattr", "sort", "string", "sum", "title", "trim", "truncate",
    "unique", "upper",
)  # fmt: skip
_METHODS: tuple[tuple[type, frozenset[str]], ...] = (
    (
        str,
        frozenset(
            [
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
        ),
    ),
    (Mapping, frozenset(["items", "keys", "values", "get"])),
    (list, frozenset({"index", "count"})),
    (tuple, frozenset({"index", "count"})),
)
FUNCTIONS = {"pageref": inline.pageref, "seq": inline.seq, "bookmark": inline.bookmark}
"""What templates may call."""


def range_(*args: int) -> range:
    """Return whole numbers, a hundred thousand at most."""
    found = range(*args)
    if len(found) > MOST // 10:
        raise _too_much()
    return found


_CALLED = (range_, Namespace, *FUNCTIONS.values())


class Absent(StrictUndefined):
    """What the context does not have; whoever uses it is told so in Chinese."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        if self._undefined_obj is missing:
            return f"没有名为“{self._undefined_name}”的变量"
        if self._undefined_obj is None:
            return f"空值没有“{self._undefined_name}”这一项"
        if isinstance(self._undefined_name, str):
            return f"没有“{self._undefined_name}”这一项"
        return f"没有第 {self._undefined_name} 项（从 0 数起）"


class _Plain(CodeGenerator):
    """Our printers escape what they return, so that nothing is left to be done about it."""

    def _output_child_pre(
        self,
        node: Expr,  # noqa: ARG002
        frame: Frame,  # noqa: ARG002
        finalize: CodeGenerator._FinalizeInfo,  # noqa: ARG002
    ) -> None:
        self.write("(")

    def _output_child_post(
        self,
        node: Expr,  # noqa: ARG002
        frame: Frame,  # noqa: ARG002
        finalize: CodeGenerator._FinalizeInfo,  # noqa: ARG002
    ) -> None:
        self.write(")")

    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802  jinja's name
        """Write a concatenation whose result stays within bounds."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class WordEnvironment(SandboxedEnvironment):
    """Sandboxed, strict, bounded; attributes of dictionaries are looked up without detours."""

    code_generator_class = _Plain
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an item of a dictionary, or an attribute of something else."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                pass
        if attribute in ("format", "format_map"):
            return self.unsafe_undefined(obj, attribute)
        return super().getattr(obj, attribute)

    def unsafe_undefined(self, obj: Any, attribute: str) -> Absent:
        """Return what tells that templates must not use an attribute."""
        return Absent(f"模板里不能用“{attribute}”", obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        """Tell whether it is ours or the template's own; values of the context are looked at and never called."""
        if isinstance(obj, Macro) or any(obj is ours for ours in _CALLED):
            return True
        owner = getattr(obj, "__self__", None)
        if isinstance(obj, types.BuiltinMethodType):
            return any(
                isinstance(owner, kind) and obj.__name__ in names for kind, names in _METHODS
            )
        return isinstance(obj, types.MethodType) and isinstance(owner, LoopContext)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call something, which counts."""
        printing(__context).spend(1)
        if isinstance(__obj, Absent):
            str(__obj)  # raises, and says what is missing
        if not __self.is_safe_callable(__obj):
            name = getattr(__obj, "__name__", "")
            what = f"模板里不能调用“{name}”" if name else "这里的值不是函数，不能调用"
            raise Fault(what, "请去掉它")
        return super().call(__context, __obj, *args, **kwargs)

    def joined(self, texts: tuple[object, ...]) -> str:
        """Return texts as one."""
        return _checked("".join("" if text is None else str(text) for text in texts))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute what may grow without bounds."""
        sized = [value for value in (left, right) if hasattr(value, "__len__")]
        if operator == "+":
            if sum(map(len, sized)) > MOST:
                raise _too_much()
        elif sized:
            raise Fault(f"不能对文字或列表用 {operator}", "拼接文字请用 ~")
        elif operator == "**" and not -64 <= right <= 64:
            raise _too_much()
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and result.bit_length() > _MOST_BITS:
            raise _too_much()
        return result


@cache
def environment() -> WordEnvironment:
    """Return the one environment."""
    made = WordEnvironment(autoescape=True, undefined=Absent, cache_size=0)
    made.filters = {name: FILTERS[name] for name in _FILTERS}
    made.filters |= {"batch": _batch, "join": _join, "replace": _replace, "slice": _slice}
    made.filters |= dict.fromkeys(("e", "escape", "safe"), _as_it_is)
    made.filters |= PRINTERS
    made.globals = {"range": range_, "namespace": Namespace, **FUNCTIONS}
    return made


def _as_it_is(value: object) -> object:
    """Return the value: text is escaped when it is printed, whether or not the template asks for it."""
    return value


@pass_eval_context
def _join(context: EvalContext, value: Any, d: str = "", attribute: str | None = None) -> str:
    value = list(islice(value, MOST))
    if len(value) * len(d) > MOST:
        raise _too_much()
    return _checked(sync_do_join(context, value, d, attribute))


@pass_eval_context
def _replace(context: EvalContext, s: str, old: str, new: str, count: int | None = None) -> str:
    if (len(s) + 1) * len(new) > MOST:
        raise _too_much()
    return do_replace(context, str(s), old, new, count)


def _batch(value: Any, linecount: int, fill_with: Any = None) -> Any:
    return do_batch(value, _columns(linecount), fill_with)


def _slice(value: Any, slices: int, fill_with: Any = None) -> Any:
    return sync_do_slice(value, _columns(slices), fill_with)


def _columns(number: int) -> int:
    if not 0 < number <= _MOST_COLUMNS:
        raise _too_much()
    return number


def _checked(text: str) -> str:
    if len(text) > MOST:
        raise _too_much()
    return text


def _too_much() -> Fault:
    return Fault("算出的文字、列表或数字过大", "请核对这里的写法")
