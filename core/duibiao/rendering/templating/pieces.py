"""What a compiled template consists of, and how it is kept; nothing in it needs lxml or docxtpl."""

from __future__ import annotations

import marshal
from dataclasses import astuple, dataclass
from types import CodeType

from duibiao.rendering.templating.faults import Place
from duibiao.rendering.templating.schema import Path

CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry of the template as it is compressed.

    Attributes:
        name: Its name.
        method: 0 stored, 8 deflated.
        crc: CRC-32 of its content.
        size: Bytes of its content.
        start, end: Where its compressed bytes stand in the file.
    """

    name: str
    method: int
    crc: int
    size: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is rendered.

    Attributes:
        name: Its name in the file.
        code: Its compiled jinja code.
        lines: The place of each line of its source.
        relations: The relationships that it has in the template, as XML.
    """

    name: str
    code: CodeType
    lines: tuple[tuple[str, str], ...]
    relations: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """All that rendering needs besides the bytes of the template.

    Attributes:
        types: The content types.
        replaced: Parts that are written otherwise than they stand in the template.
        kept: Entries that are copied as they are.
        parts: Parts that are rendered, the body first.
        uses: What the template asks for: path, place, and whether the value may be missing.
        relation: Prefix of relationship ids that the template does not use.
        media: Prefix of names of pictures that the template does not use.
        number: The highest number of a bookmark in the template.
    """

    types: bytes
    replaced: tuple[tuple[str, bytes], ...]
    kept: tuple[Stored, ...]
    parts: tuple[Part, ...]
    uses: tuple[tuple[Path, Place, bool], ...]
    relation: str
    media: str
    number: int

    def dumped(self) -> bytes:
        """Return it as bytes, for the cache."""
        return marshal.dumps(astuple(self))

    @classmethod
    def restored(cls, data: bytes) -> Compiled:
        """Return what `dumped` gave; only for bytes that this program wrote."""
        types, replaced, kept, parts, uses, relation, media, number = marshal.loads(data)  # noqa: S302
        return cls(
            types,
            replaced,
            tuple(Stored(*entry) for entry in kept),
            tuple(Part(*part) for part in parts),
            tuple((path, Place(*place), soft) for path, place, soft in uses),
            relation,
            media,
            number,
        )


def relations_of(part: str) -> str:
    """Return the name of the part that holds a part's relationships."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".removeprefix("/")
