"""What an upload holds: its files, each with its part in the package. Types only."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from duibiao.intake.kinds import FileKind
from duibiao.model.classes import dataclass


class Role(Enum):
    """文件在申报材料中的作用."""

    MAIN = "申报材料正文"
    RENDITION = "正文的 PDF 版"
    PLAN = "一厂一策实施方案"
    LIST = "清单、台账"
    EVIDENCE = "证明材料"
    UNSORTED = "未归类文件"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the upload.

    Attributes:
        name: Name as the user knows it, folders included; never a path.
        kind: What it is by its content.
        what: That in words, such as ``JPEG 图片``.
        size: Size in bytes.
        sha256: Hash of its bytes, in hexadecimal.
        source: Its bytes, or where they are as long as the package is open.
    """

    name: str
    kind: FileKind
    what: str
    size: int
    sha256: str
    source: Path | bytes

    def read(self) -> bytes:
        """Return its bytes."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()


@dataclass(frozen=True, slots=True)
class Item:
    """A file with its part in the package.

    Attributes:
        member: The file.
        role: Its part.
        section: Section of the outline that it belongs to, such as ``五.2.13.1``; "" where nothing tells it.
    """

    member: Member
    role: Role
    section: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """An upload as a safe set of files, while it is open.

    Attributes:
        name: Name of the upload as the user knows it.
        kind: What the upload is: an archive, or the one document.
        size: Its size in bytes.
        sha256: Hash of its bytes, in hexadecimal.
        items: Its files in the order found.
        warnings: What is out of the ordinary, not opened or not read; each asks for a person.
    """

    name: str
    kind: FileKind
    size: int
    sha256: str
    items: tuple[Item, ...]
    warnings: tuple[str, ...] = ()

    @property
    def main(self) -> Member:
        """The document that is the application package."""
        return self.having(Role.MAIN)[0].member

    @property
    def rendition(self) -> Member | None:
        """The PDF of the main document, or None."""
        return self._first(Role.RENDITION)

    @property
    def plan(self) -> Member | None:
        """一厂一策 as a file of its own, or None."""
        return self._first(Role.PLAN)

    @property
    def lists(self) -> tuple[Item, ...]:
        """Workbooks."""
        return self.having(Role.LIST)

    @property
    def evidence(self) -> tuple[Item, ...]:
        """Files that belong to a section."""
        return self.having(Role.EVIDENCE)

    @property
    def unsorted(self) -> tuple[Item, ...]:
        """Files of which nothing tells where they belong."""
        return self.having(Role.UNSORTED)

    def having(self, role: Role) -> tuple[Item, ...]:
        """Return the files with that part."""
        return tuple(item for item in self.items if item.role is role)

    def _first(self, role: Role) -> Member | None:
        return next((item.member for item in self.having(role)), None)
