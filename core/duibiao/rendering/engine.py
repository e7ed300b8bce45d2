"""模板: a Word file with docxtpl's tags, compiled once, from which documents are written as a stream."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import BinaryIO

from duibiao.rendering.templating.schema import Schema


class WordTemplate:
    """A template that was checked and compiled; it may render many documents, in many threads."""

    @classmethod
    def load(cls, source: Path | Traversable) -> WordTemplate:
        """Read and compile a template; what was compiled before is taken from memory or the user's cache.

        Raises:
            TemplateError: It is no usable Word file, or its tags are wrong; the message says where.
        """
        raise NotImplementedError

    def check(self, known: Collection[str] | Schema) -> tuple[str, ...]:
        """Make sure that the template asks for nothing that the context does not have.

        Args:
            known: Names of the variables, or a schema that also knows their attributes.

        Returns:
            Warnings: what the context has and the template never prints.

        Raises:
            TemplateError: It asks for something unknown; all such places are told.
        """
        raise NotImplementedError

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
        raise NotImplementedError
