"""Leaves out of styles.xml what no reader looks at, and what is most of it in many files."""

from __future__ import annotations

import re

_MARKUP = re.compile(rb"<!--|<!\[CDATA\[|<\?(?!xml )")
_UNUSED_STYLES = (
    (b'<w:style w:type="table" ', b"</w:style>"),
    (b"<w:latentStyles ", b"</w:latentStyles>"),
)


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
