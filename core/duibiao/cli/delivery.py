"""Where reports go: to the screen, to one file, or to a folder with a table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from duibiao.model.errors import UsageError
from duibiao.project.names import RESULT
from duibiao.reports import faces
from duibiao.reports.faces import Face
from duibiao.reports.writing import encode, is_input, write, write_bytes, write_paper

if TYPE_CHECKING:
    from rich.console import Console

    from duibiao.reports.model import CheckReport
    from duibiao.reports.summary import Summary

INDEX = "index"
"""Name of the table in a folder of reports."""


class Delivery(Protocol):
    """Takes reports one by one, then the table."""

    def report(self, file: Path, report: CheckReport) -> str:
        """Deliver a report and return the name under which the table can refer to it, or ""."""

    def problem(self, file: str, problem: str) -> None:
        """Take note of a file that could not be checked."""

    def summary(self, summary: Summary) -> None:
        """Deliver the table."""


class Screen:
    """Everything to standard output."""

    def __init__(self, face: Face, console: Callable[[], Console], *, many: bool) -> None:
        """Print to `console` in the form of `face`."""
        if not face.is_text:
            raise UsageError(f"{face} 格式的报告不能显示在屏幕上；请用 --out 指定写到哪里")
        if many and face not in (Face.TEXT, Face.JSON):
            raise UsageError("审查多个文件时，请用 --out 指定存放报告的文件夹")
        self.face, self.console, self.many = face, console, many

    def report(self, file: Path, report: CheckReport) -> str:  # noqa: ARG002
        """Print a report."""
        if self.face is Face.TEXT and self.console().is_terminal:
            from duibiao.reports.text import report_view

            self.console().print(report_view(report), "")
        elif self.face is Face.JSON and self.many:
            from duibiao.reports.as_json import render_line

            put(render_line(report))
        else:
            put(faces.render(report, self.face) + ("\n" if self.many else ""))
        return ""

    def problem(self, file: str, problem: str) -> None:
        """Print a line of JSON, so that no file is missing in the stream; people get the table or a message."""
        if self.many and self.face is Face.JSON:
            from duibiao.reports.as_json import render_problem

            put(render_problem(file, problem))

    def summary(self, summary: Summary) -> None:
        """Print the table, for people."""
        if self.many and self.face is Face.TEXT:
            from duibiao.reports.text import summary_view

            self.console().print(summary_view(summary))


class OneFile:
    """One report to one file; the verdict also to the screen."""

    def __init__(self, face: Face, out: Path, console: Callable[[], Console]) -> None:
        """Write to `out`, or into it where it is a folder."""
        self.face, self.out, self.console = face, out, console

    def report(self, file: Path, report: CheckReport) -> str:
        """Write the report."""
        from duibiao.reports.text import clean, verdict_view

        name = f"{stem(file)}{self.face.tail}{self.face.suffix}"
        target = self.out / name if self.out.is_dir() else self.out
        _write(target, report, self.face, [file])
        self.console().print(verdict_view(report))
        self.console().print(clean(f"报告：{target}"), soft_wrap=True)
        return target.name

    def problem(self, file: str, problem: str) -> None:
        """Write nothing: there is no report."""

    def summary(self, summary: Summary) -> None:
        """Write nothing: one file has no table."""


class Folder:
    """One report a file and a table, all in one folder; the table also to the screen."""

    def __init__(
        self, face: Face, out: Path, console: Callable[[], Console], inputs: Sequence[Path]
    ) -> None:
        """Write into `out`, never over one of `inputs`."""
        if (out.exists() and not out.is_dir()) or out.suffix.lower() == face.suffix:
            raise UsageError(f"审查多个文件时 --out 应是文件夹，“{out}”不是；请写一个文件夹名")
        self.face, self.out, self.console, self.inputs = face, out, console, inputs
        self.taken = {INDEX}

    def report(self, file: Path, report: CheckReport) -> str:
        """Write a report under the name of its file, with a number where that is taken."""
        name, number = stem(file), 1
        while name.casefold() in self.taken or is_input(self._path(name), self.inputs):
            number += 1
            name = f"{stem(file)}-{number}"
        self.taken.add(name.casefold())
        _write(self._path(name), report, self.face, self.inputs)
        return self._path(name).name

    def problem(self, file: str, problem: str) -> None:
        """Write nothing: it is in the table."""

    def summary(self, summary: Summary) -> None:
        """Write the table."""
        from duibiao.reports.text import clean, summary_view

        index = self.out / f"{INDEX}{self.face.table.suffix}"
        write(index, faces.render_summary(summary, self.face), self.inputs)
        self.console().print(summary_view(summary))
        self.console().print(clean(f"汇总表：{index}"), soft_wrap=True)

    def _path(self, name: str) -> Path:
        return self.out / f"{name}{self.face.tail}{self.face.suffix}"


def _write(path: Path, report: CheckReport, face: Face, inputs: Sequence[Path]) -> None:
    from duibiao.service.papers import encoded

    data = encoded(report, face)
    if face.is_paper:
        write_paper(path, data, face.tail, inputs)
    else:
        write_bytes(path, data, inputs)


def stem(file: Path) -> str:
    """Return the name of a report without its suffix: that of the file, or of the project that a package is of."""
    return file.absolute().parent.name if file.name == RESULT else file.stem


def put(text: str) -> None:
    """Print a text that is for machines as it is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(encode(text))
    sys.stdout.buffer.flush()
