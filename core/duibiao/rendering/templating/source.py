"""A template file: its bytes, opened as those of a stranger, and its parts."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from duibiao.document.package import Package
from duibiao.intake.archive import Limits, SafeZip
from duibiao.intake.files import open_upload
from duibiao.model.errors import IntakeError
from duibiao.rendering.templating.faults import Fault
from duibiao.rendering.templating.pieces import CONTENT_TYPES, Stored

_MIB = 1 << 20
LIMITS = Limits(file=32 * _MIB, entries=2000, directory=_MIB, part=16 * _MIB, total=256 * _MIB)
MOST_XML = 4 * _MIB
"""Bytes of a part that may hold tags: what compiles it takes a second for each of them."""

_LOCAL_HEADER = 30
_HARMLESS = frozenset({"hyperlink", "attachedTemplate"})
_RENDERED = (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注"))
_RESAVE = "请用 Word 或 WPS 打开核对，另存为普通的 .docx 再使用"


class Source:
    """An opened template."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open it; raise Fault where it is no Word file or does what a template must not."""
        self._data = data
        self._name = name
        try:
            with open_upload(data, name, LIMITS):
                pass  # it is a Word file
            self._archive = SafeZip(io.BytesIO(data), name, LIMITS)
            self.package = Package(self._archive)
            self._check()
        except IntakeError as error:
            raise _as_fault(error, name) from error

    def xml(self, part: str) -> etree._Element:
        """Return the root of a part."""
        try:
            return self.package.xml(part)
        except IntakeError as error:
            raise _as_fault(error, self._name) from error

    def read(self, part: str) -> bytes:
        """Return the content of a part."""
        try:
            return self._archive.read(part)
        except IntakeError as error:
            raise _as_fault(error, self._name) from error

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        return part in self._archive

    @cached_property
    def entries(self) -> dict[str, Stored]:
        """Every entry by its name, in the order of the file; each is sound."""
        found: dict[str, Stored] = {}
        with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
            for entry in archive.infolist():
                if entry.filename.endswith("/"):
                    continue
                if (
                    "\\" in entry.filename
                    or posixpath.normpath(f"/{entry.filename}")[1:] != entry.filename
                ):
                    raise Fault(f"内部文件名“{entry.filename}”不正常", _RESAVE)
                self.read(
                    entry.filename
                )  # inflates it, so that its checksum and its limits are seen to
                names = self._data[entry.header_offset + 26 : entry.header_offset + _LOCAL_HEADER]
                start = entry.header_offset + _LOCAL_HEADER
                start += int.from_bytes(names[:2], "little") + int.from_bytes(names[2:], "little")
                found[entry.filename] = Stored(
                    entry.filename, entry.compress_type, entry.CRC, entry.file_size,
                    start, start + entry.compress_size,
                )  # fmt: skip
        return found

    def rendered(self) -> Iterator[tuple[str, str]]:
        """Yield the parts that may hold tags, and what each is called; raise Fault where one is too large."""
        for part, title in self._with_text():
            if len(self.read(part)) > MOST_XML:
                raise Fault(f"{title}的内容超过 {MOST_XML // _MIB} MiB", "请精简模板")
            yield part, title

    def _with_text(self) -> Iterator[tuple[str, str]]:
        yield self.package.main, "正文"
        for kind, title in _RENDERED:
            parts = sorted(self.package.linked(kind))
            for number, part in enumerate(parts, 1):
                yield part, title if len(parts) == 1 else f"第{number}个{title}"

    def _check(self) -> None:
        types = self.read(CONTENT_TYPES)
        if b"macroEnabled" in types or any("vbaproject" in name for name in self._archive.names()):
            raise Fault("文件带有宏，模板不得带宏", "请在 Word 中另存为不带宏的 .docx 再使用")
        for name in self._archive.names():
            if name.endswith(".rels"):
                self._check_links(name)

    def _check_links(self, part: str) -> None:
        for item in self.xml(part):
            kind = item.get("Type", "").rpartition("/")[2]
            if item.get("TargetMode") == "External" and kind not in _HARMLESS:
                raise Fault(
                    f"引用了文件以外的内容“{item.get('Target', '')}”",
                    "请在 Word 中断开链接，把图片等内容嵌入文件再使用",
                )


def _as_fault(error: IntakeError, name: str) -> Fault:
    text = str(error).removeprefix(f"《{name}》无法读取：")
    return Fault(f"不能用作模板，{text.partition('。')[0]}", _RESAVE)
