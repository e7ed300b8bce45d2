"""Word files (.docx, .docm, strict or transitional): from bytes to the neutral document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from duibiao.document.model import Block, Document
from duibiao.document.numbering import Numbering
from duibiao.document.package import Package
from duibiao.document.pages import Pages
from duibiao.document.paragraphs import Features, Paragraphs
from duibiao.document.pictures import Gallery
from duibiao.document.pruning import pruned_story, pruned_styles
from duibiao.document.story import Story, flat
from duibiao.document.styles import Styles
from duibiao.document.xml import W
from duibiao.intake.files import open_upload
from duibiao.intake.refusal import refusal

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
    with open_upload(source, name) as upload:
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
        self._styles_hide = b"vanish" in data

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
        data = package.data(part)
        features = Features(
            hidden=self._styles_hide or b"vanish" in data, tracked=b"author=" in data
        )
        pages = Pages(b"lastRenderedPageBreak" in data)
        root = package.parsed(pruned_story(data), part)
        main = part == package.main
        body = root.find(W + "body") if main else root
        if body is None:
            raise refusal(package.archive.name, f"部件 {part} 不是 Word 正文")
        notes = [note for note in root if note.tag in _NOTES and note.get(W + "type") is None]
        gallery = Gallery(
            package.archive, package.links if main else package.relations(part), self._missing
        )
        paragraphs = Paragraphs(self._styles, numbering, gallery, features, pages)
        story = Story(paragraphs, pages, package.archive.name)
        containers = notes if root.tag in _NOTE_PARTS else [body]
        blocks = [block for container in containers for block in story.blocks(container)]
        self.revisions += paragraphs.revisions
        return blocks


def _comments(package: Package) -> int:
    return sum(
        1
        for part in package.linked("comments")
        for _ in package.xml(part).iterchildren(W + "comment")
    )
