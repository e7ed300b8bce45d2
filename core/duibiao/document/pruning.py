"""Leaves out of the bytes what no reader looks at: building the tree of it is what costs most.

Only whole elements are cut, and only where the bytes cannot mean anything else: outside of CDATA, a "<" in XML
always begins markup. Anything unusual is left in, which costs time and changes nothing.
"""

from __future__ import annotations

import re

_SILENT = re.compile(
    rb"<w:(?:rFonts|szCs|color|tcW|lang|spacing|vAlign|bCs|ind|kern|bookmarkStart|bookmarkEnd|proofErr"
    rb"|snapToGrid|shd|noWrap|widowControl|highlight|i|iCs|u)(?: [^>/]*)?/>"
)
_MARKUP = re.compile(rb"<!--|<!\[CDATA\[|<\?(?!xml )")
_UNUSED_STYLES = (
    (b'<w:style w:type="table" ', b"</w:style>"),
    (b"<w:latentStyles ", b"</w:latentStyles>"),
)


def pruned_story(data: bytes) -> bytes:
    """Return a story without the properties of runs, paragraphs and cells that do not matter here."""
    return data if b"<![CDATA[" in data else _SILENT.sub(b"", data)


def pruned_styles(data: bytes) -> bytes:
    """Return styles.xml without table styles and latent ones, which are most of it in many files."""
    if _MARKUP.search(data):
        return data
    kept = data
    for start, end in _UNUSED_STYLES:
        first, *others = kept.split(start)
        pieces = [first]
        for other in others:
            tag, _, rest = other.partition(b">")
            if tag.endswith(b"/") or tag.count(b'"') % 2 or end not in rest:
                return data
            pieces.append(rest.partition(end)[2])
        kept = b"".join(pieces)
    return kept
