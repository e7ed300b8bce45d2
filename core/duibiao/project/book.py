"""A workbook from strangers: its parts are counted while they are inflated, and read without entities or network."""

from __future__ import annotations

import posixpath
from typing import BinaryIO

from lxml import etree

from duibiao.document.xml import markup, normalised, parse
from duibiao.intake import refusal
from duibiao.intake.archive import Limits, SafeZip
from duibiao.intake.kinds import FileKind, Look, look_at_other, look_at_zip
from duibiao.model.errors import IntakeError, ProjectError
from duibiao.project.cells import RESAVE, Cells, Shared, read_cells, read_strings
from duibiao.project.formats import cell_formats

LIMITS = Limits(file=100 << 20, entries=5_000, part=64 << 20, total=160 << 20)
"""What a workbook may cost."""

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedStrings.xml"
_MOST_MARKUP = 1_000_000
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ADVICE = {
    FileKind.ENCRYPTED: "它设有密码；请用 Excel 或 WPS 打开，去除密码后保存为 .xlsx",
    FileKind.WORKBOOK: f"它是旧版或别种表格；{RESAVE}",
    FileKind.OLD_OFFICE: f"它是旧版 Office 文件；{RESAVE}",
}


class Book:
    """A workbook while it is open."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Read everything but the sheets.

        Args:
            stream: The file.
            name: Its name, for messages.

        Raises:
            ProjectError: It is no workbook, or cannot be read.
        """
        self._name = name
        self._read: dict[str, Cells] = {}
        stream.seek(0)
        head = stream.read(1024)
        if not head.startswith(b"PK"):
            raise self._no_workbook(look_at_other(stream, head))
        try:
            self._zip = SafeZip(stream, name, LIMITS)
            found = look_at_zip(self._zip)
            if found.kind is not FileKind.WORKBOOK or _BOOK not in self._zip:
                raise self._no_workbook(found)
            self._open()
        except IntakeError as error:
            raise self._refused(error) from error
        except etree.XMLSyntaxError as error:
            raise ProjectError(f"《{name}》的文字表已损坏；{RESAVE}") from error

    @property
    def titles(self) -> list[str]:
        """Titles of its sheets, in order."""
        return list(self._parts)

    def sheet(self, title: str) -> Cells:
        """Return the cells of a sheet.

        Raises:
            ProjectError: It is damaged, or holds more than it may.
        """
        if title in self._read:
            return self._read[title]
        try:
            cells = self._read[title] = read_cells(self._data(self._parts[title]), self._shared)
        except IntakeError as error:
            raise self._refused(error) from error
        except ProjectError as error:
            raise ProjectError(f"《{self._name}》的工作表“{title}”{error}") from error
        except etree.XMLSyntaxError as error:
            raise ProjectError(f"《{self._name}》的工作表“{title}”已损坏；{RESAVE}") from error
        return cells

    def _open(self) -> None:
        if _LINKS not in self._zip:
            raise ProjectError(f"《{self._name}》不完整（缺少部件 {_LINKS}）；{RESAVE}")
        book = self._tree(_BOOK)
        targets = {
            link.get("Id", ""): _part(link.get("Target", ""))
            for link in self._tree(_LINKS).iterfind("{*}Relationship")
        }
        self._parts = {
            sheet.get("name", ""): targets[sheet.get(_ID, "")]
            for sheet in book.iterfind("{*}sheets/{*}sheet")
            if sheet.get(_ID, "") in targets
        }
        settings = book.find("{*}workbookPr")
        self._shared = Shared(
            tuple(read_strings(self._data(_STRINGS))) if _STRINGS in self._zip else (),
            tuple(cell_formats(self._tree(_STYLES))) if _STYLES in self._zip else (),
            settings is not None and settings.get("date1904", "") in ("1", "true"),
        )

    def _data(self, part: str) -> bytes:
        data = normalised(self._zip.read(part))
        if b"<!DOCTYPE" in data:
            raise ProjectError(f"含有 DOCTYPE 声明（可用来耗尽内存），工作簿中不应出现；{RESAVE}")
        return data

    def _tree(self, part: str) -> etree._Element:
        data = normalised(self._zip.read(part))
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
