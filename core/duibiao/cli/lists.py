"""`duibiao lists`: the lists over all packages of a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from duibiao.cli.check import Run, with_progress
from duibiao.cli.terminal import messages, output
from duibiao.model.classes import dataclass
from duibiao.model.errors import UsageError
from duibiao.reports.model import CheckReport
from duibiao.reports.summary import Summary
from duibiao.reports.text import clean, summary_view
from duibiao.reports.writing import write_bytes
from duibiao.service.collecting import Found, collect

if TYPE_CHECKING:
    from duibiao.law.common import CommonLaw
    from duibiao.reports.lists.entry import Entry


@dataclass(frozen=True, slots=True)
class Order:
    """清单命令: what was typed.

    Attributes:
        folder: The folder with the packages.
        out: Folder for the lists, or None for the same one.
        day: Reference date, or None for that of the package.
        city: City of the lists as typed, or "".
    """

    folder: Path
    out: Path | None
    day: date | None
    city: str


def carry_out(order: Order) -> int:
    """Check every package, write the lists and return the exit code.

    Raises:
        UsageError: If there is nothing to list, or nowhere to write.
    """
    if not order.folder.is_dir():
        raise UsageError(f"“{order.folder}”不是文件夹；请写放申报材料的文件夹")
    out = order.out or order.folder
    _make_sure_of(out)
    found = collect([order.folder])
    if not found.files:
        raise UsageError("；".join(f"{name}：{why}" for name, why in found.problems.items()))

    from duibiao.service import Request, Service

    service = Service()
    console = output()
    lists = _Lists(order, out, console, found, service.common)
    run = Run(service, Request(day=order.day), lists)
    for name, problem in found.problems.items():
        run.unreadable(name, problem)
    for file in with_progress(found.files, console if console.is_terminal else messages()):
        run.check(file)
    lists.summary(found.summary(run.lines))
    return run.code


def _make_sure_of(out: Path) -> None:
    """Refuse a place that is no folder, or where lists lie that somebody may have filled in by hand."""
    from duibiao.reports.lists import LISTS

    if out.exists() and not out.is_dir():
        raise UsageError(f"--out 应是文件夹，“{out}”不是；请写一个文件夹名")
    there = [name for name in LISTS if (out / name).exists()]
    if there:
        raise UsageError(
            f"{out} 中已有{'、'.join(there)}，其中可能有手工填写的内容，不覆盖；请先移走，或用 --out 指定别的文件夹"
        )


class _Lists:
    """Takes the reports of a run and makes the lists of them."""

    def __init__(
        self,
        order: Order,
        out: Path,
        console: Console,
        found: Found,
        common: CommonLaw,
    ) -> None:
        self.order, self.out, self.console = order, out, console
        self.found, self.common = found, common
        self.entries: list[Entry] = []
        self.problems: dict[str, str] = {}

    def report(self, file: Path, report: CheckReport) -> str:
        """Keep what the lists need of a report."""
        from duibiao.reports.as_json import as_object
        from duibiao.reports.lists.reading import read_entry

        self.entries.append(read_entry(self._name(file), as_object(report), self.common))
        return ""

    def problem(self, file: str, problem: str) -> None:
        """Keep why a package could not be checked."""
        self.problems[self._name(Path(file))] = problem

    def summary(self, summary: Summary) -> None:
        """Write the workbooks and say what is in them."""
        from duibiao.reports.lists import LISTS
        from duibiao.reports.lists.data import make_listing
        from duibiao.reports.lists.workbook import render

        listing = make_listing(
            self.common,
            self.entries,
            self.problems,
            city=self.order.city.strip(),
            day=self.order.day,
            skipped=summary.skipped_note,
        )
        for name, pages in LISTS.items():
            write_bytes(self.out / name, render(pages(listing)), self.found.files)
        self.console.print(summary_view(summary))
        self.console.print(clean(f"列入清单 {listing.total} 份，没有列入 {len(listing.absent)} 份"))
        for one in (one for one in listing.absent if one.verdict):
            self.console.print(clean(f"没有列入 {one.file}：{one.reason}"), soft_wrap=True)
        for name in LISTS:
            self.console.print(clean(f"清单：{self.out / name}"), soft_wrap=True)

    def _name(self, file: Path) -> str:
        """Return a package's name as the lists give it: from the folder on."""
        folder = self.order.folder
        return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else str(file)
