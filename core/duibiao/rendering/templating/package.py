"""The parts of a document in a fixed order, pictures one at a time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO
from xml.sax.saxutils import escape

from duibiao.model.errors import BuildError, reason
from duibiao.rendering.drawing import Drawing
from duibiao.rendering.templating.pieces import CONTENT_TYPES, CORE, Compiled, Part, relations_of
from duibiao.rendering.templating.streaming import ZipStream

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_PICTURE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_CORE = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
_DAY = "2000-01-01T00:00:00Z"
"""No day at all: documents that are the same have the same bytes."""

_PROPERTIES = {
    "title": "dc:title",
    "subject": "dc:subject",
    "creator": "dc:creator",
    "keywords": "cp:keywords",
    "description": "dc:description",
    "category": "cp:category",
}
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})


class Package:
    """One document that is being written."""

    def __init__(self, target: BinaryIO, compiled: Compiled, template: bytes) -> None:
        """Begin a document made from `template`."""
        self._zip = ZipStream(target)
        self._compiled = compiled
        self._template = memoryview(template)
        self._used: list[tuple[Part, Iterable[int]]] = []

    def begin(self, properties: Mapping[str, str]) -> None:
        """Write what comes before the text."""
        self._zip.deflate(CONTENT_TYPES, (self._compiled.types,))
        for name, content in self._compiled.replaced:
            self._zip.deflate(name, (content,))
        self._zip.deflate(CORE, (_core(properties).encode(),))
        for entry in self._compiled.kept:
            packed = self._template[entry.start : entry.end]
            self._zip.copy(entry.name, entry.method, entry.crc, entry.size, packed)

    def part(self, part: Part, xml: Iterator[bytes], used: dict[int, None]) -> None:
        """Write a part; `used` holds the numbers of its pictures once `xml` has ended."""
        self._zip.deflate(part.name, xml)
        self._used.append((part, used))

    def end(self, drawings: Iterable[tuple[int, Drawing]]) -> None:
        """Write pictures and relationships, and end the file."""
        names = dict(self._pictures(drawings))
        for part, used in self._used:
            added = "".join(
                f'<Relationship Id="{self._compiled.relation}{number}" Type="{_PICTURE}"'
                f' Target="/{names[number]}"/>'
                for number in used
            )
            if part.relations or added:
                content = f"{_RELATIONS}{part.relations}{added}</Relationships>".encode()
                self._zip.deflate(relations_of(part.name), (content,))
        self._zip.close()

    def _pictures(self, drawings: Iterable[tuple[int, Drawing]]) -> Iterator[tuple[int, str]]:
        """Write each picture once; yield the number of each and the name that it got."""
        known: dict[tuple[int, int], dict[str, Drawing]] = {}
        count = 0
        for number, drawing in drawings:
            data, suffix = _read(drawing)
            crc = zlib.crc32(data)
            alike = known.setdefault((len(data), crc), {})
            name = next((name for name, other in alike.items() if _read(other)[0] == data), "")
            if not name:
                count += 1
                name = f"{self._compiled.media}{count}{suffix}"
                alike[name] = drawing
                self._zip.store(name, data, crc)
            del data  # before the next one is read
            yield number, name


def _read(drawing: Drawing) -> tuple[bytes, str]:
    try:
        data, suffix = drawing.read()
    except OSError as error:
        raise BuildError(
            f"无法读取图片“{drawing.name}”（{reason(error)}）；请检查证据文件是否还在、能否打开"
        ) from error
    if suffix.lower() not in _SUFFIXES:
        raise BuildError(f"图片“{drawing.name}”的格式是“{suffix}”；请改用 .jpg 或 .png")
    return data, suffix.lower()


def _core(properties: Mapping[str, str]) -> str:
    given = "".join(
        f"<{tag}>{escape(properties[name])}</{tag}>"
        for name, tag in _PROPERTIES.items()
        if properties.get(name)
    )
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{_DAY}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return f"{_CORE}{given}{times}</cp:coreProperties>"
