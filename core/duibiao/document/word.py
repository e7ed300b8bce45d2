"""Word files (.docx, .docm, strict or transitional): from bytes to the neutral document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from duibiao.document.blocks import Blocks
from duibiao.document.condensing import Condensed, condensed
from duibiao.document.garbage import no_search
from duibiao.document.model import Block, Document
from duibiao.document.numbering import Numbering
from duibiao.document.package import Package
from duibiao.document.pages import Pages
from duibiao.document.paragraphs import Paragraphs
from duibiao.document.pictures import Gallery
from duibiao.document.pruning import pruned_styles
from duibiao.document.story import Story, flat
from duibiao.document.styles import Styles
from duibiao.document.xml import W
from duibiao.intake.files import open_upload
from duibiao.intake.refusal import refusal
from duibiao.model.errors import IntakeError

_UNREAD = {
    "vbaProject": "文件含有宏，宏没有运行",
    "diagramData": "文件含有 SmartArt 图形，其中的文字没有读取",
    "chart": "文件含有图表，其中的文字和数据没有读取",
    "oleObject": "文件嵌有其他程序的对象，其中的内容没有读取",
    "package": "文件嵌有其他文件（如 Excel 工作簿），其中的内容没有读取",
    "aFChunk": "文件引入了其他文件（altChunk），其中的内容没有读取",
    "subDocument": "文件是主控文档，子文档的内容没有读取",
}


_NOTES = (W + "footnote", W + "endnote")
_NOTE_PARTS = (W + "footnotes", W + "endnotes")


def read_word(source: Path | bytes, name: str) -> Document:
    """Read a Word file.

    Args:
        source: Its path, or its bytes.
        name: File name as the user knows it, for messages.

    Raises:
        IntakeError: It is missing, no Word file, damaged, encrypted, or would cost too much to read.
    """
    with open_upload(source, name) as upload, no_search():
        package = Package(upload.archive)
        reader = _Reader(package)
        return Document(
            name=name,
            sha256=upload.sha256,
            size=upload.size,
            blocks=tuple(reader.body()),
            margins=tuple(reader.margins()),
            revisions=reader.revisions,
            comments=_comments(package),
            external=package.external(),
            warnings=(*upload.warnings, *reader.warnings()),
        )


class _Reader:
    """Reads the stories of one file."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._missing: dict[str, None] = {}
        self.revisions = 0
        part = next(iter(package.linked("styles")), None)
        data = pruned_styles(package.data(part)) if part else b""
        self._styles = Styles(package.parsed(data, part) if part else None)

    def body(self) -> list[Block]:
        """Read the main story."""
        part = next(iter(self._package.linked("numbering")), None)
        root = self._package.xml(part) if part else None
        return self._story(self._package.main, Numbering(root, self._styles.lists))

    def margins(self) -> Iterator[str]:
        """Yield the texts of headers, footers, footnotes and endnotes that say something."""
        kinds = ("header", "footer", "footnotes", "endnotes")
        for part in (part for kind in kinds for part in self._package.linked(kind)):
            texts = (item.text.strip() for item in flat(self._story(part, Numbering())))
            text = "\n".join(filter(None, texts))
            if text:
                yield text

    def warnings(self) -> Iterator[str]:
        """Yield what was not read, once the stories are."""
        kinds = {item.kind for item in self._package.links.values()}
        yield from (warning for kind, warning in _UNREAD.items() if kind in kinds)
        if self._missing:
            yield f"有 {len(self._missing)} 张图片不在文件中，没有读取：{'、'.join(list(self._missing)[:3])}"

    def _story(self, part: str, numbering: Numbering) -> list[Block]:
        package = self._package
        root, blocks, pages = self._parsed(part)
        main = part == package.main
        body = root.find(W + "body") if main else root
        if body is None:
            raise refusal(package.archive.name, f"部件 {part} 不是 Word 正文")
        notes = [note for note in root if note.tag in _NOTES and note.get(W + "type") is None]
        gallery = Gallery(
            package.archive, package.links if main else package.relations(part), self._missing
        )
        paragraphs = Paragraphs(self._styles, numbering, gallery, blocks, pages)
        story = Story(paragraphs, blocks, pages, package.archive.name)
        containers = notes if root.tag in _NOTE_PARTS else [body]
        read = [block for container in containers for block in story.blocks(container)]
        self.revisions += paragraphs.revisions
        return read

    def _parsed(self, part: str) -> tuple[etree._Element, Blocks, Pages]:
        """Parse a story, condensed where it can be."""
        data = self._package.data(part)
        short = condensed(data)
        blocks = Blocks()
        if short.blocks:
            try:
                blocks = Blocks(list(self._package.parsed(short.blocks, part)))
            except (
                IntakeError
            ):  # the whole part tells what is wrong, or the blocks need what stands around them
                short = Condensed(data)
        root = self._package.parsed(short.story, part)
        return root, blocks, Pages(b"lastRenderedPageBreak" in short.story)


def _comments(package: Package) -> int:
    return sum(
        1
        for part in package.linked("comments")
        for _ in package.xml(part).iterchildren(W + "comment")
    )
