"""What a template prints besides text: XML of its own, fields, bookmarks.

In ``{{ value }}`` they are parts of the paragraph and take on the look of the run in which they stand; ``{{r value }}``
puts them beside runs, ``{{p value }}`` beside paragraphs. Templates may call `pageref`, `seq` and `bookmark`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raw:
    """XML that is printed as it is, well-formed in itself and with the prefixes w, r, wp, a and pic alone.

    Attributes:
        xml: Runs and their like for ``{{ }}`` and ``{{r }}``, paragraphs and tables for ``{{p }}``, rows for
            ``{{tr }}``, cells for ``{{tc }}``. Whoever makes it has escaped what is text in it.
    """

    xml: str


@dataclass(frozen=True, slots=True)
class Field:
    r"""域: an instruction with the result that was last computed.

    Attributes:
        instruction: Such as ``PAGEREF sec_5_2_1 \h``.
        result: What is shown until fields are updated.
    """

    instruction: str
    result: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """书签: a name around a text, or a point where the text is empty.

    Attributes:
        name: Letters, digits and underscores, 40 at most; once a document.
        content: What stands within: anything a template can print, bookmarks included.
    """

    name: str
    content: object = ""


def pageref(bookmark: str, result: object = "0") -> Field:
    """Return a field that shows the page of a bookmark; `result` until fields are updated."""
    return Field(f"PAGEREF {bookmark} \\h", str(result))


def seq(name: str, result: object) -> Field:
    """Return a field that counts captions of a kind, such as 图; `result` until fields are updated."""
    return Field(f"SEQ {name} \\* ARABIC", str(result))


def bookmark(name: str, content: object = "") -> Bookmark:
    """Return a bookmark around `content`."""
    return Bookmark(name, content)
