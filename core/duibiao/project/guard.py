"""A workbook from strangers: counted, looked at, and handed to python-calamine without what was not.

Calamine makes a dense table of a sheet, so that two cells far apart end the process for want of memory; and it takes
the archive apart by itself, uncounted.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import BinaryIO

from lxml import etree

from duibiao.document.xml import markup, normalised, parse
from duibiao.intake import refusal
from duibiao.intake.archive import Limits, SafeZip
from duibiao.intake.kinds import FileKind, Look, look_at_other, look_at_zip
from duibiao.model.errors import IntakeError, ProjectError
from duibiao.project.seen import RESAVE, Seen, cell_formats, look, string_lengths

LIMITS = Limits(file=100 << 20, entries=5_000, part=64 << 20, total=160 << 20)
"""What a workbook may cost."""

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedStrings.xml"
_TREES = ("[Content_Types].xml", "_rels/.rels", _BOOK, _LINKS, _STYLES)
_MOST_MARKUP = 1_000_000
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ADVICE = {
    FileKind.ENCRYPTED: "它设有密码；请用 Excel 或 WPS 打开，去除密码后保存为 .xlsx",
    FileKind.WORKBOOK: f"它是旧版或别种表格；{RESAVE}",
    FileKind.OLD_OFFICE: f"它是旧版 Office 文件；{RESAVE}",
}


class GuardedBook:
    """A workbook of which only what is safe is handed on."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Look at everything but the sheets.

        Args:
            stream: The file.
            name: Its name, for messages.

        Raises:
            ProjectError: It is no workbook, or cannot be read.
        """
        self._name = name
        self._kept: dict[str, bytes] = {}
        self._seen: dict[str, Seen] = {}
        stream.seek(0)
        head = stream.read(1024)
        if not head.startswith(b"PK"):
            raise self._no_workbook(look_at_other(stream, head))
        try:
            self._zip = SafeZip(stream, name, LIMITS)
            found = look_at_zip(self._zip)
            if found.kind is not FileKind.WORKBOOK or _BOOK not in self._zip:
                raise self._no_workbook(found)
            self._read()
        except IntakeError as error:
            raise self._refused(error) from error
        except etree.XMLSyntaxError as error:
            raise ProjectError(f"《{name}》的文字表已损坏；{RESAVE}") from error

    @property
    def titles(self) -> list[str]:
        """Titles of its sheets, in order."""
        return list(self._sheets)

    def sheet(self, title: str) -> Seen:
        """Look at a sheet; from then on it is part of the copy.

        Raises:
            ProjectError: It is damaged, or holds more than it may.
        """
        if title in self._seen:
            return self._seen[title]
        part = self._sheets.get(title, "")
        try:
            data = normalised(self._zip.read(part))
            _refuse_doctype(data)
            seen = self._seen[title] = look(data, self._formats, self._lengths)
            self._kept[part] = data
        except IntakeError as error:
            raise self._refused(error) from error
        except ProjectError as error:
            raise ProjectError(f"《{self._name}》的工作表“{title}”{error}") from error
        except etree.XMLSyntaxError as error:
            raise ProjectError(f"《{self._name}》的工作表“{title}”已损坏；{RESAVE}") from error
        return seen

    def copy(self) -> io.BytesIO:
        """Return the workbook with nothing in it but what was looked at."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as copied:
            for part, data in self._kept.items():
                copied.writestr(part, data)
        target.seek(0)
        return target

    def _read(self) -> None:
        trees = {part: self._tree(part) for part in _TREES if part in self._zip}
        if _LINKS not in trees:
            raise ProjectError(f"《{self._name}》不完整（缺少部件 {_LINKS}）；{RESAVE}")
        targets = {
            link.get("Id", ""): _part(link.get("Target", ""))
            for link in trees[_LINKS].iterfind("{*}Relationship")
        }
        self._sheets = {
            sheet.get("name", ""): targets[sheet.get(_ID, "")]
            for sheet in trees[_BOOK].iterfind("{*}sheets/{*}sheet")
            if sheet.get(_ID, "") in targets
        }
        self._formats = list(cell_formats(trees[_STYLES])) if _STYLES in trees else []
        self._lengths: list[int] = []
        if _STRINGS in self._zip:
            self._kept[_STRINGS] = normalised(self._zip.read(_STRINGS))
            _refuse_doctype(self._kept[_STRINGS])
            self._lengths += string_lengths(self._kept[_STRINGS])

    def _tree(self, part: str) -> etree._Element:
        data = self._kept[part] = normalised(self._zip.read(part))
        if markup(data) > _MOST_MARKUP:
            raise ProjectError(
                f"《{self._name}》的格式过多（{part}），没有读取；请把内容复制到新建的表里"
            )
        return parse(data, part, self._name)

    def _no_workbook(self, found: Look) -> ProjectError:
        said = _ADVICE.get(found.kind) or f"它是{found.what}，不是 Excel 工作簿（.xlsx）；{RESAVE}"
        return ProjectError(f"《{self._name}》无法读取：{said}")

    def _refused(self, error: IntakeError) -> ProjectError:
        said = str(error).replace(refusal.RESAVE, RESAVE).replace("Word 文件", "Excel 文件")
        return ProjectError(said.removesuffix("。"))


def _part(target: str) -> str:
    """Return the name of the part that a relationship of the workbook leads to."""
    inside = target[1:] if target.startswith("/") else posixpath.join("xl", target)
    return posixpath.normpath(inside)


def _refuse_doctype(data: bytes) -> None:
    if b"<!DOCTYPE" in data:
        raise ProjectError(f"含有 DOCTYPE 声明（可用来耗尽内存），工作簿中不应出现；{RESAVE}")
