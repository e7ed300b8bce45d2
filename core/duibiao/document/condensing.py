"""Makes the bytes of a part smaller before the parser sees them: building the tree of them is what costs most.

Word writes the same properties thousands of times, and marks every paragraph and run with ids of editing sessions.
Here each distinct block of properties is kept once, in a part of its own, and an empty element refers to it; ids that
nobody reads are cut. On our benchmark the tree is built in a fifth of the time, and a block is read once.

What is left out must be shown to be well-formed XML with the same meaning, since the parser no longer sees it: blocks
are parsed where they are kept, and the ids are matched to the last character. Outside of comments, CDATA and
processing instructions a "<" always begins markup, so a part that has one of these is left as it is, like one that
does not call the main namespace "w", throughout, or is not in UTF-8: that costs time and changes nothing.
"""

from __future__ import annotations

import re

from duibiao.document.xml import W
from duibiao.model.classes import dataclass

REFERENCE = "duibiao"
"""Attribute with the number of the block that an empty element stands for."""

MAX_PIECES = 500_000
"""Blocks of one name, or runs, that are condensed; each costs a quarter of a kilobyte meanwhile."""

_HARMLESS = 1 << 23
"""Bytes that cannot hold many more, so that nobody counts them."""

_REFERENCE = REFERENCE.encode()
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml\s+version=.1\.0.(?:\s+encoding=.(?:UTF|utf)-8.)?(?:\s+standalone=.(?:yes|no).)?\s*\?>\s*)?"
    rb'(?P<start><(?P<name>w:[a-z]+)(?:\s+[\w:]+="[^"<>&]*")*\s*>)'
)
_MAIN = b'="%b"' % W[1:-1].encode()
_BLOCKS = {
    b"pPr": re.compile(b""),
    b"rPr": re.compile(rb"<w:(?:b|sz|rStyle|vanish|ins|del|moveFrom|moveTo)[\s/>]"),
    b"tcPr": re.compile(rb"<w:(?:gridSpan|vMerge|hMerge)[\s/>]"),
}
"""Blocks of properties, outer ones first, and what shows that somebody reads them; the others are left out."""


def _ids(*names: bytes) -> bytes:
    """Return the pattern of ids as Word writes them, each at most once."""
    return b"".join(rb'(?: %b="[0-9A-F]{8}")?' % name for name in names)


_CUT = (
    (
        re.compile(
            b"<w:p(?= )"
            + _ids(
                b"w14:paraId",
                b"w14:textId",
                b"w:rsidR",
                b"w:rsidRPr",
                b"w:rsidRDefault",
                b"w:rsidP",
            )
            + b">"
        ),
        b"<w:p>",
    ),
    (
        re.compile(
            b"<w:tr(?= )"
            + _ids(b"w:rsidR", b"w:rsidRPr", b"w14:paraId", b"w14:textId", b"w:rsidTr")
            + b">"
        ),
        b"<w:tr>",
    ),
    (
        re.compile(
            rb'<w:(?:proofErr w:type="[A-Za-z]+"|bookmarkStart w:id="\d+" w:name="\w+"|bookmarkEnd w:id="\d+")/>'
        ),
        b"",
    ),
)
_RUN = re.compile(
    b"<w:r"
    + _ids(b"w:rsidDel", b"w:rsidR", b"w:rsidRPr")
    + rb'>(?:<w:rPr %b="(\d+)"/>)?<w:t(?: xml:space="preserve")?>([^<]*)</w:t></w:r>' % _REFERENCE
)


@dataclass(frozen=True, slots=True)
class Condensed:
    """A part in which empty elements stand for blocks of properties.

    Attributes:
        story: The part.
        blocks: XML whose root has the blocks as its children, in the order of their numbers; b"" where none was taken
            out. The part may only be used where this is well-formed.
    """

    story: bytes
    blocks: bytes = b""


def condensed(data: bytes) -> Condensed:
    """Return a story without what nobody reads, and each distinct block of its properties once."""
    root = _ROOT.match(data)
    if root is None or not _is_usual(data, root["start"]) or _is_too_much(data):
        return Condensed(data)
    blocks: list[bytes] = []
    story = data[root.end() :]
    for name in _BLOCKS:
        story = _referring(story, name, blocks)
    for pattern, kept in _CUT:
        story = pattern.sub(kept, story)
    taken = b"".join(blocks)
    if _has_unusual(story + taken):  # asked here, since so much less is left to be searched
        return Condensed(data)
    story = root[0] + _joined(story)
    return Condensed(story, b"%b%b</%b>" % (root["start"], taken, root["name"]))


def _is_usual(data: bytes, start: bytes) -> bool:
    """Tell whether the names used here mean what they seem to, by the start tag of the root."""
    return (
        b"xmlns:w" + _MAIN in start
        and start.count(_MAIN) == 1
        and (b"xmlns:w14=" in start or b" w14:" not in data)
        and _REFERENCE not in data
    )


def _is_too_much(data: bytes) -> bool:
    """Tell whether there are so many pieces that cutting would need more memory than parsing."""
    tags = (*(b"<w:%b>" % name for name in _BLOCKS), b"</w:r>")
    return len(data) > _HARMLESS and any(data.count(tag) > MAX_PIECES for tag in tags)


def _has_unusual(data: bytes) -> bool:
    """Tell whether there is markup in which a "<" is no tag, or another meaning of the main prefix.

    A single character is found ten times as fast as two, and these are rare in Chinese texts.
    """
    return any(mark in data and b"<" + mark in data for mark in (b"!", b"?")) or b"xmlns:w=" in data


def _referring(data: bytes, name: bytes, blocks: list[bytes]) -> bytes:
    """Return a story with references for the blocks of one name; each distinct one is added to `blocks`.

    A block in which its own name comes up again stays, for its end may be that of another. `bytes.split` and
    `partition` take a quarter of the time of a regular expression.
    """
    start, end = b"<w:%b>" % name, b"</w:%b>" % name
    read = _BLOCKS[name]
    pieces = iter(data.split(start))
    kept = [next(pieces)]
    short: dict[bytes, bytes] = {}
    for piece in pieces:
        block, closed, rest = piece.partition(end)
        if not closed:
            kept += (start, piece)
            continue
        reference = short.get(block)
        if reference is None:
            if b"w:" + name in block:
                reference = start + block + end
            else:
                reference = b""
                if read.search(block):
                    reference = b'<w:%b %b="%d"/>' % (name, _REFERENCE, len(blocks))
                blocks.append(start + block + end)
            short[block] = reference
        kept.append(reference)
        kept.append(rest)
    return b"".join(kept)


def _joined(story: bytes) -> bytes:
    """Return a story in which a bare w:t stands for a run of text, and one for all such runs of equal look in a row.

    Word cuts a sentence into runs wherever it was edited: this halves what is left to be parsed and walked through.
    """
    first, *others = _RUN.split(story)
    kept = [first]
    opened, before = False, b""
    for look, text, gap in zip(others[::3], others[1::3], others[2::3], strict=True):
        if not opened or look != before:
            if opened:
                kept.append(b"</w:t>")
            kept.append(b'<w:t %b="%b">' % (_REFERENCE, look) if look else b"<w:t>")
        kept.append(text)
        opened, before = not gap, look
        if gap:
            kept.append(b"</w:t>")
            kept.append(gap)
    return b"".join(kept)
