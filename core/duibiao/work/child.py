"""What runs in a child process: nothing here touches the database, and everything goes through one folder.

The parent makes the folder, writes the file and ``request.json`` there, and reads what it finds when the child is done. A child that
grows too large, takes too long or dies leaves nothing but its folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from duibiao.model.errors import DuibiaoError
from duibiao.reports.faces import Face
from duibiao.reports.model import CheckReport
from duibiao.reports.waivers import Waiver
from duibiao.rules.definition import Severity
from duibiao.service import Request, Service

REQUEST, REPORT, SUMMARY, STAGE, REFUSED = (
    "request.json", "report.json", "summary.json", "stage", "refused",
)  # fmt: skip

_service: Service | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """作业要求: what the child shall do with the file.

    Attributes:
        file: File name as the user knows it; the file lies under it in the folder.
        waivers: Waivers that count.
    """

    file: str
    waivers: tuple[Waiver, ...] = ()

    def write(self, folder: Path) -> None:
        """Write it into the folder."""
        told = asdict(self)
        for waiver in told["waivers"]:
            waiver["until"] = waiver["until"].isoformat()
        (folder / REQUEST).write_text(json.dumps(told, ensure_ascii=False), "utf-8")

    @staticmethod
    def read(folder: Path) -> Asked:
        """Read it from the folder."""
        told = json.loads((folder / REQUEST).read_text("utf-8"))
        waivers = tuple(
            Waiver(**{**entry, "until": date.fromisoformat(entry["until"])})
            for entry in told["waivers"]
        )
        return Asked(told["file"], waivers)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the parent writes into the tables."""

    enterprise: str
    credit_code: str
    industry: str
    declared: str
    verdict: str
    errors: int
    extra: dict[str, Any] = field(default_factory=dict)


def prepare(memory: int) -> None:
    """Set the limits of this process and load the law, once.

    Args:
        memory: Greatest address space in bytes; 0 for no limit.
    """
    global _service  # noqa: PLW0603 - one a process
    if memory:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.nice(5)
    _service = Service()


def check(folder: str) -> bool:
    """Check the file of a folder; leaves REPORT and SUMMARY there, or REFUSED with the reason.

    Returns:
        Whether there is a report.
    """

    def run(service: Service, home: Path, asked: Asked) -> None:
        report = _checked(service, home, asked)
        _stage(home, "生成报告")
        from duibiao.reports import as_json

        (home / REPORT).write_text(as_json.render(report), "utf-8")
        told = Summary(
            enterprise=report.enterprise,
            credit_code=report.applicant.credit_code,
            industry=report.industry,
            declared=report.declared,
            verdict=report.verdict.value,
            errors=report.count(Severity.ERROR),
        )
        (home / SUMMARY).write_text(json.dumps(asdict(told), ensure_ascii=False), "utf-8")

    return _guarded(folder, run)


def make(folder: str, face: str, out: str) -> bool:
    """Make a face of the report, or the annotated copy, from the file of a folder.

    The report must come out as it stands in REPORT; where the rules or the law have changed since, REFUSED says so.

    Args:
        folder: The folder.
        face: Name of a face, or ``annotated``.
        out: Name of the file to write in the folder.

    Returns:
        Whether it was made.
    """

    def run(service: Service, home: Path, asked: Asked) -> None:
        from duibiao.reports import as_json

        report = _checked(service, home, asked)
        if as_json.render(report) != (home / REPORT).read_text("utf-8"):
            raise DuibiaoError("审查之后规则、规定或插件有变化；请先重新审查，再下载")
        if face == "annotated":
            from duibiao.service.annotating import annotate

            annotate(service, home / asked.file, home / out, Request(waivers=asked.waivers))
            return
        from duibiao.service.papers import encoded

        (home / out).write_bytes(encoded(report, Face(face)))

    return _guarded(folder, run)


def _checked(service: Service, home: Path, asked: Asked) -> CheckReport:
    _stage(home, "读取文件，逐条检查")
    return service.check(home / asked.file, Request(waivers=asked.waivers))


def _guarded(folder: str, run: Callable[[Service, Path, Asked], None]) -> bool:
    home = Path(folder)
    assert _service is not None, "prepare() was not called"
    try:
        run(_service, home, Asked.read(home))
    except DuibiaoError as error:
        (home / REFUSED).write_text(str(error), "utf-8")
        return False
    except MemoryError:
        (home / REFUSED).write_text(
            "读这个文件需要的内存超过上限；请拆分文件或压缩图片后再上传", "utf-8"
        )
        return False
    return True


def _stage(home: Path, words: str) -> None:
    (home / STAGE).write_text(words, "utf-8")
