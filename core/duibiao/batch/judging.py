"""What runs in a child process of a batch: one package in, its report out."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duibiao.model.errors import BuildError, DuibiaoError, UsageError
from duibiao.reports import as_json, faces
from duibiao.reports.faces import Face
from duibiao.reports.lists import stored
from duibiao.reports.lists.data import entry_of
from duibiao.reports.writing import encode, write
from duibiao.service import TODAY, Request, Service

_service: Service | None = None


class UnwritableError(BuildError):
    """The folder of the results cannot be written: no fault of the package."""


@dataclass(frozen=True, slots=True)
class Asked:
    """审查要求 of a batch, the same for every package.

    Attributes:
        day: Reference date, or None for the date on the cover of each.
        photos: Look at the photos.
        html: Write each package's own report beside the results.
    """

    day: date | None = None
    photos: bool = True
    html: bool = True

    @property
    def words(self) -> str:
        """What of it decides the results, for comparing with an earlier run."""
        return f"{self.day or ''} {'照片' if self.photos else ''}"


@dataclass(frozen=True, slots=True)
class Judged:
    """审查结果 of one package.

    Attributes:
        report: The report as gzipped JSON; empty where there is none.
        problem: Why there is none; "" where there is one.
        dated: Whether it is the same on every day: the package has a date of its own, and nothing was waived.
        plugins: Plugins that judged it; empty where one was missing.
        verdict: The verdict in words, or "".
        entry: Its entry in the lists as gzipped JSON; empty where there is none.
    """

    report: bytes = b""
    problem: str = ""
    dated: bool = True
    plugins: tuple[str, ...] = ()
    verdict: str = ""
    entry: bytes = b""


def prepare(memory: int) -> None:
    """Set the limits of this process and load the law, once.

    Args:
        memory: Most address space in bytes; 0 for no limit.
    """
    global _service  # noqa: PLW0603 - one a process
    os.nice(5)
    _service = Service()
    if memory:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def judge(path: str, name: str, asked: Asked, out: str) -> Judged:
    """Check one package.

    Args:
        path: The package.
        name: Its name in the results.
        asked: What is asked.
        out: Where its own report goes as a page; "" for nowhere.

    Raises:
        UnwritableError: If the page cannot be written.
    """
    assert _service is not None, "prepare() was not called"
    try:
        report = _service.check(Path(path), Request(day=asked.day, photos=asked.photos))
    except DuibiaoError as error:
        return Judged(problem=str(error))
    except MemoryError:
        return Judged(
            problem=f"{name} 需要的内存超过上限，没有审查；请用 --memory 提高上限，或检查文件"
        )
    if out:
        page = faces.render(report, Face.HTML)
        try:
            write(Path(out), page, ())
        except UsageError as error:
            raise UnwritableError(str(error)) from None
    judges = (report.judge.plugin, *(other.plugin for other in report.judge.others))
    return Judged(
        _packed(encode(as_json.render_line(report))),
        dated=report.judge.day_origin != TODAY and not report.waived,
        plugins=tuple(sorted(set(judges))) if all(judges) else (),
        verdict=report.verdict.value,
        entry=_packed(stored.dump(entry_of(name, report, _service.common))),
    )


def _packed(data: bytes) -> bytes:
    """Return the same bytes for the same content, compressed."""
    return gzip.compress(data, 6, mtime=0)
