"""Blocks of properties that were taken out of a part, and what was read in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from lxml import etree

from duibiao.document.condensing import REFERENCE

Said = TypeVar("Said")


class Blocks:
    """Leads from the empty elements of a condensed part to the blocks that they stand for."""

    def __init__(self, elements: Sequence[etree._Element] = ()) -> None:
        """Take the blocks in the order of their numbers; none where the part is not condensed."""
        self._elements = elements

    def whole(self, element: etree._Element) -> etree._Element:
        """Return the block that an element stands for, or the element."""
        number = element.get(REFERENCE) if self._elements else None
        return element if number is None else self._elements[int(number)]


class Known(Generic[Said]):
    """Reads blocks of one kind, each distinct one once."""

    def __init__(self, blocks: Blocks, read: Callable[[etree._Element], Said]) -> None:
        """Start without knowing any.

        Args:
            blocks: The blocks of the part.
            read: Reads one; what it returns is used again for equal ones.
        """
        self._blocks = blocks
        self._read = read
        self._known: dict[str | None, Said] = {}

    def __call__(self, element: etree._Element) -> Said:
        """Return what a block says, or the one that the element stands for."""
        number = element.get(REFERENCE)
        said = self._known.get(number)
        if said is None:
            block = self._blocks.whole(element)
            said = self._read(block)
            if block is not element:
                self._known[number] = said
        return said
