"""A Word file as a package of parts that refer to each other."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from lxml import etree

from duibiao.document.xml import MAX_MARKUP, markup, normalised, parse
from duibiao.intake.archive import SafeZip
from duibiao.intake.refusal import refusal
from duibiao.model.classes import dataclass

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
USUAL_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from one part to another, or to something outside the file.

    Attributes:
        kind: Last word of its type, such as ``image``.
        target: Name of the part, or the address outside.
        external: It leads outside.
    """

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a Word file, parsed on demand."""

    def __init__(self, archive: SafeZip) -> None:
        """Find the main part of the archive."""
        self.archive = archive
        self._markup = 0
        found = [
            item.target for item in self.relations("").values() if item.kind == "officeDocument"
        ]
        self.main = next((part for part in found if part in archive), USUAL_MAIN)
        self.links = self.relations(self.main)

    def xml(self, part: str) -> etree._Element:
        """Return the root of a part; raise IntakeError where it is missing or unsafe."""
        return self.parsed(self.data(part), part)

    def data(self, part: str) -> bytes:
        """Return the normalised bytes of a part."""
        return normalised(self.archive.read(part))

    def parsed(self, data: bytes, part: str) -> etree._Element:
        """Return the root of a part whose bytes are at hand; raise IntakeError over too much XML."""
        self._markup += markup(data)
        if self._markup > MAX_MARKUP:
            reason = f"部件 {part} 的标记超过 {MAX_MARKUP // 10_000} 万个，为安全起见没有继续读取"
            raise refusal(self.archive.name, reason)
        return parse(data, part, self.archive.name)

    def linked(self, kind: str) -> list[str]:
        """Return the parts of one kind that the main part refers to and the archive has, each once."""
        targets = (
            item.target for item in self.links.values() if item.kind == kind and not item.external
        )
        return [part for part in dict.fromkeys(targets) if part in self.archive]

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part refers to, by relationship id; "" is the package itself."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", name + ".rels")
        if source not in self.archive:
            return {}
        return {
            item.get("Id", ""): _relation(item, folder)
            for item in self.xml(source).iterchildren(_RELATION)
        }

    def external(self) -> tuple[str, ...]:
        """Return every target outside the file that any part refers to, each once."""
        targets: dict[str, None] = {}
        for name in self.archive.names():
            if name.endswith(".rels"):
                for item in self.xml(name).iterchildren(_RELATION):
                    if item.get("TargetMode") == "External":
                        targets[item.get("Target", "")] = None
        return tuple(targets)


def _relation(item: etree._Element, folder: str) -> Relation:
    kind = item.get("Type", "").rpartition("/")[2]
    target = item.get("Target", "")
    external = item.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
    return Relation(kind, target, external)
