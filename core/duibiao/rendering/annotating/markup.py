"""Changes in the bytes of an XML part: what is not changed stays as it was written, to the last blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from xml.parsers import expat

from duibiao.model.classes import dataclass

_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"']+)")
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class Span:
    """Where an element stands in the bytes of its part.

    Attributes:
        name: Its name as written, prefix included.
        start: Its first byte.
        inner: The byte after its start tag.
        close: The first byte of its end tag; for an empty tag the same as `end`.
        end: The byte after it.
    """

    name: str
    start: int
    inner: int
    close: int
    end: int

    @property
    def empty(self) -> bool:
        """It is one tag that ends itself."""
        return self.inner == self.end

    @property
    def prefix(self) -> str:
        """Its prefix with the colon, or "" where it has none."""
        prefix, colon, _ = self.name.partition(":")
        return f"{prefix}:" if colon else ""


@dataclass(frozen=True, slots=True)
class Change:
    """Bytes that take the place of others."""

    start: int
    end: int
    made: bytes


def is_utf8(data: bytes) -> bool:
    """Return whether a part is written in UTF-8, so that its bytes can be changed."""
    head = data[:_HEAD]
    told = _ENCODING.match(head)
    return b"\0" not in head and (told is None or told[1].lower() in (b"utf-8", b"us-ascii"))


def spans(data: bytes, wanted: Container[int]) -> dict[int, Span]:
    """Find elements in a part.

    Args:
        data: The part, well-formed and in UTF-8.
        wanted: Numbers of the elements, counted from 0 in document order.
    """
    found: dict[int, Span] = {}
    opened: list[tuple[int, str, int] | None] = []
    count = 0
    parser = expat.ParserCreate("UTF-8")

    def start(name: str, _: object) -> None:
        nonlocal count
        opened.append((count, name, parser.CurrentByteIndex) if count in wanted else None)
        count += 1

    def end(_: str) -> None:
        begun = opened.pop()
        if begun is None:
            return
        number, name, at = begun
        tag = _TAG.match(data, at)
        assert tag is not None
        if tag[0].endswith(b"/>"):
            found[number] = Span(name, at, tag.end(), tag.end(), tag.end())
        else:
            close = parser.CurrentByteIndex
            found[number] = Span(name, at, tag.end(), close, data.index(b">", close) + 1)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return found


def changed(data: bytes, changes: Iterable[Change]) -> bytes:
    """Return a part with changes that do not overlap; those at one place come in the order given."""
    pieces: list[bytes] = []
    at = 0
    for change in sorted(changes, key=lambda change: change.start):
        pieces += (data[at : change.start], change.made)
        at = change.end
    return b"".join((*pieces, data[at:]))


def within(
    span: Span, data: bytes, opening: bytes, closing: bytes, *, after: int = 0
) -> list[Change]:
    """Return the changes that put something at the beginning and at the end of an element.

    Args:
        span: The element.
        data: Its part.
        opening: What comes first.
        closing: What comes last.
        after: Where it begins in place of the beginning, or 0.
    """
    if span.empty:
        made = b">%b%b</%b>" % (opening, closing, span.name.encode())
        slash = data.rindex(b"/", span.start, span.end)
        return [Change(slash, span.end, made)]
    first = after or span.inner
    changes = [Change(first, first, opening)] if opening else []
    return [*changes, Change(span.close, span.close, closing)] if closing else changes


def with_children(data: bytes, made: Callable[[str], str]) -> bytes:
    """Return a part with more children at the end of its root.

    Args:
        data: The part.
        made: Gives them for the prefix of the root, which has its colon or is "".
    """
    root = spans(data, {0})[0]
    return changed(data, within(root, data, b"", made(root.prefix).encode()))
