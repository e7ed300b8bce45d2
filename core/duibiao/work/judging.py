"""Judging one package of a batch, wherever that is done: what comes of it, and what is said where nothing does."""

from __future__ import annotations

import gzip
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from duibiao.model.errors import BuildError, DuibiaoError, UsageError
from duibiao.reports import as_json, faces
from duibiao.reports.faces import Face
from duibiao.reports.writing import encode, write
from duibiao.service import TODAY, Request, Service


class UnwritableError(BuildError):
    """The folder of the results cannot be written: no fault of the package."""


@dataclass(frozen=True, slots=True)
class Asked:
    """审查要求 of a batch, the same for every package.

    Attributes:
        day: Reference date, or None for the date on the cover of each.
        photos: Look at the photos.
        html: Write each package's own report beside the results.
        mark: A day or an edition, as `Service.check_under` takes it, to judge by instead; "" for none.
    """

    day: date | None = None
    photos: bool = True
    html: bool = True
    mark: str = ""

    @property
    def words(self) -> str:
        """What of it decides the results, for comparing with an earlier run."""
        return f"{self.day or ''} {'照片' if self.photos else ''} {self.mark}"

    def dump(self) -> dict[str, Any]:
        """Return it as JSON has it; `load` gives an equal one."""
        return asdict(self) | {"day": self.day and self.day.isoformat()}

    @staticmethod
    def load(told: dict[str, Any]) -> Asked:
        """Return what `dump` has told."""
        return Asked(**told | {"day": told["day"] and date.fromisoformat(told["day"])})


@dataclass(frozen=True, slots=True)
class Judged:
    """审查结果 of one package.

    Attributes:
        report: The report as gzipped JSON; empty where there is none.
        problem: Why there is none; "" where there is one.
        dated: Whether it is the same on every day: the package has a date of its own, and nothing was waived.
        plugins: Plugins that judged it; empty where one was missing.
        verdict: The verdict in words, or "".
    """

    report: bytes = b""
    problem: str = ""
    dated: bool = True
    plugins: tuple[str, ...] = ()
    verdict: str = ""


def judge(service: Service, path: Path, asked: Asked, out: Path | None) -> Judged:
    """Check one package.

    Args:
        service: The service.
        path: The package.
        asked: What is asked.
        out: Where its own report goes as a page, or None.

    Raises:
        UnwritableError: If the page cannot be written.
    """
    try:
        if asked.mark:
            (report,) = service.check_under(path, (asked.mark,))
        else:
            report = service.check(path, Request(day=asked.day, photos=asked.photos))
    except DuibiaoError as error:
        return Judged(problem=str(error))
    except MemoryError:
        return Judged(problem=too_large(path.name))
    if out is not None:
        page = faces.render(report, Face.HTML)
        try:
            write(out, page, ())
        except UsageError as error:
            raise UnwritableError(str(error)) from None
    judges = (report.judge.plugin, *(other.plugin for other in report.judge.others))
    return Judged(
        _packed(encode(as_json.render_line(report))),
        dated=report.judge.day_origin != TODAY and not report.waived,
        plugins=tuple(sorted(set(judges))) if all(judges) else (),
        verdict=report.verdict.value,
    )


def too_large(file: str) -> str:
    """Return what is said of a package that needs more memory than it may."""
    return f"{file} 需要的内存超过上限，没有审查；请用 --memory 提高上限，或检查文件"


def too_slow(file: str, seconds: int) -> str:
    """Return what is said of a package that takes longer than it may."""
    return f"{file} 审查超过 {seconds} 秒，已停止；请检查文件是否损坏或过大"


def died(file: str) -> str:
    """Return what is said of a package that ends the process which checks it."""
    return f"{file} 使审查进程意外结束；文件可能损坏，请用 Word 另存后再审查"


def failed(file: str, error: BaseException) -> str:
    """Return what is said of a package at which the program itself fails."""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    return f"审查 {file} 时程序出错（{said}）；请把这一行报告给维护者"


def _packed(data: bytes) -> bytes:
    """Return the same bytes for the same content, compressed."""
    return gzip.compress(data, 6, mtime=0)
