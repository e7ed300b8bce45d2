"""`duibiao check`: many packages, one after the other; none stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from duibiao.cli.delivery import Delivery, Folder, OneFile, Screen
from duibiao.cli.guard import Exit, fault, say
from duibiao.cli.terminal import messages, output
from duibiao.model.classes import dataclass
from duibiao.model.errors import DuibiaoError, UsageError, reason
from duibiao.project.names import is_project
from duibiao.reports.faces import Face
from duibiao.service.collecting import Found, collect, is_one

if TYPE_CHECKING:
    from rich.console import Console

    from duibiao.reports.comparison import Earlier
    from duibiao.reports.model import CheckReport
    from duibiao.reports.summary import Line
    from duibiao.reports.waivers import Waiver
    from duibiao.service import Request, Service


@dataclass(frozen=True, slots=True)
class Order:
    """审查命令: what was typed.

    Attributes:
        paths: Files and folders.
        face: Form of the reports.
        out: Where to, or None for the screen.
        day: Reference date, or None for that of the package.
        industry: Industry as typed, or "".
        grade: Grade as typed, or "".
        paginate: Have LibreOffice find the page numbers of Word files.
        photos: Look at the photos.
        waivers: File of waivers, or None.
        compare: Package of the earlier submission, or its JSON report; None to compare with nothing.
    """

    paths: tuple[Path, ...]
    face: Face
    out: Path | None
    day: date | None
    industry: str
    grade: str
    paginate: bool = False
    photos: bool = True
    waivers: Path | None = None
    compare: Path | None = None

    @property
    def many(self) -> bool:
        """Whether the results are those of many files, however many a folder holds."""
        only = self.paths[0]
        return len(self.paths) > 1 or (only.is_dir() and not is_one(only))


def carry_out(order: Order) -> int:
    """Check what was ordered and return the exit code.

    Raises:
        UsageError: If the command asks for something that cannot be.
    """
    if order.compare and order.many:
        raise UsageError("--compare 只能用于一份材料；请写这一份材料的文件名")
    console = cache(output)
    found = collect(order.paths)
    delivery = _delivery(order, console, found)

    from duibiao.reports.waiver_files import read_waivers
    from duibiao.service import Request, Service

    waivers = read_waivers(order.waivers) if order.waivers else ()
    request = Request(
        order.day, order.industry, order.grade, order.paginate, order.photos, waivers=waivers
    )
    service = Service()
    earlier = _earlier(order.compare, service, request) if order.compare else None
    run = Run(service, request, delivery, earlier)
    for name, problem in found.problems.items():
        run.unreadable(name, problem)
    if order.many:
        shown = console()
        progress = shown if shown.is_terminal else messages()
        for file in with_progress(found.files, progress):
            run.check(file)
    else:
        for file in found.files:
            run.check(file)
    delivery.summary(found.summary(run.lines))
    for waiver in run.idle_waivers():
        say(f"{waiver.source} 第{waiver.line}行的豁免没有用上：审查的材料中没有它写明的企业或文件")
    return run.code


def _earlier(path: Path, service: Service, request: Request) -> Earlier:
    """Return the earlier submission to compare with.

    Raises:
        UsageError: If it cannot be read.
    """
    from duibiao.reports.comparing import earlier_in, earlier_of

    try:
        if path.suffix.lower() == ".json" and not is_project(path):
            return earlier_in(path.read_bytes(), path.name)
        return earlier_of(service.check(path, request))
    except OSError as error:
        raise UsageError(f"--compare 的 {path} 打不开（{reason(error)}）；请检查路径") from error
    except DuibiaoError as error:
        raise UsageError(f"--compare 的 {path}：{error}") from error


def _delivery(order: Order, console: Callable[[], Console], found: Found) -> Delivery:
    if order.out is None:
        return Screen(order.face, console, many=order.many)
    if order.many:
        return Folder(order.face, order.out, console, found.files)
    return OneFile(order.face, order.out, console)


class Run:
    """One run over all files: what came of each, and the gravest exit code."""

    def __init__(
        self,
        service: Service,
        request: Request,
        delivery: Delivery,
        earlier: Earlier | None = None,
    ) -> None:
        """Check with `service` what `request` fixes, and deliver the reports to `delivery`.

        Args:
            service: The service.
            request: What the command fixes.
            delivery: Where the reports go.
            earlier: The earlier submission to compare with, or None.
        """
        self.service, self.request, self.delivery = service, request, delivery
        self.earlier = earlier
        self.lines: list[Line] = []
        self.code = Exit.CLEAN
        self.said: set[str] = set()
        self.packages: set[tuple[str, str]] = set()

    def check(self, file: Path) -> None:
        """Check a file and deliver its report."""
        name = str(file)
        try:
            report = self.service.check(file, self.request)
        except UsageError:
            raise
        except DuibiaoError as error:
            self.unreadable(name, str(error))
        except OSError as error:
            self.unreadable(name, f"文件读不了（{reason(error)}）")
        except Exception as error:  # noqa: BLE001 - our fault on one file must not stop the others
            self._raise_to(fault(error, f"审查 {name} 时"))
            self._note(name, f"程序出错：{type(error).__name__}")
        else:
            self._deliver(file, report)

    def unreadable(self, name: str, problem: str) -> None:
        """Note a file that cannot be checked."""
        say(f"{name}：{problem}")
        self._raise_to(Exit.USAGE)
        self._note(name, problem)

    def idle_waivers(self) -> tuple[Waiver, ...]:
        """Return the waivers of the command that are for none of the packages checked."""
        return tuple(
            waiver
            for waiver in self.request.waivers
            if not any(waiver.is_for(*package) for package in self.packages)
        )

    def _deliver(self, file: Path, report: CheckReport) -> None:
        from duibiao.reports.comparing import compare
        from duibiao.reports.summary import line_of
        from duibiao.rules.engine import Status

        self.packages.add((report.file, report.enterprise))
        if self.earlier is not None:
            report = replace(report, comparison=compare(report, self.earlier))
        name = self.delivery.report(file, report)
        self.lines.append(line_of(str(file), report, name))
        self._raise_to(Exit.CLEAN if report.is_clean else Exit.FINDINGS)
        for outcome in report.with_status(Status.CRASHED):
            self._raise_to(Exit.FAULT)
            fault_line = f"规则 {outcome.rule.code} 检查出错：{outcome.reason}"
            if fault_line not in self.said:
                self.said.add(fault_line)
                say(
                    f"{file}：{fault_line}。"
                    "这是程序的问题，请把这一行报告给维护者；其余规则不受影响。"
                )

    def _note(self, name: str, problem: str) -> None:
        from duibiao.reports.summary import Line

        self.lines.append(Line(file=name, problem=problem))
        self.delivery.problem(name, problem)

    def _raise_to(self, code: Exit) -> None:
        self.code = max(self.code, code)


def with_progress(files: Iterable[Path], console: Console) -> Iterator[Path]:
    """Yield the files with a bar on `console`, where that is a terminal."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    listed = list(files)
    with Progress(
        TextColumn("正在审查"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=console.is_terminal,
        disable=not console.is_terminal,
    ) as progress:
        yield from progress.track(listed)
