"""Word comments: their XML, and the parts of the file that have to know of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from duibiao.document.package import Package
from duibiao.document.xml import W, integer, parse
from duibiao.intake.archive import SafeZip
from duibiao.rendering.annotating.markup import is_utf8, with_children
from duibiao.rendering.annotating.notes import Note

CONTENT_TYPES = "[Content_Types].xml"

_TRANSITIONAL = W[1:-1]
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_KINDS = {
    _TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    _STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WITHIN = 16_384


class Comments:
    """The comments of one file, old and new.

    Attributes:
        first: Number of the first new comment.
        uri: Namespace of the main part as it is written.
    """

    def __init__(self, package: Package, root: etree._Element) -> None:
        """Look at what `package` has already; `root` is its w:document."""
        archive = package.archive
        self._archive, self._main = archive, package.main
        self.uri = _STRICT if _STRICT.encode() in _head(archive, package.main) else _TRANSITIONAL
        self._part = next(iter(package.linked("comments")), None)
        used = (integer(item.get(W + "id")) for item in _numbered(package, root, self._part))
        self.first = max((number for number in used if number is not None), default=-1) + 1
        self._ids = frozenset(package.links)

    def parts(self, notes: Sequence[Note], day: date) -> dict[str, bytes]:
        """Return the parts that are new or changed, with the comments numbered from `first` on."""
        if self._part is not None:
            data = source(self._archive, self._part)
            uri = _STRICT if _STRICT.encode() in data[:_WITHIN] else _TRANSITIONAL

            def more(prefix: str) -> str:
                return "".join(self._comments(notes, day, prefix, uri))

            return {self._part: with_children(data, more)}
        name = self._free_name()
        whole = "".join(self._comments(notes, day, "w:", self.uri))
        made = f'{_HEAD}<w:comments xmlns:w="{self.uri}">{whole}</w:comments>'.encode()
        return {name: made, **self._told(name)}

    def _comments(self, notes: Sequence[Note], day: date, prefix: str, uri: str) -> Iterable[str]:
        w, declared = _prefixed(prefix, uri)
        for number, note in enumerate(notes, self.first):
            first, *others = note.lines
            lines = _paragraph(first, w, f"<{w}r><{w}annotationRef/></{w}r>")
            lines += "".join(_paragraph(line, w) for line in others)
            yield (
                f'<{w}comment{declared} {w}id="{number}" {w}author={quoteattr(note.author)}'
                f' {w}date="{day.isoformat()}T00:00:00Z" {w}initials={quoteattr(note.initials)}>'
                f"{lines}</{w}comment>"
            )

    def _told(self, name: str) -> dict[str, bytes]:
        """Return content types and relationships that name the new part."""
        folder, main = posixpath.split(self._main)
        relations = posixpath.join(folder, "_rels", f"{main}.rels")
        number = next(n for n in count(1) if f"rIdDuibiao{n}" not in self._ids)
        kind, target = _KINDS[self.uri], posixpath.basename(name)

        def relation(prefix: str) -> str:
            return (
                f'<{prefix}Relationship Id="rIdDuibiao{number}" Type="{kind}" Target="{target}"/>'
            )

        def override(prefix: str) -> str:
            return f'<{prefix}Override PartName="/{name}" ContentType="{_TYPE}"/>'

        known = (
            source(self._archive, relations)
            if relations in self._archive
            else f'{_HEAD}<Relationships xmlns="{_RELATIONS}"/>'.encode()
        )
        types = source(self._archive, CONTENT_TYPES)
        return {
            relations: with_children(known, relation),
            CONTENT_TYPES: with_children(types, override),
        }

    def _free_name(self) -> str:
        folder = posixpath.dirname(self._main)
        places = (posixpath.join(folder, f"comments{number or ''}.xml") for number in count())
        return next(place for place in places if place not in self._archive)


def source(archive: SafeZip, part: str) -> bytes:
    """Return the bytes of a part as they are, or the same XML in UTF-8 where it is written in something else."""
    data = archive.read(part)
    if is_utf8(data):
        return data
    root = parse(data, part, archive.name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def begin(number: int, prefix: str, uri: str) -> str:
    """Return what marks the beginning of the place of a comment."""
    w, declared = _prefixed(prefix, uri)
    return f'<{w}commentRangeStart{declared} {w}id="{number}"/>'


def end(number: int, prefix: str, uri: str) -> str:
    """Return what marks the end of the place of a comment, and shows it."""
    w, declared = _prefixed(prefix, uri)
    return (
        f'<{w}commentRangeEnd{declared} {w}id="{number}"/>'
        f'<{w}r{declared}><{w}commentReference {w}id="{number}"/></{w}r>'
    )


def _prefixed(prefix: str, uri: str) -> tuple[str, str]:
    """Return the prefix and its declaration: attributes need one even where elements have none."""
    return (prefix, "") if prefix else ("w:", f' xmlns:w="{uri}"')


def _paragraph(line: str, w: str, before: str = "") -> str:
    text = f'<{w}r><{w}t xml:space="preserve">{escape(line)}</{w}t></{w}r>'
    return f"<{w}p>{before}{text}</{w}p>"


def _head(archive: SafeZip, part: str) -> bytes:
    return source(archive, part)[:_WITHIN]


def _numbered(package: Package, root: etree._Element, part: str | None) -> Iterable[etree._Element]:
    """Yield everything that has the number of a comment."""
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        yield from root.iter(W + name)
    if part is not None:
        yield from package.xml(part).iterchildren(W + "comment")
