"""From a jinja tree to one whose output is well-formed whatever the context holds.

Every branch of a template has to open and close the same elements; what it prints goes through the printer of its
place. So a document is well-formed if `Raw` values are, and no document needs to be parsed again to know it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TypeVar
from xml.sax.saxutils import unescape

from jinja2 import nodes

from duibiao.rendering.templating.asking import Asking
from duibiao.rendering.templating.faults import Fault, Place
from duibiao.rendering.templating.patching import unescaped
from duibiao.rendering.templating.spots import Spot

_Node = TypeVar("_Node", bound=nodes.Node)
_Expression = TypeVar("_Expression", bound=nodes.Node)
_SAME_LEVEL = "请核对这里的标签，使成对的标签管到同一级的内容"
_BOOKMARKS = re.compile(r"<w:bookmark(?:Start|End)(?: [^>]*)?/>")


@dataclass(slots=True)
class Structure:
    """One walk through the tree of a part.

    Attributes:
        places: The place of each line.
        filters, tests: Names that templates may use.
        asking: What the template asks the context for.
    """

    places: Sequence[Place]
    filters: Collection[str]
    tests: Collection[str]
    asking: Asking = field(default_factory=Asking)
    _macros: dict[str, str] = field(default_factory=dict)
    _repeating: int = 0

    def prove(self, tree: nodes.Template) -> None:
        """Walk and change the tree; raise Fault where the output might not be well-formed."""
        end = self._body(tree.body, Spot())
        if end.open or end.tag:
            raise self._fault(tree, "元素没有写完整")

    def _body(self, body: list[nodes.Node], spot: Spot) -> Spot:
        for node in body:
            spot = self._statement(node, spot)
        return spot

    def _statement(self, node: nodes.Node, spot: Spot) -> Spot:
        match node:
            case nodes.Output():
                return self._output(node, spot)
            case nodes.If():
                return self._if(node, spot)
            case nodes.For():
                return self._for(node, spot)
            case nodes.FilterBlock(filter=nodes.Filter(name="grid_")):
                return self._body(node.body, spot)
            case nodes.Macro():
                return self._macro(node, spot)
            case nodes.AssignBlock():
                return self._set(node, spot)
            case nodes.Assign():
                node.node = self._expression(node.node)
                self.asking.assign(node.target, node.node)
                return spot
            case nodes.With():
                node.values = [self._expression(value) for value in node.values]
                with self.asking.scope():
                    for target, value in zip(node.targets, node.values, strict=True):
                        self.asking.assign(target, value)
                    return self._body(node.body, spot)
        raise self._fault(node, f"模板里不能用 {type(node).__name__.lower()} 语句", "请去掉它")

    def _set(self, node: nodes.AssignBlock, spot: Spot) -> Spot:
        """Take what stands between as words, which are escaped when they are printed."""
        if node.filter:
            raise self._fault(node, "模板里不能用带过滤器的 {% set %}", "请在印出时再用过滤器")
        self.asking.bind_unknown(node.target)
        inside = Spot(("set",))
        self._same(node, inside, self._body(node.body, inside))
        node.filter = nodes.Filter(None, "words_", [], [], None, None, lineno=node.lineno)
        return spot

    def _output(self, node: nodes.Output, spot: Spot) -> Spot:
        children: list[nodes.Expr] = []
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                xml = unescaped(child.data.replace("\n", ""))
                if self._repeating:
                    xml = _BOOKMARKS.sub("", xml)
                after = spot.after(xml)
                if spot.open == ("set",):
                    if "<" in xml:
                        what = "{% set %} 的内容只能是一个段落里的文字"
                        raise self._fault(node, what, "请把开始和结束标签放进同一段文字")
                    xml = unescape(xml)
                if after is None:
                    raise self._fault(child, "成对的标签不在同一层，文件会损坏")
                spot = after
                children.append(nodes.TemplateData(xml, lineno=child.lineno))
            else:
                children.append(self._print(child, spot))
        node.nodes = children
        return spot

    def _print(self, value: nodes.Expr, spot: Spot) -> nodes.Expr:
        printer = "words_" if spot.open == ("set",) else spot.printer
        if not printer:
            raise self._fault(value, "这里不能印出内容", "请把它移到段落的文字中")
        if isinstance(value, nodes.Filter) and value.name == "number_":
            return value  # put here by us
        called = value.node if isinstance(value, nodes.Call) else None
        if isinstance(called, nodes.Name) and called.name in self._macros:
            if self._macros[called.name] != printer:
                remedy = "请在与定义处同一级的地方调用（都带 p、都带 tr，或都在文字里）"
                raise Fault(f"宏 {called.name} 的内容不能放在这里", remedy, self._place(value))
            assert isinstance(value, nodes.Call)
            value.args = [self._expression(item) for item in value.args]
            for keyword in value.kwargs:
                keyword.value = self._expression(keyword.value)
            return nodes.Filter(value, "printed_", [], [], None, None, lineno=value.lineno)
        value = self._expression(value)
        more: list[nodes.Expr] = [nodes.Const(spot.run)] if printer == "text_" else []
        return nodes.Filter(value, printer, more, [], None, None, lineno=value.lineno)

    def _if(self, node: nodes.If, spot: Spot) -> Spot:
        ends = []
        for branch in (node, *node.elif_):
            branch.test = self._expression(branch.test)
            ends.append(self._body(branch.body, spot))
        ends.append(self._body(node.else_, spot))
        for end in ends[1:]:
            self._same(node, ends[0], end)
        alike = all(end.run == ends[0].run for end in ends)
        return ends[0] if alike else replace(ends[0], run="")

    def _for(self, node: nodes.For, spot: Spot) -> Spot:
        if node.recursive:
            raise self._fault(node, "模板里不能用 recursive 循环", "请改用几层普通循环")
        name = self.asking.name(node.iter)
        iterated = self._expression(node.iter)
        with self.asking.scope():
            self.asking.loop(node.target, node.iter)
            if node.test:
                node.test = self._expression(node.test)
            self._repeating += 1
            self._same(node, spot, self._body(node.body, spot))
            self._repeating -= 1
        self._same(node, spot, self._body(node.else_, spot))
        node.iter = nodes.Filter(
            iterated, "loop_", [nodes.Const(name)], [], None, None, lineno=node.lineno
        )
        return spot

    def _macro(self, node: nodes.Macro, spot: Spot) -> Spot:
        node.defaults = [self._expression(value) for value in node.defaults]
        self._macros[node.name] = spot.printer
        with self.asking.scope():
            for argument in node.args:
                self.asking.bind_unknown(argument)
            self._repeating += 1
            self._same(node, spot, self._body(node.body, spot))
            self._repeating -= 1
        return spot

    def _expression(self, node: _Expression) -> _Expression:
        """Note what an expression asks for, and return it within bounds."""
        for inner in _all(node, nodes.Name):
            if inner.name in self._macros:
                remedy = f"请写成 {{{{ {inner.name}(…) }}}}，不与别的内容合用"
                raise self._fault(inner, f"宏 {inner.name} 只能单独调用", remedy)
        for got in _all(node, nodes.Getattr):
            if got.attr.startswith("_"):
                raise self._fault(got, f"模板里不能用“{got.attr}”", "请去掉它")
        for used in _all(node, nodes.Filter):
            self._check_known(used, "过滤器", self.filters)
        for test in _all(node, nodes.Test):
            self._check_known(test, "判断", self.tests)
        self.asking.note(node)
        return node

    def _check_known(
        self, node: nodes.Filter | nodes.Test, what: str, known: Collection[str]
    ) -> None:
        if node.name not in known:
            close = get_close_matches(node.name, known, 1)
            remedy = f"请核对是否应为“{close[0]}”" if close else "请换一种写法"
            raise Fault(f"没有名为“{node.name}”的{what}", remedy, self._place(node))

    def _same(self, node: nodes.Node, one: Spot, other: Spot) -> None:
        if not one.same_level(other):
            raise self._fault(
                node, "成对的标签不在同一层（例如一个在表格里，一个在表格外），文件会损坏"
            )

    def _place(self, node: nodes.Node) -> Place:
        return self.places[min(node.lineno, len(self.places)) - 1]

    def _fault(self, node: nodes.Node, what: str, remedy: str = _SAME_LEVEL) -> Fault:
        return Fault(what, remedy, self._place(node))


def _all(node: nodes.Node, kind: type[_Node]) -> Iterator[_Node]:
    if isinstance(node, kind):
        yield node
    yield from node.find_all(kind)
