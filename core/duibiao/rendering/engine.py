"""模板: a Word file with docxtpl's tags, compiled once, from which documents are written as a stream."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from importlib.resources.abc import Traversable
from itertools import islice
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import BinaryIO

from jinja2 import Template

from duibiao.model.errors import DuibiaoError, TemplateError, reason
from duibiao.rendering.templating import cache
from duibiao.rendering.templating.faults import Fault, Place, together
from duibiao.rendering.templating.package import Package
from duibiao.rendering.templating.pieces import Compiled, Part
from duibiao.rendering.templating.printing import KEY, Printing
from duibiao.rendering.templating.sandbox import environment
from duibiao.rendering.templating.schema import Schema, unknown, unused
from duibiao.rendering.templating.translating import of_rendering

MOST_XML = 1 << 30
"""Bytes of XML that one part of a document may come to."""

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PIECES = 512
_KEPT = 16
_compiled: OrderedDict[str, Compiled] = OrderedDict()
_lock = Lock()


class WordTemplate:
    """A template that was checked and compiled; it may render many documents, in many threads.

    Attributes:
        name: File name, for messages.
    """

    def __init__(self, name: str, data: bytes, compiled: Compiled) -> None:
        """Take what `load` prepared."""
        self.name = name
        self._data = data
        self._compiled = compiled
        self._templates = [
            (part, Template.from_code(environment(), part.code, {})) for part in compiled.parts
        ]

    @classmethod
    def load(cls, source: Path | Traversable) -> WordTemplate:
        """Read and compile a template; what was compiled before is taken from memory or the user's cache.

        Raises:
            TemplateError: It is no usable Word file, or its tags are wrong; the message says where.
        """
        try:
            data = source.read_bytes()
        except OSError as error:
            raise TemplateError(
                f"模板《{source.name}》无法打开（{reason(error)}）；请检查 --template 给出的路径和权限"
            ) from error
        return cls(source.name, data, _compiled_form(data, source.name))

    def check(self, known: Collection[str] | Schema) -> tuple[str, ...]:
        """Make sure that the template asks for nothing that the context does not have.

        Args:
            known: Names of the variables, or a schema that also knows their attributes.

        Returns:
            Warnings: what the context has and the template never prints.

        Raises:
            TemplateError: It asks for something unknown; all such places are told.
        """
        uses = self._compiled.uses
        faults = unknown(
            [(path, place) for path, place, may_be_missing in uses if not may_be_missing], known
        )
        if faults:
            raise together(self.name, faults)
        names = unused([(path, place) for path, place, _ in uses], known)
        return tuple(f"模板《{self.name}》没有用到“{name}”，它的内容不会印出" for name in names)

    def render(
        self, context: Mapping[str, object], target: BinaryIO, *, properties: Mapping[str, str] = {}
    ) -> None:
        """Write a document: the same bytes for the same template, context and properties.

        Args:
            context: Values by name: texts, numbers, None (prints nothing), lists, mappings or dataclasses of such,
                `Drawing`, and what is in `inline`.
            target: Where to; only written, from front to back. `written` makes a file of it at once or not at all.
            properties: ``title``, ``creator``, ``subject``, ``description``, ``keywords`` or ``category``.

        Raises:
            TemplateError: The template asks for what the context does not have; the message says where.
            BuildError: A picture cannot be read.
        """
        state = Printing(self._compiled.relation, last=self._compiled.number)
        values = {**environment().globals, **context, KEY: state}
        package = Package(target, self._compiled, self._data)
        package.begin(properties)
        for part, template in self._templates:
            state.used = {}
            package.part(part, self._xml(part, template, values), state.used)
        package.end(state.drawings.values())

    def _xml(self, part: Part, template: Template, values: dict[str, object]) -> Iterator[bytes]:
        yield _HEAD
        pieces = template.root_render_func(template.new_context(values, shared=True))
        size = 0
        try:
            while batch := list(islice(pieces, _PIECES)):
                data = "".join(batch).encode()
                size += len(data)
                if size > MOST_XML:
                    raise Fault(f"内容超过 {MOST_XML >> 20} MiB", "请核对循环的写法")
                yield data
        except DuibiaoError:
            raise
        except Exception as error:  # whatever a stranger's template does is told as its fault
            fault = of_rendering(error)
            line = _line(template, error.__traceback__)
            where, text = part.lines[min(line, len(part.lines)) - 1]
            raise Fault(fault.what, fault.remedy, Place(where, text)).of(self.name) from error


def _compiled_form(data: bytes, name: str) -> Compiled:
    """Return a template's compiled form, from memory, from the cache, or made now."""
    key = cache.key_of(data)
    with _lock:
        if key in _compiled:
            _compiled.move_to_end(key)
            return _compiled[key]
    found = _restored(key) or _made(key, data, name)
    with _lock:
        _compiled[key] = found
        while len(_compiled) > _KEPT:
            _compiled.popitem(last=False)
    return found


def _restored(key: str) -> Compiled | None:
    saved = cache.load(key)
    return None if saved is None else Compiled.restored(saved)


def _made(key: str, data: bytes, name: str) -> Compiled:
    from duibiao.rendering.templating.compiling import compiled  # lxml and docxtpl, when needed

    try:
        made = compiled(data, name)
    except Fault as fault:
        raise fault.of(name) from fault
    cache.save(key, made.dumped())
    return made


def _line(template: Template, trace: TracebackType | None) -> int:
    """Return the innermost line of the template in a trace."""
    line = 1
    own = template.root_render_func.__globals__
    while trace is not None:
        if trace.tb_frame.f_globals is own:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line
